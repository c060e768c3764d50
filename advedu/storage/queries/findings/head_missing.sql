-- Where is it not on record who heads the leading body, neither with the milestone nor in the register?
SELECT m.unit_id, NULL AS member_id, m.done_on, x.code AS milestone
  FROM marks m JOIN milestone x ON x.id = m.milestone_id
 WHERE m.role = 'body' AND coalesce(m.head, '') = ''
   AND NOT EXISTS (SELECT 1 FROM body_member b WHERE b.unit_id = m.unit_id AND b.role = 'head' AND coalesce(b.from_on, '') <= :day)
