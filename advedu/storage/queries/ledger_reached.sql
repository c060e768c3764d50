-- How were members reached with each task? 'done' with the way, or NULL where none is recorded; 'exempt' if not done.
SELECT d.task_id, 'done' AS state, d.mode, count(*)
  FROM person p CROSS JOIN task_done d ON d.member_id = p.member_id
 WHERE d.done_on <= :day
 GROUP BY d.task_id, d.mode
 UNION ALL
SELECT x.task_id, 'exempt', NULL, count(*)
  FROM person p CROSS JOIN task_exemption x ON x.member_id = p.member_id
 WHERE x.exempt_on <= :day
   AND NOT EXISTS (SELECT 1 FROM task_done d WHERE d.member_id = x.member_id AND d.task_id = x.task_id AND d.done_on <= :day)
 GROUP BY x.task_id
