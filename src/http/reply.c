#include "http/http_priv.h"

#include "base/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#define GZIP_FROM ((size_t)1 << 10)
/* A list of 25 tasks, 17 KB: 1.7 KB in half the time that level 6 takes for 1.4 KB. */
#define GZIP_LEVEL 3
#define GZIP_WRAP (15 + 16)

/* ---- compressing; making a compressor costs more than a small reply, so they are kept ---- */

struct gzip {
    z_stream stream;
    struct gzip *next;
};

static struct gzip *
gzip_take(xj_http *http)
{
    struct gzip *gzip;

    pthread_mutex_lock(&http->gzip_lock);
    gzip = http->gzips;
    if (gzip != NULL)
        http->gzips = gzip->next;
    pthread_mutex_unlock(&http->gzip_lock);
    if (gzip != NULL) {
        deflateReset(&gzip->stream);
        return gzip;
    }
    gzip = calloc(1, sizeof *gzip);
    if (gzip == NULL || deflateInit2(&gzip->stream, GZIP_LEVEL, Z_DEFLATED, GZIP_WRAP, 8,
                                     Z_DEFAULT_STRATEGY) != Z_OK)
        abort();
    return gzip;
}

static void
gzip_give(xj_http *http, struct gzip *gzip)
{
    pthread_mutex_lock(&http->gzip_lock);
    gzip->next = http->gzips;
    http->gzips = gzip;
    pthread_mutex_unlock(&http->gzip_lock);
}

void
http_gzip_stop(xj_http *http)
{
    while (http->gzips != NULL) {
        struct gzip *gzip = http->gzips;

        http->gzips = gzip->next;
        deflateEnd(&gzip->stream);
        free(gzip);
    }
}

/* TEXT compressed, or XJ_STR_NONE where that saves nothing. */
static xj_str
compress_text(xj_call *call, xj_str text)
{
    struct gzip *gzip;
    char *out;
    size_t len;
    int result;

    if (text.len > UINT32_MAX / 2)
        return XJ_STR_NONE;
    gzip = gzip_take(call->http);
    out = xj_alloc(call->pool, text.len);
    gzip->stream.next_in = (Bytef *)(uintptr_t)text.data;
    gzip->stream.avail_in = (uInt)text.len;
    gzip->stream.next_out = (Bytef *)out;
    gzip->stream.avail_out = (uInt)text.len;
    result = deflate(&gzip->stream, Z_FINISH);
    len = gzip->stream.total_out;
    gzip_give(call->http, gzip);
    return result == Z_STREAM_END && len < text.len ? xj_str_of(out, len) : XJ_STR_NONE;
}

/* ---- the response ---- */

struct making {
    xj_call *call;
    struct MHD_Response *response;
    bool ok;
};

static void
put(struct making *m, const char *name, const char *value)
{
    if (MHD_add_response_header(m->response, name, value) != MHD_YES)
        m->ok = false;
}

static bool
has_header(const xj_reply *reply, const char *name)
{
    for (size_t i = 0; i < reply->nheaders; i++)
        if (xj_str_eq_nocase(reply->headers[i].name, xj_str_c(name)))
            return true;
    return false;
}

static void
put_allow(struct making *m)
{
    static const char *const names[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
    const xj_http_options *options = &m->call->http->options;
    unsigned allowed = XJ_METHOD_BIT(XJ_GET) | XJ_METHOD_BIT(XJ_HEAD);
    char list[64] = "";
    size_t len = 0;

    if (options->allowed != NULL)
        allowed = options->allowed(options->arg, m->call->path);
    allowed |= XJ_METHOD_BIT(XJ_OPTIONS);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if ((allowed & (1u << i)) != 0)
            len += (size_t)snprintf(list + len, sizeof list - len, "%s%s", len == 0 ? "" : ", ",
                                    names[i]);
    put(m, MHD_HTTP_HEADER_ALLOW, list);
}

static void
put_headers(struct making *m, const xj_reply *reply, int status, bool packed, bool varies)
{
    xj_call *call = m->call;

    if (reply->content_type != NULL && status != 304)
        put(m, MHD_HTTP_HEADER_CONTENT_TYPE, reply->content_type);
    if (packed && status != 304)
        put(m, MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip");
    if (varies)
        put(m, MHD_HTTP_HEADER_VARY, MHD_HTTP_HEADER_ACCEPT_ENCODING);
    if (reply->etag.len > 0)
        put(m, MHD_HTTP_HEADER_ETAG,
            xj_str_printf(call->pool, "\"" XJ_FMT "\"", XJ_ARG(reply->etag)).data);
    put(m, MHD_HTTP_HEADER_CACHE_CONTROL,
        reply->cache_control == NULL ? "no-store" : reply->cache_control);
    put(m, "X-Request-Id", call->id);
    put(m, "X-Content-Type-Options", "nosniff");
    put(m, "Referrer-Policy", "same-origin");
    if (reply->content_type != NULL && xj_type_is(xj_str_c(reply->content_type), "text/html") &&
        !has_header(reply, "Content-Security-Policy"))
        put(m, "Content-Security-Policy", call->http->options.html_policy);
    for (size_t i = 0; i < reply->nheaders; i++)
        put(m, xj_str_cdup(reply->headers[i].name, call->pool),
            xj_str_cdup(reply->headers[i].value, call->pool));
    if (status == 405 || (status == 204 && call->method == XJ_OPTIONS))
        put_allow(m);
    if (call->conn->over || atomic_load_explicit(&call->http->stopping, memory_order_relaxed))
        put(m, MHD_HTTP_HEADER_CONNECTION, "close");
}

static bool
make(xj_call *call, const xj_reply *reply)
{
    struct making m = {.call = call, .ok = true};
    int status = reply->status;
    xj_str body = reply->content_type == NULL ? XJ_STR("") : reply->body, packed = XJ_STR_NONE;
    bool varies;

    if (status == 200 && reply->etag.len > 0 && xj_call_holds(call, reply->etag))
        status = 304;
    varies = reply->gzipped.len > 0 || (reply->content_type != NULL && body.len > GZIP_FROM &&
                                        xj_type_is_text(xj_str_c(reply->content_type)));
    if (varies && status != 304 && xj_accepts_gzip(xj_call_header(call, "Accept-Encoding")))
        packed = reply->gzipped.len > 0 ? reply->gzipped : compress_text(call, body);
    if (packed.len > 0)
        body = packed;
    if (status == 304)
        body = XJ_STR("");
    /* Not copied: the body lives as long as the call, which outlives the response. */
    m.response = MHD_create_response_from_buffer(body.len, (void *)(uintptr_t)body.data,
                                                 MHD_RESPMEM_PERSISTENT);
    XJ_ASSERT(m.response != NULL);
    put_headers(&m, reply, status, packed.len > 0, varies);
    if (!m.ok) {
        MHD_destroy_response(m.response);
        return false;
    }
    call->response = m.response;
    call->status = status;
    call->sent = call->method == XJ_HEAD ? 0 : body.len;
    return true;
}

void
http_reply_make(xj_call *call, const xj_reply *reply)
{
    XJ_ASSERT(reply->nheaders <= XJ_REPLY_HEADERS_MAX);
    if (make(call, reply))
        return;
    http_reply_refuse(call,
                      xj_error_new(XJ_E_INTERNAL, "the reply has a header that cannot be sent"), 0);
}

void
http_reply_problem(xj_call *call, xj_error *err, xj_reply *reply)
{
    const xj_http_options *options = &call->http->options;
    int status = xj_code_status(xj_error_code(err));

    *reply = (xj_reply){.status = status};
    call->code = xj_code_wire(xj_error_code(err));
    if (options->refuse != NULL) {
        options->refuse(options->arg, call, err, reply);
        reply->status = status;
    } else {
        reply->content_type = "text/plain; charset=utf-8";
        reply->body = xj_str_printf(call->pool, "%s\n", xj_error_message(err));
    }
    xj_error_clear(err);
}

void
http_reply_refuse(xj_call *call, xj_error *err, int retry_after)
{
    xj_reply reply;

    http_reply_problem(call, err, &reply);
    if (retry_after > 0 && reply.nheaders < XJ_REPLY_HEADERS_MAX)
        reply.headers[reply.nheaders++] =
            (xj_header){XJ_STR("Retry-After"), xj_str_printf(call->pool, "%d", retry_after)};
    /* A form of errors that cannot be sent is a bug of ours, and must not come back here. */
    XJ_ASSERT(make(call, &reply));
}

/* True if the handler may end CALL; otherwise the server has, and the call is given back. */
static bool
may_end(xj_call *call)
{
    int running = STATE_RUNNING;

    if (atomic_compare_exchange_strong(&call->state, &running, STATE_REPLIED))
        return true;
    XJ_ASSERT(running == STATE_ABANDONED); /* a second reply */
    http_call_drop(call);
    return false;
}

static void
resume(xj_call *call)
{
    xj_http *http = call->http; /* the call may be gone right after */

    MHD_resume_connection(call->mhd);
    atomic_fetch_sub(&http->suspended, 1);
}

void
xj_call_reply(xj_call *call, const xj_reply *reply)
{
    if (!may_end(call))
        return;
    http_reply_make(call, reply);
    resume(call);
}

void
xj_call_fail(xj_call *call, xj_error *err)
{
    if (xj_code_status(xj_error_code(err)) >= 500)
        xj_log_error("request_failed", err, xj_call_id(call));
    if (!may_end(call)) {
        xj_error_clear(err);
        return;
    }
    http_reply_refuse(call, err, 0);
    resume(call);
}
