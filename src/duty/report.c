/* What returns say: looking. */
#include "duty/report_priv.h"

/* ---- the parts of a whole return, each one query ---- */

static xj_report_row *
find_row(xj_report *report, int64_t duty)
{
    for (size_t i = 0; i < report->nrows; i++)
        if (report->rows[i].duty == duty)
            return &report->rows[i];
    return NULL;
}

static int64_t
percent_of(const xj_rows *rows, int col)
{
    return xj_row_null(rows, col) ? -1 : xj_row_int(rows, col);
}

static xj_str
text_or_empty(const xj_rows *rows, int col, xj_pool *result)
{
    return xj_row_null(rows, col) ? XJ_STR("") : xj_str_dup(xj_row_str(rows, col), result);
}

static xj_report_row
row_of(const xj_rows *rows, xj_pool *result)
{
    return (xj_report_row){.duty = xj_row_int(rows, 0),
                           .action_no = xj_row_int(rows, 1),
                           .action = xj_row_text(rows, 2, result),
                           .no = xj_row_text(rows, 3, result),
                           .title = xj_row_text(rows, 4, result),
                           .words = xj_row_text(rows, 5, result),
                           .deadline_kind = xj_row_text(rows, 6, result),
                           .due = xj_row_text(rows, 7, result),
                           .strength = xj_row_text(rows, 8, result),
                           .state = xj_row_text(rows, 9, result),
                           .why = xj_row_text(rows, 10, result),
                           .plan_task = xj_row_int(rows, 11),
                           .text = {.text = text_or_empty(rows, 12, result),
                                    .percent = percent_of(rows, 13),
                                    .difficulties = text_or_empty(rows, 14, result),
                                    .next_step = text_or_empty(rows, 15, result),
                                    .same = xj_row_int(rows, 16) != 0},
                           .on_behalf = xj_row_int(rows, 17) != 0,
                           .changed_name = xj_row_text(rows, 18, result),
                           .changed_at = xj_row_int(rows, 19),
                           .version = xj_row_int(rows, 20),
                           .judge = xj_row_text(rows, 21, result),
                           .last_percent = -1};
}

static xj_error *
read_rows(xj_report *report, xj_rows *rows, xj_pool *result)
{
    XJ_VEC(xj_report_row) found = {0};

    for (;;) {
        bool more;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result, row_of(rows, result));
    }
    report->rows = found.items;
    report->nrows = found.len;
    return NULL;
}

/* The day two years before DUE: what was said earlier is no "last time". */
static xj_str
long_ago(xj_str due, xj_pool *result)
{
    xj_date day = xj_day_parse(due);

    return xj_day_str((xj_date){day.year - 2, day.month, 1}, result);
}

/* Where LAST is not NULL, LAST[i] is the return in which row i was said last. */
static xj_error *
read_lasts(xj_report *report, int64_t *last, xj_rows *rows, xj_pool *result)
{
    for (;;) {
        xj_report_row *row;
        bool more;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        row = find_row(report, xj_row_int(rows, 0));
        if (row == NULL)
            continue;
        row->last_due = xj_row_text(rows, 1, result);
        row->last_text = xj_row_text(rows, 2, result);
        row->last_percent = percent_of(rows, 3);
        row->last_difficulties = xj_row_text(rows, 4, result);
        row->last_next_step = xj_row_text(rows, 5, result);
        if (last != NULL)
            last[row - report->rows] = xj_row_int(rows, 6);
    }
}

/* ---- figures ---- */

struct figures {
    XJ_VEC(xj_report_figure) items;
};

static xj_report_figure *
find_figure(xj_report_figure *figures, size_t n, xj_str indicator, xj_str measure)
{
    for (size_t i = 0; i < n; i++)
        if (xj_str_eq(figures[i].indicator, indicator) && xj_str_eq(figures[i].measure, measure))
            return &figures[i];
    return NULL;
}

static void
add_target(struct figures *figures, const xj_rows *rows, xj_pool *result)
{
    const xj_str measure = text_or_empty(rows, 2, result);
    xj_report_figure *known =
        find_figure(figures->items.items, figures->items.len, xj_row_str(rows, 1), measure);

    if (known != NULL) {
        known->goals = xj_str_printf(result, XJ_FMT "；" XJ_FMT, XJ_ARG(known->goals),
                                     XJ_ARG(xj_row_str(rows, 3)));
        return;
    }
    xj_vec_push(&figures->items, result,
                ((xj_report_figure){.indicator = xj_row_text(rows, 1, result),
                                    .measure = measure,
                                    .goals = xj_row_text(rows, 3, result),
                                    .has_value = !xj_row_null(rows, 4),
                                    .value = xj_row_real(rows, 4),
                                    .span = xj_row_text(rows, 5, result)}));
}

static xj_error *
read_figures(xj_report *report, xj_rows *rows, xj_pool *result)
{
    struct figures *figures = XJ_NEW_ARRAY(result, struct figures, report->nrows);

    for (;;) {
        xj_report_row *row;
        bool more;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        row = find_row(report, xj_row_int(rows, 0));
        if (row != NULL)
            add_target(&figures[row - report->rows], rows, result);
    }
    for (size_t i = 0; i < report->nrows; i++) {
        report->rows[i].text.figures = figures[i].items.items;
        report->rows[i].text.nfigures = figures[i].items.len;
    }
    return NULL;
}

/* The figures of return ID, for the rows that were said last in it. */
static xj_error *
read_last_figures(xj_report *report, const int64_t *last, int64_t id, xj_db *db, int64_t tenant,
                  int64_t as, xj_pool *result)
{
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, db, SQL_REPORT_FIGURES_OF, "iii", tenant, id, as));
    for (;;) {
        xj_report_figure *figure = NULL;
        xj_report_row *row;
        bool more;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        row = find_row(report, xj_row_int(rows, 0));
        if (row != NULL && last[row - report->rows] == id)
            figure = find_figure(row->text.figures, row->text.nfigures, xj_row_str(rows, 1),
                                 xj_row_str(rows, 2));
        if (figure == NULL)
            continue;
        figure->had_value = true;
        figure->last_value = xj_row_real(rows, 3);
        figure->last_span = xj_row_text(rows, 4, result);
    }
}

/* Rows are said last in few different returns: each is asked for once. */
static xj_error *
read_all_last_figures(xj_report *report, const int64_t *last, xj_db *db, int64_t tenant, int64_t as,
                      xj_pool *result)
{
    for (size_t i = 0; i < report->nrows; i++) {
        bool asked = last[i] == 0 || report->rows[i].text.nfigures == 0;

        for (size_t j = 0; j < i && !asked; j++)
            asked = last[j] == last[i] && report->rows[j].text.nfigures > 0;
        if (!asked)
            XJ_TRY(read_last_figures(report, last, last[i], db, tenant, as, result));
    }
    return NULL;
}

/* ---- feeds and remarks ---- */

struct feeds {
    XJ_VEC(xj_report_feed) items;
};

static xj_report_feed
feed_of(const xj_rows *rows, xj_pool *result)
{
    const bool given = xj_row_int(rows, 4) != 0;
    xj_report_feed feed = {.unit = xj_row_int(rows, 1),
                           .unit_name = xj_row_text(rows, 2, result),
                           .role = xj_row_text(rows, 3, result),
                           .given = given,
                           .text = {.text = XJ_STR(""),
                                    .difficulties = XJ_STR(""),
                                    .next_step = XJ_STR(""),
                                    .percent = -1}};

    if (given) {
        feed.text = (xj_report_text){.text = text_or_empty(rows, 5, result),
                                     .percent = percent_of(rows, 6),
                                     .difficulties = text_or_empty(rows, 7, result),
                                     .next_step = text_or_empty(rows, 8, result)};
        feed.changed_at = xj_row_int(rows, 9);
    }
    return feed;
}

static xj_error *
read_feeds(xj_report *report, xj_rows *rows, xj_pool *result)
{
    struct feeds *feeds = XJ_NEW_ARRAY(result, struct feeds, report->nrows);

    for (;;) {
        xj_report_row *row;
        bool more;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        row = find_row(report, xj_row_int(rows, 0));
        if (row != NULL)
            xj_vec_push(&feeds[row - report->rows].items, result, feed_of(rows, result));
    }
    for (size_t i = 0; i < report->nrows; i++) {
        report->rows[i].feeds = feeds[i].items.items;
        report->rows[i].nfeeds = feeds[i].items.len;
    }
    return NULL;
}

static xj_report_feed *
find_feed(xj_report *report, int64_t duty, int64_t unit)
{
    xj_report_row *row = find_row(report, duty);

    for (size_t i = 0; row != NULL && i < row->nfeeds; i++)
        if (row->feeds[i].unit == unit)
            return &row->feeds[i];
    return NULL;
}

static xj_error *
read_feed_figures(xj_report *report, xj_rows *rows, xj_pool *result)
{
    xj_report_feed *feed = NULL;
    struct figures figures = {0};

    for (;;) {
        xj_report_feed *next;
        bool more;

        XJ_TRY(xj_rows_next(rows, &more));
        next = more ? find_feed(report, xj_row_int(rows, 0), xj_row_int(rows, 1)) : NULL;
        if (feed != NULL && next != feed) {
            feed->text.figures = figures.items.items;
            feed->text.nfigures = figures.items.len;
            figures = (struct figures){0};
        }
        if (!more)
            return NULL;
        feed = next;
        if (feed != NULL && feed->given)
            xj_vec_push(&figures.items, result,
                        ((xj_report_figure){.indicator = xj_row_text(rows, 2, result),
                                            .measure = xj_row_text(rows, 3, result),
                                            .has_value = true,
                                            .value = xj_row_real(rows, 4),
                                            .span = xj_row_text(rows, 5, result)}));
    }
}

struct remarks {
    XJ_VEC(xj_report_remark) items;
};

static xj_error *
read_remarks(xj_report *report, xj_rows *rows, xj_pool *result)
{
    struct remarks *remarks = XJ_NEW_ARRAY(result, struct remarks, report->nrows);

    for (;;) {
        xj_report_row *row;
        bool more;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        row = find_row(report, xj_row_int(rows, 0));
        if (row != NULL)
            xj_vec_push(&remarks[row - report->rows].items, result,
                        ((xj_report_remark){.id = xj_row_int(rows, 1),
                                            .quote = xj_row_text(rows, 2, result),
                                            .remark = xj_row_text(rows, 3, result),
                                            .person_name = xj_row_text(rows, 4, result),
                                            .made_at = xj_row_int(rows, 5)}));
    }
    for (size_t i = 0; i < report->nrows; i++) {
        report->rows[i].remarks = remarks[i].items.items;
        report->rows[i].nremarks = remarks[i].items.len;
    }
    return NULL;
}

/* ---- the whole ---- */

xj_error *
xj_report__obligation(xj_obligation *o, xj_db *db, int64_t tenant, int64_t id, xj_pool *result)
{
    const xj_scope all = xj_scope_all(tenant);
    xj_obligation_whole *whole;

    XJ_TRY(xj_obligation_get(&whole, db, &all, id, result));
    if (!xj_str_eq(whole->obligation.kind, XJ_STR("return")))
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such return");
    *o = whole->obligation;
    return NULL;
}

/* The rows that UNIT feeds, and no others. */
static void
keep_fed(xj_report *report, int64_t unit)
{
    size_t n = 0;

    for (size_t i = 0; i < report->nrows; i++)
        if (find_feed(report, report->rows[i].duty, unit) != NULL)
            report->rows[n++] = report->rows[i];
    report->nrows = n;
}

/* What is asked of a return at once, before the first answer is read. */
struct asked {
    xj_rows *rows, *feeds, *lasts, *figures, *feed_figures, *counties, *remarks;
};

static xj_error *
ask(struct asked *a, const xj_obligation *o, xj_db *db, int64_t tenant, int64_t as, xj_pool *pool)
{
    XJ_TRY(xj_db_query(&a->rows, db, SQL_REPORT_ROWS, "iii", as, tenant, o->id));
    XJ_TRY(xj_db_query(&a->feeds, db, SQL_REPORT_FEED_ROWS, "ii", tenant, o->id));
    XJ_TRY(xj_db_query(&a->lasts, db, SQL_REPORT_LASTS, "iiiss", tenant, o->id, as, o->due,
                       long_ago(o->due, pool)));
    XJ_TRY(xj_db_query(&a->figures, db, SQL_REPORT_FIGURES, "iii", as, tenant, o->id));
    XJ_TRY(xj_db_query(&a->feed_figures, db, SQL_REPORT_FEED_FIGURES, "ii", tenant, o->id));
    XJ_TRY(xj_db_query(&a->counties, db, SQL_REPORT_COUNTIES, "ii", tenant, o->id));
    return xj_db_query(&a->remarks, db, SQL_REPORT_REMARKS, "ii", tenant, o->id);
}

/* Everything of *REPORT but its obligation; LAST as for read_lasts, not NULL. */
xj_error *
xj_report__read(xj_report *report, int64_t **last, xj_db *db, int64_t tenant, int64_t as,
                xj_pool *result)
{
    const bool feeding = as != report->obligation.unit;
    struct asked asked;

    XJ_TRY(ask(&asked, &report->obligation, db, tenant, as, result));
    XJ_TRY(read_rows(report, asked.rows, result));
    XJ_TRY(read_feeds(report, asked.feeds, result));
    if (feeding)
        keep_fed(report, as);
    *last = XJ_NEW_ARRAY(result, int64_t, report->nrows);
    XJ_TRY(read_lasts(report, *last, asked.lasts, result));
    XJ_TRY(read_figures(report, asked.figures, result));
    XJ_TRY(read_all_last_figures(report, *last, db, tenant, as, result));
    XJ_TRY(read_feed_figures(report, asked.feed_figures, result));
    if (feeding) {
        xj_rows_close(asked.counties);
    } else {
        xj_report__sum(report);
        XJ_TRY(xj_report__counties(report, asked.counties, result));
    }
    return read_remarks(report, asked.remarks, result);
}

xj_error *
xj_report_get(xj_report **out, xj_db *db, const xj_scope *scope, int64_t id, int64_t as,
              xj_pool *result)
{
    xj_report *report = XJ_NEW(result, xj_report);
    int64_t *last;

    XJ_TRY(xj_report__obligation(&report->obligation, db, scope->tenant, id, result));
    if (as == 0)
        as = report->obligation.unit;
    if (!xj_scope_has(scope, scope->tenant, as))
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such return");
    XJ_TRY(xj_report__read(report, &last, db, scope->tenant, as, result));
    if (as != report->obligation.unit && report->nrows == 0)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such return");
    if (as == report->obligation.unit && !report->obligation.open)
        XJ_TRY(xj_signing_signed(&report->signatures, &report->nsignatures, db, scope->tenant, id,
                                 result));
    *out = report;
    return NULL;
}

/* A return is fed while it is owed; what is due a year from now is nobody's business yet. */
#define FEED_AHEAD_DAYS 60

xj_error *
xj_report_feeds(xj_report_task **items, size_t *n, xj_db *db, const xj_scope *scope, int64_t unit,
                int64_t limit, xj_pool *result)
{
    const xj_str until = xj_day_str(xj_date_add_days(xj_day_of(xj_now()), FEED_AHEAD_DAYS), result);
    XJ_VEC(xj_report_task) found = {0};
    xj_rows *rows;

    *items = NULL;
    *n = 0;
    if (!xj_scope_has(scope, scope->tenant, unit))
        return NULL;
    XJ_TRY(xj_db_query(&rows, db, SQL_REPORT_FEEDING, "iisi", scope->tenant, unit, until, limit));
    for (;;) {
        bool more;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    ((xj_report_task){.obligation = xj_row_int(rows, 0),
                                      .version = xj_row_int(rows, 1),
                                      .unit = xj_row_int(rows, 2),
                                      .unit_name = xj_row_text(rows, 3, result),
                                      .due = xj_row_text(rows, 4, result),
                                      .period = xj_row_text(rows, 5, result),
                                      .state = xj_row_text(rows, 6, result),
                                      .rows = xj_row_int(rows, 7),
                                      .given = xj_row_int(rows, 8)}));
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}
