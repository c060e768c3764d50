-- Which units set up a leading body of which nobody is on record, in a file that keeps that register?
SELECT DISTINCT m.unit_id, NULL AS member_id, m.done_on
  FROM marks m
 WHERE m.role = 'body' AND EXISTS (SELECT 1 FROM body_member WHERE coalesce(from_on, '') <= :day)
   AND NOT EXISTS (SELECT 1 FROM body_member b WHERE b.unit_id = m.unit_id AND coalesce(b.from_on, '') <= :day)
