-- Which owing units below, of the same batch on the day, have not closed the phase by then?
, below (top_id, phase_id, day, wanted_batch, unit_id, batch_id, depth) AS (
  SELECT unit_id, phase_id, day, batch_id, unit_id, batch_id, 0 FROM wanted
  UNION ALL
  SELECT b.top_id, b.phase_id, b.day, b.wanted_batch, u.id, coalesce(CASE WHEN coalesce(u.opened_on, '') <= b.day THEN u.batch_id END, b.batch_id), b.depth + 1
    FROM below b JOIN unit u ON u.parent_id = b.unit_id
   WHERE b.depth < 100 AND NOT EXISTS (SELECT 1 FROM unit_move v WHERE v.unit_id = u.id AND v.moved_on > b.day)
  UNION ALL
  SELECT b.top_id, b.phase_id, b.day, b.wanted_batch, u.id, coalesce(CASE WHEN coalesce(u.opened_on, '') <= b.day THEN u.batch_id END, b.batch_id), b.depth + 1
    FROM below b JOIN unit_move v ON v.from_parent_id = b.unit_id AND v.moved_on > b.day JOIN unit u ON u.id = v.unit_id
   WHERE b.depth < 100
     AND NOT EXISTS (SELECT 1 FROM unit_move e WHERE e.unit_id = v.unit_id AND e.moved_on > b.day AND e.moved_on < v.moved_on)
)
SELECT 'below', b.top_id, b.phase_id, b.day, u.code || ' ' || u.name
  FROM below b JOIN unit u ON u.id = b.unit_id LEFT JOIN sector s ON s.id = u.sector_id
 WHERE b.depth > 0 AND b.batch_id IS b.wanted_batch
   AND (u.closed_on IS NULL OR u.closed_on > b.day) AND (u.opened_on IS NULL OR u.opened_on <= b.day)
   AND EXISTS (SELECT 1 FROM milestone m JOIN milestone_scope a ON a.milestone_id = m.id
                WHERE m.required AND a.kind = u.kind AND a.sector IN ('', coalesce(s.code, '')))
   AND 'close' IS NOT (SELECT e.event FROM phase_event e
                        WHERE e.unit_id = u.id AND e.phase_id = b.phase_id AND e.event <> 'sign_off' AND e.happened_on <= b.day
                        ORDER BY e.number DESC LIMIT 1)
 ORDER BY u.code
