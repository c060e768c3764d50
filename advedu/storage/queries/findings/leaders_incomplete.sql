-- In which units whose last phase should be over are leaders without all their items?
WITH line AS (
  SELECT p.unit_id, p.member_id, date(h.starts_on, (SELECT max(last_day) FROM phase) || ' days') AS end_on,
         (SELECT count(DISTINCT i.item_id) FROM item_fulfilled i JOIN item n ON n.id = i.item_id AND n.counted
           WHERE i.member_id = p.member_id AND i.done_on <= :day) AS done
    FROM present p JOIN here h ON h.unit_id = p.unit_id
   WHERE p.leader = 1 AND h.open AND date(h.starts_on, (SELECT max(last_day) FROM phase) || ' days') < :day
   LIMIT -1
),
named AS (
  SELECT l.unit_id, l.end_on, m.name, row_number() OVER (PARTITION BY l.unit_id ORDER BY m.code) AS place
    FROM line l JOIN member m ON m.id = l.member_id
   WHERE l.done < (SELECT count(*) FROM item WHERE counted)
)
SELECT unit_id, NULL AS member_id, count(*) AS count, end_on,
       group_concat(CASE WHEN place <= 3 THEN name WHEN place = 4 THEN '…' END, char(31)) AS names
  FROM named GROUP BY unit_id
