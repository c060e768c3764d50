-- Where was a phase opened or closed in spite of something missing, why, and what was it? Also of units closed since.
SELECT e.unit_id, NULL AS member_id, e.event, p.name, e.happened_on AS on_day, e.missing, e.reason
  FROM events e JOIN phase p ON p.id = e.phase_id
 WHERE e.overridden
