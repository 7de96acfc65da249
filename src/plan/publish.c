/*
 * Publishing.  The state of the version row is what readers ask, so that one small command shows a
 * plan of any length.  Marks and words of its tasks, which the lists are led by, are set before it
 * and those of the superseded version unset after it, in pieces; an end in between leaves marks
 * that no list shows and that the next start, or the next try, sets right.
 */
#include "plan/import_priv.h"

struct publish {
    int64_t id, version; /* what the caller saw */
    xj_str remarks;
    bool pieces, replace_newer;
    /* of the pieces */
    int64_t from, after;
    bool done;
    /* what was found */
    int64_t superseded;
};

/* A file that came earlier may lie as a draft when a later one is in force: to go back must be
 * asked for. */
static xj_error *
check_newer(xj_tx *tx, const xj_version *v)
{
    xj_version in_force;
    int64_t id;

    XJ_TRY(xj_plan__in_force(&id, xj_tx_db(tx), xj_tx_tenant(tx), v->document));
    if (id == 0)
        return NULL;
    XJ_TRY(xj_plan__version(&in_force, xj_tx_db(tx), xj_tx_tenant(tx), id, xj_tx_pool(tx)));
    if (in_force.no < v->no)
        return NULL;
    return xj_error_new(XJ_E_CONFLICT,
                        "version %lld is in force and newer than version %lld; to publish the "
                        "older one all the same, say so (replace_newer)",
                        (long long)in_force.no, (long long)v->no);
}

static xj_error *
check_draft(xj_version *v, xj_tx *tx, const struct publish *p)
{
    XJ_TRY(xj_plan__draft(v, tx, p->id, p->version, "published"));
    if (!p->replace_newer)
        XJ_TRY(check_newer(tx, v));
    if (v->warnings > 0 && xj_str_trim(p->remarks).len == 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT,
                                        "%lld warnings are open: say in the remarks why the plan "
                                        "is published although they are",
                                        (long long)v->warnings),
                           "/remarks");
    return NULL;
}

/* A piece before the publication: the draft's tasks get their marks. */
static xj_error *
run_mark(xj_tx *tx, void *args, xj_buf *answer)
{
    struct publish *p = args;
    xj_version v;

    (void)answer;
    p->after = p->from;
    XJ_TRY(check_draft(&v, tx, p));
    xj_tx_subject(tx, "plan_version", p->id);
    XJ_TRY(
        xj_db_send(xj_tx_db(tx), SQL_VERSION_SET_LIVE, "iii", (int64_t)1, xj_tx_tenant(tx), p->id));
    return xj_plan__set_live(tx, p->id, true, &p->after, &p->done, xj_plan__piece_end());
}

/* A piece after it: those of the superseded version lose theirs. */
static xj_error *
run_unmark(xj_tx *tx, void *args, xj_buf *answer)
{
    struct publish *p = args;

    (void)answer;
    p->after = p->from;
    xj_tx_subject(tx, "plan_version", p->superseded);
    XJ_TRY(xj_plan__set_live(tx, p->superseded, false, &p->after, &p->done, xj_plan__piece_end()));
    if (!p->done)
        return NULL;
    return xj_db_send(xj_tx_db(tx), SQL_VERSION_SET_LIVE, "iii", (int64_t)0, xj_tx_tenant(tx),
                      p->superseded);
}

static xj_error *
run_publish(xj_tx *tx, void *args, xj_buf *answer)
{
    struct publish *p = args;
    const int64_t tenant = xj_tx_tenant(tx);
    const xj_str remarks = xj_str_trim(p->remarks);
    xj_db *db = xj_tx_db(tx);
    xj_plan_before before;
    int64_t after = 0;
    xj_version v;
    bool done;

    XJ_TRY(check_draft(&v, tx, p));
    XJ_TRY(xj_plan__before(&before, db, tenant, v.document, p->id, xj_tx_pool(tx)));
    XJ_TRY(xj_plan__carry(tx, p->id, &before));
    p->superseded = before.version;
    /* All of them, or the few that were changed since the pieces. */
    XJ_TRY(xj_plan__set_live(tx, p->id, true, &after, &done, 0));
    XJ_TRY(xj_plan__add_totals(tx, p->id, 1));
    if (before.other != 0) {
        XJ_TRY(xj_db_send(db, SQL_LINK_SET, "iiissiis", tenant, v.document, before.other,
                          XJ_STR("replaces"), XJ_STR("confirmed"), xj_tx_now(tx), xj_tx_actor(tx),
                          xj_tx_actor_name(tx)));
        XJ_TRY(xj_db_send(db, SQL_DOCUMENT_TOUCH, "ii", tenant, v.document));
    }
    if (p->superseded != 0) {
        XJ_TRY(xj_db_send(db, SQL_VERSION_SUPERSEDE, "ii", tenant, p->superseded));
        XJ_TRY(xj_plan__add_totals(tx, p->superseded, -1));
        if (!p->pieces) {
            after = 0;
            XJ_TRY(xj_plan__set_live(tx, p->superseded, false, &after, &done, 0));
            XJ_TRY(xj_db_send(db, SQL_VERSION_SET_LIVE, "iii", (int64_t)0, tenant, p->superseded));
        }
    }
    XJ_TRY(xj_db_send(db, SQL_VERSION_PUBLISH, "iiSii", xj_tx_now(tx), xj_tx_actor(tx),
                      remarks.len == 0 ? XJ_STR_NONE : remarks, tenant, p->id));
    xj_tx_subject(tx, "plan_version", p->id);
    xj_tx_why(tx, remarks);
    xj_buf_printf(answer, "{\"version\":%lld}", (long long)p->id);
    return NULL;
}

static xj_error *
run_pieces(xj_store *store, const xj_command *like, const char *name, xj_command_fn run,
           struct publish *p, xj_pool *scratch)
{
    p->from = 0;
    do {
        xj_command command = {.name = name,
                              .tenant = like->tenant,
                              .actor = like->actor,
                              .actor_name = like->actor_name,
                              .run = run,
                              .args = p};
        xj_str body;

        XJ_TRY(xj_store_do(store, &command, &body, NULL, scratch));
        p->from = p->after;
    } while (!p->done);
    return NULL;
}

/* How many tasks the version and the one it supersedes have. */
static xj_error *
count_tasks(int64_t *tasks, xj_store *store, int64_t tenant, int64_t id, xj_pool *pool)
{
    xj_plan_before before;
    xj_reader *reader;
    xj_version v;
    xj_db *db;

    XJ_TRY(xj_reader_begin(&reader, store, pool));
    db = xj_reader_db(reader);
    XJ_TRY(xj_plan__version(&v, db, tenant, id, pool));
    *tasks = v.tasks;
    XJ_TRY(xj_plan__before(&before, db, tenant, v.document, id, pool));
    if (before.version == 0)
        return NULL;
    XJ_TRY(xj_plan__version(&v, db, tenant, before.version, pool));
    *tasks += v.tasks;
    return NULL;
}

static xj_plan_published_fn on_published;

void
xj_plan_on_published(xj_plan_published_fn fn)
{
    on_published = fn;
}

xj_error *
xj_version_publish(xj_store *store, const xj_command *like, const xj_publish *what, int64_t version,
                   xj_pool *scratch)
{
    struct publish p = {.id = what->id,
                        .version = version,
                        .remarks = what->remarks,
                        .replace_newer = what->replace_newer};
    xj_pool *pool = xj_pool_child(scratch);
    xj_command command = *like;
    int64_t tasks;
    xj_error *err;
    xj_str body;

    if (xj_utf8_count(what->remarks) > XJ_REMARKS_MAX)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the remarks have more than %d characters",
                                        XJ_REMARKS_MAX),
                           "/remarks");
    /* The reader ends with its pool, before a command waits. */
    err = count_tasks(&tasks, store, like->tenant, what->id, pool);
    xj_pool_destroy(pool);
    XJ_TRY(err);
    p.pieces = tasks > (int64_t)XJ_PIECE_TASKS;
    if (p.pieces) {
        err = run_pieces(store, like, "plan.publish.rows", run_mark, &p, scratch);
        /* Where it was published already, the command below may be a replay: it says so itself. */
        if (err != NULL && !(xj_error_is(err, XJ_E_CONFLICT) && like->idem_key.len > 0))
            return err;
        xj_error_clear(err);
    }
    command.name = "plan.publish";
    command.run = run_publish;
    command.args = &p;
    XJ_TRY(xj_store_do(store, &command, &body, NULL, scratch));
    if (p.pieces && p.superseded != 0)
        XJ_TRY(run_pieces(store, like, "plan.publish.rows", run_unmark, &p, scratch));
    return on_published == NULL ? NULL : on_published(store, like, what->id, scratch);
}
