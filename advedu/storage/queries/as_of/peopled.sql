-- Which units had members, and how many?
SELECT unit_id, count(*) AS members FROM present GROUP BY unit_id
