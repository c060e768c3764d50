-- In which units are members whose due tasks are not all done, and who are they?
WITH due AS MATERIALIZED (
  SELECT d.starts_on, t.id AS task_id, t.study
    FROM (SELECT DISTINCT starts_on FROM here WHERE starts_on IS NOT NULL) d JOIN task t
   WHERE date(d.starts_on, t.due_day || ' days') <= :day
),
-- One line per member, unit and due task that is neither done nor exempt; a missed study session that was not made good keeps
-- the study tasks open. What most members have is asked first.
undone AS (
  SELECT p.unit_id, p.member_id
    FROM here h CROSS JOIN due d ON d.starts_on = h.starts_on CROSS JOIN present p ON p.unit_id = h.unit_id
   WHERE h.open
     AND (NOT EXISTS (SELECT 1 FROM task_done t WHERE t.member_id = p.member_id AND t.task_id = d.task_id AND t.done_on <= :day)
          OR (d.study AND EXISTS (SELECT 1 FROM missed WHERE member_id = p.member_id)))
     AND NOT EXISTS (SELECT 1 FROM task_exemption x WHERE x.member_id = p.member_id AND x.task_id = d.task_id AND x.exempt_on <= :day)
),
missed AS MATERIALIZED (
  SELECT a.member_id FROM study_absence a JOIN study_session s ON s.number = a.session
   WHERE s.held_on <= :day AND (a.made_up_on IS NULL OR a.made_up_on > :day)
),
-- Who is exempt from every due task owes nothing.
spared AS MATERIALIZED (
  SELECT p.unit_id, count(*) AS members
    FROM concerned p JOIN here h ON h.unit_id = p.unit_id
   WHERE NOT EXISTS (SELECT 1 FROM due d WHERE d.starts_on = h.starts_on
                        AND NOT EXISTS (SELECT 1 FROM task_exemption x
                                         WHERE x.member_id = p.member_id AND x.task_id = d.task_id AND x.exempt_on <= :day))
   GROUP BY p.unit_id
),
named AS (
  SELECT l.unit_id, m.name, row_number() OVER (PARTITION BY l.unit_id ORDER BY m.code) AS place
    FROM (SELECT DISTINCT unit_id, member_id FROM undone) l JOIN member m ON m.id = l.member_id
)
SELECT n.unit_id, NULL AS member_id, count(*) AS count, q.members - coalesce(s.members, 0) AS of,
       -- Not group_concat, whose order nobody promises.
       max(CASE WHEN place = 1 THEN name END) || coalesce(char(31) || max(CASE WHEN place = 2 THEN name END), '')
       || coalesce(char(31) || max(CASE WHEN place = 3 THEN name END), '') || CASE WHEN count(*) > 3 THEN char(31) || '…' ELSE '' END AS names
  FROM named n JOIN peopled q ON q.unit_id = n.unit_id LEFT JOIN spared s ON s.unit_id = n.unit_id
 GROUP BY n.unit_id
