/* A change of a task, put into its cells; what a person confirms of one. */
#include "plan/edit_priv.h"

const char *const xj_confirm_words[XJ_CONFIRMS] = {"lead", "owner", "deadline", "cadence"};

xj_error *
xj_step_action(xj_str *name, xj_step_work *step, int64_t no)
{
    XJ_TRY(xj_step_load(step, XJ_ITEM_ACTION));
    for (size_t i = 0; i < step->items.len; i++) {
        const xj_item *item = step->items.items[i];

        if (item->kind == XJ_ITEM_ACTION && item->is && item->now[A_NO].n == no) {
            *name = item->now[A_NAME].s;
            return NULL;
        }
    }
    return xj_error_at(
        xj_error_new(XJ_E_BAD_INPUT, "the version has no action %lld", (long long)no),
        "/action_no");
}

/* ---- units ---- */

/* The name of what CHANGE names, by name or by the directory's id. */
static xj_error *
unit_name(xj_str *name, xj_step_work *step, const xj_task_unit_change *change)
{
    const xj_scope scope = xj_scope_all(xj_tx_tenant(step->tx));
    xj_unit unit;

    *name = change->name;
    if (change->name.len > 0)
        return NULL;
    XJ_TRY(xj_unit_get(&unit, xj_tx_db(step->tx), &scope, change->id, xj_tx_pool(step->tx)));
    *name = unit.name;
    return NULL;
}

static size_t
find_unit(const xj_task_unit_row *units, size_t n, xj_str name)
{
    for (size_t i = 0; i < n; i++) {
        if (xj_str_eq(units[i].name, name))
            return i;
    }
    return XJ_NPOS;
}

static xj_error *
set_units(xj_step_work *step, xj_item *task, const xj_task_change *change)
{
    xj_pool *pool = xj_tx_pool(step->tx);
    xj_task_unit_row *old, *units = XJ_NEW_ARRAY(pool, xj_task_unit_row, change->nunits);
    size_t nold;

    XJ_TRY(xj_cell_units(&old, &nold, &task->now[T_UNITS], 0, pool));
    for (size_t i = 0; i < change->nunits; i++) {
        const xj_task_unit_change *u = &change->units[i];
        size_t at;

        XJ_TRY(unit_name(&units[i].name, step, u));
        if (find_unit(units, i, units[i].name) != XJ_NPOS)
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a unit is named twice"), "/units");
        units[i].role = u->role;
        units[i].inherited = u->inherited;
        at = find_unit(old, nold, units[i].name);
        if (at != XJ_NPOS)
            units[i].source = old[at].source;
    }
    task->now[T_UNITS] = xj_cell_of_units(units, change->nunits, pool);
    return NULL;
}

static xj_error *
set_roles(xj_step_work *step, xj_item *task, const xj_task_change *change)
{
    xj_pool *pool = xj_tx_pool(step->tx);
    xj_task_unit_row *units;
    size_t n;

    XJ_TRY(xj_cell_units(&units, &n, &task->now[T_UNITS], change->nadd_units, pool));
    for (size_t i = 0; i < change->nunit_roles; i++) {
        const size_t at = find_unit(units, n, change->unit_roles[i].name);

        if (at == XJ_NPOS)
            continue;
        if (!xj_str_eq(change->unit_roles[i].role, XJ_STR("none"))) {
            units[at].role = change->unit_roles[i].role;
            continue;
        }
        memmove(&units[at], &units[at + 1], (n - at - 1) * sizeof *units);
        n--;
    }
    for (size_t i = 0; i < change->nadd_units; i++) {
        xj_str name;
        size_t at;

        XJ_TRY(unit_name(&name, step, &change->add_units[i]));
        at = find_unit(units, n, name);
        if (at == XJ_NPOS)
            units[at = n++] = (xj_task_unit_row){.name = name};
        units[at].role = change->add_units[i].role;
    }
    if (n > XJ_TASK_UNITS_MAX)
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "a task has at most %d units", XJ_TASK_UNITS_MAX),
            "/add_units");
    task->now[T_UNITS] = xj_cell_of_units(units, n, pool);
    return NULL;
}

/* Units that a person set are confirmed; so is who leads, and that somebody owes it. */
static xj_error *
confirm_units(xj_step_work *step, xj_item *task)
{
    xj_task_unit_row *units;
    size_t n;

    XJ_TRY(xj_cell_units(&units, &n, &task->now[T_UNITS], 0, xj_tx_pool(step->tx)));
    XJ_TRY(xj_step_mark(step, task, "units"));
    if (n == 0)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        if (xj_str_eq(units[i].role, XJ_STR("lead"))) {
            task->now[T_LEAD_PROPOSED].s = XJ_STR_NONE;
            return xj_step_mark(step, task, "lead");
        }
    }
    return NULL;
}

/* ---- targets ---- */

static xj_error *
set_targets(xj_step_work *step, xj_item *task, const xj_task_change *change)
{
    xj_pool *pool = xj_tx_pool(step->tx);
    xj_task_target *old, *targets = XJ_NEW_ARRAY(pool, xj_task_target, change->ntargets);
    size_t nold;

    XJ_TRY(xj_cell_targets(&old, &nold, &task->now[T_TARGETS], 0, pool));
    for (size_t i = 0; i < change->ntargets; i++) {
        const xj_target_change *c = &change->targets[i];
        size_t at = 0;

        while (c->has_seq && at < nold && old[at].seq != c->seq)
            at++;
        if (c->has_seq && at == nold)
            return xj_error_at(
                xj_error_new(XJ_E_BAD_INPUT, "the task has no target %lld", (long long)c->seq),
                "/targets/%zu/seq", i);
        if (c->has_seq) {
            targets[i] = old[at];
            old[at].seq = -1; /* once */
        } else {
            XJ_TRY(xj_step_target_seq(&targets[i].seq, step));
        }
        xj_target_put(&targets[i], c);
    }
    task->now[T_TARGETS] = xj_cell_of_targets(targets, change->ntargets, pool);
    return NULL;
}

void
xj_target_put(xj_task_target *target, const xj_target_change *change)
{
    target->indicator = change->indicator;
    target->op = change->op;
    target->has_value = change->has_value;
    target->value = change->value;
    target->has_max = change->has_max;
    target->max = change->max;
    target->unit = change->unit;
    target->year_inferred = target->year_inferred && target->year == change->year;
    target->year = change->year;
    target->advisory = change->advisory;
    if (change->strength.data != NULL)
        target->strength = change->strength;
    else if (target->strength.data == NULL)
        target->strength = XJ_STR("must");
    if (target->raw.data == NULL)
        target->raw = XJ_STR("");
}

/* ---- the rest ---- */

static xj_error *
set_deliverables(xj_step_work *step, xj_item *task, const xj_task_change *change)
{
    xj_pool *pool = xj_tx_pool(step->tx);
    const xj_jval *old;
    xj_buf out;
    xj_json w;

    XJ_TRY(xj_cell_list(&old, &task->now[T_DELIVERABLES], pool));
    xj_buf_init(&out, pool, XJ__COLUMN_MAX);
    xj_json_init(&w, &out);
    xj_json_array(&w);
    for (size_t i = 0; i < change->ndeliverables; i++) {
        const xj_str name = change->deliverables[i].name;
        int64_t from = 0, to = 0;

        for (size_t j = 0; j < xj_jval_len(old); j++) {
            const xj_jval *d = xj_jval_at(old, j);

            if (xj_str_eq(xj_jval_str(xj_jval_find(d, "name")), name)) {
                from = xj_jval_int(xj_jval_find(d, "from"));
                to = xj_jval_int(xj_jval_find(d, "to"));
            }
        }
        xj_json_object(&w);
        xj_json_key_str(&w, "kind", change->deliverables[i].kind);
        xj_json_key_str(&w, "name", name);
        xj_json_key_int(&w, "from", from);
        xj_json_key_int(&w, "to", to);
        xj_json_end_object(&w);
    }
    xj_json_end_array(&w);
    task->now[T_DELIVERABLES].s = xj_buf_str(&out);
    return NULL;
}

static void
maybe(xj_cell *cell, const xj_maybe *change)
{
    if (change->has)
        cell->s = change->s;
}

static void
change_texts(xj_item *task, const xj_task_change *change)
{
    xj_cell *c = task->now;

    if (change->title.data != NULL)
        c[T_TITLE].s = change->title;
    if (change->text.data != NULL)
        c[T_TEXT].s = change->text;
    if (change->no.data != NULL)
        c[T_NO].s = change->no;
    maybe(&c[T_SPECIFIC_TASK], &change->specific_task);
    maybe(&c[T_MEASURE], &change->measure);
    maybe(&c[T_WORK_PLAN], &change->work_plan);
    maybe(&c[T_LEAD_PROPOSED], &change->lead_proposed);
    if (change->has_open_ended)
        c[T_OPEN_ENDED].n = change->open_ended;
    if (change->has_lead_explicit)
        c[T_LEAD_EXPLICIT].n = change->lead_explicit;
}

static xj_error *
change_time(xj_step_work *step, xj_item *task, const xj_task_change *change)
{
    xj_pool *pool = xj_tx_pool(step->tx);
    xj_cell *c = task->now;

    if (change->deadline_kind.data != NULL) {
        c[T_DEADLINE_KIND].s = change->deadline_kind;
        c[T_DUE].s = change->due.data == NULL ? XJ_STR(XJ_NO_DUE) : change->due;
        c[T_DEADLINE_DATES].s = xj_plan__names_json(change->dates, change->ndates, pool);
        c[T_DEADLINE_INFERRED].n = 0;
        XJ_TRY(xj_step_mark(step, task, "deadline"));
    }
    if (change->strength.data != NULL) {
        c[T_STRENGTH].s = change->strength;
        XJ_TRY(xj_step_unmark(step, task, "strength"));
    }
    if (change->has_cadence) {
        c[T_CADENCE].s = change->cadence;
        XJ_TRY(xj_step_mark(step, task, "cadence"));
    }
    if (change->has_returns_due)
        c[T_RETURNS_DUE].s = xj_plan__names_json(change->returns_due, change->nreturns_due, pool);
    return NULL;
}

xj_error *
xj_item_change(xj_step_work *step, xj_item *task, const xj_task_change *change)
{
    change_texts(task, change);
    if (change->has_action_no) {
        XJ_TRY(xj_step_action(&task->now[T_ACTION].s, step, change->action_no));
        task->now[T_ACTION_NO].n = change->action_no;
    }
    if (change->has_units)
        XJ_TRY(set_units(step, task, change));
    if (change->nunit_roles > 0 || change->nadd_units > 0)
        XJ_TRY(set_roles(step, task, change));
    if (change->has_units || change->nunit_roles > 0 || change->nadd_units > 0)
        XJ_TRY(confirm_units(step, task));
    XJ_TRY(change_time(step, task, change));
    if (change->has_deliverables)
        XJ_TRY(set_deliverables(step, task, change));
    if (change->has_targets)
        XJ_TRY(set_targets(step, task, change));
    return xj_step_learn(step, task);
}

/* ---- confirming ---- */

static xj_error *
confirm_lead(xj_step_work *step, xj_item *task)
{
    const xj_str lead = task->now[T_LEAD_PROPOSED].s;
    xj_pool *pool = xj_tx_pool(step->tx);
    xj_task_unit_row *units;
    size_t n, at;

    if (lead.len == 0)
        return NULL;
    XJ_TRY(xj_cell_units(&units, &n, &task->now[T_UNITS], 0, pool));
    at = find_unit(units, n, lead);
    if (at == XJ_NPOS)
        return xj_error_new(XJ_E_CONFLICT,
                            "the proposed lead \"" XJ_FMT "\" is none of the task's units",
                            XJ_ARG(lead));
    units[at].role = XJ_STR("lead");
    task->now[T_UNITS] = xj_cell_of_units(units, n, pool);
    task->now[T_LEAD_PROPOSED].s = XJ_STR_NONE;
    return xj_step_mark(step, task, "lead");
}

xj_error *
xj_item_confirm(xj_step_work *step, xj_item *task, const bool *fields)
{
    if (fields[XJ_CONFIRM_LEAD])
        XJ_TRY(confirm_lead(step, task));
    if (fields[XJ_CONFIRM_OWNER])
        XJ_TRY(xj_step_mark(step, task, "owner"));
    if (fields[XJ_CONFIRM_DEADLINE])
        XJ_TRY(xj_step_mark(step, task, "deadline"));
    if (fields[XJ_CONFIRM_CADENCE])
        XJ_TRY(xj_step_mark(step, task, "cadence"));
    return xj_step_learn(step, task);
}
