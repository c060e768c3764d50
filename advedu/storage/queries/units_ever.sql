-- Which units do the members in :members (a list in JSON) belong to, or did they ever?
SELECT unit_id FROM member WHERE id IN (SELECT value FROM json_each(:members))
UNION
SELECT from_unit_id FROM transfer WHERE member_id IN (SELECT value FROM json_each(:members))
UNION
SELECT to_unit_id FROM transfer WHERE member_id IN (SELECT value FROM json_each(:members))
