-- Who is missing, and who belongs to a unit that is closed or not open yet?
SELECT u.code, u.name, m.code, m.name, CASE WHEN m.missing_since <= :day THEN m.missing_since END AS missing_since,
       s.open, CASE WHEN s.opened THEN u.closed_on END
  FROM person p JOIN scope s ON s.unit_id = p.unit_id CROSS JOIN member m ON m.id = p.member_id JOIN unit u ON u.id = p.unit_id
 WHERE m.missing_since <= :day OR NOT s.open
 ORDER BY u.code, m.code
