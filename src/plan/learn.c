/*
 * What corrections teach.  Only what speaks for more than its row is learned: words whose meaning
 * is a custom of the place, not a figure that they print.
 */
#include "plan/edit_priv.h"

static void
learn(xj_step_work *step, xj_memory_kind kind, xj_str phrase, xj_meaning meaning)
{
    const xj_lesson lesson = {kind, xj_str_trim(phrase), meaning};
    xj_error *err = xj_lesson_check(&lesson);

    if (err != NULL) { /* a phrase too long to come again */
        xj_error_clear(err);
        return;
    }
    /* The last word about a phrase counts. */
    for (size_t i = 0; i < step->lessons.len; i++) {
        if (step->lessons.items[i].kind == kind &&
            xj_str_eq(step->lessons.items[i].phrase, lesson.phrase)) {
            step->lessons.items[i] = lesson;
            return;
        }
    }
    xj_vec_push(&step->lessons, xj_tx_pool(step->tx), lesson);
}

static bool
is_numeral(uint32_t c)
{
    static const uint32_t chinese[] = {0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94,
                                       0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341}; /* 〇一二...十 */

    for (size_t i = 0; i < sizeof chinese / sizeof *chinese; i++) {
        if (c == chinese[i])
            return true;
    }
    return (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19);
}

/* Whether S prints a date's number: then it says itself what it means. */
static bool
has_figure(xj_str s)
{
    bool numeral = false;
    size_t at = 0;

    while (at < s.len) {
        const uint32_t c = xj_utf8_next(s, &at);

        if (c < 0x80 && is_numeral(c))
            return true;
        /* 年 月 日 季 */
        if (numeral && (c == 0x5E74 || c == 0x6708 || c == 0x65E5 || c == 0x5B63))
            return true;
        numeral = is_numeral(c);
    }
    return false;
}

/* The year of the document's date; 0 where it has none. */
static xj_error *
plan_year(int64_t *year, xj_step_work *step)
{
    xj_item *head;
    xj_date date;

    *year = 0;
    XJ_TRY(xj_step_part(&head, step, XJ_ITEM_HEAD, 0));
    if (head->now[H_ISSUED_ON].s.data != NULL && xj_date_parse(&date, head->now[H_ISSUED_ON].s))
        *year = date.year;
    return NULL;
}

/* The words of the task's deadline, or those that the compiler could not place. */
static xj_error *
deadline_words(xj_str *words, xj_step_work *step, const xj_item *task)
{
    *words = task->now[T_DEADLINE_RAW].s;
    if (words->len > 0 || task->warnings == 0)
        return NULL;
    XJ_TRY(xj_step_load(step, XJ_ITEM_WARNING));
    for (size_t i = 0; i < step->items.len; i++) {
        const xj_item *w = step->items.items[i];

        if (w->kind == XJ_ITEM_WARNING && w->now[W_TASK].n == task->id &&
            (xj_str_eq(w->code, XJ_STR("unplaced_deadline")) ||
             xj_str_eq(w->code, XJ_STR("no_date"))))
            *words = w->words;
    }
    return NULL;
}

static xj_error *
learn_deadline(xj_step_work *step, const xj_item *task)
{
    const xj_str due = task->now[T_DUE].s;
    xj_meaning meaning = {.deadline_kind = task->now[T_DEADLINE_KIND].s,
                          .month_day = XJ_STR_NONE,
                          .word = XJ_STR_NONE};
    xj_str *dates, raw;
    int64_t year;
    xj_date date;

    if (!xj_cell_differs(task, T_DEADLINE_KIND) && !xj_cell_differs(task, T_DUE) &&
        !xj_cell_differs(task, T_DEADLINE_DATES))
        return NULL;
    XJ_TRY(deadline_words(&raw, step, task));
    if (raw.len == 0 || has_figure(raw))
        return NULL;
    XJ_TRY(xj_plan__json_names(&dates, &meaning.ndates, task->now[T_DEADLINE_DATES].s,
                               xj_tx_pool(step->tx)));
    meaning.dates = dates;
    if (!xj_str_eq(due, XJ_STR(XJ_NO_DUE)) && xj_date_parse(&date, due)) {
        XJ_TRY(plan_year(&year, step));
        if (year == 0 || date.year < year || date.year > year + 50)
            return NULL;
        meaning.year_offset = date.year - year;
        meaning.month_day = xj_str_sub(due, 5, 10);
    }
    learn(step, XJ_MEMORY_DEADLINE, raw, meaning);
    return NULL;
}

/* How often, where the text says it without a figure. */
static void
learn_cadence(xj_step_work *step, const xj_item *task)
{
    const xj_str cadence = task->now[T_CADENCE].s, phrase = xj_plan__vague(task->now[T_TEXT].s);

    if (cadence.len > 0 && phrase.len > 0 && xj_cell_differs(task, T_CADENCE))
        learn(step, XJ_MEMORY_CADENCE, phrase, (xj_meaning){.word = cadence});
}

static xj_str
joined(const xj_task_unit_row *units, size_t n, xj_pool *result)
{
    xj_buf out;

    xj_buf_init(&out, result, XJ__COLUMN_MAX);
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            xj_buf_add(&out, XJ_STR("、"));
        xj_buf_add(&out, units[i].name);
    }
    return xj_buf_str(&out);
}

static xj_str
lead_of(const xj_task_unit_row *units, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (xj_str_eq(units[i].role, XJ_STR("lead")))
            return units[i].name;
    }
    return XJ_STR_NONE;
}

static const xj_task_unit_row *
named(const xj_task_unit_row *units, size_t n, xj_str name)
{
    for (size_t i = 0; i < n; i++) {
        if (xj_str_eq(units[i].name, name))
            return &units[i];
    }
    return NULL;
}

/* One name in place of another, or words left out that name no unit by their form. */
static void
learn_names(xj_step_work *step, const xj_task_unit_row *old, size_t nold,
            const xj_task_unit_row *now, size_t nnow)
{
    const xj_task_unit_row *gone = NULL, *come = NULL;
    size_t ngone = 0, ncome = 0;
    xj_unit_kind kind;
    xj_level level;
    xj_str area;

    for (size_t i = 0; i < nold; i++) {
        if (named(now, nnow, old[i].name) == NULL) {
            gone = &old[i];
            ngone++;
        }
    }
    for (size_t i = 0; i < nnow; i++) {
        if (named(old, nold, now[i].name) == NULL) {
            come = &now[i];
            ncome++;
        }
    }
    if (ngone != 1 || ncome > 1)
        return;
    if (ncome == 1) {
        if (xj_str_eq(gone->role, come->role))
            learn(step, XJ_MEMORY_UNIT, gone->name, (xj_meaning){.word = come->name});
        return;
    }
    xj_unit_classify(&kind, &level, &area, gone->name);
    if (kind == XJ_UNIT_OTHER)
        learn(step, XJ_MEMORY_NOT_UNIT, gone->name, (xj_meaning){.word = XJ_STR_NONE});
}

static xj_error *
learn_units(xj_step_work *step, const xj_item *task)
{
    xj_pool *pool = xj_tx_pool(step->tx);
    xj_task_unit_row *old, *now;
    size_t nold, nnow;
    xj_str lead;

    if (!xj_cell_differs(task, T_UNITS))
        return NULL;
    XJ_TRY(xj_cell_units(&old, &nold, &task->old[T_UNITS], 0, pool));
    XJ_TRY(xj_cell_units(&now, &nnow, &task->now[T_UNITS], 0, pool));
    learn_names(step, old, nold, now, nnow);
    lead = lead_of(now, nnow);
    /* Who leads of these very units. */
    if (nold >= 2 && lead.data != NULL && lead_of(old, nold).data == NULL &&
        xj_str_eq(joined(old, nold, pool), joined(now, nnow, pool)))
        learn(step, XJ_MEMORY_LEAD, joined(now, nnow, pool), (xj_meaning){.word = lead});
    return NULL;
}

xj_error *
xj_step_learn(xj_step_work *step, const xj_item *task)
{
    if (!task->was)
        return NULL;
    XJ_TRY(learn_deadline(step, task));
    learn_cadence(step, task);
    return learn_units(step, task);
}

xj_error *
xj_step_learn_dismissal(xj_step_work *step, const xj_item *warning)
{
    if (xj_str_eq(warning->now[W_STATE].s, XJ_STR("dismissed")) && warning->words.len > 0)
        learn(step, XJ_MEMORY_WARNING,
              xj_str_printf(xj_tx_pool(step->tx), XJ_FMT " " XJ_FMT, XJ_ARG(warning->code),
                            XJ_ARG(warning->words)),
              (xj_meaning){.word = warning->now[W_WHY].s});
    return NULL;
}

xj_error *
xj_step_keep_lessons(xj_step_work *step)
{
    for (size_t i = 0; i < step->lessons.len; i++) {
        xj_memory memory;
        xj_error *err =
            xj_memory_add(&memory, step->tx, &step->lessons.items[i], step->version.id, step->no);

        /* A full memory is no reason to refuse a correction. */
        if (xj_error_is(err, XJ_E_TOO_LARGE)) {
            xj_error_clear(err);
            return NULL;
        }
        XJ_TRY(err);
    }
    return NULL;
}
