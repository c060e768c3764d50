-- Which units are below one, as things stand now? Depth first, in the order of codes.
WITH RECURSIVE walk (id, depth, code) AS (
  SELECT id, 0, code FROM unit WHERE id = ?
  UNION ALL
  SELECT u.id, w.depth + 1, u.code FROM walk w JOIN unit u ON u.parent_id = w.id WHERE w.depth < 100
   ORDER BY 2 DESC, 3
)
SELECT id, depth FROM walk
