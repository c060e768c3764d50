-- Which owing units have no sector, in a file that has sectors?
SELECT h.unit_id, NULL AS member_id
  FROM here h
 WHERE h.open AND h.owes AND h.sector_id IS NULL AND EXISTS (SELECT 1 FROM unit WHERE sector_id IS NOT NULL)
