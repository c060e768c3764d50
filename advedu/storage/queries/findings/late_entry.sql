-- Which records were entered long after the day that they claim? One line per unit and table; the bare columns are the worst's.
WITH claims (what, unit_id, on_day, entered_on, example) AS MATERIALIZED (
  SELECT 'milestone_done', d.unit_id, d.done_on, d.entered_on, m.code
    FROM here h CROSS JOIN milestone_done d ON d.unit_id = h.unit_id CROSS JOIN milestone m ON m.id = d.milestone_id
   WHERE d.entered_on > date(d.done_on, :late)
  UNION ALL
  SELECT 'milestone_exemption', d.unit_id, d.exempt_on, d.entered_on, m.code
    FROM here h CROSS JOIN milestone_exemption d ON d.unit_id = h.unit_id CROSS JOIN milestone m ON m.id = d.milestone_id
   WHERE d.entered_on > date(d.exempt_on, :late)
  UNION ALL
  SELECT 'task_done', p.unit_id, d.done_on, d.entered_on, m.name || ' ' || t.code
    FROM concerned p CROSS JOIN task_done d ON d.member_id = p.member_id CROSS JOIN task t ON t.id = d.task_id CROSS JOIN member m ON m.id = p.member_id
   WHERE d.entered_on > d.done_on AND d.entered_on > date(d.done_on, :late)
  UNION ALL
  SELECT 'task_exemption', p.unit_id, d.exempt_on, d.entered_on, m.name || ' ' || t.code
    FROM concerned p CROSS JOIN task_exemption d ON p.member_id = d.member_id CROSS JOIN task t ON t.id = d.task_id
    CROSS JOIN member m ON m.id = p.member_id
   WHERE d.entered_on > date(d.exempt_on, :late)
  UNION ALL
  SELECT 'item_done', p.unit_id, d.done_on, d.entered_on, m.name || ' ' || i.code
    FROM leaders p CROSS JOIN item_done d ON d.member_id = p.member_id CROSS JOIN item i ON i.id = d.item_id CROSS JOIN member m ON m.id = p.member_id
   WHERE d.entered_on > d.done_on AND d.entered_on > date(d.done_on, :late)
  UNION ALL
  SELECT 'transfer', d.to_unit_id, d.moved_on, d.entered_on, m.name
    FROM transfer d CROSS JOIN here h ON h.unit_id = d.to_unit_id CROSS JOIN member m ON m.id = d.member_id
   WHERE d.entered_on > date(d.moved_on, :late)
  UNION ALL
  SELECT 'unit_move', d.unit_id, d.moved_on, d.entered_on, u.name
    FROM here h CROSS JOIN unit_move d ON d.unit_id = h.unit_id CROSS JOIN unit u ON u.id = d.to_parent_id
   WHERE d.entered_on > date(d.moved_on, :late)
  UNION ALL
  SELECT 'phase_event', e.unit_id, e.happened_on, e.entered_on, p.name
    FROM events e CROSS JOIN phase p ON p.id = e.phase_id
   WHERE e.entered_on > date(e.happened_on, :late)
  UNION ALL
  -- A post or a place in a body that began before the unit's campaign claims nothing about the campaign.
  SELECT 'post', d.unit_id, d.from_on, d.entered_on, d.name
    FROM here h CROSS JOIN post d ON d.unit_id = h.unit_id
   WHERE d.from_on > h.starts_on AND d.entered_on > date(d.from_on, :late)
  UNION ALL
  SELECT 'body_member', d.unit_id, d.from_on, d.entered_on, d.name
    FROM here h CROSS JOIN body_member d ON d.unit_id = h.unit_id
   WHERE d.from_on > h.starts_on AND d.entered_on > date(d.from_on, :late)
  UNION ALL
  SELECT 'chief_absence', d.unit_id, d.from_on, d.entered_on, d.name
    FROM here h CROSS JOIN chief_absence d ON d.unit_id = h.unit_id
   WHERE d.entered_on > date(d.from_on, :late)
  UNION ALL
  SELECT 'study_session', d.unit_id, d.held_on, d.entered_on, d.topic
    FROM here h CROSS JOIN study_session d ON d.unit_id = h.unit_id
   WHERE d.entered_on > date(d.held_on, :late)
  UNION ALL
  SELECT 'study_absence', s.unit_id, d.made_up_on, d.made_up_entered_on, m.name
    FROM here h CROSS JOIN study_session s ON s.unit_id = h.unit_id CROSS JOIN study_absence d ON d.session = s.number
    CROSS JOIN member m ON m.id = d.member_id
   WHERE d.made_up_entered_on > date(d.made_up_on, :late)
  UNION ALL
  SELECT 'own_milestone', d.unit_id, d.done_on, d.done_entered_on, d.title
    FROM here h CROSS JOIN own_milestone d ON d.unit_id = h.unit_id
   WHERE d.done_entered_on > date(d.done_on, :late)
  UNION ALL
  SELECT 'rectification', d.unit_id, json_extract(c.value, '$[0]'), json_extract(c.value, '$[1]'), d.problem
    FROM here h CROSS JOIN rectification d ON d.unit_id = h.unit_id
    JOIN json_each(json_array(json_array(d.found_on, d.entered_on), json_array(d.measures_on, d.measures_entered_on),
                              json_array(d.done_on, d.done_entered_on), json_array(d.results_on, d.results_entered_on))) c
   -- Asked before anything is taken apart: most items were entered on their day.
   WHERE (d.entered_on > d.found_on OR d.measures_entered_on > d.measures_on OR d.done_entered_on > d.done_on OR d.results_entered_on > d.results_on)
     AND json_extract(c.value, '$[1]') > date(json_extract(c.value, '$[0]'), :late)
  UNION ALL
  SELECT 'opinion', d.unit_id, d.received_on, d.entered_on, d.text
    FROM here h CROSS JOIN opinion d ON d.unit_id = h.unit_id
   WHERE d.entered_on > date(d.received_on, :late)
  UNION ALL
  SELECT 'regulation', d.unit_id, d.adopted_on, d.entered_on, d.title
    FROM here h CROSS JOIN regulation d ON d.unit_id = h.unit_id
   WHERE d.entered_on > date(d.adopted_on, :late)
  UNION ALL
  SELECT 'survey', d.unit_id, d.held_on, d.entered_on, d.round
    FROM here h CROSS JOIN survey d ON d.unit_id = h.unit_id
   WHERE d.entered_on > date(d.held_on, :late)
  UNION ALL
  SELECT 'remedial', d.unit_id, d.done_on, d.done_entered_on, d.round
    FROM here h CROSS JOIN remedial d ON d.unit_id = h.unit_id
   WHERE d.done_entered_on > date(d.done_on, :late)
  UNION ALL
  SELECT 'visit', d.unit_id, d.visited_on, d.entered_on, d.visited_on
    FROM here h CROSS JOIN visit d ON d.unit_id = h.unit_id
   WHERE d.entered_on > date(d.visited_on, :late)
  UNION ALL
  SELECT 'suggestion', v.unit_id, json_extract(c.value, '$[0]'), json_extract(c.value, '$[1]'), d.text
    FROM here h CROSS JOIN visit v ON v.unit_id = h.unit_id CROSS JOIN suggestion d ON d.visit = v.number
    JOIN json_each(json_array(json_array(d.done_on, d.done_entered_on), json_array(d.verified_on, d.verified_entered_on))) c
   WHERE (d.done_entered_on > d.done_on OR d.verified_entered_on > d.verified_on)
     AND json_extract(c.value, '$[1]') > date(json_extract(c.value, '$[0]'), :late)
  UNION ALL
  SELECT 'contact_point', p.unit_id, d.from_on, d.entered_on, m.name
    FROM contact_point d JOIN leaders p ON p.member_id = d.member_id JOIN member m ON m.id = d.member_id
   WHERE d.entered_on > date(d.from_on, :late)
  UNION ALL
  SELECT 'contact_visit', c.unit_id, d.visited_on, d.entered_on, d.visited_on
    FROM here h CROSS JOIN contact_point c ON c.unit_id = h.unit_id CROSS JOIN contact_visit d ON d.contact_point = c.number
   WHERE d.entered_on > date(d.visited_on, :late)
  UNION ALL
  SELECT 'bulletin', d.unit_id, d.issued_on, d.issued_entered_on, d.title
    FROM here h CROSS JOIN bulletin d ON d.unit_id = h.unit_id
   WHERE d.issued_entered_on > date(d.issued_on, :late)
  UNION ALL
  SELECT 'model', d.unit_id, d.found_on, d.entered_on, d.deeds
    FROM here h CROSS JOIN model d ON d.unit_id = h.unit_id
   WHERE d.entered_on > date(d.found_on, :late)
  UNION ALL
  SELECT 'publicity', d.unit_id, d.published_on, d.entered_on, d.title
    FROM here h CROSS JOIN publicity d ON d.unit_id = h.unit_id
   WHERE d.entered_on > date(d.published_on, :late)
  UNION ALL
  SELECT 'commendation', d.unit_id, json_extract(c.value, '$[0]'), json_extract(c.value, '$[1]'), d.honour
    FROM here h CROSS JOIN commendation d ON d.unit_id = h.unit_id
    JOIN json_each(json_array(json_array(d.proposed_on, d.entered_on), json_array(d.awarded_on, d.awarded_entered_on))) c
   WHERE json_extract(c.value, '$[1]') > date(json_extract(c.value, '$[0]'), :late)
  UNION ALL
  SELECT 'training', p.unit_id, d.done_on, d.done_entered_on, m.name
    FROM training d JOIN concerned p ON p.member_id = d.member_id JOIN member m ON m.id = d.member_id
   WHERE d.done_entered_on > date(d.done_on, :late)
  UNION ALL
  SELECT 'call', d.unit_id, d.called_on, d.entered_on, d.said
    FROM here h CROSS JOIN call d ON d.unit_id = h.unit_id
   WHERE d.entered_on > date(d.called_on, :late)
)
SELECT c.unit_id, NULL AS member_id, c.what, count(*) AS count, c.example, c.on_day, c.entered_on,
       max(CAST(julianday(c.entered_on) - julianday(c.on_day) AS INTEGER)) AS days
  FROM claims c JOIN here h ON h.unit_id = c.unit_id
 WHERE h.open AND c.on_day <= :day
 GROUP BY c.unit_id, c.what
