/* Visits: planned, told, made. */
#include "inspect/inspect_priv.h"

static xj_visit_row
row_of(const xj_rows *rows, const xj_scope *scope, xj_pool *result)
{
    xj_visit_row row = {.id = xj_row_int(rows, 0),
                        .inspection = xj_row_int(rows, 1),
                        .title = xj_row_text(rows, 2, result),
                        .inspection_state = xj_row_text(rows, 3, result),
                        .unit = xj_row_int(rows, 4),
                        .unit_name = xj_row_text(rows, 5, result),
                        .visit_on = xj_row_text(rows, 6, result),
                        .announced = xj_row_int(rows, 7) != 0,
                        .told_on = xj_row_text(rows, 8, result),
                        .state = xj_row_text(rows, 9, result),
                        .summary = xj_row_text(rows, 10, result),
                        .done_on = xj_row_text(rows, 11, result),
                        .done_name = xj_row_text(rows, 12, result),
                        .version = xj_row_int(rows, 13),
                        .inside = xj_row_int(rows, 14) != 0,
                        .findings = xj_row_int(rows, 15)};

    if (!row.inside && !scope->all_units && !xj_str_eq(row.state, XJ_STR("done")))
        row.findings = 0;
    return row;
}

xj_error *
xj_inspect__visits(xj_visit_row **items, size_t *n, xj_db *db, const xj_scope *scope,
                   int64_t inspection, int64_t id, xj_pool *result)
{
    xj_list *list = xj_list_new(SQL_VISIT_LIST, result);
    XJ_VEC(xj_visit_row) found = {0};
    xj_rows *rows;
    bool more;

    if (inspection != 0)
        xj_list_int(list, "inspection", XJ_COND_EQ, inspection);
    if (id != 0)
        xj_list_int(list, "id", XJ_COND_EQ, id);
    xj_list_order(list, "day", false);
    xj_inspect__seen(list, scope, result);
    XJ_TRY(xj_list_query(&rows, list, db, XJ_INSPECTION_VISITS_MAX, "ii", scope->person,
                         scope->tenant));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result, row_of(rows, scope, result));
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_inspect__visit(xj_visit_row *row, xj_db *db, const xj_scope *scope, int64_t id, xj_pool *result)
{
    xj_visit_row *found;
    size_t n;

    XJ_TRY(xj_inspect__visits(&found, &n, db, scope, 0, id, result));
    if (n == 0)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such visit");
    *row = found[0];
    return NULL;
}

xj_error *
xj_visit_get(xj_visit **visit, xj_db *db, const xj_scope *scope, int64_t id, xj_pool *result)
{
    xj_visit *whole = XJ_NEW(result, xj_visit);
    XJ_VEC(xj_visit_item) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_inspect__visit(&whole->row, db, scope, id, result));
    *visit = whole;
    if (!whole->row.inside && !scope->all_units)
        return NULL;
    XJ_TRY(xj_db_query(&rows, db, SQL_VISIT_ITEMS, "ii", scope->tenant, id));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_visit_item){.id = xj_row_int(rows, 0),
                                    .duty = xj_row_int(rows, 1),
                                    .words = xj_row_text(rows, 2, result),
                                    .answer = xj_row_text(rows, 3, result),
                                    .note = xj_row_text(rows, 4, result)});
    }
    whole->items = found.items;
    whole->nitems = found.len;
    return NULL;
}

/* ---- planning ---- */

/* The words of a line: its own, or its task's title, which the unit must have part in. */
static xj_error *
item_words(xj_str *words, xj_tx *tx, int64_t unit, const xj_item_new *item, size_t index)
{
    xj_rows *rows;
    bool more;

    *words = item->words.data == NULL ? XJ_STR("") : xj_str_trim(item->words);
    if (item->duty != 0) {
        XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_VISIT_DUTY, "iii", unit, xj_tx_tenant(tx),
                           item->duty));
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the unit has no part in this task"),
                               "/items/%zu/duty", index);
        if (words->len == 0)
            *words = xj_row_text(rows, 0, xj_tx_pool(tx));
        xj_rows_close(rows);
    }
    return words->len == 0 || xj_utf8_count(*words) > XJ_FINDING_WORDS_MAX
               ? xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a line has 1 to %d characters",
                                          XJ_FINDING_WORDS_MAX),
                             "/items/%zu/words", index)
               : NULL;
}

static xj_error *
set_items(xj_tx *tx, int64_t visit, int64_t unit, const xj_item_new *items, size_t n)
{
    xj_str words;

    if (n > XJ_VISIT_ITEMS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "a checklist has at most %d lines", XJ_VISIT_ITEMS_MAX);
    XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_VISIT_ITEMS_CLEAR, "ii", xj_tx_tenant(tx), visit));
    for (size_t i = 0; i < n; i++) {
        XJ_TRY(item_words(&words, tx, unit, &items[i], i));
        XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_VISIT_ITEM_ADD, "iiiIs", xj_tx_tenant(tx),
                         xj_tx_next_id(tx), visit, items[i].duty == 0 ? NULL : &items[i].duty,
                         words));
    }
    return NULL;
}

/* VISIT_ON is a day of the campaign. */
static xj_error *
check_day(const xj_inspection_row *row, xj_str visit_on)
{
    XJ_TRY(xj_inspect__check_day(visit_on, "visit_on"));
    if (xj_str_cmp(visit_on, row->from_on) < 0 || xj_str_cmp(visit_on, row->to_on) > 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT,
                                        "the campaign is from " XJ_FMT " to " XJ_FMT,
                                        XJ_ARG(row->from_on), XJ_ARG(row->to_on)),
                           "/visit_on");
    return NULL;
}

/* The campaign as who is inside may work in it. */
static xj_error *
open_campaign(xj_inspection_row *row, xj_tx *tx, const xj_scope *scope, int64_t id)
{
    XJ_TRY(xj_inspect__row(row, xj_tx_db(tx), scope, id, xj_tx_pool(tx)));
    XJ_TRY(xj_inspect__check_inside(row->inside));
    if (xj_str_eq(row->state, XJ_STR("closed")))
        return xj_error_new(XJ_E_CONFLICT, "the campaign is closed");
    return NULL;
}

static xj_error *
check_room(xj_tx *tx, int64_t inspection, int64_t unit)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_INSPECTION_UNIT_HAS, "iii", xj_tx_tenant(tx),
                       inspection, unit));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the campaign does not inspect this unit"),
                           "/unit");
    xj_rows_close(rows);
    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_VISIT_COUNT, "ii", xj_tx_tenant(tx), inspection));
    XJ_TRY(xj_rows_next(rows, &more));
    if (xj_row_int(rows, 0) >= XJ_INSPECTION_VISITS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "a campaign has at most %d visits",
                            XJ_INSPECTION_VISITS_MAX);
    xj_rows_close(rows);
    return NULL;
}

xj_error *
xj_visit_add(int64_t *id, xj_tx *tx, const xj_scope *scope, const xj_visit_new *visit)
{
    xj_inspection_row row;
    bool announced;

    XJ_TRY(open_campaign(&row, tx, scope, visit->inspection));
    XJ_TRY(check_day(&row, visit->visit_on));
    XJ_TRY(check_room(tx, visit->inspection, visit->unit));
    announced = visit->announced && row.announced;
    *id = xj_tx_next_id(tx);
    xj_tx_subject(tx, "visit", *id);
    XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_VISIT_ADD, "iiiisiSi", scope->tenant, *id, visit->inspection,
                     visit->unit, visit->visit_on, (int64_t)announced,
                     announced ? xj_inspect__today(tx) : XJ_STR_NONE, xj_tx_now(tx)));
    return set_items(tx, *id, visit->unit, visit->items, visit->nitems);
}

/* Visit ID as who is inside may change it, and its campaign. */
static xj_error *
for_change(xj_visit_row *row, xj_inspection_row *campaign, xj_tx *tx, const xj_scope *scope,
           int64_t id, int64_t version)
{
    xj_tx_subject(tx, "visit", id);
    XJ_TRY(xj_inspect__visit(row, xj_tx_db(tx), scope, id, xj_tx_pool(tx)));
    XJ_TRY(open_campaign(campaign, tx, scope, row->inspection));
    return xj_inspect__check_version(row->version, version, "visit");
}

static xj_error *
check_planned(const xj_visit_row *row)
{
    if (xj_str_eq(row->state, XJ_STR("planned")))
        return NULL;
    return xj_error_new(XJ_E_CONFLICT, "this is not possible while the visit is " XJ_FMT,
                        XJ_ARG(row->state));
}

xj_error *
xj_visit_change(int64_t *now, xj_tx *tx, const xj_scope *scope, int64_t id, int64_t version,
                const xj_visit_new *visit)
{
    xj_inspection_row campaign;
    xj_visit_row row;

    XJ_TRY(for_change(&row, &campaign, tx, scope, id, version));
    XJ_TRY(check_planned(&row));
    XJ_TRY(check_day(&campaign, visit->visit_on));
    XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_VISIT_SET_DAY, "sii", visit->visit_on, scope->tenant, id));
    *now = version + 1;
    return visit->items == NULL ? NULL : set_items(tx, id, row.unit, visit->items, visit->nitems);
}

xj_error *
xj_visit_step(int64_t *now, xj_tx *tx, const xj_scope *scope, int64_t id, int64_t version,
              xj_str move)
{
    const bool tell = xj_str_eq(move, XJ_STR("tell"));
    xj_inspection_row campaign;
    xj_visit_row row;

    if (!tell && !xj_str_eq(move, XJ_STR("withdraw")))
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a visit has no such move"), "/move");
    XJ_TRY(for_change(&row, &campaign, tx, scope, id, version));
    *now = version + 1;
    if (!tell) {
        XJ_TRY(check_planned(&row));
        return xj_db_run(xj_tx_db(tx), SQL_VISIT_WITHDRAW, "ii", scope->tenant, id);
    }
    if (row.told_on.data != NULL || xj_str_eq(row.state, XJ_STR("withdrawn")))
        return xj_error_new(XJ_E_CONFLICT, "the unit knows of the visit, or it was withdrawn");
    if (!xj_str_eq(campaign.state, XJ_STR("issued")))
        return xj_error_new(XJ_E_CONFLICT, "the campaign is not issued");
    return xj_db_run(xj_tx_db(tx), SQL_VISIT_TELL, "sii", xj_inspect__today(tx), scope->tenant, id);
}

/* ---- recording ---- */

static bool
one_of(xj_str word, const char *words)
{
    xj_str all = xj_str_c(words), part;

    while (xj_str_split(&part, &all, ' '))
        if (word.len > 0 && xj_str_eq(part, word))
            return true;
    return false;
}

static xj_error *
answer_items(xj_tx *tx, int64_t visit, const xj_visit_record *record)
{
    for (size_t i = 0; i < record->nanswers; i++) {
        const xj_visit_item *a = &record->answers[i];
        int64_t changed;

        if (a->answer.len > 0 && !one_of(a->answer, "good problem not_applicable"))
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "there is no answer \"" XJ_FMT "\"",
                                            XJ_ARG(a->answer)),
                               "/answers/%zu/answer", i);
        XJ_TRY(xj_inspect__check_text(a->note, XJ_FINDING_WORDS_MAX, false, "note"));
        XJ_TRY(xj_db_change(&changed, xj_tx_db(tx), SQL_VISIT_ITEM_ANSWER, "ssiii", a->answer,
                            a->note, xj_tx_tenant(tx), visit, a->id));
        if (changed == 0)
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the checklist has no such line"),
                               "/answers/%zu/id", i);
    }
    return NULL;
}

static xj_error *
check_finding(const xj_finding_new *f, size_t index)
{
    if (xj_str_trim(f->words).len == 0 || xj_utf8_count(f->words) > XJ_FINDING_WORDS_MAX)
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "a finding has 1 to %d characters", XJ_FINDING_WORDS_MAX),
            "/findings/%zu/words", index);
    if (!one_of(f->grade, "general notable serious"))
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "there is no grade \"" XJ_FMT "\"", XJ_ARG(f->grade)),
            "/findings/%zu/grade", index);
    if (f->located &&
        !(f->latitude >= -90 && f->latitude <= 90 && f->longitude >= -180 && f->longitude <= 180))
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "there is no such place on earth"),
                           "/findings/%zu/latitude", index);
    return xj_inspect__check_text(f->place, XJ_INSPECTION_TITLE_MAX, false, "place");
}

/* What F is about: what it names, else the task of its line of the checklist. */
static xj_error *
about_of(int64_t *about, int64_t *action_no, xj_tx *tx, const xj_visit_row *row, int64_t programme,
         const xj_finding_new *f)
{
    xj_rows *rows;
    bool more;

    *about = f->about;
    *action_no = f->action_no;
    if (f->about == 0 && f->action_no < 0 && f->item != 0) {
        XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_VISIT_ITEM_DUTY, "iii", xj_tx_tenant(tx),
                           row->id, f->item));
        XJ_TRY(xj_rows_next(rows, &more));
        *about = more ? xj_row_int(rows, 0) : 0;
        xj_rows_close(rows);
    }
    return xj_inspect__check_about(action_no, tx, programme, *about);
}

static xj_error *
add_findings(xj_tx *tx, const xj_visit_row *row, int64_t programme, const xj_visit_record *record)
{
    if (record->nfindings > XJ_VISIT_FINDINGS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "a record has at most %d findings",
                            XJ_VISIT_FINDINGS_MAX);
    for (size_t i = 0; i < record->nfindings; i++) {
        const xj_finding_new *f = &record->findings[i];
        int64_t about, action_no;

        XJ_TRY(check_finding(f, i));
        XJ_TRY(about_of(&about, &action_no, tx, row, programme, f));
        XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_FINDING_ADD, "iiiiiIsssDDisiII", xj_tx_tenant(tx),
                         xj_tx_next_id(tx), row->inspection, row->id, row->unit,
                         f->item == 0 ? NULL : &f->item, xj_str_trim(f->words), f->grade,
                         xj_str_trim(f->place), f->located ? &f->latitude : NULL,
                         f->located ? &f->longitude : NULL, xj_tx_actor(tx), record->actor_name,
                         xj_tx_now(tx), about == 0 ? NULL : &about,
                         action_no < 0 ? NULL : &action_no));
    }
    return NULL;
}

xj_error *
xj_visit_keep(int64_t *now, xj_tx *tx, const xj_scope *scope, int64_t id, int64_t version,
              const xj_visit_record *record)
{
    const xj_str today = xj_inspect__today(tx);
    const xj_str on = record->happened_on.data == NULL ? today : record->happened_on;
    xj_inspection_row campaign;
    xj_visit_row row;

    XJ_TRY(for_change(&row, &campaign, tx, scope, id, version));
    if (!xj_str_eq(campaign.state, XJ_STR("issued")))
        return xj_error_new(XJ_E_CONFLICT, "the campaign is not issued");
    if (xj_str_eq(row.state, XJ_STR("withdrawn")))
        return xj_error_new(XJ_E_CONFLICT, "the visit was withdrawn");
    XJ_TRY(xj_inspect__check_day(on, "happened_on"));
    if (xj_str_cmp(on, today) > 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the day lies in the future"),
                           "/happened_on");
    XJ_TRY(xj_inspect__check_text(record->summary, XJ_INSPECTION_NOTE_MAX, false, "summary"));
    XJ_TRY(answer_items(tx, id, record));
    XJ_TRY(add_findings(tx, &row, campaign.programme, record));
    *now = version + 1;
    return xj_db_run(xj_tx_db(tx), SQL_VISIT_RECORD, "sssii", record->summary, on,
                     record->actor_name, scope->tenant, id);
}
