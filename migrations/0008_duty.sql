-- 0008_duty: duty tasks, what is due of them, who was told, and how they stand.  Days are text
-- (2026-06-15) of the jurisdiction's own zone; 9999-12-31 is "no end".

-- kept: What a jurisdiction has set of the rules of src/duty/rules.tsv; a rule without a row has the
-- default that stands there.
CREATE TABLE duty_rule (
    tenant_id @INT@ NOT NULL,
    -- light_days_ahead, dates_half_yearly, ...
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (tenant_id, name)
) @STRICT@;

-- kept: A jurisdiction's clock; made with its first duty task.
CREATE TABLE duty_clock (
    tenant_id @INT@ NOT NULL PRIMARY KEY,
    -- the unit that owns what nobody else does: the office
    office_id @INT@ NOT NULL,
    -- obligations exist up to and with this day
    raised_to TEXT NOT NULL,
    -- the last day whose lights and notices are made; never goes back
    ran_on TEXT NOT NULL,
    -- for If-Match: grows with each change of the rules and of the calendar
    rules_version @INT@ NOT NULL
) @STRICT@;

-- kept: Official holidays (0) and make-up working days (1) that a jurisdiction added to, or set
-- otherwise than, src/duty/holidays.tsv.
CREATE TABLE duty_day (
    tenant_id @INT@ NOT NULL,
    day TEXT NOT NULL,
    works @INT@ NOT NULL,
    name TEXT NOT NULL,
    -- the notice it is from
    source TEXT NOT NULL,
    PRIMARY KEY (tenant_id, day)
) @STRICT@;

-- kept: What was told to units as one thing and is acknowledged by each of them once: a plan's
-- publication, an instruction, an assignment.
CREATE TABLE duty_notice (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    -- plan, instruction, minutes, assignment, proposal, hand
    origin TEXT NOT NULL,
    -- of a plan: the version published
    version_id @INT@,
    title TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    created_at @INT@ NOT NULL
) @STRICT@;
CREATE INDEX duty_notice_by_version ON duty_notice (tenant_id, version_id);

-- kept: A unit's acknowledging (签收) of a notice.
CREATE TABLE duty_receipt (
    tenant_id @INT@ NOT NULL,
    notice_id @INT@ NOT NULL,
    unit_id @INT@ NOT NULL,
    -- null: not yet
    acknowledged_on TEXT,
    recorded_at @INT@,
    person_id @INT@,
    person_name TEXT,
    PRIMARY KEY (tenant_id, notice_id, unit_id)
) @STRICT@;
CREATE INDEX duty_receipt_open ON duty_receipt (tenant_id, unit_id, notice_id) WHERE acknowledged_on IS NULL;

-- kept: How far the duty tasks of a document follow its published version.
CREATE TABLE duty_plan (
    tenant_id @INT@ NOT NULL,
    document_id @INT@ NOT NULL,
    version_id @INT@ NOT NULL,
    -- the plan task done last
    after_id @INT@ NOT NULL,
    -- 1: all of them, and the document's own obligations
    done @INT@ NOT NULL,
    PRIMARY KEY (tenant_id, document_id)
) @STRICT@;

-- kept: A duty task: one thing that somebody must do, whatever ordered it.
CREATE TABLE duty (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    programme_id @INT@ NOT NULL,
    -- task, rectification, step, quota, follow_up: which table of states it goes through
    kind TEXT NOT NULL,
    -- plan, instruction (批示), minutes, assignment, proposal, hand
    origin TEXT NOT NULL,
    notice_id @INT@ NOT NULL,
    -- of a plan: the document, its version in force, the task there, and what stays the same of it
    -- in all versions; null else
    document_id @INT@,
    version_id @INT@,
    plan_task_id @INT@,
    line_id @INT@,
    action_no @INT@ NOT NULL,
    action TEXT NOT NULL,
    no TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    state TEXT NOT NULL,
    -- the day it happened that brought it there
    state_on TEXT NOT NULL,
    -- 1 where something may still come due: neither suspended nor ended
    live @INT@ NOT NULL,
    -- none, complete_by, start_by, ongoing, full_year, recurring
    deadline_kind TEXT NOT NULL,
    -- 9999-12-31 where the deadline has no date
    due TEXT NOT NULL,
    -- the first and the last day on which it is somebody's
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    -- must, expected, encouraged
    strength TEXT NOT NULL,
    -- how often a return is asked: printed or settled
    cadence TEXT NOT NULL,
    -- area (块: the county office), line (条: the department's own counterpart)
    way TEXT NOT NULL,
    -- who owns it on every day: the confirmed lead, else the proposed, else the office
    owner_id @INT@ NOT NULL,
    -- open points that the document leaves and that nobody settled: lead, cadence, way, counties,
    -- with blanks between; empty where all is settled
    unsettled TEXT NOT NULL,
    -- document: done by a number and a date; null else
    deliverable TEXT,
    doc_no TEXT,
    doc_on TEXT,
    -- percent, as accepted last; null where nothing was said
    progress @INT@,
    -- of an instruction, minutes, ...: who gave it, when, its words, its scan (a blob)
    leader TEXT,
    given_on TEXT,
    words TEXT,
    scan_hash TEXT,
    -- 1: seen by the office and by those of duty_viewer alone
    restricted @INT@ NOT NULL,
    created_at @INT@ NOT NULL,
    changed_at @INT@ NOT NULL,
    version @INT@ NOT NULL
) @STRICT@;
CREATE UNIQUE INDEX duty_by_line ON duty (tenant_id, document_id, line_id);
CREATE INDEX duty_by_action ON duty (tenant_id, programme_id, action_no, id);
CREATE INDEX duty_by_notice ON duty (tenant_id, notice_id, id);
CREATE INDEX duty_by_owner ON duty (tenant_id, owner_id, id);

-- kept: Who has part in a duty task, groups resolved to their members.
CREATE TABLE duty_unit (
    tenant_id @INT@ NOT NULL,
    duty_id @INT@ NOT NULL,
    unit_id @INT@ NOT NULL,
    -- lead, responsible, cooperate, county
    role TEXT NOT NULL,
    -- lead: it returns on the dates of the lead; county: on those of the counties; none: it feeds
    -- the lead's
    side TEXT NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    PRIMARY KEY (tenant_id, duty_id, unit_id)
) @STRICT@;
CREATE INDEX duty_unit_by_unit ON duty_unit (tenant_id, unit_id, duty_id);

-- derived: The dates on which a duty task is returned: from its cadence and the rules.
CREATE TABLE duty_date (
    tenant_id @INT@ NOT NULL,
    duty_id @INT@ NOT NULL,
    -- lead, county
    side TEXT NOT NULL,
    -- 06-15: each year; never 02-29
    at TEXT NOT NULL,
    PRIMARY KEY (tenant_id, duty_id, side, at)
) @STRICT@;

-- kept: Who inside a unit handles a duty task (分办): a section (a unit of its own), a person, or both.
CREATE TABLE duty_handler (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    duty_id @INT@ NOT NULL,
    unit_id @INT@ NOT NULL,
    section_id @INT@,
    person_id @INT@,
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL
) @STRICT@;
CREATE INDEX duty_handler_by_duty ON duty_handler (tenant_id, duty_id, unit_id, to_on);
CREATE INDEX duty_handler_by_person ON duty_handler (tenant_id, person_id, to_on, duty_id);

-- kept: Persons who see a restricted duty task besides the office.
CREATE TABLE duty_viewer (
    tenant_id @INT@ NOT NULL,
    duty_id @INT@ NOT NULL,
    person_id @INT@ NOT NULL,
    PRIMARY KEY (tenant_id, duty_id, person_id)
) @STRICT@;

-- kept: A word across tasks (民生实事, 十四五, 创建).
CREATE TABLE duty_tag (
    tenant_id @INT@ NOT NULL,
    duty_id @INT@ NOT NULL,
    tag TEXT NOT NULL,
    PRIMARY KEY (tenant_id, duty_id, tag)
) @STRICT@;
CREATE INDEX duty_tag_by_tag ON duty_tag (tenant_id, tag, duty_id);

-- kept: Every move of a duty task, an obligation or an order: what happened when, recorded when, by
-- whom, why.
CREATE TABLE duty_move (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    -- duty, obligation, order
    about TEXT NOT NULL,
    about_id @INT@ NOT NULL,
    -- a word of src/duty/states.tsv, or raise, correct, settle, dispatch, hand_over
    move TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    -- the day it happened
    happened_on TEXT NOT NULL,
    recorded_at @INT@ NOT NULL,
    -- 0: the clock
    person_id @INT@ NOT NULL,
    person_name TEXT NOT NULL,
    why TEXT,
    -- what it changed, as it stood before: {"due": "2026-06-30"}
    before @JSON@
) @STRICT@;
CREATE INDEX duty_move_by_about ON duty_move (tenant_id, about, about_id, id);

-- kept: What a unit owes on a day.  A return (报送单) is one for a unit and date; its rows are in
-- obligation_row.
CREATE TABLE obligation (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    programme_id @INT@ NOT NULL,
    -- return, start, finish, decision, or what the document asks besides its tasks:
    -- annual_monitoring_report, annual_evaluation_report, annual_special_supervision, ...
    kind TEXT NOT NULL,
    unit_id @INT@ NOT NULL,
    -- the day that the rule gives: with unit, kind and about, what makes it one of a kind
    raised_for TEXT NOT NULL,
    -- of a return the programme, of a start, finish, decision the duty task, else the document
    about @INT@ NOT NULL,
    -- the day it is due: raised_for until it is extended
    due TEXT NOT NULL,
    -- 2026S1, 2026: what it covers
    period TEXT NOT NULL,
    duty_id @INT@,
    document_id @INT@,
    title TEXT NOT NULL,
    state TEXT NOT NULL,
    state_on TEXT NOT NULL,
    -- 1 while the unit still owes it
    open @INT@ NOT NULL,
    sent_on TEXT,
    accepted_on TEXT,
    original_on TEXT,
    -- consolidated reminders (催办) so far, and the day of the last
    chases @INT@ NOT NULL,
    chased_on TEXT,
    changed_at @INT@ NOT NULL,
    version @INT@ NOT NULL,
    UNIQUE (tenant_id, unit_id, kind, raised_for, about)
) @STRICT@;
CREATE INDEX obligation_of_unit ON obligation (tenant_id, unit_id, open, due, id);
CREATE INDEX obligation_open ON obligation (tenant_id, due, id) WHERE open = 1;
CREATE INDEX obligation_by_duty ON obligation (tenant_id, duty_id, kind, due) WHERE duty_id IS NOT NULL;
CREATE INDEX obligation_by_document ON obligation (tenant_id, document_id, due) WHERE document_id IS NOT NULL;

-- kept: A duty task in a return.
CREATE TABLE obligation_row (
    tenant_id @INT@ NOT NULL,
    obligation_id @INT@ NOT NULL,
    duty_id @INT@ NOT NULL,
    -- as of its return
    unit_id @INT@ NOT NULL,
    due TEXT NOT NULL,
    -- open (nothing said yet), sent, accepted, returned, withdrawn
    state TEXT NOT NULL,
    -- why it was withdrawn or returned
    why TEXT,
    -- the day it was sent; null until then, and again once returned
    sent_on TEXT,
    PRIMARY KEY (tenant_id, obligation_id, duty_id)
) @STRICT@;
CREATE INDEX obligation_row_by_duty ON obligation_row (tenant_id, duty_id, due, unit_id);
CREATE INDEX obligation_row_open ON obligation_row (tenant_id, due, duty_id) WHERE state IN ('open', 'returned');

-- derived: How a unit's part in a duty task stands from one day until (not with) another.  The row
-- with until_on 9999-12-31 is today's.
CREATE TABLE duty_light (
    tenant_id @INT@ NOT NULL,
    duty_id @INT@ NOT NULL,
    unit_id @INT@ NOT NULL,
    from_on TEXT NOT NULL,
    until_on TEXT NOT NULL,
    action_no @INT@ NOT NULL,
    programme_id @INT@ NOT NULL,
    -- 1 where the unit leads: the light of the duty task itself
    leads @INT@ NOT NULL,
    -- green, yellow, red, grey (suspended)
    light TEXT NOT NULL,
    -- on_time, near, behind, overdue, soft (overdue, but encouraged), suspended, done
    reason TEXT NOT NULL,
    PRIMARY KEY (tenant_id, duty_id, unit_id, from_on)
) @STRICT@;
CREATE INDEX duty_light_at ON duty_light
    (tenant_id, until_on, from_on, programme_id, action_no, unit_id, light, duty_id, leads);

-- kept: What is to be told to people, each once.  Sending it is another module's.
CREATE TABLE notice_outbox (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    -- digest (one a person and week), ahead (due tomorrow), chase (one consolidated 催办), receipt
    -- (a notice to acknowledge), order (a 督办单 waits for a signature)
    kind TEXT NOT NULL,
    unit_id @INT@ NOT NULL,
    -- null: the liaison officers of the unit
    person_id @INT@,
    -- what makes it one of a kind: 2026-W23, an obligation's id, ...
    subject TEXT NOT NULL,
    -- the day for which it was made
    made_for TEXT NOT NULL,
    -- the earliest due day of what it tells
    due TEXT,
    -- [{"obligation", "kind", "due", "rows", "title"}]
    items @JSON@ NOT NULL,
    created_at @INT@ NOT NULL
) @STRICT@;
CREATE UNIQUE INDEX notice_outbox_once ON notice_outbox (tenant_id, unit_id, kind, subject, coalesce(person_id, 0));
CREATE INDEX notice_outbox_by_day ON notice_outbox (tenant_id, made_for, id);

-- kept: A step of the ladder beyond reminders (督办单, 通报, 约谈): drafted by the clock, signed by a
-- person.
CREATE TABLE duty_order (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    unit_id @INT@ NOT NULL,
    obligation_id @INT@ NOT NULL,
    -- order_drafted, order, circular, talk, ended
    state TEXT NOT NULL,
    state_on TEXT NOT NULL,
    -- order_drafted and what follows it; 0 once ended
    open @INT@ NOT NULL,
    drafted_on TEXT NOT NULL,
    signed_by @INT@,
    signed_name TEXT,
    created_at @INT@ NOT NULL,
    version @INT@ NOT NULL,
    UNIQUE (tenant_id, obligation_id)
) @STRICT@;
CREATE INDEX duty_order_open ON duty_order (tenant_id, open, id);
