/* Jobs of tenant 1 on a test's database: each move as a command of its own. */
#pragma once

#include "job/job_priv.h"

#include "support/storetest.h"

struct jobtest_move {
    xj_error *(*run)(xj_tx *tx, struct jobtest_move *move);
    int64_t id, done, total;
    xj_str input;
    const char *state;
    bool flag;
};

static inline xj_error *
jobtest__run(xj_tx *tx, void *args, xj_buf *answer)
{
    struct jobtest_move *move = args;

    (void)answer;
    return move->run(tx, move);
}

/* In TENANT by actor 7. */
static inline XJ_MUST_USE xj_error *
jobtest_do(xjtest_store *t, int64_t tenant, struct jobtest_move *move)
{
    xj_str body;

    return xjtest_do(&body, t, tenant, jobtest__run, move);
}

static inline xj_error *
jobtest__add(xj_tx *tx, struct jobtest_move *move)
{
    return xj_job__add(&move->id, tx, XJ_STR("ann"), "work", XJ_STR("{\"n\":1}"), move->input);
}

static inline xj_error *
jobtest__take(xj_tx *tx, struct jobtest_move *move)
{
    return xj_job__take(&move->flag, tx, move->id);
}

static inline xj_error *
jobtest__finish(xj_tx *tx, struct jobtest_move *move)
{
    const bool failed = strcmp(move->state, "failed") == 0;

    return xj_job__finish(tx, move->id,
                          &(xj_job__end){.state = move->state,
                                         .code = failed ? XJ_STR("bad_input") : XJ_STR_NONE,
                                         .message = failed ? XJ_STR("it is torn") : XJ_STR_NONE,
                                         .result = strcmp(move->state, "done") == 0
                                                       ? XJ_STR("{\"a\":1}")
                                                       : XJ_STR_NONE});
}

/* A waiting job of TENANT on file INPUT; its id. */
static inline int64_t
jobtest_add(xjtest_store *t, int64_t tenant, xj_str input)
{
    struct jobtest_move move = {.run = jobtest__add, .input = input};

    must_ok(jobtest_do(t, tenant, &move));
    return move.id;
}

static inline bool
jobtest_take(xjtest_store *t, int64_t tenant, int64_t id)
{
    struct jobtest_move move = {.run = jobtest__take, .id = id};

    must_ok(jobtest_do(t, tenant, &move));
    return move.flag;
}

static inline void
jobtest_finish(xjtest_store *t, int64_t tenant, int64_t id, const char *state)
{
    struct jobtest_move move = {.run = jobtest__finish, .id = id, .state = state};

    must_ok(jobtest_do(t, tenant, &move));
}

/* The job as the database has it now. */
static inline xj_job
jobtest_get(xjtest_store *t, int64_t tenant, int64_t id)
{
    xj_reader *reader;
    xj_job job;

    must_ok(xj_reader_begin(&reader, t->store, t->pool));
    must_ok(xj_job__get(&job, xj_reader_db(reader), tenant, id, t->pool));
    xj_reader_end(reader);
    return job;
}

#define assert_state(job, word) assert_true(xj_str_eq((job).state, XJ_STR(word)))
