-- Which units are below :unit, itself included, as things stand now?
WITH RECURSIVE below (id, depth) AS (
  SELECT :unit, 0
  UNION ALL
  SELECT u.id, b.depth + 1 FROM below b JOIN unit u ON u.parent_id = b.id WHERE b.depth < 100
)
SELECT id FROM below
