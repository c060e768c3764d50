-- Which units marked that they adopted rules and have none on record, in a file that keeps that register?
SELECT DISTINCT m.unit_id, NULL AS member_id, m.done_on
  FROM marks m
 WHERE m.role = 'regulations' AND EXISTS (SELECT 1 FROM regulation WHERE adopted_on <= :day)
   AND NOT EXISTS (SELECT 1 FROM regulation r WHERE r.unit_id = m.unit_id AND r.adopted_on <= :day)
