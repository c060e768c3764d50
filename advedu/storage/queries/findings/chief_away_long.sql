-- Which chiefs are or were away for long during the campaign? Who is not back yet counts until the day.
SELECT a.unit_id, NULL AS member_id, a.name, a.from_on, a.to_on,
       CAST(julianday(min(coalesce(a.to_on, :day), :day)) - julianday(max(a.from_on, coalesce(h.starts_on, a.from_on))) AS INTEGER) + 1 AS days
  FROM here h CROSS JOIN chief_absence a ON a.unit_id = h.unit_id
 WHERE h.open AND a.from_on <= :day
   AND julianday(min(coalesce(a.to_on, :day), :day)) - julianday(max(a.from_on, coalesce(h.starts_on, a.from_on))) + 1 > :absence_days
