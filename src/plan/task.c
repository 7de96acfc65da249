#include "plan/plan_priv.h"

#include "base/vec.h"

static xj_str
text(const xj_rows *rows, int col, xj_pool *result)
{
    return xj_row_null(rows, col) ? XJ_STR_NONE : xj_str_dup(xj_row_str(rows, col), result);
}

/* ---- one task ---- */

static xj_error *
read_targets(xj_task *task, xj_db *db, int64_t tenant, xj_pool *result)
{
    XJ_VEC(xj_task_target) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_TARGETS_OF_TASK, "ii", tenant, task->row.id));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_task_target){.task = xj_row_int(rows, 0),
                                     .action_no = xj_row_int(rows, 1),
                                     .indicator = text(rows, 2, result),
                                     .op = text(rows, 3, result),
                                     .has_value = !xj_row_null(rows, 4),
                                     .value = xj_row_real(rows, 4),
                                     .has_max = !xj_row_null(rows, 5),
                                     .max = xj_row_real(rows, 5),
                                     .unit = text(rows, 6, result),
                                     .year = xj_row_int(rows, 7),
                                     .year_inferred = xj_row_int(rows, 8) != 0,
                                     .advisory = xj_row_int(rows, 9) != 0,
                                     .strength = text(rows, 10, result),
                                     .raw = text(rows, 11, result)});
    }
    task->targets = found.items;
    task->ntargets = found.len;
    return NULL;
}

static xj_error *
read_warnings(xj_task *task, xj_db *db, int64_t tenant, xj_pool *result)
{
    XJ_VEC(xj_task_warning) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_WARNINGS_OF_TASK, "ii", tenant, task->row.id));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_task_warning){.code = text(rows, 0, result),
                                      .message = text(rows, 1, result),
                                      .line = xj_row_int(rows, 2),
                                      .words = text(rows, 3, result)});
    }
    task->warnings = found.items;
    task->nwarnings = found.len;
    return NULL;
}

/* Most tasks have neither targets nor warnings: their counts save two queries. */
static xj_error *
get(xj_task **task, xj_db *db, int64_t tenant, int64_t id, xj_pool *result)
{
    xj_task *t = XJ_NEW(result, xj_task);
    int64_t targets;
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_TASK_GET, "ii", tenant, id));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such task");
    xj_plan__read_task_row(&t->row, rows, result);
    t->text = text(rows, 19, result);
    t->specific_task = text(rows, 20, result);
    t->measure = text(rows, 21, result);
    t->work_plan = text(rows, 22, result);
    t->lead_explicit = xj_row_int(rows, 23) != 0;
    t->lead_proposed = text(rows, 24, result);
    t->cadence = text(rows, 25, result);
    t->returns_due = text(rows, 26, result);
    t->deliverables = text(rows, 27, result);
    t->source = (xj_range){(size_t)xj_row_int(rows, 28), (size_t)xj_row_int(rows, 29)};
    t->live = xj_row_int(rows, 30) != 0;
    targets = xj_row_int(rows, 31);
    xj_rows_close(rows);
    if (targets > 0)
        XJ_TRY(read_targets(t, db, tenant, result));
    if (t->row.warnings > 0)
        XJ_TRY(read_warnings(t, db, tenant, result));
    *task = t;
    return NULL;
}

/* Whether a task of these units lies in SCOPE. */
static xj_error *
in_scope(bool *seen, xj_db *db, const xj_scope *scope, int64_t id)
{
    xj_rows *rows;
    bool more;

    *seen = scope->all_units;
    if (*seen)
        return NULL;
    XJ_TRY(xj_db_query(&rows, db, SQL_TASK_UNITS, "ii", scope->tenant, id));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        *seen = *seen || xj_scope_has(scope, scope->tenant, xj_row_int(rows, 0));
    }
}

xj_error *
xj_task_get(xj_task **task, xj_db *db, const xj_scope *scope, int64_t id, xj_pool *result)
{
    bool seen;

    XJ_TRY(in_scope(&seen, db, scope, id));
    if (!seen)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such task");
    return get(task, db, scope->tenant, id, result);
}

/* ---- checking a change ---- */

static xj_error *
refused(const char *field, const char *what)
{
    return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "%s", what), "%s", field);
}

static xj_error *
check_text(xj_str s, const char *field, size_t max, bool lines)
{
    if (s.data == NULL)
        return NULL;
    if (xj_str_trim(s).len == 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the text is empty"), "%s", field);
    if (xj_utf8_count(s) > max)
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "the text has more than %zu characters", max), "%s",
            field);
    for (size_t i = 0; i < s.len; i++) {
        const unsigned char c = (unsigned char)s.data[i];

        if ((c < ' ' && !(lines && (c == '\n' || c == '\t'))) || c == 0x7F)
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the text holds a control character"),
                               "%s", field);
    }
    return NULL;
}

static bool
one_of(xj_str s, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (xj_str_eq(s, xj_str_c(*words)))
            return true;
    }
    return false;
}

static xj_error *
check_units(const xj_task_change *change)
{
    static const char *const roles[] = {"lead", "responsible", "cooperate", NULL};

    if (change->nunits > XJ_TASK_UNITS_MAX)
        return refused("/units", "a task has at most 200 units");
    for (size_t i = 0; i < change->nunits; i++) {
        const xj_task_unit_change *u = &change->units[i];

        XJ_TRY(check_text(u->name, "/units", XJ_UNIT_NAME_MAX, false));
        if (u->name.len == 0 || !one_of(u->role, roles))
            return refused("/units", "a unit has a name and one of the roles lead, responsible, "
                                     "cooperate");
        for (size_t j = 0; j < i; j++) {
            if (xj_str_eq(u->name, change->units[j].name))
                return refused("/units", "a unit is named twice");
        }
    }
    return NULL;
}

static bool
month_day_valid(xj_str s)
{
    int64_t month, day;

    /* 02-29 is a day of some years. */
    return s.len == 5 && s.data[2] == '-' && xj_str_int(&month, xj_str_sub(s, 0, 2)) &&
           xj_str_int(&day, xj_str_sub(s, 3, 5)) && month >= 1 && month <= 12 && day >= 1 &&
           day <= xj_month_days(2000, (int)month);
}

static xj_error *
check_deadline(const xj_task_change *change)
{
    static const char *const dated[] = {"complete_by", "start_by", "full_year", NULL};
    static const char *const undated[] = {"none", "ongoing", NULL};
    const bool recurring = xj_str_eq(change->deadline_kind, XJ_STR("recurring"));
    xj_date date;

    if (!recurring && !one_of(change->deadline_kind, dated) &&
        !one_of(change->deadline_kind, undated))
        return refused("/deadline/kind", "there is no such kind of deadline");
    if (change->due.data != NULL && (!xj_date_parse(&date, change->due) || date.year >= 9999))
        return refused("/deadline/date", "this is no date; a date is written 2020-12-31");
    if (one_of(change->deadline_kind, dated) != (change->due.data != NULL))
        return refused("/deadline/date", change->due.data == NULL
                                             ? "this kind of deadline needs a date"
                                             : "this kind of deadline has no date");
    if (recurring != (change->ndates > 0))
        return refused("/deadline/dates", recurring
                                              ? "a recurring deadline needs its days (06-15)"
                                              : "only a recurring deadline has days of the year");
    for (size_t i = 0; i < change->ndates; i++) {
        if (!month_day_valid(change->dates[i]))
            return refused("/deadline/dates", "this is no day of the year; it is written 06-15");
    }
    return NULL;
}

xj_error *
xj_task_change_check(const xj_task_change *change)
{
    static const char *const strengths[] = {"must", "expected", "encouraged", NULL};
    static const char *const cadences[] = {"weekly",      "monthly", "quarterly",   "termly",
                                           "half_yearly", "annual",  "school_year", NULL};

    if (change->title.data == NULL && change->text.data == NULL && !change->has_units &&
        !change->has_open_ended && change->deadline_kind.data == NULL &&
        change->strength.data == NULL && !change->has_cadence)
        return refused("", "nothing is to be changed");
    XJ_TRY(check_text(change->title, "/title", XJ_TASK_TITLE_MAX, false));
    XJ_TRY(check_text(change->text, "/text", XJ_TASK_TEXT_MAX, true));
    if (change->has_units)
        XJ_TRY(check_units(change));
    if (change->deadline_kind.data != NULL)
        XJ_TRY(check_deadline(change));
    if (change->strength.data != NULL && !one_of(change->strength, strengths))
        return refused("/strength", "the strength is must, expected or encouraged");
    if (change->has_cadence && change->cadence.data != NULL && !one_of(change->cadence, cadences))
        return refused("/cadence", "there is no such cadence");
    return NULL;
}

/* ---- changing ---- */

static xj_error *
set_units(xj_str *json, xj_tx *tx, int64_t id, const xj_task_change *change)
{
    const int64_t tenant = xj_tx_tenant(tx);
    xj_pool *pool = xj_tx_pool(tx);
    xj_unit_cell *cells = XJ_NEW_ARRAY(pool, xj_unit_cell, change->nunits);

    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_TASK_UNITS_REMOVE, "ii", tenant, id));
    for (size_t i = 0; i < change->nunits; i++) {
        const xj_task_unit_change *u = &change->units[i];
        bool extra = false;

        cells[i] = (xj_unit_cell){.name = u->name, .role = u->role};
        XJ_TRY(xj_unit_resolve(&cells[i].id, tx, u->name));
        for (size_t j = 0; j < i; j++)
            extra = extra || cells[j].id == cells[i].id;
        XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_TASK_UNIT_ADD, "iiiissiiii", tenant, id, (int64_t)i,
                          cells[i].id, u->name, u->role, (int64_t)0, (int64_t)0, (int64_t)0,
                          (int64_t)extra));
    }
    *json = xj_plan__units_json(cells, change->nunits, pool);
    return NULL;
}

/* A draft's task carries marks where a publication was begun and not ended: its words are about to
 * be others. */
static xj_error *
unmark(xj_tx *tx, const xj_task *task)
{
    const int64_t tenant = xj_tx_tenant(tx);
    xj_db *db = xj_tx_db(tx);

    XJ_TRY(xj_db_send(db, SQL_TASK_SET_LIVE, "iii", (int64_t)0, tenant, task->row.id));
    XJ_TRY(xj_db_send(db, SQL_TASK_UNITS_SET_LIVE, "iii", (int64_t)0, tenant, task->row.id));
    return xj_db_send(db, SQL_TEXT_REMOVE, "isi", task->row.id,
                      xj_plan__words(tenant, task->row.title, task->text, xj_tx_pool(tx)), tenant);
}

/* NOW with CHANGE put in. */
static xj_error *
apply(xj_task *now, xj_tx *tx, const xj_task_change *change)
{
    xj_task_row *row = &now->row;

    if (change->title.data != NULL)
        row->title = change->title;
    if (change->text.data != NULL)
        now->text = change->text;
    if (change->has_units)
        XJ_TRY(set_units(&row->units, tx, row->id, change));
    if (change->has_open_ended)
        row->open_ended = change->open_ended;
    if (change->deadline_kind.data != NULL) {
        row->deadline_kind = change->deadline_kind;
        row->due = change->due.data == NULL ? XJ_STR(XJ_NO_DUE) : change->due;
        row->deadline_dates = xj_plan__names_json(change->dates, change->ndates, xj_tx_pool(tx));
        row->deadline_inferred = false;
    }
    if (change->strength.data != NULL)
        row->strength = change->strength;
    if (change->has_cadence)
        now->cadence = change->cadence;
    row->changed_at = xj_tx_now(tx);
    row->version++;
    return NULL;
}

xj_error *
xj_task_set(xj_task **task, xj_task **before, xj_tx *tx, int64_t id, int64_t version,
            const xj_task_change *change)
{
    const int64_t tenant = xj_tx_tenant(tx);
    xj_db *db = xj_tx_db(tx);
    xj_task *now;
    xj_task_row *row;

    *task = *before = NULL;
    XJ_TRY(get(before, db, tenant, id, xj_tx_pool(tx)));
    *task = now = XJ_NEW(xj_tx_pool(tx), xj_task);
    *now = **before;
    row = &now->row;
    xj_tx_subject(tx, "task", id);
    if (!xj_str_eq(row->state, XJ_STR("draft")))
        return xj_error_new(XJ_E_CONFLICT, "only tasks of a draft can be changed; this one is %s",
                            xj_str_cdup(row->state, xj_tx_pool(tx)));
    if (row->version != version)
        return xj_error_new(XJ_E_STALE,
                            "the task was changed since you saw it: it is at %lld, you saw %lld",
                            (long long)row->version, (long long)version);
    if (now->live)
        XJ_TRY(unmark(tx, now));
    now->live = false;
    XJ_TRY(apply(now, tx, change));
    XJ_TRY(xj_db_send(db, SQL_TASK_SET, "sssisssSisSiii", row->title, now->text, row->units,
                      (int64_t)row->open_ended, row->deadline_kind, row->due, row->deadline_dates,
                      row->deadline_raw, (int64_t)row->deadline_inferred, row->strength,
                      now->cadence, row->changed_at, tenant, id));
    return xj_db_send(db, SQL_VERSION_TOUCH, "ii", tenant, row->plan);
}
