/* What the files of duty/ share, and how what is open of a duty task follows its changes. */
#include "duty/body_priv.h"
#include "duty/signing_priv.h"

#include "org/unit.h"

#include <time.h>

#define PIECE_NS ((int64_t)30 * 1000 * 1000)
#define OFFICE XJ_STR("推进委员会办公室")

static int64_t
steady_clock(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t
xj_duty__piece_end(void)
{
    return steady_clock() + PIECE_NS;
}

bool
xj_duty__piece_over(int64_t end)
{
    return steady_clock() >= end;
}

xj_date
xj_duty__today(const xj_tx *tx)
{
    return xj_day_of(xj_tx_now(tx));
}

xj_error *
xj_duty__happened(xj_str *out, xj_tx *tx, xj_str day)
{
    xj_date date = xj_duty__today(tx);

    if (day.data != NULL) {
        if (!xj_date_parse(&date, day) || date.year < 1949)
            return xj_error_at(
                xj_error_new(XJ_E_BAD_INPUT, "\"" XJ_FMT "\" is no day", XJ_ARG(day)),
                "/happened_on");
        if (xj_date_cmp(date, xj_duty__today(tx)) > 0)
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT,
                                            "what happened on " XJ_FMT " has not happened yet",
                                            XJ_ARG(day)),
                               "/happened_on");
    }
    *out = xj_day_str(date, xj_tx_pool(tx));
    return NULL;
}

xj_error *
xj_duty__clock_find(xj_duty__clock *clock, bool *found, xj_db *db, int64_t tenant, xj_pool *scratch)
{
    xj_rows *rows;

    (void)scratch;
    XJ_TRY(xj_db_query(&rows, db, SQL_DUTY_CLOCK_GET, "i", tenant));
    XJ_TRY(xj_rows_next(rows, found));
    if (*found)
        *clock = (xj_duty__clock){xj_row_int(rows, 0), xj_day_parse(xj_row_str(rows, 1)),
                                  xj_day_parse(xj_row_str(rows, 2))};
    xj_rows_close(rows);
    return NULL;
}

xj_error *
xj_duty__clock_of(xj_duty__clock *clock, xj_tx *tx)
{
    const int64_t tenant = xj_tx_tenant(tx);
    xj_pool *pool = xj_tx_pool(tx);
    bool found;

    XJ_TRY(xj_duty__clock_find(clock, &found, xj_tx_db(tx), tenant, pool));
    if (found)
        return NULL;
    XJ_TRY(xj_unit_resolve(&clock->office, tx, OFFICE));
    clock->ran_on = xj_date_add_days(xj_duty__today(tx), -1);
    clock->raised_to = xj_date_add_days(xj_duty__today(tx), 365);
    return xj_db_run(xj_tx_db(tx), SQL_DUTY_CLOCK_ADD, "iiss", tenant, clock->office,
                     xj_day_str(clock->raised_to, pool), xj_day_str(clock->ran_on, pool));
}

xj_error *
xj_duty__note(xj_tx *tx, const char *about, int64_t id, xj_str move, xj_str from, xj_str to,
              xj_str happened_on, xj_str actor, xj_str why, xj_str before)
{
    return xj_db_send(xj_tx_db(tx), SQL_DUTY_NOTE, "iisissssiisSS", xj_tx_tenant(tx),
                      xj_tx_next_id(tx), xj_str_c(about), id, move, from, to, happened_on,
                      xj_tx_now(tx), xj_tx_actor(tx), actor, why.len == 0 ? XJ_STR_NONE : why,
                      before);
}

/* ---- dates ---- */

static xj_error *
add_date(xj_tx *tx, int64_t duty, const char *side, xj_date day)
{
    char text[XJ_DATE_LEN];

    if (day.month == 2 && day.day == 29)
        day.day = 28;
    return xj_db_send(xj_tx_db(tx), SQL_DUTY_DATE_ADD, "iiss", xj_tx_tenant(tx), duty,
                      xj_str_c(side), xj_str_skip(xj_date_format(text, day), 5));
}

/* The days that ["06-15", "12-15"] lists. */
static xj_error *
printed_days(xj_date *days, size_t *n, xj_str json, xj_pool *pool)
{
    const xj_jval *list;

    *n = 0;
    if (json.len == 0)
        return NULL;
    XJ_TRY(xj_json_parse(&list, json, (size_t)1 << 16, pool));
    for (size_t i = 0; i < xj_jval_len(list) && *n < XJ_RECUR_MAX; i++) {
        size_t one;

        xj_recur_parse(days + *n, &one, xj_str_sub(xj_jval_str(xj_jval_at(list, i)), 0, 5));
        *n += one;
    }
    return NULL;
}

xj_error *
xj_duty__set_dates(xj_tx *tx, int64_t duty, const xj_rules *rules, xj_str cadence, xj_str printed)
{
    xj_date days[XJ_RECUR_MAX * 2];
    size_t n;

    XJ_TRY(printed_days(days, &n, printed, xj_tx_pool(tx)));
    if (n == 0)
        xj_recur(days, &n, rules, cadence);
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_DUTY_DATES_CLEAR, "ii", xj_tx_tenant(tx), duty));
    for (size_t i = 0; i < n; i++) {
        /* In a leap year's February a day earlier may be the 29th; the year is only a carrier. */
        const xj_date carrier = {2005, days[i].month, days[i].day};

        XJ_TRY(add_date(tx, duty, "lead", carrier));
        XJ_TRY(add_date(tx, duty, "county",
                        xj_date_add_days(carrier, -rules->number[XJ_RULE_COUNTY_DAYS_BEFORE])));
    }
    return NULL;
}

/* ---- following ---- */

struct shape {
    bool live;
    xj_str state, deadline_kind, due;
    int64_t owner; /* who owes its start and finish */
};

struct end {
    int64_t id, unit;
    xj_str kind, state, due;
};

static xj_error *
load_shape(struct shape *shape, xj_tx *tx, int64_t duty)
{
    xj_pool *pool = xj_tx_pool(tx);
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DUTY_SHAPE, "ii", xj_tx_tenant(tx), duty));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such duty task");
    *shape = (struct shape){.live = xj_row_int(rows, 0) != 0,
                            .state = xj_row_text(rows, 1, pool),
                            .deadline_kind = xj_row_text(rows, 2, pool),
                            .due = xj_row_text(rows, 3, pool),
                            .owner = xj_row_int(rows, 17)};
    xj_rows_close(rows);
    return NULL;
}

/* The state that the start or finish obligation END has under SHAPE. */
static xj_str
end_state(const struct shape *shape, const struct end *end)
{
    static const char *const before[] = {"raised", "assigned", "acknowledged", "dispatched"};
    const bool start = xj_str_eq(end->kind, XJ_STR("start"));

    static const char *const over[] = {"done", "archived", "read", "laid_before"};

    /* When the leader finds time to read the result is not the unit's doing. */
    for (size_t i = 0; i < sizeof over / sizeof *over; i++)
        if (xj_str_eq(shape->state, xj_str_c(over[i])))
            return XJ_STR("done");
    if (!shape->live ||
        !xj_str_eq(shape->deadline_kind, start ? XJ_STR("start_by") : XJ_STR("complete_by")))
        return XJ_STR("withdrawn");
    if (!start)
        return XJ_STR("to_do");
    for (size_t i = 0; i < 4; i++)
        if (xj_str_eq(shape->state, xj_str_c(before[i])))
            return XJ_STR("to_do");
    return XJ_STR("done");
}

static xj_error *
follow_end(xj_tx *tx, const struct shape *shape, const struct end *end, xj_str on, xj_str why)
{
    const xj_str state = end_state(shape, end);
    const bool open = xj_str_eq(state, XJ_STR("to_do"));
    const xj_str due = open ? shape->due : end->due;
    const bool moved = !xj_str_eq(due, end->due), changed = !xj_str_eq(state, end->state);
    xj_pool *pool = xj_tx_pool(tx);
    const char *move = changed ? (open                                    ? "reopen"
                                  : xj_str_eq(state, XJ_STR("withdrawn")) ? "withdraw"
                                                                          : "do")
                               : "extend";

    if (!moved && !changed && shape->owner == end->unit)
        return NULL;
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_DUTY_END_SET, "ssisiiii", state, on, (int64_t)open, due,
                      shape->owner, xj_tx_now(tx), xj_tx_tenant(tx), end->id));
    if (!moved && !changed)
        return NULL;
    return xj_duty__note(
        tx, "obligation", end->id, xj_str_c(move), end->state, state, on, XJ_STR(""), why,
        moved ? xj_str_printf(pool, "{\"due\":\"" XJ_FMT "\"}", XJ_ARG(end->due)) : XJ_STR_NONE);
}

static xj_error *
follow_ends(xj_tx *tx, int64_t duty, const struct shape *shape, xj_str on, xj_str why)
{
    XJ_VEC(struct end) ends = {0};
    xj_pool *pool = xj_tx_pool(tx);
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DUTY_ENDS, "ii", xj_tx_tenant(tx), duty));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&ends, pool,
                    (struct end){.id = xj_row_int(rows, 0),
                                 .kind = xj_row_text(rows, 1, pool),
                                 .state = xj_row_text(rows, 2, pool),
                                 .due = xj_row_text(rows, 3, pool),
                                 .unit = xj_row_int(rows, 4)});
    }
    for (size_t i = 0; i < ends.len; i++)
        XJ_TRY(follow_end(tx, shape, &ends.items[i], on, why));
    return NULL;
}

xj_error *
xj_duty__empty_returns(xj_tx *tx, int64_t duty)
{
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_DUTY_RETURNS_EMPTY, "ii", xj_tx_tenant(tx), duty));
    return xj_signing__moot(tx, duty);
}

static xj_error *
follow_held(xj_tx *tx, int64_t duty, xj_date on, xj_str why)
{
    const int64_t tenant = xj_tx_tenant(tx);
    const xj_str day = xj_day_str(on, xj_tx_pool(tx));
    struct shape shape;

    XJ_TRY(load_shape(&shape, tx, duty));
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_DUTY_ROWS_WITHDRAW, "Siis", why, tenant, duty, day));
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_DUTY_ROWS_REOPEN, "iis", tenant, duty, day));
    return follow_ends(tx, duty, &shape, day, why);
}

xj_error *
xj_duty__follow_end(xj_tx *tx, int64_t duty, xj_date on, xj_str why)
{
    XJ_TRY(follow_held(tx, duty, on, why));
    return xj_duty__empty_returns(tx, duty);
}

/* What was due before the programme was begun here is not raised. */
static xj_error *
raise_from(xj_date *from, xj_tx *tx, xj_date on)
{
    xj_rules rules;

    XJ_TRY(xj_rules_get(&rules, xj_tx_db(tx), xj_tx_tenant(tx), xj_tx_pool(tx)));
    *from = xj_date_cmp(on, xj_rules_begun(&rules)) < 0 ? xj_rules_begun(&rules) : on;
    return NULL;
}

xj_error *
xj_duty__follow(xj_tx *tx, int64_t duty, xj_date on, xj_str why)
{
    xj_duty__clock clock;
    xj_raised sum = {0};
    xj_date from;

    XJ_TRY(xj_duty__clock_of(&clock, tx));
    XJ_TRY(xj_body__stand_in(tx, duty, on, clock.office));
    XJ_TRY(follow_held(tx, duty, on, why));
    XJ_TRY(raise_from(&from, tx, on));
    while (xj_date_cmp(from, clock.raised_to) <= 0) {
        xj_date to = xj_date_add_days(from, 364);

        if (xj_date_cmp(to, clock.raised_to) > 0)
            to = clock.raised_to;
        XJ_TRY(xj_duty__raise(&sum, tx, duty, duty, from, to));
        from = xj_date_add_days(to, 1);
    }
    return xj_duty__empty_returns(tx, duty);
}
