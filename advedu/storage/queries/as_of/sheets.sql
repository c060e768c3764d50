-- Which survey sheets of open units were held by the day?
SELECT s.unit_id, s.round, s.method, s.held_on, s.valid, s.satisfied, s.fairly, s.basically, s.dissatisfied
  FROM here h CROSS JOIN survey s ON s.unit_id = h.unit_id
 WHERE h.open AND s.held_on <= :day
 ORDER BY s.unit_id, s.round, s.method
