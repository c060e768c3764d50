-- Which units marked that they published their results while those of a problem found by then were not published?
SELECT m.unit_id, NULL AS member_id, count(*) AS count, min(r.number) AS number, r.problem, m.done_on, x.code AS milestone
  FROM marks m JOIN milestone x ON x.id = m.milestone_id
  CROSS JOIN rectification r ON r.unit_id = m.unit_id
 WHERE m.role = 'results' AND r.found_on <= m.done_on AND (r.dropped_on IS NULL OR r.dropped_on > m.done_on)
   AND (r.results_on IS NULL OR r.results_on > m.done_on)
 GROUP BY m.unit_id
