-- Which members of the unit have not done a task of the phase and are not exempt from it, and which missed a study session and did
-- not make it good? Both in one look at who belonged to the unit.
, missed AS MATERIALIZED (
  SELECT a.member_id, s.held_on, a.made_up_on
    FROM study_absence a JOIN study_session s ON s.number = a.session
   WHERE a.made_up_on IS NULL OR a.made_up_on > (SELECT min(day) FROM wanted)
),
found (gate, unit_id, phase_id, day, text, place, code) AS (
  SELECT 'members', p.unit_id, p.phase_id, p.day, m.code || ' ' || m.name || ' (' || group_concat(t.code, ' ') || ')', '', m.code
    FROM person p CROSS JOIN task t ON t.phase_id = p.phase_id CROSS JOIN member m ON m.id = p.member_id
   WHERE NOT EXISTS (SELECT 1 FROM task_done d WHERE d.member_id = p.member_id AND d.task_id = t.id AND d.done_on <= p.day)
     AND NOT EXISTS (SELECT 1 FROM task_exemption x WHERE x.member_id = p.member_id AND x.task_id = t.id AND x.exempt_on <= p.day)
   GROUP BY p.unit_id, p.phase_id, p.day, m.id
  UNION ALL
  SELECT 'absences', p.unit_id, p.phase_id, p.day, m.code || ' ' || m.name || ' (' || a.held_on || ')', a.held_on, m.code
    FROM person p CROSS JOIN missed a ON a.member_id = p.member_id CROSS JOIN member m ON m.id = p.member_id
   WHERE a.held_on <= p.day AND (a.made_up_on IS NULL OR a.made_up_on > p.day)
)
SELECT gate, unit_id, phase_id, day, text FROM found ORDER BY place, code
