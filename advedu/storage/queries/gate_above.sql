-- Which units stand above each unit of :wanted (a list in JSON: [unit, phase, day]) on its day? Itself first, the nearest next.
WITH RECURSIVE
wanted (unit_id, phase_id, day) AS (
  SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]') FROM json_each(:wanted)
),
up (unit_id, phase_id, day, id, height) AS (
  SELECT unit_id, phase_id, day, unit_id, 0 FROM wanted
  UNION ALL
  SELECT up.unit_id, up.phase_id, up.day,
         coalesce((SELECT v.from_parent_id FROM unit_move v WHERE v.unit_id = up.id AND v.moved_on > up.day ORDER BY v.moved_on LIMIT 1),
                  u.parent_id), up.height + 1
    FROM up JOIN unit u ON u.id = up.id
   WHERE up.id IS NOT NULL AND up.height < 100
)
SELECT up.unit_id, up.phase_id, up.day, u.id, u.kind,
       CASE WHEN coalesce(u.opened_on, '') <= up.day THEN u.batch_id END AS batch_id
  FROM up JOIN unit u ON u.id = up.id
 ORDER BY up.height
