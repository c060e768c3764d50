-- Which units are the rows of a report by tree?
SELECT u.id, u.code, u.name,
       CASE WHEN s.depth = 0 THEN NULL ELSE
         coalesce((SELECT v.from_parent_id FROM unit_move v WHERE v.unit_id = u.id AND v.moved_on > :day ORDER BY v.moved_on LIMIT 1),
                  u.parent_id) END AS parent_id,
       s.depth, s.open, s.opened, u.closed_on
  FROM scope s JOIN unit u ON u.id = s.unit_id
 WHERE s.depth <= :depth
 ORDER BY u.code
