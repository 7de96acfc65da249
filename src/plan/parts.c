/* The parts of a version beside its tasks: head, actions, obligations, targets of actions,
 * warnings. */
#include "plan/edit_priv.h"

static void
names(xj_cell *cell, const xj_names *change, xj_pool *pool)
{
    if (change->has)
        cell->s = xj_plan__names_json(change->items, change->n, pool);
}

static void
maybe(xj_cell *cell, const xj_maybe *change)
{
    if (change->has)
        cell->s = change->s;
}

static void
given(xj_cell *cell, xj_str s)
{
    if (s.data != NULL)
        cell->s = s;
}

/* A new part behind the last of its kind. */
static xj_error *
add_part(xj_item **item, xj_step_work *step, xj_item_kind kind)
{
    int64_t seq = 0;

    XJ_TRY(xj_step_load(step, kind));
    if (kind == XJ_ITEM_TARGET) {
        XJ_TRY(xj_step_target_seq(&seq, step));
    } else {
        for (size_t i = 0; i < step->items.len; i++) {
            if (step->items.items[i]->kind == kind && step->items.items[i]->id >= seq)
                seq = step->items.items[i]->id + 1;
        }
    }
    *item = xj_step_add(step, kind, seq);
    (*item)->is = true;
    return NULL;
}

/* ---- head ---- */

static xj_error *
edit_head(xj_step_work *step, const xj_head_change *change)
{
    xj_item *head;

    XJ_TRY(xj_step_part(&head, step, XJ_ITEM_HEAD, 0));
    given(&head->now[H_TITLE], change->title);
    maybe(&head->now[H_DOC_NO], &change->doc_no);
    maybe(&head->now[H_ISSUER], &change->issuer);
    maybe(&head->now[H_ISSUED_ON], &change->issued_on);
    maybe(&head->now[H_JURISDICTION], &change->jurisdiction);
    return NULL;
}

/* ---- actions ---- */

static xj_error *
check_action(const xj_step_work *step, const xj_item *action)
{
    for (size_t i = 0; i < step->items.len; i++) {
        const xj_item *other = step->items.items[i];

        if (other->kind == XJ_ITEM_ACTION && other->is && other != action &&
            other->now[A_NO].n == action->now[A_NO].n &&
            xj_str_eq(other->now[A_NAME].s, action->now[A_NAME].s))
            return xj_error_at(
                xj_error_new(XJ_E_CONFLICT, "the version has an action with this number and name"),
                "/action/name");
    }
    return NULL;
}

/* The tasks of ACTION as it was; by its name too, for the number may stand twice. */
static xj_error *
tasks_of(int64_t **ids, size_t *n, xj_step_work *step, const xj_item *action)
{
    xj_pool *pool = xj_tx_pool(step->tx);
    XJ_VEC(int64_t) found = {0};

    XJ_TRY(xj_step_places(step));
    for (size_t i = 0; i < step->places.len; i++) {
        if (step->places.items[i].action_no == action->old[A_NO].n)
            xj_vec_push(&found, pool, step->places.items[i].id);
    }
    XJ_TRY(xj_step_tasks(step, found.items, found.len));
    *n = 0;
    for (size_t i = 0; i < found.len; i++) {
        const xj_item *task = xj_step_find(step, XJ_ITEM_TASK, found.items[i]);

        if (task->now[T_ACTION_NO].n == action->old[A_NO].n &&
            xj_str_eq(task->now[T_ACTION].s, action->old[A_NAME].s))
            found.items[(*n)++] = found.items[i];
    }
    *ids = found.items;
    return NULL;
}

static xj_error *
put_action(xj_step_work *step, xj_item *action, const xj_action_change *change)
{
    xj_pool *pool = xj_tx_pool(step->tx);
    int64_t *tasks;
    size_t n;

    if (change->has_no)
        action->now[A_NO].n = change->no;
    given(&action->now[A_NAME], change->name);
    names(&action->now[A_LEAD_UNITS], &change->lead_units, pool);
    names(&action->now[A_IMPLEMENTERS], &change->implementers, pool);
    XJ_TRY(check_action(step, action));
    if (!action->was || (!xj_cell_differs(action, A_NO) && !xj_cell_differs(action, A_NAME)))
        return NULL;
    XJ_TRY(tasks_of(&tasks, &n, step, action));
    for (size_t i = 0; i < n; i++) {
        xj_item *task = xj_step_find(step, XJ_ITEM_TASK, tasks[i]);

        task->now[T_ACTION_NO].n = action->now[A_NO].n;
        task->now[T_ACTION].s = action->now[A_NAME].s;
    }
    return NULL;
}

static xj_error *
edit_action(xj_step_work *step, const xj_edit *edit)
{
    xj_item *action;
    int64_t *tasks;
    size_t n;

    if (edit->op == XJ_EDIT_ADD_ACTION) {
        XJ_TRY(add_part(&action, step, XJ_ITEM_ACTION));
        action->now[A_LEAD_UNITS].s = action->now[A_IMPLEMENTERS].s = XJ_STR("[]");
        return put_action(step, action, &edit->action);
    }
    XJ_TRY(xj_step_part(&action, step, XJ_ITEM_ACTION, edit->seq));
    if (edit->op == XJ_EDIT_SET_ACTION)
        return put_action(step, action, &edit->action);
    XJ_TRY(tasks_of(&tasks, &n, step, action));
    if (n > 0)
        return xj_error_new(XJ_E_CONFLICT, "%zu tasks stand under this action: move them first", n);
    action->is = false;
    return NULL;
}

/* ---- obligations, targets of actions ---- */

static xj_error *
edit_obligation(xj_step_work *step, const xj_edit *edit)
{
    const xj_obligation_change *change = &edit->obligation;
    xj_pool *pool = xj_tx_pool(step->tx);
    xj_item *item;

    if (edit->op == XJ_EDIT_ADD_OBLIGATION) {
        XJ_TRY(add_part(&item, step, XJ_ITEM_OBLIGATION));
        item->now[O_WHO].s = item->now[O_DUE].s = XJ_STR("[]");
        item->now[O_KIND].s = XJ_STR("other");
        item->now[O_FREQUENCY].s = item->now[O_RAW].s = XJ_STR("");
    } else {
        XJ_TRY(xj_step_part(&item, step, XJ_ITEM_OBLIGATION, edit->seq));
    }
    if (edit->op == XJ_EDIT_REMOVE_OBLIGATION) {
        item->is = false;
        return NULL;
    }
    given(&item->now[O_KIND], change->kind);
    given(&item->now[O_WHAT], change->what);
    given(&item->now[O_FREQUENCY], change->frequency);
    names(&item->now[O_WHO], &change->who, pool);
    names(&item->now[O_DUE], &change->due, pool);
    maybe(&item->now[O_REPORT_TO], &change->report_to);
    return NULL;
}

static xj_error *
edit_target(xj_step_work *step, const xj_edit *edit)
{
    xj_pool *pool = xj_tx_pool(step->tx);
    xj_task_target none = {0}, *target = &none;
    xj_item *item;
    size_t n;

    if (edit->op == XJ_EDIT_ADD_TARGET) {
        XJ_TRY(add_part(&item, step, XJ_ITEM_TARGET));
        target->seq = item->id;
    } else {
        XJ_TRY(xj_step_part(&item, step, XJ_ITEM_TARGET, edit->seq));
        XJ_TRY(xj_cell_targets(&target, &n, &item->now[G_TARGET], 0, pool));
    }
    if (edit->op == XJ_EDIT_REMOVE_TARGET) {
        item->is = false;
        return NULL;
    }
    if (edit->has_action_no) {
        xj_str name;

        XJ_TRY(xj_step_action(&name, step, edit->action_no));
        item->now[G_ACTION_NO].n = edit->action_no;
    }
    if (edit->has_target)
        xj_target_put(target, &edit->target);
    item->now[G_TARGET] = xj_cell_of_targets(target, 1, pool);
    return NULL;
}

static xj_error *
edit_warnings(xj_step_work *step, const xj_edit *edit)
{
    for (size_t i = 0; i < edit->nwarnings; i++) {
        xj_item *item;

        XJ_TRY(xj_step_part(&item, step, XJ_ITEM_WARNING, edit->warnings[i]));
        if (xj_str_eq(edit->state, XJ_STR("open"))) {
            item->now[W_STATE].s = XJ_STR("open");
            item->now[W_WHY].s = item->now[W_BY].s = XJ_STR_NONE;
            item->now[W_PERSON].n = item->now[W_AT].n = 0;
            continue;
        }
        xj_step_end_warning(step, item,
                            xj_str_eq(edit->state, XJ_STR("dismissed")) ? "dismissed" : "resolved",
                            edit->why);
        XJ_TRY(xj_step_learn_dismissal(step, item));
    }
    return NULL;
}

xj_error *
xj_step_edit_part(xj_step_work *step, const xj_edit *edit)
{
    switch (edit->op) {
    case XJ_EDIT_SET_HEAD:
        return edit_head(step, &edit->head);
    case XJ_EDIT_ADD_ACTION:
    case XJ_EDIT_SET_ACTION:
    case XJ_EDIT_REMOVE_ACTION:
        return edit_action(step, edit);
    case XJ_EDIT_ADD_OBLIGATION:
    case XJ_EDIT_SET_OBLIGATION:
    case XJ_EDIT_REMOVE_OBLIGATION:
        return edit_obligation(step, edit);
    case XJ_EDIT_ADD_TARGET:
    case XJ_EDIT_SET_TARGET:
    case XJ_EDIT_REMOVE_TARGET:
        return edit_target(step, edit);
    default:
        return edit_warnings(step, edit);
    }
}
