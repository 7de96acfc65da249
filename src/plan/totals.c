#include "plan/plan_priv.h"

#include "base/map.h"
#include "base/vec.h"

#define GROUPS_MAX 100000

static const enum xj_sql rows_of[XJ_LEAD_COUNT] = {
    [XJ_LEAD_LIVE] = SQL_TOTAL_LIVE_ROWS,       [XJ_LEAD_ORDER] = SQL_TOTAL_LIVE_ROWS,
    [XJ_LEAD_UNIT] = SQL_TOTAL_UNIT_ROWS,       [XJ_LEAD_TEXT] = SQL_TOTAL_TEXT_ROWS,
    [XJ_LEAD_VERSION] = SQL_TOTAL_VERSION_ROWS, [XJ_LEAD_STATE] = SQL_TOTAL_STATE_ROWS};
static const enum xj_sql units_of[XJ_LEAD_COUNT] = {
    [XJ_LEAD_LIVE] = SQL_TOTAL_LIVE_UNITS,       [XJ_LEAD_ORDER] = SQL_TOTAL_LIVE_UNITS,
    [XJ_LEAD_UNIT] = SQL_TOTAL_UNIT_UNITS,       [XJ_LEAD_TEXT] = SQL_TOTAL_TEXT_UNITS,
    [XJ_LEAD_VERSION] = SQL_TOTAL_VERSION_UNITS, [XJ_LEAD_STATE] = SQL_TOTAL_STATE_UNITS};

typedef struct sums {
    XJ_VEC(xj_total_action) actions;
    XJ_VEC(xj_total_unit) units;
    XJ_VEC(xj_total_word) kinds, strengths;
    xj_map by_action, by_unit, by_kind, by_strength; /* index + 1 in these, as a pointer */
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
    const xj_str key = xj_str_printf(s->pool, "%lld/" XJ_FMT, (long long)no, XJ_ARG(name));
    size_t i = index_of(&s->by_action, key, s->actions.len, s->pool);

    if (i == XJ_NPOS) {
        i = s->actions.len;
        xj_vec_push(&s->actions, s->pool, (xj_total_action){no, xj_str_dup(name, s->pool), 0});
    }
    s->actions.items[i].tasks += tasks;
}

static void
add_unit(sums *s, int64_t id, xj_str role, int64_t tasks)
{
    const xj_str key = xj_str_printf(s->pool, "%lld", (long long)id);
    size_t i = index_of(&s->by_unit, key, s->units.len, s->pool);
    xj_total_unit *unit;

    if (i == XJ_NPOS) {
        i = s->units.len;
        xj_vec_push(&s->units, s->pool, (xj_total_unit){.id = id});
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
        } else if (xj_str_int(&number, item)) {
            add_unit(s, number, part, n);
        }
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
    list = xj_list_new(rows_of[lead], scratch);
    xj_plan__conditions(list, lead, scope, filter, scratch);
    XJ_TRY(xj_plan__run_list(&rows, list, lead, db, scope, filter, words, GROUPS_MAX));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        add_action(s, xj_row_int(rows, 0), xj_row_str(rows, 1), xj_row_int(rows, 4));
        ADD_WORD(s, kinds, by_kind, xj_row_str(rows, 2), xj_row_int(rows, 4));
        ADD_WORD(s, strengths, by_strength, xj_row_str(rows, 3), xj_row_int(rows, 4));
        s->tasks += xj_row_int(rows, 4);
    }
    list = xj_list_new(units_of[lead], scratch);
    xj_plan__conditions(list, lead, scope, filter, scratch);
    XJ_TRY(xj_plan__run_list(&rows, list, lead, db, scope, filter, words, GROUPS_MAX));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        add_unit(s, xj_row_int(rows, 0), xj_row_str(rows, 1), xj_row_int(rows, 2));
    }
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
                              filter->text.len + filter->due_from.len + filter->due_to.len ==
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

xj_error *
xj_task_count_units(int64_t *counts, xj_db *db, const xj_scope *scope, const int64_t *ids, size_t n)
{
    xj_rows *rows;
    bool more;

    for (size_t i = 0; i < n; i++) {
        char text[24];

        snprintf(text, sizeof text, "%lld", (long long)ids[i]);
        XJ_TRY(xj_db_query(&rows, db, SQL_TOTAL_OF_UNIT, "is", scope->tenant, xj_str_c(text)));
        XJ_TRY(xj_rows_next(rows, &more));
        counts[i] = more ? xj_row_int(rows, 0) : 0;
        xj_rows_close(rows);
    }
    return NULL;
}
