/*
 * The queue and its runners: threads of the server that take the oldest job that waits.
 *
 * Invariants: a job is done by the runner whose `job.take` changed its row, and by no other; a
 * runner's turn is in jobs->runners under the lock as long as its function runs, so that a cancel
 * reaches it; whoever waits for a lane holds no lock but `inputs`.
 */
#include "job/job_priv.h"

#include "base/log.h"
#include "base/vec.h"
#include "json/json.h"

#include <signal.h>
#include <stdio.h>
#include <time.h>

#define SAY_MS 2000     /* between two stored progresses of one word */
#define LOOK_SECONDS 30 /* a runner looks so often though nobody woke it */
#define RETRY_SECONDS 1 /* after the database failed */

static int64_t
now_ms(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* ---- commands ---- */

struct move {
    int64_t id, done, total;
    xj_str doing, actor_name, args, input;
    const char *kind;
    xj_job__end end;
    bool flag; /* taken, running, counted */
};

static xj_error *
run_add(xj_tx *tx, void *args, xj_buf *answer)
{
    struct move *move = args;
    xj_json w;

    XJ_TRY(xj_job__add(&move->id, tx, move->actor_name, move->kind, move->args, move->input));
    xj_json_init(&w, answer);
    xj_json_object(&w);
    xj_json_key_int(&w, "job", move->id);
    xj_json_end_object(&w);
    return xj_buf_check(answer);
}

static xj_error *
run_take(xj_tx *tx, void *args, xj_buf *answer)
{
    struct move *move = args;

    (void)answer;
    return xj_job__take(&move->flag, tx, move->id);
}

static xj_error *
run_progress(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct move *move = args;

    (void)answer;
    return xj_job__progress(tx, move->id, move->doing, move->done, move->total);
}

static xj_error *
run_cancel(xj_tx *tx, void *args, xj_buf *answer)
{
    struct move *move = args;

    (void)answer;
    return xj_job__cancel(&move->flag, tx, move->id);
}

static xj_error *
run_remove(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct move *move = args;

    (void)answer;
    return xj_job__remove(tx, move->id);
}

static xj_error *
run_release(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct move *move = args;

    (void)answer;
    return xj_job__release(tx, move->id, move->flag);
}

static xj_error *
run_finish(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct move *move = args;

    (void)answer;
    return xj_job__finish(tx, move->id, &move->end);
}

static xj_error *
run_recover(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct move *move = args;

    (void)answer;
    return xj_job__recover(tx, move->id);
}

/* Do MOVE in TENANT's lane as the program itself. */
static xj_error *
do_move(xj_jobs *jobs, int64_t tenant, const char *name, xj_command_fn run, struct move *move,
        xj_pool *scratch)
{
    xj_command command = {
        .name = name, .tenant = tenant, .actor_name = XJ_STR("xingjian"), .run = run, .args = move};
    xj_str body;

    return xj_store_do(jobs->options.store, &command, &body, NULL, scratch);
}

/* ---- asking ---- */

static void
wake_runners(xj_jobs *jobs)
{
    pthread_mutex_lock(&jobs->lock);
    pthread_cond_broadcast(&jobs->wake);
    pthread_mutex_unlock(&jobs->lock);
}

/* A file that could not be removed goes when the program starts anew. */
static void
note_dropped(xj_error *err)
{
    if (err != NULL)
        xj_log_error("job.input", err, XJ_STR_NONE);
    xj_error_clear(err);
}

static void
drop_input(xj_jobs *jobs, xj_str input, xj_pool *scratch)
{
    note_dropped(xj_job__input_drop(jobs, input, scratch));
}

static xj_error *
post_add(int64_t *id, bool *replayed, xj_jobs *jobs, const xj_command *like, struct move *move,
         xj_pool *scratch)
{
    xj_command command = *like;
    const xj_jval *value;
    xj_str body;

    command.name = "job.add";
    command.subject = XJ_STR_NONE;
    command.payload = move->args;
    command.run = run_add;
    command.args = move;
    XJ_TRY(xj_store_do(jobs->options.store, &command, &body, replayed, scratch));
    XJ_TRY(xj_json_parse(&value, body, XJ_ANSWER_MAX, scratch));
    return xj_jval_get_int(id, value, "job", true);
}

xj_error *
xj_jobs_add(int64_t *id, xj_jobs *jobs, const xj_command *like, const char *kind, xj_str args,
            xj_str bytes, xj_pool *scratch)
{
    struct move move = {.kind = kind, .actor_name = like->actor_name, .args = args};
    xj_blob_hash hash = {""};
    bool replayed = false;
    xj_error *err = NULL;

    if (args.len > XJ_JOB_ARGS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "a job's arguments have %zu bytes; the limit is %zu",
                            args.len, XJ_JOB_ARGS_MAX);
    pthread_mutex_lock(&jobs->inputs);
    if (bytes.data != NULL)
        err = xj_blob_put(&hash, jobs->options.inputs, bytes);
    move.input = bytes.data == NULL ? XJ_STR_NONE : xj_str_c(hash.hex);
    if (err == NULL)
        err = post_add(id, &replayed, jobs, like, &move, scratch);
    if (hash.hex[0] != '\0' && (err != NULL || replayed))
        note_dropped(xj_job__input_drop_locked(jobs, &hash, scratch));
    pthread_mutex_unlock(&jobs->inputs);
    if (err == NULL)
        wake_runners(jobs);
    return err;
}

/* Tell the runner that has job ID, if one has. */
static void
tell_turn(xj_jobs *jobs, int64_t tenant, int64_t id)
{
    pthread_mutex_lock(&jobs->lock);
    for (int i = 0; i < XJ_JOB_RUNNERS_MAX; i++) {
        xj_job_turn *turn = jobs->runners[i].turn;

        if (turn != NULL && turn->tenant == tenant && turn->id == id)
            atomic_store(&turn->cancelled, true);
    }
    pthread_mutex_unlock(&jobs->lock);
}

xj_error *
xj_jobs_cancel(xj_jobs *jobs, const xj_command *like, int64_t id, xj_pool *scratch)
{
    struct move move = {.id = id};
    xj_command command = *like;
    xj_reader *reader;
    xj_job job;
    xj_str body;

    XJ_TRY(xj_reader_begin(&reader, jobs->options.store, scratch));
    XJ_TRY(xj_job_get(&job, xj_reader_db(reader), like->tenant, like->actor, id, scratch));
    xj_reader_end(reader);
    command.name = "job.cancel";
    command.subject = XJ_STR_NONE;
    command.run = run_cancel;
    command.args = &move;
    XJ_TRY(xj_store_do(jobs->options.store, &command, &body, NULL, scratch));
    tell_turn(jobs, like->tenant, id);
    /* Where it ran, the runner drops the file; where it waited, nobody else does. */
    drop_input(jobs, job.input, scratch);
    return NULL;
}

xj_error *
xj_jobs_remove(xj_jobs *jobs, const xj_command *like, int64_t id, xj_pool *scratch)
{
    struct move move = {.id = id};
    xj_command command = *like;
    xj_str body;

    command.name = "job.remove";
    command.subject = XJ_STR_NONE;
    command.run = run_remove;
    command.args = &move;
    return xj_store_do(jobs->options.store, &command, &body, NULL, scratch);
}

/* ---- a turn ---- */

const xj_job *
xj_job_turn_job(const xj_job_turn *turn)
{
    return &turn->job;
}

xj_pool *
xj_job_turn_pool(xj_job_turn *turn)
{
    return turn->pool;
}

xj_error *
xj_job_turn_input(xj_str *bytes, xj_job_turn *turn)
{
    xj_blob_hash hash;

    if (turn->job.input.data == NULL)
        return xj_error_new(XJ_E_NOT_FOUND, "the job has no file");
    XJ_TRY(xj_blob_hash_parse(&hash, turn->job.input));
    return xj_blob_get(bytes, turn->jobs->options.inputs, &hash, turn->pool);
}

bool
xj_job_turn_ends(const xj_job_turn *turn)
{
    return atomic_load(&turn->cancelled) || atomic_load(&turn->jobs->stopping);
}

void
xj_job_turn_progress(xj_job_turn *turn, const char *doing, int64_t done, int64_t total)
{
    struct move move = {.id = turn->id, .doing = xj_str_c(doing), .done = done, .total = total};
    const int64_t now = now_ms();
    xj_pool *scratch;
    xj_error *err;

    if (turn->doing != NULL && strcmp(turn->doing, doing) == 0 && now - turn->said_at < SAY_MS)
        return;
    turn->doing = doing;
    turn->said_at = now;
    scratch = xj_pool_child(turn->pool);
    err = do_move(turn->jobs, turn->tenant, "job.progress", run_progress, &move, scratch);
    /* nobody but the one who waits misses it; the work goes on */
    if (err != NULL)
        xj_log_error("job.progress", err, XJ_STR_NONE);
    xj_error_clear(err);
    xj_pool_destroy(scratch);
}

static xj_error *
run_kind(xj_buf *result, xj_job_turn *turn)
{
    const xj_job_kind *kind = turn->jobs->options.kinds;

    while (kind->name != NULL && !xj_str_eq(turn->job.kind, xj_str_c(kind->name)))
        kind++;
    if (kind->name == NULL)
        return xj_error_new(XJ_E_INTERNAL, "this program knows no jobs of the kind \"" XJ_FMT "\"",
                            XJ_ARG(turn->job.kind));
    XJ_TRY(kind->run(result, turn, kind->arg));
    return xj_buf_check(result);
}

/* What may go better the next time: nothing is wrong with the job itself. */
static bool
may_pass(const xj_error *err)
{
    return xj_error_is(err, XJ_E_DB_LOST) || xj_error_is(err, XJ_E_DB_BUSY) ||
           xj_error_is(err, XJ_E_UNAVAILABLE);
}

/* Say how TURN ended: ERR stays the caller's.  *ENDED is false where the job waits again. */
static xj_error *
settle(bool *ended, xj_job_turn *turn, const xj_error *err, xj_str result, xj_pool *scratch)
{
    const xj_job *job = &turn->job;
    struct move move = {.id = job->id};
    const bool stopped = atomic_load(&turn->jobs->stopping) && err != NULL;

    *ended = true;
    if (err == NULL) {
        move.end = (xj_job__end){.state = "done", .result = result};
    } else if (atomic_load(&turn->cancelled)) {
        move.end = (xj_job__end){.state = "cancelled"};
    } else if (stopped || (may_pass(err) && job->attempts < XJ_JOB_ATTEMPTS_MAX)) {
        *ended = false;
        move.flag = !stopped;
        return do_move(turn->jobs, job->tenant, "job.release", run_release, &move, scratch);
    } else {
        move.end = (xj_job__end){.state = "failed",
                                 .code = xj_str_c(xj_code_wire(xj_error_code(err))),
                                 .message = xj_str_c(xj_error_message(err))};
    }
    return do_move(turn->jobs, job->tenant, "job.finish", run_finish, &move, scratch);
}

static void
set_turn(xj_job__runner *runner, xj_job_turn *turn)
{
    pthread_mutex_lock(&runner->jobs->lock);
    runner->turn = turn;
    pthread_mutex_unlock(&runner->jobs->lock);
}

/* Wait up to SECONDS for a call or the end. */
static void
wait_for_call(xj_jobs *jobs, int seconds)
{
    struct timespec until;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += seconds;
    pthread_mutex_lock(&jobs->lock);
    if (!atomic_load(&jobs->stopping))
        pthread_cond_timedwait(&jobs->wake, &jobs->lock, &until);
    pthread_mutex_unlock(&jobs->lock);
}

/* Settle until the store takes it; at the program's end the next start does it. */
static void
settle_surely(xj_job_turn *turn, xj_error *err, xj_str result)
{
    for (;;) {
        xj_pool *scratch = xj_pool_child(turn->pool);
        bool ended;
        xj_error *failed = settle(&ended, turn, err, result, scratch);

        if (failed == NULL && ended) {
            drop_input(turn->jobs, turn->job.input, scratch);
            wake_runners(turn->jobs); /* another runner may have passed over this person's next */
        }
        if (failed == NULL && !ended)
            wait_for_call(turn->jobs, RETRY_SECONDS);
        xj_pool_destroy(scratch);
        if (failed == NULL)
            return;
        xj_log_error("job.settle", failed, XJ_STR_NONE);
        xj_error_clear(failed);
        if (atomic_load(&turn->jobs->stopping))
            return;
        wait_for_call(turn->jobs, RETRY_SECONDS);
    }
}

static void
do_turn(xj_job_turn *turn)
{
    xj_error *err;
    xj_buf result;
    char id[32];

    snprintf(id, sizeof id, "job/%lld", (long long)turn->id);
    xj_buf_init(&result, turn->pool, XJ_JOB_ARGS_MAX);
    err = run_kind(&result, turn);
    if (err != NULL && !xj_error_is(err, XJ_E_CANCELLED))
        xj_log_error("job", err, xj_str_c(id));
    settle_surely(turn, err, xj_buf_str(&result));
    xj_error_clear(err);
}

static xj_error *
find_next(bool *found, int64_t *tenant, int64_t *id, xj_jobs *jobs, xj_pool *scratch)
{
    xj_reader *reader;
    xj_rows *rows;

    XJ_TRY(xj_reader_begin(&reader, jobs->options.store, scratch));
    XJ_TRY(xj_db_query(&rows, xj_reader_db(reader), SQL_JOB_NEXT, ""));
    XJ_TRY(xj_rows_next(rows, found));
    *tenant = *found ? xj_row_int(rows, 0) : 0;
    *id = *found ? xj_row_int(rows, 1) : 0;
    xj_reader_end(reader);
    return NULL;
}

static xj_error *
read_job(xj_job *job, xj_jobs *jobs, int64_t tenant, int64_t id, xj_pool *pool)
{
    xj_reader *reader;

    XJ_TRY(xj_reader_begin(&reader, jobs->options.store, pool));
    XJ_TRY(xj_job__get(job, xj_reader_db(reader), tenant, id, pool));
    xj_reader_end(reader);
    return NULL;
}

/* Take the job of TURN and do it, if it still waits. */
static xj_error *
take(xj_job_turn *turn)
{
    struct move move = {.id = turn->id};

    XJ_TRY(do_move(turn->jobs, turn->tenant, "job.take", run_take, &move, turn->pool));
    if (!move.flag)
        return NULL; /* another runner was faster, or it was cancelled: look again */
    XJ_TRY(read_job(&turn->job, turn->jobs, turn->tenant, turn->id, turn->pool));
    do_turn(turn);
    return NULL;
}

xj_error *
xj_job__round(bool *found, xj_job__runner *runner, xj_pool *scratch)
{
    xj_job_turn turn = {.jobs = runner->jobs, .pool = scratch};
    xj_error *err;

    XJ_TRY(find_next(found, &turn.tenant, &turn.id, runner->jobs, scratch));
    if (!*found)
        return NULL;
    set_turn(runner, &turn);
    err = take(&turn);
    set_turn(runner, NULL);
    return err;
}

/* ---- threads ---- */

static void *
run(void *arg)
{
    xj_job__runner *runner = arg;
    xj_jobs *jobs = runner->jobs;

    while (!atomic_load(&jobs->stopping)) {
        xj_pool *pool = xj_pool_root();
        bool found = false;
        xj_error *err = xj_job__round(&found, runner, pool);

        if (err != NULL)
            xj_log_error("job.take", err, XJ_STR_NONE);
        xj_pool_destroy(pool);
        if (err != NULL || !found)
            wait_for_call(jobs, err != NULL ? RETRY_SECONDS : LOOK_SECONDS);
        xj_error_clear(err);
    }
    return NULL;
}

static void
stop(void *arg)
{
    xj_jobs *jobs = arg;

    atomic_store(&jobs->stopping, true);
    wake_runners(jobs);
    for (int i = 0; i < jobs->nrunners; i++)
        pthread_join(jobs->runners[i].thread, NULL);
    pthread_cond_destroy(&jobs->wake);
    pthread_mutex_destroy(&jobs->lock);
    pthread_mutex_destroy(&jobs->inputs);
}

static xj_error *
recover(xj_jobs *jobs, xj_pool *scratch)
{
    struct found {
        int64_t tenant, id;
    } *items = NULL;
    size_t n = 0, cap = 0;
    xj_reader *reader;
    xj_rows *rows;

    XJ_TRY(xj_reader_begin(&reader, jobs->options.store, scratch));
    XJ_TRY(xj_db_query(&rows, xj_reader_db(reader), SQL_JOB_RUNNING, ""));
    for (;;) {
        bool more;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        items = xj_vec_grow(items, n, &cap, sizeof *items, scratch);
        items[n++] = (struct found){xj_row_int(rows, 0), xj_row_int(rows, 1)};
    }
    xj_reader_end(reader);
    for (size_t i = 0; i < n; i++) {
        struct move move = {.id = items[i].id};

        XJ_TRY(do_move(jobs, items[i].tenant, "job.recover", run_recover, &move, scratch));
    }
    return xj_job__inputs_sweep(jobs, scratch);
}

xj_error *
xj_jobs_open(xj_jobs **jobs, const xj_jobs_options *options, xj_pool *pool)
{
    xj_jobs *made = XJ_NEW(pool, xj_jobs);
    xj_pool *scratch = xj_pool_child(pool);
    pthread_condattr_t attr;
    xj_error *err;

    made->options = *options;
    if (made->options.runners == 0)
        made->options.runners = 1;
    XJ_ASSERT(made->options.runners > 0 && made->options.runners <= XJ_JOB_RUNNERS_MAX);
    pthread_mutex_init(&made->lock, NULL);
    pthread_mutex_init(&made->inputs, NULL);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&made->wake, &attr);
    pthread_condattr_destroy(&attr);
    for (int i = 0; i < XJ_JOB_RUNNERS_MAX; i++)
        made->runners[i].jobs = made;
    xj_pool_on_end(pool, stop, made);
    err = recover(made, scratch);
    xj_pool_destroy(scratch);
    XJ_TRY(err);
    *jobs = made;
    return NULL;
}

xj_error *
xj_jobs_start(xj_jobs *jobs)
{
    while (jobs->nrunners < jobs->options.runners) {
        xj_job__runner *runner = &jobs->runners[jobs->nrunners];
        const int failed = pthread_create(&runner->thread, NULL, run, runner);

        if (failed != 0)
            return xj_error_new(XJ_E_IO, "no thread for jobs: %s", strerror(failed));
        jobs->nrunners++;
    }
    return NULL;
}
