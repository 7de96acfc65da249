#include "jobtest.h"

/* A queue without runners on T's database and a folder of its own. */
static xj_jobs *
open_queue(xjtest_store *t, xj_pool *pool)
{
    static const xj_job_kind none[] = {{0}};
    xj_jobs_options options = {.store = t->store, .kinds = none};
    xj_jobs *jobs;

    must_ok(xj_blobs_open(&options.inputs, xj_str_printf(t->pool, "%s/uploads", t->folder).data, 0,
                          pool));
    must_ok(xj_jobs_open(&jobs, &options, pool));
    return jobs;
}

static bool
is_there(xj_jobs *jobs, const xj_blob_hash *hash)
{
    xj_error *err = xj_blob_verify(jobs->options.inputs, hash);
    const bool there = err == NULL;

    xj_error_clear(err);
    return there;
}

XJTEST_STORE(test_drop__waits_for_the_last_job)
{
    xj_pool *pool = xj_pool_child(t->open_pool);
    xj_jobs *jobs = open_queue(t, pool);
    xj_blob_hash hash;
    int64_t a, b;

    must_ok(xj_blob_put(&hash, jobs->options.inputs, XJ_STR("a file")));
    a = jobtest_add(t, 1, xj_str_c(hash.hex));
    b = jobtest_add(t, 2, xj_str_c(hash.hex));
    jobtest_finish(t, 1, a, "cancelled");
    must_ok(xj_job__input_drop(jobs, xj_str_c(hash.hex), pool));
    assert_true(is_there(jobs, &hash));
    jobtest_finish(t, 2, b, "cancelled");
    must_ok(xj_job__input_drop(jobs, xj_str_c(hash.hex), pool));
    assert_false(is_there(jobs, &hash));
    must_ok(xj_job__input_drop(jobs, xj_str_c(hash.hex), pool)); /* gone already */
    must_ok(xj_job__input_drop(jobs, XJ_STR_NONE, pool));
    xj_pool_destroy(pool);
}

XJTEST_STORE(test_sweep__removes_what_no_job_waits_for)
{
    xj_pool *pool = xj_pool_child(t->open_pool);
    xj_jobs *jobs = open_queue(t, pool);
    xj_blob_hash used, orphan;

    must_ok(xj_blob_put(&used, jobs->options.inputs, XJ_STR("used")));
    must_ok(xj_blob_put(&orphan, jobs->options.inputs, XJ_STR("orphan")));
    jobtest_add(t, 1, xj_str_c(used.hex));
    must_ok(xj_job__inputs_sweep(jobs, pool));
    assert_true(is_there(jobs, &used));
    assert_false(is_there(jobs, &orphan));
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_drop__waits_for_the_last_job),
        XJTEST_BOTH(test_sweep__removes_what_no_job_waits_for),
    };

    return xjtest_store_main(tests);
}
