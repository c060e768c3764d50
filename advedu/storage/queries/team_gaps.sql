-- Which owing units of a batch that has begun have no team, or were never visited, or not since :since?
, seen AS (
  SELECT v.unit_id, max(v.visited_on) AS visited_on FROM visit v WHERE v.visited_on <= :day GROUP BY v.unit_id
)
SELECT u.code, u.name, s.group_id AS team, v.visited_on
  FROM scope s JOIN unit u ON u.id = s.unit_id LEFT JOIN sector x ON x.id = s.sector_id
  LEFT JOIN seen v ON v.unit_id = s.unit_id
 WHERE s.open AND s.starts_on <= :day
   AND EXISTS (SELECT 1 FROM milestone m JOIN milestone_scope a ON a.milestone_id = m.id
                WHERE m.required AND a.kind = s.kind AND a.sector IN ('', coalesce(x.code, '')))
   AND (s.group_id IS NULL OR v.visited_on IS NULL OR v.visited_on < :since)
 ORDER BY u.code
