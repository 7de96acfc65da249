-- The statements of correcting a draft.

-- ---- tasks whole ----

-- name: WHOLE_TASKS
-- Of a version; the first columns are those of the lists.
-- filter: version = t.version_id
-- key: t.id
SELECT t.id, v.document_id, t.version_id, v.state, t.action_no, t.action, t.no, t.title, t.units,
       t.open_ended, t.deadline_kind, t.due, t.deadline_dates, t.deadline_raw,
       t.deadline_inferred, t.strength, t.warnings, t.version, t.changed_at, t.line_id,
       t.text, t.specific_task, t.measure, t.work_plan, t.lead_explicit, t.lead_proposed, t.cadence,
       t.returns_due, t.deliverables, t.source_from, t.source_to, t.live, t.deadline_from,
       t.deadline_to
FROM plan_task t CROSS JOIN plan_version v
WHERE t.tenant_id = $1 AND v.tenant_id = t.tenant_id AND v.id = t.version_id
  AND v.state <> 'importing' {where} {order};

-- name: WHOLE_TASKS_BY_ID
-- scan: only without its filter, which is always given: ids of tasks
-- The ids lead: without the + SQLite reads all rows of the jurisdiction.
-- filter: id = t.id
-- key: t.id
SELECT t.id, v.document_id, t.version_id, v.state, t.action_no, t.action, t.no, t.title, t.units,
       t.open_ended, t.deadline_kind, t.due, t.deadline_dates, t.deadline_raw,
       t.deadline_inferred, t.strength, t.warnings, t.version, t.changed_at, t.line_id,
       t.text, t.specific_task, t.measure, t.work_plan, t.lead_explicit, t.lead_proposed, t.cadence,
       t.returns_due, t.deliverables, t.source_from, t.source_to, t.live, t.deadline_from,
       t.deadline_to
FROM plan_task t CROSS JOIN plan_version v
WHERE +t.tenant_id = $1 AND v.tenant_id = t.tenant_id AND v.id = t.version_id
  AND v.state <> 'importing' {where} {order};

-- name: WHOLE_UNITS
-- filter: task = task_id
-- order: task = task_id
-- key: seq
SELECT task_id, unit_id, name, role, inherited, source_from, source_to FROM plan_task_unit
WHERE tenant_id = $1 {where} {order};

-- name: WHOLE_TARGETS
-- filter: task = task_id
-- order: task = task_id
-- key: seq
SELECT task_id, seq, action_no, indicator, op, value, max, unit, year, year_inferred, advisory,
       strength, raw, source_from, source_to
FROM plan_target WHERE tenant_id = $1 {where} {order};

-- name: WHOLE_WARNINGS
-- filter: task = w.task_id
-- order: task = w.task_id
-- key: w.seq
SELECT w.task_id, w.seq, w.code, w.message, w.source_from, w.source_to, w.line, w.words, e.state,
       e.why, e.person_name, e.at
FROM plan_warning w LEFT JOIN plan_warning_end e
  ON e.tenant_id = w.tenant_id AND e.version_id = w.version_id AND e.seq = w.seq
WHERE w.tenant_id = $1 {where} {order};

-- name: WHOLE_MARKS
-- filter: task = task_id
-- order: task = task_id
-- key: field
SELECT task_id, field, kind, person, person_name, at, memory_id, phrase FROM plan_task_mark
WHERE tenant_id = $1 {where} {order};

-- name: EDIT_IDS
-- The places of a version's tasks.
SELECT id, action_no FROM plan_task WHERE tenant_id = $1 AND version_id = $2 ORDER BY id;

-- ---- tasks: storing ----

-- name: EDIT_TASK_ADD
-- A row that comes back has the line of work that it was decided to have.
INSERT INTO plan_task (version, action_no, action, no, title, text, specific_task, measure,
    work_plan, units, open_ended, lead_explicit, lead_proposed, deadline_kind, due, deadline_dates,
    deadline_raw, deadline_inferred, deadline_from, deadline_to, strength, cadence, returns_due,
    deliverables, source_from, source_to, targets, changed_at, tenant_id, id, version_id,
    programme_id, live, warnings, line_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
    $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, 0, 0, coalesce((
        SELECT o.line_id FROM plan_pair p CROSS JOIN plan_task o
        WHERE p.tenant_id = $29 AND p.version_id = $31 AND p.new_task = $30 AND p.decision = 'same'
          AND o.tenant_id = p.tenant_id AND o.id = p.old_task), $30));

-- name: EDIT_TASK_SET
-- Parameters as of EDIT_TASK_ADD.
UPDATE plan_task SET version = $1, action_no = $2, action = $3, no = $4, title = $5, text = $6,
    specific_task = $7, measure = $8, work_plan = $9, units = $10, open_ended = $11,
    lead_explicit = $12, lead_proposed = $13, deadline_kind = $14, due = $15, deadline_dates = $16,
    deadline_raw = $17, deadline_inferred = $18, deadline_from = $19, deadline_to = $20,
    strength = $21, cadence = $22, returns_due = $23, deliverables = $24, source_from = $25,
    source_to = $26, targets = $27, changed_at = $28
WHERE tenant_id = $29 AND id = $30 AND version_id = $31 AND programme_id = $32;

-- name: EDIT_TASK_MOVE
UPDATE plan_task SET id = $1 WHERE tenant_id = $2 AND id = $3;

-- name: EDIT_TASK_WARNINGS
-- Open ones of the tasks whose warnings were changed.
UPDATE plan_task SET warnings = (SELECT count(*) FROM plan_warning w
    WHERE w.tenant_id = $1 AND w.task_id = plan_task.id AND NOT EXISTS (
        SELECT 1 FROM plan_warning_end e WHERE e.tenant_id = w.tenant_id
        AND e.version_id = w.version_id AND e.seq = w.seq))
WHERE tenant_id = $1 AND id = $2;

-- name: EDIT_TARGETS_REMOVE
DELETE FROM plan_target WHERE tenant_id = $1 AND task_id = $2;

-- name: EDIT_TARGET_LAST
SELECT coalesce(max(seq), -1) FROM plan_target WHERE tenant_id = $1 AND version_id = $2;

-- name: EDIT_MARK_ADD
INSERT INTO plan_task_mark (tenant_id, task_id, field, kind, person, person_name, at, memory_id,
                            phrase)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: EDIT_MARKS_REMOVE
DELETE FROM plan_task_mark WHERE tenant_id = $1 AND task_id = $2;

-- ---- parts of a version ----

-- name: EDIT_HEAD_GET
SELECT title, doc_no, issuer, issued_on, jurisdiction, head_at FROM plan_version
WHERE tenant_id = $1 AND id = $2;

-- name: EDIT_HEAD_SET
UPDATE plan_version SET title = $1, doc_no = $2, issuer = $3, issued_on = $4, jurisdiction = $5
WHERE tenant_id = $6 AND id = $7;

-- name: EDIT_DOCUMENT_SET
-- The head of a document is that of its latest version.
UPDATE document SET identity = coalesce($1, identity), title = $2, doc_no = $3, issuer = $4,
                    issued_on = $5, jurisdiction = $6
WHERE tenant_id = $7 AND id = $8;

-- name: EDIT_ACTIONS
SELECT seq, no, name, lead_units, implementers, source_from, source_to FROM plan_action
WHERE tenant_id = $1 AND version_id = $2 ORDER BY seq;

-- name: EDIT_ACTION_SET
UPDATE plan_action SET no = $1, name = $2, lead_units = $3, implementers = $4
WHERE tenant_id = $5 AND version_id = $6 AND seq = $7;

-- name: EDIT_ACTION_REMOVE
DELETE FROM plan_action WHERE tenant_id = $1 AND version_id = $2 AND seq = $3;

-- name: EDIT_ACTION_TASKS
-- Each task's own action, one of several with its number by the name too.
UPDATE plan_action SET tasks = (SELECT count(*) FROM plan_task t
    WHERE t.tenant_id = $1 AND t.version_id = $2 AND t.action_no = plan_action.no
      AND t.action = plan_action.name)
WHERE tenant_id = $1 AND version_id = $2;

-- name: EDIT_OBLIGATIONS
SELECT seq, kind, who, what, frequency, due, report_to, raw, source_from, source_to
FROM plan_obligation WHERE tenant_id = $1 AND version_id = $2 ORDER BY seq;

-- name: EDIT_OBLIGATION_REMOVE
DELETE FROM plan_obligation WHERE tenant_id = $1 AND version_id = $2 AND seq = $3;

-- name: EDIT_ACTION_TARGETS
SELECT seq, action_no, indicator, op, value, max, unit, year, year_inferred, advisory, strength,
       raw, source_from, source_to
FROM plan_target WHERE tenant_id = $1 AND version_id = $2 AND task_id IS NULL ORDER BY seq;

-- name: EDIT_TARGET_REMOVE
DELETE FROM plan_target WHERE tenant_id = $1 AND version_id = $2 AND seq = $3;

-- name: EDIT_WARNINGS
SELECT w.seq, w.task_id, w.code, w.words, e.state, e.why, e.person, e.person_name, e.at
FROM plan_warning w LEFT JOIN plan_warning_end e
  ON e.tenant_id = w.tenant_id AND e.version_id = w.version_id AND e.seq = w.seq
WHERE w.tenant_id = $1 AND w.version_id = $2 ORDER BY w.seq;

-- name: EDIT_WARNING_TASK
UPDATE plan_warning SET task_id = $1 WHERE tenant_id = $2 AND version_id = $3 AND seq = $4;

-- name: EDIT_WARNING_OPEN
DELETE FROM plan_warning_end WHERE tenant_id = $1 AND version_id = $2 AND seq = $3;

-- name: EDIT_WARNINGS_OPEN
DELETE FROM plan_warning_end WHERE tenant_id = $1 AND version_id = $2;

-- name: EDIT_WARNING_END
INSERT INTO plan_warning_end (tenant_id, version_id, seq, state, why, person, person_name, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: EDIT_COUNTS
UPDATE plan_version SET
    tasks = (SELECT count(*) FROM plan_task t WHERE t.tenant_id = $1 AND t.version_id = $2),
    actions = (SELECT count(*) FROM plan_action a WHERE a.tenant_id = $1 AND a.version_id = $2),
    targets = (SELECT count(*) FROM plan_target g WHERE g.tenant_id = $1 AND g.version_id = $2),
    obligations = (SELECT count(*) FROM plan_obligation o
                   WHERE o.tenant_id = $1 AND o.version_id = $2),
    warnings = (SELECT count(*) FROM plan_warning w WHERE w.tenant_id = $1 AND w.version_id = $2)
             - (SELECT count(*) FROM plan_warning_end e
                WHERE e.tenant_id = $1 AND e.version_id = $2)
WHERE tenant_id = $1 AND id = $2;

-- name: EDIT_COUNT_UNITS
UPDATE plan_version SET units = (
    SELECT count(DISTINCT u.name) FROM plan_task t CROSS JOIN plan_task_unit u
    WHERE t.tenant_id = $1 AND t.version_id = $2 AND u.tenant_id = t.tenant_id
      AND u.task_id = t.id)
WHERE tenant_id = $1 AND id = $2;

-- ---- steps ----

-- name: STEP_ADD
INSERT INTO plan_step (tenant_id, version_id, no, ops, to_no, person, person_name, at, why,
                       row_count)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: STEP_ROW_ADD
INSERT INTO plan_step_row (tenant_id, version_id, step_no, seq, kind, item_id, before_was, after_is)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: STEP_LIST
-- filter: no = no
-- order: no = no
-- key: no
SELECT no, ops, to_no, person_name, at, why, row_count FROM plan_step
WHERE tenant_id = $1 AND version_id = $2 {where} {order};

-- name: STEP_COUNT
SELECT count(*) FROM plan_step WHERE tenant_id = $1 AND version_id = $2;

-- name: STEP_ROWS
SELECT kind, item_id, before_was, after_is FROM plan_step_row
WHERE tenant_id = $1 AND version_id = $2 AND step_no = $3 ORDER BY seq LIMIT $4;

-- name: STEP_ITEMS_SINCE
-- What was changed behind a step, without the texts.
SELECT step_no, kind, item_id, after_is IS NULL FROM plan_step_row
WHERE tenant_id = $1 AND version_id = $2 AND step_no > $3 ORDER BY step_no, seq LIMIT $4;

-- name: STEP_ROWS_BACK
SELECT kind, item_id, before_was FROM plan_step_row
WHERE tenant_id = $1 AND version_id = $2 AND step_no > $3 ORDER BY step_no DESC, seq DESC;

-- ---- memory ----

-- name: MEMORY_LIST
-- filter: kind = kind
-- order: newest = id
-- key: id
SELECT id, kind, phrase, meaning, person_name, at, from_version, from_step, uses, used_at, version
FROM plan_memory WHERE tenant_id = $1 {where} {order};

-- name: MEMORY_GET
SELECT id, kind, phrase, meaning, person_name, at, from_version, from_step, uses, used_at, version
FROM plan_memory WHERE tenant_id = $1 AND id = $2;

-- name: MEMORY_BY_PHRASE
SELECT id, kind, phrase, meaning, person_name, at, from_version, from_step, uses, used_at, version
FROM plan_memory WHERE tenant_id = $1 AND kind = $2 AND phrase = $3;

-- name: MEMORY_COUNT
SELECT count(*) FROM plan_memory WHERE tenant_id = $1;

-- name: MEMORY_COUNT_KIND
SELECT count(*) FROM plan_memory WHERE tenant_id = $1 AND kind = $2;

-- name: MEMORY_ADD
INSERT INTO plan_memory (tenant_id, id, kind, phrase, meaning, from_version, from_step, person,
                         person_name, at, uses, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 1);

-- name: MEMORY_SET
UPDATE plan_memory SET meaning = $1, from_version = $2, from_step = $3, person = $4,
                       person_name = $5, at = $6, version = version + 1
WHERE tenant_id = $7 AND id = $8;

-- name: MEMORY_USED
UPDATE plan_memory SET uses = uses + $1, used_at = $2 WHERE tenant_id = $3 AND id = $4;

-- name: MEMORY_REMOVE
DELETE FROM plan_memory WHERE tenant_id = $1 AND id = $2;

-- name: MEMORY_UNLEARN
-- What steps behind $3 taught and nothing has used.
DELETE FROM plan_memory WHERE tenant_id = $1 AND from_version = $2 AND from_step > $3 AND uses = 0;

-- name: EDIT_STEP_ROWS_REMOVE
DELETE FROM plan_step_row WHERE tenant_id = $1 AND version_id = $2;

-- name: EDIT_STEPS_REMOVE
DELETE FROM plan_step WHERE tenant_id = $1 AND version_id = $2;
