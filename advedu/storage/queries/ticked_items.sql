-- Which leader has which personal item ticked, and on which day first? What a register fulfils is left out: no tick takes it back.
SELECT m.code, m.name, u.code, i.item_id, min(i.done_on)
  FROM person p JOIN member m ON m.id = p.member_id JOIN unit u ON u.id = p.unit_id
  LEFT JOIN item_done i ON i.member_id = p.member_id AND i.done_on <= :day
 WHERE p.leader = 1
 GROUP BY p.member_id, i.item_id
 ORDER BY u.code, m.code, i.item_id
