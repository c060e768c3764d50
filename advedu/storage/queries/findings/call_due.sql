-- Which units promised something for a day that has come, and nobody rang since?
SELECT c.unit_id, NULL AS member_id, c.called_on, c.said, c.again_on
  FROM here h CROSS JOIN call c ON c.unit_id = h.unit_id
 WHERE h.open AND c.called_on <= :day AND c.again_on <= :day
   AND NOT EXISTS (SELECT 1 FROM call l WHERE l.unit_id = c.unit_id AND l.called_on <= :day
                      AND (l.called_on, l.number) > (c.called_on, c.number))
