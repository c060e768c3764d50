-- What does one member owe, and what of it is done?
SELECT t.code, t.name, t.due_day, d.done_on, d.mode, x.exempt_on, x.reason
  FROM task t
  LEFT JOIN task_done d ON d.task_id = t.id AND d.member_id = ?1
  LEFT JOIN task_exemption x ON x.task_id = t.id AND x.member_id = ?1
 ORDER BY t.id
