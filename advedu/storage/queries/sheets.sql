-- Which survey sheets of :unit and the units below it were held by :day?
WITH RECURSIVE below (id, depth) AS (
  SELECT :unit, 0
  UNION ALL
  SELECT u.id, b.depth + 1 FROM below b JOIN unit u ON u.parent_id = b.id WHERE b.depth < 100
)
SELECT s.unit_id, s.round, s.method, s.held_on, s.valid, s.satisfied, s.fairly, s.basically, s.dissatisfied
  FROM below b JOIN survey s ON s.unit_id = b.id
 WHERE s.held_on <= :day
 ORDER BY s.unit_id, s.round, s.method
