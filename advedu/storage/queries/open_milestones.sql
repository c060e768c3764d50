-- What is still owed, by which unit, until when? What is reached through a survey alone cannot be reported by a day.
SELECT o.unit_id, o.milestone_id, o.due_on
  FROM obligation o JOIN unit u ON u.id = o.unit_id JOIN milestone m ON m.id = o.milestone_id
 WHERE o.done_on IS NULL AND m.by_date
 ORDER BY u.code, m.id
