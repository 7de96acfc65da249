-- The statements of notice/.

-- ---- spreading ----

-- name: SPREAD_AT
SELECT outbox_id FROM notice_spread WHERE tenant_id = $1;

-- name: SPREAD_SET
INSERT INTO notice_spread (tenant_id, outbox_id) VALUES ($1, $2)
ON CONFLICT (tenant_id) DO UPDATE SET outbox_id = excluded.outbox_id;

-- name: SPREAD_OFFICE
-- The unit that is the office.
SELECT office_id FROM duty_clock WHERE tenant_id = $1;

-- name: SPREAD_LIAISONS
-- Who speaks for unit $2 on day $3: for an ended body nobody does.
SELECT DISTINCT p.person_id FROM post p JOIN person x ON x.tenant_id = p.tenant_id AND x.id = p.person_id
WHERE p.tenant_id = $1 AND p.unit_id = $2 AND p.role IN ('liaison_a', 'liaison_b', 'county_office')
  AND p.valid_from <= $3 AND p.valid_to >= $3 AND x.disabled = 0
  AND NOT EXISTS (SELECT 1 FROM unit u WHERE u.tenant_id = p.tenant_id AND u.id = p.unit_id AND u.kind = 'committee'
                    AND u.ends_on < $3)
ORDER BY p.person_id;

-- name: SPREAD_OFFICE_PEOPLE
-- Who is the office on day $2.
SELECT DISTINCT p.person_id FROM post p JOIN person x ON x.tenant_id = p.tenant_id AND x.id = p.person_id
WHERE p.tenant_id = $1 AND p.role = 'office' AND p.valid_from <= $2 AND p.valid_to >= $2 AND x.disabled = 0
ORDER BY p.person_id;

-- name: SPREAD_PERSON
-- Whether the person may sign in.
SELECT 1 FROM person WHERE tenant_id = $1 AND id = $2 AND disabled = 0;

-- name: SPREAD_NOTICE
-- One notice again, as OUTBOX_LIST has it.
SELECT kind, unit_id, person_id, subject, made_for FROM notice_outbox WHERE tenant_id = $1 AND id = $2;

-- name: DELIVERY_ADD
INSERT INTO notice_delivery (tenant_id, id, outbox_id, person_id, channel, state, due_at, tries, code, why, created_at, sent_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, $10, $11) ON CONFLICT DO NOTHING;

-- ---- sending ----

-- name: DELIVERY_WAITS
-- Whether anything may be sent at $2 by another way than those that are down.
SELECT 1 FROM notice_delivery WHERE tenant_id = $1 AND due_at <= $2 AND channel NOT IN ($3, $4, $5) LIMIT 1;

-- name: DELIVERY_NEXT
SELECT d.id, d.person_id, d.channel, d.tries, d.created_at, x.name, x.display_name, x.disabled, x.mobile, c.wanted, c.address,
       c.language, c.dead_at, b.kind, u.name, b.subject, b.made_for, b.items
FROM notice_delivery d
JOIN person x ON x.tenant_id = d.tenant_id AND x.id = d.person_id
JOIN notice_outbox b ON b.tenant_id = d.tenant_id AND b.id = d.outbox_id
LEFT JOIN notice_channel c ON c.tenant_id = d.tenant_id AND c.person_id = d.person_id AND c.channel = d.channel
LEFT JOIN unit u ON u.tenant_id = b.tenant_id AND u.id = b.unit_id
WHERE d.tenant_id = $1 AND d.due_at <= $2 AND d.channel NOT IN ($3, $4, $5) ORDER BY d.due_at, d.id LIMIT 1;

-- name: DELIVERY_SENT_SINCE
-- What the person was sent by this way from $4 on, but not this one.
SELECT count(*) FROM notice_delivery
WHERE tenant_id = $1 AND person_id = $2 AND channel = $3 AND sent_at >= $4;

-- name: DELIVERY_STATE
UPDATE notice_delivery SET state = $1, due_at = $2, tries = tries + $3, code = $4, why = $5, sent_at = $6
WHERE tenant_id = $7 AND id = $8;

-- name: DELIVERY_OPEN_ITEMS @sqlite
-- What is owed still, and bodies that end or have ended.
SELECT o.id FROM obligation o WHERE o.tenant_id = $1 AND o.open = 1 AND o.id IN (SELECT value FROM json_each($2))
UNION ALL
SELECT u.id FROM unit u WHERE u.tenant_id = $1 AND u.ends_on IS NOT NULL AND u.id IN (SELECT value FROM json_each($2));

-- name: DELIVERY_OPEN_ITEMS @pgsql
SELECT o.id FROM obligation o WHERE o.tenant_id = $1 AND o.open = 1
  AND o.id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($2 AS JSON)))
UNION ALL
SELECT u.id FROM unit u WHERE u.tenant_id = $1 AND u.ends_on IS NOT NULL
  AND u.id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($2 AS JSON)));

-- name: CHANNEL_DEAD
UPDATE notice_channel SET dead_at = $1, dead_why = $2, version = version + 1
WHERE tenant_id = $3 AND person_id = $4 AND channel = $5;

-- ---- inbox ----

-- name: INBOX_LIST
-- filter: read = d.read_at
-- order: id = d.id
-- key: d.id
SELECT d.id, b.kind, b.unit_id, u.name, b.subject, b.made_for, b.due, b.items, d.created_at, d.read_at
FROM notice_delivery d
JOIN notice_outbox b ON b.tenant_id = d.tenant_id AND b.id = d.outbox_id
LEFT JOIN unit u ON u.tenant_id = b.tenant_id AND u.id = b.unit_id
WHERE d.tenant_id = $1 AND d.person_id = $2 AND d.channel = 'inbox' {where} {order};

-- name: INBOX_UNREAD
SELECT count(*) FROM notice_delivery
WHERE tenant_id = $1 AND person_id = $2 AND channel = 'inbox' AND read_at IS NULL;

-- name: INBOX_READ
UPDATE notice_delivery SET read_at = $1
WHERE tenant_id = $2 AND person_id = $3 AND channel = 'inbox' AND id = $4 AND read_at IS NULL;

-- name: INBOX_READ_ALL
-- Up to the one seen last: what came meanwhile stays unread.
UPDATE notice_delivery SET read_at = $1
WHERE tenant_id = $2 AND person_id = $3 AND channel = 'inbox' AND id <= $4 AND read_at IS NULL;

-- ---- what failed ----

-- name: DELIVERY_LIST
-- filter: state = d.state
-- order: id = d.id
-- key: d.id
SELECT d.id, d.person_id, x.display_name, d.channel, d.state, d.tries, d.code, d.why, d.created_at, d.due_at, b.kind, b.unit_id,
       u.name, CASE WHEN c.dead_at IS NULL THEN 0 ELSE 1 END
FROM notice_delivery d
JOIN notice_outbox b ON b.tenant_id = d.tenant_id AND b.id = d.outbox_id
LEFT JOIN person x ON x.tenant_id = d.tenant_id AND x.id = d.person_id
LEFT JOIN unit u ON u.tenant_id = b.tenant_id AND u.id = b.unit_id
LEFT JOIN notice_channel c ON c.tenant_id = d.tenant_id AND c.person_id = d.person_id AND c.channel = d.channel
WHERE d.tenant_id = $1 {where} {order};

-- name: DELIVERY_GET
SELECT outbox_id, person_id, channel, state FROM notice_delivery WHERE tenant_id = $1 AND id = $2;

-- name: DELIVERY_AGAIN
UPDATE notice_delivery SET state = 'waiting', due_at = $1, created_at = $1, tries = 0, code = NULL, why = NULL
WHERE tenant_id = $2 AND id = $3;

-- name: DELIVERY_REMOVE
-- Of a notice that reached nobody, when its recipients are sought again.
DELETE FROM notice_delivery WHERE tenant_id = $1 AND id = $2;

-- name: CHANNEL_ALIVE
UPDATE notice_channel SET dead_at = NULL, dead_why = NULL, version = version + 1
WHERE tenant_id = $1 AND person_id = $2 AND channel = $3 AND dead_at IS NOT NULL;

-- ---- channels ----

-- name: CHANNELS
SELECT channel, wanted, address, language, dead_at, dead_why, version FROM notice_channel
WHERE tenant_id = $1 AND person_id = $2 ORDER BY channel;

-- name: CHANNEL_ADD
INSERT INTO notice_channel (tenant_id, person_id, channel, wanted, address, language, changed_at, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, 1);

-- name: CHANNEL_SET
UPDATE notice_channel SET wanted = $1, address = $2, language = $3, changed_at = $4, version = version + 1,
       dead_at = NULL, dead_why = NULL
WHERE tenant_id = $5 AND person_id = $6 AND channel = $7 AND version = $8;

-- ---- calendars ----

-- name: FEED_ADD
INSERT INTO calendar_feed (tenant_id, id, person_id, unit_id, token_hash, created_at) VALUES ($1, $2, $3, $4, $5, $6);

-- name: FEEDS
SELECT f.id, f.unit_id, u.name, f.created_at FROM calendar_feed f
LEFT JOIN unit u ON u.tenant_id = f.tenant_id AND u.id = f.unit_id
WHERE f.tenant_id = $1 AND f.person_id = $2 AND f.revoked_at IS NULL ORDER BY f.id;

-- name: FEED_REVOKE
UPDATE calendar_feed SET revoked_at = $1 WHERE tenant_id = $2 AND person_id = $3 AND id = $4 AND revoked_at IS NULL;

-- name: FEED_BY_TOKEN
SELECT f.id, f.person_id, x.display_name, f.unit_id, u.name FROM calendar_feed f
JOIN person x ON x.tenant_id = f.tenant_id AND x.id = f.person_id AND x.disabled = 0
LEFT JOIN unit u ON u.tenant_id = f.tenant_id AND u.id = f.unit_id
WHERE f.tenant_id = $1 AND f.token_hash = $2 AND f.revoked_at IS NULL;

-- ---- text to paste ----

-- name: PASTE_LIST
-- What is owed by a day, unit by unit; it is pasted where many read it, so what few may see is never in it.
-- filter: programme = o.programme_id
-- filter: unit = o.unit_id
-- filter: due = o.due
-- filter @sqlite: scope = o.unit_id IN (SELECT value FROM json_each(?))
-- filter @pgsql: scope = o.unit_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON)))
-- order: unit = o.unit_id
-- key: o.id
SELECT o.id, o.unit_id, u.name, o.kind, o.due, o.title,
       (SELECT count(*) FROM obligation_row r WHERE r.tenant_id = o.tenant_id AND r.obligation_id = o.id
          AND r.state <> 'withdrawn')
FROM obligation o JOIN unit u ON u.tenant_id = o.tenant_id AND u.id = o.unit_id
WHERE o.tenant_id = $1 AND o.open = 1
  AND (o.duty_id IS NULL OR NOT EXISTS (SELECT 1 FROM duty s WHERE s.tenant_id = o.tenant_id AND s.id = o.duty_id AND s.restricted = 1))
  {where} {order};
