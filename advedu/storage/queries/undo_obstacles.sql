-- Which rows among the changes :first to :last stand differently now, and which operation changed them last?
WITH mine AS (
  SELECT table_name, key, max(id) AS id FROM change WHERE id BETWEEN :first AND :last GROUP BY table_name, key
),
since AS (
  SELECT table_name, key, max(id) AS id FROM change WHERE id > :last GROUP BY table_name, key
)
SELECT l.operation_id, l.table_name, l.key, m.new, l.new
  FROM since JOIN mine USING (table_name, key)
  JOIN change m ON m.id = mine.id
  JOIN change l ON l.id = since.id
 WHERE m.new IS NOT l.new
 ORDER BY l.id
