-- Which units' phases ask for a passed survey: where a required milestone of the phase that no date reaches applies, not exempt?
SELECT 'survey', w.unit_id, w.phase_id, w.day, m.code
  FROM wanted w JOIN unit u ON u.id = w.unit_id LEFT JOIN sector s ON s.id = u.sector_id
  JOIN milestone m ON m.phase_id = w.phase_id AND m.required AND NOT m.by_date
 WHERE EXISTS (SELECT 1 FROM milestone_scope a WHERE a.milestone_id = m.id AND a.kind = u.kind AND a.sector IN ('', coalesce(s.code, '')))
   AND NOT EXISTS (SELECT 1 FROM milestone_exemption x WHERE x.unit_id = u.id AND x.milestone_id = m.id AND x.exempt_on <= w.day)
