-- Which study sessions did members of the unit miss and not make good?
SELECT p.unit_id, p.phase_id, p.day, m.code || ' ' || m.name || ' (' || s.held_on || ')'
  FROM person p JOIN study_absence a ON a.member_id = p.member_id
  JOIN study_session s ON s.number = a.session AND s.held_on <= p.day
  JOIN member m ON m.id = p.member_id
 WHERE a.made_up_on IS NULL OR a.made_up_on > p.day
 ORDER BY s.held_on, m.code
