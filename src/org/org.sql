-- The statements of org/: who, and the directory of units.

-- ---- jurisdictions ----

-- name: TENANT_COUNT
-- scan: counts a short table when a jurisdiction is added
SELECT count(*) FROM tenant;

-- name: TENANT_ADD
INSERT INTO tenant (id, name, code, created_at) VALUES ($1, $2, $3, $4);

-- name: TENANT_BY_WORD
SELECT id, name, code FROM tenant WHERE code = $1
UNION ALL
SELECT id, name, code FROM tenant WHERE name = $2;

-- name: TENANT_BY_ID
SELECT id, name, code FROM tenant WHERE id = $1;

-- name: TENANT_LIST
-- scan: all of them, at most XJ_TENANTS_MAX
SELECT id, name, code FROM tenant ORDER BY code;

-- ---- programmes ----

-- name: PROGRAMME_COUNT
SELECT count(*) FROM programme WHERE tenant_id = $1;

-- name: PROGRAMME_ADD
INSERT INTO programme (tenant_id, id, name, created_at, version) VALUES ($1, $2, $3, $4, 1);

-- name: PROGRAMME_BY_ID
SELECT id, tenant_id, name FROM programme WHERE tenant_id = $1 AND id = $2;

-- name: PROGRAMME_BY_NAME
SELECT id, tenant_id, name FROM programme WHERE tenant_id = $1 AND name = $2;

-- name: PROGRAMME_LIST
SELECT id, tenant_id, name FROM programme WHERE tenant_id = $1 ORDER BY id;

-- ---- people ----

-- name: PERSON_ADD
INSERT INTO person (tenant_id, id, name, name_key, display_name, password_hash, disabled, created_at, version)
VALUES ($1, $2, $3, $4, $5, $6, 0, $7, 1);

-- name: PERSON_SET_PASSWORD
UPDATE person SET password_hash = $1, version = version + 1 WHERE tenant_id = $2 AND id = $3;

-- name: PERSON_SET_DISABLED
UPDATE person SET disabled = $1, version = version + 1 WHERE tenant_id = $2 AND id = $3;

-- name: PERSON_BY_ID
SELECT id, tenant_id, name, display_name, disabled FROM person WHERE tenant_id = $1 AND id = $2;

-- name: PERSON_BY_NAME
-- The look-up at sign-in: it has no tenant, it yields it.
SELECT id, tenant_id, name, display_name, disabled, password_hash FROM person WHERE name_key = $1;

-- name: PERSON_PAGE
-- filter @sqlite: text = instr(p.name_key || char(10) || lower(p.display_name), ?) > 0
-- filter @pgsql: text = strpos(p.name_key || chr(10) || lower(p.display_name), ?) > 0
-- filter: id = p.id
-- filter: unit = EXISTS (SELECT 1 FROM post x WHERE x.tenant_id = p.tenant_id AND x.person_id = p.id AND x.unit_id = ? AND x.valid_to >= today.day AND x.valid_from <= today.day)
-- filter @sqlite: scope = EXISTS (SELECT 1 FROM post x WHERE x.tenant_id = p.tenant_id AND x.person_id = p.id AND x.valid_to >= today.day AND x.valid_from <= today.day AND x.unit_id IN (SELECT value FROM json_each(?)))
-- filter @pgsql: scope = EXISTS (SELECT 1 FROM post x WHERE x.tenant_id = p.tenant_id AND x.person_id = p.id AND x.valid_to >= today.day AND x.valid_from <= today.day AND x.unit_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON))))
-- order: name = p.name_key
-- key: p.id
WITH today(day) AS (SELECT CAST($1 AS TEXT))
SELECT p.id, p.tenant_id, p.name, p.display_name, p.disabled, p.phone, p.mobile, p.version, p.job
FROM today CROSS JOIN person p WHERE p.tenant_id = $2 {where} {order};

-- name: PERSON_CHANGE
UPDATE person SET display_name = $1, phone = $2, mobile = $3, disabled = $4, job = $5, version = version + 1
WHERE tenant_id = $6 AND id = $7;

-- name: PERSON_ANY
SELECT 1 FROM person WHERE tenant_id = $1 LIMIT 1;

-- name: PERSON_LIST
SELECT id, tenant_id, name, display_name, disabled FROM person WHERE tenant_id = $1 ORDER BY name_key;

-- ---- sessions ----

-- name: SESSION_ADD
INSERT INTO session (tenant_id, id, token_hash, person_id, created_at, seen_at, expires_at, device,
                     address)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: SESSION_BY_TOKEN
-- The look-up of a cookie: it has no tenant, it yields it.
SELECT s.id, s.tenant_id, s.person_id, s.seen_at, s.expires_at, p.name, p.display_name, p.disabled
FROM session s JOIN person p ON p.tenant_id = s.tenant_id AND p.id = s.person_id
WHERE s.token_hash = $1;

-- name: SESSION_SEEN
UPDATE session SET seen_at = $1 WHERE tenant_id = $2 AND id = $3 AND seen_at < $1;

-- name: SESSION_REMOVE
DELETE FROM session WHERE tenant_id = $1 AND id = $2;

-- name: SESSION_REMOVE_OF_PERSON
-- All but $3.
DELETE FROM session WHERE tenant_id = $1 AND person_id = $2 AND id <> $3;

-- name: SESSION_OF_PERSON
SELECT id, person_id, created_at, seen_at, expires_at, device, address FROM session
WHERE tenant_id = $1 AND person_id = $2 AND expires_at > $3 ORDER BY seen_at DESC;

-- name: SESSION_BY_ID
SELECT id, person_id, created_at, seen_at, expires_at, device, address FROM session WHERE tenant_id = $1 AND id = $2;

-- name: SESSION_REMOVE_ENDED
DELETE FROM session WHERE tenant_id = $1 AND expires_at < $2;

-- ---- failed sign-ins ----

-- name: GUARD_GET
SELECT failures, last_at, until_at FROM sign_in_guard WHERE kind = $1 AND key_hash = $2;

-- name: GUARD_SET
INSERT INTO sign_in_guard (kind, key_hash, failures, last_at, until_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (kind, key_hash) DO UPDATE
SET failures = excluded.failures, last_at = excluded.last_at, until_at = excluded.until_at;

-- name: GUARD_REMOVE
DELETE FROM sign_in_guard WHERE kind = $1 AND key_hash = $2;

-- name: GUARD_REMOVE_OLD
DELETE FROM sign_in_guard WHERE last_at < $1;

-- ---- units ----

-- name: UNIT_ALL
-- The whole directory, for resolving the names of a register at once.
SELECT id, name, kind, level, area, alias_of, version, parent_id, standing FROM unit WHERE tenant_id = $1 ORDER BY name;

-- name: UNIT_ADD
INSERT INTO unit (tenant_id, id, name, kind, level, area, alias_of, initials, created_at, standing, version)
VALUES ($1, $2, $3, $4, $5, $6, NULL, $7, $8, $9, 1);

-- name: UNIT_SET_INITIALS
UPDATE unit SET initials = $1 WHERE tenant_id = $2 AND id = $3 AND initials <> $1;

-- name: UNIT_UNREAD
-- scan: once, when the program starts
SELECT DISTINCT tenant_id FROM unit WHERE initials = '';

-- name: UNIT_BY_NAME
SELECT id, name, kind, level, area, alias_of, version, parent_id, standing FROM unit WHERE tenant_id = $1 AND name = $2;

-- name: UNIT_BY_ID
SELECT id, name, kind, level, area, alias_of, version, parent_id, standing FROM unit WHERE tenant_id = $1 AND id = $2;

-- name: UNIT_COUNT_ALIASES
SELECT count(*) FROM unit WHERE tenant_id = $1 AND alias_of = $2;

-- name: UNIT_ALIAS_NAMES @sqlite
-- INDEXED BY: without statistics SQLite takes the index that has the order, and reads all names.
SELECT name FROM unit INDEXED BY unit_by_alias WHERE tenant_id = $1 AND alias_of = $2 ORDER BY name;

-- name: UNIT_ALIAS_NAMES @pgsql
SELECT name FROM unit WHERE tenant_id = $1 AND alias_of = $2 ORDER BY name;

-- name: UNIT_SET_ALIAS
UPDATE unit SET alias_of = $1, version = version + 1 WHERE tenant_id = $2 AND id = $3;

-- name: UNIT_CHANGE
UPDATE unit SET parent_id = $1, kind = $2, level = $3, standing = $4, version = version + 1
WHERE tenant_id = $5 AND id = $6;

-- name: STANDING_LIST
SELECT from_on, standing, said_on, said_by FROM unit_standing WHERE tenant_id = $1 AND unit_id = $2 ORDER BY from_on;

-- name: STANDING_CLEAR
DELETE FROM unit_standing WHERE tenant_id = $1 AND unit_id = $2 AND from_on >= $3;

-- name: STANDING_ADD
INSERT INTO unit_standing (tenant_id, unit_id, from_on, standing, said_on, said_by) VALUES ($1, $2, $3, $4, $5, $6);

-- name: SEAT_LIST
SELECT s.id, s.role, s.unit_id, u.name, s.person, s.job, s.from_on, s.to_on, s.version FROM body_seat s
LEFT JOIN unit u ON u.tenant_id = s.tenant_id AND u.id = s.unit_id
WHERE s.tenant_id = $1 AND s.body_id = $2 ORDER BY s.id;

-- name: SEAT_ADD
INSERT INTO body_seat (tenant_id, id, body_id, role, unit_id, person, job, from_on, to_on, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1);

-- name: SEAT_SET
UPDATE body_seat SET to_on = $1, job = $2, version = version + 1 WHERE tenant_id = $3 AND id = $4;

-- name: UNIT_FACTS
SELECT area_id, credit_code, ends_on, starts_on FROM unit WHERE tenant_id = $1 AND id = $2;

-- name: UNIT_SET_FACTS
UPDATE unit SET area_id = $1, credit_code = $2, ends_on = $3, starts_on = $4 WHERE tenant_id = $5 AND id = $6;

-- ---- areas, and what became of areas and units ----

-- name: AREA_LIST
SELECT id, name, level, code, official, parent_id, valid_from, valid_to, version FROM area
WHERE tenant_id = $1 AND id > $2 ORDER BY id LIMIT $3;

-- name: AREA_BY_ID
SELECT id, name, level, code, official, parent_id, valid_from, valid_to, version FROM area
WHERE tenant_id = $1 AND id = $2;

-- name: AREA_COUNT
SELECT count(*) FROM area WHERE tenant_id = $1;

-- name: AREA_TAKEN
-- Another area with the name or the code on one of the days from $6 to $3.
SELECT id FROM area WHERE tenant_id = $1 AND id <> $2 AND valid_from <= $3 AND (name = $4 OR code = $5) AND valid_to >= $6
LIMIT 1;

-- name: AREA_ADD
INSERT INTO area (tenant_id, id, name, level, code, official, parent_id, valid_from, valid_to, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1);

-- name: AREA_SET
UPDATE area SET name = $1, level = $2, code = $3, official = $4, parent_id = $5, valid_from = $6, valid_to = $7,
       version = version + 1 WHERE tenant_id = $8 AND id = $9;

-- name: SUCCESSOR_ADD
INSERT INTO successor (tenant_id, about, old_id, new_id, from_on, why, said_by, said_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: SUCCESSOR_REMOVE
DELETE FROM successor WHERE tenant_id = $1 AND about = $2 AND old_id = $3 AND new_id = $4;

-- name: AREA_BECAME
SELECT a.id, a.name, s.from_on, s.why FROM successor s JOIN area a ON a.tenant_id = s.tenant_id AND a.id = s.new_id
WHERE s.tenant_id = $1 AND s.about = 'area' AND s.old_id = $2 ORDER BY s.from_on, a.id;

-- name: AREA_CAME_FROM
SELECT a.id, a.name, s.from_on, s.why FROM successor s JOIN area a ON a.tenant_id = s.tenant_id AND a.id = s.old_id
WHERE s.tenant_id = $1 AND s.about = 'area' AND s.new_id = $2 ORDER BY s.from_on, a.id;

-- name: UNIT_BECAME
SELECT u.id, u.name, s.from_on, s.why FROM successor s JOIN unit u ON u.tenant_id = s.tenant_id AND u.id = s.new_id
WHERE s.tenant_id = $1 AND s.about = 'unit' AND s.old_id = $2 ORDER BY s.from_on, u.id;

-- name: UNIT_CAME_FROM
SELECT u.id, u.name, s.from_on, s.why FROM successor s JOIN unit u ON u.tenant_id = s.tenant_id AND u.id = s.old_id
WHERE s.tenant_id = $1 AND s.about = 'unit' AND s.new_id = $2 ORDER BY s.from_on, u.id;

-- name: UNIT_TOUCH
UPDATE unit SET version = version + 1 WHERE tenant_id = $1 AND id = $2;

-- name: UNIT_LIST
-- Units; words are looked for in the names that stand for one, too: once for all rows.
-- filter @sqlite: text = u.id IN (SELECT coalesce(a.alias_of, a.id) FROM unit a WHERE a.tenant_id = (SELECT tenant FROM here) AND instr(a.name, ?) > 0)
-- filter @pgsql: text = u.id IN (SELECT coalesce(a.alias_of, a.id) FROM unit a WHERE a.tenant_id = (SELECT tenant FROM here) AND position(? in a.name) > 0)
-- filter @sqlite: initials = u.id IN (SELECT coalesce(a.alias_of, a.id) FROM unit a WHERE a.tenant_id = (SELECT tenant FROM here) AND instr(a.initials, ?) > 0)
-- filter @pgsql: initials = u.id IN (SELECT coalesce(a.alias_of, a.id) FROM unit a WHERE a.tenant_id = (SELECT tenant FROM here) AND position(? in a.initials) > 0)
-- filter: kind = u.kind
-- filter: level = u.level
-- filter: id = u.id
-- order: name = u.name
-- key: u.id
WITH here(tenant) AS (SELECT CAST($1 AS BIGINT))
SELECT u.id, u.name, u.kind, u.level, u.area, u.alias_of, u.version, u.parent_id, u.standing FROM unit u
WHERE u.tenant_id = $2 AND u.alias_of IS NULL {where} {order};

-- name: UNIT_SEARCH
-- Every name of the directory, with the unit that it means.
-- filter @sqlite: text = instr(a.name, ?) > 0
-- filter @pgsql: text = position(? in a.name) > 0
-- filter @sqlite: initials = instr(a.initials, ?) > 0
-- filter @pgsql: initials = position(? in a.initials) > 0
-- order: name = a.name
-- key: a.id
SELECT a.id, a.name, coalesce(u.id, a.id), coalesce(u.name, a.name), coalesce(u.kind, a.kind)
FROM unit a LEFT JOIN unit u ON u.tenant_id = a.tenant_id AND u.id = a.alias_of
WHERE a.tenant_id = $1 {where} {order};

-- name: UNIT_CLOSURE
-- The unit $2, what is under it and, where $3 is 1, the unit that it is a section of; the names that they stand
-- for, and the groups they are members of.
WITH RECURSIVE seed(id) AS (
    SELECT coalesce(alias_of, id) FROM unit WHERE tenant_id = $1 AND id = $2
), tree(id) AS (
    SELECT id FROM seed
    UNION
    SELECT u.id FROM tree CROSS JOIN unit u WHERE u.tenant_id = $1 AND u.parent_id = tree.id
), whole(id) AS (
    SELECT id FROM tree
    UNION
    SELECT u.parent_id FROM seed CROSS JOIN unit u
    WHERE $3 = 1 AND u.tenant_id = $1 AND u.id = seed.id AND u.parent_id IS NOT NULL
)
SELECT id FROM whole
UNION
SELECT u.id FROM whole CROSS JOIN unit u WHERE u.tenant_id = $1 AND u.alias_of = whole.id
UNION
SELECT m.group_id FROM whole CROSS JOIN unit_member m WHERE m.tenant_id = $1 AND m.unit_id = whole.id;

-- ---- posts ----

-- name: POST_ADD
INSERT INTO post (tenant_id, id, person_id, role, unit_id, valid_from, valid_to, successor_id, created_at, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, $8, 1);

-- name: POST_END
UPDATE post SET valid_to = $1, successor_id = $2, version = version + 1 WHERE tenant_id = $3 AND id = $4;

-- name: POST_HELD
-- What a person is on a day.
SELECT role, unit_id FROM post
WHERE tenant_id = $1 AND person_id = $2 AND valid_to >= $3 AND valid_from <= $3 ORDER BY id LIMIT $4;

-- name: POST_BY_ID
SELECT x.id, x.person_id, x.role, x.unit_id, x.valid_from, x.valid_to, x.successor_id, x.version, p.display_name, u.name,
       (SELECT sp.display_name FROM post s JOIN person sp ON sp.tenant_id = s.tenant_id AND sp.id = s.person_id
        WHERE s.tenant_id = x.tenant_id AND s.id = x.successor_id)
FROM post x JOIN person p ON p.tenant_id = x.tenant_id AND p.id = x.person_id
LEFT JOIN unit u ON u.tenant_id = x.tenant_id AND u.id = x.unit_id
WHERE x.tenant_id = $1 AND x.id = $2;

-- name: POST_OF_PERSON
SELECT x.id, x.person_id, x.role, x.unit_id, x.valid_from, x.valid_to, x.successor_id, x.version, p.display_name, u.name,
       (SELECT sp.display_name FROM post s JOIN person sp ON sp.tenant_id = s.tenant_id AND sp.id = s.person_id
        WHERE s.tenant_id = x.tenant_id AND s.id = x.successor_id)
FROM post x JOIN person p ON p.tenant_id = x.tenant_id AND p.id = x.person_id
LEFT JOIN unit u ON u.tenant_id = x.tenant_id AND u.id = x.unit_id
WHERE x.tenant_id = $1 AND x.person_id = $2 ORDER BY x.id DESC;

-- name: POST_OF_UNIT
SELECT x.id, x.person_id, x.role, x.unit_id, x.valid_from, x.valid_to, x.successor_id, x.version, p.display_name, u.name,
       (SELECT sp.display_name FROM post s JOIN person sp ON sp.tenant_id = s.tenant_id AND sp.id = s.person_id
        WHERE s.tenant_id = x.tenant_id AND s.id = x.successor_id)
FROM post x JOIN person p ON p.tenant_id = x.tenant_id AND p.id = x.person_id
LEFT JOIN unit u ON u.tenant_id = x.tenant_id AND u.id = x.unit_id
WHERE x.tenant_id = $1 AND x.unit_id = $2 AND x.valid_to >= $3 AND x.valid_from <= $3 ORDER BY x.role, x.id;

-- ---- circles ----

-- name: CIRCLE_ADD
INSERT INTO circle (tenant_id, kind, subject_id, person_id) VALUES ($1, $2, $3, $4)
ON CONFLICT (tenant_id, kind, subject_id, person_id) DO NOTHING;

-- name: CIRCLE_REMOVE_ALL
DELETE FROM circle WHERE tenant_id = $1 AND kind = $2 AND subject_id = $3;

-- name: CIRCLE_PEOPLE
SELECT person_id FROM circle WHERE tenant_id = $1 AND kind = $2 AND subject_id = $3 ORDER BY person_id;

-- name: CIRCLE_HAS
SELECT 1 FROM circle WHERE tenant_id = $1 AND kind = $2 AND subject_id = $3 AND person_id = $4;

-- ---- aliases ----

-- name: ALIAS_LIST
-- A name that stands for another by now is no question any more.
-- filter: state = x.state
-- order: score = x.score
-- key: x.id
SELECT x.id, x.alias_id, x.unit_id, x.score, x.state, a.name, u.name
FROM unit_alias x
JOIN unit a ON a.tenant_id = x.tenant_id AND a.id = x.alias_id
JOIN unit u ON u.tenant_id = x.tenant_id AND u.id = x.unit_id
WHERE x.tenant_id = $1 AND (x.state <> 'proposed' OR (a.alias_of IS NULL AND u.alias_of IS NULL))
  {where} {order};

-- name: ALIAS_OF_UNIT
-- The pairs that one unit is in.
-- filter: state = x.state
-- order: score = x.score
-- key: x.id
SELECT x.id, x.alias_id, x.unit_id, x.score, x.state, a.name, u.name
FROM unit_alias x
JOIN unit a ON a.tenant_id = x.tenant_id AND a.id = x.alias_id
JOIN unit u ON u.tenant_id = x.tenant_id AND u.id = x.unit_id
WHERE x.tenant_id = $1 AND (x.alias_id = $2 OR x.unit_id = $2)
  AND (x.state <> 'proposed' OR (a.alias_of IS NULL AND u.alias_of IS NULL)) {where} {order};

-- name: ALIAS_OF_PAIR
-- A pair is one whichever way round it was proposed.
SELECT id, alias_id, unit_id, state FROM unit_alias WHERE tenant_id = $1 AND alias_id = $2 AND unit_id = $3
UNION ALL
SELECT id, alias_id, unit_id, state FROM unit_alias WHERE tenant_id = $1 AND alias_id = $3 AND unit_id = $2;

-- name: ALIAS_ADD
INSERT INTO unit_alias (tenant_id, id, alias_id, unit_id, score, state, decided_by, decided_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: ALIAS_DECIDE
UPDATE unit_alias SET alias_id = $1, unit_id = $2, state = $3, decided_by = $4, decided_at = $5
WHERE tenant_id = $6 AND id = $7;

-- ---- groups ----

-- name: MEMBER_LIST
SELECT u.id, u.name, u.kind, u.level, u.area, u.alias_of, u.version, u.parent_id, u.standing
FROM unit_member m JOIN unit u ON u.tenant_id = m.tenant_id AND u.id = m.unit_id
WHERE m.tenant_id = $1 AND m.group_id = $2 ORDER BY u.name;

-- name: MEMBER_GROUPS
SELECT g.id, g.name, g.kind, g.level, g.area, g.alias_of, g.version, g.parent_id, g.standing
FROM unit_member m JOIN unit g ON g.tenant_id = m.tenant_id AND g.id = m.group_id
WHERE m.tenant_id = $1 AND m.unit_id = $2 ORDER BY g.name;

-- name: MEMBER_ADD
INSERT INTO unit_member (tenant_id, group_id, unit_id) VALUES ($1, $2, $3)
ON CONFLICT (tenant_id, group_id, unit_id) DO NOTHING;

-- name: MEMBER_REMOVE_ALL
DELETE FROM unit_member WHERE tenant_id = $1 AND group_id = $2;

-- name: MEMBER_TAKE
-- What was a member under one unit is one under another.
INSERT INTO unit_member (tenant_id, group_id, unit_id)
SELECT m.tenant_id, m.group_id, CAST($1 AS BIGINT) FROM unit_member m WHERE m.tenant_id = $2 AND m.unit_id = $3
ON CONFLICT (tenant_id, group_id, unit_id) DO NOTHING;

-- name: MEMBER_REMOVE_UNIT
DELETE FROM unit_member WHERE tenant_id = $1 AND unit_id = $2;

-- ---- the server ----

-- name: PING
SELECT 1;
