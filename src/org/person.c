/* People: local accounts. */
#include "org/org_priv.h"

#include "base/vec.h"
#include "org/session.h"

static xj_error *
check_name(xj_str name)
{
    size_t pos = 0;

    XJ_TRY(xj_org__check_text(name, XJ_PERSON_NAME_MAX, "/name", "account's name"));
    while (pos < name.len) {
        uint32_t cp = xj_utf8_next(name, &pos);

        if (cp == ' ' || cp == 0x3000 || cp == 0xA0 || cp == '/' || cp == '\\')
            return xj_error_at(
                xj_error_new(XJ_E_BAD_INPUT, "an account's name holds no space and no slash"),
                "/name");
    }
    return NULL;
}

xj_error *
xj_person_add(int64_t *id, xj_tx *tx, xj_str name, xj_str display, xj_str hash)
{
    return xj_org__person_add(id, tx, xj_tx_tenant(tx), name, display, hash);
}

xj_error *
xj_org__person_add(int64_t *id, xj_tx *tx, int64_t tenant, xj_str name, xj_str display, xj_str hash)
{
    xj_pool *pool = xj_tx_pool(tx);
    xj_error *err;

    XJ_TRY(check_name(name));
    if (display.len == 0)
        display = name;
    XJ_TRY(xj_org__check_text(display, XJ_DISPLAY_NAME_MAX, "/display", "displayed name"));

    *id = xj_tx_next_id(tx);
    err = xj_db_run(xj_tx_db(tx), SQL_PERSON_ADD, "iissssi", tenant, *id, name,
                    xj_org__name_key(name, pool), display, hash, xj_tx_now(tx));
    if (xj_error_is(err, XJ_E_DB_UNIQUE))
        return xj_error_wrap(XJ_E_CONFLICT, err, "an account \"" XJ_FMT "\" exists already",
                             XJ_ARG(name));
    XJ_TRY(err);
    xj_tx_subject(tx, "person", *id);
    return NULL;
}

xj_error *
xj_person_set_password(xj_tx *tx, int64_t id, xj_str hash, int64_t kept)
{
    int64_t changed;

    XJ_TRY(xj_db_change(&changed, xj_tx_db(tx), SQL_PERSON_SET_PASSWORD, "sii", hash,
                        xj_tx_tenant(tx), id));
    if (changed == 0)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such account");
    return xj_session_end_all(tx, id, kept);
}

xj_error *
xj_person_set_disabled(xj_tx *tx, int64_t id, bool disabled)
{
    int64_t changed;

    XJ_TRY(xj_db_change(&changed, xj_tx_db(tx), SQL_PERSON_SET_DISABLED, "iii",
                        (int64_t)(disabled ? 1 : 0), xj_tx_tenant(tx), id));
    if (changed == 0)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such account");
    if (disabled)
        XJ_TRY(xj_session_end_all(tx, id, 0));
    xj_tx_subject(tx, "person", id);
    return NULL;
}

static void
person_row(xj_person *person, const xj_rows *rows, xj_pool *result)
{
    person->id = xj_row_int(rows, 0);
    person->tenant = xj_row_int(rows, 1);
    person->name = xj_row_text(rows, 2, result);
    person->display_name = xj_row_text(rows, 3, result);
    person->disabled = xj_row_int(rows, 4) != 0;
}

xj_error *
xj_person_get(xj_person *person, xj_db *db, int64_t tenant, int64_t id, xj_pool *result)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_PERSON_BY_ID, "ii", tenant, id));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such account");
    person_row(person, rows, result);
    xj_rows_close(rows);
    return NULL;
}

xj_error *
xj_person_find(xj_person *person, xj_str *hash, xj_db *db, xj_str name, xj_pool *result)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_PERSON_BY_NAME, "s", xj_org__name_key(name, result)));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such account");
    person_row(person, rows, result);
    *hash = xj_row_text(rows, 5, result);
    xj_rows_close(rows);
    return NULL;
}

xj_error *
xj_person_any(bool *any, xj_db *db, int64_t tenant)
{
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, db, SQL_PERSON_ANY, "i", tenant));
    XJ_TRY(xj_rows_next(rows, any));
    xj_rows_close(rows);
    return NULL;
}

xj_error *
xj_person_list(xj_person **items, size_t *n, xj_db *db, const xj_scope *scope, xj_pool *result)
{
    XJ_VEC(xj_person) found = {0};
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, db, SQL_PERSON_LIST, "i", scope->tenant));
    for (;;) {
        xj_person person;
        bool more;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        person_row(&person, rows, result);
        xj_vec_push(&found, result, person);
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}
