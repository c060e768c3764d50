-- Which units start on another day than their batch, and nobody said why?
SELECT h.unit_id, NULL AS member_id, u.starts_on, b.starts_on AS batch_on
  FROM here h JOIN unit u ON u.id = h.unit_id LEFT JOIN batch b ON b.id = h.batch_id
 WHERE h.open AND u.starts_on IS NOT NULL AND u.starts_on IS NOT b.starts_on AND coalesce(u.shift_reason, '') = ''
