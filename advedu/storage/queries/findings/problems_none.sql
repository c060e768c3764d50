-- Which units marked that they found their problems and have none on record, in a file that keeps that register?
SELECT DISTINCT m.unit_id, NULL AS member_id, m.done_on
  FROM marks m
 WHERE m.role = 'problems' AND EXISTS (SELECT 1 FROM rectification WHERE found_on <= :day)
   AND NOT EXISTS (SELECT 1 FROM rectification r WHERE r.unit_id = m.unit_id AND r.found_on <= :day)
