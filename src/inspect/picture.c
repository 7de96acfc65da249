/* A JPEG or PNG without what it says of place, camera and people. */
#include "inspect/inspect_priv.h"

static xj_error *
broken(const char *kind)
{
    return xj_error_new(XJ_E_BAD_INPUT, "the %s is broken off or damaged", kind);
}

static size_t
be16(const unsigned char *p)
{
    return (size_t)p[0] << 8 | p[1];
}

static size_t
be32(const unsigned char *p)
{
    return be16(p) << 16 | be16(p + 2);
}

/* ---- JPEG: segments up to the first scan, then everything up to the end of the image ---- */

/* Application segments but JFIF (0) and Adobe's colours (14), and comments, say nothing of pixels.
 */
static bool
keeps_segment(unsigned char marker)
{
    return marker != 0xfe &&
           !(marker >= 0xe0 && marker <= 0xef && marker != 0xe0 && marker != 0xee);
}

/* The bytes of a scan end before the next marker that is none of its own (stuffing, restarts). */
static size_t
scan_end(const unsigned char *p, size_t at, size_t len)
{
    while (at + 1 < len &&
           !(p[at] == 0xff && p[at + 1] != 0 && !(p[at + 1] >= 0xd0 && p[at + 1] <= 0xd7)))
        at++;
    return at;
}

static xj_error *
clean_jpeg(xj_buf *out, xj_str bytes)
{
    const unsigned char *p = (const unsigned char *)bytes.data;
    size_t at = 2;
    bool scanned = false;

    xj_buf_add(out, xj_str_sub(bytes, 0, 2));
    while (at + 4 <= bytes.len || (at + 2 <= bytes.len && p[at + 1] == 0xd9)) {
        size_t end;

        if (p[at] != 0xff)
            return broken("JPEG");
        if (p[at + 1] == 0xff) { /* padding before a marker */
            at++;
            continue;
        }
        if (p[at + 1] == 0xd9) {
            xj_buf_add(out, xj_str_sub(bytes, at, at + 2));
            return scanned ? NULL : broken("JPEG");
        }
        end = at + 2 + be16(p + at + 2);
        if (be16(p + at + 2) < 2 || end > bytes.len)
            return broken("JPEG");
        if (p[at + 1] == 0xda) {
            end = scan_end(p, end, bytes.len);
            scanned = true;
        }
        if (keeps_segment(p[at + 1]))
            xj_buf_add(out, xj_str_sub(bytes, at, end));
        at = end;
    }
    return broken("JPEG");
}

/* ---- PNG: critical chunks and those of colours ---- */

static bool
keeps_chunk(xj_str type)
{
    static const char *const kinds[] = {"IHDR", "PLTE", "IDAT", "IEND", "tRNS",
                                        "gAMA", "cHRM", "sRGB", "sBIT"};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (xj_str_eq(type, xj_str_c(kinds[i])))
            return true;
    return false;
}

static xj_error *
clean_png(xj_buf *out, xj_str bytes)
{
    const unsigned char *p = (const unsigned char *)bytes.data;
    size_t at = 8;

    xj_buf_add(out, xj_str_sub(bytes, 0, 8));
    while (at + 12 <= bytes.len) {
        const size_t size = be32(p + at);
        const xj_str type = xj_str_sub(bytes, at + 4, at + 8);

        if (size > bytes.len - at - 12 || (at == 8) != xj_str_eq(type, XJ_STR("IHDR")))
            return broken("PNG");
        if (keeps_chunk(type))
            xj_buf_add(out, xj_str_sub(bytes, at, at + 12 + size));
        if (xj_str_eq(type, XJ_STR("IEND")))
            return NULL;
        at += 12 + size;
    }
    return broken("PNG");
}

xj_error *
xj_picture_clean(xj_str *clean, const char **media, xj_str bytes, xj_pool *result)
{
    const bool jpeg = bytes.len >= 3 && memcmp(bytes.data, "\xff\xd8\xff", 3) == 0;
    const bool png = bytes.len >= 8 && memcmp(bytes.data, "\x89PNG\r\n\x1a\n", 8) == 0;
    xj_buf out;

    if (bytes.len > XJ_PICTURE_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "a picture has at most %zu bytes", XJ_PICTURE_MAX);
    if (!jpeg && !png)
        return xj_error_new(XJ_E_UNSUPPORTED_KIND, "a picture is a JPEG or a PNG");
    xj_buf_init(&out, result, XJ_PICTURE_MAX);
    XJ_TRY(jpeg ? clean_jpeg(&out, bytes) : clean_png(&out, bytes));
    XJ_TRY(xj_buf_check(&out));
    *clean = xj_buf_str(&out);
    *media = jpeg ? "image/jpeg" : "image/png";
    return NULL;
}
