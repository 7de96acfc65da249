/*
 * app/ticker.h -- a thread that does something again and again while the program serves.
 */
#pragma once

#include "base/error.h"
#include "base/mem.h"

#include <stdatomic.h>

typedef struct xj_ticker xj_ticker; /* any thread */

/* Call TICK with ARG at once and SECONDS after each end of it.  *STOP becomes true when the ticker
 * is to end, which it does with POOL: a TICK that takes long looks at it.  TICKER may be NULL.
 * Errors: UNAVAILABLE where there is no thread to be had. */
XJ_MUST_USE xj_error *xj_ticker_start(xj_ticker **ticker, int seconds,
                                      void (*tick)(void *arg, const atomic_bool *stop), void *arg,
                                      xj_pool *pool);
/* Call it now, or once more where it is at it. */
void xj_ticker_wake(xj_ticker *ticker);
