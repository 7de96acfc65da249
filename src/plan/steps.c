/* Steps as they are told: the list, one with its rows, what was changed since. */
#include "plan/edit_priv.h"

#include <stdlib.h>

static xj_error *
list(xj_step **items, size_t *n, xj_db *db, int64_t tenant, int64_t id, int64_t after, int64_t no,
     int64_t since, int64_t limit, xj_pool *result)
{
    xj_list *query = xj_list_new(SQL_STEP_LIST, result);
    XJ_VEC(xj_step) found = {0};
    xj_rows *rows;
    bool more;

    if (no != 0)
        xj_list_int(query, "no", XJ_COND_EQ, no);
    if (since != 0)
        xj_list_int(query, "no", XJ_COND_GT, since);
    xj_list_order(query, "no", true);
    if (after != 0)
        xj_list_after_int(query, after, after);
    XJ_TRY(xj_list_query(&rows, query, db, limit, "ii", tenant, id));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_step){.no = xj_row_int(rows, 0),
                              .ops = xj_row_text(rows, 1, result),
                              .to = xj_row_int(rows, 2),
                              .by = xj_row_text(rows, 3, result),
                              .at = xj_row_int(rows, 4),
                              .why = xj_row_text(rows, 5, result),
                              .rows = xj_row_int(rows, 6)});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_step_list(xj_step **items, size_t *n, xj_db *db, const xj_scope *scope, int64_t id,
             int64_t after, int64_t limit, xj_pool *result)
{
    xj_version version;

    XJ_TRY(xj_version_get(&version, db, scope, id, result));
    return list(items, n, db, scope->tenant, id, after, 0, 0, limit, result);
}

xj_error *
xj_step_get(xj_step *step, xj_step_row **items, size_t *n, xj_db *db, const xj_scope *scope,
            int64_t id, int64_t no, xj_pool *result)
{
    XJ_VEC(xj_step_row) found = {0};
    xj_version version;
    xj_step *steps;
    xj_rows *rows;
    size_t nsteps;
    bool more;

    XJ_TRY(xj_version_get(&version, db, scope, id, result));
    XJ_TRY(list(&steps, &nsteps, db, scope->tenant, id, 0, no, 0, 1, result));
    if (nsteps == 0)
        return xj_error_new(XJ_E_NOT_FOUND, "the version has no such step");
    *step = steps[0];
    XJ_TRY(xj_db_query(&rows, db, SQL_STEP_ROWS, "iiii", scope->tenant, id, no,
                       (int64_t)XJ_STEP_ROWS_MAX));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_step_row){xj_row_text(rows, 0, result), xj_row_int(rows, 1),
                                  xj_row_text(rows, 2, result), xj_row_text(rows, 3, result)});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

/* ---- what was changed since ---- */

#define ROWS_MAX 2000 /* of steps that are told at once */

typedef XJ_VEC(int64_t) id_list;

/* Each id once. */
static void
unique(id_list *ids)
{
    size_t n = 0;

    if (ids->len > 1)
        qsort(ids->items, ids->len, sizeof *ids->items, xj_plan__compare_ids);
    for (size_t i = 0; i < ids->len; i++) {
        if (n == 0 || ids->items[n - 1] != ids->items[i])
            ids->items[n++] = ids->items[i];
    }
    ids->len = n;
}

static size_t
index_of(const xj_changes *c, int64_t no)
{
    size_t i = 0;

    while (i < c->nsteps && c->steps[i].no != no)
        i++;
    return i;
}

/* The items that the steps changed: tasks by step and all together, the kinds of others. */
static xj_error *
read_items(xj_changes *c, id_list *all, xj_db *db, int64_t tenant, int64_t id, int64_t since,
           xj_pool *result)
{
    id_list *of = XJ_NEW_ARRAY(result, id_list, c->nsteps);
    xj_rows *rows;
    size_t n = 0;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_STEP_ITEMS_SINCE, "iiii", tenant, id, since,
                       (int64_t)ROWS_MAX + 1));
    for (;;) {
        int kind;
        size_t step;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        c->more = c->more || ++n > ROWS_MAX;
        kind = xj_item_kind_find(xj_row_str(rows, 1));
        if (kind > XJ_ITEM_TASK)
            c->others[kind - XJ_ITEM_HEAD] = true;
        step = index_of(c, xj_row_int(rows, 0));
        if (kind != XJ_ITEM_TASK || step == c->nsteps)
            continue;
        xj_vec_push(&of[step], result, xj_row_int(rows, 2));
        xj_vec_push(all, result, xj_row_int(rows, 2));
    }
    c->step_tasks = XJ_NEW_ARRAY(result, int64_t *, c->nsteps);
    c->nstep_tasks = XJ_NEW_ARRAY(result, size_t, c->nsteps);
    for (size_t i = 0; i < c->nsteps; i++) {
        c->step_tasks[i] = of[i].items;
        c->nstep_tasks[i] = of[i].len;
    }
    unique(all);
    return NULL;
}

xj_error *
xj_version_changes(xj_changes **changes, xj_db *db, const xj_scope *scope, int64_t id,
                   int64_t since, xj_pool *result)
{
    xj_changes *c = XJ_NEW(result, xj_changes);
    id_list all = {0}, removed = {0};
    xj_version version;
    size_t at = 0;

    *changes = c;
    XJ_TRY(xj_version_get(&version, db, scope, id, result));
    c->version = version.version;
    if (since >= version.version)
        return NULL;
    XJ_TRY(list(&c->steps, &c->nsteps, db, scope->tenant, id, 0, 0, since, XJ_CHANGES_MAX + 1,
                result));
    if (c->nsteps > XJ_CHANGES_MAX) {
        c->nsteps = XJ_CHANGES_MAX;
        c->more = true;
    }
    XJ_TRY(read_items(c, &all, db, scope->tenant, id, since, result));
    if (all.len > XJ_RESULT_TASKS_MAX)
        c->more = true;
    if (c->more || all.len == 0)
        return NULL;
    XJ_TRY(xj_check_tasks(&c->tasks, &c->ntasks, db, scope, id, all.items, all.len, result));
    for (size_t i = 0; i < all.len; i++) {
        if (at < c->ntasks && c->tasks[at].row.id == all.items[i])
            at++;
        else
            xj_vec_push(&removed, result, all.items[i]);
    }
    c->removed = removed.items;
    c->nremoved = removed.len;
    return NULL;
}
