-- The statements of upload/: files that come in pieces.

-- name: UPLOAD_OF_PERSON
SELECT count(*) FROM upload WHERE tenant_id = $1 AND person_id = $2;

-- name: UPLOAD_TOTAL
SELECT COALESCE(sum(length), 0) FROM upload WHERE tenant_id = $1;

-- name: UPLOAD_ADD
INSERT INTO upload (tenant_id, id, person_id, name, length, created_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: UPLOAD_REMOVE
DELETE FROM upload WHERE tenant_id = $1 AND person_id = $2 AND id = $3;

-- name: UPLOAD_BY_ID
SELECT id, tenant_id, person_id, name, length, created_at, expires_at
FROM upload WHERE tenant_id = $1 AND person_id = $2 AND id = $3;

-- name: UPLOAD_LIST
SELECT id, tenant_id, person_id, name, length, created_at, expires_at
FROM upload WHERE tenant_id = $1 AND person_id = $2 ORDER BY id DESC;

-- name: UPLOAD_KNOWN
SELECT expires_at FROM upload WHERE tenant_id = $1 AND id = $2;

-- name: UPLOAD_OLD
-- scan: the sweep's look at a table of some hundred rows; it has no tenant, it yields it
SELECT tenant_id, id FROM upload WHERE expires_at < $1;

-- name: UPLOAD_FORGET
DELETE FROM upload WHERE tenant_id = $1 AND id = $2;
