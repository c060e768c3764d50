-- Which tasks, and of a leader which personal items, had the member :member of the unit :unit not done by :day?
SELECT 'tasks', group_concat(t.code, ' ')
  FROM task t
 WHERE :unit IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM task_exemption x WHERE x.member_id = :member AND x.task_id = t.id AND x.exempt_on <= :day)
   AND (NOT EXISTS (SELECT 1 FROM task_done d WHERE d.member_id = :member AND d.task_id = t.id AND d.done_on <= :day)
        OR (t.study AND EXISTS (SELECT 1 FROM study_absence a JOIN study_session s ON s.number = a.session
                                 WHERE a.member_id = :member AND s.held_on <= :day AND (a.made_up_on IS NULL OR a.made_up_on > :day))))
UNION ALL
SELECT 'items', group_concat(i.code, ' ')
  FROM item i
 WHERE i.counted AND EXISTS (SELECT 1 FROM member WHERE id = :member AND leader = 1)
   AND NOT EXISTS (SELECT 1 FROM item_fulfilled f WHERE f.member_id = :member AND f.item_id = i.id AND f.done_on <= :day)
