-- In which units whose last phase should be over are leaders without all of the four leads?
SELECT p.unit_id, NULL AS member_id, count(*) AS count, date(h.starts_on, (SELECT max(last_day) FROM phase) || ' days') AS end_on
  FROM leaders p JOIN here h ON h.unit_id = p.unit_id
 WHERE h.open AND h.starts_on < date(:day, '-' || (SELECT max(last_day) FROM phase) || ' days')
   AND (SELECT count(DISTINCT d.item_id) FROM item_done d JOIN item i ON i.id = d.item_id AND NOT i.counted
         WHERE d.member_id = p.member_id AND d.done_on <= :day) < (SELECT count(*) FROM item WHERE NOT counted)
 GROUP BY p.unit_id
