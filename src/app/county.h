/*
 * app/county.h -- the thread that carries what cities and their counties' jurisdictions tell each
 * other while the program serves.
 */
#pragma once

#include "store/store.h"

/* Start it; it ends with POOL.  Errors: UNAVAILABLE where there is no thread to be had. */
XJ_MUST_USE xj_error *xj_app_county_start(xj_store *store, xj_pool *pool);
