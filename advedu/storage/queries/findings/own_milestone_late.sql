-- Which units are late with milestones of their own?
SELECT o.unit_id, NULL AS member_id, count(*) AS count, o.number, o.title, min(o.planned_on) AS planned_on,
       CAST(julianday(:day) - julianday(min(o.planned_on)) AS INTEGER) AS days
  FROM here h CROSS JOIN own_milestone o ON o.unit_id = h.unit_id
 WHERE h.open AND o.planned_on < :day AND (o.done_on IS NULL OR o.done_on > :day)
 GROUP BY o.unit_id
