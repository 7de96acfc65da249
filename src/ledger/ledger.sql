-- Saved views, desks and heads of the register (0018_ledger).

-- name: VIEW_LIST
-- One's own and the shared ones: at most twice XJ_VIEWS_MAX.
SELECT id, owner_id, name, filter, columns, version FROM ledger_view
WHERE tenant_id = $1 AND owner_id IN (0, $2) ORDER BY name, id;

-- name: VIEW_GET
SELECT id, owner_id, name, filter, columns, version FROM ledger_view WHERE tenant_id = $1 AND id = $2;

-- name: VIEW_COUNT
SELECT count(*) FROM ledger_view WHERE tenant_id = $1 AND owner_id = $2;

-- name: VIEW_ADD
INSERT INTO ledger_view (tenant_id, id, owner_id, name, filter, columns, made_by, changed_at, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1);

-- name: VIEW_SET
UPDATE ledger_view SET name = $1, filter = $2, columns = $3, changed_at = $4, version = version + 1
WHERE tenant_id = $5 AND id = $6;

-- name: VIEW_REMOVE
DELETE FROM ledger_view WHERE tenant_id = $1 AND id = $2;

-- name: DESK_GET
SELECT view_id, columns FROM ledger_desk WHERE tenant_id = $1 AND person_id = $2;

-- name: DESK_SET
INSERT INTO ledger_desk (tenant_id, person_id, view_id, columns) VALUES ($1, $2, $3, $4)
ON CONFLICT (tenant_id, person_id) DO UPDATE SET view_id = excluded.view_id, columns = excluded.columns;

-- name: DESK_LEAVE
UPDATE ledger_desk SET view_id = 0 WHERE tenant_id = $1 AND view_id = $2;

-- name: HEAD_LIST
SELECT id, name, form, title, subtitle, repeat_rows, columns, version FROM ledger_head
WHERE tenant_id = $1 ORDER BY name;

-- name: HEAD_GET
SELECT id, name, form, title, subtitle, repeat_rows, columns, version FROM ledger_head
WHERE tenant_id = $1 AND id = $2;

-- name: HEAD_COUNT
SELECT count(*) FROM ledger_head WHERE tenant_id = $1;

-- name: HEAD_ADD
INSERT INTO ledger_head (tenant_id, id, name, form, title, subtitle, repeat_rows, columns, changed_at, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1);

-- name: HEAD_SET
UPDATE ledger_head SET name = $1, form = $2, title = $3, subtitle = $4, repeat_rows = $5, columns = $6, changed_at = $7,
                       version = version + 1
WHERE tenant_id = $8 AND id = $9;

-- name: HEAD_REMOVE
DELETE FROM ledger_head WHERE tenant_id = $1 AND id = $2;
