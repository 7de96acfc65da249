#include "jobtest.h"

#include <semaphore.h>
#include <unistd.h>

/* Work that tells when it began, and goes on when it is let. */
struct work {
    sem_t began, go;
    atomic_int runs;
    xj_code fails; /* XJ_E_NONE: it is done */
};

static xj_error *
run_work(xj_buf *result, xj_job_turn *turn, void *arg)
{
    struct work *work = arg;
    xj_str bytes;

    atomic_fetch_add(&work->runs, 1);
    if (xj_job_turn_job(turn)->input.data != NULL) {
        XJ_TRY(xj_job_turn_input(&bytes, turn));
        assert_true(xj_str_eq(bytes, XJ_STR("a file")));
    }
    xj_job_turn_progress(turn, "working", 1, 2);
    sem_post(&work->began);
    while (sem_trywait(&work->go) != 0) {
        if (xj_job_turn_ends(turn))
            return xj_error_new(XJ_E_CANCELLED, "told to end");
        usleep(1000);
    }
    if (work->fails != XJ_E_NONE)
        return xj_error_new(work->fails, "it went wrong");
    xj_buf_add(result, XJ_STR("{\"b\":2}"));
    return NULL;
}

struct queue {
    xjtest_store *t;
    struct work work;
    xj_job_kind kinds[2];
    xj_jobs_options options;
    xj_jobs *jobs;
    xj_pool *pool;
};

static void
open_queue(struct queue *q)
{
    q->pool = xj_pool_child(q->t->open_pool);
    must_ok(xj_blobs_open(&q->options.inputs,
                          xj_str_printf(q->t->pool, "%s/uploads", q->t->folder).data, 0, q->pool));
    must_ok(xj_jobs_open(&q->jobs, &q->options, q->pool));
}

static void
make_queue(struct queue *q, xjtest_store *t, int runners)
{
    *q = (struct queue){.t = t};
    sem_init(&q->work.began, 0, 0);
    sem_init(&q->work.go, 0, 0);
    q->kinds[0] = (xj_job_kind){"work", run_work, &q->work};
    q->options = (xj_jobs_options){.store = t->store, .kinds = q->kinds, .runners = runners};
    open_queue(q);
}

static const xj_command *
like(const char *key)
{
    static xj_command command;

    command = (xj_command){.tenant = 1,
                           .actor = 7,
                           .actor_name = XJ_STR("ann"),
                           .idem_key = xj_str_c(key),
                           .request_hash = xj_str_c(key)};
    return &command;
}

static int64_t
add(struct queue *q, const char *kind, xj_str bytes)
{
    int64_t id;

    must_ok(xj_jobs_add(&id, q->jobs, like(""), kind, XJ_STR("{}"), bytes, q->pool));
    return id;
}

/* Wait until job ID has ended. */
static xj_job
ended(struct queue *q, int64_t id)
{
    for (;;) {
        const xj_job job = jobtest_get(q->t, 1, id);

        if (job.finished_at != 0)
            return job;
        usleep(2000);
    }
}

static void
count_file(void *arg, const xj_blob_hash *hash)
{
    (void)hash;
    ++*(int *)arg;
}

/* Files that wait; one that is removed right behind the job's end is waited for. */
static void
wait_for_no_files(struct queue *q)
{
    int n;

    do {
        n = 0;
        must_ok(xj_blobs_each(q->options.inputs, count_file, &n));
        if (n > 0)
            usleep(2000);
    } while (n > 0);
}

XJTEST_STORE(test_run__does_the_work_and_removes_the_file)
{
    struct queue q;
    int64_t id;
    xj_job job;

    make_queue(&q, t, 0);
    must_ok(xj_jobs_start(q.jobs));
    id = add(&q, "work", XJ_STR("a file"));
    sem_wait(&q.work.began);
    job = jobtest_get(t, 1, id);
    assert_state(job, "running");
    assert_true(xj_str_eq(job.doing, XJ_STR("working")));
    assert_int_equal(job.done, 1);
    assert_int_equal(job.total, 2);
    sem_post(&q.work.go);
    job = ended(&q, id);
    assert_state(job, "done");
    assert_true(xj_str_has(job.result, XJ_STR("\"b\"")));
    wait_for_no_files(&q);
    xj_pool_destroy(q.pool);
}

XJTEST_STORE(test_run__keeps_the_error_of_what_failed)
{
    struct queue q;
    int64_t id;
    xj_job job;

    make_queue(&q, t, 1);
    q.work.fails = XJ_E_CLASSIFIED;
    sem_post(&q.work.go);
    must_ok(xj_jobs_start(q.jobs));
    id = add(&q, "work", XJ_STR("a file"));
    job = ended(&q, id);
    assert_state(job, "failed");
    assert_true(xj_str_eq(job.error_code, XJ_STR("classified")));
    assert_true(xj_str_eq(job.error_message, XJ_STR("it went wrong")));
    wait_for_no_files(&q);
    id = add(&q, "unheard-of", XJ_STR_NONE);
    job = ended(&q, id);
    assert_true(xj_str_eq(job.error_code, XJ_STR("internal")));
    xj_pool_destroy(q.pool);
}

XJTEST_STORE(test_run__tries_again_what_the_database_broke)
{
    struct queue q;
    int64_t id;
    xj_job job;

    make_queue(&q, t, 1);
    q.work.fails = XJ_E_DB_LOST;
    for (int i = 0; i < XJ_JOB_ATTEMPTS_MAX; i++)
        sem_post(&q.work.go);
    must_ok(xj_jobs_start(q.jobs));
    id = add(&q, "work", XJ_STR_NONE);
    job = ended(&q, id);
    assert_state(job, "failed");
    assert_int_equal(job.attempts, XJ_JOB_ATTEMPTS_MAX);
    assert_int_equal(atomic_load(&q.work.runs), XJ_JOB_ATTEMPTS_MAX);
    xj_pool_destroy(q.pool);
}

XJTEST_STORE(test_cancel__reaches_the_runner_and_the_waiting)
{
    struct queue q;
    int64_t first, second;

    make_queue(&q, t, 1);
    must_ok(xj_jobs_start(q.jobs));
    first = add(&q, "work", XJ_STR("a file"));
    sem_wait(&q.work.began);
    second = add(&q, "work", XJ_STR("a file"));
    must_ok(xj_jobs_cancel(q.jobs, like(""), second, q.pool));
    assert_state(jobtest_get(t, 1, second), "cancelled");
    must_ok(xj_jobs_cancel(q.jobs, like(""), first, q.pool));
    assert_state(ended(&q, first), "cancelled");
    wait_for_no_files(&q);
    assert_int_equal(atomic_load(&q.work.runs), 1);
    must_fail(xj_jobs_cancel(q.jobs, like(""), first + 1, q.pool), XJ_E_NOT_FOUND);
    xj_pool_destroy(q.pool);
}

XJTEST_STORE(test_add__with_the_same_key_is_one_job)
{
    struct queue q;
    int64_t one, two;

    make_queue(&q, t, 1);
    must_ok(xj_jobs_add(&one, q.jobs, like("key-0001"), "work", XJ_STR("{}"), XJ_STR("a file"),
                        q.pool));
    must_ok(xj_jobs_add(&two, q.jobs, like("key-0001"), "work", XJ_STR("{}"), XJ_STR("a file"),
                        q.pool));
    assert_int_equal(one, two);
    must_ok(xj_jobs_cancel(q.jobs, like(""), one, q.pool));
    wait_for_no_files(&q);
    /* a repeat behind the job's end leaves no file */
    must_ok(xj_jobs_add(&two, q.jobs, like("key-0001"), "work", XJ_STR("{}"), XJ_STR("a file"),
                        q.pool));
    wait_for_no_files(&q);
    xj_pool_destroy(q.pool);
}

XJTEST_STORE(test_add__one_byte_above_the_limit_is_refused)
{
    struct queue q;
    char *args = xj_alloc(t->pool, XJ_JOB_ARGS_MAX + 1);
    int64_t id;

    memset(args, ' ', XJ_JOB_ARGS_MAX + 1);
    args[0] = '{', args[1] = '}';
    make_queue(&q, t, 1);
    must_ok(xj_jobs_add(&id, q.jobs, like(""), "work", xj_str_of(args, XJ_JOB_ARGS_MAX),
                        XJ_STR_NONE, q.pool));
    must_fail(xj_jobs_add(&id, q.jobs, like(""), "work", xj_str_of(args, XJ_JOB_ARGS_MAX + 1),
                          XJ_STR_NONE, q.pool),
              XJ_E_TOO_LARGE);
    xj_pool_destroy(q.pool);
}

XJTEST_STORE(test_stop__lets_the_job_wait_for_the_next_start)
{
    struct queue q;
    int64_t id;

    make_queue(&q, t, 1);
    must_ok(xj_jobs_start(q.jobs));
    id = add(&q, "work", XJ_STR("a file"));
    sem_wait(&q.work.began);
    xj_pool_destroy(q.pool);
    assert_state(jobtest_get(t, 1, id), "waiting");
    assert_int_equal(jobtest_get(t, 1, id).attempts, 0);
    open_queue(&q);
    sem_post(&q.work.go);
    must_ok(xj_jobs_start(q.jobs));
    assert_state(ended(&q, id), "done");
    xj_pool_destroy(q.pool);
}

XJTEST_STORE(test_open__takes_up_what_a_crash_left)
{
    struct queue q;
    int64_t id;
    xj_job job;

    make_queue(&q, t, 1);
    id = add(&q, "work", XJ_STR("a file"));
    assert_true(jobtest_take(t, 1, id)); /* and here the program ended */
    xj_pool_destroy(q.pool);
    assert_state(jobtest_get(t, 1, id), "running");
    open_queue(&q);
    assert_state(jobtest_get(t, 1, id), "waiting");
    sem_post(&q.work.go);
    must_ok(xj_jobs_start(q.jobs));
    job = ended(&q, id);
    assert_state(job, "done");
    assert_int_equal(job.attempts, 2);
    xj_pool_destroy(q.pool);
}

#define MANY 40

XJTEST_STORE(test_runners__never_do_a_job_twice)
{
    struct queue q;
    int64_t ids[MANY];

    make_queue(&q, t, 4);
    for (int i = 0; i < MANY; i++) {
        xj_command by = *like("");

        by.actor = 1 + i % 10; /* one person's go one after the other */
        must_ok(xj_jobs_add(&ids[i], q.jobs, &by, "work", XJ_STR("{}"), XJ_STR_NONE, q.pool));
    }
    for (int i = 0; i < MANY; i++)
        sem_post(&q.work.go);
    must_ok(xj_jobs_start(q.jobs));
    for (int i = 0; i < MANY; i++) {
        const xj_job job = ended(&q, ids[i]);

        assert_state(job, "done");
        assert_int_equal(job.attempts, 1);
    }
    assert_int_equal(atomic_load(&q.work.runs), MANY);
    xj_pool_destroy(q.pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_run__does_the_work_and_removes_the_file),
        XJTEST_BOTH(test_run__keeps_the_error_of_what_failed),
        XJTEST_BOTH(test_run__tries_again_what_the_database_broke),
        XJTEST_BOTH(test_cancel__reaches_the_runner_and_the_waiting),
        XJTEST_BOTH(test_add__with_the_same_key_is_one_job),
        XJTEST_BOTH(test_add__one_byte_above_the_limit_is_refused),
        XJTEST_BOTH(test_stop__lets_the_job_wait_for_the_next_start),
        XJTEST_BOTH(test_open__takes_up_what_a_crash_left),
        XJTEST_BOTH(test_runners__never_do_a_job_twice),
    };

    return xjtest_store_main(tests);
}
