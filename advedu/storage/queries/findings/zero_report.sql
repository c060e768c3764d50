-- In which units is something due and nothing at all done?
SELECT unit_id, NULL AS member_id, count(*) AS count, min(due_on) AS due_on
  FROM (SELECT unit_id, CASE WHEN due_on <= :day THEN due_on END AS due_on, done_on FROM owed)
 GROUP BY unit_id
HAVING count(done_on) = 0 AND count(due_on) > 0
