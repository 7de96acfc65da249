#include "plan/plan_priv.h"

#include "base/vec.h"

/* The index of WORD in a table of wire words made by TO_WORD; a word that is not there is damage.
 */
#define WORD_INDEX(out, word, count, to_word)                                                      \
    do {                                                                                           \
        int i_ = 0;                                                                                \
        while (i_ < (count) && !xj_str_eq(word, xj_str_c(to_word(i_))))                            \
            i_++;                                                                                  \
        if (i_ == (count))                                                                         \
            return xj_error_new(XJ_E_CORRUPT, "a stored register holds a word that is none of "    \
                                              "ours");                                             \
        (out) = i_;                                                                                \
    } while (0)

#define KINDS (XJ_DEADLINE_RECURRING + 1)
#define STRENGTHS (XJ_STRENGTH_ENCOURAGED + 1)
#define ROLES (XJ_ROLE_COOPERATE + 1)
#define OPS (XJ_OP_DONE + 1)

static xj_error *
read_dates(xj_month_day **dates, size_t *n, xj_str json, xj_pool *result)
{
    xj_str *texts;

    XJ_TRY(xj_plan__json_names(&texts, n, json, result));
    *dates = XJ_NEW_ARRAY(result, xj_month_day, *n);
    for (size_t i = 0; i < *n; i++) {
        int64_t month = 0, day = 0;

        if (texts[i].len != 5 || !xj_str_int(&month, xj_str_sub(texts[i], 0, 2)) ||
            !xj_str_int(&day, xj_str_sub(texts[i], 3, 5)))
            return xj_error_new(XJ_E_CORRUPT, "a stored day of the year is none");
        (*dates)[i] = (xj_month_day){(int)month, (int)day};
    }
    return NULL;
}

static xj_error *
load_head(xj_register *reg, xj_db *db, int64_t tenant, int64_t id, xj_pool *result)
{
    xj_document_head *head = &reg->document;
    XJ_VEC(xj_basis) basis = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_VERSION_HEAD, "ii", tenant, id));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such version of a document");
    head->title = xj_row_text(rows, 0, result);
    head->doc_no = xj_row_text(rows, 1, result);
    head->issuer = xj_row_text(rows, 2, result);
    if (!xj_row_null(rows, 3) && !xj_date_parse(&head->issued_on, xj_row_str(rows, 3)))
        return xj_error_new(XJ_E_CORRUPT, "a stored date is none");
    head->jurisdiction = xj_row_text(rows, 4, result);
    xj_rows_close(rows);
    XJ_TRY(xj_db_query(&rows, db, SQL_BASIS_OF_VERSION, "ii", tenant, id));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&basis, result,
                    (xj_basis){.title = xj_row_text(rows, 0, result),
                               .doc_no = xj_row_text(rows, 1, result)});
    }
    head->basis = basis.items;
    head->nbasis = basis.len;
    return NULL;
}

static xj_error *
load_actions(xj_register *reg, xj_db *db, int64_t tenant, int64_t id, xj_pool *result)
{
    XJ_VEC(xj_action) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_ACTIONS_OF_VERSION, "ii", tenant, id));
    for (;;) {
        xj_action action = {0};

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        action.no = (int)xj_row_int(rows, 0);
        action.name = xj_row_text(rows, 1, result);
        XJ_TRY(xj_plan__json_names(&action.lead_units, &action.nlead_units, xj_row_str(rows, 2),
                                   result));
        XJ_TRY(xj_plan__json_names(&action.implementers, &action.nimplementers, xj_row_str(rows, 3),
                                   result));
        xj_vec_push(&found, result, action);
    }
    reg->actions = found.items;
    reg->nactions = found.len;
    return NULL;
}

typedef XJ_VEC(int64_t) id_list;

static xj_error *
load_task(xj_plan_task *t, const xj_rows *rows, xj_pool *result)
{
    int word;

    *t = (xj_plan_task){.action = (int)xj_row_int(rows, 1),
                        .no = xj_row_text(rows, 3, result),
                        .title = xj_row_text(rows, 4, result),
                        .text = xj_row_text(rows, 5, result),
                        .open_ended = xj_row_int(rows, 6) != 0};
    WORD_INDEX(word, xj_row_str(rows, 7), KINDS, xj_deadline_kind_word);
    t->deadline.kind = (xj_deadline_kind)word;
    if (!xj_str_eq(xj_row_str(rows, 8), XJ_STR(XJ_NO_DUE)) &&
        !xj_date_parse(&t->deadline.date, xj_row_str(rows, 8)))
        return xj_error_new(XJ_E_CORRUPT, "a stored date is none");
    XJ_TRY(read_dates(&t->deadline.dates, &t->deadline.ndates, xj_row_str(rows, 9), result));
    t->deadline.raw = xj_row_text(rows, 10, result);
    t->deadline.inferred = xj_row_int(rows, 11) != 0;
    WORD_INDEX(word, xj_row_str(rows, 12), STRENGTHS, xj_strength_word);
    t->strength = (xj_strength)word;
    t->cadence = xj_row_null(rows, 13) ? NULL : xj_str_cdup(xj_row_str(rows, 13), result);
    return NULL;
}

static xj_error *
load_tasks(xj_register *reg, id_list *ids, id_list *lines, xj_db *db, int64_t tenant, int64_t id,
           xj_pool *result)
{
    XJ_VEC(xj_plan_task) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_TASK_PAGE, "iiii", tenant, id, (int64_t)0, INT64_MAX));
    for (;;) {
        xj_plan_task task;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        XJ_TRY(load_task(&task, rows, result));
        xj_vec_push(&found, result, task);
        xj_vec_push(ids, result, xj_row_int(rows, 0));
        xj_vec_push(lines, result, xj_row_int(rows, 16));
    }
    reg->tasks = found.items;
    reg->ntasks = found.len;
    return NULL;
}

/* Rows come in the order of tasks. */
static xj_error *
load_units(xj_register *reg, const id_list *ids, xj_db *db, int64_t tenant, int64_t id,
           xj_pool *result)
{
    XJ_VEC(xj_task_unit) units = {0};
    size_t task = 0;
    xj_rows *rows;
    bool more;
    int role;

    XJ_TRY(xj_db_query(&rows, db, SQL_TASK_UNITS_PAGE, "ii", tenant, id));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more || (task < ids->len && ids->items[task] != xj_row_int(rows, 0))) {
            if (units.len > 0) {
                reg->tasks[task].units = units.items;
                reg->tasks[task].nunits = units.len;
                memset(&units, 0, sizeof units);
            }
            if (!more)
                return NULL;
            while (task < ids->len && ids->items[task] != xj_row_int(rows, 0))
                task++;
        }
        if (task == ids->len)
            return xj_error_new(XJ_E_CORRUPT, "a stored unit belongs to no task");
        WORD_INDEX(role, xj_row_str(rows, 3), ROLES, xj_unit_role_word);
        xj_vec_push(&units, result,
                    (xj_task_unit){.name = xj_row_text(rows, 2, result),
                                   .role = (xj_unit_role)role,
                                   .inherited = xj_row_int(rows, 4) != 0});
    }
}

/* The number of the task with ID; ids ascend. */
static xj_str
task_no(const xj_register *reg, const id_list *ids, int64_t id)
{
    const int64_t *found =
        ids->len == 0 ? NULL : bsearch(&id, ids->items, ids->len, sizeof id, xj_plan__compare_ids);

    return found == NULL ? XJ_STR_NONE : reg->tasks[found - ids->items].no;
}

static xj_error *
load_targets(xj_register *reg, const id_list *ids, xj_db *db, int64_t tenant, int64_t id,
             xj_pool *result)
{
    XJ_VEC(xj_target) found = {0};
    xj_rows *rows;
    bool more;
    int word;

    XJ_TRY(xj_db_query(&rows, db, SQL_TARGETS_OF_VERSION, "ii", tenant, id));
    for (;;) {
        xj_target t = {0};

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        t.action = (int)xj_row_int(rows, 1);
        if (!xj_row_null(rows, 0))
            t.task = task_no(reg, ids, xj_row_int(rows, 0));
        t.indicator = xj_row_text(rows, 2, result);
        WORD_INDEX(word, xj_row_str(rows, 3), OPS, xj_target_op_word);
        t.op = (xj_target_op)word;
        t.has_value = !xj_row_null(rows, 4);
        t.value = xj_row_real(rows, 4);
        t.has_max = !xj_row_null(rows, 5);
        t.max = xj_row_real(rows, 5);
        t.unit = xj_row_text(rows, 6, result);
        t.year = (int)xj_row_int(rows, 7);
        t.raw = xj_row_text(rows, 11, result);
        xj_vec_push(&found, result, t);
    }
    reg->targets = found.items;
    reg->ntargets = found.len;
    return NULL;
}

xj_error *
xj_plan__load(xj_register **reg, int64_t **ids, int64_t **lines, xj_db *db, int64_t tenant,
              int64_t id, xj_pool *result)
{
    xj_register *made = XJ_NEW(result, xj_register);
    id_list found = {0}, of_work = {0};

    XJ_TRY(load_head(made, db, tenant, id, result));
    XJ_TRY(load_actions(made, db, tenant, id, result));
    XJ_TRY(load_tasks(made, &found, &of_work, db, tenant, id, result));
    XJ_TRY(load_units(made, &found, db, tenant, id, result));
    XJ_TRY(load_targets(made, &found, db, tenant, id, result));
    *reg = made;
    *ids = found.items;
    *lines = of_work.items;
    return NULL;
}

xj_error *
xj_version_load(xj_register **reg, xj_db *db, const xj_scope *scope, int64_t id, xj_pool *result)
{
    int64_t *ids, *lines;
    xj_version seen;

    XJ_TRY(xj_version_get(&seen, db, scope, id, result));
    return xj_plan__load(reg, &ids, &lines, db, scope->tenant, id, result);
}

xj_error *
xj_version_diff(xj_diff **diff, xj_db *db, const xj_scope *scope, int64_t against, int64_t id,
                xj_pool *result, xj_pool *scratch)
{
    xj_register *old, *now;

    XJ_TRY(xj_version_load(&old, db, scope, against, result));
    XJ_TRY(xj_version_load(&now, db, scope, id, result));
    xj_plan_diff(diff, old, now, result, scratch);
    return NULL;
}
