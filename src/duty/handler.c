/* Dispatch inside a unit, handing over to another person, and what follows a unit's standing. */
#include "duty/duty_priv.h"
#include "duty/instruction.h"

#include "org/unit.h"

static xj_error *
check_known(xj_tx *tx, int64_t section, int64_t person)
{
    const xj_scope scope = xj_scope_all(xj_tx_tenant(tx));
    xj_person found;
    xj_unit unit;

    if (section != 0)
        XJ_TRY(xj_unit_get(&unit, xj_tx_db(tx), &scope, section, xj_tx_pool(tx)));
    if (person != 0)
        XJ_TRY(xj_person_get(&found, xj_tx_db(tx), scope.tenant, person, xj_tx_pool(tx)));
    return NULL;
}

/* Who handles what few may see is one of them. */
static xj_error *
check_named(xj_tx *tx, int64_t duty, int64_t person)
{
    const xj_scope nobody = {.tenant = xj_tx_tenant(tx)};
    bool seen;

    XJ_TRY(xj_duty_seen(&seen, xj_tx_db(tx), &nobody, person, duty, xj_tx_pool(tx)));
    if (seen)
        return NULL;
    return xj_error_at(
        xj_error_new(XJ_E_BAD_INPUT, "the person is not named among those who see this duty task"),
        "/person");
}

static xj_error *
dispatch_one(xj_tx *tx, int64_t unit, int64_t duty, int64_t section, int64_t person, xj_str actor)
{
    const xj_str today = xj_day_str(xj_duty__today(tx), xj_tx_pool(tx));
    const int64_t tenant = xj_tx_tenant(tx);
    xj_db *db = xj_tx_db(tx);
    bool more, restricted;
    xj_str state, to;
    int64_t owner;
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, db, SQL_DUTY_HAS_PART, "iii", tenant, duty, unit));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_BAD_INPUT, "the unit has no part in duty task %lld",
                            (long long)duty);
    to = state = xj_row_text(rows, 0, xj_tx_pool(tx));
    owner = xj_row_int(rows, 2);
    restricted = xj_row_int(rows, 3) != 0;
    xj_rows_close(rows);
    if (restricted && person != 0)
        XJ_TRY(check_named(tx, duty, person));
    XJ_TRY(xj_db_send(db, SQL_HANDLER_END, "siii", today, tenant, duty, unit));
    if (section != 0 || person != 0)
        XJ_TRY(xj_db_send(db, SQL_HANDLER_ADD, "iiiiIIs", tenant, xj_tx_next_id(tx), duty, unit,
                          section == 0 ? NULL : &section, person == 0 ? NULL : &person, today));
    if (owner == unit && xj_str_eq(state, XJ_STR("acknowledged"))) {
        to = XJ_STR("dispatched");
        XJ_TRY(xj_db_send(db, SQL_DUTY_MOVE, "ssiSSSSIiii", to, today, INT64_C(1), XJ_STR_NONE,
                          XJ_STR_NONE, XJ_STR_NONE, XJ_STR_NONE, NULL, xj_tx_now(tx), tenant,
                          duty));
    }
    return xj_duty__note(tx, "duty", duty, XJ_STR("dispatch"), state, to, today, actor, XJ_STR_NONE,
                         XJ_STR_NONE);
}

xj_error *
xj_duty_dispatch(xj_tx *tx, int64_t unit, const int64_t *duties, size_t n, int64_t section,
                 int64_t person, xj_str actor)
{
    xj_tx_subject(tx, "unit", unit);
    XJ_TRY(check_known(tx, section, person));
    for (size_t i = 0; i < n; i++)
        XJ_TRY(dispatch_one(tx, unit, duties[i], section, person, actor));
    return NULL;
}

xj_error *
xj_duty_hand_over(xj_tx *tx, int64_t unit, int64_t from, int64_t to)
{
    struct held {
        int64_t id, duty, unit, section;
    };
    const xj_str today = xj_day_str(xj_duty__today(tx), xj_tx_pool(tx));
    const int64_t tenant = xj_tx_tenant(tx);
    XJ_VEC(struct held) found = {0};
    xj_db *db = xj_tx_db(tx);
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_HANDLERS_OF_PERSON, "ii", tenant, from));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        if (unit == 0 || unit == xj_row_int(rows, 2))
            xj_vec_push(&found, xj_tx_pool(tx),
                        (struct held){xj_row_int(rows, 0), xj_row_int(rows, 1), xj_row_int(rows, 2),
                                      xj_row_int(rows, 3)});
    }
    for (size_t i = 0; i < found.len; i++) {
        const struct held *h = &found.items[i];

        XJ_TRY(xj_db_send(db, SQL_HANDLER_END_ONE, "sii", today, tenant, h->id));
        if (to != 0 || h->section != 0)
            XJ_TRY(xj_db_send(db, SQL_HANDLER_ADD, "iiiiIIs", tenant, xj_tx_next_id(tx), h->duty,
                              h->unit, h->section == 0 ? NULL : &h->section, to == 0 ? NULL : &to,
                              today));
        XJ_TRY(xj_duty__note(tx, "duty", h->duty, XJ_STR("hand_over"), XJ_STR(""), XJ_STR(""),
                             today, XJ_STR(""), XJ_STR_NONE, XJ_STR_NONE));
    }
    return NULL;
}

xj_error *
xj_duty_unit_standing(xj_tx *tx, int64_t unit, xj_date from)
{
    xj_rows *rows;
    int64_t *ids;
    size_t n;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DUTIES_OF_UNIT_SINCE, "iis", xj_tx_tenant(tx), unit,
                       xj_day_str(from, xj_tx_pool(tx))));
    XJ_TRY(xj_rows_ints(&ids, &n, rows, xj_tx_pool(tx)));
    for (size_t i = 0; i < n; i++)
        XJ_TRY(xj_duty__relight_since(tx, ids[i], from));
    return NULL;
}
