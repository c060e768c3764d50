-- Which units marked milestones without the evidence that these demand?
SELECT d.unit_id, NULL AS member_id, count(*) AS count, min(m.code) AS milestone, m.name
  FROM milestone m CROSS JOIN here h CROSS JOIN milestone_done d ON d.unit_id = h.unit_id AND d.milestone_id = m.id
 WHERE m.evidence AND h.open AND d.done_on <= :day AND coalesce(d.evidence, '') = ''
 GROUP BY d.unit_id
