/* Returns as the contract has them. */
#include "api/report_json.h"

#include "api/api_priv.h"

static void
real(xj_json *w, const char *key, bool has, double value)
{
    xj_json_key(w, key);
    if (has)
        xj_json_real(w, value);
    else
        xj_json_null(w);
}

void
xj_json_said_figures(xj_json *w, const xj_report_text *text)
{
    xj_json_key(w, "figures");
    xj_json_array(w);
    for (size_t i = 0; i < text->nfigures; i++) {
        const xj_report_figure *f = &text->figures[i];

        xj_json_object(w);
        xj_json_key_str(w, "indicator", f->indicator);
        xj_json_key_str(w, "measure", f->measure);
        xj_json_key(w, "value");
        xj_json_real(w, f->value);
        xj_json_key_str(w, "span", f->span);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

static void
figures_json(xj_json *w, const xj_report_text *text)
{
    xj_json_key(w, "figures");
    xj_json_array(w);
    for (size_t i = 0; i < text->nfigures; i++) {
        const xj_report_figure *f = &text->figures[i];

        xj_json_object(w);
        xj_json_key_str(w, "indicator", f->indicator);
        xj_json_key_str(w, "measure", f->measure);
        xj_json_key_str(w, "goals", f->goals);
        real(w, "value", f->has_value, f->value);
        xj_json_key_str(w, "span", f->span);
        real(w, "last_value", f->had_value, f->last_value);
        xj_json_key_str(w, "last_span", f->last_span);
        xj_json_key_bool(w, "adds", f->adds);
        xj_json_key(w, "fed");
        if (f->fed_units == 0) {
            xj_json_null(w);
        } else {
            xj_json_object(w);
            xj_json_key(w, "value");
            xj_json_real(w, f->fed);
            xj_json_key_str(w, "span", f->fed_span);
            xj_json_key_int(w, "units", f->fed_units);
            xj_json_end_object(w);
        }
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

static void
text_json(xj_json *w, const xj_report_text *text)
{
    xj_json_key_str(w, "text", text->text);
    xj_json_key_natural(w, "percent", text->percent);
    xj_json_key_str(w, "difficulties", text->difficulties);
    xj_json_key_str(w, "next_step", text->next_step);
    xj_json_key_bool(w, "same", text->same);
    figures_json(w, text);
}

static void
last_json(xj_json *w, const xj_report_row *row)
{
    xj_json_key(w, "last");
    if (row->last_due.data == NULL) {
        xj_json_null(w);
        return;
    }
    xj_json_object(w);
    xj_json_key_str(w, "due", row->last_due);
    xj_json_key_str(w, "text", row->last_text);
    xj_json_key_natural(w, "percent", row->last_percent);
    xj_json_key_str(w, "difficulties", row->last_difficulties);
    xj_json_key_str(w, "next_step", row->last_next_step);
    xj_json_end_object(w);
}

static void
feeds_json(xj_json *w, const xj_report_row *row)
{
    xj_json_key(w, "feeds");
    xj_json_array(w);
    for (size_t i = 0; i < row->nfeeds; i++) {
        const xj_report_feed *feed = &row->feeds[i];

        xj_json_object(w);
        xj_api_key_named(w, "unit", feed->unit, feed->unit_name);
        xj_json_key_str(w, "role", feed->role);
        xj_json_key_bool(w, "given", feed->given);
        text_json(w, &feed->text);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

static void
counties_json(xj_json *w, const xj_report_row *row)
{
    xj_json_key(w, "counties");
    xj_json_array(w);
    for (size_t i = 0; i < row->ncounties; i++) {
        const xj_report_county *county = &row->counties[i];

        xj_json_object(w);
        xj_api_key_named(w, "unit", county->unit, county->unit_name);
        xj_json_key_str(w, "sent_on", county->sent_on);
        xj_json_key_str(w, "text", county->sent_on.data == NULL ? XJ_STR_NONE : county->text);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

static void
remarks_json(xj_json *w, const xj_report_row *row)
{
    xj_json_key(w, "remarks");
    xj_json_array(w);
    for (size_t i = 0; i < row->nremarks; i++) {
        const xj_report_remark *r = &row->remarks[i];

        xj_json_object(w);
        xj_json_key_int(w, "id", r->id);
        xj_json_key_str(w, "quote", r->quote);
        xj_json_key_str(w, "remark", r->remark);
        xj_json_key_str(w, "by", r->person_name);
        xj_api_key_instant(w, "at", r->made_at);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

void
xj_json_report_row(xj_json *w, const xj_report_row *row)
{
    xj_json_object(w);
    xj_json_key_int(w, "duty", row->duty);
    xj_json_key_int(w, "version", row->version);
    xj_json_key_int(w, "action_no", row->action_no);
    xj_json_key_str(w, "action", row->action);
    xj_json_key_str(w, "no", row->no);
    xj_json_key_str(w, "title", row->title);
    xj_json_key_str(w, "words", row->words);
    xj_json_key_str(w, "deadline_kind", row->deadline_kind);
    xj_json_key_str(w, "due", xj_str_eq(row->due, XJ_STR(XJ_DAY_NONE)) ? XJ_STR_NONE : row->due);
    xj_json_key_str(w, "strength", row->strength);
    xj_json_key_str(w, "state", row->state);
    xj_json_key_str(w, "why", row->why);
    xj_json_key_id(w, "plan_task", row->plan_task);
    text_json(w, &row->text);
    xj_json_key_bool(w, "on_behalf", row->on_behalf);
    xj_json_key_str(w, "judge", row->judge);
    xj_json_key_str(w, "changed_by", row->changed_name);
    xj_api_key_instant(w, "changed_at", row->changed_at);
    last_json(w, row);
    feeds_json(w, row);
    counties_json(w, row);
    remarks_json(w, row);
    xj_json_end_object(w);
}

void
xj_json_report_head(xj_json *w, const xj_obligation *o)
{
    xj_json_object(w);
    xj_json_key_int(w, "id", o->id);
    xj_json_key_int(w, "programme", o->programme);
    xj_api_key_named(w, "unit", o->unit, o->unit_name);
    xj_json_key_str(w, "due", o->due);
    xj_json_key_str(w, "period", o->period);
    xj_json_key_str(w, "state", o->state);
    xj_json_key_str(w, "state_on", o->state_on);
    xj_json_key_bool(w, "open", o->open);
    xj_json_key_str(w, "sent_on", o->sent_on);
    xj_json_key_str(w, "accepted_on", o->accepted_on);
    xj_json_key_str(w, "original_on", o->original_on);
    xj_json_key_int(w, "version", o->version);
    xj_json_end_object(w);
}

void
xj_json_report(xj_json *w, const xj_report *report)
{
    xj_json_object(w);
    xj_json_key(w, "head");
    xj_json_report_head(w, &report->obligation);
    xj_json_key(w, "rows");
    xj_json_array(w);
    for (size_t i = 0; i < report->nrows; i++)
        xj_json_report_row(w, &report->rows[i]);
    xj_json_end_array(w);
    xj_json_signatures(w, "signatures", report->signatures, report->nsignatures);
    xj_json_end_object(w);
}

/* ---- drafts, the other way ---- */

xj_str
xj_api__text_of(const xj_jval *body, const char *key)
{
    const xj_str text = xj_jval_str(xj_jval_find(body, key));

    return text.data == NULL ? XJ_STR("") : text;
}

static void
read_figures(xj_report_text *text, const xj_jval *figures, xj_pool *pool)
{
    text->nfigures = xj_jval_len(figures);
    text->figures = XJ_NEW_ARRAY(pool, xj_report_figure, text->nfigures);
    for (size_t i = 0; i < text->nfigures; i++) {
        const xj_jval *figure = xj_jval_at(figures, i);

        text->figures[i] = (xj_report_figure){.indicator = xj_api__text_of(figure, "indicator"),
                                              .measure = xj_api__text_of(figure, "measure"),
                                              .value = xj_jval_real(xj_jval_find(figure, "value")),
                                              .span = xj_api__text_of(figure, "span")};
    }
}

void
xj_api__report_text(xj_report_text *text, const xj_jval *draft, xj_pool *pool)
{
    const xj_jval *percent_said = xj_jval_find(draft, "percent");

    *text = (xj_report_text){
        .text = xj_api__text_of(draft, "text"),
        .difficulties = xj_api__text_of(draft, "difficulties"),
        .next_step = xj_api__text_of(draft, "next_step"),
        .percent = xj_jval_type(percent_said) == XJ_J_INT ? xj_jval_int(percent_said) : -1,
        .same = xj_jval_bool(xj_jval_find(draft, "same"))};
    read_figures(text, xj_jval_find(draft, "figures"), pool);
}
