-- Which members of a unit and below have done which task, or are exempt? One line per member and task.
SELECT m.code, m.name, u.code, t.id, date(s.starts_on, t.due_day || ' days') AS due_on, d.done_on, x.exempt_on
  FROM person p
  JOIN scope s ON s.unit_id = p.unit_id
  JOIN member m ON m.id = p.member_id
  JOIN unit u ON u.id = p.unit_id
  JOIN task t
  LEFT JOIN task_done d ON d.member_id = p.member_id AND d.task_id = t.id AND d.done_on <= :day
  LEFT JOIN task_exemption x ON x.member_id = p.member_id AND x.task_id = t.id AND x.exempt_on <= :day
 ORDER BY u.code, m.code, t.id
 LIMIT :most
