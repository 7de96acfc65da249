/* Duty tasks and obligations as JSON. */
#include "api/duty_json.h"

#include "api/api_priv.h"

void
xj_json_key_day(xj_json *w, const char *key, xj_str day)
{
    xj_json_key_str(w, key, xj_str_eq(day, XJ_STR(XJ_DAY_NONE)) ? XJ_STR_NONE : day);
}

static void
key_words(xj_json *w, const char *key, xj_str words)
{
    xj_str word;

    xj_json_key(w, key);
    xj_json_array(w);
    while (xj_str_split(&word, &words, ' '))
        if (word.len > 0)
            xj_json_str(w, word);
    xj_json_end_array(w);
}

/* The members of a row, without its braces. */
static void
row_members(xj_json *w, const xj_duty_row *row)
{
    xj_json_key_int(w, "id", row->id);
    xj_json_key_int(w, "programme", row->programme);
    xj_json_key_int(w, "notice", row->notice);
    xj_json_key_id(w, "document", row->document);
    xj_json_key_id(w, "plan_task", row->plan_task);
    xj_json_key_str(w, "kind", row->kind);
    xj_json_key_str(w, "origin", row->origin);
    xj_json_key_int(w, "action_no", row->action_no);
    xj_json_key_str(w, "action", row->action);
    xj_json_key_str(w, "no", row->no);
    xj_json_key_str(w, "title", row->title);
    xj_json_key_str(w, "state", row->state);
    xj_json_key_str(w, "state_on", row->state_on);
    xj_json_key_str(w, "deadline_kind", row->deadline_kind);
    xj_json_key_day(w, "due", row->due);
    xj_json_key_str(w, "strength", row->strength);
    xj_json_key_str(w, "cadence", row->cadence);
    xj_json_key_str(w, "way", row->way);
    xj_json_key_int(w, "owner", row->owner);
    xj_json_key_str(w, "owner_name", row->owner_name);
    key_words(w, "unsettled", row->unsettled);
    xj_json_key_str(w, "deliverable", row->deliverable);
    xj_json_key_natural(w, "progress", row->progress);
    xj_json_key_str(w, "light", row->light);
    xj_json_key_str(w, "light_reason", row->light_reason);
    xj_json_key_int(w, "version", row->version);
    xj_api_key_instant(w, "changed_at", row->changed_at);
}

void
xj_json_duty_row(xj_json *w, const xj_duty_row *row)
{
    xj_json_object(w);
    row_members(w, row);
    xj_json_end_object(w);
}

void
xj_json_history(xj_json *w, const xj_duty_move *moves, size_t n)
{
    xj_json_key(w, "history");
    xj_json_array(w);
    for (size_t i = 0; i < n; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "id", moves[i].id);
        xj_json_key_str(w, "move", moves[i].move);
        xj_json_key_str(w, "from_state", moves[i].from_state);
        xj_json_key_str(w, "to_state", moves[i].to_state);
        xj_json_key_str(w, "happened_on", moves[i].happened_on);
        xj_api_key_instant(w, "recorded_at", moves[i].recorded_at);
        xj_json_key_int(w, "person", moves[i].person);
        xj_json_key_str(w, "person_name", moves[i].person_name);
        xj_json_key_str(w, "why", moves[i].why);
        xj_json_key_raw(w, "before", moves[i].before);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

static void
possible(xj_json *w, const char *key, const char *const *moves, size_t n)
{
    xj_json_key(w, key);
    xj_json_array(w);
    for (size_t i = 0; i < n; i++)
        xj_json_str(w, xj_str_c(moves[i]));
    xj_json_end_array(w);
}

/* How it stands with who gave it from above. */
static void
above(xj_json *w, const xj_duty_above *a)
{
    xj_json_key(w, "above");
    if (a->from_name.data == NULL) {
        xj_json_null(w);
        return;
    }
    xj_json_object(w);
    xj_json_key_str(w, "from", a->from_name);
    xj_json_key_bool(w, "live", a->live);
    xj_json_key_str(w, "kept_on", a->kept_on);
    xj_json_key_str(w, "ended", a->ended);
    xj_json_key_str(w, "changed_on", a->changed_on);
    possible(w, "theirs", a->theirs, a->ntheirs);
    xj_json_end_object(w);
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

static void
parts(xj_json *w, const xj_duty *duty)
{
    xj_json_key(w, "parts");
    xj_json_array(w);
    for (size_t i = 0; i < duty->nparts; i++) {
        const xj_duty_part *part = &duty->parts[i];

        xj_json_object(w);
        xj_json_key_int(w, "unit", part->unit);
        xj_json_key_str(w, "name", part->name);
        xj_json_key_str(w, "role", part->role);
        xj_json_key_str(w, "side", part->side);
        xj_json_key_str(w, "from_on", part->from_on);
        xj_json_key_day(w, "to_on", part->to_on);
        xj_json_key_str(w, "light", part->light);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

static void
handlers(xj_json *w, const xj_duty *duty)
{
    xj_json_key(w, "handlers");
    xj_json_array(w);
    for (size_t i = 0; i < duty->nhandlers; i++) {
        const xj_duty_handler *h = &duty->handlers[i];

        xj_json_object(w);
        xj_json_key_int(w, "id", h->id);
        xj_json_key_int(w, "unit", h->unit);
        xj_json_key_id(w, "section", h->section);
        xj_json_key_str(w, "section_name", h->section_name);
        xj_json_key_id(w, "person", h->person);
        xj_json_key_str(w, "person_name", h->person_name);
        xj_json_key_str(w, "from_on", h->from_on);
        xj_json_key_day(w, "to_on", h->to_on);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

static void
viewers(xj_json *w, const xj_duty *duty)
{
    xj_json_key(w, "viewers");
    xj_json_array(w);
    for (size_t i = 0; i < duty->nviewers; i++) {
        xj_json_object(w);
        xj_json_key_id(w, "person", duty->viewers[i].person);
        xj_json_key_id(w, "unit", duty->viewers[i].unit);
        xj_json_key_str(w, "name", duty->viewers[i].name);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

void
xj_json_scans(xj_json *w, const char *key, const xj_scan *items, size_t n)
{
    xj_json_key(w, key);
    xj_json_array(w);
    for (size_t i = 0; i < n; i++) {
        const xj_scan *scan = &items[i];

        xj_json_object(w);
        xj_json_key_int(w, "id", scan->id);
        xj_json_key_str(w, "name", scan->file.name);
        xj_json_key_str(w, "kind", scan->file.kind);
        xj_json_key_int(w, "size", scan->file.size);
        xj_json_key_str(w, "purpose", scan->purpose);
        xj_json_key_bool(w, "sent_over", scan->link != 0);
        xj_json_key_str(w, "added_by", scan->added_name);
        xj_api_key_instant(w, "added_at", scan->added_at);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

static void
down(xj_json *w, const xj_duty_whole *whole)
{
    xj_json_key(w, "down");
    xj_json_array(w);
    for (size_t i = 0; i < whole->ndown; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "unit", whole->down[i].unit);
        xj_json_key_str(w, "peer", whole->down[i].peer_name);
        xj_json_key_str(w, "state", whole->down[i].state);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

void
xj_json_duty(xj_json *w, const xj_duty_whole *whole)
{
    const xj_duty *duty = whole->duty;

    xj_json_object(w);
    row_members(w, &duty->row);
    xj_json_key_str(w, "text", duty->text);
    xj_json_key_str(w, "doc_no", duty->doc_no);
    xj_json_key_str(w, "doc_on", duty->doc_on);
    xj_json_key_str(w, "leader", duty->leader);
    xj_json_key_str(w, "given_on", duty->given_on);
    xj_json_key_str(w, "words", duty->words);
    xj_json_key_bool(w, "restricted", duty->restricted);
    xj_json_key_id(w, "leader_id", duty->leader_id);
    xj_json_key_str(w, "result", duty->result);
    xj_json_key_str(w, "laid_on", duty->laid_on);
    xj_json_key_str(w, "read_on", duty->read_on);
    xj_json_key_str(w, "read_name", duty->read_name);
    viewers(w, duty);
    xj_json_scans(w, "scans", duty->scans, duty->nscans);
    parts(w, duty);
    handlers(w, duty);
    texts(w, "tags", duty->tags, duty->ntags);
    texts(w, "returns_on", duty->dates, duty->ndates);
    possible(w, "moves", duty->moves, duty->nmoves);
    above(w, &duty->above);
    down(w, whole);
    xj_json_history(w, whole->moves, whole->nmoves);
    xj_json_end_object(w);
}

void
xj_json_obligation_row(xj_json *w, const xj_obligation *o)
{
    xj_json_object(w);
    xj_json_key_int(w, "id", o->id);
    xj_json_key_int(w, "programme", o->programme);
    xj_json_key_int(w, "unit", o->unit);
    xj_json_key_str(w, "unit_name", o->unit_name);
    xj_json_key_str(w, "kind", o->kind);
    xj_json_key_str(w, "raised_for", o->raised_for);
    xj_json_key_str(w, "due", o->due);
    xj_json_key_str(w, "period", o->period);
    xj_json_key_str(w, "title", o->title);
    xj_json_key_id(w, "duty", o->duty);
    xj_json_key_id(w, "document", o->document);
    xj_json_key_str(w, "state", o->state);
    xj_json_key_str(w, "state_on", o->state_on);
    xj_json_key_bool(w, "open", o->open);
    xj_json_key_str(w, "sent_on", o->sent_on);
    xj_json_key_str(w, "accepted_on", o->accepted_on);
    xj_json_key_str(w, "original_on", o->original_on);
    xj_json_key_int(w, "rows", o->rows);
    xj_json_key_int(w, "chases", o->chases);
    xj_json_key_int(w, "version", o->version);
    xj_json_end_object(w);
}

void
xj_json_obligation(xj_json *w, const xj_obligation_whole *whole, const xj_duty_move *moves,
                   size_t nmoves)
{
    xj_json_object(w);
    xj_json_key(w, "summary");
    xj_json_obligation_row(w, &whole->obligation);
    xj_json_key(w, "tasks");
    xj_json_array(w);
    for (size_t i = 0; i < whole->nrows; i++) {
        const xj_obligation_row *row = &whole->rows[i];

        xj_json_object(w);
        xj_json_key_int(w, "duty", row->duty);
        xj_json_key_str(w, "no", row->no);
        xj_json_key_str(w, "action", row->action);
        xj_json_key_str(w, "title", row->title);
        xj_json_key_str(w, "strength", row->strength);
        xj_json_key_str(w, "state", row->state);
        xj_json_key_str(w, "why", row->why);
        xj_json_key_natural(w, "progress", row->progress);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    possible(w, "moves", whole->moves, whole->nmoves);
    xj_json_history(w, moves, nmoves);
    xj_json_end_object(w);
}
