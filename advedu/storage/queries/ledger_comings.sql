-- Who arrived or left after :since and up to :day, and where did he or she belong in the end?
, being AS NOT MATERIALIZED (
  SELECT s.unit_id, m.id AS member_id, m.arrived_on, m.left_on
    FROM scope s CROSS JOIN member m ON m.unit_id = s.unit_id
   WHERE NOT EXISTS (SELECT 1 FROM transfer t WHERE t.member_id = m.id AND t.moved_on > :day)
  UNION ALL
  SELECT s.unit_id, m.id, m.arrived_on, m.left_on
    FROM scope s CROSS JOIN transfer t ON t.from_unit_id = s.unit_id CROSS JOIN member m ON m.id = t.member_id
   WHERE t.moved_on > :day
     AND NOT EXISTS (SELECT 1 FROM transfer e WHERE e.member_id = m.id AND e.moved_on > :day AND e.moved_on < t.moved_on)
)
SELECT u.code, u.name, m.code, m.name, b.arrived_on, b.left_on, m.leave_reason
  FROM being b JOIN member m ON m.id = b.member_id JOIN unit u ON u.id = b.unit_id
 WHERE (b.arrived_on > :since AND b.arrived_on <= :day) OR (b.left_on > :since AND b.left_on <= :day)
 ORDER BY m.code
