-- What kinds of members are there?
SELECT m.category_id, m.status, count(*)
  FROM person p CROSS JOIN member m ON m.id = p.member_id
 GROUP BY m.category_id, m.status
