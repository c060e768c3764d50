-- Which phases were closed much later than planned?
WITH spans AS (
  SELECT unit_id, phase_id, min(CASE WHEN event = 'open' THEN happened_on END) AS opened_on,
         max(CASE WHEN event = 'close' THEN happened_on END) AS closed_on,
         max(CASE WHEN event = 'close' THEN number END) > max(CASE WHEN event <> 'sign_off' AND event <> 'close' THEN number END) AS closed
    FROM events GROUP BY unit_id, phase_id
)
SELECT s.unit_id, NULL AS member_id, p.code AS phase, p.name, s.opened_on, s.closed_on,
       CAST(julianday(s.closed_on) - julianday(s.opened_on) AS INTEGER) + 1 AS days,
       :phase_days AS planned, :phase_days + :phase_tolerance_days AS bound
  FROM spans s JOIN phase p ON p.id = s.phase_id JOIN here h ON h.unit_id = s.unit_id
 WHERE h.open AND s.closed AND julianday(s.closed_on) - julianday(s.opened_on) + 1 > :phase_days + :phase_tolerance_days
