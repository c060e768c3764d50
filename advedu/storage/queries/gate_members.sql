-- Which members of the unit have not done a task of the phase, and are not exempt from it?
SELECT p.unit_id, p.phase_id, p.day, m.code || ' ' || m.name || ' (' || group_concat(t.code, ' ') || ')'
  FROM person p CROSS JOIN task t ON t.phase_id = p.phase_id CROSS JOIN member m ON m.id = p.member_id
 WHERE NOT EXISTS (SELECT 1 FROM task_done d WHERE d.member_id = p.member_id AND d.task_id = t.id AND d.done_on <= p.day)
   AND NOT EXISTS (SELECT 1 FROM task_exemption x WHERE x.member_id = p.member_id AND x.task_id = t.id AND x.exempt_on <= p.day)
 GROUP BY p.unit_id, p.phase_id, p.day, m.id
 ORDER BY m.code
