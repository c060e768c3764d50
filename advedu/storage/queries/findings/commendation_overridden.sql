-- Who was proposed although something was missing?
SELECT c.unit_id, c.member_id, c.honour, c.proposed_on, c.missing, c.reason
  FROM here h CROSS JOIN commendation c ON c.unit_id = h.unit_id
 WHERE c.overridden AND c.proposed_on <= :day
