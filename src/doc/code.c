/*
 * doc/code.c -- the QR codes on pages and pictures, by zbar.
 *
 * A page of a PDF is drawn, a JPEG is put on a page and drawn, a PNG is taken as it is; zbar looks
 * at the greys.  Like poppler it is loaded only in the child, and only where it is installed.
 */
#include "doc/doc_priv.h"

#include <dlfcn.h>

#define CODE_WIDTH 1654 /* pixels: A4 at 200 to the inch */
#define PNG_PIXELS_MAX ((uint64_t)40000000)
#define CODES_MAX 50

static bool
symbol(void *fn, void *library, const char *name)
{
    void *found = library == NULL ? NULL : dlsym(library, name);

    memcpy(fn, &found, sizeof found);
    return found != NULL;
}

/* ---- a picture's greys ---- */

typedef struct greys {
    unsigned char *data;
    unsigned width, height;
} greys;

struct png_reader {
    xj_str rest;
};

/* A cairo_read_func_t; 10 is CAIRO_STATUS_READ_ERROR. */
static int
read_png(void *arg, unsigned char *data, unsigned len)
{
    struct png_reader *r = arg;

    if (r->rest.len < len)
        return 10;
    memcpy(data, r->rest.data, len);
    r->rest = xj_str_skip(r->rest, len);
    return 0;
}

struct cairo {
    void *(*open)(int (*read)(void *arg, unsigned char *data, unsigned len), void *arg);
    unsigned char *(*data)(void *surface);
    int (*width)(void *surface);
    int (*height)(void *surface);
    int (*stride)(void *surface);
    int (*format)(void *surface);
    int (*status)(void *surface);
};

static xj_error *
load_cairo(struct cairo *c)
{
    void *library = dlopen("libcairo.so.2", RTLD_LAZY | RTLD_LOCAL);

    if (!symbol(&c->open, library, "cairo_image_surface_create_from_png_stream") ||
        !symbol(&c->data, library, "cairo_image_surface_get_data") ||
        !symbol(&c->width, library, "cairo_image_surface_get_width") ||
        !symbol(&c->height, library, "cairo_image_surface_get_height") ||
        !symbol(&c->stride, library, "cairo_image_surface_get_stride") ||
        !symbol(&c->format, library, "cairo_image_surface_get_format") ||
        !symbol(&c->status, library, "cairo_surface_status"))
        return xj_error_new(XJ_E_UNSUPPORTED_KIND, "codes need the package libpoppler-glib8");
    return NULL;
}

/* The lightness of a pixel, what shines through it white. */
static unsigned char
grey_of(uint32_t pixel, bool alpha)
{
    const unsigned through = alpha ? 255 - (pixel >> 24) : 0;
    const unsigned grey =
        ((pixel >> 16 & 255) * 77 + (pixel >> 8 & 255) * 150 + (pixel & 255) * 29) / 256 + through;

    return (unsigned char)(grey > 255 ? 255 : grey);
}

static xj_error *
greys_of_png(greys *g, xj_str png, xj_pool *pool)
{
    struct png_reader reader = {png};
    uint32_t width, height;
    struct cairo c;
    void *surface;
    int format;

    XJ_TRY(load_cairo(&c));
    xj_doc__picture_size(&width, &height, png);
    if (width == 0 || (uint64_t)width * height > PNG_PIXELS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "the picture has too many pixels for its codes");
    surface = c.open(read_png, &reader);
    format = c.status(surface) == 0 ? c.format(surface) : -1;
    if (format != 0 && format != 1) /* ARGB32, RGB24: cairo gives no others for a PNG page */
        return xj_error_new(XJ_E_BAD_INPUT, "the picture cannot be read");
    g->width = (unsigned)c.width(surface);
    g->height = (unsigned)c.height(surface);
    g->data = xj_alloc(pool, (size_t)g->width * g->height);
    for (unsigned y = 0; y < g->height; y++) {
        const unsigned char *row = c.data(surface) + (size_t)y * (size_t)c.stride(surface);

        for (unsigned x = 0; x < g->width; x++) {
            uint32_t pixel;

            memcpy(&pixel, row + (size_t)x * 4, 4);
            g->data[(size_t)y * g->width + x] = grey_of(pixel, format == 0);
        }
    }
    return NULL;
}

/* ---- a JPEG on a page ---- */

/* How many colours a JPEG's frame has; 0: it has none. */
static int
colours_of(xj_str jpeg)
{
    const unsigned char *d = (const unsigned char *)jpeg.data;
    size_t at = 2;

    while (at + 10 < jpeg.len && d[at] == 0xFF) {
        const unsigned char mark = d[at + 1];

        if (mark >= 0xC0 && mark <= 0xC3)
            return d[at + 9];
        at += 2 + ((size_t)d[at + 2] << 8 | d[at + 3]);
    }
    return 0;
}

static xj_error *
pdf_of_jpeg(xj_str *pdf, xj_str jpeg, xj_pool *pool)
{
    const int colours = colours_of(jpeg);
    uint32_t width, height;
    size_t at[5];
    xj_buf out;

    xj_doc__picture_size(&width, &height, jpeg);
    if (width == 0 || height == 0 || (colours != 1 && colours != 3))
        return xj_error_new(XJ_E_UNSUPPORTED_KIND, "this kind of JPEG is not looked at for codes");
    xj_buf_init(&out, pool, jpeg.len + 4096);
    xj_buf_add(&out, XJ_STR("%PDF-1.4\n"));
    at[0] = out.len;
    xj_buf_add(&out, XJ_STR("1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"));
    at[1] = out.len;
    xj_buf_add(&out, XJ_STR("2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"));
    at[2] = out.len;
    xj_buf_printf(&out,
                  "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 %u]/Contents 4 0 R/Resources"
                  "<</XObject<</P 5 0 R>>>>>>endobj\n",
                  (unsigned)(595.0 * height / width) + 1);
    at[3] = out.len;
    xj_buf_printf(
        &out, "4 0 obj<</Length 30>>stream\n%-29s\nendstream endobj\n",
        xj_str_printf(pool, "595 0 0 %u 0 0 cm /P Do", (unsigned)(595.0 * height / width)).data);
    at[4] = out.len;
    xj_buf_printf(&out,
                  "5 0 obj<</Type/XObject/Subtype/Image/Width %u/Height %u/ColorSpace/%s"
                  "/BitsPerComponent 8/Filter/DCTDecode/Length %zu>>stream\n",
                  width, height, colours == 1 ? "DeviceGray" : "DeviceRGB", jpeg.len);
    xj_buf_add(&out, jpeg);
    xj_buf_add(&out, XJ_STR("\nendstream endobj\n"));
    xj_buf_printf(
        &out,
        "xref\n0 6\n0000000000 65535 f \n%010zu 00000 n \n%010zu 00000 n \n%010zu 00000 n "
        "\n%010zu 00000 n \n%010zu 00000 n \ntrailer<</Size 6/Root 1 0 R>>\nstartxref\n%zu"
        "\n%%%%EOF\n",
        at[0], at[1], at[2], at[3], at[4], out.len);
    XJ_TRY(xj_buf_check(&out));
    *pdf = xj_buf_str(&out);
    return NULL;
}

/* ---- the codes ---- */

#define ZBAR_QRCODE 64
#define Y800 0x30303859UL /* grey, a byte a pixel */

struct zbar {
    void *(*scanner)(void);
    int (*set)(void *scanner, int symbology, int config, int value);
    void *(*image)(void);
    void (*format)(void *image, unsigned long format);
    void (*size)(void *image, unsigned width, unsigned height);
    void (*data)(void *image, const void *data, unsigned long len, void (*cleanup)(void *image));
    int (*scan)(void *scanner, void *image);
    const void *(*first)(const void *image);
    const void *(*next)(const void *symbol);
    const char *(*words)(const void *symbol);
    unsigned (*len)(const void *symbol);
};

static xj_error *
load_zbar(struct zbar *z)
{
    void *library = dlopen("libzbar.so.0", RTLD_LAZY | RTLD_LOCAL);

    if (!symbol(&z->scanner, library, "zbar_image_scanner_create") ||
        !symbol(&z->set, library, "zbar_image_scanner_set_config") ||
        !symbol(&z->image, library, "zbar_image_create") ||
        !symbol(&z->format, library, "zbar_image_set_format") ||
        !symbol(&z->size, library, "zbar_image_set_size") ||
        !symbol(&z->data, library, "zbar_image_set_data") ||
        !symbol(&z->scan, library, "zbar_scan_image") ||
        !symbol(&z->first, library, "zbar_image_first_symbol") ||
        !symbol(&z->next, library, "zbar_symbol_next") ||
        !symbol(&z->words, library, "zbar_symbol_get_data") ||
        !symbol(&z->len, library, "zbar_symbol_get_data_length"))
        return xj_error_new(XJ_E_UNSUPPORTED_KIND, "codes need the package libzbar0");
    return NULL;
}

/* G at half its size, each pixel the mean of four: what a copier blurred becomes sharp enough. */
static void
halve(greys *g)
{
    const unsigned width = g->width / 2, height = g->height / 2;

    for (unsigned y = 0; y < height; y++)
        for (unsigned x = 0; x < width; x++) {
            const unsigned char *p = g->data + (size_t)2 * y * g->width + (size_t)2 * x;

            g->data[(size_t)y * width + x] =
                (unsigned char)((p[0] + p[1] + p[g->width] + p[g->width + 1] + 2) / 4);
        }
    g->width = width;
    g->height = height;
}

/* The codes of PNG, page PAGE, go into B; *N counts them. */
static xj_error *
scan(size_t *n, xj_doc_builder *b, xj_str png, int page, xj_pool *pool)
{
    void *scanner, *image;
    bool found = false;
    struct zbar z;
    greys g;

    XJ_TRY(load_zbar(&z));
    XJ_TRY(greys_of_png(&g, png, pool));
    scanner = z.scanner();
    z.set(scanner, 0, 0, 0); /* all kinds of codes off, this one on */
    z.set(scanner, ZBAR_QRCODE, 0, 1);
    image = z.image();
    z.format(image, Y800);
    for (int turn = 0; turn < 2 && !found; turn++) {
        if (turn > 0)
            halve(&g);
        z.size(image, g.width, g.height);
        z.data(image, g.data, (unsigned long)g.width * g.height, NULL);
        found = z.scan(scanner, image) > 0;
    }
    if (!found)
        return NULL;
    for (const void *s = z.first(image); s != NULL && *n < CODES_MAX; s = z.next(s)) {
        const xj_str words = xj_str_of(z.words(s), z.len(s));

        if (xj_utf8_check(words) != words.len)
            continue;
        xj_doc__block(b, XJ_BLOCK_PARAGRAPH, 0, words, (xj_place){.page = page});
        ++*n;
    }
    return NULL;
}

xj_error *
xj_doc__codes(xj_doc **doc, xj_str bytes, int pages, xj_pool *result, xj_pool *scratch)
{
    const xj_doc_kind kind = xj_doc_kind_of(bytes);
    xj_pool *pool = xj_pool_child(scratch);
    xj_doc_builder b;
    xj_doc_page drawn;
    size_t n = 0;

    xj_doc__build(&b, result, scratch);
    if (kind == XJ_DOC_PICTURE && xj_str_starts(bytes, XJ_STR("\x89PNG"))) {
        XJ_TRY(scan(&n, &b, bytes, 1, pool));
    } else {
        if (kind == XJ_DOC_PICTURE)
            XJ_TRY(pdf_of_jpeg(&bytes, bytes, scratch));
        drawn.pages = pages;
        for (int page = 1; page <= pages && page <= drawn.pages; page++) {
            xj_pool_clear(pool);
            XJ_TRY(xj_doc__pdf_page(&drawn, bytes, page, CODE_WIDTH, pool));
            XJ_TRY(scan(&n, &b, drawn.picture, page, pool));
        }
    }
    if (n == 0)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no code on the first pages");
    return xj_doc__build_end(doc, &b);
}

xj_error *
xj_doc_codes_apart(xj_doc **doc, xj_str bytes, int pages, const xj_doc_limits *limits,
                   xj_pool *result, xj_pool *scratch)
{
    static const xj_doc_limits usual = {.seconds = 20};
    const xj_doc_kind kind = xj_doc_kind_of(bytes);
    xj_pool *pool = xj_pool_child(scratch);
    xj_error *err;
    xj_str packed;

    XJ_ASSERT(pages > 0);
    if (kind != XJ_DOC_PDF && kind != XJ_DOC_PICTURE)
        return xj_error_new(XJ_E_UNSUPPORTED_KIND, "a %s file has no pages to look at",
                            xj_doc_kind_word(kind));
    if (bytes.len > XJ_DOC_BYTES_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "the file has %zu bytes; the limit is %zu", bytes.len,
                            XJ_DOC_BYTES_MAX);
    err = xj_doc__ask_child(&packed, bytes, limits == NULL ? &usual : limits, pages, 0, pool);
    if (err == NULL)
        err = xj_doc__unpack(doc, packed, result);
    xj_pool_destroy(pool);
    return err;
}
