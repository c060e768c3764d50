-- Which units have problems on record without a measure, an owner or a deadline?
SELECT r.unit_id, NULL AS member_id, count(*) AS count, min(r.number) AS number, r.problem,
       trim(CASE WHEN coalesce(r.measure, '') = '' THEN 'measure ' ELSE '' END
            || CASE WHEN coalesce(r.owner, '') = '' THEN 'owner ' ELSE '' END
            || CASE WHEN r.deadline IS NULL THEN 'deadline' ELSE '' END) AS lacking
  FROM here h CROSS JOIN rectification r ON r.unit_id = h.unit_id
 WHERE h.open AND r.found_on <= :day AND (r.dropped_on IS NULL OR r.dropped_on > :day)
   AND (coalesce(r.measure, '') = '' OR coalesce(r.owner, '') = '' OR r.deadline IS NULL)
 GROUP BY r.unit_id
