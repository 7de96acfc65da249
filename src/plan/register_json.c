/*
 * plan/register_json.c -- the register as JSON, with the keys that docs/plan-register.md lists.
 */
#include "plan/register_json.h"

#include "doc/doc.h"

static void
put_date(xj_json *w, const char *key, xj_date date)
{
    char text[XJ_DATE_LEN];

    xj_json_key(w, key);
    if (date.year == 0)
        xj_json_null(w);
    else
        xj_json_str(w, xj_date_format(text, date));
}

/* A writer and the register, by whose places ranges are found in the file. */
struct out {
    xj_json *w;
    const xj_register *reg;
};

/* Members for a place: page and box, or sheet, row and column; what does not apply is left out. */
static void
put_place(xj_json *w, const xj_place *place)
{
    if (place->page > 0) {
        xj_json_key_int(w, "page", place->page);
        xj_json_key(w, "box");
        xj_json_array(w);
        for (int i = 0; i < 4; i++)
            xj_json_real(w, (double)(int)(place->box[i] * 10 + 0.5f) / 10);
        xj_json_end_array(w);
        return;
    }
    if (place->sheet > 0)
        xj_json_key_int(w, "sheet", place->sheet);
    if (place->row > 0)
        xj_json_key_int(w, "row", place->row);
    if (place->col > 0)
        xj_json_key_int(w, "column", place->col);
}

static void
put_range(const struct out *o, const char *key, xj_range r)
{
    xj_json *w = o->w;
    xj_place place;

    if (key != NULL)
        xj_json_key(w, key);
    if (r.from == r.to) {
        xj_json_null(w);
        return;
    }
    xj_json_object(w);
    xj_json_key_int(w, "from", (int64_t)r.from);
    xj_json_key_int(w, "to", (int64_t)r.to);
    place = xj_spots_place(o->reg->places, o->reg->nplaces, o->reg->text, r.from, r.to);
    put_place(w, &place);
    xj_json_end_object(w);
}

static void
put_places(xj_json *w, const xj_register *reg)
{
    xj_json_key(w, "places");
    xj_json_array(w);
    for (size_t i = 0; i < reg->nplaces; i++) {
        const xj_spot *spot = &reg->places[i];

        xj_json_object(w);
        xj_json_key_int(w, "from", (int64_t)spot->from);
        xj_json_key_int(w, "to", (int64_t)spot->to);
        put_place(w, &spot->place);
        if (spot->row_span > 1)
            xj_json_key_int(w, "row_span", spot->row_span);
        if (spot->col_span > 1)
            xj_json_key_int(w, "column_span", spot->col_span);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

static void
put_strs(xj_json *w, const char *key, const xj_str *items, size_t n)
{
    xj_json_key(w, key);
    xj_json_array(w);
    for (size_t i = 0; i < n; i++)
        xj_json_str(w, items[i]);
    xj_json_end_array(w);
}

static void
put_days(xj_json *w, const char *key, const xj_month_day *days, size_t n)
{
    xj_json_key(w, key);
    xj_json_array(w);
    for (size_t i = 0; i < n; i++) {
        char text[6] = {(char)('0' + days[i].month / 10), (char)('0' + days[i].month % 10), '-',
                        (char)('0' + days[i].day / 10),   (char)('0' + days[i].day % 10),   '\0'};

        xj_json_str(w, xj_str_of(text, 5));
    }
    xj_json_end_array(w);
}

static void
put_document(const struct out *o, const xj_document_head *d)
{
    xj_json *w = o->w;

    xj_json_key(w, "document");
    xj_json_object(w);
    xj_json_key_str(w, "title", d->title);
    xj_json_key_str(w, "doc_no", d->doc_no);
    xj_json_key_str(w, "issuer", d->issuer);
    put_date(w, "issued_on", d->issued_on);
    xj_json_key_str(w, "jurisdiction", d->jurisdiction);
    xj_json_key(w, "basis");
    xj_json_array(w);
    for (size_t i = 0; i < d->nbasis; i++) {
        xj_json_object(w);
        xj_json_key_str(w, "title", d->basis[i].title);
        xj_json_key_str(w, "doc_no", d->basis[i].doc_no);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_key(w, "source");
    xj_json_object(w);
    put_range(o, "title", d->title_at);
    put_range(o, "doc_no", d->doc_no_at);
    put_range(o, "issuer", d->issuer_at);
    put_range(o, "issued_on", d->issued_on_at);
    put_range(o, "jurisdiction", d->jurisdiction_at);
    xj_json_key(w, "basis");
    xj_json_array(w);
    for (size_t i = 0; i < d->nbasis; i++)
        put_range(o, NULL, d->basis[i].source);
    xj_json_end_array(w);
    xj_json_end_object(w);
    xj_json_end_object(w);
}

static void
put_deadline(const struct out *o, const xj_deadline *d)
{
    xj_json *w = o->w;

    xj_json_key(w, "deadline");
    xj_json_object(w);
    xj_json_key_str(w, "kind", xj_str_c(xj_deadline_kind_word(d->kind)));
    put_date(w, "date", d->date);
    if (d->ndates > 0) {
        put_days(w, "dates", d->dates, d->ndates);
    } else {
        xj_json_key(w, "dates");
        xj_json_null(w);
    }
    xj_json_key_str(w, "raw", d->raw);
    xj_json_key_bool(w, "inferred", d->inferred);
    put_range(o, "source", d->source);
    xj_json_end_object(w);
}

static void
put_warnings(const struct out *o, const xj_warning *warnings, size_t n)
{
    xj_json *w = o->w;

    xj_json_key(w, "warnings");
    xj_json_array(w);
    for (size_t i = 0; i < n; i++) {
        xj_json_object(w);
        xj_json_key_str(w, "code", xj_str_c(warnings[i].code));
        xj_json_key_str(w, "message", warnings[i].message);
        put_range(o, "source", warnings[i].source);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

static void
put_task(const struct out *o, const xj_plan_task *t)
{
    xj_json *w = o->w;

    xj_json_object(w);
    xj_json_key_int(w, "action", t->action);
    xj_json_key_str(w, "no", t->no);
    xj_json_key_str(w, "title", t->title);
    xj_json_key_str(w, "text", t->text);
    xj_json_key_str(w, "specific_task", t->specific_task);
    xj_json_key_str(w, "measure", t->measure);
    xj_json_key_str(w, "work_plan", t->work_plan);
    xj_json_key(w, "units");
    xj_json_array(w);
    for (size_t i = 0; i < t->nunits; i++) {
        xj_json_object(w);
        xj_json_key_str(w, "name", t->units[i].name);
        xj_json_key_str(w, "role", xj_str_c(xj_unit_role_word(t->units[i].role)));
        xj_json_key_bool(w, "inherited", t->units[i].inherited);
        put_range(o, "source", t->units[i].source);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_key_bool(w, "open_ended", t->open_ended);
    xj_json_key_bool(w, "lead_explicit", t->lead_explicit);
    xj_json_key_str(w, "lead_proposed", t->lead_proposed);
    put_deadline(o, &t->deadline);
    xj_json_key_str(w, "strength", xj_str_c(xj_strength_word(t->strength)));
    xj_json_key_str(w, "cadence", xj_str_c(t->cadence));
    put_days(w, "returns_due", t->returns_due, t->nreturns_due);
    xj_json_key(w, "deliverables");
    xj_json_array(w);
    for (size_t i = 0; i < t->ndeliverables; i++) {
        xj_json_object(w);
        xj_json_key_str(w, "kind", xj_str_c(t->deliverables[i].kind));
        xj_json_key_str(w, "name", t->deliverables[i].name);
        put_range(o, "source", t->deliverables[i].source);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    put_range(o, "source", t->source);
    put_warnings(o, t->warnings, t->nwarnings);
    xj_json_end_object(w);
}

static void
put_target(const struct out *o, const xj_target *t)
{
    xj_json *w = o->w;

    xj_json_object(w);
    xj_json_key_int(w, "action", t->action);
    xj_json_key_str(w, "task", t->task);
    xj_json_key_str(w, "indicator", t->indicator);
    xj_json_key_str(w, "op", xj_str_c(xj_target_op_word(t->op)));
    xj_json_key(w, "value");
    if (t->has_value)
        xj_json_real(w, t->value);
    else
        xj_json_null(w);
    xj_json_key(w, "max");
    if (t->has_max)
        xj_json_real(w, t->max);
    else
        xj_json_null(w);
    xj_json_key_str(w, "unit", t->unit);
    xj_json_key(w, "year");
    if (t->year != 0)
        xj_json_int(w, t->year);
    else
        xj_json_null(w);
    xj_json_key_bool(w, "year_inferred", t->year_inferred);
    xj_json_key_str(w, "strength", xj_str_c(xj_strength_word(t->strength)));
    xj_json_key_bool(w, "advisory", t->advisory);
    xj_json_key_str(w, "raw", t->raw);
    put_range(o, "source", t->source);
    xj_json_end_object(w);
}

static void
put_obligation(const struct out *o, const xj_plan_obligation *owed)
{
    xj_json *w = o->w;

    xj_json_object(w);
    xj_json_key_str(w, "kind", xj_str_c(owed->kind));
    put_strs(w, "who", owed->who, owed->nwho);
    xj_json_key_str(w, "what", owed->what);
    xj_json_key_str(w, "frequency", xj_str_c(owed->frequency));
    put_days(w, "due", owed->due, owed->ndue);
    xj_json_key_str(w, "report_to", owed->report_to);
    xj_json_key_str(w, "raw", owed->raw);
    put_range(o, "source", owed->source);
    xj_json_end_object(w);
}

void
xj_register_json(xj_json *w, const xj_register *reg)
{
    const struct out out = {w, reg}, *o = &out;

    xj_json_object(w);
    xj_json_key_str(w, "text", reg->text);
    put_document(o, &reg->document);
    xj_json_key(w, "actions");
    xj_json_array(w);
    for (size_t i = 0; i < reg->nactions; i++) {
        const xj_action *a = &reg->actions[i];

        xj_json_object(w);
        xj_json_key_int(w, "no", a->no);
        xj_json_key_str(w, "name", a->name);
        put_strs(w, "lead_units", a->lead_units, a->nlead_units);
        put_strs(w, "implementers", a->implementers, a->nimplementers);
        put_range(o, "source", a->source);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_key(w, "tasks");
    xj_json_array(w);
    for (size_t i = 0; i < reg->ntasks; i++)
        put_task(o, &reg->tasks[i]);
    xj_json_end_array(w);
    xj_json_key(w, "targets");
    xj_json_array(w);
    for (size_t i = 0; i < reg->ntargets; i++)
        put_target(o, &reg->targets[i]);
    xj_json_end_array(w);
    xj_json_key(w, "obligations");
    xj_json_array(w);
    for (size_t i = 0; i < reg->nobligations; i++)
        put_obligation(o, &reg->obligations[i]);
    xj_json_end_array(w);
    put_warnings(o, reg->warnings, reg->nwarnings);
    put_places(w, reg);
    xj_json_end_object(w);
}
