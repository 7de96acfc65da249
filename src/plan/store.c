/* Storing the items of a step. */
#include "plan/edit_priv.h"

/* A draft's task carries marks where a publication was begun and not ended: its words are about to
 * be others. */
static xj_error *
unmark(xj_step_work *step, const xj_item *item)
{
    const int64_t tenant = xj_tx_tenant(step->tx);
    xj_db *db = xj_tx_db(step->tx);

    if (!item->live)
        return NULL;
    XJ_TRY(xj_db_send(db, SQL_TASK_SET_LIVE, "iii", (int64_t)0, tenant, item->id));
    XJ_TRY(xj_db_send(db, SQL_TASK_UNITS_SET_LIVE, "iii", (int64_t)0, tenant, item->id));
    return xj_db_send(
        db, SQL_TEXT_REMOVE, "isi", item->id,
        xj_plan__words(tenant, item->old[T_TITLE].s, item->old[T_TEXT].s, xj_tx_pool(step->tx)),
        tenant);
}

/* Rows of targets hold the number of the action, too. */
static bool
new_targets(const xj_item *item)
{
    return item->was != item->is || xj_cell_differs(item, T_TARGETS) ||
           xj_cell_differs(item, T_ACTION_NO);
}

static xj_error *
clear_task(xj_step_work *step, const xj_item *item)
{
    const int64_t tenant = xj_tx_tenant(step->tx);
    xj_db *db = xj_tx_db(step->tx);
    const bool gone = !item->is;

    XJ_TRY(unmark(step, item));
    if (new_targets(item))
        XJ_TRY(xj_db_send(db, SQL_EDIT_TARGETS_REMOVE, "ii", tenant, item->id));
    if (gone || xj_cell_differs(item, T_MARKS))
        XJ_TRY(xj_db_send(db, SQL_EDIT_MARKS_REMOVE, "ii", tenant, item->id));
    if (gone || xj_cell_differs(item, T_UNITS))
        XJ_TRY(xj_db_send(db, SQL_TASK_UNITS_REMOVE, "ii", tenant, item->id));
    if (gone && !item->moved)
        XJ_TRY(xj_db_send(db, SQL_TASK_REMOVE, "ii", tenant, item->id));
    return NULL;
}

xj_error *
xj_item_clear(xj_step_work *step, const xj_item *item)
{
    const int64_t tenant = xj_tx_tenant(step->tx), version = step->version.id;
    xj_db *db = xj_tx_db(step->tx);

    if (!item->was)
        return NULL;
    switch (item->kind) {
    case XJ_ITEM_TASK:
        return clear_task(step, item);
    case XJ_ITEM_ACTION:
        return item->is ? NULL
                        : xj_db_send(db, SQL_EDIT_ACTION_REMOVE, "iii", tenant, version, item->id);
    case XJ_ITEM_OBLIGATION:
        return xj_db_send(db, SQL_EDIT_OBLIGATION_REMOVE, "iii", tenant, version, item->id);
    case XJ_ITEM_TARGET:
        return xj_db_send(db, SQL_EDIT_TARGET_REMOVE, "iii", tenant, version, item->id);
    case XJ_ITEM_WARNING:
        return xj_db_send(db, SQL_EDIT_WARNING_OPEN, "iii", tenant, version, item->id);
    default:
        return NULL;
    }
}

static xj_error *
add_target(xj_step_work *step, const xj_task_target *t, const int64_t *task, int64_t action_no)
{
    const int64_t year = t->year;

    return xj_db_send(xj_tx_db(step->tx), SQL_TARGET_ADD, "iiiIissDDSIiissii",
                      xj_tx_tenant(step->tx), step->version.id, t->seq, task, action_no,
                      t->indicator, t->op, t->has_value ? &t->value : NULL,
                      t->has_max ? &t->max : NULL, t->unit, year == 0 ? NULL : &year,
                      (int64_t)t->year_inferred, (int64_t)t->advisory, t->strength, t->raw,
                      (int64_t)t->source.from, (int64_t)t->source.to);
}

/* The unit that NAME means, asked of the directory once a step. */
static xj_error *
resolve(int64_t *id, xj_step_work *step, xj_str name)
{
    int64_t *known = xj_map_find(&step->units, name);

    if (known == NULL) {
        known = XJ_NEW(xj_tx_pool(step->tx), int64_t);
        XJ_TRY(xj_unit_resolve(known, step->tx, name));
        xj_map_set(&step->units, name, known);
    }
    *id = *known;
    return NULL;
}

/* Rows of the units; *JSON is what the task's row holds of them. */
static xj_error *
store_units(xj_str *json, xj_step_work *step, const xj_item *item)
{
    xj_pool *pool = xj_tx_pool(step->tx);
    xj_task_unit_row *units;
    xj_unit_cell *cells;
    size_t n;

    *json = item->units;
    if (item->was && !xj_cell_differs(item, T_UNITS))
        return NULL;
    XJ_TRY(xj_cell_units(&units, &n, &item->now[T_UNITS], 0, pool));
    cells = XJ_NEW_ARRAY(pool, xj_unit_cell, n);
    for (size_t i = 0; i < n; i++) {
        const xj_task_unit_row *u = &units[i];
        bool extra = false;

        cells[i] = (xj_unit_cell){0, u->name, u->role, u->inherited};
        XJ_TRY(resolve(&cells[i].id, step, u->name));
        for (size_t j = 0; j < i; j++)
            extra = extra || cells[j].id == cells[i].id;
        XJ_TRY(xj_db_send(xj_tx_db(step->tx), SQL_TASK_UNIT_ADD, "iiiissiiii",
                          xj_tx_tenant(step->tx), item->id, (int64_t)i, cells[i].id, u->name,
                          u->role, (int64_t)u->inherited, (int64_t)u->source.from,
                          (int64_t)u->source.to, (int64_t)extra));
    }
    *json = xj_plan__units_json(cells, n, pool);
    return NULL;
}

static xj_error *
store_marks(xj_step_work *step, const xj_item *item)
{
    xj_task_mark *marks;
    size_t n;

    if (item->was && !xj_cell_differs(item, T_MARKS))
        return NULL;
    XJ_TRY(xj_cell_marks(&marks, &n, &item->now[T_MARKS], 0, xj_tx_pool(step->tx)));
    for (size_t i = 0; i < n; i++)
        XJ_TRY(xj_db_send(xj_tx_db(step->tx), SQL_EDIT_MARK_ADD, "iissiSiIS",
                          xj_tx_tenant(step->tx), item->id, marks[i].field, marks[i].kind,
                          marks[i].person, marks[i].by, marks[i].at,
                          marks[i].memory == 0 ? NULL : &marks[i].memory, marks[i].phrase));
    return NULL;
}

static xj_error *
store_task(xj_step_work *step, const xj_item *item)
{
    const int64_t tenant = xj_tx_tenant(step->tx);
    const bool there = item->was || item->from != 0;
    /* A row that comes back, or to another place, is newer than any that was seen. */
    const int64_t version = item->was ? item->version + 1 : step->no;
    xj_pool *pool = xj_tx_pool(step->tx);
    xj_db *db = xj_tx_db(step->tx);
    const xj_cell *c = item->now;
    xj_task_target *targets;
    xj_str units;
    size_t n;

    if (!item->is)
        return NULL;
    if (item->from != 0) {
        XJ_TRY(xj_db_send(db, SQL_EDIT_TASK_MOVE, "iii", item->id, tenant, item->from));
        XJ_TRY(xj_plan__pair_moved(db, tenant, step->version.id, item->from, item->id));
    } else if (!there) {
        XJ_TRY(xj_db_send(db, SQL_PAIR_BACK, "iii", item->id, tenant, step->version.id));
    }
    XJ_TRY(store_units(&units, step, item));
    XJ_TRY(xj_cell_targets(&targets, &n, &c[T_TARGETS], 0, pool));
    for (size_t i = 0; i < n && new_targets(item); i++)
        XJ_TRY(add_target(step, &targets[i], &item->id, c[T_ACTION_NO].n));
    XJ_TRY(store_marks(step, item));
    return xj_db_send(
        db, there ? SQL_EDIT_TASK_SET : SQL_EDIT_TASK_ADD, "iissssSSSsiiSsssSiiisSssiiiiiiii",
        version, c[T_ACTION_NO].n, c[T_ACTION].s, c[T_NO].s, c[T_TITLE].s, c[T_TEXT].s,
        c[T_SPECIFIC_TASK].s, c[T_MEASURE].s, c[T_WORK_PLAN].s, units, c[T_OPEN_ENDED].n,
        c[T_LEAD_EXPLICIT].n, c[T_LEAD_PROPOSED].s, c[T_DEADLINE_KIND].s, c[T_DUE].s,
        c[T_DEADLINE_DATES].s, c[T_DEADLINE_RAW].s, c[T_DEADLINE_INFERRED].n, c[T_DEADLINE_FROM].n,
        c[T_DEADLINE_TO].n, c[T_STRENGTH].s, c[T_CADENCE].s, c[T_RETURNS_DUE].s,
        c[T_DELIVERABLES].s, c[T_SOURCE_FROM].n, c[T_SOURCE_TO].n, (int64_t)n, xj_tx_now(step->tx),
        tenant, item->id, step->version.id, step->version.programme);
}

/* The head of a document is that of its latest version, and so is its identity: the number, else
 * the title. */
static xj_error *
is_latest(bool *latest, xj_step_work *step)
{
    const xj_scope scope = xj_scope_all(xj_tx_tenant(step->tx));
    xj_document_whole *document;

    XJ_TRY(xj_document_get(&document, xj_tx_db(step->tx), &scope, step->version.document,
                           xj_tx_pool(step->tx)));
    *latest = document->document.latest == step->version.id;
    return NULL;
}

static xj_str
identity_of(const xj_item *head)
{
    const xj_str doc_no = head->now[H_DOC_NO].s, title = head->now[H_TITLE].s;

    return doc_no.len > 0 ? doc_no : title.len > 0 ? title : XJ_STR_NONE;
}

xj_error *
xj_head_check(xj_step_work *step, const xj_item *head)
{
    const xj_str identity = identity_of(head);
    bool latest, more;
    xj_rows *rows;

    XJ_TRY(is_latest(&latest, step));
    if (!latest || identity.data == NULL)
        return NULL;
    XJ_TRY(xj_db_query(&rows, xj_tx_db(step->tx), SQL_DOCUMENT_BY_IDENTITY, "iis",
                       xj_tx_tenant(step->tx), step->version.programme, identity));
    XJ_TRY(xj_rows_next(rows, &more));
    if (more && xj_row_int(rows, 0) != step->version.document)
        return xj_error_at(xj_error_new(XJ_E_CONFLICT,
                                        "another document has the number or title \"" XJ_FMT "\"",
                                        XJ_ARG(identity)),
                           "/head/doc_no");
    if (more)
        xj_rows_close(rows);
    return NULL;
}

static xj_error *
store_head(xj_step_work *step, const xj_item *item)
{
    const int64_t tenant = xj_tx_tenant(step->tx);
    const xj_cell *c = item->now;
    xj_db *db = xj_tx_db(step->tx);
    bool latest;

    XJ_TRY(xj_db_send(db, SQL_EDIT_HEAD_SET, "sSSSSii", c[H_TITLE].s, c[H_DOC_NO].s, c[H_ISSUER].s,
                      c[H_ISSUED_ON].s, c[H_JURISDICTION].s, tenant, step->version.id));
    XJ_TRY(is_latest(&latest, step));
    if (!latest)
        return NULL;
    return xj_db_send(db, SQL_EDIT_DOCUMENT_SET, "SsSSSSii", identity_of(item), c[H_TITLE].s,
                      c[H_DOC_NO].s, c[H_ISSUER].s, c[H_ISSUED_ON].s, c[H_JURISDICTION].s, tenant,
                      step->version.document);
}

static xj_error *
store_warning(xj_step_work *step, const xj_item *item)
{
    const int64_t tenant = xj_tx_tenant(step->tx), version = step->version.id;
    const xj_cell *c = item->now;
    xj_db *db = xj_tx_db(step->tx);

    if (xj_cell_differs(item, W_TASK))
        XJ_TRY(xj_db_send(db, SQL_EDIT_WARNING_TASK, "Iiii", c[W_TASK].n == 0 ? NULL : &c[W_TASK].n,
                          tenant, version, item->id));
    if (xj_str_eq(c[W_STATE].s, XJ_STR("open")))
        return NULL;
    return xj_db_send(db, SQL_EDIT_WARNING_END, "iiisSisi", tenant, version, item->id, c[W_STATE].s,
                      c[W_WHY].s, c[W_PERSON].n, c[W_BY].s, c[W_AT].n);
}

xj_error *
xj_item_store(xj_step_work *step, const xj_item *item)
{
    const int64_t tenant = xj_tx_tenant(step->tx), version = step->version.id;
    const xj_cell *c = item->now;
    xj_db *db = xj_tx_db(step->tx);
    xj_task_target *target;
    size_t n;

    switch (item->kind) {
    case XJ_ITEM_TASK:
        return store_task(step, item);
    case XJ_ITEM_HEAD:
        return store_head(step, item);
    case XJ_ITEM_WARNING:
        return store_warning(step, item);
    case XJ_ITEM_ACTION:
        if (!item->is)
            return NULL;
        if (item->was)
            return xj_db_send(db, SQL_EDIT_ACTION_SET, "isssiii", c[A_NO].n, c[A_NAME].s,
                              c[A_LEAD_UNITS].s, c[A_IMPLEMENTERS].s, tenant, version, item->id);
        return xj_db_send(db, SQL_ACTION_ADD, "iiiisssiii", tenant, version, item->id, c[A_NO].n,
                          c[A_NAME].s, c[A_LEAD_UNITS].s, c[A_IMPLEMENTERS].s, (int64_t)0,
                          c[A_FROM].n, c[A_TO].n);
    case XJ_ITEM_OBLIGATION:
        if (!item->is)
            return NULL;
        return xj_db_send(db, SQL_OBLIGATION_ADD, "iiisssssSsii", tenant, version, item->id,
                          c[O_KIND].s, c[O_WHO].s, c[O_WHAT].s, c[O_FREQUENCY].s, c[O_DUE].s,
                          c[O_REPORT_TO].s, c[O_RAW].s, c[O_FROM].n, c[O_TO].n);
    default:
        XJ_ASSERT(item->kind == XJ_ITEM_TARGET);
        if (!item->is)
            return NULL;
        XJ_TRY(xj_cell_targets(&target, &n, &c[G_TARGET], 0, xj_tx_pool(step->tx)));
        target->seq = item->id;
        return add_target(step, target, NULL, c[G_ACTION_NO].n);
    }
}
