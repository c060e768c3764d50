-- Which required milestones of the phase are expected and not reached by their date? (Those by survey: gate_survey.)
SELECT 'milestones', w.unit_id, w.phase_id, w.day, m.code || ' ' || m.name
  FROM wanted w JOIN unit u ON u.id = w.unit_id LEFT JOIN sector s ON s.id = u.sector_id
  JOIN milestone m ON m.phase_id = w.phase_id AND m.required AND m.by_date
 WHERE EXISTS (SELECT 1 FROM milestone_scope a WHERE a.milestone_id = m.id AND a.kind = u.kind AND a.sector IN ('', coalesce(s.code, '')))
   AND NOT EXISTS (SELECT 1 FROM milestone_exemption x WHERE x.unit_id = u.id AND x.milestone_id = m.id AND x.exempt_on <= w.day)
   AND NOT EXISTS (SELECT 1 FROM milestone_done d WHERE d.unit_id = u.id AND d.milestone_id = m.id AND d.done_on <= w.day)
 ORDER BY m.id
