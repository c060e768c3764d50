-- Which models has no bulletin told of, so long after they were found?
SELECT m.unit_id, m.member_id, m.number, m.deeds, m.found_on
  FROM here h CROSS JOIN model m ON m.unit_id = h.unit_id
 WHERE h.open AND m.found_on < date(:day, -:visit_days || ' days') AND m.bulletin IS NULL
