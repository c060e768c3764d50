-- In which units is something due and nothing at all done?
SELECT unit_id, NULL AS member_id, sum(due_on <= :day) AS count, min(due_on) AS due_on
  FROM owed
 WHERE (due_on <= :day OR done_on IS NOT NULL) AND unit_id IN (SELECT unit_id FROM here WHERE starts_on <= :day)
 GROUP BY unit_id
HAVING min(due_on) <= :day AND count(done_on) = 0
