-- Which leaders of district rank have no contact point in an organ, so long after their campaign began?
SELECT p.unit_id, p.member_id, CAST(julianday(:day) - julianday(h.starts_on) AS INTEGER) AS days
  FROM leaders p JOIN here h ON h.unit_id = p.unit_id JOIN member m ON m.id = p.member_id
 WHERE m.district_body IS NOT NULL AND h.open AND h.starts_on < date(:day, -:phase_days || ' days')
   AND EXISTS (SELECT 1 FROM sector WHERE organ)
   AND NOT EXISTS (SELECT 1 FROM contact_point c JOIN unit u ON u.id = c.unit_id JOIN sector s ON s.id = u.sector_id AND s.organ
                    WHERE c.member_id = p.member_id AND c.from_on <= :day AND (c.to_on IS NULL OR c.to_on > :day))
