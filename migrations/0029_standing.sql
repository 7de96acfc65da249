-- 0029_standing: since when a unit is supervised, or only coordinated with.

-- kept: From which day on a unit has which standing; a unit without a row has had its own (unit.standing) always.
CREATE TABLE unit_standing (
    tenant_id @INT@ NOT NULL,
    unit_id @INT@ NOT NULL,
    -- 1900-01-01: always before the next row
    from_on TEXT NOT NULL,
    -- supervised, coordinated
    standing TEXT NOT NULL,
    -- the day on which it was said, and by whom; the first row's are those of the second
    said_on TEXT NOT NULL,
    said_by TEXT NOT NULL,
    PRIMARY KEY (tenant_id, unit_id, from_on)
) @STRICT@;
