/* A file to tables: heads of one row or several, bands, cells that were merged downward. */
#include "backfill/backfill_priv.h"

#include <sodium.h>

#define HEAD_ROWS_MAX 30 /* of a sheet, in which its heads are sought */
#define HEAD_HIGH_MAX 3  /* rows that heads are high */
#define BAND_CELLS 2     /* cells of a row that only names an action: its number, its name */

typedef struct carried {
    xj_str text;
    int until; /* the last row it stands for */
} carried;

typedef struct reading {
    xj_sheet_cells sheets;
    const xj_sheet_cell *cells; /* of one sheet */
    size_t n;
    int year, this_year;
    XJ_VEC(xj_backfill_table) tables;
    XJ_VEC(xj_backfill_row) rows;
    XJ_VEC(size_t) table_of; /* by row: tables move while more are found */
    xj_pool *pool;
} reading;

/* The cell behind those of the row that begins with cell I. */
static size_t
row_end(const reading *r, size_t i)
{
    const int row = r->cells[i].row;

    while (i < r->n && r->cells[i].row == row)
        i++;
    return i;
}

/* ---- heads ---- */

/* How many rows the heads that begin with the cells FROM to TO are high. */
static int
height_of(const reading *r, size_t from, size_t to)
{
    int high = 1;

    for (size_t i = from; i < to; i++) {
        if (r->cells[i].row_span > high)
            high = r->cells[i].row_span;
        if (r->cells[i].col_span > 1 && high < 2)
            high = 2;
    }
    return high > HEAD_HIGH_MAX ? HEAD_HIGH_MAX : high;
}

/* All that stands over column COL in the rows FIRST to LAST, from above. */
static xj_str
head_over(const reading *r, int first, int last, int col)
{
    xj_buf out;

    xj_buf_init(&out, r->pool, (size_t)1 << 16);
    for (size_t i = 0; i < r->n && r->cells[i].row <= last; i++) {
        const xj_sheet_cell *c = &r->cells[i];

        if (c->row < first || col < c->col || col >= c->col + c->col_span)
            continue;
        if (out.len > 0)
            xj_buf_add_char(&out, ' ');
        xj_buf_add(&out, c->text);
    }
    return xj_buf_str(&out);
}

static bool
is_naming(xj_backfill_field field)
{
    return field == XJ_BACKFILL_TASK || field == XJ_BACKFILL_NO || field == XJ_BACKFILL_KEY;
}

static bool
is_saying(xj_backfill_field field)
{
    return field == XJ_BACKFILL_TEXT || field == XJ_BACKFILL_PERCENT ||
           field == XJ_BACKFILL_STATE || field == XJ_BACKFILL_DONE_ON ||
           field == XJ_BACKFILL_FIGURE;
}

/* The columns of the heads in rows FIRST to LAST; false where they are none. */
static bool
read_heads(xj_backfill_table *table, const reading *r, int first, int last)
{
    XJ_VEC(xj_backfill_column) columns = {0};
    size_t known = 0, naming = 0, saying = 0;
    int width = 0;

    for (size_t i = 0; i < r->n && r->cells[i].row <= last; i++)
        if (r->cells[i].row >= first && r->cells[i].col + r->cells[i].col_span - 1 > width)
            width = r->cells[i].col + r->cells[i].col_span - 1;
    for (int col = 1; col <= width && columns.len <= XJ_BACKFILL_COLUMNS_MAX; col++) {
        xj_backfill_column column = {.col = col};
        const xj_str head = head_over(r, first, last, col);

        if (head.len == 0)
            continue;
        xj_backfill__head(&column, head, r->year);
        known += column.field != XJ_BACKFILL_OTHER;
        naming += is_naming(column.field);
        saying += is_saying(column.field);
        xj_vec_push(&columns, r->pool, column);
    }
    table->columns = columns.items;
    table->ncolumns = columns.len;
    return known >= 3 && naming > 0 && saying > 0;
}

/* ---- what cells say of an uncertain head ---- */

/* Of the column's cells: how many there are, are states, are percents, are fractions of one. */
typedef struct tally {
    size_t all, states, percents, fractions, days, words_of_time;
} tally;

static tally
tally_of(const reading *r, size_t from, const xj_backfill_column *column)
{
    tally t = {0};

    for (size_t i = from; i < r->n; i++) {
        const xj_str text = r->cells[i].text;
        xj_backfill__day day;
        int percent;

        if (r->cells[i].col != column->col || xj_str_eq(text, column->head))
            continue;
        percent = xj_backfill__percent_of(text, false);
        t.all++;
        t.states += xj_backfill__state_of(text) != XJ_BACKFILL__UNSAID;
        t.percents += percent >= 0;
        t.fractions += percent >= 0 && !xj_str_ends(text, XJ_STR("%")) &&
                       (xj_str_starts(text, XJ_STR("0")) || xj_str_eq(text, XJ_STR("1")) ||
                        xj_str_starts(text, XJ_STR("1.0")));
        t.days += xj_backfill__day_of(&day, text, r->year);
        t.words_of_time += xj_str_has(text, XJ_STR("前")) || xj_str_has(text, XJ_STR("底")) ||
                           xj_str_has(text, XJ_STR("长期")) || xj_str_has(text, XJ_STR("持续")) ||
                           xj_str_has(text, XJ_STR("全年"));
    }
    return t;
}

/* 完成情况, 进度, 状态 may say words, percents or states; 完成时间 when it was or when it shall be.
 */
static void
decide(xj_backfill_table *table, const reading *r, size_t from)
{
    bool deadline = false;

    for (size_t i = 0; i < table->ncolumns; i++)
        deadline |= table->columns[i].field == XJ_BACKFILL_DEADLINE;
    for (size_t i = 0; i < table->ncolumns; i++) {
        xj_backfill_column *c = &table->columns[i];
        const bool said = c->field == XJ_BACKFILL_TEXT || c->field == XJ_BACKFILL_PERCENT ||
                          c->field == XJ_BACKFILL_STATE;
        tally t;

        if (!said && c->field != XJ_BACKFILL_DONE_ON)
            continue;
        t = tally_of(r, from, c);
        if (t.all == 0)
            continue;
        if (said && t.states * 10 >= t.all * 8)
            c->field = XJ_BACKFILL_STATE;
        else if (said && t.percents * 10 >= t.all * 8)
            c->field = XJ_BACKFILL_PERCENT;
        else if (said && c->field != XJ_BACKFILL_TEXT && (t.states + t.percents) * 2 < t.all)
            c->field = XJ_BACKFILL_TEXT;
        else if (!said && !deadline && t.words_of_time * 2 > t.all)
            c->field = XJ_BACKFILL_DEADLINE;
        /* 0.3, 0.85, 1 are shares of one */
        if (c->field == XJ_BACKFILL_PERCENT && t.percents > 0 && t.fractions == t.percents)
            c->fraction = true;
    }
}

/* ---- rows ---- */

static bool
repeats_head(const xj_backfill_table *table, const xj_str *cells)
{
    size_t same = 0, any = 0;

    for (size_t i = 0; i < table->ncolumns; i++) {
        any += cells[i].len > 0;
        same += cells[i].len > 0 && xj_str_ends(table->columns[i].head, cells[i]);
    }
    return any > 2 && same == any;
}

/* The cells of one row by TABLE's columns, those merged from above too; *OWN are the row's own. */
static xj_str *
cells_of(const reading *r, const xj_backfill_table *table, carried *down, size_t from, size_t to,
         size_t *own)
{
    const int row = r->cells[from].row;
    xj_str *cells = XJ_NEW_ARRAY(r->pool, xj_str, table->ncolumns);
    size_t at = from;

    *own = 0;
    for (size_t i = 0; i < table->ncolumns; i++) {
        const int col = table->columns[i].col;

        cells[i] = XJ_STR("");
        while (at < to && r->cells[at].col < col)
            at++;
        if (at < to && r->cells[at].col == col) {
            const xj_sheet_cell *c = &r->cells[at];

            cells[i] = c->text;
            down[i] = (carried){c->text, row + c->row_span - 1};
            ++*own;
        } else if (down[i].until >= row) {
            cells[i] = down[i].text;
        }
    }
    return cells;
}

/* A row of one cell across the table names what follows. */
static bool
is_band(const reading *r, const xj_backfill_table *table, size_t from, size_t to)
{
    const xj_sheet_cell *c = &r->cells[from];

    return to - from == 1 && c->row_span == 1 && xj_utf8_count(c->text) >= 4 &&
           (c->col_span >= BAND_CELLS || (c->col == table->columns[0].col && table->ncolumns > 3));
}

static xj_error *
read_rows(reading *r, size_t at, size_t from)
{
    const xj_backfill_table *table = &r->tables.items[at];
    carried *down = XJ_NEW_ARRAY(r->pool, carried, table->ncolumns);
    xj_str band = XJ_STR("");

    for (size_t i = from, next; i < r->n; i = next) {
        xj_backfill_row row = {.row = r->cells[i].row, .action = band};
        size_t own;

        next = row_end(r, i);
        if (is_band(r, table, i, next)) {
            band = r->cells[i].text;
            continue;
        }
        row.cells = cells_of(r, table, down, i, next, &own);
        if (own == 0 || repeats_head(table, row.cells))
            continue;
        if (r->rows.len == XJ_BACKFILL_ROWS_MAX)
            return xj_error_at(xj_error_new(XJ_E_TOO_LARGE, "the file has more than %d rows",
                                            XJ_BACKFILL_ROWS_MAX),
                               "sheet %d, row %d", table->sheet, row.row);
        xj_vec_push(&r->rows, r->pool, row);
        xj_vec_push(&r->table_of, r->pool, at);
    }
    return NULL;
}

/* ---- sheets ---- */

/* The year that a sheet's name or a line above its heads names. */
static int
year_of(const reading *r, xj_str name)
{
    int year = xj_backfill__year(name);

    for (size_t i = 0; i < r->n && year == 0 && r->cells[i].row <= HEAD_ROWS_MAX; i++)
        year = xj_backfill__year(r->cells[i].text);
    return year;
}

static xj_error *
read_sheet(reading *r, int sheet)
{
    xj_backfill_table table = {.sheet = sheet};
    size_t seen = 0;

    if (sheet < XJ_CELLS_SHEETS)
        table.sheet_name = r->sheets.names[sheet];
    table.year = year_of(r, table.sheet_name);
    r->year = table.year != 0 ? table.year : r->this_year;
    for (size_t i = 0, next; i < r->n && seen < HEAD_ROWS_MAX; i = next, seen++) {
        const int first = r->cells[i].row;
        int last;

        next = row_end(r, i);
        if (next - i < 2)
            continue;
        last = first + height_of(r, i, next) - 1;
        table.row = first;
        if (!read_heads(&table, r, first, last))
            continue;
        if (table.ncolumns > XJ_BACKFILL_COLUMNS_MAX)
            return xj_error_at(xj_error_new(XJ_E_TOO_LARGE, "the table has more than %d columns",
                                            XJ_BACKFILL_COLUMNS_MAX),
                               "sheet %d, row %d", sheet, first);
        while (next < r->n && r->cells[next].row <= last)
            next++;
        decide(&table, r, next);
        xj_vec_push(&r->tables, r->pool, table);
        return read_rows(r, r->tables.len - 1, next);
    }
    return NULL;
}

static xj_error *
read_sheets(reading *r)
{
    const xj_sheet_cell_vec *all = &r->sheets.cells;

    for (size_t i = 0, next; i < all->len; i = next) {
        for (next = i; next < all->len && all->items[next].sheet == all->items[i].sheet;)
            next++;
        r->cells = all->items + i;
        r->n = next - i;
        XJ_TRY(read_sheet(r, all->items[i].sheet));
    }
    if (r->tables.len == 0)
        return xj_error_new(
            XJ_E_BAD_INPUT,
            "no table was found whose heads name tasks (任务, 序号) and what became "
            "of them (进展情况, 完成比例, 状态, 完成日期)");
    return NULL;
}

xj_error *
xj_backfill_read(xj_backfill_file **file, xj_str bytes, int this_year, const xj_doc_limits *limits,
                 xj_pool *result, xj_pool *scratch)
{
    xj_backfill_file *made = XJ_NEW(result, xj_backfill_file);
    reading *r = XJ_NEW(scratch, reading);

    r->pool = result;
    r->this_year = this_year;
    crypto_hash_sha256(made->hash, (const unsigned char *)bytes.data, bytes.len);
    XJ_TRY(xj_sheet_read(&r->sheets, bytes, limits, result, scratch));
    XJ_TRY(read_sheets(r));
    made->tables = r->tables.items;
    made->ntables = r->tables.len;
    made->rows = r->rows.items;
    made->nrows = r->rows.len;
    for (size_t i = 0; i < made->nrows; i++)
        made->rows[i].table = &made->tables[r->table_of.items[i]];
    *file = made;
    return NULL;
}
