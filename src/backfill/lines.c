/*
 * What a row says: which returns it answers, and what is wrong with it.
 *
 * A column of a time answers the return that was due by the end of that time, give or take: a
 * return of 15 June is of the half year that ends on the 30th.  What names no time belongs to the
 * day on which it was sent, else to the last return that fell due.
 */
#include "backfill/backfill_priv.h"

#define FAULTS_MAX 30
#define ABOUT_MAX 60   /* characters of a cell that a fault quotes */
#define SLACK_LEAST 20 /* days by which a return may be due before its time ends */
#define SENT_SLACK 45  /* days by which one may come late */

/* ---- cells ---- */

xj_str
xj_backfill__cell(const xj_backfill_row *row, xj_backfill_field field, int *col)
{
    for (size_t i = 0; i < row->table->ncolumns; i++)
        if (row->table->columns[i].field == field && row->cells[i].len > 0) {
            if (col != NULL)
                *col = row->table->columns[i].col;
            return row->cells[i];
        }
    if (col != NULL)
        *col = 0;
    return XJ_STR("");
}

static xj_str
cut(xj_str text, xj_pool *pool)
{
    size_t pos = 0, n = 0;

    while (pos < text.len && n++ < ABOUT_MAX)
        (void)xj_utf8_next(text, &pos);
    return pos < text.len ? xj_str_printf(pool, XJ_FMT "…", XJ_ARG(xj_str_sub(text, 0, pos)))
                          : text;
}

void
xj_backfill__fault(struct xj_backfill__work *w, xj_backfill_line *line, const char *code, int col,
                   xj_str about, bool stops)
{
    if (line->faults == NULL)
        line->faults = XJ_NEW_ARRAY(w->pool, xj_backfill_fault, FAULTS_MAX);
    if (line->nfaults < FAULTS_MAX)
        line->faults[line->nfaults++] = (xj_backfill_fault){code, col, cut(about, w->pool), stops};
}

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

bool
xj_backfill__said_day(xj_backfill__saying *s, xj_backfill__day *day, xj_str cell, int col,
                      const char *what)
{
    const xj_date today = s->w->ask->today;
    const xj_backfill_plan *plan = s->w->plan;

    if (!xj_backfill__day_of(day, cell, plan->year)) {
        fault(s, "no_day", col, cell, true);
        return false;
    }
    if (day->whole && xj_date_cmp(day->day, today) > 0 && day->day.year == today.year &&
        day->day.month == today.month)
        day->day = today; /* this month */
    if (xj_date_cmp(day->day, today) > 0) {
        fault(s, what, col, day_str(s, day->day), true);
        return false;
    }
    if (xj_date_cmp(day->day, plan->since) < 0) {
        fault(s, "day_before_year", col, day_str(s, day->day), true);
        return false;
    }
    if (day->whole)
        fault(s, "day_whole", col, day_str(s, day->day), false);
    if (day->unsure)
        fault(s, "day_unsure", col, day_str(s, day->day), false);
    return true;
}

/* ---- which return ---- */

static int64_t
gap_of(const xj_backfill__saying *s)
{
    int64_t gap = 365;

    for (size_t i = 1; i < s->ndates; i++) {
        const int64_t days = xj_date_days(s->dates[i]) - xj_date_days(s->dates[i - 1]);

        gap = days > 0 && days < gap ? days : gap;
    }
    return gap;
}

/* The first return due no earlier than SLACK days before DAY; -1: it is behind the last. */
static int
due_near(const xj_backfill__saying *s, xj_date day, int64_t slack)
{
    const xj_date from = xj_date_add_days(day, -(slack < gap_of(s) / 3 ? slack : gap_of(s) / 3));

    for (size_t i = 0; i < s->ndates; i++)
        if (xj_date_cmp(s->dates[i], from) >= 0)
            return (int)i;
    return -1;
}

/* The place of what is told of a time up to UNTIL, behind the last return. */
static int
after_last(xj_backfill__saying *s, xj_date until)
{
    const int first = (int)s->ndates + 1;

    for (size_t i = 0; i < s->nafter; i++)
        if (xj_date_cmp(s->by_date[first + (int)i].until, until) == 0)
            return first + (int)i;
    s->by_date[first + (int)s->nafter].until = until;
    return first + (int)s->nafter++;
}

static int
of_time(xj_backfill__saying *s, const xj_backfill_column *c)
{
    const int64_t slack = c->days / 4 > SLACK_LEAST ? c->days / 4 : SLACK_LEAST;
    int at;

    if (s->ndates == 0)
        return 0;
    at = due_near(s, c->until, slack);
    return at >= 0 ? at : after_last(s, c->until);
}

/* The last return that fell due, else the first that will. */
static int
last_due(const xj_backfill__saying *s)
{
    int last = 0;

    for (size_t i = 0; i < s->ndates; i++)
        if (xj_date_cmp(s->dates[i], s->w->ask->today) <= 0)
            last = (int)i;
    return last;
}

static bool
says(xj_backfill_field field)
{
    return field == XJ_BACKFILL_TEXT || field == XJ_BACKFILL_PERCENT ||
           field == XJ_BACKFILL_DIFFICULTIES || field == XJ_BACKFILL_NEXT ||
           field == XJ_BACKFILL_FIGURE;
}

/* Whether AT tells of a later time than what is the latest so far. */
static bool
is_later(const xj_backfill__saying *s, int at)
{
    const int last = (int)s->ndates;

    return at > last && s->latest > last
               ? xj_date_cmp(s->by_date[at].until, s->by_date[s->latest].until) > 0
               : at > s->latest;
}

static xj_backfill__said *
said_at(xj_backfill__saying *s, int at)
{
    xj_backfill__said *one = &s->by_date[at];

    if (!one->any) {
        one->any = true;
        one->percent = -1;
        one->difficulties = one->next_step = XJ_STR("");
        xj_buf_init(&one->heads, s->w->pool, (size_t)1 << 16);
        xj_buf_init(&one->text, s->w->pool, (size_t)1 << 20);
        if (is_later(s, at))
            s->latest = at;
    }
    return one;
}

/* ---- taking what columns say ---- */

/* "HEAD：", unless TEXT begins so itself. */
static void
add_head(xj_backfill__said *one, xj_str head, xj_str text)
{
    if (!xj_str_starts(text, head))
        xj_buf_printf(&one->text, XJ_FMT "：", XJ_ARG(head));
}

/* HEAD before TEXT, where several columns answer one return. */
static void
add_text(xj_backfill__said *one, xj_str head, xj_str text, xj_pool *pool)
{
    if (one->texts == 1) {
        const xj_str first = xj_str_dup(xj_buf_str(&one->text), pool);

        xj_buf_clear(&one->text);
        add_head(one, one->first_head, first);
        xj_buf_add(&one->text, first);
    }
    if (one->texts > 0) {
        xj_buf_add_char(&one->text, '\n');
        add_head(one, head, text);
    } else {
        one->first_head = head;
    }
    xj_buf_add(&one->text, text);
    one->texts++;
}

static xj_str
joined(xj_str before, xj_str text, xj_pool *pool)
{
    return before.len == 0 ? text
                           : xj_str_printf(pool, XJ_FMT "\n" XJ_FMT, XJ_ARG(before), XJ_ARG(text));
}

static void
take(xj_backfill__saying *s, int at, const xj_backfill_column *c, xj_str cell)
{
    xj_backfill__said *one = said_at(s, at);
    int percent;

    if (c->until.year != 0 && (one->until.year == 0 || xj_date_cmp(c->until, one->until) > 0))
        one->until = c->until;
    if (one->heads.len > 0)
        xj_buf_add(&one->heads, XJ_STR("、"));
    xj_buf_add(&one->heads, c->head);
    switch (c->field) {
    case XJ_BACKFILL_TEXT:
        add_text(one, c->head, cell, s->w->pool);
        break;
    case XJ_BACKFILL_PERCENT:
        percent = xj_backfill__percent_of(cell, c->fraction);
        if (percent < 0)
            fault(s, "percent", c->col, cell, false);
        else
            one->percent = percent;
        break;
    case XJ_BACKFILL_FIGURE:
        /* what is no figure of a target is kept in words */
        if (!xj_backfill__take_figure(s, one, c, cell))
            add_text(one, c->head,
                     xj_str_printf(s->w->pool, XJ_FMT "：" XJ_FMT, XJ_ARG(c->head), XJ_ARG(cell)),
                     s->w->pool);
        break;
    case XJ_BACKFILL_DIFFICULTIES:
        one->difficulties = joined(one->difficulties, cell, s->w->pool);
        break;
    default:
        one->next_step = joined(one->next_step, cell, s->w->pool);
        break;
    }
}

static void
take_sent(xj_backfill__saying *s, int at, const xj_backfill_column *c, xj_str cell)
{
    xj_backfill__said *one = &s->by_date[at];

    one->sent_col = c->col;
    one->has_sent = true;
    if (!xj_backfill__said_day(s, &one->sent, cell, c->col, "sent_future"))
        one->sent.day = (xj_date){0};
}

static bool
is_timed(const xj_backfill__entry *e)
{
    return e->column->until.year != 0;
}

/* Columns of a time first; what names none belongs to the last of them. */
static void
take_columns(xj_backfill__saying *s)
{
    const xj_backfill__entry *all = s->entries.items, *sent = NULL;
    const size_t n = s->entries.len;
    xj_backfill__day day;
    int at;

    for (size_t i = 0; i < n; i++)
        if (is_timed(&all[i]) && says(all[i].column->field))
            take(s, of_time(s, all[i].column), all[i].column, all[i].cell);
    for (size_t i = 0; i < n; i++)
        if (!is_timed(&all[i]) && all[i].column->field == XJ_BACKFILL_SENT_ON)
            sent = &all[i];
    at = s->latest >= 0 ? s->latest : last_due(s);
    if (s->latest < 0 && sent != NULL && s->ndates > 0 &&
        xj_backfill__day_of(&day, sent->cell, s->w->plan->year)) {
        at = due_near(s, day.day, SENT_SLACK);
        at = at >= 0 ? at : (int)s->ndates - 1; /* the last, late */
    }
    for (size_t i = 0; i < n; i++)
        if (!is_timed(&all[i]) && says(all[i].column->field))
            take(s, at, all[i].column, all[i].cell);
    for (size_t i = 0; i < n; i++)
        if (is_timed(&all[i]) && all[i].column->field == XJ_BACKFILL_SENT_ON)
            take_sent(s, of_time(s, all[i].column), all[i].column, all[i].cell);
    if (sent != NULL && s->latest >= 0)
        take_sent(s, s->latest, sent->column, sent->cell);
}

/* ---- returns ---- */

static bool
same_text(const xj_report_text *a, const xj_report_text *b)
{
    return xj_str_eq(a->text, b->text) && xj_str_eq(a->difficulties, b->difficulties) &&
           xj_str_eq(a->next_step, b->next_step) && a->percent == b->percent &&
           xj_backfill__same_figures(a, b);
}

/* The words of ONE; the note stands behind the last of them. */
static xj_report_text
text_of(xj_backfill__saying *s, xj_backfill__said *one, bool last)
{
    const xj_str note =
        last && s->whole ? xj_backfill__cell(s->line->row, XJ_BACKFILL_NOTE, NULL) : XJ_STR("");
    xj_report_text t = {.text = xj_buf_str(&one->text),
                        .percent = one->percent,
                        .difficulties = one->difficulties,
                        .next_step = one->next_step,
                        .figures = one->figures.items,
                        .nfigures = one->figures.len};

    if (t.text.len == 0) {
        t.text = s->whole ? xj_backfill__cell(s->line->row, XJ_BACKFILL_STATE, NULL) : XJ_STR("");
        if (t.text.len == 0)
            t.text = xj_backfill__figure_words(one, s->w->pool);
        if (t.text.len == 0 && t.percent >= 0)
            t.text = xj_str_printf(s->w->pool, "完成%lld%%", (long long)t.percent);
        else if (t.text.len == 0)
            t.text = XJ_STR("（台账未填进展）");
    }
    if (note.len > 0)
        t.text = xj_str_printf(s->w->pool, XJ_FMT "\n备注：" XJ_FMT, XJ_ARG(t.text), XJ_ARG(note));
    return t;
}

/* Whether a part of T, which the columns HEADS say, is longer than a return takes. */
static bool
too_long(xj_backfill__saying *s, const xj_report_text *t, xj_str heads)
{
    const xj_str texts[] = {t->text, t->difficulties, t->next_step};

    for (int i = 0; i < 3; i++) {
        const size_t n = xj_utf8_count(texts[i]);

        if (n > XJ_REPORT_TEXT_MAX) {
            fault(s, "too_long", 0,
                  xj_str_printf(s->w->pool, XJ_FMT "%s%zu字", XJ_ARG(heads),
                                heads.len > 0 ? "，" : "", n),
                  true);
            return true;
        }
    }
    return false;
}

/* When it was sent; data NULL where that cannot be told. */
static xj_str
sent_of(xj_backfill__saying *s, const xj_backfill__said *one, bool last, xj_date due, bool *assumed)
{
    const xj_backfill_choice *choice = xj_backfill__choice(s->w, s->line->row);
    xj_date day = due;

    *assumed = false;
    if (last && s->whole && choice != NULL && choice->sent_on.data != NULL)
        return choice->sent_on;
    if (one->has_sent && one->sent.day.year == 0)
        return XJ_STR_NONE;
    if (one->has_sent)
        day = one->sent.day;
    else
        *assumed = true;
    if (xj_date_cmp(day, due) > 0)
        fault(s, "sent_late", one->sent_col,
              xj_str_printf(s->w->pool, "%lld", (long long)(xj_date_days(day) - xj_date_days(due))),
              false);
    return day_str(s, day);
}

static xj_backfill_part
past_part(xj_backfill__saying *s, const xj_backfill_return *r)
{
    const xj_backfill__held *held = xj_backfill__held_of(s->w, s->duty->id, s->unit, r->due);

    if (held == NULL || (held->version == 0 && held->sent_on.data == NULL))
        return XJ_BACKFILL_ADDED;
    if (same_text(&held->text, &r->text) && xj_str_eq(held->sent_on, r->sent_on))
        return XJ_BACKFILL_KEPT;
    if (held->imported != 0 && held->imported == held->version)
        return XJ_BACKFILL_CHANGED;
    fault(s, "held", 0, r->due, true);
    return XJ_BACKFILL_HELD;
}

/* What cannot be of a return that fell due is laid into the next, to be gone on with. */
static xj_backfill_part
draft_part(xj_backfill__saying *s, const xj_backfill_return *r)
{
    const xj_backfill__held *held = xj_backfill__held_of(s->w, s->duty->id, s->unit, r->due);

    if (same_text(&held->text, &r->text))
        return XJ_BACKFILL_KEPT;
    if (!xj_str_eq(held->state, XJ_STR("open")) ||
        (held->version != 0 && held->imported != held->version)) {
        fault(s, "held", 0, r->due, true);
        return XJ_BACKFILL_HELD;
    }
    return held->version == 0 ? XJ_BACKFILL_ADDED : XJ_BACKFILL_CHANGED;
}

/* ---- notes ---- */

xj_date
xj_backfill__told_until(const xj_backfill__saying *s, const xj_backfill__said *one)
{
    const xj_date today = s->w->ask->today;
    const xj_date day = one->until.year != 0                       ? one->until
                        : one->has_sent && one->sent.day.year != 0 ? one->sent.day
                                                                   : today;

    return xj_date_cmp(day, today) > 0 ? today : day;
}

static xj_backfill_part
note_part(const xj_backfill__saying *s, const xj_backfill_note *note)
{
    for (size_t i = 0; i < s->w->nnotes; i++) {
        const xj_backfill__kept *kept = &s->w->notes[i];

        if (kept->duty == s->duty->id && xj_str_eq(kept->on, note->on) &&
            xj_str_starts(kept->text, note->text) &&
            xj_str_starts(xj_str_skip(kept->text, note->text.len), XJ_STR(XJ_BACKFILL__FROM)))
            return XJ_BACKFILL_KEPT;
    }
    return XJ_BACKFILL_ADDED;
}

/* What no return takes is kept in the task's history, as the ledger has it. */
static void
add_note(xj_backfill__saying *s, xj_backfill__said *one, bool last, const char *why, xj_str about)
{
    const xj_report_text said = text_of(s, one, last);
    xj_backfill_note note = {.on = day_str(s, xj_backfill__told_until(s, one))};
    xj_buf text;

    if (too_long(s, &said, xj_buf_str(&one->heads)))
        return;
    xj_buf_init(&text, s->w->pool, (size_t)1 << 20);
    if (s->county.data != NULL)
        xj_buf_printf(&text, XJ_FMT "，", XJ_ARG(s->county));
    if (one->texts <= 1)
        xj_buf_printf(&text, XJ_FMT "：", XJ_ARG(xj_buf_str(&one->heads)));
    xj_buf_add(&text, said.text);
    if (said.difficulties.len > 0)
        xj_buf_printf(&text, "\n困难：" XJ_FMT, XJ_ARG(said.difficulties));
    if (said.next_step.len > 0)
        xj_buf_printf(&text, "\n下一步：" XJ_FMT, XJ_ARG(said.next_step));
    if (said.percent >= 0 && one->texts > 0)
        xj_buf_printf(&text, "\n完成%lld%%", (long long)said.percent);
    if (said.nfigures > 0 && one->texts > 0)
        xj_buf_printf(&text, "\n" XJ_FMT, XJ_ARG(xj_backfill__figure_words(one, s->w->pool)));
    note.text = xj_buf_str(&text);
    note.part = note_part(s, &note);
    s->line->notes[s->line->nnotes++] = note;
    fault(s, why, 0, about, false);
}

/* Whether a return takes what is said of DUE; else why not. */
static const char *
without_return(const xj_backfill__saying *s, xj_str due, bool past, const xj_backfill__return *owed)
{
    if (past)
        return owed != NULL && xj_str_eq(owed->state, XJ_STR("withdrawn")) ? "withdrawn" : NULL;
    return xj_backfill__held_of(s->w, s->duty->id, s->unit, due) == NULL ? "no_return" : NULL;
}

/* ---- one return ---- */

static void
add_return(xj_backfill__saying *s, int at)
{
    xj_backfill__said *one = &s->by_date[at];
    const xj_date due = s->dates[at];
    const bool past = xj_date_cmp(due, s->w->ask->today) <= 0, last = at == s->latest;
    xj_backfill_return r = {.unit = s->unit,
                            .county = s->county,
                            .due = day_str(s, due),
                            .period = xj_period(due, s->duty->cadence, s->w->pool),
                            .heads = xj_buf_str(&one->heads),
                            .text = text_of(s, one, last)};
    xj_backfill__return *owed = xj_backfill__return_of(s->w, s->unit, r.due, false);
    const char *none = without_return(s, r.due, past, owed);

    if (none != NULL) {
        add_note(s, one, last, none, r.due);
        return;
    }
    if (past)
        r.sent_on = sent_of(s, one, last, due, &r.assumed);
    if (too_long(s, &r.text, r.heads) || (past && r.sent_on.data == NULL))
        r.part = XJ_BACKFILL_REFUSED;
    else
        r.part = past ? past_part(s, &r) : draft_part(s, &r);
    if (past && r.part == XJ_BACKFILL_ADDED && owed == NULL)
        owed = xj_backfill__return_of(s->w, s->unit, r.due, true);
    r.obligation = owed == NULL ? 0 : owed->id;
    if (past && r.sent_on.data != NULL) {
        const xj_date sent = xj_day_parse(r.sent_on);

        if (s->first_sent.year == 0 || xj_date_cmp(sent, s->first_sent) < 0)
            s->first_sent = sent;
    }
    s->line->returns[s->line->nreturns++] = r;
}

/* Room for what S says in its line's lists. */
static void
make_room(xj_backfill__saying *s)
{
    xj_backfill_line *line = s->line;
    const size_t more = s->ndates + 1 + s->nafter;
    xj_backfill_return *returns =
        XJ_NEW_ARRAY(s->w->pool, xj_backfill_return, line->nreturns + more);
    xj_backfill_note *notes = XJ_NEW_ARRAY(s->w->pool, xj_backfill_note, line->nnotes + more);

    if (line->nreturns > 0)
        memcpy(returns, line->returns, line->nreturns * sizeof *returns);
    if (line->nnotes > 0)
        memcpy(notes, line->notes, line->nnotes * sizeof *notes);
    line->returns = returns;
    line->notes = notes;
}

static void
add_returns(xj_backfill__saying *s)
{
    const int none = (int)s->ndates;

    make_room(s);
    for (int i = 0; i < none; i++)
        if (s->by_date[i].any)
            add_return(s, i);
    if (none == 0 && s->by_date[0].any)
        add_note(s, &s->by_date[0], true, "no_return", xj_buf_str(&s->by_date[0].heads));
    for (int i = none + 1; i <= none + (int)s->nafter; i++)
        if (s->by_date[i].any)
            add_note(s, &s->by_date[i], i == s->latest, "after_last",
                     xj_buf_str(&s->by_date[i].heads));
}

/* ---- all of it ---- */

static xj_backfill_act
act_of(const xj_backfill__saying *s)
{
    const xj_backfill_line *line = s->line;
    bool records = line->percent >= 0, kept = s->state != XJ_BACKFILL__UNSAID, stopped = false;

    for (size_t i = 0; i < line->nreturns; i++) {
        const xj_backfill_part part = line->returns[i].part;

        records |= part == XJ_BACKFILL_ADDED || part == XJ_BACKFILL_CHANGED;
        kept |= part == XJ_BACKFILL_KEPT;
    }
    for (size_t i = 0; i < line->nnotes; i++) {
        records |= line->notes[i].part == XJ_BACKFILL_ADDED;
        kept |= line->notes[i].part == XJ_BACKFILL_KEPT;
    }
    if (line->state != NULL) {
        records |= line->state_part == XJ_BACKFILL_ADDED;
        kept |= line->state_part == XJ_BACKFILL_KEPT;
    }
    for (size_t i = 0; i < line->nfaults; i++)
        stopped |= line->faults[i].stops;
    if (records)
        return XJ_BACKFILL_RECORD;
    return stopped ? XJ_BACKFILL_WRONG : kept ? XJ_BACKFILL_SAME : XJ_BACKFILL_SILENT;
}

/* What ENTRIES say of COUNTY's returns (NULL: the lead's); WHOLE: the row is theirs. */
static xj_backfill__saying
say_of(struct xj_backfill__work *w, xj_backfill_line *line, const xj_backfill__county *county,
       xj_backfill__entries entries, bool whole)
{
    xj_backfill__duty *d = xj_backfill__duty_find(w, line->duty);
    xj_backfill__saying s = {.w = w,
                             .line = line,
                             .duty = d,
                             .unit = county == NULL ? d->owner : county->unit,
                             .county = county == NULL ? XJ_STR_NONE : county->name,
                             .whole = whole,
                             .dates = county == NULL ? d->dates : d->county_dates,
                             .ndates = county == NULL ? d->ndates : d->ncounty_dates,
                             .entries = entries,
                             .latest = -1};

    s.by_date = XJ_NEW_ARRAY(w->pool, xj_backfill__said, s.ndates + 1 + entries.len);
    take_columns(&s);
    return s;
}

void
xj_backfill__say(struct xj_backfill__work *w, xj_backfill_line *line, xj_backfill__county *county)
{
    const xj_backfill__duty *d = xj_backfill__duty_find(w, line->duty);
    xj_backfill__entries lead = {0};
    xj_backfill__entries *own = XJ_NEW_ARRAY(w->pool, xj_backfill__entries, d->ncounties + 1);
    xj_backfill__saying s;

    xj_backfill__share(&lead, own, w, line, d);
    s = say_of(w, line, county, lead, true);
    if (county == NULL)
        xj_backfill__read_state(&s);
    add_returns(&s);
    for (size_t i = 0; i < d->ncounties; i++)
        if (own[i].len > 0) {
            xj_backfill__saying one = say_of(w, line, &d->counties[i], own[i], false);

            add_returns(&one);
        }
    /* how the task stands is not a county's to say */
    if (county == NULL) {
        xj_backfill__settle_state(&s);
        xj_backfill__compare_deadline(&s);
        xj_backfill__compare_goal(&s);
    }
    line->act = act_of(&s);
}
