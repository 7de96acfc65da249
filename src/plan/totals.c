#include "plan/plan_priv.h"

#include "base/map.h"
#include "base/vec.h"

#define TASKS_MAX 100000000 /* a limit that no jurisdiction reaches */

static const enum xj_sql tasks_of[XJ_LEAD_COUNT] = {
    [XJ_LEAD_LIVE] = SQL_TOTAL_LIVE,       [XJ_LEAD_ORDER] = SQL_TOTAL_LIVE,
    [XJ_LEAD_UNIT] = SQL_TOTAL_UNIT,       [XJ_LEAD_TEXT] = SQL_TOTAL_TEXT,
    [XJ_LEAD_VERSION] = SQL_TOTAL_VERSION, [XJ_LEAD_STATE] = SQL_TOTAL_STATE,
    [XJ_LEAD_TAG] = SQL_TOTAL_TAG};

typedef struct sums {
    XJ_VEC(xj_total_action) actions;
    XJ_VEC(xj_total_unit) units;
    XJ_VEC(xj_total_word) kinds, strengths;
    xj_map by_action, by_unit, by_kind, by_strength; /* index + 1 in these, as a pointer */
    xj_total_action *last_action;                    /* of the row before */
    int64_t tasks;
    xj_pool *pool; /* the result's */
} sums;

/* The index of KEY in MAP, or XJ_NPOS where it is new: then it gets LEN. */
static size_t
index_of(xj_map *map, xj_str key, size_t len, xj_pool *pool)
{
    void *found = xj_map_find(map, key);

    if (found != NULL)
        return (size_t)((uintptr_t)found - 1);
    xj_map_set(map, xj_str_dup(key, pool), (void *)(uintptr_t)(len + 1));
    return XJ_NPOS;
}

static void
add_action(sums *s, int64_t no, xj_str name, int64_t tasks)
{
    /* Tasks of one action stand together: mostly it is the one of the row before. */
    if (s->last_action == NULL || s->last_action->no != no ||
        !xj_str_eq(s->last_action->name, name)) {
        const xj_str key = xj_str_printf(s->pool, "%lld/" XJ_FMT, (long long)no, XJ_ARG(name));
        size_t i = index_of(&s->by_action, key, s->actions.len, s->pool);

        if (i == XJ_NPOS) {
            i = s->actions.len;
            xj_vec_push(&s->actions, s->pool, (xj_total_action){no, xj_str_dup(name, s->pool), 0});
        }
        s->last_action = &s->actions.items[i];
    }
    s->last_action->tasks += tasks;
}

static void
add_unit(sums *s, xj_str id, xj_str role, int64_t tasks)
{
    size_t i = index_of(&s->by_unit, id, s->units.len, s->pool);
    xj_total_unit *unit;

    if (i == XJ_NPOS) {
        xj_total_unit made = {0};

        if (!xj_str_int(&made.id, id))
            return; /* digits of our own writing: not reached */
        i = s->units.len;
        xj_vec_push(&s->units, s->pool, made);
    }
    unit = &s->units.items[i];
    if (xj_str_eq(role, XJ_STR("lead")))
        unit->lead += tasks;
    else if (xj_str_eq(role, XJ_STR("cooperate")))
        unit->cooperate += tasks;
    else
        unit->responsible += tasks;
}

#define ADD_WORD(s, vec, map, text, n)                                                             \
    do {                                                                                           \
        size_t i_ = index_of(&(s)->map, text, (s)->vec.len, (s)->pool);                            \
        if (i_ == XJ_NPOS) {                                                                       \
            i_ = (s)->vec.len;                                                                     \
            xj_vec_push(&(s)->vec, (s)->pool, (xj_total_word){xj_str_dup(text, (s)->pool), 0});    \
        }                                                                                          \
        (s)->vec.items[i_].tasks += (n);                                                           \
    } while (0)

/* Published tasks of a programme, or of all: the numbers kept for each version. */
static xj_error *
from_kept(sums *s, xj_db *db, int64_t tenant, int64_t programme)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_TOTAL_SUM, "ii", tenant, programme));
    for (;;) {
        xj_str dimension, item, part;
        int64_t n, number;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        dimension = xj_row_str(rows, 0);
        item = xj_row_str(rows, 1);
        part = xj_row_str(rows, 2);
        n = xj_row_int(rows, 3);
        if (xj_str_eq(dimension, XJ_STR("action"))) {
            add_action(s, xj_str_int(&number, part) ? number : 0, item, n);
            s->tasks += n;
        } else if (xj_str_eq(dimension, XJ_STR("kind"))) {
            ADD_WORD(s, kinds, by_kind, item, n);
        } else if (xj_str_eq(dimension, XJ_STR("strength"))) {
            ADD_WORD(s, strengths, by_strength, item, n);
        } else {
            add_unit(s, item, part, n);
        }
    }
}

/* The units of a row, read from its JSON as xj_plan__units_json wrote it: a name cannot hold what
 * is looked for, for its quotes are escaped.  A unit counts once a task. */
static void
add_units(sums *s, xj_str json)
{
    xj_str seen[XJ_TASK_UNITS_MAX];
    size_t nseen = 0, at = 0;

    for (;;) {
        const size_t id = xj_str_find(json, XJ_STR("{\"id\":"), at);
        const size_t end = id == XJ_NPOS ? XJ_NPOS : xj_str_find(json, XJ_STR(","), id);
        const size_t role = id == XJ_NPOS ? XJ_NPOS : xj_str_find(json, XJ_STR("\"role\":\""), id);
        const size_t stop = role == XJ_NPOS ? XJ_NPOS : xj_str_find(json, XJ_STR("\""), role + 8);
        xj_str digits;
        bool again = false;

        if (stop == XJ_NPOS)
            return;
        digits = xj_str_sub(json, id + 6, end);
        for (size_t i = 0; i < nseen; i++)
            again = again || xj_str_eq(seen[i], digits);
        if (!again) {
            add_unit(s, digits, xj_str_sub(json, role + 8, stop), 1);
            if (nseen < XJ_TASK_UNITS_MAX)
                seen[nseen++] = digits;
        }
        at = stop;
    }
}

static xj_error *
from_tasks(sums *s, xj_db *db, const xj_scope *scope, const xj_task_filter *filter,
           xj_pool *scratch)
{
    xj_lead lead;
    xj_str words;
    xj_list *list;
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_plan__lead(&lead, &words, db, scope, filter, XJ_TASKS_BY_PLAN, scratch));
    list = xj_list_new(tasks_of[lead], scratch);
    xj_plan__conditions(list, lead, scope, filter, scratch);
    XJ_TRY(xj_plan__run_list(&rows, list, lead, db, scope, filter, words, TASKS_MAX));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        add_action(s, xj_row_int(rows, 0), xj_row_str(rows, 1), 1);
        ADD_WORD(s, kinds, by_kind, xj_row_str(rows, 2), 1);
        ADD_WORD(s, strengths, by_strength, xj_row_str(rows, 3), 1);
        add_units(s, xj_row_str(rows, 4));
        s->tasks++;
    }
}

xj_error *
xj_plan__add_totals(xj_tx *tx, int64_t version, int64_t times)
{
    const int64_t tenant = xj_tx_tenant(tx);

    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_TOTAL_ADD_ROWS, "iii", times, version, tenant));
    return xj_db_send(xj_tx_db(tx), SQL_TOTAL_ADD_UNITS, "iii", times, version, tenant);
}

static int
by_number(const void *a, const void *b)
{
    const xj_total_action *x = a, *y = b;

    return x->no != y->no ? (x->no < y->no ? -1 : 1) : xj_str_cmp(x->name, y->name);
}

static int
by_tasks(const void *a, const void *b)
{
    const xj_total_unit *x = a, *y = b;
    const int64_t n = x->lead + x->responsible + x->cooperate;
    const int64_t m = y->lead + y->responsible + y->cooperate;

    return n != m ? (n > m ? -1 : 1) : x->id < y->id ? -1 : x->id > y->id;
}

static int
by_word(const void *a, const void *b)
{
    return xj_str_cmp(((const xj_total_word *)a)->word, ((const xj_total_word *)b)->word);
}

#define SORT(vec, compare)                                                                         \
    do {                                                                                           \
        if ((vec).len > 0)                                                                         \
            qsort((vec).items, (vec).len, sizeof *(vec).items, compare);                           \
    } while (0)

xj_error *
xj_task_totals_of(xj_task_totals **totals, xj_db *db, const xj_scope *scope,
                  const xj_task_filter *filter, xj_pool *result, xj_pool *scratch)
{
    const bool published = filter->version == 0 && (filter->state.len == 0 ||
                                                    xj_str_eq(filter->state, XJ_STR("published")));
    const bool bare = filter->action.len + filter->kind.len + filter->strength.len +
                              filter->text.len + filter->tag.len + filter->due_from.len +
                              filter->due_to.len ==
                          0 &&
                      filter->unit == 0;
    sums s = {.pool = result};

    xj_map_init(&s.by_action, scratch);
    xj_map_init(&s.by_unit, scratch);
    xj_map_init(&s.by_kind, scratch);
    xj_map_init(&s.by_strength, scratch);
    if (published && bare && scope->all_units)
        XJ_TRY(from_kept(&s, db, scope->tenant, filter->programme));
    else
        XJ_TRY(from_tasks(&s, db, scope, filter, scratch));
    for (size_t i = 0; i < s.units.len; i++) {
        const xj_scope all = xj_scope_all(scope->tenant);
        xj_unit unit;

        XJ_TRY(xj_unit_get(&unit, db, &all, s.units.items[i].id, result));
        s.units.items[i].name = unit.name;
    }
    SORT(s.actions, by_number);
    SORT(s.units, by_tasks);
    SORT(s.kinds, by_word);
    SORT(s.strengths, by_word);
    *totals = XJ_NEW(result, xj_task_totals);
    **totals = (xj_task_totals){s.tasks,           s.actions.items, s.actions.len,
                                s.units.items,     s.units.len,     s.kinds.items,
                                s.strengths.items, s.kinds.len,     s.strengths.len};
    return NULL;
}

/* Counted for each version, whatever units SCOPE has. */
static xj_error *
kept_of_unit(xj_unit_tasks *counts, xj_db *db, int64_t tenant, int64_t id)
{
    char text[24];
    xj_rows *rows;
    bool more;

    snprintf(text, sizeof text, "%lld", (long long)id);
    XJ_TRY(xj_db_query(&rows, db, SQL_TOTAL_OF_UNIT, "is", tenant, xj_str_c(text)));
    for (;;) {
        xj_str role;
        int64_t n;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        role = xj_row_str(rows, 0);
        n = xj_row_int(rows, 1);
        if (xj_str_eq(role, XJ_STR("lead")))
            counts->lead = n;
        else if (xj_str_eq(role, XJ_STR("cooperate")))
            counts->cooperate = n;
        else
            counts->responsible = n;
    }
}

xj_error *
xj_task_count_units(xj_unit_tasks *counts, xj_db *db, const xj_scope *scope, const int64_t *ids,
                    size_t n, xj_pool *scratch)
{
    const xj_task_filter all = {0};
    xj_task_totals *totals;

    memset(counts, 0, n * sizeof *counts);
    if (scope->all_units) {
        for (size_t i = 0; i < n; i++)
            XJ_TRY(kept_of_unit(&counts[i], db, scope->tenant, ids[i]));
        return NULL;
    }
    XJ_TRY(xj_task_totals_of(&totals, db, scope, &all, scratch, scratch));
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < totals->nunits; k++)
            if (totals->units[k].id == ids[i])
                counts[i] = (xj_unit_tasks){totals->units[k].lead, totals->units[k].responsible,
                                            totals->units[k].cooperate};
    return NULL;
}
