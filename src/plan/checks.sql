-- What must hold in the tables of plan/: each statement gives no row where the data is sound.  What
-- an import left that did not end is none of their business: the next start removes it.

-- name: CHECK_VERSION_HAS_DOCUMENT
-- scan: a check reads the whole table
SELECT v.tenant_id, v.id FROM plan_version v
LEFT JOIN document d ON d.tenant_id = v.tenant_id AND d.id = v.document_id
WHERE v.state <> 'importing' AND d.id IS NULL;

-- name: CHECK_VERSION_WORDS
-- scan: a check reads the whole table
SELECT tenant_id, id FROM plan_version
WHERE state NOT IN ('importing', 'draft', 'published', 'superseded');

-- name: CHECK_VERSION_HAS_ITS_TASKS
-- scan: a check reads the whole table
SELECT v.tenant_id, v.id FROM plan_version v
WHERE v.state <> 'importing' AND v.tasks <> (
    SELECT count(*) FROM plan_task t WHERE t.tenant_id = v.tenant_id AND t.version_id = v.id);

-- name: CHECK_ONE_VERSION_IN_FORCE
-- scan: a check reads the whole table
SELECT tenant_id, document_id FROM plan_version WHERE state = 'published'
GROUP BY tenant_id, document_id HAVING count(*) > 1;

-- name: CHECK_TASK_HAS_VERSION
-- scan: a check reads the whole table
SELECT t.tenant_id, t.id FROM plan_task t
LEFT JOIN plan_version v ON v.tenant_id = t.tenant_id AND v.id = t.version_id WHERE v.id IS NULL;

-- name: CHECK_TASK_UNIT_HAS_TASK_AND_UNIT
-- scan: a check reads the whole table
SELECT x.tenant_id, x.task_id, x.seq FROM plan_task_unit x
LEFT JOIN plan_task t ON t.tenant_id = x.tenant_id AND t.id = x.task_id
LEFT JOIN unit u ON u.tenant_id = x.tenant_id AND u.id = x.unit_id
WHERE t.id IS NULL OR u.id IS NULL;

-- name: CHECK_VERSION_COUNTS_OPEN_WARNINGS
-- scan: a check reads the whole table
SELECT v.tenant_id, v.id FROM plan_version v
WHERE v.state <> 'importing' AND v.warnings <> (
    SELECT count(*) FROM plan_warning w
    LEFT JOIN plan_warning_end e
      ON e.tenant_id = w.tenant_id AND e.version_id = w.version_id AND e.seq = w.seq
    WHERE w.tenant_id = v.tenant_id AND w.version_id = v.id AND e.seq IS NULL);

-- name: CHECK_TASK_COUNTS_OPEN_WARNINGS
-- scan: a check reads the whole table
SELECT t.tenant_id, t.id FROM plan_task t
WHERE t.warnings <> (
    SELECT count(*) FROM plan_warning w
    LEFT JOIN plan_warning_end e
      ON e.tenant_id = w.tenant_id AND e.version_id = w.version_id AND e.seq = w.seq
    WHERE w.tenant_id = t.tenant_id AND w.task_id = t.id AND e.seq IS NULL)
  AND EXISTS (SELECT 1 FROM plan_version v WHERE v.tenant_id = t.tenant_id
              AND v.id = t.version_id AND v.state <> 'importing');

-- name: CHECK_TASK_COUNTS_TARGETS
-- scan: a check reads the whole table
SELECT t.tenant_id, t.id FROM plan_task t
WHERE t.targets <> (SELECT count(*) FROM plan_target g
                    WHERE g.tenant_id = t.tenant_id AND g.task_id = t.id)
  AND EXISTS (SELECT 1 FROM plan_version v WHERE v.tenant_id = t.tenant_id
              AND v.id = t.version_id AND v.state <> 'importing');

-- name: CHECK_STEP_HAS_ITS_ROWS
-- scan: a check reads the whole table
SELECT s.tenant_id, s.version_id, s.no FROM plan_step s
WHERE s.row_count <> (SELECT count(*) FROM plan_step_row r WHERE r.tenant_id = s.tenant_id
                      AND r.version_id = s.version_id AND r.step_no = s.no);

-- name: CHECK_MARK_HAS_TASK
-- scan: a check reads the whole table
SELECT m.tenant_id, m.task_id, m.field FROM plan_task_mark m
LEFT JOIN plan_task t ON t.tenant_id = m.tenant_id AND t.id = m.task_id WHERE t.id IS NULL;

-- name: CHECK_ONE_ROW_OF_A_VERSION_HAS_A_LINE
-- scan: a check reads the whole table
SELECT tenant_id, version_id, line_id FROM plan_task
GROUP BY tenant_id, version_id, line_id HAVING count(*) > 1;

-- name: CHECK_PART_HAS_VERSION
-- scan: a check reads the whole table
SELECT p.tenant_id, p.id FROM document_part p
LEFT JOIN plan_version v ON v.tenant_id = p.tenant_id AND v.id = p.version_id
LEFT JOIN plan_aside a ON a.tenant_id = p.tenant_id AND a.id = p.version_id
WHERE v.id IS NULL AND a.id IS NULL;

-- name: CHECK_LINK_HAS_DOCUMENTS
-- scan: a check reads the whole table
SELECT l.tenant_id, l.from_id, l.to_id FROM document_link l
LEFT JOIN document f ON f.tenant_id = l.tenant_id AND f.id = l.from_id
LEFT JOIN document t ON t.tenant_id = l.tenant_id AND t.id = l.to_id
WHERE f.id IS NULL OR t.id IS NULL OR l.from_id = l.to_id;
