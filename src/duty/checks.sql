-- What must hold in the tables of duty/: each statement gives no row where the data is sound.

-- name: CHECK_DUTY_HAS_OWNER
-- No task without an owner who has part in it today.
-- scan: a check reads the whole table
SELECT d.tenant_id, d.id FROM duty d
LEFT JOIN duty_unit p ON p.tenant_id = d.tenant_id AND p.duty_id = d.id AND p.unit_id = d.owner_id
                     AND p.to_on = '9999-12-31'
LEFT JOIN unit u ON u.tenant_id = d.tenant_id AND u.id = d.owner_id
WHERE d.live = 1 AND (p.unit_id IS NULL OR u.id IS NULL);

-- name: CHECK_DUTY_DONE
-- What is done is done whole.
-- scan: a check reads the whole table
SELECT d.tenant_id, d.id FROM duty d
WHERE d.state IN ('done', 'read', 'struck_off', 'met', 'visited', 'archived') AND (d.progress IS NULL OR d.progress <> 100);

-- name: CHECK_RETURN_OPEN
-- A return is owed exactly while one of its rows is, and it is not sent.
-- scan: a check reads the whole table
SELECT o.tenant_id, o.id FROM obligation o
WHERE o.kind = 'return' AND o.open <> CASE WHEN o.state IN ('due', 'returned') AND EXISTS (
    SELECT 1 FROM obligation_row r WHERE r.tenant_id = o.tenant_id AND r.obligation_id = o.id
      AND r.state IN ('open', 'returned')) THEN 1 ELSE 0 END;

-- name: CHECK_OBLIGATION_OPEN
-- scan: a check reads the whole table
SELECT o.tenant_id, o.id FROM obligation o
WHERE o.kind <> 'return' AND o.open = 1 AND o.state NOT IN ('due', 'returned', 'to_do');

-- name: CHECK_OBLIGATION_ROW
-- scan: a check reads the whole table
SELECT r.tenant_id, r.obligation_id, r.duty_id FROM obligation_row r
LEFT JOIN obligation o ON o.tenant_id = r.tenant_id AND o.id = r.obligation_id
LEFT JOIN duty d ON d.tenant_id = r.tenant_id AND d.id = r.duty_id
WHERE o.id IS NULL OR d.id IS NULL OR o.due <> r.due OR o.unit_id <> r.unit_id;

-- name: CHECK_LIGHT_ONE_A_DAY
-- scan: a check reads the whole table
SELECT a.tenant_id, a.duty_id, a.unit_id, a.from_on FROM duty_light a
JOIN duty_light b ON b.tenant_id = a.tenant_id AND b.duty_id = a.duty_id AND b.unit_id = a.unit_id
                 AND b.from_on > a.from_on AND b.from_on < a.until_on;

-- name: CHECK_LIGHT_TODAY
-- Every part of today has a light of today.
-- scan: a check reads the whole table
SELECT p.tenant_id, p.duty_id, p.unit_id FROM duty_unit p
LEFT JOIN duty_light l ON l.tenant_id = p.tenant_id AND l.duty_id = p.duty_id AND l.unit_id = p.unit_id
                      AND l.until_on = '9999-12-31'
WHERE p.to_on = '9999-12-31' AND l.unit_id IS NULL;

-- name: CHECK_RECEIPT_HAS_NOTICE
-- scan: a check reads the whole table
SELECT r.tenant_id, r.notice_id, r.unit_id FROM duty_receipt r
LEFT JOIN duty_notice n ON n.tenant_id = r.tenant_id AND n.id = r.notice_id WHERE n.id IS NULL;

-- name: CHECK_HANDLER_HAS_DUTY
-- scan: a check reads the whole table
SELECT h.tenant_id, h.id FROM duty_handler h
LEFT JOIN duty_unit p ON p.tenant_id = h.tenant_id AND p.duty_id = h.duty_id AND p.unit_id = h.unit_id
WHERE p.unit_id IS NULL;

-- name: CHECK_EVIDENCE_HAS_RETURN
-- scan: a check reads the whole table
SELECT e.tenant_id, e.id FROM evidence e
LEFT JOIN obligation o ON o.tenant_id = e.tenant_id AND o.id = e.obligation_id AND o.kind = 'return' WHERE o.id IS NULL;

-- name: CHECK_SIGNING_OWED
-- Only what is still owed waits for a signature, and a step of it is not signed.
-- scan: a check reads the whole table
SELECT s.tenant_id, s.id FROM signing s
LEFT JOIN obligation o ON o.tenant_id = s.tenant_id AND o.id = s.obligation_id AND o.kind = 'return'
WHERE o.id IS NULL OR s.open <> CASE WHEN s.state = 'waiting' THEN 1 ELSE 0 END
   OR (s.open = 1 AND (o.open = 0 OR NOT EXISTS (SELECT 1 FROM signing_step t WHERE t.tenant_id = s.tenant_id
         AND t.signing_id = s.id AND t.signed_by IS NULL)))
   OR (s.state = 'issued' AND EXISTS (SELECT 1 FROM signing_step t WHERE t.tenant_id = s.tenant_id
         AND t.signing_id = s.id AND t.signed_by IS NULL));

-- name: CHECK_REQUEST_ABOUT
-- scan: a check reads the whole table
SELECT q.tenant_id, q.id FROM duty_request q
LEFT JOIN duty d ON q.about = 'duty' AND d.tenant_id = q.tenant_id AND d.id = q.about_id
LEFT JOIN obligation o ON q.about = 'obligation' AND o.tenant_id = q.tenant_id AND o.id = q.about_id
WHERE (d.id IS NULL AND o.id IS NULL) OR (q.state = 'asked') <> (q.answered_on IS NULL);
