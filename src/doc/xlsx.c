/*
 * doc/xlsx.c -- spreadsheets (ECMA-376, SpreadsheetML) to blocks.
 *
 * Each sheet that can be seen becomes a table, with the lines above and below it (title, remarks)
 * as paragraphs.  Values are written as they show: dates, shares, figures.
 */
#include "doc/xlsx_priv.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#define ROWS_MAX 65536
#define COLS_MAX 1024
#define CELLS_MAX ((size_t)2 << 20)
#define MERGES_MAX ((size_t)200000)
#define CELL_BYTES_MAX ((size_t)1 << 20)
#define STRINGS_BYTES_MAX ((size_t)128 << 20)

struct sheet_ref {
    xj_str name, part;
    bool hidden;
};

struct merge {
    int row, col, last_row, last_col;
};

struct xcell {
    int row, col, row_span, col_span;
    xj_str text;
};

struct xlsx {
    xj_doc_builder *b;
    xj_zip *zip;
    xj_pool *scratch, *sheet_pool;
    bool epoch_1904;
    XJ_VEC(struct sheet_ref) sheets;
    xj_map parts; /* relation id → part */
    xj_str shared_part, styles_part, workbook_part, base;
    /* styles */
    xj_map codes; /* number format id → code */
    XJ_VEC(xj_xlsx_format) formats;
    bool in_xfs;
    /* shared strings */
    XJ_VEC(xj_str) strings;
    xj_buf string;
    bool in_item, in_t, in_phonetic;
    /* the open sheet */
    int sheet_no;
    xj_str sheet_name;
    XJ_VEC(struct xcell) cells;
    XJ_VEC(struct merge) merges;
    int row, col, style;
    char type[12];
    xj_buf value;
    bool in_value;
    xj_error *err; /* the first mistake inside an event */
};

/* ---- workbook, styles, shared strings ---- */

static void
relation(void *arg, const char *name, const char **attrs)
{
    struct xlsx *x = arg;
    xj_str type = xj_str_c(xj_xml__attr(attrs, "Type"));
    xj_str target = xj_str_c(xj_xml__attr(attrs, "Target"));
    xj_str id = xj_str_c(xj_xml__attr(attrs, "Id"));
    xj_str *kept;

    if (strcmp(name, "Relationship") != 0 || target.len == 0 || id.data == NULL ||
        xj_str_eq(xj_str_c(xj_xml__attr(attrs, "TargetMode")), XJ_STR("External")))
        return;
    target = xj_zip__resolve(x->base, target, x->scratch);
    if (xj_str_ends(type, XJ_STR("/officeDocument")))
        x->workbook_part = target;
    else if (xj_str_ends(type, XJ_STR("/sharedStrings")))
        x->shared_part = target;
    else if (xj_str_ends(type, XJ_STR("/styles")))
        x->styles_part = target;
    kept = XJ_NEW(x->scratch, xj_str);
    *kept = target;
    xj_map_set(&x->parts, xj_str_dup(id, x->scratch), kept);
}

static bool
is_true(const char *value)
{
    return value != NULL && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

static void
workbook_start(void *arg, const char *name, const char **attrs)
{
    struct xlsx *x = arg;

    if (strcmp(name, "workbookPr") == 0) {
        x->epoch_1904 = is_true(xj_xml__attr(attrs, "date1904"));
    } else if (strcmp(name, "sheet") == 0) {
        const char *state = xj_xml__attr(attrs, "state");
        xj_str *part;
        xj_str id = XJ_STR_NONE;

        /* r:id, not sheetId: the attribute with a prefix */
        for (const char **a = attrs; a[0] != NULL; a += 2) {
            if (strchr(a[0], ':') != NULL && strcmp(xj_xml__local(a[0]), "id") == 0)
                id = xj_str_c(a[1]);
        }
        part = xj_map_find(&x->parts, id);
        if (part != NULL)
            xj_vec_push(&x->sheets, x->scratch,
                        (struct sheet_ref){
                            .name = xj_str_dup(xj_str_c(xj_xml__attr(attrs, "name")), x->scratch),
                            .part = *part,
                            .hidden = state != NULL && strcmp(state, "visible") != 0});
    }
}

static void
styles_start(void *arg, const char *name, const char **attrs)
{
    struct xlsx *x = arg;

    if (strcmp(name, "numFmt") == 0) {
        const char *id = xj_xml__attr(attrs, "numFmtId"), *code = xj_xml__attr(attrs, "formatCode");

        if (id != NULL && code != NULL)
            xj_map_set(&x->codes, xj_str_dup(xj_str_c(id), x->scratch),
                       (void *)(uintptr_t)xj_str_cdup(xj_str_c(code), x->scratch));
    } else if (strcmp(name, "cellXfs") == 0) {
        x->in_xfs = true;
    } else if (x->in_xfs && strcmp(name, "xf") == 0) {
        const char *id = xj_xml__attr(attrs, "numFmtId");

        xj_vec_push(&x->formats, x->scratch,
                    xj_xlsx__format(xj_xml__attr_int(attrs, "numFmtId", 0),
                                    id == NULL ? NULL : xj_map_find(&x->codes, xj_str_c(id))));
    }
}

static void
styles_end(void *arg, const char *name)
{
    struct xlsx *x = arg;

    if (strcmp(name, "cellXfs") == 0)
        x->in_xfs = false;
}

static void
strings_start(void *arg, const char *name, const char **attrs)
{
    struct xlsx *x = arg;

    (void)attrs;
    if (strcmp(name, "si") == 0)
        xj_buf_clear(&x->string);
    else if (strcmp(name, "rPh") == 0)
        x->in_phonetic = true;
    else if (strcmp(name, "t") == 0)
        x->in_t = true;
}

static void
strings_end(void *arg, const char *name)
{
    struct xlsx *x = arg;

    if (strcmp(name, "si") == 0)
        xj_vec_push(&x->strings, x->scratch, xj_str_dup(xj_buf_str(&x->string), x->scratch));
    else if (strcmp(name, "rPh") == 0)
        x->in_phonetic = false;
    else if (strcmp(name, "t") == 0)
        x->in_t = false;
}

static void
strings_text(void *arg, xj_str text)
{
    struct xlsx *x = arg;

    if (x->in_t && !x->in_phonetic)
        xj_buf_add(&x->string, text);
}

/* ---- a sheet ---- */

/* "AB12" → row 11, column 27 (from 0); false if it is no reference. */
static bool
parse_ref(int *row, int *col, const char *ref)
{
    int c = 0, r = 0;

    for (; *ref >= 'A' && *ref <= 'Z'; ref++) {
        c = c * 26 + (*ref - 'A' + 1);
        if (c > 100000)
            return false;
    }
    for (; *ref >= '0' && *ref <= '9'; ref++) {
        r = r * 10 + (*ref - '0');
        if (r > 10000000)
            return false;
    }
    *row = r - 1;
    *col = c - 1;
    return r > 0 && c > 0;
}

static void
add_merge(struct xlsx *x, const char *ref)
{
    struct merge m;
    const char *colon = ref == NULL ? NULL : strchr(ref, ':');

    if (colon == NULL || x->merges.len >= MERGES_MAX || !parse_ref(&m.row, &m.col, ref) ||
        !parse_ref(&m.last_row, &m.last_col, colon + 1))
        return;
    if (m.last_row >= m.row && m.last_col >= m.col)
        xj_vec_push(&x->merges, x->sheet_pool, m);
}

static void
cell_open(struct xlsx *x, const char **attrs)
{
    const char *ref = xj_xml__attr(attrs, "r"), *type = xj_xml__attr(attrs, "t");

    x->col++;
    if (ref != NULL && !parse_ref(&x->row, &x->col, ref) && x->err == NULL)
        x->err = xj_error_new(XJ_E_BAD_INPUT, "sheet \"" XJ_FMT "\" has a cell at \"%.20s\"",
                              XJ_ARG(x->sheet_name), ref);
    x->style = xj_xml__attr_int(attrs, "s", 0);
    snprintf(x->type, sizeof x->type, "%s", type == NULL ? "n" : type);
    xj_buf_clear(&x->value);
}

static xj_str
number_text(struct xlsx *x, xj_str value)
{
    xj_xlsx_format format = {.form = XJ_XLSX_GENERAL};
    char *end;
    double n;

    errno = 0;
    n = strtod(value.data, &end);
    if (end != value.data + value.len || errno != 0)
        return xj_str_dup(value, x->sheet_pool);
    if (x->style >= 0 && (size_t)x->style < x->formats.len)
        format = x->formats.items[x->style];
    return xj_xlsx__show(n, format, x->epoch_1904, x->sheet_pool);
}

static xj_str
cell_text(struct xlsx *x)
{
    xj_str value = xj_buf_str(&x->value);
    int64_t index;

    if (value.len == 0)
        return value;
    if (strcmp(x->type, "s") == 0) {
        if (xj_str_int(&index, value) && index >= 0 && (size_t)index < x->strings.len)
            return x->strings.items[index];
        return XJ_STR("");
    }
    if (strcmp(x->type, "n") == 0)
        return number_text(x, value);
    if (strcmp(x->type, "b") == 0)
        return xj_str_eq(value, XJ_STR("1")) ? XJ_STR("是") : XJ_STR("否");
    if (strcmp(x->type, "e") == 0)
        return XJ_STR("");         /* #REF! and the like say nothing */
    if (strcmp(x->type, "d") == 0) /* ISO 8601: the date of it */
        value = xj_str_sub(value, 0, 10);
    return xj_str_dup(value, x->sheet_pool);
}

static void
cell_close(struct xlsx *x)
{
    xj_str text = cell_text(x);

    if (xj_str_trim(text).len == 0 || x->err != NULL)
        return;
    if (x->row >= ROWS_MAX || x->col >= COLS_MAX || x->cells.len >= CELLS_MAX) {
        x->err = xj_error_at(xj_error_new(XJ_E_TOO_LARGE,
                                          "sheet \"" XJ_FMT
                                          "\" goes beyond %d rows, %d columns or %zu cells",
                                          XJ_ARG(x->sheet_name), ROWS_MAX, COLS_MAX, CELLS_MAX),
                             "sheet %d, row %d, column %d", x->sheet_no, x->row + 1, x->col + 1);
        return;
    }
    xj_vec_push(
        &x->cells, x->sheet_pool,
        (struct xcell){.row = x->row, .col = x->col, .row_span = 1, .col_span = 1, .text = text});
}

static void
sheet_start(void *arg, const char *name, const char **attrs)
{
    struct xlsx *x = arg;

    if (strcmp(name, "row") == 0) {
        x->row = xj_xml__attr_int(attrs, "r", x->row + 2) - 1;
        x->col = -1;
    } else if (strcmp(name, "c") == 0) {
        cell_open(x, attrs);
    } else if (strcmp(name, "v") == 0 || (strcmp(name, "t") == 0 && !x->in_phonetic)) {
        x->in_value = true;
    } else if (strcmp(name, "rPh") == 0) {
        x->in_phonetic = true;
    } else if (strcmp(name, "mergeCell") == 0) {
        add_merge(x, xj_xml__attr(attrs, "ref"));
    }
}

static void
sheet_end(void *arg, const char *name)
{
    struct xlsx *x = arg;

    if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
        x->in_value = false;
    else if (strcmp(name, "rPh") == 0)
        x->in_phonetic = false;
    else if (strcmp(name, "c") == 0)
        cell_close(x);
}

static void
sheet_text(void *arg, xj_str text)
{
    struct xlsx *x = arg;

    if (x->in_value)
        xj_buf_add(&x->value, text);
}

static int
by_place(const void *a, const void *b)
{
    const struct xcell *ca = a, *cb = b;

    return ca->row != cb->row ? (ca->row > cb->row) - (ca->row < cb->row)
                              : (ca->col > cb->col) - (ca->col < cb->col);
}

/* In order, and one at each place: of two that say they stand there, the later counts. */
static void
sort_cells(struct xlsx *x)
{
    size_t kept = 0;
    bool sorted = true;

    for (size_t i = 1; sorted && i < x->cells.len; i++)
        sorted = by_place(&x->cells.items[i - 1], &x->cells.items[i]) < 0;
    if (sorted)
        return;
    qsort(x->cells.items, x->cells.len, sizeof *x->cells.items, by_place);
    for (size_t i = 1; i < x->cells.len; i++) {
        if (by_place(&x->cells.items[kept], &x->cells.items[i]) != 0)
            kept++;
        x->cells.items[kept] = x->cells.items[i];
    }
    x->cells.len = kept + 1;
}

/* The first cell at or behind ROW, COL. */
static size_t
lower(const struct xlsx *x, int row, int col)
{
    size_t low = 0, high = x->cells.len;
    struct xcell key = {.row = row, .col = col};

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (by_place(&x->cells.items[mid], &key) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* Give merged cells their spans and empty those that they cover. */
static void
apply_merges(struct xlsx *x)
{
    int last_row = x->cells.items[x->cells.len - 1].row, last_col = 0;

    for (size_t i = 0; i < x->cells.len; i++)
        last_col = x->cells.items[i].col > last_col ? x->cells.items[i].col : last_col;
    for (size_t i = 0; i < x->merges.len; i++) {
        struct merge m = x->merges.items[i];
        size_t at = lower(x, m.row, m.col);

        /* what runs to the end of the sheet runs to the end of what is written */
        m.last_row = m.last_row > last_row ? last_row : m.last_row;
        m.last_col = m.last_col > last_col ? last_col : m.last_col;
        if (at < x->cells.len && x->cells.items[at].row == m.row &&
            x->cells.items[at].col == m.col) {
            x->cells.items[at].row_span = m.last_row - m.row + 1;
            x->cells.items[at].col_span = m.last_col - m.col + 1;
            at++;
        }
        for (int row = m.row; row <= m.last_row; row++) {
            for (at = row == m.row ? at : lower(x, row, m.col);
                 at < x->cells.len && x->cells.items[at].row == row &&
                 x->cells.items[at].col <= m.last_col;
                 at++)
                x->cells.items[at].text = XJ_STR("");
        }
    }
}

/* How many cells of the row that begins at I hold text; *NEXT is the first cell behind the row. */
static size_t
row_filled(const struct xlsx *x, size_t i, size_t *next)
{
    size_t n = 0;
    int row = x->cells.items[i].row;

    for (; i < x->cells.len && x->cells.items[i].row == row; i++)
        n += x->cells.items[i].text.len > 0;
    *next = i;
    return n;
}

static void
add_line(struct xlsx *x, size_t from, size_t to)
{
    for (; from < to; from++) {
        const struct xcell *c = &x->cells.items[from];

        if (c->text.len > 0)
            xj_doc__block(
                x->b, c->col_span > 1 ? XJ_BLOCK_HEADING : xj_doc__paragraph_kind(c->text), 0,
                c->text, (xj_place){.sheet = x->sheet_no, .row = c->row + 1, .col = c->col + 1});
    }
}

static void
emit_table(struct xlsx *x, size_t from, size_t to)
{
    int first_row;

    if (from >= to)
        return;
    first_row = x->cells.items[from].row;
    xj_doc__table(x->b);
    for (size_t i = from; i < to; i++) {
        const struct xcell *c = &x->cells.items[i];

        if (c->text.len > 0)
            xj_doc__cell(x->b, c->row - first_row, c->col, c->row_span, c->col_span, c->text,
                         (xj_place){.sheet = x->sheet_no, .row = c->row + 1, .col = c->col + 1});
    }
    xj_doc__table_end(x->b, (xj_place){.sheet = x->sheet_no, .row = first_row + 1, .col = 1});
}

/* Lines of one cell above and below the table are its title and its remarks. */
static void
emit_sheet(struct xlsx *x)
{
    size_t from = 0, to = x->cells.len, next;

    while (from < to && row_filled(x, from, &next) <= 1)
        from = next;
    add_line(x, 0, from);
    while (to > from) {
        size_t start = lower(x, x->cells.items[to - 1].row, 0);

        if (start < from || row_filled(x, start, &next) > 1)
            break;
        to = start;
    }
    emit_table(x, from, to);
    add_line(x, to, x->cells.len);
}

/* Whether NAME says something (not Sheet1, 工作表1). */
static bool
is_telling(xj_str name)
{
    xj_str rest = name;

    if (xj_str_starts(name, XJ_STR("Sheet")))
        rest = xj_str_skip(name, 5);
    else if (xj_str_starts(name, XJ_STR("工作表")))
        rest = xj_str_skip(name, strlen("工作表"));
    for (size_t i = 0; i < rest.len; i++) {
        if (!isdigit((unsigned char)rest.data[i]))
            return true;
    }
    return false;
}

static xj_error *
read_sheet(struct xlsx *x, const struct sheet_ref *ref, bool name_it)
{
    static const xj_xml_events events = {sheet_start, sheet_end, sheet_text};
    xj_error *err;
    xj_str part;

    xj_pool_clear(x->sheet_pool);
    memset(&x->cells, 0, sizeof x->cells);
    memset(&x->merges, 0, sizeof x->merges);
    xj_buf_init(&x->value, x->sheet_pool, CELL_BYTES_MAX);
    x->row = x->col = -1;
    x->sheet_name = ref->name;
    x->in_phonetic = false;
    XJ_TRY(xj_zip__part(&part, x->zip, ref->part.data, x->sheet_pool));
    if (part.data == NULL)
        return xj_error_new(XJ_E_BAD_INPUT, "sheet \"" XJ_FMT "\" is missing", XJ_ARG(ref->name));
    err = xj_xml__read(part, &events, x, ref->part.data);
    if (x->err != NULL) { /* it came first */
        xj_error_clear(err);
        return x->err;
    }
    XJ_TRY(err);
    if (x->cells.len == 0)
        return NULL;
    if (name_it && is_telling(ref->name))
        xj_doc__block(x->b, XJ_BLOCK_HEADING, 0, ref->name, (xj_place){.sheet = x->sheet_no});
    sort_cells(x);
    apply_merges(x);
    emit_sheet(x);
    return NULL;
}

static xj_error *
read_part(struct xlsx *x, const char *name, const xj_xml_events *events, bool needed)
{
    xj_str part;

    XJ_TRY(xj_zip__part(&part, x->zip, name, x->scratch));
    if (part.data == NULL)
        return needed ? xj_error_new(XJ_E_BAD_INPUT, "the file has no workbook in it") : NULL;
    return xj_xml__read(part, events, x, name);
}

static xj_error *
read_workbook(struct xlsx *x)
{
    static const xj_xml_events relations = {relation, NULL, NULL};
    static const xj_xml_events workbook = {workbook_start, NULL, NULL};
    static const xj_xml_events styles = {styles_start, styles_end, NULL};
    static const xj_xml_events strings = {strings_start, strings_end, strings_text};
    size_t slash;
    xj_str folder;

    x->base = XJ_STR("");
    XJ_TRY(read_part(x, "_rels/.rels", &relations, false));
    if (x->workbook_part.len == 0)
        x->workbook_part = XJ_STR("xl/workbook.xml");
    x->base = x->workbook_part;
    slash = xj_str_rfind(x->base, XJ_STR("/"));
    folder = slash == XJ_NPOS ? XJ_STR("") : xj_str_sub(x->base, 0, slash + 1);
    XJ_TRY(read_part(x,
                     xj_str_printf(x->scratch, XJ_FMT "_rels/" XJ_FMT ".rels", XJ_ARG(folder),
                                   XJ_ARG(xj_str_skip(x->base, folder.len)))
                         .data,
                     &relations, false));
    XJ_TRY(read_part(x, x->workbook_part.data, &workbook, true));
    if (x->styles_part.len > 0)
        XJ_TRY(read_part(x, x->styles_part.data, &styles, false));
    if (x->shared_part.len > 0)
        XJ_TRY(read_part(x, x->shared_part.data, &strings, false));
    return xj_buf_check(&x->string);
}

xj_error *
xj_doc__xlsx(xj_doc **doc, xj_str bytes, xj_pool *result, xj_pool *scratch)
{
    xj_doc_builder b;
    struct xlsx *x = XJ_NEW(scratch, struct xlsx);
    size_t visible = 0;

    xj_doc__build(&b, result, scratch);
    x->b = &b;
    x->scratch = scratch;
    x->sheet_pool = xj_pool_child(scratch);
    xj_map_init(&x->parts, scratch);
    xj_map_init(&x->codes, scratch);
    xj_buf_init(&x->string, scratch, STRINGS_BYTES_MAX);
    XJ_TRY(xj_zip__open(&x->zip, bytes, scratch));
    XJ_TRY(read_workbook(x));
    for (size_t i = 0; i < x->sheets.len; i++)
        visible += !x->sheets.items[i].hidden;
    for (size_t i = 0; i < x->sheets.len; i++) {
        x->sheet_no = (int)i + 1;
        if (!x->sheets.items[i].hidden)
            XJ_TRY(read_sheet(x, &x->sheets.items[i], visible > 1));
    }
    return xj_doc__build_end(doc, &b);
}
