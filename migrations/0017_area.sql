-- 0017_area: places with their codes, what became of places and units.

-- kept: A place: of the official tree of divisions, or a zone beside it.  One that ended stays.
CREATE TABLE area (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    name TEXT NOT NULL,
    -- province, city, county, town, village
    level TEXT NOT NULL,
    -- GB/T 2260 (six digits), or the statistical code of a town (nine) or a village (twelve)
    code TEXT,
    -- 0: a zone that the official tree does not know (高新区)
    official @INT@ NOT NULL,
    parent_id @INT@,
    -- first and last day: 0001-01-01 has no beginning, 9999-12-31 no end
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    version @INT@ NOT NULL,
    UNIQUE (tenant_id, name, valid_to)
) @STRICT@;
CREATE INDEX area_by_id ON area (tenant_id, id);
CREATE INDEX area_by_code ON area (tenant_id, code);
CREATE INDEX area_by_parent ON area (tenant_id, parent_id);

-- kept: What an area (about = area) or a unit (about = unit) became, from a day on.
CREATE TABLE successor (
    tenant_id @INT@ NOT NULL,
    about TEXT NOT NULL,
    old_id @INT@ NOT NULL,
    new_id @INT@ NOT NULL,
    from_on TEXT NOT NULL,
    why TEXT NOT NULL,
    -- person; 0 for the operating-system account
    said_by @INT@ NOT NULL,
    said_at @INT@ NOT NULL,
    PRIMARY KEY (tenant_id, about, old_id, new_id)
) @STRICT@;
CREATE INDEX successor_by_new ON successor (tenant_id, about, new_id);

-- The area that the unit works for.
ALTER TABLE unit ADD COLUMN area_id @INT@;
-- Unified social credit code (GB 32100-2015).
ALTER TABLE unit ADD COLUMN credit_code TEXT;
-- The last day of a body that is set up for a time; null: none.
ALTER TABLE unit ADD COLUMN ends_on TEXT;
CREATE INDEX unit_by_area ON unit (tenant_id, area_id);
