/* Groups (各县市区) and their members, and what a person says of a unit. */
#include "org/area.h"
#include "org/org_priv.h"

#include "base/vec.h"

static xj_unit_ends_fn ends; /* set once at the start, before any thread */

void
xj_unit_on_ends(xj_unit_ends_fn fn)
{
    ends = fn;
}

static xj_error *
check_group(xj_db *db, int64_t tenant, int64_t id, xj_pool *scratch)
{
    xj_unit group;

    XJ_TRY(xj_org__unit(&group, db, tenant, id, scratch));
    if (group.kind != XJ_UNIT_GROUP)
        return xj_error_new(XJ_E_BAD_INPUT, "\"" XJ_FMT "\" is a single unit, not a group",
                            XJ_ARG(group.name));
    return NULL;
}

static xj_error *
read_units(xj_unit **items, size_t *n, xj_db *db, enum xj_sql sql, int64_t tenant, int64_t id,
           xj_pool *result)
{
    XJ_VEC(xj_unit) found = {0};
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, db, sql, "ii", tenant, id));
    for (;;) {
        xj_unit unit;
        bool more;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_org__unit_row(&unit, rows, result);
        xj_vec_push(&found, result, unit);
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_group_members(xj_unit **items, size_t *n, xj_db *db, const xj_scope *scope, int64_t id,
                 xj_pool *result)
{
    if (!xj_scope_has(scope, scope->tenant, id))
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such unit");
    XJ_TRY(check_group(db, scope->tenant, id, result));
    return read_units(items, n, db, SQL_MEMBER_LIST, scope->tenant, id, result);
}

xj_error *
xj_group_of(xj_unit **items, size_t *n, xj_db *db, const xj_scope *scope, int64_t id,
            xj_pool *result)
{
    if (!xj_scope_has(scope, scope->tenant, id))
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such unit");
    return read_units(items, n, db, SQL_MEMBER_GROUPS, scope->tenant, id, result);
}

xj_error *
xj_group_set(xj_tx *tx, int64_t id, const int64_t *members, size_t n)
{
    xj_db *db = xj_tx_db(tx);
    int64_t tenant = xj_tx_tenant(tx);

    if (n > XJ_GROUP_MEMBERS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "a group has at most %d members", XJ_GROUP_MEMBERS_MAX);
    XJ_TRY(check_group(db, tenant, id, xj_tx_pool(tx)));
    XJ_TRY(xj_db_run(db, SQL_MEMBER_REMOVE_ALL, "ii", tenant, id));
    for (size_t i = 0; i < n; i++) {
        xj_unit member;

        XJ_TRY(xj_org__unit(&member, db, tenant, members[i], xj_tx_pool(tx)));
        if (member.kind == XJ_UNIT_GROUP)
            return xj_error_new(XJ_E_BAD_INPUT, "\"" XJ_FMT "\" is a group itself",
                                XJ_ARG(member.name));
        XJ_TRY(xj_db_send(db, SQL_MEMBER_ADD, "iii", tenant, id,
                          member.alias_of != 0 ? member.alias_of : member.id));
    }
    xj_tx_subject(tx, "unit", id);
    return xj_db_send(db, SQL_UNIT_TOUCH, "ii", tenant, id);
}

/* ---- what a person says of a unit ---- */

xj_error *
xj_unit_seen(xj_unit *unit, xj_tx *tx, int64_t id, int64_t version)
{
    XJ_TRY(xj_org__unit(unit, xj_tx_db(tx), xj_tx_tenant(tx), id, xj_tx_pool(tx)));
    return unit->version == version
               ? NULL
               : xj_error_new(XJ_E_STALE, "somebody else changed this unit first");
}

#define DEPTH_MAX 20 /* units above a unit */

/* Whether PARENT may be what UNIT is a part of. */
static xj_error *
check_parent(xj_tx *tx, int64_t unit, int64_t parent)
{
    xj_unit above;

    for (int depth = 0; parent != 0; depth++) {
        if (parent == unit)
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a unit is not a part of itself"),
                               "/parent");
        if (depth >= DEPTH_MAX)
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "more than %d units above", DEPTH_MAX),
                               "/parent");
        XJ_TRY(xj_org__unit(&above, xj_tx_db(tx), xj_tx_tenant(tx), parent, xj_tx_pool(tx)));
        if (depth == 0 && (above.kind == XJ_UNIT_GROUP || above.alias_of != 0))
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT,
                                            "a group or an alias has no parts: \"" XJ_FMT "\"",
                                            XJ_ARG(above.name)),
                               "/parent");
        parent = above.parent;
    }
    return NULL;
}

/* Whether UNIT may become, or cease to be, a group. */
static xj_error *
check_turn(xj_tx *tx, const xj_unit *unit)
{
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    xj_db *db = xj_tx_db(tx);
    xj_unit *items;
    size_t n, m;
    xj_rows *rows;
    bool more;

    XJ_TRY(read_units(&items, &n, db, SQL_MEMBER_LIST, all.tenant, unit->id, xj_tx_pool(tx)));
    XJ_TRY(xj_group_of(&items, &m, db, &all, unit->id, xj_tx_pool(tx)));
    XJ_TRY(xj_db_query(&rows, db, SQL_UNIT_COUNT_ALIASES, "ii", all.tenant, unit->id));
    XJ_TRY(xj_rows_next(rows, &more));
    n += m + (size_t)xj_row_int(rows, 0);
    xj_rows_close(rows);
    return n == 0 ? NULL
                  : xj_error_new(XJ_E_CONFLICT,
                                 "\"" XJ_FMT "\" has members, groups or aliases: remove them first",
                                 XJ_ARG(unit->name));
}

/* VALUE becomes *GIVEN, a day or none, where one is given. */
static xj_error *
set_day(xj_str *value, const xj_str *given, const char *field)
{
    xj_date day;

    if (given == NULL)
        return NULL;
    *value = *given;
    if (given->data != NULL && !xj_date_parse(&day, *given))
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a day is written as 2026-06-15"), "%s",
                           field);
    return NULL;
}

/* The facts that a name does not say. */
static xj_error *
change_facts(xj_tx *tx, int64_t id, const xj_unit_change *change)
{
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    xj_unit_facts facts;

    if (change->area == NULL && change->credit_code == NULL && change->starts_on == NULL &&
        change->ends_on == NULL)
        return NULL;
    XJ_TRY(xj_unit_facts_get(&facts, xj_tx_db(tx), &all, id, xj_tx_pool(tx)));
    if (change->area != NULL)
        facts.area.id = *change->area;
    if (change->area != NULL && *change->area != 0)
        XJ_TRY(xj_area_get(&facts.area, xj_tx_db(tx), &all, *change->area, xj_tx_pool(tx)));
    if (change->credit_code != NULL)
        facts.credit_code = *change->credit_code;
    if (change->credit_code != NULL && facts.credit_code.data != NULL &&
        !xj_credit_code_ok(facts.credit_code))
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the credit code does not check"),
                           "/credit_code");
    XJ_TRY(set_day(&facts.starts_on, change->starts_on, "/starts_on"));
    XJ_TRY(set_day(&facts.ends_on, change->ends_on, "/ends_on"));
    if (facts.starts_on.data != NULL && facts.ends_on.data != NULL &&
        xj_str_cmp(facts.starts_on, facts.ends_on) > 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the last day is before the first"),
                           "/ends_on");
    return xj_db_run(xj_tx_db(tx), SQL_UNIT_SET_FACTS, "ISSSii",
                     facts.area.id == 0 ? NULL : &facts.area.id, facts.credit_code, facts.ends_on,
                     facts.starts_on, all.tenant, id);
}

xj_error *
xj_unit_touch(xj_tx *tx, int64_t id)
{
    return xj_db_send(xj_tx_db(tx), SQL_UNIT_TOUCH, "ii", xj_tx_tenant(tx), id);
}

xj_error *
xj_unit_change_do(xj_tx *tx, int64_t id, int64_t version, const xj_unit_change *change)
{
    xj_unit unit, before;

    XJ_TRY(xj_unit_seen(&unit, tx, id, version));
    before = unit;
    if (unit.alias_of != 0)
        return xj_error_new(XJ_E_CONFLICT, "\"" XJ_FMT "\" stands for another unit",
                            XJ_ARG(unit.name));
    if (change->kind != NULL) {
        if ((*change->kind == XJ_UNIT_GROUP) != (unit.kind == XJ_UNIT_GROUP))
            XJ_TRY(check_turn(tx, &unit));
        unit.kind = *change->kind;
    }
    if (change->level != NULL)
        unit.level = *change->level;
    if (change->parent != NULL) {
        XJ_TRY(check_parent(tx, id, *change->parent));
        unit.parent = *change->parent;
    }
    if (change->standing != NULL)
        unit.standing = *change->standing;
    XJ_TRY(change_facts(tx, id, change));
    XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_UNIT_CHANGE, "Isssii",
                     unit.parent == 0 ? NULL : &unit.parent, xj_str_c(xj_unit_kind_word(unit.kind)),
                     xj_str_c(xj_level_word(unit.level)), xj_str_c(xj_standing_word(unit.standing)),
                     xj_tx_tenant(tx), id));
    if ((change->ends_on != NULL || change->kind != NULL) && ends != NULL)
        XJ_TRY(ends(tx, id));
    xj_tx_subject(tx, "unit", id);
    return change->standing == NULL
               ? NULL
               : xj_org__stand(tx, &before, unit.standing, change->standing_from);
}
