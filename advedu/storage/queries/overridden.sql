-- Where was a gate overridden by the day?
SELECT u.code, u.name
  FROM scope s JOIN unit u ON u.id = s.unit_id JOIN phase_event e ON e.unit_id = s.unit_id
 WHERE e.overridden AND e.happened_on <= :day
 ORDER BY u.code, e.number
