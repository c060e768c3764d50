-- Which phases were closed, without an override, and nobody above had signed off?
SELECT e.unit_id, NULL AS member_id, p.code AS phase, p.name, e.happened_on AS on_day
  FROM events e JOIN phase p ON p.id = e.phase_id JOIN here h ON h.unit_id = e.unit_id
 WHERE h.open AND e.event = 'close' AND NOT e.overridden AND h.parent_id IS NOT NULL
   AND (SELECT b.event FROM events b
         WHERE b.unit_id = e.unit_id AND b.phase_id = e.phase_id AND b.number < e.number
         ORDER BY b.number DESC LIMIT 1) IS NOT 'sign_off'
   AND NOT EXISTS (SELECT 1 FROM events l WHERE l.unit_id = e.unit_id AND l.phase_id = e.phase_id AND l.number > e.number)
