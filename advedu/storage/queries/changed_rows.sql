-- How many rows of each table did each operation of the days from :since to :day add, change and take away?
SELECT o.id, o.at, o.day, o.who, o.command, o.source, c.table_name,
       sum(c.old IS NULL), sum(c.old IS NOT NULL AND c.new IS NOT NULL), sum(c.new IS NULL)
  FROM operation o JOIN change c ON c.id BETWEEN o.first_change AND o.first_change + o.changes - 1
 WHERE o.day BETWEEN :since AND :day AND o.changes > 0
 GROUP BY o.id, c.table_name
 ORDER BY o.id DESC, min(c.id)
