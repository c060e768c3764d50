-- Whose remedial training should be over and is not on record as completed?
SELECT p.unit_id, t.member_id, t.number, t.to_on, CAST(julianday(:day) - julianday(t.to_on) AS INTEGER) AS days
  FROM training t JOIN concerned p ON p.member_id = t.member_id
 WHERE t.from_on <= :day AND t.to_on < :day AND (t.done_on IS NULL OR t.done_on > :day)
