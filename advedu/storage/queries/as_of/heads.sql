-- The chief of each unit on the day; NULL when nobody is known.
SELECT h.unit_id,
       (SELECT c.name FROM chiefs c
         WHERE c.unit_id = h.unit_id AND coalesce(c.from_on, '') <= :day AND (c.to_on IS NULL OR c.to_on > :day)
         ORDER BY c.from_on DESC LIMIT 1) AS chief
  FROM here h WHERE h.open
