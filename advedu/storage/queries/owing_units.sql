-- Which units owe at least one required milestone on the day?
SELECT u.id, u.code, u.name, s.starts_on
  FROM scope s JOIN unit u ON u.id = s.unit_id LEFT JOIN sector x ON x.id = s.sector_id
 WHERE s.open
   AND EXISTS (SELECT 1 FROM milestone m JOIN milestone_scope a ON a.milestone_id = m.id
                WHERE m.required AND a.kind = s.kind AND a.sector IN ('', coalesce(x.code, '')))
 ORDER BY u.code
