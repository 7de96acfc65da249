#include "http/http_priv.h"

#include <stdlib.h>
#include <sys/socket.h>

#define FIRST_BODY ((size_t)64 << 10)

/* ---- what the handler may ask ---- */

xj_method
xj_call_method(const xj_call *call)
{
    return call->method;
}

xj_str
xj_call_path(const xj_call *call)
{
    return call->path;
}

xj_str
xj_call_header(const xj_call *call, const char *name)
{
    xj_str wanted = xj_str_c(name);

    for (size_t i = 0; i < call->nheaders; i++)
        if (xj_str_eq_nocase(call->headers[i].name, wanted))
            return call->headers[i].value;
    return XJ_STR_NONE;
}

xj_str
xj_call_cookie(const xj_call *call, const char *name)
{
    return xj_cookie_find(xj_call_header(call, "Cookie"), name);
}

xj_str
xj_call_query(const xj_call *call, const char *name)
{
    xj_str wanted = xj_str_c(name);

    for (size_t i = 0; i < call->nquery; i++)
        if (xj_str_eq(call->query[i].name, wanted))
            return call->query[i].value;
    return XJ_STR_NONE;
}

size_t
xj_call_nquery(const xj_call *call)
{
    return call->nquery;
}

xj_header
xj_call_query_at(const xj_call *call, size_t index)
{
    XJ_ASSERT(index < call->nquery);
    return call->query[index];
}

const xj_header *
xj_call_queries(const xj_call *call)
{
    return call->query;
}

xj_str
xj_call_body(const xj_call *call)
{
    return xj_str_of(call->body == NULL ? "" : call->body, call->body_len);
}

xj_str
xj_call_id(const xj_call *call)
{
    return xj_str_c(call->id);
}

xj_str
xj_call_peer(const xj_call *call)
{
    return xj_str_c(call->peer);
}

xj_pool *
xj_call_pool(xj_call *call)
{
    return call->pool;
}

bool
xj_call_holds(const xj_call *call, xj_str etag)
{
    return (call->method == XJ_GET || call->method == XJ_HEAD) &&
           xj_etag_listed(xj_call_header(call, "If-None-Match"), etag);
}

void
xj_call_set_data(xj_call *call, void *data)
{
    call->data = data;
}

void *
xj_call_data(const xj_call *call)
{
    return call->data;
}

/* ---- its life ---- */

/* Ids look random so that nobody counts requests by them; splitmix64 never repeats in 2^64. */
static void
draw_id(xj_call *call)
{
    static const char digits[] = "0123456789abcdef";
    uint64_t x = call->http->id_seed +
                 UINT64_C(0x9e3779b97f4a7c15) * atomic_fetch_add(&call->http->id_next, 1);

    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    x ^= x >> 31;
    for (int i = 0; i < 16; i++, x >>= 4)
        call->id[i] = digits[x & 15];
    call->id[16] = '\0';
}

/*
 * Making and destroying a pool costs a mapping each (Debian's APR maps its blocks), which all
 * threads of the process feel; so cleared pools are kept, unless a call has made one large.
 */
#define POOL_KEPT_MAX ((size_t)256 << 10)

static xj_pool *
take_pool(xj_http *http)
{
    xj_pool *pool = NULL;

    pthread_mutex_lock(&http->pools_lock);
    if (http->npools > 0)
        pool = http->pools[--http->npools];
    pthread_mutex_unlock(&http->pools_lock);
    return pool == NULL ? xj_pool_root() : pool;
}

static void
give_pool(xj_http *http, xj_pool *pool)
{
    bool kept = false;

    if (xj_pool_peak(pool) <= POOL_KEPT_MAX) {
        xj_pool_clear(pool);
        pthread_mutex_lock(&http->pools_lock);
        kept = !http->closed && http->npools < POOLS_KEPT;
        if (kept)
            http->pools[http->npools++] = pool;
        pthread_mutex_unlock(&http->pools_lock);
    }
    if (!kept)
        xj_pool_destroy(pool);
}

void
http_call_stop(xj_http *http)
{
    pthread_mutex_lock(&http->pools_lock);
    http->closed = true;
    while (http->npools > 0)
        xj_pool_destroy(http->pools[--http->npools]);
    pthread_mutex_unlock(&http->pools_lock);
}

void *
http_call_uri(void *arg, const char *uri, struct MHD_Connection *mhd)
{
    xj_http *http = arg;
    struct conn *conn =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
    xj_pool *pool = take_pool(http);
    xj_call *call = XJ_NEW(pool, xj_call);

    call->http = http;
    call->conn = conn;
    call->mhd = mhd;
    call->pool = pool;
    atomic_init(&call->state, STATE_RUNNING);
    atomic_init(&call->refs, 1);
    call->started = http_clock_us();
    call->target = xj_str_dup(xj_str_c(uri == NULL ? "" : uri), pool);
    call->path = XJ_STR("");
    memcpy(call->peer, conn->peer, sizeof call->peer);
    draw_id(call);
    atomic_fetch_add(&http->active, 1);
    pthread_mutex_lock(&conn->lock);
    conn->call = call;
    pthread_mutex_unlock(&conn->lock);
    return call;
}

void
http_call_drop(xj_call *call)
{
    xj_http *http = call->http;

    if (atomic_fetch_sub(&call->refs, 1) != 1)
        return;
    atomic_fetch_sub(&http->bodies, call->body_cap);
    free(call->body);
    give_pool(http, call->pool);
}

void
http_call_completed(void *arg, struct MHD_Connection *mhd, void **state,
                    enum MHD_RequestTerminationCode why)
{
    xj_http *http = arg;
    xj_call *call = *state;
    struct conn *conn;

    if (call == NULL)
        return;
    *state = NULL;
    conn = call->conn;
    if (call->status == 0) {
        /* Refused by libmicrohttpd itself (a request that cannot be parsed). */
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_HTTP_STATUS);

        call->status = info == NULL ? 0 : (int)info->http_status;
    }
    http_access_add(http, call, why == MHD_REQUEST_TERMINATED_COMPLETED_OK);
    pthread_mutex_lock(&conn->lock);
    conn->call = NULL;
    pthread_mutex_unlock(&conn->lock);
    if (call->response != NULL)
        MHD_destroy_response(call->response);
    call->response = NULL;
    http_conn_phase(conn, 2000 * (int64_t)http->options.idle_seconds, true);
    http_call_drop(call);
    atomic_fetch_sub(&http->active, 1);
}

void
http_call_abandon(struct conn *conn)
{
    xj_call *call;
    int running = STATE_RUNNING;

    pthread_mutex_lock(&conn->lock);
    call = conn->call;
    if (call != NULL && call->handed) {
        atomic_fetch_add(&call->refs, 1);
        if (atomic_compare_exchange_strong(&call->state, &running, STATE_ABANDONED)) {
            static const char text[] = "the server is stopping\n";

            call->status = 503;
            call->response = MHD_create_response_from_buffer(
                sizeof text - 1, (void *)(uintptr_t)text, MHD_RESPMEM_PERSISTENT);
            MHD_add_response_header(call->response, MHD_HTTP_HEADER_CONNECTION, "close");
            MHD_resume_connection(call->mhd);
            atomic_fetch_sub(&call->http->suspended, 1);
        } else {
            atomic_fetch_sub(&call->refs, 1);
        }
    }
    pthread_mutex_unlock(&conn->lock);
}

/* ---- reading the request, in its loop ---- */

static void
refuse(xj_call *call, xj_error *err, int retry_after)
{
    http_reply_refuse(call, err, retry_after);
    call->stage = STAGE_REFUSED;
}

static xj_method
method_of(const char *method)
{
    static const char *const names[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], method) == 0)
            return (xj_method)i;
    return XJ_METHOD_OTHER;
}

struct gathering {
    xj_header items[HEADERS_MAX];
    size_t len, bytes;
};

static enum MHD_Result
gather(void *arg, enum MHD_ValueKind kind, const char *name, size_t name_len, const char *value,
       size_t value_len)
{
    struct gathering *all = arg;

    (void)kind;
    if (all->len < HEADERS_MAX)
        all->items[all->len] = (xj_header){
            {name, name_len}, {value == NULL ? "" : value, value == NULL ? 0 : value_len}};
    all->len++;
    all->bytes += name_len + value_len + 4; /* ": " and the line's end */
    return MHD_YES;
}

static bool
name_ok(xj_str name)
{
    for (size_t i = 0; i < name.len; i++)
        if ((unsigned char)name.data[i] <= ' ' || (unsigned char)name.data[i] >= 0x7f)
            return false;
    return name.len > 0;
}

static bool
value_ok(xj_str value)
{
    for (size_t i = 0; i < value.len; i++)
        if (((unsigned char)value.data[i] < ' ' && value.data[i] != '\t') || value.data[i] == 0x7f)
            return false;
    return xj_utf8_check(value) == value.len;
}

/* Copied: the handler may live longer than libmicrohttpd's texts when the server stops. */
static xj_error *
take_headers(xj_call *call)
{
    struct gathering all;
    const size_t max = call->http->options.header_max;
    char *text;

    all.len = all.bytes = 0; /* the items are set as they come */
    MHD_get_connection_values_n(call->mhd, MHD_HEADER_KIND, gather, &all);
    if (all.bytes > max)
        return xj_error_new(XJ_E_HEADERS_TOO_LARGE, "the headers have %zu bytes; the limit is %zu",
                            all.bytes, max);
    if (all.len > HEADERS_MAX)
        return xj_error_new(XJ_E_HEADERS_TOO_LARGE, "there are %zu headers; the limit is %d",
                            all.len, HEADERS_MAX);
    text = xj_alloc(call->pool, all.bytes + 1);
    call->headers = XJ_NEW_ARRAY(call->pool, xj_header, all.len + 1);
    for (size_t i = 0; i < all.len; i++) {
        xj_header from = all.items[i];

        if (!name_ok(from.name) || !value_ok(from.value))
            return xj_error_new(XJ_E_BAD_INPUT, "a header is not valid text");
        memcpy(text, from.name.data, from.name.len);
        call->headers[i].name = xj_str_of(text, from.name.len);
        text += from.name.len;
        memcpy(text, from.value.data, from.value.len);
        /* libmicrohttpd leaves white space at the end. */
        call->headers[i].value = xj_str_trim(xj_str_of(text, from.value.len));
        text += from.value.len;
    }
    call->nheaders = all.len;
    return NULL;
}

static size_t
count_header(const xj_call *call, const char *name)
{
    size_t n = 0;

    for (size_t i = 0; i < call->nheaders; i++)
        n += xj_str_eq_nocase(call->headers[i].name, xj_str_c(name));
    return n;
}

/* What decides where a request ends must be said once and clearly, or a proxy before us could see
 * other requests than we do. */
static xj_error *
check_framing(const xj_call *call, const char *version)
{
    size_t lengths = count_header(call, "Content-Length");
    size_t codings = count_header(call, "Transfer-Encoding");

    if (strcmp(version, "HTTP/1.1") == 0 && count_header(call, "Host") != 1)
        return xj_error_new(XJ_E_BAD_INPUT, "the request must have one Host header");
    if (lengths > 1 || codings > 1 || (lengths == 1 && codings == 1))
        return xj_error_new(XJ_E_BAD_INPUT, "the request says more than once how long it is");
    if (codings == 1 &&
        !xj_str_eq_nocase(xj_call_header(call, "Transfer-Encoding"), XJ_STR("chunked")))
        return xj_error_new(XJ_E_BAD_INPUT, "the only transfer coding taken is chunked");
    return NULL;
}

/* A body that may not be read; an unknown path is told as such all the same. */
static xj_error *
too_large(const xj_call *call)
{
    const xj_http_options *options = &call->http->options;

    if (options->allowed != NULL && options->allowed(options->arg, call->path) == 0)
        return xj_error_new(XJ_E_NOT_FOUND, "there is nothing under this address");
    if (call->body_max == 0)
        return xj_error_new(XJ_E_TOO_LARGE, "a body is not taken here");
    return xj_error_new(XJ_E_TOO_LARGE, "the body is longer than the limit of %zu bytes",
                        call->body_max);
}

static xj_error *
check_body(xj_call *call)
{
    const xj_http_options *options = &call->http->options;
    xj_str header = xj_call_header(call, "Content-Length");
    int64_t length = 0;

    call->body_max = options->body_max(options->arg, call->method, call->path);
    if (header.data != NULL && !xj_str_int(&length, header))
        return xj_error_new(XJ_E_BAD_INPUT, "the Content-Length is not a number");
    return (uint64_t)length > call->body_max ? too_large(call) : NULL;
}

static xj_error *
check_request(xj_call *call, const char *version)
{
    const xj_http_options *options = &call->http->options;
    xj_str id, query;

    XJ_TRY(take_headers(call));
    id = xj_call_header(call, "X-Request-Id");
    if (xj_request_id_ok(id)) {
        memcpy(call->id, id.data, id.len);
        call->id[id.len] = '\0';
    }
    if (call->target.len > options->url_max)
        return xj_error_new(XJ_E_URL_TOO_LONG, "the address has %zu bytes; the limit is %zu",
                            call->target.len, options->url_max);
    XJ_TRY(xj_url_target(&call->path, &query, call->target, call->pool));
    XJ_TRY(xj_url_query(&call->query, &call->nquery, query, options->queries_max, call->pool));
    XJ_TRY(check_framing(call, version));
    if (xj_str_eq(call->path, XJ_STR("*")) && call->method != XJ_OPTIONS)
        return xj_error_new(XJ_E_BAD_INPUT, "the path does not begin with a slash");
    if (options->allowed != NULL && call->method != XJ_OPTIONS) {
        unsigned allowed = options->allowed(options->arg, call->path);

        if (allowed != 0 && (allowed & XJ_METHOD_BIT(call->method)) == 0)
            return xj_error_new(XJ_E_METHOD_NOT_ALLOWED, "\"" XJ_FMT "\" does not take this method",
                                XJ_ARG(call->path));
    }
    return check_body(call);
}

/* The headers are complete: check them, and ask whether the body is wanted. */
static void
begin(xj_call *call, const char *method, const char *version)
{
    xj_http *http = call->http;
    xj_error *err;

    call->method = method_of(method);
    call->stage = STAGE_BODY;
    http_conn_phase(call->conn, 1000 * (int64_t)http->options.idle_seconds, true);
    if (call->conn->over) {
        refuse(call,
               xj_error_new(XJ_E_UNAVAILABLE, "the server has all the connections that it takes"),
               1);
        return;
    }
    err = check_request(call, version);
    if (err != NULL) {
        refuse(call, err, 0);
    } else if (call->method == XJ_OPTIONS && http->options.allowed != NULL) {
        http_reply_make(call, &(xj_reply){.status = 204});
        call->stage = STAGE_REFUSED;
    }
}

/* Asked of libmicrohttpd: a request may be refused before its headers are taken. */
static bool
has_body(const xj_call *call)
{
    const char *length = MHD_lookup_connection_value(call->mhd, MHD_HEADER_KIND, "Content-Length");

    return (length != NULL && strcmp(length, "0") != 0) ||
           MHD_lookup_connection_value(call->mhd, MHD_HEADER_KIND, "Transfer-Encoding") != NULL;
}

static enum MHD_Result
queue(xj_call *call)
{
    struct MHD_Response *response = call->response;
    enum MHD_Result queued;

    call->stage = STAGE_QUEUED;
    /* A reader of one byte now and then is cut as well: a second for each KB. */
    http_conn_phase(call->conn,
                    1000 * (int64_t)call->http->options.idle_seconds + (int64_t)call->sent, false);
    call->response = NULL;
    queued = MHD_queue_response(call->mhd, (unsigned)call->status, response);
    MHD_destroy_response(response);
    return queued;
}

/* A body that shows only on the way that it is too large (it came in chunks): libmicrohttpd takes
 * no response there, so it is written past it, and the connection ends. */
static enum MHD_Result
cut_short(xj_call *call, xj_error *err)
{
    xj_reply reply;
    xj_str text;

    http_reply_problem(call, err, &reply);
    text = xj_str_printf(call->pool,
                         "HTTP/1.1 %d Refused\r\nContent-Type: %s\r\nContent-Length: %zu\r\n"
                         "Connection: close\r\nCache-Control: no-store\r\n"
                         "X-Content-Type-Options: nosniff\r\nX-Request-Id: %s\r\n\r\n" XJ_FMT,
                         reply.status, reply.content_type, reply.body.len, call->id,
                         XJ_ARG(reply.body));
    call->status = reply.status;
    call->sent = reply.body.len;
    call->conn->linger = true;
    /* Nothing else waits to be sent here, so a few hundred bytes fit; if not, the client is gone.
     */
    if (send(call->conn->fd, text.data, text.len, MSG_DONTWAIT | MSG_NOSIGNAL) != (ssize_t)text.len)
        call->sent = 0;
    return MHD_NO;
}

/* Make room for N more bytes of body and the NUL behind it. */
static xj_error *
grow_body(xj_call *call, size_t n)
{
    xj_http *http = call->http;
    size_t cap = call->body_cap == 0 ? 0 : 2 * call->body_cap;
    char *body;
    xj_str header;
    int64_t length;

    if (call->body_len + n < call->body_cap)
        return NULL;
    header = xj_call_header(call, "Content-Length");
    if (cap == 0 && header.data != NULL && xj_str_int(&length, header))
        cap = (size_t)length < FIRST_BODY ? (size_t)length + 1 : FIRST_BODY;
    if (cap > call->body_max + 1)
        cap = call->body_max + 1;
    if (cap < call->body_len + n + 1)
        cap = call->body_len + n + 1;
    if (atomic_fetch_add(&http->bodies, cap - call->body_cap) + (cap - call->body_cap) >
        http->options.bodies_max) {
        atomic_fetch_sub(&http->bodies, cap - call->body_cap);
        return xj_error_new(XJ_E_UNAVAILABLE, "the server is taking too many large bodies now");
    }
    body = realloc(call->body, cap);
    if (body == NULL)
        abort();
    call->body = body;
    call->body_cap = cap;
    return NULL;
}

static enum MHD_Result
take_body(xj_call *call, const char *data, size_t *size)
{
    xj_error *err;

    if (*size > call->body_max - call->body_len)
        return cut_short(call, too_large(call));
    err = grow_body(call, *size);
    if (err != NULL)
        return cut_short(call, err);
    memcpy(call->body + call->body_len, data, *size);
    call->body_len += *size;
    call->body[call->body_len] = '\0';
    /* At least a KB a second. */
    atomic_fetch_add(&call->conn->allowed, (int64_t)*size);
    *size = 0;
    return MHD_YES;
}

/* The request is complete: suspend it and give it to a worker. */
static enum MHD_Result
hand_over(xj_call *call)
{
    xj_http *http = call->http;
    int running = STATE_RUNNING;

    http_conn_phase(call->conn, 0, false);
    atomic_fetch_add(&http->suspended, 1);
    pthread_mutex_lock(&call->conn->lock);
    call->stage = STAGE_HANDED;
    call->handed = true;
    MHD_suspend_connection(call->mhd);
    pthread_mutex_unlock(&call->conn->lock);
    if (http_work_push(http, call))
        return MHD_YES;
    if (!atomic_compare_exchange_strong(&call->state, &running, STATE_REPLIED)) {
        http_call_drop(call); /* abandoned already; no handler will */
        return MHD_YES;
    }
    http_reply_refuse(
        call, xj_error_new(XJ_E_UNAVAILABLE, "the server has all the requests that it takes"), 1);
    MHD_resume_connection(call->mhd);
    atomic_fetch_sub(&http->suspended, 1);
    return MHD_YES;
}

enum MHD_Result
http_call_step(void *arg, struct MHD_Connection *mhd, const char *url, const char *method,
               const char *version, const char *upload, size_t *upload_size, void **state)
{
    xj_call *call = *state;

    (void)arg;
    (void)mhd;
    (void)url;
    switch (call->stage) {
    case STAGE_NEW:
        begin(call, method, version);
        if (call->stage != STAGE_REFUSED || !has_body(call))
            return MHD_YES;
        /* Before the body: libmicrohttpd sends this and closes. */
        call->conn->linger = true;
        return queue(call);
    case STAGE_BODY:
        return *upload_size > 0 ? take_body(call, upload, upload_size) : hand_over(call);
    case STAGE_REFUSED:
        *upload_size = 0;
        return queue(call);
    case STAGE_HANDED:
        return queue(call);
    case STAGE_QUEUED:
        break;
    }
    *upload_size = 0;
    return MHD_YES;
}
