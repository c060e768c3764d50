-- Who wrote what, when, from which file? The latest first.
SELECT o.id, o.at, o.day, o.who, o.host, o.command, o.source, o.source_sha256, count(c.id)
  FROM operation o LEFT JOIN change c ON c.operation_id = o.id
 GROUP BY o.id ORDER BY o.id DESC
