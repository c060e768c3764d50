-- Which units held the mobilization meeting after its due day?
SELECT m.unit_id, NULL AS member_id, m.done_on AS met_on, o.due_on,
       CAST(julianday(m.done_on) - julianday(o.due_on) AS INTEGER) AS days
  FROM marks m JOIN owed o ON o.unit_id = m.unit_id AND o.milestone_id = m.milestone_id
 WHERE m.role = 'meeting' AND m.done_on > o.due_on
