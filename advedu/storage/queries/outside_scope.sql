-- Which records of milestones enter no figure, because the milestone does not apply to their unit?
SELECT m.code || ' ' || m.name, count(*)
  FROM (SELECT unit_id, milestone_id FROM milestone_done UNION ALL SELECT unit_id, milestone_id FROM milestone_exemption) r
  JOIN milestone m ON m.id = r.milestone_id
  JOIN unit u ON u.id = r.unit_id
  LEFT JOIN sector s ON s.id = u.sector_id
 WHERE NOT EXISTS (SELECT 1 FROM milestone_scope a
                    WHERE a.milestone_id = m.id AND a.kind = u.kind AND a.sector IN ('', coalesce(s.code, '')))
 GROUP BY m.id
