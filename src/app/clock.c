#include "app/clock.h"

#include "base/log.h"
#include "duty/clock.h"
#include "duty/settle.h"

#define LOOK_SECONDS 60 /* between two looks at the day */

typedef struct ticking {
    xj_store *store;
    bool swept;
    xj_date done;
} ticking;

/* The clock would do this too, but a stop could not end it: a long plan takes a while. */
static void
sweep(ticking *t, const atomic_bool *stop)
{
    xj_pool *pool = xj_pool_root();
    xj_error *err = xj_duty_sweep(t->store, stop, pool);

    if (err != NULL)
        xj_log_error("what publications left could not be taken up", err, XJ_STR(""));
    xj_error_clear(err);
    xj_pool_destroy(pool);
    t->swept = true;
}

/* Apart from the day, for it is woken at any time and does nothing else then. */
static void
relight(void *arg, const atomic_bool *stop)
{
    const ticking *t = arg;
    xj_pool *pool = xj_pool_root();
    xj_error *err = xj_duty_relight(t->store, 0, stop, pool);

    if (err != NULL)
        xj_log_error("lights could not be made by the rules that hold now", err, XJ_STR(""));
    xj_error_clear(err);
    xj_pool_destroy(pool);
}

static void
tick(void *arg, const atomic_bool *stop)
{
    const xj_date today = xj_day_of(xj_now());
    ticking *t = arg;
    xj_clock_ran ran;
    xj_pool *pool;
    xj_error *err;

    if (!t->swept)
        sweep(t, stop);
    if (atomic_load(stop))
        return;
    pool = xj_pool_root();
    err = xj_clock_run(&ran, t->store, 0, today, pool);
    if (err != NULL)
        xj_log_error("the clock's day failed", err, XJ_STR(""));
    else if (xj_date_cmp(t->done, today) != 0)
        xj_log(XJ_LOG_INFO, "the clock's day is done", "day", xj_day_str(today, pool), NULL);
    if (err == NULL)
        t->done = today;
    xj_error_clear(err);
    xj_pool_destroy(pool);
}

xj_error *
xj_app_clock_start(xj_ticker **clock, xj_store *store, xj_pool *pool)
{
    ticking *t = XJ_NEW(pool, ticking);

    t->store = store;
    XJ_TRY(xj_ticker_start(clock, LOOK_SECONDS, relight, t, pool));
    return xj_ticker_start(NULL, LOOK_SECONDS, tick, t, pool);
}
