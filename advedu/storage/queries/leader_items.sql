-- Which leader has done which personal item, and when first?
SELECT m.code, m.name, u.code, i.item_id, min(i.done_on)
  FROM person p JOIN member m ON m.id = p.member_id JOIN unit u ON u.id = p.unit_id
  LEFT JOIN item_fulfilled i ON i.member_id = p.member_id AND i.done_on <= :day
 WHERE p.leader = 1
 GROUP BY p.member_id, i.item_id
 ORDER BY u.code, m.code, i.item_id
