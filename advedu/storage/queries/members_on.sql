-- Who belonged to a unit or one below it on a day, as the tree stood then, those who had left by then too? Unit by unit in
-- the order of codes; last the unit that each belonged to.
, home AS MATERIALIZED (
  SELECT m.id, coalesce((SELECT t.from_unit_id FROM transfer t WHERE t.member_id = m.id AND t.moved_on > :day ORDER BY t.moved_on LIMIT 1),
                        m.unit_id) AS unit_id
    FROM member m WHERE coalesce(m.arrived_on, '') <= :day
)
SELECT m.*, h.unit_id AS home
  FROM home h JOIN scope s ON s.unit_id = h.unit_id JOIN member m ON m.id = h.id JOIN unit u ON u.id = h.unit_id
 ORDER BY u.code, m.code
