-- What does the one unit :root owe or may do, until when, and what of it is done by :day?
SELECT m.code, m.name, m.required, date(s.starts_on, m.due_day || ' days') AS due_on,
       coalesce(d.done_on, v.done_on) AS done_on,
       CASE WHEN x.exempt_on <= :day THEN x.exempt_on END AS exempt_on, x.reason, d.head, d.reporter, d.evidence, d.note
  FROM scope s
  LEFT JOIN sector z ON z.id = s.sector_id
  JOIN milestone m
  LEFT JOIN milestone_done d ON d.unit_id = s.unit_id AND d.milestone_id = m.id AND d.done_on <= :day
  LEFT JOIN survey_passed v ON v.unit_id = s.unit_id AND m.by_date = 0
  LEFT JOIN milestone_exemption x ON x.unit_id = s.unit_id AND x.milestone_id = m.id
 WHERE s.depth = 0
   AND EXISTS (SELECT 1 FROM milestone_scope a
                WHERE a.milestone_id = m.id AND a.kind = s.kind AND a.sector IN ('', coalesce(z.code, '')))
 ORDER BY m.id
