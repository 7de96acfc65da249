/* A step: loading what it touches, finding what differs, storing it with both sides. */
#include "plan/edit_priv.h"

/* ---- beginning, items ---- */

xj_error *
xj_step_begin(xj_step_work **step, xj_tx *tx, int64_t id, int64_t seen, xj_str why)
{
    xj_step_work *made = XJ_NEW(xj_tx_pool(tx), xj_step_work);

    made->tx = tx;
    made->seen = seen;
    made->why = xj_str_trim(why);
    made->last_target = -2;
    xj_map_init(&made->by_key, xj_tx_pool(tx));
    xj_map_init(&made->units, xj_tx_pool(tx));
    xj_tx_subject(tx, "plan_version", id);
    XJ_TRY(xj_plan__version(&made->version, xj_tx_db(tx), xj_tx_tenant(tx), id, xj_tx_pool(tx)));
    if (!xj_str_eq(made->version.state, XJ_STR("draft")))
        return xj_error_new(XJ_E_CONFLICT, "only a draft can be changed; this version is %s",
                            xj_str_cdup(made->version.state, xj_tx_pool(tx)));
    if (seen > made->version.version)
        return xj_error_new(XJ_E_STALE, "the plan is at %lld, you saw %lld",
                            (long long)made->version.version, (long long)seen);
    made->no = made->version.version + 1;
    *step = made;
    return NULL;
}

static xj_str
key_of(xj_item_kind kind, int64_t id, xj_pool *pool)
{
    return xj_str_printf(pool, "%d/%lld", (int)kind, (long long)id);
}

xj_item *
xj_step_find(const xj_step_work *step, xj_item_kind kind, int64_t id)
{
    char key[40];
    const int len = snprintf(key, sizeof key, "%d/%lld", (int)kind, (long long)id);

    return xj_map_find(&step->by_key, xj_str_of(key, (size_t)len));
}

xj_item *
xj_step_add(xj_step_work *step, xj_item_kind kind, int64_t id)
{
    xj_pool *pool = xj_tx_pool(step->tx);
    xj_item *item = XJ_NEW(pool, xj_item);

    item->kind = kind;
    item->id = id;
    xj_vec_push(&step->items, pool, item);
    xj_map_set(&step->by_key, key_of(kind, id, pool), item);
    return item;
}

/* What is there already: both sides as stored. */
static void
loaded(xj_item *item)
{
    item->was = item->is = true;
    memcpy(item->old, item->now, sizeof item->old);
}

/* The items that steps behind the version seen have touched. */
static xj_error *
read_changed(xj_step_work *step)
{
    xj_pool *pool = xj_tx_pool(step->tx);
    xj_rows *rows;
    bool more;

    if (step->has_changed)
        return NULL;
    step->has_changed = true;
    xj_map_init(&step->changed, pool);
    if (step->seen == 0 || step->seen == step->version.version)
        return NULL;
    XJ_TRY(xj_db_query(&rows, xj_tx_db(step->tx), SQL_STEP_ITEMS_SINCE, "iiii",
                       xj_tx_tenant(step->tx), step->version.id, step->seen, INT64_MAX));
    for (;;) {
        int kind;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        kind = xj_item_kind_find(xj_row_str(rows, 1));
        if (kind >= 0)
            xj_map_set(&step->changed, key_of((xj_item_kind)kind, xj_row_int(rows, 2), pool), step);
    }
}

static xj_error *
check_seen(xj_step_work *step, xj_item_kind kind, int64_t id)
{
    XJ_TRY(read_changed(step));
    if (xj_map_find(&step->changed, key_of(kind, id, xj_tx_pool(step->tx))) != NULL)
        return xj_error_new(XJ_E_STALE,
                            "somebody else changed a %s of this plan since you saw it (at %lld)",
                            xj_item_kind_word(kind), (long long)step->seen);
    return NULL;
}

xj_error *
xj_step_tasks_there(xj_step_work *step, const int64_t *ids, size_t n)
{
    xj_pool *pool = xj_tx_pool(step->tx);
    int64_t *missing = XJ_NEW_ARRAY(pool, int64_t, n);
    size_t nmissing = 0, nfound;
    xj_task *found;

    for (size_t i = 0; i < n; i++) {
        if (xj_step_find(step, XJ_ITEM_TASK, ids[i]) == NULL)
            missing[nmissing++] = ids[i];
    }
    if (nmissing == 0)
        return NULL;
    XJ_TRY(xj_plan__tasks(&found, &nfound, xj_tx_db(step->tx), xj_tx_tenant(step->tx), 0, missing,
                          nmissing, pool));
    for (size_t i = 0; i < nfound; i++) {
        if (found[i].row.plan == step->version.id)
            xj_item_of_task(xj_step_add(step, XJ_ITEM_TASK, found[i].row.id), &found[i], pool);
    }
    return NULL;
}

xj_error *
xj_step_tasks(xj_step_work *step, const int64_t *ids, size_t n)
{
    XJ_TRY(xj_step_tasks_there(step, ids, n));
    for (size_t i = 0; i < n; i++) {
        const xj_item *item = xj_step_find(step, XJ_ITEM_TASK, ids[i]);

        if (item != NULL && item->is)
            continue;
        if (item == NULL)
            XJ_TRY(check_seen(step, XJ_ITEM_TASK, ids[i]));
        return xj_error_new(XJ_E_NOT_FOUND, "the version has no task %lld", (long long)ids[i]);
    }
    return NULL;
}

xj_error *
xj_step_task(xj_item **item, xj_step_work *step, int64_t id)
{
    XJ_TRY(xj_step_tasks(step, &id, 1));
    *item = xj_step_find(step, XJ_ITEM_TASK, id);
    return NULL;
}

/* ---- parts of the version ---- */

static void
read_part(xj_item *item, const xj_rows *rows, xj_pool *pool)
{
    xj_cell *c = item->now;
    xj_task_target target;

    switch (item->kind) {
    case XJ_ITEM_HEAD:
        for (int i = 0; i < H_CELLS; i++)
            c[i].s = xj_row_text(rows, i, pool);
        break;
    case XJ_ITEM_ACTION:
        c[A_NO].n = xj_row_int(rows, 1);
        c[A_NAME].s = xj_row_text(rows, 2, pool);
        c[A_LEAD_UNITS].s = xj_row_text(rows, 3, pool);
        c[A_IMPLEMENTERS].s = xj_row_text(rows, 4, pool);
        c[A_FROM].n = xj_row_int(rows, 5);
        c[A_TO].n = xj_row_int(rows, 6);
        break;
    case XJ_ITEM_OBLIGATION:
        for (int i = O_KIND; i <= O_RAW; i++)
            c[i].s = xj_row_text(rows, i + 1, pool);
        c[O_FROM].n = xj_row_int(rows, O_FROM + 1);
        c[O_TO].n = xj_row_int(rows, O_TO + 1);
        break;
    case XJ_ITEM_TARGET:
        xj_plan__read_target(&target, rows, 0, pool);
        c[G_ACTION_NO].n = target.action_no;
        c[G_TARGET] = xj_cell_of_targets(&target, 1, pool);
        break;
    default:
        XJ_ASSERT(item->kind == XJ_ITEM_WARNING);
        c[W_TASK].n = xj_row_int(rows, 1);
        item->code = xj_row_text(rows, 2, pool);
        item->words = xj_row_text(rows, 3, pool);
        c[W_STATE].s = xj_row_null(rows, 4) ? XJ_STR("open") : xj_row_text(rows, 4, pool);
        c[W_WHY].s = xj_row_text(rows, 5, pool);
        c[W_PERSON].n = xj_row_int(rows, 6);
        c[W_BY].s = xj_row_text(rows, 7, pool);
        c[W_AT].n = xj_row_int(rows, 8);
        break;
    }
    loaded(item);
}

xj_error *
xj_step_load(xj_step_work *step, xj_item_kind kind)
{
    static const enum xj_sql of[XJ_ITEM_KINDS] = {[XJ_ITEM_HEAD] = SQL_EDIT_HEAD_GET,
                                                  [XJ_ITEM_ACTION] = SQL_EDIT_ACTIONS,
                                                  [XJ_ITEM_OBLIGATION] = SQL_EDIT_OBLIGATIONS,
                                                  [XJ_ITEM_TARGET] = SQL_EDIT_ACTION_TARGETS,
                                                  [XJ_ITEM_WARNING] = SQL_EDIT_WARNINGS};
    xj_rows *rows;
    bool more;

    XJ_ASSERT(kind != XJ_ITEM_TASK);
    if (step->loaded[kind])
        return NULL;
    step->loaded[kind] = true;
    XJ_TRY(xj_db_query(&rows, xj_tx_db(step->tx), of[kind], "ii", xj_tx_tenant(step->tx),
                       step->version.id));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        read_part(xj_step_add(step, kind, kind == XJ_ITEM_HEAD ? 0 : xj_row_int(rows, 0)), rows,
                  xj_tx_pool(step->tx));
    }
}

xj_error *
xj_step_part(xj_item **item, xj_step_work *step, xj_item_kind kind, int64_t seq)
{
    XJ_TRY(xj_step_load(step, kind));
    *item = xj_step_find(step, kind, seq);
    if (*item != NULL && (*item)->is)
        return NULL;
    XJ_TRY(check_seen(step, kind, seq));
    return xj_error_new(XJ_E_NOT_FOUND, "the version has no %s %lld", xj_item_kind_word(kind),
                        (long long)seq);
}

void
xj_step_op(xj_step_work *step, const char *word)
{
    for (size_t i = 0; i < step->ops.len; i++) {
        if (xj_str_eq(step->ops.items[i], xj_str_c(word)))
            return;
    }
    xj_vec_push(&step->ops, xj_tx_pool(step->tx), xj_str_c(word));
}

xj_error *
xj_step_target_seq(int64_t *seq, xj_step_work *step)
{
    xj_rows *rows;
    bool more;

    if (step->last_target == -2) {
        XJ_TRY(xj_db_query(&rows, xj_tx_db(step->tx), SQL_EDIT_TARGET_LAST, "ii",
                           xj_tx_tenant(step->tx), step->version.id));
        XJ_TRY(xj_rows_next(rows, &more));
        step->last_target = xj_row_int(rows, 0);
        xj_rows_close(rows);
    }
    *seq = ++step->last_target;
    return NULL;
}

/* ---- marks ---- */

/* The marks of TASK but those of FIELD, with room for one more. */
static xj_error *
marks_but(xj_task_mark **marks, size_t *n, xj_step_work *step, const xj_item *task,
          const char *field)
{
    size_t all, kept = 0;

    XJ_TRY(xj_cell_marks(marks, &all, &task->now[T_MARKS], 1, xj_tx_pool(step->tx)));
    for (size_t i = 0; i < all; i++) {
        if (!xj_str_eq((*marks)[i].field, xj_str_c(field)))
            (*marks)[kept++] = (*marks)[i];
    }
    *n = kept;
    return NULL;
}

xj_error *
xj_step_mark(xj_step_work *step, xj_item *task, const char *field)
{
    xj_task_mark *marks, mark;
    size_t n, at;

    XJ_TRY(marks_but(&marks, &n, step, task, field));
    mark = (xj_task_mark){.field = xj_str_c(field),
                          .kind = XJ_STR("confirmed"),
                          .person = xj_tx_actor(step->tx),
                          .by = xj_tx_actor_name(step->tx),
                          .at = xj_tx_now(step->tx),
                          .phrase = XJ_STR_NONE};
    /* In the order that the database gives. */
    for (at = n; at > 0 && xj_str_cmp(marks[at - 1].field, mark.field) > 0; at--)
        marks[at] = marks[at - 1];
    marks[at] = mark;
    task->now[T_MARKS] = xj_cell_of_marks(marks, n + 1, xj_tx_pool(step->tx));
    return NULL;
}

xj_error *
xj_step_unmark(xj_step_work *step, xj_item *task, const char *field)
{
    xj_task_mark *marks;
    size_t n;

    XJ_TRY(marks_but(&marks, &n, step, task, field));
    task->now[T_MARKS] = xj_cell_of_marks(marks, n, xj_tx_pool(step->tx));
    return NULL;
}

bool
xj_item_marked(const xj_item *task, const char *field, xj_pool *scratch)
{
    /* Our own writer's text: the pair cannot stand inside a value, whose quotes are escaped. */
    return xj_str_has(task->now[T_MARKS].s,
                      xj_str_printf(scratch, "{\"field\":\"%s\",\"kind\":\"confirmed\"", field));
}

/* ---- the end ---- */

static void
tell(xj_edited *done, const xj_item *item)
{
    if (item->kind != XJ_ITEM_TASK) {
        done->others[item->kind - XJ_ITEM_HEAD] = true;
    } else if (!item->is) {
        done->removed[done->nremoved++] = item->id;
    } else {
        done->tasks[done->ntasks++] = item->id;
        if (item->from != 0)
            done->moved[done->nmoved++] = (xj_moved){item->from, item->id};
    }
}

static xj_error *
store_rows(xj_edited *done, xj_step_work *step, xj_item **items, size_t n)
{
    const int64_t tenant = xj_tx_tenant(step->tx);
    xj_db *db = xj_tx_db(step->tx);
    xj_pool *pool = xj_tx_pool(step->tx);

    done->tasks = XJ_NEW_ARRAY(pool, int64_t, n);
    done->removed = XJ_NEW_ARRAY(pool, int64_t, n);
    done->moved = XJ_NEW_ARRAY(pool, xj_moved, n);
    for (size_t i = 0; i < n; i++) {
        XJ_TRY(xj_item_store(step, items[i]));
        XJ_TRY(xj_db_send(db, SQL_STEP_ROW_ADD, "iiiisiSS", tenant, step->version.id, step->no,
                          (int64_t)i, xj_str_c(xj_item_kind_word(items[i]->kind)), items[i]->id,
                          xj_item_json(items[i], true, pool), xj_item_json(items[i], false, pool)));
        tell(done, items[i]);
    }
    if (done->ntasks > 1)
        qsort(done->tasks, done->ntasks, sizeof *done->tasks, xj_plan__compare_ids);
    return NULL;
}

/* What is counted of the rows. */
static xj_error *
count(xj_step_work *step, xj_item **items, size_t n)
{
    const int64_t tenant = xj_tx_tenant(step->tx), id = step->version.id;
    xj_db *db = xj_tx_db(step->tx);
    bool units = false, actions = false, rows = false;

    for (size_t i = 0; i < n; i++) {
        const xj_item *item = items[i];
        const bool task = item->kind == XJ_ITEM_TASK, whole = item->was != item->is;

        rows = rows || whole || item->kind == XJ_ITEM_WARNING ||
               (task && xj_cell_differs(item, T_TARGETS));
        units = units || (task && (whole || xj_cell_differs(item, T_UNITS)));
        actions = actions || item->kind == XJ_ITEM_ACTION ||
                  (task && (whole || xj_cell_differs(item, T_ACTION_NO) ||
                            xj_cell_differs(item, T_ACTION)));
        if (item->kind != XJ_ITEM_WARNING)
            continue;
        if (item->old[W_TASK].n != 0)
            XJ_TRY(xj_db_send(db, SQL_EDIT_TASK_WARNINGS, "ii", tenant, item->old[W_TASK].n));
        if (item->now[W_TASK].n != 0 && item->now[W_TASK].n != item->old[W_TASK].n)
            XJ_TRY(xj_db_send(db, SQL_EDIT_TASK_WARNINGS, "ii", tenant, item->now[W_TASK].n));
    }
    if (units)
        XJ_TRY(xj_db_send(db, SQL_EDIT_COUNT_UNITS, "ii", tenant, id));
    if (actions)
        XJ_TRY(xj_db_send(db, SQL_EDIT_ACTION_TASKS, "ii", tenant, id));
    if (rows)
        XJ_TRY(xj_db_send(db, SQL_EDIT_COUNTS, "ii", tenant, id));
    return xj_db_send(db, SQL_VERSION_TOUCH, "ii", tenant, id);
}

static xj_error *
check_size(const xj_step_work *step, xj_item **items, size_t n)
{
    int64_t tasks = step->version.tasks;

    for (size_t i = 0; i < n; i++) {
        if (items[i]->kind == XJ_ITEM_TASK)
            tasks += (int)items[i]->is - (int)items[i]->was;
    }
    if (tasks <= XJ_CHECK_TASKS_MAX || tasks <= step->version.tasks)
        return NULL;
    return xj_error_new(XJ_E_TOO_LARGE, "the plan would have %lld tasks; the limit is %d",
                        (long long)tasks, XJ_CHECK_TASKS_MAX);
}

xj_error *
xj_step_end(xj_edited *done, xj_step_work *step)
{
    xj_pool *pool = xj_tx_pool(step->tx);
    XJ_VEC(xj_item *) changed = {0};
    const int64_t to = step->to;

    *done = (xj_edited){.version = step->version.version};
    XJ_TRY(xj_step_settle(step));
    for (size_t i = 0; i < step->items.len; i++) {
        xj_item *item = step->items.items[i];

        if (!xj_item_differs(item))
            continue;
        if (item->was)
            XJ_TRY(check_seen(step, item->kind, item->id));
        if (item->kind == XJ_ITEM_HEAD)
            XJ_TRY(xj_head_check(step, item));
        xj_vec_push(&changed, pool, item);
    }
    if (changed.len == 0)
        return NULL;
    XJ_TRY(check_size(step, changed.items, changed.len));
    XJ_TRY(xj_db_send(
        xj_tx_db(step->tx), SQL_STEP_ADD, "iiisIisiSi", xj_tx_tenant(step->tx), step->version.id,
        step->no, xj_plan__names_json(step->ops.items, step->ops.len, pool), to == 0 ? NULL : &to,
        xj_tx_actor(step->tx), xj_tx_actor_name(step->tx), xj_tx_now(step->tx),
        step->why.len == 0 ? XJ_STR_NONE : step->why, (int64_t)changed.len));
    for (size_t i = 0; i < changed.len; i++)
        XJ_TRY(xj_item_clear(step, changed.items[i]));
    XJ_TRY(store_rows(done, step, changed.items, changed.len));
    XJ_TRY(count(step, changed.items, changed.len));
    XJ_TRY(xj_step_keep_lessons(step));
    if (step->why.len > 0)
        xj_tx_why(step->tx, step->why);
    done->step = done->version = step->no;
    return NULL;
}
