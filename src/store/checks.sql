-- What must hold among the store's own tables: each statement gives no row where it does.

-- name: CHECK_PAYLOAD_HAS_ROW
-- scan: a check reads the whole table
SELECT p.tenant_id, p.seq FROM journal_payload p
LEFT JOIN journal j ON j.tenant_id = p.tenant_id AND j.seq = p.seq WHERE j.seq IS NULL;

-- name: CHECK_ROW_HAS_PAYLOAD
-- scan: a check reads the whole table
SELECT j.tenant_id, j.seq FROM journal j
LEFT JOIN journal_payload p ON p.tenant_id = j.tenant_id AND p.seq = j.seq WHERE p.seq IS NULL;

-- name: CHECK_PAYLOAD_ERASED_WHOLE
-- scan: a check reads the whole table
SELECT tenant_id, seq FROM journal_payload
WHERE (erased_by IS NULL) <> (payload IS NOT NULL) OR (erased_by IS NULL) <> (salt IS NOT NULL);

-- name: CHECK_IDEM_HAS_ROW
-- scan: a check reads the whole table
SELECT i.tenant_id, i.idem_key FROM idempotency i
LEFT JOIN journal j ON j.tenant_id = i.tenant_id AND j.seq = i.seq WHERE j.seq IS NULL;
