#include "api/plan_json.h"

#include "api/api_priv.h"

void
xj_json_place(xj_json *w, const char *key, xj_range place)
{
    xj_json_key(w, key);
    if (place.to == 0) {
        xj_json_null(w);
        return;
    }
    xj_json_object(w);
    xj_json_key_int(w, "from", (int64_t)place.from);
    xj_json_key_int(w, "to", (int64_t)place.to);
    xj_json_end_object(w);
}

/* ---- documents and versions ---- */

void
xj_json_version_summary(xj_json *w, const xj_version *v)
{
    xj_json_object(w);
    xj_json_key_int(w, "id", v->id);
    xj_json_key_int(w, "no", v->no);
    xj_json_key_str(w, "state", v->state);
    xj_json_key_int(w, "version", v->version);
    xj_json_key_str(w, "file_name", v->file_name);
    xj_api_key_instant_or_null(w, "imported_at", v->imported_at);
    xj_json_key_str(w, "imported_by", v->imported_by);
    xj_api_key_instant_or_null(w, "published_at", v->published_at);
    xj_json_key_str(w, "remarks", v->remarks);
    xj_json_key(w, "counts");
    xj_json_object(w);
    xj_json_key_int(w, "actions", v->actions);
    xj_json_key_int(w, "tasks", v->tasks);
    xj_json_key_int(w, "units", v->units);
    xj_json_key_int(w, "targets", v->targets);
    xj_json_key_int(w, "obligations", v->obligations);
    xj_json_key_int(w, "warnings", v->warnings);
    xj_json_end_object(w);
    xj_json_end_object(w);
}

static void
head_members(xj_json *w, const xj_document *d)
{
    xj_json_key_int(w, "id", d->id);
    xj_json_key_int(w, "programme", d->programme);
    xj_json_key_str(w, "title", d->title);
    xj_json_key_str(w, "doc_no", d->doc_no);
    xj_json_key_str(w, "issuer", d->issuer);
    xj_json_key_str(w, "issued_on", d->issued_on);
    xj_json_key_str(w, "jurisdiction", d->jurisdiction);
    xj_json_key_str(w, "kind", d->kind);
    xj_json_key_bool(w, "plan", !d->basis);
}

void
xj_json_document_head(xj_json *w, const xj_document *document, const xj_version *latest)
{
    xj_json_object(w);
    head_members(w, document);
    if (latest != NULL) {
        xj_json_key(w, "latest");
        xj_json_version_summary(w, latest);
    }
    xj_json_end_object(w);
}

void
xj_json_document(xj_json *w, const xj_document_whole *d)
{
    xj_json_object(w);
    head_members(w, &d->document);
    xj_json_key_int(w, "version", d->document.version);
    xj_json_key(w, "basis");
    xj_json_array(w);
    for (size_t i = 0; i < d->nbasis; i++) {
        xj_json_object(w);
        xj_json_key_str(w, "title", d->basis[i].title);
        xj_json_key_str(w, "doc_no", d->basis[i].doc_no);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_key(w, "versions");
    xj_json_array(w);
    for (size_t i = 0; i < d->nversions; i++)
        xj_json_version_summary(w, &d->versions[i]);
    xj_json_end_array(w);
    xj_json_end_object(w);
}

static void
line(xj_json *w, int64_t n)
{
    xj_json_key_id(w, "line", n);
}

/* TASK: action and number; data NULL where it is about none. */
static void
one_warning(xj_json *w, const xj_task_warning *warning, xj_str task)
{
    xj_json_object(w);
    xj_json_key_str(w, "code", warning->code);
    xj_json_key_str(w, "message", warning->message);
    xj_json_key_str(w, "task", task);
    line(w, warning->line);
    xj_json_key_str(w, "words", warning->words);
    xj_json_key_int(w, "seq", warning->seq);
    xj_json_key_id(w, "task_id", warning->task);
    xj_json_place(w, "source", warning->source);
    xj_json_key_str(w, "state", warning->state);
    xj_json_key_str(w, "why", warning->why);
    xj_json_key_str(w, "ended_by", warning->ended_by);
    xj_api_key_instant_or_null(w, "ended_at", warning->ended_at);
    xj_json_end_object(w);
}

static void
version_warning(xj_json *w, const xj_version_warning *warning)
{
    char task[128];

    snprintf(task, sizeof task, XJ_FMT "/" XJ_FMT, XJ_ARG(warning->action_no),
             XJ_ARG(warning->task_no));
    one_warning(w, &warning->warning, warning->task_no.data == NULL ? XJ_STR_NONE : xj_str_c(task));
}

static void
version_actions(xj_json *w, const xj_version_whole *v)
{
    xj_json_key(w, "actions");
    xj_json_array(w);
    for (size_t i = 0; i < v->nactions; i++) {
        const xj_version_action *a = &v->actions[i];

        xj_json_object(w);
        xj_json_key_int(w, "no", a->no);
        xj_json_key_str(w, "name", a->name);
        xj_json_key_int(w, "tasks", a->tasks);
        xj_json_key_raw(w, "lead_units", a->lead_units);
        xj_json_key_raw(w, "implementers", a->implementers);
        xj_json_key_int(w, "seq", a->seq);
        xj_json_place(w, "source", a->source);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

void
xj_json_version(xj_json *w, const xj_version_whole *v)
{
    xj_json_object(w);
    xj_json_key(w, "document");
    xj_json_document_head(w, &v->document, NULL);
    xj_json_key(w, "summary");
    xj_json_version_summary(w, &v->version);
    version_actions(w, v);
    xj_json_key(w, "obligations");
    xj_json_array(w);
    for (size_t i = 0; i < v->nobligations; i++) {
        const xj_version_obligation *o = &v->obligations[i];

        xj_json_object(w);
        xj_json_key_str(w, "kind", o->kind);
        xj_json_key_raw(w, "who", o->who);
        xj_json_key_str(w, "what", o->what);
        xj_json_key_str(w, "frequency", o->frequency);
        xj_json_key_raw(w, "due", o->due);
        xj_json_key_str(w, "report_to", o->report_to);
        xj_json_key_str(w, "raw", o->raw);
        xj_json_key_int(w, "seq", o->seq);
        xj_json_place(w, "source", o->source);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_key(w, "warnings");
    xj_json_array(w);
    for (size_t i = 0; i < v->nwarnings; i++)
        version_warning(w, &v->warnings[i]);
    xj_json_end_array(w);
    xj_json_end_object(w);
}

/* ---- tasks ---- */

void
xj_json_deadline(xj_json *w, const xj_task_row *row, const xj_range *place)
{
    xj_json_object(w);
    xj_json_key_str(w, "kind", row->deadline_kind);
    xj_json_key_str(w, "date", xj_str_eq(row->due, XJ_STR(XJ_NO_DUE)) ? XJ_STR_NONE : row->due);
    xj_json_key_raw(w, "dates", row->deadline_dates);
    xj_json_key_str(w, "raw", row->deadline_raw);
    xj_json_key_bool(w, "inferred", row->deadline_inferred);
    if (place != NULL)
        xj_json_place(w, "source", *place);
    xj_json_end_object(w);
}

static void
placed_units(xj_json *w, const xj_task *t)
{
    xj_json_array(w);
    for (size_t i = 0; i < t->nunits; i++) {
        const xj_task_unit_row *u = &t->units[i];

        xj_json_object(w);
        xj_json_key_int(w, "id", u->id);
        xj_json_key_str(w, "name", u->name);
        xj_json_key_str(w, "role", u->role);
        xj_json_key_bool(w, "inherited", u->inherited);
        xj_json_place(w, "source", u->source);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

/* WHOLE: with the places of its units and deadline; NULL of a row of a list. */
static void
row_members(xj_json *w, const xj_task_row *row, const xj_task *whole)
{
    xj_json_key_int(w, "id", row->id);
    xj_json_key_int(w, "document", row->document);
    xj_json_key_int(w, "plan", row->plan);
    xj_json_key_str(w, "state", row->state);
    xj_json_key_int(w, "action_no", row->action_no);
    xj_json_key_str(w, "action", row->action);
    xj_json_key_str(w, "no", row->no);
    xj_json_key_str(w, "title", row->title);
    xj_json_key(w, "units");
    if (whole == NULL)
        xj_json_raw(w, row->units);
    else
        placed_units(w, whole);
    xj_json_key_bool(w, "open_ended", row->open_ended);
    xj_json_key(w, "deadline");
    xj_json_deadline(w, row, whole == NULL ? NULL : &whole->deadline_source);
    xj_json_key_str(w, "strength", row->strength);
    xj_json_key(w, "tags");
    xj_json_array(w);
    for (size_t i = 0; i < row->ntags; i++)
        xj_json_str(w, row->tags[i]);
    xj_json_end_array(w);
    xj_json_key_int(w, "version", row->version);
}

void
xj_json_task_row(xj_json *w, const xj_task_row *row)
{
    xj_json_object(w);
    row_members(w, row, NULL);
    xj_json_key_int(w, "warnings", row->warnings);
    xj_json_end_object(w);
}

static void
number(xj_json *w, const char *key, bool has, double n)
{
    xj_json_key(w, key);
    if (has)
        xj_json_real(w, n);
    else
        xj_json_null(w);
}

void
xj_json_target(xj_json *w, const xj_task_target *t)
{
    xj_json_object(w);
    xj_json_key_str(w, "indicator", t->indicator);
    xj_json_key_str(w, "op", t->op);
    number(w, "value", t->has_value, t->value);
    number(w, "max", t->has_max, t->max);
    xj_json_key_str(w, "unit", t->unit);
    xj_json_key(w, "year");
    if (t->year == 0)
        xj_json_null(w);
    else
        xj_json_int(w, t->year);
    xj_json_key_bool(w, "year_inferred", t->year_inferred);
    xj_json_key_bool(w, "advisory", t->advisory);
    xj_json_key_str(w, "strength", t->strength);
    xj_json_key_str(w, "raw", t->raw);
    xj_json_key_int(w, "seq", t->seq);
    xj_json_place(w, "source", t->source);
    xj_json_end_object(w);
}

/* Deliverables are kept with the ends of their place as members of their own. */
static void
deliverables(xj_json *w, xj_str json)
{
    xj_pool *pool;
    const xj_jval *list;
    xj_error *err;

    xj_json_key(w, "deliverables");
    if (xj_str_eq(json, XJ_STR("[]"))) {
        xj_json_raw(w, json);
        return;
    }
    pool = xj_pool_child(w->out->pool);
    err = xj_json_parse(&list, json, (size_t)4 << 20, pool);
    XJ_ASSERT(err == NULL); /* our own writer made it */
    xj_json_array(w);
    for (size_t i = 0; i < xj_jval_len(list); i++) {
        const xj_jval *item = xj_jval_at(list, i);

        xj_json_object(w);
        xj_json_key_str(w, "kind", xj_jval_str(xj_jval_find(item, "kind")));
        xj_json_key_str(w, "name", xj_jval_str(xj_jval_find(item, "name")));
        xj_json_place(w, "source",
                      (xj_range){(size_t)xj_jval_int(xj_jval_find(item, "from")),
                                 (size_t)xj_jval_int(xj_jval_find(item, "to"))});
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_pool_destroy(pool);
}

static void
task_warnings(xj_json *w, const xj_task *t)
{
    char task[128];

    snprintf(task, sizeof task, "%lld/" XJ_FMT, (long long)t->row.action_no, XJ_ARG(t->row.no));
    xj_json_key(w, "warnings");
    xj_json_array(w);
    for (size_t i = 0; i < t->nwarnings; i++)
        one_warning(w, &t->warnings[i], xj_str_c(task));
    xj_json_end_array(w);
}

static void
marks(xj_json *w, const xj_task *t)
{
    xj_json_key(w, "marks");
    xj_json_array(w);
    for (size_t i = 0; i < t->nmarks; i++) {
        const xj_task_mark *m = &t->marks[i];

        xj_json_object(w);
        xj_json_key_str(w, "field", m->field);
        xj_json_key_str(w, "kind", m->kind);
        xj_json_key_str(w, "by", m->by);
        xj_api_key_instant_or_null(w, "at", m->at);
        xj_json_key_id(w, "memory", m->memory);
        xj_json_key_str(w, "phrase", m->phrase);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

void
xj_json_task(xj_json *w, const xj_task *t)
{
    xj_json_object(w);
    row_members(w, &t->row, t);
    xj_json_key_str(w, "text", t->text);
    xj_json_key_str(w, "specific_task", t->specific_task);
    xj_json_key_str(w, "measure", t->measure);
    xj_json_key_str(w, "work_plan", t->work_plan);
    xj_json_key_bool(w, "lead_explicit", t->lead_explicit);
    xj_json_key_str(w, "lead_proposed", t->lead_proposed);
    xj_json_key_str(w, "cadence", t->cadence);
    xj_json_key_raw(w, "returns_due", t->returns_due);
    deliverables(w, t->deliverables);
    xj_json_key(w, "targets");
    xj_json_array(w);
    for (size_t i = 0; i < t->ntargets; i++)
        xj_json_target(w, &t->targets[i]);
    xj_json_end_array(w);
    task_warnings(w, t);
    marks(w, t);
    xj_json_key(w, "source");
    xj_json_object(w);
    xj_json_key_int(w, "from", (int64_t)t->source.from);
    xj_json_key_int(w, "to", (int64_t)t->source.to);
    xj_json_end_object(w);
    xj_json_end_object(w);
}

static void
words(xj_json *w, const char *list, const char *key, const xj_total_word *items, size_t n)
{
    xj_json_key(w, list);
    xj_json_array(w);
    for (size_t i = 0; i < n; i++) {
        xj_json_object(w);
        xj_json_key_str(w, key, items[i].word);
        xj_json_key_int(w, "tasks", items[i].tasks);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

void
xj_json_totals(xj_json *w, const xj_task_totals *t)
{
    xj_json_object(w);
    xj_json_key_int(w, "tasks", t->tasks);
    xj_json_key(w, "by_action");
    xj_json_array(w);
    for (size_t i = 0; i < t->nactions; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "action_no", t->actions[i].no);
        xj_json_key_str(w, "action", t->actions[i].name);
        xj_json_key_int(w, "tasks", t->actions[i].tasks);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_key(w, "by_unit");
    xj_json_array(w);
    for (size_t i = 0; i < t->nunits; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "id", t->units[i].id);
        xj_json_key_str(w, "name", t->units[i].name);
        xj_json_key_int(w, "lead", t->units[i].lead);
        xj_json_key_int(w, "responsible", t->units[i].responsible);
        xj_json_key_int(w, "cooperate", t->units[i].cooperate);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    words(w, "by_kind", "kind", t->kinds, t->nkinds);
    words(w, "by_strength", "strength", t->strengths, t->nstrengths);
    xj_json_end_object(w);
}

/* ---- differences ---- */

static void
fields(xj_json *w, const char *key, const xj_diff_field *items, size_t n)
{
    xj_json_key(w, key);
    xj_json_array(w);
    for (size_t i = 0; i < n; i++) {
        xj_json_object(w);
        xj_json_key_str(w, "field", xj_str_c(items[i].field));
        xj_json_key_str(w, "old", items[i].old);
        xj_json_key_str(w, "new", items[i].now);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

static void
diff_row(xj_json *w, const xj_diff_row *row)
{
    xj_json_object(w);
    xj_json_key_str(w, "action", row->action);
    xj_json_key_str(w, "no", row->no);
    xj_json_key_str(w, "title", row->title);
    xj_json_end_object(w);
}

static void
diff_rows(xj_json *w, const char *key, const xj_diff_row *items, size_t n)
{
    xj_json_key(w, key);
    xj_json_array(w);
    for (size_t i = 0; i < n; i++)
        diff_row(w, &items[i]);
    xj_json_end_array(w);
}

static void
texts(xj_json *w, const char *key, const xj_str *items, size_t n)
{
    xj_json_key(w, key);
    xj_json_array(w);
    for (size_t i = 0; i < n; i++)
        xj_json_str(w, items[i]);
    xj_json_end_array(w);
}

void
xj_json_diff(xj_json *w, const xj_diff *diff, int64_t old, int64_t now)
{
    xj_json_object(w);
    if (old != 0)
        xj_json_key_int(w, "old", old);
    if (now != 0)
        xj_json_key_int(w, "new", now);
    fields(w, "document", diff->document, diff->ndocument);
    diff_rows(w, "added", diff->added, diff->nadded);
    diff_rows(w, "dropped", diff->dropped, diff->ndropped);
    xj_json_key(w, "changed");
    xj_json_array(w);
    for (size_t i = 0; i < diff->nchanged; i++) {
        xj_json_object(w);
        xj_json_key(w, "old");
        diff_row(w, &diff->changed[i].old);
        xj_json_key(w, "new");
        diff_row(w, &diff->changed[i].now);
        fields(w, "fields", diff->changed[i].fields, diff->changed[i].nfields);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_key(w, "targets");
    xj_json_object(w);
    texts(w, "added", diff->targets_added, diff->ntargets_added);
    texts(w, "dropped", diff->targets_dropped, diff->ntargets_dropped);
    xj_json_end_object(w);
    xj_json_key_int(w, "same", (int64_t)diff->same);
    xj_json_end_object(w);
}
