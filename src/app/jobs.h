/*
 * app/jobs.h -- the kinds of long work, and the queue that does them while the server runs.
 *
 * Read next: job/job.h.
 */
#pragma once

#include "app/settings.h"
#include "blob/blob.h"
#include "job/job.h"

/* Open the queue of STORE, with its files in the data folder; take up what an end in the middle
 * left.  It ends with POOL.  Errors: xj_jobs_open's. */
XJ_MUST_USE xj_error *xj_app_jobs_open(xj_jobs **jobs, xj_store *store, xj_blobs *blobs,
                                       const xj_settings *settings, xj_pool *pool);
