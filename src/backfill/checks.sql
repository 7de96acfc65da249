-- What must hold in the tables of backfill/: each statement gives no row where the data is sound.

-- name: CHECK_BACKFILL_ROW_OF_LEDGER
-- scan: a check reads the whole table
SELECT r.tenant_id, r.duty_id, r.obligation_id FROM backfill_row r
LEFT JOIN backfill b ON b.tenant_id = r.tenant_id AND b.id = r.backfill_id
LEFT JOIN duty d ON d.tenant_id = r.tenant_id AND d.id = r.duty_id
WHERE b.id IS NULL OR d.id IS NULL;
