-- Which owing units does which team look after on the day?
SELECT u.code, u.name, s.group_id
  FROM scope s JOIN unit u ON u.id = s.unit_id LEFT JOIN sector x ON x.id = s.sector_id
 WHERE s.open AND s.group_id IS NOT NULL
   AND EXISTS (SELECT 1 FROM milestone m JOIN milestone_scope a ON a.milestone_id = m.id
                WHERE m.required AND a.kind = s.kind AND a.sector IN ('', coalesce(x.code, '')))
 ORDER BY u.code
