-- Who are these members, and what tells them from their namesakes?
SELECT m.id, m.code, m.name, m.unit_id, u.code, u.name, m.born_on, m.post, m.leader, m.id_number, m.phone, m.left_on
  FROM member m JOIN unit u ON u.id = m.unit_id
 WHERE m.id IN (SELECT value FROM json_each(?))
