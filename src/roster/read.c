/* A file to rows whose cells are known by the heads above them. */
#include "roster/roster_priv.h"

#include <sodium.h>

#define HEAD_ROWS_MAX 20 /* of a sheet, in which its heads are sought */

/* A row of the table with that index: tables move while more are found. */
typedef struct found_row {
    size_t table;
    xj_roster_row row;
} found_row;

typedef struct reading {
    xj_sheet_cells sheets;
    XJ_VEC(xj_roster_table) tables;
    XJ_VEC(found_row) rows;
    xj_pool *pool;
} reading;

/* ---- cells ---- */

/* TEXT without any blank where it is Chinese: names are spread out to one width (张　三). */
static xj_str
joined(xj_str text, xj_pool *pool)
{
    char *out = xj_alloc(pool, text.len + 1);
    bool chinese = false;
    size_t n = 0, pos = 0;

    while (pos < text.len) {
        const uint32_t cp = xj_utf8_next(text, &pos);

        chinese = chinese || cp >= 0x3400;
        if (cp != ' ' && cp != 0x3000 && cp != 0xA0 && cp != '\n' && cp != '\r' && cp != '\t')
            n += xj_utf8_put(out + n, cp);
    }
    return chinese ? xj_str_of(out, n) : text;
}

/* ---- heads ---- */

/* The cell behind those of the row that begins with cell I. */
static size_t
row_end(const reading *r, size_t i)
{
    const xj_sheet_cell *first = &r->sheets.cells.items[i];

    while (i < r->sheets.cells.len && r->sheets.cells.items[i].sheet == first->sheet &&
           r->sheets.cells.items[i].row == first->row)
        i++;
    return i;
}

/* How many of the cells FROM to TO are heads of HEADS; 0 where the first of those is not there. */
static size_t
count_heads(const reading *r, size_t from, size_t to, const xj_roster__head *heads)
{
    bool first = false;
    size_t n = 0;

    for (size_t i = from; i < to; i++) {
        const int field = xj_roster__field(heads, r->sheets.cells.items[i].text);

        n += field >= 0;
        first = first || field == 0;
    }
    return first ? n : 0;
}

/* A table of seats says of which body, and as what. */
static bool
is_seats_head(const reading *r, size_t from, size_t to)
{
    bool body = false, role = false;

    for (size_t i = from; i < to; i++) {
        const int field = xj_roster__field(xj_roster__seat_heads, r->sheets.cells.items[i].text);

        body = body || field == XJ_SEAT_FIELD_BODY;
        role = role || field == XJ_SEAT_FIELD_ROLE;
    }
    return body && role;
}

/* Whether the row of cells FROM to TO is the heads of a table, and of which. */
static bool
is_head(xj_roster_what *what, const reading *r, size_t from, size_t to)
{
    const size_t p = count_heads(r, from, to, xj_roster__person_heads);
    const size_t u = count_heads(r, from, to, xj_roster__unit_heads);

    *what = is_seats_head(r, from, to) ? XJ_ROSTER_SEAT
            : p >= 2                   ? XJ_ROSTER_PERSON
                                       : XJ_ROSTER_UNIT;
    /* a table of names alone is one of units, if it says so */
    return *what != XJ_ROSTER_UNIT || u >= 2 ||
           (u == 1 && to - from == 1 &&
            xj_str_eq(r->sheets.cells.items[from].text, XJ_STR("单位名称")));
}

static xj_error *
read_heads(xj_roster_table *table, reading *r, size_t from, size_t to)
{
    const xj_roster__head *heads = xj_roster__heads(table->what);
    XJ_VEC(xj_str) ignored = {0};

    for (size_t i = from; i < to; i++) {
        const xj_sheet_cell *cell = &r->sheets.cells.items[i];
        const int field = xj_roster__field(heads, cell->text);

        if (field < 0) {
            xj_vec_push(&ignored, r->pool, cell->text);
            continue;
        }
        if (table->col[field] != 0)
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT,
                                            "two columns mean the same, the second is \"" XJ_FMT
                                            "\"",
                                            XJ_ARG(cell->text)),
                               "sheet %d, row %d, column %d", cell->sheet, cell->row, cell->col);
        table->col[field] = cell->col;
    }
    table->ignored = ignored.items;
    table->nignored = ignored.len;
    return NULL;
}

/* ---- rows ---- */

static bool
is_name(const xj_roster_table *table, int field)
{
    if (table->what == XJ_ROSTER_SEAT)
        return field != XJ_SEAT_FIELD_JOB;
    return table->what == XJ_ROSTER_PERSON
               ? field != XJ_PERSON_FIELD_JOB
               : field == XJ_UNIT_FIELD_NAME || field == XJ_UNIT_FIELD_PARENT ||
                     field == XJ_UNIT_FIELD_CREDIT_CODE;
}

/* The cells FROM to TO as a row of table AT; none where no column of ours has anything. */
static xj_error *
read_row(reading *r, size_t at, size_t from, size_t to)
{
    const xj_roster_table *table = &r->tables.items[at];
    found_row found = {.table = at, .row = {.row = r->sheets.cells.items[from].row}};
    xj_str *cell = found.row.cell;
    bool any = false;

    for (size_t i = from; i < to; i++)
        for (int f = 0; f < XJ_ROSTER_CELLS; f++) {
            if (table->col[f] != r->sheets.cells.items[i].col)
                continue;
            cell[f] = r->sheets.cells.items[i].text;
            if (is_name(table, f))
                cell[f] = joined(cell[f], r->pool);
            any = any || cell[f].len > 0;
        }
    if (!any)
        return NULL;
    if (r->rows.len == XJ_ROSTER_ROWS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "the file has more than %d rows", XJ_ROSTER_ROWS_MAX);
    xj_vec_push(&r->rows, r->pool, found);
    return NULL;
}

/* A sheet has one table: its heads, and all below. */
static xj_error *
read_sheets(reading *r)
{
    int sheet = 0, seen = 0;
    size_t at = 0, next;
    bool open = false;

    for (size_t i = 0; i < r->sheets.cells.len; i = next) {
        const xj_sheet_cell *cell = &r->sheets.cells.items[i];
        xj_roster_table table = {.sheet = cell->sheet};

        next = row_end(r, i);
        if (cell->sheet != sheet) {
            sheet = cell->sheet;
            seen = 0;
            open = false;
        }
        if (open) {
            XJ_TRY(read_row(r, at, i, next));
        } else if (seen++ < HEAD_ROWS_MAX && is_head(&table.what, r, i, next)) {
            if (sheet < XJ_CELLS_SHEETS)
                table.sheet_name = r->sheets.names[sheet];
            XJ_TRY(read_heads(&table, r, i, next));
            at = r->tables.len;
            xj_vec_push(&r->tables, r->pool, table);
            open = true;
        }
    }
    if (r->tables.len == 0)
        return xj_error_new(
            XJ_E_BAD_INPUT,
            "no table of units (单位名称, …), people (姓名, 单位, …) or seats (机构, 机构职务, …) "
            "was found: the heads of the columns are not there");
    return NULL;
}

xj_error *
xj_roster_read(xj_roster **roster, xj_str bytes, const xj_doc_limits *limits, xj_pool *result,
               xj_pool *scratch)
{
    xj_roster *made = XJ_NEW(result, xj_roster);
    reading *r = XJ_NEW(scratch, reading);

    r->pool = result;
    crypto_hash_sha256(made->hash, (const unsigned char *)bytes.data, bytes.len);
    XJ_TRY(xj_sheet_read(&r->sheets, bytes, limits, result, scratch));
    XJ_TRY(read_sheets(r));
    made->tables = r->tables.items;
    made->ntables = r->tables.len;
    made->rows = XJ_NEW_ARRAY(result, xj_roster_row, r->rows.len + 1);
    for (int what = 0; what < XJ_ROSTER_WHATS; what++)
        for (size_t i = 0; i < r->rows.len; i++) {
            xj_roster_row row = r->rows.items[i].row;

            row.table = &made->tables[r->rows.items[i].table];
            if ((int)row.table->what == what)
                made->rows[made->nrows++] = row;
        }
    *roster = made;
    return NULL;
}
