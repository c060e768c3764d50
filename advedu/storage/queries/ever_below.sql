-- Which units stand below those in :units (a list in JSON), or ever stood?
WITH RECURSIVE down (id) AS (
  SELECT value FROM json_each(:units)
  UNION
  SELECT u.id FROM down JOIN unit u ON u.parent_id = down.id
  UNION
  SELECT v.unit_id FROM down JOIN unit_move v ON v.from_parent_id = down.id
  UNION
  SELECT v.unit_id FROM down JOIN unit_move v ON v.to_parent_id = down.id
)
SELECT id FROM down
