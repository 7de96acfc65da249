/* Jurisdictions and the programmes inside them. */
#include "org/org_priv.h"

#include "base/vec.h"

#define CODE_MAX 16 /* characters of a code of one's own */

static bool
code_ok(xj_str code)
{
    bool digits = code.len >= 6 && code.len <= 9;
    bool own = code.len >= 1 && code.len <= CODE_MAX;

    for (size_t i = 0; i < code.len; i++) {
        char c = code.data[i];
        bool digit = c >= '0' && c <= '9';
        bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');

        digits = digits && digit;
        own = own && (letter || (i > 0 && (digit || c == '-')));
    }
    return digits || own;
}

xj_error *
xj_tenant_add(int64_t *id, xj_tx *tx, xj_str name, xj_str code)
{
    xj_db *db = xj_tx_db(tx);
    xj_error *err;
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_org__check_text(name, XJ_TENANT_NAME_MAX, "/name", "name of the jurisdiction"));
    if (!code_ok(code))
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT,
                         "a code has 6 to 9 digits, or begins with a letter and has at most %d "
                         "letters, digits and dashes",
                         CODE_MAX),
            "/code");
    XJ_TRY(xj_db_query(&rows, db, SQL_TENANT_COUNT, ""));
    XJ_TRY(xj_rows_next(rows, &more));
    if (xj_row_int(rows, 0) >= XJ_TENANTS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "the server has %d jurisdictions, its limit",
                            XJ_TENANTS_MAX);
    xj_rows_close(rows);

    *id = xj_tx_next_id(tx);
    err = xj_db_run(db, SQL_TENANT_ADD, "issi", *id, name, code, xj_tx_now(tx));
    if (xj_error_is(err, XJ_E_DB_UNIQUE))
        return xj_error_wrap(XJ_E_CONFLICT, err,
                             "a jurisdiction with this name or code exists already");
    XJ_TRY(err);
    xj_tx_subject(tx, "tenant", *id);
    return NULL;
}

static void
tenant_row(xj_tenant *tenant, const xj_rows *rows, xj_pool *result)
{
    tenant->id = xj_row_int(rows, 0);
    tenant->name = xj_row_text(rows, 1, result);
    tenant->code = xj_row_text(rows, 2, result);
}

xj_error *
xj_tenant_find(xj_tenant *tenant, xj_db *db, xj_str word, xj_pool *result)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_TENANT_BY_WORD, "ss", word, word));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no jurisdiction \"" XJ_FMT "\"",
                            XJ_ARG(word));
    tenant_row(tenant, rows, result);
    xj_rows_close(rows);
    return NULL;
}

xj_error *
xj_tenant_get(xj_tenant *tenant, xj_db *db, int64_t id, xj_pool *result)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_TENANT_BY_ID, "i", id));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such jurisdiction");
    tenant_row(tenant, rows, result);
    xj_rows_close(rows);
    return NULL;
}

xj_error *
xj_tenant_list(xj_tenant **items, size_t *n, xj_db *db, xj_pool *result)
{
    XJ_VEC(xj_tenant) found = {0};
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, db, SQL_TENANT_LIST, ""));
    for (;;) {
        xj_tenant tenant;
        bool more;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        tenant_row(&tenant, rows, result);
        xj_vec_push(&found, result, tenant);
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

/* ---- programmes ---- */

xj_error *
xj_programme_add(int64_t *id, xj_tx *tx, xj_str name)
{
    return xj_org__programme_add(id, tx, xj_tx_tenant(tx), name);
}

xj_error *
xj_org__programme_add(int64_t *id, xj_tx *tx, int64_t tenant, xj_str name)
{
    xj_db *db = xj_tx_db(tx);
    xj_error *err;
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_org__check_text(name, XJ_PROGRAMME_NAME_MAX, "/name", "name of the programme"));
    XJ_TRY(xj_db_query(&rows, db, SQL_PROGRAMME_COUNT, "i", tenant));
    XJ_TRY(xj_rows_next(rows, &more));
    if (xj_row_int(rows, 0) >= XJ_PROGRAMMES_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "the jurisdiction has %d programmes, its limit",
                            XJ_PROGRAMMES_MAX);
    xj_rows_close(rows);

    *id = xj_tx_next_id(tx);
    err = xj_db_run(db, SQL_PROGRAMME_ADD, "iisi", tenant, *id, name, xj_tx_now(tx));
    if (xj_error_is(err, XJ_E_DB_UNIQUE))
        return xj_error_wrap(XJ_E_CONFLICT, err, "a programme \"" XJ_FMT "\" exists already",
                             XJ_ARG(name));
    XJ_TRY(err);
    xj_tx_subject(tx, "programme", *id);
    return NULL;
}

static void
programme_row(xj_programme *programme, const xj_rows *rows, xj_pool *result)
{
    programme->id = xj_row_int(rows, 0);
    programme->tenant = xj_row_int(rows, 1);
    programme->name = xj_row_text(rows, 2, result);
}

xj_error *
xj_programme_get(xj_programme *programme, xj_db *db, const xj_scope *scope, int64_t id,
                 xj_pool *result)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_PROGRAMME_BY_ID, "ii", scope->tenant, id));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such programme");
    programme_row(programme, rows, result);
    xj_rows_close(rows);
    return NULL;
}

xj_error *
xj_programme_find(xj_programme *programme, xj_db *db, const xj_scope *scope, xj_str name,
                  xj_pool *result)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_PROGRAMME_BY_NAME, "is", scope->tenant, name));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no programme \"" XJ_FMT "\"", XJ_ARG(name));
    programme_row(programme, rows, result);
    xj_rows_close(rows);
    return NULL;
}

xj_error *
xj_programme_list(xj_programme **items, size_t *n, xj_db *db, const xj_scope *scope,
                  xj_pool *result)
{
    XJ_VEC(xj_programme) found = {0};
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, db, SQL_PROGRAMME_LIST, "i", scope->tenant));
    for (;;) {
        xj_programme programme;
        bool more;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        programme_row(&programme, rows, result);
        xj_vec_push(&found, result, programme);
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}
