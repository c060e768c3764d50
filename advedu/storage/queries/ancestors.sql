-- Which units stood above :unit on :day? The nearest first.
WITH RECURSIVE up (id, height) AS (
  SELECT :unit, 0
  UNION ALL
  SELECT coalesce((SELECT v.from_parent_id FROM unit_move v WHERE v.unit_id = up.id AND v.moved_on > :day ORDER BY v.moved_on LIMIT 1),
                  u.parent_id), up.height + 1
    FROM up JOIN unit u ON u.id = up.id
   WHERE up.id IS NOT NULL AND up.height < 100
)
SELECT id FROM up WHERE height > 0 AND id IS NOT NULL ORDER BY height
