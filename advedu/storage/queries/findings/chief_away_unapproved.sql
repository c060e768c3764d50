-- Which chiefs are or were away during the campaign without anybody's approval?
SELECT a.unit_id, NULL AS member_id, a.number, a.name, a.from_on, a.to_on
  FROM here h CROSS JOIN chief_absence a ON a.unit_id = h.unit_id
 WHERE h.open AND a.from_on <= :day AND coalesce(a.approved_by, '') = '' AND (a.to_on IS NULL OR a.to_on >= coalesce(h.starts_on, ''))
