-- 0019_notice: what is told to whom and by which way, how people want to be told, calendars.

-- kept: How far the outbox was spread to people.
CREATE TABLE notice_spread (
    tenant_id @INT@ NOT NULL PRIMARY KEY,
    -- the last row of notice_outbox whose recipients were found
    outbox_id @INT@ NOT NULL
) @STRICT@;

-- kept: A notice to a person by one way; what the outbox holds is told once by each.
CREATE TABLE notice_delivery (
    tenant_id @INT@ NOT NULL,
    -- also the stable part of a Message-ID and the idempotency key of a post
    id @KEY@,
    outbox_id @INT@ NOT NULL,
    -- null: nobody was found who could be told
    person_id @INT@,
    -- inbox, mail, sms, hook
    channel TEXT NOT NULL,
    -- waiting, sending (handed over, the answer not known yet), done, moot (nothing of it is open any
    -- more, or the way was closed), failed (shown to the office)
    state TEXT NOT NULL,
    -- when it is sent or tried again; null: never, it is at an end
    due_at @INT@,
    tries @INT@ NOT NULL,
    -- of the last try that failed: a code of errors.def and its words
    code TEXT,
    why TEXT,
    created_at @INT@ NOT NULL,
    -- when the other side took it
    sent_at @INT@,
    -- inbox: when it was read
    read_at @INT@
) @STRICT@;
CREATE UNIQUE INDEX notice_delivery_once ON notice_delivery (tenant_id, outbox_id, channel, coalesce(person_id, 0));
CREATE INDEX notice_delivery_due ON notice_delivery (tenant_id, due_at, id);
CREATE INDEX notice_delivery_of_person ON notice_delivery (tenant_id, person_id, channel, id);
CREATE INDEX notice_delivery_by_state ON notice_delivery (tenant_id, state, id);

-- kept: How a person wants to be told besides the inbox.
CREATE TABLE notice_channel (
    tenant_id @INT@ NOT NULL,
    person_id @INT@ NOT NULL,
    -- mail, sms, hook
    channel TEXT NOT NULL,
    -- 1: notices go this way
    wanted @INT@ NOT NULL,
    -- an e-mail address, a telephone number; null: of sms the person's mobile, of hook none is needed
    address TEXT,
    -- of the texts: zh, en
    language TEXT NOT NULL,
    -- since when the address is not taken, and what the other side said; null: it is
    dead_at @INT@,
    dead_why TEXT,
    changed_at @INT@ NOT NULL,
    version @INT@ NOT NULL,
    PRIMARY KEY (tenant_id, person_id, channel)
) @STRICT@;

-- kept: A calendar that can be subscribed to without signing in, by a secret address.
CREATE TABLE calendar_feed (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    -- who made it, whose rights of the day decide what it shows
    person_id @INT@ NOT NULL,
    -- null: what concerns the person
    unit_id @INT@,
    -- of the secret's 32 random bytes
    token_hash @BLOB@ NOT NULL,
    created_at @INT@ NOT NULL,
    revoked_at @INT@,
    UNIQUE (tenant_id, token_hash)
) @STRICT@;
CREATE INDEX calendar_feed_of_person ON calendar_feed (tenant_id, person_id, id);
