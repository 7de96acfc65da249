-- 0016_inspect: supervision (督导): campaigns, visits, findings and their rectification, circulars.  Days are text.

-- kept: A campaign (督导检查).  Who belongs to its circle (kind "inspection": the team and the office's named people) sees
-- all of it; others see what was told.
CREATE TABLE inspection (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    programme_id @INT@ NOT NULL,
    title TEXT NOT NULL,
    -- number of the yearly plan or of the approval it rests on
    basis TEXT NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    -- what it looks at
    note TEXT NOT NULL,
    -- 1: the inspected know of it (明查); 0: it is unannounced (暗访)
    announced @INT@ NOT NULL,
    -- draft, issued, closed
    state TEXT NOT NULL,
    issued_on TEXT,
    created_by @INT@ NOT NULL,
    created_name TEXT NOT NULL,
    created_at @INT@ NOT NULL,
    changed_at @INT@ NOT NULL,
    version @INT@ NOT NULL
) @STRICT@;
CREATE INDEX inspection_by_id ON inspection (tenant_id, id);
CREATE INDEX inspection_by_day ON inspection (tenant_id, from_on);

-- kept: A unit or county that a campaign inspects.
CREATE TABLE inspection_unit (
    tenant_id @INT@ NOT NULL,
    inspection_id @INT@ NOT NULL,
    unit_id @INT@ NOT NULL,
    -- visits that are planned there
    planned @INT@ NOT NULL,
    PRIMARY KEY (tenant_id, inspection_id, unit_id)
) @STRICT@;
CREATE INDEX inspection_unit_by_unit ON inspection_unit (tenant_id, unit_id, inspection_id);

-- kept: A person of a campaign's team.
CREATE TABLE inspection_member (
    tenant_id @INT@ NOT NULL,
    inspection_id @INT@ NOT NULL,
    person_id @INT@ NOT NULL,
    -- 1: leads the team
    leads @INT@ NOT NULL,
    PRIMARY KEY (tenant_id, inspection_id, person_id)
) @STRICT@;

-- kept: A visit of a campaign to one unit on one day.
CREATE TABLE visit (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    inspection_id @INT@ NOT NULL,
    unit_id @INT@ NOT NULL,
    visit_on TEXT NOT NULL,
    announced @INT@ NOT NULL,
    -- the day the unit was told; null: only the campaign's circle knows of it
    told_on TEXT,
    -- planned, done, withdrawn
    state TEXT NOT NULL,
    summary TEXT NOT NULL,
    done_on TEXT,
    done_name TEXT,
    created_at @INT@ NOT NULL,
    version @INT@ NOT NULL
) @STRICT@;
CREATE INDEX visit_by_inspection ON visit (tenant_id, inspection_id, unit_id, id);
CREATE INDEX visit_by_unit ON visit (tenant_id, unit_id, visit_on);

-- kept: A line of a visit's checklist.
CREATE TABLE visit_item (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    visit_id @INT@ NOT NULL,
    -- the duty task it asks about, null: a free line
    duty_id @INT@,
    words TEXT NOT NULL,
    -- empty, good, problem, not_applicable
    answer TEXT NOT NULL,
    note TEXT NOT NULL
) @STRICT@;
CREATE INDEX visit_item_by_visit ON visit_item (tenant_id, visit_id, id);

-- kept: What was found at a visit.
CREATE TABLE finding (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    inspection_id @INT@ NOT NULL,
    visit_id @INT@ NOT NULL,
    unit_id @INT@ NOT NULL,
    -- the line of the checklist it came from
    item_id @INT@,
    words TEXT NOT NULL,
    -- general, notable, serious (一般, 较重, 严重)
    grade TEXT NOT NULL,
    place TEXT NOT NULL,
    -- degrees, WGS 84; both null where nobody gave them
    latitude @REAL@,
    longitude @REAL@,
    found_by @INT@ NOT NULL,
    found_name TEXT NOT NULL,
    found_at @INT@ NOT NULL,
    -- its rectification: a duty task of that kind; null: none was ordered
    duty_id @INT@
) @STRICT@;
CREATE INDEX finding_by_visit ON finding (tenant_id, visit_id, id);
CREATE INDEX finding_by_inspection ON finding (tenant_id, inspection_id, id);
CREATE INDEX finding_by_unit ON finding (tenant_id, unit_id, id);
CREATE UNIQUE INDEX finding_by_duty ON finding (tenant_id, duty_id);

-- kept: A picture of a finding; its bytes are a blob.
CREATE TABLE finding_picture (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    finding_id @INT@ NOT NULL,
    hash TEXT NOT NULL,
    -- image/jpeg, image/png
    media TEXT NOT NULL,
    size @INT@ NOT NULL,
    added_by @INT@ NOT NULL,
    added_at @INT@ NOT NULL
) @STRICT@;
CREATE INDEX finding_picture_by_finding ON finding_picture (tenant_id, finding_id, id);

-- kept: A circular (通报) of a campaign.
CREATE TABLE circular (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    inspection_id @INT@ NOT NULL,
    -- draft, published
    state TEXT NOT NULL,
    -- 1: every unit reads it, else those of circular_unit
    to_all @INT@ NOT NULL,
    published_on TEXT,
    version @INT@ NOT NULL
) @STRICT@;
CREATE INDEX circular_by_inspection ON circular (tenant_id, inspection_id, id);
CREATE INDEX circular_by_id ON circular (tenant_id, id);

-- kept: A version of its text; none is changed.
CREATE TABLE circular_text (
    tenant_id @INT@ NOT NULL,
    circular_id @INT@ NOT NULL,
    -- 1, 2, ...: that of circular.version when it was written
    no @INT@ NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    person_name TEXT NOT NULL,
    made_at @INT@ NOT NULL,
    PRIMARY KEY (tenant_id, circular_id, no)
) @STRICT@;

-- kept: A unit that a published circular is for.
CREATE TABLE circular_unit (
    tenant_id @INT@ NOT NULL,
    circular_id @INT@ NOT NULL,
    unit_id @INT@ NOT NULL,
    PRIMARY KEY (tenant_id, circular_id, unit_id)
) @STRICT@;
