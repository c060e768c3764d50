-- Which units have a sector that is meant for another batch than theirs?
SELECT h.unit_id, NULL AS member_id, s.name AS sector, b.name AS batch,
       (SELECT group_concat(o.name, char(31)) FROM batch o WHERE instr(' ' || o.sectors || ' ', ' ' || s.code || ' ')) AS meant
  FROM here h JOIN sector s ON s.id = h.sector_id JOIN batch b ON b.id = h.batch_id
 WHERE h.open AND h.owes AND b.sectors <> '' AND NOT instr(' ' || b.sectors || ' ', ' ' || s.code || ' ')
   AND EXISTS (SELECT 1 FROM batch o WHERE instr(' ' || o.sectors || ' ', ' ' || s.code || ' '))
