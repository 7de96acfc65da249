/*
 * doc/place.c -- from bytes of a document's text to where they stand in its file.
 */
#include "base/vec.h"
#include "doc/doc.h"

#include <math.h>

const xj_spot *
xj_doc_spots(size_t *n, const xj_doc *doc, xj_pool *result)
{
    XJ_VEC(xj_spot) spots = {0};

    *n = doc->nspots;
    if (doc->nspots > 0)
        return doc->spots;
    for (size_t i = 0; i < doc->nblocks; i++) {
        const xj_block *block = &doc->blocks[i];

        if (block->ncells == 0 && block->place.sheet > 0)
            xj_vec_push(&spots, result,
                        (xj_spot){.from = block->from, .to = block->to, .place = block->place});
        for (size_t k = 0; k < block->ncells; k++) {
            const xj_cell *cell = &block->cells[k];

            if (cell->to > cell->from)
                xj_vec_push(&spots, result,
                            (xj_spot){.from = cell->from,
                                      .to = cell->to,
                                      .place = cell->place,
                                      .row_span = cell->row_span,
                                      .col_span = cell->col_span});
        }
    }
    *n = spots.len;
    return spots.items;
}

/* Columns that S takes: wide characters two. */
static float
columns(xj_str s)
{
    size_t width = 0;

    for (size_t i = 0; i < s.len; i++) {
        unsigned char b = (unsigned char)s.data[i];

        if ((b & 0xc0) != 0x80)
            width += b < 0xe3 ? 1 : 2;
    }
    return (float)width;
}

/* The part of SPOT's box that bytes FROM .. TO fill, by their share of its width. */
static void
part_of(float box[4], const xj_spot *spot, xj_str text, size_t from, size_t to)
{
    float whole = columns(xj_str_sub(text, spot->from, spot->to));
    float width = spot->place.box[2] - spot->place.box[0], step = whole > 0 ? width / whole : 0;

    from = from > spot->from ? from : spot->from;
    to = to < spot->to ? to : spot->to;
    memcpy(box, spot->place.box, sizeof spot->place.box);
    box[0] += step * columns(xj_str_sub(text, spot->from, from));
    box[2] = box[0] + step * columns(xj_str_sub(text, from, to));
}

xj_place
xj_spots_place(const xj_spot *spots, size_t n, xj_str text, size_t from, size_t to)
{
    size_t low = 0, high = n;
    xj_place found = {0};
    bool any = false;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (spots[mid].to <= from)
            low = mid + 1;
        else
            high = mid;
    }
    for (; low < n && spots[low].from < to; low++) {
        const xj_spot *spot = &spots[low];
        float box[4];

        if (any && (spot->place.page == 0 || spot->place.page != found.page))
            break;
        part_of(box, spot, text, from, to);
        if (!any) {
            found = spot->place;
            memcpy(found.box, box, sizeof box);
            any = true;
        }
        for (int side = 0; side < 4; side++)
            found.box[side] =
                side < 2 ? fminf(found.box[side], box[side]) : fmaxf(found.box[side], box[side]);
    }
    return found;
}
