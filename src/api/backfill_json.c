/* What a ledger would record, as JSON. */
#include "api/backfill_json.h"
#include "api/report_json.h"

#define SHOWN_MAX 400 /* characters of a text: the ledger has all of it */

static void
key_text(xj_json *w, const char *key, xj_str text, xj_pool *scratch)
{
    size_t pos = 0, n = 0;

    while (pos < text.len && n++ < SHOWN_MAX)
        (void)xj_utf8_next(text, &pos);
    if (pos < text.len)
        text = xj_str_printf(scratch, XJ_FMT "…", XJ_ARG(xj_str_sub(text, 0, pos)));
    xj_json_key_str(w, key, text.data == NULL ? XJ_STR("") : text);
}

/* N, or null where it is below LEAST. */
static void
key_int_from(xj_json *w, const char *key, int64_t n, int64_t least)
{
    xj_json_key(w, key);
    if (n < least)
        xj_json_null(w);
    else
        xj_json_int(w, n);
}

static void
likely_json(xj_json *w, const xj_backfill_line *line)
{
    xj_json_key(w, "likely");
    xj_json_array(w);
    for (size_t i = 0; i < line->nlikely; i++) {
        const xj_backfill_likely *l = &line->likely[i];

        xj_json_object(w);
        xj_json_key_int(w, "duty", l->duty);
        xj_json_key_str(w, "no", l->no);
        xj_json_key_str(w, "title", l->title);
        xj_json_key_str(w, "unit", l->owner_name.data == NULL ? XJ_STR("") : l->owner_name);
        xj_json_key_int(w, "score", l->score);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

static void
returns_json(xj_json *w, const xj_backfill_line *line, xj_pool *scratch)
{
    xj_json_key(w, "returns");
    xj_json_array(w);
    for (size_t i = 0; i < line->nreturns; i++) {
        const xj_backfill_return *r = &line->returns[i];

        xj_json_object(w);
        xj_json_key_str(w, "county", r->county);
        xj_json_key_str(w, "due", r->due);
        xj_json_key_str(w, "period", r->period);
        xj_json_key_str(w, "heads", r->heads);
        key_text(w, "text", r->text.text, scratch);
        key_int_from(w, "percent", r->text.percent, 0);
        key_text(w, "difficulties", r->text.difficulties, scratch);
        key_text(w, "next_step", r->text.next_step, scratch);
        xj_json_said_figures(w, &r->text);
        xj_json_key_str(w, "sent_on", r->sent_on);
        xj_json_key_bool(w, "assumed", r->assumed);
        xj_json_key_str(w, "part", xj_str_c(xj_backfill_part_word(r->part)));
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

static void
notes_json(xj_json *w, const xj_backfill_line *line, xj_pool *scratch)
{
    xj_json_key(w, "notes");
    xj_json_array(w);
    for (size_t i = 0; i < line->nnotes; i++) {
        xj_json_object(w);
        xj_json_key_str(w, "on", line->notes[i].on);
        key_text(w, "text", line->notes[i].text, scratch);
        xj_json_key_str(w, "part", xj_str_c(xj_backfill_part_word(line->notes[i].part)));
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

static void
state_json(xj_json *w, const xj_backfill_line *line)
{
    xj_json_key(w, "state");
    if (line->state == NULL) {
        xj_json_null(w);
        return;
    }
    xj_json_object(w);
    xj_json_key_str(w, "to", xj_str_c(line->state));
    xj_json_key_str(w, "on", line->state_on);
    xj_json_key_str(w, "doc_no", line->doc_no);
    xj_json_key_str(w, "part", xj_str_c(xj_backfill_part_word(line->state_part)));
    xj_json_end_object(w);
}

static void
faults_json(xj_json *w, const xj_backfill_line *line)
{
    xj_json_key(w, "faults");
    xj_json_array(w);
    for (size_t i = 0; i < line->nfaults; i++) {
        const xj_backfill_fault *f = &line->faults[i];

        xj_json_object(w);
        xj_json_key_str(w, "code", xj_str_c(f->code));
        key_int_from(w, "column", f->col, 1);
        xj_json_key_str(w, "about", f->about.data == NULL ? XJ_STR("") : f->about);
        xj_json_key_bool(w, "stops", f->stops);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

static void
line_json(xj_json *w, const xj_backfill_line *line, xj_pool *scratch)
{
    xj_json_object(w);
    xj_json_key_int(w, "sheet", line->row->table->sheet);
    xj_json_key_int(w, "row", line->row->row);
    xj_json_key_str(w, "act", xj_str_c(xj_backfill_act_word(line->act)));
    key_text(w, "no", line->no, scratch);
    key_text(w, "task", line->task, scratch);
    key_text(w, "unit", line->unit, scratch);
    key_int_from(w, "duty", line->duty, 1);
    xj_json_key_str(w, "by", xj_str_c(line->by));
    likely_json(w, line);
    returns_json(w, line, scratch);
    notes_json(w, line, scratch);
    state_json(w, line);
    key_int_from(w, "percent", line->percent, 0);
    faults_json(w, line);
    xj_json_end_object(w);
}

static void
tables_json(xj_json *w, const xj_backfill_file *file, xj_pool *scratch)
{
    xj_json_key(w, "tables");
    xj_json_array(w);
    for (size_t i = 0; i < file->ntables; i++) {
        const xj_backfill_table *t = &file->tables[i];

        xj_json_object(w);
        xj_json_key_int(w, "sheet", t->sheet);
        xj_json_key_int(w, "row", t->row);
        key_text(w, "name", t->sheet_name, scratch);
        xj_json_key(w, "columns");
        xj_json_array(w);
        for (size_t k = 0; k < t->ncolumns; k++) {
            const xj_backfill_column *c = &t->columns[k];

            xj_json_object(w);
            xj_json_key_int(w, "column", c->col);
            key_text(w, "head", c->head, scratch);
            xj_json_key_str(w, "field", xj_str_c(xj_backfill_field_word(c->field)));
            xj_json_key_str(w, "until",
                            c->until.year == 0 ? XJ_STR_NONE : xj_day_str(c->until, scratch));
            xj_json_end_object(w);
        }
        xj_json_end_array(w);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

static void
sums_json(xj_json *w, const xj_backfill_plan *plan)
{
    xj_json_key_int(w, "returns", (int64_t)plan->returns);
    xj_json_key_int(w, "rows", (int64_t)plan->rows);
    xj_json_key_int(w, "drafts", (int64_t)plan->drafts);
    xj_json_key_int(w, "done", (int64_t)plan->done);
    xj_json_key_int(w, "begun", (int64_t)plan->begun);
}

void
xj_json_backfill(xj_json *w, const xj_backfill_plan *plan, const xj_backfill_file *file,
                 xj_pool *scratch)
{
    xj_json_key_str(w, "title", plan->title);
    xj_json_key_int(w, "year", plan->year);
    xj_json_key_str(w, "since", xj_day_str(plan->since, scratch));
    xj_json_key_str(w, "begun_on", xj_day_str(plan->begun_on, scratch));
    xj_json_key_str(w, "token", xj_str_c(plan->token));
    xj_json_key(w, "counts");
    xj_json_object(w);
    for (int act = 0; act < XJ_BACKFILL_ACTS; act++)
        xj_json_key_int(w, xj_backfill_act_word((xj_backfill_act)act), (int64_t)plan->count[act]);
    xj_json_end_object(w);
    sums_json(w, plan);
    tables_json(w, file, scratch);
    xj_json_key(w, "lines");
    xj_json_array(w);
    for (size_t i = 0; i < plan->nlines; i++)
        line_json(w, &plan->lines[i], scratch);
    xj_json_end_array(w);
}

void
xj_json_backfill_done(xj_json *w, const xj_backfill_plan *plan, int64_t id)
{
    const size_t out =
        plan->nlines - plan->count[XJ_BACKFILL_RECORD] - plan->count[XJ_BACKFILL_SAME];

    xj_json_object(w);
    key_int_from(w, "id", id, 1);
    sums_json(w, plan);
    xj_json_key_int(w, "left_out", (int64_t)out);
    xj_json_end_object(w);
}

static xj_backfill_choice
choice_of(const xj_jval *json)
{
    const bool said = xj_jval_has(json, "duty");

    return (xj_backfill_choice){.sheet = (int)xj_jval_int(xj_jval_find(json, "sheet")),
                                .row = (int)xj_jval_int(xj_jval_find(json, "row")),
                                .duty = said ? xj_jval_int(xj_jval_find(json, "duty")) : -1,
                                .done_on = xj_jval_str(xj_jval_find(json, "done_on")),
                                .sent_on = xj_jval_str(xj_jval_find(json, "sent_on")),
                                .doc_no = xj_jval_str(xj_jval_find(json, "doc_no")),
                                .not_done = xj_jval_bool(xj_jval_find(json, "not_done"))};
}

void
xj_backfill_ask_read(xj_backfill_ask *ask, const xj_jval *json, xj_pool *pool)
{
    const xj_jval *choices = xj_jval_find(json, "choices");
    xj_backfill_choice *made = XJ_NEW_ARRAY(pool, xj_backfill_choice, xj_jval_len(choices) + 1);

    for (size_t i = 0; i < xj_jval_len(choices); i++)
        made[i] = choice_of(xj_jval_at(choices, i));
    ask->year = (int)xj_jval_int(xj_jval_find(json, "year"));
    ask->begun_on = xj_day_parse(xj_jval_str(xj_jval_find(json, "begun_on")));
    ask->choices = made;
    ask->nchoices = xj_jval_len(choices);
}
