-- 0018_ledger: tags of lines of work; saved views and columns of the register; heads of its spreadsheets.

-- kept: A word across lines of work (民生实事, 十四五, 创建).  It stays with the line in every version; the tasks of a plan and
-- the duty tasks raised from them have the same.  What no plan ordered has its own (duty_tag).
CREATE TABLE line_tag (
    tenant_id @INT@ NOT NULL,
    -- plan_task.line_id
    line_id @INT@ NOT NULL,
    tag TEXT NOT NULL,
    PRIMARY KEY (tenant_id, line_id, tag)
) @STRICT@;
CREATE INDEX line_tag_by_tag ON line_tag (tenant_id, tag, line_id);
INSERT INTO line_tag (tenant_id, line_id, tag)
SELECT DISTINCT g.tenant_id, d.line_id, g.tag
FROM duty_tag g JOIN duty d ON d.tenant_id = g.tenant_id AND d.id = g.duty_id WHERE d.line_id IS NOT NULL;
DELETE FROM duty_tag WHERE EXISTS (SELECT 1 FROM duty d WHERE d.tenant_id = duty_tag.tenant_id AND d.id = duty_tag.duty_id
                                   AND d.line_id IS NOT NULL);

-- kept: A view of the register that somebody saved: filters, order, columns under a name.
CREATE TABLE ledger_view (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    -- whose it is; 0: everybody's
    owner_id @INT@ NOT NULL,
    name TEXT NOT NULL,
    -- the parameters of the list: {"unit", "tag", ..., "order"}
    filter TEXT NOT NULL,
    -- keys of columns in their order; [] for the usual ones
    columns TEXT NOT NULL,
    made_by @INT@ NOT NULL,
    changed_at @INT@ NOT NULL,
    version @INT@ NOT NULL,
    UNIQUE (tenant_id, owner_id, name)
) @STRICT@;

-- kept: How a person finds the register laid out.
CREATE TABLE ledger_desk (
    tenant_id @INT@ NOT NULL,
    person_id @INT@ NOT NULL,
    -- what opens first; 0: all tasks
    view_id @INT@ NOT NULL,
    -- as ledger_view.columns, where no view says it
    columns TEXT NOT NULL,
    PRIMARY KEY (tenant_id, person_id)
) @STRICT@;
CREATE INDEX ledger_desk_by_view ON ledger_desk (tenant_id, view_id);

-- kept: The heads that an office puts over its spreadsheets.
CREATE TABLE ledger_head (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    name TEXT NOT NULL,
    -- list: a row a task; sheet: 任务分解表, cells merged over what belongs together
    form TEXT NOT NULL,
    -- the lines above the heads; empty: none
    title TEXT NOT NULL,
    subtitle TEXT NOT NULL,
    -- how many of these rows, counted from the heads upward, stand on every printed page
    repeat_rows @INT@ NOT NULL,
    -- [{"key", "title", "width"}]
    columns TEXT NOT NULL,
    changed_at @INT@ NOT NULL,
    version @INT@ NOT NULL,
    UNIQUE (tenant_id, name)
) @STRICT@;
