-- What must hold of the queue: each statement gives no row.

-- name: CHECK_JOB_ENDED
-- scan: a check reads everything
SELECT id, state FROM job
WHERE (finished_at IS NULL) <> (state IN ('waiting', 'running')) OR (state = 'running' AND started_at IS NULL);

-- name: CHECK_JOB_OUTCOME
-- scan: a check reads everything
SELECT id, state FROM job
WHERE (state = 'failed') <> (error_code IS NOT NULL) OR (state = 'done') <> (result IS NOT NULL)
   OR (finished_at IS NOT NULL AND input IS NOT NULL);
