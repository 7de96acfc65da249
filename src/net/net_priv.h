/* net/net_priv.h -- what mail.c and post.c share: a handle with the limits of all calls. */
#pragma once

#include "net/net.h"

#include <curl/curl.h>

typedef struct xj_net__call {
    CURL *curl;
    struct curl_slist *list; /* headers or recipients; ends with the pool */
    xj_buf answer;
    bool answer_full;
    char words[CURL_ERROR_SIZE]; /* what libcurl says of a failure */
} xj_net__call;

/* A call to URL with PROTOCOLS ("http,https") and SECONDS in all; it ends with POOL.
 * Errors: BAD_INPUT for a URL that is empty, too long, or has control characters or spaces. */
XJ_MUST_USE xj_error *xj_net__open(xj_net__call **call, xj_str url, const char *protocols,
                                   int seconds, xj_pool *pool);
void xj_net__add(xj_net__call *call, const char *line);
/* What libcurl's RESULT of a failed call means. */
xj_error *xj_net__failed(const xj_net__call *call, CURLcode result) XJ_MUST_USE XJ_NONNULL;
