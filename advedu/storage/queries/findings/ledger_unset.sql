-- Does the file lack control totals? They are those of the whole file.
SELECT NULL AS unit_id, NULL AS member_id
 WHERE :whole AND NOT EXISTS (SELECT 1 FROM baseline WHERE set_on <= :day)
