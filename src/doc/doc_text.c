/*
 * doc/doc_text.c -- plain text: lines to paragraphs and tables.
 *
 * Text that comes out of a PDF or a web page has lost its paragraphs: lines are broken at a width,
 * at page ends, in the middle of words, with page numbers and running heads between.  A line is
 * joined to the one before unless something says that a paragraph begins: a number, an indent, a
 * key with a colon, or an end of the line before that is an end.  What a line is says
 * doc_text_line.c.
 */
#include "doc/doc_text_priv.h"

#define CENTERED 10   /* columns of indent from which a line counts as centred */
#define NUMBER_MAX 40 /* columns of a document's number */
#define WRAP_MIN 32   /* columns: narrower and wider texts are not broken by a machine */
#define WRAP_MAX 160

/* --- joining ---------------------------------------------------------------------------------- */

/* Find out whether the text is broken at a width, and whether paragraphs are indented: many lines
 * end within a few columns of the longest, most of them in the middle of a sentence. */
static void
measure(xj_text_reader *r)
{
    unsigned all[WIDTH_MAX + 1] = {0}, open[WIDTH_MAX + 1] = {0}, lines = 0, indented = 0;
    unsigned best = 0;

    r->wrap = 0;
    for (size_t i = 0; i < r->nlines; i++) {
        const xj_text_line *l = &r->lines[i];
        unsigned width = (unsigned)l->width + l->indent;

        if (l->flags & (LINE_ROW | LINE_PAGE_NUMBER | LINE_RUNNING_HEAD) || l->width < 20 ||
            l->indent >= CENTERED)
            continue;
        lines++;
        indented += l->indent >= 2;
        width = width > WIDTH_MAX ? WIDTH_MAX : width;
        all[width]++;
        open[width] += !(l->flags & LINE_TERMINAL);
    }
    r->indents = lines > 0 && indented * 6 >= lines;
    for (unsigned w = WRAP_MAX; w >= WRAP_MIN; w--) {
        unsigned near = 0, broken = 0, longer = 0;

        for (unsigned k = w - 5; k <= w; k++) {
            near += all[k];
            broken += open[k];
        }
        for (unsigned k = w + 1; k <= WIDTH_MAX; k++)
            longer += all[k];
        if (near >= 4 && near * 12 >= lines && broken * 2 >= near && longer * 6 <= lines &&
            near > best) {
            best = near;
            r->wrap = w;
        }
    }
}

/* What is known of the paragraph that is being put together. */
typedef struct para {
    size_t block_from; /* in the output */
    uint32_t from, to; /* in the file */
    size_t last;       /* its last line */
    unsigned width;    /* columns so far */
    int depth;         /* brackets open */
    bool marks;        /* punctuation inside, its label aside */
    bool key;          /* its first line is one of LINE_KEY */
    bool entry;        /* its first line is one of LINE_ENTRY */
    bool open;
} para;

/* Whether LINE may end in the first half of a key: …责任|单位：, …完成|时限：. */
static bool
ends_within_key(xj_str line)
{
    static const char *const halves[] = {"责任", "牵头", "配合", "完成", "主要", "工作",
                                         "分管", "联系", "主办", "协办", "承办", "参与",
                                         "协同", "实施", "办理", "具体"};

    for (size_t i = 0; i < sizeof halves / sizeof *halves; i++)
        if (xj_str_ends(line, xj_str_c(halves[i])))
            return true;
    return false;
}

/* Whether L is a document's number and nothing else: 云健发〔2026〕3号. */
static bool
is_number(const xj_text_reader *r, const xj_text_line *l)
{
    const xj_str s = xj_str_sub(r->bytes, l->from, l->to);
    const bool year = xj_str_has(s, XJ_STR("〔20")) || xj_str_has(s, XJ_STR("[20"));

    return l->width < NUMBER_MAX && year && xj_char_han(l->first) && xj_str_ends(s, XJ_STR("号")) &&
           !xj_str_has(s, XJ_STR("《")) && !xj_str_has(s, XJ_STR("（"));
}

static bool
is_full(const xj_text_reader *r, const xj_text_line *l)
{
    return r->wrap > 0 && (unsigned)l->width + l->indent + 8 >= r->wrap && l->indent < CENTERED;
}

/* Write S, bytes FROM of the file on, to the output. */
static void
put(xj_text_reader *r, xj_str s, size_t from)
{
    if (r->keep_spots && s.len > 0)
        xj_vec_push(&r->spots, r->scratch,
                    (xj_spot){.from = r->out.len,
                              .to = r->out.len + s.len,
                              .place = {.from = from, .to = from + s.len}});
    xj_buf_add(&r->out, s);
}

/* Whether C joins what stands before it with what follows. */
static bool
is_joining(xj_char c)
{
    return c == u'和' || c == u'与' || c == u'及' || c == u'或' || c == u'的' || c == u'以' ||
           c == u'对' || c == u'在' || c == u'为' || c == u'将';
}

static bool
is_digit(xj_char c)
{
    return c >= '0' && c <= '9';
}

/* Whether line N goes on with the paragraph P. */
static bool
joins(const xj_text_reader *r, const para *p, const xj_text_line *n)
{
    const xj_text_line *last = &r->lines[p->last];
    bool full = is_full(r, last);

    if (last->label_only && n->label == XJ_LABEL_NONE)
        return true;
    if (n->first == ',' || n->first == u'。' || n->first == u'、' || n->first == ';')
        return true;
    /* 18.5公里 at the beginning of a line that was broken is a figure */
    if ((n->label == XJ_LABEL_NUM_2 || n->label == XJ_LABEL_NUM_3) && full && n->indent < 2 &&
        !(last->flags & LINE_TERMINAL))
        return true;
    /* 〔2|020〕: a number that was broken */
    if (r->wrap > 0 && p->depth > 0 && is_digit(last->last) && is_digit(n->first))
        return true;
    if (n->label != XJ_LABEL_NONE && n->label != XJ_LABEL_ORDINAL && n->label != XJ_LABEL_CIRCLE)
        return false;
    if (is_number(r, n) || is_number(r, last))
        return false;
    if ((n->flags & LINE_DATE) || (last->flags & LINE_DATE) || n->indent >= CENTERED ||
        last->indent >= CENTERED)
        return false;
    if (r->wrap > 0 && r->indents && n->indent >= 2 &&
        !(p->depth > 0 && !(last->flags & LINE_TERMINAL)))
        return false;
    if (p->depth > 0 && !(n->flags & LINE_KEY))
        return true;
    if ((n->flags & LINE_KEY) && ((last->flags & LINE_TERMINAL) || !full))
        return false;
    /* 第一季度：…, 第二季度：…: one entry behind the other; 内容：…, 责任：… too */
    if (p->entry && (n->flags & LINE_ENTRY))
        return false;
    if (p->key && (n->flags & LINE_KEY) && last->last != ',' && last->last != u'、' &&
        !ends_within_key(xj_str_sub(r->bytes, last->from, last->to)))
        return false;
    if (last->flags & LINE_TERMINAL)
        return full && r->wrap > 0 && !(n->flags & LINE_BLANK_BEFORE) && n->indent < 2 &&
               (r->indents || last->last == ';' || last->last == u'”' || last->last == ')');
    if (last->last == ',' || last->last == u'、')
        return true;
    /* 《…》和 ends no paragraph */
    if (r->wrap > 0 && is_joining(last->last))
        return true;

    if (r->wrap > 0)
        return full;
    return p->marks && p->width >= 40;
}

static void
close_para(xj_text_reader *r, para *p)
{
    xj_block block = {.kind = XJ_BLOCK_PARAGRAPH,
                      .from = p->block_from,
                      .to = r->out.len,
                      .place = {.from = p->from, .to = p->to}};
    xj_char c[PREFIX];
    xj_str text = xj_str_sub(xj_buf_str(&r->out), block.from, block.to);
    xj_label label;

    if (!p->open)
        return;
    label = xj_label_parse(c, xj_chars_fold_some(c, PREFIX, text, NULL));
    if (label.kind != XJ_LABEL_NONE)
        block.kind = XJ_BLOCK_ITEM;
    else if (r->lines[p->last].indent >= CENTERED)
        block.kind = XJ_BLOCK_HEADING;
    xj_vec_push(&r->blocks, r->scratch, block);
    xj_buf_add_char(&r->out, '\n');
    p->open = false;
}

/* Count what the text of line L adds to P. */
static void
look_inside(para *p, xj_str s, bool first)
{
    size_t i = 0, start = 0;

    if (first) {
        xj_char c[PREFIX];
        size_t n = xj_chars_fold_some(c, PREFIX, s, NULL);

        start = xj_label_parse(c, n).len;
        xj_chars_fold_some(c, start, s, &start);
    }
    while (i < s.len) {
        size_t at = i;
        uint32_t cp =
            (unsigned char)s.data[i] < 0x80 ? (unsigned char)s.data[i++] : xj_utf8_next(s, &i);

        if (at < start)
            continue;
        switch (cp) {
        case '(':
        case 0xFF08: /* （ */
        case 0x300A: /* 《 */
        case 0x201C: /* “ */
            p->depth++;
            break;
        case ')':
        case 0xFF09:
        case 0x300B:
        case 0x201D:
            p->depth -= p->depth > 0;
            break;
        case ',':
        case 0xFF0C:
        case 0x3002:
        case 0x3001:
        case 0xFF1B:
        case 0xFF1A:
            p->marks = true;
            break;
        default:
            break;
        }
    }
}

static void
add_to_para(xj_text_reader *r, para *p, size_t i)
{
    const xj_text_line *l = &r->lines[i];
    xj_str s = xj_str_sub(r->bytes, l->from, l->to);
    bool first = !p->open;

    if (first)
        *p = (para){.open = true,
                    .block_from = r->out.len,
                    .from = l->from,
                    .key = (l->flags & LINE_KEY) != 0,
                    .entry = (l->flags & LINE_ENTRY) != 0};
    else if (xj_char_letter(r->lines[p->last].last) && xj_char_letter(l->first))
        xj_buf_add_char(&r->out, ' ');
    look_inside(p, s, first);
    /* an unclosed quotation must not swallow the document */
    if (p->depth > 0 && r->out.len - p->block_from > 4000)
        p->depth = 0;
    put(r, s, l->from);
    p->to = l->to;
    p->last = i;
    p->width += l->width;
}

/* --- tables ----------------------------------------------------------------------------------- */

/* Take the first cell of *REST, a row of LINE_... FLAGS, off it. */
static bool
next_cell(xj_str *part, xj_str *rest, uint16_t flags)
{
    size_t i = 0, bar = 0;

    if (!(flags & LINE_BARS))
        return xj_str_split(part, rest, '\t');
    if (rest->data == NULL)
        return false;
    while (i < rest->len && (bar = xj_doc__bar_len(*rest, i)) == 0)
        i++;
    *part = xj_str_sub(*rest, 0, i);
    *rest = i < rest->len ? xj_str_skip(*rest, i + bar) : XJ_STR_NONE;
    return true;
}

static size_t
count_cells(xj_str row)
{
    size_t n = 1;

    for (size_t i = 0; i < row.len; i++)
        n += row.data[i] == '\t';
    return n;
}

typedef struct table {
    XJ_VEC(xj_cell) cells;
    size_t from;
    uint32_t file_from, file_to;
    int rows, cols;
    int last_cols; /* cells of the last row */
    bool bars;     /* its rows are whole lines */
} table;

static void
add_cell(xj_text_reader *r, table *t, int row, int col, xj_str s, uint32_t base)
{
    xj_str bare = xj_doc__trim_right(s);
    size_t lead = 0;
    xj_cell cell = {.row = row, .col = col, .row_span = 1, .col_span = 1};

    for (size_t k; lead < bare.len && (k = xj_doc__blank_len(bare, lead)) > 0;)
        lead += k;
    bare = xj_str_skip(bare, lead);
    cell.from = r->out.len;
    put(r, bare, base + (size_t)(bare.data - s.data));
    cell.to = r->out.len;
    cell.place = (xj_place){.row = row + 1, .col = col + 1};
    if (bare.len > 0) {
        cell.place.from = base + (size_t)(bare.data - s.data);
        cell.place.to = cell.place.from + bare.len;
    }
    xj_vec_push(&t->cells, r->scratch, cell);
}

static void
add_row(xj_text_reader *r, table *t, size_t i)
{
    const xj_text_line *l = &r->lines[i];
    xj_str rest = xj_str_sub(r->bytes, l->from, l->to), part;
    int col = 0;

    if (t->rows == 0) {
        t->from = r->out.len;
        t->file_from = l->from;
    }
    t->bars = (l->flags & LINE_BARS) != 0;
    if (t->bars)
        rest = xj_doc__without_frame(rest);
    while (next_cell(&part, &rest, l->flags)) {
        if (col > 0)
            xj_buf_add_char(&r->out, '\t');
        add_cell(r, t, t->rows, col, part, (uint32_t)(part.data - r->bytes.data));
        col++;
    }
    xj_buf_add_char(&r->out, '\n');
    t->cols = col > t->cols ? col : t->cols;
    t->last_cols = col;
    t->rows++;
    t->file_to = l->to;
}

/* Whether line N goes on with the last row of T, which was broken inside a cell. */
static bool
continues_row(const xj_text_reader *r, const table *t, size_t n)
{
    const xj_text_line *l = &r->lines[n];
    xj_str s = xj_str_sub(r->bytes, l->from, l->to);

    if (t->rows < 2 || t->bars || (l->flags & (LINE_BLANK_BEFORE | LINE_PAGE_BEFORE)) ||
        t->last_cols >= t->cols)
        return false;
    if (s.len > 0 && s.data[0] == '\t')
        return false;
    return l->label == XJ_LABEL_NONE && !(l->flags & LINE_DATE) &&
           (size_t)t->last_cols + count_cells(s) - 1 <= (size_t)t->cols;
}

static void
continue_row(xj_text_reader *r, table *t, size_t i)
{
    const xj_text_line *l = &r->lines[i];
    xj_str rest = xj_str_sub(r->bytes, l->from, l->to), part;
    bool first = true;

    r->out.len--; /* the row's line break */
    while (xj_str_split(&part, &rest, '\t')) {
        if (first) {
            put(r, xj_doc__trim_right(part), (size_t)(part.data - r->bytes.data));
            t->cells.items[t->cells.len - 1].to = r->out.len;
        } else {
            xj_buf_add_char(&r->out, '\t');
            add_cell(r, t, t->rows - 1, t->last_cols++, part,
                     (uint32_t)(part.data - r->bytes.data));
        }
        first = false;
    }
    xj_buf_add_char(&r->out, '\n');
    t->file_to = l->to;
}

static void
close_table(xj_text_reader *r, table *t)
{
    xj_block block = {.kind = XJ_BLOCK_TABLE,
                      .from = t->from,
                      .place = {.from = t->file_from, .to = t->file_to},
                      .nrows = t->rows,
                      .ncols = t->cols};

    if (t->rows == 0)
        return;
    block.to = r->out.len - 1;
    if (t->rows == 1 && t->cols <= 2) {
        /* one line with a tab is no table: a signature beside its date */
        block.kind = XJ_BLOCK_PARAGRAPH;
        block.nrows = block.ncols = 0;
        for (size_t i = block.from; i < block.to; i++)
            if (r->out.data[i] == '\t')
                r->out.data[i] = ' ';
    } else {
        block.cells = xj_alloc(r->result, xj_size_mul(t->cells.len, sizeof *block.cells));
        memcpy(block.cells, t->cells.items, t->cells.len * sizeof *block.cells);
        block.ncells = t->cells.len;
    }
    xj_vec_push(&r->blocks, r->scratch, block);
    *t = (table){.cells = {t->cells.items, 0, t->cells.cap}};
}

/* --- the whole -------------------------------------------------------------------------------- */

static void
drop_furniture(xj_text_reader *r, const xj_text_line *l)
{
    xj_furniture f = {.kind = l->flags & LINE_PAGE_NUMBER  ? XJ_FURNITURE_PAGE_NUMBER
                              : l->flags & LINE_NAVIGATION ? XJ_FURNITURE_NAVIGATION
                                                           : XJ_FURNITURE_RUNNING_HEAD,
                      .at = r->out.len,
                      .place = {.from = l->from, .to = l->to}};

    f.text = xj_str_dup(xj_str_sub(r->bytes, l->from, l->to), r->result);
    xj_vec_push(&r->furniture, r->scratch, f);
}

static void
build(xj_text_reader *r)
{
    para p = {0};
    table t = {0};
    bool page_break = false;

    for (size_t i = 0; i < r->nlines; i++) {
        xj_text_line *l = &r->lines[i];

        if (l->flags & (LINE_PAGE_NUMBER | LINE_RUNNING_HEAD | LINE_NAVIGATION)) {
            drop_furniture(r, l);
            page_break = !(l->flags & LINE_NAVIGATION);
            if (!page_break)
                close_para(r, &p);
            continue;
        }
        /* what stands before a page end says nothing about paragraphs */
        if (page_break || (l->flags & LINE_PAGE_BEFORE))
            l->flags = (uint16_t)(l->flags & ~LINE_BLANK_BEFORE);
        page_break = false;
        if (t.rows > 0 && !(l->flags & LINE_ROW) && continues_row(r, &t, i)) {
            continue_row(r, &t, i);
        } else if (l->flags & LINE_ROW) {
            close_para(r, &p);
            if (t.rows > 0 && continues_row(r, &t, i))
                continue_row(r, &t, i);
            else
                add_row(r, &t, i);
        } else {
            close_table(r, &t);
            if (p.open && !joins(r, &p, l))
                close_para(r, &p);
            add_to_para(r, &p, i);
        }
    }
    close_para(r, &p);
    close_table(r, &t);
}

static xj_error *
check_bytes(xj_str bytes)
{
    size_t ok;

    if (bytes.len == 0)
        return xj_error_new(XJ_E_BAD_INPUT, "the file is empty");
    if (bytes.len > XJ_DOC_BYTES_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "the file has %zu bytes; the limit is %zu", bytes.len,
                            XJ_DOC_BYTES_MAX);
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char b = (unsigned char)bytes.data[i];

        if (b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != '\v')
            return xj_error_new(XJ_E_BAD_INPUT,
                                "the file is not text: byte %zu is a control character", i);
    }
    ok = xj_utf8_check(bytes);
    if (ok < bytes.len)
        return xj_error_new(XJ_E_NOT_UTF8, "byte %zu of the file is not valid UTF-8", ok);
    return NULL;
}

static xj_error *
read_text(xj_doc **doc, xj_str bytes, bool spots, xj_pool *result, xj_pool *scratch)
{
    xj_text_reader r = {
        .bytes = bytes, .keep_spots = spots, .result = result, .scratch = xj_pool_child(scratch)};
    xj_doc *made;
    xj_error *err = check_bytes(bytes);

    if (err != NULL) {
        xj_pool_destroy(r.scratch);
        return err;
    }
    if (xj_str_starts(bytes, XJ_STR("\xEF\xBB\xBF")))
        r.bytes = xj_str_skip(bytes, 3);
    xj_buf_init(&r.out, r.scratch, xj_size_add(xj_size_mul(bytes.len, 2), 16));
    xj_doc__split_lines(&r);
    xj_doc__find_bars(&r);
    xj_doc__mark_running_heads(&r);
    measure(&r);
    build(&r);
    if (r.nlines == 0 || r.blocks.len == 0) {
        xj_pool_destroy(r.scratch);
        return xj_error_new(XJ_E_BAD_INPUT, "the file holds no text");
    }

    made = XJ_NEW(result, xj_doc);
    made->text = xj_str_dup(xj_buf_str(&r.out), result);
    made->nblocks = r.blocks.len;
    made->blocks = xj_alloc(result, xj_size_mul(r.blocks.len, sizeof *made->blocks));
    memcpy(made->blocks, r.blocks.items, r.blocks.len * sizeof *made->blocks);
    made->nfurniture = r.furniture.len;
    if (r.furniture.len > 0) {
        made->furniture = xj_alloc(result, xj_size_mul(r.furniture.len, sizeof *made->furniture));
        memcpy(made->furniture, r.furniture.items, r.furniture.len * sizeof *made->furniture);
    }
    made->nspots = r.spots.len;
    made->spots = XJ_NEW_ARRAY(result, xj_spot, r.spots.len);
    if (r.spots.len > 0)
        memcpy(made->spots, r.spots.items, r.spots.len * sizeof *made->spots);
    xj_pool_destroy(r.scratch);
    *doc = made;
    return NULL;
}

xj_error *
xj_doc_read_text(xj_doc **doc, xj_str bytes, xj_pool *result, xj_pool *scratch)
{
    return read_text(doc, bytes, false, result, scratch);
}

xj_error *
xj_doc__text_spots(xj_doc **doc, xj_str bytes, xj_pool *result, xj_pool *scratch)
{
    return read_text(doc, bytes, true, result, scratch);
}
