-- Who belonged to the units on the day? No column of a member but its key: the index by unit answers that alone.
SELECT unit_id, member_id FROM person
