-- 0005_upload: files that come in pieces.

-- kept: A file that somebody is sending; how far it is, its size on the disk says.  The row goes when a domain has
-- taken the file over, and a week after it was announced.
CREATE TABLE upload (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    person_id @INT@ NOT NULL,
    -- as the client calls the file
    name TEXT NOT NULL,
    -- bytes that will come
    length @INT@ NOT NULL,
    created_at @INT@ NOT NULL,
    expires_at @INT@ NOT NULL
) @STRICT@;
CREATE INDEX upload_by_person ON upload (tenant_id, person_id, id);
