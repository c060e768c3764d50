-- Do the latest control totals agree with what the file has on their day? They are those of the whole file.
WITH latest AS (
  SELECT set_on, units, members FROM baseline WHERE :whole AND set_on <= :day ORDER BY set_on DESC LIMIT 1
),
counted AS (
  SELECT l.set_on, 'units' AS what, l.units AS said,
         (SELECT count(*) FROM unit u
           WHERE u.kind IN ('committee', 'general_branch', 'branch') AND (u.closed_on IS NULL OR u.closed_on > l.set_on)
             AND (u.opened_on IS NULL OR u.opened_on <= l.set_on)) AS counted
    FROM latest l
  UNION ALL
  SELECT l.set_on, 'members', l.members,
         (SELECT count(*) FROM member m
           WHERE (m.left_on IS NULL OR m.left_on > l.set_on) AND (m.arrived_on IS NULL OR m.arrived_on <= l.set_on))
    FROM latest l
)
SELECT NULL AS unit_id, NULL AS member_id, what, said, counted, abs(said - counted) AS apart, set_on
  FROM counted WHERE said <> counted
