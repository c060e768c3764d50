-- Which units have a sector that is meant for another batch than theirs?
WITH apart AS MATERIALIZED (
  SELECT s.id AS sector_id, b.id AS batch_id, s.name AS sector, b.name AS batch,
         (SELECT group_concat(o.name, char(31)) FROM batch o WHERE instr(' ' || o.sectors || ' ', ' ' || s.code || ' ')) AS meant
    FROM sector s JOIN batch b
   WHERE b.sectors <> '' AND NOT instr(' ' || b.sectors || ' ', ' ' || s.code || ' ')
)
SELECT h.unit_id, NULL AS member_id, a.sector, a.batch, a.meant
  FROM here h JOIN apart a ON a.sector_id = h.sector_id AND a.batch_id = h.batch_id
 WHERE h.open AND h.owes AND a.meant IS NOT NULL
