#include "app/ticker.h"

#include <pthread.h>
#include <time.h>

struct xj_ticker {
    int seconds;
    void (*tick)(void *arg, const atomic_bool *stop);
    void *arg;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    atomic_bool stop; /* set under the lock */
    bool woken;       /* under the lock */
};

/* Wait for the next turn; false where the ticker is to end. */
static bool
wait_on(xj_ticker *t)
{
    struct timespec until;
    bool go_on;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += t->seconds;
    pthread_mutex_lock(&t->lock);
    while (!atomic_load(&t->stop) && !t->woken &&
           pthread_cond_timedwait(&t->wake, &t->lock, &until) == 0)
        ;
    go_on = !atomic_load(&t->stop);
    t->woken = false;
    pthread_mutex_unlock(&t->lock);
    return go_on;
}

static void *
run(void *arg)
{
    xj_ticker *t = arg;

    do
        t->tick(t->arg, &t->stop);
    while (wait_on(t));
    return NULL;
}

static void
stop(void *arg)
{
    xj_ticker *t = arg;

    pthread_mutex_lock(&t->lock);
    atomic_store(&t->stop, true);
    pthread_cond_signal(&t->wake);
    pthread_mutex_unlock(&t->lock);
    pthread_join(t->thread, NULL);
    pthread_cond_destroy(&t->wake);
    pthread_mutex_destroy(&t->lock);
}

void
xj_ticker_wake(xj_ticker *t)
{
    pthread_mutex_lock(&t->lock);
    t->woken = true;
    pthread_cond_signal(&t->wake);
    pthread_mutex_unlock(&t->lock);
}

xj_error *
xj_ticker_start(xj_ticker **ticker, int seconds, void (*tick)(void *arg, const atomic_bool *stop),
                void *arg, xj_pool *pool)
{
    xj_ticker *t = XJ_NEW(pool, xj_ticker);

    t->seconds = seconds;
    t->tick = tick;
    t->arg = arg;
    pthread_mutex_init(&t->lock, NULL);
    pthread_cond_init(&t->wake, NULL);
    if (pthread_create(&t->thread, NULL, run, t) != 0)
        return xj_error_new(XJ_E_UNAVAILABLE, "a thread could not be started");
    xj_pool_on_end(pool, stop, t);
    if (ticker != NULL)
        *ticker = t;
    return NULL;
}
