-- 0007_edit: correcting a draft: its steps, what was confirmed, warnings that ended, what was learned.

-- kept: One step of the work on a version: one command, taken back as a whole.
CREATE TABLE plan_step (
    tenant_id @INT@ NOT NULL,
    version_id @INT@ NOT NULL,
    -- plan_version.version that it led to
    no @INT@ NOT NULL,
    -- what was done: ["set", "split", ...], each word once
    ops @JSON@ NOT NULL,
    -- of a return: the step it returned to
    to_no @INT@,
    person @INT@ NOT NULL,
    person_name TEXT NOT NULL,
    at @INT@ NOT NULL,
    why TEXT,
    -- of plan_step_row
    row_count @INT@ NOT NULL,
    PRIMARY KEY (tenant_id, version_id, no)
) @STRICT@;

-- kept: What a step changed: one task, the head, an action, an obligation, a target of an action, a warning.
CREATE TABLE plan_step_row (
    tenant_id @INT@ NOT NULL,
    version_id @INT@ NOT NULL,
    step_no @INT@ NOT NULL,
    seq @INT@ NOT NULL,
    -- task, head, action, obligation, target, warning
    kind TEXT NOT NULL,
    -- the task's id; else its seq in the version
    item_id @INT@ NOT NULL,
    -- the fields that were changed, all of them where one side is missing; null: it was not there
    before_was TEXT,
    after_is TEXT,
    PRIMARY KEY (tenant_id, version_id, step_no, seq)
) @STRICT@;

-- kept: A field of a draft's task that a person confirmed, or that a memory filled.
CREATE TABLE plan_task_mark (
    tenant_id @INT@ NOT NULL,
    task_id @INT@ NOT NULL,
    -- lead, owner, deadline, cadence, strength, units
    field TEXT NOT NULL,
    -- confirmed, memory
    kind TEXT NOT NULL,
    person @INT@ NOT NULL,
    person_name TEXT,
    at @INT@ NOT NULL,
    -- of a memory: which, and its phrase then
    memory_id @INT@,
    phrase TEXT,
    PRIMARY KEY (tenant_id, task_id, field, kind)
) @STRICT@;

-- kept: A warning that is not open any more.
CREATE TABLE plan_warning_end (
    tenant_id @INT@ NOT NULL,
    version_id @INT@ NOT NULL,
    seq @INT@ NOT NULL,
    -- resolved, dismissed
    state TEXT NOT NULL,
    -- why it was dismissed; what resolved it: edit, memory
    why TEXT,
    person @INT@ NOT NULL,
    person_name TEXT NOT NULL,
    at @INT@ NOT NULL,
    PRIMARY KEY (tenant_id, version_id, seq)
) @STRICT@;

-- kept: What corrections taught: what a phrase means in this jurisdiction.
CREATE TABLE plan_memory (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    -- deadline, cadence, strength, lead, unit, not_unit, warning
    kind TEXT NOT NULL,
    phrase TEXT NOT NULL,
    -- an object whose members depend on the kind
    meaning @JSON@ NOT NULL,
    -- the version and the step that taught it; null where a person wrote it
    from_version @INT@,
    from_step @INT@,
    person @INT@ NOT NULL,
    person_name TEXT NOT NULL,
    at @INT@ NOT NULL,
    -- rows that it was applied to, and when last
    uses @INT@ NOT NULL,
    used_at @INT@,
    version @INT@ NOT NULL,
    UNIQUE (tenant_id, kind, phrase)
) @STRICT@;
CREATE INDEX plan_memory_taught ON plan_memory (tenant_id, from_version, from_step);
