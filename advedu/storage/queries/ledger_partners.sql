-- Where did members and units go on the day on which their unit was closed, and from where did they come on the day on which
-- it was opened? One row per unit that closed ('closed') or opened after :since and up to :day, and other unit.
SELECT 'closed' AS what, u.id, t.to_unit_id AS other
  FROM transfer t JOIN unit u ON u.id = t.from_unit_id AND u.closed_on = t.moved_on
 WHERE t.moved_on > :since AND t.moved_on <= :day
 UNION
SELECT 'closed', u.id, v.to_parent_id
  FROM unit_move v JOIN unit u ON u.id = v.from_parent_id AND u.closed_on = v.moved_on
 WHERE v.moved_on > :since AND v.moved_on <= :day
 UNION
SELECT 'opened', u.id, t.from_unit_id
  FROM transfer t JOIN unit u ON u.id = t.to_unit_id AND u.opened_on = t.moved_on
 WHERE t.moved_on > :since AND t.moved_on <= :day
