-- Which units start on a day outside the window of their batch?
SELECT h.unit_id, NULL AS member_id, u.starts_on, b.name AS batch, b.starts_on AS from_on, b.ends_on AS to_on, u.shift_reason AS reason
  FROM here h JOIN unit u ON u.id = h.unit_id JOIN batch b ON b.id = h.batch_id
 WHERE h.open AND (u.starts_on < b.starts_on OR u.starts_on > b.ends_on)
