-- The statements of duty tasks that came from above.

-- name: ABOVE_BY_PEER
SELECT duty_id, taken, days_before, live, kept_on, word_id FROM duty_above
WHERE tenant_id = $1 AND link_id = $2 AND peer_duty_id = $3;

-- name: ABOVE_ADD
INSERT INTO duty_above (tenant_id, duty_id, link_id, peer_duty_id, from_name, title, text, document, doc_no,
                        deadline_kind, due, dates, taken, days_before, live, changed_on, word_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'open', 0, 1, $13, $14);

-- name: ABOVE_CHANGE
UPDATE duty_above SET from_name = $1, title = $2, text = $3, document = $4, doc_no = $5, deadline_kind = $6, due = $7,
                      dates = $8, live = 1, kept_on = NULL, ended = NULL, changed_on = $9
WHERE tenant_id = $10 AND duty_id = $11;

-- name: ABOVE_END
UPDATE duty_above SET live = 0, kept_on = NULL, ended = $1, changed_on = $2 WHERE tenant_id = $3 AND duty_id = $4;

-- name: ABOVE_KEEP
UPDATE duty_above SET live = 0, kept_on = $1 WHERE tenant_id = $2 AND duty_id = $3;

-- name: ABOVE_REJOIN
UPDATE duty_above SET link_id = $1 WHERE tenant_id = $2 AND duty_id = $3;

-- name: ABOVE_WORD
UPDATE duty_above SET word_id = $1 WHERE tenant_id = $2 AND duty_id = $3;

-- name: ABOVE_PEER
SELECT link_id, peer_duty_id FROM duty_above WHERE tenant_id = $1 AND duty_id = $2 AND live = 1;

-- name: ABOVE_TAKE
UPDATE duty_above SET taken = $1, days_before = $2, taken_on = $3, taken_name = $4 WHERE tenant_id = $5 AND duty_id = $6;

-- name: ABOVE_LIVE
-- The duty tasks of a link that are given still.
SELECT duty_id FROM duty_above WHERE tenant_id = $1 AND link_id = $2 AND live = 1 ORDER BY duty_id;

-- name: ABOVE_OF
SELECT live, due, from_name, kept_on, ended, changed_on FROM duty_above WHERE tenant_id = $1 AND duty_id = $2;

-- name: ABOVE_IN
-- A row of return $2 (duty task $3, 0: any) that somebody above gave and judges.
SELECT a.from_name FROM obligation_row r
JOIN duty_above a ON a.tenant_id = r.tenant_id AND a.duty_id = r.duty_id AND a.live = 1
WHERE r.tenant_id = $1 AND r.obligation_id = $2 AND r.state <> 'withdrawn' AND (r.duty_id = $3 OR $3 = 0) LIMIT 1;

-- name: ABOVE_LIST
-- filter: duty = a.duty_id
-- filter: live = a.live
-- filter: taken = a.taken
-- filter @sqlite: scope = EXISTS (SELECT 1 FROM duty_unit p WHERE p.tenant_id = d.tenant_id AND p.duty_id = d.id AND p.unit_id IN (SELECT value FROM json_each(?)))
-- filter @pgsql: scope = EXISTS (SELECT 1 FROM duty_unit p WHERE p.tenant_id = d.tenant_id AND p.duty_id = d.id AND p.unit_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON))))
-- filter @sqlite: sight = (d.restricted = 0 OR d.id IN (SELECT value FROM json_each(?)))
-- filter @pgsql: sight = (d.restricted = 0 OR d.id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON))))
-- key: a.duty_id
SELECT a.duty_id, a.link_id, a.peer_duty_id, a.from_name, a.title, a.text, a.document, a.doc_no, a.deadline_kind, a.due,
       a.dates, a.taken, a.days_before, a.taken_on, a.taken_name, a.live, a.kept_on, a.changed_on,
       d.title, d.text, d.deadline_kind, d.due, d.state, d.version, d.owner_id, u.name, d.kind, a.ended
FROM duty_above a
JOIN duty d ON d.tenant_id = a.tenant_id AND d.id = a.duty_id
JOIN unit u ON u.tenant_id = d.tenant_id AND u.id = d.owner_id
WHERE a.tenant_id = $1 {where} {order};

-- name: ABOVE_RETURN
-- The return of duty task $2 that is owed and whose rule's day lies between two days.
SELECT o.id, o.version, o.due FROM obligation_row r
JOIN obligation o ON o.tenant_id = r.tenant_id AND o.id = r.obligation_id AND o.kind = 'return' AND o.open = 1
WHERE r.tenant_id = $1 AND r.duty_id = $2 AND o.raised_for >= $3 AND o.raised_for <= $4 AND r.state <> 'withdrawn'
ORDER BY o.raised_for LIMIT 1;

-- name: ABOVE_TARGETS_CLEAR
DELETE FROM duty_target WHERE tenant_id = $1 AND duty_id = $2;

-- name: ABOVE_TARGET_ADD
INSERT INTO duty_target (tenant_id, duty_id, seq, indicator, measure, goal) VALUES ($1, $2, $3, $4, $5, $6);

-- name: ABOVE_NOTICE
-- The notice that told of it last.
UPDATE duty SET notice_id = $1 WHERE tenant_id = $2 AND id = $3;
