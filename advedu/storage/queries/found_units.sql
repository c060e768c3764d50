-- Which units are these, and what tells them from units of the same name? Their unit is the one above.
SELECT u.id, u.code, u.name, u.id, p.code, p.name, NULL, u.chief, 0, NULL, u.phone, u.closed_on
  FROM unit u LEFT JOIN unit p ON p.id = u.parent_id
 WHERE u.id IN (SELECT value FROM json_each(?))
