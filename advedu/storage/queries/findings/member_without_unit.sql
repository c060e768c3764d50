-- Whose unit was closed, or opens only later?
SELECT p.unit_id, p.member_id, CASE WHEN u.opened_on > :day THEN u.opened_on END AS opened_on,
       CASE WHEN u.closed_on <= :day THEN u.closed_on END AS closed_on
  FROM here h CROSS JOIN present p ON p.unit_id = h.unit_id JOIN unit u ON u.id = h.unit_id
 WHERE NOT h.open
