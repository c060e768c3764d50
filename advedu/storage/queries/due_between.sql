-- Which milestones and tasks fall due from :day to :until, of how many, and how many have them still before them?
, task_due AS (
  SELECT d.starts_on, t.id AS task_id, date(d.starts_on, t.due_day || ' days') AS due_on
    FROM (SELECT DISTINCT starts_on FROM scope WHERE starts_on IS NOT NULL) d JOIN task t
)
SELECT o.due_on, 'milestone', m.code, m.name, count(*), sum(o.done_on IS NULL)
  FROM obligation o JOIN milestone m ON m.id = o.milestone_id
 WHERE o.due_on BETWEEN :day AND :until
 GROUP BY o.due_on, m.id
UNION ALL
SELECT t.due_on, 'task', k.code, k.name, count(*),
       sum(NOT EXISTS (SELECT 1 FROM task_done d
                        WHERE d.member_id = p.member_id AND d.task_id = t.task_id AND d.done_on <= :day)
           -- A missed study session that is not made good keeps the study tasks open.
           OR k.study AND EXISTS (SELECT 1 FROM study_absence a JOIN study_session e ON e.number = a.session
                                   WHERE a.member_id = p.member_id AND e.held_on <= :day
                                     AND (a.made_up_on IS NULL OR a.made_up_on > :day)))
  FROM task_due t JOIN person p ON p.starts_on = t.starts_on JOIN task k ON k.id = t.task_id
 WHERE t.due_on BETWEEN :day AND :until
   AND NOT EXISTS (SELECT 1 FROM task_exemption x
                    WHERE x.member_id = p.member_id AND x.task_id = t.task_id AND x.exempt_on <= :day)
 GROUP BY t.due_on, t.task_id
 ORDER BY 1, 2, 3
