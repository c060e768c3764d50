-- The one definition of what is counted (domain.md, “How figures are counted”); every report continues from here.
--
-- :root   the unit whose subtree is looked at      :batch  the batch it inherits on that day, or NULL
-- :day    the as-of day                            :depth  units deeper than this count for their ancestor there
-- :levels how deep to walk
-- :by     what lines are summed up by: 'tree', 'batch' or 'sector'
WITH RECURSIVE
-- The subtree as it stood on the day: a later move is undone by looking at where its first one started from. A unit that
-- opens later is passed through for whatever is below it already, and lends it nothing, neither its batch. No tree is a
-- hundred levels deep; in a file that somebody spoilt the walk would never end.
walk (unit_id, depth, node_id, batch_id) AS (
  SELECT :root, 0, :root, :batch
  UNION ALL
  SELECT u.id, w.depth + 1, CASE WHEN w.depth < :depth THEN u.id ELSE w.node_id END,
         coalesce(CASE WHEN u.opened_on > :day THEN NULL ELSE u.batch_id END, w.batch_id)
    FROM walk w JOIN unit u ON u.parent_id = w.unit_id
   WHERE w.depth < :levels AND NOT EXISTS (SELECT 1 FROM unit_move v WHERE v.unit_id = u.id AND v.moved_on > :day)
  UNION ALL
  SELECT u.id, w.depth + 1, CASE WHEN w.depth < :depth THEN u.id ELSE w.node_id END,
         coalesce(CASE WHEN u.opened_on > :day THEN NULL ELSE u.batch_id END, w.batch_id)
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
         CASE :by WHEN 'tree' THEN p.node_id WHEN 'batch' THEN p.batch_id ELSE p.sector_id END AS group_id,
         coalesce(p.starts_on, b.starts_on) AS starts_on,
         p.opened AND (p.closed_on IS NULL OR p.closed_on > :day) AS open,
         p.kind || '|' || coalesce(s.code, '') || '|' || coalesce(p.starts_on, b.starts_on, '') AS profile
    FROM place p
    LEFT JOIN batch b ON b.id = p.batch_id
    LEFT JOIN sector s ON s.id = p.sector_id
),
-- What units of one kind, sector and day 0 owe, and when: a few dozen lines instead of a date per unit and milestone.
profile AS MATERIALIZED (
  SELECT DISTINCT s.profile, s.kind, coalesce(x.code, '') AS sector, s.starts_on
    FROM scope s LEFT JOIN sector x ON x.id = s.sector_id
   WHERE s.open
),
calendar AS MATERIALIZED (
  SELECT p.profile, m.id AS milestone_id, m.by_date, date(p.starts_on, m.due_day || ' days') AS due_on
    FROM profile p JOIN milestone m
   WHERE m.required
     AND EXISTS (SELECT 1 FROM milestone_scope a WHERE a.milestone_id = m.id AND a.kind = p.kind AND a.sector IN ('', p.sector))
),
-- The survey rounds held by the day, and whether a sheet of theirs did not pass (the rule stands in survey.py, too).
survey_round AS (
  SELECT v.unit_id, v.round, max(v.held_on) AS held_on,
         max(CASE WHEN v.valid = 0 THEN 1
                  WHEN r.least > 0
                  THEN (v.satisfied + CASE WHEN r.grades > 1 THEN v.fairly ELSE 0 END
                        + CASE WHEN r.grades > 2 THEN v.basically ELSE 0 END) * 100 < r.least * v.valid
                  ELSE v.dissatisfied * 100 > r.most * v.valid END) AS failed
    FROM scope s CROSS JOIN survey v ON v.unit_id = s.unit_id
    JOIN (SELECT coalesce((SELECT value FROM rule WHERE code = 'dissatisfied_percent'), 50) AS most,
                 coalesce((SELECT value FROM rule WHERE code = 'survey_least_percent'), 0) AS least,
                 coalesce((SELECT value FROM rule WHERE code = 'survey_grades'), 3) AS grades) r
   WHERE v.held_on <= :day
   GROUP BY v.unit_id, v.round
),
-- From which day a unit's survey counts as passed: that of the first round after the last one that did not pass.
survey_passed AS MATERIALIZED (
  SELECT unit_id, held_on AS done_on, min(round) AS round
    FROM (SELECT unit_id, round, held_on, max(CASE WHEN failed THEN round ELSE 0 END) OVER (PARTITION BY unit_id) AS last_failed
            FROM survey_round)
   WHERE round > last_failed
   GROUP BY unit_id
),
-- One line per expected milestone of a unit: those that apply, less exemptions. What is reached by no date of its own is
-- reached by a passed survey.
obligation AS (
  SELECT s.unit_id, s.group_id, c.milestone_id, c.due_on, coalesce(d.done_on, v.done_on) AS done_on
    FROM scope s
    JOIN calendar c ON c.profile = s.profile
    LEFT JOIN milestone_done d ON d.unit_id = s.unit_id AND d.milestone_id = c.milestone_id AND d.done_on <= :day
    LEFT JOIN survey_passed v ON v.unit_id = s.unit_id AND c.by_date = 0
   WHERE s.open
     AND NOT EXISTS (SELECT 1 FROM milestone_exemption x
                      WHERE x.unit_id = s.unit_id AND x.milestone_id = c.milestone_id AND x.exempt_on <= :day)
),
-- Who belonged to the units on the day, likewise undoing later transfers. Looked at once per use, never stored. Whoever has
-- a day of arrival counts from it on, wherever; both days stand in the index by unit, so no row is looked at for them.
person (unit_id, group_id, starts_on, member_id, leader) AS NOT MATERIALIZED (
  SELECT s.unit_id, s.group_id, s.starts_on, m.id, m.leader
    FROM scope s CROSS JOIN member m ON m.unit_id = s.unit_id
   WHERE (m.left_on IS NULL OR m.left_on > :day) AND (m.arrived_on IS NULL OR m.arrived_on <= :day)
     AND (NOT EXISTS (SELECT 1 FROM transfer WHERE moved_on > :day)  -- asked once: most reports are of today
          OR NOT EXISTS (SELECT 1 FROM transfer t WHERE t.member_id = m.id AND t.moved_on > :day))
  UNION ALL
  SELECT s.unit_id, s.group_id, s.starts_on, m.id, m.leader
    FROM scope s CROSS JOIN transfer t ON t.from_unit_id = s.unit_id CROSS JOIN member m ON m.id = t.member_id
   WHERE t.moved_on > :day
     AND (m.left_on IS NULL OR m.left_on > :day) AND (m.arrived_on IS NULL OR m.arrived_on <= :day)
     AND NOT EXISTS (SELECT 1 FROM transfer e WHERE e.member_id = m.id AND e.moved_on > :day AND e.moved_on < t.moved_on)
)
