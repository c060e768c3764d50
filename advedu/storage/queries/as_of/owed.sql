-- What each open unit owes, until when, and since when it is done: what is due, what is done, and what rules ask for by its role.
SELECT unit_id, milestone_id, role, due_on, done_on FROM obligation
 WHERE due_on <= :day OR done_on IS NOT NULL OR role <> ''
