#include "app/county.h"

#include "app/ticker.h"
#include "base/log.h"
#include "county/county.h"

#define LOOK_SECONDS 2 /* between two looks: one query where nothing is new */

typedef struct carrying {
    xj_county_worker *worker;
    bool failed; /* in the last round: the log has it */
} carrying;

static void
tick(void *arg, const atomic_bool *stop)
{
    carrying *c = arg;
    xj_pool *pool = xj_pool_root();
    int64_t moved;
    xj_error *err = xj_county_work(&moved, c->worker, stop, pool);

    if (err != NULL && !c->failed)
        xj_log_error("what a city and its county tell each other could not be worked in", err,
                     XJ_STR(""));
    c->failed = err != NULL;
    xj_error_clear(err);
    xj_pool_destroy(pool);
}

xj_error *
xj_app_county_start(xj_store *store, xj_pool *pool)
{
    carrying *c = XJ_NEW(pool, carrying);

    c->worker = xj_county_worker_new(store, pool);
    return xj_ticker_start(NULL, LOOK_SECONDS, tick, c, pool);
}
