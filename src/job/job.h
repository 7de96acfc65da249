/*
 * job/job.h -- the queue of long work: imports that other programs read, later exports.
 *
 * Somebody asks, the answer comes at once, and a runner of the server does the work: oldest first,
 * of any jurisdiction.  A job says how far it is, can be cancelled, and is taken up again after the
 * server stopped in the middle; so what a kind's function does must be safe to do twice.  What work
 * there is, `app/` registers: a function a kind.  Layer: job (may use store/, blob/, json/, base/).
 * Read next: job/README.md.
 */
#pragma once

#include "blob/blob.h"
#include "store/store.h"

#define XJ_JOB_ATTEMPTS_MAX 3              /* then it fails */
#define XJ_JOB_OPEN_MAX 50                 /* waiting and running ones of one jurisdiction */
#define XJ_JOB_ACTOR_OPEN_MAX 20           /* ... and of one person in it */
#define XJ_JOB_KEPT_MAX 2000               /* ended ones of one jurisdiction */
#define XJ_JOB_KEPT_DAYS 60                /* ... and for so long */
#define XJ_JOB_ARGS_MAX ((size_t)16 << 10) /* bytes of arguments, and of a result */
#define XJ_JOB_LIST_MAX 100                /* of one list */
#define XJ_JOB_RUNNERS_MAX 16

typedef struct xj_job {
    int64_t id, tenant, actor, version;
    xj_str kind, actor_name;
    xj_str args;         /* JSON */
    xj_str input;        /* hash of the file it works on; data NULL: none, or it has ended */
    xj_str state;        /* "waiting", "running", "done", "failed", "cancelled" */
    int64_t done, total; /* steps; total 0: nobody can say */
    xj_str doing;        /* "reading"; data NULL: not in work */
    int64_t created_at, started_at, finished_at; /* 0: not yet */
    int64_t attempts;
    xj_str error_code, error_message; /* of a failed one, else data NULL */
    xj_str result;                    /* JSON, of a done one, else data NULL */
    bool cancel_asked;
} xj_job;

/* ---- looking ---- */

/* Job ID that ACTOR of TENANT asked for, in RESULT.
 * Errors: NOT_FOUND, also where it is another jurisdiction's or another person's. */
XJ_MUST_USE xj_error *xj_job_get(xj_job *job, xj_db *db, int64_t tenant, int64_t actor, int64_t id,
                                 xj_pool *result);
/* What ACTOR of TENANT asked for, newest first, LIMIT (at most XJ_JOB_LIST_MAX) of them that are
 * older than job BEFORE (0: from the newest). */
XJ_MUST_USE xj_error *xj_job_list(xj_job **items, size_t *n, xj_db *db, int64_t tenant,
                                  int64_t actor, int64_t before, int64_t limit, xj_pool *result);

/* ---- doing: what a kind's function gets ---- */

typedef struct xj_job_turn xj_job_turn; /* one attempt at a job; on its runner's thread alone */

/* Do the job of TURN and put its answer (JSON) into RESULT.  It may have been done before, wholly
 * or in part.  Once xj_job_turn_ends is true it returns CANCELLED as soon as it can. */
typedef xj_error *(*xj_job_fn)(xj_buf *result, xj_job_turn *turn, void *arg);

const xj_job *xj_job_turn_job(const xj_job_turn *turn);
xj_pool *xj_job_turn_pool(xj_job_turn *turn); /* ends with the turn */
/* The file that came with the job, mapped until the turn ends.  Errors: NOT_FOUND; IO. */
XJ_MUST_USE xj_error *xj_job_turn_input(xj_str *bytes, xj_job_turn *turn);
/* Say what is being done (a word, a literal) and how far it is; stored at most every two seconds
 * where the word stays. */
void xj_job_turn_progress(xj_job_turn *turn, const char *doing, int64_t done, int64_t total);
/* True where the job was cancelled or the server stops.  From any thread, often. */
bool xj_job_turn_ends(const xj_job_turn *turn);

/* ---- the queue ---- */

typedef struct xj_job_kind {
    const char *name;
    xj_job_fn run;
    void *arg;
} xj_job_kind;

typedef struct xj_jobs_options {
    xj_store *store;
    xj_blobs *inputs;         /* a folder of its own: ended jobs' files are removed from it */
    const xj_job_kind *kinds; /* ended by a NULL name; outlives the queue */
    int runners;              /* threads; 0 is 1 */
} xj_jobs_options;

typedef struct xj_jobs xj_jobs; /* any thread */

/* Open the queue of OPTIONS' store, before it is used: jobs that were running when the program
 * ended wait again (or have failed, after XJ_JOB_ATTEMPTS_MAX attempts), and files that belong to
 * no job are removed.  Errors: the store's and the folder's. */
XJ_MUST_USE xj_error *xj_jobs_open(xj_jobs **jobs, const xj_jobs_options *options, xj_pool *pool);
/* Start the runners.  They end with the queue's pool: a job in work then waits for the next start.
 * Errors: IO where there is no thread to be had. */
XJ_MUST_USE xj_error *xj_jobs_start(xj_jobs *jobs);

/* Ask for a job of KIND with ARGS (JSON) on the file BYTES (data NULL: none), as LIKE says: who, in
 * which jurisdiction, under which idempotency key.  *ID is its key, or that of the job which the
 * same key made before.  Waits; not from a lane's thread.
 *
 * Errors: TOO_MANY where the jurisdiction has XJ_JOB_OPEN_MAX or the person XJ_JOB_ACTOR_OPEN_MAX;
 * TOO_LARGE for ARGS; IDEM_REUSED; DISK_FULL, IO of the file; and xj_store_do's. */
XJ_MUST_USE xj_error *xj_jobs_add(int64_t *id, xj_jobs *jobs, const xj_command *like,
                                  const char *kind, xj_str args, xj_str bytes, xj_pool *scratch);
/* Cancel job ID of LIKE's actor: one that waits at once, one that runs soon (its state tells).  A
 * cancelled one stays so.  Waits.
 *
 * Errors: NOT_FOUND as xj_job_get; CONFLICT where it is done or failed; and xj_store_do's. */
XJ_MUST_USE xj_error *xj_jobs_cancel(xj_jobs *jobs, const xj_command *like, int64_t id,
                                     xj_pool *scratch);
/* Forget job ID of LIKE's actor, which has ended.  Waits.
 *
 * Errors: NOT_FOUND as xj_job_get; CONFLICT where it has not ended; and xj_store_do's. */
XJ_MUST_USE xj_error *xj_jobs_remove(xj_jobs *jobs, const xj_command *like, int64_t id,
                                     xj_pool *scratch);
