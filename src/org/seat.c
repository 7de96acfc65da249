/* Seats in the programme's own bodies. */
#include "org/seat.h"

#include "base/vec.h"
#include "org/org_priv.h"
#include "org/post.h"

#define NO_END XJ_STR("9999-12-31")

static const char *const roles[XJ_SEAT_ROLES] = {"director",    "deputy_director", "lead",
                                                 "deputy_lead", "member",          "expert"};

static size_t
rank(xj_str role)
{
    size_t i = 0;

    while (i < XJ_SEAT_ROLES && !xj_str_eq(role, xj_str_c(roles[i])))
        i++;
    return i;
}

const char *
xj_seat_role_word(xj_seat_role role)
{
    return roles[role];
}

bool
xj_seat_role_parse(xj_seat_role *role, xj_str word)
{
    const size_t i = rank(word);

    *role = i < XJ_SEAT_ROLES ? (xj_seat_role)i : XJ_SEAT_MEMBER;
    return i < XJ_SEAT_ROLES;
}

static xj_error *
check_body(xj_db *db, int64_t tenant, int64_t body, xj_pool *scratch)
{
    xj_unit unit;

    XJ_TRY(xj_org__unit(&unit, db, tenant, body, scratch));
    return unit.kind == XJ_UNIT_COMMITTEE && unit.alias_of == 0
               ? NULL
               : xj_error_new(XJ_E_NOT_FOUND, "there is no such body");
}

xj_error *
xj_seat_list(xj_seat **items, size_t *n, xj_db *db, int64_t tenant, int64_t body, xj_pool *result)
{
    XJ_VEC(xj_seat) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(check_body(db, tenant, body, result));
    XJ_TRY(xj_db_query(&rows, db, SQL_SEAT_LIST, "ii", tenant, body));
    for (;;) {
        xj_seat seat;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        seat = (xj_seat){.id = xj_row_int(rows, 0),
                         .body = body,
                         .role = xj_row_text(rows, 1, result),
                         .unit = xj_row_int(rows, 2),
                         .unit_name = xj_row_text(rows, 3, result),
                         .person = xj_row_text(rows, 4, result),
                         .job = xj_row_text(rows, 5, result),
                         .from = xj_row_text(rows, 6, result),
                         .to = xj_row_text(rows, 7, result),
                         .version = xj_row_int(rows, 8)};
        if (xj_str_eq(seat.to, NO_END))
            seat.to = XJ_STR_NONE;
        xj_vec_push(&found, result, seat);
        /* By role, each kind in the order it was entered. */
        for (size_t i = found.len - 1;
             i > 0 && rank(found.items[i - 1].role) > rank(found.items[i].role); i--) {
            const xj_seat later = found.items[i - 1];

            found.items[i - 1] = found.items[i];
            found.items[i] = later;
        }
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

static xj_error *
check(const xj_seat *seat, xj_str from)
{
    xj_date first, last;

    if (rank(seat->role) == XJ_SEAT_ROLES)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "there is no such role in a body"),
                           "/role");
    if (seat->unit == 0 && xj_str_trim(seat->person).len == 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a seat is of a unit or a person"),
                           "/unit");
    if (xj_utf8_count(seat->person) > XJ_SEAT_PERSON_MAX ||
        xj_utf8_count(seat->job) > XJ_SEAT_JOB_MAX)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the name or what he is is too long"),
                           "/person");
    if (!xj_date_parse(&first, from))
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a day is written as 2026-06-15"), "/from");
    if (seat->to.data != NULL && (!xj_date_parse(&last, seat->to) || xj_date_cmp(last, first) < 0))
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the last day is before the first"), "/to");
    return NULL;
}

/* Errors: CONFLICT, TOO_LARGE. */
static xj_error *
check_room(xj_tx *tx, const xj_seat *seat, xj_str from)
{
    xj_seat *items;
    size_t n;

    XJ_TRY(xj_seat_list(&items, &n, xj_tx_db(tx), xj_tx_tenant(tx), seat->body, xj_tx_pool(tx)));
    if (n >= XJ_SEATS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "a body has at most %d seats", XJ_SEATS_MAX);
    for (size_t i = 0; i < n; i++)
        if (items[i].unit == seat->unit && xj_str_eq(items[i].role, seat->role) &&
            xj_str_eq(items[i].person, xj_str_trim(seat->person)) &&
            (items[i].to.data == NULL || xj_str_cmp(items[i].to, from) >= 0))
            return xj_error_new(XJ_E_CONFLICT, "the same has this seat already");
    return NULL;
}

xj_error *
xj_seat_add(int64_t *id, xj_tx *tx, const xj_seat *seat)
{
    xj_pool *pool = xj_tx_pool(tx);
    char today[XJ_DATE_LEN];
    const xj_str from =
        seat->from.data != NULL ? seat->from : xj_date_format(today, xj_org_day(xj_tx_now(tx)));
    xj_unit unit;

    XJ_TRY(check_body(xj_tx_db(tx), xj_tx_tenant(tx), seat->body, pool));
    XJ_TRY(check(seat, from));
    if (seat->unit != 0)
        XJ_TRY(xj_org__unit(&unit, xj_tx_db(tx), xj_tx_tenant(tx), seat->unit, pool));
    XJ_TRY(check_room(tx, seat, from));
    *id = xj_tx_next_id(tx);
    xj_tx_subject(tx, "unit", seat->body);
    return xj_db_run(xj_tx_db(tx), SQL_SEAT_ADD, "iiisIssss", xj_tx_tenant(tx), *id, seat->body,
                     seat->role, seat->unit == 0 ? NULL : &seat->unit, xj_str_trim(seat->person),
                     xj_str_trim(seat->job), from, seat->to.data == NULL ? NO_END : seat->to);
}

/* Seat ID of BODY, which may be changed.  Errors: NOT_FOUND; STALE; CONFLICT where it has an end
 * and ENDS is set. */
static xj_error *
seat_of(xj_seat *seat, xj_tx *tx, int64_t body, int64_t id, int64_t version, bool ends)
{
    xj_seat *items;
    size_t n, at = 0;

    XJ_TRY(xj_seat_list(&items, &n, xj_tx_db(tx), xj_tx_tenant(tx), body, xj_tx_pool(tx)));
    while (at < n && items[at].id != id)
        at++;
    if (at == n)
        return xj_error_new(XJ_E_NOT_FOUND, "the body has no such seat");
    *seat = items[at];
    if (seat->version != version)
        return xj_error_new(XJ_E_STALE, "somebody else changed this seat first");
    if (ends && seat->to.data != NULL)
        return xj_error_new(XJ_E_CONFLICT, "the seat ends on " XJ_FMT, XJ_ARG(seat->to));
    return NULL;
}

/* Errors: BAD_INPUT. */
static xj_error *
check_last(const xj_seat *seat, xj_str last)
{
    xj_date day;

    return xj_date_parse(&day, last) && xj_str_cmp(last, seat->from) >= 0
               ? NULL
               : xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the last day is before the first"),
                             "/last");
}

xj_error *
xj_seat_end(xj_tx *tx, int64_t body, int64_t id, int64_t version, xj_str last)
{
    xj_seat seat;

    XJ_TRY(seat_of(&seat, tx, body, id, version, true));
    XJ_TRY(check_last(&seat, last));
    xj_tx_subject(tx, "unit", body);
    return xj_db_run(xj_tx_db(tx), SQL_SEAT_SET, "ssii", last, seat.job, xj_tx_tenant(tx), id);
}

xj_error *
xj_seat_change(xj_tx *tx, int64_t body, int64_t id, int64_t version, xj_str job, xj_str last)
{
    xj_seat seat;

    XJ_TRY(seat_of(&seat, tx, body, id, version, last.data != NULL));
    if (last.data != NULL)
        XJ_TRY(check_last(&seat, last));
    if (xj_utf8_count(job) > XJ_SEAT_JOB_MAX)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "what he is is too long"), "/job");
    xj_tx_subject(tx, "unit", body);
    return xj_db_run(xj_tx_db(tx), SQL_SEAT_SET, "ssii",
                     last.data != NULL      ? last
                     : seat.to.data != NULL ? seat.to
                                            : NO_END,
                     xj_str_trim(job), xj_tx_tenant(tx), id);
}
