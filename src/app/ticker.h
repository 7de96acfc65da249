/*
 * app/ticker.h -- a thread that does something again and again while the program serves.
 */
#pragma once

#include "base/error.h"
#include "base/mem.h"

#include <stdatomic.h>

/* Call TICK with ARG at once and SECONDS after each end of it.  *STOP becomes true when the ticker
 * is to end, which it does with POOL: a TICK that takes long looks at it.
 * Errors: UNAVAILABLE where there is no thread to be had. */
XJ_MUST_USE xj_error *xj_ticker_start(int seconds, void (*tick)(void *arg, const atomic_bool *stop),
                                      void *arg, xj_pool *pool);
