#include "net/net_priv.h"

#include <sodium.h>

xj_str
xj_net_post_signature(xj_str secret, int64_t at, xj_str body, xj_pool *result)
{
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    char hex[2 * sizeof mac + 1], seconds[32];
    crypto_auth_hmacsha256_state state;

    snprintf(seconds, sizeof seconds, "%lld.", (long long)(at / 1000000));
    crypto_auth_hmacsha256_init(&state, (const unsigned char *)secret.data, secret.len);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)seconds, strlen(seconds));
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)body.data, body.len);
    crypto_auth_hmacsha256_final(&state, mac);
    sodium_bin2hex(hex, sizeof hex, mac, sizeof mac);
    return xj_str_printf(result, "t=%lld,v1=%s", (long long)(at / 1000000), hex);
}

static bool
header_ok(xj_str value)
{
    for (size_t i = 0; i < value.len; i++)
        if ((unsigned char)value.data[i] < ' ' || (unsigned char)value.data[i] >= 0x7f)
            return false;
    return value.len > 0 && value.len <= 200;
}

static xj_error *
check(const xj_net_post *post)
{
    if (!xj_str_starts(post->url, XJ_STR("http://")) &&
        !xj_str_starts(post->url, XJ_STR("https://")))
        return xj_error_new(XJ_E_BAD_INPUT, "the address begins with http:// or https://");
    if (!header_ok(post->content_type) || (post->id.len > 0 && !header_ok(post->id)))
        return xj_error_new(XJ_E_BAD_INPUT, "the kind or the id of the message is not valid");
    if (post->body.len > XJ_NET_BODY_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "the message has %zu bytes; the limit is %zu",
                            post->body.len, XJ_NET_BODY_MAX);
    return NULL;
}

static void
add_headers(xj_net__call *call, const xj_net_post *post, xj_pool *pool)
{
    xj_net__add(
        call, xj_str_cdup(xj_str_printf(pool, "Content-Type: " XJ_FMT, XJ_ARG(post->content_type)),
                          pool));
    xj_net__add(call, "Expect:");
    if (post->id.len > 0)
        xj_net__add(
            call, xj_str_cdup(xj_str_printf(pool, "Xingjian-Id: " XJ_FMT, XJ_ARG(post->id)), pool));
    if (post->secret.len > 0) {
        const xj_str signature = xj_net_post_signature(post->secret, post->at, post->body, pool);

        xj_net__add(
            call, xj_str_cdup(xj_str_printf(pool, "Xingjian-Signature: " XJ_FMT, XJ_ARG(signature)),
                              pool));
    }
    curl_easy_setopt(call->curl, CURLOPT_HTTPHEADER, call->list);
}

/* What the other side's STATUS means. */
static xj_error *
judge(long status)
{
    if (status >= 200 && status < 300)
        return NULL;
    if (status == 408 || status == 429 || status >= 500)
        return xj_error_new(XJ_E_UNAVAILABLE, "the other side cannot take the message now (%ld)",
                            status);
    return xj_error_new(XJ_E_REFUSED, "the other side refused the message (%ld)", status);
}

static xj_error *
send_in(xj_str *answer, const xj_net_post *post, xj_pool *pool, xj_pool *result)
{
    xj_net__call *call;
    CURLcode code;
    long status = 0;

    XJ_TRY(xj_net__open(&call, post->url, "http,https", post->seconds == 0 ? 15 : post->seconds,
                        pool));
    add_headers(call, post, pool);
    curl_easy_setopt(call->curl, CURLOPT_POSTFIELDS,
                     post->body.data == NULL ? "" : post->body.data);
    curl_easy_setopt(call->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)post->body.len);
    code = curl_easy_perform(call->curl);
    if (call->answer_full)
        return xj_error_new(XJ_E_TOO_LARGE, "the answer has more than %zu bytes",
                            XJ_NET_ANSWER_MAX);
    if (code != CURLE_OK)
        return xj_net__failed(call, code);
    curl_easy_getinfo(call->curl, CURLINFO_RESPONSE_CODE, &status);
    XJ_TRY(judge(status));
    if (answer != NULL)
        *answer = xj_str_dup(xj_buf_str(&call->answer), result);
    return NULL;
}

xj_error *
xj_net_post_send(xj_str *answer, const xj_net_post *post, xj_pool *result)
{
    xj_pool *pool;
    xj_error *err;

    XJ_TRY(check(post));
    pool = xj_pool_child(result);
    err = send_in(answer, post, pool, result);
    xj_pool_destroy(pool);
    return err;
}
