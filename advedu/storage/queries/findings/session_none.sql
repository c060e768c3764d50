-- Which units whose study is due have no study session on record, in a file that keeps that register?
SELECT h.unit_id, NULL AS member_id, date(h.starts_on, (SELECT min(due_day) FROM task WHERE study) || ' days') AS due_on
  FROM here h
 WHERE h.open AND h.owes AND EXISTS (SELECT 1 FROM study_session WHERE held_on <= :day)
   AND date(h.starts_on, (SELECT min(due_day) FROM task WHERE study) || ' days') < :day
   AND h.unit_id IN (SELECT unit_id FROM peopled)
   AND NOT EXISTS (SELECT 1 FROM study_session s WHERE s.unit_id = h.unit_id AND s.held_on <= :day)
