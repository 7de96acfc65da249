/*
 * What a draft says.
 *
 * A sentence is either a quotation (words or figures as somebody gave them, with who and when) or a
 * count, and what is counted stands under its mark.  Nothing is estimated, rounded or judged.
 */
#include "summary/summary_priv.h"

#include "base/cal.h"
#include "duty/calendar.h"
#include "inspect/inspect.h"
#include "store/statements.h"

#define QUOTE_MAX 400 /* characters */
#define FINDINGS_MAX 2000

static xj_str
task_words(const xj__summary_task *t, xj_pool *pool)
{
    return xj_str_printf(pool, XJ_FMT "%s" XJ_FMT, XJ_ARG(t->no), t->no.len == 0 ? "" : ".",
                         XJ_ARG(xj_summary__line(t->title, 60, pool)));
}

static void
rest_on_task(xj__draft *d, const xj__summary_task *t, const char *counted)
{
    xj_summary__rest(d, "duty", t->id, 0, counted, task_words(t, d->pool));
}

static void
rest_on_row(xj__draft *d, const xj__summary_task *t, const char *kind)
{
    xj_summary__rest(d, kind, t->obligation, t->id, "",
                     xj_str_printf(d->pool, XJ_FMT " " XJ_FMT "：" XJ_FMT, XJ_ARG(t->said_name),
                                   XJ_ARG(t->period), XJ_ARG(task_words(t, d->pool))));
}

static const char *
how_sure(const xj__summary_task *t)
{
    return xj_str_eq(t->row_state, XJ_STR("accepted")) ? "已审核" : "已报送，未审核";
}

static bool
is_done(const xj__summary_task *t)
{
    return xj_str_eq(t->state, XJ_STR("done")) || xj_str_eq(t->state, XJ_STR("archived"));
}

static bool
has_light(const xj__summary_task *t, const char *light)
{
    return !is_done(t) && t->light.data != NULL && xj_str_eq(t->light, xj_str_c(light));
}

/* ---- 总体情况 ---- */

static bool
was_returned(const xj__summary_task *t)
{
    return t->obligation != 0;
}

static bool
is_red(const xj__summary_task *t)
{
    return has_light(t, "red");
}

static bool
is_yellow(const xj__summary_task *t)
{
    return has_light(t, "yellow");
}

/* How many tasks IS says; they are what the count rests on. */
static int
count(xj__draft *d, bool (*is)(const xj__summary_task *t), const char *counted)
{
    int n = 0;

    for (size_t i = 0; i < d->tasks.len; i++) {
        if (!is(&d->tasks.items[i]))
            continue;
        rest_on_task(d, &d->tasks.items[i], counted);
        n++;
    }
    return n;
}

static xj_error *
overview(xj__draft *d)
{
    int done, returned, red, yellow;

    if (d->tasks.len == 0)
        return NULL;
    for (size_t i = 0; i < d->tasks.len; i++)
        rest_on_task(d, &d->tasks.items[i], "all");
    done = count(d, is_done, "done");
    xj_buf_printf(&d->body, "截至" XJ_FMT "，" XJ_FMT "共有任务%zu项，其中已办结%d项，未办结%d项。",
                  XJ_ARG(xj_summary__day(d->as_of, d->pool)), XJ_ARG(d->row.unit_name),
                  d->tasks.len, done, (int)d->tasks.len - done);
    for (size_t i = 0; i < d->tasks.len; i++)
        if (!is_done(&d->tasks.items[i]))
            rest_on_task(d, &d->tasks.items[i], "open");
    xj_summary__end(d);
    returned = count(d, was_returned, "returned");
    if (returned > 0) {
        xj_buf_printf(&d->body, "本期报送了进展的任务%d项。", returned);
        xj_summary__end(d);
    }
    red = count(d, is_red, "red");
    yellow = count(d, is_yellow, "yellow");
    if (red + yellow > 0) {
        xj_buf_printf(&d->body, "未办结任务中，亮红灯%d项，亮黄灯%d项。", red, yellow);
        xj_summary__end(d);
    }
    return NULL;
}

/* ---- 进展、困难、下一步：引用报送 ---- */

/* A sentence of each task that WHAT picks something of, under the names of the actions. */
static void
quote_each(xj__draft *d, xj_str (*what)(const xj__summary_task *t))
{
    int64_t action = -1;

    for (size_t i = 0; i < d->tasks.len; i++) {
        const xj__summary_task *t = &d->tasks.items[i];
        const xj_str text = xj_summary__line(what(t), QUOTE_MAX, d->pool);

        if (t->obligation == 0 || text.len == 0)
            continue;
        if (t->action_no != action && d->row.action_no < 0 && t->action.len > 0)
            xj_buf_printf(&d->body, "（" XJ_FMT "）\n", XJ_ARG(t->action));
        action = t->action_no;
        xj_buf_printf(&d->body, XJ_FMT "：" XJ_FMT "（" XJ_FMT "，" XJ_FMT "报，%s）",
                      XJ_ARG(task_words(t, d->pool)), XJ_ARG(text), XJ_ARG(t->said_name),
                      XJ_ARG(xj_summary__day(t->sent_on, d->pool)), how_sure(t));
        rest_on_row(d, t, "return_row");
        xj_summary__end(d);
    }
}

static xj_str
said_text(const xj__summary_task *t)
{
    return t->text;
}

static xj_str
said_difficulties(const xj__summary_task *t)
{
    return t->difficulties;
}

static xj_str
said_next(const xj__summary_task *t)
{
    return t->next_step;
}

static xj_error *
progress(xj__draft *d)
{
    quote_each(d, said_text);
    return NULL;
}

static xj_error *
difficulties(xj__draft *d)
{
    quote_each(d, said_difficulties);
    return NULL;
}

static xj_error *
next_steps(xj__draft *d)
{
    quote_each(d, said_next);
    return NULL;
}

/* ---- 指标 ---- */

struct figure {
    xj_str indicator, measure, span, goals;
    double value;
};

static xj_error *
figures_of(struct figure **items, size_t *n, xj__draft *d, const xj__summary_task *t)
{
    XJ_VEC(struct figure) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(d->tx), SQL_SUMMARY_FIGURES, "iiii", xj_tx_tenant(d->tx),
                       t->obligation, t->id, t->said_by));
    for (;;) {
        const struct figure *last = found.len == 0 ? NULL : &found.items[found.len - 1];
        struct figure f;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        f = (struct figure){.indicator = xj_row_text(rows, 0, d->pool),
                            .measure = xj_row_text(rows, 1, d->pool),
                            .value = xj_row_real(rows, 2),
                            .span = xj_row_text(rows, 3, d->pool),
                            .goals = xj_row_text(rows, 4, d->pool)};
        if (last == NULL || !xj_str_eq(last->indicator, f.indicator) ||
            !xj_str_eq(last->measure, f.measure)) {
            xj_vec_push(&found, d->pool, f);
            continue;
        }
        found.items[found.len - 1].goals =
            xj_str_printf(d->pool, XJ_FMT "；" XJ_FMT, XJ_ARG(last->goals), XJ_ARG(f.goals));
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

static xj_error *
figures(xj__draft *d)
{
    for (size_t i = 0; i < d->tasks.len; i++) {
        const xj__summary_task *t = &d->tasks.items[i];
        struct figure *items;
        size_t n = 0;

        if (t->obligation != 0)
            XJ_TRY(figures_of(&items, &n, d, t));
        for (size_t j = 0; j < n; j++) {
            const struct figure *f = &items[j];

            xj_buf_printf(&d->body, XJ_FMT "：", XJ_ARG(f->indicator));
            if (f->goals.len > 0)
                xj_buf_printf(&d->body, "目标“" XJ_FMT "”，",
                              XJ_ARG(xj_summary__line(f->goals, QUOTE_MAX, d->pool)));
            xj_buf_printf(&d->body, "%s%.15g" XJ_FMT "（" XJ_FMT "，" XJ_FMT "报，%s）",
                          xj_str_eq(f->span, XJ_STR("period")) ? "本期" : "累计", f->value,
                          XJ_ARG(f->measure), XJ_ARG(t->said_name),
                          XJ_ARG(xj_summary__day(t->sent_on, d->pool)), how_sure(t));
            rest_on_row(d, t, "figure");
            xj_summary__end(d);
        }
    }
    return NULL;
}

/* ---- 延期和中止 ---- */

static xj_error *
delays(xj__draft *d)
{
    for (size_t i = 0; i < d->tasks.len; i++) {
        const xj__summary_task *t = &d->tasks.items[i];
        xj_rows *rows;
        bool more;

        XJ_TRY(xj_db_query(&rows, xj_tx_db(d->tx), SQL_SUMMARY_DELAYS, "iiss", xj_tx_tenant(d->tx),
                           t->id, d->row.from_on, d->row.to_on));
        for (;;) {
            XJ_TRY(xj_rows_next(rows, &more));
            if (!more)
                break;
            xj_buf_printf(&d->body, XJ_FMT "：" XJ_FMT "%s，原因：" XJ_FMT,
                          XJ_ARG(task_words(t, d->pool)),
                          XJ_ARG(xj_summary__day(xj_row_str(rows, 1), d->pool)),
                          xj_str_eq(xj_row_str(rows, 0), XJ_STR("extend")) ? "延期" : "中止",
                          XJ_ARG(xj_row_null(rows, 2)
                                     ? XJ_STR("没有写明")
                                     : xj_summary__line(xj_row_str(rows, 2), QUOTE_MAX, d->pool)));
            xj_summary__rest(d, "move", t->id, 0, "", task_words(t, d->pool));
            xj_summary__end(d);
        }
    }
    return NULL;
}

/* ---- 报送 ---- */

struct returned {
    int64_t id;
    xj_str unit, period, due, sent_on;
};

static bool
is_late(const struct returned *r)
{
    return r->sent_on.data != NULL && xj_str_cmp(r->sent_on, r->due) > 0;
}

static xj_error *
read_returns(struct returned **items, size_t *n, xj__draft *d)
{
    XJ_VEC(struct returned) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(d->tx), SQL_SUMMARY_RETURNS, "iisssii", xj_tx_tenant(d->tx),
                       d->row.programme, d->row.from_on, d->row.to_on, d->as_of,
                       d->whole || d->row.action_no >= 0 ? INT64_C(0) : d->row.unit,
                       d->row.action_no));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, d->pool,
                    (struct returned){.id = xj_row_int(rows, 0),
                                      .unit = xj_row_text(rows, 1, d->pool),
                                      .period = xj_row_text(rows, 2, d->pool),
                                      .due = xj_row_text(rows, 3, d->pool),
                                      .sent_on = xj_row_text(rows, 4, d->pool)});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

static void
rest_on_return(xj__draft *d, const struct returned *r, const char *counted)
{
    xj_summary__rest(d, "return", r->id, 0, counted,
                     xj_str_printf(d->pool, XJ_FMT " " XJ_FMT, XJ_ARG(r->unit), XJ_ARG(r->period)));
}

static xj_error *
returns(xj__draft *d)
{
    struct returned *items;
    size_t n, missing = 0, late = 0;

    XJ_TRY(read_returns(&items, &n, d));
    if (n == 0)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        rest_on_return(d, &items[i], "all");
        missing += items[i].sent_on.data == NULL;
        late += is_late(&items[i]);
        rest_on_return(d, &items[i],
                       items[i].sent_on.data == NULL ? "missing"
                       : is_late(&items[i])          ? "late"
                                                     : "in_time");
    }
    xj_buf_printf(&d->body, "本期应报送%zu份，按时报送%zu份，逾期报送%zu份，未报送%zu份。", n,
                  n - missing - late, late, missing);
    xj_summary__end(d);
    for (size_t i = 0; i < n; i++) {
        const struct returned *r = &items[i];

        if (r->sent_on.data != NULL && !is_late(r))
            continue;
        xj_buf_printf(&d->body, XJ_FMT " " XJ_FMT "：应于" XJ_FMT "报送，", XJ_ARG(r->unit),
                      XJ_ARG(r->period), XJ_ARG(xj_summary__day(r->due, d->pool)));
        if (r->sent_on.data == NULL)
            xj_buf_add(&d->body, XJ_STR("未报送。"));
        else
            xj_buf_printf(&d->body, XJ_FMT "报送。", XJ_ARG(xj_summary__day(r->sent_on, d->pool)));
        rest_on_return(d, r, "");
        xj_summary__end(d);
    }
    return NULL;
}

/* ---- 督导 ---- */

static bool
is_closed(const xj_finding *f)
{
    return f->duty != 0 && xj_str_eq(f->state, XJ_STR("struck_off"));
}

/* By the action that they are about; those of none at the end. */
static int
by_action(const void *a, const void *b)
{
    const xj_finding *x = a, *y = b;
    const int64_t p = x->action_no < 0 ? INT64_MAX : x->action_no,
                  q = y->action_no < 0 ? INT64_MAX : y->action_no;

    if (p != q)
        return p < q ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

/* Findings of these days that the units know of: what a visit found before it was told is nobody's
 * to read, whoever drafts. */
static xj_error *
told_findings(xj_finding **items, size_t *n, xj__draft *d)
{
    const xj_finding_filter filter = {.unit = d->whole || d->row.action_no >= 0 ? 0 : d->row.unit,
                                      .programme = d->row.programme,
                                      .action_no = d->row.action_no};
    size_t all;

    XJ_TRY(xj_finding_list(items, &all, xj_tx_db(d->tx), d->asked->findings, &filter, 0,
                           FINDINGS_MAX, d->pool));
    *n = 0;
    for (size_t i = 0; i < all; i++) {
        const xj_finding *f = &(*items)[i];

        if (f->told && f->done && f->programme == d->row.programme &&
            xj_str_cmp(f->visit_on, d->row.from_on) >= 0 &&
            xj_str_cmp(f->visit_on, d->row.to_on) <= 0)
            (*items)[(*n)++] = *f;
    }
    if (*n > 1)
        qsort(*items, *n, sizeof **items, by_action);
    return NULL;
}

static xj_error *
findings(xj__draft *d)
{
    size_t n, closed = 0, open = 0;
    xj_finding *items;

    XJ_TRY(told_findings(&items, &n, d));
    if (n == 0)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        const xj_str words = xj_summary__line(items[i].words, 60, d->pool);

        xj_summary__rest(d, "finding", items[i].id, 0, "all", words);
        if (items[i].duty == 0)
            continue;
        closed += is_closed(&items[i]);
        open += !is_closed(&items[i]);
        xj_summary__rest(d, "finding", items[i].id, 0, is_closed(&items[i]) ? "closed" : "open",
                         words);
    }
    xj_buf_printf(&d->body, "本期督导发现问题%zu个，其中要求整改的已销号%zu个、整改中%zu个。", n,
                  closed, open);
    xj_summary__end(d);
    for (size_t i = 0; i < n; i++) {
        const xj_finding *f = &items[i];

        if (f->action.len > 0)
            xj_buf_printf(&d->body, "【" XJ_FMT "】", XJ_ARG(f->action));
        xj_buf_printf(&d->body, XJ_FMT "（" XJ_FMT "，" XJ_FMT "）：%s",
                      XJ_ARG(xj_summary__line(f->words, QUOTE_MAX, d->pool)), XJ_ARG(f->unit_name),
                      XJ_ARG(xj_summary__day(f->visit_on, d->pool)),
                      f->duty == 0   ? "未要求整改。"
                      : is_closed(f) ? "已整改销号。"
                                     : "整改中。");
        xj_summary__rest(d, "finding", f->id, 0, "", xj_summary__line(f->words, 60, d->pool));
        xj_summary__end(d);
    }
    return NULL;
}

/* ---- all of it ---- */

static const struct section {
    const char *kind, *heading;
    xj_error *(*tell)(xj__draft *d);
} sections[] = {
#define XJ_SECTION(kind, what, heading) {#kind, heading, what},
#include "summary/sections.def"
#undef XJ_SECTION
};

bool
xj_summary__is_kind(xj_str kind)
{
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        if (xj_str_eq(kind, xj_str_c(sections[i].kind)))
            return true;
    return false;
}

xj_error *
xj_summary__compose(xj__draft *d)
{
    static const char *const numbers[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九"};
    size_t n = 0;

    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        size_t before;

        if (!xj_str_eq(d->row.kind, xj_str_c(sections[i].kind)))
            continue;
        XJ_ASSERT(n < sizeof numbers / sizeof *numbers);
        xj_buf_printf(&d->body, "%s%s、%s\n", n == 0 ? "" : "\n", numbers[n], sections[i].heading);
        n++;
        before = d->body.len;
        XJ_TRY(sections[i].tell(d));
        if (d->body.len == before)
            xj_buf_add(&d->body, XJ_STR("（没有可以引用的记录，请补写或删去本节。）\n"));
    }
    if (d->mark > XJ_SUMMARY_MARKS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "there is too much for one summary: shorten its days");
    return NULL;
}
