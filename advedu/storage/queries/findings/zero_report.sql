-- In which units is something due and nothing at all done?
SELECT unit_id, NULL AS member_id, sum(due_on <= :day) AS count, min(due_on) AS due_on
  FROM owed
 WHERE unit_id IN (SELECT unit_id FROM here WHERE open AND owes AND starts_on <= :day)
   AND unit_id NOT IN (SELECT unit_id FROM owed WHERE done_on IS NOT NULL)
 GROUP BY unit_id
HAVING min(due_on) <= :day
