-- Which unit has reached which milestone, and when was it due? One line per unit and milestone that applies to it.
, asked AS MATERIALIZED (
  SELECT p.profile, m.id AS milestone_id, m.by_date, date(p.starts_on, m.due_day || ' days') AS due_on
    FROM profile p JOIN milestone m
   WHERE (m.required OR :optional)
     AND EXISTS (SELECT 1 FROM milestone_scope a WHERE a.milestone_id = m.id AND a.kind = p.kind AND a.sector IN ('', p.sector))
)
SELECT u.code, u.name, a.milestone_id, a.due_on, coalesce(d.done_on, v.done_on), x.exempt_on
  FROM scope s
  JOIN unit u ON u.id = s.unit_id
  JOIN asked a ON a.profile = s.profile
  LEFT JOIN milestone_done d ON d.unit_id = s.unit_id AND d.milestone_id = a.milestone_id AND d.done_on <= :day
  LEFT JOIN survey_passed v ON v.unit_id = s.unit_id AND a.by_date = 0
  LEFT JOIN milestone_exemption x ON x.unit_id = s.unit_id AND x.milestone_id = a.milestone_id AND x.exempt_on <= :day
 WHERE s.open
 ORDER BY u.code, a.milestone_id
