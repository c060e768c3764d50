-- How far is everybody? One row per group, to be summed up the tree by the reader (storage/figures.py names the columns).
, unit_line AS (
  SELECT group_id,
         count(*) AS expected,
         coalesce(sum(due_on <= :day), 0) AS due,
         count(done_on) AS done,
         coalesce(sum(done_on <= due_on), 0) AS on_time,
         coalesce(sum(due_on < :day AND done_on IS NULL), 0) AS overdue,
         min(CASE WHEN due_on < :day AND done_on IS NULL THEN due_on END) AS longest_due_on
    FROM obligation GROUP BY unit_id
),
unit_sum AS (
  SELECT group_id,
         count(*) AS owing, sum(expected) AS expected, sum(due) AS due, sum(done) AS done, sum(on_time) AS on_time,
         sum(overdue) AS overdue, sum(overdue > 0) AS late, sum(done = 0) AS at_zero, min(longest_due_on) AS longest_due_on
    FROM unit_line GROUP BY group_id
),
-- The tasks that are due, as bits of one number, per day 0.
due_task AS MATERIALIZED (
  SELECT d.starts_on, sum(CASE WHEN date(d.starts_on, t.due_day || ' days') <= :day THEN 1 << t.id ELSE 0 END) AS bits
    FROM (SELECT DISTINCT starts_on FROM scope WHERE starts_on IS NOT NULL) d JOIN task t
   GROUP BY d.starts_on
),
-- LIMIT -1 keeps SQLite from writing the two looks at a member's tasks into every sum below; where no task is due yet
-- nobody needs to look.
person_line AS (
  SELECT p.group_id, coalesce(d.bits, 0) AS due,
         CASE WHEN d.bits <> 0 THEN ~coalesce((SELECT sum(1 << x.task_id) FROM task_exemption x
               WHERE x.member_id = p.member_id AND x.exempt_on <= :day), 0) ELSE 0 END AS not_exempt,
         CASE WHEN d.bits <> 0 THEN ~coalesce((SELECT sum(1 << t.task_id) FROM task_done t
               WHERE t.member_id = p.member_id AND t.done_on <= :day), 0) ELSE 0 END
         -- A missed study session that is not made good keeps the study tasks open; asked at all only where some are missed.
         | CASE WHEN d.bits <> 0 AND EXISTS (SELECT 1 FROM study_absence) AND EXISTS (
                SELECT 1 FROM study_absence a JOIN study_session x ON x.number = a.session
                 WHERE a.member_id = p.member_id AND x.held_on <= :day AND (a.made_up_on IS NULL OR a.made_up_on > :day))
           THEN (SELECT coalesce(sum(1 << id), 0) FROM task WHERE study) ELSE 0 END AS not_done
    FROM person p LEFT JOIN due_task d ON d.starts_on = p.starts_on
   LIMIT -1
),
person_sum AS (
  SELECT group_id, count(*) AS members,
         sum(due & not_exempt <> 0) AS members_due,
         sum(due & not_exempt <> 0 AND due & not_exempt & not_done = 0) AS covered
    FROM person_line GROUP BY group_id
),
leader_line AS (
  SELECT p.group_id,
         (SELECT count(DISTINCT i.item_id) FROM item_done i JOIN item n ON n.id = i.item_id AND n.counted
           WHERE i.member_id = p.member_id AND i.done_on <= :day) AS done
    FROM person p WHERE p.leader = 1
   LIMIT -1
),
leader_sum AS (
  SELECT group_id, count(*) AS leaders, sum(done) AS done, sum(done = (SELECT count(*) FROM item WHERE counted)) AS complete
    FROM leader_line GROUP BY group_id
),
node AS (
  SELECT group_id, max(opened) AS opened, sum(open AND kind IN ('committee', 'general_branch', 'branch')) AS units
    FROM scope GROUP BY group_id
)
SELECT n.group_id, n.units, coalesce(u.owing, 0),
       coalesce(p.members, 0), coalesce(p.members_due, 0), coalesce(p.covered, 0),
       coalesce(u.expected, 0), coalesce(u.due, 0), coalesce(u.done, 0), coalesce(u.on_time, 0),
       coalesce(u.overdue, 0), coalesce(u.late, 0), coalesce(u.at_zero, 0),
       CAST(julianday(:day) - julianday(u.longest_due_on) AS INTEGER),
       coalesce(l.leaders, 0), coalesce(l.complete, 0),
       coalesce(l.leaders, 0) * (SELECT count(*) FROM item WHERE counted), coalesce(l.done, 0)
  FROM node n
  LEFT JOIN unit_sum u ON u.group_id IS n.group_id
  LEFT JOIN person_sum p ON p.group_id IS n.group_id
  LEFT JOIN leader_sum l ON l.group_id IS n.group_id
 -- A unit that opens later is a row only for those who are in it already.
 WHERE n.opened OR p.members > 0
