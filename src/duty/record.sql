-- The statements of what happened before the programme was begun here.

-- name: RECORD_SINCE
UPDATE duty SET starts_on = $1, changed_at = $2, version = version + 1
WHERE tenant_id = $3 AND id = $4 AND starts_on > $1;

-- name: RECORD_PARTS_SINCE
UPDATE duty_unit SET from_on = $1 WHERE tenant_id = $2 AND duty_id = $3 AND from_on > $1;

-- name: RECORD_ROW
INSERT INTO obligation_row (tenant_id, obligation_id, duty_id, unit_id, due, state, sent_on)
VALUES ($1, $2, $3, $4, $5, 'accepted', $6)
ON CONFLICT (tenant_id, obligation_id, duty_id) DO UPDATE SET state = 'accepted', why = NULL, sent_on = excluded.sent_on;

-- name: RECORD_LEFT
-- How return $2 stands: the last day on which a row was sent, and how many are owed still.
SELECT o.state, max(r.sent_on), sum(CASE WHEN r.state IN ('open', 'returned') THEN 1 ELSE 0 END)
FROM obligation o JOIN obligation_row r ON r.tenant_id = o.tenant_id AND r.obligation_id = o.id
WHERE o.tenant_id = $1 AND o.id = $2 GROUP BY o.state;

-- name: RECORD_SENT
UPDATE obligation SET state_on = $1, state = $2, open = 0, sent_on = $3, accepted_on = $3, changed_at = $4,
                      version = version + 1
WHERE tenant_id = $5 AND id = $6;
