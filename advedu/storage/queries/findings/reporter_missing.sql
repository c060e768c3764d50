-- Where is it not on record who gave the report of the mobilization meeting?
SELECT m.unit_id, NULL AS member_id, m.done_on, x.code AS milestone
  FROM marks m JOIN milestone x ON x.id = m.milestone_id
 WHERE m.role = 'meeting' AND coalesce(m.reporter, '') = ''
