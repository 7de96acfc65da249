/*
 * app/clock.h -- the thread that keeps the duty clock going while the program serves.
 */
#pragma once

#include "app/ticker.h"
#include "store/store.h"

/* Start it: at once, whenever a new day has begun, and when *CLOCK is woken.  It ends with POOL.
 * Errors: UNAVAILABLE where there is no thread to be had. */
XJ_MUST_USE xj_error *xj_app_clock_start(xj_ticker **clock, xj_store *store, xj_pool *pool);
