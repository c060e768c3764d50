-- Who ticked the item that a contact point fulfils, without one being registered?
SELECT p.unit_id, p.member_id, i.code AS item, min(d.done_on) AS done_on
  FROM leaders p JOIN here h ON h.unit_id = p.unit_id
  CROSS JOIN item_done d ON d.member_id = p.member_id JOIN item i ON i.id = d.item_id AND i.role = 'contact_point'
 WHERE h.open AND d.done_on <= :day
   AND NOT EXISTS (SELECT 1 FROM contact_point c WHERE c.member_id = p.member_id AND c.from_on <= :day)
 GROUP BY p.member_id
