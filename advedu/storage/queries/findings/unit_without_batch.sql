-- Which owing units have neither a batch nor a first day of their own?
SELECT h.unit_id, NULL AS member_id FROM here h WHERE h.open AND h.owes AND h.starts_on IS NULL
