-- Who was the chief of :unit on :day? Its posts tell; without any, the name that the unit bears.
SELECT CASE WHEN EXISTS (SELECT 1 FROM post WHERE unit_id = :unit AND role = 'chief')
            THEN (SELECT name FROM post
                   WHERE unit_id = :unit AND role = 'chief' AND coalesce(from_on, '') <= :day AND (to_on IS NULL OR to_on > :day)
                   ORDER BY from_on DESC LIMIT 1)
            ELSE chief END
  FROM unit WHERE id = :unit
