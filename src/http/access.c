#include "http/http_priv.h"

#include "base/cal.h"
#include "base/log.h"

#include <inttypes.h>

/*
 * One line a request.  The loops only append to a buffer; the tending thread writes it out.  Where
 * it is full (standard error hangs), lines are counted and dropped: a loop never waits.
 */
#define ROOM ((size_t)256 << 10)
#define FLUSH_AT ((size_t)64 << 10)
#define PATH_MAX_LOGGED 512

void
http_access_start(xj_http *http, xj_pool *pool)
{
    struct access *access = &http->access;

    pthread_mutex_init(&access->lock, NULL);
    if (http->options.no_access_log)
        return;
    access->text = xj_alloc(pool, ROOM);
    access->spare = xj_alloc(pool, ROOM);
}

static const char *
method_name(xj_method method)
{
    static const char *const names[] = {"GET",   "HEAD",   "POST",    "PUT",
                                        "PATCH", "DELETE", "OPTIONS", "OTHER"};

    return names[method];
}

/* PATH without what would need an escape in JSON (it is valid UTF-8 without controls). */
static size_t
put_path(char *out, xj_str path)
{
    size_t n = 0;

    for (size_t i = 0; i < path.len && n < PATH_MAX_LOGGED; i++)
        out[n++] = path.data[i] == '"' || path.data[i] == '\\' ? '\'' : path.data[i];
    /* Not within a character. */
    while (n > 0 && n < path.len && ((unsigned char)path.data[n] & 0xc0) == 0x80)
        n--;
    return n;
}

void
http_access_add(xj_http *http, const xj_call *call, bool complete)
{
    struct access *access = &http->access;
    char line[PATH_MAX_LOGGED + 512], path[PATH_MAX_LOGGED], now[XJ_INSTANT_LEN];
    size_t before, path_len;
    int n;

    if (http->options.no_access_log)
        return;
    xj_instant_format(now, xj_now());
    path_len = put_path(path, call->path);
    n = snprintf(line, sizeof line,
                 "{\"time\":\"%s\",\"level\":\"info\",\"event\":\"request\",\"request\":\"%s\","
                 "\"method\":\"%s\",\"path\":\"%.*s\",\"status\":%d,\"bytes\":%zu,"
                 "\"micros\":%" PRId64 "%s%s%s%s}\n",
                 now, call->id, method_name(call->method), (int)path_len, path, call->status,
                 call->sent, http_clock_us() - call->started,
                 call->code == NULL ? "" : ",\"code\":\"", call->code == NULL ? "" : call->code,
                 call->code == NULL ? "" : "\"", complete ? "" : ",\"cut\":true");
    XJ_ASSERT(n > 0 && (size_t)n < sizeof line);
    pthread_mutex_lock(&access->lock);
    before = access->len;
    if (before + (size_t)n > ROOM) {
        access->dropped++;
    } else {
        memcpy(access->text + before, line, (size_t)n);
        access->len += (size_t)n;
    }
    pthread_mutex_unlock(&access->lock);
    if (before < FLUSH_AT && before + (size_t)n >= FLUSH_AT)
        http_tend_wake(http);
}

void
http_access_flush(xj_http *http)
{
    struct access *access = &http->access;
    int64_t dropped;
    xj_str text;

    if (http->options.no_access_log)
        return;
    pthread_mutex_lock(&access->lock);
    text = xj_str_of(access->text, access->len);
    dropped = access->dropped;
    access->text = access->spare;
    access->spare = (char *)(uintptr_t)text.data;
    access->len = 0;
    access->dropped = 0;
    pthread_mutex_unlock(&access->lock);
    if (text.len > 0)
        xj_log_lines(XJ_LOG_INFO, text);
    if (dropped > 0) {
        char count[24];

        snprintf(count, sizeof count, "%" PRId64, dropped);
        xj_log(XJ_LOG_WARN, "access_log_dropped", "lines", xj_str_c(count), NULL);
    }
}

void
http_access_stop(xj_http *http)
{
    http_access_flush(http);
    pthread_mutex_destroy(&http->access.lock);
}
