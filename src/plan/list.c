/*
 * Lists of tasks.  SQLite keeps no statistics here and PostgreSQL's know nothing of LIMIT over
 * joins, so who leads is chosen in C: what is known to be few rows (a version, a unit in plan
 * order, whatever a probe of PROBE_MAX rows exhausts) is read and, if need be, sorted; else the
 * order leads and the other filters are asked of each row, which finds a page soon because they
 * match many.  A probe is made only where it can change the choice.
 */
#include "plan/plan_priv.h"

#include "base/map.h"

#define PROBE_MAX 2000

static bool
is(xj_str s)
{
    return s.len > 0;
}

static xj_str
due_from(const xj_task_filter *filter)
{
    return is(filter->due_from) ? filter->due_from : XJ_STR("0000-00-00");
}

/* A task without a date lies in no range. */
static xj_str
due_to(const xj_task_filter *filter)
{
    return is(filter->due_to) && xj_str_cmp(filter->due_to, XJ_STR(XJ_NO_DUE)) < 0
               ? filter->due_to
               : XJ_STR("9999-12-30");
}

static bool
has_due(const xj_task_filter *filter)
{
    return is(filter->due_from) || is(filter->due_to);
}

static xj_error *
one(int64_t *n, xj_rows *rows)
{
    bool more;

    XJ_TRY(xj_rows_next(rows, &more));
    *n = more ? xj_row_int(rows, 0) : 0;
    xj_rows_close(rows);
    return NULL;
}

/* *FEW where at most PROBE_MAX live rows have the filter that SQL counts. */
static xj_error *
probe(bool *few, xj_rows *rows)
{
    int64_t n;

    XJ_TRY(one(&n, rows));
    *few = n <= PROBE_MAX;
    return NULL;
}

#define PROBE(lead_if_few, sql, ...)                                                               \
    do {                                                                                           \
        xj_rows *rows_;                                                                            \
        bool few_;                                                                                 \
        XJ_TRY(xj_db_query(&rows_, db, sql, __VA_ARGS__));                                         \
        XJ_TRY(probe(&few_, rows_));                                                               \
        if (few_) {                                                                                \
            *lead = lead_if_few;                                                                   \
            return NULL;                                                                           \
        }                                                                                          \
    } while (0)

xj_error *
xj_plan__lead(xj_lead *lead, xj_str *words, xj_db *db, const xj_scope *scope,
              const xj_task_filter *filter, xj_task_order order, xj_pool *scratch)
{
    const int64_t limit = PROBE_MAX + 1;
    const bool by_plan = order == XJ_TASKS_BY_PLAN;
    int filters = is(filter->action) + is(filter->kind) + is(filter->strength) +
                  (filter->programme != 0) + (filter->unit != 0) + has_due(filter) +
                  is(filter->text) + is(filter->tag);

    *words = XJ_STR_NONE;
    *lead = XJ_LEAD_ORDER;
    if (filter->version != 0) {
        *lead = XJ_LEAD_VERSION;
        return NULL;
    }
    if (is(filter->state) && !xj_str_eq(filter->state, XJ_STR("published"))) {
        *lead = XJ_LEAD_STATE;
        return NULL;
    }
    if (filters == 0)
        return NULL;
    if (by_plan && filters == 1 && !has_due(filter) && !is(filter->text) && !is(filter->strength) &&
        !is(filter->tag)) {
        /* An index has these rows in this order. */
        *lead = filter->unit != 0 ? XJ_LEAD_UNIT : XJ_LEAD_LIVE;
        return NULL;
    }
    if (is(filter->text)) {
        *words = xj_plan__words_query(scope->tenant, filter->text, scratch);
        PROBE(XJ_LEAD_TEXT, SQL_PROBE_TEXT, "isii", (int64_t)(by_plan && filters == 1), *words,
              scope->tenant, limit);
    }
    if (is(filter->tag))
        PROBE(XJ_LEAD_TAG, SQL_PROBE_TAG, "isi", scope->tenant, filter->tag, limit);
    if (has_due(filter))
        PROBE(XJ_LEAD_LIVE, SQL_PROBE_DUE, "issi", scope->tenant, due_from(filter), due_to(filter),
              limit);
    if (is(filter->action))
        PROBE(XJ_LEAD_LIVE, SQL_PROBE_ACTION, "isi", scope->tenant, filter->action, limit);
    if (filter->unit != 0)
        PROBE(XJ_LEAD_UNIT, SQL_PROBE_UNIT, "iii", scope->tenant, filter->unit, limit);
    if (is(filter->kind))
        PROBE(XJ_LEAD_LIVE, SQL_PROBE_KIND, "isi", scope->tenant, filter->kind, limit);
    if (filter->programme != 0)
        PROBE(XJ_LEAD_LIVE, SQL_PROBE_PROGRAMME, "iii", scope->tenant, filter->programme, limit);
    if (by_plan && (is(filter->action) || is(filter->kind) || filter->programme != 0) &&
        !is(filter->text))
        *lead = XJ_LEAD_LIVE;
    else if (by_plan && filter->unit != 0 && !is(filter->text))
        *lead = XJ_LEAD_UNIT;
    return NULL;
}

static const char *
unit_filter(xj_str role)
{
    if (xj_str_eq(role, XJ_STR("lead")))
        return "unit_lead";
    if (xj_str_eq(role, XJ_STR("responsible")))
        return "unit_responsible";
    if (xj_str_eq(role, XJ_STR("cooperate")))
        return "unit_cooperate";
    return "unit";
}

void
xj_plan__conditions(xj_list *list, xj_lead lead, const xj_scope *scope,
                    const xj_task_filter *filter, xj_pool *scratch)
{
    if (filter->programme != 0)
        xj_list_int(list, "programme", XJ_COND_EQ, filter->programme);
    if (is(filter->action))
        xj_list_str(list, "action", XJ_COND_EQ, filter->action);
    if (is(filter->kind))
        xj_list_str(list, "kind", XJ_COND_EQ, filter->kind);
    if (is(filter->strength))
        xj_list_str(list, "strength", XJ_COND_EQ, filter->strength);
    if (has_due(filter)) {
        xj_list_str(list, "due", XJ_COND_GE, due_from(filter));
        xj_list_str(list, "due", XJ_COND_LE, due_to(filter));
    }
    if (is(filter->tag) && lead != XJ_LEAD_TAG)
        xj_list_str(list, "tag", XJ_COND_MATCH, filter->tag);
    if (is(filter->text))
        xj_list_str(list, "text", XJ_COND_MATCH, xj_plan__lower(filter->text, scratch));
    if (lead == XJ_LEAD_UNIT && is(filter->role))
        xj_list_str(list, "role", XJ_COND_EQ, filter->role);
    else if (lead != XJ_LEAD_UNIT && filter->unit != 0)
        xj_list_int(list, unit_filter(filter->role), XJ_COND_MATCH, filter->unit);
    if ((lead == XJ_LEAD_VERSION || lead == XJ_LEAD_STATE) && !scope->drafts)
        xj_list_str(list, "state", XJ_COND_NE, XJ_STR("draft"));
    if (lead == XJ_LEAD_VERSION && is(filter->state))
        xj_list_str(list, "state", XJ_COND_EQ, filter->state);
    if (!scope->all_units)
        xj_list_str(list, "scope", XJ_COND_MATCH, xj_scope_json(scope, scratch));
}

xj_error *
xj_plan__run_list(xj_rows **rows, xj_list *list, xj_lead lead, xj_db *db, const xj_scope *scope,
                  const xj_task_filter *filter, xj_str words, int64_t limit)
{
    switch (lead) {
    case XJ_LEAD_UNIT:
        return xj_list_query(rows, list, db, limit, "ii", scope->tenant, filter->unit);
    case XJ_LEAD_TEXT:
        return xj_list_query(rows, list, db, limit, "si", words, scope->tenant);
    case XJ_LEAD_TAG:
        return xj_list_query(rows, list, db, limit, "is", scope->tenant, filter->tag);
    case XJ_LEAD_VERSION:
        return xj_list_query(rows, list, db, limit, "ii", scope->tenant, filter->version);
    case XJ_LEAD_STATE:
        return xj_list_query(rows, list, db, limit, "is", scope->tenant, filter->state);
    default:
        return xj_list_query(rows, list, db, limit, "i", scope->tenant);
    }
}

void
xj_plan__read_task_row(xj_task_row *row, const xj_rows *rows, xj_pool *result)
{
#define TEXT(col) xj_row_text(rows, col, result)
    *row = (xj_task_row){.id = xj_row_int(rows, 0),
                         .document = xj_row_int(rows, 1),
                         .plan = xj_row_int(rows, 2),
                         .state = TEXT(3),
                         .action_no = xj_row_int(rows, 4),
                         .action = TEXT(5),
                         .no = TEXT(6),
                         .title = TEXT(7),
                         .units = TEXT(8),
                         .open_ended = xj_row_int(rows, 9) != 0,
                         .deadline_kind = TEXT(10),
                         .due = TEXT(11),
                         .deadline_dates = TEXT(12),
                         .deadline_inferred = xj_row_int(rows, 14) != 0,
                         .strength = TEXT(15),
                         .warnings = xj_row_int(rows, 16),
                         .version = xj_row_int(rows, 17),
                         .changed_at = xj_row_int(rows, 18),
                         .line = xj_row_int(rows, 19)};
    row->deadline_raw = TEXT(13);
#undef TEXT
}

static const enum xj_sql lists[XJ_LEAD_COUNT] = {
    [XJ_LEAD_LIVE] = SQL_TASK_LIST_LIVE,       [XJ_LEAD_ORDER] = SQL_TASK_LIST_ORDERED,
    [XJ_LEAD_UNIT] = SQL_TASK_LIST_UNIT,       [XJ_LEAD_TEXT] = SQL_TASK_LIST_TEXT,
    [XJ_LEAD_VERSION] = SQL_TASK_LIST_VERSION, [XJ_LEAD_STATE] = SQL_TASK_LIST_STATE,
    [XJ_LEAD_TAG] = SQL_TASK_LIST_TAG};

static void
set_order(xj_list *list, xj_task_order order, const xj_task_key *after)
{
    const bool down = order == XJ_TASKS_BY_DUE_DOWN || order == XJ_TASKS_BY_CHANGE_DOWN;

    switch (order) {
    case XJ_TASKS_BY_PLAN:
        if (after->set)
            xj_list_after(list, after->id);
        return;
    case XJ_TASKS_BY_DUE:
    case XJ_TASKS_BY_DUE_DOWN:
        xj_list_order(list, "due", down);
        if (after->set)
            xj_list_after_str(list, after->due, after->id);
        return;
    case XJ_TASKS_BY_CHANGE:
    case XJ_TASKS_BY_CHANGE_DOWN:
        xj_list_order(list, "changed", down);
        if (after->set)
            xj_list_after_int(list, after->changed_at, after->id);
        return;
    }
}

xj_error *
xj_task_list(xj_task_row **items, size_t *n, xj_db *db, const xj_scope *scope,
             const xj_task_filter *filter, xj_task_order order, const xj_task_key *after,
             int64_t limit, xj_pool *result)
{
    static const xj_task_key start;
    XJ_VEC(xj_task_row) found = {0};
    xj_lead lead;
    xj_str words;
    xj_list *list;
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_plan__lead(&lead, &words, db, scope, filter, order, result));
    list = xj_list_new(lists[lead], result);
    xj_plan__conditions(list, lead, scope, filter, result);
    set_order(list, order, after == NULL ? &start : after);
    XJ_TRY(xj_plan__run_list(&rows, list, lead, db, scope, filter, words, limit));
    for (;;) {
        xj_task_row row;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_plan__read_task_row(&row, rows, result);
        xj_vec_push(&found, result, row);
    }
    *items = found.items;
    *n = found.len;
    return xj_plan__tags_of(found.items, sizeof *found.items, found.len, db, scope->tenant, result);
}

xj_error *
xj_task_texts(xj_str **texts, xj_db *db, const xj_scope *scope, const xj_task_row *rows, size_t n,
              xj_pool *result)
{
    int64_t *ids = XJ_NEW_ARRAY(result, int64_t, n);
    xj_list *list = xj_list_new(SQL_TASK_TEXTS, result);
    xj_rows *found;
    xj_map by_id;
    bool more;

    xj_map_init(&by_id, result);
    *texts = XJ_NEW_ARRAY(result, xj_str, n);
    for (size_t i = 0; i < n; i++) {
        ids[i] = rows[i].id;
        (*texts)[i] = XJ_STR("");
        xj_map_set(&by_id, xj_str_of((const char *)&ids[i], sizeof *ids), &(*texts)[i]);
    }
    xj_list_in(list, "id", ids, n);
    XJ_TRY(xj_list_query(&found, list, db, (int64_t)n, "i", scope->tenant));
    for (;;) {
        int64_t id;
        xj_str *text;

        XJ_TRY(xj_rows_next(found, &more));
        if (!more)
            return NULL;
        id = xj_row_int(found, 0);
        text = xj_map_find(&by_id, xj_str_of((const char *)&id, sizeof id));
        if (text != NULL)
            *text = xj_row_text(found, 1, result);
    }
}
