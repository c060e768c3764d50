-- Which units are there, and who says that they hold how many? :by is 'batch'. One row per unit of the subtree.
SELECT u.id, u.code, u.name, u.kind,
       CASE WHEN s.depth = 0 THEN NULL ELSE
         coalesce((SELECT v.from_parent_id FROM unit_move v WHERE v.unit_id = u.id AND v.moved_on > :day ORDER BY v.moved_on LIMIT 1),
                  u.parent_id) END AS parent_id,
       s.open, s.starts_on IS NOT NULL AS planned, o.unit_id IS NOT NULL AS owing, u.declared_members,
       coalesce(p.members, 0) AS members, u.opened_on, u.closed_on, u.close_reason
  FROM scope s JOIN unit u ON u.id = s.unit_id
  LEFT JOIN (SELECT unit_id, count(*) AS members FROM person GROUP BY unit_id) p ON p.unit_id = s.unit_id
  LEFT JOIN (SELECT DISTINCT unit_id FROM obligation) o ON o.unit_id = s.unit_id
 ORDER BY u.code
