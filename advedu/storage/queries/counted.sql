-- The one definition of what is counted, second half: what the units of scope.sql owe, and who belonged to them. It asks for
-- `scope` with unit, kind, sector, day 0, group, profile, whether it is open and whether it is exempted from anything, and for :day.
-- What units of one kind, sector and day 0 owe, and when: a few dozen lines instead of a date per unit and milestone.
, profile AS MATERIALIZED (
  SELECT DISTINCT s.profile, s.kind, coalesce(x.code, '') AS sector, s.starts_on
    FROM scope s LEFT JOIN sector x ON x.id = s.sector_id
   WHERE s.open
),
calendar AS MATERIALIZED (
  SELECT p.profile, m.id AS milestone_id, m.by_date, m.role, date(p.starts_on, m.due_day || ' days') AS due_on
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
  SELECT s.unit_id, s.group_id, c.milestone_id, c.role, c.due_on, coalesce(d.done_on, v.done_on) AS done_on
    FROM scope s
    JOIN calendar c ON c.profile = s.profile
    LEFT JOIN milestone_done d ON d.unit_id = s.unit_id AND d.milestone_id = c.milestone_id AND d.done_on <= :day
    LEFT JOIN survey_passed v ON v.unit_id = s.unit_id AND c.by_date = 0
   WHERE s.open
     AND NOT (s.exempted AND EXISTS (
             SELECT 1 FROM milestone_exemption x
              WHERE x.unit_id = s.unit_id AND x.milestone_id = c.milestone_id AND x.exempt_on <= :day))
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
