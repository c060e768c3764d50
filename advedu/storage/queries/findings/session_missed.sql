-- Who missed study sessions and has not made them good?
SELECT p.unit_id, a.member_id, count(*) AS count, min(s.held_on) AS held_on, s.topic, a.session
  FROM study_absence a JOIN study_session s ON s.number = a.session
  JOIN concerned p ON p.member_id = a.member_id JOIN here h ON h.unit_id = p.unit_id
 WHERE s.held_on <= :day AND (a.made_up_on IS NULL OR a.made_up_on > :day) AND h.open
 GROUP BY a.member_id
