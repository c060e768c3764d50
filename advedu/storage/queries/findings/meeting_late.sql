-- Which units held the mobilization meeting after its due day?
SELECT unit_id, NULL AS member_id, done_on AS met_on, due_on, CAST(julianday(done_on) - julianday(due_on) AS INTEGER) AS days
  FROM owed
 WHERE role = 'meeting' AND done_on > due_on
