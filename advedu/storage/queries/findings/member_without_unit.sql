-- Whose unit was closed?
SELECT p.unit_id, p.member_id, u.closed_on
  FROM here h JOIN present p ON p.unit_id = h.unit_id JOIN unit u ON u.id = h.unit_id
 WHERE NOT h.open
