-- What each open unit owes, until when, and since when it is done.
SELECT o.unit_id, o.milestone_id, m.role, o.due_on, o.done_on
  FROM obligation o JOIN milestone m ON m.id = o.milestone_id
