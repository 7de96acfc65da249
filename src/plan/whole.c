/* Tasks whole, many at once: a query for the rows and one for each kind of what hangs on them. */
#include "plan/plan_priv.h"

#include <stdlib.h>

xj_range
xj_plan__range(const xj_rows *rows, int col)
{
    return (xj_range){(size_t)xj_row_int(rows, col), (size_t)xj_row_int(rows, col + 1)};
}

static void
read_task(xj_task *t, const xj_rows *rows, xj_pool *result)
{
    *t = (xj_task){0};
    xj_plan__read_task_row(&t->row, rows, result);
    t->text = xj_row_text(rows, 20, result);
    t->specific_task = xj_row_text(rows, 21, result);
    t->measure = xj_row_text(rows, 22, result);
    t->work_plan = xj_row_text(rows, 23, result);
    t->lead_explicit = xj_row_int(rows, 24) != 0;
    t->lead_proposed = xj_row_text(rows, 25, result);
    t->cadence = xj_row_text(rows, 26, result);
    t->returns_due = xj_row_text(rows, 27, result);
    t->deliverables = xj_row_text(rows, 28, result);
    t->source = xj_plan__range(rows, 29);
    t->live = xj_row_int(rows, 31) != 0;
    t->deadline_source = xj_plan__range(rows, 32);
}

static int
compare_task(const void *a, const void *b)
{
    const int64_t id = *(const int64_t *)a;
    const xj_task *task = b;

    return id < task->row.id ? -1 : id > task->row.id;
}

struct found {
    xj_task *tasks; /* ids ascend */
    size_t n;
    const int64_t *ids; /* NULL: all of a version */
    size_t nids;
    xj_db *db;
    int64_t tenant;
    xj_pool *result;
};

/* The rows of statement SQL that belong to the tasks found, in their order. */
static xj_error *
rows_of(xj_rows **rows, const struct found *f, enum xj_sql sql)
{
    xj_list *list = xj_list_new(sql, f->result);

    if (f->ids != NULL) {
        xj_list_in(list, "task", f->ids, f->nids);
    } else {
        xj_list_int(list, "task", XJ_COND_GE, f->tasks[0].row.id);
        xj_list_int(list, "task", XJ_COND_LE, f->tasks[f->n - 1].row.id);
    }
    xj_list_order(list, "task", false);
    return xj_list_query(rows, list, f->db, INT64_MAX, "i", f->tenant);
}

/* What hangs on one task, of any kind. */
struct items {
    void *items;
    size_t len, cap;
};

/* Room for one more of SIZE bytes. */
static void *
next(struct items *items, size_t size, xj_pool *result)
{
    items->items = xj_vec_grow(items->items, items->len, &items->cap, size, result);
    return (char *)items->items + size * items->len++;
}

/* Call EACH for the rows of statement SQL that belong to a task of ours, TAKE behind the last of
 * each task. */
static xj_error *
each_row(const struct found *f, enum xj_sql sql,
         void (*each)(struct items *items, const xj_task *task, const xj_rows *rows,
                      xj_pool *result),
         void (*take)(xj_task *task, const struct items *items))
{
    struct items items = {0};
    xj_task *task = NULL;
    xj_rows *rows;
    bool more;

    XJ_TRY(rows_of(&rows, f, sql));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (task != NULL && (!more || task->row.id != xj_row_int(rows, 0))) {
            take(task, &items);
            items = (struct items){0};
            task = NULL;
        }
        if (!more)
            return NULL;
        if (task == NULL) {
            const int64_t id = xj_row_int(rows, 0);

            task = bsearch(&id, f->tasks, f->n, sizeof *f->tasks, compare_task);
        }
        if (task != NULL) /* not one of another version in between */
            each(&items, task, rows, f->result);
    }
}

static void
take_units(xj_task *task, const struct items *items)
{
    task->units = items->items;
    task->nunits = items->len;
}

static void
take_targets(xj_task *task, const struct items *items)
{
    task->targets = items->items;
    task->ntargets = items->len;
}

static void
take_warnings(xj_task *task, const struct items *items)
{
    task->warnings = items->items;
    task->nwarnings = items->len;
}

static void
take_marks(xj_task *task, const struct items *items)
{
    task->marks = items->items;
    task->nmarks = items->len;
}

static void
each_unit(struct items *items, const xj_task *task, const xj_rows *rows, xj_pool *result)
{
    xj_task_unit_row *unit = next(items, sizeof *unit, result);

    (void)task;
    *unit = (xj_task_unit_row){.id = xj_row_int(rows, 1),
                               .name = xj_row_text(rows, 2, result),
                               .role = xj_row_text(rows, 3, result),
                               .inherited = xj_row_int(rows, 4) != 0,
                               .source = xj_plan__range(rows, 5)};
}

void
xj_plan__read_target(xj_task_target *t, const xj_rows *rows, int at, xj_pool *result)
{
    *t = (xj_task_target){.seq = xj_row_int(rows, at),
                          .action_no = xj_row_int(rows, at + 1),
                          .indicator = xj_row_text(rows, at + 2, result),
                          .op = xj_row_text(rows, at + 3, result),
                          .has_value = !xj_row_null(rows, at + 4),
                          .value = xj_row_real(rows, at + 4),
                          .has_max = !xj_row_null(rows, at + 5),
                          .max = xj_row_real(rows, at + 5),
                          .unit = xj_row_text(rows, at + 6, result),
                          .year = xj_row_int(rows, at + 7),
                          .year_inferred = xj_row_int(rows, at + 8) != 0,
                          .advisory = xj_row_int(rows, at + 9) != 0,
                          .strength = xj_row_text(rows, at + 10, result),
                          .raw = xj_row_text(rows, at + 11, result),
                          .source = xj_plan__range(rows, at + 12)};
}

static void
each_target(struct items *items, const xj_task *task, const xj_rows *rows, xj_pool *result)
{
    xj_task_target *target = next(items, sizeof *target, result);

    xj_plan__read_target(target, rows, 1, result);
    target->task = task->row.id;
}

static void
each_warning(struct items *items, const xj_task *task, const xj_rows *rows, xj_pool *result)
{
    xj_task_warning *warning = next(items, sizeof *warning, result);

    *warning = (xj_task_warning){.task = task->row.id,
                                 .seq = xj_row_int(rows, 1),
                                 .code = xj_row_text(rows, 2, result),
                                 .message = xj_row_text(rows, 3, result),
                                 .source = xj_plan__range(rows, 4),
                                 .line = xj_row_int(rows, 6),
                                 .words = xj_row_text(rows, 7, result),
                                 .state = xj_row_null(rows, 8) ? XJ_STR("open")
                                                               : xj_row_text(rows, 8, result),
                                 .why = xj_row_text(rows, 9, result),
                                 .ended_by = xj_row_text(rows, 10, result),
                                 .ended_at = xj_row_int(rows, 11)};
}

static void
each_mark(struct items *items, const xj_task *task, const xj_rows *rows, xj_pool *result)
{
    xj_task_mark *mark = next(items, sizeof *mark, result);

    (void)task;
    *mark = (xj_task_mark){.field = xj_row_text(rows, 1, result),
                           .kind = xj_row_text(rows, 2, result),
                           .person = xj_row_int(rows, 3),
                           .by = xj_row_text(rows, 4, result),
                           .at = xj_row_int(rows, 5),
                           .memory = xj_row_int(rows, 6),
                           .phrase = xj_row_text(rows, 7, result)};
}

xj_error *
xj_plan__tasks(xj_task **tasks, size_t *n, xj_db *db, int64_t tenant, int64_t version,
               const int64_t *ids, size_t nids, xj_pool *result)
{
    xj_list *list = xj_list_new(ids != NULL ? SQL_WHOLE_TASKS_BY_ID : SQL_WHOLE_TASKS, result);
    struct found f = {.ids = ids, .nids = nids, .db = db, .tenant = tenant, .result = result};
    XJ_VEC(xj_task) found = {0};
    xj_rows *rows;
    bool more;

    if (ids != NULL)
        xj_list_in(list, "id", ids, nids);
    else
        xj_list_int(list, "version", XJ_COND_EQ, version);
    XJ_TRY(xj_list_query(&rows, list, db, INT64_MAX, "i", tenant));
    for (;;) {
        xj_task task;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        read_task(&task, rows, result);
        xj_vec_push(&found, result, task);
    }
    f.tasks = *tasks = found.items;
    f.n = *n = found.len;
    if (f.n == 0)
        return NULL;
    XJ_TRY(xj_plan__tags_of(&found.items->row, sizeof *found.items, found.len, db, tenant, result));
    XJ_TRY(each_row(&f, SQL_WHOLE_UNITS, each_unit, take_units));
    XJ_TRY(each_row(&f, SQL_WHOLE_TARGETS, each_target, take_targets));
    XJ_TRY(each_row(&f, SQL_WHOLE_WARNINGS, each_warning, take_warnings));
    return each_row(&f, SQL_WHOLE_MARKS, each_mark, take_marks);
}

static int
compare_tasks(const void *a, const void *b)
{
    return compare_task(&((const xj_task *)a)->row.id, b);
}

xj_error *
xj_task_targets_of(xj_task_targets **targets, xj_db *db, const xj_scope *scope,
                   const xj_task_row *rows, size_t n, xj_pool *result)
{
    xj_task *tasks = XJ_NEW_ARRAY(result, xj_task, n);
    int64_t *ids = XJ_NEW_ARRAY(result, int64_t, n);
    const struct found f = {.tasks = tasks,
                            .n = n,
                            .ids = ids,
                            .nids = n,
                            .db = db,
                            .tenant = scope->tenant,
                            .result = result};

    *targets = XJ_NEW_ARRAY(result, xj_task_targets, n);
    for (size_t i = 0; i < n; i++) {
        ids[i] = rows[i].id;
        tasks[i] = (xj_task){.row = {.id = rows[i].id}};
    }
    if (n == 0)
        return NULL;
    qsort(tasks, n, sizeof *tasks, compare_tasks);
    XJ_TRY(each_row(&f, SQL_WHOLE_TARGETS, each_target, take_targets));
    for (size_t i = 0; i < n; i++) {
        const xj_task *task = bsearch(&ids[i], tasks, n, sizeof *tasks, compare_task);

        XJ_ASSERT(task != NULL); /* each of IDS is among them */
        (*targets)[i] = (xj_task_targets){task->targets, task->ntargets};
    }
    return NULL;
}
