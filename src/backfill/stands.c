/* How a row says that its task stands: in hand or done, when, by which number. */
#include "backfill/backfill_priv.h"

#define DOC_NO_MAX 100

static void
fault(xj_backfill__saying *s, const char *code, int col, xj_str about, bool stops)
{
    xj_backfill__fault(s->w, s->line, code, col, about, stops);
}

static xj_str
day_str(const xj_backfill__saying *s, xj_date day)
{
    return xj_day_str(day, s->w->pool);
}

void
xj_backfill__read_state(xj_backfill__saying *s)
{
    const xj_backfill_row *row = s->line->row;
    xj_date until = {0};

    for (size_t i = 0; i < row->table->ncolumns; i++) {
        const xj_backfill_column *c = &row->table->columns[i];
        xj_backfill__state state;

        if (c->field != XJ_BACKFILL_STATE || row->cells[i].len == 0)
            continue;
        state = xj_backfill__state_of(row->cells[i]);
        if (state == XJ_BACKFILL__UNSAID)
            fault(s, "state", c->col, row->cells[i], false);
        else if (s->state == XJ_BACKFILL__UNSAID || xj_date_cmp(c->until, until) >= 0) {
            s->state = state;
            s->state_col = c->col;
            until = c->until;
        }
    }
}

/* "已完成（3月28日）": what stands between brackets. */
static xj_str
in_brackets(xj_str text)
{
    static const char *const marks[][2] = {{"（", "）"}, {"(", ")"}};

    for (int i = 0; i < 2; i++) {
        const size_t from = xj_str_find(text, xj_str_c(marks[i][0]), 0);
        const size_t to = xj_str_find(text, xj_str_c(marks[i][1]), 0);

        if (from != XJ_NPOS && to != XJ_NPOS && from < to)
            return xj_str_sub(text, from + strlen(marks[i][0]), to);
    }
    return XJ_STR("");
}

/* The day on which the row says that the task was done; false where it does not, or wrongly. */
static bool
done_day(xj_backfill__saying *s, xj_date *on, bool *wrong)
{
    const xj_backfill_choice *choice = xj_backfill__choice(s->w, s->line->row);
    xj_backfill__day day;
    xj_str cell;
    int col;

    *wrong = false;
    if (choice != NULL && choice->done_on.data != NULL) {
        *on = xj_day_parse(choice->done_on);
        return true;
    }
    cell = xj_backfill__cell(s->line->row, XJ_BACKFILL_DONE_ON, &col);
    if (cell.len == 0 && s->state == XJ_BACKFILL__DONE) {
        cell = in_brackets(xj_backfill__cell(s->line->row, XJ_BACKFILL_STATE, &col));
        if (cell.len == 0 || !xj_backfill__day_of(&day, cell, s->w->plan->year)) {
            fault(s, "done_undated", s->state_col, XJ_STR(""), true);
            *wrong = true;
            return false;
        }
    }
    if (cell.len == 0)
        return false;
    *wrong = !xj_backfill__said_day(s, &day, cell, col, "done_future");
    *on = day.day;
    return !*wrong;
}

/* The number that shows that it was done. */
static bool
doc_of(xj_backfill__saying *s, xj_str *number)
{
    const xj_backfill_choice *choice = xj_backfill__choice(s->w, s->line->row);
    const bool asked = s->duty->deliverable.data != NULL;
    int col;

    *number = choice != NULL && choice->doc_no.data != NULL
                  ? choice->doc_no
                  : xj_backfill__cell(s->line->row, XJ_BACKFILL_DOC_NO, &col);
    if (xj_utf8_count(*number) > DOC_NO_MAX) {
        fault(s, "doc_long", col, *number, asked);
        *number = XJ_STR("");
    }
    if (number->len > 0 || !asked || s->duty->doc_no.len > 0)
        return true;
    fault(s, "done_no_doc", 0, XJ_STR(""), true);
    return false;
}

static const char *const over[] = {"done", "archived", NULL};

static bool
is_state(const xj_backfill__duty *d, const char *const *states)
{
    for (; *states != NULL; states++)
        if (xj_str_eq(d->state, xj_str_c(*states)))
            return true;
    return false;
}

static void
becomes_done(xj_backfill__saying *s, xj_date on)
{
    static const char *const asked[] = {"completion_asked", "reviewed", "suspended", NULL};
    xj_backfill_line *line = s->line;

    line->state = "done";
    line->state_on = day_str(s, on);
    line->state_part = XJ_BACKFILL_REFUSED;
    if (!doc_of(s, &line->doc_no))
        return;
    if (s->duty->due.year != 0 && xj_date_cmp(on, s->duty->due) > 0 &&
        !xj_str_eq(s->duty->deadline_kind, XJ_STR("start_by")))
        fault(s, "done_late", 0, day_str(s, s->duty->due), false);
    line->state_part = XJ_BACKFILL_ADDED;
    if (is_state(s->duty, over)) {
        const bool same = xj_str_eq(s->duty->state_on, line->state_on) &&
                          (line->doc_no.len == 0 || xj_str_eq(s->duty->doc_no, line->doc_no));

        line->state_part = same ? XJ_BACKFILL_KEPT : XJ_BACKFILL_HELD;
        if (!same)
            fault(s, "done_otherwise", 0, s->duty->state_on, true);
    } else if (is_state(s->duty, asked)) {
        line->state_part = XJ_BACKFILL_HELD;
        fault(s, "state_held", 0, s->duty->state, true);
    }
}

static void
becomes_begun(xj_backfill__saying *s)
{
    static const char *const before[] = {"raised", "assigned", "acknowledged", "dispatched", NULL};

    if (!is_state(s->duty, before))
        return;
    s->line->state = "in_hand";
    s->line->state_on = day_str(s, s->first_sent.year != 0 ? s->first_sent : s->w->plan->begun_on);
    s->line->state_part = XJ_BACKFILL_ADDED;
}

static int64_t
last_percent(const xj_backfill__saying *s)
{
    if (s->latest > (int)s->ndates && s->by_date[s->latest].percent >= 0)
        return s->by_date[s->latest].percent;
    for (int i = s->latest; i >= 0; i--)
        if (s->by_date[i].any && s->by_date[i].percent >= 0)
            return s->by_date[i].percent;
    return -1;
}

void
xj_backfill__settle_state(xj_backfill__saying *s)
{
    const xj_backfill_choice *choice = xj_backfill__choice(s->w, s->line->row);
    const int64_t percent = last_percent(s);
    const xj_date latest = s->latest < 0 || s->ndates == 0 ? s->w->ask->today
                           : s->latest >= (int)s->ndates
                               ? xj_backfill__told_until(s, &s->by_date[s->latest])
                               : s->dates[s->latest];
    bool done = false, wrong = false;
    xj_date on = {0};

    if (choice == NULL || !choice->not_done)
        done = done_day(s, &on, &wrong);
    if (done && s->state != XJ_BACKFILL__DONE && s->state != XJ_BACKFILL__UNSAID &&
        (choice == NULL || choice->done_on.data == NULL)) {
        fault(s, "done_or_not", s->state_col, day_str(s, on), true);
        done = false;
    }
    if (done) {
        becomes_done(s, on);
        if (s->line->state_part != XJ_BACKFILL_REFUSED)
            return;
    } else if (percent == 100 && !wrong) {
        fault(s, "hundred", 0, XJ_STR(""), false);
    }
    if (percent >= 0 && percent != s->duty->progress && !is_state(s->duty, over) &&
        xj_date_cmp(latest, s->duty->said_until) >= 0)
        s->line->percent = percent;
    if (!done && !wrong &&
        (s->state == XJ_BACKFILL__IN_HAND || s->state == XJ_BACKFILL__DONE ||
         (s->state == XJ_BACKFILL__UNSAID && (s->line->nreturns > 0 || percent > 0))))
        becomes_begun(s);
}

void
xj_backfill__compare_deadline(xj_backfill__saying *s)
{
    xj_backfill__day day;
    int col;
    const xj_str cell = xj_backfill__cell(s->line->row, XJ_BACKFILL_DEADLINE, &col);

    if (cell.len > 0 && s->duty->due.year != 0 &&
        xj_backfill__day_of(&day, cell, s->w->plan->year) &&
        xj_date_cmp(day.day, s->duty->due) != 0)
        fault(s, "deadline", col, day_str(s, s->duty->due), false);
}
