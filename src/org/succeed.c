/* What became of areas and units; the facts of a unit that its name does not say. */
#include "base/vec.h"
#include "org/area.h"
#include "org/org_priv.h"

static xj_unit_moved_fn succeeded; /* set once at the start, before any thread */

void
xj_unit_on_succeeded(xj_unit_moved_fn fn)
{
    succeeded = fn;
}

static xj_str
about_word(xj_succession about)
{
    return about == XJ_SUCCESSION_AREA ? XJ_STR("area") : XJ_STR("unit");
}

xj_error *
xj_successors(xj_successor **items, size_t *n, xj_db *db, const xj_scope *scope,
              xj_succession about, int64_t id, bool older, xj_pool *result)
{
    static const enum xj_sql lists[2][2] = {{SQL_AREA_BECAME, SQL_AREA_CAME_FROM},
                                            {SQL_UNIT_BECAME, SQL_UNIT_CAME_FROM}};
    XJ_VEC(xj_successor) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, lists[about][older], "ii", scope->tenant, id));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_successor){.id = xj_row_int(rows, 0),
                                   .name = xj_row_text(rows, 1, result),
                                   .from_on = xj_row_text(rows, 2, result),
                                   .why = xj_row_text(rows, 3, result)});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

/* Whether the pair is there already, either way round. */
static xj_error *
check_pair(xj_tx *tx, xj_succession about, int64_t id, int64_t next, xj_str from_on, xj_str why)
{
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    xj_successor *items;
    xj_date day;
    size_t n;

    if (id == next)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "nothing succeeds itself"), "/successor");
    if (!xj_date_parse(&day, from_on))
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a day is written as 2026-06-15"),
                           "/from_on");
    if (xj_str_trim(why).len == 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "say which decision it goes by"), "/why");
    for (int older = 0; older < 2; older++) {
        XJ_TRY(
            xj_successors(&items, &n, xj_tx_db(tx), &all, about, id, older != 0, xj_tx_pool(tx)));
        for (size_t i = 0; i < n; i++)
            if (items[i].id == next)
                return xj_error_new(XJ_E_CONFLICT,
                                    older != 0 ? "it came from that one" : "this is said already");
    }
    return NULL;
}

static xj_error *
note(xj_tx *tx, xj_succession about, int64_t id, int64_t next, xj_str from_on, xj_str why)
{
    return xj_db_run(xj_tx_db(tx), SQL_SUCCESSOR_ADD, "isiissii", xj_tx_tenant(tx),
                     about_word(about), id, next, from_on, why, xj_tx_actor(tx), xj_tx_now(tx));
}

xj_error *
xj_area_succeed(xj_tx *tx, int64_t id, int64_t next, xj_str from_on, xj_str why)
{
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    char last[XJ_DATE_LEN];
    xj_area area, other;
    xj_date day;

    XJ_TRY(xj_area_get(&area, xj_tx_db(tx), &all, id, xj_tx_pool(tx)));
    XJ_TRY(xj_area_get(&other, xj_tx_db(tx), &all, next, xj_tx_pool(tx)));
    XJ_TRY(check_pair(tx, XJ_SUCCESSION_AREA, id, next, from_on, why));
    XJ_TRY(note(tx, XJ_SUCCESSION_AREA, id, next, from_on, why));
    xj_date_parse(&day, from_on);
    area.valid_to = xj_date_format(last, xj_date_add_days(day, -1));
    return xj_area_change(&other, tx, &area);
}

xj_error *
xj_unit_succeed(xj_tx *tx, int64_t id, int64_t next, xj_str from_on, xj_str why, bool takes)
{
    xj_unit unit, other;
    xj_date day;

    XJ_TRY(xj_org__unit(&unit, xj_tx_db(tx), xj_tx_tenant(tx), id, xj_tx_pool(tx)));
    XJ_TRY(xj_org__unit(&other, xj_tx_db(tx), xj_tx_tenant(tx), next, xj_tx_pool(tx)));
    if (unit.kind == XJ_UNIT_GROUP || other.kind == XJ_UNIT_GROUP || unit.alias_of != 0 ||
        other.alias_of != 0)
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "a group or an alias neither succeeds nor is succeeded"),
            "/successor");
    XJ_TRY(check_pair(tx, XJ_SUCCESSION_UNIT, id, next, from_on, why));
    xj_date_parse(&day, from_on);
    if (takes && xj_date_cmp(day, xj_org_day(xj_tx_now(tx))) > 0)
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "what is open moves on the day itself, not before"),
            "/from_on");
    XJ_TRY(note(tx, XJ_SUCCESSION_UNIT, id, next, from_on, why));
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_UNIT_TOUCH, "ii", xj_tx_tenant(tx), id));
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_UNIT_TOUCH, "ii", xj_tx_tenant(tx), next));
    xj_tx_subject(tx, "unit", id);
    return takes && succeeded != NULL ? succeeded(tx, unit.name, id, next) : NULL;
}

xj_error *
xj_succession_remove(xj_tx *tx, xj_succession about, int64_t id, int64_t next)
{
    int64_t changed;

    XJ_TRY(xj_db_change(&changed, xj_tx_db(tx), SQL_SUCCESSOR_REMOVE, "isii", xj_tx_tenant(tx),
                        about_word(about), id, next));
    if (changed == 0)
        return xj_error_new(XJ_E_NOT_FOUND, "this was not said");
    xj_tx_subject(tx, about == XJ_SUCCESSION_AREA ? "area" : "unit", id);
    return about == XJ_SUCCESSION_AREA
               ? NULL
               : xj_db_send(xj_tx_db(tx), SQL_UNIT_TOUCH, "ii", xj_tx_tenant(tx), id);
}

xj_error *
xj_unit_facts_get(xj_unit_facts *facts, xj_db *db, const xj_scope *scope, int64_t id,
                  xj_pool *result)
{
    xj_rows *rows;
    int64_t area;
    bool more;

    *facts = (xj_unit_facts){0};
    XJ_TRY(xj_db_query(&rows, db, SQL_UNIT_FACTS, "ii", scope->tenant, id));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more || !xj_scope_has(scope, scope->tenant, id))
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such unit");
    area = xj_row_int(rows, 0);
    if (!xj_row_null(rows, 1))
        facts->credit_code = xj_row_text(rows, 1, result);
    if (!xj_row_null(rows, 2))
        facts->ends_on = xj_row_text(rows, 2, result);
    if (!xj_row_null(rows, 3))
        facts->starts_on = xj_row_text(rows, 3, result);
    xj_rows_close(rows);
    return area == 0 ? NULL : xj_area_get(&facts->area, db, scope, area, result);
}
