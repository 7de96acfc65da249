/*
 * app/clock.h -- the threads that keep the duty clock going while the program serves.
 */
#pragma once

#include "app/ticker.h"
#include "store/store.h"

/* Start it: the day at once and whenever another has begun; lights that a changed rule left at once
 * and when *CLOCK is woken.  It ends with POOL.
 * Errors: UNAVAILABLE where there is no thread to be had. */
XJ_MUST_USE xj_error *xj_app_clock_start(xj_ticker **clock, xj_store *store, xj_pool *pool);
