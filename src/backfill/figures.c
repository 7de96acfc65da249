/* Figures of a task's targets (完成值), in the plan's own measure, and goals beside the plan's. */
#include "backfill/backfill_priv.h"

#include "duty/figure.h"
#include "text/number.h"

#include <math.h>

#define CELL_MAX 64 /* characters of a cell that is a number with its measure */

/* "35场", "31.2%", "1,200": *VALUE, and *MEASURE as it stands behind it. */
static bool
number_of(double *value, xj_str *measure, xj_str text, xj_pool *pool)
{
    xj_char c[CELL_MAX];
    const size_t n = xj_chars_fold_some(c, CELL_MAX, text, NULL);
    const xj_chars chars = {.c = c, .n = n};
    xj_number number;
    xj_buf rest;

    if (n == 0 || n >= CELL_MAX || !xj_char_digit(c[0]) || !xj_number_parse(&number, &chars, 0, n))
        return false;
    xj_buf_init(&rest, pool, 4 * CELL_MAX);
    for (size_t i = number.len; i < n; i++) {
        char bytes[4];

        xj_buf_add(&rest, xj_str_of(bytes, xj_utf8_put(bytes, c[i])));
    }
    *value = number.value;
    *measure = xj_str_trim(xj_buf_str(&rest));
    return isfinite(*value) && fabs(*value) <= 1e15;
}

/* TEXT, empty where it says of what time a figure is. */
static xj_str
without_time(xj_str text)
{
    static const char *const words[] = {"累计", "本期", "当期", "截至", "月", "季", "年"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (xj_str_has(text, xj_str_c(words[i])))
            return XJ_STR("");
    return text;
}

/* What stands between the first brackets of HEAD: "完成值（人次）"; empty: none, or no measure. */
static xj_str
head_measure(xj_str head)
{
    static const char *const marks[][2] = {{"（", "）"}, {"(", ")"}};

    for (int i = 0; i < 2; i++) {
        const size_t from = xj_str_find(head, xj_str_c(marks[i][0]), 0);
        const size_t to = xj_str_find(head, xj_str_c(marks[i][1]), 0);

        if (from != XJ_NPOS && to != XJ_NPOS && from < to)
            return without_time(xj_str_trim(xj_str_sub(head, from + strlen(marks[i][0]), to)));
    }
    return XJ_STR("");
}

static bool
fits(const xj_report_figure *target, xj_str measure)
{
    return xj_str_eq(target->measure, measure) ||
           (xj_str_eq(target->measure, XJ_STR("%")) && xj_str_eq(measure, XJ_STR("％")));
}

/* The one target of D that is counted in MEASURE, of the only one where none is said; NULL: none,
 * or several. */
static const xj_report_figure *
target_in(const xj_backfill__duty *d, xj_str measure)
{
    const xj_report_figure *found = NULL;

    if (measure.len == 0)
        return d->ntargets == 1 ? &d->targets[0] : NULL;
    for (size_t i = 0; i < d->ntargets; i++) {
        if (!fits(&d->targets[i], measure))
            continue;
        if (found != NULL)
            return NULL;
        found = &d->targets[i];
    }
    return found;
}

static bool
keep(xj_backfill__saying *s, xj_backfill__said *one, const xj_backfill_column *c,
     const xj_report_figure *target, double value)
{
    for (size_t i = 0; i < one->figures.len; i++) {
        xj_report_figure *f = &one->figures.items[i];

        if (!xj_str_eq(f->indicator, target->indicator) || !xj_str_eq(f->measure, target->measure))
            continue;
        if (f->value == value)
            return true;
        xj_backfill__fault(s->w, s->line, "figure_twice", c->col, target->indicator, false);
        return false;
    }
    if (one->figures.len == XJ_REPORT_FIGURES_MAX)
        return false;
    xj_vec_push(&one->figures, s->w->pool,
                ((xj_report_figure){.indicator = target->indicator,
                                    .measure = target->measure,
                                    .has_value = true,
                                    .value = value,
                                    .span = c->period ? XJ_STR("period") : XJ_STR("to_date")}));
    return true;
}

/* A cell that is a number: *KNOWN where it is one, whatever becomes of it. */
static bool
take_number(bool *known, xj_backfill__saying *s, xj_backfill__said *one,
            const xj_backfill_column *c, xj_str cell)
{
    const xj_report_figure *target;
    double value;
    xj_str measure;

    *known = number_of(&value, &measure, cell, s->w->pool) && xj_utf8_count(measure) <= 6;
    if (!*known)
        return false;
    if (measure.len == 0)
        measure = head_measure(c->head);
    target = target_in(s->duty, measure);
    if (target != NULL && measure.len == 0 && xj_str_eq(target->measure, XJ_STR("%")) &&
        value <= 1) {
        xj_backfill__fault(s->w, s->line, "figure_share", c->col, cell, false);
        return false;
    }
    if (target != NULL)
        return keep(s, one, c, target, value);
    xj_backfill__fault(
        s->w, s->line,
        s->duty->ntargets == 1 && measure.len > 0 ? "figure_measure" : "figure_which", c->col,
        s->duty->ntargets == 1 ? xj_str_printf(s->w->pool, XJ_FMT "（" XJ_FMT "）", XJ_ARG(cell),
                                               XJ_ARG(s->duty->targets[0].measure))
                               : cell,
        false);
    return false;
}

/* Words that name their targets: "健康素养水平31.2%，注册志愿者120人". */
static bool
take_words(xj_backfill__saying *s, xj_backfill__said *one, const xj_backfill_column *c, xj_str cell)
{
    const xj_backfill__duty *d = s->duty;
    xj_figure *found;
    bool any = false;
    size_t n;

    xj_figures_find(&found, &n, cell, d->targets, d->ntargets, s->w->plan->year, s->w->pool);
    for (size_t i = 0; i < n; i++) {
        bool others = found[i].shared;

        for (size_t k = 0; k < n; k++)
            others |= k != i && found[k].target == found[i].target;
        if (!others)
            any |= keep(s, one, c, found[i].target, found[i].value);
    }
    if (!any)
        xj_backfill__fault(s->w, s->line, "figure_which", c->col, cell, false);
    return any;
}

/* The part of *REST up to what parts figures; "," stands in 1,200. */
static xj_str
next_piece(xj_str *rest)
{
    static const char *const between[] = {"，", "；", ";", "、", "\n"};
    size_t end = rest->len, skip = 0;
    xj_str piece;

    for (size_t i = 0; i < sizeof between / sizeof *between; i++) {
        const size_t at = xj_str_find(*rest, xj_str_c(between[i]), 0);

        if (at != XJ_NPOS && at < end) {
            end = at;
            skip = strlen(between[i]);
        }
    }
    piece = xj_str_trim(xj_str_sub(*rest, 0, end));
    *rest = xj_str_skip(*rest, end + skip);
    return piece;
}

bool
xj_backfill__take_figure(xj_backfill__saying *s, xj_backfill__said *one,
                         const xj_backfill_column *c, xj_str cell)
{
    const size_t slash = xj_str_find(cell, XJ_STR("/"), 0);
    bool all = true;

    if (s->duty->ntargets == 0) {
        xj_backfill__fault(s->w, s->line, "figure_no_target", c->col, cell, false);
        return false;
    }
    /* 目标值/完成值: the second of two */
    if (slash != XJ_NPOS && xj_str_has(c->head, XJ_STR("/")) && xj_str_has(c->head, XJ_STR("目标")))
        cell = xj_str_trim(xj_str_skip(cell, slash + 1));
    while (cell.len > 0) {
        const xj_str piece = next_piece(&cell);
        bool known, taken;

        if (piece.len == 0)
            continue;
        taken = take_number(&known, s, one, c, piece);
        all &= known ? taken : take_words(s, one, c, piece);
    }
    return all;
}

xj_str
xj_backfill__figure_words(const xj_backfill__said *one, xj_pool *pool)
{
    xj_buf out;

    xj_buf_init(&out, pool, (size_t)1 << 16);
    for (size_t i = 0; i < one->figures.len; i++) {
        const xj_report_figure *f = &one->figures.items[i];

        xj_buf_printf(&out, "%s" XJ_FMT "%.10g" XJ_FMT, i == 0 ? "" : "；", XJ_ARG(f->indicator),
                      f->value, XJ_ARG(f->measure));
    }
    return xj_buf_str(&out);
}

bool
xj_backfill__same_figures(const xj_report_text *a, const xj_report_text *b)
{
    if (a->nfigures != b->nfigures)
        return false;
    for (size_t i = 0; i < a->nfigures; i++) {
        bool found = false;

        for (size_t k = 0; k < b->nfigures; k++)
            found |= xj_str_eq(a->figures[i].indicator, b->figures[k].indicator) &&
                     xj_str_eq(a->figures[i].measure, b->figures[k].measure) &&
                     xj_str_eq(a->figures[i].span, b->figures[k].span) &&
                     a->figures[i].value == b->figures[k].value;
        if (!found)
            return false;
    }
    return true;
}

void
xj_backfill__compare_goal(xj_backfill__saying *s)
{
    const xj_backfill__duty *d = s->duty;
    int col;
    const xj_str cell = xj_backfill__cell(s->line->row, XJ_BACKFILL_GOAL, &col);
    xj_str measure;
    double value;

    if (cell.len == 0 || d->ntargets != 1 || !number_of(&value, &measure, cell, s->w->pool))
        return;
    if (!xj_str_has(d->targets[0].goals, xj_str_printf(s->w->pool, "%.10g", value)))
        xj_backfill__fault(s->w, s->line, "goal", col, d->targets[0].goals, false);
}
