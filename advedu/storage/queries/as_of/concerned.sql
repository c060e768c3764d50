-- Of those who are exempt, missed a session, are trained, are nowhere to be found or have a task that was entered late: to which
-- unit did they belong? To where they are now, or to where a transfer took them from.
WITH named AS MATERIALIZED (
  SELECT member_id FROM task_exemption UNION SELECT member_id FROM study_absence UNION SELECT member_id FROM training
  UNION SELECT id FROM member WHERE missing_since IS NOT NULL
  -- Of the whole file one look over all tasks is cheaper than one per member; of a part it is not.
  UNION SELECT member_id FROM task_done WHERE :whole AND entered_on > done_on AND entered_on > date(done_on, :late)
  UNION SELECT p.member_id FROM present p CROSS JOIN task_done d ON d.member_id = p.member_id
         WHERE NOT :whole AND d.entered_on > d.done_on AND d.entered_on > date(d.done_on, :late)
)
SELECT p.member_id, p.unit_id
  FROM named n CROSS JOIN member m ON m.id = n.member_id CROSS JOIN present p ON p.unit_id = m.unit_id AND p.member_id = m.id
UNION
SELECT p.member_id, p.unit_id
  FROM named n CROSS JOIN transfer t ON t.member_id = n.member_id
  CROSS JOIN present p ON p.unit_id = t.from_unit_id AND p.member_id = n.member_id
