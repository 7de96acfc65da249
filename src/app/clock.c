#include "app/clock.h"

#include "base/log.h"
#include "duty/clock.h"
#include "duty/settle.h"

#include <pthread.h>
#include <time.h>

#define LOOK_SECONDS 60 /* between two looks at the day */

typedef struct ticking {
    xj_store *store;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    atomic_bool stop; /* set under the lock */
} ticking;

/* Wait for the next look; false where the clock is to end. */
static bool
wait_on(ticking *t)
{
    struct timespec until;
    bool go_on;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += LOOK_SECONDS;
    pthread_mutex_lock(&t->lock);
    while (!atomic_load(&t->stop) && pthread_cond_timedwait(&t->wake, &t->lock, &until) == 0)
        ;
    go_on = !atomic_load(&t->stop);
    pthread_mutex_unlock(&t->lock);
    return go_on;
}

/* The clock would do this too, but a stop could not end it: a long plan takes a while. */
static void
sweep(ticking *t)
{
    xj_pool *pool = xj_pool_root();
    xj_error *err = xj_duty_sweep(t->store, &t->stop, pool);

    if (err != NULL)
        xj_log_error("what publications left could not be taken up", err, XJ_STR(""));
    xj_error_clear(err);
    xj_pool_destroy(pool);
}

static void *
tick(void *arg)
{
    xj_date done = {0};
    ticking *t = arg;

    sweep(t);
    if (atomic_load(&t->stop))
        return NULL;
    do {
        const xj_date today = xj_day_of(xj_now());
        xj_pool *pool = xj_pool_root();
        xj_clock_ran ran;
        xj_error *err = xj_clock_run(&ran, t->store, 0, today, pool);

        if (err != NULL)
            xj_log_error("the clock's day failed", err, XJ_STR(""));
        else if (xj_date_cmp(done, today) != 0)
            xj_log(XJ_LOG_INFO, "the clock's day is done", "day", xj_day_str(today, pool), NULL);
        if (err == NULL)
            done = today;
        xj_error_clear(err);
        xj_pool_destroy(pool);
    } while (wait_on(t));
    return NULL;
}

static void
stop(void *arg)
{
    ticking *t = arg;

    pthread_mutex_lock(&t->lock);
    atomic_store(&t->stop, true);
    pthread_cond_signal(&t->wake);
    pthread_mutex_unlock(&t->lock);
    pthread_join(t->thread, NULL);
    pthread_cond_destroy(&t->wake);
    pthread_mutex_destroy(&t->lock);
}

xj_error *
xj_app_clock_start(xj_store *store, xj_pool *pool)
{
    ticking *t = XJ_NEW(pool, ticking);

    t->store = store;
    pthread_mutex_init(&t->lock, NULL);
    pthread_cond_init(&t->wake, NULL);
    if (pthread_create(&t->thread, NULL, tick, t) != 0)
        return xj_error_new(XJ_E_UNAVAILABLE, "a thread could not be started");
    xj_pool_on_end(pool, stop, t);
    return NULL;
}
