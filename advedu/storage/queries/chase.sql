-- Whom to ring about what: every overdue milestone with the unit's team (:by = 'team' in scope.sql) and its last call.
, last_call AS (
  SELECT unit_id, called_on, said, again_on, max(called_on || printf('%09d', number)) AS latest
    FROM call WHERE called_on <= :day GROUP BY unit_id
)
SELECT u.id, u.code, u.name, u.chief, u.phone, s.group_id AS team, m.code, m.name, o.due_on,
       CAST(julianday(:day) - julianday(o.due_on) AS INTEGER), l.called_on, l.said, l.again_on
  FROM scope s JOIN unit u ON u.id = s.unit_id
  JOIN obligation o ON o.unit_id = s.unit_id JOIN milestone m ON m.id = o.milestone_id
  LEFT JOIN last_call l ON l.unit_id = s.unit_id
 WHERE o.due_on < :day AND o.done_on IS NULL
 ORDER BY u.code, m.code
