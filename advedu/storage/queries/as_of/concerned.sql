-- Of those who are exempt, missed a session, are trained or are nowhere to be found: to which unit did they belong? To where they
-- are now, or to where a transfer took them from.
WITH named AS MATERIALIZED (
  SELECT member_id FROM task_exemption UNION SELECT member_id FROM study_absence UNION SELECT member_id FROM training
  UNION SELECT id FROM member WHERE missing_since IS NOT NULL
)
SELECT p.member_id, p.unit_id
  FROM named n CROSS JOIN member m ON m.id = n.member_id CROSS JOIN present p ON p.unit_id = m.unit_id AND p.member_id = m.id
UNION
SELECT p.member_id, p.unit_id
  FROM named n CROSS JOIN transfer t ON t.member_id = n.member_id
  CROSS JOIN present p ON p.unit_id = t.from_unit_id AND p.member_id = n.member_id
