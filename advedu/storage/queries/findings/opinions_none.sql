-- Which units marked that they asked for opinions and have none on record, in a file that keeps that register?
SELECT DISTINCT m.unit_id, NULL AS member_id, m.done_on
  FROM marks m
 WHERE m.role = 'opinions' AND EXISTS (SELECT 1 FROM opinion WHERE received_on <= :day)
   AND NOT EXISTS (SELECT 1 FROM opinion o WHERE o.unit_id = m.unit_id AND o.received_on <= :day)
