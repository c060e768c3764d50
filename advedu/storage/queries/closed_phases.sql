-- Which closings stand, not overridden: of the units in :units (a list in JSON), or of all when that is NULL?
SELECT e.*
  FROM phase_event e
 WHERE e.event = 'close' AND e.overridden = 0
   AND (:units IS NULL OR e.unit_id IN (SELECT value FROM json_each(:units)))
   AND NOT EXISTS (SELECT 1 FROM phase_event l
                    WHERE l.unit_id = e.unit_id AND l.phase_id = e.phase_id AND l.event = 'reopen' AND l.number > e.number)
 ORDER BY e.number
