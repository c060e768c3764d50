-- Which study sessions did members of the unit miss and not make good?
, missed AS MATERIALIZED (
  SELECT a.member_id, s.held_on, a.made_up_on
    FROM study_absence a JOIN study_session s ON s.number = a.session
   WHERE a.made_up_on IS NULL OR a.made_up_on > (SELECT min(day) FROM wanted)
)
SELECT p.unit_id, p.phase_id, p.day, m.code || ' ' || m.name || ' (' || a.held_on || ')'
  FROM person p CROSS JOIN missed a ON a.member_id = p.member_id CROSS JOIN member m ON m.id = p.member_id
 WHERE a.held_on <= p.day AND (a.made_up_on IS NULL OR a.made_up_on > p.day)
 ORDER BY a.held_on, m.code
