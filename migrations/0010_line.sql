-- 0010_line: lines of work, which go on from version to version, and the pairs that a person decides on.

-- A line of work: the id of the first row that ordered it.  At most one row of a version has it.
ALTER TABLE plan_task ADD COLUMN line_id @INT@ NOT NULL DEFAULT 0;
UPDATE plan_task SET line_id = id;
CREATE INDEX plan_task_by_line ON plan_task (tenant_id, line_id, id);

-- The version that its rows were paired with; null for a document's first.
ALTER TABLE plan_version ADD COLUMN against_id @INT@;

-- kept: What became of each row of the version before, proposed at import, decided by a person until the draft is published.
-- Rows that a person adds to the draft stand in no pair: they are new.
CREATE TABLE plan_pair (
    tenant_id @INT@ NOT NULL,
    -- the new version
    version_id @INT@ NOT NULL,
    -- new rows in their order, then old rows without a successor
    seq @INT@ NOT NULL,
    -- null where the row was dropped or joined to another
    new_task @INT@,
    -- null where the row was added
    old_task @INT@,
    -- same, reworded, moved, added, dropped; split (the new row has words that the old one lost); joined (the old row's words
    -- went to the new row of another)
    relation TEXT NOT NULL,
    -- split, joined: the row of the other version that has the rest
    whole_task @INT@,
    -- how alike, in thousandths
    score @INT@ NOT NULL,
    -- same (one line), new (the old line ends), beside (the new row is new and the old stays), ends, stays
    decision TEXT NOT NULL,
    -- 0 where the decision is the proposal
    decided_at @INT@ NOT NULL,
    decided_by @INT@ NOT NULL,
    PRIMARY KEY (tenant_id, version_id, seq)
) @STRICT@;
CREATE INDEX plan_pair_by_new ON plan_pair (tenant_id, version_id, new_task);
CREATE INDEX plan_pair_by_decision ON plan_pair (tenant_id, version_id, decision, seq);

-- kept: Ids that a draft's row had before or after it was moved: a move that is taken back finds its pair.
CREATE TABLE plan_pair_id (
    tenant_id @INT@ NOT NULL,
    version_id @INT@ NOT NULL,
    task_id @INT@ NOT NULL,
    -- of plan_pair
    seq @INT@ NOT NULL,
    PRIMARY KEY (tenant_id, version_id, task_id)
) @STRICT@;
