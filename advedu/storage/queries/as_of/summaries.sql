-- Which units that owe a survey have marked their summary?
SELECT m.unit_id, x.code, m.done_on
  FROM marks m JOIN milestone x ON x.id = m.milestone_id
 WHERE m.role = 'summary' AND EXISTS (SELECT 1 FROM owed o WHERE o.unit_id = m.unit_id AND o.role = 'survey')
