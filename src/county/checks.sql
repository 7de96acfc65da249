-- What must hold in the tables of county/: each statement gives no row where the data is sound.

-- name: CHECK_COUNTY_SENT
-- scan: a check reads the whole table
-- The messages of an end are numbered without a gap.
SELECT l.tenant_id, l.id FROM county_link l
WHERE l.sent_seq <> (SELECT count(*) FROM county_message m WHERE m.tenant_id = l.tenant_id AND m.link_id = l.id)
   OR l.sent_seq <> (SELECT COALESCE(max(m.seq), 0) FROM county_message m WHERE m.tenant_id = l.tenant_id AND m.link_id = l.id);

-- name: CHECK_COUNTY_TAKEN
-- scan: a check reads the whole table
-- What is marked as taken was taken by the end it went to.
SELECT m.tenant_id, m.link_id, m.seq FROM county_message m
JOIN county_link l ON l.tenant_id = m.tenant_id AND l.id = m.link_id
LEFT JOIN county_link p ON p.tenant_id = l.peer_tenant_id AND p.id = l.peer_id
WHERE m.taken_at IS NOT NULL AND p.peer_id = l.id AND p.taken_seq < m.seq;

-- name: CHECK_COUNTY_ABOVE
-- scan: a check reads the whole table
-- A task from above is a duty task that was assigned.
SELECT a.tenant_id, a.duty_id FROM duty_above a
LEFT JOIN duty d ON d.tenant_id = a.tenant_id AND d.id = a.duty_id AND d.origin = 'assignment' WHERE d.id IS NULL;
