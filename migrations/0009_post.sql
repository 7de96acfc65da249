-- 0009_post: what people are (posts), circles that no superior enters, the tree of units.

-- kept: A post: what a person is, at which unit, from a day to a day.  A post that ended stays.
CREATE TABLE post (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    person_id @INT@ NOT NULL,
    -- a role of src/org/rights.tsv: office, leader, liaison_a, ...
    role TEXT NOT NULL,
    -- null: the jurisdiction as a whole
    unit_id @INT@,
    -- first and last day: 0001-01-01 has no beginning, 9999-12-31 no end
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    -- the post that took over what was open when this one ended
    successor_id @INT@,
    created_at @INT@ NOT NULL,
    version @INT@ NOT NULL
) @STRICT@;
CREATE INDEX post_by_person ON post (tenant_id, person_id, valid_to);
CREATE INDEX post_by_unit ON post (tenant_id, unit_id, role);

-- Accounts from before posts existed did everything: they are the office.
INSERT INTO post (tenant_id, id, person_id, role, unit_id, valid_from, valid_to, created_at, version)
SELECT tenant_id, id, id, 'office', NULL, '0001-01-01', '9999-12-31', created_at, 1 FROM person;

-- kept: A circle: the people who may see or do something delicate; no superior's role enters one.
CREATE TABLE circle (
    tenant_id @INT@ NOT NULL,
    -- what the subject is: review, helper, case, ...
    kind TEXT NOT NULL,
    subject_id @INT@ NOT NULL,
    person_id @INT@ NOT NULL,
    PRIMARY KEY (tenant_id, kind, subject_id, person_id)
) @STRICT@;
CREATE INDEX circle_by_person ON circle (tenant_id, person_id, kind, subject_id);

-- The unit that this one is a section or a part of.
ALTER TABLE unit ADD COLUMN parent_id @INT@;
CREATE INDEX unit_by_parent ON unit (tenant_id, parent_id);
