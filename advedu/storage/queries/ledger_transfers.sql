-- How many transfers after :since and up to :day stayed within the subtree, came into it, went out of it?
SELECT coalesce(sum(f.unit_id IS NOT NULL AND t.unit_id IS NOT NULL), 0),
       coalesce(sum(f.unit_id IS NULL AND t.unit_id IS NOT NULL), 0),
       coalesce(sum(f.unit_id IS NOT NULL AND t.unit_id IS NULL), 0)
  FROM transfer x
  LEFT JOIN scope f ON f.unit_id = x.from_unit_id
  LEFT JOIN scope t ON t.unit_id = x.to_unit_id
 WHERE x.moved_on > :since AND x.moved_on <= :day
