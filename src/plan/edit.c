/* Edits: checked by themselves, then done one behind the other as one step. */
#include "plan/edit_priv.h"

static const char *const op_words[XJ_EDIT_OPS] = {"set",
                                                  "confirm",
                                                  "split",
                                                  "join",
                                                  "move",
                                                  "add",
                                                  "remove",
                                                  "set_head",
                                                  "add_action",
                                                  "set_action",
                                                  "remove_action",
                                                  "add_obligation",
                                                  "set_obligation",
                                                  "remove_obligation",
                                                  "add_target",
                                                  "set_target",
                                                  "remove_target",
                                                  "set_warnings"};

const char *const xj_other_words[XJ_OTHERS] = {"head", "action", "obligation", "target", "warning"};

const char *
xj_edit_op_word(xj_edit_op op)
{
    return op_words[op];
}

/* ---- checks ---- */

static xj_error *
refused(const char *at, const char *member, const char *what)
{
    return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "%s", what), "%s%s", at, member);
}

static bool
takes_tasks(xj_edit_op op)
{
    return op == XJ_EDIT_SET || op == XJ_EDIT_CONFIRM || op == XJ_EDIT_SPLIT ||
           op == XJ_EDIT_JOIN || op == XJ_EDIT_MOVE || op == XJ_EDIT_REMOVE;
}

static xj_error *
check_tasks(const xj_edit *edit, const char *at)
{
    const bool filter = edit->op == XJ_EDIT_SET || edit->op == XJ_EDIT_CONFIRM;

    if (edit->has_filter && (!filter || edit->ntasks > 0))
        return refused(at, "/filter", "only set and confirm take a filter, in place of tasks");
    if (!edit->has_filter && edit->ntasks == 0)
        return refused(at, "/tasks", "the edit names no task");
    if (edit->ntasks > XJ_EDIT_TASKS_MAX)
        return refused(at, "/tasks", "an edit names at most 2000 tasks");
    if (edit->op == XJ_EDIT_SPLIT && edit->ntasks != 1)
        return refused(at, "/tasks", "one task is split at a time");
    if (edit->op == XJ_EDIT_JOIN && edit->ntasks < 2)
        return refused(at, "/tasks", "at least two tasks are joined");
    if (edit->op == XJ_EDIT_MOVE && (edit->after != 0) == (edit->before != 0))
        return refused(at, "/after", "a move names the row behind or before which it goes");
    return NULL;
}

static xj_error *
check_parts(const xj_edit *edit, const char *at)
{
    if (edit->op != XJ_EDIT_SPLIT)
        return NULL;
    if ((edit->ncuts > 0) == (edit->nparts > 0))
        return refused(at, "/at", "a split names either its cuts or its parts");
    if (edit->nparts == 1 || edit->nparts > XJ_SPLIT_PARTS_MAX || edit->ncuts >= XJ_SPLIT_PARTS_MAX)
        return refused(at, "/parts", "a task is split into 2 to 50 parts");
    for (size_t i = 1; i < edit->ncuts; i++) {
        if (edit->cuts[i] <= edit->cuts[i - 1])
            return refused(at, "/at", "cuts ascend");
    }
    for (size_t i = 0; i < edit->nparts; i++) {
        const xj_task_change part = {.text = edit->parts[i].text, .title = edit->parts[i].title};

        if (part.text.data == NULL)
            return refused(at, "/parts", "a part has a text");
        XJ_TRY(xj_task_change_check_at(&part, at));
    }
    return NULL;
}

/* Text without control characters; empty is none. */
static xj_error *
check_line(xj_str s, size_t max, const char *at, const char *member)
{
    if (s.data == NULL)
        return NULL;
    if (xj_str_trim(s).len == 0)
        return refused(at, member, "the text is empty");
    if (xj_utf8_count(s) > max)
        return refused(at, member, "the text is too long");
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.data[i] < ' ' || s.data[i] == 0x7F)
            return refused(at, member, "the text holds a control character");
    }
    return NULL;
}

static xj_error *
check_names(const xj_names *names, const char *at, const char *member)
{
    for (size_t i = 0; i < names->n; i++)
        XJ_TRY(check_line(names->items[i], XJ_UNIT_NAME_MAX, at, member));
    return NULL;
}

static xj_error *
check_head(const xj_head_change *h, const char *at)
{
    xj_date date;

    XJ_TRY(check_line(h->title, XJ_TASK_TITLE_MAX, at, "/head/title"));
    XJ_TRY(check_line(h->doc_no.s, 100, at, "/head/doc_no"));
    XJ_TRY(check_line(h->issuer.s, 200, at, "/head/issuer"));
    XJ_TRY(check_line(h->jurisdiction.s, 100, at, "/head/jurisdiction"));
    if (h->issued_on.s.data != NULL && !xj_date_parse(&date, h->issued_on.s))
        return refused(at, "/head/issued_on", "this is no date; a date is written 2020-12-31");
    return NULL;
}

static xj_error *
check_other(const xj_edit *edit, const char *at)
{
    const xj_action_change *a = &edit->action;
    const xj_obligation_change *o = &edit->obligation;

    XJ_TRY(check_head(&edit->head, at));
    XJ_TRY(check_line(a->name, 200, at, "/action/name"));
    XJ_TRY(check_names(&a->lead_units, at, "/action/lead_units"));
    XJ_TRY(check_names(&a->implementers, at, "/action/implementers"));
    XJ_TRY(check_line(o->kind, 50, at, "/obligation/kind"));
    XJ_TRY(check_line(o->what, 2000, at, "/obligation/what"));
    XJ_TRY(check_line(o->frequency, 50, at, "/obligation/frequency"));
    XJ_TRY(check_line(o->report_to.s, 200, at, "/obligation/report_to"));
    XJ_TRY(check_names(&o->who, at, "/obligation/who"));
    XJ_TRY(xj_task_dates_check(o->due.items, o->due.n, at, "/obligation/due"));
    if (edit->op == XJ_EDIT_ADD_ACTION && (!a->has_no || a->name.data == NULL))
        return refused(at, "/action", "an action has a number and a name");
    if (edit->op == XJ_EDIT_ADD_OBLIGATION && o->what.data == NULL)
        return refused(at, "/obligation/what", "an obligation says what is to be done");
    if (edit->op == XJ_EDIT_ADD_TARGET && (!edit->has_target || !edit->has_action_no))
        return refused(at, "/target", "a target of an action names it and says what is promised");
    if (edit->has_target)
        XJ_TRY(xj_target_change_check(&edit->target, at, "/target"));
    return NULL;
}

static bool
needs_seq(xj_edit_op op)
{
    return op == XJ_EDIT_SET_ACTION || op == XJ_EDIT_REMOVE_ACTION ||
           op == XJ_EDIT_SET_OBLIGATION || op == XJ_EDIT_REMOVE_OBLIGATION ||
           op == XJ_EDIT_SET_TARGET || op == XJ_EDIT_REMOVE_TARGET;
}

xj_error *
xj_edit_check(const xj_edit *edit, const char *at)
{
    bool any = false;

    if (takes_tasks(edit->op))
        XJ_TRY(check_tasks(edit, at));
    XJ_TRY(check_parts(edit, at));
    if (edit->op == XJ_EDIT_SET || edit->op == XJ_EDIT_ADD)
        XJ_TRY(xj_task_change_check_at(&edit->change, at));
    if (edit->op == XJ_EDIT_ADD &&
        ((edit->change.title.data == NULL && edit->change.text.data == NULL) ||
         !edit->change.has_action_no))
        return refused(at, "/change", "a new task has a title or a text, and an action");
    for (int i = 0; i < XJ_CONFIRMS; i++)
        any = any || edit->fields[i];
    if (edit->op == XJ_EDIT_CONFIRM && !any)
        return refused(at, "/fields", "the edit does not say what is confirmed");
    if (needs_seq(edit->op) && !edit->has_seq)
        return refused(at, "/seq", "the edit does not say which one is meant");
    if (edit->op == XJ_EDIT_SET_WARNINGS) {
        if (edit->nwarnings == 0 || edit->state.data == NULL)
            return refused(at, "/warnings", "the edit names no warning, or not what becomes of it");
        if (xj_str_eq(edit->state, XJ_STR("dismissed")) && xj_str_trim(edit->why).len == 0)
            return refused(at, "/why", "a warning is dismissed with a word why");
        return check_line(edit->why, XJ_WHY_MAX, at, "/why");
    }
    return check_other(edit, at);
}

/* ---- doing ---- */

/* The tasks that an edit names, or that its filter finds. */
static xj_error *
find_tasks(const int64_t **ids, size_t *n, xj_step_work *step, const xj_edit *edit)
{
    const xj_scope scope = xj_scope_all(xj_tx_tenant(step->tx));
    xj_pool *pool = xj_tx_pool(step->tx);
    xj_task_filter filter = edit->filter;
    xj_task_row *rows;
    int64_t *found;

    *ids = edit->tasks;
    *n = edit->ntasks;
    if (!edit->has_filter)
        return NULL;
    filter.version = step->version.id;
    XJ_TRY(xj_task_list(&rows, n, xj_tx_db(step->tx), &scope, &filter, XJ_TASKS_BY_PLAN, NULL,
                        XJ_EDIT_TASKS_MAX + 1, pool));
    if (*n > XJ_EDIT_TASKS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "the filter finds more than %d tasks",
                            XJ_EDIT_TASKS_MAX);
    *ids = found = XJ_NEW_ARRAY(pool, int64_t, *n);
    for (size_t i = 0; i < *n; i++)
        found[i] = rows[i].id;
    return NULL;
}

static xj_error *
each_task(xj_step_work *step, const xj_edit *edit)
{
    const int64_t *ids;
    size_t n;

    XJ_TRY(find_tasks(&ids, &n, step, edit));
    XJ_TRY(xj_step_tasks(step, ids, n));
    for (size_t i = 0; i < n; i++) {
        xj_item *task = xj_step_find(step, XJ_ITEM_TASK, ids[i]);

        if (edit->op == XJ_EDIT_SET)
            XJ_TRY(xj_item_change(step, task, &edit->change));
        else if (edit->op == XJ_EDIT_CONFIRM)
            XJ_TRY(xj_item_confirm(step, task, edit->fields));
        else
            XJ_TRY(xj_step_remove_row(step, task));
    }
    return NULL;
}

static xj_error *
run(xj_step_work *step, const xj_edit *edit)
{
    xj_step_op(step, op_words[edit->op]);
    switch (edit->op) {
    case XJ_EDIT_SET:
    case XJ_EDIT_CONFIRM:
    case XJ_EDIT_REMOVE:
        return each_task(step, edit);
    case XJ_EDIT_SPLIT:
        return xj_step_split(step, edit);
    case XJ_EDIT_JOIN:
        return xj_step_join(step, edit);
    case XJ_EDIT_MOVE:
        return xj_step_move(step, edit);
    case XJ_EDIT_ADD:
        return xj_step_add_row(step, edit);
    default:
        return xj_step_edit_part(step, edit);
    }
}

xj_error *
xj_version_edit(xj_edited *done, xj_tx *tx, int64_t id, int64_t seen, const xj_edit *edits,
                size_t n, xj_str why)
{
    xj_step_work *step;

    XJ_TRY(xj_step_begin(&step, tx, id, seen, why));
    for (size_t i = 0; i < n; i++)
        XJ_TRY(run(step, &edits[i]));
    return xj_step_end(done, step);
}
