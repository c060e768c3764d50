-- Of whom does nobody know where they are?
SELECT p.unit_id, p.member_id, m.missing_since AS since,
       CAST(julianday(:day) - julianday(m.missing_since) AS INTEGER) AS days
  FROM concerned p CROSS JOIN member m ON m.id = p.member_id JOIN here h ON h.unit_id = p.unit_id
 WHERE m.missing_since <= :day AND h.open
