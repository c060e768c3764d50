-- Who is late with what, by how many days, and whom does one ring?
SELECT u.code, u.name, m.code, m.name, o.due_on, CAST(julianday(:day) - julianday(o.due_on) AS INTEGER) AS days_late, u.chief, u.phone
  FROM obligation o JOIN unit u ON u.id = o.unit_id JOIN milestone m ON m.id = o.milestone_id
 WHERE o.due_on < :day AND o.done_on IS NULL
 ORDER BY days_late DESC, u.code, m.code
