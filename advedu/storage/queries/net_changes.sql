-- What did the changes :first to :last make of each row in the end? What it was before the first, what after the last.
SELECT f.table_name, f.key, f.old AS before, l.new AS after
  FROM (SELECT min(id) AS first_id, max(id) AS last_id FROM change
         WHERE id BETWEEN :first AND :last GROUP BY table_name, key) span
  JOIN change f ON f.id = span.first_id
  JOIN change l ON l.id = span.last_id
