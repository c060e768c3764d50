-- What was known on :day of the rectification items of :unit_id that were found by then?
SELECT number, problem, measure, owner, deadline,
       CASE WHEN measures_on <= :day THEN measures_on END AS measures_on,
       CASE WHEN done_on <= :day THEN done_on END AS done_on,
       CASE WHEN results_on <= :day THEN results_on END AS results_on,
       CASE WHEN dropped_on <= :day THEN dropped_on END AS dropped_on
  FROM rectification
 WHERE unit_id = :unit_id AND found_on <= :day AND :phase_id IS NOT NULL
 ORDER BY number
