/* Aliases: two names of one unit, and what a person said to it. */
#include "org/org_priv.h"

#include "base/vec.h"

static const char *const state_words[] = {"proposed", "confirmed", "rejected"};
static xj_unit_moved_fn unit_moved; /* set once at the start, before any thread */

const char *
xj_alias_state_word(xj_alias_state state)
{
    return state_words[state];
}

void
xj_unit_on_moved(xj_unit_moved_fn fn)
{
    unit_moved = fn;
}

xj_error *
xj_alias_list(xj_alias **items, size_t *n, xj_db *db, const xj_scope *scope, int state,
              int64_t limit, xj_pool *result)
{
    const xj_alias_query query = {.state = state, .limit = limit};

    return xj_alias_page(items, n, db, scope, &query, result);
}

xj_error *
xj_alias_page(xj_alias **items, size_t *n, xj_db *db, const xj_scope *scope,
              const xj_alias_query *query, xj_pool *result)
{
    xj_list *list = xj_list_new(query->unit != 0 ? SQL_ALIAS_OF_UNIT : SQL_ALIAS_LIST, result);
    XJ_VEC(xj_alias) found = {0};
    xj_rows *rows;

    if (query->state >= 0)
        xj_list_str(list, "state", XJ_COND_EQ, xj_str_c(state_words[query->state]));
    xj_list_order(list, "score", true);
    if (query->after != 0)
        xj_list_after_int(list, query->score, query->after);
    if (query->unit != 0)
        XJ_TRY(xj_list_query(&rows, list, db, query->limit, "ii", scope->tenant, query->unit));
    else
        XJ_TRY(xj_list_query(&rows, list, db, query->limit, "i", scope->tenant));
    for (;;) {
        xj_alias alias = {0};
        xj_str word;
        bool more;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        alias.id = xj_row_int(rows, 0);
        alias.alias_id = xj_row_int(rows, 1);
        alias.unit_id = xj_row_int(rows, 2);
        alias.score = (int)xj_row_int(rows, 3);
        word = xj_row_str(rows, 4);
        for (int i = 0; i < 3; i++)
            if (xj_str_eq(word, xj_str_c(state_words[i])))
                alias.state = (xj_alias_state)i;
        alias.alias = xj_row_text(rows, 5, result);
        alias.unit = xj_row_text(rows, 6, result);
        if (xj_scope_has(scope, scope->tenant, alias.alias_id) &&
            xj_scope_has(scope, scope->tenant, alias.unit_id))
            xj_vec_push(&found, result, alias);
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

/* Remember what was said about the pair, whichever way round it was proposed. */
static xj_error *
remember(xj_tx *tx, const xj_unit *alias, const xj_unit *unit, const char *state)
{
    xj_db *db = xj_tx_db(tx);
    int64_t tenant = xj_tx_tenant(tx), actor = xj_tx_actor(tx), now = xj_tx_now(tx), id;
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_ALIAS_OF_PAIR, "iii", tenant, alias->id, unit->id));
    XJ_TRY(xj_rows_next(rows, &more));
    id = more ? xj_row_int(rows, 0) : 0;
    xj_rows_close(rows);
    if (id != 0)
        return xj_db_run(db, SQL_ALIAS_DECIDE, "iisiiii", alias->id, unit->id, xj_str_c(state),
                         actor, now, tenant, id);
    return xj_db_run(db, SQL_ALIAS_ADD, "iiiiisII", tenant, xj_tx_next_id(tx), alias->id, unit->id,
                     (int64_t)xj_unit_likeness(alias->name, unit->name, xj_tx_pool(tx)),
                     xj_str_c(state), &actor, &now);
}

static xj_error *
read_pair(xj_unit *alias, xj_unit *unit, xj_tx *tx, int64_t alias_id, int64_t unit_id)
{
    if (alias_id == unit_id)
        return xj_error_new(XJ_E_BAD_INPUT, "the alias and the unit are the same");
    XJ_TRY(xj_org__unit(alias, xj_tx_db(tx), xj_tx_tenant(tx), alias_id, xj_tx_pool(tx)));
    return xj_org__unit(unit, xj_tx_db(tx), xj_tx_tenant(tx), unit_id, xj_tx_pool(tx));
}

static xj_error *
move(xj_tx *tx, const xj_unit *alias, int64_t from, int64_t to)
{
    return unit_moved == NULL ? NULL : unit_moved(tx, alias->name, from, to);
}

xj_error *
xj_alias_confirm(xj_tx *tx, int64_t alias_id, int64_t unit_id)
{
    xj_db *db = xj_tx_db(tx);
    int64_t tenant = xj_tx_tenant(tx);
    xj_unit alias, unit;
    xj_str *others;
    size_t nothers;

    XJ_TRY(read_pair(&alias, &unit, tx, alias_id, unit_id));
    if (alias.alias_of == unit.id)
        return NULL; /* said before */
    if (alias.alias_of != 0 || unit.alias_of != 0)
        return xj_error_new(XJ_E_CONFLICT, "\"" XJ_FMT "\" stands for another unit already",
                            XJ_ARG(alias.alias_of != 0 ? alias.name : unit.name));
    if ((alias.kind == XJ_UNIT_GROUP) != (unit.kind == XJ_UNIT_GROUP))
        return xj_error_new(XJ_E_CONFLICT, "a group and a single unit cannot be one");
    XJ_TRY(xj_unit_alias_names(&others, &nothers, db, tenant, alias.id, xj_tx_pool(tx)));
    if (nothers > 0)
        return xj_error_new(XJ_E_CONFLICT, "other names stand for \"" XJ_FMT "\"",
                            XJ_ARG(alias.name));

    XJ_TRY(remember(tx, &alias, &unit, "confirmed"));
    XJ_TRY(xj_db_run(db, SQL_UNIT_SET_ALIAS, "Iii", &unit.id, tenant, alias.id));
    XJ_TRY(xj_db_run(db, SQL_MEMBER_TAKE, "iii", unit.id, tenant, alias.id));
    XJ_TRY(xj_db_run(db, SQL_MEMBER_REMOVE_UNIT, "ii", tenant, alias.id));
    xj_tx_subject(tx, "unit", alias.id);
    return move(tx, &alias, alias.id, unit.id);
}

/* They are two units, as far as is known; STATE says whether somebody said so. */
static xj_error *
part(xj_tx *tx, int64_t alias_id, int64_t unit_id, xj_alias_state state)
{
    xj_unit alias, unit;

    XJ_TRY(read_pair(&alias, &unit, tx, alias_id, unit_id));
    if (unit.alias_of == alias.id) {
        xj_unit other = alias;

        alias = unit;
        unit = other;
    }
    XJ_TRY(remember(tx, &alias, &unit, state_words[state]));
    xj_tx_subject(tx, "unit", alias.id);
    if (alias.alias_of != unit.id)
        return NULL;
    XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_UNIT_SET_ALIAS, "Iii", NULL, xj_tx_tenant(tx), alias.id));
    return move(tx, &alias, unit.id, alias.id);
}

xj_error *
xj_alias_reject(xj_tx *tx, int64_t alias_id, int64_t unit_id)
{
    return part(tx, alias_id, unit_id, XJ_ALIAS_REJECTED);
}

xj_error *
xj_alias_reopen(xj_tx *tx, int64_t alias_id, int64_t unit_id)
{
    return part(tx, alias_id, unit_id, XJ_ALIAS_PROPOSED);
}
