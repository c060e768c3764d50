-- Which units have two chiefs on the same day?
SELECT a.unit_id, NULL AS member_id, a.name AS first, b.name AS second, b.from_on AS since
  FROM chiefs a JOIN chiefs b ON b.unit_id = a.unit_id AND b.name <> a.name JOIN here h ON h.unit_id = a.unit_id
 WHERE h.open AND b.from_on <= :day AND coalesce(a.from_on, '') <= b.from_on AND (a.to_on IS NULL OR a.to_on > b.from_on)
   AND (coalesce(a.from_on, '') < b.from_on OR a.name < b.name)
