-- 0004_job: the queue of long work.

-- kept: One piece of long work that somebody asked for: waiting, in work, or ended.  Those that
-- ended are removed after 60 days, and beyond the newest 2,000 of a jurisdiction.
CREATE TABLE job (
    tenant_id @INT@ NOT NULL,
    -- the time it was asked for: the lowest waits longest
    id @KEY@,
    -- import: which function of the program does it
    kind TEXT NOT NULL,
    -- who asked: person; 0 for the operating-system account
    actor_id @INT@ NOT NULL,
    actor_name TEXT NOT NULL,
    -- what the kind's function is told
    arguments @JSON@ NOT NULL,
    -- hash of the file it works on, in the folder of uploads; null where there is none, and once it
    -- ended: the file is removed then
    input TEXT,
    -- waiting, running, done, failed, cancelled
    state TEXT NOT NULL,
    -- 1 where somebody asked to stop it while it was running
    cancel_asked @INT@ NOT NULL,
    -- grows with each change
    version @INT@ NOT NULL,
    -- how far it is: done of total steps (pages); total 0 where nobody can say
    done @INT@ NOT NULL,
    total @INT@ NOT NULL,
    -- a word for what is being done (reading, recognising, storing); null before and after
    doing TEXT,
    created_at @INT@ NOT NULL,
    -- of the last attempt
    started_at @INT@,
    finished_at @INT@,
    -- how often it was begun
    attempts @INT@ NOT NULL,
    -- of a failed one: the error's wire name and message
    error_code TEXT,
    error_message TEXT,
    -- of a done one: what the kind's function answers
    result @JSON@
) @STRICT@;
CREATE INDEX job_by_actor ON job (tenant_id, actor_id, id);
CREATE INDEX job_by_end ON job (tenant_id, finished_at);
-- Those that are not ended: few, and found without a tenant.
CREATE INDEX job_open ON job (tenant_id, id) WHERE finished_at IS NULL;
