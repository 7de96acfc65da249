#include "http/http_priv.h"

/*
 * One queue for all workers, and one for calls with a file, whose many workers wait for the disk:
 * syncs that wait beside each other are one to it, and nobody who only looks waits behind them.
 * Only one worker is being woken at a time, and it wakes the next one if it leaves work behind: a
 * burst of short calls is then done by few workers without a system call each, a burst of long ones
 * still gets them all.
 */
static bool
wake_one(struct work *work)
{
    if (work->head == NULL || work->idle == 0 || work->waking)
        return false;
    work->waking = true;
    return true;
}

static void *
run(void *arg)
{
    struct work *work = arg;
    xj_http *http = work->http;

    pthread_mutex_lock(&work->lock);
    for (;;) {
        xj_call *call;
        bool wake;

        while (work->head == NULL && !work->stopping) {
            work->idle++;
            pthread_cond_wait(&work->more, &work->lock);
            work->idle--;
            work->waking = false;
        }
        call = work->head;
        if (call == NULL)
            break;
        work->head = call->next;
        if (work->head == NULL)
            work->tail = &work->head;
        work->waiting--;
        wake = wake_one(work);
        pthread_mutex_unlock(&work->lock);
        if (wake)
            pthread_cond_signal(&work->more);
        /* An abandoned call has its 503 already; the queue's reference is all that is left. */
        if (atomic_load(&call->state) == STATE_ABANDONED)
            http_call_drop(call);
        else
            http->options.handle(http->options.arg, call);
        pthread_mutex_lock(&work->lock);
    }
    pthread_mutex_unlock(&work->lock);
    return NULL;
}

static xj_error *
start(struct work *work, xj_http *http, int threads, xj_pool *pool)
{
    pthread_mutex_init(&work->lock, NULL);
    pthread_cond_init(&work->more, NULL);
    work->http = http;
    work->tail = &work->head;
    work->max = http->options.queue_max;
    work->threads = XJ_NEW_ARRAY(pool, pthread_t, (size_t)threads);
    for (int i = 0; i < threads; i++) {
        if (pthread_create(&work->threads[i], NULL, run, work) != 0)
            return xj_error_new(XJ_E_UNAVAILABLE, "could not start a worker thread");
        work->nthreads++;
    }
    return NULL;
}

xj_error *
http_work_start(xj_http *http, xj_pool *pool)
{
    XJ_TRY(start(&http->work, http, http->options.workers, pool));
    return start(&http->files, http, http->options.file_workers, pool);
}

bool
http_work_push(xj_http *http, xj_call *call)
{
    struct work *work = call->body_len >= FILE_BODY ? &http->files : &http->work;
    bool wake, taken;

    call->next = NULL;
    pthread_mutex_lock(&work->lock);
    taken = work->waiting < work->max;
    if (taken) {
        *work->tail = call;
        work->tail = &call->next;
        work->waiting++;
    }
    wake = wake_one(work);
    pthread_mutex_unlock(&work->lock);
    if (wake)
        pthread_cond_signal(&work->more);
    return taken;
}

static void
stop(struct work *work)
{
    if (work->tail == NULL)
        return;
    pthread_mutex_lock(&work->lock);
    work->stopping = true;
    pthread_mutex_unlock(&work->lock);
    pthread_cond_broadcast(&work->more);
    for (int i = 0; i < work->nthreads; i++)
        pthread_join(work->threads[i], NULL);
    pthread_cond_destroy(&work->more);
    pthread_mutex_destroy(&work->lock);
}

void
http_work_stop(xj_http *http)
{
    stop(&http->work);
    stop(&http->files);
}
