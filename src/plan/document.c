#include "plan/plan_priv.h"

#include "base/vec.h"

/* The columns that every statement on versions begins with at column AT. */
static void
read_version(xj_version *v, const xj_rows *rows, int at, xj_pool *result)
{
    *v = (xj_version){.id = xj_row_int(rows, at),
                      .document = xj_row_int(rows, at + 1),
                      .programme = xj_row_int(rows, at + 2),
                      .no = xj_row_int(rows, at + 3),
                      .state = xj_row_text(rows, at + 4, result),
                      .version = xj_row_int(rows, at + 5),
                      .file_hash = xj_row_text(rows, at + 6, result),
                      .file_name = xj_row_text(rows, at + 7, result),
                      .register_hash = xj_row_text(rows, at + 8, result),
                      .imported_at = xj_row_int(rows, at + 9),
                      .imported_by = xj_row_text(rows, at + 10, result),
                      .published_at = xj_row_int(rows, at + 11),
                      .remarks = xj_row_text(rows, at + 12, result),
                      .actions = xj_row_int(rows, at + 13),
                      .tasks = xj_row_int(rows, at + 14),
                      .units = xj_row_int(rows, at + 15),
                      .targets = xj_row_int(rows, at + 16),
                      .obligations = xj_row_int(rows, at + 17),
                      .warnings = xj_row_int(rows, at + 18)};
}

static void
read_document(xj_document *d, const xj_rows *rows, xj_pool *result)
{
    *d = (xj_document){.id = xj_row_int(rows, 0),
                       .programme = xj_row_int(rows, 1),
                       .title = xj_row_text(rows, 2, result),
                       .doc_no = xj_row_text(rows, 3, result),
                       .issuer = xj_row_text(rows, 4, result),
                       .issued_on = xj_row_text(rows, 5, result),
                       .jurisdiction = xj_row_text(rows, 6, result),
                       .latest = xj_row_int(rows, 7),
                       .kind = xj_row_text(rows, 8, result),
                       .kind_by_hand = xj_row_int(rows, 9) != 0,
                       .basis = xj_row_int(rows, 10) != 0,
                       .version = xj_row_int(rows, 11)};
}

xj_error *
xj_document_list(xj_document_row **items, size_t *n, xj_db *db, const xj_scope *scope,
                 const xj_document_query *query, xj_pool *result)
{
    XJ_VEC(xj_document_row) found = {0};
    xj_list *list =
        xj_list_new(scope->drafts ? SQL_DOCUMENT_LIST : SQL_DOCUMENT_LIST_ISSUED, result);
    xj_rows *rows;
    bool more;

    if (query->programme != 0)
        xj_list_int(list, "programme", XJ_COND_EQ, query->programme);
    if (query->state.len > 0)
        xj_list_str(list, "state", XJ_COND_EQ, query->state);
    if (query->kind.len > 0)
        xj_list_str(list, "kind", XJ_COND_EQ, query->kind);
    if (query->text.len > 0)
        xj_list_str(list, "words", XJ_COND_MATCH, xj_plan__document_query(query->text, result));
    xj_list_order(list, "newest", true);
    if (query->after != 0)
        xj_list_after_int(list, query->after, query->after);
    XJ_TRY(xj_list_query(&rows, list, db, query->limit, "i", scope->tenant));
    for (;;) {
        xj_document_row row;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        read_document(&row.document, rows, result);
        read_version(&row.latest, rows, 12, result);
        xj_vec_push(&found, result, row);
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_plan__document(xj_document *document, xj_db *db, int64_t tenant, int64_t id, xj_pool *result)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_DOCUMENT_GET, "ii", tenant, id));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such document");
    read_document(document, rows, result);
    xj_rows_close(rows);
    return NULL;
}

static xj_error *
read_basis(xj_basis **items, size_t *n, xj_db *db, int64_t tenant, int64_t version, xj_pool *result)
{
    XJ_VEC(xj_basis) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_BASIS_OF_VERSION, "ii", tenant, version));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_basis){xj_row_text(rows, 0, result), xj_row_text(rows, 1, result),
                               xj_plan__range(rows, 2)});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_document_get(xj_document_whole **document, xj_db *db, const xj_scope *scope, int64_t id,
                xj_pool *result)
{
    xj_document_whole *whole = XJ_NEW(result, xj_document_whole);
    XJ_VEC(xj_version) versions = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_plan__document(&whole->document, db, scope->tenant, id, result));
    XJ_TRY(xj_db_query(&rows, db, SQL_VERSIONS_OF_DOCUMENT, "ii", scope->tenant, id));
    for (;;) {
        xj_version v;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        read_version(&v, rows, 0, result);
        if (xj_plan__sees(scope, v.state))
            xj_vec_push(&versions, result, v);
    }
    if (versions.len == 0)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such document");
    whole->versions = versions.items;
    whole->nversions = versions.len;
    *document = whole;
    return read_basis(&whole->basis, &whole->nbasis, db, scope->tenant, versions.items[0].id,
                      result);
}

bool
xj_plan__sees(const xj_scope *scope, xj_str state)
{
    return scope->drafts || !xj_str_eq(state, XJ_STR("draft"));
}

xj_error *
xj_plan__version(xj_version *version, xj_db *db, int64_t tenant, int64_t id, xj_pool *result)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_VERSION_GET, "ii", tenant, id));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such version of a document");
    read_version(version, rows, 0, result);
    xj_rows_close(rows);
    return NULL;
}

xj_error *
xj_plan__draft(xj_version *version, xj_tx *tx, int64_t id, int64_t seen, const char *done)
{
    XJ_TRY(xj_plan__version(version, xj_tx_db(tx), xj_tx_tenant(tx), id, xj_tx_pool(tx)));
    xj_tx_subject(tx, "plan_version", id);
    if (!xj_str_eq(version->state, XJ_STR("draft")))
        return xj_error_new(XJ_E_CONFLICT, "only a draft can be %s; this version is %s", done,
                            xj_str_cdup(version->state, xj_tx_pool(tx)));
    if (version->version != seen)
        return xj_error_new(XJ_E_STALE,
                            "the version was changed since you saw it: it is at %lld, you saw %lld",
                            (long long)version->version, (long long)seen);
    return NULL;
}

xj_error *
xj_version_get(xj_version *version, xj_db *db, const xj_scope *scope, int64_t id, xj_pool *result)
{
    XJ_TRY(xj_plan__version(version, db, scope->tenant, id, result));
    if (!xj_plan__sees(scope, version->state))
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such version of a document");
    return NULL;
}

/* ---- a version whole ---- */

static xj_error *
read_actions(xj_version_whole *whole, xj_db *db, int64_t tenant, xj_pool *result)
{
    XJ_VEC(xj_version_action) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_ACTIONS_OF_VERSION, "ii", tenant, whole->version.id));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_version_action){xj_row_int(rows, 0), xj_row_text(rows, 1, result),
                                        xj_row_text(rows, 2, result), xj_row_text(rows, 3, result),
                                        xj_row_int(rows, 4), xj_row_int(rows, 7),
                                        xj_plan__range(rows, 5)});
    }
    whole->actions = found.items;
    whole->nactions = found.len;
    return NULL;
}

static xj_error *
read_obligations(xj_version_whole *whole, xj_db *db, int64_t tenant, xj_pool *result)
{
    XJ_VEC(xj_version_obligation) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_OBLIGATIONS_OF_VERSION, "ii", tenant, whole->version.id));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(
            &found, result,
            (xj_version_obligation){xj_row_text(rows, 0, result), xj_row_text(rows, 1, result),
                                    xj_row_text(rows, 2, result), xj_row_text(rows, 3, result),
                                    xj_row_text(rows, 4, result), xj_row_text(rows, 5, result),
                                    xj_row_text(rows, 6, result), xj_row_int(rows, 9),
                                    xj_plan__range(rows, 7)});
    }
    whole->obligations = found.items;
    whole->nobligations = found.len;
    return NULL;
}

static xj_error *
read_warnings(xj_version_whole *whole, xj_db *db, int64_t tenant, xj_pool *result)
{
    XJ_VEC(xj_version_warning) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_WARNINGS_OF_VERSION, "iii", tenant, whole->version.id,
                       (int64_t)XJ_VERSION_WARNINGS_MAX));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_version_warning){.warning = {.code = xj_row_text(rows, 0, result),
                                                     .message = xj_row_text(rows, 1, result),
                                                     .line = xj_row_int(rows, 2),
                                                     .words = xj_row_text(rows, 3, result),
                                                     .seq = xj_row_int(rows, 6),
                                                     .task = xj_row_int(rows, 7),
                                                     .source = xj_plan__range(rows, 8),
                                                     .state = xj_row_null(rows, 10)
                                                                  ? XJ_STR("open")
                                                                  : xj_row_text(rows, 10, result),
                                                     .why = xj_row_text(rows, 11, result),
                                                     .ended_by = xj_row_text(rows, 12, result),
                                                     .ended_at = xj_row_int(rows, 13)},
                                         .action_no = xj_row_text(rows, 4, result),
                                         .task_no = xj_row_text(rows, 5, result)});
    }
    whole->warnings = found.items;
    whole->nwarnings = found.len;
    return NULL;
}

xj_error *
xj_version_get_whole(xj_version_whole **version, xj_db *db, const xj_scope *scope, int64_t id,
                     xj_pool *result)
{
    xj_version_whole *whole = XJ_NEW(result, xj_version_whole);

    XJ_TRY(xj_version_get(&whole->version, db, scope, id, result));
    XJ_TRY(xj_plan__document(&whole->document, db, scope->tenant, whole->version.document, result));
    XJ_TRY(read_actions(whole, db, scope->tenant, result));
    XJ_TRY(read_obligations(whole, db, scope->tenant, result));
    XJ_TRY(read_warnings(whole, db, scope->tenant, result));
    *version = whole;
    return NULL;
}
