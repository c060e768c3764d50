-- Which open units owe anything, due or not?
, owing AS (
  SELECT s.unit_id FROM scope s
   WHERE s.open AND EXISTS (
         SELECT 1 FROM calendar c
          WHERE c.profile = s.profile
            AND NOT EXISTS (SELECT 1 FROM milestone_exemption x
                             WHERE x.unit_id = s.unit_id AND x.milestone_id = c.milestone_id AND x.exempt_on <= :day))
)
UPDATE here SET owes = unit_id IN (SELECT unit_id FROM owing)
