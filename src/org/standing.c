/* Since when a unit is supervised, or only coordinated with. */
#include "org/org_priv.h"
#include "org/post.h"

#include "base/vec.h"

#define ALWAYS XJ_STR("1900-01-01") /* the first day of the first row */
#define FIRST_YEAR 2000             /* of a day from which something else holds */

static xj_unit_standing_fn changed; /* set once at the start, before any thread */

void
xj_unit_on_standing(xj_unit_standing_fn fn)
{
    changed = fn;
}

xj_error *
xj_unit_standings(xj_unit_stood **items, size_t *n, xj_db *db, int64_t tenant, int64_t unit,
                  xj_pool *result)
{
    XJ_VEC(xj_unit_stood) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_STANDING_LIST, "ii", tenant, unit));
    for (;;) {
        xj_unit_stood stood;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        stood = (xj_unit_stood){.from = xj_row_text(rows, 0, result),
                                .said_on = xj_row_text(rows, 2, result),
                                .said_by = xj_row_text(rows, 3, result)};
        if (!xj_standing_parse(&stood.standing, xj_row_str(rows, 1)))
            return xj_error_new(XJ_E_CORRUPT, "a unit's standing is no word");
        if (xj_str_eq(stood.from, ALWAYS))
            stood.from = XJ_STR_NONE;
        xj_vec_push(&found, result, stood);
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

static xj_error *
add(xj_tx *tx, int64_t unit, xj_str from, xj_standing standing, xj_str today)
{
    return xj_db_run(xj_tx_db(tx), SQL_STANDING_ADD, "iissss", xj_tx_tenant(tx), unit, from,
                     xj_str_c(xj_standing_word(standing)), today, xj_tx_actor_name(tx));
}

/* What stood from FROM on is replaced: it is said anew how it stands since. */
static xj_error *
write(xj_tx *tx, const xj_unit *unit, xj_standing next, xj_str from, xj_str today)
{
    xj_standing before = unit->standing;
    xj_unit_stood *stood;
    size_t n;

    XJ_TRY(xj_unit_standings(&stood, &n, xj_tx_db(tx), xj_tx_tenant(tx), unit->id, xj_tx_pool(tx)));
    if (n == 0)
        XJ_TRY(add(tx, unit->id, ALWAYS, before, today));
    XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_STANDING_CLEAR, "iis", xj_tx_tenant(tx), unit->id, from));
    for (size_t i = 0; i < n; i++)
        if (stood[i].from.data == NULL || xj_str_cmp(stood[i].from, from) < 0)
            before = stood[i].standing;
    return before == next ? NULL : add(tx, unit->id, from, next, today);
}

xj_error *
xj_org__stand(xj_tx *tx, const xj_unit *unit, xj_standing next, xj_str from)
{
    const xj_date today = xj_org_day(xj_tx_now(tx));
    char text[XJ_DATE_LEN], first[XJ_DATE_LEN];
    xj_date day = today;

    if (from.data == NULL && next == unit->standing)
        return NULL;
    if (from.data != NULL &&
        (!xj_date_parse(&day, from) || day.year < FIRST_YEAR || xj_date_cmp(day, today) > 0))
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "a unit stands so from a day on that has come"),
            "/standing_from");
    XJ_TRY(write(tx, unit, next, xj_date_format(first, day), xj_date_format(text, today)));
    return changed == NULL ? NULL : changed(tx, unit->id, day);
}
