/* Comma separated values (RFC 4180), and what spreadsheet programs of an office make of them. */
#include "doc/cells.h"

/* The mark that the first line has most of. */
static char
separator(xj_str text)
{
    static const char marks[] = {',', '\t', ';'};
    size_t count[sizeof marks] = {0}, best = 0;

    for (size_t i = 0; i < text.len && text.data[i] != '\n'; i++)
        for (size_t m = 0; m < sizeof marks; m++)
            count[m] += text.data[i] == marks[m];
    for (size_t m = 1; m < sizeof marks; m++)
        if (count[m] > count[best])
            best = m;
    return marks[best];
}

/* The value at *POS between quotes, "" in it one quote; *POS is behind the closing one. */
static xj_error *
quoted(xj_str *value, xj_str text, size_t *pos, int row, xj_pool *result)
{
    const size_t from = *pos + 1;
    size_t end = from, n = 0;
    char *out;

    while (end < text.len &&
           (text.data[end] != '"' || (end + 1 < text.len && text.data[end + 1] == '"')))
        end += text.data[end] == '"' ? 2 : 1;
    if (end >= text.len)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a quote does not end"), "row %d", row);
    out = xj_alloc(result, end - from + 1);
    for (size_t i = from; i < end; i += text.data[i] == '"' ? 2 : 1)
        out[n++] = text.data[i];
    *value = xj_str_of(out, n);
    *pos = end + 1;
    return NULL;
}

xj_error *
xj_sheet_csv(xj_sheet_cell_vec *cells, xj_str text, xj_pool *result)
{
    const char mark = separator(text);
    xj_sheet_cell cell = {.sheet = 1, .row = 1, .col = 1, .row_span = 1, .col_span = 1};
    size_t pos = 0;

    while (pos < text.len) {
        size_t end;

        cell.text = XJ_STR("");
        if (text.data[pos] == '"')
            XJ_TRY(quoted(&cell.text, text, &pos, cell.row, result));
        for (end = pos; end < text.len && text.data[end] != mark && text.data[end] != '\n';)
            end++;
        if (cell.text.len == 0)
            cell.text = xj_str_sub(text, pos, end);
        cell.text = xj_sheet_trim(cell.text);
        if (cell.text.len > 0)
            xj_vec_push(cells, result, cell);
        cell.col++;
        if (end < text.len && text.data[end] == '\n') {
            cell.row++;
            cell.col = 1;
        }
        pos = end + 1;
    }
    return NULL;
}
