-- Which units are past the planned end of a phase and have not closed it, in a file that keeps phases?
SELECT h.unit_id, NULL AS member_id, p.code AS phase, p.name, min(p.first_day) AS first_day,
       date(h.starts_on, p.last_day || ' days') AS planned_on,
       CAST(julianday(:day) - julianday(h.starts_on) - p.last_day AS INTEGER) AS days
  FROM (SELECT id, code, name, first_day, last_day, date(:day, '-' || (last_day + :phase_tolerance_days) || ' days') AS before
          FROM phase LIMIT -1) p
  JOIN here h ON h.starts_on < p.before
 WHERE h.open AND h.owes AND EXISTS (SELECT 1 FROM phase_event WHERE happened_on <= :day)
   AND coalesce((SELECT e.event FROM phase_event e
                  WHERE e.unit_id = h.unit_id AND e.phase_id = p.id AND e.happened_on <= :day AND e.event <> 'sign_off'
                  ORDER BY e.number DESC LIMIT 1), '') <> 'close'
 GROUP BY h.unit_id
