-- Which leader has not done which of the counted items yet?
SELECT p.member_id, p.unit_id, i.id
  FROM person p JOIN member m ON m.id = p.member_id JOIN unit u ON u.id = p.unit_id CROSS JOIN item i
 WHERE p.leader = 1 AND i.counted
   AND NOT EXISTS (SELECT 1 FROM item_done d WHERE d.member_id = p.member_id AND d.item_id = i.id AND d.done_on <= :day)
 ORDER BY u.code, m.code, i.id
