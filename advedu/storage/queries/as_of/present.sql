-- Who belonged to the units on the day.
SELECT member_id, unit_id, starts_on, leader FROM person
