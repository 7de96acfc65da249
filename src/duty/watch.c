/* What waits, how lights changed, what was said and asked. */
#include "duty/watch.h"

#include "duty/duty_priv.h"

xj_error *
xj_watch_counts(xj_watch *watch, xj_db *db, const xj_scope *scope, xj_date day)
{
    char today[XJ_DATE_LEN], soon[XJ_DATE_LEN], decide[XJ_DATE_LEN];
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_WATCH_COUNTS, "iisss", scope->tenant,
                       (int64_t)scope->restricted, xj_date_format(today, day),
                       xj_date_format(soon, xj_date_add_days(day, XJ_WATCH_SOON_DAYS)),
                       xj_date_format(decide, xj_date_add_days(day, XJ_WATCH_DECIDE_DAYS))));
    XJ_TRY(xj_rows_next(rows, &more));
    XJ_ASSERT(more);
    *watch = (xj_watch){.receipts = xj_row_int(rows, 0),
                        .late = xj_row_int(rows, 1),
                        .soon = xj_row_int(rows, 2),
                        .sent = xj_row_int(rows, 3),
                        .asked = xj_row_int(rows, 4),
                        .reviewed = xj_row_int(rows, 5),
                        .unsettled = xj_row_int(rows, 6),
                        .suspended = xj_row_int(rows, 7),
                        .decisions = xj_row_int(rows, 8),
                        .drafts = xj_row_int(rows, 9),
                        .orders = xj_row_int(rows, 10),
                        .requests = xj_row_int(rows, 11)};
    xj_rows_close(rows);
    return NULL;
}

/* ---- lights over time ---- */

/* The days of a trend: DAY, and the ends of the N months before it. */
static xj_trend_point *
trend_days(xj_date day, int n, xj_pool *result)
{
    xj_trend_point *points = XJ_NEW_ARRAY(result, xj_trend_point, (size_t)n + 1);
    int year = day.year, month = day.month;

    points[n].day = xj_day_str(day, result);
    for (int i = n - 1; i >= 0; i--) {
        if (--month == 0) {
            month = 12;
            year--;
        }
        points[i].day = xj_day_str(xj_month_end(year, month), result);
    }
    return points;
}

xj_error *
xj_light_trend(xj_trend_point **points, xj_db *db, int64_t tenant, int64_t programme, xj_date day,
               int n, xj_pool *result)
{
    xj_trend_point *p = trend_days(day, n, result);
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_LIGHT_SPANS, "issi", tenant, p[0].day, p[n].day, programme));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        for (int i = 0; i <= n; i++)
            if (xj_str_cmp(xj_row_str(rows, 0), p[i].day) <= 0 &&
                xj_str_cmp(xj_row_str(rows, 1), p[i].day) > 0)
                xj_duty__count_light(&p[i].count, xj_row_str(rows, 2), xj_row_int(rows, 3));
    }
    *points = p;
    return NULL;
}

xj_error *
xj_light_turns(xj_light_turn **items, size_t *n, xj_db *db, int64_t tenant, const xj_turn_filter *f,
               xj_str after_on, int64_t after_duty, int64_t limit, xj_pool *result)
{
    xj_list *list = xj_list_new(SQL_LIGHT_TURNS, result);
    XJ_VEC(xj_light_turn) found = {0};
    xj_rows *rows;
    bool more;

    if (f->action_no >= 0)
        xj_list_int(list, "action_no", XJ_COND_EQ, f->action_no);
    xj_list_order(list, "from", true);
    if (after_on.data != NULL)
        xj_list_after_str(list, after_on, after_duty);
    XJ_TRY(xj_list_query(&rows, list, db, limit, "issis", tenant, f->from, f->to, f->programme,
                         f->light));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_light_turn){.duty = xj_row_int(rows, 0),
                                    .action_no = xj_row_int(rows, 1),
                                    .action = xj_row_text(rows, 2, result),
                                    .no = xj_row_text(rows, 3, result),
                                    .title = xj_row_text(rows, 4, result),
                                    .unit = xj_row_int(rows, 5),
                                    .unit_name = xj_row_text(rows, 6, result),
                                    .on = xj_row_text(rows, 7, result),
                                    .until = xj_row_text(rows, 8, result),
                                    .reason = xj_row_text(rows, 9, result),
                                    .before = xj_row_text(rows, 10, result),
                                    .now = xj_row_text(rows, 11, result)});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

/* ---- what returns said of a duty task ---- */

static xj_error *
read_figures(xj_said *s, xj_db *db, int64_t tenant, int64_t duty, xj_pool *result)
{
    XJ_VEC(xj_report_figure) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_SAID_FIGURES, "iiii", tenant, s->obligation, duty, s->unit));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_report_figure){.indicator = xj_row_text(rows, 0, result),
                                       .measure = xj_row_text(rows, 1, result),
                                       .has_value = true,
                                       .value = xj_row_real(rows, 2),
                                       .span = xj_row_text(rows, 3, result)});
    }
    s->text.figures = found.items;
    s->text.nfigures = found.len;
    return NULL;
}

static xj_error *
read_files(xj_said *s, xj_db *db, int64_t tenant, int64_t duty, xj_pool *result)
{
    XJ_VEC(xj_said_file) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_SAID_FILES, "iiii", tenant, s->obligation, duty, s->unit));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_said_file){.id = xj_row_int(rows, 0),
                                   .name = xj_row_text(rows, 1, result),
                                   .kind = xj_row_text(rows, 2, result),
                                   .size = xj_row_int(rows, 3)});
    }
    s->files = found.items;
    s->nfiles = found.len;
    return NULL;
}

static xj_error *
read_remarks(xj_said *s, xj_db *db, int64_t tenant, int64_t duty, xj_pool *result)
{
    XJ_VEC(xj_report_remark) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_SAID_REMARKS, "iii", tenant, s->obligation, duty));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_report_remark){.id = xj_row_int(rows, 0),
                                       .quote = xj_row_text(rows, 1, result),
                                       .remark = xj_row_text(rows, 2, result),
                                       .person_name = xj_row_text(rows, 3, result),
                                       .made_at = xj_row_int(rows, 4)});
    }
    s->remarks = found.items;
    s->nremarks = found.len;
    return NULL;
}

static void
read_said(xj_said *s, const xj_rows *rows, xj_pool *result)
{
    *s = (xj_said){.obligation = xj_row_int(rows, 0),
                   .unit = xj_row_int(rows, 1),
                   .unit_name = xj_row_text(rows, 2, result),
                   .due = xj_row_text(rows, 3, result),
                   .period = xj_row_text(rows, 4, result),
                   .state = xj_row_text(rows, 5, result),
                   .why = xj_row_text(rows, 6, result),
                   .sent_on = xj_row_text(rows, 7, result),
                   .text.percent = -1};
    /* What was not sent is a draft of the unit. */
    if (xj_str_eq(s->state, XJ_STR("open")))
        return;
    s->text = (xj_report_text){.text = xj_row_text(rows, 8, result),
                               .percent = xj_row_null(rows, 9) ? -1 : xj_row_int(rows, 9),
                               .difficulties = xj_row_text(rows, 10, result),
                               .next_step = xj_row_text(rows, 11, result)};
    s->on_behalf = xj_row_int(rows, 12) != 0;
    s->changed_name = xj_row_text(rows, 13, result);
}

xj_error *
xj_said_list(xj_said **items, size_t *n, xj_db *db, const xj_scope *scope, int64_t duty,
             xj_str after_due, int64_t after_id, int64_t limit, xj_pool *result)
{
    xj_list *list = xj_list_new(SQL_SAID_LIST, result);
    XJ_VEC(xj_said) found = {0};
    xj_rows *rows;
    bool more;

    xj_duty__scope(list, scope, result);
    xj_list_order(list, "due", true);
    if (after_due.data != NULL)
        xj_list_after_str(list, after_due, after_id);
    XJ_TRY(xj_list_query(&rows, list, db, limit, "ii", scope->tenant, duty));
    for (;;) {
        xj_said s;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        read_said(&s, rows, result);
        xj_vec_push(&found, result, s);
    }
    for (size_t i = 0; i < found.len; i++) {
        if (xj_str_eq(found.items[i].state, XJ_STR("open")))
            continue;
        XJ_TRY(read_figures(&found.items[i], db, scope->tenant, duty, result));
        XJ_TRY(read_files(&found.items[i], db, scope->tenant, duty, result));
        XJ_TRY(read_remarks(&found.items[i], db, scope->tenant, duty, result));
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

/* ---- figures of an action ---- */

static bool
same_kind(const xj_action_figure *a, const xj_action_figure *b)
{
    return a->duty == b->duty && a->unit == b->unit && xj_str_eq(a->indicator, b->indicator) &&
           xj_str_eq(a->measure, b->measure);
}

xj_error *
xj_action_figures(xj_action_figure **items, size_t *n, xj_db *db, const xj_scope *scope,
                  int64_t programme, int64_t action_no, xj_pool *result)
{
    XJ_VEC(xj_action_figure) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_ACTION_FIGURES, "iii", scope->tenant, programme, action_no));
    for (;;) {
        xj_action_figure f;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        if (!xj_scope_has(scope, scope->tenant, xj_row_int(rows, 3)))
            continue;
        f = (xj_action_figure){.duty = xj_row_int(rows, 0),
                               .no = xj_row_text(rows, 1, result),
                               .title = xj_row_text(rows, 2, result),
                               .unit = xj_row_int(rows, 3),
                               .unit_name = xj_row_text(rows, 4, result),
                               .indicator = xj_row_text(rows, 5, result),
                               .measure = xj_row_text(rows, 6, result),
                               .value = xj_row_real(rows, 7),
                               .span = xj_row_text(rows, 8, result),
                               .due = xj_row_text(rows, 9, result)};
        if (found.len > 0 && same_kind(&found.items[found.len - 1], &f))
            found.items[found.len - 1] = f;
        else
            xj_vec_push(&found, result, f);
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

/* ---- what units were asked for ---- */

xj_error *
xj_asked_list(xj_asked_month **items, size_t *n, xj_db *db, int64_t tenant, int year,
              xj_pool *result)
{
    XJ_VEC(xj_asked_month) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_ASKED_MONTHS, "iss", tenant,
                       xj_str_printf(result, "%04d-01-01", year),
                       xj_str_printf(result, "%04d-12-31", year)));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_asked_month){.unit = xj_row_int(rows, 0),
                                     .name = xj_row_text(rows, 1, result),
                                     .month = xj_row_text(rows, 2, result),
                                     .returns = xj_row_int(rows, 3),
                                     .reports = xj_row_int(rows, 4),
                                     .notices = xj_row_int(rows, 5),
                                     .chases = xj_row_int(rows, 6)});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}
