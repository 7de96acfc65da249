#include "app/county.h"

#include "app/ticker.h"
#include "base/log.h"
#include "county/county.h"

#define LOOK_SECONDS 2 /* between two looks: one query where nothing is new */

static void
tick(void *arg, const atomic_bool *stop)
{
    xj_pool *pool = xj_pool_root();
    int64_t moved;
    xj_error *err = xj_county_work(&moved, arg, stop, pool);

    if (err != NULL)
        xj_log_error("what a city and its county tell each other could not be worked in", err,
                     XJ_STR(""));
    xj_error_clear(err);
    xj_pool_destroy(pool);
}

xj_error *
xj_app_county_start(xj_store *store, xj_pool *pool)
{
    return xj_ticker_start(LOOK_SECONDS, tick, xj_county_worker_new(store, pool), pool);
}
