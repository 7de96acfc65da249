#include "jobtest.h"

XJTEST_STORE(test_add__waits_and_is_the_actors)
{
    const int64_t id = jobtest_add(t, 1, XJ_STR("aa"));
    xj_reader *reader;
    xj_job job, *items;
    size_t n;

    must_ok(xj_reader_begin(&reader, t->store, t->pool));
    must_ok(xj_job_get(&job, xj_reader_db(reader), 1, 7, id, t->pool));
    assert_state(job, "waiting");
    assert_true(xj_str_eq(job.kind, XJ_STR("work")));
    assert_true(xj_str_eq(job.actor_name, XJ_STR("ann")));
    assert_true(xj_str_eq(job.input, XJ_STR("aa")));
    assert_true(xj_str_has(job.args, XJ_STR("\"n\"")));
    assert_true(job.created_at > 0 && job.started_at == 0 && job.finished_at == 0);
    assert_null(job.doing.data);
    assert_null(job.result.data);
    /* another jurisdiction's, another person's, none */
    must_fail(xj_job_get(&job, xj_reader_db(reader), 2, 7, id, t->pool), XJ_E_NOT_FOUND);
    must_fail(xj_job_get(&job, xj_reader_db(reader), 1, 8, id, t->pool), XJ_E_NOT_FOUND);
    must_fail(xj_job_get(&job, xj_reader_db(reader), 1, 7, id + 1, t->pool), XJ_E_NOT_FOUND);
    must_ok(xj_job_list(&items, &n, xj_reader_db(reader), 1, 8, 0, 10, t->pool));
    assert_int_equal(n, 0);
    xj_reader_end(reader);
}

XJTEST_STORE(test_list__is_newest_first_and_ends_at_its_limit)
{
    const int64_t a = jobtest_add(t, 1, XJ_STR_NONE), b = jobtest_add(t, 1, XJ_STR_NONE),
                  c = jobtest_add(t, 1, XJ_STR_NONE);
    xj_reader *reader;
    xj_job *items;
    size_t n;

    must_ok(xj_reader_begin(&reader, t->store, t->pool));
    must_ok(xj_job_list(&items, &n, xj_reader_db(reader), 1, 7, 0, 2, t->pool));
    assert_int_equal(n, 2);
    assert_int_equal(items[0].id, c);
    assert_int_equal(items[1].id, b);
    must_ok(xj_job_list(&items, &n, xj_reader_db(reader), 1, 7, b, 2, t->pool));
    assert_int_equal(n, 1);
    assert_int_equal(items[0].id, a);
    xj_reader_end(reader);
}

/* A waiting job of TENANT by ACTOR. */
static XJ_MUST_USE xj_error *
add_as(xjtest_store *t, int64_t tenant, int64_t actor)
{
    struct jobtest_move move = {.run = jobtest__add, .input = XJ_STR_NONE};
    xj_command command = {.name = "job.add",
                          .tenant = tenant,
                          .actor = actor,
                          .actor_name = XJ_STR("ann"),
                          .run = jobtest__run,
                          .args = &move};
    xj_str body;

    return xj_store_do(t->store, &command, &body, NULL, t->pool);
}

XJTEST_STORE(test_add__one_above_the_limits_is_refused)
{
    int n = 0;

    for (int64_t actor = 1; n < XJ_JOB_OPEN_MAX; actor++) {
        for (int i = 0; i < XJ_JOB_ACTOR_OPEN_MAX && n < XJ_JOB_OPEN_MAX; i++, n++)
            must_ok(add_as(t, 1, actor));
        if (n < XJ_JOB_OPEN_MAX) /* one person's share is full, another's is not */
            must_fail(add_as(t, 1, actor), XJ_E_TOO_MANY);
    }
    must_fail(add_as(t, 1, 100), XJ_E_TOO_MANY);
    must_ok(add_as(t, 2, 1)); /* each jurisdiction has its own */
}

static int64_t
next_job(xjtest_store *t)
{
    xj_reader *reader;
    xj_rows *rows;
    int64_t id = 0;
    bool more;

    must_ok(xj_reader_begin(&reader, t->store, t->pool));
    must_ok(xj_db_query(&rows, xj_reader_db(reader), SQL_JOB_NEXT, ""));
    must_ok(xj_rows_next(rows, &more));
    if (more)
        id = xj_row_int(rows, 1);
    xj_reader_end(reader);
    return id;
}

XJTEST_STORE(test_next__leaves_one_persons_jobs_in_their_order)
{
    const int64_t a = jobtest_add(t, 1, XJ_STR_NONE), b = jobtest_add(t, 1, XJ_STR_NONE);
    int64_t other;

    must_ok(add_as(t, 1, 8));
    assert_int_equal(next_job(t), a);
    assert_true(jobtest_take(t, 1, a));
    other = next_job(t);
    assert_true(other != 0 && other != b); /* the other person's, though b is older */
    assert_true(jobtest_take(t, 1, other));
    assert_int_equal(next_job(t), 0);
    jobtest_finish(t, 1, a, "done");
    assert_int_equal(next_job(t), b);
}

static xj_error *
remove_it(xj_tx *tx, struct jobtest_move *move)
{
    return xj_job__remove(tx, move->id);
}

XJTEST_STORE(test_remove__forgets_what_has_ended)
{
    struct jobtest_move move = {.run = remove_it, .id = jobtest_add(t, 1, XJ_STR_NONE)};
    xj_reader *reader;
    xj_job job;

    must_fail(jobtest_do(t, 1, &move), XJ_E_CONFLICT);
    jobtest_finish(t, 1, move.id, "failed");
    must_fail(jobtest_do(t, 2, &move), XJ_E_NOT_FOUND);
    must_ok(jobtest_do(t, 1, &move));
    must_fail(jobtest_do(t, 1, &move), XJ_E_NOT_FOUND);
    must_ok(xj_reader_begin(&reader, t->store, t->pool));
    must_fail(xj_job__get(&job, xj_reader_db(reader), 1, move.id, t->pool), XJ_E_NOT_FOUND);
    xj_reader_end(reader);
}

XJTEST_STORE(test_take__happens_once)
{
    const int64_t id = jobtest_add(t, 1, XJ_STR_NONE);
    xj_job job;

    assert_false(jobtest_take(t, 2, id));
    assert_true(jobtest_take(t, 1, id));
    assert_false(jobtest_take(t, 1, id));
    job = jobtest_get(t, 1, id);
    assert_state(job, "running");
    assert_int_equal(job.attempts, 1);
    assert_true(job.started_at > 0);
}

static xj_error *
progress(xj_tx *tx, struct jobtest_move *move)
{
    return xj_job__progress(tx, move->id, XJ_STR("recognising"), move->done, move->total);
}

XJTEST_STORE(test_progress__is_seen_while_it_runs)
{
    const int64_t id = jobtest_add(t, 1, XJ_STR_NONE);
    struct jobtest_move move = {.run = progress, .id = id, .done = 3, .total = 7};
    xj_job job;

    must_ok(jobtest_do(t, 1, &move)); /* it waits: nothing is changed */
    assert_int_equal(jobtest_get(t, 1, id).total, 0);
    assert_true(jobtest_take(t, 1, id));
    must_ok(jobtest_do(t, 1, &move));
    job = jobtest_get(t, 1, id);
    assert_int_equal(job.done, 3);
    assert_int_equal(job.total, 7);
    assert_true(xj_str_eq(job.doing, XJ_STR("recognising")));
}

XJTEST_STORE(test_finish__keeps_the_outcome_and_lets_the_file_go)
{
    const int64_t done = jobtest_add(t, 1, XJ_STR("aa")), failed = jobtest_add(t, 1, XJ_STR("bb"));
    xj_job job;

    assert_true(jobtest_take(t, 1, done));
    jobtest_finish(t, 1, done, "done");
    job = jobtest_get(t, 1, done);
    assert_state(job, "done");
    assert_true(job.finished_at > 0);
    assert_null(job.input.data);
    assert_true(xj_str_has(job.result, XJ_STR("\"a\"")));
    assert_true(jobtest_take(t, 1, failed));
    jobtest_finish(t, 1, failed, "failed");
    job = jobtest_get(t, 1, failed);
    assert_state(job, "failed");
    assert_true(xj_str_eq(job.error_code, XJ_STR("bad_input")));
    assert_true(xj_str_eq(job.error_message, XJ_STR("it is torn")));
    /* what has ended stays as it is */
    jobtest_finish(t, 1, failed, "done");
    assert_state(jobtest_get(t, 1, failed), "failed");
    assert_false(jobtest_take(t, 1, failed));
}

static xj_error *
cancel(xj_tx *tx, struct jobtest_move *move)
{
    return xj_job__cancel(&move->flag, tx, move->id);
}

XJTEST_STORE(test_cancel__by_state)
{
    const int64_t waiting = jobtest_add(t, 1, XJ_STR_NONE),
                  running = jobtest_add(t, 1, XJ_STR_NONE);
    struct jobtest_move move = {.run = cancel, .id = waiting};

    must_fail(jobtest_do(t, 2, &move), XJ_E_NOT_FOUND);
    must_ok(jobtest_do(t, 1, &move));
    assert_false(move.flag);
    assert_state(jobtest_get(t, 1, waiting), "cancelled");
    must_ok(jobtest_do(t, 1, &move)); /* it stays so */
    assert_true(jobtest_take(t, 1, running));
    move.id = running;
    must_ok(jobtest_do(t, 1, &move));
    assert_true(move.flag);
    assert_state(jobtest_get(t, 1, running), "running");
    assert_true(jobtest_get(t, 1, running).cancel_asked);
    jobtest_finish(t, 1, running, "done");
    must_fail(jobtest_do(t, 1, &move), XJ_E_CONFLICT);
}

static xj_error *
release(xj_tx *tx, struct jobtest_move *move)
{
    return xj_job__release(tx, move->id, move->flag);
}

XJTEST_STORE(test_release__waits_again_and_counts_where_told)
{
    const int64_t id = jobtest_add(t, 1, XJ_STR("aa"));
    struct jobtest_move move = {.run = release, .id = id, .flag = false};

    assert_true(jobtest_take(t, 1, id));
    must_ok(jobtest_do(t, 1, &move));
    assert_state(jobtest_get(t, 1, id), "waiting");
    assert_int_equal(jobtest_get(t, 1, id).attempts, 0);
    assert_true(jobtest_take(t, 1, id));
    move.flag = true;
    must_ok(jobtest_do(t, 1, &move));
    assert_int_equal(jobtest_get(t, 1, id).attempts, 1);
    assert_true(xj_str_eq(jobtest_get(t, 1, id).input, XJ_STR("aa")));
}

static xj_error *
recover(xj_tx *tx, struct jobtest_move *move)
{
    return xj_job__recover(tx, move->id);
}

XJTEST_STORE(test_recover__tries_three_times)
{
    const int64_t id = jobtest_add(t, 1, XJ_STR_NONE);
    struct jobtest_move move = {.run = recover, .id = id};
    xj_job job;

    for (int i = 1; i < XJ_JOB_ATTEMPTS_MAX; i++) {
        assert_true(jobtest_take(t, 1, id));
        must_ok(jobtest_do(t, 1, &move));
        assert_state(jobtest_get(t, 1, id), "waiting");
    }
    assert_true(jobtest_take(t, 1, id));
    must_ok(jobtest_do(t, 1, &move));
    job = jobtest_get(t, 1, id);
    assert_state(job, "failed");
    assert_true(xj_str_eq(job.error_code, XJ_STR("internal")));
    assert_true(xj_str_has(job.error_message, XJ_STR("3 times")));
}

XJTEST_STORE(test_recover__ends_what_was_to_be_cancelled)
{
    const int64_t id = jobtest_add(t, 1, XJ_STR_NONE);
    struct jobtest_move move = {.run = cancel, .id = id};

    assert_true(jobtest_take(t, 1, id));
    must_ok(jobtest_do(t, 1, &move));
    move.run = recover;
    must_ok(jobtest_do(t, 1, &move));
    assert_state(jobtest_get(t, 1, id), "cancelled");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_add__waits_and_is_the_actors),
        XJTEST_BOTH(test_list__is_newest_first_and_ends_at_its_limit),
        XJTEST_BOTH(test_add__one_above_the_limits_is_refused),
        XJTEST_BOTH(test_next__leaves_one_persons_jobs_in_their_order),
        XJTEST_BOTH(test_remove__forgets_what_has_ended),
        XJTEST_BOTH(test_take__happens_once),
        XJTEST_BOTH(test_progress__is_seen_while_it_runs),
        XJTEST_BOTH(test_finish__keeps_the_outcome_and_lets_the_file_go),
        XJTEST_BOTH(test_cancel__by_state),
        XJTEST_BOTH(test_release__waits_again_and_counts_where_told),
        XJTEST_BOTH(test_recover__tries_three_times),
        XJTEST_BOTH(test_recover__ends_what_was_to_be_cancelled),
    };

    return xjtest_store_main(tests);
}
