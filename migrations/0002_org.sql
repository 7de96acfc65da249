-- 0002_org: jurisdictions, programmes, people, sessions, and the directory of units.

-- kept: A jurisdiction (驻马店市, 渝水区): the owner of everything that carries tenant_id.
CREATE TABLE tenant (
    id @INT@ NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    -- GB/T 2260, 6 to 9 digits, or a code of its own
    code TEXT NOT NULL UNIQUE,
    created_at @INT@ NOT NULL
) @STRICT@;

-- kept: A programme inside a jurisdiction (健康行动 2020, 国卫创建).
CREATE TABLE programme (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    name TEXT NOT NULL,
    created_at @INT@ NOT NULL,
    version @INT@ NOT NULL,
    UNIQUE (tenant_id, name)
) @STRICT@;

-- kept: A person with a local account.
CREATE TABLE person (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    -- what is typed at sign-in
    name TEXT NOT NULL,
    -- the name in small letters: unique in the server, for sign-in knows no tenant
    name_key TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    -- argon2id, in libsodium's text form
    password_hash TEXT NOT NULL,
    -- 0 or 1
    disabled @INT@ NOT NULL,
    created_at @INT@ NOT NULL,
    version @INT@ NOT NULL
) @STRICT@;
CREATE INDEX person_by_tenant ON person (tenant_id, name_key);

-- kept: A signed-in browser; the row is removed when it ends.
CREATE TABLE session (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    -- of the cookie's 32 random bytes; a token knows no tenant
    token_hash @BLOB@ NOT NULL UNIQUE,
    person_id @INT@ NOT NULL,
    created_at @INT@ NOT NULL,
    -- to a few minutes: written when it has moved by a quarter of the idle time
    seen_at @INT@ NOT NULL,
    -- however busy it is
    expires_at @INT@ NOT NULL
) @STRICT@;
CREATE INDEX session_by_person ON session (tenant_id, person_id);
CREATE INDEX session_by_end ON session (tenant_id, expires_at);

-- kept: Failed attempts to sign in, by account name and by address; of the whole server, since a wrong name has
-- no tenant.  Rows a day old are removed.
CREATE TABLE sign_in_guard (
    -- name, peer
    kind TEXT NOT NULL,
    -- of the name in small letters, of the address
    key_hash @BLOB@ NOT NULL,
    failures @INT@ NOT NULL,
    last_at @INT@ NOT NULL,
    -- refused before this
    until_at @INT@ NOT NULL,
    PRIMARY KEY (kind, key_hash)
) @STRICT@;
CREATE INDEX sign_in_guard_by_age ON sign_in_guard (last_at);

-- kept: A unit as plans print it.  A name that a person confirmed as another's alias keeps its row.
CREATE TABLE unit (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    name TEXT NOT NULL,
    -- party, government, institution, mass, enterprise, committee, group, other
    kind TEXT NOT NULL,
    -- nation, province, city, county, town, village, none
    level TEXT NOT NULL,
    -- the place that the name says
    area TEXT,
    -- the unit it stands for
    alias_of @INT@,
    created_at @INT@ NOT NULL,
    version @INT@ NOT NULL,
    UNIQUE (tenant_id, name)
) @STRICT@;
CREATE INDEX unit_by_alias ON unit (tenant_id, alias_of);

-- kept: Two names that may mean one unit, and what a person said to it.
CREATE TABLE unit_alias (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    -- the unit row whose name would stand for
    alias_id @INT@ NOT NULL,
    -- this one
    unit_id @INT@ NOT NULL,
    -- 0 to 100
    score @INT@ NOT NULL,
    -- proposed, confirmed, rejected
    state TEXT NOT NULL,
    -- person; 0 for the operating-system account
    decided_by @INT@,
    decided_at @INT@,
    UNIQUE (tenant_id, alias_id, unit_id)
) @STRICT@;
CREATE INDEX unit_alias_by_state ON unit_alias (tenant_id, state, score);
CREATE INDEX unit_alias_by_unit ON unit_alias (tenant_id, unit_id);

-- kept: The members of a group phrase (各县市区).
CREATE TABLE unit_member (
    tenant_id @INT@ NOT NULL,
    group_id @INT@ NOT NULL,
    unit_id @INT@ NOT NULL,
    PRIMARY KEY (tenant_id, group_id, unit_id)
) @STRICT@;
CREATE INDEX unit_member_by_unit ON unit_member (tenant_id, unit_id);
