-- Which units are overdue, with how many milestones, and which of them for longest?
SELECT o.unit_id, NULL AS member_id, count(*) AS count, min(o.due_on) AS due_on,
       CAST(julianday(:day) - julianday(min(o.due_on)) AS INTEGER) AS days, m.code AS milestone, m.name
  FROM owed o JOIN milestone m ON m.id = o.milestone_id
 WHERE o.due_on < :day AND o.done_on IS NULL
 GROUP BY o.unit_id  -- the bare columns are those of the row with the least due_on
