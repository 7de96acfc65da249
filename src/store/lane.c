/*
 * Lanes: a thread and a connection each, one writer at a time.
 *
 * A group of commands is one transaction, each command a savepoint in it.  Invariants:
 * - A command's answer leaves the lane only after its commit is known to be durable, or known not
 *   to have happened.  Where COMMIT itself fails, the journal's last row of the group tells.
 * - `heads` and the id mark hold what is committed or is being committed in this turn; whenever a
 *   group is given up they are forgotten and read again.
 */
#include "base/log.h"
#include "store/lane_priv.h"

#include <signal.h>
#include <sodium.h>
#include <time.h>

#define RETRY_NS 200000000L /* between attempts to connect or to get the lock */
#define RETRIES 50          /* ten seconds */

static void
forget(xj_lane *lane)
{
    xj_pool_clear(lane->heads_pool);
    xj_map_init(&lane->heads, lane->heads_pool);
    lane->new_mark = lane->mark;
}

static bool
is_closing(xj_lane *lane)
{
    bool closing;

    pthread_mutex_lock(&lane->lock);
    closing = lane->closing;
    pthread_mutex_unlock(&lane->lock);
    return closing;
}

static void
pause_a_little(void)
{
    nanosleep(&(struct timespec){.tv_nsec = RETRY_NS}, NULL);
}

/* ---- the connection ---- */

/* Connect again and take the lock again.  The lock is free only when the lost session has ended at
 * the server, so whatever it was committing is then decided. */
static xj_error *
reconnect(xj_lane *lane)
{
    const xj_driver *driver = lane->store->driver;
    bool got = false;

    lane->ready = false;
    forget(lane);
    for (int i = 0;; i++) {
        xj_error *err = driver->alive(lane->conn) ? NULL : driver->reopen(lane->conn);

        if (err == NULL)
            err = driver->lock(&got, lane->conn, lane->no);
        if (err == NULL && got) {
            lane->deposed = false;
            return NULL;
        }
        if (i >= lane->store->retries || lane->deposed || is_closing(lane)) {
            if (err != NULL)
                return err;
            lane->deposed = true;
            return xj_error_new(XJ_E_UNAVAILABLE, "another process has become the writer");
        }
        if (err != NULL && i == 0)
            xj_log_error("store.reconnect", err, XJ_STR_NONE);
        xj_error_clear(err);
        pause_a_little();
    }
}

static xj_error *
read_mark(xj_lane *lane)
{
    xj_store *store = lane->store;
    int64_t mark, last;
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, &lane->db, SQL_STORE_ID_MARK, ""));
    XJ_TRY(xj_rows_next(rows, &more));
    mark = xj_row_int(rows, 0);
    xj_rows_close(rows);
    last = atomic_load(&store->last_id);
    while (last < mark && !atomic_compare_exchange_weak(&store->last_id, &last, mark))
        ;
    lane->mark = lane->new_mark = 0;
    return NULL;
}

/* What a new session must know: that the schema is this program's, and the id mark. */
static xj_error *
look_around(xj_lane *lane)
{
    int done;

    lane->db.failed = false;
    XJ_TRY(xj_store__migrations_done(&done, &lane->db));
    if (done != xj_store__migration_count)
        return xj_error_new(XJ_E_DB_SCHEMA, "the database has %d of %d migrations", done,
                            xj_store__migration_count);
    XJ_TRY(read_mark(lane));
    lane->ready = true;
    return NULL;
}

/* Connected, with the lock, on a schema of this program. */
static xj_error *
make_ready(xj_lane *lane)
{
    const xj_driver *driver = lane->store->driver;
    xj_error *err;

    if (!driver->alive(lane->conn) || lane->deposed)
        XJ_TRY(reconnect(lane));
    if (lane->ready)
        return NULL;
    err = look_around(lane);
    if (err == NULL || driver->alive(lane->conn))
        return err;
    /* It was lost while nobody used it. */
    xj_log_error("store.lost", err, XJ_STR_NONE);
    xj_error_clear(err);
    XJ_TRY(reconnect(lane));
    return look_around(lane);
}

/* ---- a group ---- */

static void
reset_turn(struct turn *turn, xj_lane *lane)
{
    xj_error_clear(turn->answer.err);
    *turn = (struct turn){.command = turn->command};
    xj_buf_init(&turn->out, lane->group_pool, XJ_ANSWER_MAX);
}

/* Give the transaction up; the connection may be lost. */
static void
abandon(xj_lane *lane)
{
    const xj_driver *driver = lane->store->driver;

    if (driver->alive(lane->conn) && driver->in_transaction(lane->conn)) {
        /* Where this fails the transaction or the connection is gone, which is what is wanted. */
        xj_error_clear(driver->settle(lane->conn));
        xj_error_clear(driver->control(lane->conn, XJ_CTL_ROLLBACK));
    }
    forget(lane);
}

/* COMMIT failed: whether it happened all the same.  The group is one transaction, so its last
 * journal row stands for all. */
static xj_error *
was_committed(bool *yes, xj_lane *lane, const struct turn *last)
{
    xj_rows *rows;
    bool more;

    abandon(lane);
    lane->db.failed = false;
    if (!lane->store->driver->alive(lane->conn))
        XJ_TRY(reconnect(lane));
    XJ_TRY(xj_db_query(&rows, &lane->db, SQL_JOURNAL_HASH, "ii", last->command->tenant, last->seq));
    XJ_TRY(xj_rows_next(rows, &more));
    *yes = more && xj_str_eq(xj_row_str(rows, 0), xj_str_of((const char *)last->hash, XJ__HASH));
    xj_rows_close(rows);
    return NULL;
}

static xj_error *
commit(xj_lane *lane, const struct turn *turns, size_t n, bool *again)
{
    const struct turn *last = NULL;
    xj_error *err, *unknown;
    bool lost, yes = false;

    err = lane->store->driver->control(lane->conn, XJ_CTL_COMMIT);
    if (err == NULL) {
        lane->mark = lane->new_mark;
        return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        if (turns[i].wrote)
            last = &turns[i];
    }
    lost = !lane->store->driver->alive(lane->conn);
    if (last == NULL) {
        /* Nothing was to be stored: refusals and replayed answers stand. */
        abandon(lane);
        xj_error_clear(err);
        return NULL;
    }
    unknown = was_committed(&yes, lane, last);
    xj_db__end(&lane->db);
    if (unknown != NULL) {
        xj_error_clear(err);
        return xj_error_wrap(XJ_E_DB_LOST, unknown,
                             "the database was lost while it stored this; it may be stored");
    }
    if (yes) {
        xj_log_error("store.committed", err, XJ_STR_NONE);
        xj_error_clear(err);
        return NULL;
    }
    *again = lost || n > 1;
    return err;
}

/* Run TURNS in one transaction.  An error means that nothing of them is stored (or that it cannot
 * be told); *AGAIN where it is worth trying them one by one. */
static xj_error *
attempt(xj_lane *lane, struct turn *turns, size_t n, bool *again)
{
    const xj_driver *driver = lane->store->driver;
    xj_error *err;

    *again = false;
    XJ_TRY(make_ready(lane));
    err = driver->control(lane->conn, XJ_CTL_BEGIN_WRITE);
    if (err == NULL)
        err = driver->settle(lane->conn);
    if (err != NULL) {
        *again = !driver->alive(lane->conn);
        abandon(lane);
        return err;
    }
    for (size_t i = 0; i < n; i++) {
        err = xj_lane__turn(&turns[i], lane);
        if (err != NULL) {
            *again = n > 1 || !driver->alive(lane->conn);
            abandon(lane);
            return err;
        }
    }
    return commit(lane, turns, n, again);
}

/* Each command of a group owns its error. */
static xj_error *
copy_error(const xj_error *err)
{
    xj_error *copy;

    if (err == NULL)
        return NULL;
    copy = xj_error_make(xj_error_code(err), copy_error(xj_error_cause(err)), xj_error_file(err),
                         xj_error_line(err), "%s", xj_error_message(err));
    if (xj_error_details(err) != NULL)
        copy = xj_error_detail(copy, "%s", xj_error_details(err));
    return copy;
}

static void
deliver(struct turn *turn, xj_error *err)
{
    xj_command *command = turn->command;

    if (err != NULL) {
        xj_error_clear(turn->answer.err);
        turn->answer.err = err;
    }
    if (turn->answer.err != NULL)
        turn->answer = (xj_answer){.err = turn->answer.err};
    command->done(command, &turn->answer, command->done_arg);
}

static void
run_group(xj_lane *lane, struct turn *turns, size_t n)
{
    bool again;
    xj_error *err = attempt(lane, turns, n, &again);

    if (err == NULL || !again) {
        for (size_t i = 0; i < n; i++)
            deliver(&turns[i], copy_error(err));
        xj_error_clear(err);
        return;
    }
    /* Each gets an answer of its own; why the group failed would be lost. */
    xj_log_error("store.group", err, XJ_STR_NONE);
    xj_error_clear(err);
    err = NULL;
    for (size_t i = 0; i < n; i++) {
        reset_turn(&turns[i], lane);
        /* Where the database stays away, one command waits for it, not each. */
        if (err == NULL || lane->store->driver->alive(lane->conn)) {
            xj_error_clear(err);
            err = attempt(lane, &turns[i], 1, &again);
        }
        deliver(&turns[i], copy_error(err));
    }
    xj_error_clear(err);
}

static size_t
take_waiting(struct turn *turns, xj_lane *lane)
{
    const size_t max = (size_t)lane->store->options.group_max;
    size_t n = 0;

    pthread_mutex_lock(&lane->lock);
    while (lane->first == NULL && !lane->closing)
        pthread_cond_wait(&lane->wake, &lane->lock);
    while (lane->first != NULL && n < max) {
        turns[n++] = (struct turn){.command = lane->first};
        lane->first = lane->first->next;
        lane->waiting--;
    }
    if (lane->first == NULL)
        lane->last = &lane->first;
    pthread_mutex_unlock(&lane->lock);
    return n;
}

static void *
lane_main(void *arg)
{
    xj_lane *lane = arg;
    struct turn turns[XJ__GROUP_MAX];
    size_t n;

    while ((n = take_waiting(turns, lane)) > 0) {
        for (size_t i = 0; i < n; i++)
            reset_turn(&turns[i], lane);
        run_group(lane, turns, n);
        xj_pool_clear(lane->group_pool);
    }
    return NULL;
}

/* ---- starting and stopping ---- */

static xj_error *
take_lock(xj_store *store, xj_lane *lane)
{
    const xj_store_options *options = &store->options;
    bool got;

    for (int i = 0;; i++) {
        const bool stopped = options->stop != NULL && atomic_load(options->stop);
        /* A server ends a killed process's sessions a moment after it. */
        const bool patient = options->writer == XJ_WRITER_WAIT || i < store->driver->lock_tries;

        XJ_TRY(store->driver->lock(&got, lane->conn, lane->no));
        if (got)
            return NULL;
        if (stopped || !patient)
            return xj_error_new(XJ_E_UNAVAILABLE, "another process writes to this database");
        pause_a_little();
    }
}

static xj_error *
open_lane(xj_store *store, int no)
{
    xj_pool *root = xj_pool_root();
    xj_lane *lane = XJ_NEW(root, xj_lane);

    lane->store = store;
    lane->no = no;
    lane->root = root;
    lane->heads_pool = xj_pool_child(root);
    lane->group_pool = xj_pool_child(root);
    lane->turn_pool = xj_pool_child(root);
    lane->last = &lane->first;
    pthread_mutex_init(&lane->lock, NULL);
    pthread_cond_init(&lane->wake, NULL);
    forget(lane);
    store->lanes[no] = lane;
    XJ_TRY(store->driver->open(&lane->conn, &store->options, XJ_ROLE_LANE, xj_pool_child(root)));
    lane->db = (xj_db){.conn = lane->conn, .pool = lane->turn_pool, .in_command = true};
    return take_lock(store, lane);
}

xj_error *
xj_store__thread(pthread_t *thread, void *(*fn)(void *arg), void *arg)
{
    sigset_t all, before;
    int rc;

    /* Signals are the main thread's. */
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    rc = pthread_create(thread, NULL, fn, arg);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (rc != 0)
        return xj_error_detail(xj_error_new(XJ_E_INTERNAL, "could not start a thread"), "%s",
                               strerror(rc));
    return NULL;
}

xj_error *
xj_store__start_lanes(xj_store *store)
{
    if (sodium_init() < 0)
        return xj_error_new(XJ_E_INTERNAL, "libsodium could not be started");
    if (store->options.group_max > XJ__GROUP_MAX)
        store->options.group_max = XJ__GROUP_MAX;
    store->retries = RETRIES;
    store->lanes = XJ_NEW_ARRAY(store->pool, xj_lane *, (size_t)store->driver->lanes);
    for (int i = 0; i < store->driver->lanes; i++)
        XJ_TRY(open_lane(store, i));
    for (int i = 0; i < store->driver->lanes; i++) {
        XJ_TRY(xj_store__thread(&store->lanes[i]->thread, lane_main, store->lanes[i]));
        store->lanes[i]->started = true;
    }
    return NULL;
}

void
xj_store__stop_lanes(xj_store *store)
{
    for (int i = 0; store->lanes != NULL && i < store->driver->lanes; i++) {
        xj_lane *lane = store->lanes[i];

        if (lane == NULL || !lane->started)
            continue;
        pthread_mutex_lock(&lane->lock);
        lane->closing = true;
        pthread_cond_signal(&lane->wake);
        pthread_mutex_unlock(&lane->lock);
    }
    for (int i = 0; store->lanes != NULL && i < store->driver->lanes; i++) {
        xj_lane *lane = store->lanes[i];

        if (lane != NULL && lane->started)
            pthread_join(lane->thread, NULL);
    }
}

void
xj_store__close_lanes(xj_store *store)
{
    for (int i = 0; store->lanes != NULL && i < store->driver->lanes; i++) {
        xj_lane *lane = store->lanes[i];

        if (lane == NULL)
            continue;
        pthread_mutex_destroy(&lane->lock);
        pthread_cond_destroy(&lane->wake);
        xj_pool_destroy(lane->root);
    }
}

xj_conn *
xj_store__writer(xj_store *store)
{
    return store->lanes == NULL ? NULL : store->lanes[0]->conn;
}

/* ---- posting ---- */

static xj_lane *
lane_of(const xj_store *store, int64_t tenant)
{
    const uint64_t hash = (uint64_t)tenant * UINT64_C(0x9E3779B97F4A7C15);

    return store->lanes[(hash >> 32) % (uint64_t)store->driver->lanes];
}

xj_error *
xj_store_post(xj_store *store, xj_command *command)
{
    xj_lane *lane;
    bool closing, full;

    if (store->lanes == NULL)
        return xj_error_new(XJ_E_UNAVAILABLE, "this process does not write to the database");
    lane = lane_of(store, command->tenant);
    command->next = NULL;
    pthread_mutex_lock(&lane->lock);
    closing = lane->closing;
    full = lane->waiting >= XJ_LANE_QUEUE_MAX;
    if (!closing && !full) {
        *lane->last = command;
        lane->last = &command->next;
        lane->waiting++;
        pthread_cond_signal(&lane->wake);
    }
    pthread_mutex_unlock(&lane->lock);
    if (closing)
        return xj_error_new(XJ_E_UNAVAILABLE, "the server is stopping");
    if (full)
        return xj_error_new(XJ_E_TOO_MANY, "%d commands are waiting already", XJ_LANE_QUEUE_MAX);
    return NULL;
}

struct waiter {
    pthread_mutex_t lock;
    pthread_cond_t cond;
    bool done, replayed;
    xj_error *err;
    xj_str body;
    xj_pool *result;
};

/* The caller waits, so its pool is this thread's until it wakes. */
static void
wake_waiter(xj_command *command, const xj_answer *answer, void *arg)
{
    struct waiter *waiter = arg;

    (void)command;
    pthread_mutex_lock(&waiter->lock);
    waiter->err = answer->err;
    waiter->replayed = answer->replayed;
    if (answer->err == NULL)
        waiter->body = xj_str_dup(answer->body, waiter->result);
    waiter->done = true;
    pthread_cond_signal(&waiter->cond);
    pthread_mutex_unlock(&waiter->lock);
}

xj_error *
xj_store_do(xj_store *store, xj_command *command, xj_str *body, bool *replayed, xj_pool *result)
{
    struct waiter waiter = {.body = XJ_STR(""), .result = result};
    xj_error *err;

    pthread_mutex_init(&waiter.lock, NULL);
    pthread_cond_init(&waiter.cond, NULL);
    command->done = wake_waiter;
    command->done_arg = &waiter;
    err = xj_store_post(store, command);
    if (err == NULL) {
        pthread_mutex_lock(&waiter.lock);
        while (!waiter.done)
            pthread_cond_wait(&waiter.cond, &waiter.lock);
        pthread_mutex_unlock(&waiter.lock);
        err = waiter.err;
    }
    pthread_cond_destroy(&waiter.cond);
    pthread_mutex_destroy(&waiter.lock);
    *body = waiter.body;
    if (replayed != NULL)
        *replayed = waiter.replayed;
    return err;
}

xj_error *
xj_store_do_each(xj_store *store, enum xj_sql sql, const char *name, xj_command_fn run,
                 xj_pool *scratch)
{
    int64_t *tenants;
    xj_reader *reader;
    xj_rows *rows;
    size_t n;

    XJ_TRY(xj_reader_begin(&reader, store, scratch));
    XJ_TRY(xj_db_query(&rows, xj_reader_db(reader), sql, ""));
    XJ_TRY(xj_rows_ints(&tenants, &n, rows, scratch));
    xj_reader_end(reader);
    for (size_t i = 0; i < n; i++) {
        xj_command command = {
            .name = name, .tenant = tenants[i], .actor_name = XJ_STR("xingjian"), .run = run};
        xj_str body;

        XJ_TRY(xj_store_do(store, &command, &body, NULL, scratch));
    }
    return NULL;
}
