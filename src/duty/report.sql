-- The statements of what returns say.

-- name: REPORT_ROWS
SELECT r.duty_id, d.action_no, d.action, d.no, d.title, d.text, d.deadline_kind, d.due, d.strength, r.state, r.why,
       d.plan_task_id, w.text, w.percent, w.difficulties, w.next_step, w.same, w.on_behalf, w.changed_name,
       w.changed_at, w.version, a.from_name
FROM obligation_row r
JOIN duty d ON d.tenant_id = r.tenant_id AND d.id = r.duty_id
LEFT JOIN report_row w ON w.tenant_id = r.tenant_id AND w.obligation_id = r.obligation_id AND w.duty_id = r.duty_id
     AND w.unit_id = $1
LEFT JOIN duty_above a ON a.tenant_id = r.tenant_id AND a.duty_id = r.duty_id AND a.live = 1
WHERE r.tenant_id = $2 AND r.obligation_id = $3 AND r.state <> 'withdrawn' ORDER BY d.action_no, r.duty_id;

-- name: REPORT_LASTS
-- What unit $3 said of these tasks before day $4, in the order of time.  (due || '': each return is found by its id; a
-- database that knows nothing of report_row yet would go through all of those years.)
SELECT w.duty_id, o.due, w.text, w.percent, w.difficulties, w.next_step, o.id
FROM obligation_row r
CROSS JOIN report_row w
CROSS JOIN obligation o
WHERE r.tenant_id = $1 AND r.obligation_id = $2
  AND w.tenant_id = r.tenant_id AND w.duty_id = r.duty_id AND w.unit_id = $3
  AND o.tenant_id = w.tenant_id AND o.id = w.obligation_id
  AND o.due || '' < $4 AND o.due || '' >= $5 AND o.sent_on IS NOT NULL
ORDER BY w.duty_id, o.due, o.id;

-- name: REPORT_FIGURES
-- The targets of these tasks, with the figures that unit $1 gives.
SELECT r.duty_id, t.indicator, t.unit, t.raw, f.value, f.span, t.seq
FROM obligation_row r
CROSS JOIN duty d
CROSS JOIN plan_target t
LEFT JOIN report_figure f ON f.tenant_id = r.tenant_id AND f.obligation_id = r.obligation_id AND f.duty_id = r.duty_id
     AND f.unit_id = $1 AND f.indicator = t.indicator AND f.measure = COALESCE(t.unit, '')
WHERE r.tenant_id = $2 AND r.obligation_id = $3 AND r.state <> 'withdrawn'
  AND d.tenant_id = r.tenant_id AND d.id = r.duty_id
  AND t.tenant_id = d.tenant_id AND t.task_id = d.plan_task_id AND t.advisory = 0 AND t.op <> 'done'
UNION ALL
SELECT r.duty_id, t.indicator, t.measure, t.goal, f.value, f.span, t.seq
FROM obligation_row r
CROSS JOIN duty_target t
LEFT JOIN report_figure f ON f.tenant_id = r.tenant_id AND f.obligation_id = r.obligation_id AND f.duty_id = r.duty_id
     AND f.unit_id = $1 AND f.indicator = t.indicator AND f.measure = t.measure
WHERE r.tenant_id = $2 AND r.obligation_id = $3 AND r.state <> 'withdrawn'
  AND t.tenant_id = r.tenant_id AND t.duty_id = r.duty_id
ORDER BY 1, 7;

-- name: REPORT_FIGURES_OF
SELECT duty_id, indicator, measure, value, span FROM report_figure
WHERE tenant_id = $1 AND obligation_id = $2 AND unit_id = $3;

-- name: REPORT_FEED_FIGURES
SELECT duty_id, unit_id, indicator, measure, value, span FROM report_figure
WHERE tenant_id = $1 AND obligation_id = $2 ORDER BY duty_id, unit_id, indicator, measure;

-- name: REPORT_FEED_ROWS
-- Who feeds these rows on the day they are due; nobody feeds a county's.
SELECT r.duty_id, u.unit_id, n.name, u.role, w.given, w.text, w.percent, w.difficulties, w.next_step, w.changed_at
FROM obligation_row r
JOIN duty_unit u ON u.tenant_id = r.tenant_id AND u.duty_id = r.duty_id AND u.side = 'none'
     AND u.from_on <= r.due AND u.to_on >= r.due
JOIN unit n ON n.tenant_id = u.tenant_id AND n.id = u.unit_id
LEFT JOIN report_row w ON w.tenant_id = r.tenant_id AND w.obligation_id = r.obligation_id AND w.duty_id = r.duty_id
     AND w.unit_id = u.unit_id
WHERE r.tenant_id = $1 AND r.obligation_id = $2 AND r.state <> 'withdrawn'
      AND NOT EXISTS (SELECT 1 FROM duty_unit c WHERE c.tenant_id = r.tenant_id AND c.duty_id = r.duty_id
                      AND c.unit_id = r.unit_id AND c.side = 'county')
ORDER BY r.duty_id, u.unit_id;

-- name: REPORT_COUNTIES
-- The counties that return these rows themselves, where return $2 is the lead's, with what they sent of the same time.
SELECT r.duty_id, u.unit_id, n.name, c.id, CASE WHEN c.state IN ('due', 'returned') THEN NULL ELSE c.sent_on END, w.text
FROM obligation_row r
JOIN duty d ON d.tenant_id = r.tenant_id AND d.id = r.duty_id AND d.owner_id = r.unit_id
JOIN duty_unit u ON u.tenant_id = r.tenant_id AND u.duty_id = r.duty_id AND u.side = 'county'
     AND u.from_on <= r.due AND u.to_on >= r.due
JOIN unit n ON n.tenant_id = u.tenant_id AND n.id = u.unit_id
LEFT JOIN obligation c ON c.tenant_id = r.tenant_id
     AND c.id = (SELECT q.obligation_id FROM obligation_row q
                 WHERE q.tenant_id = r.tenant_id AND q.duty_id = r.duty_id AND q.unit_id = u.unit_id AND q.due <= r.due
                   AND q.state <> 'withdrawn' ORDER BY q.due DESC LIMIT 1)
LEFT JOIN report_row w ON w.tenant_id = c.tenant_id AND w.obligation_id = c.id AND w.duty_id = r.duty_id
     AND w.unit_id = u.unit_id AND c.state NOT IN ('due', 'returned')
WHERE r.tenant_id = $1 AND r.obligation_id = $2 AND r.state <> 'withdrawn' ORDER BY r.duty_id, n.name, u.unit_id;

-- name: REPORT_REMARKS
SELECT duty_id, id, quote, remark, person_name, made_at FROM report_remark
WHERE tenant_id = $1 AND obligation_id = $2 ORDER BY duty_id, id;

-- name: REPORT_HAS_PART
-- Whether unit $1 feeds row $4 of return $3.
SELECT 1 FROM obligation_row r
JOIN duty_unit u ON u.tenant_id = r.tenant_id AND u.duty_id = r.duty_id AND u.unit_id = $1 AND u.side = 'none'
     AND u.from_on <= r.due AND u.to_on >= r.due
WHERE r.tenant_id = $2 AND r.obligation_id = $3 AND r.duty_id = $4 AND r.state <> 'withdrawn'
      AND NOT EXISTS (SELECT 1 FROM duty_unit c WHERE c.tenant_id = r.tenant_id AND c.duty_id = r.duty_id
                      AND c.unit_id = r.unit_id AND c.side = 'county');

-- name: REPORT_FEEDING
-- Open returns of others that unit $2 feeds.
SELECT o.id, o.version, o.unit_id, n.name, o.due, o.period, o.state, count(*), COALESCE(sum(w.given), 0)
FROM duty_unit u
JOIN obligation_row r ON r.tenant_id = u.tenant_id AND r.duty_id = u.duty_id AND r.state IN ('open', 'returned')
     AND u.from_on <= r.due AND u.to_on >= r.due
JOIN obligation o ON o.tenant_id = r.tenant_id AND o.id = r.obligation_id AND o.kind = 'return' AND o.open = 1
JOIN unit n ON n.tenant_id = o.tenant_id AND n.id = o.unit_id
LEFT JOIN report_row w ON w.tenant_id = r.tenant_id AND w.obligation_id = r.obligation_id AND w.duty_id = r.duty_id
     AND w.unit_id = u.unit_id
WHERE u.tenant_id = $1 AND u.unit_id = $2 AND u.side = 'none' AND o.due <= $3
      AND NOT EXISTS (SELECT 1 FROM duty_unit c WHERE c.tenant_id = r.tenant_id AND c.duty_id = r.duty_id
                      AND c.unit_id = r.unit_id AND c.side = 'county')
GROUP BY o.id, o.version, o.unit_id, n.name, o.due, o.period, o.state ORDER BY o.due, o.id LIMIT $4;

-- name: REPORT_ROW_VERSION
SELECT version FROM report_row WHERE tenant_id = $1 AND obligation_id = $2 AND duty_id = $3 AND unit_id = $4;

-- name: REPORT_ROW_STATE
SELECT state FROM obligation_row
WHERE tenant_id = $1 AND obligation_id = $2 AND duty_id = $3 AND state <> 'withdrawn';

-- name: REPORT_ROW_KEEP
INSERT INTO report_row (tenant_id, obligation_id, duty_id, unit_id, text, percent, difficulties, next_step, same, given,
                        on_behalf, changed_by, changed_name, changed_at, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)
ON CONFLICT (tenant_id, obligation_id, duty_id, unit_id) DO UPDATE SET
    text = excluded.text, percent = excluded.percent, difficulties = excluded.difficulties,
    next_step = excluded.next_step, same = excluded.same, given = excluded.given, on_behalf = excluded.on_behalf,
    changed_by = excluded.changed_by, changed_name = excluded.changed_name, changed_at = excluded.changed_at,
    version = report_row.version + 1;

-- name: REPORT_FIGURES_CLEAR
DELETE FROM report_figure WHERE tenant_id = $1 AND obligation_id = $2 AND duty_id = $3 AND unit_id = $4;

-- name: REPORT_FIGURE_ADD
INSERT INTO report_figure (tenant_id, obligation_id, duty_id, unit_id, indicator, measure, value, span)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: REPORT_MEASURES
-- The measures in which the targets of duty task $2 count indicator $3.
SELECT COALESCE(t.unit, '') FROM duty d
JOIN plan_target t ON t.tenant_id = d.tenant_id AND t.task_id = d.plan_task_id
WHERE d.tenant_id = $1 AND d.id = $2 AND t.indicator = $3 AND t.advisory = 0 AND t.op <> 'done'
UNION ALL
SELECT measure FROM duty_target WHERE tenant_id = $1 AND duty_id = $2 AND indicator = $3;

-- name: REPORT_REMARK_ADD
INSERT INTO report_remark (tenant_id, id, obligation_id, duty_id, quote, remark, person_id, person_name, made_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: REPORT_ROWS_LEFT
-- How many rows of a sent return are without a word, and returned.
SELECT COALESCE(sum(CASE state WHEN 'sent' THEN 1 ELSE 0 END), 0), COALESCE(sum(CASE state WHEN 'returned' THEN 1 ELSE 0 END), 0)
FROM obligation_row WHERE tenant_id = $1 AND obligation_id = $2 AND state <> 'withdrawn';
