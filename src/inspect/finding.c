/* What was found, its rectification, its pictures. */
#include "inspect/inspect_priv.h"

static xj_finding
finding_of(const xj_rows *rows, xj_pool *result)
{
    return (xj_finding){.id = xj_row_int(rows, 0),
                        .inspection = xj_row_int(rows, 1),
                        .title = xj_row_text(rows, 2, result),
                        .visit = xj_row_int(rows, 3),
                        .visit_on = xj_row_text(rows, 4, result),
                        .unit = xj_row_int(rows, 5),
                        .unit_name = xj_row_text(rows, 6, result),
                        .item = xj_row_int(rows, 7),
                        .words = xj_row_text(rows, 8, result),
                        .grade = xj_row_text(rows, 9, result),
                        .place = xj_row_text(rows, 10, result),
                        .located = !xj_row_null(rows, 11),
                        .latitude = xj_row_real(rows, 11),
                        .longitude = xj_row_real(rows, 12),
                        .found_by = xj_row_int(rows, 13),
                        .found_name = xj_row_text(rows, 14, result),
                        .found_at = xj_row_int(rows, 15),
                        .duty = xj_row_int(rows, 16),
                        .state = xj_row_text(rows, 17, result),
                        .state_on = xj_row_text(rows, 18, result),
                        .due = xj_row_text(rows, 19, result),
                        .version = xj_row_int(rows, 20),
                        .demand = xj_row_text(rows, 21, result),
                        .inside = xj_row_int(rows, 22) != 0,
                        .told = !xj_row_null(rows, 23),
                        .done = xj_str_eq(xj_row_str(rows, 24), XJ_STR("done")),
                        .programme = xj_row_int(rows, 25),
                        .about = xj_row_int(rows, 26),
                        .action_no = xj_row_null(rows, 27) ? -1 : xj_row_int(rows, 27),
                        .about_no = xj_row_text(rows, 28, result),
                        .about_title = xj_row_text(rows, 29, result),
                        .action = xj_row_text(rows, 30, result)};
}

static xj_error *
read_list(xj_finding **items, size_t *n, xj_list *list, xj_db *db, const xj_scope *scope,
          int64_t limit, xj_pool *result)
{
    XJ_VEC(xj_finding) found = {0};
    xj_rows *rows;
    bool more;

    xj_inspect__seen(list, scope, result);
    XJ_TRY(xj_list_query(&rows, list, db, limit, "ii", scope->person, scope->tenant));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result, finding_of(rows, result));
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_finding_list(xj_finding **items, size_t *n, xj_db *db, const xj_scope *scope,
                const xj_finding_filter *filter, int64_t after, int64_t limit, xj_pool *result)
{
    xj_list *list = xj_list_new(SQL_FINDING_LIST, result);

    if (filter->inspection != 0)
        xj_list_int(list, "inspection", XJ_COND_EQ, filter->inspection);
    if (filter->visit != 0)
        xj_list_int(list, "visit", XJ_COND_EQ, filter->visit);
    if (filter->unit != 0)
        xj_list_int(list, "unit", XJ_COND_EQ, filter->unit);
    if (filter->programme != 0)
        xj_list_int(list, "programme", XJ_COND_EQ, filter->programme);
    if (filter->action_no >= 0)
        xj_list_int(list, "action_no", XJ_COND_EQ, filter->action_no);
    if (filter->grade.data != NULL)
        xj_list_str(list, "grade", XJ_COND_EQ, filter->grade);
    if (filter->stands.data != NULL)
        xj_list_str(list, "stands", XJ_COND_EQ, filter->stands);
    if (filter->ordered)
        xj_list_int(list, "ordered", XJ_COND_EQ, 1);
    if (after != 0)
        xj_list_after(list, after);
    return read_list(items, n, list, db, scope, limit, result);
}

xj_error *
xj_finding_get(xj_finding **finding, xj_db *db, const xj_scope *scope, int64_t id, xj_pool *result)
{
    xj_list *list = xj_list_new(SQL_FINDING_LIST, result);
    size_t n;

    xj_list_int(list, "id", XJ_COND_EQ, id);
    XJ_TRY(read_list(finding, &n, list, db, scope, 1, result));
    return n == 0 ? xj_error_new(XJ_E_NOT_FOUND, "there is no such finding") : NULL;
}

xj_error *
xj_finding_of_duty(int64_t *id, xj_db *db, int64_t tenant, int64_t duty)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_FINDING_OF_DUTY, "ii", tenant, duty));
    XJ_TRY(xj_rows_next(rows, &more));
    *id = more ? xj_row_int(rows, 0) : 0;
    xj_rows_close(rows);
    return NULL;
}

/* ---- what it is about ---- */

static xj_error *
one_number(int64_t *value, xj_tx *tx, enum xj_sql sql, int64_t a, int64_t b)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), sql, "iii", xj_tx_tenant(tx), a, b));
    XJ_TRY(xj_rows_next(rows, &more));
    *value = more ? xj_row_int(rows, 0) : -1;
    xj_rows_close(rows);
    return NULL;
}

xj_error *
xj_inspect__check_about(int64_t *action_no, xj_tx *tx, int64_t programme, int64_t about)
{
    int64_t known;

    if (about != 0) {
        XJ_TRY(one_number(action_no, tx, SQL_FINDING_ABOUT_TASK, programme, about));
        return *action_no >= 0
                   ? NULL
                   : xj_error_new(XJ_E_BAD_INPUT, "the programme of the campaign has no such task");
    }
    if (*action_no < 0)
        return NULL;
    XJ_TRY(one_number(&known, tx, SQL_FINDING_ABOUT_ACTION, programme, *action_no));
    return known > 0
               ? NULL
               : xj_error_new(XJ_E_BAD_INPUT, "the programme of the campaign has no such action");
}

xj_error *
xj_finding_set_about(xj_tx *tx, const xj_scope *scope, int64_t id, int64_t about, int64_t action_no)
{
    xj_finding *f;

    xj_tx_subject(tx, "finding", id);
    XJ_TRY(xj_finding_get(&f, xj_tx_db(tx), scope, id, xj_tx_pool(tx)));
    XJ_TRY(xj_inspect__check_inside(f->inside));
    XJ_TRY(xj_inspect__check_about(&action_no, tx, f->programme, about));
    return xj_db_run(xj_tx_db(tx), SQL_FINDING_ABOUT_SET, "IIii", about == 0 ? NULL : &about,
                     action_no < 0 ? NULL : &action_no, scope->tenant, id);
}

/* ---- rectification ---- */

/* The first words of a finding, as a title. */
static xj_str
title_of(xj_str words, xj_pool *pool)
{
    const size_t most = 60;
    size_t at = 0, count = 0;

    while (at < words.len && count < most && words.data[at] != '\n') {
        at++;
        while (at < words.len && ((unsigned char)words.data[at] & 0xc0) == 0x80)
            at++;
        count++;
    }
    return xj_str_printf(pool, "整改：" XJ_FMT "%s", XJ_ARG(xj_str_sub(words, 0, at)),
                         at < words.len ? "…" : "");
}

xj_error *
xj_rectification_order(xj_tx *tx, const xj_scope *scope, int64_t id, xj_str due, xj_str demand)
{
    xj_finding *f;
    xj_duty_new duty;
    int64_t made;

    XJ_TRY(xj_finding_get(&f, xj_tx_db(tx), scope, id, xj_tx_pool(tx)));
    XJ_TRY(xj_inspect__check_inside(f->inside));
    XJ_TRY(xj_inspect__check_day(due, "due"));
    XJ_TRY(xj_inspect__check_text(demand, XJ_INSPECTION_NOTE_MAX, false, "demand"));
    if (f->duty != 0)
        return xj_error_new(XJ_E_CONFLICT, "a rectification was ordered already");
    if (!f->told || !f->done)
        return xj_error_new(XJ_E_CONFLICT,
                            "a rectification is ordered when the visit is done and its unit told");
    if (xj_str_cmp(due, xj_inspect__today(tx)) < 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the day is over"), "/due");
    duty = (xj_duty_new){.programme = f->programme,
                         .kind = XJ_STR("rectification"),
                         .origin = XJ_STR("hand"),
                         .title = title_of(f->words, xj_tx_pool(tx)),
                         .text = demand.len > 0 ? demand : f->words,
                         .lead = f->unit,
                         .deadline_kind = XJ_STR("complete_by"),
                         .due = due,
                         .cadence = XJ_STR("")};
    XJ_TRY(xj_duty_add(&made, tx, &duty));
    xj_tx_subject(tx, "finding", id);
    return xj_db_run(xj_tx_db(tx), SQL_FINDING_ORDERED, "iii", made, scope->tenant, id);
}

static bool
is_units_move(xj_str move)
{
    return xj_str_eq(move, XJ_STR("begin")) || xj_str_eq(move, XJ_STR("ask_closing"));
}

/* Who may do MOVE: the unit's side its own steps; the other side the rest, and no finder his own
 * finding's end. */
static xj_error *
may_move(const xj_finding *f, const xj_scope *scope, xj_str move, int64_t person)
{
    const bool own = !scope->all_units && xj_scope_has(scope, scope->tenant, f->unit);

    if (is_units_move(move))
        return own || scope->all_units
                   ? NULL
                   : xj_error_new(XJ_E_FORBIDDEN, "this is for the inspected unit to do");
    if (own || !(f->inside || scope->all_units))
        return xj_error_new(XJ_E_FORBIDDEN, "the inspected unit cannot do this itself");
    if (person == f->found_by && !xj_str_eq(move, XJ_STR("return")))
        return xj_error_new(XJ_E_FORBIDDEN, "another person than who found it must do this");
    return NULL;
}

xj_error *
xj_rectification_step(int64_t *now, xj_tx *tx, const xj_scope *scope, int64_t id, int64_t version,
                      const xj_step *step)
{
    xj_finding *f;
    xj_error *err;

    xj_tx_subject(tx, "finding", id);
    XJ_TRY(xj_finding_get(&f, xj_tx_db(tx), scope, id, xj_tx_pool(tx)));
    if (f->duty == 0)
        return xj_error_new(XJ_E_NOT_FOUND, "no rectification was ordered");
    XJ_TRY(may_move(f, scope, step->move, xj_tx_actor(tx)));
    err = xj_duty_step(now, tx, f->duty, version, step);
    xj_tx_subject(tx, "finding", id);
    return err;
}

/* ---- pictures ---- */

xj_error *
xj_picture_list(xj_picture **items, size_t *n, xj_db *db, int64_t tenant, int64_t finding,
                xj_pool *result)
{
    XJ_VEC(xj_picture) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_PICTURE_LIST, "ii", tenant, finding));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_picture){.id = xj_row_int(rows, 0),
                                 .hash = xj_row_text(rows, 1, result),
                                 .media = xj_row_text(rows, 2, result),
                                 .size = xj_row_int(rows, 3)});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_picture_add(int64_t *id, xj_tx *tx, const xj_scope *scope, int64_t finding,
               const xj_picture *picture)
{
    xj_picture *there;
    xj_finding *f;
    size_t n;

    xj_tx_subject(tx, "finding", finding);
    XJ_TRY(xj_finding_get(&f, xj_tx_db(tx), scope, finding, xj_tx_pool(tx)));
    XJ_TRY(xj_inspect__check_inside(f->inside));
    XJ_TRY(xj_picture_list(&there, &n, xj_tx_db(tx), scope->tenant, finding, xj_tx_pool(tx)));
    for (size_t i = 0; i < n; i++)
        if (xj_str_eq(there[i].hash, picture->hash)) { /* the same once more */
            *id = there[i].id;
            return NULL;
        }
    if (n >= XJ_FINDING_PICTURES_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "a finding has at most %d pictures",
                            XJ_FINDING_PICTURES_MAX);
    *id = xj_tx_next_id(tx);
    return xj_db_run(xj_tx_db(tx), SQL_PICTURE_ADD, "iiissiii", scope->tenant, *id, finding,
                     picture->hash, picture->media, picture->size, xj_tx_actor(tx), xj_tx_now(tx));
}
