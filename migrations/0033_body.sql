-- 0033_body: what bodies set up for a time leave to the office on the day after their last.

-- kept: A part in a duty task, or an obligation, that an ended body had and that the office has in its stead until it says
-- who goes on with it.
CREATE TABLE body_left (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    -- a unit of kind committee
    body_id @INT@ NOT NULL,
    -- duty, obligation
    about TEXT NOT NULL,
    about_id @INT@ NOT NULL,
    -- its part in the duty task; empty: of an obligation
    role TEXT NOT NULL,
    side TEXT NOT NULL,
    -- what part the office had in the duty task before; null: none
    own_role TEXT,
    own_side TEXT,
    -- the day from which the office stands in
    from_on TEXT NOT NULL,
    -- which unit goes on with it, since when; null: not said yet
    to_id @INT@,
    settled_on TEXT
) @STRICT@;
CREATE UNIQUE INDEX body_left_open ON body_left (tenant_id, body_id, about, about_id) WHERE settled_on IS NULL;
CREATE INDEX body_left_of ON body_left (tenant_id, about, about_id);
