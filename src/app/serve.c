/* `xingjian serve`: the parts put together, until a signal ends it. */
#include "api/api.h"
#include "app/clock.h"
#include "app/commands.h"
#include "app/county.h"
#include "app/jobs.h"
#include "app/notice.h"
#include "app/ops.h"
#include "app/pages.h"
#include "base/log.h"
#include "org/unit.h"
#include "plan/document.h"
#include "plan/search.h"

#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

/* Small and steady: few arenas, and what is freed goes back to the system. */
static void
save_memory(void)
{
    mallopt(M_ARENA_MAX, 2);
    mallopt(M_TRIM_THRESHOLD, 128 << 10);
    mallopt(M_MMAP_THRESHOLD, 128 << 10);
}

static xj_error *
set_log_level(const xj_settings *settings)
{
    static const char *const names[] = {"debug", "info", "warn", "error"};
    const char *name = xj_settings_str(settings, XJ_SET_log_level);

    for (int i = 0; i < 4; i++)
        if (strcmp(name, names[i]) == 0) {
            xj_log_set_level((xj_log_level)i);
            return NULL;
        }
    return xj_error_new(
        XJ_E_CONFIG, "the setting \"log_level\" is debug, info, warn or error, not \"%s\"", name);
}

typedef struct house {
    xj_store *store;
    xj_blobs *blobs;
    xj_uploads *uploads;
    xj_sessions *sessions;
    xj_signin *signin;
    xj_setup *setup;
    xj_api_server *api;
    xj_jobs *jobs;
    xj_notice_ways ways;
    xj_ticker *clock;
    xj_http *http;
} house;

static void
wake_clock(void *clock)
{
    xj_ticker_wake(clock);
}

/* Take the data folder and the database, or stand by until the process that has them ends: *STORE
 * is NULL where a signal of ENDS came first. */
static xj_error *
take_data(xj_store **store, const xj_settings *settings, const sigset_t *ends, xj_pool *pool)
{
    bool said = false;

    for (;;) {
        const struct timespec nap = {.tv_sec = 1};
        xj_pool *attempt = xj_pool_child(pool);
        xj_error *err = xj_data_lock(settings, 0, attempt);

        if (err == NULL)
            err = xj_data_open(store, settings, false, attempt);
        if (!xj_error_is(err, XJ_E_UNAVAILABLE))
            return err;
        if (!said)
            xj_log(XJ_LOG_INFO, "standing-by", "why", xj_str_c(xj_error_message(err)), NULL);
        said = true;
        xj_error_clear(err);
        xj_pool_destroy(attempt);
        *store = NULL;
        if (sigtimedwait(ends, NULL, &nap) > 0)
            return NULL;
    }
}

/* What was there before the program began to serve: the store, opened and tidied. */
static xj_error *
open_house(house *h, const xj_settings *settings, const sigset_t *ends, xj_pool *pool)
{
    xj_sessions_options times = {.idle_seconds = xj_settings_int(settings, XJ_SET_session_idle),
                                 .max_seconds = xj_settings_int(settings, XJ_SET_session_max)};
    xj_pool *scratch;
    int64_t removed;
    xj_error *err;

    XJ_TRY(take_data(&h->store, settings, ends, pool));
    if (h->store == NULL)
        return NULL;
    XJ_TRY(xj_data_blobs(&h->blobs, settings, pool));
    XJ_TRY(xj_data_uploads(&h->uploads, settings, pool));
    scratch = xj_pool_child(pool);
    err = xj_plan_sweep(h->store, &removed, scratch);
    if (err == NULL)
        err = xj_unit_fill_initials(h->store, scratch);
    if (err == NULL)
        err = xj_document_fill_words(h->store, scratch);
    if (err == NULL)
        err = xj_uploads_sweep(h->uploads, h->store, scratch);
    xj_pool_destroy(scratch);
    XJ_TRY(err);
    h->sessions = xj_sessions_new(h->store, &times, pool);
    XJ_TRY(xj_signin_new(&h->signin, h->store, h->sessions, pool));
    return xj_setup_new(&h->setup, h->store, pool);
}

static xj_error *
start_http(house *h, const xj_settings *settings, xj_pool *pool)
{
    xj_api_options api = {.store = h->store,
                          .sessions = h->sessions,
                          .signin = h->signin,
                          .setup = h->setup,
                          .version = XJ_VERSION,
                          .secure_cookie = xj_settings_int(settings, XJ_SET_secure_cookie) != 0,
                          .proxy = xj_settings_str(settings, XJ_SET_proxy),
                          .blobs = h->blobs,
                          .uploads = h->uploads,
                          .jobs = h->jobs,
                          .ways = &h->ways,
                          .wake_clock = wake_clock,
                          .clock = h->clock,
                          .pages = xj_pages_answer};
    xj_http_options http = {
        .address = xj_settings_str(settings, XJ_SET_address),
        .port = (int)xj_settings_int(settings, XJ_SET_port),
        .workers = (int)xj_settings_int(settings, XJ_SET_workers),
        .connections_max = (int)xj_settings_int(settings, XJ_SET_connections),
        .queue_max = (int)xj_settings_int(settings, XJ_SET_queue),
        .idle_seconds = (int)xj_settings_int(settings, XJ_SET_idle_seconds),
        .no_access_log = xj_settings_int(settings, XJ_SET_access_log) == 0,
        .body_max = xj_api_body_max,
        .allowed = xj_api_allowed,
        .handle = xj_api_handle,
        .refuse = xj_api_refuse,
    };

    h->api = xj_api_server_new(&api, pool);
    http.arg = h->api;
    return xj_http_start(&h->http, &http, pool);
}

/* An empty server waits for whoever reads this: its page takes the token alone. */
static void
say_setup(const house *h, const xj_app *app, const char *url)
{
    const char *token = xj_setup_token(h->setup);
    char page[192];

    if (token[0] == '\0')
        return;
    snprintf(page, sizeof page, "%s/setup#%s", url, token);
    xj_log(XJ_LOG_INFO, "setup", "page", xj_str_c(page), "token", xj_str_c(token), NULL);
    if (isatty(STDERR_FILENO))
        xj_app_say(app, stderr, XJ_W_serve_setup, page, token, NULL);
}

static void
say_listening(const house *h, const xj_app *app)
{
    const xj_settings *settings = &app->settings;
    const char *address = xj_settings_str(settings, XJ_SET_address);
    bool six = strchr(address, ':') != NULL;
    char url[128], port[16];

    snprintf(port, sizeof port, "%d", xj_http_port(h->http));
    snprintf(url, sizeof url, "http://%s%s%s:%d", six ? "[" : "", address, six ? "]" : "",
             xj_http_port(h->http));
    xj_log(XJ_LOG_INFO, "listening", "url", xj_str_c(url), "address", xj_str_c(address), "port",
           xj_str_c(port), "version", XJ_STR(XJ_VERSION), "database",
           xj_str_c(xj_store_kind(h->store)), NULL);
    say_setup(h, app, url);
}

static xj_error *
serve(const xj_app *app, xj_pool *pool, const sigset_t *ends)
{
    const xj_settings *settings = &app->settings;
    /* The order of ends: first the doors (HTTP, the socket) and the runners of jobs, then sign-in,
     * then the store. */
    xj_pool *doors;
    house h = {0};
    int caught;

    XJ_TRY(set_log_level(settings));
    XJ_TRY(xj_app_ways(&h.ways, settings));
    XJ_TRY(open_house(&h, settings, ends, pool));
    if (h.store == NULL)
        return NULL;
    doors = xj_pool_child(pool);
    XJ_TRY(xj_app_jobs_open(&h.jobs, h.store, h.blobs, settings, doors));
    XJ_TRY(xj_ops_serve(h.store, h.sessions, settings, doors));
    XJ_TRY(xj_app_clock_start(&h.clock, h.store, doors));
    XJ_TRY(start_http(&h, settings, pool));
    XJ_TRY(xj_jobs_start(h.jobs));
    XJ_TRY(xj_app_county_start(h.store, doors));
    XJ_TRY(xj_app_notice_start(h.store, &h.ways, settings, doors));
    malloc_trim(0);
    say_listening(&h, app);
    sigwait(ends, &caught);
    xj_log(XJ_LOG_INFO, "stopping", NULL);
    xj_http_stop(h.http, (int)xj_settings_int(settings, XJ_SET_stop_seconds));
    xj_pool_destroy(doors);
    return NULL;
}

int
xj_cmd_serve(xj_app *app, int argc, char **argv)
{
    xj_opt opts[] = {{0}};
    const char **words;
    sigset_t ends;
    xj_pool *pool;
    xj_error *err;
    int n;

    if (!xj_app_args(app, "serve", opts, &words, &n, 0, 0, argc, argv))
        return XJ_EXIT_USAGE;
    save_memory();
    /* Blocked in every thread, taken by sigwait: no handler runs anywhere. */
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    pool = xj_pool_child(app->pool);
    err = serve(app, pool, &ends);
    xj_pool_destroy(pool);
    return err == NULL ? XJ_EXIT_OK : xj_app_fail(app, err);
}
