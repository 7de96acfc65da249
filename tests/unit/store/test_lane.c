#include "support/storetest.h"

#include "store/store_priv.h"

#include <pthread.h>
#include <semaphore.h>

/* ---- commands that are posted and gathered ---- */

struct gather {
    xjtest_store *t;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int done;
    char order[400]; /* the names in the order of their done calls */
    xj_code codes[256];
    sem_t gate, started;
};

struct posted {
    struct gather *g;
    int no;
    const char *text; /* to run, may be NULL */
    xj_code refuse;
    sem_t *gate; /* to wait for */
    int runs;
};

static struct gather *
gather_new(xjtest_store *t)
{
    struct gather *g = XJ_NEW(t->pool, struct gather);

    g->t = t;
    pthread_mutex_init(&g->lock, NULL);
    pthread_cond_init(&g->changed, NULL);
    sem_init(&g->gate, 0, 0);
    sem_init(&g->started, 0, 0);
    return g;
}

static xj_error *
run_posted(xj_tx *tx, void *args, xj_buf *answer)
{
    struct posted *p = args;
    xj_rows *rows;
    bool more;

    p->runs++;
    if (p->gate != NULL) {
        sem_post(&p->g->started);
        sem_wait(p->gate);
    }
    if (p->text != NULL) {
        XJ_TRY(xj_db__query_text(&rows, xj_tx_db(tx), p->text, NULL, 0));
        XJ_TRY(xj_rows_next(rows, &more));
        if (more)
            xj_buf_add_int(answer, xj_row_int(rows, 0));
        xj_rows_close(rows);
    }
    if (p->refuse != XJ_E_NONE)
        return xj_error_new(p->refuse, "refused");
    return NULL;
}

static void
gathered(xj_command *command, const xj_answer *answer, void *arg)
{
    struct posted *p = arg;
    struct gather *g = p->g;
    size_t len;

    (void)command;
    pthread_mutex_lock(&g->lock);
    len = strlen(g->order);
    g->codes[p->no] = xj_error_code(answer->err);
    if (answer->err != NULL)
        xjtest_print(answer->err);
    xj_error_clear(answer->err);
    snprintf(g->order + len, sizeof g->order - len, "%d ", p->no);
    g->done++;
    pthread_cond_signal(&g->changed);
    pthread_mutex_unlock(&g->lock);
}

static struct posted *
post(struct gather *g, int no, int64_t tenant, const char *text)
{
    xj_command *command = XJ_NEW(g->t->pool, xj_command);
    struct posted *p = XJ_NEW(g->t->pool, struct posted);

    *p = (struct posted){.g = g, .no = no, .text = text};
    *command = (xj_command){.name = "test.posted",
                            .tenant = tenant,
                            .actor_name = XJ_STR(""),
                            .run = run_posted,
                            .args = p,
                            .done = gathered,
                            .done_arg = p};
    if (no == 0)
        p->gate = &g->gate;
    if (text != NULL && strcmp(text, "refuse") == 0) {
        p->text = NULL;
        p->refuse = XJ_E_CONFLICT;
    }
    must_ok(xj_store_post(g->t->store, command));
    /* Number 0 runs alone and holds the lane: what is posted meanwhile becomes one group. */
    if (no == 0)
        sem_wait(&g->started);
    return p;
}

/* Let number 0 run and wait for N done calls. */
static void
wait_for(struct gather *g, int n)
{
    for (int i = 0; i < 10; i++)
        sem_post(&g->gate); /* it may be run again */
    pthread_mutex_lock(&g->lock);
    while (g->done < n)
        pthread_cond_wait(&g->changed, &g->lock);
    pthread_mutex_unlock(&g->lock);
}

static int64_t
number(xjtest_store *t, const char *text)
{
    xj_reader *reader;
    xj_rows *rows;
    bool more;
    int64_t n;

    must_ok(xj_reader_begin(&reader, t->store, t->pool));
    must_ok(xj_db__query_text(&rows, xj_reader_db(reader), text, NULL, 0));
    must_ok(xj_rows_next(rows, &more));
    assert_true(more);
    n = xj_row_int(rows, 0);
    xj_reader_end(reader);
    return n;
}

static void
assert_sound(xjtest_store *t, int64_t journal_rows)
{
    int64_t rows, bad;

    must_ok(xj_journal_verify(t->store, -1, &rows, &bad, NULL, NULL));
    assert_int_equal(bad, 0);
    assert_int_equal(rows, journal_rows);
    must_ok(xj_store_check(t->store, &bad, NULL, NULL));
    assert_int_equal(bad, 0);
}

static void
make_table(xjtest_store *t)
{
    xj_conn *conn = xj_store__writer(t->store);

    must_ok(conn->driver->script(conn, "CREATE TABLE thing (id BIGINT PRIMARY KEY, version BIGINT);"
                                       "INSERT INTO thing VALUES (1, 1)"));
}

/* ---- groups, on both databases ---- */

XJTEST_STORE(test_group__one_failure_leaves_the_others)
{
    struct gather *g = gather_new(t);

    make_table(t);
    post(g, 0, 1, NULL);
    post(g, 1, 1, "INSERT INTO thing VALUES (2, 1)");
    post(g, 2, 1, "INSERT INTO thing VALUES (2, 1)");
    post(g, 3, 1, "refuse");
    post(g, 4, 1, "INSERT INTO thing VALUES (3, 1)");
    wait_for(g, 5);
    assert_int_equal(g->codes[0], XJ_E_NONE);
    assert_int_equal(g->codes[1], XJ_E_NONE);
    assert_int_equal(g->codes[2], XJ_E_DB_UNIQUE);
    assert_int_equal(g->codes[3], XJ_E_CONFLICT);
    assert_int_equal(g->codes[4], XJ_E_NONE);
    assert_string_equal(g->order, "0 1 2 3 4 ");
    assert_int_equal(number(t, "SELECT count(*) FROM thing"), 3);
    assert_sound(t, 3);
}

XJTEST_STORE(test_group__answers_come_after_the_commit)
{
    struct gather *g = gather_new(t);

    post(g, 0, 1, NULL);
    post(g, 1, 1, NULL);
    assert_int_equal(g->done, 0);
    assert_int_equal(number(t, "SELECT count(*) FROM journal"), 0);
    wait_for(g, 2);
    assert_int_equal(number(t, "SELECT count(*) FROM journal"), 2);
}

XJTEST_STORE(test_group__more_than_one_and_many_tenants)
{
    struct gather *g = gather_new(t);

    for (int i = 0; i < 200; i++)
        post(g, i, i % 7, NULL);
    wait_for(g, 200);
    for (int i = 0; i < 200; i++)
        assert_int_equal(g->codes[i], XJ_E_NONE);
    assert_sound(t, 200);
}

XJTEST_STORE(test_group__of_one)
{
    const xj_store_options single = {.group_max = 1};
    struct gather *g = gather_new(t);

    xjtest_close(t);
    must_ok(xjtest_open(t, &single));
    for (int i = 0; i < 10; i++)
        post(g, i, 1, NULL);
    wait_for(g, 10);
    assert_sound(t, 10);
}

XJTEST_STORE(test_close__finishes_what_was_taken)
{
    struct gather *g = gather_new(t);

    for (int i = 0; i < 100; i++)
        post(g, i, i % 3, NULL);
    sem_post(&g->gate);
    xjtest_close(t);
    assert_int_equal(g->done, 100);
    must_ok(xjtest_open(t, NULL));
    assert_sound(t, 100);
}

XJTEST_STORE(test_post__a_full_lane_refuses)
{
    struct gather *g = gather_new(t);
    xj_command *command;
    struct posted *p;

    post(g, 0, 1, NULL);
    command = XJ_NEW_ARRAY(t->pool, xj_command, XJ_LANE_QUEUE_MAX + 1);
    p = XJ_NEW(t->pool, struct posted);
    *p = (struct posted){.g = g, .no = 1};
    for (int i = 0; i <= XJ_LANE_QUEUE_MAX; i++)
        command[i] = (xj_command){.name = "test.many",
                                  .tenant = 1,
                                  .actor_name = XJ_STR(""),
                                  .run = run_posted,
                                  .args = p,
                                  .done = gathered,
                                  .done_arg = p};
    for (int i = 0; i < XJ_LANE_QUEUE_MAX; i++)
        must_ok(xj_store_post(t->store, &command[i]));
    must_fail(xj_store_post(t->store, &command[XJ_LANE_QUEUE_MAX]), XJ_E_TOO_MANY);
    sem_post(&g->gate);
    xjtest_close(t);
    assert_int_equal(g->done, XJ_LANE_QUEUE_MAX + 1);
    must_ok(xjtest_open(t, NULL));
}

/* Two people change what both have seen: one is done, the other is told. */
XJTEST_STORE(test_versions__two_at_once)
{
    const char *change = "UPDATE thing SET version = version + 1 WHERE id = 1 AND version = 1"
                         " RETURNING version";
    struct gather *g = gather_new(t);

    make_table(t);
    post(g, 0, 1, NULL);
    post(g, 1, 1, change);
    post(g, 2, 1, change);
    wait_for(g, 3);
    assert_int_equal(number(t, "SELECT version FROM thing WHERE id = 1"), 2);
}

struct writer {
    xjtest_store *t;
    pthread_t thread;
    int64_t tenant;
    int failed;
};

static xj_error *
nothing(xj_tx *tx, void *args, xj_buf *answer)
{
    (void)args;
    xj_buf_add_int(answer, xj_tx_next_id(tx));
    return NULL;
}

static void *
write_many(void *arg)
{
    struct writer *w = arg;
    xj_pool *pool = xj_pool_root();

    for (int i = 0; i < 50; i++) {
        xj_command command = {
            .name = "test.write", .tenant = w->tenant, .actor_name = XJ_STR(""), .run = nothing};
        xj_str body;
        xj_error *err = xj_store_do(w->t->store, &command, &body, NULL, pool);
        xj_reader *reader;

        w->failed += err != NULL;
        xj_error_clear(err);
        err = xj_reader_begin(&reader, w->t->store, pool);
        w->failed += err != NULL;
        xj_error_clear(err);
        xj_pool_clear(pool);
    }
    xj_pool_destroy(pool);
    return NULL;
}

/* Which jurisdictions a command came to, in order. */
static int64_t reached[8];
static size_t nreached;

static xj_error *
run_reached(xj_tx *tx, void *args, xj_buf *answer)
{
    (void)args;
    (void)answer;
    assert_true(nreached < sizeof reached / sizeof *reached);
    reached[nreached++] = xj_tx_tenant(tx);
    assert_str(xj_tx_actor_name(tx), "xingjian");
    return xj_tx_tenant(tx) == 9 ? xj_error_new(XJ_E_CONFLICT, "not this one") : NULL;
}

XJTEST_STORE(test_do_each__sends_one_to_each_jurisdiction_until_one_fails)
{
    struct gather *g = gather_new(t);

    must_ok(xj_store_do_each(t->store, SQL_JOURNAL_TENANTS, "test.each", run_reached, t->pool));
    nreached = 0; /* a new journal has jurisdiction 0 at most */
    post(g, 0, 3, NULL);
    post(g, 1, 7, NULL);
    wait_for(g, 2);
    must_ok(xj_store_do_each(t->store, SQL_JOURNAL_TENANTS, "test.each", run_reached, t->pool));
    assert_true(nreached >= 2);
    assert_int_equal(reached[nreached - 2], 3);
    assert_int_equal(reached[nreached - 1], 7);
    post(g, 2, 9, NULL);
    post(g, 3, 12, NULL);
    wait_for(g, 4);
    nreached = 0;
    must_fail(xj_store_do_each(t->store, SQL_JOURNAL_TENANTS, "test.each", run_reached, t->pool),
              XJ_E_CONFLICT);
    assert_int_equal(reached[nreached - 1], 9);
}

XJTEST_STORE(test_do__from_many_threads)
{
    struct writer writers[8];

    for (int i = 0; i < 8; i++) {
        writers[i] = (struct writer){.t = t, .tenant = i % 5};
        assert_int_equal(pthread_create(&writers[i].thread, NULL, write_many, &writers[i]), 0);
    }
    for (int i = 0; i < 8; i++) {
        pthread_join(writers[i].thread, NULL);
        assert_int_equal(writers[i].failed, 0);
    }
    assert_sound(t, 400);
}

/* ---- a driver that plays failures: SQLite's, with a script ---- */

static struct {
    xj_driver driver;
    xj_control fail;  /* this control ... */
    int skip;         /* ... goes well so many times, then ... */
    int times;        /* ... fails so many times ... */
    xj_code code;     /* ... with this code, ... */
    bool lost;        /* ... the connection being lost, ... */
    bool done_before; /* ... after it was really done, else instead */
    bool is_lost;
    int locks_refused, reopens_refused, reopened;
    const char *fail_text; /* a query of this text is the end of the transaction */
} play;

static xj_error *
play_control(xj_conn *conn, xj_control control)
{
    if (play.times == 0 || control != play.fail)
        return xj_store__sqlite.control(conn, control);
    if (play.skip > 0) {
        play.skip--;
        return xj_store__sqlite.control(conn, control);
    }
    play.times--;
    play.is_lost = play.lost;
    if (play.done_before)
        XJ_TRY(xj_store__sqlite.control(conn, control));
    else if (play.lost && xj_store__sqlite.in_transaction(conn))
        XJ_TRY(xj_store__sqlite.control(conn, XJ_CTL_ROLLBACK));
    return xj_error_new(play.code, "played");
}

static bool
play_alive(xj_conn *conn)
{
    (void)conn;
    return !play.is_lost;
}

static xj_error *
play_reopen(xj_conn *conn)
{
    (void)conn;
    if (play.reopens_refused > 0) {
        play.reopens_refused--;
        return xj_error_new(XJ_E_DB_LOST, "played");
    }
    play.reopened++;
    play.is_lost = false;
    return NULL;
}

static xj_error *
play_lock(bool *got, xj_conn *conn, int lane)
{
    if (play.locks_refused > 0) {
        play.locks_refused--;
        *got = false;
        return NULL;
    }
    return xj_store__sqlite.lock(got, conn, lane);
}

static xj_error *
play_query(xj_cursor **cursor, xj_conn *conn, const xj_call *call, xj_pool *pool)
{
    if (play.fail_text != NULL && call->text != NULL && strcmp(call->text, play.fail_text) == 0) {
        XJ_TRY(xj_store__sqlite.control(conn, XJ_CTL_ROLLBACK));
        play.is_lost = play.lost;
        if (play.lost)
            play.fail_text = NULL;
        return xj_error_new(play.code, "played");
    }
    return xj_store__sqlite.query(cursor, conn, call, pool);
}

static xj_error *
play_open(xj_conn **conn, const xj_store_options *options, xj_role role, xj_pool *pool)
{
    XJ_TRY(xj_store__sqlite.open(conn, options, role, pool));
    if (role == XJ_ROLE_LANE)
        (*conn)->driver = &play.driver;
    return NULL;
}

/* Open T's database again with the played driver.  Readers use the plain one. */
static void
start_play(xjtest_store *t)
{
    const xj_store_options options = {.url = t->url};

    xjtest_close(t);
    memset(&play, 0, sizeof play);
    play.driver = xj_store__sqlite;
    play.driver.open = play_open;
    play.driver.control = play_control;
    play.driver.alive = play_alive;
    play.driver.reopen = play_reopen;
    play.driver.lock = play_lock;
    play.driver.query = play_query;
    t->open_pool = xj_pool_root();
    must_ok(xj_store__open(&t->store, &options, &play.driver, t->open_pool));
    t->store->retries = 1;
}

/* One command that goes well, then three in one group: each of these must end with CODE. */
static void
three(xjtest_store *t, xj_code code, struct posted *posted[3])
{
    struct gather *g = gather_new(t);

    play.skip = 1;
    post(g, 0, 1, NULL);
    for (int i = 0; i < 3; i++)
        posted[i] = post(g, i + 1, 1, NULL);
    wait_for(g, 4);
    assert_int_equal(g->codes[0], XJ_E_NONE);
    for (int i = 0; i < 3; i++)
        assert_int_equal(g->codes[i + 1], code);
}

XJTEST_STORE(test_failure__busy_at_the_beginning)
{
    struct posted *p[3];

    start_play(t);
    play.fail = XJ_CTL_BEGIN_WRITE;
    play.code = XJ_E_DB_BUSY;
    play.times = 1; /* the group is told at once, without each waiting again */
    three(t, XJ_E_DB_BUSY, p);
    assert_int_equal(p[0]->runs + p[1]->runs + p[2]->runs, 0);
    three(t, XJ_E_NONE, p);
    assert_sound(t, 5);
}

XJTEST_STORE(test_failure__lost_before_anything_was_done)
{
    struct posted *p[3];

    start_play(t);
    play.fail = XJ_CTL_BEGIN_WRITE;
    play.code = XJ_E_DB_LOST;
    play.lost = true;
    play.times = 1;
    three(t, XJ_E_NONE, p);
    assert_int_equal(play.reopened, 1);
    assert_sound(t, 4);
}

XJTEST_STORE(test_failure__lost_in_the_middle)
{
    struct gather *g = gather_new(t);

    make_table(t);
    start_play(t);
    play.fail_text = "SELECT 5 FROM thing";
    play.code = XJ_E_DB_LOST;
    play.lost = true;
    post(g, 0, 1, NULL);
    post(g, 1, 1, "INSERT INTO thing VALUES (2, 1)");
    post(g, 2, 1, "SELECT 5 FROM thing");
    post(g, 3, 1, "INSERT INTO thing VALUES (3, 1)");
    wait_for(g, 4);
    for (int i = 0; i < 4; i++)
        assert_int_equal(g->codes[i], XJ_E_NONE);
    assert_int_equal(number(t, "SELECT count(*) FROM thing"), 3);
    assert_sound(t, 4);
}

XJTEST_STORE(test_failure__lost_in_the_commit_that_was_done)
{
    struct posted *p[3];

    start_play(t);
    play.fail = XJ_CTL_COMMIT;
    play.code = XJ_E_DB_LOST;
    play.lost = play.done_before = true;
    play.times = 1;
    three(t, XJ_E_NONE, p);
    for (int i = 0; i < 3; i++)
        assert_int_equal(p[i]->runs, 1);
    assert_sound(t, 4);
}

XJTEST_STORE(test_failure__lost_in_the_commit_that_was_not_done)
{
    struct posted *p[3];

    start_play(t);
    play.fail = XJ_CTL_COMMIT;
    play.code = XJ_E_DB_LOST;
    play.lost = true;
    play.times = 1;
    three(t, XJ_E_NONE, p);
    for (int i = 0; i < 3; i++)
        assert_int_equal(p[i]->runs, 2);
    assert_sound(t, 4);
}

XJTEST_STORE(test_failure__a_commit_nobody_can_tell_about)
{
    struct posted *p[3];

    start_play(t);
    play.fail = XJ_CTL_COMMIT;
    play.code = XJ_E_DB_LOST;
    play.lost = play.done_before = true;
    play.times = 1;
    play.reopens_refused = 100;
    three(t, XJ_E_DB_LOST, p);
    play.reopens_refused = 0;
    /* it was done after all, and what follows goes on behind it */
    three(t, XJ_E_NONE, p);
    assert_sound(t, 8);
}

XJTEST_STORE(test_failure__another_process_took_over)
{
    struct gather *g = gather_new(t);
    struct posted *p[3];

    start_play(t);
    play.fail = XJ_CTL_BEGIN_WRITE;
    play.code = XJ_E_DB_LOST;
    play.lost = true;
    play.times = 1;
    play.locks_refused = 100;
    three(t, XJ_E_UNAVAILABLE, p);
    assert_int_equal(p[0]->runs, 0);
    /* each later command looks once; when the other process has ended, it works again */
    post(g, 1, 1, NULL);
    wait_for(g, 1);
    assert_int_equal(g->codes[1], XJ_E_UNAVAILABLE);
    play.locks_refused = 0;
    three(t, XJ_E_NONE, p);
    assert_sound(t, 5);
}

XJTEST_STORE(test_failure__a_group_is_run_again_one_by_one)
{
    struct posted *p[3];

    start_play(t);
    play.fail = XJ_CTL_COMMIT;
    play.code = XJ_E_DISK_FULL;
    play.times = 1;
    three(t, XJ_E_NONE, p);
    assert_int_equal(p[0]->runs, 2);
    assert_sound(t, 4);

    /* and each fails for itself where that does not help */
    play.times = 4;
    three(t, XJ_E_DISK_FULL, p);
    assert_int_equal(play.times, 0);
    three(t, XJ_E_NONE, p);
    assert_sound(t, 9);
}

XJTEST_STORE(test_failure__a_command_that_ends_the_transaction_fails_alone)
{
    struct gather *g = gather_new(t);

    make_table(t);
    start_play(t);
    play.fail_text = "SELECT 5 FROM thing";
    play.code = XJ_E_DISK_FULL;
    post(g, 0, 1, NULL);
    post(g, 1, 1, "INSERT INTO thing VALUES (2, 1)");
    post(g, 2, 1, "SELECT 5 FROM thing");
    post(g, 3, 1, "INSERT INTO thing VALUES (3, 1)");
    wait_for(g, 4);
    assert_int_equal(g->codes[1], XJ_E_NONE);
    assert_int_equal(g->codes[2], XJ_E_DISK_FULL);
    assert_int_equal(g->codes[3], XJ_E_NONE);
    assert_int_equal(number(t, "SELECT count(*) FROM thing"), 3);
    assert_sound(t, 3);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_group__one_failure_leaves_the_others),
        XJTEST_BOTH(test_group__answers_come_after_the_commit),
        XJTEST_BOTH(test_group__more_than_one_and_many_tenants),
        XJTEST_BOTH(test_group__of_one),
        XJTEST_BOTH(test_close__finishes_what_was_taken),
        XJTEST_ON(test_post__a_full_lane_refuses, "sqlite"),
        XJTEST_BOTH(test_versions__two_at_once),
        XJTEST_BOTH(test_do_each__sends_one_to_each_jurisdiction_until_one_fails),
        XJTEST_BOTH(test_do__from_many_threads),
        XJTEST_ON(test_failure__busy_at_the_beginning, "sqlite"),
        XJTEST_ON(test_failure__lost_before_anything_was_done, "sqlite"),
        XJTEST_ON(test_failure__lost_in_the_middle, "sqlite"),
        XJTEST_ON(test_failure__lost_in_the_commit_that_was_done, "sqlite"),
        XJTEST_ON(test_failure__lost_in_the_commit_that_was_not_done, "sqlite"),
        XJTEST_ON(test_failure__a_commit_nobody_can_tell_about, "sqlite"),
        XJTEST_ON(test_failure__another_process_took_over, "sqlite"),
        XJTEST_ON(test_failure__a_group_is_run_again_one_by_one, "sqlite"),
        XJTEST_ON(test_failure__a_command_that_ends_the_transaction_fails_alone, "sqlite"),
    };

    return xjtest_store_main(tests);
}
