-- Which teams have no head of the required rank on the day?
SELECT NULL AS unit_id, NULL AS member_id, t.code AS team, t.name,
       (SELECT group_concat(h.name || coalesce(' ' || h.rank, ''), char(31)) FROM cadre h
         WHERE h.team = t.number AND h.role = 'head' AND coalesce(h.from_on, '') <= :day AND (h.to_on IS NULL OR h.to_on > :day)) AS names
  FROM team t
 WHERE :whole AND EXISTS (SELECT 1 FROM rule WHERE code = 'team_head_rank' AND value > 0)
   AND NOT EXISTS (SELECT 1 FROM cadre h JOIN rank r ON r.name = h.rank
                    WHERE h.team = t.number AND h.role = 'head'
                      AND r.id >= (SELECT value FROM rule WHERE code = 'team_head_rank')
                      AND coalesce(h.from_on, '') <= :day AND (h.to_on IS NULL OR h.to_on > :day))
