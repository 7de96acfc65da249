/*
 * doc/docx.c -- Word documents (ECMA-376, WordprocessingML) to blocks.
 *
 * One pass of XML events.  Tracked changes are read as accepted; the numbers of lists are written
 * out; text boxes follow the paragraph that they hang on; headers, footers and footnotes are kept
 * apart; a table of contents, hidden text and field codes are no text.
 */
#include "doc/docx_priv.h"

#include "text/chars.h"
#include "text/label.h"

#include <stdio.h>

#define PARA_MAX ((size_t)16 << 20) /* bytes of one paragraph or cell */
#define COLS_MAX 256
#define PARAS_DEEP 8         /* text boxes inside text boxes */
#define BOLD_HEADING_MAX 150 /* bytes: longer bold paragraphs are no headings */

struct para {
    xj_buf text;
    xj_str style;
    int outline, num, level;
    bool mark_deleted, centred;
    bool bold, plain; /* has bold text; has text that is not */
    size_t box;       /* text boxes waiting, when it began */
};

struct table {
    int row, col;
    int grid_span, vmerge; /* of the open cell; vmerge 0 none, 1 restart, 2 continue */
    bool row_deleted, row_has_cells;
    xj_buf cell;
    size_t merge[COLS_MAX]; /* by column: index + 1 of the cell that runs down, or 0 */
    int rows_in[COLS_MAX];  /* how many rows it has so far */
};

struct docx {
    xj_doc_builder *b;
    xj_docx_sheet *sheet;
    xj_pool *scratch;
    int skip; /* depth inside something that is no text */
    bool in_text, run_bold, run_hidden, in_run_props, in_para_props, in_row_props;
    int field; /* 0 none, 1 in a field's code, 2 in its result */
    int fields;
    struct para paras[PARAS_DEEP];
    int nparas;
    struct table tables[4];
    int ntables;
    XJ_VEC(xj_str) boxes; /* paragraphs of text boxes that wait for their host's end */
    int paragraph;        /* counted, for the place */
    bool join_next;       /* the last paragraph's mark was deleted */
    xj_buf joined;
};

/* ---- paragraphs ---- */

static bool
begins_anew(xj_str before, xj_str line)
{
    xj_char c[24];
    size_t n = xj_chars_fold_some(c, 24, line, NULL);
    static const xj_str ends[] = {{"。", 3}, {"；", 3}, {"：", 3}, {"！", 3}, {"？", 3}, {";", 1}};

    if (xj_label_parse(c, n).kind != XJ_LABEL_NONE)
        return true;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (xj_str_ends(before, ends[i]))
            return true;
    }
    /* a short key and a colon: 责任单位： */
    for (size_t i = 1; i < n && i < 10; i++) {
        if (c[i] == ':')
            return true;
        if (!xj_char_han(c[i]))
            break;
    }
    return false;
}

static void
add_block(struct docx *d, xj_str text, const struct para *p)
{
    const xj_docx_style *style = xj_docx__style(d->sheet, p->style);
    int outline = p->outline >= 0 ? p->outline : style != NULL ? style->outline : -1;
    xj_place place = {.row = d->paragraph};

    if (style != NULL && style->toc)
        xj_doc__furniture(d->b, XJ_FURNITURE_NAVIGATION, text, place);
    else if (outline >= 0 && outline < 9)
        xj_doc__block(d->b, XJ_BLOCK_HEADING, outline + 1, text, place);
    else if ((style != NULL && style->title) || p->centred ||
             (p->bold && !p->plain && text.len <= BOLD_HEADING_MAX))
        xj_doc__block(d->b, XJ_BLOCK_HEADING, 0, text, place);
    else
        xj_doc__block(d->b, xj_doc__paragraph_kind(text), 0, text, place);
}

/* TEXT with its soft breaks: lines that begin anew are blocks of their own, the others are joined.
 */
static void
add_lines(struct docx *d, xj_str text, const struct para *p)
{
    xj_str rest = text, line;
    xj_buf whole;

    if (xj_str_find(text, XJ_STR("\n"), 0) == XJ_NPOS) {
        add_block(d, text, p);
        return;
    }
    xj_buf_init(&whole, d->scratch, PARA_MAX);
    while (xj_str_split(&line, &rest, '\n')) {
        line = xj_str_trim(line);
        if (whole.len > 0 && !p->centred && begins_anew(xj_buf_str(&whole), line)) {
            add_block(d, xj_buf_str(&whole), p);
            xj_buf_clear(&whole);
        }
        xj_buf_add(&whole, line);
    }
    add_block(d, xj_buf_str(&whole), p);
}

static void
add_to_cell(struct table *t, xj_str text)
{
    text = xj_str_trim(text);
    if (text.len == 0)
        return;
    if (t->cell.len > 0)
        xj_buf_add_char(&t->cell, '\n');
    xj_buf_add(&t->cell, text);
}

static void
para_open(struct docx *d)
{
    struct para *p;

    if (d->nparas == PARAS_DEEP) {
        d->skip = 1; /* deeper than any document; its text boxes are left out */
        return;
    }
    p = &d->paras[d->nparas++];
    *p = (struct para){.outline = -1, .num = -1, .level = -1, .box = d->boxes.len};
    xj_buf_init(&p->text, d->scratch, PARA_MAX);
    d->run_bold = d->run_hidden = false;
    d->paragraph++;
}

/* The number that stands in front of P, and P's text behind it. */
static xj_str
numbered(struct docx *d, const struct para *p)
{
    const xj_docx_style *style = xj_docx__style(d->sheet, p->style);
    int num = p->num >= 0 ? p->num : style != NULL ? style->num : -1;
    int level = p->level >= 0 ? p->level : style != NULL ? style->level : -1;
    xj_str text = xj_buf_str(&p->text);
    xj_str label;

    if (num <= 0 || xj_str_trim(text).len == 0)
        return text;
    label = xj_docx__label(d->sheet, num, level, p->style, d->scratch);
    return label.len == 0 ? text
                          : xj_str_printf(d->scratch, XJ_FMT XJ_FMT, XJ_ARG(label), XJ_ARG(text));
}

static void
flush_boxes(struct docx *d, size_t from, const struct para *p)
{
    for (size_t i = from; i < d->boxes.len; i++) {
        if (d->ntables > 0)
            add_to_cell(&d->tables[d->ntables - 1], d->boxes.items[i]);
        else
            add_lines(d, d->boxes.items[i], p);
    }
    d->boxes.len = from;
}

static void
para_close(struct docx *d)
{
    struct para *p;
    xj_str text;

    if (d->nparas == 0)
        return;
    p = &d->paras[--d->nparas];
    text = numbered(d, p);
    if (d->nparas > 0) { /* inside a text box: its host comes first */
        if (xj_str_trim(text).len > 0)
            xj_vec_push(&d->boxes, d->scratch, xj_str_dup(text, d->scratch));
        return;
    }
    if (d->join_next) {
        xj_buf_add(&d->joined, text);
        text = xj_buf_str(&d->joined);
    }
    if (p->mark_deleted && d->ntables == 0) {
        if (!d->join_next) {
            xj_buf_init(&d->joined, d->scratch, PARA_MAX);
            xj_buf_add(&d->joined, text);
        }
        d->join_next = true;
        return;
    }
    d->join_next = false;
    if (d->ntables > 0)
        add_to_cell(&d->tables[d->ntables - 1], text);
    else
        add_lines(d, text, p);
    flush_boxes(d, p->box, p);
}

/* ---- tables ---- */

static void
table_open(struct docx *d)
{
    struct table *t;

    if (d->ntables == (int)(sizeof d->tables / sizeof *d->tables)) {
        d->skip = 1;
        return;
    }
    t = &d->tables[d->ntables++];
    memset(t, 0, sizeof *t);
    xj_buf_init(&t->cell, d->scratch, PARA_MAX);
    if (d->ntables == 1)
        xj_doc__table(d->b);
}

static void
cell_open(struct table *t)
{
    t->grid_span = 1;
    t->vmerge = 0;
    xj_buf_init(&t->cell, t->cell.pool, PARA_MAX);
}

static void
cell_close(struct docx *d)
{
    struct table *t = &d->tables[d->ntables - 1];
    xj_str text = xj_buf_str(&t->cell);
    int col = t->col;

    t->col += t->grid_span;
    if (t->row_deleted || col + t->grid_span > COLS_MAX)
        return;
    if (d->ntables > 1) { /* a table inside a cell: its text, cell by cell */
        add_to_cell(t - 1, text);
        return;
    }
    t->row_has_cells = true;
    if (t->vmerge == 2 && t->merge[col] > 0 && text.len == 0) {
        xj_doc__span(d->b, t->merge[col] - 1, ++t->rows_in[col], t->grid_span);
        return;
    }
    t->merge[col] = 1 + xj_doc__cell(d->b, t->row, col, 1, t->grid_span, text,
                                     (xj_place){.row = t->row + 1, .col = col + 1});
    t->rows_in[col] = 1;
    if (t->vmerge != 1)
        t->merge[col] = 0;
}

static void
row_close(struct docx *d)
{
    struct table *t = &d->tables[d->ntables - 1];

    t->row += t->row_has_cells;
    t->row_has_cells = t->row_deleted = false;
}

static void
table_close(struct docx *d)
{
    d->ntables--;
    if (d->ntables == 0)
        xj_doc__table_end(d->b, (xj_place){.row = d->paragraph});
}

/* ---- events ---- */

static bool
is_on(const char **attrs)
{
    const char *val = xj_xml__attr(attrs, "val");

    return val == NULL || (strcmp(val, "0") != 0 && strcmp(val, "false") != 0);
}

/* What no reader sees, or sees as its opposite: deleted text, the old place of a move, former
 * properties, the second copy of a text box, phonetic guides, field codes. */
static bool
is_skipped(const char *name)
{
    static const char *const names[] = {"del",        "moveFrom",  "Fallback",        "instrText",
                                        "pPrChange",  "rPrChange", "tblPrChange",     "trPrChange",
                                        "tcPrChange", "sectPr",    "sectPrChange",    "rt",
                                        "delText",    "tblGrid",   "numberingChange", "posOffset",
                                        "align",      "binData",   "delInstrText"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i]) == 0)
            return true;
    }
    return false;
}

static void
property(struct docx *d, const char *name, const char **attrs)
{
    struct para *p = d->nparas > 0 ? &d->paras[d->nparas - 1] : NULL;
    struct table *t = d->ntables > 0 ? &d->tables[d->ntables - 1] : NULL;

    if (d->in_run_props) {
        if (strcmp(name, "b") == 0)
            d->run_bold = is_on(attrs);
        else if (strcmp(name, "vanish") == 0)
            d->run_hidden = is_on(attrs);
    } else if (d->in_para_props && p != NULL) {
        const char *val = xj_xml__attr(attrs, "val");

        if (strcmp(name, "pStyle") == 0)
            p->style = xj_str_dup(xj_str_c(val), d->scratch);
        else if (strcmp(name, "outlineLvl") == 0)
            p->outline = xj_xml__attr_int(attrs, "val", -1);
        else if (strcmp(name, "numId") == 0)
            p->num = xj_xml__attr_int(attrs, "val", -1);
        else if (strcmp(name, "ilvl") == 0)
            p->level = xj_xml__attr_int(attrs, "val", -1);
        else if (strcmp(name, "jc") == 0)
            p->centred = val != NULL && strcmp(val, "center") == 0;
    } else if (t != NULL) {
        if (strcmp(name, "gridSpan") == 0) {
            t->grid_span = xj_xml__attr_int(attrs, "val", 1);
            if (t->grid_span < 1 || t->grid_span > COLS_MAX)
                t->grid_span = 1;
        } else if (strcmp(name, "vMerge") == 0) {
            const char *val = xj_xml__attr(attrs, "val");

            t->vmerge = val != NULL && strcmp(val, "restart") == 0 ? 1 : 2;
        } else if (strcmp(name, "gridBefore") == 0 && d->in_row_props) {
            int before = xj_xml__attr_int(attrs, "val", 0);

            t->col = before > 0 && before < COLS_MAX ? before : 0;
        }
    }
}

static void
add_text(struct docx *d, xj_str text)
{
    struct para *p;

    if (d->nparas == 0 || d->run_hidden || d->field == 1)
        return;
    p = &d->paras[d->nparas - 1];
    xj_buf_add(&p->text, text);
    if (xj_str_trim(text).len > 0) {
        p->bold = p->bold || d->run_bold;
        p->plain = p->plain || !d->run_bold;
    }
}

/* A field: begin, its code, separate, its result, end; they nest. */
static void
field_char(struct docx *d, const char *type)
{
    if (type == NULL)
        return;
    if (strcmp(type, "begin") == 0) {
        d->fields++;
        d->field = 1;
    } else if (strcmp(type, "separate") == 0) {
        d->field = d->fields > 1 ? d->field : 2;
    } else if (strcmp(type, "end") == 0 && d->fields > 0) {
        d->fields--;
        d->field = d->fields > 0 ? 2 : 0;
    }
}

static void
on_start(void *arg, const char *name, const char **attrs)
{
    struct docx *d = arg;

    if (d->skip > 0) {
        d->skip++;
        return;
    }
    if (strcmp(name, "del") == 0 && (d->in_run_props || d->in_row_props)) {
        /* a deleted paragraph mark, a deleted row */
        if (d->in_row_props && d->ntables > 0)
            d->tables[d->ntables - 1].row_deleted = true;
        else if (d->in_para_props && d->nparas > 0)
            d->paras[d->nparas - 1].mark_deleted = true;
        return;
    }
    if (is_skipped(name)) {
        d->skip = 1;
        return;
    }
    if (strcmp(name, "p") == 0)
        para_open(d);
    else if (strcmp(name, "r") == 0)
        d->run_bold = d->run_hidden = false;
    else if (strcmp(name, "t") == 0)
        d->in_text = true;
    else if (strcmp(name, "pPr") == 0)
        d->in_para_props = true;
    else if (strcmp(name, "rPr") == 0)
        d->in_run_props = true;
    else if (strcmp(name, "trPr") == 0)
        d->in_row_props = true;
    else if (strcmp(name, "tab") == 0 && !d->in_para_props)
        add_text(d, XJ_STR(" "));
    else if ((strcmp(name, "br") == 0 && xj_xml__attr(attrs, "type") == NULL) ||
             strcmp(name, "cr") == 0)
        add_text(d, XJ_STR("\n"));
    else if (strcmp(name, "noBreakHyphen") == 0)
        add_text(d, XJ_STR("-"));
    else if (strcmp(name, "fldChar") == 0)
        field_char(d, xj_xml__attr(attrs, "fldCharType"));
    else if (strcmp(name, "tbl") == 0)
        table_open(d);
    else if (strcmp(name, "tr") == 0 && d->ntables > 0)
        d->tables[d->ntables - 1].col = 0;
    else if (strcmp(name, "tc") == 0 && d->ntables > 0)
        cell_open(&d->tables[d->ntables - 1]);
    else
        property(d, name, attrs);
}

static void
on_end(void *arg, const char *name)
{
    struct docx *d = arg;

    if (d->skip > 0) {
        d->skip--;
        return;
    }
    if (strcmp(name, "p") == 0)
        para_close(d);
    else if (strcmp(name, "t") == 0)
        d->in_text = false;
    else if (strcmp(name, "pPr") == 0)
        d->in_para_props = false;
    else if (strcmp(name, "rPr") == 0)
        d->in_run_props = false;
    else if (strcmp(name, "trPr") == 0)
        d->in_row_props = false;
    else if (strcmp(name, "tc") == 0 && d->ntables > 0)
        cell_close(d);
    else if (strcmp(name, "tr") == 0 && d->ntables > 0)
        row_close(d);
    else if (strcmp(name, "tbl") == 0 && d->ntables > 0)
        table_close(d);
}

static void
on_text(void *arg, xj_str text)
{
    struct docx *d = arg;

    if (d->skip == 0 && d->in_text)
        add_text(d, text);
}

/* ---- headers, footers, footnotes ---- */

struct aside {
    xj_buf text;
    bool in_text;
};

static void
aside_start(void *arg, const char *name, const char **attrs)
{
    struct aside *a = arg;

    (void)attrs;
    if (strcmp(name, "t") == 0)
        a->in_text = true;
}

static void
aside_end(void *arg, const char *name)
{
    struct aside *a = arg;

    if (strcmp(name, "t") == 0)
        a->in_text = false;
    else if (strcmp(name, "p") == 0)
        xj_buf_add_char(&a->text, '\n');
}

static void
aside_text(void *arg, xj_str text)
{
    struct aside *a = arg;

    if (a->in_text)
        xj_buf_add(&a->text, text);
}

struct relations {
    xj_zip *zip;
    xj_doc_builder *b;
    xj_pool *scratch;
    xj_str base;
    xj_str document, styles, numbering; /* parts found */
    XJ_VEC(xj_str) asides;
    XJ_VEC(xj_str) notes;
};

static void
relation(void *arg, const char *name, const char **attrs)
{
    struct relations *r = arg;
    xj_str type = xj_str_c(xj_xml__attr(attrs, "Type"));
    xj_str target = xj_str_c(xj_xml__attr(attrs, "Target"));

    if (strcmp(name, "Relationship") != 0 || target.len == 0 ||
        xj_str_eq(xj_str_c(xj_xml__attr(attrs, "TargetMode")), XJ_STR("External")))
        return;
    target = xj_zip__resolve(r->base, target, r->scratch);
    if (xj_str_ends(type, XJ_STR("/officeDocument")))
        r->document = target;
    else if (xj_str_ends(type, XJ_STR("/styles")))
        r->styles = target;
    else if (xj_str_ends(type, XJ_STR("/numbering")))
        r->numbering = target;
    else if (xj_str_ends(type, XJ_STR("/header")) || xj_str_ends(type, XJ_STR("/footer")))
        xj_vec_push(&r->asides, r->scratch, target);
    else if (xj_str_ends(type, XJ_STR("/footnotes")) || xj_str_ends(type, XJ_STR("/endnotes")))
        xj_vec_push(&r->notes, r->scratch, target);
}

static const xj_xml_events relation_events = {relation, NULL, NULL};

static xj_error *
add_aside(struct relations *r, xj_str name, xj_furniture_kind kind)
{
    static const xj_xml_events events = {aside_start, aside_end, aside_text};
    struct aside a = {0};
    xj_str part;

    XJ_TRY(xj_zip__part(&part, r->zip, name.data, r->scratch));
    if (part.data == NULL)
        return NULL;
    xj_buf_init(&a.text, r->scratch, PARA_MAX);
    XJ_TRY(xj_xml__read(part, &events, &a, name.data));
    XJ_TRY(xj_buf_check(&a.text));
    xj_doc__furniture(r->b, kind, xj_buf_str(&a.text), (xj_place){0});
    return NULL;
}

static xj_error *
read_relations(struct relations *r, const char *part_name, xj_str base)
{
    xj_str part;

    r->base = base;
    XJ_TRY(xj_zip__part(&part, r->zip, part_name, r->scratch));
    if (part.data == NULL)
        return NULL;
    return xj_xml__read(part, &relation_events, r, part_name);
}

/* word/document.xml → word/_rels/document.xml.rels */
static const char *
relations_of(xj_str part, xj_pool *pool)
{
    size_t slash = xj_str_rfind(part, XJ_STR("/"));
    size_t at = slash == XJ_NPOS ? 0 : slash + 1;

    return xj_str_printf(pool, XJ_FMT "_rels/" XJ_FMT ".rels", XJ_ARG(xj_str_sub(part, 0, at)),
                         XJ_ARG(xj_str_skip(part, at)))
        .data;
}

static xj_error *
optional_part(xj_str *part, struct relations *r, xj_str name)
{
    *part = XJ_STR_NONE;
    return name.len == 0 ? NULL : xj_zip__part(part, r->zip, name.data, r->scratch);
}

xj_error *
xj_doc__docx(xj_doc **doc, xj_str bytes, xj_pool *result, xj_pool *scratch)
{
    static const xj_xml_events events = {on_start, on_end, on_text};
    xj_doc_builder b;
    xj_docx_sheet sheet;
    struct docx *d = XJ_NEW(scratch, struct docx);
    struct relations r = {.b = &b, .scratch = scratch};
    xj_str document, styles, numbering;

    xj_doc__build(&b, result, scratch);
    XJ_TRY(xj_zip__open(&r.zip, bytes, scratch));
    XJ_TRY(read_relations(&r, "_rels/.rels", XJ_STR("")));
    if (r.document.len == 0)
        r.document = XJ_STR("word/document.xml");
    XJ_TRY(xj_zip__part(&document, r.zip, r.document.data, scratch));
    if (document.data == NULL)
        return xj_error_new(XJ_E_BAD_INPUT, "the file has no Word document in it");
    XJ_TRY(read_relations(&r, relations_of(r.document, scratch), r.document));
    XJ_TRY(optional_part(&styles, &r, r.styles));
    XJ_TRY(optional_part(&numbering, &r, r.numbering));
    XJ_TRY(xj_docx__sheet(&sheet, styles, numbering, scratch));
    d->b = &b;
    d->sheet = &sheet;
    d->scratch = scratch;
    XJ_TRY(xj_xml__read(document, &events, d, r.document.data));
    for (size_t i = 0; i < r.asides.len; i++)
        XJ_TRY(add_aside(&r, r.asides.items[i], XJ_FURNITURE_RUNNING_HEAD));
    for (size_t i = 0; i < r.notes.len; i++)
        XJ_TRY(add_aside(&r, r.notes.items[i], XJ_FURNITURE_FOOTNOTE));
    return xj_doc__build_end(doc, &b);
}
