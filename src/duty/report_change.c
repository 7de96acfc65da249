/* What returns say: drafts, sending, review. */
#include "duty/above.h"
#include "duty/signing_priv.h"

#include <math.h>

/* ---- drafts ---- */

static bool
said_anything(const xj_report_text *text)
{
    return text->same || xj_str_trim(text->text).len > 0;
}

static xj_error *
check_draft(const xj_report_draft *d)
{
    XJ_TRY(xj_duty__check_text(d->text.text, XJ_REPORT_TEXT_MAX, d->give && !d->text.same, "text"));
    XJ_TRY(xj_duty__check_text(d->text.difficulties, XJ_REPORT_TEXT_MAX, false, "difficulties"));
    XJ_TRY(xj_duty__check_text(d->text.next_step, XJ_REPORT_TEXT_MAX, false, "next_step"));
    if (d->text.percent < -1 || d->text.percent > 100)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "progress is 0 to 100 percent"),
                           "/percent");
    if (d->text.nfigures > XJ_REPORT_FIGURES_MAX)
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "a row has at most %d figures", XJ_REPORT_FIGURES_MAX),
            "/figures");
    return NULL;
}

xj_error *
xj_report__check_part(xj_tx *tx, const xj_obligation *o, const xj_scope *scope, int64_t unit,
                      int64_t duty)
{
    const bool feeding = unit != o->unit;
    xj_rows *rows;
    bool more = false;

    if (xj_scope_has(scope, xj_tx_tenant(tx), unit)) {
        if (feeding)
            XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_REPORT_HAS_PART, "iiii", unit,
                               xj_tx_tenant(tx), o->id, duty));
        else
            XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_REPORT_ROW_STATE, "iii", xj_tx_tenant(tx),
                               o->id, duty));
        XJ_TRY(xj_rows_next(rows, &more));
        if (more && !feeding && xj_str_eq(xj_row_str(rows, 0), XJ_STR("accepted")))
            return xj_error_new(XJ_E_CONFLICT, "the office has accepted this row already");
        xj_rows_close(rows);
    }
    return more ? NULL : xj_error_new(XJ_E_NOT_FOUND, "the return has no such row of this unit");
}

xj_error *
xj_report__check_owed(const xj_obligation *o)
{
    if (xj_str_eq(o->state, XJ_STR("due")) || xj_str_eq(o->state, XJ_STR("returned")))
        return NULL;
    return xj_error_new(XJ_E_CONFLICT, "the return is not owed any more: it is " XJ_FMT,
                        XJ_ARG(o->state));
}

xj_error *
xj_report_owed(const xj_report *report)
{
    return xj_report__check_owed(&report->obligation);
}

static xj_error *
row_version(int64_t *version, xj_tx *tx, const xj_report_draft *d)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_REPORT_ROW_VERSION, "iiii", xj_tx_tenant(tx),
                       d->obligation, d->duty, d->unit));
    XJ_TRY(xj_rows_next(rows, &more));
    *version = more ? xj_row_int(rows, 0) : 0;
    xj_rows_close(rows);
    return NULL;
}

/* The measure of a figure is one of those in which the plan counts its indicator. */
static xj_error *
check_figure(xj_tx *tx, int64_t duty, const xj_report_figure *f, size_t i)
{
    xj_buf measures;
    xj_rows *rows;
    bool more, known = false;

    if (!isfinite(f->value) || fabs(f->value) > 1e15)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the figure is out of range"),
                           "/figures/%zu/value", i);
    if (!xj_str_eq(f->span, XJ_STR("period")) && !xj_str_eq(f->span, XJ_STR("to_date")))
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a figure is of the period or to date"),
                           "/figures/%zu/span", i);
    xj_buf_init(&measures, xj_tx_pool(tx), 4096);
    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_REPORT_MEASURES, "iis", xj_tx_tenant(tx), duty,
                       f->indicator));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        known |= xj_str_eq(xj_row_str(rows, 0), f->measure);
        xj_buf_printf(&measures, "%s" XJ_FMT, measures.len == 0 ? "" : ", ",
                      XJ_ARG(xj_row_str(rows, 0)));
    }
    if (known)
        return NULL;
    if (measures.len == 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the task has no target \"" XJ_FMT "\"",
                                        XJ_ARG(f->indicator)),
                           "/figures/%zu/indicator", i);
    return xj_error_at(xj_error_new(XJ_E_BAD_INPUT,
                                    "the plan counts this in \"" XJ_FMT "\", not in \"" XJ_FMT "\"",
                                    XJ_ARG(xj_buf_str(&measures)), XJ_ARG(f->measure)),
                       "/figures/%zu/measure", i);
}

xj_error *
xj_report__write_figures(xj_tx *tx, int64_t obligation, int64_t duty, int64_t unit,
                         const xj_report_figure *figures, size_t n)
{
    xj_db *db = xj_tx_db(tx);

    XJ_TRY(
        xj_db_send(db, SQL_REPORT_FIGURES_CLEAR, "iiii", xj_tx_tenant(tx), obligation, duty, unit));
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++)
            if (xj_str_eq(figures[i].indicator, figures[j].indicator) &&
                xj_str_eq(figures[i].measure, figures[j].measure))
                return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the figure is given twice"),
                                   "/figures/%zu", i);
        XJ_TRY(xj_db_send(db, SQL_REPORT_FIGURE_ADD, "iiiissds", xj_tx_tenant(tx), obligation, duty,
                          unit, figures[i].indicator, figures[i].measure, figures[i].value,
                          figures[i].span));
    }
    return NULL;
}

static xj_error *
write_row(xj_tx *tx, int64_t obligation, int64_t duty, int64_t unit, const xj_report_text *text,
          bool given, bool on_behalf, xj_str name)
{
    return xj_db_send(xj_tx_db(tx), SQL_REPORT_ROW_KEEP, "iiiisIssiiiisi", xj_tx_tenant(tx),
                      obligation, duty, unit, text->text, text->percent < 0 ? NULL : &text->percent,
                      text->difficulties, text->next_step, (int64_t)text->same, (int64_t)given,
                      (int64_t)on_behalf, xj_tx_actor(tx), name, xj_tx_now(tx));
}

/* The row of REPORT that says DUTY. */
static xj_report_row *
row_of(xj_report *report, int64_t duty)
{
    for (size_t i = 0; i < report->nrows; i++)
        if (report->rows[i].duty == duty)
            return &report->rows[i];
    return NULL;
}

static xj_error *
check_same(xj_tx *tx, const xj_obligation *o, const xj_report_draft *d)
{
    xj_report report = {.obligation = *o};
    const xj_report_row *row;
    int64_t *last;

    if (!d->text.same)
        return NULL;
    XJ_TRY(
        xj_report__read(&report, &last, xj_tx_db(tx), xj_tx_tenant(tx), d->unit, xj_tx_pool(tx)));
    row = row_of(&report, d->duty);
    if (row == NULL || row->last_due.data == NULL)
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "nothing was returned before: say how it stands"),
            "/same");
    return NULL;
}

xj_error *
xj_report_keep(int64_t *now, xj_tx *tx, const xj_report_draft *d)
{
    xj_obligation o;
    int64_t version;

    xj_tx_subject(tx, "obligation", d->obligation);
    XJ_TRY(check_draft(d));
    XJ_TRY(
        xj_report__obligation(&o, xj_tx_db(tx), xj_tx_tenant(tx), d->obligation, xj_tx_pool(tx)));
    XJ_TRY(xj_report__check_part(tx, &o, d->scope, d->unit, d->duty));
    XJ_TRY(xj_report__check_owed(&o));
    XJ_TRY(row_version(&version, tx, d));
    XJ_TRY(xj_duty__check_version(version, d->version, "row of the return"));
    XJ_TRY(check_same(tx, &o, d));
    for (size_t i = 0; i < d->text.nfigures; i++)
        XJ_TRY(check_figure(tx, d->duty, &d->text.figures[i], i));
    if (d->unit == o.unit) /* what is signed stands still: another text takes it back */
        XJ_TRY(xj_signing__end(tx, o.id, "withdraw", XJ_STR("正文有改动"), d->actor_name));
    XJ_TRY(write_row(tx, d->obligation, d->duty, d->unit, &d->text, d->give, d->on_behalf,
                     d->actor_name));
    XJ_TRY(xj_report__write_figures(tx, d->obligation, d->duty, d->unit, d->text.figures,
                                    d->text.nfigures));
    *now = version + 1;
    return NULL;
}

/* ---- sending ---- */

/* What ROW says, with last time's words and figures to date where nothing changed. */
static xj_error *
carry_over(xj_tx *tx, const xj_report *report, const xj_report_row *row, const xj_report_send *send)
{
    xj_report_text text = {.text = row->last_text,
                           .difficulties = row->last_difficulties,
                           .next_step = row->last_next_step,
                           .percent = row->last_percent,
                           .same = true};
    XJ_VEC(xj_report_figure) figures = {0};

    for (size_t i = 0; i < row->text.nfigures; i++) {
        xj_report_figure figure = row->text.figures[i];

        if (!figure.had_value || !xj_str_eq(figure.last_span, XJ_STR("to_date")))
            continue;
        figure.value = figure.last_value;
        figure.span = figure.last_span;
        xj_vec_push(&figures, xj_tx_pool(tx), figure);
    }
    XJ_TRY(write_row(tx, report->obligation.id, row->duty, report->obligation.unit, &text, false,
                     send->on_behalf, send->actor_name));
    return xj_report__write_figures(tx, report->obligation.id, row->duty, report->obligation.unit,
                                    figures.items, figures.len);
}

static xj_error *
complete_row(xj_tx *tx, const xj_report *report, const xj_report_row *row,
             const xj_report_send *send)
{
    const bool said = said_anything(&row->text);

    if (xj_str_eq(row->state, XJ_STR("accepted")))
        return NULL;
    if (said && !row->text.same)
        return NULL;
    if (!said && !send->rest_same)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "nothing is said of \"" XJ_FMT "\" yet",
                                        XJ_ARG(row->title)),
                           "/rows/%lld", (long long)row->duty);
    if (row->last_due.data == NULL)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT,
                                        "\"" XJ_FMT "\" was not returned before: say how it stands",
                                        XJ_ARG(row->title)),
                           "/rows/%lld", (long long)row->duty);
    return carry_over(tx, report, row, send);
}

xj_error *
xj_report__check_said(const xj_report *report)
{
    for (size_t i = 0; i < report->nrows; i++) {
        const xj_report_row *row = &report->rows[i];

        if (!xj_str_eq(row->state, XJ_STR("accepted")) && !said_anything(&row->text))
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "nothing is said of \"" XJ_FMT "\" yet",
                                            XJ_ARG(row->title)),
                               "/rows/%lld", (long long)row->duty);
    }
    return NULL;
}

xj_error *
xj_report_send_all(int64_t *now, xj_tx *tx, const xj_report_send *send)
{
    const xj_step step = {.move = XJ_STR("send"),
                          .happened_on = send->happened_on,
                          .why = XJ_STR(""),
                          .actor_name = send->actor_name};
    xj_report report = {0};
    bool waits = false;
    int64_t *last;

    xj_tx_subject(tx, "obligation", send->obligation);
    XJ_TRY(xj_report__obligation(&report.obligation, xj_tx_db(tx), xj_tx_tenant(tx),
                                 send->obligation, xj_tx_pool(tx)));
    if (!xj_scope_has(send->scope, xj_tx_tenant(tx), report.obligation.unit))
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such return");
    XJ_TRY(xj_report__check_owed(&report.obligation));
    XJ_TRY(xj_duty__check_version(report.obligation.version, send->version, "return"));
    XJ_TRY(xj_report__read(&report, &last, xj_tx_db(tx), xj_tx_tenant(tx), report.obligation.unit,
                           xj_tx_pool(tx)));
    for (size_t i = 0; i < report.nrows; i++)
        XJ_TRY(complete_row(tx, &report, &report.rows[i], send));
    if (!send->on_behalf) /* what the office enters bears the unit's seal */
        XJ_TRY(xj_signing__begin(&waits, tx, &report, send));
    if (waits)
        return xj_obligation_touch(now, tx, send->obligation, send->version);
    return xj_obligation_step(now, tx, send->obligation, send->version, &step);
}

/* ---- review ---- */

static xj_error *
check_verdicts(const xj_verdict *verdicts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const xj_verdict *v = &verdicts[i];

        if (!v->accepted && xj_str_trim(v->why).len == 0)
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a row goes back with a reason"),
                               "/rows/%zu/why", i);
        if (xj_utf8_count(v->why) > XJ_REPORT_REMARK_MAX)
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a remark has at most %d characters",
                                            XJ_REPORT_REMARK_MAX),
                               "/rows/%zu/why", i);
        if (xj_utf8_count(v->quote) > XJ_REPORT_QUOTE_MAX)
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a quotation has at most %d characters",
                                            XJ_REPORT_QUOTE_MAX),
                               "/rows/%zu/quote", i);
        for (size_t j = 0; j < i; j++)
            if (verdicts[j].duty == v->duty)
                return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the row is named twice"),
                                   "/rows/%zu", i);
    }
    return NULL;
}

static xj_error *
remark(xj_tx *tx, int64_t id, const xj_verdict *v, const xj_report_row *row, xj_str name)
{
    if (v->why.len == 0)
        return NULL;
    if (row->nremarks >= XJ_REPORT_REMARKS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "a row has at most %d remarks", XJ_REPORT_REMARKS_MAX);
    return xj_db_send(xj_tx_db(tx), SQL_REPORT_REMARK_ADD, "iiiissisi", xj_tx_tenant(tx),
                      xj_tx_next_id(tx), id, v->duty, v->quote, v->why, xj_tx_actor(tx), name,
                      xj_tx_now(tx));
}

static xj_error *
left(int64_t *silent, int64_t *returned, xj_tx *tx, int64_t id)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_REPORT_ROWS_LEFT, "ii", xj_tx_tenant(tx), id));
    XJ_TRY(xj_rows_next(rows, &more));
    *silent = xj_row_int(rows, 0);
    *returned = xj_row_int(rows, 1);
    xj_rows_close(rows);
    return NULL;
}

/* Why the return goes back: what was said of the first row that does, now or before. */
static xj_str
first_reason(const xj_verdict *verdicts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!verdicts[i].accepted)
            return verdicts[i].why;
    return XJ_STR("退回的行见各行意见");
}

static xj_error *
judge(xj_tx *tx, xj_report *report, const xj_verdict *verdicts, size_t n, bool above, xj_str name)
{
    for (size_t i = 0; i < n; i++) {
        const xj_verdict *v = &verdicts[i];
        const xj_report_row *row = row_of(report, v->duty);

        if (row == NULL)
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the return has no such row"),
                               "/rows/%zu/duty", i);
        if (!above)
            XJ_TRY(xj_duty__check_judge(tx, report->obligation.id, v->duty));
        XJ_TRY(xj_obligation_row_set(tx, report->obligation.id, v->duty,
                                     v->accepted ? XJ_STR("accepted") : XJ_STR("returned"),
                                     v->why));
        XJ_TRY(remark(tx, report->obligation.id, v, row, name));
    }
    return NULL;
}

/* What is said of rows one by one holds; the return as a whole follows them.  ABOVE: it is said by
 * who gave the tasks, of the return as it stands. */
static xj_error *
review(int64_t *now, xj_tx *tx, int64_t id, int64_t version, const xj_verdict *verdicts, size_t n,
       bool above, xj_str actor_name)
{
    xj_report report = {0};
    int64_t *last, silent, returned;

    xj_tx_subject(tx, "obligation", id);
    XJ_TRY(check_verdicts(verdicts, n));
    XJ_TRY(xj_report__obligation(&report.obligation, xj_tx_db(tx), xj_tx_tenant(tx), id,
                                 xj_tx_pool(tx)));
    if (!xj_str_eq(report.obligation.state, XJ_STR("sent")))
        return xj_error_new(XJ_E_CONFLICT, "the return cannot be reviewed: it is " XJ_FMT,
                            XJ_ARG(report.obligation.state));
    if (above)
        version = report.obligation.version;
    XJ_TRY(xj_duty__check_version(report.obligation.version, version, "return"));
    XJ_TRY(xj_report__read(&report, &last, xj_tx_db(tx), xj_tx_tenant(tx), report.obligation.unit,
                           xj_tx_pool(tx)));
    XJ_TRY(judge(tx, &report, verdicts, n, above, actor_name));
    XJ_TRY(left(&silent, &returned, tx, id));
    if (silent > 0)
        return xj_obligation_touch(now, tx, id, version);
    return xj_obligation_step(
        now, tx, id, version,
        &(xj_step){.move = returned > 0 ? XJ_STR("return") : XJ_STR("accept"),
                   .why = returned > 0 ? first_reason(verdicts, n) : XJ_STR(""),
                   .actor_name = actor_name,
                   .rows_apart = true});
}

xj_error *
xj_report_review(int64_t *now, xj_tx *tx, int64_t id, int64_t version, const xj_verdict *verdicts,
                 size_t n, xj_str actor_name)
{
    return review(now, tx, id, version, verdicts, n, false, actor_name);
}

xj_error *
xj_above_review(xj_tx *tx, int64_t id, const xj_verdict *verdicts, size_t n, xj_str actor_name)
{
    int64_t now;

    return review(&now, tx, id, 0, verdicts, n, true, actor_name);
}
