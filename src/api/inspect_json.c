/* Campaigns, visits, findings and circulars as JSON. */
#include "api/inspect_json.h"

#include "api/api_priv.h"
#include "api/duty_json.h"

/* ---- campaigns ---- */

static void
row_members(xj_json *w, const xj_inspection_row *row)
{
    xj_json_key_int(w, "id", row->id);
    xj_json_key_int(w, "programme", row->programme);
    xj_json_key_str(w, "title", row->title);
    xj_json_key_str(w, "basis", row->basis);
    xj_json_key_str(w, "from_on", row->from_on);
    xj_json_key_str(w, "to_on", row->to_on);
    xj_json_key_str(w, "note", row->note);
    xj_json_key_bool(w, "announced", row->announced);
    xj_json_key_str(w, "state", row->state);
    xj_json_key_str(w, "issued_on", row->issued_on);
    xj_json_key_str(w, "created_by", row->created_name);
    xj_json_key_int(w, "version", row->version);
    xj_json_key_bool(w, "inside", row->inside);
}

void
xj_json_inspection_row(xj_json *w, const xj_inspection_row *row)
{
    xj_json_object(w);
    row_members(w, row);
    xj_json_end_object(w);
}

void
xj_json_burden(xj_json *w, const xj_burden *burden)
{
    xj_json_object(w);
    xj_api_key_named(w, "unit", burden->unit, burden->name);
    xj_json_key_int(w, "planned", burden->planned);
    xj_json_key_int(w, "made", burden->made);
    xj_json_key_int(w, "campaigns", burden->campaigns);
    xj_json_end_object(w);
}

static void
visit_members(xj_json *w, const xj_visit_row *row)
{
    xj_json_key_int(w, "id", row->id);
    xj_json_key_int(w, "inspection", row->inspection);
    xj_json_key_str(w, "title", row->title);
    xj_json_key_str(w, "inspection_state", row->inspection_state);
    xj_api_key_named(w, "unit", row->unit, row->unit_name);
    xj_json_key_str(w, "visit_on", row->visit_on);
    xj_json_key_bool(w, "announced", row->announced);
    xj_json_key_str(w, "told_on", row->told_on);
    xj_json_key_str(w, "state", row->state);
    xj_json_key_str(w, "summary", row->summary);
    xj_json_key_str(w, "done_on", row->done_on);
    xj_json_key_str(w, "done_by", row->done_name);
    xj_json_key_int(w, "version", row->version);
    xj_json_key_bool(w, "inside", row->inside);
    xj_json_key_int(w, "findings", row->findings);
}

static void
inspected_json(xj_json *w, const xj_inspection *whole)
{
    xj_json_key(w, "units");
    xj_json_array(w);
    for (size_t i = 0; i < whole->nunits; i++) {
        const xj_inspected *u = &whole->units[i];

        xj_json_object(w);
        xj_api_key_named(w, "unit", u->unit, u->name);
        xj_json_key_int(w, "planned", u->planned);
        xj_json_key_int(w, "year_planned", u->year.planned);
        xj_json_key_int(w, "year_made", u->year.made);
        xj_json_key_int(w, "year_campaigns", u->year.campaigns);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

static void
people_json(xj_json *w, const xj_inspection *whole)
{
    xj_json_key(w, "people");
    xj_json_array(w);
    for (size_t i = 0; i < whole->npeople; i++) {
        xj_json_object(w);
        xj_api_key_named(w, "person", whole->people[i].person, whole->people[i].name);
        xj_json_key_bool(w, "of_team", whole->people[i].of_team);
        xj_json_key_bool(w, "leads", whole->people[i].leads);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

void
xj_json_inspection(xj_json *w, const xj_inspection *whole)
{
    xj_json_object(w);
    row_members(w, &whole->row);
    inspected_json(w, whole);
    people_json(w, whole);
    xj_json_key(w, "visits");
    xj_json_array(w);
    for (size_t i = 0; i < whole->nvisits; i++) {
        xj_json_object(w);
        visit_members(w, &whole->visits[i]);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_end_object(w);
}

void
xj_json_visit(xj_json *w, const xj_visit *visit)
{
    xj_json_object(w);
    visit_members(w, &visit->row);
    xj_json_key(w, "items");
    xj_json_array(w);
    for (size_t i = 0; i < visit->nitems; i++) {
        const xj_visit_item *item = &visit->items[i];

        xj_json_object(w);
        xj_json_key_int(w, "id", item->id);
        xj_json_key_id(w, "duty", item->duty);
        xj_json_key_str(w, "words", item->words);
        xj_json_key_str(w, "answer", item->answer);
        xj_json_key_str(w, "note", item->note);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_end_object(w);
}

/* ---- findings ---- */

static void
key_degrees(xj_json *w, const char *key, bool given, double degrees)
{
    xj_json_key(w, key);
    if (given)
        xj_json_real(w, degrees);
    else
        xj_json_null(w);
}

static void
rectification_json(xj_json *w, const xj_finding *f)
{
    xj_json_key(w, "rectification");
    if (f->duty == 0) {
        xj_json_null(w);
        return;
    }
    xj_json_object(w);
    xj_json_key_int(w, "duty", f->duty);
    xj_json_key_str(w, "state", f->state);
    xj_json_key_str(w, "state_on", f->state_on);
    xj_json_key_str(w, "due", f->due);
    xj_json_key_str(w, "demand", f->demand);
    xj_json_key_int(w, "version", f->version);
    xj_json_end_object(w);
}

static void
finding_members(xj_json *w, const xj_finding *f)
{
    xj_json_key_int(w, "id", f->id);
    xj_json_key_int(w, "inspection", f->inspection);
    xj_json_key_str(w, "title", f->title);
    xj_json_key_int(w, "visit", f->visit);
    xj_json_key_str(w, "visit_on", f->visit_on);
    xj_api_key_named(w, "unit", f->unit, f->unit_name);
    xj_json_key_id(w, "item", f->item);
    xj_json_key_str(w, "words", f->words);
    xj_json_key_str(w, "grade", f->grade);
    xj_json_key_str(w, "place", f->place);
    key_degrees(w, "latitude", f->located, f->latitude);
    key_degrees(w, "longitude", f->located, f->longitude);
    xj_api_key_named(w, "found_by", f->found_by, f->found_name);
    xj_api_key_instant(w, "found_at", f->found_at);
    xj_json_key_bool(w, "told", f->told);
    xj_json_key_bool(w, "inside", f->inside);
    xj_json_key(w, "about");
    if (f->about == 0) {
        xj_json_null(w);
    } else {
        xj_json_object(w);
        xj_json_key_int(w, "id", f->about);
        xj_json_key_str(w, "no", f->about_no);
        xj_json_key_str(w, "title", f->about_title);
        xj_json_end_object(w);
    }
    xj_json_key_natural(w, "action_no", f->action_no);
    xj_json_key_str(w, "action", f->action);
    rectification_json(w, f);
}

void
xj_json_finding_row(xj_json *w, const xj_finding *f)
{
    xj_json_object(w);
    finding_members(w, f);
    xj_json_end_object(w);
}

static void
moves_json(xj_json *w, const xj_duty_move *moves, size_t n)
{
    xj_json_key(w, "moves");
    xj_json_array(w);
    for (size_t i = 0; i < n; i++) {
        /* files stand beside, by name */
        if (xj_str_eq(moves[i].move, XJ_STR("add_scan")) ||
            xj_str_eq(moves[i].move, XJ_STR("remove_scan")))
            continue;
        xj_json_object(w);
        xj_json_key_str(w, "move", moves[i].move);
        xj_json_key_str(w, "state", moves[i].to_state);
        xj_json_key_str(w, "happened_on", moves[i].happened_on);
        xj_api_key_instant(w, "recorded_at", moves[i].recorded_at);
        xj_json_key_str(w, "by", moves[i].person_name);
        xj_json_key_str(w, "why", moves[i].why);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

void
xj_json_finding(xj_json *w, const xj_finding_whole *whole)
{
    const xj_picture *pictures = whole->pictures;

    xj_json_object(w);
    finding_members(w, whole->finding);
    xj_json_key(w, "pictures");
    xj_json_array(w);
    for (size_t i = 0; i < whole->npictures; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "id", pictures[i].id);
        xj_json_key_str(w, "media", pictures[i].media);
        xj_json_key_int(w, "size", pictures[i].size);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_scans(w, "answers", whole->answers, whole->nanswers);
    moves_json(w, whole->moves, whole->nmoves);
    xj_json_end_object(w);
}

/* ---- circulars ---- */

static void
circular_members(xj_json *w, const xj_circular_row *row)
{
    xj_json_key_int(w, "id", row->id);
    xj_json_key_int(w, "inspection", row->inspection);
    xj_json_key_str(w, "state", row->state);
    xj_json_key_bool(w, "to_all", row->to_all);
    xj_json_key_str(w, "published_on", row->published_on);
    xj_json_key_int(w, "version", row->version);
    xj_json_key_str(w, "title", row->title);
    xj_json_key_str(w, "by", row->person_name);
    xj_api_key_instant(w, "at", row->made_at);
    xj_json_key_bool(w, "inside", row->inside);
}

void
xj_json_circular_row(xj_json *w, const xj_circular_row *row)
{
    xj_json_object(w);
    circular_members(w, row);
    xj_json_end_object(w);
}

void
xj_json_circular(xj_json *w, const xj_circular *circular)
{
    xj_json_object(w);
    circular_members(w, &circular->row);
    xj_json_key_int(w, "no", circular->text.no);
    xj_json_key_str(w, "heading", circular->text.title);
    xj_json_key_str(w, "body", circular->text.body);
    xj_json_key(w, "texts");
    xj_json_array(w);
    for (size_t i = 0; i < circular->ntexts; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "no", circular->texts[i].no);
        xj_json_key_str(w, "heading", circular->texts[i].title);
        xj_json_key_str(w, "by", circular->texts[i].person_name);
        xj_api_key_instant(w, "at", circular->texts[i].made_at);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_key(w, "units");
    xj_json_array(w);
    for (size_t i = 0; i < circular->nunits; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "id", circular->units[i].unit);
        xj_json_key_str(w, "name", circular->units[i].name);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_end_object(w);
}
