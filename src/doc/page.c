/*
 * doc/page.c -- a page of a file as it looks, for people who compare it with what was read.
 *
 * A PDF is drawn in the child that also reads such files; a picture is handed on as it came, for
 * the browser has a sandbox of its own for pictures.
 */
#include "doc/doc_priv.h"

#include <stdatomic.h>

#define DRAWING_MAX 4 /* at once: each is a child with memory of its own */
#define DRAW_SECONDS 15
#define DRAW_MEMORY ((size_t)768 << 20)

static const char *
type_of(xj_str picture)
{
    if (xj_str_starts(picture, XJ_STR("\x89PNG")))
        return "image/png";
    if (xj_str_starts(picture, XJ_STR("\xff\xd8")))
        return "image/jpeg";
    return xj_str_starts(picture, XJ_STR("BM")) ? "image/bmp" : NULL;
}

static xj_error *
picture_page(xj_doc_page *drawn, xj_str bytes, int page, xj_pool *result)
{
    const float scale = 72.0f / XJ_OCR_DPI;
    const char *type = type_of(bytes);
    uint32_t width, height;

    if (type == NULL)
        return xj_error_new(XJ_E_UNSUPPORTED_KIND, "browsers do not show this kind of picture");
    if (page != 1)
        return xj_error_new(XJ_E_NOT_FOUND, "a picture has one page");
    xj_doc__picture_size(&width, &height, bytes);
    if (width == 0 || height == 0)
        return xj_error_new(XJ_E_BAD_INPUT, "the picture is damaged or cut short");
    *drawn = (xj_doc_page){.width = (float)width * scale,
                           .height = (float)height * scale,
                           .pages = 1,
                           .type = type,
                           .picture = xj_str_dup(bytes, result)};
    return NULL;
}

xj_error *
xj_doc_page_apart(xj_doc_page *drawn, xj_str bytes, int page, int width,
                  const xj_doc_limits *limits, xj_pool *result, xj_pool *scratch)
{
    static const xj_doc_limits usual = {.seconds = DRAW_SECONDS, .memory = DRAW_MEMORY};
    static atomic_int drawing;
    xj_doc_kind kind = xj_doc_kind_of(bytes);
    xj_error *err;
    xj_pool *pool;
    xj_str packed;

    XJ_ASSERT(page > 0 && width > 0 && width <= XJ_DOC_WIDTH_MAX);
    if (kind == XJ_DOC_PICTURE)
        return picture_page(drawn, bytes, page, result);
    if (kind != XJ_DOC_PDF)
        return xj_error_new(XJ_E_UNSUPPORTED_KIND, "a %s file has no pages to look at",
                            xj_doc_kind_word(kind));
    if (atomic_fetch_add(&drawing, 1) >= DRAWING_MAX) {
        atomic_fetch_sub(&drawing, 1);
        return xj_error_new(XJ_E_TOO_MANY, "too many pages are being drawn at once");
    }
    pool = xj_pool_child(scratch);
    err = xj_doc__ask_child(&packed, bytes, limits == NULL ? &usual : limits, page, width, pool);
    if (err == NULL)
        err = xj_doc__unpack_page(drawn, packed, result);
    xj_pool_destroy(pool);
    atomic_fetch_sub(&drawing, 1);
    return err;
}
