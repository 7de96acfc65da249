-- The statements of duty/: rules and calendar, the clock's row, schedules, raising.  Those of lists,
-- lights and notices stand in their parts below.

-- ---- rules, calendar, clock ----

-- name: DUTY_RULES
SELECT r.name, r.value, c.rules_version, CASE WHEN c.relight_from IS NULL THEN 0 ELSE 1 END FROM duty_clock c
LEFT JOIN duty_rule r ON r.tenant_id = c.tenant_id WHERE c.tenant_id = $1;

-- name: DUTY_RULE_SET
INSERT INTO duty_rule (tenant_id, name, value) VALUES ($1, $2, $3)
ON CONFLICT (tenant_id, name) DO UPDATE SET value = excluded.value;

-- name: DUTY_RULE_REMOVE
DELETE FROM duty_rule WHERE tenant_id = $1 AND name = $2;

-- name: DUTY_RULES_TOUCH
UPDATE duty_clock SET rules_version = rules_version + 1 WHERE tenant_id = $1 AND rules_version = $2;

-- name: DUTY_RULE_NOTE
INSERT INTO duty_rule_change (tenant_id, id, name, old_value, new_value, back, why, actor_id, actor_name, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: DUTY_RULE_CHANGES
-- filter: name = c.name
-- order: at = c.id
-- key: c.id
SELECT c.id, c.name, c.old_value, c.new_value, c.back, c.why, c.actor_name, c.at FROM duty_rule_change c
WHERE c.tenant_id = $1 {where} {order};

-- name: DUTY_RULES_LAST
-- The last change of each rule.
SELECT c.id, c.name, c.old_value, c.new_value, c.back, c.why, c.actor_name, c.at FROM duty_rule_change c
WHERE c.tenant_id = $1
  AND c.id = (SELECT max(m.id) FROM duty_rule_change m WHERE m.tenant_id = c.tenant_id AND m.name = c.name);

-- name: RELIGHT_LEFT
SELECT relight_from, relight_after FROM duty_clock WHERE tenant_id = $1 AND relight_from IS NOT NULL;

-- name: RELIGHT_SET
UPDATE duty_clock SET relight_from = $1, relight_after = $2 WHERE tenant_id = $3;

-- name: RELIGHT_TENANTS
-- scan: the clock's own look: a row a jurisdiction
SELECT tenant_id FROM duty_clock WHERE relight_from IS NOT NULL ORDER BY tenant_id;

-- name: RELIGHT_DUTIES
SELECT id FROM duty WHERE tenant_id = $1 AND id > $2 ORDER BY id LIMIT $3;

-- name: DUTY_DAYS
SELECT day, works, name, source FROM duty_day WHERE tenant_id = $1 ORDER BY day;

-- name: DUTY_DAY_SET
INSERT INTO duty_day (tenant_id, day, works, name, source) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (tenant_id, day) DO UPDATE
SET works = excluded.works, name = excluded.name, source = excluded.source;

-- name: DUTY_CLOCK_GET
SELECT office_id, raised_to, ran_on FROM duty_clock WHERE tenant_id = $1;

-- name: DUTY_CLOCK_ADD
INSERT INTO duty_clock (tenant_id, office_id, raised_to, ran_on, rules_version) VALUES ($1, $2, $3, $4, 1);

-- name: DUTY_CLOCK_RAISED
UPDATE duty_clock SET raised_to = $1 WHERE tenant_id = $2 AND raised_to < $1;

-- name: RAISED_MANY @sqlite
-- SQLite's plans here need no statistics.
SELECT 1 WHERE 1 = 0;

-- name: RAISED_MANY @pgsql
-- Statistics at once where the tables are more than twice as large as when they were last looked at: autovacuum
-- comes within a minute, and until then one of many indexes is as good as another to the planner.
DO 'BEGIN
  IF (SELECT pg_relation_size(c.oid) / 8192 > 2 * greatest(c.relpages, 8) FROM pg_class c
      WHERE c.oid = CAST(''obligation_row'' AS regclass))
  THEN ANALYZE obligation, obligation_row, duty, duty_unit, duty_date, unit; END IF; END';

-- name: DUTY_CLOCK_RAN
-- Day $1 is run, and what changed is told up to where it was begun.
UPDATE duty_clock SET ran_on = $1, told_id = coalesce(tell_to, told_id), tell_to = NULL WHERE tenant_id = $2 AND ran_on < $1;

-- name: DUTY_CLOCKS
-- scan: the clock's own look: a row a jurisdiction
SELECT tenant_id, office_id, raised_to, ran_on FROM duty_clock ORDER BY tenant_id;

-- name: DUTY_NOTE
INSERT INTO duty_move (tenant_id, id, about, about_id, move, from_state, to_state, happened_on,
                       recorded_at, person_id, person_name, why, before)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- ---- what a duty task's schedule is made of ----

-- name: DUTY_DATES_CLEAR
DELETE FROM duty_date WHERE tenant_id = $1 AND duty_id = $2;

-- name: DUTY_DATE_ADD
INSERT INTO duty_date (tenant_id, duty_id, side, at) VALUES ($1, $2, $3, $4)
ON CONFLICT (tenant_id, duty_id, side, at) DO NOTHING;

-- name: DUTY_DATES
SELECT at FROM duty_date WHERE tenant_id = $1 AND duty_id = $2 AND side = 'lead' ORDER BY at;

-- ---- raising: a range of duty tasks, from a month-day in a year until a day ----

-- name: RAISE_WANTED
-- Who returns what when; a body owes nothing behind its last day.  (+d.id: else SQLite takes the range of ids for every one of them.)
SELECT u.unit_id, d.id, d.programme_id, CASE WHEN t.at >= $1 THEN CAST($2 AS TEXT) ELSE CAST($3 AS TEXT) END || t.at,
       d.cadence
FROM duty d CROSS JOIN duty_unit u CROSS JOIN duty_date t
WHERE d.tenant_id = $4 AND d.id BETWEEN $5 AND $6 AND d.live = 1
  AND u.tenant_id = d.tenant_id AND u.duty_id = +d.id AND u.side <> 'none'
  AND t.tenant_id = d.tenant_id AND t.duty_id = +d.id AND t.side = u.side
  AND CASE WHEN t.at >= $1 THEN CAST($2 AS TEXT) ELSE CAST($3 AS TEXT) END || t.at <= $7
  AND CASE WHEN t.at >= $1 THEN CAST($2 AS TEXT) ELSE CAST($3 AS TEXT) END || t.at >= d.starts_on
  AND CASE WHEN t.at >= $1 THEN CAST($2 AS TEXT) ELSE CAST($3 AS TEXT) END || t.at <= d.ends_on
  AND CASE WHEN t.at >= $1 THEN CAST($2 AS TEXT) ELSE CAST($3 AS TEXT) END || t.at >= u.from_on
  AND CASE WHEN t.at >= $1 THEN CAST($2 AS TEXT) ELSE CAST($3 AS TEXT) END || t.at <= u.to_on
  AND (u.unit_id NOT IN (SELECT b.id FROM unit b WHERE b.tenant_id = $4 AND b.kind = 'committee' AND b.ends_on < $7)
       OR (SELECT b.ends_on FROM unit b WHERE b.tenant_id = u.tenant_id AND b.id = u.unit_id)
          >= CASE WHEN t.at >= $1 THEN CAST($2 AS TEXT) ELSE CAST($3 AS TEXT) END || t.at);

-- name: RAISE_OWED @sqlite
-- The returns of units from a day to a day; the last column: whether they take rows still.
SELECT o.unit_id, o.about, o.raised_for, o.due, o.id, CASE WHEN o.state IN ('due', 'returned') THEN 1 ELSE 0 END
FROM obligation o
WHERE o.tenant_id = $1 AND o.unit_id IN (SELECT value FROM json_each($2)) AND o.kind = 'return'
  AND o.raised_for BETWEEN $3 AND $4;

-- name: RAISE_OWED @pgsql
SELECT o.unit_id, o.about, o.raised_for, o.due, o.id, CASE WHEN o.state IN ('due', 'returned') THEN 1 ELSE 0 END
FROM obligation o
WHERE o.tenant_id = $1
  AND o.unit_id = ANY (ARRAY(SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($2 AS JSON))))
  AND o.kind = 'return' AND o.raised_for BETWEEN $3 AND $4;

-- name: RAISE_HELD
SELECT duty_id, obligation_id FROM obligation_row WHERE tenant_id = $1 AND duty_id BETWEEN $2 AND $3
ORDER BY duty_id, obligation_id;

-- name: RAISE_ROWS @sqlite
-- $2: a list of [obligation, duty, unit, due].
INSERT INTO obligation_row (tenant_id, obligation_id, duty_id, unit_id, due, state)
SELECT $1, json_extract(r.value, '$[0]'), json_extract(r.value, '$[1]'), json_extract(r.value, '$[2]'),
       json_extract(r.value, '$[3]'), 'open' FROM json_each($2) r;

-- name: RAISE_ROWS @pgsql
INSERT INTO obligation_row (tenant_id, obligation_id, duty_id, unit_id, due, state)
SELECT CAST($1 AS BIGINT), CAST(r.value ->> 0 AS BIGINT), CAST(r.value ->> 1 AS BIGINT), CAST(r.value ->> 2 AS BIGINT),
       r.value ->> 3, 'open' FROM json_array_elements(CAST($2 AS JSON)) r;

-- name: RAISE_DECISIONS
-- The programmes with duty tasks about whose end is to be decided on day $4, and none that asks.
SELECT DISTINCT d.programme_id FROM duty d
WHERE d.tenant_id = $1 AND d.id BETWEEN $2 AND $3 AND d.live = 1 AND d.kind = 'task' AND d.restricted = 0
  AND d.deadline_kind <> 'complete_by' AND d.starts_on <= $4
  AND (d.ends_on >= $4
       OR d.deadline_kind = 'full_year' -- of a year that is over: asked once more, where nobody asks yet
          AND NOT EXISTS (SELECT 1 FROM obligation_row r JOIN obligation e ON e.tenant_id = r.tenant_id AND e.id = r.obligation_id
                          WHERE r.tenant_id = d.tenant_id AND r.duty_id = d.id AND r.state = 'open' AND e.kind = 'decision'))
  AND NOT (d.deadline_kind = 'full_year' AND substr(d.due, 1, 4) > substr($4, 1, 4))
  AND NOT EXISTS (SELECT 1 FROM obligation o
                  WHERE o.tenant_id = d.tenant_id AND o.unit_id = $5 AND o.kind = 'decision'
                    AND o.raised_for = $4 AND o.about = d.programme_id);

-- name: RAISE_DECISION_ROWS
INSERT INTO obligation_row (tenant_id, obligation_id, duty_id, unit_id, due, state)
SELECT o.tenant_id, o.id, d.id, o.unit_id, o.due, 'open'
FROM duty d CROSS JOIN obligation o
WHERE d.tenant_id = $1 AND d.id BETWEEN $2 AND $3 AND d.live = 1 AND d.kind = 'task' AND d.restricted = 0
  AND d.deadline_kind <> 'complete_by' AND d.starts_on <= $4
  AND (d.ends_on >= $4
       OR d.deadline_kind = 'full_year' -- of a year that is over: asked once more, where nobody asks yet
          AND NOT EXISTS (SELECT 1 FROM obligation_row r JOIN obligation e ON e.tenant_id = r.tenant_id AND e.id = r.obligation_id
                          WHERE r.tenant_id = d.tenant_id AND r.duty_id = d.id AND r.state = 'open' AND e.kind = 'decision'))
  AND NOT (d.deadline_kind = 'full_year' AND substr(d.due, 1, 4) > substr($4, 1, 4))
  AND o.tenant_id = d.tenant_id AND o.unit_id = $5 AND o.kind = 'decision' AND o.raised_for = $4
  AND o.about = d.programme_id AND o.state = 'to_do'
ON CONFLICT (tenant_id, obligation_id, duty_id) DO NOTHING;

-- name: RAISE_ENDS
-- Duty tasks whose start or finish is due by $5 and not asked yet, of the office ($1) where the owner is a body that has
-- ended by then: the list of what is due does not tell the title of a restricted one.
SELECT d.id, d.programme_id,
       CASE WHEN EXISTS (SELECT 1 FROM unit b WHERE b.tenant_id = d.tenant_id AND b.id = d.owner_id AND b.kind = 'committee'
                           AND b.ends_on < d.due) THEN CAST($1 AS BIGINT) ELSE d.owner_id END,
       d.due, CASE WHEN d.restricted = 1 THEN '' ELSE d.title END,
       CASE d.deadline_kind WHEN 'start_by' THEN 'start' ELSE 'finish' END
FROM duty d
WHERE d.tenant_id = $2 AND d.id BETWEEN $3 AND $4 AND d.live = 1 AND d.due <= $5
  AND (d.deadline_kind = 'complete_by'
       OR d.deadline_kind = 'start_by' AND d.state IN ('raised', 'assigned', 'acknowledged', 'dispatched'))
  AND NOT EXISTS (SELECT 1 FROM obligation o
                  WHERE o.tenant_id = d.tenant_id AND o.duty_id = d.id
                    AND o.kind = CASE d.deadline_kind WHEN 'start_by' THEN 'start' ELSE 'finish' END);

-- name: OWED_ADD
INSERT INTO obligation (tenant_id, id, programme_id, kind, unit_id, raised_for, about, due, period, duty_id,
                        document_id, title, state, state_on, open, chases, changed_at, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $6, $8, $9, $10, $11, $12, $13, 1, 0, $14, 1)
ON CONFLICT (tenant_id, unit_id, kind, raised_for, about) DO NOTHING;

-- name: DUTY_PAGE
-- The last of a page of duty tasks behind $2.
-- scan: of the page, 16 ids
SELECT max(id), count(*) FROM
    (SELECT id FROM duty WHERE tenant_id = $1 AND id > $2 ORDER BY id LIMIT $3) page;

-- name: DUTY_DOCUMENTS
SELECT p.document_id, p.version_id, d.programme_id FROM duty_plan p
JOIN document d ON d.tenant_id = p.tenant_id AND d.id = p.document_id
WHERE p.tenant_id = $1 AND p.done = 1 ORDER BY p.document_id;

-- name: DUTY_PLAN_OBLIGATIONS
SELECT kind, who, what, frequency, due FROM plan_obligation
WHERE tenant_id = $1 AND version_id = $2 ORDER BY seq;

-- name: DUTY_PLAN_HAS_RETURNS
SELECT count(*) FROM plan_task
WHERE tenant_id = $1 AND version_id = $2 AND CAST(returns_due AS TEXT) <> '[]';

-- ---- what follows a change of duty task $ ----

-- name: DUTY_ROWS_WITHDRAW
-- Rows that its schedule has no more.
UPDATE obligation_row SET state = 'withdrawn', why = $1
WHERE tenant_id = $2 AND duty_id = $3 AND due >= $4 AND state IN ('open', 'returned')
  AND NOT EXISTS (
    SELECT 1 FROM obligation o
    JOIN duty d ON d.tenant_id = o.tenant_id AND d.id = $3
    JOIN duty_unit u ON u.tenant_id = o.tenant_id AND u.duty_id = d.id AND u.unit_id = o.unit_id
    JOIN duty_date t ON t.tenant_id = o.tenant_id AND t.duty_id = d.id AND t.side = u.side
    WHERE o.tenant_id = obligation_row.tenant_id AND o.id = obligation_row.obligation_id AND o.kind = 'return'
      AND d.live = 1 AND t.at = substr(o.raised_for, 6) AND o.raised_for >= d.starts_on
      AND o.raised_for <= d.ends_on AND o.raised_for >= u.from_on AND o.raised_for <= u.to_on
      AND NOT EXISTS (SELECT 1 FROM unit b WHERE b.tenant_id = o.tenant_id AND b.id = o.unit_id AND b.kind = 'committee'
                        AND b.ends_on < o.raised_for))
  AND NOT EXISTS (
    SELECT 1 FROM obligation o JOIN duty d ON d.tenant_id = o.tenant_id AND d.id = $3
    WHERE o.tenant_id = obligation_row.tenant_id AND o.id = obligation_row.obligation_id AND o.kind = 'decision'
      AND d.live = 1 AND d.deadline_kind <> 'complete_by' AND o.raised_for >= d.starts_on AND o.raised_for <= d.ends_on);

-- name: DUTY_ROWS_REOPEN
UPDATE obligation_row SET state = 'open', why = NULL
WHERE tenant_id = $1 AND duty_id = $2 AND due >= $3 AND state = 'withdrawn'
  AND (EXISTS (
    SELECT 1 FROM obligation o
    JOIN duty d ON d.tenant_id = o.tenant_id AND d.id = $2
    JOIN duty_unit u ON u.tenant_id = o.tenant_id AND u.duty_id = d.id AND u.unit_id = o.unit_id
    JOIN duty_date t ON t.tenant_id = o.tenant_id AND t.duty_id = d.id AND t.side = u.side
    WHERE o.tenant_id = obligation_row.tenant_id AND o.id = obligation_row.obligation_id AND o.kind = 'return'
      AND o.state IN ('due', 'returned')
      AND d.live = 1 AND t.at = substr(o.raised_for, 6) AND o.raised_for >= d.starts_on
      AND o.raised_for <= d.ends_on AND o.raised_for >= u.from_on AND o.raised_for <= u.to_on
      AND NOT EXISTS (SELECT 1 FROM unit b WHERE b.tenant_id = o.tenant_id AND b.id = o.unit_id AND b.kind = 'committee'
                        AND b.ends_on < o.raised_for))
  OR EXISTS (
    SELECT 1 FROM obligation o JOIN duty d ON d.tenant_id = o.tenant_id AND d.id = $2
    WHERE o.tenant_id = obligation_row.tenant_id AND o.id = obligation_row.obligation_id AND o.kind = 'decision'
      AND o.state = 'to_do'
      AND d.live = 1 AND d.deadline_kind <> 'complete_by' AND o.raised_for >= d.starts_on AND o.raised_for <= d.ends_on));

-- name: DUTY_RETURNS_EMPTY
-- A return, or a list of decisions, is owed while one of its rows is.
UPDATE obligation SET open = CASE WHEN EXISTS (
        SELECT 1 FROM obligation_row r WHERE r.tenant_id = obligation.tenant_id AND r.obligation_id = obligation.id
          AND r.state IN ('open', 'returned')) THEN 1 ELSE 0 END
WHERE tenant_id = $1 AND kind IN ('return', 'decision') AND state IN ('due', 'returned', 'to_do')
  AND id IN (SELECT r.obligation_id FROM obligation_row r WHERE r.tenant_id = $1 AND r.duty_id = $2);

-- name: DUTY_DECIDED
-- Its year-end decisions up to $4 are taken.
UPDATE obligation_row SET state = 'accepted', sent_on = $1
WHERE tenant_id = $2 AND duty_id = $3 AND due <= $4 AND state IN ('open', 'withdrawn')
  AND EXISTS (SELECT 1 FROM obligation o WHERE o.tenant_id = obligation_row.tenant_id
                AND o.id = obligation_row.obligation_id AND o.kind = 'decision');

-- name: DUTY_DECISIONS_DONE
UPDATE obligation SET state = 'done', state_on = $1, open = 0, version = version + 1
WHERE tenant_id = $2 AND kind = 'decision' AND state = 'to_do'
  AND id IN (SELECT r.obligation_id FROM obligation_row r WHERE r.tenant_id = $2 AND r.duty_id = $3)
  AND EXISTS (SELECT 1 FROM obligation_row r WHERE r.tenant_id = obligation.tenant_id
                AND r.obligation_id = obligation.id AND r.state = 'accepted')
  AND NOT EXISTS (SELECT 1 FROM obligation_row r WHERE r.tenant_id = obligation.tenant_id
                    AND r.obligation_id = obligation.id AND r.state = 'open');

-- name: DUTY_ENDS
SELECT id, kind, state, due, unit_id FROM obligation
WHERE tenant_id = $1 AND duty_id = $2 AND kind IN ('start', 'finish');

-- name: DUTY_END_SET
UPDATE obligation SET state = $1, state_on = $2, open = $3, due = $4, unit_id = $5, changed_at = $6,
                      version = version + 1
WHERE tenant_id = $7 AND id = $8;

-- name: DUTY_SHAPE
-- What its schedule is made of; the last column: who owes its start and finish.
SELECT live, state, deadline_kind, due, starts_on, ends_on, owner_id, cadence, programme_id, kind, title, strength,
       progress, action_no, version, origin, restricted,
       CASE WHEN EXISTS (SELECT 1 FROM unit b WHERE b.tenant_id = duty.tenant_id AND b.id = duty.owner_id AND b.kind = 'committee'
                           AND b.ends_on < duty.due)
            THEN (SELECT c.office_id FROM duty_clock c WHERE c.tenant_id = duty.tenant_id) ELSE owner_id END
FROM duty WHERE tenant_id = $1 AND id = $2;

-- ---- from plans ----

-- name: DUTY_PLAN_GET
SELECT version_id, after_id, done FROM duty_plan WHERE tenant_id = $1 AND document_id = $2;

-- name: DUTY_PLAN_SET
INSERT INTO duty_plan (tenant_id, document_id, version_id, after_id, done) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (tenant_id, document_id) DO UPDATE
SET version_id = excluded.version_id, after_id = excluded.after_id, done = excluded.done;

-- name: DUTY_PLANS_OPEN
-- Published versions whose duty tasks are not all made.
SELECT v.id FROM plan_version v
LEFT JOIN duty_plan p ON p.tenant_id = v.tenant_id AND p.document_id = v.document_id AND p.version_id = v.id
                     AND p.done = 1
WHERE v.tenant_id = $1 AND v.state = 'published' AND p.version_id IS NULL ORDER BY v.id;

-- name: DUTY_PLAN_TENANTS
-- scan: once at the start of the program; a row a version
SELECT DISTINCT tenant_id FROM plan_version WHERE state = 'published' ORDER BY tenant_id;

-- name: DUTY_PLAN_TASKS
SELECT id, line_id, action_no, action, no, title, text, deadline_kind, due, strength, cadence, returns_due, deliverables,
       lead_proposed, deadline_dates, programme_id
FROM plan_task WHERE tenant_id = $1 AND version_id = $2 AND id > $3 ORDER BY id LIMIT $4;

-- name: DUTY_PLAN_TASK_UNITS
SELECT unit_id, role FROM plan_task_unit
WHERE tenant_id = $1 AND task_id = $2 AND extra = 0 ORDER BY seq;

-- name: DUTY_BY_LINE
SELECT id, state, live, owner_id, unsettled, cadence, way, title, text, due, deadline_kind, strength, version
FROM duty WHERE tenant_id = $1 AND document_id = $2 AND line_id = $3;

-- name: DUTY_REPLACED
-- The document that version $2, of document $3, took the place of when it was published.
SELECT o.document_id FROM plan_version v
JOIN plan_version o ON o.tenant_id = v.tenant_id AND o.id = v.against_id
WHERE v.tenant_id = $1 AND v.id = $2 AND o.document_id <> $3 AND o.state = 'superseded';

-- name: DUTY_PLAN_REMOVE
DELETE FROM duty_plan WHERE tenant_id = $1 AND document_id = $2;

-- name: OWED_BY_DOCUMENT
-- What a document itself asks for and is still owed behind day $3.
SELECT id, version FROM obligation
WHERE tenant_id = $1 AND document_id = $2 AND open = 1 AND due > $3 AND duty_id IS NULL ORDER BY id;

-- name: DUTY_ADD
INSERT INTO duty (tenant_id, id, programme_id, kind, origin, notice_id, document_id, version_id, plan_task_id, line_id,
                  action_no, action, no, title, text, state, state_on, live, deadline_kind, due, starts_on, ends_on,
                  strength, cadence, way, owner_id, unsettled, deliverable, leader, given_on, words,
                  restricted, created_at, changed_at, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 1, $18, $19, $20, $21, $22, $23,
        $24, $25, $26, $27, $28, $29, $30, $31, $32, $32, 1);

-- name: DUTY_RENEW
-- What a new version of its document, or the document that takes its place, says.
UPDATE duty SET version_id = $1, document_id = $2, plan_task_id = $3, action_no = $4, action = $5, no = $6, title = $7,
                text = $8, state = $9, state_on = $10, deadline_kind = $11, due = $12, ends_on = $13, strength = $14,
                cadence = $15, way = $16, owner_id = $17, unsettled = $18, deliverable = $19, changed_at = $20,
                version = version + 1
WHERE tenant_id = $21 AND id = $22;

-- name: DUTY_DROPPED
-- Duty tasks of a document that version $3 holds no more.
SELECT id, state FROM duty
WHERE tenant_id = $1 AND document_id = $2 AND version_id <> $3 AND live = 1 ORDER BY id;

-- name: DUTY_HEAD
SELECT d.title, v.remarks, v.state, v.document_id FROM plan_version v
JOIN document d ON d.tenant_id = v.tenant_id AND d.id = v.document_id
WHERE v.tenant_id = $1 AND v.id = $2;

-- name: DUTY_NOTICE_ADD
INSERT INTO duty_notice (tenant_id, id, origin, version_id, title, issued_on, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: DUTY_NOTICE_OF_VERSION
SELECT id FROM duty_notice WHERE tenant_id = $1 AND version_id = $2;

-- name: DUTY_RECEIPT_ADD
INSERT INTO duty_receipt (tenant_id, notice_id, unit_id) VALUES ($1, $2, $3)
ON CONFLICT (tenant_id, notice_id, unit_id) DO NOTHING;

-- ---- parts ----

-- name: DUTY_PARTS
SELECT p.unit_id, p.role, p.side, p.from_on, p.to_on, u.standing FROM duty_unit p
LEFT JOIN unit u ON u.tenant_id = p.tenant_id AND u.id = p.unit_id
WHERE p.tenant_id = $1 AND p.duty_id = $2 ORDER BY p.unit_id;

-- name: DUTY_PART_SET
INSERT INTO duty_unit (tenant_id, duty_id, unit_id, role, side, from_on, to_on)
VALUES ($1, $2, $3, $4, $5, $6, '9999-12-31')
ON CONFLICT (tenant_id, duty_id, unit_id) DO UPDATE
SET role = excluded.role, side = excluded.side, to_on = excluded.to_on;

-- name: DUTY_PART_END
UPDATE duty_unit SET to_on = $1 WHERE tenant_id = $2 AND duty_id = $3 AND unit_id = $4;

-- ---- lists ----

-- name: DUTY_LIST
-- $1: today.  The filter sight names the restricted ones that are seen; whose part it is does not count for them.
-- A state's order is how far the thing has come, whatever its kind (the index duty_by_rank has the same expression: with a
-- state more it is made anew); a light's is red first, none last.
-- filter: programme = d.programme_id
-- filter: document = d.document_id
-- filter: owner = d.owner_id
-- filter: notice = d.notice_id
-- filter: action_no = d.action_no
-- filter: kind = d.kind
-- filter: origin = d.origin
-- filter: state = d.state
-- filter: unsettled = d.unsettled
-- filter: light = l.light
-- filter: tag = ? IN (SELECT g.tag FROM duty_tag g WHERE g.tenant_id = d.tenant_id AND g.duty_id = d.id UNION ALL SELECT l.tag FROM line_tag l WHERE l.tenant_id = d.tenant_id AND l.line_id = d.line_id)
-- filter: unit = EXISTS (SELECT 1 FROM duty_unit p WHERE p.tenant_id = d.tenant_id AND p.duty_id = d.id AND p.unit_id = ?)
-- filter @sqlite: scope = (d.restricted = 1 OR EXISTS (SELECT 1 FROM duty_unit s WHERE s.tenant_id = d.tenant_id AND s.duty_id = d.id AND s.unit_id IN (SELECT value FROM json_each(?))))
-- filter @pgsql: scope = (d.restricted = 1 OR EXISTS (SELECT 1 FROM duty_unit s WHERE s.tenant_id = d.tenant_id AND s.duty_id = d.id AND s.unit_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON)))))
-- filter @sqlite: sight = (d.restricted = 0 OR d.id IN (SELECT value FROM json_each(?)))
-- filter @pgsql: sight = (d.restricted = 0 OR d.id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON))))
-- order: no = d.id
-- order: due = d.due
-- order: action = d.action_no
-- order: owner = d.owner_id
-- order: state = CASE d.state WHEN 'raised' THEN 0 WHEN 'assigned' THEN 1 WHEN 'ordered' THEN 2 WHEN 'to_do' THEN 2 WHEN 'to_visit' THEN 2 WHEN 'counted' THEN 2 WHEN 'acknowledged' THEN 3 WHEN 'dispatched' THEN 4 WHEN 'in_hand' THEN 5 WHEN 'returned' THEN 6 WHEN 'extended' THEN 7 WHEN 'amended' THEN 8 WHEN 'carried_over' THEN 9 WHEN 'suspended' THEN 10 WHEN 'paused' THEN 10 WHEN 'completion_asked' THEN 11 WHEN 'closing_asked' THEN 11 WHEN 'reviewed' THEN 12 WHEN 'checked' THEN 12 WHEN 'laid_before' THEN 12 WHEN 'done' THEN 13 WHEN 'read' THEN 13 WHEN 'met' THEN 13 WHEN 'visited' THEN 13 WHEN 'struck_off' THEN 13 WHEN 'not_met' THEN 14 WHEN 'lost' THEN 14 WHEN 'withdrawn' THEN 14 WHEN 'archived' THEN 15 ELSE -1 END
-- order: light = CASE l.light WHEN 'red' THEN 0 WHEN 'yellow' THEN 1 WHEN 'green' THEN 2 WHEN 'grey' THEN 3 ELSE 4 END
-- key: d.id
SELECT d.id, d.programme_id, d.notice_id, d.document_id, d.plan_task_id, d.kind, d.origin, d.action_no, d.action, d.no,
       d.title, d.state, d.state_on, d.deadline_kind, d.due, d.strength, d.cadence, d.way, d.owner_id, u.name,
       d.unsettled, d.deliverable, d.progress, l.light, l.reason, d.version, d.changed_at,
       CASE d.state WHEN 'raised' THEN 0 WHEN 'assigned' THEN 1 WHEN 'ordered' THEN 2 WHEN 'to_do' THEN 2 WHEN 'to_visit' THEN 2 WHEN 'counted' THEN 2 WHEN 'acknowledged' THEN 3 WHEN 'dispatched' THEN 4 WHEN 'in_hand' THEN 5 WHEN 'returned' THEN 6 WHEN 'extended' THEN 7 WHEN 'amended' THEN 8 WHEN 'carried_over' THEN 9 WHEN 'suspended' THEN 10 WHEN 'paused' THEN 10 WHEN 'completion_asked' THEN 11 WHEN 'closing_asked' THEN 11 WHEN 'reviewed' THEN 12 WHEN 'checked' THEN 12 WHEN 'laid_before' THEN 12 WHEN 'done' THEN 13 WHEN 'read' THEN 13 WHEN 'met' THEN 13 WHEN 'visited' THEN 13 WHEN 'struck_off' THEN 13 WHEN 'not_met' THEN 14 WHEN 'lost' THEN 14 WHEN 'withdrawn' THEN 14 WHEN 'archived' THEN 15 ELSE -1 END,
       CASE l.light WHEN 'red' THEN 0 WHEN 'yellow' THEN 1 WHEN 'green' THEN 2 WHEN 'grey' THEN 3 ELSE 4 END
FROM duty d
LEFT JOIN unit u ON u.tenant_id = d.tenant_id AND u.id = d.owner_id
LEFT JOIN duty_light l ON l.tenant_id = d.tenant_id AND l.duty_id = d.id AND l.unit_id = d.owner_id
                      AND l.from_on <= $1 AND l.until_on || '' > $1
WHERE d.tenant_id = $2 {where} {order};

-- name: DUTY_GET
SELECT d.text, d.doc_no, d.doc_on, d.leader, d.given_on, d.words, d.restricted
FROM duty d WHERE d.tenant_id = $1 AND d.id = $2;

-- name: DUTY_PARTS_SHOWN
SELECT p.unit_id, u.name, p.role, p.side, p.from_on, p.to_on, l.light
FROM duty_unit p
LEFT JOIN unit u ON u.tenant_id = p.tenant_id AND u.id = p.unit_id
LEFT JOIN duty_light l ON l.tenant_id = p.tenant_id AND l.duty_id = p.duty_id AND l.unit_id = p.unit_id
                      AND l.from_on <= $1 AND l.until_on || '' > $1
WHERE p.tenant_id = $2 AND p.duty_id = $3 ORDER BY p.role, p.unit_id;

-- name: DUTY_HANDLERS_SHOWN
SELECT h.id, h.unit_id, h.section_id, h.person_id, s.name, w.display_name, h.from_on, h.to_on
FROM duty_handler h
LEFT JOIN unit s ON s.tenant_id = h.tenant_id AND s.id = h.section_id
LEFT JOIN person w ON w.tenant_id = h.tenant_id AND w.id = h.person_id
WHERE h.tenant_id = $1 AND h.duty_id = $2 ORDER BY h.id;

-- name: DUTY_TAGS
-- Of its line of work where a plan ordered it, else its own.
SELECT l.tag FROM duty d JOIN line_tag l ON l.tenant_id = d.tenant_id AND l.line_id = d.line_id
WHERE d.tenant_id = $1 AND d.id = $2
UNION ALL
SELECT g.tag FROM duty_tag g WHERE g.tenant_id = $1 AND g.duty_id = $2 ORDER BY tag;

-- name: DUTY_TAGS_CLEAR
DELETE FROM duty_tag WHERE tenant_id = $1 AND duty_id = $2;

-- name: DUTY_TAG_ADD
INSERT INTO duty_tag (tenant_id, duty_id, tag) VALUES ($1, $2, $3) ON CONFLICT (tenant_id, duty_id, tag) DO NOTHING;

-- name: DUTY_HISTORY
SELECT id, move, from_state, to_state, happened_on, recorded_at, person_id, person_name, why, before
FROM duty_move WHERE tenant_id = $1 AND about = $2 AND about_id = $3 ORDER BY id;

-- name: DUTY_LAST_MOVER
SELECT person_id FROM duty_move WHERE tenant_id = $1 AND about = $2 AND about_id = $3 ORDER BY id DESC LIMIT 1;

-- ---- changes ----

-- name: DUTY_MOVE
UPDATE duty SET state = $1, state_on = $2, live = $3, doc_no = coalesce($4, doc_no), doc_on = coalesce($5, doc_on),
                due = coalesce($6, due), ends_on = coalesce($7, ends_on), progress = coalesce($8, progress),
                changed_at = $9, version = version + 1
WHERE tenant_id = $10 AND id = $11;

-- name: DUTY_FOR_MOVE
SELECT kind, state, live, version, deliverable, doc_no, doc_on, deadline_kind, due, owner_id, starts_on, line_id, restricted
FROM duty WHERE tenant_id = $1 AND id = $2;

-- name: DUTY_CORRECT
UPDATE duty SET title = coalesce($1, title), text = coalesce($2, text), strength = coalesce($3, strength),
                cadence = coalesce($4, cadence), deadline_kind = coalesce($5, deadline_kind), due = coalesce($6, due),
                ends_on = coalesce($7, ends_on), changed_at = $8, version = version + 1
WHERE tenant_id = $9 AND id = $10;

-- name: DUTY_WORDS
SELECT title, text, strength, cadence, deadline_kind, due, version FROM duty WHERE tenant_id = $1 AND id = $2;

-- ---- lights ----

-- name: LIGHT_ROWS
-- What duty task $2 owes in returns and had not sent before $3, due by $4.
SELECT r.unit_id, r.due, r.sent_on FROM obligation_row r
JOIN obligation o ON o.tenant_id = r.tenant_id AND o.id = r.obligation_id
WHERE r.tenant_id = $1 AND r.duty_id = $2 AND (r.sent_on IS NULL OR r.sent_on >= $3) AND r.due <= $4
  AND r.state <> 'withdrawn' AND o.kind = 'return';

-- name: LIGHT_ENDS
SELECT unit_id, due, CASE WHEN open = 1 THEN NULL ELSE state_on END FROM obligation
WHERE tenant_id = $1 AND duty_id = $2 AND kind IN ('start', 'finish') AND state <> 'withdrawn';

-- name: LIGHT_STATES
SELECT to_state, happened_on FROM duty_move
WHERE tenant_id = $1 AND about = 'duty' AND about_id = $2 AND from_state <> to_state ORDER BY id;

-- name: LIGHT_HELD
-- (until_on || '': else SQLite goes through all lights that hold on, here and below.)
SELECT unit_id, from_on, until_on, light, reason FROM duty_light
WHERE tenant_id = $1 AND duty_id = $2 AND until_on || '' >= $3 ORDER BY unit_id, from_on;

-- name: LIGHT_CLEAR
DELETE FROM duty_light WHERE tenant_id = $1 AND duty_id = $2 AND unit_id = $3 AND from_on >= $4;

-- name: LIGHT_REACH
UPDATE duty_light SET until_on = $1 WHERE tenant_id = $2 AND duty_id = $3 AND unit_id = $4 AND from_on = $5;

-- name: LIGHT_ADD
INSERT INTO duty_light (tenant_id, duty_id, unit_id, from_on, until_on, action_no, programme_id, leads, light, reason)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (tenant_id, duty_id, unit_id, from_on) DO UPDATE
SET until_on = excluded.until_on, light = excluded.light, reason = excluded.reason;

-- name: LIGHT_TOUCHED
-- Duty tasks whose lights a day ($4) may move: something was due the day before ($2), comes near
-- (due on $3), or progress is measured against the time.
SELECT r.duty_id FROM obligation_row r
WHERE r.tenant_id = $1 AND r.due = $2 AND r.state IN ('open', 'returned')
UNION SELECT r.duty_id FROM obligation_row r
WHERE r.tenant_id = $1 AND r.due = $3 AND r.state IN ('open', 'returned')
UNION SELECT o.duty_id FROM obligation o
WHERE o.tenant_id = $1 AND o.due = $2 AND o.open = 1 AND o.duty_id IS NOT NULL
UNION SELECT o.duty_id FROM obligation o
WHERE o.tenant_id = $1 AND o.due = $3 AND o.open = 1 AND o.duty_id IS NOT NULL
UNION SELECT d.id FROM duty d
WHERE d.tenant_id = $1 AND d.live = 1 AND d.progress < 100 AND d.deadline_kind = 'complete_by' AND d.due >= $4
ORDER BY 1;

-- name: LIGHT_SHAPES
-- Duty tasks as DUTY_SHAPE has them, up to its last column; then what people know them by.
-- filter @sqlite: sight = (d.restricted = 0 OR d.id IN (SELECT value FROM json_each(?)))
-- filter @pgsql: sight = (d.restricted = 0 OR d.id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON))))
-- key: d.id
SELECT d.live, d.state, d.deadline_kind, d.due, d.starts_on, d.ends_on, d.owner_id, d.cadence, d.programme_id, d.kind, d.title,
       d.strength, d.progress, d.action_no, d.version, d.origin, d.restricted, d.id, d.no, d.action, u.name
FROM duty d LEFT JOIN unit u ON u.tenant_id = d.tenant_id AND u.id = d.owner_id
WHERE d.tenant_id = $1 {where} {order};

-- name: LIGHTS_ROWS
-- As LIGHT_ROWS, LIGHT_ENDS, LIGHT_STATES, DUTY_PARTS and LIGHT_STANDINGS, of duty tasks $2 to $3: their id is the last column.
SELECT r.unit_id, r.due, r.sent_on, r.duty_id FROM obligation_row r
JOIN obligation o ON o.tenant_id = r.tenant_id AND o.id = r.obligation_id
WHERE r.tenant_id = $1 AND r.duty_id >= $2 AND r.duty_id <= $3 AND (r.sent_on IS NULL OR r.sent_on >= $4) AND r.due <= $5
  AND r.state <> 'withdrawn' AND o.kind = 'return' ORDER BY r.duty_id;

-- name: LIGHTS_ENDS
SELECT unit_id, due, CASE WHEN open = 1 THEN NULL ELSE state_on END, duty_id FROM obligation
WHERE tenant_id = $1 AND duty_id >= $2 AND duty_id <= $3 AND kind IN ('start', 'finish') AND state <> 'withdrawn'
ORDER BY duty_id;

-- name: LIGHTS_STATES
SELECT to_state, happened_on, about_id FROM duty_move
WHERE tenant_id = $1 AND about = 'duty' AND about_id >= $2 AND about_id <= $3 AND from_state <> to_state
ORDER BY about_id, id;

-- name: LIGHTS_PARTS
SELECT p.unit_id, p.role, p.side, p.from_on, p.to_on, u.standing, p.duty_id FROM duty_unit p
LEFT JOIN unit u ON u.tenant_id = p.tenant_id AND u.id = p.unit_id
WHERE p.tenant_id = $1 AND p.duty_id >= $2 AND p.duty_id <= $3 ORDER BY p.duty_id, p.unit_id;

-- name: LIGHTS_STANDINGS
SELECT s.unit_id, s.from_on, s.standing, p.duty_id FROM duty_unit p
JOIN unit_standing s ON s.tenant_id = p.tenant_id AND s.unit_id = p.unit_id
WHERE p.tenant_id = $1 AND p.duty_id >= $2 AND p.duty_id <= $3 ORDER BY p.duty_id, s.unit_id, s.from_on;

-- name: HEAT_MAP
SELECT action_no, unit_id, light, count(*) FROM duty_light
WHERE tenant_id = $1 AND until_on > $2 AND from_on <= $2 AND programme_id = $3
GROUP BY action_no, unit_id, light ORDER BY action_no, unit_id, light;

-- name: LIGHT_AT
-- The lights that the parts of duty task $4 had from day $3 to $2.
SELECT l.duty_id, l.unit_id, u.name, l.light, l.reason, l.from_on, l.until_on
FROM duty_light l LEFT JOIN unit u ON u.tenant_id = l.tenant_id AND u.id = l.unit_id
WHERE l.tenant_id = $1 AND l.from_on <= $2 AND l.until_on || '' > $3 AND l.duty_id = $4 ORDER BY l.unit_id, l.from_on;

-- name: ACTION_NAMES
SELECT DISTINCT action_no, action FROM duty WHERE tenant_id = $1 AND programme_id = $2 AND restricted = 0 ORDER BY action_no;

-- name: UNIT_NAMES
-- By kind, then by the first letters of how they are read.
SELECT u.id, u.name FROM unit u WHERE u.tenant_id = $1
  AND u.id IN (SELECT DISTINCT p.unit_id FROM duty_unit p WHERE p.tenant_id = $1)
ORDER BY CASE u.kind WHEN 'committee' THEN 0 WHEN 'government' THEN 1 WHEN 'party' THEN 2 WHEN 'mass' THEN 3 WHEN 'institution' THEN 4
         WHEN 'enterprise' THEN 5 ELSE 6 END,
         u.initials, u.name, u.id;

-- ---- notices to units, dispatch ----

-- name: RECEIPT_LIST
-- $2: 1 where only those that wait; $3, $4: behind this notice and unit.
-- filter: notice = r.notice_id
-- filter: unit = r.unit_id
-- filter @sqlite: scope = r.unit_id IN (SELECT value FROM json_each(?))
-- filter @pgsql: scope = r.unit_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON)))
-- filter @sqlite: sight = NOT EXISTS (SELECT 1 FROM duty s WHERE s.tenant_id = r.tenant_id AND s.notice_id = r.notice_id AND s.restricted = 1 AND s.id NOT IN (SELECT value FROM json_each(?)))
-- filter @pgsql: sight = NOT EXISTS (SELECT 1 FROM duty s WHERE s.tenant_id = r.tenant_id AND s.notice_id = r.notice_id AND s.restricted = 1 AND s.id NOT IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON))))
-- order: notice = r.notice_id
-- key: r.unit_id
SELECT r.notice_id, r.unit_id, n.origin, n.title, n.issued_on, u.name, r.acknowledged_on, r.person_name,
       (SELECT count(*) FROM duty d JOIN duty_unit p ON p.tenant_id = d.tenant_id AND p.duty_id = d.id
        WHERE d.tenant_id = r.tenant_id AND d.notice_id = r.notice_id AND p.unit_id = r.unit_id)
FROM duty_receipt r
JOIN duty_notice n ON n.tenant_id = r.tenant_id AND n.id = r.notice_id
LEFT JOIN unit u ON u.tenant_id = r.tenant_id AND u.id = r.unit_id
WHERE r.tenant_id = $1 AND (r.acknowledged_on IS NULL OR $2 = 0) {where} {order};

-- name: RECEIPT_GET
SELECT acknowledged_on FROM duty_receipt WHERE tenant_id = $1 AND notice_id = $2 AND unit_id = $3;

-- name: RECEIPT_SET
UPDATE duty_receipt SET acknowledged_on = $1, recorded_at = $2, person_id = $3, person_name = $4
WHERE tenant_id = $5 AND notice_id = $6 AND unit_id = $7 AND acknowledged_on IS NULL;

-- name: RECEIPT_DUTIES
-- What unit $3 owns of notice $2 and has not acknowledged; the last column: whether somebody handles it there already.
SELECT d.id, CASE WHEN EXISTS (SELECT 1 FROM duty_handler h WHERE h.tenant_id = d.tenant_id AND h.duty_id = d.id
                                         AND h.unit_id = d.owner_id AND h.to_on = '9999-12-31') THEN 1 ELSE 0 END
FROM duty d
WHERE d.tenant_id = $1 AND d.notice_id = $2 AND d.owner_id = $3 AND d.state = 'assigned' ORDER BY d.id;

-- name: DUTY_HANDLED
-- Whether unit $3 has somebody who handles duty task $2.
SELECT 1 FROM duty_handler
WHERE tenant_id = $1 AND duty_id = $2 AND unit_id = $3 AND to_on = '9999-12-31' LIMIT 1;

-- name: DUTY_HAS_PART
SELECT d.state, d.kind, d.owner_id, d.restricted FROM duty d
JOIN duty_unit p ON p.tenant_id = d.tenant_id AND p.duty_id = d.id
WHERE d.tenant_id = $1 AND d.id = $2 AND p.unit_id = $3;

-- name: HANDLER_END
-- Of one who came later than that day, the day of coming.
UPDATE duty_handler SET to_on = CASE WHEN from_on > $1 THEN from_on ELSE $1 END
WHERE tenant_id = $2 AND duty_id = $3 AND unit_id = $4 AND to_on = '9999-12-31';

-- name: HANDLER_ADD
INSERT INTO duty_handler (tenant_id, id, duty_id, unit_id, section_id, person_id, from_on, to_on)
VALUES ($1, $2, $3, $4, $5, $6, $7, '9999-12-31');

-- name: HANDLERS_OF_PERSON
SELECT id, duty_id, unit_id, section_id FROM duty_handler
WHERE tenant_id = $1 AND person_id = $2 AND to_on = '9999-12-31' ORDER BY id;

-- name: HANDLER_END_ONE
UPDATE duty_handler SET to_on = $1 WHERE tenant_id = $2 AND id = $3;

-- ---- units that become another ----

-- name: DUTIES_OF_UNIT
SELECT duty_id, role, side FROM duty_unit
WHERE tenant_id = $1 AND unit_id = $2 AND to_on = '9999-12-31' ORDER BY duty_id;

-- name: DUTIES_OF_UNIT_SINCE
SELECT duty_id FROM duty_unit WHERE tenant_id = $1 AND unit_id = $2 AND to_on >= $3 ORDER BY duty_id;

-- name: LIGHT_STANDINGS
-- How the units that have part in duty task $2 stood, from when on.
SELECT s.unit_id, s.from_on, s.standing FROM duty_unit p
JOIN unit_standing s ON s.tenant_id = p.tenant_id AND s.unit_id = p.unit_id
WHERE p.tenant_id = $1 AND p.duty_id = $2 ORDER BY s.unit_id, s.from_on;

-- name: DUTY_OWNER_MOVED
UPDATE duty SET owner_id = $1, changed_at = $2, version = version + 1
WHERE tenant_id = $3 AND id = $4 AND owner_id = $5;

-- ---- obligations ----

-- name: OBLIGATION_LIST
-- The unit leads, where it is asked for.
-- filter: programme = o.programme_id
-- filter: unit = o.unit_id
-- filter: kind = o.kind
-- filter: state = o.state
-- filter: open = o.open
-- filter: due = o.due
-- filter: person = EXISTS (SELECT 1 FROM duty_handler h WHERE h.tenant_id = o.tenant_id AND h.person_id = ? AND h.to_on = '9999-12-31' AND h.unit_id = o.unit_id AND (h.duty_id = o.duty_id OR (o.duty_id IS NULL AND EXISTS (SELECT 1 FROM obligation_row r WHERE r.tenant_id = o.tenant_id AND r.obligation_id = o.id AND r.duty_id = h.duty_id))))
-- filter @sqlite: scope = o.unit_id IN (SELECT value FROM json_each(?))
-- filter @pgsql: scope = o.unit_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON)))
-- filter @sqlite: sight = (o.duty_id IS NULL OR NOT EXISTS (SELECT 1 FROM duty s WHERE s.tenant_id = o.tenant_id AND s.id = o.duty_id AND s.restricted = 1 AND s.id NOT IN (SELECT value FROM json_each(?))))
-- filter @pgsql: sight = (o.duty_id IS NULL OR NOT EXISTS (SELECT 1 FROM duty s WHERE s.tenant_id = o.tenant_id AND s.id = o.duty_id AND s.restricted = 1 AND s.id NOT IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON)))))
-- order: due = o.due
-- order: unit = o.unit_id
-- order: sent = coalesce(o.sent_on, '')
-- key: o.id
SELECT o.id, o.programme_id, o.unit_id, u.name, o.kind, o.raised_for, o.due, o.period, o.title, o.duty_id, o.document_id,
       o.state, o.state_on, o.open, o.sent_on, o.accepted_on, o.original_on,
       (SELECT count(*) FROM obligation_row r WHERE r.tenant_id = o.tenant_id AND r.obligation_id = o.id
          AND r.state <> 'withdrawn'),
       o.chases, o.version
FROM obligation o LEFT JOIN unit u ON u.tenant_id = o.tenant_id AND u.id = o.unit_id
WHERE o.tenant_id = $1 {where} {order};

-- name: OBLIGATION_GET
SELECT o.id, o.programme_id, o.unit_id, u.name, o.kind, o.raised_for, o.due, o.period, o.title, o.duty_id, o.document_id,
       o.state, o.state_on, o.open, o.sent_on, o.accepted_on, o.original_on,
       (SELECT count(*) FROM obligation_row r WHERE r.tenant_id = o.tenant_id AND r.obligation_id = o.id
          AND r.state <> 'withdrawn'),
       o.chases, o.version
FROM obligation o LEFT JOIN unit u ON u.tenant_id = o.tenant_id AND u.id = o.unit_id
WHERE o.tenant_id = $1 AND o.id = $2;

-- name: OBLIGATION_ROWS
SELECT r.duty_id, d.no, d.action, d.title, r.state, r.why, d.strength, d.progress
FROM obligation_row r JOIN duty d ON d.tenant_id = r.tenant_id AND d.id = r.duty_id
WHERE r.tenant_id = $1 AND r.obligation_id = $2 ORDER BY d.action_no, r.duty_id;

-- name: OBLIGATION_MOVE
UPDATE obligation SET state = $1, state_on = $2, open = $3, due = coalesce($4, due), sent_on = $5, accepted_on = $6,
                      original_on = $7, changed_at = $8, version = version + 1
WHERE tenant_id = $9 AND id = $10;

-- name: OBLIGATION_TOUCH
UPDATE obligation SET changed_at = $1, version = version + 1 WHERE tenant_id = $2 AND id = $3 AND version = $4;

-- name: OBLIGATION_ROWS_SET
-- What was accepted stays so when the rest is sent again.
UPDATE obligation_row SET state = $1, sent_on = $2, why = $3
WHERE tenant_id = $4 AND obligation_id = $5 AND state <> 'withdrawn' AND NOT ($1 = 'sent' AND state = 'accepted');

-- name: OBLIGATION_ROWS_DUE
UPDATE obligation_row SET due = $1 WHERE tenant_id = $2 AND obligation_id = $3;

-- name: OBLIGATION_ROWS_BACK
UPDATE obligation_row SET state = 'open', why = NULL
WHERE tenant_id = $1 AND obligation_id = $2 AND state = 'withdrawn';

-- name: OBLIGATION_ROWS_WITHDRAW
UPDATE obligation_row SET state = 'withdrawn', why = $1
WHERE tenant_id = $2 AND obligation_id = $3 AND state IN ('open', 'returned');

-- name: OBLIGATION_ROW_SET
UPDATE obligation_row SET state = $1, why = $2, sent_on = CASE WHEN $1 = 'returned' THEN NULL ELSE sent_on END
WHERE tenant_id = $3 AND obligation_id = $4 AND duty_id = $5 AND state <> 'withdrawn';

-- name: DUTY_PROGRESS
-- What is said of what is over changes nothing: it ended as it ended.
UPDATE duty SET progress = $1, changed_at = $2
WHERE tenant_id = $3 AND id = $4 AND (live = 1 OR state IN ('suspended', 'paused'));

-- name: DUTY_PROGRESS_SAID
-- A duty task (of return $3, $4 alone where it is not 0) stands where its lead's newest return that was accepted says: a county
-- does not speak for the whole.
UPDATE duty SET progress = COALESCE((SELECT w.percent FROM obligation_row r
        JOIN report_row w ON w.tenant_id = r.tenant_id AND w.obligation_id = r.obligation_id AND w.duty_id = r.duty_id
                         AND w.unit_id = r.unit_id
        WHERE r.tenant_id = duty.tenant_id AND r.duty_id = duty.id AND r.state = 'accepted' AND w.percent IS NOT NULL
          AND EXISTS (SELECT 1 FROM duty_unit p WHERE p.tenant_id = r.tenant_id AND p.duty_id = r.duty_id
                        AND p.unit_id = r.unit_id AND p.side = 'lead')
        ORDER BY r.due DESC, r.obligation_id DESC LIMIT 1), progress), changed_at = $1
WHERE tenant_id = $2 AND (live = 1 OR state IN ('suspended', 'paused'))
  AND id IN (SELECT r.duty_id FROM obligation_row r WHERE r.tenant_id = $2 AND r.obligation_id = $3 AND (r.duty_id = $4 OR $4 = 0));

-- name: DUTY_PROGRESS_BACK
-- What is taken up again stands there too, or nowhere.
UPDATE duty SET progress = (SELECT w.percent FROM obligation_row r
        JOIN report_row w ON w.tenant_id = r.tenant_id AND w.obligation_id = r.obligation_id AND w.duty_id = r.duty_id
                         AND w.unit_id = r.unit_id
        WHERE r.tenant_id = duty.tenant_id AND r.duty_id = duty.id AND r.state = 'accepted' AND w.percent IS NOT NULL
          AND EXISTS (SELECT 1 FROM duty_unit p WHERE p.tenant_id = r.tenant_id AND p.duty_id = r.duty_id
                        AND p.unit_id = r.unit_id AND p.side = 'lead')
        ORDER BY r.due DESC, r.obligation_id DESC LIMIT 1)
WHERE tenant_id = $1 AND id = $2;

-- ---- the clock's day ----

-- name: NOTICE_OPEN
-- What is owed by $3, unit by unit, and whether it was reminded of or an order was drafted of it before day $1; what few may see is
-- told to them alone (FEW_OPEN).
SELECT o.id, o.unit_id, o.kind, o.due, o.title, CASE WHEN o.chased_on < $1 THEN 1 ELSE 0 END,
       (SELECT count(*) FROM obligation_row r WHERE r.tenant_id = o.tenant_id AND r.obligation_id = o.id
          AND r.state <> 'withdrawn'),
       CASE WHEN EXISTS (SELECT 1 FROM duty_order x WHERE x.tenant_id = o.tenant_id AND x.obligation_id = o.id AND x.drafted_on < $1)
            THEN 1 ELSE 0 END,
       CASE WHEN EXISTS (SELECT 1 FROM unit u WHERE u.tenant_id = o.tenant_id AND u.id = o.unit_id AND u.standing = 'coordinated')
            THEN 1 ELSE 0 END
FROM obligation o WHERE o.tenant_id = $2 AND o.open = 1 AND o.due <= $3
  AND (o.duty_id IS NULL OR NOT EXISTS (SELECT 1 FROM duty s WHERE s.tenant_id = o.tenant_id AND s.id = o.duty_id AND s.restricted = 1))
ORDER BY o.unit_id, o.due, o.id;

-- name: NOTICE_HANDLERS
-- Who inside their units handles what is owed by $2.
SELECT DISTINCT o.id, h.person_id
FROM obligation o CROSS JOIN obligation_row r CROSS JOIN duty_handler h
WHERE o.tenant_id = $1 AND o.open = 1 AND o.due <= $2
  AND r.tenant_id = o.tenant_id AND r.obligation_id = o.id AND r.state <> 'withdrawn'
  AND h.tenant_id = o.tenant_id AND h.duty_id = r.duty_id AND h.unit_id = o.unit_id AND h.to_on = '9999-12-31'
  AND h.person_id IS NOT NULL
UNION SELECT o.id, h.person_id
FROM obligation o CROSS JOIN duty_handler h
WHERE o.tenant_id = $1 AND o.open = 1 AND o.due <= $2 AND o.duty_id IS NOT NULL
  AND h.tenant_id = o.tenant_id AND h.duty_id = o.duty_id AND h.unit_id = o.unit_id AND h.to_on = '9999-12-31'
  AND h.person_id IS NOT NULL;

-- name: NOTICE_SIGNINGS
-- What waits for a signature inside its unit.
SELECT s.id, s.obligation_id, s.unit_id, o.due,
       (SELECT count(*) FROM obligation_row r WHERE r.tenant_id = o.tenant_id AND r.obligation_id = o.id
          AND r.state <> 'withdrawn')
FROM signing s JOIN obligation o ON o.tenant_id = s.tenant_id AND o.id = s.obligation_id
WHERE s.tenant_id = $1 AND s.open = 1 ORDER BY s.unit_id, o.due, s.id;

-- name: NOTICE_ADD
INSERT INTO notice_outbox (tenant_id, id, kind, unit_id, person_id, subject, made_for, due, items, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING;

-- name: NOTICE_WEEK
-- Messages besides the digest and news of changes that each had from day $2 on, before day $3.
SELECT unit_id, coalesce(person_id, 0), count(*) FROM notice_outbox
WHERE tenant_id = $1 AND made_for >= $2 AND made_for < $3 AND kind NOT IN ('digest', 'change') GROUP BY unit_id, coalesce(person_id, 0);

-- name: NOTICE_DIGESTS
-- Digests that were told from day $2 on, before day $3.
SELECT unit_id, coalesce(person_id, 0), subject FROM notice_outbox
WHERE tenant_id = $1 AND made_for >= $2 AND made_for < $3 AND kind = 'digest';

-- name: NOTICE_CHASED
-- Once a day.
UPDATE obligation SET chases = chases + 1, chased_on = $1
WHERE tenant_id = $2 AND id = $3 AND (chased_on IS NULL OR chased_on < $1);

-- name: NOTICE_RECEIPTS
-- Notices that wait for acknowledging since $2 or longer and were not reminded of before day $3; an ended body is not.  The reminder
-- is looked up by its key: made_for bare takes the index by day, and reads all messages of a jurisdiction for each receipt.
SELECT r.notice_id, r.unit_id, n.issued_on, n.title FROM duty_notice n
JOIN duty_receipt r ON r.tenant_id = n.tenant_id AND r.notice_id = n.id AND r.acknowledged_on IS NULL
WHERE n.tenant_id = $1 AND n.issued_on <= $2
  AND NOT EXISTS (SELECT 1 FROM duty s WHERE s.tenant_id = n.tenant_id AND s.notice_id = n.id AND s.restricted = 1)
  AND NOT EXISTS (SELECT 1 FROM notice_outbox b
                  WHERE b.tenant_id = r.tenant_id AND b.unit_id = r.unit_id AND b.kind = 'receipt'
                    AND b.subject = CAST(r.notice_id AS TEXT) AND coalesce(b.made_for, '') < $3)
  AND NOT EXISTS (SELECT 1 FROM unit u WHERE u.tenant_id = r.tenant_id AND u.id = r.unit_id AND u.kind = 'committee'
                    AND u.ends_on < $3)
ORDER BY r.notice_id, r.unit_id;

-- name: OUTBOX_LIST
-- scan: of nothing: behind an id within its jurisdiction
SELECT id, kind, unit_id, person_id, subject, made_for, due, items, created_at FROM notice_outbox
WHERE tenant_id = $1 AND id > $2 ORDER BY id LIMIT $3;

-- name: ORDER_ADD
INSERT INTO duty_order (tenant_id, id, unit_id, obligation_id, state, state_on, open, drafted_on, created_at, version)
VALUES ($1, $2, $3, $4, 'order_drafted', $5, 1, $5, $6, 1)
ON CONFLICT (tenant_id, obligation_id) DO NOTHING;

-- name: ORDER_WANTED
-- Whether obligation $2 of unit $3 is owed still.
SELECT 1 FROM obligation WHERE tenant_id = $1 AND id = $2 AND unit_id = $3 AND open = 1;

-- name: ORDERS_MOOT
-- Drafts whose obligation is settled or another unit's now, or that no more are for a unit that is followed up.
UPDATE duty_order SET state = 'ended', state_on = $1, open = 0, version = version + 1
WHERE tenant_id = $2 AND open = 1 AND state = 'order_drafted'
  AND (NOT EXISTS (SELECT 1 FROM obligation o WHERE o.tenant_id = duty_order.tenant_id
                     AND o.id = duty_order.obligation_id AND o.open = 1 AND o.unit_id = duty_order.unit_id)
       OR EXISTS (SELECT 1 FROM unit u WHERE u.tenant_id = duty_order.tenant_id AND u.id = duty_order.unit_id
                    AND u.standing = 'coordinated'));

-- name: ORDER_LIST
-- filter: open = x.open
-- filter: unit = x.unit_id
-- filter @sqlite: scope = x.unit_id IN (SELECT value FROM json_each(?))
-- filter @pgsql: scope = x.unit_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON)))
-- filter @sqlite: sight = (o.duty_id IS NULL OR NOT EXISTS (SELECT 1 FROM duty s WHERE s.tenant_id = o.tenant_id AND s.id = o.duty_id AND s.restricted = 1 AND s.id NOT IN (SELECT value FROM json_each(?))))
-- filter @pgsql: sight = (o.duty_id IS NULL OR NOT EXISTS (SELECT 1 FROM duty s WHERE s.tenant_id = o.tenant_id AND s.id = o.duty_id AND s.restricted = 1 AND s.id NOT IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON)))))
-- key: x.id
SELECT x.id, x.unit_id, u.name, x.obligation_id, o.kind, o.due, x.state, x.state_on, x.open, x.drafted_on, x.signed_name,
       x.version
FROM duty_order x
JOIN obligation o ON o.tenant_id = x.tenant_id AND o.id = x.obligation_id
LEFT JOIN unit u ON u.tenant_id = x.tenant_id AND u.id = x.unit_id
WHERE x.tenant_id = $1 {where} {order};

-- name: ORDER_GET
SELECT state, version FROM duty_order WHERE tenant_id = $1 AND id = $2;

-- name: ORDER_MOVE
UPDATE duty_order SET state = $1, state_on = $2, open = $3, signed_by = coalesce($4, signed_by),
                      signed_name = coalesce($5, signed_name), version = version + 1
WHERE tenant_id = $6 AND id = $7;

-- ---- settling ----

-- name: SETTLE_CANDIDATES
SELECT d.id, d.owner_id, d.action_no, d.plan_task_id, d.state, d.cadence, d.way, d.unsettled, t.units
FROM duty d LEFT JOIN plan_task t ON t.tenant_id = d.tenant_id AND t.id = d.plan_task_id
WHERE d.tenant_id = $1 AND d.document_id = $2 AND d.live = 1 ORDER BY d.id;

-- name: SETTLE_SET
UPDATE duty SET cadence = $1, way = $2, unsettled = $3, owner_id = $4, changed_at = $5, version = version + 1
WHERE tenant_id = $6 AND id = $7 RETURNING notice_id;

-- ---- dispatch by rule ----

-- name: DISPATCH_RULES
SELECT rules, version FROM dispatch_rules WHERE tenant_id = $1 AND unit_id = $2;

-- name: DISPATCH_RULES_ADD
INSERT INTO dispatch_rules (tenant_id, unit_id, rules, changed_at, changed_by, version) VALUES ($1, $2, $3, $4, $5, 1);

-- name: DISPATCH_RULES_SET
UPDATE dispatch_rules SET rules = $1, changed_at = $2, changed_by = $3, version = version + 1
WHERE tenant_id = $4 AND unit_id = $5;

-- name: DISPATCH_WAITING
-- What unit $2 has part in (of document $3; 0: of any) and nobody inside it handles; what few may see is dispatched by hand.
SELECT d.id, d.action, d.no, d.title FROM duty_unit p JOIN duty d ON d.tenant_id = p.tenant_id AND d.id = p.duty_id
WHERE p.tenant_id = $1 AND p.unit_id = $2 AND p.to_on = '9999-12-31' AND d.live = 1 AND d.restricted = 0
  AND (CAST($3 AS BIGINT) = 0 OR d.document_id = $3)
  AND NOT EXISTS (SELECT 1 FROM duty_handler h WHERE h.tenant_id = p.tenant_id AND h.duty_id = p.duty_id
                    AND h.unit_id = p.unit_id AND h.to_on = '9999-12-31')
ORDER BY d.id LIMIT $4;

-- name: DISPATCH_TAGS
-- With the tags of its line in a plan, and its own.
SELECT g.tag FROM duty_tag g WHERE g.tenant_id = $1 AND g.duty_id = $2
UNION ALL
SELECT l.tag FROM duty d JOIN line_tag l ON l.tenant_id = d.tenant_id AND l.line_id = d.line_id
WHERE d.tenant_id = $1 AND d.id = $2;

-- name: DISPATCH_BEFORE
-- To whom unit $2 handed the tasks of each action, the latest and most first.
SELECT d.action, h.section_id, h.person_id, count(*), max(h.from_on)
FROM duty_unit p CROSS JOIN duty_handler h CROSS JOIN duty d
WHERE p.tenant_id = $1 AND p.unit_id = $2 AND h.tenant_id = p.tenant_id AND h.duty_id = p.duty_id AND h.unit_id = p.unit_id
  AND d.tenant_id = p.tenant_id AND d.id = p.duty_id AND d.action <> '' AND d.restricted = 0
GROUP BY d.action, h.section_id, h.person_id ORDER BY d.action, count(*) DESC, max(h.from_on) DESC;

-- name: DISPATCH_UNITS
SELECT unit_id FROM dispatch_rules WHERE tenant_id = $1 ORDER BY unit_id;
