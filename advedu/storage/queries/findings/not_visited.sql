-- Which units with a team were visited last too long ago, and have not finished?
SELECT h.unit_id, NULL AS member_id, t.code AS team, max(v.visited_on) AS visited_on,
       CAST(julianday(:day) - julianday(max(v.visited_on)) AS INTEGER) AS days
  FROM here h JOIN covered c ON c.unit_id = h.unit_id JOIN team t ON t.number = c.team
  CROSS JOIN visit v ON v.unit_id = h.unit_id AND v.visited_on <= :day
 WHERE h.open AND h.owes
   AND NOT EXISTS (SELECT 1 FROM events e WHERE e.unit_id = h.unit_id AND e.event = 'close' AND e.phase_id = (SELECT max(id) FROM phase))
 GROUP BY h.unit_id
HAVING max(v.visited_on) < date(:day, -:visit_days || ' days')
