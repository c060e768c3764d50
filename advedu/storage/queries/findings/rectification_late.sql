-- Which units have problems whose deadline passed before they were put right?
SELECT r.unit_id, NULL AS member_id, count(*) AS count, r.number, r.problem, min(r.deadline) AS deadline,
       CAST(julianday(:day) - julianday(min(r.deadline)) AS INTEGER) AS days
  FROM here h CROSS JOIN rectification r ON r.unit_id = h.unit_id
 WHERE h.open AND r.found_on <= :day AND (r.dropped_on IS NULL OR r.dropped_on > :day)
   AND r.deadline < :day AND (r.done_on IS NULL OR r.done_on > :day)
 GROUP BY r.unit_id
