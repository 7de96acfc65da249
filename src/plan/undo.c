/*
 * Returning to a step: the cells of before, of all steps behind it from the newest to the oldest,
 * put into the items as they are now.  What differs then is stored as a step like any other.
 */
#include "plan/edit_priv.h"

struct back {
    xj_item_kind kind;
    int64_t id;
    xj_str before;
};

static xj_error *
read_back(struct back **rows, size_t *n, xj_step_work *step, int64_t to)
{
    xj_pool *pool = xj_tx_pool(step->tx);
    XJ_VEC(struct back) found = {0};
    xj_rows *stored;
    bool more;

    XJ_TRY(xj_db_query(&stored, xj_tx_db(step->tx), SQL_STEP_ROWS_BACK, "iii",
                       xj_tx_tenant(step->tx), step->version.id, to));
    for (;;) {
        int kind;

        XJ_TRY(xj_rows_next(stored, &more));
        if (!more)
            break;
        kind = xj_item_kind_find(xj_row_str(stored, 0));
        if (kind < 0)
            return xj_error_new(XJ_E_CORRUPT, "a stored step holds a kind that is none of ours");
        xj_vec_push(
            &found, pool,
            (struct back){(xj_item_kind)kind, xj_row_int(stored, 1), xj_row_text(stored, 2, pool)});
    }
    *rows = found.items;
    *n = found.len;
    return NULL;
}

/* Load what the rows name, as far as it is there. */
static xj_error *
load(xj_step_work *step, const struct back *rows, size_t n)
{
    int64_t *tasks = XJ_NEW_ARRAY(xj_tx_pool(step->tx), int64_t, n);
    size_t ntasks = 0;

    for (size_t i = 0; i < n; i++) {
        if (rows[i].kind == XJ_ITEM_TASK)
            tasks[ntasks++] = rows[i].id;
        else
            XJ_TRY(xj_step_load(step, rows[i].kind));
    }
    return xj_step_tasks_there(step, tasks, ntasks);
}

xj_error *
xj_version_return(xj_edited *done, xj_tx *tx, int64_t id, int64_t seen, int64_t to, xj_str why)
{
    struct back *rows;
    xj_step_work *step;
    size_t n;

    XJ_TRY(xj_step_begin(&step, tx, id, seen, why));
    if (seen != step->version.version)
        return xj_error_new(XJ_E_STALE,
                            "the plan was changed since you saw it: it is at %lld, you saw %lld",
                            (long long)step->version.version, (long long)seen);
    if (to >= seen)
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "a step before %lld must be named", (long long)seen),
            "/step");
    step->to = to;
    xj_step_op(step, "return");
    XJ_TRY(read_back(&rows, &n, step, to));
    XJ_TRY(load(step, rows, n));
    for (size_t i = 0; i < n; i++) {
        xj_item *item = xj_step_find(step, rows[i].kind, rows[i].id);

        if (item == NULL)
            item = xj_step_add(step, rows[i].kind, rows[i].id);
        item->is = rows[i].before.data != NULL;
        if (item->is)
            XJ_TRY(xj_item_take(item, rows[i].before, xj_tx_pool(tx)));
    }
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_MEMORY_UNLEARN, "iii", xj_tx_tenant(tx), id, to));
    return xj_step_end(done, step);
}
