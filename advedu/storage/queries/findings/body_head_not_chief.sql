-- Where did somebody else than the chief of that day head the leading body, when it was set up or now?
SELECT unit_id, NULL AS member_id, 'setup' AS at, done_on, head, chief
  FROM marks
 WHERE role = 'body' AND replace(replace(head, ' ', ''), '　', '') <> replace(replace(chief, ' ', ''), '　', '')
UNION ALL
SELECT b.unit_id, NULL, 'now', :day, min(b.name), h.chief
  FROM heads h CROSS JOIN body_member b ON b.unit_id = h.unit_id AND b.role = 'head'
 WHERE coalesce(b.from_on, '') <= :day AND (b.to_on IS NULL OR b.to_on > :day) AND h.chief IS NOT NULL
 GROUP BY b.unit_id
HAVING sum(replace(replace(b.name, ' ', ''), '　', '') = replace(replace(h.chief, ' ', ''), '　', '')) = 0
