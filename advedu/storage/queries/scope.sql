-- The one definition of what is counted (domain.md, “How figures are counted”), first half: which units, with which day 0.
-- What they owe and who belongs to them follows in counted.sql; every report continues from both.
--
-- :root   the unit whose subtree is looked at      :batch  the batch it inherits on that day, or NULL
-- :day    the as-of day                            :depth  units deeper than this count for their ancestor there
-- :levels how deep to walk
-- :by     what lines are summed up by: 'tree', 'batch', 'sector' or 'team' (:team covers the root, or NULL)
WITH RECURSIVE
-- Which team covers a unit itself on the day: a supervision team before an inspection team, the later before the earlier.
covering (unit_id, team) AS MATERIALIZED (
  SELECT unit_id, team FROM (
    SELECT c.unit_id, c.team, row_number() OVER (PARTITION BY c.unit_id ORDER BY t.kind = 'inspection', c.from_on DESC, c.number DESC) AS place
      FROM coverage c JOIN team t ON t.number = c.team
     WHERE :by = 'team' AND coalesce(c.from_on, '') <= :day AND (c.to_on IS NULL OR c.to_on > :day))
   WHERE place = 1
),
-- The subtree as it stood on the day: a later move is undone by looking at where its first one started from. A unit that
-- opens later is passed through for whatever is below it already, and lends it nothing, neither its batch. No tree is a
-- hundred levels deep; in a file that somebody spoilt the walk would never end.
walk (unit_id, depth, node_id, batch_id, team) AS (
  SELECT :root, 0, :root, :batch, :team
  UNION ALL
  SELECT u.id, w.depth + 1, CASE WHEN w.depth < :depth THEN u.id ELSE w.node_id END,
         coalesce(CASE WHEN u.opened_on > :day THEN NULL ELSE u.batch_id END, w.batch_id),
         CASE WHEN :by = 'team' THEN coalesce((SELECT c.team FROM covering c WHERE c.unit_id = u.id), w.team) END
    FROM walk w JOIN unit u ON u.parent_id = w.unit_id
   WHERE w.depth < :levels AND NOT EXISTS (SELECT 1 FROM unit_move v WHERE v.unit_id = u.id AND v.moved_on > :day)
  UNION ALL
  SELECT u.id, w.depth + 1, CASE WHEN w.depth < :depth THEN u.id ELSE w.node_id END,
         coalesce(CASE WHEN u.opened_on > :day THEN NULL ELSE u.batch_id END, w.batch_id),
         CASE WHEN :by = 'team' THEN coalesce((SELECT c.team FROM covering c WHERE c.unit_id = u.id), w.team) END
    FROM walk w JOIN unit_move v ON v.from_parent_id = w.unit_id JOIN unit u ON u.id = v.unit_id
   WHERE w.depth < :levels AND v.moved_on > :day
     AND NOT EXISTS (SELECT 1 FROM unit_move e WHERE e.unit_id = v.unit_id AND e.moved_on > :day AND e.moved_on < v.moved_on)
),
-- Each unit with its day 0: its own, else the first day of its batch. Of one that opens later nothing counts yet; `opened`
-- says so.
place AS (
  SELECT w.*, u.kind, u.closed_on, coalesce(u.opened_on <= :day, 1) AS opened,
         CASE WHEN u.opened_on > :day THEN NULL ELSE u.sector_id END AS sector_id,
         CASE WHEN u.opened_on > :day THEN NULL ELSE u.starts_on END AS starts_on
    FROM walk w JOIN unit u ON u.id = w.unit_id
),
scope AS MATERIALIZED (
  SELECT p.unit_id, p.depth, p.kind, p.sector_id, p.opened,
         CASE :by WHEN 'tree' THEN p.node_id WHEN 'batch' THEN p.batch_id WHEN 'team' THEN p.team ELSE p.sector_id END AS group_id,
         coalesce(p.starts_on, b.starts_on) AS starts_on,
         p.opened AND (p.closed_on IS NULL OR p.closed_on > :day) AS open,
         EXISTS (SELECT 1 FROM milestone_exemption x WHERE x.unit_id = p.unit_id) AS exempted,  -- few are: the others need no look
         p.kind || '|' || coalesce(s.code, '') || '|' || coalesce(p.starts_on, b.starts_on, '') AS profile
    FROM place p
    LEFT JOIN batch b ON b.id = p.batch_id
    LEFT JOIN sector s ON s.id = p.sector_id
)
