-- Which units say they have more or fewer members than the file, be it in the unit itself or with all below it?
WITH RECURSIVE
-- Most units are right about themselves: only below the others one has to look.
apart AS MATERIALIZED (
  SELECT h.unit_id, u.declared_members AS declared, coalesce(o.members, 0) AS own
    FROM here h JOIN unit u ON u.id = h.unit_id LEFT JOIN peopled o ON o.unit_id = h.unit_id
   WHERE h.open AND u.declared_members <> coalesce(o.members, 0)
),
below (top_id, unit_id) AS (
  SELECT unit_id, unit_id FROM apart
  UNION ALL
  SELECT b.top_id, h.unit_id FROM below b CROSS JOIN here h ON h.parent_id = b.unit_id
),
counted AS (
  SELECT b.top_id, sum(coalesce(o.members, 0)) AS whole
    FROM below b LEFT JOIN peopled o ON o.unit_id = b.unit_id
   GROUP BY b.top_id
)
SELECT a.unit_id, NULL AS member_id, a.declared, a.own, c.whole
  FROM apart a JOIN counted c ON c.top_id = a.unit_id
 WHERE a.declared <> c.whole
