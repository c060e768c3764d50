-- Which grassroots units with nothing below them have no members, in a file that has members?
SELECT h.unit_id, NULL AS member_id
  FROM here h
 WHERE h.open AND h.kind IN ('committee', 'general_branch', 'branch')
   AND h.unit_id NOT IN (SELECT unit_id FROM peopled)
   AND h.unit_id NOT IN (SELECT parent_id FROM here WHERE parent_id IS NOT NULL AND open)
   AND EXISTS (SELECT 1 FROM member WHERE (left_on IS NULL OR left_on > :day) AND (arrived_on IS NULL OR arrived_on <= :day))
