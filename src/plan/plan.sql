-- The statements of documents, versions, tasks.  Lists of tasks stand at the end.

-- ---- documents ----

-- name: DOCUMENT_BY_IDENTITY
SELECT id, latest_id FROM document WHERE tenant_id = $1 AND programme_id = $2 AND identity = $3;

-- name: DOCUMENT_BY_TITLE
-- For a file that prints no number, or one whose earlier file printed none.
SELECT id, latest_id, doc_no FROM document
WHERE tenant_id = $1 AND programme_id = $2 AND title = $3 ORDER BY latest_id DESC;

-- name: DOCUMENT_ADD
INSERT INTO document (tenant_id, id, programme_id, identity, title, doc_no, issuer, issued_on,
                      jurisdiction, kind, latest_id, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'other', $10, $11);

-- name: DOCUMENT_RENEW
-- A number once known stays where a later file prints none.
UPDATE document SET identity = coalesce($1, identity), title = $2, doc_no = coalesce($3, doc_no),
                    issuer = $4, issued_on = $5, jurisdiction = $6, latest_id = $7, basis = 0,
                    version = version + 1
WHERE tenant_id = $8 AND id = $9;

-- name: DOCUMENT_SET_WORDS
-- What is derived from the head; the kind only where no person chose it.
UPDATE document SET words = $1, kind = CASE WHEN kind_by_hand = 0 THEN $2 ELSE kind END
WHERE tenant_id = $3 AND id = $4 AND (words <> $1 OR (kind_by_hand = 0 AND kind <> $2));

-- name: DOCUMENT_CHANGE
UPDATE document SET title = $1, doc_no = $2, issuer = $3, issued_on = $4,
                    identity = coalesce($5, identity), kind = $6,
                    kind_by_hand = $7, latest_id = $8, basis = $9, version = version + 1
WHERE tenant_id = $10 AND id = $11;

-- name: DOCUMENT_BACK
-- scan: of the one version that was found
-- What its last version says; no row where it has none.
UPDATE document SET title = v.title, doc_no = v.doc_no, issuer = v.issuer, issued_on = v.issued_on,
    jurisdiction = v.jurisdiction, latest_id = v.id, version = document.version + 1,
    basis = CASE WHEN v.tasks = 0 THEN 1 ELSE 0 END
FROM (SELECT * FROM plan_version WHERE tenant_id = $1 AND document_id = $2 ORDER BY no DESC LIMIT 1) v
WHERE document.tenant_id = $1 AND document.id = $2
RETURNING document.title, document.doc_no, document.issuer;

-- name: DOCUMENT_REMOVE
DELETE FROM document WHERE tenant_id = $1 AND id = $2;

-- name: DOCUMENT_TOUCH
UPDATE document SET version = version + 1 WHERE tenant_id = $1 AND id = $2;

-- name: DOCUMENT_HEADS
SELECT id, title, doc_no, issuer FROM document WHERE tenant_id = $1 ORDER BY latest_id;

-- name: DOCUMENT_UNREAD
-- scan: once, when the program starts
SELECT DISTINCT tenant_id FROM document WHERE words = '';

-- name: DOCUMENT_GET
SELECT id, programme_id, title, doc_no, issuer, issued_on, jurisdiction, latest_id, kind,
       kind_by_hand, basis, version
FROM document WHERE tenant_id = $1 AND id = $2;

-- name: DOCUMENT_LIST
-- Newest first: by the version imported last.
-- filter: programme = d.programme_id
-- filter: state = v.state
-- filter: kind = d.kind
-- filter @sqlite: words = instr(d.words, ?) > 0
-- filter @pgsql: words = strpos(d.words, ?) > 0
-- order: newest = d.latest_id
-- key: d.latest_id
SELECT d.id, d.programme_id, d.title, d.doc_no, d.issuer, d.issued_on, d.jurisdiction, d.latest_id,
       d.kind, d.kind_by_hand, d.basis, d.version, v.id, v.document_id, v.programme_id, v.no, v.state, v.version, v.file_hash, v.file_name,
       v.register_hash, v.imported_at, v.imported_name, v.published_at, v.remarks, v.actions,
       v.tasks, v.units, v.targets, v.obligations, v.warnings
FROM document d CROSS JOIN plan_version v
WHERE d.tenant_id = $1 AND v.tenant_id = d.tenant_id AND v.id = d.latest_id {where} {order};

-- name: DOCUMENT_LIST_ISSUED
-- The same for who sees no drafts: each with its version in force.
-- filter: programme = d.programme_id
-- filter: state = v.state
-- filter: kind = d.kind
-- filter @sqlite: words = instr(d.words, ?) > 0
-- filter @pgsql: words = strpos(d.words, ?) > 0
-- order: newest = d.latest_id
-- key: d.latest_id
SELECT d.id, d.programme_id, d.title, d.doc_no, d.issuer, d.issued_on, d.jurisdiction, d.latest_id,
       d.kind, d.kind_by_hand, d.basis, d.version, v.id, v.document_id, v.programme_id, v.no, v.state, v.version, v.file_hash, v.file_name,
       v.register_hash, v.imported_at, v.imported_name, v.published_at, v.remarks, v.actions,
       v.tasks, v.units, v.targets, v.obligations, v.warnings
FROM document d CROSS JOIN plan_version v
WHERE d.tenant_id = $1 AND v.tenant_id = d.tenant_id AND v.document_id = d.id AND v.state = 'published'
{where} {order};

-- name: CHAIN_DOCUMENTS
SELECT d.id, d.title, d.doc_no, d.issuer, v.file_name
FROM document d CROSS JOIN plan_version v
WHERE d.tenant_id = $1 AND v.tenant_id = d.tenant_id AND v.id = d.latest_id
ORDER BY d.latest_id DESC LIMIT $2;

-- name: CHAIN_DOCUMENTS_ISSUED
-- For who sees no drafts: those with a version in force.
SELECT d.id, d.title, d.doc_no, d.issuer, v.file_name
FROM document d CROSS JOIN plan_version v
WHERE d.tenant_id = $1 AND v.tenant_id = d.tenant_id AND v.document_id = d.id AND v.state = 'published'
ORDER BY d.latest_id DESC LIMIT $2;

-- name: CHAIN_BASIS
SELECT d.id, b.title, b.doc_no
FROM document d CROSS JOIN plan_basis b
WHERE d.tenant_id = $1 AND b.tenant_id = d.tenant_id AND b.version_id = d.latest_id
ORDER BY d.latest_id DESC, b.seq LIMIT $2;

-- name: CHAIN_BASIS_ISSUED
SELECT d.id, b.title, b.doc_no
FROM document d CROSS JOIN plan_version v CROSS JOIN plan_basis b
WHERE d.tenant_id = $1 AND v.tenant_id = d.tenant_id AND v.document_id = d.id AND v.state = 'published'
  AND b.tenant_id = d.tenant_id AND b.version_id = v.id
ORDER BY d.latest_id DESC, b.seq LIMIT $2;

-- name: LINK_LIST
SELECT from_id, to_id, relation, state FROM document_link
WHERE tenant_id = $1 ORDER BY from_id, to_id LIMIT $2;

-- name: LINK_SET
INSERT INTO document_link (tenant_id, from_id, to_id, relation, state, decided_at, decided_by, decided_name)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (tenant_id, from_id, to_id) DO UPDATE SET relation = excluded.relation,
    state = excluded.state, decided_at = excluded.decided_at, decided_by = excluded.decided_by,
    decided_name = excluded.decided_name;

-- name: LINK_REMOVE
DELETE FROM document_link WHERE tenant_id = $1 AND from_id = $2 AND to_id = $3;

-- name: LINKS_REMOVE
DELETE FROM document_link WHERE tenant_id = $1 AND (from_id = $2 OR to_id = $2);

-- ---- files that are no plan ----

-- name: ASIDE_ADD
INSERT INTO plan_aside (tenant_id, id, programme_id, file_hash, file_name, register_hash, title, doc_no,
                        issuer, issued_on, jurisdiction, head_at, set_at, set_by, set_name)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15);

-- name: ASIDE_BY_FILE
SELECT id FROM plan_aside WHERE tenant_id = $1 AND programme_id = $2 AND file_hash = $3;

-- name: ASIDE_GET
SELECT id, programme_id, file_name, title, doc_no, issuer, issued_on, jurisdiction, set_at, set_name
FROM plan_aside WHERE tenant_id = $1 AND id = $2;

-- name: ASIDE_LIST
-- order: newest = a.id
-- key: a.id
SELECT a.id, a.programme_id, a.file_name, a.title, a.doc_no, a.issuer, a.issued_on, a.jurisdiction,
       a.set_at, a.set_name
FROM plan_aside a WHERE a.tenant_id = $1 {where} {order};

-- name: ASIDE_KEEP
-- The file of $9 becomes version $2 of document $1, in force.
INSERT INTO plan_version (tenant_id, id, programme_id, document_id, no, state, version, file_hash,
    file_name, register_hash, title, doc_no, issuer, issued_on, jurisdiction, head_at, imported_at,
    imported_by, imported_name, published_at, published_by, actions, tasks, units, targets,
    obligations, warnings, live)
SELECT tenant_id, id, programme_id, $1, $2, 'published', 1, file_hash, file_name, register_hash, $3, $4,
    $5, $6, jurisdiction, head_at, set_at, set_by, set_name, $7, $8, 0, 0, 0, 0, 0, 0, 0
FROM plan_aside WHERE tenant_id = $9 AND id = $10;

-- name: ASIDE_FROM_VERSION
-- What lies as draft $7 is set aside as $1.
INSERT INTO plan_aside (tenant_id, id, programme_id, file_hash, file_name, register_hash, title, doc_no,
                        issuer, issued_on, jurisdiction, head_at, set_at, set_by, set_name)
SELECT tenant_id, $1, programme_id, file_hash, file_name, register_hash, $2, doc_no, issuer, issued_on,
       jurisdiction, head_at, $3, $4, $5
FROM plan_version WHERE tenant_id = $6 AND id = $7;

-- name: ASIDE_BASIS
INSERT INTO plan_basis (tenant_id, version_id, seq, title, doc_no, source_from, source_to)
SELECT tenant_id, $1, seq, title, doc_no, source_from, source_to FROM plan_basis
WHERE tenant_id = $2 AND version_id = $3;

-- name: ASIDE_REMOVE
DELETE FROM plan_aside WHERE tenant_id = $1 AND id = $2;

-- name: PART_ADD
INSERT INTO document_part (tenant_id, id, version_id, text) VALUES ($1, $2, $3, $4);

-- name: PARTS_OF_VERSION
SELECT id, text FROM document_part WHERE tenant_id = $1 AND version_id = $2 ORDER BY id;

-- name: PARTS_REMOVE
DELETE FROM document_part WHERE tenant_id = $1 AND version_id = $2;

-- name: PART_WORDS_ADD @sqlite
-- $3 is the tenant: part of every word already, on SQLite.
INSERT INTO document_text (rowid, words) SELECT $1, $2 WHERE $3 IS NOT NULL;

-- name: PART_WORDS_ADD @pgsql
INSERT INTO document_text (id, words, tenant_id)
VALUES ($1, array_to_tsvector(string_to_array(CAST($2 AS TEXT), ' ')), $3);

-- name: PART_WORDS_REMOVE @sqlite
-- As TEXT_REMOVE.
INSERT INTO document_text (document_text, rowid, words) SELECT 'delete', $1, $2 WHERE $3 IS NOT NULL;

-- name: PART_WORDS_REMOVE @pgsql
DELETE FROM document_text WHERE id = $1 AND CAST($2 AS TEXT) IS NOT NULL AND tenant_id = $3;

-- name: PART_LIST @sqlite
-- Parts in force with the pairs of characters $1; the words lead.
-- scan: the rows that hold the words
-- filter @sqlite: text = instr(lower(p.text), ?) > 0
-- filter @pgsql: text = strpos(lower(p.text), ?) > 0
-- order: newest = p.id
-- key: p.id
SELECT p.id, d.id, d.title, d.doc_no, p.text
FROM document_text x CROSS JOIN document_part p CROSS JOIN plan_version v CROSS JOIN document d
WHERE x.document_text MATCH $1 AND p.id = x.rowid AND p.tenant_id = $2
  AND v.tenant_id = p.tenant_id AND v.id = p.version_id AND v.state = 'published'
  AND d.tenant_id = v.tenant_id AND d.id = v.document_id {where} {order};

-- name: PART_LIST @pgsql
SELECT p.id, d.id, d.title, d.doc_no, p.text
FROM document_text x CROSS JOIN document_part p CROSS JOIN plan_version v CROSS JOIN document d
WHERE x.words @@ CAST(replace($1, ' ', ' & ') AS TSQUERY) AND x.tenant_id = $2
  AND p.tenant_id = x.tenant_id AND p.id = x.id
  AND v.tenant_id = p.tenant_id AND v.id = p.version_id AND v.state = 'published'
  AND d.tenant_id = v.tenant_id AND d.id = v.document_id {where} {order};

-- ---- versions ----

-- name: VERSION_ADD
INSERT INTO plan_version (tenant_id, id, programme_id, document_id, no, state, version, file_hash,
    file_name, register_hash, title, doc_no, issuer, issued_on, jurisdiction, head_at, imported_at,
    imported_by, imported_name, actions, tasks, units, targets, obligations, warnings, live)
VALUES ($1, $2, $3, NULL, NULL, 'importing', 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
        $16, $17, $18, $19, $20, $21, 0);

-- name: VERSION_SHOW
-- The moment at which an import becomes visible.
UPDATE plan_version SET state = 'draft', document_id = $1, no = $2, units = $3, imported_at = $4,
                        against_id = $5
WHERE tenant_id = $6 AND id = $7 AND state = 'importing';

-- name: VERSION_GET
SELECT id, document_id, programme_id, no, state, version, file_hash, file_name, register_hash,
       imported_at, imported_name, published_at, remarks, actions, tasks, units, targets,
       obligations, warnings
FROM plan_version WHERE tenant_id = $1 AND id = $2 AND state <> 'importing';

-- name: VERSION_HEAD
SELECT title, doc_no, issuer, issued_on, jurisdiction FROM plan_version
WHERE tenant_id = $1 AND id = $2;

-- name: VERSIONS_OF_DOCUMENT
SELECT id, document_id, programme_id, no, state, version, file_hash, file_name, register_hash,
       imported_at, imported_name, published_at, remarks, actions, tasks, units, targets,
       obligations, warnings
FROM plan_version WHERE tenant_id = $1 AND document_id = $2 ORDER BY no DESC;

-- name: VERSION_BY_FILE
SELECT id FROM plan_version
WHERE tenant_id = $1 AND programme_id = $2 AND file_hash = $3 AND state <> 'importing'
ORDER BY id DESC LIMIT 1;

-- name: VERSION_LAST_NO
SELECT coalesce(max(no), 0) FROM plan_version WHERE tenant_id = $1 AND document_id = $2;

-- name: VERSION_PUBLISHED_OF
SELECT id FROM plan_version WHERE tenant_id = $1 AND document_id = $2 AND state = 'published';

-- name: PLANS_IN_FORCE
SELECT v.id, d.title, d.issuer, coalesce(d.issued_on, '')
FROM document d CROSS JOIN plan_version v
WHERE d.tenant_id = $1 AND d.programme_id = $2 AND v.tenant_id = d.tenant_id AND v.document_id = d.id
  AND v.state = 'published' AND v.tasks > 0 ORDER BY d.latest_id DESC LIMIT $3;

-- name: VERSION_FILES
-- scan: a check reads the whole table
SELECT tenant_id, id, file_hash, register_hash FROM plan_version WHERE state <> 'importing'
UNION ALL SELECT tenant_id, id, file_hash, register_hash FROM plan_aside ORDER BY tenant_id, id;

-- name: VERSION_TOUCH
UPDATE plan_version SET version = version + 1 WHERE tenant_id = $1 AND id = $2;

-- name: VERSION_SET_LIVE
UPDATE plan_version SET live = $1 WHERE tenant_id = $2 AND id = $3;

-- name: VERSION_PUBLISH
UPDATE plan_version SET state = 'published', version = version + 1, published_at = $1,
                        published_by = $2, remarks = $3, live = 1
WHERE tenant_id = $4 AND id = $5 AND state = 'draft';

-- name: VERSION_SUPERSEDE
UPDATE plan_version SET state = 'superseded', version = version + 1
WHERE tenant_id = $1 AND id = $2 AND state = 'published';

-- name: VERSION_HIDE
-- A draft that is thrown away is what an import is that has not ended: nobody sees it.
UPDATE plan_version SET state = 'importing', document_id = NULL, no = NULL, against_id = NULL
WHERE tenant_id = $1 AND id = $2 AND state = 'draft';

-- name: VERSION_PAIRED_WITH
SELECT id FROM plan_version WHERE tenant_id = $1 AND document_id = $2 AND against_id = $3 LIMIT 1;

-- name: VERSION_LEFTOVERS
-- scan: once at the start of the program; a row a version
SELECT tenant_id, id, state FROM plan_version
WHERE state = 'importing' OR (live = 1 AND state = 'superseded') ORDER BY tenant_id, id;

-- name: VERSION_REMOVE
DELETE FROM plan_version WHERE tenant_id = $1 AND id = $2 AND state = 'importing';

-- ---- what a version holds besides its tasks ----

-- name: BASIS_ADD
INSERT INTO plan_basis (tenant_id, version_id, seq, title, doc_no, source_from, source_to)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: BASIS_OF_VERSION
SELECT title, doc_no, source_from, source_to FROM plan_basis
WHERE tenant_id = $1 AND version_id = $2 ORDER BY seq;

-- name: BASIS_REMOVE
DELETE FROM plan_basis WHERE tenant_id = $1 AND version_id = $2;

-- name: ACTION_ADD
INSERT INTO plan_action (tenant_id, version_id, seq, no, name, lead_units, implementers, tasks,
                         source_from, source_to)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: ACTIONS_OF_VERSION
SELECT no, name, lead_units, implementers, tasks, source_from, source_to, seq FROM plan_action
WHERE tenant_id = $1 AND version_id = $2 ORDER BY seq;

-- name: ACTION_REMOVE
DELETE FROM plan_action WHERE tenant_id = $1 AND version_id = $2;

-- name: OBLIGATION_ADD
INSERT INTO plan_obligation (tenant_id, version_id, seq, kind, who, what, frequency, due, report_to,
                             raw, source_from, source_to)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: OBLIGATIONS_OF_VERSION
SELECT kind, who, what, frequency, due, report_to, raw, source_from, source_to, seq
FROM plan_obligation
WHERE tenant_id = $1 AND version_id = $2 ORDER BY seq;

-- name: OBLIGATION_REMOVE
DELETE FROM plan_obligation WHERE tenant_id = $1 AND version_id = $2;

-- name: TARGET_ADD
INSERT INTO plan_target (tenant_id, version_id, seq, task_id, action_no, indicator, op, value, max,
    unit, year, year_inferred, advisory, strength, raw, source_from, source_to)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17);

-- name: TARGETS_OF_VERSION
SELECT task_id, action_no, indicator, op, value, max, unit, year, year_inferred, advisory, strength,
       raw, source_from, source_to
FROM plan_target WHERE tenant_id = $1 AND version_id = $2 ORDER BY seq;

-- name: TARGET_REMOVE
DELETE FROM plan_target WHERE tenant_id = $1 AND version_id = $2;

-- name: WARNING_ADD
INSERT INTO plan_warning (tenant_id, version_id, seq, task_id, code, message, source_from,
                          source_to, line, words)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: WARNINGS_OF_VERSION
-- A row of the task gives its action and number; LEFT JOIN, for some are about no task.
SELECT w.code, w.message, w.line, w.words, t.action_no, t.no, w.seq, w.task_id, w.source_from,
       w.source_to, e.state, e.why, e.person_name, e.at
FROM plan_warning w LEFT JOIN plan_task t ON t.tenant_id = w.tenant_id AND t.id = w.task_id
LEFT JOIN plan_warning_end e
  ON e.tenant_id = w.tenant_id AND e.version_id = w.version_id AND e.seq = w.seq
WHERE w.tenant_id = $1 AND w.version_id = $2 ORDER BY w.seq LIMIT $3;

-- name: WARNING_REMOVE
DELETE FROM plan_warning WHERE tenant_id = $1 AND version_id = $2;

-- ---- tasks ----

-- name: TASK_ADD
INSERT INTO plan_task (tenant_id, id, version_id, programme_id, live, action_no, action, no, title,
    text, specific_task, measure, work_plan, units, open_ended, lead_explicit, lead_proposed,
    deadline_kind, due, deadline_dates, deadline_raw, deadline_inferred, deadline_from, deadline_to,
    strength, cadence, returns_due, deliverables, source_from, source_to, warnings, targets,
    changed_at, version, line_id)
VALUES ($1, $2, $3, $4, 0, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
        $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, 1, $33);

-- name: TASK_UNIT_ADD
INSERT INTO plan_task_unit (tenant_id, task_id, seq, unit_id, name, role, inherited, source_from,
                            source_to, extra, live)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0);

-- name: TASK_PAGE
-- A version's tasks in order, whole: for comparing and for taking them in and out of the lists.
SELECT id, action_no, action, no, title, text, open_ended, deadline_kind, due, deadline_dates,
       deadline_raw, deadline_inferred, strength, cadence, version, live, line_id
FROM plan_task WHERE tenant_id = $1 AND version_id = $2 AND id > $3 ORDER BY id LIMIT $4;

-- name: TASK_TEXTS
-- scan: only without its filter, which is always given: ids of a page
-- The ids lead: without the + SQLite reads all rows of the jurisdiction.
-- filter: id = id
-- order: id = id
SELECT id, text FROM plan_task WHERE +tenant_id = $1 {where} {order};

-- name: TASK_UNITS_PAGE
SELECT u.task_id, u.unit_id, u.name, u.role, u.inherited
FROM plan_task t CROSS JOIN plan_task_unit u
WHERE t.tenant_id = $1 AND t.version_id = $2 AND u.tenant_id = t.tenant_id AND u.task_id = t.id
ORDER BY t.id, u.seq;

-- name: TASK_UNITS
SELECT unit_id, name, role, inherited FROM plan_task_unit
WHERE tenant_id = $1 AND task_id = $2 ORDER BY seq;

-- name: TASK_UNITS_REMOVE
DELETE FROM plan_task_unit WHERE tenant_id = $1 AND task_id = $2;

-- name: TASK_SET_LIVE
UPDATE plan_task SET live = $1 WHERE tenant_id = $2 AND id = $3;

-- name: TASK_UNITS_SET_LIVE
UPDATE plan_task_unit SET live = $1 WHERE tenant_id = $2 AND task_id = $3 AND extra = 0;

-- name: TASK_REMOVE
DELETE FROM plan_task WHERE tenant_id = $1 AND id = $2;

-- name: TASK_COUNT_LIVE
SELECT count(*) FROM plan_task WHERE tenant_id = $1 AND version_id = $2 AND live = 1;

-- ---- lines of work: what became of the rows of the version before ----

-- name: PAIR_ADD
INSERT INTO plan_pair (tenant_id, version_id, seq, new_task, old_task, relation, whole_task, score,
                       decision, decided_at, decided_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0);

-- name: PAIR_REMOVE
DELETE FROM plan_pair WHERE tenant_id = $1 AND version_id = $2;

-- name: PAIR_AGAINST
SELECT against_id FROM plan_version WHERE tenant_id = $1 AND id = $2;

-- name: PAIR_SET_AGAINST
-- $1 null: with none.
UPDATE plan_version SET against_id = $1 WHERE tenant_id = $2 AND id = $3;

-- name: PAIR_LIST
-- filter: relation = p.relation
-- key: p.seq
SELECT p.seq, p.relation, p.score, p.decision, p.decided_at,
       n.id, n.line_id, n.action, n.no, n.title, n.text,
       o.id, o.line_id, o.action, o.no, o.title, o.text,
       w.id, w.line_id, w.action, w.no, w.title, w.text
FROM plan_pair p
LEFT JOIN plan_task n ON n.tenant_id = p.tenant_id AND n.id = p.new_task
LEFT JOIN plan_task o ON o.tenant_id = p.tenant_id AND o.id = p.old_task
LEFT JOIN plan_task w ON w.tenant_id = p.tenant_id AND w.id = p.whole_task
WHERE p.tenant_id = $1 AND p.version_id = $2 {where} {order};

-- name: PAIR_COUNTS
SELECT relation, decision, count(*), sum(CASE WHEN decided_at = 0 THEN 1 ELSE 0 END) FROM plan_pair
WHERE tenant_id = $1 AND version_id = $2 GROUP BY relation, decision ORDER BY relation, decision;

-- name: PAIR_RELATION
SELECT relation FROM plan_pair WHERE tenant_id = $1 AND version_id = $2 AND seq = $3;

-- name: PAIR_DECIDE
UPDATE plan_pair SET decision = $1, decided_at = $2, decided_by = $3
WHERE tenant_id = $4 AND version_id = $5 AND seq = $6;

-- name: PAIR_DECIDE_ALIKE
UPDATE plan_pair SET decision = $1, decided_at = $2, decided_by = $3
WHERE tenant_id = $4 AND version_id = $5 AND relation = $6;

-- name: PAIR_SET_LINES
-- A draft's rows have the line of the row that they are one line with, else one of their own.
UPDATE plan_task SET line_id = coalesce((
    SELECT o.line_id FROM plan_pair p CROSS JOIN plan_task o
    WHERE p.tenant_id = $1 AND p.version_id = $2 AND p.new_task = plan_task.id AND p.decision = 'same'
      AND o.tenant_id = p.tenant_id AND o.id = p.old_task), id)
WHERE tenant_id = $1 AND version_id = $2;

-- name: PAIR_ID_ADD
-- Row $1 is, or was, the new row of the pair that has row $4 now.
INSERT INTO plan_pair_id (tenant_id, version_id, task_id, seq)
SELECT tenant_id, version_id, $1, seq FROM plan_pair
WHERE tenant_id = $2 AND version_id = $3 AND new_task = $4
ON CONFLICT (tenant_id, version_id, task_id) DO NOTHING;

-- name: PAIR_ID_REMOVE
DELETE FROM plan_pair_id WHERE tenant_id = $1 AND version_id = $2;

-- name: PAIR_MOVE
-- Row $1 is row $2 now.
UPDATE plan_pair SET new_task = CASE WHEN new_task = $1 THEN $2 ELSE new_task END,
                     whole_task = CASE WHEN whole_task = $1 THEN $2 ELSE whole_task END
WHERE tenant_id = $3 AND version_id = $4 AND (new_task = $1 OR whole_task = $1);

-- name: PAIR_BACK
-- A row that comes back under an id that it had is the new row of its pair again.
UPDATE plan_pair SET new_task = $1
WHERE tenant_id = $2 AND version_id = $3 AND seq = (
    SELECT i.seq FROM plan_pair_id i
    WHERE i.tenant_id = $2 AND i.version_id = $3 AND i.task_id = $1);

-- name: PAIR_STAYING
SELECT old_task FROM plan_pair
WHERE tenant_id = $1 AND version_id = $2 AND decision IN ('stays', 'beside') ORDER BY seq LIMIT $3;

-- name: TASK_CARRY
-- Row $5 goes on in version $2 as row $1.  The words of the new file are not its own: no places.
INSERT INTO plan_task (tenant_id, id, version_id, programme_id, live, action_no, action, no, title,
    text, specific_task, measure, work_plan, units, open_ended, lead_explicit, lead_proposed,
    deadline_kind, due, deadline_dates, deadline_raw, deadline_inferred, deadline_from, deadline_to,
    strength, cadence, returns_due, deliverables, source_from, source_to, warnings, targets,
    changed_at, version, line_id)
SELECT tenant_id, $1, $2, programme_id, 0,
    coalesce((SELECT min(a.no) FROM plan_action a
              WHERE a.tenant_id = $3 AND a.version_id = $2 AND a.name = plan_task.action), 0),
    action, no, title, text, specific_task, measure, work_plan, units, open_ended, lead_explicit,
    lead_proposed, deadline_kind, due, deadline_dates, deadline_raw, deadline_inferred, 0, 0,
    strength, cadence, returns_due, deliverables, 0, 0, 0, targets, $4, 1, line_id
FROM plan_task WHERE tenant_id = $3 AND id = $5;

-- name: TASK_UNITS_CARRY
INSERT INTO plan_task_unit (tenant_id, task_id, seq, unit_id, name, role, inherited, source_from,
                            source_to, extra, live)
SELECT tenant_id, $1, seq, unit_id, name, role, inherited, 0, 0, extra, 0
FROM plan_task_unit WHERE tenant_id = $2 AND task_id = $3;

-- name: TARGETS_CARRY
INSERT INTO plan_target (tenant_id, version_id, seq, task_id, action_no, indicator, op, value, max,
                         unit, year, year_inferred, advisory, strength, raw, source_from, source_to)
SELECT tenant_id, $1, seq + 1 + (SELECT coalesce(max(m.seq), 0) FROM plan_target m
                                 WHERE m.tenant_id = $2 AND m.version_id = $1),
       $3, (SELECT n.action_no FROM plan_task n WHERE n.tenant_id = $2 AND n.id = $3), indicator, op,
       value, max, unit, year, year_inferred, advisory, strength, raw, 0, 0
FROM plan_target WHERE tenant_id = $2 AND task_id = $4;

-- name: VERSION_COUNT
-- Its numbers anew, after rows were carried into it.
UPDATE plan_version SET
    tasks = (SELECT count(*) FROM plan_task t WHERE t.tenant_id = $1 AND t.version_id = $2),
    targets = (SELECT count(*) FROM plan_target g WHERE g.tenant_id = $1 AND g.version_id = $2),
    units = (SELECT count(DISTINCT u.name) FROM plan_task t CROSS JOIN plan_task_unit u
             WHERE t.tenant_id = $1 AND t.version_id = $2 AND u.tenant_id = t.tenant_id
               AND u.task_id = t.id)
WHERE tenant_id = $1 AND id = $2;

-- name: ACTIONS_COUNT
UPDATE plan_action SET tasks = (
    SELECT count(*) FROM plan_task t WHERE t.tenant_id = $1 AND t.version_id = $2
      AND t.action_no = plan_action.no)
WHERE tenant_id = $1 AND version_id = $2;

-- ---- the words of live tasks ----

-- name: TEXT_ADD @sqlite
-- $3 is the tenant: part of every word already, on SQLite.
INSERT INTO plan_text (rowid, words) SELECT $1, $2 WHERE $3 IS NOT NULL;

-- name: TEXT_ADD @pgsql
INSERT INTO plan_text (id, words, tenant_id)
VALUES ($1, array_to_tsvector(string_to_array(CAST($2 AS TEXT), ' ')), $3);

-- name: TEXT_REMOVE @sqlite
-- The index keeps no words of its own: it must be told the very ones that it was given.
INSERT INTO plan_text (plan_text, rowid, words) SELECT 'delete', $1, $2 WHERE $3 IS NOT NULL;

-- name: TEXT_REMOVE @pgsql
DELETE FROM plan_text WHERE id = $1 AND CAST($2 AS TEXT) IS NOT NULL AND tenant_id = $3;

-- ---- how many rows a filter has, up to a limit: who leads is chosen by it ----

-- name: PROBE_TEXT @sqlite
-- $1: 1 where nothing else is asked for and the order is that of the plan: TASK_LIST_TEXT has it.
-- scan: the rows of the inner select, at most the limit
SELECT CASE WHEN $1 = 1 THEN 0 ELSE (SELECT count(*) FROM (
    SELECT rowid FROM plan_text WHERE plan_text MATCH $2 AND $3 IS NOT NULL LIMIT $4)) END;

-- name: PROBE_TEXT @pgsql
SELECT CASE WHEN CAST($1 AS BIGINT) IS NULL THEN 0 ELSE count(*) END FROM (SELECT id FROM plan_text
    WHERE words @@ CAST(replace($2, ' ', ' & ') AS TSQUERY) AND tenant_id = $3
    LIMIT $4) x;

-- name: PROBE_UNIT @sqlite
-- scan: the rows of the inner select, at most the limit
SELECT count(*) FROM (SELECT task_id FROM plan_task_unit INDEXED BY plan_task_unit_live
    WHERE tenant_id = $1 AND unit_id = $2 AND live = 1 LIMIT $3) x;

-- name: PROBE_UNIT @pgsql
SELECT count(*) FROM (SELECT task_id FROM plan_task_unit
    WHERE tenant_id = $1 AND unit_id = $2 AND live = 1 LIMIT $3) x;

-- name: PROBE_ACTION
-- scan: the rows of the inner select, at most the limit
SELECT count(*) FROM (SELECT id FROM plan_task
    WHERE tenant_id = $1 AND action = $2 AND live = 1 LIMIT $3) x;

-- name: PROBE_DUE
-- scan: the rows of the inner select, at most the limit
SELECT count(*) FROM (SELECT id FROM plan_task
    WHERE tenant_id = $1 AND due >= $2 AND due <= $3 AND live = 1 LIMIT $4) x;

-- name: PROBE_KIND
-- scan: the rows of the inner select, at most the limit
SELECT count(*) FROM (SELECT id FROM plan_task
    WHERE tenant_id = $1 AND deadline_kind = $2 AND live = 1 LIMIT $3) x;

-- name: PROBE_PROGRAMME
-- scan: the rows of the inner select, at most the limit
SELECT count(*) FROM (SELECT id FROM plan_task
    WHERE tenant_id = $1 AND programme_id = $2 AND live = 1 LIMIT $3) x;

-- name: PROBE_TAG
-- scan: the rows of the inner select, at most the limit
SELECT count(*) FROM (SELECT line_id FROM line_tag
    WHERE tenant_id = $1 AND tag = $2 LIMIT $3) x;

-- ---- tags of lines of work ----

-- name: TAGS
-- Every tag once, found by a step from each to the next, so that many lines with one cost nothing.
WITH RECURSIVE step(tag) AS (
    SELECT min(tag) FROM line_tag WHERE tenant_id = $1
    UNION ALL
    SELECT (SELECT min(g.tag) FROM line_tag g WHERE g.tenant_id = $1 AND g.tag > step.tag) FROM step
    WHERE step.tag IS NOT NULL
)
SELECT tag FROM step WHERE tag IS NOT NULL LIMIT $2;

-- name: TAGS_OF_LINES
-- The lines lead: without the + SQLite reads all tags of the jurisdiction.
-- filter: line = g.line_id
-- order @sqlite: tag = +g.tag
-- order @pgsql: tag = g.tag
-- key: g.line_id
SELECT g.line_id, g.tag FROM line_tag g WHERE g.tenant_id = $1 {where} {order};

-- name: TAG_ADD @sqlite
-- To the lines of a JSON array.
INSERT INTO line_tag (tenant_id, line_id, tag) SELECT $1, value, $2 FROM json_each($3) WHERE true
ON CONFLICT (tenant_id, line_id, tag) DO NOTHING;

-- name: TAG_ADD @pgsql
INSERT INTO line_tag (tenant_id, line_id, tag)
SELECT CAST($1 AS BIGINT), CAST(value AS BIGINT), CAST($2 AS TEXT) FROM json_array_elements_text(CAST($3 AS JSON))
ON CONFLICT (tenant_id, line_id, tag) DO NOTHING;

-- name: TAG_REMOVE @sqlite
DELETE FROM line_tag WHERE tenant_id = $1 AND tag = $2 AND line_id IN (SELECT value FROM json_each($3));

-- name: TAG_REMOVE @pgsql
DELETE FROM line_tag WHERE tenant_id = $1 AND tag = $2
  AND line_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($3 AS JSON)));

-- name: TAG_CLEAR
DELETE FROM line_tag WHERE tenant_id = $1 AND line_id = $2;

-- name: TAG_TOUCH @sqlite
-- The rows of these lines are shown otherwise: whoever keeps a copy asks anew.
UPDATE plan_task SET version = version + 1 WHERE tenant_id = $1 AND line_id IN (SELECT value FROM json_each($2));

-- name: TAG_TOUCH @pgsql
UPDATE plan_task SET version = version + 1
WHERE tenant_id = $1 AND line_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($2 AS JSON)));

-- name: TAG_LINES
-- scan: only without its filter, which is always given: ids of tasks
-- Lines of the tasks that a scope shows.
-- filter: id = t.id
-- filter @sqlite: scope = EXISTS (SELECT 1 FROM plan_task_unit s WHERE s.tenant_id = t.tenant_id AND s.task_id = t.id AND s.unit_id IN (SELECT value FROM json_each(?)))
-- filter @pgsql: scope = EXISTS (SELECT 1 FROM plan_task_unit s WHERE s.tenant_id = t.tenant_id AND s.task_id = t.id AND s.unit_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON))))
-- key: t.id
SELECT t.line_id FROM plan_task t JOIN plan_version v ON v.tenant_id = t.tenant_id AND v.id = t.version_id
WHERE +t.tenant_id = $1 AND v.state <> 'importing' {where} {order};

-- ---- totals ----

-- name: TOTAL_ADD_ROWS
-- Add the numbers of version $2 times $1 (1 when it is published, -1 when it is superseded).
INSERT INTO plan_total (tenant_id, programme_id, dimension, item, part, tasks)
SELECT tenant_id, programme_id, 'action', action, CAST(action_no AS TEXT), $1 * count(*)
FROM plan_task WHERE version_id = $2 AND tenant_id = $3 GROUP BY tenant_id, programme_id, action, action_no
UNION ALL
SELECT tenant_id, programme_id, 'kind', deadline_kind, '', $1 * count(*)
FROM plan_task WHERE version_id = $2 AND tenant_id = $3 GROUP BY tenant_id, programme_id, deadline_kind
UNION ALL
SELECT tenant_id, programme_id, 'strength', strength, '', $1 * count(*)
FROM plan_task WHERE version_id = $2 AND tenant_id = $3 GROUP BY tenant_id, programme_id, strength
ON CONFLICT (tenant_id, programme_id, dimension, item, part)
DO UPDATE SET tasks = plan_total.tasks + excluded.tasks;

-- name: TOTAL_ADD_UNITS
INSERT INTO plan_total (tenant_id, programme_id, dimension, item, part, tasks)
SELECT t.tenant_id, t.programme_id, 'unit', CAST(u.unit_id AS TEXT), u.role, $1 * count(*)
FROM plan_task t CROSS JOIN plan_task_unit u
WHERE t.version_id = $2 AND t.tenant_id = $3 AND u.tenant_id = t.tenant_id AND u.task_id = t.id
  AND u.extra = 0
GROUP BY t.tenant_id, t.programme_id, u.unit_id, u.role
ON CONFLICT (tenant_id, programme_id, dimension, item, part)
DO UPDATE SET tasks = plan_total.tasks + excluded.tasks;

-- name: TOTAL_SUM
SELECT dimension, item, part, CAST(sum(tasks) AS BIGINT) FROM plan_total
WHERE tenant_id = $1 AND (CAST($2 AS BIGINT) = 0 OR programme_id = $2)
GROUP BY dimension, item, part HAVING sum(tasks) <> 0 ORDER BY dimension, item, part;

-- name: TOTAL_OF_UNIT
SELECT part, CAST(sum(tasks) AS BIGINT) FROM plan_total
WHERE tenant_id = $1 AND dimension = 'unit' AND item = $2 GROUP BY part;

-- ---- a unit's name means another unit now ----

-- name: UNIT_MOVED_VERSIONS
-- Published ones: their numbers are counted anew.
SELECT DISTINCT t.version_id FROM plan_task_unit u CROSS JOIN plan_task t CROSS JOIN plan_version v
WHERE u.tenant_id = $1 AND u.unit_id = $2 AND u.name = $3
  AND t.tenant_id = u.tenant_id AND t.id = u.task_id
  AND v.tenant_id = t.tenant_id AND v.id = t.version_id AND v.state = 'published';

-- name: UNIT_MOVED_ROWS
-- The text $1 of a row's units becomes $2.
UPDATE plan_task SET units = replace(units, $1, $2)
WHERE tenant_id = $3 AND id IN (SELECT task_id FROM plan_task_unit
                                WHERE tenant_id = $3 AND unit_id = $4 AND name = $5);

-- name: UNIT_MOVED
UPDATE plan_task_unit SET
    live = CASE WHEN EXISTS (SELECT 1 FROM plan_task_unit o WHERE o.tenant_id = $1
                AND o.task_id = plan_task_unit.task_id AND o.unit_id = $2 AND o.extra = 0)
                THEN 0 ELSE live END,
    extra = CASE WHEN EXISTS (SELECT 1 FROM plan_task_unit o WHERE o.tenant_id = $1
                AND o.task_id = plan_task_unit.task_id AND o.unit_id = $2 AND o.extra = 0)
                THEN 1 ELSE 0 END,
    unit_id = $2
WHERE tenant_id = $1 AND unit_id = $3 AND name = $4;

-- name: UNIT_MOVED_LEFT
-- Where the moved row had stood for others of its unit, the first of these stands for itself now.
UPDATE plan_task_unit SET extra = 0
WHERE tenant_id = $1 AND unit_id = $2 AND extra = 1 AND seq = (
    SELECT min(o.seq) FROM plan_task_unit o WHERE o.tenant_id = $1
    AND o.task_id = plan_task_unit.task_id AND o.unit_id = $2)
  AND NOT EXISTS (SELECT 1 FROM plan_task_unit o WHERE o.tenant_id = $1
    AND o.task_id = plan_task_unit.task_id AND o.unit_id = $2 AND o.extra = 0);

-- name: UNIT_MOVED_LIVE
-- A row that is no extra any more (a name got a unit of its own) follows its task.
UPDATE plan_task_unit SET live = (SELECT t.live FROM plan_task t
                                  WHERE t.tenant_id = $1 AND t.id = plan_task_unit.task_id)
WHERE tenant_id = $1 AND unit_id IN ($2, $3) AND extra = 0;

-- The lists of tasks.  One row's columns are the same in all; they differ in what leads: CROSS JOIN
-- keeps SQLite to the order written (PostgreSQL chooses by its statistics).  plan/list.c picks one.

-- name: TASK_LIST_LIVE
-- Published tasks; an index of the filter leads where there is one, in the order of the plans.
-- filter: programme = t.programme_id
-- filter: action = t.action
-- filter: kind = t.deadline_kind
-- filter: strength = t.strength
-- filter: due = t.due
-- filter: state = v.state
-- filter: tag = EXISTS (SELECT 1 FROM line_tag g WHERE g.tenant_id = t.tenant_id AND g.line_id = t.line_id AND g.tag = ?)
-- filter @sqlite: text = instr(lower(t.title || char(10) || t.text), ?) > 0
-- filter @pgsql: text = strpos(lower(t.title || chr(10) || t.text), ?) > 0
-- filter: unit = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ?)
-- filter: unit_lead = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'lead')
-- filter: unit_responsible = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'responsible')
-- filter: unit_cooperate = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'cooperate')
-- filter @sqlite: scope = EXISTS (SELECT 1 FROM plan_task_unit s WHERE s.tenant_id = t.tenant_id AND s.task_id = t.id AND s.unit_id IN (SELECT value FROM json_each(?)))
-- filter @pgsql: scope = EXISTS (SELECT 1 FROM plan_task_unit s WHERE s.tenant_id = t.tenant_id AND s.task_id = t.id AND s.unit_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON))))
-- order: due = t.due
-- order: changed = t.changed_at
-- key: t.id
SELECT t.id, v.document_id, t.version_id, v.state, t.action_no, t.action, t.no, t.title, t.units,
       t.open_ended, t.deadline_kind, t.due, t.deadline_dates, t.deadline_raw,
       t.deadline_inferred, t.strength, t.warnings, t.version, t.changed_at, t.line_id
FROM plan_task t CROSS JOIN plan_version v
WHERE t.tenant_id = $1 AND t.live = 1 AND v.tenant_id = t.tenant_id AND v.id = t.version_id AND v.state = 'published' {where} {order};

-- name: TASK_LIST_ORDERED
-- Published tasks; the order leads (filters that match many rows, by due date or change).
-- filter @sqlite: programme = +t.programme_id
-- filter @pgsql: programme = t.programme_id
-- filter @sqlite: action = +t.action
-- filter @pgsql: action = t.action
-- filter @sqlite: kind = +t.deadline_kind
-- filter @pgsql: kind = t.deadline_kind
-- filter @sqlite: strength = +t.strength
-- filter @pgsql: strength = t.strength
-- filter @sqlite: due = +t.due
-- filter @pgsql: due = t.due
-- filter: state = v.state
-- filter: tag = EXISTS (SELECT 1 FROM line_tag g WHERE g.tenant_id = t.tenant_id AND g.line_id = t.line_id AND g.tag = ?)
-- filter @sqlite: text = instr(lower(t.title || char(10) || t.text), ?) > 0
-- filter @pgsql: text = strpos(lower(t.title || chr(10) || t.text), ?) > 0
-- filter: unit = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ?)
-- filter: unit_lead = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'lead')
-- filter: unit_responsible = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'responsible')
-- filter: unit_cooperate = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'cooperate')
-- filter @sqlite: scope = EXISTS (SELECT 1 FROM plan_task_unit s WHERE s.tenant_id = t.tenant_id AND s.task_id = t.id AND s.unit_id IN (SELECT value FROM json_each(?)))
-- filter @pgsql: scope = EXISTS (SELECT 1 FROM plan_task_unit s WHERE s.tenant_id = t.tenant_id AND s.task_id = t.id AND s.unit_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON))))
-- order: due = t.due
-- order: changed = t.changed_at
-- key: t.id
SELECT t.id, v.document_id, t.version_id, v.state, t.action_no, t.action, t.no, t.title, t.units,
       t.open_ended, t.deadline_kind, t.due, t.deadline_dates, t.deadline_raw,
       t.deadline_inferred, t.strength, t.warnings, t.version, t.changed_at, t.line_id
FROM plan_task t CROSS JOIN plan_version v
WHERE t.tenant_id = $1 AND t.live = 1 AND v.tenant_id = t.tenant_id AND v.id = t.version_id AND v.state = 'published' {where} {order};

-- name: TASK_LIST_UNIT @sqlite
-- INDEXED BY: without statistics SQLite takes an index that lacks what is asked for.
-- Published tasks of unit $2; the unit leads.
-- filter @sqlite: programme = +t.programme_id
-- filter @pgsql: programme = t.programme_id
-- filter @sqlite: action = +t.action
-- filter @pgsql: action = t.action
-- filter @sqlite: kind = +t.deadline_kind
-- filter @pgsql: kind = t.deadline_kind
-- filter @sqlite: strength = +t.strength
-- filter @pgsql: strength = t.strength
-- filter @sqlite: due = +t.due
-- filter @pgsql: due = t.due
-- filter: state = v.state
-- filter: tag = EXISTS (SELECT 1 FROM line_tag g WHERE g.tenant_id = t.tenant_id AND g.line_id = t.line_id AND g.tag = ?)
-- filter @sqlite: text = instr(lower(t.title || char(10) || t.text), ?) > 0
-- filter @pgsql: text = strpos(lower(t.title || chr(10) || t.text), ?) > 0
-- filter: role = u.role
-- filter @sqlite: scope = EXISTS (SELECT 1 FROM plan_task_unit s WHERE s.tenant_id = t.tenant_id AND s.task_id = t.id AND s.unit_id IN (SELECT value FROM json_each(?)))
-- filter @pgsql: scope = EXISTS (SELECT 1 FROM plan_task_unit s WHERE s.tenant_id = t.tenant_id AND s.task_id = t.id AND s.unit_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON))))
-- order: due = t.due
-- order: changed = t.changed_at
-- key: u.task_id
SELECT t.id, v.document_id, t.version_id, v.state, t.action_no, t.action, t.no, t.title, t.units,
       t.open_ended, t.deadline_kind, t.due, t.deadline_dates, t.deadline_raw,
       t.deadline_inferred, t.strength, t.warnings, t.version, t.changed_at, t.line_id
FROM plan_task_unit u INDEXED BY plan_task_unit_live CROSS JOIN plan_task t CROSS JOIN plan_version v
WHERE u.tenant_id = $1 AND u.live = 1 AND u.unit_id = $2 AND t.tenant_id = u.tenant_id AND t.id = u.task_id AND t.live = 1
  AND v.tenant_id = t.tenant_id AND v.id = t.version_id AND v.state = 'published' {where} {order};

-- name: TASK_LIST_UNIT @pgsql
SELECT t.id, v.document_id, t.version_id, v.state, t.action_no, t.action, t.no, t.title, t.units,
       t.open_ended, t.deadline_kind, t.due, t.deadline_dates, t.deadline_raw,
       t.deadline_inferred, t.strength, t.warnings, t.version, t.changed_at, t.line_id
FROM plan_task_unit u CROSS JOIN plan_task t CROSS JOIN plan_version v
WHERE u.tenant_id = $1 AND u.live = 1 AND u.unit_id = $2 AND t.tenant_id = u.tenant_id AND t.id = u.task_id AND t.live = 1
  AND v.tenant_id = t.tenant_id AND v.id = t.version_id AND v.state = 'published' {where} {order};

-- name: TASK_LIST_TEXT @sqlite
-- Published tasks with the pairs of characters $1; the words lead.  The rowid as key: so SQLite reads them in
-- the order of the plan and ends when the page is full.
-- scan: the rows that hold the words
-- filter @sqlite: programme = +t.programme_id
-- filter @pgsql: programme = t.programme_id
-- filter @sqlite: action = +t.action
-- filter @pgsql: action = t.action
-- filter @sqlite: kind = +t.deadline_kind
-- filter @pgsql: kind = t.deadline_kind
-- filter @sqlite: strength = +t.strength
-- filter @pgsql: strength = t.strength
-- filter @sqlite: due = +t.due
-- filter @pgsql: due = t.due
-- filter: state = v.state
-- filter: tag = EXISTS (SELECT 1 FROM line_tag g WHERE g.tenant_id = t.tenant_id AND g.line_id = t.line_id AND g.tag = ?)
-- filter @sqlite: text = instr(lower(t.title || char(10) || t.text), ?) > 0
-- filter @pgsql: text = strpos(lower(t.title || chr(10) || t.text), ?) > 0
-- filter: unit = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ?)
-- filter: unit_lead = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'lead')
-- filter: unit_responsible = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'responsible')
-- filter: unit_cooperate = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'cooperate')
-- filter @sqlite: scope = EXISTS (SELECT 1 FROM plan_task_unit s WHERE s.tenant_id = t.tenant_id AND s.task_id = t.id AND s.unit_id IN (SELECT value FROM json_each(?)))
-- filter @pgsql: scope = EXISTS (SELECT 1 FROM plan_task_unit s WHERE s.tenant_id = t.tenant_id AND s.task_id = t.id AND s.unit_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON))))
-- order: due = t.due
-- order: changed = t.changed_at
-- key @sqlite: x.rowid
-- key @pgsql: t.id
SELECT t.id, v.document_id, t.version_id, v.state, t.action_no, t.action, t.no, t.title, t.units,
       t.open_ended, t.deadline_kind, t.due, t.deadline_dates, t.deadline_raw,
       t.deadline_inferred, t.strength, t.warnings, t.version, t.changed_at, t.line_id
FROM plan_text x CROSS JOIN plan_task t CROSS JOIN plan_version v
WHERE x.plan_text MATCH $1 AND t.id = x.rowid AND t.tenant_id = $2 AND +t.live = 1
  AND v.tenant_id = t.tenant_id AND v.id = t.version_id AND v.state = 'published' {where} {order};

-- name: TASK_LIST_TEXT @pgsql
SELECT t.id, v.document_id, t.version_id, v.state, t.action_no, t.action, t.no, t.title, t.units,
       t.open_ended, t.deadline_kind, t.due, t.deadline_dates, t.deadline_raw,
       t.deadline_inferred, t.strength, t.warnings, t.version, t.changed_at, t.line_id
FROM plan_text x CROSS JOIN plan_task t CROSS JOIN plan_version v
WHERE x.words @@ CAST(replace($1, ' ', ' & ') AS TSQUERY) AND x.tenant_id = $2
  AND t.tenant_id = x.tenant_id AND t.id = x.id AND t.live = 1 AND v.tenant_id = t.tenant_id AND v.id = t.version_id AND v.state = 'published' {where} {order};

-- name: TASK_LIST_TAG @sqlite
-- Published tasks of the lines with tag $2; the tag leads.
-- filter @sqlite: programme = +t.programme_id
-- filter @pgsql: programme = t.programme_id
-- filter @sqlite: action = +t.action
-- filter @pgsql: action = t.action
-- filter @sqlite: kind = +t.deadline_kind
-- filter @pgsql: kind = t.deadline_kind
-- filter @sqlite: strength = +t.strength
-- filter @pgsql: strength = t.strength
-- filter @sqlite: due = +t.due
-- filter @pgsql: due = t.due
-- filter: state = v.state
-- filter @sqlite: text = instr(lower(t.title || char(10) || t.text), ?) > 0
-- filter @pgsql: text = strpos(lower(t.title || chr(10) || t.text), ?) > 0
-- filter: unit = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ?)
-- filter: unit_lead = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'lead')
-- filter: unit_responsible = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'responsible')
-- filter: unit_cooperate = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'cooperate')
-- filter @sqlite: scope = EXISTS (SELECT 1 FROM plan_task_unit s WHERE s.tenant_id = t.tenant_id AND s.task_id = t.id AND s.unit_id IN (SELECT value FROM json_each(?)))
-- filter @pgsql: scope = EXISTS (SELECT 1 FROM plan_task_unit s WHERE s.tenant_id = t.tenant_id AND s.task_id = t.id AND s.unit_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON))))
-- order: due = t.due
-- order: changed = t.changed_at
-- key: t.id
SELECT t.id, v.document_id, t.version_id, v.state, t.action_no, t.action, t.no, t.title, t.units,
       t.open_ended, t.deadline_kind, t.due, t.deadline_dates, t.deadline_raw,
       t.deadline_inferred, t.strength, t.warnings, t.version, t.changed_at, t.line_id
FROM line_tag g CROSS JOIN plan_task t INDEXED BY plan_task_by_line CROSS JOIN plan_version v
WHERE g.tenant_id = $1 AND g.tag = $2 AND t.tenant_id = g.tenant_id AND t.line_id = g.line_id AND +t.live = 1
  AND v.tenant_id = t.tenant_id AND v.id = t.version_id AND v.state = 'published' {where} {order};

-- name: TASK_LIST_TAG @pgsql
SELECT t.id, v.document_id, t.version_id, v.state, t.action_no, t.action, t.no, t.title, t.units,
       t.open_ended, t.deadline_kind, t.due, t.deadline_dates, t.deadline_raw,
       t.deadline_inferred, t.strength, t.warnings, t.version, t.changed_at, t.line_id
FROM line_tag g CROSS JOIN plan_task t CROSS JOIN plan_version v
WHERE g.tenant_id = $1 AND g.tag = $2 AND t.tenant_id = g.tenant_id AND t.line_id = g.line_id AND t.live = 1
  AND v.tenant_id = t.tenant_id AND v.id = t.version_id AND v.state = 'published' {where} {order};

-- name: TASK_LIST_VERSION
-- Tasks of the version $2, whatever its state; at most as many as a plan has.
-- filter @sqlite: programme = +t.programme_id
-- filter @pgsql: programme = t.programme_id
-- filter @sqlite: action = +t.action
-- filter @pgsql: action = t.action
-- filter @sqlite: kind = +t.deadline_kind
-- filter @pgsql: kind = t.deadline_kind
-- filter @sqlite: strength = +t.strength
-- filter @pgsql: strength = t.strength
-- filter @sqlite: due = +t.due
-- filter @pgsql: due = t.due
-- filter: state = v.state
-- filter: tag = EXISTS (SELECT 1 FROM line_tag g WHERE g.tenant_id = t.tenant_id AND g.line_id = t.line_id AND g.tag = ?)
-- filter @sqlite: text = instr(lower(t.title || char(10) || t.text), ?) > 0
-- filter @pgsql: text = strpos(lower(t.title || chr(10) || t.text), ?) > 0
-- filter: unit = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ?)
-- filter: unit_lead = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'lead')
-- filter: unit_responsible = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'responsible')
-- filter: unit_cooperate = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'cooperate')
-- filter @sqlite: scope = EXISTS (SELECT 1 FROM plan_task_unit s WHERE s.tenant_id = t.tenant_id AND s.task_id = t.id AND s.unit_id IN (SELECT value FROM json_each(?)))
-- filter @pgsql: scope = EXISTS (SELECT 1 FROM plan_task_unit s WHERE s.tenant_id = t.tenant_id AND s.task_id = t.id AND s.unit_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON))))
-- order: due = t.due
-- order: changed = t.changed_at
-- key: t.id
SELECT t.id, v.document_id, t.version_id, v.state, t.action_no, t.action, t.no, t.title, t.units,
       t.open_ended, t.deadline_kind, t.due, t.deadline_dates, t.deadline_raw,
       t.deadline_inferred, t.strength, t.warnings, t.version, t.changed_at, t.line_id
FROM plan_version v CROSS JOIN plan_task t
WHERE v.tenant_id = $1 AND v.id = $2 AND v.state <> 'importing' AND t.tenant_id = v.tenant_id AND t.version_id = v.id {where} {order};

-- name: TASK_LIST_STATE
-- Tasks of all versions in state $2 (drafts, superseded): their rows are sorted.
-- filter @sqlite: programme = +t.programme_id
-- filter @pgsql: programme = t.programme_id
-- filter @sqlite: action = +t.action
-- filter @pgsql: action = t.action
-- filter @sqlite: kind = +t.deadline_kind
-- filter @pgsql: kind = t.deadline_kind
-- filter @sqlite: strength = +t.strength
-- filter @pgsql: strength = t.strength
-- filter @sqlite: due = +t.due
-- filter @pgsql: due = t.due
-- filter: state = v.state
-- filter: tag = EXISTS (SELECT 1 FROM line_tag g WHERE g.tenant_id = t.tenant_id AND g.line_id = t.line_id AND g.tag = ?)
-- filter @sqlite: text = instr(lower(t.title || char(10) || t.text), ?) > 0
-- filter @pgsql: text = strpos(lower(t.title || chr(10) || t.text), ?) > 0
-- filter: unit = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ?)
-- filter: unit_lead = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'lead')
-- filter: unit_responsible = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'responsible')
-- filter: unit_cooperate = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'cooperate')
-- filter @sqlite: scope = EXISTS (SELECT 1 FROM plan_task_unit s WHERE s.tenant_id = t.tenant_id AND s.task_id = t.id AND s.unit_id IN (SELECT value FROM json_each(?)))
-- filter @pgsql: scope = EXISTS (SELECT 1 FROM plan_task_unit s WHERE s.tenant_id = t.tenant_id AND s.task_id = t.id AND s.unit_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON))))
-- order: due = t.due
-- order: changed = t.changed_at
-- key: t.id
SELECT t.id, v.document_id, t.version_id, v.state, t.action_no, t.action, t.no, t.title, t.units,
       t.open_ended, t.deadline_kind, t.due, t.deadline_dates, t.deadline_raw,
       t.deadline_inferred, t.strength, t.warnings, t.version, t.changed_at, t.line_id
FROM plan_version v CROSS JOIN plan_task t
WHERE v.tenant_id = $1 AND v.state = $2 AND t.tenant_id = v.tenant_id AND t.version_id = v.id {where} {order};

-- The same with what totals are made of; they are added up in C, which one pass over the rows does
-- faster than two groupings (plan/totals.c).

-- name: TOTAL_LIVE
-- As TASK_LIST_LIVE.
-- filter: programme = t.programme_id
-- filter: action = t.action
-- filter: kind = t.deadline_kind
-- filter: strength = t.strength
-- filter: due = t.due
-- filter: state = v.state
-- filter: tag = EXISTS (SELECT 1 FROM line_tag g WHERE g.tenant_id = t.tenant_id AND g.line_id = t.line_id AND g.tag = ?)
-- filter @sqlite: text = instr(lower(t.title || char(10) || t.text), ?) > 0
-- filter @pgsql: text = strpos(lower(t.title || chr(10) || t.text), ?) > 0
-- filter: unit = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ?)
-- filter: unit_lead = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'lead')
-- filter: unit_responsible = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'responsible')
-- filter: unit_cooperate = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'cooperate')
-- filter @sqlite: scope = EXISTS (SELECT 1 FROM plan_task_unit s WHERE s.tenant_id = t.tenant_id AND s.task_id = t.id AND s.unit_id IN (SELECT value FROM json_each(?)))
-- filter @pgsql: scope = EXISTS (SELECT 1 FROM plan_task_unit s WHERE s.tenant_id = t.tenant_id AND s.task_id = t.id AND s.unit_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON))))
-- order: due = t.due
-- order: changed = t.changed_at
-- key: t.id
SELECT t.action_no, t.action, t.deadline_kind, t.strength, t.units
FROM plan_task t CROSS JOIN plan_version v
WHERE t.tenant_id = $1 AND t.live = 1 AND v.tenant_id = t.tenant_id AND v.id = t.version_id AND v.state = 'published' {where} {order};

-- name: TOTAL_TEXT @sqlite
-- As TASK_LIST_TEXT.
-- scan: the rows that hold the words
-- filter @sqlite: programme = +t.programme_id
-- filter @pgsql: programme = t.programme_id
-- filter @sqlite: action = +t.action
-- filter @pgsql: action = t.action
-- filter @sqlite: kind = +t.deadline_kind
-- filter @pgsql: kind = t.deadline_kind
-- filter @sqlite: strength = +t.strength
-- filter @pgsql: strength = t.strength
-- filter @sqlite: due = +t.due
-- filter @pgsql: due = t.due
-- filter: state = v.state
-- filter: tag = EXISTS (SELECT 1 FROM line_tag g WHERE g.tenant_id = t.tenant_id AND g.line_id = t.line_id AND g.tag = ?)
-- filter @sqlite: text = instr(lower(t.title || char(10) || t.text), ?) > 0
-- filter @pgsql: text = strpos(lower(t.title || chr(10) || t.text), ?) > 0
-- filter: unit = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ?)
-- filter: unit_lead = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'lead')
-- filter: unit_responsible = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'responsible')
-- filter: unit_cooperate = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'cooperate')
-- filter @sqlite: scope = EXISTS (SELECT 1 FROM plan_task_unit s WHERE s.tenant_id = t.tenant_id AND s.task_id = t.id AND s.unit_id IN (SELECT value FROM json_each(?)))
-- filter @pgsql: scope = EXISTS (SELECT 1 FROM plan_task_unit s WHERE s.tenant_id = t.tenant_id AND s.task_id = t.id AND s.unit_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON))))
-- order: due = t.due
-- order: changed = t.changed_at
-- key: t.id
SELECT t.action_no, t.action, t.deadline_kind, t.strength, t.units
FROM plan_text x CROSS JOIN plan_task t CROSS JOIN plan_version v
WHERE x.plan_text MATCH $1 AND t.id = x.rowid AND t.tenant_id = $2 AND +t.live = 1
  AND v.tenant_id = t.tenant_id AND v.id = t.version_id AND v.state = 'published' {where} {order};

-- name: TOTAL_TEXT @pgsql
SELECT t.action_no, t.action, t.deadline_kind, t.strength, t.units
FROM plan_text x CROSS JOIN plan_task t CROSS JOIN plan_version v
WHERE x.words @@ CAST(replace($1, ' ', ' & ') AS TSQUERY) AND x.tenant_id = $2
  AND t.tenant_id = x.tenant_id AND t.id = x.id AND t.live = 1 AND v.tenant_id = t.tenant_id AND v.id = t.version_id AND v.state = 'published' {where} {order};

-- name: TOTAL_VERSION
-- As TASK_LIST_VERSION.
-- filter @sqlite: programme = +t.programme_id
-- filter @pgsql: programme = t.programme_id
-- filter @sqlite: action = +t.action
-- filter @pgsql: action = t.action
-- filter @sqlite: kind = +t.deadline_kind
-- filter @pgsql: kind = t.deadline_kind
-- filter @sqlite: strength = +t.strength
-- filter @pgsql: strength = t.strength
-- filter @sqlite: due = +t.due
-- filter @pgsql: due = t.due
-- filter: state = v.state
-- filter: tag = EXISTS (SELECT 1 FROM line_tag g WHERE g.tenant_id = t.tenant_id AND g.line_id = t.line_id AND g.tag = ?)
-- filter @sqlite: text = instr(lower(t.title || char(10) || t.text), ?) > 0
-- filter @pgsql: text = strpos(lower(t.title || chr(10) || t.text), ?) > 0
-- filter: unit = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ?)
-- filter: unit_lead = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'lead')
-- filter: unit_responsible = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'responsible')
-- filter: unit_cooperate = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'cooperate')
-- filter @sqlite: scope = EXISTS (SELECT 1 FROM plan_task_unit s WHERE s.tenant_id = t.tenant_id AND s.task_id = t.id AND s.unit_id IN (SELECT value FROM json_each(?)))
-- filter @pgsql: scope = EXISTS (SELECT 1 FROM plan_task_unit s WHERE s.tenant_id = t.tenant_id AND s.task_id = t.id AND s.unit_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON))))
-- order: due = t.due
-- order: changed = t.changed_at
-- key: t.id
SELECT t.action_no, t.action, t.deadline_kind, t.strength, t.units
FROM plan_version v CROSS JOIN plan_task t
WHERE v.tenant_id = $1 AND v.id = $2 AND v.state <> 'importing' AND t.tenant_id = v.tenant_id AND t.version_id = v.id {where} {order};

-- name: TOTAL_STATE
-- As TASK_LIST_STATE.
-- filter @sqlite: programme = +t.programme_id
-- filter @pgsql: programme = t.programme_id
-- filter @sqlite: action = +t.action
-- filter @pgsql: action = t.action
-- filter @sqlite: kind = +t.deadline_kind
-- filter @pgsql: kind = t.deadline_kind
-- filter @sqlite: strength = +t.strength
-- filter @pgsql: strength = t.strength
-- filter @sqlite: due = +t.due
-- filter @pgsql: due = t.due
-- filter: state = v.state
-- filter: tag = EXISTS (SELECT 1 FROM line_tag g WHERE g.tenant_id = t.tenant_id AND g.line_id = t.line_id AND g.tag = ?)
-- filter @sqlite: text = instr(lower(t.title || char(10) || t.text), ?) > 0
-- filter @pgsql: text = strpos(lower(t.title || chr(10) || t.text), ?) > 0
-- filter: unit = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ?)
-- filter: unit_lead = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'lead')
-- filter: unit_responsible = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'responsible')
-- filter: unit_cooperate = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'cooperate')
-- filter @sqlite: scope = EXISTS (SELECT 1 FROM plan_task_unit s WHERE s.tenant_id = t.tenant_id AND s.task_id = t.id AND s.unit_id IN (SELECT value FROM json_each(?)))
-- filter @pgsql: scope = EXISTS (SELECT 1 FROM plan_task_unit s WHERE s.tenant_id = t.tenant_id AND s.task_id = t.id AND s.unit_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON))))
-- order: due = t.due
-- order: changed = t.changed_at
-- key: t.id
SELECT t.action_no, t.action, t.deadline_kind, t.strength, t.units
FROM plan_version v CROSS JOIN plan_task t
WHERE v.tenant_id = $1 AND v.state = $2 AND t.tenant_id = v.tenant_id AND t.version_id = v.id {where} {order};

-- name: TOTAL_UNIT @sqlite
-- INDEXED BY: without statistics SQLite takes an index that lacks what is asked for.
-- As TASK_LIST_UNIT.
-- filter @sqlite: programme = +t.programme_id
-- filter @pgsql: programme = t.programme_id
-- filter @sqlite: action = +t.action
-- filter @pgsql: action = t.action
-- filter @sqlite: kind = +t.deadline_kind
-- filter @pgsql: kind = t.deadline_kind
-- filter @sqlite: strength = +t.strength
-- filter @pgsql: strength = t.strength
-- filter @sqlite: due = +t.due
-- filter @pgsql: due = t.due
-- filter: state = v.state
-- filter: tag = EXISTS (SELECT 1 FROM line_tag g WHERE g.tenant_id = t.tenant_id AND g.line_id = t.line_id AND g.tag = ?)
-- filter @sqlite: text = instr(lower(t.title || char(10) || t.text), ?) > 0
-- filter @pgsql: text = strpos(lower(t.title || chr(10) || t.text), ?) > 0
-- filter: role = u.role
-- filter @sqlite: scope = EXISTS (SELECT 1 FROM plan_task_unit s WHERE s.tenant_id = t.tenant_id AND s.task_id = t.id AND s.unit_id IN (SELECT value FROM json_each(?)))
-- filter @pgsql: scope = EXISTS (SELECT 1 FROM plan_task_unit s WHERE s.tenant_id = t.tenant_id AND s.task_id = t.id AND s.unit_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON))))
-- order: due = t.due
-- order: changed = t.changed_at
-- key: u.task_id
SELECT t.action_no, t.action, t.deadline_kind, t.strength, t.units
FROM plan_task_unit u INDEXED BY plan_task_unit_live CROSS JOIN plan_task t CROSS JOIN plan_version v
WHERE u.tenant_id = $1 AND u.live = 1 AND u.unit_id = $2 AND t.tenant_id = u.tenant_id AND t.id = u.task_id AND t.live = 1
  AND v.tenant_id = t.tenant_id AND v.id = t.version_id AND v.state = 'published' {where} {order};

-- name: TOTAL_UNIT @pgsql
SELECT t.action_no, t.action, t.deadline_kind, t.strength, t.units
FROM plan_task_unit u CROSS JOIN plan_task t CROSS JOIN plan_version v
WHERE u.tenant_id = $1 AND u.live = 1 AND u.unit_id = $2 AND t.tenant_id = u.tenant_id AND t.id = u.task_id AND t.live = 1
  AND v.tenant_id = t.tenant_id AND v.id = t.version_id AND v.state = 'published' {where} {order};

-- name: TOTAL_TAG @sqlite
-- As TASK_LIST_TAG.
-- filter @sqlite: programme = +t.programme_id
-- filter @pgsql: programme = t.programme_id
-- filter @sqlite: action = +t.action
-- filter @pgsql: action = t.action
-- filter @sqlite: kind = +t.deadline_kind
-- filter @pgsql: kind = t.deadline_kind
-- filter @sqlite: strength = +t.strength
-- filter @pgsql: strength = t.strength
-- filter @sqlite: due = +t.due
-- filter @pgsql: due = t.due
-- filter: state = v.state
-- filter @sqlite: text = instr(lower(t.title || char(10) || t.text), ?) > 0
-- filter @pgsql: text = strpos(lower(t.title || chr(10) || t.text), ?) > 0
-- filter: unit = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ?)
-- filter: unit_lead = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'lead')
-- filter: unit_responsible = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'responsible')
-- filter: unit_cooperate = EXISTS (SELECT 1 FROM plan_task_unit u WHERE u.tenant_id = t.tenant_id AND u.task_id = t.id AND u.unit_id = ? AND u.role = 'cooperate')
-- filter @sqlite: scope = EXISTS (SELECT 1 FROM plan_task_unit s WHERE s.tenant_id = t.tenant_id AND s.task_id = t.id AND s.unit_id IN (SELECT value FROM json_each(?)))
-- filter @pgsql: scope = EXISTS (SELECT 1 FROM plan_task_unit s WHERE s.tenant_id = t.tenant_id AND s.task_id = t.id AND s.unit_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON))))
-- order: due = t.due
-- order: changed = t.changed_at
-- key: t.id
SELECT t.action_no, t.action, t.deadline_kind, t.strength, t.units
FROM line_tag g CROSS JOIN plan_task t INDEXED BY plan_task_by_line CROSS JOIN plan_version v
WHERE g.tenant_id = $1 AND g.tag = $2 AND t.tenant_id = g.tenant_id AND t.line_id = g.line_id AND +t.live = 1
  AND v.tenant_id = t.tenant_id AND v.id = t.version_id AND v.state = 'published' {where} {order};

-- name: TOTAL_TAG @pgsql
SELECT t.action_no, t.action, t.deadline_kind, t.strength, t.units
FROM line_tag g CROSS JOIN plan_task t CROSS JOIN plan_version v
WHERE g.tenant_id = $1 AND g.tag = $2 AND t.tenant_id = g.tenant_id AND t.line_id = g.line_id AND t.live = 1
  AND v.tenant_id = t.tenant_id AND v.id = t.version_id AND v.state = 'published' {where} {order};
