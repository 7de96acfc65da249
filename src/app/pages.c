#include "app/pages.h"

static const xj_page *
find_page(xj_str path)
{
    size_t low = 0, high = xj_npages;

    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = xj_str_cmp(xj_str_c(xj_pages[middle].path), path);

        if (order == 0)
            return &xj_pages[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static xj_str
span(const unsigned char *from, const unsigned char *to)
{
    return xj_str_of((const char *)from, (size_t)(to - from));
}

/* A file's name has a dot behind its last slash; what has none is a route of the page's own. */
static bool
is_file(xj_str path)
{
    size_t slash = xj_str_rfind(path, XJ_STR("/"));

    return xj_str_has(xj_str_skip(path, slash == XJ_NPOS ? 0 : slash), XJ_STR("."));
}

void
xj_pages_answer(void *arg, xj_call *call)
{
    xj_str path = xj_call_path(call);
    const xj_page *page = find_page(path);
    xj_reply reply = {.status = 200};

    (void)arg;
    if (xj_call_method(call) != XJ_GET && xj_call_method(call) != XJ_HEAD) {
        xj_call_fail(call, xj_error_new(XJ_E_METHOD_NOT_ALLOWED, "pages are only read"));
        return;
    }
    if (page == NULL && !is_file(path))
        page = find_page(XJ_STR("/index.html"));
    if (page == NULL) {
        xj_call_fail(call, xj_error_new(XJ_E_NOT_FOUND, "there is no such page"));
        return;
    }
    reply.content_type = page->type;
    reply.body = span(page->body, page->body_end);
    reply.gzipped = span(page->gzip, page->gzip_end);
    reply.etag = xj_str_c(page->etag);
    reply.cache_control = page->lasting ? "public, max-age=31536000, immutable" : "no-cache";
    xj_call_reply(call, &reply);
}
