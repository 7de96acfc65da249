-- What the store itself keeps: migrations, the lanes' state, the journal, idempotency.

-- kept: the migrations that have run.
CREATE TABLE migration (
    -- the number in the file's name
    n @INT@ NOT NULL PRIMARY KEY,
    -- the rest of the file's name
    name TEXT NOT NULL,
    -- SHA-256 of the file, in hexadecimal: a landed file is never edited
    checksum TEXT NOT NULL,
    -- when it ran
    at @INT@ NOT NULL
) @STRICT@;

-- kept: what a lane must know after a restart.
CREATE TABLE lane (
    -- the lane's number, from 0
    lane @INT@ NOT NULL PRIMARY KEY,
    -- no id above this one has been given away by the lane; written ahead, not at each id
    id_mark @INT@ NOT NULL
) @STRICT@;

-- kept: every change, a chain for each jurisdiction.  Rows are added and never changed.
CREATE TABLE journal (
    -- the jurisdiction; 0 is the server itself
    tenant_id @INT@ NOT NULL,
    -- 1, 2, 3 ... without a gap
    seq @INT@ NOT NULL,
    -- when the command ran
    at @INT@ NOT NULL,
    -- the person's id; 0 where an account of the operating system acted
    actor @INT@ NOT NULL,
    -- the actor's name at that time
    actor_name TEXT NOT NULL,
    -- the command, "plan.import"
    command TEXT NOT NULL,
    -- what it was about, "plan_version/123"; may be empty
    subject TEXT NOT NULL,
    -- the reason given; may be empty
    why TEXT NOT NULL,
    -- SHA-256 of journal_payload's salt and payload
    payload_hash @BLOB@ NOT NULL,
    -- hash of the row with seq - 1; 32 zero bytes in the first
    previous_hash @BLOB@ NOT NULL,
    -- SHA-256 of all columns before (journal.c says how they are laid out)
    hash @BLOB@ NOT NULL,
    PRIMARY KEY (tenant_id, seq)
) @STRICT@;
CREATE INDEX journal_subject ON journal (tenant_id, subject, seq);

-- kept, until erased: what the journal keeps of a command's arguments.  It stands apart so that
-- personal data can be erased while the chain still verifies.
CREATE TABLE journal_payload (
    tenant_id @INT@ NOT NULL,
    -- of the journal's row
    seq @INT@ NOT NULL,
    -- random bytes in front of the payload in its hash, so that a short payload cannot be guessed
    -- from it once erased; null when erased
    salt @BLOB@,
    -- JSON, exactly as hashed; null when erased
    payload TEXT,
    -- seq of the command that erased it
    erased_by @INT@,
    PRIMARY KEY (tenant_id, seq)
) @STRICT@;

-- kept for 30 days: the answers of commands that came with an idempotency key.
CREATE TABLE idempotency (
    tenant_id @INT@ NOT NULL,
    -- the person's id; keys of different people do not meet
    actor @INT@ NOT NULL,
    -- as the client chose it
    idem_key TEXT NOT NULL,
    -- of the request's content: another request under the same key is refused
    request_hash @BLOB@ NOT NULL,
    -- when the command ran
    at @INT@ NOT NULL,
    -- its journal row
    seq @INT@ NOT NULL,
    -- the answer's body, replayed
    answer @BLOB@ NOT NULL,
    PRIMARY KEY (tenant_id, actor, idem_key)
) @STRICT@;
CREATE INDEX idempotency_at ON idempotency (tenant_id, at);
