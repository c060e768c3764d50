-- Which teams have no head of the rank :rank or above on :day? The rank on record is a name of the list or another text.
SELECT t.number, t.code, t.name, c.name, c.rank
  FROM team t
  LEFT JOIN cadre c ON c.team = t.number AND c.role = 'head'
       AND coalesce(c.from_on, '') <= :day AND (c.to_on IS NULL OR c.to_on > :day)
 WHERE NOT EXISTS (SELECT 1 FROM cadre h JOIN rank r ON r.name = h.rank
                    WHERE h.team = t.number AND h.role = 'head' AND r.id >= :rank
                      AND coalesce(h.from_on, '') <= :day AND (h.to_on IS NULL OR h.to_on > :day))
 ORDER BY t.code
