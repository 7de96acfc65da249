/*
 * Files that jobs work on.  They lie in a folder of their own and only while a job that has not
 * ended uses them: nobody has looked for the marks of a classified paper in them yet.
 */
#include "job/job_priv.h"

#include "base/vec.h"

static xj_error *
is_used(bool *used, xj_jobs *jobs, const xj_blob_hash *hash, xj_pool *scratch)
{
    xj_reader *reader;
    xj_rows *rows;

    XJ_TRY(xj_reader_begin(&reader, jobs->options.store, scratch));
    XJ_TRY(xj_db_query(&rows, xj_reader_db(reader), SQL_JOB_USES_INPUT, "s", xj_str_c(hash->hex)));
    XJ_TRY(xj_rows_next(rows, used));
    xj_reader_end(reader);
    return NULL;
}

xj_error *
xj_job__input_drop_locked(xj_jobs *jobs, const xj_blob_hash *hash, xj_pool *scratch)
{
    bool used;
    xj_error *err;

    XJ_TRY(is_used(&used, jobs, hash, scratch));
    if (used)
        return NULL;
    err = xj_blob_remove(jobs->options.inputs, hash);
    if (xj_error_is(err, XJ_E_NOT_FOUND)) {
        xj_error_clear(err); /* removed before, with another job of the same bytes */
        return NULL;
    }
    return err;
}

xj_error *
xj_job__input_drop(xj_jobs *jobs, xj_str input, xj_pool *scratch)
{
    xj_blob_hash hash;
    xj_error *err;

    if (input.data == NULL)
        return NULL;
    XJ_TRY(xj_blob_hash_parse(&hash, input));
    pthread_mutex_lock(&jobs->inputs);
    err = xj_job__input_drop_locked(jobs, &hash, scratch);
    pthread_mutex_unlock(&jobs->inputs);
    return err;
}

struct names {
    XJ_VEC(xj_blob_hash) items;
    xj_pool *pool;
};

static void
note(void *arg, const xj_blob_hash *hash)
{
    struct names *names = arg;

    xj_vec_push(&names->items, names->pool, *hash);
}

xj_error *
xj_job__inputs_sweep(xj_jobs *jobs, xj_pool *scratch)
{
    struct names names = {.pool = scratch};

    XJ_TRY(xj_blobs_each(jobs->options.inputs, note, &names));
    for (size_t i = 0; i < names.items.len; i++) {
        xj_pool *pool = xj_pool_child(scratch);
        xj_error *err = xj_job__input_drop(jobs, xj_str_c(names.items.items[i].hex), pool);

        xj_pool_destroy(pool);
        XJ_TRY(err);
    }
    return NULL;
}
