-- Which units stand above those in :units (a list in JSON), or ever stood?
WITH RECURSIVE up (id) AS (
  SELECT value FROM json_each(:units)
  UNION
  SELECT u.parent_id FROM up JOIN unit u ON u.id = up.id WHERE u.parent_id IS NOT NULL
  UNION
  SELECT v.from_parent_id FROM up JOIN unit_move v ON v.unit_id = up.id
  UNION
  SELECT v.to_parent_id FROM up JOIN unit_move v ON v.unit_id = up.id
)
SELECT id FROM up
