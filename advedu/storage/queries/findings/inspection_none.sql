-- Which batches after the first have begun without an inspection team of a town or department?
SELECT NULL AS unit_id, NULL AS member_id, b.name AS batch
  FROM batch b
 WHERE :whole AND b.id > (SELECT min(id) FROM batch) AND b.starts_on <= :day
   AND EXISTS (SELECT 1 FROM team)
   AND NOT EXISTS (SELECT 1 FROM team t WHERE t.kind = 'inspection' AND (t.batch_id IS NULL OR t.batch_id = b.id))
