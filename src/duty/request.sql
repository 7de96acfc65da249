-- The statements of what units ask of the office.

-- name: REQUEST_ADD
INSERT INTO duty_request (tenant_id, id, about, about_id, unit_id, ask, due, why, state, asked_by, asked_name, asked_on, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'asked', $9, $10, $11, 1);

-- name: REQUEST_END
UPDATE duty_request SET state = $1, answered_name = $2, answered_on = $3, answer = $4, version = version + 1
WHERE tenant_id = $5 AND id = $6;

-- name: REQUEST_OPEN
SELECT id, ask FROM duty_request WHERE tenant_id = $1 AND about = $2 AND about_id = $3 AND state = 'asked';

-- name: REQUEST_LIST
-- filter: state = q.state
-- filter: unit = q.unit_id
-- filter: about = q.about
-- filter: about_id = q.about_id
-- filter: id = q.id
-- filter @sqlite: scope = q.unit_id IN (SELECT value FROM json_each(?))
-- filter @pgsql: scope = q.unit_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON)))
-- filter @sqlite: sight = (d.id IS NULL OR d.restricted = 0 OR d.id IN (SELECT value FROM json_each(?)))
-- filter @pgsql: sight = (d.id IS NULL OR d.restricted = 0 OR d.id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON))))
-- key: q.id
SELECT q.id, q.about, q.about_id, q.unit_id, u.name, q.ask, q.due, q.why, q.state, q.asked_name, q.asked_on,
       q.answered_name, q.answered_on, q.answer, q.version, o.kind, o.period,
       CASE WHEN d.id IS NULL THEN '' WHEN d.no = '' THEN d.title ELSE d.no || ' ' || d.title END,
       CASE WHEN q.about = 'duty' THEN d.due ELSE o.due END, coalesce(d.id, 0)
FROM duty_request q
LEFT JOIN unit u ON u.tenant_id = q.tenant_id AND u.id = q.unit_id
LEFT JOIN obligation o ON q.about = 'obligation' AND o.tenant_id = q.tenant_id AND o.id = q.about_id
LEFT JOIN duty d ON d.tenant_id = q.tenant_id AND d.id = CASE WHEN q.about = 'duty' THEN q.about_id ELSE o.duty_id END
WHERE q.tenant_id = $1 {where} {order};
