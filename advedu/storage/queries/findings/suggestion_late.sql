-- Which suggestions of the teams are past their deadline and not followed? One line per unit.
SELECT v.unit_id, NULL AS member_id, count(*) AS count, min(s.deadline) AS deadline, s.text, s.number,
       CAST(julianday(:day) - julianday(min(s.deadline)) AS INTEGER) AS days
  FROM here h CROSS JOIN visit v ON v.unit_id = h.unit_id CROSS JOIN suggestion s ON s.visit = v.number
 WHERE h.open AND v.visited_on <= :day AND s.deadline < :day AND (s.done_on IS NULL OR s.done_on > :day)
 GROUP BY v.unit_id
