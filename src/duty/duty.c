/* Looking at duty tasks. */
#include "duty/duty_priv.h"
#include "duty/instruction.h"

static void
read_row(xj_duty_row *row, const xj_rows *rows, xj_pool *result)
{
    *row = (xj_duty_row){.id = xj_row_int(rows, 0),
                         .programme = xj_row_int(rows, 1),
                         .notice = xj_row_int(rows, 2),
                         .document = xj_row_int(rows, 3),
                         .plan_task = xj_row_int(rows, 4),
                         .kind = xj_row_text(rows, 5, result),
                         .origin = xj_row_text(rows, 6, result),
                         .action_no = xj_row_int(rows, 7),
                         .action = xj_row_text(rows, 8, result),
                         .no = xj_row_text(rows, 9, result),
                         .title = xj_row_text(rows, 10, result),
                         .state = xj_row_text(rows, 11, result),
                         .state_on = xj_row_text(rows, 12, result),
                         .deadline_kind = xj_row_text(rows, 13, result),
                         .due = xj_row_text(rows, 14, result),
                         .strength = xj_row_text(rows, 15, result),
                         .cadence = xj_row_text(rows, 16, result),
                         .way = xj_row_text(rows, 17, result),
                         .owner = xj_row_int(rows, 18),
                         .owner_name = xj_row_text(rows, 19, result),
                         .unsettled = xj_row_text(rows, 20, result),
                         .deliverable = xj_row_text(rows, 21, result),
                         .progress = xj_row_null(rows, 22) ? -1 : xj_row_int(rows, 22),
                         .light = xj_row_text(rows, 23, result),
                         .light_reason = xj_row_text(rows, 24, result),
                         .version = xj_row_int(rows, 25),
                         .changed_at = xj_row_int(rows, 26),
                         .state_rank = xj_row_int(rows, 27),
                         .light_rank = xj_row_int(rows, 28)};
}

void
xj_duty__scope(xj_list *list, const xj_scope *scope, xj_pool *scratch)
{
    if (!scope->all_units)
        xj_list_str(list, "scope", XJ_COND_MATCH, xj_db_ids(scope->units, scope->nunits, scratch));
}

static void
conditions(xj_list *list, const xj_duty_filter *f)
{
    const struct {
        const char *name;
        int64_t value;
    } ids[] = {{"programme", f->programme},
               {"document", f->document},
               {"owner", f->owner},
               {"notice", f->notice}};
    const struct {
        const char *name;
        xj_str value;
    } words[] = {
        {"kind", f->kind}, {"origin", f->origin}, {"state", f->state}, {"light", f->light}};

    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        if (ids[i].value != 0)
            xj_list_int(list, ids[i].name, XJ_COND_EQ, ids[i].value);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].value.data != NULL)
            xj_list_str(list, words[i].name, XJ_COND_EQ, words[i].value);
    if (f->action_no >= 0)
        xj_list_int(list, "action_no", XJ_COND_EQ, f->action_no);
    if (f->unit != 0)
        xj_list_int(list, "unit", XJ_COND_MATCH, f->unit);
    if (f->tag.data != NULL)
        xj_list_str(list, "tag", XJ_COND_MATCH, f->tag);
    if (f->unsettled)
        xj_list_str(list, "unsettled", XJ_COND_NE, XJ_STR(""));
}

xj_duty_key
xj_duty_key_of(const xj_duty_row *row, xj_duty_order order)
{
    xj_duty_key key = {.text = XJ_STR(""), .id = row->id};

    switch (order) {
    case XJ_DUTIES_BY_NO:
        key.number = row->id;
        break;
    case XJ_DUTIES_BY_DUE:
        key.text = row->due;
        break;
    case XJ_DUTIES_BY_ACTION:
        key.number = row->action_no;
        break;
    case XJ_DUTIES_BY_OWNER:
        key.number = row->owner;
        break;
    case XJ_DUTIES_BY_STATE:
        key.number = row->state_rank;
        break;
    case XJ_DUTIES_BY_LIGHT:
        key.number = row->light_rank;
        break;
    }
    return key;
}

static void
set_order(xj_list *list, const xj_duty_filter *filter, const xj_duty_key *after)
{
    static const char *const names[] = {"no", "due", "action", "owner", "state", "light"};
    const bool text = filter->order == XJ_DUTIES_BY_DUE;

    xj_list_order(list, names[filter->order], filter->descending);
    if (after == NULL)
        return;
    if (text)
        xj_list_after_str(list, after->text, after->id);
    else
        xj_list_after_int(list, after->number, after->id);
}

xj_error *
xj_duty_list(xj_duty_row **items, size_t *n, xj_db *db, const xj_scope *scope, int64_t person,
             const xj_duty_filter *filter, const xj_duty_key *after, int64_t limit, xj_pool *result)
{
    xj_list *list = xj_list_new(SQL_DUTY_LIST, result);
    XJ_VEC(xj_duty_row) found = {0};
    xj_rows *rows;
    bool more;

    conditions(list, filter);
    xj_duty__scope(list, scope, result);
    XJ_TRY(xj_duty__sight(list, db, scope, person, result));
    set_order(list, filter, after);
    XJ_TRY(xj_list_query(&rows, list, db, limit, "si", xj_day_str(xj_day_of(xj_now()), result),
                         scope->tenant));
    for (;;) {
        xj_duty_row row;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        read_row(&row, rows, result);
        xj_vec_push(&found, result, row);
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

/* ---- one ---- */

static xj_error *
read_whole(xj_duty *d, xj_db *db, int64_t tenant, xj_pool *result)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_DUTY_GET, "ii", tenant, d->row.id));
    XJ_TRY(xj_rows_next(rows, &more));
    d->text = xj_row_text(rows, 0, result);
    d->doc_no = xj_row_text(rows, 1, result);
    d->doc_on = xj_row_text(rows, 2, result);
    d->leader = xj_row_text(rows, 3, result);
    d->given_on = xj_row_text(rows, 4, result);
    d->words = xj_row_text(rows, 5, result);
    d->restricted = xj_row_int(rows, 6) != 0;
    xj_rows_close(rows);
    return NULL;
}

static xj_error *
read_parts(xj_duty *d, xj_db *db, int64_t tenant, xj_pool *result)
{
    XJ_VEC(xj_duty_part) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_DUTY_PARTS_SHOWN, "sii",
                       xj_day_str(xj_day_of(xj_now()), result), tenant, d->row.id));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_duty_part){xj_row_int(rows, 0), xj_row_text(rows, 1, result),
                                   xj_row_text(rows, 2, result), xj_row_text(rows, 3, result),
                                   xj_row_text(rows, 4, result), xj_row_text(rows, 5, result),
                                   xj_row_text(rows, 6, result)});
    }
    d->parts = found.items;
    d->nparts = found.len;
    return NULL;
}

static xj_error *
read_handlers(xj_duty *d, xj_db *db, int64_t tenant, xj_pool *result)
{
    XJ_VEC(xj_duty_handler) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_DUTY_HANDLERS_SHOWN, "ii", tenant, d->row.id));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_duty_handler){.id = xj_row_int(rows, 0),
                                      .unit = xj_row_int(rows, 1),
                                      .section = xj_row_int(rows, 2),
                                      .person = xj_row_int(rows, 3),
                                      .section_name = xj_row_text(rows, 4, result),
                                      .person_name = xj_row_text(rows, 5, result),
                                      .from_on = xj_row_text(rows, 6, result),
                                      .to_on = xj_row_text(rows, 7, result)});
    }
    d->handlers = found.items;
    d->nhandlers = found.len;
    return NULL;
}

static xj_error *
read_texts(xj_str **items, size_t *n, xj_db *db, enum xj_sql sql, int64_t tenant, int64_t id,
           xj_pool *result)
{
    XJ_VEC(xj_str) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, sql, "ii", tenant, id));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result, xj_row_text(rows, 0, result));
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_duty_get(xj_duty **duty, xj_db *db, const xj_scope *scope, int64_t person, int64_t id,
            xj_pool *result)
{
    const xj_duty_filter any = {.action_no = -1};
    const xj_duty_key before = {.number = id - 1, .id = id - 1};
    xj_duty *d = *duty = XJ_NEW(result, xj_duty);
    xj_duty_row *row;
    size_t n;

    XJ_TRY(xj_duty_list(&row, &n, db, scope, person, &any, &before, 1, result));
    if (n == 0 || row->id != id)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such duty task");
    d->row = *row;
    XJ_TRY(read_whole(d, db, scope->tenant, result));
    XJ_TRY(read_parts(d, db, scope->tenant, result));
    XJ_TRY(read_handlers(d, db, scope->tenant, result));
    if (d->restricted) {
        XJ_TRY(xj_viewer_list(&d->viewers, &d->nviewers, db, scope->tenant, id, result));
        XJ_TRY(xj_duty__instruction_read(d, db, scope->tenant, result));
    }
    XJ_TRY(xj_scan_list(&d->scans, &d->nscans, db, scope->tenant, id, result));
    XJ_TRY(read_texts(&d->tags, &d->ntags, db, SQL_DUTY_TAGS, scope->tenant, id, result));
    XJ_TRY(read_texts(&d->dates, &d->ndates, db, SQL_DUTY_DATES, scope->tenant, id, result));
    xj_state_moves(d->moves, &d->nmoves, xj_state_kind_find(d->row.kind), d->row.state,
                   xj_duty__is_dated(d->row.due));
    return xj_duty__above_read(d, db, scope->tenant, result);
}

xj_error *
xj_duty__history(xj_duty_move **items, size_t *n, xj_db *db, int64_t tenant, const char *about,
                 int64_t id, xj_pool *result)
{
    XJ_VEC(xj_duty_move) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_DUTY_HISTORY, "isi", tenant, xj_str_c(about), id));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_duty_move){.id = xj_row_int(rows, 0),
                                   .move = xj_row_text(rows, 1, result),
                                   .from_state = xj_row_text(rows, 2, result),
                                   .to_state = xj_row_text(rows, 3, result),
                                   .happened_on = xj_row_text(rows, 4, result),
                                   .recorded_at = xj_row_int(rows, 5),
                                   .person = xj_row_int(rows, 6),
                                   .person_name = xj_row_text(rows, 7, result),
                                   .why = xj_row_text(rows, 8, result),
                                   .before = xj_row_text(rows, 9, result)});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_duty_history(xj_duty_move **items, size_t *n, xj_db *db, int64_t tenant, int64_t id,
                xj_pool *result)
{
    return xj_duty__history(items, n, db, tenant, "duty", id, result);
}
