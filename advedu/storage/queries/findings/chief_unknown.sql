-- Which units that owe a leading body, or held their meeting, have no known chief?
SELECT h.unit_id, NULL AS member_id
  FROM heads h
 WHERE h.chief IS NULL
   AND h.unit_id IN (SELECT unit_id FROM owed WHERE role = 'body' UNION SELECT unit_id FROM marks WHERE role = 'meeting')
