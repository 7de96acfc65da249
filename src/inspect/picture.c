/* The pictures of findings: which are taken, and that they tell nothing but what they show. */
#include "inspect/inspect_priv.h"

#include "doc/media.h"

xj_error *
xj_picture_clean(xj_str *clean, const char **media, xj_str bytes, xj_pool *result)
{
    const xj_media_kind kind = xj_media_kind_of(bytes);
    xj_media bare;
    xj_buf out;

    if (bytes.len > XJ_PICTURE_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "a picture has at most %zu bytes", XJ_PICTURE_MAX);
    if (kind != XJ_MEDIA_JPEG && kind != XJ_MEDIA_PNG)
        return xj_error_new(XJ_E_UNSUPPORTED_KIND, "a picture is a JPEG or a PNG");
    XJ_TRY(xj_media_bare(&bare, kind, bytes, result));
    xj_buf_init(&out, result, XJ_PICTURE_MAX);
    for (size_t i = 0; i < bare.n; i++)
        xj_buf_add(&out, bare.parts[i]);
    XJ_TRY(xj_buf_check(&out));
    *clean = xj_buf_str(&out);
    *media = kind == XJ_MEDIA_JPEG ? "image/jpeg" : "image/png";
    return NULL;
}
