-- The units of the subtree as of the day: batch, day 0 and parent as they were then. (Here :by is 'batch'.)
SELECT s.unit_id, s.kind, s.sector_id, s.group_id AS batch_id, s.starts_on, s.open, s.exempted, s.profile,
       coalesce((SELECT v.from_parent_id FROM unit_move v WHERE v.unit_id = u.id AND v.moved_on > :day ORDER BY v.moved_on LIMIT 1),
                u.parent_id) AS parent_id,
       0 AS owes
  FROM scope s JOIN unit u ON u.id = s.unit_id
