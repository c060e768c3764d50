-- In which series of bulletins is a number missing, within the year or through? `first` is the first that is.
WITH line AS (
  SELECT b.unit_id, b.kind, substr(b.issued_on, 1, 4) AS year, b.issue, b.running,
         lag(b.issue, 1, 0) OVER (PARTITION BY b.unit_id, b.kind, substr(b.issued_on, 1, 4) ORDER BY b.issue) AS before,
         lag(b.running) OVER (PARTITION BY b.unit_id, b.kind ORDER BY b.running) AS running_before
    FROM here h CROSS JOIN bulletin b ON b.unit_id = h.unit_id
   WHERE b.issued_on <= :day
)
SELECT unit_id, NULL AS member_id, kind, year, min(before + 1) AS first
  FROM line
 WHERE issue <> before + 1 OR running <> running_before + 1
 GROUP BY unit_id, kind, year
