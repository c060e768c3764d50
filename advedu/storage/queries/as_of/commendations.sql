-- Who was proposed for commendation by the day, and awarded by then?
SELECT c.number, c.unit_id, c.member_id, c.honour, c.proposed_on, CASE WHEN c.awarded_on <= :day THEN c.awarded_on END, c.overridden
  FROM here h CROSS JOIN commendation c ON c.unit_id = h.unit_id
 WHERE c.proposed_on <= :day
 ORDER BY c.number
