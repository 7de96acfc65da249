-- The store's own statements.

-- name: STORE_HAS_MIGRATION @sqlite
-- scan: the list of tables is short
SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'migration';

-- name: STORE_HAS_MIGRATION @pgsql
SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'migration';

-- name: STORE_MIGRATIONS
-- scan: all of them, a row for each file
SELECT n, name, checksum FROM migration ORDER BY n;

-- name: STORE_MIGRATION_ADD
INSERT INTO migration (n, name, checksum, at) VALUES ($1, $2, $3, $4);

-- name: STORE_ID_MARK
-- scan: a row for each lane
SELECT coalesce(max(id_mark), 0) FROM lane;

-- name: STORE_ID_MARK_SET
INSERT INTO lane (lane, id_mark) VALUES ($1, $2)
ON CONFLICT (lane) DO UPDATE SET id_mark = excluded.id_mark;

-- name: JOURNAL_HEAD
SELECT seq, hash FROM journal WHERE tenant_id = $1 ORDER BY seq DESC LIMIT 1;

-- name: JOURNAL_ADD
INSERT INTO journal (tenant_id, seq, at, actor, actor_name, command, subject, why, payload_hash,
                     previous_hash, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: JOURNAL_HASH
SELECT hash FROM journal WHERE tenant_id = $1 AND seq = $2;

-- name: JOURNAL_OF_SUBJECT
-- What happened to a thing, oldest first.
SELECT seq, at, actor, actor_name, command, why FROM journal
WHERE tenant_id = $1 AND subject = $2 AND seq > $3 ORDER BY seq LIMIT $4;

-- name: JOURNAL_TENANTS
-- Skips from tenant to tenant along the key instead of reading every row.
WITH RECURSIVE t(id) AS (
    SELECT min(tenant_id) FROM journal
    UNION ALL
    SELECT (SELECT min(tenant_id) FROM journal WHERE tenant_id > t.id) FROM t WHERE t.id IS NOT NULL
)
SELECT id FROM t WHERE id IS NOT NULL;

-- name: JOURNAL_PAGE
SELECT j.seq, j.at, j.actor, j.actor_name, j.command, j.subject, j.why, j.payload_hash,
       j.previous_hash, j.hash, p.seq, p.salt, p.payload, p.erased_by
FROM journal j LEFT JOIN journal_payload p ON p.tenant_id = j.tenant_id AND p.seq = j.seq
WHERE j.tenant_id = $1 AND j.seq > $2 ORDER BY j.seq LIMIT $3;

-- name: JOURNAL_PAYLOAD_LAST
SELECT coalesce(max(seq), 0) FROM journal_payload WHERE tenant_id = $1;

-- name: JOURNAL_PAYLOAD_ADD
INSERT INTO journal_payload (tenant_id, seq, salt, payload) VALUES ($1, $2, $3, $4);

-- name: JOURNAL_PAYLOAD_ERASE
UPDATE journal_payload SET salt = NULL, payload = NULL, erased_by = $1
WHERE tenant_id = $2 AND seq = $3 AND erased_by IS NULL;

-- name: IDEM_FIND
SELECT request_hash, answer FROM idempotency
WHERE tenant_id = $1 AND actor = $2 AND idem_key = $3 AND at > $4;

-- name: IDEM_PUT
INSERT INTO idempotency (tenant_id, actor, idem_key, request_hash, at, seq, answer)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (tenant_id, actor, idem_key) DO UPDATE
SET request_hash = excluded.request_hash, at = excluded.at, seq = excluded.seq,
    answer = excluded.answer;

-- name: IDEM_PRUNE
DELETE FROM idempotency WHERE tenant_id = $1 AND (actor, idem_key) IN (
    SELECT actor, idem_key FROM idempotency WHERE tenant_id = $1 AND at <= $2 ORDER BY at LIMIT $3);
