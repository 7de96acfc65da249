/* The directory of units: resolving names, getting and listing. */
#include "org/org_priv.h"

#include "base/map.h"
#include "base/vec.h"

#define PROPOSE_FROM 60 /* likeness from which a person is asked */
#define PROPOSE_MAX 5   /* proposals for one new name */

void
xj_org__unit_row(xj_unit *unit, const xj_rows *rows, xj_pool *result)
{
    unit->id = xj_row_int(rows, 0);
    unit->name = xj_row_text(rows, 1, result);
    if (!xj_unit_kind_parse(&unit->kind, xj_row_str(rows, 2)))
        unit->kind = XJ_UNIT_OTHER;
    if (!xj_level_parse(&unit->level, xj_row_str(rows, 3)))
        unit->level = XJ_LEVEL_NONE;
    unit->area = xj_row_text(rows, 4, result);
    unit->alias_of = xj_row_int(rows, 5);
    unit->version = xj_row_int(rows, 6);
    unit->parent = xj_row_int(rows, 7);
    if (!xj_standing_parse(&unit->standing, xj_row_str(rows, 8)))
        unit->standing = XJ_STANDING_SUPERVISED;
}

xj_error *
xj_org__unit(xj_unit *unit, xj_db *db, int64_t tenant, int64_t id, xj_pool *result)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_UNIT_BY_ID, "ii", tenant, id));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such unit");
    xj_org__unit_row(unit, rows, result);
    xj_rows_close(rows);
    return NULL;
}

/* ---- resolving ---- */

typedef struct known {
    xj_unit unit;
    xj_org__name name; /* for likeness, read when first needed */
    bool read;
} known;

typedef struct directory {
    xj_tx *tx;
    xj_pool *pool;
    XJ_VEC(known *) units;
    xj_map by_name;
} directory;

static xj_error *
directory_read(directory *d, xj_tx *tx)
{
    xj_rows *rows;

    *d = (directory){.tx = tx, .pool = xj_tx_pool(tx)};
    xj_map_init(&d->by_name, d->pool);
    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_UNIT_ALL, "i", xj_tx_tenant(tx)));
    for (;;) {
        known *k;
        bool more;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        k = XJ_NEW(d->pool, known);
        xj_org__unit_row(&k->unit, rows, d->pool);
        xj_vec_push(&d->units, d->pool, k);
        xj_map_set(&d->by_name, k->unit.name, k);
    }
}

static const xj_org__name *
name_of(known *k)
{
    if (!k->read)
        xj_org__name_read(&k->name, k->unit.name);
    k->read = true;
    return &k->name;
}

/* Ask a person whether NEW and the units most like it are one: the shorter name is the alias. */
static xj_error *
propose(directory *d, known *fresh)
{
    struct {
        known *k;
        int score;
    } best[PROPOSE_MAX] = {0};

    if (fresh->unit.kind == XJ_UNIT_GROUP)
        return NULL;
    for (size_t i = 0; i < d->units.len; i++) {
        known *k = d->units.items[i];
        int score, at = PROPOSE_MAX;

        if (k->unit.alias_of != 0 || k->unit.kind == XJ_UNIT_GROUP)
            continue;
        score = xj_org__name_likeness(name_of(fresh), name_of(k));
        if (score < PROPOSE_FROM)
            continue;
        while (at > 0 && best[at - 1].score < score)
            at--;
        if (at == PROPOSE_MAX)
            continue;
        memmove(&best[at + 1], &best[at], (size_t)(PROPOSE_MAX - 1 - at) * sizeof *best);
        best[at].k = k;
        best[at].score = score;
    }
    for (int i = 0; i < PROPOSE_MAX && best[i].k != NULL; i++) {
        bool shorter = fresh->unit.name.len < best[i].k->unit.name.len;
        int64_t alias = shorter ? fresh->unit.id : best[i].k->unit.id;
        int64_t unit = shorter ? best[i].k->unit.id : fresh->unit.id;

        XJ_TRY(xj_db_send(xj_tx_db(d->tx), SQL_ALIAS_ADD, "iiiiisII", xj_tx_tenant(d->tx),
                          xj_tx_next_id(d->tx), alias, unit, (int64_t)best[i].score,
                          XJ_STR("proposed"), NULL, NULL));
    }
    return NULL;
}

static xj_error *
add_unit(known **added, directory *d, xj_str name)
{
    known *k = XJ_NEW(d->pool, known);
    xj_unit *u = &k->unit;

    if (d->units.len >= XJ_UNITS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "the directory has %d units, its limit", XJ_UNITS_MAX);
    u->id = xj_tx_next_id(d->tx);
    u->name = xj_str_dup(name, d->pool);
    u->version = 1;
    xj_unit_classify(&u->kind, &u->level, &u->area, u->name);
    u->standing = xj_unit_standing_guess(u->kind, u->name);
    XJ_TRY(xj_db_send(xj_tx_db(d->tx), SQL_UNIT_ADD, "iisssSsis", xj_tx_tenant(d->tx), u->id,
                      u->name, xj_str_c(xj_unit_kind_word(u->kind)),
                      xj_str_c(xj_level_word(u->level)), u->area,
                      xj_org__initials(u->name, d->pool), xj_tx_now(d->tx),
                      xj_str_c(xj_standing_word(u->standing))));
    XJ_TRY(propose(d, k));
    xj_vec_push(&d->units, d->pool, k);
    xj_map_set(&d->by_name, u->name, k);
    *added = k;
    return NULL;
}

xj_error *
xj_unit_resolve_all(int64_t *ids, xj_tx *tx, const xj_str *names, size_t n)
{
    directory d;

    if (n == 0)
        return NULL;
    XJ_TRY(directory_read(&d, tx));
    for (size_t i = 0; i < n; i++) {
        xj_str name = xj_str_trim(names[i]);
        known *k = xj_map_find(&d.by_name, name);

        if (k == NULL) {
            XJ_TRY(xj_org__check_text(name, XJ_UNIT_NAME_MAX, "/units", "name of a unit"));
            XJ_TRY(add_unit(&k, &d, name));
        }
        ids[i] = k->unit.alias_of != 0 ? k->unit.alias_of : k->unit.id;
    }
    return NULL;
}

xj_error *
xj_unit_resolve(int64_t *id, xj_tx *tx, xj_str name)
{
    xj_scope scope = xj_scope_all(xj_tx_tenant(tx));

    /* The common case, a name that is known, needs no directory. */
    XJ_TRY(xj_unit_find(id, xj_tx_db(tx), &scope, xj_str_trim(name)));
    return *id != 0 ? NULL : xj_unit_resolve_all(id, tx, &name, 1);
}

/* ---- reading ---- */

xj_error *
xj_unit_find(int64_t *id, xj_db *db, const xj_scope *scope, xj_str name)
{
    xj_rows *rows;
    bool more;

    *id = 0;
    XJ_TRY(xj_db_query(&rows, db, SQL_UNIT_BY_NAME, "is", scope->tenant, name));
    XJ_TRY(xj_rows_next(rows, &more));
    if (more)
        *id = xj_row_null(rows, 5) ? xj_row_int(rows, 0) : xj_row_int(rows, 5);
    xj_rows_close(rows);
    return NULL;
}

xj_error *
xj_unit_get(xj_unit *unit, xj_db *db, const xj_scope *scope, int64_t id, xj_pool *result)
{
    if (!xj_scope_has(scope, scope->tenant, id))
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such unit");
    return xj_org__unit(unit, db, scope->tenant, id, result);
}

xj_error *
xj_unit_named(xj_unit *unit, xj_db *db, const xj_scope *scope, xj_str name, xj_pool *result)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_UNIT_BY_NAME, "is", scope->tenant, name));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more || !xj_scope_has(scope, scope->tenant, xj_row_int(rows, 0)))
        return xj_error_new(XJ_E_NOT_FOUND, "there is no unit \"" XJ_FMT "\"", XJ_ARG(name));
    xj_org__unit_row(unit, rows, result);
    xj_rows_close(rows);
    return NULL;
}

xj_error *
xj_unit_alias_names(xj_str **names, size_t *n, xj_db *db, int64_t tenant, int64_t id,
                    xj_pool *result)
{
    XJ_VEC(xj_str) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_UNIT_ALIAS_NAMES, "ii", tenant, id));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result, xj_row_text(rows, 0, result));
    }
    *names = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_unit_list(xj_unit **items, size_t *n, xj_db *db, const xj_scope *scope,
             const xj_unit_query *query, xj_pool *result)
{
    xj_list *list = xj_list_new(SQL_UNIT_LIST, result);
    XJ_VEC(xj_unit) found = {0};
    xj_rows *rows;

    if (query->text.data != NULL)
        xj_org__match_name(list, query->text, result);
    if (query->kind >= 0)
        xj_list_str(list, "kind", XJ_COND_EQ,
                    xj_str_c(xj_unit_kind_word((xj_unit_kind)query->kind)));
    if (query->level.data != NULL)
        xj_list_str(list, "level", XJ_COND_EQ, query->level);
    if (!scope->all_units)
        xj_list_in(list, "id", scope->units, scope->nunits);
    xj_list_order(list, "name", false);
    if (query->after != 0) {
        xj_unit last;

        XJ_TRY(xj_unit_get(&last, db, scope, query->after, result));
        xj_list_after_str(list, last.name, last.id);
    }
    XJ_TRY(xj_list_query(&rows, list, db, query->limit, "ii", scope->tenant, scope->tenant));
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
