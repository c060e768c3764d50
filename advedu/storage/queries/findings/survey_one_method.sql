-- In which units was the last survey round held by one method only?
WITH last AS (
  SELECT s.unit_id, max(s.round) AS round
    FROM here h CROSS JOIN survey s ON s.unit_id = h.unit_id
   WHERE h.open AND s.held_on <= :day
   GROUP BY s.unit_id
)
SELECT s.unit_id, NULL AS member_id, s.round, min(s.method) AS method
  FROM last l JOIN survey s ON s.unit_id = l.unit_id AND s.round = l.round AND s.held_on <= :day
 GROUP BY s.unit_id
HAVING count(*) = 1
