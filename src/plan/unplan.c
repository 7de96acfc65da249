/*
 * A draft that is no plan after all -- an opinion whose sentences read like tasks, the wrong file
 * -- becomes a file set aside.  One command hides the draft and shows the aside; the rows of the
 * draft go in pieces behind it, as those of an import that ended in the middle do.
 */
#include "plan/aside.h"
#include "plan/import_priv.h"

struct unplan {
    int64_t id, version;
    xj_str text;
    bool done;
};

static xj_error *
check(xj_version *v, xj_tx *tx, const struct unplan *u)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_plan__draft(v, tx, u->id, u->version, "set aside"));
    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_VERSION_PAIRED_WITH, "iii", xj_tx_tenant(tx),
                       v->document, u->id));
    XJ_TRY(xj_rows_next(rows, &more));
    xj_rows_close(rows);
    if (more)
        return xj_error_new(XJ_E_CONFLICT, "a later version of the document is compared with this "
                                           "draft: set that one aside first");
    return NULL;
}

static xj_error *
make_aside(xj_tx *tx, const xj_version *v, xj_str text)
{
    const int64_t tenant = xj_tx_tenant(tx), id = xj_tx_next_id(tx);
    xj_db *db = xj_tx_db(tx);
    xj_str title;
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_VERSION_HEAD, "ii", tenant, v->id));
    XJ_TRY(xj_rows_next(rows, &more));
    title = xj_row_text(rows, 0, xj_tx_pool(tx));
    xj_rows_close(rows);
    if (title.len == 0)
        title = xj_plan__aside_title(text, v->file_name, xj_tx_pool(tx));
    XJ_TRY(xj_db_send(db, SQL_ASIDE_FROM_VERSION, "isiisii", id, title, xj_tx_now(tx),
                      xj_tx_actor(tx), xj_tx_actor_name(tx), tenant, v->id));
    XJ_TRY(xj_db_send(db, SQL_ASIDE_BASIS, "iii", id, tenant, v->id));
    return xj_plan__keep_parts(tx, id, text);
}

/* The document is what its version before the draft says, or goes where there is none. */
static xj_error *
put_back(xj_tx *tx, int64_t document)
{
    const int64_t tenant = xj_tx_tenant(tx);
    xj_db *db = xj_tx_db(tx);
    xj_str title, doc_no, issuer;
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_DOCUMENT_BACK, "ii", tenant, document));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more) {
        XJ_TRY(xj_db_send(db, SQL_LINKS_REMOVE, "ii", tenant, document));
        return xj_db_send(db, SQL_DOCUMENT_REMOVE, "ii", tenant, document);
    }
    title = xj_row_text(rows, 0, xj_tx_pool(tx));
    doc_no = xj_row_text(rows, 1, xj_tx_pool(tx));
    issuer = xj_row_text(rows, 2, xj_tx_pool(tx));
    xj_rows_close(rows);
    return xj_plan__derive(tx, document, title, doc_no, issuer);
}

static xj_error *
run_unplan(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct unplan *u = args;
    xj_version v;

    (void)answer;
    XJ_TRY(check(&v, tx, u));
    XJ_TRY(make_aside(tx, &v, u->text));
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_VERSION_HIDE, "ii", xj_tx_tenant(tx), u->id));
    return put_back(tx, v.document);
}

static xj_error *
run_forget(xj_tx *tx, void *args, xj_buf *answer)
{
    struct unplan *u = args;

    (void)answer;
    xj_tx_subject(tx, "plan_version", u->id);
    return xj_plan__forget(&u->done, tx, u->id, xj_plan__piece_end());
}

xj_error *
xj_version_set_aside(xj_store *store, const xj_command *like, int64_t id, int64_t version,
                     xj_str text, xj_pool *scratch)
{
    struct unplan u = {.id = id, .version = version, .text = text};
    xj_command command = *like;
    xj_str body;

    if (text.len > XJ_ASIDE_TEXT_MAX)
        return xj_error_new(XJ_E_TOO_LARGE,
                            "a document that is no plan has at most %zu bytes of text",
                            XJ_ASIDE_TEXT_MAX);
    command.name = "plan.set_aside";
    command.run = run_unplan;
    command.args = &u;
    XJ_TRY(xj_store_do(store, &command, &body, NULL, scratch));
    do {
        xj_command piece = {.name = "plan.sweep",
                            .tenant = like->tenant,
                            .actor = like->actor,
                            .actor_name = like->actor_name,
                            .run = run_forget,
                            .args = &u};

        XJ_TRY(xj_store_do(store, &piece, &body, NULL, scratch));
    } while (!u.done);
    return NULL;
}
