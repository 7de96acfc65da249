/*
 * doc/pdf.c -- PDF to blocks, by poppler.
 *
 * poppler-glib is loaded only in the child that reads a PDF, and only where it is installed: the
 * server neither links it nor starts slower for it.
 */
#include "doc/doc_priv.h"

#include "doc/layout.h"

#include <dlfcn.h>
#include <math.h>
#include <pthread.h>
#include <unistd.h>

#define PAGES_MAX 600

/* The few parts of poppler-glib and GLib that are called (their ABI is stable:
 * libpoppler-glib.so.8). */
typedef struct poppler_box {
    double x1, y1, x2, y2;
} poppler_box;

typedef struct glib_error {
    uint32_t domain;
    int code;
    char *message;
} glib_error;

#define POPPLER_ENCRYPTED 1

struct poppler {
    void *(*bytes_new)(const void *data, size_t len);
    void *(*open)(void *bytes, const char *password, glib_error **error);
    int (*count)(void *document);
    void *(*page)(void *document, int index);
    char *(*text)(void *page);
    int (*layout)(void *page, poppler_box **boxes, unsigned *n);
    void (*size)(void *page, double *width, double *height);
    void (*release)(void *mem);
    void (*unref)(void *object);
};

static bool
symbol(void *fn, void *library, const char *name)
{
    void *found = dlsym(library, name);

    memcpy(fn, &found, sizeof found);
    return found != NULL;
}

static xj_error *
load(struct poppler *p)
{
    /* lazily: of its thousands of symbols a child calls a few */
    void *library = dlopen("libpoppler-glib.so.8", RTLD_LAZY | RTLD_LOCAL);

    if (library == NULL || !symbol(&p->bytes_new, library, "g_bytes_new_static") ||
        !symbol(&p->open, library, "poppler_document_new_from_bytes") ||
        !symbol(&p->count, library, "poppler_document_get_n_pages") ||
        !symbol(&p->page, library, "poppler_document_get_page") ||
        !symbol(&p->text, library, "poppler_page_get_text") ||
        !symbol(&p->layout, library, "poppler_page_get_text_layout") ||
        !symbol(&p->size, library, "poppler_page_get_size") ||
        !symbol(&p->release, library, "g_free") || !symbol(&p->unref, library, "g_object_unref"))
        return xj_error_new(XJ_E_UNSUPPORTED_KIND,
                            "PDF files need the package libpoppler-glib8, which is not installed");
    return NULL;
}

/* Some fonts claim boxes twice as high as their characters.  A wide character is as high as it is
 * wide, and those of the same claimed height are of the same font. */
#define FONTS_MAX 32
#define TALL 1.3 /* of a character's width: a line with the white above it */

struct fonts {
    double height[FONTS_MAX], width[FONTS_MAX];
    size_t n;
};

static double *
font_width(struct fonts *fonts, double height)
{
    size_t i = 0;

    while (i < fonts->n && fabs(fonts->height[i] - height) > 0.02 * height)
        i++;
    if (i == fonts->n) {
        if (i == FONTS_MAX)
            return NULL;
        fonts->height[fonts->n++] = height;
    }
    return &fonts->width[i];
}

/* Make BOXES, of the N characters of TEXT, no higher than lines are. */
static void
lower_boxes(xj_str text, poppler_box *boxes, unsigned n)
{
    struct fonts fonts = {0};
    size_t at = 0;

    for (unsigned i = 0; i < n && at < text.len; i++) {
        uint32_t cp = xj_utf8_next(text, &at);
        double *width = cp < 0x2e80 ? NULL : font_width(&fonts, boxes[i].y2 - boxes[i].y1);

        if (width != NULL)
            *width = fmax(*width, boxes[i].x2 - boxes[i].x1);
    }
    for (unsigned i = 0; i < n; i++) {
        const double *width = font_width(&fonts, boxes[i].y2 - boxes[i].y1);
        double middle = (boxes[i].y1 + boxes[i].y2) / 2;

        if (width == NULL || *width <= 0 || boxes[i].y2 - boxes[i].y1 <= *width * TALL)
            continue;
        boxes[i].y1 = middle - *width * TALL / 2;
        boxes[i].y2 = middle + *width * TALL / 2;
    }
}

#define PIECE_GAP 0.4f /* of a character's height: white between two pieces */

/* Cut TEXT, whose N characters have BOXES, into pieces: runs on one line without a gap. */
static size_t
cut(xj_piece *pieces, xj_str text, const poppler_box *boxes, unsigned n)
{
    size_t made = 0, at = 0;
    bool open = false;

    for (unsigned i = 0; i < n && at < text.len; i++) {
        const poppler_box *b = &boxes[i];
        size_t from = at;
        uint32_t cp = xj_utf8_next(text, &at);
        xj_piece *last = open ? &pieces[made - 1] : NULL;
        float height = (float)(b->y2 - b->y1);

        if (cp == '\n' || cp == '\r' || cp == '\f') {
            open = false;
            continue;
        }
        if (cp == ' ' || cp == 0x3000 || cp == 0xa0)
            continue; /* the gap says it */
        if (last != NULL && ((float)b->x1 - last->right > height * PIECE_GAP ||
                             (float)b->x1 < last->left - height || (float)b->y1 > last->bottom ||
                             (float)b->y2 < last->top))
            last = NULL;
        if (last == NULL) {
            pieces[made++] =
                (xj_piece){(float)b->x1, (float)b->y1, (float)b->x2, (float)b->y2, from, at};
            open = true;
            continue;
        }
        last->right = (float)b->x2 > last->right ? (float)b->x2 : last->right;
        last->top = (float)b->y1 < last->top ? (float)b->y1 : last->top;
        last->bottom = (float)b->y2 > last->bottom ? (float)b->y2 : last->bottom;
        last->to = at;
    }
    return made;
}

/* What poppler says of a page. */
struct raw_page {
    xj_str text;
    xj_piece *pieces;
    size_t npieces, letters;
    float width;
};

/* Read page INDEX of DOCUMENT. */
static xj_error *
read_page(struct raw_page *read, const struct poppler *p, void *document, int index, xj_pool *pool)
{
    void *page = p->page(document, index);
    double width = 0, height = 0;
    poppler_box *boxes = NULL;
    unsigned n = 0;
    char *raw;

    if (page == NULL)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "page %d cannot be read", index + 1),
                           "page %d", index + 1);
    raw = p->text(page);
    p->layout(page, &boxes, &n);
    p->size(page, &width, &height);
    *read = (struct raw_page){.text = xj_str_dup(xj_str_c(raw == NULL ? "" : raw), pool),
                              .width = (float)width};
    if (xj_utf8_check(read->text) == read->text.len) {
        read->pieces = XJ_NEW_ARRAY(pool, xj_piece, n);
        lower_boxes(read->text, boxes, n);
        read->npieces = cut(read->pieces, read->text, boxes, n);
        read->letters = n;
    }
    p->release(boxes);
    p->release(raw);
    p->unref(page);
    return NULL;
}

/* Open BYTES into *DOCUMENT of *PAGES pages. */
static xj_error *
open_pdf(void **document, int *pages, const struct poppler *p, xj_str bytes)
{
    glib_error *error = NULL;

    *document = p->open(p->bytes_new(bytes.data, bytes.len), NULL, &error);
    if (*document == NULL)
        return error != NULL && error->code == POPPLER_ENCRYPTED
                   ? xj_error_new(XJ_E_BAD_INPUT,
                                  "the PDF is encrypted; save it without a password")
                   : xj_error_new(XJ_E_BAD_INPUT, "the PDF is damaged or cut short");
    *pages = p->count(*document);
    return NULL;
}

/* ---- many pages: poppler takes nearly all the time, and a document of its own in each thread ----
 */

#define STRIPS_MAX 4
#define STRIP_PAGES 16 /* fewer are not worth a thread */

/* The pages FROM ≤ i < TO, read by one thread into a pool of its own. */
struct strip {
    const struct poppler *poppler;
    xj_str bytes;
    void *document; /* NULL: opened by the thread */
    struct raw_page *pages;
    int from, to;
    xj_pool *pool;
    xj_error *error;
    pthread_t thread;
    bool apart;
};

static void *
read_strip(void *arg)
{
    struct strip *s = arg;
    int pages;

    if (s->document == NULL)
        s->error = open_pdf(&s->document, &pages, s->poppler, s->bytes);
    for (int i = s->from; s->error == NULL && i < s->to; i++)
        s->error = read_page(&s->pages[i], s->poppler, s->document, i, s->pool);
    return NULL;
}

static void
end_pool(void *pool)
{
    xj_pool_destroy(pool);
}

/* Read N PAGES of DOCUMENT, on as many cores as there are.  A thread that cannot be had costs
 * time only. */
static xj_error *
read_pages(struct raw_page *pages, int n, const struct poppler *p, xj_str bytes, void *document,
           xj_pool *pool)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    int strips = n / STRIP_PAGES < STRIPS_MAX ? n / STRIP_PAGES : STRIPS_MAX;
    struct strip all[STRIPS_MAX];
    xj_error *error = NULL;

    if (strips > cores)
        strips = (int)cores;
    if (strips < 1)
        strips = 1;
    for (int i = 0; i < strips; i++)
        all[i] = (struct strip){.poppler = p,
                                .bytes = bytes,
                                .document = i == 0 ? document : NULL,
                                .pages = pages,
                                .from = n * i / strips,
                                .to = n * (i + 1) / strips,
                                .pool = i == 0 ? pool : xj_pool_root()};
    for (int i = 1; i < strips; i++)
        all[i].apart = pthread_create(&all[i].thread, NULL, read_strip, &all[i]) == 0;
    for (int i = 0; i < strips; i++)
        if (!all[i].apart)
            read_strip(&all[i]);
    for (int i = 0; i < strips; i++) {
        if (all[i].apart)
            pthread_join(all[i].thread, NULL);
        if (i > 0)
            xj_pool_on_end(pool, end_pool, all[i].pool);
        if (error == NULL)
            error = all[i].error;
        else
            xj_error_clear(all[i].error);
    }
    return error;
}

xj_error *
xj_doc__pdf(xj_doc **doc, xj_str bytes, xj_pool *result, xj_pool *scratch)
{
    xj_pool *pool = xj_pool_child(scratch);
    struct raw_page *read;
    struct poppler p;
    xj_layout layout;
    size_t letters = 0;
    void *document;
    int pages;

    XJ_TRY(load(&p));
    XJ_TRY(open_pdf(&document, &pages, &p, bytes));
    if (pages > PAGES_MAX)
        return xj_error_at(
            xj_error_new(XJ_E_TOO_LARGE, "the PDF has %d pages; the limit is %d", pages, PAGES_MAX),
            "page %d", PAGES_MAX + 1);
    read = XJ_NEW_ARRAY(pool, struct raw_page, pages);
    XJ_TRY(read_pages(read, pages, &p, bytes, document, pool));
    xj_layout__init(&layout, scratch);
    for (int i = 0; i < pages; i++) {
        xj_layout__page(&layout, read[i].text, read[i].pieces, read[i].npieces, read[i].width);
        letters += read[i].letters;
    }
    xj_pool_destroy(pool);
    if (letters < (size_t)pages * 4)
        return xj_error_at(
            xj_error_new(XJ_E_NEEDS_OCR, "the PDF has no text: its pages are pictures"), "pages %d",
            pages);
    return xj_layout__read(doc, &layout, result, scratch);
}

/* ---- a page as it looks, by cairo, which poppler-glib brings along ---- */

#define CAIRO_FORMAT_RGB24 1

struct cairo {
    void *(*surface)(int format, int width, int height);
    void *(*create)(void *surface);
    void (*scale)(void *cr, double x, double y);
    void (*colour)(void *cr, double red, double green, double blue);
    void (*paint)(void *cr);
    int (*status)(void *cr);
    int (*write)(void *surface, int (*add)(void *to, const unsigned char *data, unsigned len),
                 void *to);
    void (*draw)(void *page, void *cr); /* poppler's */
};

static xj_error *
load_cairo(struct cairo *c)
{
    void *poppler = dlopen("libpoppler-glib.so.8", RTLD_LAZY | RTLD_LOCAL);
    void *library = dlopen("libcairo.so.2", RTLD_LAZY | RTLD_LOCAL);

    if (poppler == NULL || library == NULL ||
        !symbol(&c->surface, library, "cairo_image_surface_create") ||
        !symbol(&c->create, library, "cairo_create") ||
        !symbol(&c->scale, library, "cairo_scale") ||
        !symbol(&c->colour, library, "cairo_set_source_rgb") ||
        !symbol(&c->paint, library, "cairo_paint") ||
        !symbol(&c->status, library, "cairo_status") ||
        !symbol(&c->write, library, "cairo_surface_write_to_png_stream") ||
        !symbol(&c->draw, poppler, "poppler_page_render"))
        return xj_error_new(XJ_E_UNSUPPORTED_KIND,
                            "pages of PDF files need the package libpoppler-glib8");
    return NULL;
}

/* A cairo_write_func_t; 11 is CAIRO_STATUS_WRITE_ERROR. */
static int
add_png(void *to, const unsigned char *data, unsigned len)
{
    xj_buf *out = to;

    xj_buf_add(out, xj_str_of((const char *)data, len));
    return out->full ? 11 : 0;
}

static xj_error *
draw(xj_buf *png, void *page, double scale, int width, int height)
{
    struct cairo c;
    void *surface, *cr;

    XJ_TRY(load_cairo(&c));
    surface = c.surface(CAIRO_FORMAT_RGB24, width, height);
    cr = c.create(surface);
    c.colour(cr, 1, 1, 1);
    c.paint(cr);
    c.scale(cr, scale, scale);
    c.draw(page, cr);
    if (c.status(cr) != 0 || c.write(surface, add_png, png) != 0)
        return xj_error_new(XJ_E_BAD_INPUT, "the page cannot be drawn");
    return xj_buf_check(png);
}

xj_error *
xj_doc__pdf_page(xj_doc_page *drawn, xj_str bytes, int page, int width, xj_pool *pool)
{
    double w = 0, h = 0, tall;
    void *document, *found;
    struct poppler p;
    xj_buf png;
    int pages;

    XJ_TRY(load(&p));
    XJ_TRY(open_pdf(&document, &pages, &p, bytes));
    if (page > pages)
        return xj_error_new(XJ_E_NOT_FOUND, "the PDF has %d pages", pages);
    found = p.page(document, page - 1);
    if (found == NULL)
        return xj_error_new(XJ_E_BAD_INPUT, "page %d cannot be read", page);
    p.size(found, &w, &h);
    if (!(w >= 1 && w <= XJ_DOC_SIDE_MAX && h >= 1 && h <= XJ_DOC_SIDE_MAX))
        return xj_error_new(XJ_E_TOO_LARGE, "page %d has sides beyond %g points", page,
                            (double)XJ_DOC_SIDE_MAX);
    tall = h * width / w;
    if (tall < 1 || tall * width > XJ_DOC_PIXELS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "page %d would have more than %d pixels", page,
                            XJ_DOC_PIXELS_MAX);
    xj_buf_init(&png, pool, (size_t)XJ_DOC_PIXELS_MAX * 4);
    XJ_TRY(draw(&png, found, width / w, width, (int)tall));
    *drawn = (xj_doc_page){.width = (float)w,
                           .height = (float)h,
                           .pages = pages,
                           .type = "image/png",
                           .picture = xj_buf_str(&png)};
    return NULL;
}
