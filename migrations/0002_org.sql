-- 0002_org: jurisdictions, programmes, people, sessions, and the directory of units.

-- kept.  A jurisdiction (驻马店市, 渝水区): the owner of everything that carries tenant_id.
CREATE TABLE tenant (
    id @INT@ NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    code TEXT NOT NULL UNIQUE, -- GB/T 2260, 6 to 9 digits, or a code of its own
    created_at @INT@ NOT NULL
) @STRICT@;

-- kept.  A programme inside a jurisdiction (健康行动 2020, 国卫创建).
CREATE TABLE programme (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    name TEXT NOT NULL,
    created_at @INT@ NOT NULL,
    version @INT@ NOT NULL,
    UNIQUE (tenant_id, name)
) @STRICT@;

-- kept.  A person with a local account.
CREATE TABLE person (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    name TEXT NOT NULL, -- what is typed at sign-in
    name_key TEXT NOT NULL UNIQUE, -- the name in small letters: unique in the server, for sign-in knows no tenant
    display_name TEXT NOT NULL,
    password_hash TEXT NOT NULL, -- argon2id, in libsodium's text form
    disabled @INT@ NOT NULL, -- 0 or 1
    created_at @INT@ NOT NULL,
    version @INT@ NOT NULL
) @STRICT@;
CREATE INDEX person_by_tenant ON person (tenant_id, name_key);

-- kept.  A signed-in browser; the row is removed when it ends.
CREATE TABLE session (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    token_hash @BLOB@ NOT NULL UNIQUE, -- of the cookie's 32 random bytes; a token knows no tenant
    person_id @INT@ NOT NULL,
    created_at @INT@ NOT NULL,
    seen_at @INT@ NOT NULL, -- to a few minutes: written when it has moved by a quarter of the idle time
    expires_at @INT@ NOT NULL -- however busy it is
) @STRICT@;
CREATE INDEX session_by_person ON session (tenant_id, person_id);
CREATE INDEX session_by_end ON session (tenant_id, expires_at);

-- kept.  Failed attempts to sign in, by account name and by address; of the whole server, since a wrong name has
-- no tenant.  Rows a day old are removed.
CREATE TABLE sign_in_guard (
    kind TEXT NOT NULL, -- name, peer
    key_hash @BLOB@ NOT NULL, -- of the name in small letters, of the address
    failures @INT@ NOT NULL,
    last_at @INT@ NOT NULL,
    until_at @INT@ NOT NULL, -- refused before this
    PRIMARY KEY (kind, key_hash)
) @STRICT@;
CREATE INDEX sign_in_guard_by_age ON sign_in_guard (last_at);

-- kept.  A unit as plans print it.  A name that a person confirmed as another's alias keeps its row.
CREATE TABLE unit (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    name TEXT NOT NULL,
    kind TEXT NOT NULL, -- party, government, institution, mass, enterprise, committee, group, other
    level TEXT NOT NULL, -- nation, province, city, county, town, village, none
    area TEXT, -- the place that the name says
    alias_of @INT@, -- the unit it stands for
    created_at @INT@ NOT NULL,
    version @INT@ NOT NULL,
    UNIQUE (tenant_id, name)
) @STRICT@;
CREATE INDEX unit_by_alias ON unit (tenant_id, alias_of);

-- kept.  Two names that may mean one unit, and what a person said to it.
CREATE TABLE unit_alias (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    alias_id @INT@ NOT NULL, -- the unit row whose name would stand for
    unit_id @INT@ NOT NULL, -- this one
    score @INT@ NOT NULL, -- 0 to 100
    state TEXT NOT NULL, -- proposed, confirmed, rejected
    decided_by @INT@, -- person; 0 for the operating-system account
    decided_at @INT@,
    UNIQUE (tenant_id, alias_id, unit_id)
) @STRICT@;
CREATE INDEX unit_alias_by_state ON unit_alias (tenant_id, state, score);
CREATE INDEX unit_alias_by_unit ON unit_alias (tenant_id, unit_id);

-- kept.  The members of a group phrase (各县市区).
CREATE TABLE unit_member (
    tenant_id @INT@ NOT NULL,
    group_id @INT@ NOT NULL,
    unit_id @INT@ NOT NULL,
    PRIMARY KEY (tenant_id, group_id, unit_id)
) @STRICT@;
CREATE INDEX unit_member_by_unit ON unit_member (tenant_id, unit_id);
