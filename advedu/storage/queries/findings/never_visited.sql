-- Which units with a team were never visited, so many days after their campaign began?
SELECT h.unit_id, NULL AS member_id, t.code AS team, h.starts_on, CAST(julianday(:day) - julianday(h.starts_on) AS INTEGER) AS days
  FROM here h JOIN covered c ON c.unit_id = h.unit_id JOIN team t ON t.number = c.team
 WHERE h.open AND h.owes AND h.starts_on < date(:day, -:visit_days || ' days')
   AND NOT EXISTS (SELECT 1 FROM visit v WHERE v.unit_id = h.unit_id AND v.visited_on <= :day)
   AND NOT EXISTS (SELECT 1 FROM events e WHERE e.unit_id = h.unit_id AND e.event = 'close' AND e.phase_id = (SELECT max(id) FROM phase))
