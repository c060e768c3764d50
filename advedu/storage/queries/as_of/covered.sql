-- Which team looks after each unit on the day: its own, else that of the nearest unit above? The same choice as in scope.sql.
WITH RECURSIVE
own (unit_id, team) AS MATERIALIZED (
  SELECT unit_id, team FROM (
    SELECT c.unit_id, c.team, row_number() OVER (PARTITION BY c.unit_id ORDER BY t.kind = 'inspection', c.from_on DESC, c.number DESC) AS place
      FROM coverage c JOIN team t ON t.number = c.team
     WHERE coalesce(c.from_on, '') <= :day AND (c.to_on IS NULL OR c.to_on > :day))
   WHERE place = 1
),
walk (unit_id, team) AS (
  SELECT :root, coalesce((SELECT team FROM own WHERE unit_id = :root), :team)
  UNION ALL
  SELECT h.unit_id, coalesce((SELECT o.team FROM own o WHERE o.unit_id = h.unit_id), w.team)
    FROM walk w JOIN here h ON h.parent_id = w.unit_id
)
SELECT unit_id, team FROM walk
