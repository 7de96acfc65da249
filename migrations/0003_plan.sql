-- 0003_plan: documents, their versions, and the register that compiling each of them gave.

-- kept: What was ordered: a plan, once, however often it was issued or imported anew.  The head is
-- that of its latest version.
CREATE TABLE document (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    programme_id @INT@ NOT NULL,
    -- its number (文号) where it has one, else its title: a second file with it is another version
    identity TEXT NOT NULL,
    title TEXT NOT NULL,
    doc_no TEXT,
    issuer TEXT,
    -- 2020-03-20
    issued_on TEXT,
    -- the place it governs
    jurisdiction TEXT,
    -- plan
    kind TEXT NOT NULL,
    -- the version imported last, whatever its state
    latest_id @INT@ NOT NULL,
    created_at @INT@ NOT NULL,
    UNIQUE (tenant_id, programme_id, identity)
) @STRICT@;
CREATE INDEX document_newest ON document (tenant_id, latest_id);
CREATE INDEX document_by_title ON document (tenant_id, programme_id, title);

-- kept: One file of a document and what was found in it.
CREATE TABLE plan_version (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    programme_id @INT@ NOT NULL,
    -- null while it is being imported
    document_id @INT@,
    -- 1 is the document's first
    no @INT@,
    -- importing (nobody sees it, a new start of the program removes it), draft, published, superseded
    state TEXT NOT NULL,
    -- for If-Match: grows with each change of the version and of its tasks
    version @INT@ NOT NULL,
    -- of the file as it came, which the blob store holds
    file_hash TEXT NOT NULL,
    file_name TEXT NOT NULL,
    -- of the register as compiled, as JSON, in the blob store
    register_hash TEXT NOT NULL,
    -- the head as compiled
    title TEXT NOT NULL,
    doc_no TEXT,
    issuer TEXT,
    issued_on TEXT,
    jurisdiction TEXT,
    -- where each of these is printed: [[from, to], ...] in this order
    head_at @JSON@ NOT NULL,
    imported_at @INT@ NOT NULL,
    -- person; 0 for the operating-system account
    imported_by @INT@ NOT NULL,
    imported_name TEXT NOT NULL,
    published_at @INT@,
    published_by @INT@,
    -- why it was published although warnings were open
    remarks TEXT,
    actions @INT@ NOT NULL,
    tasks @INT@ NOT NULL,
    -- different names
    units @INT@ NOT NULL,
    targets @INT@ NOT NULL,
    obligations @INT@ NOT NULL,
    warnings @INT@ NOT NULL,
    -- derived: 1 where some of its tasks may have live = 1
    live @INT@ NOT NULL,
    UNIQUE (tenant_id, document_id, no)
) @STRICT@;
CREATE INDEX plan_version_by_file ON plan_version (tenant_id, programme_id, file_hash);
CREATE INDEX plan_version_by_state ON plan_version (tenant_id, state, id);

-- kept: The documents that a version says it carries out.
CREATE TABLE plan_basis (
    tenant_id @INT@ NOT NULL,
    version_id @INT@ NOT NULL,
    -- 0, 1, ... as printed
    seq @INT@ NOT NULL,
    title TEXT NOT NULL,
    doc_no TEXT,
    source_from @INT@ NOT NULL,
    source_to @INT@ NOT NULL,
    PRIMARY KEY (tenant_id, version_id, seq)
) @STRICT@;

-- kept: The actions of a version.
CREATE TABLE plan_action (
    tenant_id @INT@ NOT NULL,
    version_id @INT@ NOT NULL,
    seq @INT@ NOT NULL,
    -- as printed; 0 for mechanisms that stand outside the numbered actions
    no @INT@ NOT NULL,
    name TEXT NOT NULL,
    -- names, in printed order
    lead_units @JSON@ NOT NULL,
    implementers @JSON@ NOT NULL,
    tasks @INT@ NOT NULL,
    source_from @INT@ NOT NULL,
    source_to @INT@ NOT NULL,
    PRIMARY KEY (tenant_id, version_id, seq)
) @STRICT@;

-- kept: A line of a plan: what must be done.  Ids of one version grow in the order of the plan.
CREATE TABLE plan_task (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    version_id @INT@ NOT NULL,
    programme_id @INT@ NOT NULL,
    -- derived: 1 for what the lists of published tasks may show (they still ask the version's
    -- state); set and unset in pieces, so that publishing a long plan blocks nobody
    live @INT@ NOT NULL,
    action_no @INT@ NOT NULL,
    action TEXT NOT NULL,
    -- as printed
    no TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    -- cells of a table's row; null where it prints none
    specific_task TEXT,
    measure TEXT,
    work_plan TEXT,
    -- derived from plan_task_unit: [{"id", "name", "role", "inherited"}]
    units TEXT NOT NULL,
    open_ended @INT@ NOT NULL,
    lead_explicit @INT@ NOT NULL,
    lead_proposed TEXT,
    -- none, complete_by, start_by, ongoing, full_year, recurring
    deadline_kind TEXT NOT NULL,
    -- 2020-12-31; 9999-12-31 where the deadline has no date
    due TEXT NOT NULL,
    -- ["06-15", ...]
    deadline_dates @JSON@ NOT NULL,
    -- the words it was read from
    deadline_raw TEXT,
    deadline_inferred @INT@ NOT NULL,
    deadline_from @INT@ NOT NULL,
    deadline_to @INT@ NOT NULL,
    -- must, expected, encouraged
    strength TEXT NOT NULL,
    -- monthly, quarterly, ...
    cadence TEXT,
    -- ["06-15", ...]
    returns_due @JSON@ NOT NULL,
    -- [{"kind", "name", "from", "to"}]
    deliverables @JSON@ NOT NULL,
    -- the item in the register's text, in bytes
    source_from @INT@ NOT NULL,
    source_to @INT@ NOT NULL,
    -- derived: its rows of plan_warning and plan_target
    warnings @INT@ NOT NULL,
    targets @INT@ NOT NULL,
    changed_at @INT@ NOT NULL,
    version @INT@ NOT NULL
) @STRICT@;
CREATE INDEX plan_task_by_version ON plan_task (tenant_id, version_id, id);
-- The lists of published tasks, in the order of the plans, by due date, by change.  What follows the
-- order answers the other filters without a look at the row.
CREATE INDEX plan_task_live ON plan_task
    (tenant_id, id, programme_id, deadline_kind, strength, due, action) WHERE live = 1;
CREATE INDEX plan_task_live_due ON plan_task
    (tenant_id, due, id, programme_id, deadline_kind, strength, action) WHERE live = 1;
CREATE INDEX plan_task_live_changed ON plan_task
    (tenant_id, changed_at, id, programme_id, deadline_kind, strength, due, action) WHERE live = 1;
-- What matches few rows is found by itself.
CREATE INDEX plan_task_live_action ON plan_task
    (tenant_id, action, id, programme_id, deadline_kind, strength, due) WHERE live = 1;
CREATE INDEX plan_task_live_kind ON plan_task
    (tenant_id, deadline_kind, id, programme_id, strength, due, action) WHERE live = 1;
CREATE INDEX plan_task_live_programme ON plan_task
    (tenant_id, programme_id, id, deadline_kind, strength, due, action) WHERE live = 1;

-- kept: Who owes a task, in printed order.
CREATE TABLE plan_task_unit (
    tenant_id @INT@ NOT NULL,
    task_id @INT@ NOT NULL,
    seq @INT@ NOT NULL,
    unit_id @INT@ NOT NULL,
    -- as printed, written out in full
    name TEXT NOT NULL,
    -- lead, responsible, cooperate
    role TEXT NOT NULL,
    -- 1 where it comes from the action
    inherited @INT@ NOT NULL,
    source_from @INT@ NOT NULL,
    source_to @INT@ NOT NULL,
    -- 1 where the task has this unit already, under another of its names
    extra @INT@ NOT NULL,
    -- derived: plan_task.live where extra is 0
    live @INT@ NOT NULL,
    PRIMARY KEY (tenant_id, task_id, seq)
) @STRICT@;
CREATE INDEX plan_task_unit_live ON plan_task_unit (tenant_id, unit_id, task_id, role) WHERE live = 1;
CREATE INDEX plan_task_unit_by_unit ON plan_task_unit (tenant_id, unit_id, task_id);

-- kept: A promised value.
CREATE TABLE plan_target (
    tenant_id @INT@ NOT NULL,
    version_id @INT@ NOT NULL,
    seq @INT@ NOT NULL,
    -- null for a target of the whole action
    task_id @INT@,
    action_no @INT@ NOT NULL,
    indicator TEXT NOT NULL,
    -- >= <= = > < increase_by decrease_by trend done
    op TEXT NOT NULL,
    value @REAL@,
    max @REAL@,
    -- as printed
    unit TEXT,
    year @INT@,
    year_inferred @INT@ NOT NULL,
    advisory @INT@ NOT NULL,
    strength TEXT NOT NULL,
    raw TEXT NOT NULL,
    source_from @INT@ NOT NULL,
    source_to @INT@ NOT NULL,
    PRIMARY KEY (tenant_id, version_id, seq)
) @STRICT@;
CREATE INDEX plan_target_by_task ON plan_target (tenant_id, task_id, seq);

-- kept: What a version asks outside its tasks.
CREATE TABLE plan_obligation (
    tenant_id @INT@ NOT NULL,
    version_id @INT@ NOT NULL,
    seq @INT@ NOT NULL,
    kind TEXT NOT NULL,
    -- names
    who @JSON@ NOT NULL,
    what TEXT NOT NULL,
    frequency TEXT NOT NULL,
    -- ["06-05", ...]
    due @JSON@ NOT NULL,
    report_to TEXT,
    raw TEXT NOT NULL,
    source_from @INT@ NOT NULL,
    source_to @INT@ NOT NULL,
    PRIMARY KEY (tenant_id, version_id, seq)
) @STRICT@;

-- kept: What was doubtful in compiling, with its place.
CREATE TABLE plan_warning (
    tenant_id @INT@ NOT NULL,
    version_id @INT@ NOT NULL,
    seq @INT@ NOT NULL,
    -- null where it is about no task
    task_id @INT@,
    -- a stable word
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    source_from @INT@ NOT NULL,
    source_to @INT@ NOT NULL,
    -- of the register's text, from 1; null without a place
    line @INT@,
    -- the very words, the first of them
    words TEXT,
    PRIMARY KEY (tenant_id, version_id, seq)
) @STRICT@;
CREATE INDEX plan_warning_by_task ON plan_warning (tenant_id, task_id, seq);

-- derived: The numbers of a programme's published tasks, so that totals without further filters read
-- a few rows; a row may be 0.
CREATE TABLE plan_total (
    tenant_id @INT@ NOT NULL,
    programme_id @INT@ NOT NULL,
    -- action, unit, kind, strength
    dimension TEXT NOT NULL,
    -- the action's name, the unit's id, the kind, the strength
    item TEXT NOT NULL,
    -- the action's number, the unit's role, or empty
    part TEXT NOT NULL,
    tasks @INT@ NOT NULL,
    PRIMARY KEY (tenant_id, programme_id, dimension, item, part)
) @STRICT@;
CREATE INDEX plan_total_item ON plan_total (tenant_id, dimension, item);

-- derived: The pairs of characters in the words of live tasks, each under a hash of its
-- jurisdiction, so that a search reads its own alone.
-- @sqlite
CREATE VIRTUAL TABLE plan_text USING fts5(words, content='', detail=none, tokenize='ascii');
-- @pgsql
CREATE TABLE plan_text (
    tenant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    words TSVECTOR NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX plan_text_words ON plan_text USING gin (words);
-- @both
