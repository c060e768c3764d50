-- Which required milestones had the unit :unit not reached by :day? Those by survey are looked at apart.
SELECT 'milestones', group_concat(m.code, ' ')
  FROM unit u LEFT JOIN sector s ON s.id = u.sector_id JOIN milestone m ON m.required AND m.by_date
 WHERE u.id = :unit AND :member IS NULL
   AND EXISTS (SELECT 1 FROM milestone_scope a WHERE a.milestone_id = m.id AND a.kind = u.kind AND a.sector IN ('', coalesce(s.code, '')))
   AND NOT EXISTS (SELECT 1 FROM milestone_exemption x WHERE x.unit_id = u.id AND x.milestone_id = m.id AND x.exempt_on <= :day)
   AND NOT EXISTS (SELECT 1 FROM milestone_done d WHERE d.unit_id = u.id AND d.milestone_id = m.id AND d.done_on <= :day)
