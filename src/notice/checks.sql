-- What must hold in the tables of notice/: each statement gives no row where the data is sound.

-- name: CHECK_NOTICE_TOLD
-- A notice whose recipients were found stands in an inbox, or with the office as one that reached nobody.
-- scan: a check reads the whole table
SELECT b.tenant_id, b.id FROM notice_outbox b JOIN notice_spread s ON s.tenant_id = b.tenant_id AND s.outbox_id >= b.id
WHERE NOT EXISTS (SELECT 1 FROM notice_delivery d WHERE d.tenant_id = b.tenant_id AND d.outbox_id = b.id
                    AND d.channel = 'inbox');

-- name: CHECK_DELIVERY_DUE
-- What waits has a time, what is at an end has none.
-- scan: a check reads the whole table
SELECT d.tenant_id, d.id, d.state FROM notice_delivery d
WHERE (d.state IN ('waiting', 'sending')) <> (d.due_at IS NOT NULL);
