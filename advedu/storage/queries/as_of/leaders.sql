-- Which of them are leaders?
SELECT member_id, unit_id FROM person WHERE leader = 1
