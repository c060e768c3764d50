-- The milestones with a role that open units have marked by the day, and who was their chief on the day of the mark.
SELECT d.unit_id, d.milestone_id, m.role, d.done_on, d.head, d.reporter,
       (SELECT c.name FROM chiefs c
         WHERE c.unit_id = d.unit_id AND coalesce(c.from_on, '') <= d.done_on AND (c.to_on IS NULL OR c.to_on > d.done_on)
         ORDER BY c.from_on DESC LIMIT 1) AS chief
  FROM here h CROSS JOIN milestone_done d ON d.unit_id = h.unit_id JOIN milestone m ON m.id = d.milestone_id
 WHERE h.open AND m.role <> '' AND d.done_on <= :day
