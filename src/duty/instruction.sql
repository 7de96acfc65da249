-- The statements of what few may see, and of leaders' instructions (批示).

-- ---- who sees ----

-- name: SIGHT_LIST
-- The restricted duty tasks that person $2 sees on day $3 without being the office.
SELECT w.duty_id FROM duty_viewer w WHERE w.tenant_id = $1 AND w.person_id = $2
UNION SELECT v.duty_id FROM post p
JOIN duty_viewer_unit v ON v.tenant_id = p.tenant_id AND v.unit_id = p.unit_id
WHERE p.tenant_id = $1 AND p.person_id = $2 AND p.valid_from <= $3 AND p.valid_to >= $3
UNION SELECT i.duty_id FROM instruction i WHERE i.tenant_id = $1 AND i.leader_id = $2
ORDER BY 1;

-- name: SIGHT_RESTRICTED
SELECT restricted FROM duty WHERE tenant_id = $1 AND id = $2;

-- name: VIEWERS
SELECT w.person_id, NULL, x.display_name, x.name FROM duty_viewer w
JOIN person x ON x.tenant_id = w.tenant_id AND x.id = w.person_id
WHERE w.tenant_id = $1 AND w.duty_id = $2
UNION ALL SELECT NULL, v.unit_id, u.name, u.name FROM duty_viewer_unit v
JOIN unit u ON u.tenant_id = v.tenant_id AND u.id = v.unit_id
WHERE v.tenant_id = $1 AND v.duty_id = $2 ORDER BY 2, 1;

-- name: VIEWERS_CLEAR
DELETE FROM duty_viewer WHERE tenant_id = $1 AND duty_id = $2;

-- name: VIEWER_UNITS_CLEAR
DELETE FROM duty_viewer_unit WHERE tenant_id = $1 AND duty_id = $2;

-- name: VIEWER_ADD
INSERT INTO duty_viewer (tenant_id, duty_id, person_id) VALUES ($1, $2, $3)
ON CONFLICT (tenant_id, duty_id, person_id) DO NOTHING;

-- name: VIEWER_UNIT_ADD
INSERT INTO duty_viewer_unit (tenant_id, duty_id, unit_id) VALUES ($1, $2, $3)
ON CONFLICT (tenant_id, duty_id, unit_id) DO NOTHING;

-- name: DUTY_TOUCH
UPDATE duty SET changed_at = $1, version = version + 1 WHERE tenant_id = $2 AND id = $3;

-- ---- what the clock tells those who see ----

-- name: FEW_OPEN
-- What is owed by $3 of what few may see, with who of the unit that owes it sees it on day $1.
SELECT o.id, o.unit_id, p.person_id, o.kind, o.due, CASE WHEN o.chased_on < $1 THEN 1 ELSE 0 END, d.title
FROM obligation o
JOIN duty d ON d.tenant_id = o.tenant_id AND d.id = o.duty_id AND d.restricted = 1
JOIN post p ON p.tenant_id = o.tenant_id AND p.unit_id = o.unit_id AND p.valid_from <= $1 AND p.valid_to >= $1
WHERE o.tenant_id = $2 AND o.open = 1 AND o.due <= $3
  AND (EXISTS (SELECT 1 FROM duty_viewer w WHERE w.tenant_id = d.tenant_id AND w.duty_id = d.id AND w.person_id = p.person_id)
       OR EXISTS (SELECT 1 FROM duty_viewer_unit v WHERE v.tenant_id = d.tenant_id AND v.duty_id = d.id AND v.unit_id = p.unit_id))
GROUP BY o.id, o.unit_id, p.person_id, o.kind, o.due, o.chased_on, d.title ORDER BY o.unit_id, o.id, p.person_id;

-- name: FEW_RECEIPTS
-- Notices of what few may see that units have not acknowledged since $2 or longer, with who of them sees it on
-- day $3 and was not reminded before (made_for is kept from its index: see NOTICE_RECEIPTS).
SELECT r.notice_id, r.unit_id, p.person_id, n.issued_on, n.title FROM duty d
CROSS JOIN duty_notice n
CROSS JOIN duty_receipt r
CROSS JOIN post p
WHERE d.tenant_id = $1 AND d.restricted = 1 AND d.live = 1 AND n.tenant_id = d.tenant_id AND n.id = d.notice_id
  AND n.issued_on <= $2 AND r.tenant_id = n.tenant_id AND r.notice_id = n.id AND r.acknowledged_on IS NULL
  AND p.tenant_id = r.tenant_id AND p.unit_id = r.unit_id AND p.valid_from <= $3 AND p.valid_to >= $3
  AND NOT EXISTS (SELECT 1 FROM notice_outbox b WHERE b.tenant_id = r.tenant_id AND b.unit_id = r.unit_id AND b.kind = 'receipt'
                    AND b.subject = CAST(r.notice_id AS TEXT) AND coalesce(b.person_id, 0) = p.person_id AND coalesce(b.made_for, '') < $3)
  AND (EXISTS (SELECT 1 FROM duty_viewer w WHERE w.tenant_id = d.tenant_id AND w.duty_id = d.id AND w.person_id = p.person_id)
       OR EXISTS (SELECT 1 FROM duty_viewer_unit v WHERE v.tenant_id = d.tenant_id AND v.duty_id = d.id AND v.unit_id = p.unit_id))
GROUP BY r.notice_id, r.unit_id, p.person_id, n.issued_on, n.title ORDER BY r.notice_id, r.unit_id, p.person_id;

-- ---- instructions ----

-- name: INSTRUCTION_ADD
INSERT INTO instruction (tenant_id, duty_id, leader_id, result) VALUES ($1, $2, $3, '');

-- name: INSTRUCTION_GET
SELECT i.leader_id, i.result, i.laid_on, i.read_on, i.read_by, i.read_name FROM instruction i
WHERE i.tenant_id = $1 AND i.duty_id = $2;

-- name: INSTRUCTION_SET
UPDATE instruction SET result = $1, laid_on = $2, read_on = $3, read_by = $4, read_name = $5
WHERE tenant_id = $6 AND duty_id = $7;

-- name: INSTRUCTION_LIST
-- $1: today.  What waits for its end, and what ended.
-- filter: leader = i.leader_id
-- filter: state = d.state
-- filter: live = CASE WHEN d.state IN ('read', 'archived') THEN 0 ELSE 1 END
-- filter @sqlite: sight = d.id IN (SELECT value FROM json_each(?))
-- filter @pgsql: sight = d.id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON)))
-- order: id = i.duty_id
-- key: i.duty_id
SELECT d.id, d.version, d.title, d.state, d.state_on, d.due, d.owner_id, u.name, d.leader, i.leader_id, d.given_on, d.words,
       i.result, i.laid_on, i.read_on, i.read_name, l.light
FROM instruction i
JOIN duty d ON d.tenant_id = i.tenant_id AND d.id = i.duty_id
LEFT JOIN unit u ON u.tenant_id = d.tenant_id AND u.id = d.owner_id
LEFT JOIN duty_light l ON l.tenant_id = d.tenant_id AND l.duty_id = d.id AND l.unit_id = d.owner_id
                      AND l.from_on <= $1 AND l.until_on || '' > $1
WHERE i.tenant_id = $2 {where} {order};

-- ---- scans ----

-- name: SCAN_LIST
SELECT id, name, kind, hash, size, looked, added_name, added_at, purpose, link_id FROM duty_scan
WHERE tenant_id = $1 AND duty_id = $2 ORDER BY id;

-- name: SCAN_ADD
INSERT INTO duty_scan (tenant_id, id, duty_id, name, kind, hash, size, looked, added_by, added_name, added_at, purpose, link_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- name: SCAN_REMOVE
DELETE FROM duty_scan WHERE tenant_id = $1 AND duty_id = $2 AND id = $3;

-- name: SCAN_FILES
-- scan: a check reads the whole table
SELECT tenant_id, id, hash FROM duty_scan ORDER BY tenant_id, id;
