/*
 * job/job_priv.h -- the moves of a job in its lane, and the queue's inside.
 */
#pragma once

#include "job/job.h"

#include <pthread.h>
#include <stdatomic.h>

/* ---- moves: in a lane (job.c) ---- */

/* What was found is outside TX's tenant or is not there: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_job__add(int64_t *id, xj_tx *tx, xj_str actor_name, const char *kind,
                                  xj_str args, xj_str input);
/* waiting → running; *TAKEN is false where it does not wait (any more). */
XJ_MUST_USE xj_error *xj_job__take(bool *taken, xj_tx *tx, int64_t id);
XJ_MUST_USE xj_error *xj_job__progress(xj_tx *tx, int64_t id, xj_str doing, int64_t done,
                                       int64_t total);
/* By TX's actor.  waiting → cancelled; of a running one *RUNNING is true and it is told so.
 * Errors: NOT_FOUND, CONFLICT as xj_jobs_cancel. */
XJ_MUST_USE xj_error *xj_job__cancel(bool *running, xj_tx *tx, int64_t id);
/* By TX's actor, of one that has ended.  Errors: NOT_FOUND, CONFLICT as xj_jobs_remove. */
XJ_MUST_USE xj_error *xj_job__remove(xj_tx *tx, int64_t id);
/* running → waiting; with COUNTED the attempt counts. */
XJ_MUST_USE xj_error *xj_job__release(xj_tx *tx, int64_t id, bool counted);
/* → done with RESULT, cancelled, or failed with CODE and MESSAGE; old ones are forgotten.  A job
 * that has ended stays as it is. */
typedef struct xj_job__end {
    const char *state;
    xj_str code, message, result;
} xj_job__end;
XJ_MUST_USE xj_error *xj_job__finish(xj_tx *tx, int64_t id, const xj_job__end *end);
/* What a running job becomes when the program starts anew. */
XJ_MUST_USE xj_error *xj_job__recover(xj_tx *tx, int64_t id);
/* The job whatever its actor. */
XJ_MUST_USE xj_error *xj_job__get(xj_job *job, xj_db *db, int64_t tenant, int64_t id,
                                  xj_pool *result);

/* ---- the queue ---- */

struct xj_job_turn {
    xj_jobs *jobs;
    int64_t tenant, id; /* known before the job is taken, so that no cancel misses the turn */
    xj_job job;         /* as it was taken */
    xj_pool *pool;
    const char *doing;
    int64_t said_at; /* when progress was last stored, in ms */
    atomic_bool cancelled;
};

typedef struct xj_job__runner {
    xj_jobs *jobs;
    pthread_t thread;
    xj_job_turn *turn; /* under the queue's lock; NULL: it has none */
} xj_job__runner;

struct xj_jobs {
    xj_jobs_options options;
    pthread_mutex_t lock;   /* of the runners' turns */
    pthread_cond_t wake;    /* there may be work, or the end */
    pthread_mutex_t inputs; /* from storing a file to its job's row; from looking for rows that use
                               it to removing it */
    atomic_bool stopping;
    xj_job__runner runners[XJ_JOB_RUNNERS_MAX];
    int nrunners; /* started */
};

/* One round of a runner: take the oldest waiting job and do it; *FOUND is false where none waits.
 * Errors: the store's, before a job was taken. */
XJ_MUST_USE xj_error *xj_job__round(bool *found, xj_job__runner *runner, xj_pool *scratch);

/* ---- files (input.c) ---- */

/* Remove file INPUT unless a job that has not ended uses it; data NULL is none. */
XJ_MUST_USE xj_error *xj_job__input_drop(xj_jobs *jobs, xj_str input, xj_pool *scratch);
/* The same while the caller holds jobs->inputs. */
XJ_MUST_USE xj_error *xj_job__input_drop_locked(xj_jobs *jobs, const xj_blob_hash *hash,
                                                xj_pool *scratch);
/* Remove every file that no job uses which has not ended. */
XJ_MUST_USE xj_error *xj_job__inputs_sweep(xj_jobs *jobs, xj_pool *scratch);
