/*
 * doc/build.c -- puts blocks and their text together, for every reader.
 */
#include "doc/doc_priv.h"

#include "text/chars.h"
#include "text/label.h"

#define TEXT_MAX ((size_t)128 << 20)

void
xj_doc__build(xj_doc_builder *b, xj_pool *result, xj_pool *scratch)
{
    *b = (xj_doc_builder){.result = result, .scratch = scratch, .last_row = -1};
    xj_buf_init(&b->text, scratch, TEXT_MAX);
}

/* S without white space at its ends, the ideographic blank and the no-break space included. */
static xj_str
trim(xj_str s)
{
    static const xj_str wide[] = {{"\xe3\x80\x80", 3}, {"\xc2\xa0", 2}};

    for (size_t before = s.len + 1; s.len < before;) {
        before = s.len;
        s = xj_str_trim(s);
        for (size_t i = 0; i < 2; i++) {
            if (xj_str_starts(s, wide[i]))
                s = xj_str_skip(s, wide[i].len);
            if (xj_str_ends(s, wide[i]))
                s.len -= wide[i].len;
        }
    }
    return s;
}

xj_block_kind
xj_doc__paragraph_kind(xj_str text)
{
    xj_char c[24];
    size_t n = xj_chars_fold_some(c, 24, text, NULL);

    return xj_label_parse(c, n).kind == XJ_LABEL_NONE ? XJ_BLOCK_PARAGRAPH : XJ_BLOCK_ITEM;
}

static void
push_block(xj_doc_builder *b, xj_block block, size_t cells_from)
{
    xj_vec_push(&b->blocks, b->scratch, block);
    xj_vec_push(&b->cells_from, b->scratch, cells_from);
}

void
xj_doc__block(xj_doc_builder *b, xj_block_kind kind, int level, xj_str text, xj_place place)
{
    xj_block block = {.kind = kind, .level = level, .place = place};

    text = trim(text);
    if (text.len == 0)
        return;
    block.from = b->text.len;
    xj_buf_add(&b->text, text);
    block.to = b->text.len;
    xj_buf_add_char(&b->text, '\n');
    push_block(b, block, b->cells.len);
}

void
xj_doc__table(xj_doc_builder *b)
{
    XJ_ASSERT(!b->in_table);
    b->in_table = true;
    b->table_cells_from = b->cells.len;
    b->table_from = b->text.len;
    b->last_row = -1;
}

size_t
xj_doc__cell(xj_doc_builder *b, int row, int col, int row_span, int col_span, xj_str text,
             xj_place place)
{
    xj_cell cell = {.row = row,
                    .col = col,
                    .row_span = row_span < 1 ? 1 : row_span,
                    .col_span = col_span < 1 ? 1 : col_span,
                    .place = place};

    if (b->last_row >= 0)
        xj_buf_add_char(&b->text, b->last_row == row ? '\t' : '\n');
    b->last_row = row;
    cell.from = b->text.len;
    xj_buf_add(&b->text, trim(text));
    cell.to = b->text.len;
    xj_vec_push(&b->cells, b->scratch, cell);
    return b->cells.len - 1;
}

void
xj_doc__span(xj_doc_builder *b, size_t cell, int row_span, int col_span)
{
    b->cells.items[cell].row_span = row_span;
    b->cells.items[cell].col_span = col_span;
}

/* The cells from TABLE_CELLS_FROM as a paragraph each (and one for each line of it). */
static void
cells_to_paragraphs(xj_doc_builder *b)
{
    for (size_t i = b->table_cells_from; i < b->cells.len; i++) {
        xj_cell cell = b->cells.items[i];
        size_t from = cell.from;

        for (size_t at = cell.from; at <= cell.to; at++) {
            xj_str line;

            if (at < cell.to && b->text.data[at] != '\n')
                continue;
            line = xj_str_sub(xj_buf_str(&b->text), from, at);
            if (line.len > 0)
                push_block(b,
                           (xj_block){.kind = xj_doc__paragraph_kind(line),
                                      .from = from,
                                      .to = at,
                                      .place = cell.place},
                           b->table_cells_from);
            from = at + 1;
        }
    }
    b->cells.len = b->table_cells_from;
    xj_buf_add_char(&b->text, '\n');
}

void
xj_doc__table_end(xj_doc_builder *b, xj_place place)
{
    xj_block block = {.kind = XJ_BLOCK_TABLE, .place = place};

    XJ_ASSERT(b->in_table);
    b->in_table = false;
    block.from = b->table_from;
    block.to = b->text.len;
    block.ncells = b->cells.len - b->table_cells_from;
    for (size_t i = b->table_cells_from; i < b->cells.len; i++) {
        const xj_cell *c = &b->cells.items[i];

        if (c->row + c->row_span > block.nrows)
            block.nrows = c->row + c->row_span;
        if (c->col + c->col_span > block.ncols)
            block.ncols = c->col + c->col_span;
    }
    if (block.ncells == 0 || block.from == block.to) {
        b->cells.len = b->table_cells_from;
        return;
    }
    if (block.ncols == 1 || block.ncells <= 2) {
        cells_to_paragraphs(b);
        return;
    }
    xj_buf_add_char(&b->text, '\n');
    push_block(b, block, b->table_cells_from);
}

void
xj_doc__furniture(xj_doc_builder *b, xj_furniture_kind kind, xj_str text, xj_place place)
{
    text = trim(text);
    if (text.len == 0)
        return;
    xj_vec_push(
        &b->furniture, b->scratch,
        (xj_furniture){
            .kind = kind, .text = xj_str_dup(text, b->result), .at = b->text.len, .place = place});
}

xj_error *
xj_doc__build_end(xj_doc **doc, xj_doc_builder *b)
{
    xj_doc *made = XJ_NEW(b->result, xj_doc);
    xj_cell *cells;

    XJ_TRY(xj_buf_check(&b->text));
    if (b->blocks.len == 0)
        return xj_error_new(XJ_E_BAD_INPUT, "the file holds no text");
    made->text = xj_str_dup(xj_buf_str(&b->text), b->result);
    cells = XJ_NEW_ARRAY(b->result, xj_cell, b->cells.len);
    if (b->cells.len > 0)
        memcpy(cells, b->cells.items, b->cells.len * sizeof *cells);
    made->nblocks = b->blocks.len;
    made->blocks = XJ_NEW_ARRAY(b->result, xj_block, b->blocks.len);
    memcpy(made->blocks, b->blocks.items, b->blocks.len * sizeof *made->blocks);
    for (size_t i = 0; i < made->nblocks; i++) {
        if (made->blocks[i].kind == XJ_BLOCK_TABLE)
            made->blocks[i].cells = cells + b->cells_from.items[i];
    }
    made->nfurniture = b->furniture.len;
    made->furniture = XJ_NEW_ARRAY(b->result, xj_furniture, b->furniture.len);
    if (b->furniture.len > 0)
        memcpy(made->furniture, b->furniture.items, b->furniture.len * sizeof *made->furniture);
    *doc = made;
    return NULL;
}
