/* Warnings: what a step took the cause from ends by itself. */
#include "plan/edit_priv.h"

void
xj_step_end_warning(xj_step_work *step, xj_item *warning, const char *state, xj_str why)
{
    warning->now[W_STATE].s = xj_str_c(state);
    warning->now[W_WHY].s = why.len == 0 ? XJ_STR_NONE : why;
    warning->now[W_PERSON].n = xj_tx_actor(step->tx);
    warning->now[W_BY].s = xj_tx_actor_name(step->tx);
    warning->now[W_AT].n = xj_tx_now(step->tx);
}

/* Suspect characters that stand in the task no more. */
static bool
words_gone(const xj_item *task, xj_str words)
{
    static const int texts[] = {T_TITLE, T_TEXT, T_SPECIFIC_TASK, T_MEASURE, T_WORK_PLAN};
    bool had = false;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (xj_str_has(task->now[texts[i]].s, words))
            return false;
        had = had || xj_str_has(task->old[texts[i]].s, words);
    }
    return had;
}

bool
xj_item_settles(const xj_item *task, xj_str code, xj_str words, xj_pool *scratch)
{
    const xj_cell *c = task->now;

    if (xj_str_eq(code, XJ_STR("no_unit")))
        return !xj_str_eq(c[T_UNITS].s, XJ_STR("[]")) || xj_item_marked(task, "owner", scratch);
    if (xj_str_eq(code, XJ_STR("no_deadline")))
        return !xj_str_eq(c[T_DEADLINE_KIND].s, XJ_STR("none")) ||
               xj_item_marked(task, "deadline", scratch);
    if (xj_str_eq(code, XJ_STR("unplaced_deadline")) || xj_str_eq(code, XJ_STR("no_date")))
        return xj_item_marked(task, "deadline", scratch);
    if (xj_str_eq(code, XJ_STR("unplaced_words")))
        return xj_item_marked(task, "units", scratch);
    if (xj_str_eq(code, XJ_STR("many_targets")))
        return task->was && xj_cell_differs(task, T_TARGETS);
    if (xj_str_eq(code, XJ_STR("ocr_suspect")))
        return task->was && words.len > 0 && words_gone(task, words);
    return false;
}

static bool
head_settles(const xj_item *head, xj_str code)
{
    const xj_cell *c = head->now;

    if (xj_str_eq(code, XJ_STR("no_title")))
        return c[H_TITLE].s.len > 0;
    if (xj_str_eq(code, XJ_STR("no_jurisdiction")))
        return c[H_JURISDICTION].s.len > 0;
    if (xj_str_eq(code, XJ_STR("no_issuer")))
        return c[H_ISSUER].s.len > 0;
    if (xj_str_eq(code, XJ_STR("no_year")) || xj_str_eq(code, XJ_STR("no_issued_on")))
        return c[H_ISSUED_ON].s.len > 0;
    if (xj_str_eq(code, XJ_STR("date_conflict")))
        return xj_cell_differs(head, H_ISSUED_ON);
    return false;
}

/* Whether any item of the step may end a warning. */
static bool
concerned(const xj_step_work *step)
{
    for (size_t i = 0; i < step->items.len; i++) {
        const xj_item *item = step->items.items[i];

        if (item->kind == XJ_ITEM_HEAD && xj_item_differs(item))
            return true;
        if (item->kind == XJ_ITEM_TASK && item->was && item->warnings > 0 && xj_item_differs(item))
            return true;
    }
    return false;
}

xj_error *
xj_step_settle(xj_step_work *step)
{
    const xj_item *head = xj_step_find(step, XJ_ITEM_HEAD, 0);
    xj_pool *scratch;

    /* A return puts the warnings back as they were. */
    if (step->to != 0 || !(concerned(step) || step->loaded[XJ_ITEM_WARNING]))
        return NULL;
    XJ_TRY(xj_step_load(step, XJ_ITEM_WARNING));
    scratch = xj_pool_child(xj_tx_pool(step->tx));
    for (size_t i = 0; i < step->items.len; i++) {
        xj_item *warning = step->items.items[i];
        const xj_item *task;

        if (warning->kind != XJ_ITEM_WARNING || !xj_str_eq(warning->now[W_STATE].s, XJ_STR("open")))
            continue;
        /* Whoever opened it again in this step wants it open. */
        if (!xj_str_eq(warning->old[W_STATE].s, XJ_STR("open")))
            continue;
        xj_pool_clear(scratch);
        task = warning->now[W_TASK].n == 0
                   ? NULL
                   : xj_step_find(step, XJ_ITEM_TASK, warning->now[W_TASK].n);
        if ((task != NULL &&
             (!task->is || (xj_item_differs(task) &&
                            xj_item_settles(task, warning->code, warning->words, scratch)))) ||
            (warning->now[W_TASK].n == 0 && head != NULL && xj_item_differs(head) &&
             head_settles(head, warning->code)))
            xj_step_end_warning(step, warning, "resolved", XJ_STR("edit"));
    }
    xj_pool_destroy(scratch);
    return NULL;
}
