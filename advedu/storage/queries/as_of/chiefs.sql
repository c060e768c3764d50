-- Who was whose chief from when to when: the posts; where a unit has none, the name that it bears (chief_on.sql).
SELECT p.unit_id, p.name, p.from_on, p.to_on
  FROM here h CROSS JOIN post p ON p.unit_id = h.unit_id AND p.role = 'chief'
UNION ALL
SELECT u.id, u.chief, NULL, NULL
  FROM here h JOIN unit u ON u.id = h.unit_id
 WHERE u.chief IS NOT NULL AND NOT EXISTS (SELECT 1 FROM post p WHERE p.unit_id = u.id AND p.role = 'chief')
