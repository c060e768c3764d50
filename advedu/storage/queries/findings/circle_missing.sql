-- Which units published measures or results, and it is not on record in which circle?
SELECT r.unit_id, NULL AS member_id, count(*) AS count, min(r.number) AS number, r.problem
  FROM here h CROSS JOIN rectification r ON r.unit_id = h.unit_id
 WHERE h.open AND ((r.measures_on <= :day AND coalesce(r.measures_circle, '') = '')
                   OR (r.results_on <= :day AND coalesce(r.results_circle, '') = ''))
 GROUP BY r.unit_id
