#include "doc/media.h"

#include "base/vec.h"

struct parts {
    XJ_VEC(xj_str) items;
    xj_str bytes;
    xj_pool *pool;
    size_t kept_to; /* what of BYTES lies behind it is not decided yet */
    bool bare;
};

static unsigned
u8(xj_str s, size_t at)
{
    return (unsigned char)s.data[at];
}

static uint32_t
be32(xj_str s, size_t at)
{
    return u8(s, at) << 24 | u8(s, at + 1) << 16 | u8(s, at + 2) << 8 | u8(s, at + 3);
}

static void
keep(struct parts *p, size_t to)
{
    if (to > p->kept_to)
        xj_vec_push(&p->items, p->pool, xj_str_sub(p->bytes, p->kept_to, to));
    p->kept_to = to;
}

/* Leave out FROM .. TO, which nothing before has passed. */
static void
leave(struct parts *p, size_t from, size_t to)
{
    keep(p, from);
    p->kept_to = to;
    p->bare = true;
}

static xj_error *
broken(const char *kind)
{
    return xj_error_new(XJ_E_BAD_INPUT, "the %s file is damaged", kind);
}

xj_media_kind
xj_media_kind_of(xj_str bytes)
{
    if (xj_str_starts(bytes, XJ_STR("\xff\xd8\xff")))
        return XJ_MEDIA_JPEG;
    if (xj_str_starts(bytes, XJ_STR("\x89PNG\r\n\x1a\n")))
        return XJ_MEDIA_PNG;
    if (bytes.len >= 12 && xj_str_eq(xj_str_sub(bytes, 4, 8), XJ_STR("ftyp"))) {
        static const char *const brands[] = {"isom", "iso2", "iso4", "iso5", "iso6",
                                             "mp41", "mp42", "avc1", "M4V ", "qt  "};

        for (size_t i = 0; i < sizeof brands / sizeof *brands; i++)
            if (xj_str_eq(xj_str_sub(bytes, 8, 12), xj_str_c(brands[i])))
                return XJ_MEDIA_MP4;
    }
    return XJ_MEDIA_NONE;
}

/* ---- JPEG (ITU-T T.81): segments between markers ---- */

static unsigned
tiff16(xj_str s, size_t at, bool big)
{
    return big ? u8(s, at) << 8 | u8(s, at + 1) : u8(s, at + 1) << 8 | u8(s, at);
}

static uint32_t
tiff32(xj_str s, size_t at, bool big)
{
    return big ? be32(s, at) : tiff16(s, at + 2, false) << 16 | tiff16(s, at, false);
}

/* The orientation that an Exif segment's CONTENT says, 0 where it says none. */
static unsigned
orientation_of(xj_str content)
{
    const xj_str tiff = xj_str_skip(content, 6);
    bool big;
    size_t at;
    unsigned n;

    if (!xj_str_starts(content, XJ_STR("Exif\0\0")) || tiff.len < 14)
        return 0;
    big = tiff.data[0] == 'M';
    at = tiff32(tiff, 4, big);
    if (at > tiff.len - 2)
        return 0;
    n = tiff16(tiff, at, big);
    for (at += 2; n > 0 && at + 12 <= tiff.len; n--, at += 12) {
        const unsigned value = tiff16(tiff, at + 8, big);

        if (tiff16(tiff, at, big) == 0x0112)
            return value >= 2 && value <= 8 ? value : 0;
    }
    return 0;
}

/* An Exif segment with an orientation alone. */
static xj_str
orientation_segment(unsigned orientation, xj_pool *pool)
{
    static const char form[] = "\xff\xe1\0\x22"
                               "Exif\0\0MM\0*\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1\0\0\0\0\0\0\0\0";
    char *bytes = xj_alloc(pool, sizeof form - 1);

    memcpy(bytes, form, sizeof form - 1);
    bytes[29] = (char)orientation;
    return xj_str_of(bytes, sizeof form - 1);
}

/* What the picture needs to look as it does: JFIF, its colours, Adobe's transform. */
static bool
is_of_picture(unsigned marker, xj_str content)
{
    if (marker == 0xe2)
        return xj_str_starts(content, XJ_STR("ICC_PROFILE\0"));
    return marker == 0xe0 || marker == 0xee || !((marker & 0xf0) == 0xe0 || marker == 0xfe);
}

/* Behind the entropy-coded bytes that begin at AT: the next marker that is none of theirs. */
static size_t
skip_scan(xj_str bytes, size_t at)
{
    while (at + 1 < bytes.len) {
        const char *found = memchr(bytes.data + at, 0xff, bytes.len - 1 - at);
        unsigned next;

        if (found == NULL)
            break;
        at = (size_t)(found - bytes.data);
        next = u8(bytes, at + 1);
        if (next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7))
            return at;
        at++;
    }
    return bytes.len;
}

static xj_error *
bare_jpeg(struct parts *p)
{
    const xj_str bytes = p->bytes;
    bool scanned = false, turned = false;
    size_t at = 2;

    while (at + 4 <= bytes.len) {
        const unsigned marker = u8(bytes, at + 1);
        size_t len;
        xj_str content;

        if (u8(bytes, at) != 0xff)
            return broken("JPEG");
        if (marker == 0xff) { /* fill */
            at++;
            continue;
        }
        if (marker == 0xd9)
            break;
        len = (size_t)(u8(bytes, at + 2) << 8 | u8(bytes, at + 3));
        if (len < 2 || at + 2 + len > bytes.len)
            return broken("JPEG");
        content = xj_str_sub(bytes, at + 4, at + 2 + len);
        if (!is_of_picture(marker, content)) {
            const unsigned orientation = marker == 0xe1 ? orientation_of(content) : 0;

            leave(p, at, at + 2 + len);
            if (orientation != 0 && !turned) {
                turned = true;
                xj_vec_push(&p->items, p->pool, orientation_segment(orientation, p->pool));
            }
        }
        at += 2 + len;
        if (marker == 0xda) {
            scanned = true;
            at = skip_scan(bytes, at);
        }
    }
    if (!scanned || at + 2 > bytes.len || u8(bytes, at) != 0xff || u8(bytes, at + 1) != 0xd9)
        return broken("JPEG");
    at += 2;
    keep(p, at);
    if (at < bytes.len)
        leave(p, at, bytes.len);
    return NULL;
}

/* ---- PNG (ISO/IEC 15948): chunks ---- */

/* The chunks that pixels, their colours and their movement are made of; what a program adds of its
 * own is none of them. */
static bool
is_of_pixels(xj_str type)
{
    static const char *const kinds[] = {"IHDR", "PLTE", "IDAT", "IEND", "tRNS",
                                        "gAMA", "cHRM", "sRGB", "sBIT", "iCCP",
                                        "pHYs", "bKGD", "acTL", "fcTL", "fdAT"};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (xj_str_eq(type, xj_str_c(kinds[i])))
            return true;
    return false;
}

static xj_error *
bare_png(struct parts *p)
{
    const xj_str bytes = p->bytes;
    bool ended = false;
    size_t at = 8;

    while (!ended) {
        xj_str type;
        size_t len;

        if (at + 12 > bytes.len)
            return broken("PNG");
        len = be32(bytes, at);
        if (len > bytes.len - at - 12)
            return broken("PNG");
        type = xj_str_sub(bytes, at + 4, at + 8);
        if ((at == 8) != xj_str_eq(type, XJ_STR("IHDR")))
            return broken("PNG");
        if (!is_of_pixels(type))
            leave(p, at, at + 12 + len);
        at += 12 + len;
        ended = xj_str_eq(type, XJ_STR("IEND"));
    }
    keep(p, at);
    if (at < bytes.len)
        leave(p, at, bytes.len);
    return NULL;
}

/* ---- MP4 (ISO/IEC 14496-12): boxes ---- */

#define BOX_DEPTH_MAX 3 /* moov, trak, and what is in them */

/* Zeros in place of the next N bytes. */
static void
blank(struct parts *p, size_t n)
{
    static const char zeros[65536];

    p->kept_to += n;
    for (size_t piece; n > 0; n -= piece) {
        piece = n < sizeof zeros ? n : sizeof zeros;
        xj_vec_push(&p->items, p->pool, xj_str_of(zeros, piece));
    }
}

/* Boxes FROM .. TO: those of particulars get the type `free`. */
static xj_error *
bare_boxes(struct parts *p, size_t from, size_t to, int depth)
{
    const xj_str bytes = p->bytes;

    for (size_t at = from; at < to;) {
        size_t head = 8;
        uint64_t size;
        xj_str type;

        if (to - at < 8)
            return broken("MP4");
        size = be32(bytes, at);
        type = xj_str_sub(bytes, at + 4, at + 8);
        if (size == 1) {
            if (to - at < 16)
                return broken("MP4");
            size = (uint64_t)be32(bytes, at + 8) << 32 | be32(bytes, at + 12);
            head = 16;
        } else if (size == 0) {
            size = to - at;
        }
        if (size < head || size > to - at)
            return broken("MP4");
        if (xj_str_eq(type, XJ_STR("udta")) || xj_str_eq(type, XJ_STR("meta")) ||
            xj_str_eq(type, XJ_STR("uuid"))) {
            leave(p, at + 4, at + 8);
            xj_vec_push(&p->items, p->pool, XJ_STR("free"));
            keep(p, at + head);
            blank(p, (size_t)size - head);
        } else if (depth < BOX_DEPTH_MAX &&
                   (xj_str_eq(type, XJ_STR("moov")) || xj_str_eq(type, XJ_STR("trak")))) {
            XJ_TRY(bare_boxes(p, at + head, at + (size_t)size, depth + 1));
        }
        at += (size_t)size;
    }
    return NULL;
}

static xj_error *
bare_mp4(struct parts *p)
{
    XJ_TRY(bare_boxes(p, 0, p->bytes.len, 1));
    keep(p, p->bytes.len);
    return NULL;
}

xj_error *
xj_media_bare(xj_media *media, xj_media_kind kind, xj_str bytes, xj_pool *result)
{
    struct parts p = {.bytes = bytes, .pool = result};

    switch (kind) {
    case XJ_MEDIA_JPEG:
        XJ_TRY(bare_jpeg(&p));
        break;
    case XJ_MEDIA_PNG:
        XJ_TRY(bare_png(&p));
        break;
    case XJ_MEDIA_MP4:
        XJ_TRY(bare_mp4(&p));
        break;
    case XJ_MEDIA_NONE:
        keep(&p, bytes.len);
        break;
    }
    *media = (xj_media){.parts = p.items.items, .n = p.items.len, .bare = p.bare};
    return NULL;
}
