/* Campaigns: what is planned, who sees it, how much it asks of the units. */
#include "inspect/inspect_priv.h"

#include "org/post.h"
#include "org/unit.h"

/* ---- small things that all files here share ---- */

xj_str
xj_inspect__today(xj_tx *tx)
{
    return xj_day_str(xj_org_day(xj_tx_now(tx)), xj_tx_pool(tx));
}

void
xj_inspect__seen(xj_list *list, const xj_scope *scope, xj_pool *scratch)
{
    if (scope->all_units)
        xj_list_int(list, "seen_all", XJ_COND_EQ, 1);
    else
        xj_list_str(list, "seen_units", XJ_COND_MATCH, xj_scope_json(scope, scratch));
}

xj_error *
xj_inspect__check_text(xj_str text, size_t max, bool asked, const char *member)
{
    if (asked && xj_str_trim(text).len == 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the %s is empty", member), "/%s", member);
    if (xj_utf8_count(text) > max)
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "the %s has more than %zu characters", member, max), "/%s",
            member);
    return NULL;
}

xj_error *
xj_inspect__check_day(xj_str day, const char *member)
{
    xj_date date;

    if (xj_date_parse(&date, day) && date.year >= 2000 && date.year <= 2200)
        return NULL;
    return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "\"" XJ_FMT "\" is no day", XJ_ARG(day)), "/%s",
                       member);
}

xj_error *
xj_inspect__check_version(int64_t now, int64_t seen, const char *what)
{
    if (now == seen)
        return NULL;
    return xj_error_new(XJ_E_STALE,
                        "the %s was changed since you saw it: it is at %lld, you saw %lld", what,
                        (long long)now, (long long)seen);
}

xj_error *
xj_inspect__check_inside(bool inside)
{
    if (inside)
        return NULL;
    return xj_error_new(XJ_E_FORBIDDEN,
                        "only the campaign's team and its named people can do this");
}

/* ---- looking ---- */

static xj_inspection_row
row_of(const xj_rows *rows, xj_pool *result)
{
    return (xj_inspection_row){.id = xj_row_int(rows, 0),
                               .programme = xj_row_int(rows, 1),
                               .title = xj_row_text(rows, 2, result),
                               .basis = xj_row_text(rows, 3, result),
                               .from_on = xj_row_text(rows, 4, result),
                               .to_on = xj_row_text(rows, 5, result),
                               .note = xj_row_text(rows, 6, result),
                               .announced = xj_row_int(rows, 7) != 0,
                               .state = xj_row_text(rows, 8, result),
                               .issued_on = xj_row_text(rows, 9, result),
                               .created_name = xj_row_text(rows, 10, result),
                               .version = xj_row_int(rows, 11),
                               .inside = xj_row_int(rows, 12) != 0};
}

static xj_error *
read_list(xj_inspection_row **items, size_t *n, xj_list *list, xj_db *db, const xj_scope *scope,
          int64_t limit, xj_pool *result)
{
    XJ_VEC(xj_inspection_row) found = {0};
    xj_rows *rows;
    bool more;

    xj_inspect__seen(list, scope, result);
    XJ_TRY(xj_list_query(&rows, list, db, limit, "ii", scope->person, scope->tenant));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result, row_of(rows, result));
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_inspection_list(xj_inspection_row **items, size_t *n, xj_db *db, const xj_scope *scope,
                   const xj_inspection_filter *filter, int64_t after, int64_t limit,
                   xj_pool *result)
{
    xj_list *list = xj_list_new(SQL_INSPECTION_LIST, result);

    if (filter->programme != 0)
        xj_list_int(list, "programme", XJ_COND_EQ, filter->programme);
    if (filter->state.data != NULL)
        xj_list_str(list, "state", XJ_COND_EQ, filter->state);
    if (after != 0)
        xj_list_after(list, after);
    return read_list(items, n, list, db, scope, limit, result);
}

xj_error *
xj_inspect__row(xj_inspection_row *row, xj_db *db, const xj_scope *scope, int64_t id,
                xj_pool *result)
{
    xj_list *list = xj_list_new(SQL_INSPECTION_LIST, result);
    xj_inspection_row *found;
    size_t n;

    xj_list_int(list, "id", XJ_COND_EQ, id);
    XJ_TRY(read_list(&found, &n, list, db, scope, 1, result));
    if (n == 0)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such campaign");
    *row = found[0];
    return NULL;
}

xj_error *
xj_burden_list(xj_burden **items, size_t *n, xj_db *db, const xj_scope *scope, int year,
               xj_pool *result)
{
    XJ_VEC(xj_burden) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_INSPECTION_BURDEN, "iiss", scope->person, scope->tenant,
                       xj_str_printf(result, "%04d-01-01", year),
                       xj_str_printf(result, "%04d-12-31", year)));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_burden){.unit = xj_row_int(rows, 0),
                                .name = xj_row_text(rows, 1, result),
                                .planned = xj_row_int(rows, 2),
                                .made = xj_row_int(rows, 3),
                                .campaigns = xj_row_int(rows, 4)});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_burden_months(xj_burden_month **items, size_t *n, xj_db *db, const xj_scope *scope, int year,
                 xj_pool *result)
{
    XJ_VEC(xj_burden_month) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_INSPECTION_BURDEN_MONTHS, "iiss", scope->person,
                       scope->tenant, xj_str_printf(result, "%04d-01-01", year),
                       xj_str_printf(result, "%04d-12-31", year)));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_burden_month){.unit = xj_row_int(rows, 0),
                                      .name = xj_row_text(rows, 1, result),
                                      .month = xj_row_text(rows, 2, result),
                                      .visits = xj_row_int(rows, 3)});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

/* The units of a campaign that SCOPE may know of, with their year. */
static xj_error *
read_units(xj_inspection *whole, xj_db *db, const xj_scope *scope, xj_pool *result)
{
    const xj_inspection_row *row = &whole->row;
    XJ_VEC(xj_inspected) found = {0};
    xj_burden *year;
    xj_rows *rows;
    size_t nyear;

    XJ_TRY(xj_burden_list(&year, &nyear, db, scope, xj_day_parse(row->from_on).year, result));
    XJ_TRY(xj_db_query(&rows, db, SQL_INSPECTION_UNITS, "ii", scope->tenant, row->id));
    for (;;) {
        xj_inspected unit;
        bool more, told = false;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        unit = (xj_inspected){.unit = xj_row_int(rows, 0),
                              .name = xj_row_text(rows, 1, result),
                              .planned = xj_row_int(rows, 2)};
        for (size_t i = 0; i < whole->nvisits; i++)
            told |= whole->visits[i].unit == unit.unit;
        if (!row->inside &&
            (!xj_scope_has(scope, scope->tenant, unit.unit) || (!row->announced && !told)))
            continue;
        if (!row->inside && !row->announced)
            unit.planned = 0;
        for (size_t i = 0; i < nyear; i++)
            if (year[i].unit == unit.unit)
                unit.year = year[i];
        xj_vec_push(&found, result, unit);
    }
    whole->units = found.items;
    whole->nunits = found.len;
    return NULL;
}

static xj_error *
read_people(xj_inspection *whole, xj_db *db, int64_t tenant, xj_pool *result)
{
    XJ_VEC(xj_inspector) found = {0};
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, db, SQL_INSPECTION_PEOPLE, "ii", tenant, whole->row.id));
    for (;;) {
        int64_t part;
        bool more;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        part = xj_row_int(rows, 2);
        if (part > 0 || whole->row.inside)
            xj_vec_push(&found, result,
                        (xj_inspector){.person = xj_row_int(rows, 0),
                                       .name = xj_row_text(rows, 1, result),
                                       .of_team = part > 0,
                                       .leads = part == 2});
    }
    whole->people = found.items;
    whole->npeople = found.len;
    return NULL;
}

xj_error *
xj_inspection_get(xj_inspection **inspection, xj_db *db, const xj_scope *scope, int64_t id,
                  xj_pool *result)
{
    xj_inspection *whole = XJ_NEW(result, xj_inspection);

    XJ_TRY(xj_inspect__row(&whole->row, db, scope, id, result));
    XJ_TRY(xj_inspect__visits(&whole->visits, &whole->nvisits, db, scope, id, 0, result));
    XJ_TRY(read_units(whole, db, scope, result));
    XJ_TRY(read_people(whole, db, scope->tenant, result));
    *inspection = whole;
    return NULL;
}

/* ---- changing ---- */

static xj_error *
check(const xj_inspection_new *new)
{
    XJ_TRY(xj_inspect__check_text(new->title, XJ_INSPECTION_TITLE_MAX, true, "title"));
    XJ_TRY(xj_inspect__check_text(new->basis, XJ_INSPECTION_TITLE_MAX, false, "basis"));
    XJ_TRY(xj_inspect__check_text(new->note, XJ_INSPECTION_NOTE_MAX, false, "note"));
    XJ_TRY(xj_inspect__check_day(new->from_on, "from_on"));
    XJ_TRY(xj_inspect__check_day(new->to_on, "to_on"));
    if (xj_str_cmp(new->from_on, new->to_on) > 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the time ends before it begins"),
                           "/to_on");
    if (new->nunits > XJ_INSPECTION_UNITS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "a campaign inspects at most %d units",
                            XJ_INSPECTION_UNITS_MAX);
    if (new->nteam + new->noffice > XJ_INSPECTION_PEOPLE_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "a campaign has at most %d people",
                            XJ_INSPECTION_PEOPLE_MAX);
    for (size_t i = 0; i < new->nunits; i++)
        for (size_t j = 0; j < i; j++)
            if (new->units[i].unit == new->units[j].unit)
                return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a unit stands here twice"),
                                   "/units/%zu", i);
    return NULL;
}

static xj_error *
set_units(xj_tx *tx, int64_t id, const xj_inspection_new *new)
{
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    xj_unit unit;

    XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_INSPECTION_UNITS_CLEAR, "ii", all.tenant, id));
    for (size_t i = 0; i < new->nunits; i++) {
        const xj_inspected_new *u = &new->units[i];

        if (u->planned < 0 || u->planned > XJ_INSPECTION_PLANNED_MAX)
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "0 to %d visits can be planned",
                                            XJ_INSPECTION_PLANNED_MAX),
                               "/units/%zu/planned", i);
        XJ_TRY(xj_unit_get(&unit, xj_tx_db(tx), &all, u->unit, xj_tx_pool(tx)));
        XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_INSPECTION_UNIT_ADD, "iiii", all.tenant, id, u->unit,
                         u->planned));
    }
    return NULL;
}

static bool
is_among(const int64_t *ids, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++)
        if (ids[i] == id)
            return true;
    return false;
}

/* The team, and the circle: team, the office's people, and who does this. */
static xj_error *
set_people(xj_tx *tx, int64_t id, const xj_inspection_new *new)
{
    int64_t *people = XJ_NEW_ARRAY(xj_tx_pool(tx), int64_t, new->nteam + new->noffice + 1);
    const int64_t tenant = xj_tx_tenant(tx), actor = xj_tx_actor(tx);
    size_t n = 0;

    for (size_t i = 0; i < new->nteam; i++) {
        if (is_among(people, n, new->team[i]))
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a person stands here twice"),
                               "/team/%zu", i);
        people[n++] = new->team[i];
    }
    for (size_t i = 0; i < new->noffice; i++)
        if (!is_among(people, n, new->office[i]))
            people[n++] = new->office[i];
    if (actor != 0 && !is_among(people, n, actor))
        people[n++] = actor;
    XJ_TRY(xj_circle_set(tx, "inspection", id, people, n)); /* looks whether they are there */
    XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_INSPECTION_MEMBERS_CLEAR, "ii", tenant, id));
    for (size_t i = 0; i < new->nteam; i++)
        XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_INSPECTION_MEMBER_ADD, "iiii", tenant, id, new->team[i],
                         (int64_t)(i == 0)));
    return NULL;
}

xj_error *
xj_inspection_add(int64_t *id, xj_tx *tx, const xj_inspection_new *new, xj_str actor_name)
{
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    xj_programme programme;

    XJ_TRY(check(new));
    XJ_TRY(xj_programme_get(&programme, xj_tx_db(tx), &all, new->programme, xj_tx_pool(tx)));
    *id = xj_tx_next_id(tx);
    xj_tx_subject(tx, "inspection", *id);
    XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_INSPECTION_ADD, "iiisssssiisi", all.tenant, *id,
                     new->programme, xj_str_trim(new->title), xj_str_trim(new->basis), new->from_on,
                     new->to_on, new->note, (int64_t) new->announced, xj_tx_actor(tx), actor_name,
                     xj_tx_now(tx)));
    XJ_TRY(set_units(tx, *id, new));
    return set_people(tx, *id, new);
}

static xj_error *
count_of(int64_t *count, xj_tx *tx, enum xj_sql sql, int64_t id)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), sql, "ii", xj_tx_tenant(tx), id));
    XJ_TRY(xj_rows_next(rows, &more));
    *count = more ? xj_row_int(rows, 0) : 0;
    xj_rows_close(rows);
    return NULL;
}

/* The campaign as who is inside may change it. */
static xj_error *
for_change(xj_inspection_row *row, xj_tx *tx, const xj_scope *scope, int64_t id, int64_t version)
{
    xj_tx_subject(tx, "inspection", id);
    XJ_TRY(xj_inspect__row(row, xj_tx_db(tx), scope, id, xj_tx_pool(tx)));
    XJ_TRY(xj_inspect__check_inside(row->inside));
    return xj_inspect__check_version(row->version, version, "campaign");
}

xj_error *
xj_inspection_change(int64_t *now, xj_tx *tx, const xj_scope *scope, int64_t id, int64_t version,
                     const xj_inspection_new *new)
{
    xj_inspection_row row;
    int64_t visits, left_out;

    XJ_TRY(for_change(&row, tx, scope, id, version));
    if (xj_str_eq(row.state, XJ_STR("closed")))
        return xj_error_new(XJ_E_CONFLICT, "the campaign is closed");
    XJ_TRY(check(new));
    XJ_TRY(count_of(&visits, tx, SQL_VISIT_COUNT, id));
    if (new->announced != row.announced && (visits > 0 || !xj_str_eq(row.state, XJ_STR("draft"))))
        return xj_error_new(XJ_E_CONFLICT,
                            "whether it is announced is settled by its first visit and its issue");
    XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_INSPECTION_SET, "sssssiiii", xj_str_trim(new->title),
                     xj_str_trim(new->basis), new->from_on, new->to_on, new->note,
                     (int64_t) new->announced, xj_tx_now(tx), scope->tenant, id));
    XJ_TRY(set_units(tx, id, new));
    XJ_TRY(count_of(&left_out, tx, SQL_INSPECTION_VISITED_ELSEWHERE, id));
    if (left_out != 0)
        return xj_error_at(xj_error_new(XJ_E_CONFLICT, "a unit with visits cannot be left out"),
                           "/units");
    *now = version + 1;
    return set_people(tx, id, new);
}

static xj_error *
check_issue(const xj_inspection *whole)
{
    bool team = false;

    for (size_t i = 0; i < whole->npeople; i++)
        team |= whole->people[i].of_team;
    if (whole->row.basis.len == 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "it is issued on a plan or an approval: "
                                                        "give its number"),
                           "/basis");
    if (!team)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "it is issued with a team"), "/team");
    if (whole->nunits == 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "it is issued for units"), "/units");
    return NULL;
}

xj_error *
xj_inspection_step(int64_t *now, xj_tx *tx, const xj_scope *scope, int64_t id, int64_t version,
                   xj_str move)
{
    const bool issue = xj_str_eq(move, XJ_STR("issue"));
    xj_inspection *whole;
    xj_inspection_row row;
    int64_t open;

    if (!issue && !xj_str_eq(move, XJ_STR("close")))
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a campaign has no such move"), "/move");
    XJ_TRY(for_change(&row, tx, scope, id, version));
    if (!xj_str_eq(row.state, issue ? XJ_STR("draft") : XJ_STR("issued")))
        return xj_error_new(XJ_E_CONFLICT, "this is not possible while the campaign is " XJ_FMT,
                            XJ_ARG(row.state));
    if (issue) {
        XJ_TRY(xj_inspection_get(&whole, xj_tx_db(tx), scope, id, xj_tx_pool(tx)));
        XJ_TRY(check_issue(whole));
    } else {
        XJ_TRY(count_of(&open, tx, SQL_VISIT_OPEN_COUNT, id));
        if (open > 0)
            return xj_error_new(XJ_E_CONFLICT, "%lld visits are neither made nor withdrawn",
                                (long long)open);
    }
    *now = version + 1;
    return xj_db_run(xj_tx_db(tx), SQL_INSPECTION_STATE, "sSiii",
                     issue ? XJ_STR("issued") : XJ_STR("closed"),
                     issue ? xj_inspect__today(tx) : XJ_STR_NONE, xj_tx_now(tx), scope->tenant, id);
}
