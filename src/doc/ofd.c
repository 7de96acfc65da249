/*
 * doc/ofd.c -- OFD (GB/T 33190-2016), the fixed layout of Chinese official papers, to blocks.
 *
 * The container is a zip of XML.  Text stands in TextObjects with a boundary in millimetres; the
 * pieces are laid out as those of a PDF.
 */
#include "doc/doc_priv.h"

#include "doc/layout.h"

#include <math.h>
#include <stdlib.h>

#define POINTS_PER_MM 2.8346457f
#define PAGES_MAX 600
#define MM_MAX 100000.0f
#define PAGE_BYTES_MAX ((size_t)16 << 20)

struct ofd {
    xj_zip *zip;
    xj_pool *scratch;
    /* OFD.xml */
    xj_buf doc_root;
    bool in_doc_root;
    /* Document.xml */
    XJ_VEC(xj_str) pages;
    xj_str base;
    bool in_box;
    xj_buf box;
    float width;
    /* a page */
    xj_buf text;
    XJ_VEC(xj_piece) pieces;
    float bounds[4], size; /* of the open object, mm */
    bool in_code;
    float x, y;
    size_t code_from;
};

/* Up to N numbers of S, separated by blanks; no page is so large that a number is above MM_MAX. */
static int
numbers(float *out, int n, const char *s)
{
    int got = 0;

    while (s != NULL && got < n) {
        char *end;
        float value = strtof(s, &end);

        if (end == s || !(fabsf(value) <= MM_MAX)) /* not a number, either */
            break;
        out[got++] = value;
        s = end;
    }
    return got;
}

static void
root_start(void *arg, const char *name, const char **attrs)
{
    struct ofd *o = arg;

    (void)attrs;
    o->in_doc_root = strcmp(name, "DocRoot") == 0 && o->doc_root.len == 0;
}

static void
root_text(void *arg, xj_str text)
{
    struct ofd *o = arg;

    if (o->in_doc_root)
        xj_buf_add(&o->doc_root, text);
}

static void
root_end(void *arg, const char *name)
{
    struct ofd *o = arg;

    (void)name;
    o->in_doc_root = false;
}

static void
document_start(void *arg, const char *name, const char **attrs)
{
    struct ofd *o = arg;
    xj_str loc = xj_str_c(xj_xml__attr(attrs, "BaseLoc"));

    if (strcmp(name, "Page") == 0 && loc.len > 0)
        xj_vec_push(&o->pages, o->scratch, xj_zip__resolve(o->base, loc, o->scratch));
    o->in_box = strcmp(name, "PhysicalBox") == 0 && o->box.len == 0;
}

static void
document_text(void *arg, xj_str text)
{
    struct ofd *o = arg;

    if (o->in_box)
        xj_buf_add(&o->box, text);
}

static void
document_end(void *arg, const char *name)
{
    struct ofd *o = arg;

    (void)name;
    o->in_box = false;
}

static void
page_start(void *arg, const char *name, const char **attrs)
{
    struct ofd *o = arg;

    if (strcmp(name, "TextObject") == 0) {
        memset(o->bounds, 0, sizeof o->bounds);
        o->size = 4;
        numbers(o->bounds, 4, xj_xml__attr(attrs, "Boundary"));
        numbers(&o->size, 1, xj_xml__attr(attrs, "Size"));
    } else if (strcmp(name, "TextCode") == 0) {
        o->in_code = true;
        o->x = o->y = 0;
        numbers(&o->x, 1, xj_xml__attr(attrs, "X"));
        numbers(&o->y, 1, xj_xml__attr(attrs, "Y"));
        o->code_from = o->text.len;
    }
}

static void
page_text(void *arg, xj_str text)
{
    struct ofd *o = arg;

    if (o->in_code)
        xj_buf_add(&o->text, text);
}

static void
page_end(void *arg, const char *name)
{
    struct ofd *o = arg;
    xj_str code;

    if (strcmp(name, "TextCode") != 0)
        return;
    o->in_code = false;
    code = xj_str_trim(xj_str_sub(xj_buf_str(&o->text), o->code_from, o->text.len));
    if (code.len > 0) {
        float top = o->bounds[1] + (o->y > o->size ? o->y - o->size : 0);

        xj_vec_push(&o->pieces, o->scratch,
                    (xj_piece){.left = (o->bounds[0] + o->x) * POINTS_PER_MM,
                               .top = top * POINTS_PER_MM,
                               .right = (o->bounds[0] + o->bounds[2]) * POINTS_PER_MM,
                               .bottom = (top + o->size) * POINTS_PER_MM,
                               .from = o->code_from,
                               .to = o->text.len});
    }
    xj_buf_add_char(&o->text, '\n');
}

static xj_error *
read_part(struct ofd *o, xj_str name, const xj_xml_events *events)
{
    xj_str part;

    XJ_TRY(xj_zip__part(&part, o->zip, name.data, o->scratch));
    if (part.data == NULL)
        return xj_error_new(XJ_E_BAD_INPUT, "the part \"" XJ_FMT "\" is missing", XJ_ARG(name));
    return xj_xml__read(part, events, o, name.data);
}

xj_error *
xj_doc__ofd(xj_doc **doc, xj_str bytes, xj_pool *result, xj_pool *scratch)
{
    static const xj_xml_events root = {root_start, root_end, root_text};
    static const xj_xml_events document = {document_start, document_end, document_text};
    static const xj_xml_events page = {page_start, page_end, page_text};
    struct ofd *o = XJ_NEW(scratch, struct ofd);
    xj_layout layout;
    float box[4] = {0, 0, 210, 297};

    o->scratch = scratch;
    xj_buf_init(&o->doc_root, scratch, 4096);
    xj_buf_init(&o->box, scratch, 4096);
    xj_layout__init(&layout, scratch);
    XJ_TRY(xj_zip__open(&o->zip, bytes, scratch));
    XJ_TRY(read_part(o, XJ_STR("OFD.xml"), &root));
    o->base = xj_zip__resolve(XJ_STR(""), xj_str_trim(xj_buf_str(&o->doc_root)), scratch);
    XJ_TRY(read_part(o, o->base, &document));
    numbers(box, 4, o->box.data);
    if (o->pages.len > PAGES_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "the file has %zu pages; the limit is %d", o->pages.len,
                            PAGES_MAX);
    for (size_t i = 0; i < o->pages.len; i++) {
        xj_buf_init(&o->text, scratch, PAGE_BYTES_MAX);
        o->pieces.len = 0;
        XJ_TRY(read_part(o, o->pages.items[i], &page));
        XJ_TRY(xj_buf_check(&o->text));
        xj_layout__page(&layout, xj_buf_str(&o->text), o->pieces.items, o->pieces.len,
                        box[2] * POINTS_PER_MM);
    }
    if (layout.lines.len == 0)
        return xj_error_new(XJ_E_NEEDS_OCR, "the file has no text: its pages are pictures");
    return xj_layout__read(doc, &layout, result, scratch);
}
