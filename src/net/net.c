#include "net/net_priv.h"

#include <pthread.h>

/* ---- the library ---- */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int started;

void
xj_net_start(void)
{
    pthread_mutex_lock(&lock);
    if (started++ == 0)
        XJ_ASSERT(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
    pthread_mutex_unlock(&lock);
}

void
xj_net_stop(void)
{
    pthread_mutex_lock(&lock);
    XJ_ASSERT(started > 0);
    if (--started == 0)
        curl_global_cleanup();
    pthread_mutex_unlock(&lock);
}

/* ---- one call ---- */

static void
end_call(void *arg)
{
    xj_net__call *call = arg;

    curl_easy_cleanup(call->curl);
    curl_slist_free_all(call->list);
}

/* What comes back beyond the limit ends the call. */
static size_t
take_answer(char *data, size_t size, size_t count, void *arg)
{
    xj_net__call *call = arg;

    xj_buf_add(&call->answer, xj_str_of(data, size * count));
    if (call->answer.full) {
        call->answer_full = true;
        return 0;
    }
    return size * count;
}

static bool
url_ok(xj_str url)
{
    if (url.len == 0 || url.len > XJ_NET_URL_MAX)
        return false;
    for (size_t i = 0; i < url.len; i++)
        if ((unsigned char)url.data[i] <= ' ' || (unsigned char)url.data[i] >= 0x7f)
            return false;
    return true;
}

xj_error *
xj_net__open(xj_net__call **out, xj_str url, const char *protocols, int seconds, xj_pool *pool)
{
    xj_net__call *call = XJ_NEW(pool, xj_net__call);

    if (!url_ok(url))
        return xj_error_new(XJ_E_BAD_INPUT,
                            "the address is empty, longer than %d bytes, or has characters that "
                            "no address has",
                            XJ_NET_URL_MAX);
    call->curl = curl_easy_init();
    XJ_ASSERT(call->curl != NULL);
    xj_pool_on_end(pool, end_call, call);
    xj_buf_init(&call->answer, pool, XJ_NET_ANSWER_MAX);
    curl_easy_setopt(call->curl, CURLOPT_URL, xj_str_cdup(url, pool));
    curl_easy_setopt(call->curl, CURLOPT_PROTOCOLS_STR, protocols);
    curl_easy_setopt(call->curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(call->curl, CURLOPT_PROXY, "");
    curl_easy_setopt(call->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(call->curl, CURLOPT_TIMEOUT, (long)seconds);
    curl_easy_setopt(call->curl, CURLOPT_CONNECTTIMEOUT, (long)(seconds < 10 ? seconds : 10));
    curl_easy_setopt(call->curl, CURLOPT_ERRORBUFFER, call->words);
    curl_easy_setopt(call->curl, CURLOPT_WRITEFUNCTION, take_answer);
    curl_easy_setopt(call->curl, CURLOPT_WRITEDATA, call);
    *out = call;
    return NULL;
}

void
xj_net__add(xj_net__call *call, const char *line)
{
    struct curl_slist *list = curl_slist_append(call->list, line);

    XJ_ASSERT(list != NULL);
    call->list = list;
}

xj_error *
xj_net__failed(const xj_net__call *call, CURLcode result)
{
    const char *words = call->words[0] == '\0' ? curl_easy_strerror(result) : call->words;

    switch (result) {
    case CURLE_URL_MALFORMAT:
        return xj_error_detail(xj_error_new(XJ_E_BAD_INPUT, "the address cannot be called"), "%s",
                               words);
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
        return xj_error_detail(xj_error_new(XJ_E_REFUSED, "the other side speaks another protocol"),
                               "%s", words);
    case CURLE_OPERATION_TIMEDOUT:
        return xj_error_detail(xj_error_new(XJ_E_TIMEOUT, "the other side did not answer in time"),
                               "%s", words);
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
        return xj_error_detail(
            xj_error_new(XJ_E_REFUSED, "the other side's certificate does not hold"), "%s", words);
    case CURLE_USE_SSL_FAILED:
        return xj_error_detail(
            xj_error_new(XJ_E_REFUSED, "the mail server offers no encryption, which is required"),
            "%s", words);
    case CURLE_LOGIN_DENIED:
        return xj_error_detail(
            xj_error_new(XJ_E_REFUSED, "the mail server refused the user name or the password"),
            "%s", words);
    default:
        return xj_error_detail(
            xj_error_new(XJ_E_UNAVAILABLE, "the other side could not be reached"), "%s", words);
    }
}
