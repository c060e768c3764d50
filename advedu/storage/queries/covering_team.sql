-- Which team covers the one unit :unit itself on :day? The same choice as in scope.sql.
SELECT c.team
  FROM coverage c JOIN team t ON t.number = c.team
 WHERE c.unit_id = :unit AND coalesce(c.from_on, '') <= :day AND (c.to_on IS NULL OR c.to_on > :day)
 ORDER BY t.kind = 'inspection', c.from_on DESC, c.number DESC
 LIMIT 1
