/* People with what is known of them: listed, looked at, changed. */
#include "org/org_priv.h"

#include "base/vec.h"
#include "org/session.h"

static void
card_row(xj_person_card *card, const xj_rows *rows, xj_pool *result)
{
    *card = (xj_person_card){.person = {.id = xj_row_int(rows, 0),
                                        .tenant = xj_row_int(rows, 1),
                                        .name = xj_row_text(rows, 2, result),
                                        .display_name = xj_row_text(rows, 3, result),
                                        .disabled = xj_row_int(rows, 4) != 0},
                             .phone = xj_row_text(rows, 5, result),
                             .mobile = xj_row_text(rows, 6, result),
                             .version = xj_row_int(rows, 7),
                             .job = xj_row_text(rows, 8, result)};
}

xj_str
xj_person_key(const xj_person *person, xj_pool *result)
{
    return xj_org__name_key(person->name, result);
}

static xj_list *
people_list(const xj_scope *scope, xj_pool *result)
{
    xj_list *list = xj_list_new(SQL_PERSON_PAGE, result);

    if (!scope->all_units)
        xj_list_str(list, "scope", XJ_COND_MATCH, xj_scope_json(scope, result));
    return list;
}

xj_error *
xj_person_page(xj_person_card **items, size_t *n, xj_db *db, const xj_scope *scope, xj_str day,
               const xj_person_query *query, xj_pool *result)
{
    xj_list *list = people_list(scope, result);
    XJ_VEC(xj_person_card) found = {0};
    xj_rows *rows;

    if (query->text.data != NULL)
        xj_list_str(list, "text", XJ_COND_MATCH, xj_org__name_key(query->text, result));
    if (query->unit != 0)
        xj_list_int(list, "unit", XJ_COND_MATCH, query->unit);
    xj_list_order(list, "name", false);
    if (query->after.data != NULL)
        xj_list_after_str(list, query->after, query->after_id);
    XJ_TRY(xj_list_query(&rows, list, db, query->limit, "si", day, scope->tenant));
    for (;;) {
        xj_person_card card;
        bool more;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        card_row(&card, rows, result);
        xj_vec_push(&found, result, card);
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_person_card_get(xj_person_card *card, xj_db *db, const xj_scope *scope, xj_str day, int64_t id,
                   xj_pool *result)
{
    xj_list *list = people_list(scope, result);
    xj_rows *rows;
    bool more;

    xj_list_int(list, "id", XJ_COND_EQ, id);
    XJ_TRY(xj_list_query(&rows, list, db, 1, "si", day, scope->tenant));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such account");
    card_row(card, rows, result);
    xj_rows_close(rows);
    return NULL;
}

/* GIVEN instead of OLD where it is there; an empty one is none. */
static xj_error *
set_text(xj_str *value, xj_str given, size_t max, const char *field, const char *what)
{
    if (given.data == NULL)
        return NULL;
    *value = XJ_STR_NONE;
    if (given.len == 0)
        return NULL;
    *value = given;
    return xj_org__check_text(given, max, field, what);
}

xj_error *
xj_person_change_do(xj_tx *tx, int64_t id, int64_t version, const xj_person_change *change)
{
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    xj_db *db = xj_tx_db(tx);
    xj_person_card card;
    bool closed;

    XJ_TRY(xj_person_card_get(&card, db, &all, XJ_STR(""), id, xj_tx_pool(tx)));
    if (card.version != version)
        return xj_error_new(XJ_E_STALE, "somebody else changed this account first");
    if (change->display_name.data != NULL) {
        card.person.display_name = change->display_name;
        XJ_TRY(xj_org__check_text(change->display_name, XJ_DISPLAY_NAME_MAX, "/display_name",
                                  "displayed name"));
    }
    XJ_TRY(set_text(&card.phone, change->phone, XJ_PHONE_MAX, "/phone", "telephone number"));
    XJ_TRY(set_text(&card.mobile, change->mobile, XJ_PHONE_MAX, "/mobile", "telephone number"));
    XJ_TRY(set_text(&card.job, change->job, XJ_JOB_MAX, "/job", "job"));
    closed = change->disabled != NULL && *change->disabled && !card.person.disabled;
    if (change->disabled != NULL)
        card.person.disabled = *change->disabled;
    XJ_TRY(xj_db_run(db, SQL_PERSON_CHANGE, "sSSiSii", card.person.display_name, card.phone,
                     card.mobile, (int64_t)card.person.disabled, card.job, all.tenant, id));
    if (closed)
        XJ_TRY(xj_session_end_all(tx, id, 0));
    xj_tx_subject(tx, "person", id);
    return NULL;
}
