-- The statements of summaries.

-- name: SUMMARY_LIST
-- $2: 1 where drafts of all units are seen.
-- filter: id = s.id
-- filter: unit = s.unit_id
-- filter: obligation = s.obligation_id
-- filter @sqlite: scope = s.unit_id IN (SELECT value FROM json_each(?))
-- filter @pgsql: scope = s.unit_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON)))
-- key: s.id
SELECT s.id, s.kind, s.programme_id, s.unit_id, u.name, s.action_no, s.obligation_id, s.from_on, s.to_on, s.state,
       s.sent_on, s.version, t.title, t.person_name, t.made_at
FROM summary s
JOIN summary_text t ON t.tenant_id = s.tenant_id AND t.summary_id = s.id
                   AND t.no = (SELECT max(n.no) FROM summary_text n WHERE n.tenant_id = s.tenant_id AND n.summary_id = s.id)
LEFT JOIN unit u ON u.tenant_id = s.tenant_id AND u.id = s.unit_id
WHERE s.tenant_id = $1 AND (s.state = 'sent' OR $2 = 1) {where} {order};

-- name: SUMMARY_TEXTS
SELECT no, title, person_name, made_at FROM summary_text WHERE tenant_id = $1 AND summary_id = $2 ORDER BY no;

-- name: SUMMARY_BODY
SELECT no, title, body, person_name, made_at FROM summary_text WHERE tenant_id = $1 AND summary_id = $2 AND no = $3;

-- name: SUMMARY_BASIS
SELECT mark, kind, about_id, duty_id, counted, words FROM summary_basis
WHERE tenant_id = $1 AND summary_id = $2 ORDER BY seq;

-- name: SUMMARY_ADD
INSERT INTO summary (tenant_id, id, kind, programme_id, unit_id, action_no, obligation_id, from_on, to_on, state, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'draft', 1);

-- name: SUMMARY_TEXT_ADD
INSERT INTO summary_text (tenant_id, summary_id, no, title, body, person_name, made_at)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: SUMMARY_BASIS_ADD
INSERT INTO summary_basis (tenant_id, summary_id, seq, mark, kind, about_id, duty_id, counted, words)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: SUMMARY_TOUCH
UPDATE summary SET version = version + 1 WHERE tenant_id = $1 AND id = $2;

-- name: SUMMARY_SENT
UPDATE summary SET state = 'sent', sent_on = $1, version = version + 1 WHERE tenant_id = $2 AND id = $3;

-- ---- what a draft tells ----

-- name: SUMMARY_OFFICE
SELECT 1 FROM duty_clock WHERE tenant_id = $1 AND office_id = $2;

-- name: SUMMARY_PROGRAMME
SELECT name FROM programme WHERE tenant_id = $1 AND id = $2;

-- name: SUMMARY_TASKS
-- The tasks of action $4 (-1: all) in which unit $5 (0: any) has part on day $1, and their lights.
SELECT d.id, d.action_no, d.action, d.no, d.title, d.state, d.owner_id, n.name, d.plan_task_id, l.light
FROM duty d
LEFT JOIN unit n ON n.tenant_id = d.tenant_id AND n.id = d.owner_id
LEFT JOIN duty_light l ON l.tenant_id = d.tenant_id AND l.duty_id = d.id AND l.unit_id = d.owner_id
                      AND l.from_on <= $1 AND l.until_on || '' > $1
WHERE d.tenant_id = $2 AND d.programme_id = $3 AND d.kind = 'task' AND d.restricted = 0
  AND (d.action_no = $4 OR $4 < 0)
  AND (EXISTS (SELECT 1 FROM duty_unit p WHERE p.tenant_id = d.tenant_id AND p.duty_id = d.id AND p.unit_id = $5
                 AND p.from_on <= $1 AND p.to_on >= $1) OR $5 = 0)
ORDER BY d.action_no, d.id LIMIT $6;

-- name: SUMMARY_SAID
-- What was said last of task $2 in returns sent from $3 to $4: by unit $5, or (0) by who returns it.
SELECT o.id, w.unit_id, n.name, o.period, o.sent_on, r.state, w.text, w.difficulties, w.next_step
FROM obligation_row r
JOIN obligation o ON o.tenant_id = r.tenant_id AND o.id = r.obligation_id
JOIN report_row w ON w.tenant_id = r.tenant_id AND w.obligation_id = r.obligation_id AND w.duty_id = r.duty_id
LEFT JOIN unit n ON n.tenant_id = w.tenant_id AND n.id = w.unit_id
WHERE r.tenant_id = $1 AND r.duty_id = $2 AND r.state IN ('sent', 'accepted')
  AND o.kind = 'return' AND o.sent_on >= $3 AND o.sent_on <= $4
  AND (w.unit_id = $5 AND (o.unit_id = $5 OR w.given = 1) OR $5 = 0 AND w.unit_id = o.unit_id)
ORDER BY o.sent_on DESC, o.id DESC LIMIT 1;

-- name: SUMMARY_FIGURES
-- The figures that unit $4 gave of task $3 in return $2, with the plan's words of their goals.
SELECT f.indicator, f.measure, f.value, f.span, COALESCE(t.raw, '')
FROM report_figure f
JOIN duty d ON d.tenant_id = f.tenant_id AND d.id = f.duty_id
LEFT JOIN plan_target t ON t.tenant_id = d.tenant_id AND t.task_id = d.plan_task_id AND t.indicator = f.indicator
                       AND COALESCE(t.unit, '') = f.measure
WHERE f.tenant_id = $1 AND f.obligation_id = $2 AND f.duty_id = $3 AND f.unit_id = $4
ORDER BY f.indicator, f.measure, t.seq;

-- name: SUMMARY_RETURNS
-- The returns due from $3 to $4 that are sent or due by $5: of unit $6 (0: any), about action $7 (-1: any).
SELECT o.id, n.name, o.period, o.due, o.sent_on, o.open
FROM obligation o LEFT JOIN unit n ON n.tenant_id = o.tenant_id AND n.id = o.unit_id
WHERE o.tenant_id = $1 AND o.programme_id = $2 AND o.kind = 'return' AND o.due >= $3 AND o.due <= $4
  AND o.state <> 'withdrawn' AND (o.sent_on IS NOT NULL OR o.open = 1 AND o.due <= $5)
  AND (o.unit_id = $6 OR $6 = 0)
  AND (EXISTS (SELECT 1 FROM obligation_row r JOIN duty d ON d.tenant_id = r.tenant_id AND d.id = r.duty_id
               WHERE r.tenant_id = o.tenant_id AND r.obligation_id = o.id AND r.state <> 'withdrawn' AND d.action_no = $7)
       OR $7 < 0)
ORDER BY o.due, o.id;

-- name: SUMMARY_DELAYS
SELECT move, happened_on, why FROM duty_move
WHERE tenant_id = $1 AND about = 'duty' AND about_id = $2 AND move IN ('extend', 'suspend')
  AND happened_on >= $3 AND happened_on <= $4 ORDER BY happened_on, id;
