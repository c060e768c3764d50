-- Which units and members came into the file after the change :last although they have no day of opening or arrival, and on
-- which day were they entered? They count on every earlier day too.
SELECT 'unit' AS what, u.code, u.name, NULL, NULL, o.day
  FROM change c JOIN unit u ON u.id = CAST(c.key AS INTEGER) JOIN operation o ON o.id = c.operation_id
 WHERE c.id > :last AND c.table_name = 'unit' AND c.old IS NULL AND u.opened_on IS NULL
   AND u.kind IN ('committee', 'general_branch', 'branch')
 UNION
SELECT 'member', u.code, u.name, m.code, m.name, o.day
  FROM change c JOIN member m ON m.id = CAST(c.key AS INTEGER) JOIN unit u ON u.id = m.unit_id JOIN operation o ON o.id = c.operation_id
 WHERE c.id > :last AND c.table_name = 'member' AND c.old IS NULL AND m.arrived_on IS NULL
 ORDER BY 1 DESC, 2, 4
