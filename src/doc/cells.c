/* The cells of workbooks and of comma separated values. */
#include "doc/cells.h"

xj_str
xj_sheet_trim(xj_str text)
{
    static const char *const blanks[] = {"　", "\xc2\xa0", "\xef\xbb\xbf"};
    bool more = true;

    while (more) {
        more = false;
        text = xj_str_trim(text);
        for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
            const xj_str blank = xj_str_c(blanks[i]);

            if (xj_str_starts(text, blank)) {
                text = xj_str_skip(text, blank.len);
                more = true;
            }
            if (xj_str_ends(text, blank)) {
                text.len -= blank.len;
                more = true;
            }
        }
    }
    return text;
}

static void
add_cell(xj_sheet_cells *sheets, const xj_doc *doc, const xj_sheet_cell *cell, size_t from,
         size_t to, xj_pool *result)
{
    xj_sheet_cell added = *cell;

    added.text = xj_sheet_trim(xj_str_sub(doc->text, from, to));
    if (cell->sheet > 0 && cell->row > 0 && added.text.len > 0)
        xj_vec_push(&sheets->cells, result, added);
}

static void
take_table(xj_sheet_cells *sheets, const xj_doc *doc, const xj_block *table, xj_pool *result)
{
    for (size_t i = 0; i < table->ncells; i++) {
        const xj_cell *c = &table->cells[i];

        add_cell(sheets, doc,
                 &(xj_sheet_cell){.sheet = c->place.sheet,
                                  .row = c->place.row,
                                  .col = c->place.col,
                                  .row_span = c->row_span,
                                  .col_span = c->col_span},
                 c->from, c->to, result);
    }
}

static void
take_doc(xj_sheet_cells *sheets, const xj_doc *doc, xj_pool *result)
{
    for (size_t i = 0; i < doc->nblocks; i++) {
        const xj_block *block = &doc->blocks[i];
        const xj_place *place = &block->place;

        if (block->kind == XJ_BLOCK_TABLE)
            take_table(sheets, doc, block, result);
        else if (place->row > 0)
            add_cell(sheets, doc,
                     &(xj_sheet_cell){place->sheet, place->row, place->col, 1, 1, XJ_STR("")},
                     block->from, block->to, result);
        else if (place->sheet > 0 && place->sheet < XJ_CELLS_SHEETS)
            sheets->names[place->sheet] = xj_str_sub(doc->text, block->from, block->to);
    }
}

xj_error *
xj_sheet_read(xj_sheet_cells *sheets, xj_str bytes, const xj_doc_limits *limits, xj_pool *result,
              xj_pool *scratch)
{
    xj_doc *doc;
    xj_str text;

    *sheets = (xj_sheet_cells){0};
    if (xj_doc_kind_of(bytes) != XJ_DOC_TEXT) {
        XJ_TRY(xj_doc_read_apart(&doc, bytes, limits, result, scratch));
        take_doc(sheets, doc, result);
        return xj_doc_check_marks(doc, false);
    }
    XJ_TRY(xj_doc_plain_text(&text, bytes, result));
    XJ_TRY(xj_doc_read_text(&doc, text, scratch, scratch));
    XJ_TRY(xj_doc_check_marks(doc, false));
    return xj_sheet_csv(&sheets->cells, text, result);
}
