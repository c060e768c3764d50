-- Which teams are these? In the place of a chief stands the head.
SELECT t.number, t.code, t.name, NULL, NULL, NULL, NULL,
       (SELECT c.name FROM cadre c WHERE c.team = t.number AND c.role = 'head' AND c.to_on IS NULL ORDER BY c.number LIMIT 1),
       0, NULL, t.phone, NULL
  FROM team t
 WHERE t.number IN (SELECT value FROM json_each(?))
