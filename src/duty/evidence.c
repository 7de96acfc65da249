/* Files that returns rest on: whose they are and who sees them. */
#include "duty/evidence.h"
#include "duty/signing_priv.h"

static xj_error *
not_found(void)
{
    return xj_error_new(XJ_E_NOT_FOUND, "there is no such file");
}

static xj_evidence
evidence_of(const xj_rows *rows, xj_pool *result)
{
    return (xj_evidence){.id = xj_row_int(rows, 0),
                         .obligation = xj_row_int(rows, 1),
                         .duty = xj_row_int(rows, 2),
                         .unit = xj_row_int(rows, 3),
                         .unit_name = xj_row_text(rows, 4, result),
                         .purpose = xj_row_text(rows, 5, result),
                         .file = {.name = xj_row_text(rows, 6, result),
                                  .kind = xj_row_text(rows, 7, result),
                                  .hash = xj_row_text(rows, 8, result),
                                  .size = xj_row_int(rows, 9),
                                  .bare = xj_row_int(rows, 10) != 0,
                                  .looked = xj_row_int(rows, 11) != 0},
                         .came_by = xj_row_text(rows, 12, result),
                         .came_on = xj_row_text(rows, 13, result),
                         .on_behalf = xj_row_int(rows, 14) != 0,
                         .added_by = xj_row_int(rows, 15),
                         .added_at = xj_row_int(rows, 16),
                         .added_name = xj_row_text(rows, 17, result)};
}

/* ---- looking ---- */

xj_error *
xj_evidence_list(xj_evidence **items, size_t *n, xj_db *db, const xj_scope *scope, int64_t id,
                 int64_t as, xj_pool *result)
{
    XJ_VEC(xj_evidence) found = {0};
    xj_obligation o;
    xj_rows *rows;

    XJ_TRY(xj_report__obligation(&o, db, scope->tenant, id, result));
    if (as == 0)
        as = o.unit;
    if (!xj_scope_has(scope, scope->tenant, as))
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such return");
    XJ_TRY(xj_db_query(&rows, db, SQL_EVIDENCE_LIST, "iiii", as, (int64_t)(as == o.unit),
                       scope->tenant, id));
    for (;;) {
        bool more;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result, evidence_of(rows, result));
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_evidence_get(xj_evidence *evidence, xj_db *db, const xj_scope *scope, int64_t id,
                xj_pool *result)
{
    int64_t returning;
    xj_rows *rows;
    bool more, given;

    XJ_TRY(xj_db_query(&rows, db, SQL_EVIDENCE_BY_ID, "ii", scope->tenant, id));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return not_found();
    *evidence = evidence_of(rows, result);
    returning = xj_row_int(rows, 18);
    given = xj_row_int(rows, 19) != 0;
    xj_rows_close(rows);
    if (xj_scope_has(scope, scope->tenant, evidence->unit) ||
        (given && xj_scope_has(scope, scope->tenant, returning)))
        return NULL;
    return not_found();
}

xj_error *
xj_evidence_originals(xj_evidence_came **items, size_t *n, xj_db *db, const xj_scope *scope,
                      int64_t before, int64_t limit, xj_pool *result)
{
    xj_list *list = xj_list_new(SQL_EVIDENCE_ORIGINALS, result);
    XJ_VEC(xj_evidence_came) found = {0};
    xj_rows *rows;

    xj_duty__scope(list, scope, result);
    xj_list_order(list, "id", true);
    if (before != 0)
        xj_list_after_int(list, before, before);
    XJ_TRY(xj_list_query(&rows, list, db, limit, "i", scope->tenant));
    for (;;) {
        bool more;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    ((xj_evidence_came){.evidence = evidence_of(rows, result),
                                        .period = xj_row_text(rows, 18, result),
                                        .due = xj_row_text(rows, 19, result),
                                        .state = xj_row_text(rows, 20, result)}));
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

struct asked {
    XJ_VEC(xj_evidence_asked) items;
};

/* What of DELIVERABLES (JSON, ours) is to be shown by a file. */
static xj_error *
add_asked(struct asked *asked, int64_t duty, xj_str deliverables, xj_pool *result)
{
    const xj_jval *list;

    XJ_TRY(xj_json_parse(&list, deliverables, (size_t)1 << 20, result));
    for (size_t i = 0; i < xj_jval_len(list); i++) {
        const xj_str kind = xj_jval_str(xj_jval_find(xj_jval_at(list, i), "kind"));

        if (xj_str_eq(kind, XJ_STR("evidence")) || xj_str_eq(kind, XJ_STR("document")))
            xj_vec_push(&asked->items, result,
                        ((xj_evidence_asked){
                            duty, kind, xj_jval_str(xj_jval_find(xj_jval_at(list, i), "name"))}));
    }
    return NULL;
}

xj_error *
xj_evidence_asked_for(xj_evidence_asked **items, size_t *n, xj_db *db, int64_t tenant,
                      int64_t obligation, xj_pool *result)
{
    struct asked asked = {0};
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, db, SQL_EVIDENCE_ASKED, "ii", tenant, obligation));
    for (;;) {
        bool more;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        XJ_TRY(add_asked(&asked, xj_row_int(rows, 0), xj_row_text(rows, 1, result), result));
    }
    *items = asked.items.items;
    *n = asked.items.len;
    return NULL;
}

/* ---- changing ---- */

static bool
is_original(xj_str purpose)
{
    return xj_str_eq(purpose, XJ_STR("original"));
}

static xj_error *
check_words(const xj_evidence_add *a)
{
    static const char *const ways[] = {"", "oa", "mail", "chat", "paper"};
    bool known = a->came_by.data == NULL;

    if (!is_original(a->purpose) && !xj_str_eq(a->purpose, XJ_STR("evidence")))
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a file is evidence or an original"),
                           "/purpose");
    for (size_t i = 0; i < sizeof ways / sizeof *ways && !known; i++)
        known = xj_str_eq(a->came_by, xj_str_c(ways[i]));
    if (!known)
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "an original comes by oa, mail, chat or paper"),
            "/came_by");
    return NULL;
}

/* Evidence belongs to what is still owed; the original of a letter often comes after it was sent.
 */
static xj_error *
check_place(xj_tx *tx, const xj_obligation *o, const xj_scope *scope, int64_t unit, int64_t duty,
            xj_str purpose)
{
    if (!is_original(purpose))
        XJ_TRY(xj_report__check_owed(o));
    else if (xj_str_eq(o->state, XJ_STR("withdrawn")))
        return xj_error_new(XJ_E_CONFLICT, "the return is not asked for any more");
    if (duty != 0)
        return xj_report__check_part(tx, o, scope, unit, duty);
    if (unit != o->unit || !xj_scope_has(scope, xj_tx_tenant(tx), unit))
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such return of this unit");
    return NULL;
}

static xj_error *
find_same(int64_t *id, xj_tx *tx, const xj_evidence_add *a)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_EVIDENCE_SAME, "iiiiss", xj_tx_tenant(tx),
                       a->obligation, a->duty, a->unit, a->purpose, a->file.hash));
    XJ_TRY(xj_rows_next(rows, &more));
    *id = more ? xj_row_int(rows, 0) : 0;
    xj_rows_close(rows);
    return NULL;
}

static xj_error *
check_room(xj_tx *tx, const xj_evidence_add *a)
{
    int64_t here, all;
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_EVIDENCE_COUNT, "isii", a->duty, a->purpose,
                       xj_tx_tenant(tx), a->obligation));
    XJ_TRY(xj_rows_next(rows, &more));
    here = xj_row_int(rows, 0);
    all = xj_row_int(rows, 1);
    xj_rows_close(rows);
    if (here >= XJ_EVIDENCE_ROW_MAX)
        return xj_error_new(XJ_E_TOO_MANY, "a row has at most %d files", XJ_EVIDENCE_ROW_MAX);
    if (all >= XJ_EVIDENCE_RETURN_MAX)
        return xj_error_new(XJ_E_TOO_MANY, "a return has at most %d files", XJ_EVIDENCE_RETURN_MAX);
    return NULL;
}

xj_error *
xj_evidence_add_file(int64_t *id, xj_tx *tx, const xj_evidence_add *a)
{
    xj_str came_on = a->came_on;
    xj_obligation o;

    xj_tx_subject(tx, "obligation", a->obligation);
    XJ_TRY(check_words(a));
    XJ_TRY(
        xj_report__obligation(&o, xj_tx_db(tx), xj_tx_tenant(tx), a->obligation, xj_tx_pool(tx)));
    XJ_TRY(check_place(tx, &o, a->scope, a->unit, a->duty, a->purpose));
    if (came_on.data != NULL)
        XJ_TRY(xj_duty__happened(&came_on, tx, came_on));
    XJ_TRY(find_same(id, tx, a));
    if (*id != 0)
        return NULL;
    XJ_TRY(check_room(tx, a));
    if (a->unit == o.unit && !is_original(a->purpose))
        XJ_TRY(xj_signing__end(tx, o.id, "withdraw", XJ_STR("附件有改动"), a->actor_name));
    *id = xj_tx_next_id(tx);
    return xj_db_send(xj_tx_db(tx), SQL_EVIDENCE_ADD, "iiiiissssiiisSiisii", xj_tx_tenant(tx), *id,
                      a->obligation, a->duty, a->unit, a->purpose, a->file.name, a->file.kind,
                      a->file.hash, a->file.size, (int64_t)a->file.bare, (int64_t)a->file.looked,
                      a->came_by.data == NULL ? XJ_STR("") : a->came_by, came_on,
                      (int64_t)a->on_behalf, xj_tx_actor(tx), a->actor_name, xj_tx_now(tx),
                      INT64_C(0));
}

/* ---- what a linked county sent ---- */

struct laid {
    int64_t id, link;
    xj_str hash;
};

typedef XJ_VEC(struct laid) laid_vec;

static xj_error *
read_laid(laid_vec *laid, xj_tx *tx, const xj_evidence_sent *sent)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_EVIDENCE_OF_ROW, "iiii", xj_tx_tenant(tx),
                       sent->obligation, sent->duty, sent->unit));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        xj_vec_push(laid, xj_tx_pool(tx),
                    ((struct laid){.id = xj_row_int(rows, 0),
                                   .hash = xj_row_text(rows, 1, xj_tx_pool(tx)),
                                   .link = xj_row_int(rows, 2)}));
    }
}

static bool
is_sent(const xj_evidence_sent *sent, xj_str hash)
{
    for (size_t i = 0; i < sent->n; i++)
        if (xj_str_eq(sent->files[i].hash, hash))
            return true;
    return false;
}

static bool
is_laid(const laid_vec *laid, xj_str hash)
{
    for (size_t i = 0; i < laid->len; i++)
        if (xj_str_eq(laid->items[i].hash, hash))
            return true;
    return false;
}

xj_error *
xj_evidence_room(xj_tx *tx, const xj_evidence_sent *sent)
{
    int64_t go = 0, come = 0, here, all;
    laid_vec laid = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(read_laid(&laid, tx, sent));
    for (size_t i = 0; i < laid.len; i++)
        go += laid.items[i].link != 0 && !is_sent(sent, laid.items[i].hash);
    for (size_t i = 0; i < sent->n; i++)
        come += !is_laid(&laid, sent->files[i].hash);
    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_EVIDENCE_COUNT, "isii", sent->duty,
                       XJ_STR("evidence"), xj_tx_tenant(tx), sent->obligation));
    XJ_TRY(xj_rows_next(rows, &more));
    here = xj_row_int(rows, 0);
    all = xj_row_int(rows, 1);
    xj_rows_close(rows);
    if (here - go + come > XJ_EVIDENCE_ROW_MAX || all - go + come > XJ_EVIDENCE_RETURN_MAX)
        return xj_error_new(XJ_E_TOO_MANY, "the return has no room for %lld more files",
                            (long long)come);
    return NULL;
}

xj_error *
xj_evidence_follow(xj_tx *tx, const xj_evidence_sent *sent)
{
    const int64_t tenant = xj_tx_tenant(tx);
    laid_vec laid = {0};

    XJ_TRY(read_laid(&laid, tx, sent));
    for (size_t i = 0; i < laid.len; i++)
        if (laid.items[i].link != 0 && !is_sent(sent, laid.items[i].hash))
            XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_EVIDENCE_REMOVE, "ii", tenant, laid.items[i].id));
    for (size_t i = 0; i < sent->n; i++) {
        const xj_evidence_file *file = &sent->files[i];

        if (is_laid(&laid, file->hash))
            continue;
        XJ_TRY(xj_db_send(
            xj_tx_db(tx), SQL_EVIDENCE_ADD, "iiiiissssiiisSiisii", tenant, xj_tx_next_id(tx),
            sent->obligation, sent->duty, sent->unit, XJ_STR("evidence"), file->name, file->kind,
            file->hash, file->size, (int64_t)file->bare, (int64_t)file->looked, XJ_STR(""),
            XJ_STR_NONE, INT64_C(0), xj_tx_actor(tx), sent->actor_name, xj_tx_now(tx), sent->link));
    }
    return NULL;
}

/* ---- taking away ---- */

xj_error *
xj_evidence_remove(xj_tx *tx, const xj_scope *scope, int64_t id, xj_str actor_name)
{
    xj_evidence e;
    xj_obligation o;

    XJ_TRY(xj_evidence_get(&e, xj_tx_db(tx), scope, id, xj_tx_pool(tx)));
    xj_tx_subject(tx, "obligation", e.obligation);
    if (!xj_scope_has(scope, xj_tx_tenant(tx), e.unit) || (e.on_behalf && !scope->all_units))
        return not_found();
    XJ_TRY(xj_report__obligation(&o, xj_tx_db(tx), xj_tx_tenant(tx), e.obligation, xj_tx_pool(tx)));
    XJ_TRY(check_place(tx, &o, scope, e.unit, e.duty, e.purpose));
    if (e.unit == o.unit && !is_original(e.purpose))
        XJ_TRY(xj_signing__end(tx, o.id, "withdraw", XJ_STR("附件有改动"), actor_name));
    return xj_db_run(xj_tx_db(tx), SQL_EVIDENCE_REMOVE, "ii", xj_tx_tenant(tx), id);
}

/* ---- the check ---- */

xj_error *
xj_duty_files_missing(int64_t *missing, xj_store *store, xj_blobs *blobs, enum xj_sql files,
                      const char *what, void (*each)(void *arg, const char *check, const char *row),
                      void *arg, xj_pool *scratch)
{
    xj_reader *reader;
    xj_rows *rows;

    *missing = 0;
    XJ_TRY(xj_reader_begin(&reader, store, scratch));
    XJ_TRY(xj_db_query(&rows, xj_reader_db(reader), files, ""));
    for (;;) {
        char row[128];
        bool more, found;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        XJ_TRY(xj_blob_has(&found, blobs, xj_row_str(rows, 2)));
        if (found)
            continue;
        ++*missing;
        snprintf(row, sizeof row, "%s %lld/%lld lacks its file", what,
                 (long long)xj_row_int(rows, 0), (long long)xj_row_int(rows, 1));
        each(arg, "files", row);
    }
    xj_reader_end(reader);
    return NULL;
}

xj_error *
xj_evidence_find_missing(int64_t *missing, xj_store *store, xj_blobs *blobs,
                         void (*each)(void *arg, const char *check, const char *row), void *arg,
                         xj_pool *scratch)
{
    return xj_duty_files_missing(missing, store, blobs, SQL_EVIDENCE_FILES, "evidence", each, arg,
                                 scratch);
}
