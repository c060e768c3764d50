-- Which units opened a phase, without an override, before they had closed the one before it?
SELECT e.unit_id, NULL AS member_id, p.code AS phase, p.name, e.happened_on AS on_day, q.name AS before
  FROM events e JOIN phase p ON p.id = e.phase_id JOIN phase q ON q.first_day < p.first_day JOIN here h ON h.unit_id = e.unit_id
 WHERE h.open AND e.event = 'open' AND NOT e.overridden
   AND q.first_day = (SELECT max(first_day) FROM phase WHERE first_day < p.first_day)
   AND coalesce((SELECT b.event FROM events b
                  WHERE b.unit_id = e.unit_id AND b.phase_id = q.id AND b.number < e.number AND b.event <> 'sign_off'
                  ORDER BY b.number DESC LIMIT 1), '') <> 'close'
