-- Who belongs to a unit or one below it, as things stand now? Unit by unit in the order of codes.
WITH RECURSIVE walk (id) AS (
  SELECT ?1
  UNION
  SELECT u.id FROM walk w JOIN unit u ON u.parent_id = w.id
)
SELECT m.* FROM walk w JOIN unit u ON u.id = w.id JOIN member m ON m.unit_id = w.id ORDER BY u.code, m.code
