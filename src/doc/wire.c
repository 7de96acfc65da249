/*
 * doc/wire.c -- a document on its way from the child that read it.
 *
 * Both ends are the same program, so structs travel as they are; but the child has read a hostile
 * file, so nothing it says is believed: every count, range and border is checked.
 */
#include "doc/doc_priv.h"

#include <math.h>

#define MAGIC 0x584a4431u      /* "XJD1" */
#define PAGE_MAGIC 0x584a5031u /* "XJP1" */

struct head {
    uint32_t magic, code; /* code 0: a document; else an error's */
    uint64_t text, blocks, cells, furniture, spots,
        notes; /* bytes of text; counts; bytes of furniture's text */
};

static void
add(xj_buf *out, const void *data, size_t len)
{
    xj_buf_add(out, xj_str_of(data, len));
}

void
xj_doc__pack(xj_buf *out, const xj_doc *doc)
{
    struct head head = {.magic = MAGIC,
                        .text = doc->text.len,
                        .blocks = doc->nblocks,
                        .furniture = doc->nfurniture,
                        .spots = doc->nspots};
    size_t at = 0;

    for (size_t i = 0; i < doc->nblocks; i++)
        head.cells += doc->blocks[i].ncells;
    for (size_t i = 0; i < doc->nfurniture; i++)
        head.notes += doc->furniture[i].text.len;
    add(out, &head, sizeof head);
    add(out, doc->text.data, doc->text.len);
    for (size_t i = 0; i < doc->nblocks; i++) {
        xj_block block = doc->blocks[i];

        block.cells = NULL;
        add(out, &block, sizeof block);
    }
    for (size_t i = 0; i < doc->nblocks; i++) {
        if (doc->blocks[i].ncells > 0)
            add(out, doc->blocks[i].cells, doc->blocks[i].ncells * sizeof *doc->blocks[i].cells);
    }
    for (size_t i = 0; i < doc->nfurniture; i++) {
        xj_furniture f = doc->furniture[i];

        f.text.data = NULL;
        add(out, &f, sizeof f);
    }
    add(out, doc->spots, doc->nspots * sizeof *doc->spots);
    for (; at < doc->nfurniture; at++)
        xj_buf_add(out, doc->furniture[at].text);
}

void
xj_doc__pack_error(xj_buf *out, const xj_error *err)
{
    const char *field = xj_error_field(err) == NULL ? "" : xj_error_field(err);
    struct head head = {.magic = MAGIC,
                        .code = (uint32_t)xj_error_code(err),
                        .text = strlen(xj_error_message(err)),
                        .notes = strlen(field)};

    add(out, &head, sizeof head);
    add(out, xj_error_message(err), head.text);
    add(out, field, head.notes);
}

/* Take LEN bytes off the front of *REST into *PART. */
static bool
take(xj_str *part, xj_str *rest, uint64_t count, size_t size)
{
    size_t len;

    if (count > SIZE_MAX || !xj_size_mul_ok(&len, (size_t)count, size) || len > rest->len)
        return false;
    *part = xj_str_sub(*rest, 0, len);
    *rest = xj_str_skip(*rest, len);
    return true;
}

static bool
on_border(xj_str text, size_t at)
{
    return at == text.len || ((unsigned char)text.data[at] & 0xc0) != 0x80;
}

static bool
range_ok(xj_str text, size_t from, size_t to)
{
    return from <= to && to <= text.len && on_border(text, from) && on_border(text, to);
}

static bool
place_ok(const xj_place *p)
{
    return p->from <= p->to && p->page >= 0 && p->sheet >= 0 && p->row >= 0 && p->col >= 0 &&
           isfinite(p->box[0]) && isfinite(p->box[1]) && isfinite(p->box[2]) && isfinite(p->box[3]);
}

/* AT is where the cell before ended. */
static bool
cell_ok(const xj_doc *doc, const xj_block *block, const xj_cell *c, size_t at)
{
    return c->from >= at && c->to <= block->to && range_ok(doc->text, c->from, c->to) &&
           place_ok(&c->place) && c->row >= 0 && c->col >= 0 && c->row_span >= 1 &&
           c->col_span >= 1 && c->row < block->nrows && c->col < block->ncols &&
           c->row_span <= block->nrows - c->row && c->col_span <= block->ncols - c->col;
}

/* The cells of BLOCK by row, then column, in its part of the text. */
static bool
cells_ok(const xj_doc *doc, const xj_block *block)
{
    size_t at = block->from;

    if ((block->kind == XJ_BLOCK_TABLE) != (block->ncells > 0))
        return false;
    for (size_t i = 0; i < block->ncells; i++) {
        const xj_cell *c = &block->cells[i];

        if (!cell_ok(doc, block, c, at) ||
            (i > 0 && (c->row < c[-1].row || (c->row == c[-1].row && c->col <= c[-1].col))))
            return false;
        at = c->to;
    }
    return true;
}

static bool
blocks_ok(xj_doc *doc, xj_cell *cells, uint64_t ncells)
{
    size_t used = 0, at = 0;

    for (size_t i = 0; i < doc->nblocks; i++) {
        xj_block *block = &doc->blocks[i];

        if (block->from < at || block->from == block->to ||
            !range_ok(doc->text, block->from, block->to) || block->kind > XJ_BLOCK_TABLE ||
            block->level < 0 || block->ncells > ncells - used || block->nrows < 0 ||
            block->ncols < 0 || !place_ok(&block->place))
            return false;
        at = block->to;
        block->label = NULL; /* a pointer of the child's: no reader sets one */
        block->cells = block->ncells == 0 ? NULL : cells + used;
        if (!cells_ok(doc, block))
            return false;
        used += block->ncells;
    }
    return used == ncells && doc->nblocks > 0;
}

static bool
furniture_ok(xj_doc *doc, xj_str notes)
{
    for (size_t i = 0; i < doc->nfurniture; i++) {
        xj_furniture *f = &doc->furniture[i];
        xj_str text;

        if (f->kind > XJ_FURNITURE_FOOTNOTE || !range_ok(doc->text, f->at, f->at) ||
            !place_ok(&f->place) || !take(&text, &notes, f->text.len, 1) || text.len == 0 ||
            xj_utf8_check(text) != text.len)
            return false;
        f->text = text;
    }
    return notes.len == 0;
}

static bool
spots_ok(const xj_doc *doc)
{
    size_t at = 0;

    for (size_t i = 0; i < doc->nspots; i++) {
        const xj_spot *spot = &doc->spots[i];

        if (spot->from < at || spot->from == spot->to ||
            !range_ok(doc->text, spot->from, spot->to) || !place_ok(&spot->place) ||
            spot->row_span < 0 || spot->col_span < 0)
            return false;
        at = spot->to;
    }
    return true;
}

/* A copy of PART in POOL, aligned. */
static void *
copy(xj_str part, xj_pool *pool)
{
    void *to = xj_alloc(pool, part.len);

    if (part.len > 0)
        memcpy(to, part.data, part.len);
    return to;
}

static xj_error *
its_error(const struct head *head, xj_str rest)
{
    xj_str message, field;
    xj_error *err;

    if (head->code >= XJ_E_COUNT || !take(&message, &rest, head->text, 1) ||
        !take(&field, &rest, head->notes, 1) || xj_utf8_check(message) != message.len ||
        xj_utf8_check(field) != field.len || message.len == 0 ||
        memchr(message.data, 0, message.len) != NULL || memchr(field.data, 0, field.len) != NULL)
        return NULL;
    err = xj_error_new((xj_code)head->code, XJ_FMT, XJ_ARG(message));
    return field.len == 0 ? err : xj_error_at(err, XJ_FMT, XJ_ARG(field));
}

xj_error *
xj_doc__unpack(xj_doc **doc, xj_str packed, xj_pool *result)
{
    xj_doc *made = XJ_NEW(result, xj_doc);
    xj_str rest = packed, text, blocks, cells, furniture, spots, notes;
    struct head head;
    xj_error *err;

    if (packed.len < sizeof head)
        return xj_error_new(XJ_E_BAD_INPUT, "the file could not be read: its reader broke down");
    memcpy(&head, packed.data, sizeof head);
    rest = xj_str_skip(rest, sizeof head);
    if (head.magic == MAGIC && head.code != 0) {
        err = its_error(&head, rest);
        if (err != NULL)
            return err;
    } else if (head.magic == MAGIC && take(&text, &rest, head.text, 1) &&
               take(&blocks, &rest, head.blocks, sizeof(xj_block)) &&
               take(&cells, &rest, head.cells, sizeof(xj_cell)) &&
               take(&furniture, &rest, head.furniture, sizeof(xj_furniture)) &&
               take(&spots, &rest, head.spots, sizeof(xj_spot)) &&
               take(&notes, &rest, head.notes, 1) && rest.len == 0 &&
               xj_utf8_check(text) == text.len) {
        made->text = xj_str_dup(text, result);
        made->nblocks = (size_t)head.blocks;
        made->blocks = copy(blocks, result);
        made->nfurniture = (size_t)head.furniture;
        made->furniture = copy(furniture, result);
        made->nspots = (size_t)head.spots;
        made->spots = copy(spots, result);
        if (blocks_ok(made, copy(cells, result), head.cells) &&
            furniture_ok(made, xj_str_dup(notes, result)) && spots_ok(made)) {
            *doc = made;
            return NULL;
        }
    }
    return xj_error_new(XJ_E_BAD_INPUT, "the file could not be read: its reader gave nonsense");
}

/* ---- a page as a picture ---- */

struct page_head {
    uint32_t magic;
    int32_t pages;
    float width, height;
};

void
xj_doc__pack_page(xj_buf *out, const xj_doc_page *page)
{
    struct page_head head = {PAGE_MAGIC, page->pages, page->width, page->height};

    add(out, &head, sizeof head);
    xj_buf_add(out, page->picture);
}

static bool
is_side(float points)
{
    return isfinite(points) && points >= 1 && points <= XJ_DOC_SIDE_MAX;
}

xj_error *
xj_doc__unpack_page(xj_doc_page *page, xj_str packed, xj_pool *result)
{
    struct page_head head;
    struct head error;
    xj_str picture;
    xj_error *err;

    if (packed.len >= sizeof error) {
        memcpy(&error, packed.data, sizeof error);
        if (error.magic == MAGIC && error.code != 0 &&
            (err = its_error(&error, xj_str_skip(packed, sizeof error))) != NULL)
            return err;
    }
    if (packed.len >= sizeof head) {
        memcpy(&head, packed.data, sizeof head);
        picture = xj_str_skip(packed, sizeof head);
        if (head.magic == PAGE_MAGIC && head.pages > 0 && is_side(head.width) &&
            is_side(head.height) && xj_str_starts(picture, XJ_STR("\x89PNG\r\n\x1a\n"))) {
            *page = (xj_doc_page){.width = head.width,
                                  .height = head.height,
                                  .pages = head.pages,
                                  .type = "image/png",
                                  .picture = xj_str_dup(picture, result)};
            return NULL;
        }
    }
    return xj_error_new(XJ_E_BAD_INPUT, "the page could not be drawn: its reader broke down");
}
