-- The statements of a unit's own signatures.

-- name: SIGN_CHAIN
SELECT steps, version FROM sign_chain WHERE tenant_id = $1 AND unit_id = $2;

-- name: SIGN_CHAIN_ADD
INSERT INTO sign_chain (tenant_id, unit_id, steps, changed_at, changed_by, version) VALUES ($1, $2, $3, $4, $5, 1);

-- name: SIGN_CHAIN_SET
UPDATE sign_chain SET steps = $1, changed_at = $2, changed_by = $3, version = version + 1
WHERE tenant_id = $4 AND unit_id = $5;

-- name: SIGNERS
-- Who may sign for unit $2 on day $3: its heads, and the heads of its sections.
WITH place(id, own) AS (
    SELECT id, 1 FROM unit WHERE tenant_id = $1 AND id = $2
    UNION SELECT id, 1 FROM unit WHERE tenant_id = $1 AND alias_of = $2
    UNION SELECT id, 0 FROM unit WHERE tenant_id = $1 AND parent_id = $2
)
SELECT p.person_id, x.display_name, p.role, p.unit_id
FROM place CROSS JOIN post p CROSS JOIN person x
WHERE p.tenant_id = $1 AND p.unit_id = place.id AND p.valid_from <= $3 AND p.valid_to >= $3
  AND (p.role = 'section_head' OR (p.role = 'unit_head' AND place.own = 1))
  AND x.tenant_id = p.tenant_id AND x.id = p.person_id AND x.disabled = 0
ORDER BY p.role, x.display_name, p.person_id, p.unit_id;

-- name: SIGNING_ADD
INSERT INTO signing (tenant_id, id, obligation_id, unit_id, state, open, started_by, started_name, started_on, version)
VALUES ($1, $2, $3, $4, 'waiting', 1, $5, $6, $7, 1);

-- name: SIGNING_STEP_ADD
INSERT INTO signing_step (tenant_id, signing_id, seq, role, section_id, in_place) VALUES ($1, $2, $3, $4, $5, 0);

-- name: SIGNING_STEP_SIGN
UPDATE signing_step SET signed_by = $1, signed_name = $2, signed_on = $3, in_place = $4
WHERE tenant_id = $5 AND signing_id = $6 AND seq = $7;

-- name: SIGNING_TOUCH
UPDATE signing SET version = version + 1 WHERE tenant_id = $1 AND id = $2;

-- name: SIGNING_END
UPDATE signing SET state = $1, open = 0, ended_on = $2, version = version + 1 WHERE tenant_id = $3 AND id = $4;

-- name: SIGNING_OF
-- The ways of return $2, the last first.
SELECT id, obligation_id, unit_id, state, started_by, started_name, started_on, ended_on, version
FROM signing WHERE tenant_id = $1 AND obligation_id = $2 ORDER BY id DESC LIMIT $3;

-- name: SIGNING_OPEN
-- The way of return $2 that waits.
SELECT id, obligation_id, unit_id, state, started_by, started_name, started_on, ended_on, version
FROM signing WHERE tenant_id = $1 AND obligation_id = $2 AND open = 1;

-- name: SIGNING_STEPS
SELECT s.role, s.section_id, u.name, s.signed_by, s.signed_name, s.signed_on, s.in_place
FROM signing_step s LEFT JOIN unit u ON u.tenant_id = s.tenant_id AND u.id = s.section_id
WHERE s.tenant_id = $1 AND s.signing_id = $2 ORDER BY s.seq;

-- name: SIGNING_LAST
-- The signatures under return $2 as it left its unit: of the way whose last signature was its last sending.
SELECT s.role, s.section_id, u.name, s.signed_by, s.signed_name, s.signed_on, s.in_place
FROM signing_step s LEFT JOIN unit u ON u.tenant_id = s.tenant_id AND u.id = s.section_id
WHERE s.tenant_id = $1
  AND s.signing_id = (SELECT g.id FROM signing g WHERE g.tenant_id = $1 AND g.obligation_id = $2 ORDER BY g.id DESC LIMIT 1)
  AND EXISTS (SELECT 1 FROM duty_move i WHERE i.tenant_id = $1 AND i.about = 'signing' AND i.about_id = s.signing_id
                AND i.move = 'issue' AND i.recorded_at = (
                  SELECT m.recorded_at FROM duty_move m WHERE m.tenant_id = $1 AND m.about = 'obligation' AND m.about_id = $2
                    AND m.move = 'send' ORDER BY m.id DESC LIMIT 1))
ORDER BY s.seq;

-- name: SIGNING_WAITING
-- Returns that wait for a signature.
-- filter @sqlite: scope = s.unit_id IN (SELECT value FROM json_each(?))
-- filter @pgsql: scope = s.unit_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON)))
-- key: s.id
SELECT s.id, s.obligation_id, s.unit_id, u.name, o.due, o.period, s.started_name, s.started_on,
       (SELECT count(*) FROM obligation_row r WHERE r.tenant_id = o.tenant_id AND r.obligation_id = o.id
          AND r.state <> 'withdrawn')
FROM signing s
JOIN obligation o ON o.tenant_id = s.tenant_id AND o.id = s.obligation_id
JOIN unit u ON u.tenant_id = s.tenant_id AND u.id = s.unit_id
WHERE s.tenant_id = $1 AND s.open = 1 {where} {order};

-- name: SIGNING_MOOT
-- Ways of returns with task $2 that are not owed any more.
SELECT s.id FROM obligation_row r
JOIN obligation o ON o.tenant_id = r.tenant_id AND o.id = r.obligation_id AND o.open = 0
JOIN signing s ON s.tenant_id = o.tenant_id AND s.obligation_id = o.id AND s.open = 1
WHERE r.tenant_id = $1 AND r.duty_id = $2;
