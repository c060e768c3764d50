-- What happened to the phases of the units by the day, each with what it left open or closed before it.
SELECT e.number, e.unit_id, e.phase_id, e.event, e.happened_on, e.overridden, e.missing, e.reason, e.entered_on
  FROM here h CROSS JOIN phase_event e ON e.unit_id = h.unit_id
 WHERE e.happened_on <= :day
