-- The statements of ledgers that are taken over.

-- name: BACKFILL_PLAN
-- The document, and the version in force that its duty tasks follow.
SELECT d.programme_id, d.title, p.done FROM document d
LEFT JOIN duty_plan p ON p.tenant_id = d.tenant_id AND p.document_id = d.id
WHERE d.tenant_id = $1 AND d.id = $2;

-- name: BACKFILL_DUTIES
SELECT d.id, d.no, d.action_no, d.action, d.title, d.text, d.owner_id, u.name, d.state, d.state_on, d.deadline_kind,
       d.due, d.deliverable, d.doc_no, d.doc_on, d.progress, d.cadence, d.starts_on, d.created_at
FROM duty d LEFT JOIN unit u ON u.tenant_id = d.tenant_id AND u.id = d.owner_id
WHERE d.tenant_id = $1 AND d.document_id = $2 AND d.restricted = 0 AND (d.live = 1 OR d.state IN ('done', 'archived'))
ORDER BY d.id;

-- name: BACKFILL_DATES
SELECT t.duty_id, t.at, t.side FROM duty d CROSS JOIN duty_date t
WHERE d.tenant_id = $1 AND d.document_id = $2 AND t.tenant_id = d.tenant_id AND t.duty_id = d.id
  AND t.side IN ('lead', 'county')
ORDER BY t.duty_id, t.at;

-- name: BACKFILL_COUNTIES
-- The counties that return duty tasks of document $2 themselves.
SELECT p.duty_id, p.unit_id, u.name FROM duty d
CROSS JOIN duty_unit p
JOIN unit u ON u.tenant_id = p.tenant_id AND u.id = p.unit_id
WHERE d.tenant_id = $1 AND d.document_id = $2 AND p.tenant_id = d.tenant_id AND p.duty_id = d.id AND p.side = 'county'
  AND p.to_on = '9999-12-31'
ORDER BY p.duty_id, p.unit_id;

-- name: BACKFILL_TARGETS
-- The targets of the duty tasks of document $2, with the plan's words.
SELECT d.id, t.indicator, COALESCE(t.unit, ''), t.raw, t.seq FROM duty d
CROSS JOIN plan_target t
WHERE d.tenant_id = $1 AND d.document_id = $2 AND t.tenant_id = d.tenant_id AND t.task_id = d.plan_task_id
  AND t.advisory = 0 AND t.op <> 'done'
UNION ALL
SELECT d.id, t.indicator, t.measure, t.goal, t.seq FROM duty d
CROSS JOIN duty_target t
WHERE d.tenant_id = $1 AND d.document_id = $2 AND t.tenant_id = d.tenant_id AND t.duty_id = d.id
ORDER BY 1, 5;

-- name: BACKFILL_FIGURES
-- The figures that returns from $3 to $4 give for the duty tasks of document $2.
SELECT f.duty_id, f.unit_id, o.raised_for, f.indicator, f.measure, f.value, f.span FROM duty d
CROSS JOIN obligation_row r
CROSS JOIN obligation o
CROSS JOIN report_figure f
WHERE d.tenant_id = $1 AND d.document_id = $2 AND r.tenant_id = d.tenant_id AND r.duty_id = d.id AND r.state <> 'withdrawn'
  AND o.tenant_id = r.tenant_id AND o.id = r.obligation_id AND o.kind = 'return' AND o.raised_for BETWEEN $3 AND $4
  AND f.tenant_id = r.tenant_id AND f.obligation_id = r.obligation_id AND f.duty_id = r.duty_id AND f.unit_id = r.unit_id
ORDER BY f.duty_id, o.raised_for, f.unit_id, f.indicator, f.measure;

-- name: BACKFILL_RETURNS
-- The returns of one year of the units that return duty tasks of document $2.
SELECT o.id, o.unit_id, o.raised_for, o.due, o.state FROM obligation o
WHERE o.tenant_id = $1
  AND o.unit_id IN (SELECT d.owner_id FROM duty d WHERE d.tenant_id = $1 AND d.document_id = $2
                    UNION SELECT p.unit_id FROM duty d JOIN duty_unit p ON p.tenant_id = d.tenant_id AND p.duty_id = d.id
                      AND p.side = 'county' WHERE d.tenant_id = $1 AND d.document_id = $2)
  AND o.kind = 'return' AND o.about = $3 AND o.raised_for BETWEEN $4 AND $5;

-- name: BACKFILL_HELD
-- What is held of the duty tasks of document $2 in the returns of who returns them from $3 to $4.
SELECT r.duty_id, r.obligation_id, r.state, r.sent_on, w.text, w.percent, w.difficulties, w.next_step, w.version,
       b.version, o.raised_for, r.unit_id
FROM duty d CROSS JOIN obligation_row r CROSS JOIN obligation o
LEFT JOIN report_row w ON w.tenant_id = r.tenant_id AND w.obligation_id = r.obligation_id AND w.duty_id = r.duty_id
     AND w.unit_id = r.unit_id
LEFT JOIN backfill_row b ON b.tenant_id = r.tenant_id AND b.duty_id = r.duty_id AND b.obligation_id = r.obligation_id
WHERE d.tenant_id = $1 AND d.document_id = $2 AND r.tenant_id = d.tenant_id AND r.duty_id = d.id
  AND r.state <> 'withdrawn'
  AND o.tenant_id = r.tenant_id AND o.id = r.obligation_id AND o.kind = 'return' AND o.raised_for BETWEEN $3 AND $4;

-- name: BACKFILL_NOTES
-- What ledgers said of the duty tasks of document $2 beside their returns.
SELECT m.about_id, m.happened_on, m.why FROM duty d CROSS JOIN duty_move m
WHERE d.tenant_id = $1 AND d.document_id = $2 AND m.tenant_id = d.tenant_id AND m.about = 'duty' AND m.about_id = d.id
  AND m.move = 'ledger_note';

-- name: BACKFILL_UNITS
SELECT id, name, alias_of FROM unit WHERE tenant_id = $1 ORDER BY id;

-- name: BACKFILL_ADD
INSERT INTO backfill (tenant_id, id, document_id, name, hash, size, year, begun_on, returns, rows, moved, left_out, made_at,
                      made_by, made_name)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15);

-- name: BACKFILL_ROW_SET
INSERT INTO backfill_row (tenant_id, duty_id, obligation_id, backfill_id, sheet, row, version)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (tenant_id, duty_id, obligation_id) DO UPDATE
SET backfill_id = excluded.backfill_id, sheet = excluded.sheet, row = excluded.row, version = excluded.version;

-- name: BACKFILL_LIST
-- filter: document = b.document_id
-- order: id = b.id
-- key: b.id
SELECT b.id, b.document_id, b.name, b.hash, b.size, b.year, b.begun_on, b.returns, b.rows, b.moved, b.left_out, b.made_at,
       b.made_name
FROM backfill b WHERE b.tenant_id = $1 {where} {order};

-- name: BACKFILL_GET
SELECT b.id, b.document_id, b.name, b.hash, b.size, b.year, b.begun_on, b.returns, b.rows, b.moved, b.left_out, b.made_at,
       b.made_name
FROM backfill b WHERE b.tenant_id = $1 AND b.id = $2;

-- name: BACKFILL_FILES
-- scan: a check reads the whole table
SELECT tenant_id, id, hash FROM backfill ORDER BY tenant_id, id;
