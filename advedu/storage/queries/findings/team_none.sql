-- Which units whose campaign has begun does no team look after? Asked only where there are teams.
SELECT h.unit_id, NULL AS member_id
  FROM here h LEFT JOIN covered c ON c.unit_id = h.unit_id
 WHERE h.open AND h.owes AND h.starts_on <= :day AND c.team IS NULL AND EXISTS (SELECT 1 FROM team)
