-- Which units asked for opinions in one way only?
SELECT m.unit_id, NULL AS member_id, o.channel, sum(o.count) AS count
  FROM marks m CROSS JOIN opinion o ON o.unit_id = m.unit_id
 WHERE m.role = 'opinions' AND o.received_on <= :day
 GROUP BY m.unit_id
HAVING count(DISTINCT o.channel) = 1
