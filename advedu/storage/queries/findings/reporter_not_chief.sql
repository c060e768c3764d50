-- Where did somebody else than the chief of that day give the report of the mobilization meeting?
SELECT unit_id, NULL AS member_id, done_on, reporter, chief
  FROM marks
 WHERE role = 'meeting' AND replace(replace(reporter, ' ', ''), '　', '') <> replace(replace(chief, ' ', ''), '　', '')
