/*
 * tests/fuzz/fuzz_doc.h -- what the readers' fuzz targets share: zips made around the input, and
 * the properties of every document.
 *
 * Bytes of a zip that change at random break its sums and reach no reader; so the input is the
 * parts themselves, one after the other with PART_END between them, and the zip is made here.
 */
#pragma once

#include "fuzz/fuzz.h"

#include "base/buf.h"
#include "doc/doc_priv.h"

#include <math.h>
#include <zlib.h>

#define FUZZ_INPUT_MAX ((size_t)64 << 10)
#define FUZZ_ZIP_MAX ((size_t)1 << 20)
#define PART_END '\x1e' /* a character that no XML holds */

/* ---- zips ---- */

static inline void
zip_number(xj_buf *out, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        xj_buf_add_char(out, (char)(value >> (8 * i) & 0xff));
}

/* What a local head and an entry of the list have in common; nothing is packed. */
static inline void
zip_common(xj_buf *out, xj_str name, xj_str data)
{
    uint32_t sum = (uint32_t)crc32(0, (const Bytef *)data.data, (uInt)data.len);

    zip_number(out, 20, 2);
    zip_number(out, 0, 4);
    zip_number(out, 0x00210000, 4);
    zip_number(out, sum, 4);
    zip_number(out, (uint32_t)data.len, 4);
    zip_number(out, (uint32_t)data.len, 4);
    zip_number(out, (uint32_t)name.len, 2);
    zip_number(out, 0, 2);
}

/* The parts NAMES[i], TEXTS[i] as a zip in POOL. */
static inline xj_str
zip_made(const char *const *names, const xj_str *texts, size_t n, xj_pool *pool)
{
    xj_buf out, list;

    xj_buf_init(&out, pool, FUZZ_ZIP_MAX);
    xj_buf_init(&list, pool, FUZZ_ZIP_MAX);
    for (size_t i = 0; i < n; i++) {
        xj_str name = xj_str_c(names[i]);

        xj_buf_add(&list, XJ_STR("PK\x01\x02\x14\0"));
        zip_common(&list, name, texts[i]);
        zip_number(&list, 0, 4);
        zip_number(&list, 0, 4);
        zip_number(&list, 0, 2);
        zip_number(&list, (uint32_t)out.len, 4);
        xj_buf_add(&list, name);
        xj_buf_add(&out, XJ_STR("PK\x03\x04"));
        zip_common(&out, name, texts[i]);
        xj_buf_add(&out, name);
        xj_buf_add(&out, texts[i]);
    }
    XJ_ASSERT(list.len < UINT32_MAX);
    xj_str entries = xj_buf_str(&list);
    uint32_t at = (uint32_t)out.len;
    xj_buf_add(&out, entries);
    xj_buf_add(&out, XJ_STR("PK\x05\x06\0\0\0\0"));
    zip_number(&out, (uint32_t)n, 2);
    zip_number(&out, (uint32_t)n, 2);
    zip_number(&out, (uint32_t)entries.len, 4);
    zip_number(&out, at, 4);
    zip_number(&out, 0, 2);
    return xj_buf_str(&out);
}

/* INPUT cut at PART_END into PARTS, at most N; what is not there is XJ_STR(""). */
static inline void
cut_parts(xj_str *parts, size_t n, xj_str input)
{
    for (size_t i = 0; i < n; i++) {
        size_t end = 0;

        while (end < input.len && (i + 1 == n || input.data[end] != PART_END))
            end++;
        parts[i] = xj_str_sub(input, 0, end);
        input = xj_str_skip(input, end + (end < input.len));
    }
}

/* ---- properties ---- */

static inline void
check_range(xj_str text, size_t from, size_t to)
{
    XJ_ASSERT(from <= to && to <= text.len);
    XJ_ASSERT(from == text.len || ((unsigned char)text.data[from] & 0xc0) != 0x80);
    XJ_ASSERT(to == text.len || ((unsigned char)text.data[to] & 0xc0) != 0x80);
}

static inline void
check_place(const xj_place *place)
{
    XJ_ASSERT(place->from <= place->to);
    XJ_ASSERT(place->page >= 0 && place->sheet >= 0 && place->row >= 0 && place->col >= 0);
    for (int i = 0; i < 4; i++)
        XJ_ASSERT(isfinite(place->box[i]));
}

static inline void
check_cells(const xj_doc *doc, const xj_block *block)
{
    size_t at = block->from;

    XJ_ASSERT(block->ncells == 0 || block->kind == XJ_BLOCK_TABLE);
    for (size_t i = 0; i < block->ncells; i++) {
        const xj_cell *c = &block->cells[i];

        check_range(doc->text, c->from, c->to);
        XJ_ASSERT(c->from >= at && c->to <= block->to);
        at = c->to;
        check_place(&c->place);
        XJ_ASSERT(c->row >= 0 && c->col >= 0 && c->row_span >= 1 && c->col_span >= 1);
        XJ_ASSERT(c->row_span <= block->nrows - c->row && c->col_span <= block->ncols - c->col);
        XJ_ASSERT(i == 0 || c[-1].row < c->row || (c[-1].row == c->row && c[-1].col < c->col));
    }
}

/* What every document of a reader is. */
static inline void
check_doc(const xj_doc *doc)
{
    size_t at = 0;

    XJ_ASSERT(xj_utf8_check(doc->text) == doc->text.len && doc->nblocks > 0);
    for (size_t i = 0; i < doc->nblocks; i++) {
        const xj_block *block = &doc->blocks[i];

        check_range(doc->text, block->from, block->to);
        XJ_ASSERT(block->from >= at && block->from < block->to);
        at = block->to;
        XJ_ASSERT(block->level >= 0 && block->kind <= XJ_BLOCK_TABLE && block->label == NULL);
        XJ_ASSERT((block->kind == XJ_BLOCK_TABLE) == (block->ncells > 0));
        check_place(&block->place);
        check_cells(doc, block);
    }
    for (size_t i = 0; i < doc->nfurniture; i++) {
        const xj_furniture *f = &doc->furniture[i];

        XJ_ASSERT(f->kind <= XJ_FURNITURE_FOOTNOTE && f->text.len > 0);
        XJ_ASSERT(xj_utf8_check(f->text) == f->text.len);
        check_range(doc->text, f->at, f->at);
        check_place(&f->place);
    }
}

static inline bool
same_place(const xj_place *a, const xj_place *b)
{
    return a->from == b->from && a->to == b->to && a->page == b->page && a->sheet == b->sheet &&
           a->row == b->row && a->col == b->col && memcmp(a->box, b->box, sizeof a->box) == 0;
}

static inline bool
same_block(const xj_block *a, const xj_block *b)
{
    if (a->kind != b->kind || a->level != b->level || a->from != b->from || a->to != b->to ||
        a->ncells != b->ncells || a->nrows != b->nrows || a->ncols != b->ncols ||
        !same_place(&a->place, &b->place))
        return false;
    for (size_t i = 0; i < a->ncells; i++) {
        const xj_cell *c = &a->cells[i], *d = &b->cells[i];

        if (c->row != d->row || c->col != d->col || c->row_span != d->row_span ||
            c->col_span != d->col_span || c->from != d->from || c->to != d->to ||
            !same_place(&c->place, &d->place))
            return false;
    }
    return true;
}

static inline bool
same_doc(const xj_doc *a, const xj_doc *b)
{
    if (!xj_str_eq(a->text, b->text) || a->nblocks != b->nblocks || a->nfurniture != b->nfurniture)
        return false;
    for (size_t i = 0; i < a->nblocks; i++) {
        if (!same_block(&a->blocks[i], &b->blocks[i]))
            return false;
    }
    for (size_t i = 0; i < a->nfurniture; i++) {
        const xj_furniture *f = &a->furniture[i], *g = &b->furniture[i];

        if (f->kind != g->kind || f->at != g->at || !xj_str_eq(f->text, g->text) ||
            !same_place(&f->place, &g->place))
            return false;
    }
    return true;
}

/* The document of BYTES, checked; NULL where they were refused. */
static inline xj_doc *
checked(xj_str bytes, xj_error *(*reader)(xj_doc **, xj_str, xj_pool *, xj_pool *), xj_pool *pool)
{
    xj_doc *doc = NULL;
    xj_error *err = reader(&doc, bytes, pool, xj_pool_child(pool));

    if (err != NULL) {
        XJ_ASSERT(xj_error_message(err)[0] != '\0');
        xj_error_clear(err);
        return NULL;
    }
    check_doc(doc);
    return doc;
}

/* Read BYTES twice, and once more from what a child would answer: three times the same. */
static inline void
read_again(xj_str bytes, xj_error *(*reader)(xj_doc **, xj_str, xj_pool *, xj_pool *),
           xj_pool *pool)
{
    xj_doc *once = checked(bytes, reader, pool), *again = checked(bytes, reader, pool), *wired;
    xj_error *err;
    xj_buf answer;

    XJ_ASSERT((once == NULL) == (again == NULL));
    if (once == NULL)
        return;
    XJ_ASSERT(same_doc(once, again));
    xj_buf_init(&answer, pool, (size_t)256 << 20);
    xj_doc__pack(&answer, once);
    err = xj_doc__unpack(&wired, xj_buf_str(&answer), pool);
    XJ_ASSERT(err == NULL);
    XJ_ASSERT(same_doc(once, wired));
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    xj_mem_start();
    return 0;
}
