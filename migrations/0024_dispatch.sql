-- 0024_dispatch: by which rules a unit hands its tasks to its own sections and people.

-- kept: The rules of one unit, the first that fits is taken.
CREATE TABLE dispatch_rules (
    tenant_id @INT@ NOT NULL,
    unit_id @INT@ NOT NULL,
    -- JSON: [{"action","word","section","person"}]; an empty text fits all, 0 is none
    rules TEXT NOT NULL,
    changed_at @INT@ NOT NULL,
    -- person; 0 for the operating-system account
    changed_by @INT@ NOT NULL,
    version @INT@ NOT NULL,
    PRIMARY KEY (tenant_id, unit_id)
) @STRICT@;
