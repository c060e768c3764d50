-- Which units' phases are looked at, each as of its day? :wanted is a list in JSON: [unit, phase, day, batch or null].
WITH RECURSIVE
wanted (unit_id, phase_id, day, batch_id) AS MATERIALIZED (
  SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'), json_extract(value, '$[3]')
    FROM json_each(:wanted)
),
-- Who belonged to the unit on the day: later transfers undone.
person (unit_id, phase_id, day, member_id) AS MATERIALIZED (
  SELECT w.unit_id, w.phase_id, w.day, m.id
    FROM wanted w CROSS JOIN member m ON m.unit_id = w.unit_id
   WHERE (m.left_on IS NULL OR m.left_on > w.day) AND (m.arrived_on IS NULL OR m.arrived_on <= w.day)
     AND NOT EXISTS (SELECT 1 FROM transfer t WHERE t.member_id = m.id AND t.moved_on > w.day)
  UNION ALL
  SELECT w.unit_id, w.phase_id, w.day, m.id
    FROM wanted w CROSS JOIN transfer t ON t.from_unit_id = w.unit_id AND t.moved_on > w.day CROSS JOIN member m ON m.id = t.member_id
   WHERE (m.left_on IS NULL OR m.left_on > w.day) AND (m.arrived_on IS NULL OR m.arrived_on <= w.day)
     AND NOT EXISTS (SELECT 1 FROM transfer e WHERE e.member_id = m.id AND e.moved_on > w.day AND e.moved_on < t.moved_on)
)
