-- The statements of job/: the queue of long work.

-- name: JOB_COUNT_OPEN
SELECT count(*), sum(CASE WHEN actor_id = $1 THEN 1 ELSE 0 END)
FROM job WHERE tenant_id = $2 AND finished_at IS NULL;

-- name: JOB_ADD
INSERT INTO job (tenant_id, id, kind, actor_id, actor_name, arguments, input, state, cancel_asked, version, done,
                 total, created_at, attempts)
VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', 0, 1, 0, 0, $8, 0);

-- name: JOB_BY_ID
SELECT id, tenant_id, kind, actor_id, actor_name, arguments, input, state, version, done, total, doing, created_at,
       started_at, finished_at, attempts, error_code, error_message, result, cancel_asked
FROM job WHERE tenant_id = $1 AND id = $2;

-- name: JOB_LIST
SELECT id, tenant_id, kind, actor_id, actor_name, arguments, input, state, version, done, total, doing, created_at,
       started_at, finished_at, attempts, error_code, error_message, result, cancel_asked
FROM job WHERE tenant_id = $1 AND actor_id = $2 AND id < $3 ORDER BY id DESC LIMIT $4;

-- name: JOB_NEXT
-- The runner's look: it has no tenant, it yields it.  One person's jobs go one after the other: two
-- versions of a document stay in order, and nobody takes all runners.
-- scan: walks the index of the few jobs that are not ended
SELECT tenant_id, id FROM job
WHERE finished_at IS NULL AND state = 'waiting'
  AND NOT EXISTS (SELECT 1 FROM job r WHERE r.finished_at IS NULL AND r.state = 'running'
                                        AND r.tenant_id = job.tenant_id AND r.actor_id = job.actor_id)
ORDER BY id LIMIT 1;

-- name: JOB_RUNNING
-- Once, when the program starts.
-- scan: walks the index of the few jobs that are not ended
SELECT tenant_id, id FROM job WHERE finished_at IS NULL AND state = 'running' ORDER BY id;

-- name: JOB_USES_INPUT
-- scan: walks the index of the few jobs that are not ended
SELECT id FROM job WHERE finished_at IS NULL AND input = $1 LIMIT 1;

-- name: JOB_TAKE
UPDATE job SET state = 'running', attempts = attempts + 1, started_at = $1, done = 0, total = 0, doing = NULL,
               version = version + 1
WHERE tenant_id = $2 AND id = $3 AND state = 'waiting';

-- name: JOB_PROGRESS
UPDATE job SET doing = $1, done = $2, total = $3, version = version + 1
WHERE tenant_id = $4 AND id = $5 AND state = 'running';

-- name: JOB_ASK_CANCEL
UPDATE job SET cancel_asked = 1, version = version + 1
WHERE tenant_id = $1 AND id = $2 AND state = 'running' AND cancel_asked = 0;

-- name: JOB_RELEASE
UPDATE job SET state = 'waiting', attempts = attempts - $1, doing = NULL, version = version + 1
WHERE tenant_id = $2 AND id = $3 AND state = 'running';

-- name: JOB_FINISH
UPDATE job SET state = $1, finished_at = $2, error_code = $3, error_message = $4, result = $5, input = NULL,
               doing = NULL, version = version + 1
WHERE tenant_id = $6 AND id = $7 AND finished_at IS NULL;

-- name: JOB_REMOVE
DELETE FROM job WHERE tenant_id = $1 AND id = $2 AND finished_at IS NOT NULL;

-- name: JOB_FORGET_OLD
DELETE FROM job WHERE tenant_id = $1 AND finished_at < $2;

-- name: JOB_FORGET_MANY
DELETE FROM job WHERE tenant_id = $1 AND finished_at <=
    (SELECT finished_at FROM job WHERE tenant_id = $1 AND finished_at IS NOT NULL
     ORDER BY finished_at DESC LIMIT 1 OFFSET $2);
