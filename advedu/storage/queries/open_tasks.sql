-- Which member still owes which task, until when?
SELECT p.member_id, p.unit_id, t.id, date(p.starts_on, t.due_day || ' days')
  FROM person p JOIN member m ON m.id = p.member_id JOIN unit u ON u.id = p.unit_id CROSS JOIN task t
 WHERE NOT EXISTS (SELECT 1 FROM task_done d WHERE d.member_id = p.member_id AND d.task_id = t.id AND d.done_on <= :day)
   AND NOT EXISTS (SELECT 1 FROM task_exemption x
                    WHERE x.member_id = p.member_id AND x.task_id = t.id AND x.exempt_on <= :day)
 ORDER BY u.code, m.code, t.id
