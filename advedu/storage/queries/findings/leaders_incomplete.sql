-- In which units whose last phase should be over are leaders without all their items?
WITH line AS (
  SELECT p.unit_id, p.member_id, date(h.starts_on, (SELECT max(last_day) FROM phase) || ' days') AS end_on,
         (SELECT count(DISTINCT i.item_id) FROM item_fulfilled i JOIN item n ON n.id = i.item_id AND n.counted
           WHERE i.member_id = p.member_id AND i.done_on <= :day) AS done
    FROM leaders p JOIN here h ON h.unit_id = p.unit_id
   WHERE h.open AND h.starts_on < date(:day, '-' || (SELECT max(last_day) FROM phase) || ' days')
   LIMIT -1
),
named AS (
  SELECT l.unit_id, l.end_on, m.name, row_number() OVER (PARTITION BY l.unit_id ORDER BY m.code) AS place
    FROM line l JOIN member m ON m.id = l.member_id
   WHERE l.done < (SELECT count(*) FROM item WHERE counted)
)
SELECT unit_id, NULL AS member_id, count(*) AS count, end_on,
       -- Not group_concat, whose order nobody promises.
       max(CASE WHEN place = 1 THEN name END) || coalesce(char(31) || max(CASE WHEN place = 2 THEN name END), '')
       || coalesce(char(31) || max(CASE WHEN place = 3 THEN name END), '') || CASE WHEN count(*) > 3 THEN char(31) || '…' ELSE '' END AS names
  FROM named GROUP BY unit_id
