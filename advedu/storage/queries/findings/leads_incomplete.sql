-- In which units whose last phase should be over are leaders without all of the four leads?
SELECT p.unit_id, NULL AS member_id, count(*) AS count, date(h.starts_on, (SELECT max(last_day) FROM phase) || ' days') AS end_on
  FROM present p JOIN here h ON h.unit_id = p.unit_id
 WHERE p.leader = 1 AND h.open AND date(h.starts_on, (SELECT max(last_day) FROM phase) || ' days') < :day
   AND (SELECT count(DISTINCT d.item_id) FROM item_done d JOIN item i ON i.id = d.item_id AND NOT i.counted
         WHERE d.member_id = p.member_id AND d.done_on <= :day) < (SELECT count(*) FROM item WHERE NOT counted)
 GROUP BY p.unit_id
