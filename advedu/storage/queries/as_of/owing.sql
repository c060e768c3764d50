-- Which open units owe anything, due or not: is there a milestone that applies to them, and that they are not exempted from?
UPDATE here SET owes = open AND EXISTS (
  SELECT 1 FROM milestone m
   WHERE m.required
     AND EXISTS (SELECT 1 FROM milestone_scope a
                  WHERE a.milestone_id = m.id AND a.kind = here.kind
                    AND a.sector IN ('', coalesce((SELECT code FROM sector s WHERE s.id = here.sector_id), '')))
     AND NOT (here.exempted AND EXISTS (SELECT 1 FROM milestone_exemption x
                                         WHERE x.unit_id = here.unit_id AND x.milestone_id = m.id AND x.exempt_on <= :day)))
