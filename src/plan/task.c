#include "plan/edit_priv.h"

/* ---- one task ---- */

static xj_error *
get(xj_task **task, xj_db *db, int64_t tenant, int64_t id, xj_pool *result)
{
    size_t n;

    XJ_TRY(xj_plan__tasks(task, &n, db, tenant, 0, &id, 1, result));
    return n == 1 ? NULL : xj_error_new(XJ_E_NOT_FOUND, "there is no such task");
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
    XJ_TRY(get(task, db, scope->tenant, id, result));
    if (!xj_plan__sees(scope, (*task)->row.state))
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such task");
    return NULL;
}

xj_error *
xj_task_whole(xj_task **tasks, size_t *n, xj_db *db, const xj_scope *scope, const xj_task_row *rows,
              size_t nrows, xj_pool *result)
{
    int64_t *ids = XJ_NEW_ARRAY(result, int64_t, nrows + 1);

    *tasks = NULL;
    *n = 0;
    for (size_t i = 0; i < nrows; i++)
        ids[i] = rows[i].id;
    return nrows == 0 ? NULL : xj_plan__tasks(tasks, n, db, scope->tenant, 0, ids, nrows, result);
}

/* ---- checking a change ---- */

/* What is wrong with MEMBER of the change at AT. */
static xj_error *
refused(const char *at, const char *member, const char *what)
{
    return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "%s", what), "%s%s", at, member);
}

static xj_error *
check_text(xj_str s, const char *at, const char *member, size_t max, bool lines)
{
    if (s.data == NULL)
        return NULL;
    if (xj_str_trim(s).len == 0)
        return refused(at, member, "the text is empty");
    if (xj_utf8_count(s) > max)
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "the text has more than %zu characters", max), "%s%s", at,
            member);
    for (size_t i = 0; i < s.len; i++) {
        const unsigned char c = (unsigned char)s.data[i];

        if ((c < ' ' && !(lines && (c == '\n' || c == '\t'))) || c == 0x7F)
            return refused(at, member, "the text holds a control character");
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
check_units(const xj_task_unit_change *units, size_t n, size_t max, const char *at,
            const char *member)
{
    static const char *const roles[] = {"lead", "responsible", "cooperate", "none", NULL};

    if (n > max)
        return refused(at, member, "these are too many units");
    for (size_t i = 0; i < n; i++) {
        const xj_task_unit_change *u = &units[i];

        XJ_TRY(check_text(u->name, at, member, XJ_UNIT_NAME_MAX, false));
        if ((u->name.len == 0 && u->id == 0) || !one_of(u->role, roles))
            return refused(at, member,
                           "a unit has a name and one of the roles lead, responsible, cooperate");
        for (size_t j = 0; j < i; j++) {
            if (u->name.len > 0 && xj_str_eq(u->name, units[j].name))
                return refused(at, member, "a unit is named twice");
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

xj_error *
xj_task_dates_check(const xj_str *dates, size_t n, const char *at, const char *member)
{
    if (n > XJ_TASK_DATES_MAX)
        return refused(at, member, "there are more than 24 days");
    for (size_t i = 0; i < n; i++) {
        if (!month_day_valid(dates[i]))
            return refused(at, member, "this is no day of the year; it is written 06-15");
    }
    return NULL;
}

static xj_error *
check_deadline(const xj_task_change *change, const char *at)
{
    static const char *const dated[] = {"complete_by", "start_by", "full_year", NULL};
    static const char *const undated[] = {"none", "ongoing", NULL};
    const bool recurring = xj_str_eq(change->deadline_kind, XJ_STR("recurring"));
    xj_date date;

    if (!recurring && !one_of(change->deadline_kind, dated) &&
        !one_of(change->deadline_kind, undated))
        return refused(at, "/deadline/kind", "there is no such kind of deadline");
    if (change->due.data != NULL && (!xj_date_parse(&date, change->due) || date.year >= 9999))
        return refused(at, "/deadline/date", "this is no date; a date is written 2020-12-31");
    if (one_of(change->deadline_kind, dated) != (change->due.data != NULL))
        return refused(at, "/deadline/date",
                       change->due.data == NULL ? "this kind of deadline needs a date"
                                                : "this kind of deadline has no date");
    if (recurring != (change->ndates > 0))
        return refused(at, "/deadline/dates",
                       recurring ? "a recurring deadline needs its days (06-15)"
                                 : "only a recurring deadline has days of the year");
    return xj_task_dates_check(change->dates, change->ndates, at, "/deadline/dates");
}

static const char *const strengths[] = {"must", "expected", "encouraged", NULL};

bool
xj_task_strength_valid(xj_str word)
{
    return one_of(word, strengths);
}

bool
xj_task_cadence_valid(xj_str word)
{
    static const char *const cadences[] = {"daily",     "weekly",      "monthly",
                                           "quarterly", "termly",      "half_yearly",
                                           "annual",    "school_year", NULL};

    return one_of(word, cadences);
}

xj_error *
xj_target_change_check(const xj_target_change *target, const char *at, const char *member)
{
    static const char *const ops[] = {">=",          "<=",          "=",     ">",    "<",
                                      "increase_by", "decrease_by", "trend", "done", NULL};
    static const char *const bare[] = {"trend", "done", NULL};

    XJ_TRY(check_text(target->indicator, at, member, 500, false));
    XJ_TRY(check_text(target->unit, at, member, 50, false));
    if (target->indicator.len == 0 || !one_of(target->op, ops))
        return refused(at, member, "a target has an indicator and an operator");
    if (one_of(target->op, bare) == target->has_value)
        return refused(at, member,
                       target->has_value ? "a trend and a thing done have no value"
                                         : "this operator needs a value");
    if (target->has_max && (!target->has_value || target->max < target->value))
        return refused(at, member, "the upper value is below the lower");
    if (target->strength.data != NULL && !one_of(target->strength, strengths))
        return refused(at, member, "the strength is must, expected or encouraged");
    return NULL;
}

static bool
empty(const xj_task_change *c)
{
    return c->title.data == NULL && c->text.data == NULL && !c->has_units && !c->has_open_ended &&
           c->deadline_kind.data == NULL && c->strength.data == NULL && !c->has_cadence &&
           c->no.data == NULL && !c->has_action_no && !c->specific_task.has && !c->measure.has &&
           !c->work_plan.has && !c->lead_proposed.has && c->nunit_roles == 0 &&
           c->nadd_units == 0 && !c->has_lead_explicit && !c->has_returns_due &&
           !c->has_deliverables && !c->has_targets;
}

static xj_error *
check_texts(const xj_task_change *c, const char *at)
{
    XJ_TRY(check_text(c->title, at, "/title", XJ_TASK_TITLE_MAX, false));
    XJ_TRY(check_text(c->text, at, "/text", XJ_TASK_TEXT_MAX, true));
    XJ_TRY(check_text(c->no, at, "/no", XJ_TASK_NO_MAX, false));
    XJ_TRY(check_text(c->specific_task.s, at, "/specific_task", XJ_TASK_TEXT_MAX, true));
    XJ_TRY(check_text(c->measure.s, at, "/measure", XJ_TASK_TEXT_MAX, true));
    XJ_TRY(check_text(c->work_plan.s, at, "/work_plan", XJ_TASK_TEXT_MAX, true));
    return check_text(c->lead_proposed.s, at, "/lead_proposed", XJ_UNIT_NAME_MAX, false);
}

static xj_error *
check_things(const xj_task_change *c, const char *at)
{
    static const char *const kinds[] = {"document", "body",    "count",    "event",
                                        "survey",   "project", "evidence", NULL};

    if (c->ndeliverables > XJ_TASK_DELIVERABLES_MAX)
        return refused(at, "/deliverables", "there are more than 50 deliverables");
    for (size_t i = 0; i < c->ndeliverables; i++) {
        XJ_TRY(check_text(c->deliverables[i].name, at, "/deliverables", 500, false));
        if (c->deliverables[i].name.len == 0 || !one_of(c->deliverables[i].kind, kinds))
            return refused(at, "/deliverables", "a deliverable has a kind and a name");
    }
    if (c->ntargets > XJ_TASK_TARGETS_MAX)
        return refused(at, "/targets", "there are more than 100 targets");
    for (size_t i = 0; i < c->ntargets; i++)
        XJ_TRY(xj_target_change_check(&c->targets[i], at, "/targets"));
    return NULL;
}

xj_error *
xj_task_change_check_at(const xj_task_change *c, const char *at)
{
    if (empty(c))
        return refused(at, "", "nothing is to be changed");
    XJ_TRY(check_texts(c, at));
    if (c->has_units && (c->nunit_roles > 0 || c->nadd_units > 0))
        return refused(at, "/units", "all units are named, or some are changed, not both");
    XJ_TRY(check_units(c->units, c->nunits, XJ_TASK_UNITS_MAX, at, "/units"));
    for (size_t i = 0; i < c->nunits; i++) {
        if (xj_str_eq(c->units[i].role, XJ_STR("none")))
            return refused(at, "/units", "a unit that has no role is left out");
    }
    XJ_TRY(check_units(c->unit_roles, c->nunit_roles, XJ_TASK_UNIT_CHANGES_MAX, at, "/unit_roles"));
    XJ_TRY(check_units(c->add_units, c->nadd_units, XJ_TASK_UNIT_CHANGES_MAX, at, "/add_units"));
    if (c->deadline_kind.data != NULL)
        XJ_TRY(check_deadline(c, at));
    if (c->strength.data != NULL && !xj_task_strength_valid(c->strength))
        return refused(at, "/strength", "the strength is must, expected or encouraged");
    if (c->has_cadence && c->cadence.data != NULL && !xj_task_cadence_valid(c->cadence))
        return refused(at, "/cadence", "there is no such cadence");
    XJ_TRY(xj_task_dates_check(c->returns_due, c->nreturns_due, at, "/returns_due"));
    return check_things(c, at);
}

xj_error *
xj_task_change_check(const xj_task_change *change)
{
    return xj_task_change_check_at(change, "");
}

/* ---- changing ---- */

xj_error *
xj_task_set(xj_task **task, xj_task **before, xj_tx *tx, int64_t id, int64_t version,
            const xj_task_change *change, xj_str why)
{
    const int64_t tenant = xj_tx_tenant(tx);
    xj_db *db = xj_tx_db(tx);
    xj_step_work *step;
    xj_edited done;
    xj_item *item;

    *task = *before = NULL;
    XJ_TRY(get(before, db, tenant, id, xj_tx_pool(tx)));
    *task = *before;
    if (!xj_str_eq((*before)->row.state, XJ_STR("draft"))) {
        xj_tx_subject(tx, "task", id);
        return xj_error_new(XJ_E_CONFLICT, "only tasks of a draft can be changed; this one is %s",
                            xj_str_cdup((*before)->row.state, xj_tx_pool(tx)));
    }
    if ((*before)->row.version != version)
        return xj_error_new(XJ_E_STALE,
                            "the task was changed since you saw it: it is at %lld, you saw %lld",
                            (long long)(*before)->row.version, (long long)version);
    XJ_TRY(xj_step_begin(&step, tx, (*before)->row.plan, 0, why));
    xj_tx_subject(tx, "task", id);
    xj_step_op(step, "set");
    XJ_TRY(xj_step_task(&item, step, id));
    XJ_TRY(xj_item_change(step, item, change));
    XJ_TRY(xj_step_end(&done, step));
    return get(task, db, tenant, id, xj_tx_pool(tx));
}
