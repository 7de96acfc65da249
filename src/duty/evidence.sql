-- The statements of files that belong to returns.

-- name: EVIDENCE_LIST
-- The files of return $4 that unit $1 sees: its own; of others, where $2 is 1, those of rows handed over.
SELECT e.id, e.obligation_id, e.duty_id, e.unit_id, n.name, e.purpose, e.name, e.kind, e.hash, e.size, e.bare, e.looked,
       e.came_by, e.came_on, e.on_behalf, e.added_by, e.added_at, e.added_name
FROM evidence e
JOIN unit n ON n.tenant_id = e.tenant_id AND n.id = e.unit_id
LEFT JOIN report_row w ON w.tenant_id = e.tenant_id AND w.obligation_id = e.obligation_id AND w.duty_id = e.duty_id
     AND w.unit_id = e.unit_id
WHERE (e.unit_id = $1 OR ($2 = 1 AND w.given = 1)) AND e.tenant_id = $3 AND e.obligation_id = $4
ORDER BY e.id;

-- name: EVIDENCE_BY_ID
SELECT e.id, e.obligation_id, e.duty_id, e.unit_id, n.name, e.purpose, e.name, e.kind, e.hash, e.size, e.bare, e.looked,
       e.came_by, e.came_on, e.on_behalf, e.added_by, e.added_at, e.added_name, o.unit_id, COALESCE(w.given, 0)
FROM evidence e
JOIN unit n ON n.tenant_id = e.tenant_id AND n.id = e.unit_id
JOIN obligation o ON o.tenant_id = e.tenant_id AND o.id = e.obligation_id
LEFT JOIN report_row w ON w.tenant_id = e.tenant_id AND w.obligation_id = e.obligation_id AND w.duty_id = e.duty_id
     AND w.unit_id = e.unit_id
WHERE e.tenant_id = $1 AND e.id = $2;

-- name: EVIDENCE_ORIGINALS
-- filter @sqlite: scope = e.unit_id IN (SELECT value FROM json_each(?))
-- filter @pgsql: scope = e.unit_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON)))
-- order: id = e.id
-- key: e.id
SELECT e.id, e.obligation_id, e.duty_id, e.unit_id, n.name, e.purpose, e.name, e.kind, e.hash, e.size, e.bare, e.looked,
       e.came_by, e.came_on, e.on_behalf, e.added_by, e.added_at, e.added_name, o.period, o.due, o.state
FROM evidence e
JOIN unit n ON n.tenant_id = e.tenant_id AND n.id = e.unit_id
JOIN obligation o ON o.tenant_id = e.tenant_id AND o.id = e.obligation_id
WHERE e.tenant_id = $1 AND e.purpose = 'original' {where} {order};

-- name: EVIDENCE_SAME
SELECT id FROM evidence
WHERE tenant_id = $1 AND obligation_id = $2 AND duty_id = $3 AND unit_id = $4 AND purpose = $5 AND hash = $6;

-- name: EVIDENCE_COUNT
-- Of return $4: files at the place (duty $1, purpose $2), and all.
SELECT COALESCE(sum(CASE WHEN duty_id = $1 AND purpose = $2 THEN 1 ELSE 0 END), 0), count(*)
FROM evidence WHERE tenant_id = $3 AND obligation_id = $4;

-- name: EVIDENCE_ADD
INSERT INTO evidence (tenant_id, id, obligation_id, duty_id, unit_id, purpose, name, kind, hash, size, bare, looked,
                      came_by, came_on, on_behalf, added_by, added_name, added_at, link_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19);

-- name: EVIDENCE_OF_ROW
-- Files of a unit's row of return $2.
SELECT id, hash, link_id FROM evidence
WHERE tenant_id = $1 AND obligation_id = $2 AND duty_id = $3 AND unit_id = $4 AND purpose = 'evidence' ORDER BY id;

-- name: EVIDENCE_REMOVE
DELETE FROM evidence WHERE tenant_id = $1 AND id = $2;

-- name: EVIDENCE_ASKED
SELECT r.duty_id, t.deliverables FROM obligation_row r
CROSS JOIN duty d
CROSS JOIN plan_task t
WHERE r.tenant_id = $1 AND r.obligation_id = $2 AND r.state <> 'withdrawn'
  AND d.tenant_id = r.tenant_id AND d.id = r.duty_id
  AND t.tenant_id = d.tenant_id AND t.id = d.plan_task_id ORDER BY r.duty_id;

-- name: EVIDENCE_FILES
-- scan: a check reads the whole table
SELECT tenant_id, id, hash FROM evidence ORDER BY tenant_id, id;
