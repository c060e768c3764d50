-- In which units that owe nothing are members whose tasks never fall due, because no batch gives them a first day?
SELECT h.unit_id, NULL AS member_id, p.members AS count
  FROM here h JOIN peopled p ON p.unit_id = h.unit_id
 WHERE h.open AND NOT h.owes AND h.starts_on IS NULL
