-- Which units held the mobilization meeting before they had a plan?
SELECT m.unit_id, NULL AS member_id, m.done_on AS met_on, o.done_on AS before_on, x.code AS milestone
  FROM marks m
  JOIN owed o ON o.unit_id = m.unit_id AND o.role = 'plan' AND (o.done_on IS NULL OR o.done_on > m.done_on)
  JOIN milestone x ON x.id = o.milestone_id
 WHERE m.role = 'meeting'
