-- In which units are members whose due tasks are not all done, and who are they?
WITH due AS MATERIALIZED (
  SELECT d.starts_on, sum(CASE WHEN date(d.starts_on, t.due_day || ' days') <= :day THEN 1 << t.id ELSE 0 END) AS bits
    FROM (SELECT DISTINCT starts_on FROM here WHERE starts_on IS NOT NULL) d JOIN task t
   GROUP BY d.starts_on
),
line AS MATERIALIZED (
  SELECT p.unit_id, p.member_id,
         d.bits & ~coalesce((SELECT sum(1 << x.task_id) FROM task_exemption x
                              WHERE x.member_id = p.member_id AND x.exempt_on <= :day), 0) AS due,
         ~coalesce((SELECT sum(1 << t.task_id) FROM task_done t WHERE t.member_id = p.member_id AND t.done_on <= :day), 0)
         | CASE WHEN EXISTS (SELECT 1 FROM study_absence) AND EXISTS (
                SELECT 1 FROM study_absence a JOIN study_session s ON s.number = a.session
                 WHERE a.member_id = p.member_id AND s.held_on <= :day AND (a.made_up_on IS NULL OR a.made_up_on > :day))
           THEN (SELECT coalesce(sum(1 << id), 0) FROM task WHERE study) ELSE 0 END AS not_done
    FROM due d CROSS JOIN here h ON h.starts_on = d.starts_on CROSS JOIN present p ON p.unit_id = h.unit_id
   WHERE d.bits <> 0 AND h.open
),
total AS (SELECT unit_id, count(*) AS of FROM line WHERE due <> 0 GROUP BY unit_id),
named AS (
  SELECT l.unit_id, m.name, row_number() OVER (PARTITION BY l.unit_id ORDER BY m.code) AS place
    FROM line l JOIN member m ON m.id = l.member_id
   WHERE l.due & l.not_done <> 0
)
SELECT n.unit_id, NULL AS member_id, count(*) AS count, t.of,
       group_concat(CASE WHEN place <= 3 THEN name WHEN place = 4 THEN '…' END, char(31)) AS names
  FROM named n JOIN total t ON t.unit_id = n.unit_id
 GROUP BY n.unit_id
