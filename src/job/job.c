/* The rows of jobs: looking, and each move in its lane. */
#include "job/job_priv.h"

#include "base/vec.h"

#define DAY_US (INT64_C(86400) * 1000000)

/* ---- looking ---- */

static void
job_row(xj_job *job, const xj_rows *rows, xj_pool *result)
{
    *job = (xj_job){.id = xj_row_int(rows, 0),
                    .tenant = xj_row_int(rows, 1),
                    .kind = xj_row_text(rows, 2, result),
                    .actor = xj_row_int(rows, 3),
                    .actor_name = xj_row_text(rows, 4, result),
                    .args = xj_row_text(rows, 5, result),
                    .input = xj_row_text(rows, 6, result),
                    .state = xj_row_text(rows, 7, result),
                    .version = xj_row_int(rows, 8),
                    .done = xj_row_int(rows, 9),
                    .total = xj_row_int(rows, 10),
                    .doing = xj_row_text(rows, 11, result),
                    .created_at = xj_row_int(rows, 12),
                    .started_at = xj_row_int(rows, 13),
                    .finished_at = xj_row_int(rows, 14),
                    .attempts = xj_row_int(rows, 15),
                    .error_code = xj_row_text(rows, 16, result),
                    .error_message = xj_row_text(rows, 17, result),
                    .result = xj_row_text(rows, 18, result),
                    .cancel_asked = xj_row_int(rows, 19) != 0};
}

static xj_error *
not_found(void)
{
    return xj_error_new(XJ_E_NOT_FOUND, "there is no such job");
}

xj_error *
xj_job__get(xj_job *job, xj_db *db, int64_t tenant, int64_t id, xj_pool *result)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_JOB_BY_ID, "ii", tenant, id));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return not_found();
    job_row(job, rows, result);
    xj_rows_close(rows);
    return NULL;
}

xj_error *
xj_job_get(xj_job *job, xj_db *db, int64_t tenant, int64_t actor, int64_t id, xj_pool *result)
{
    XJ_TRY(xj_job__get(job, db, tenant, id, result));
    return job->actor == actor ? NULL : not_found();
}

xj_error *
xj_job_list(xj_job **items, size_t *n, xj_db *db, int64_t tenant, int64_t actor, int64_t before,
            int64_t limit, xj_pool *result)
{
    XJ_VEC(xj_job) found = {0};
    xj_rows *rows;

    if (limit > XJ_JOB_LIST_MAX)
        limit = XJ_JOB_LIST_MAX;
    XJ_TRY(xj_db_query(&rows, db, SQL_JOB_LIST, "iiii", tenant, actor,
                       before == 0 ? INT64_MAX : before, limit));
    for (;;) {
        xj_job job;
        bool more;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        job_row(&job, rows, result);
        xj_vec_push(&found, result, job);
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

/* ---- moves ---- */

xj_error *
xj_job__add(int64_t *id, xj_tx *tx, xj_str actor_name, const char *kind, xj_str args, xj_str input)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_JOB_COUNT_OPEN, "ii", xj_tx_actor(tx),
                       xj_tx_tenant(tx)));
    XJ_TRY(xj_rows_next(rows, &more));
    if (xj_row_int(rows, 0) >= XJ_JOB_OPEN_MAX)
        return xj_error_new(XJ_E_TOO_MANY,
                            "%d jobs of this jurisdiction wait already; try again when some of "
                            "them are done",
                            XJ_JOB_OPEN_MAX);
    if (xj_row_int(rows, 1) >= XJ_JOB_ACTOR_OPEN_MAX)
        return xj_error_new(XJ_E_TOO_MANY,
                            "%d of your jobs wait already; try again when some of them are done",
                            XJ_JOB_ACTOR_OPEN_MAX);
    xj_rows_close(rows);
    *id = xj_tx_next_id(tx);
    xj_tx_subject(tx, "job", *id);
    return xj_db_send(xj_tx_db(tx), SQL_JOB_ADD, "iisissSi", xj_tx_tenant(tx), *id, xj_str_c(kind),
                      xj_tx_actor(tx), actor_name, args, input, xj_tx_now(tx));
}

xj_error *
xj_job__take(bool *taken, xj_tx *tx, int64_t id)
{
    int64_t changed;

    xj_tx_subject(tx, "job", id);
    XJ_TRY(xj_db_change(&changed, xj_tx_db(tx), SQL_JOB_TAKE, "iii", xj_tx_now(tx),
                        xj_tx_tenant(tx), id));
    *taken = changed == 1;
    return NULL;
}

xj_error *
xj_job__progress(xj_tx *tx, int64_t id, xj_str doing, int64_t done, int64_t total)
{
    xj_tx_subject(tx, "job", id);
    return xj_db_send(xj_tx_db(tx), SQL_JOB_PROGRESS, "siiii", doing, done, total, xj_tx_tenant(tx),
                      id);
}

xj_error *
xj_job__cancel(bool *running, xj_tx *tx, int64_t id)
{
    xj_job job;

    xj_tx_subject(tx, "job", id);
    XJ_TRY(xj_job_get(&job, xj_tx_db(tx), xj_tx_tenant(tx), xj_tx_actor(tx), id, xj_tx_pool(tx)));
    *running = xj_str_eq(job.state, XJ_STR("running"));
    if (*running)
        return xj_db_send(xj_tx_db(tx), SQL_JOB_ASK_CANCEL, "ii", xj_tx_tenant(tx), id);
    if (xj_str_eq(job.state, XJ_STR("waiting")))
        return xj_job__finish(tx, id, &(xj_job__end){.state = "cancelled"});
    if (xj_str_eq(job.state, XJ_STR("cancelled")))
        return NULL;
    return xj_error_new(XJ_E_CONFLICT, "the job has ended already: it is " XJ_FMT,
                        XJ_ARG(job.state));
}

xj_error *
xj_job__remove(xj_tx *tx, int64_t id)
{
    xj_job job;

    xj_tx_subject(tx, "job", id);
    XJ_TRY(xj_job_get(&job, xj_tx_db(tx), xj_tx_tenant(tx), xj_tx_actor(tx), id, xj_tx_pool(tx)));
    if (job.finished_at == 0)
        return xj_error_new(XJ_E_CONFLICT, "the job has not ended: cancel it first");
    return xj_db_send(xj_tx_db(tx), SQL_JOB_REMOVE, "ii", xj_tx_tenant(tx), id);
}

xj_error *
xj_job__release(xj_tx *tx, int64_t id, bool counted)
{
    xj_tx_subject(tx, "job", id);
    return xj_db_send(xj_tx_db(tx), SQL_JOB_RELEASE, "iii", counted ? INT64_C(0) : INT64_C(1),
                      xj_tx_tenant(tx), id);
}

xj_error *
xj_job__finish(xj_tx *tx, int64_t id, const xj_job__end *end)
{
    const int64_t tenant = xj_tx_tenant(tx);
    xj_db *db = xj_tx_db(tx);

    xj_tx_subject(tx, "job", id);
    XJ_TRY(xj_db_send(db, SQL_JOB_FINISH, "siSSSii", xj_str_c(end->state), xj_tx_now(tx), end->code,
                      end->message, end->result, tenant, id));
    XJ_TRY(xj_db_send(db, SQL_JOB_FORGET_OLD, "ii", tenant,
                      xj_tx_now(tx) - XJ_JOB_KEPT_DAYS * DAY_US));
    return xj_db_send(db, SQL_JOB_FORGET_MANY, "ii", tenant, (int64_t)XJ_JOB_KEPT_MAX);
}

xj_error *
xj_job__recover(xj_tx *tx, int64_t id)
{
    xj_job job;

    xj_tx_subject(tx, "job", id);
    XJ_TRY(xj_job__get(&job, xj_tx_db(tx), xj_tx_tenant(tx), id, xj_tx_pool(tx)));
    if (job.cancel_asked)
        return xj_job__finish(tx, id, &(xj_job__end){.state = "cancelled"});
    if (job.attempts < XJ_JOB_ATTEMPTS_MAX)
        return xj_job__release(tx, id, true);
    return xj_job__finish(
        tx, id,
        &(xj_job__end){.state = "failed",
                       .code = xj_str_c(xj_code_wire(XJ_E_INTERNAL)),
                       .message = xj_str_printf(xj_tx_pool(tx),
                                                "the server ended %d times while it worked on this",
                                                XJ_JOB_ATTEMPTS_MAX)});
}
