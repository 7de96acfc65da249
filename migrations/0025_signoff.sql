-- 0025_signoff: a unit's own signatures under its returns, and what units ask of the office.  Both note
-- their moves in duty_move, about "signing" and "request".

-- kept: Whose signatures a unit asks for before a return of its leaves it; none without a row.
CREATE TABLE sign_chain (
    tenant_id @INT@ NOT NULL,
    unit_id @INT@ NOT NULL,
    -- JSON, in order: [{"role","section"}]; section 0: of any section
    steps TEXT NOT NULL,
    changed_at @INT@ NOT NULL,
    -- person; 0 for the operating-system account
    changed_by @INT@ NOT NULL,
    version @INT@ NOT NULL,
    PRIMARY KEY (tenant_id, unit_id)
) @STRICT@;

-- kept: One way of a return through its unit's signatures; a new one each time it is sent to be signed.
CREATE TABLE signing (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    obligation_id @INT@ NOT NULL,
    unit_id @INT@ NOT NULL,
    -- of kind signing in src/duty/states.tsv: waiting, issued, sent_back, withdrawn, overtaken
    state TEXT NOT NULL,
    -- 1 while it waits
    open @INT@ NOT NULL,
    started_by @INT@ NOT NULL,
    started_name TEXT NOT NULL,
    started_on TEXT NOT NULL,
    -- the day it ended; null while it waits
    ended_on TEXT,
    version @INT@ NOT NULL
) @STRICT@;
CREATE UNIQUE INDEX signing_open ON signing (tenant_id, obligation_id) WHERE open = 1;
CREATE INDEX signing_of_return ON signing (tenant_id, obligation_id, id);
CREATE INDEX signing_waiting ON signing (tenant_id, open, unit_id, id);

-- kept: The signatures that one way asks for, as the chain was when it began.
CREATE TABLE signing_step (
    tenant_id @INT@ NOT NULL,
    signing_id @INT@ NOT NULL,
    -- 0, 1, ...
    seq @INT@ NOT NULL,
    -- section_head, unit_head
    role TEXT NOT NULL,
    -- null: of any section
    section_id @INT@,
    -- null until it is signed
    signed_by @INT@,
    signed_name TEXT,
    signed_on TEXT,
    -- 1: the unit's head signed in the place of another
    in_place @INT@ NOT NULL,
    PRIMARY KEY (tenant_id, signing_id, seq)
) @STRICT@;

-- kept: What a unit asks of the office about a duty task or an obligation of its own: another day, a pause, a
-- change.
CREATE TABLE duty_request (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    -- duty, obligation
    about TEXT NOT NULL,
    about_id @INT@ NOT NULL,
    -- who asks
    unit_id @INT@ NOT NULL,
    -- the move asked for: extend, suspend, amend
    ask TEXT NOT NULL,
    -- the day asked for; null where none is
    due TEXT,
    why TEXT NOT NULL,
    -- of kind request in src/duty/states.tsv: asked, granted, declined, withdrawn, lapsed
    state TEXT NOT NULL,
    asked_by @INT@ NOT NULL,
    asked_name TEXT NOT NULL,
    asked_on TEXT NOT NULL,
    -- who ended it and with which words; null while it is open
    answered_name TEXT,
    answered_on TEXT,
    answer TEXT,
    version @INT@ NOT NULL
) @STRICT@;
CREATE UNIQUE INDEX duty_request_open ON duty_request (tenant_id, about, about_id) WHERE state = 'asked';
CREATE INDEX duty_request_about ON duty_request (tenant_id, about, about_id, id);
CREATE INDEX duty_request_by_state ON duty_request (tenant_id, state, id);
CREATE INDEX duty_request_by_unit ON duty_request (tenant_id, unit_id, id);
