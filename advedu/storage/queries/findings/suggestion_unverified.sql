-- Which suggestions were followed, and nobody has looked whether that is true for so long? One line per unit.
SELECT v.unit_id, NULL AS member_id, count(*) AS count, min(s.done_on) AS done_on, s.text, s.number
  FROM here h CROSS JOIN visit v ON v.unit_id = h.unit_id CROSS JOIN suggestion s ON s.visit = v.number
 WHERE h.open AND v.visited_on <= :day AND s.done_on < date(:day, -:visit_days || ' days')
   AND (s.verified_on IS NULL OR s.verified_on > :day)
 GROUP BY v.unit_id
