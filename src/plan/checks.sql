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
