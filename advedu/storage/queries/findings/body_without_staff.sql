-- Which leading bodies on record have a head and no working office?
SELECT b.unit_id, NULL AS member_id
  FROM here h CROSS JOIN body_member b ON b.unit_id = h.unit_id
 WHERE h.open AND coalesce(b.from_on, '') <= :day AND (b.to_on IS NULL OR b.to_on > :day)
 GROUP BY b.unit_id
HAVING sum(b.role = 'head') > 0 AND sum(b.role = 'staff') = 0
