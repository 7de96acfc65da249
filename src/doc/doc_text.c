/*
 * doc/doc_text.c -- plain text: lines to paragraphs and tables.
 *
 * Text that comes out of a PDF or a web page has lost its paragraphs: lines are broken at a width,
 * at page ends, in the middle of words, with page numbers and running heads between.  A line is
 * joined to the one before unless something says that a paragraph begins: a number, an indent, a
 * key with a colon, or an end of the line before that is an end.
 */
#include "doc/doc_priv.h"

#include "text/label.h"

#define KEY_LONG                                                                                   \
    4 /* characters of a key that no line broke: 单位： may be the end of 责任单位：       \
       */
#define PREFIX 24           /* folded characters of a line's beginning that are looked at */
#define WIDTH_MAX 400       /* columns; longer lines count as this long */
#define CENTERED 10         /* columns of indent from which a line counts as centred */
#define RUNNING_HEAD_MAX 90 /* columns */
#define NUMBER_MAX 40       /* columns of a document's number */
#define WRAP_MIN 32         /* columns: narrower and wider texts are not broken by a machine */
#define WRAP_MAX 160
#define BARS_MIN 2 /* bars of a row of a table */

enum {
    LINE_BLANK_BEFORE = 1,
    LINE_PAGE_BEFORE = 2, /* a form feed stands before it */
    LINE_ROW = 4,         /* of a table */
    LINE_PAGE_NUMBER = 8,
    LINE_RUNNING_HEAD = 16,
    LINE_KEY = 32,         /* begins with a short key and a colon */
    LINE_DATE = 64,        /* nothing but a date */
    LINE_TERMINAL = 128,   /* ends where a sentence may end */
    LINE_NAVIGATION = 256, /* of the page that the text was saved from */
    LINE_ENTRY = 512,      /* of a list: the key has at least KEY_LONG characters */
    LINE_BARS = 1024       /* a row whose cells are parted by bars: 1 | 甲 | 乙 */
};

typedef struct text_line {
    uint32_t from, to; /* without white space at the ends (a row: without the line break only) */
    uint16_t width, indent, flags;
    uint8_t label; /* an xj_label_kind */
    uint8_t label_only;
    xj_char first, last;
} text_line;

typedef struct reader {
    xj_str bytes;
    text_line *lines;
    size_t nlines;
    unsigned wrap; /* columns at which the text is broken, 0 where it is not */
    bool indents;  /* paragraphs begin with an indent */
    xj_buf out;
    XJ_VEC(xj_block) blocks;
    XJ_VEC(xj_furniture) furniture;
    XJ_VEC(xj_spot) spots;
    bool keep_spots;
    xj_pool *result, *scratch;
} reader;

/* --- lines ------------------------------------------------------------------------------------ */

static size_t
blank_len(xj_str s, size_t i)
{
    unsigned char a = (unsigned char)s.data[i];

    if (a == ' ' || a == '\t' || a == '\v')
        return 1;
    if (i + 2 < s.len && a == 0xE3 && (unsigned char)s.data[i + 1] == 0x80 &&
        (unsigned char)s.data[i + 2] == 0x80)
        return 3; /* the ideographic blank */
    if (i + 1 < s.len && a == 0xC2 && (unsigned char)s.data[i + 1] == 0xA0)
        return 2;
    return 0;
}

/* S without blanks at its end. */
static xj_str
trim_right(xj_str s)
{
    while (s.len > 0) {
        unsigned char z = (unsigned char)s.data[s.len - 1];

        if (z == ' ' || z == '\t' || z == '\v')
            s.len--;
        else if (s.len >= 3 && blank_len(s, s.len - 3) == 3)
            s.len -= 3;
        else if (s.len >= 2 && blank_len(s, s.len - 2) == 2 && z == 0xA0)
            s.len -= 2;
        else
            break;
    }
    return s;
}

static bool
is_terminal(xj_char c)
{
    return c == u'。' || c == '!' || c == '?' || c == ';' || c == ':' || c == ')' || c == u'”';
}

/* A line of digits with dashes round it, 第3页, 3/12. */
static bool
is_page_number(const xj_char *c, size_t n)
{
    size_t i = 0, digits = 0;

    if (n == 0 || n > 16)
        return false;
    for (; i < n; i++) {
        if (xj_char_digit(c[i]))
            digits++;
        else if (c[i] == u'一' && (i == 0 || i + 1 == n) && n > 2)
            continue; /* a dash as pictures are read */
        else if (c[i] != '-' && c[i] != u'·' && c[i] != u'第' && c[i] != u'页' && c[i] != u'共' &&
                 c[i] != '/' && c[i] != ',')
            return false;
    }
    return digits > 0 && digits <= 6;
}

/* Nothing but a date: 2023年3月20日, 二〇二〇年七月二十日 */
static bool
is_date(const xj_char *c, size_t n)
{
    size_t i = 0;
    bool year = false, day = false;

    if (n < 8 || n > 16)
        return false;
    for (; i < n; i++) {
        if (c[i] == u'年')
            year = true;
        else if (c[i] == u'日')
            day = i + 1 == n || (i + 2 == n && c[n - 1] == ')');
        else if (c[i] != u'月' && !xj_char_digit(c[i]) && c[i] != u'〇' && c[i] != u'零' &&
                 c[i] != u'一' && c[i] != u'二' && c[i] != u'三' && c[i] != u'四' &&
                 c[i] != u'五' && c[i] != u'六' && c[i] != u'七' && c[i] != u'八' &&
                 c[i] != u'九' && c[i] != u'十' && c[i] != 'O' && c[i] != '(' && c[i] != ')' &&
                 c[i] != u'○')
            return false;
    }
    return year && day;
}

/* 您现在的位置：首页 > 政策文件, 发布时间：… 浏览次数：… -- what a page says of itself. */
static bool
is_navigation(xj_str s)
{
    static const xj_str paths[] = {{"您现在的位置", 18},
                                   {"您当前的位置", 18},
                                   {"当前位置", 12},
                                   {"您的位置", 12},
                                   {"您所在的位置", 18}};
    static const xj_str tools[] = {{"浏览次数", 12}, {"字号：[", 11}, {"字体：[", 11},
                                   {"打印本页", 12}, {"【字体", 9},   {"分享到：", 12},
                                   {"阅读次数", 12}};

    if (s.len > 300)
        return false;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        if (xj_str_starts(s, paths[i]) &&
            (xj_str_has(s, XJ_STR(">")) || xj_str_has(s, XJ_STR("首页"))))
            return true;
    }
    for (size_t i = 0; i < sizeof tools / sizeof *tools; i++) {
        if (xj_str_has(s, tools[i]) && !xj_str_has(s, XJ_STR("。")))
            return true;
    }
    return false;
}

static void
look_at_ends(text_line *line, xj_str s)
{
    xj_char c[PREFIX];
    size_t n = xj_chars_fold_some(c, PREFIX, s, NULL), back = s.len;
    xj_label label = xj_label_parse(c, n);

    line->label = (uint8_t)label.kind;
    line->label_only = label.kind != XJ_LABEL_NONE && label.len == n;
    line->first = n > 0 ? c[0] : 0;
    if (n < PREFIX && is_page_number(c, n))
        line->flags |= LINE_PAGE_NUMBER;
    else if (is_navigation(s))
        line->flags |= LINE_NAVIGATION;
    if (n < PREFIX && is_date(c, n))
        line->flags |= LINE_DATE;
    for (size_t i = label.len; i < n && i < label.len + 9; i++) {
        if (c[i] == ':' && i > label.len + 1 && !xj_char_digit(c[i - 1]))
            line->flags |= LINE_KEY | (i >= label.len + KEY_LONG ? LINE_ENTRY : 0);
        if (!xj_char_han(c[i]) && c[i] != '(' && c[i] != ')' && !xj_char_digit(c[i]))
            break;
    }
    while (back > 0 && ((unsigned char)s.data[--back] & 0xC0) == 0x80)
        continue;
    line->last = 0;
    if (back < s.len)
        xj_chars_fold_some(&line->last, 1, xj_str_skip(s, back), NULL);
    if (is_terminal(line->last))
        line->flags |= LINE_TERMINAL;
}

/* Columns that S takes, wide characters two; at most WIDTH_MAX. */
static uint16_t
columns(xj_str s)
{
    size_t width = 0;

    for (size_t i = 0; i < s.len && width < WIDTH_MAX; i++) {
        unsigned char b = (unsigned char)s.data[i];

        if ((b & 0xC0) != 0x80)
            width += b < 0x80 ? 1 : b >= 0xE3 ? 2 : 1;
    }
    return (uint16_t)(width > WIDTH_MAX ? WIDTH_MAX : width);
}

/* Whether the line at S is a row of a table: a tab inside, or a leading one below another row. */
static bool
is_row(xj_str line, xj_str bare, bool below_row)
{
    size_t lead = 0, tab;

    if (bare.len == 0)
        return false;
    tab = xj_str_find(bare, XJ_STR("\t"), 0);
    if (tab != XJ_NPOS)
        return true;
    while (lead < line.len && line.data[lead] == '\t')
        lead++;
    return below_row && (lead > 1 || (line.len > 0 && line.data[line.len - 1] == '\t'));
}

static void
add_line(reader *r, xj_str line, uint16_t flags)
{
    size_t lead = 0;
    xj_str bare = trim_right(line);
    text_line *l = &r->lines[r->nlines];
    size_t above = r->nlines;
    bool below;

    while (above > 0 && (r->lines[above - 1].flags & LINE_PAGE_NUMBER))
        above--;
    below = above > 0 && (r->lines[above - 1].flags & LINE_ROW) != 0;
    *l = (text_line){.flags = flags};
    for (size_t k; lead < bare.len && (k = blank_len(bare, lead)) > 0; lead += k)
        l->indent = (uint16_t)(l->indent + (bare.data[lead] == '\t' ? 4 : k == 3 ? 2 : 1));
    bare = xj_str_skip(bare, lead);
    if (is_row(line, bare, below)) {
        l->flags |= LINE_ROW;
        bare = line;
    }
    l->from = (uint32_t)(bare.data - r->bytes.data);
    l->to = (uint32_t)(l->from + bare.len);
    if (!(l->flags & LINE_ROW)) {
        l->width = columns(bare);
        look_at_ends(l, bare);
    }
    r->nlines++;
}

/* --- rows parted by bars ---------------------------------------------------------------------- */

/* The bytes of the bar at S[I], or 0 where none stands. */
static size_t
bar_len(xj_str s, size_t i)
{
    static const xj_str bars[] = {{"|", 1}, {"\xef\xbd\x9c", 3}, {"\xe2\x94\x82", 3}};

    for (size_t k = 0; k < sizeof bars / sizeof *bars; k++)
        if (xj_str_starts(xj_str_skip(s, i), bars[k]))
            return bars[k].len;
    return 0;
}

static size_t
count_bars(xj_str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++)
        n += bar_len(s, i) > 0;
    return n;
}

/* A line of nothing but bars and rules (|---|:--|). */
static bool
is_rule(xj_str s)
{
    static const char marks[] = " |-:+=";

    for (size_t i = 0; i < s.len; i++)
        if (strchr(marks, s.data[i]) == NULL || s.data[i] == 0)
            return false;
    return true;
}

/* The words of the row S: without the bars that frame it. */
static xj_str
without_frame(xj_str s)
{
    size_t open;

    s = xj_str_trim(s);
    open = bar_len(s, 0);
    if (open == 0)
        return s;
    s = xj_str_skip(s, open);
    for (size_t k = 1; k <= 3 && k <= s.len; k++)
        if (bar_len(s, s.len - k) == k) {
            s.len -= k;
            break;
        }
    return s;
}

/* Lines that bars cut into as many cells as the line before or behind them are the rows of a
 * table. */
static void
find_bars(reader *r)
{
    size_t before = 0; /* bars of the line before */

    for (size_t i = 0; i < r->nlines; i++) {
        text_line *l = &r->lines[i];
        const xj_str s = xj_str_sub(r->bytes, l->from, l->to);
        const size_t bars = l->flags & LINE_ROW ? 0 : count_bars(s);
        const text_line *next = l + 1;

        if (bars >= BARS_MIN &&
            (bars == before || (i + 1 < r->nlines && !(next->flags & LINE_ROW) &&
                                count_bars(xj_str_sub(r->bytes, next->from, next->to)) == bars))) {
            *l = (text_line){.from = l->from, .to = l->to, .flags = LINE_ROW | LINE_BARS};
            if (is_rule(s))
                l->flags |= LINE_NAVIGATION;
        }
        before = bars;
    }
}

static void
split_lines(reader *r)
{
    xj_str b = r->bytes;
    size_t count = 1, from = 0;
    uint16_t flags = 0;

    for (size_t i = 0; i < b.len; i++)
        count += (b.data[i] == '\n' || b.data[i] == '\r' || b.data[i] == '\f') && i > 0 &&
                 b.data[i - 1] != '\n' && b.data[i - 1] != '\r';
    r->lines = xj_alloc(r->scratch, xj_size_mul(count + 1, sizeof *r->lines));
    for (size_t i = 0; i <= b.len; i++) {
        xj_str line;

        if (i < b.len && b.data[i] != '\n' && b.data[i] != '\r' && b.data[i] != '\f')
            continue;
        line = xj_str_sub(b, from, i);
        if (trim_right(line).len > 0) {
            add_line(r, line, flags);
            flags = 0;
        } else if (i > from ||
                   (i < b.len && b.data[i] == '\n' && (i == 0 || b.data[i - 1] != '\r'))) {
            flags |= LINE_BLANK_BEFORE;
        }
        if (i < b.len && b.data[i] == '\f')
            flags |= LINE_PAGE_BEFORE;
        from = i + 1;
    }
}

/* --- furniture -------------------------------------------------------------------------------- */

/* Line I without its figures, as the key by which running heads are found again. */
static xj_str
head_key(const reader *r, size_t i, xj_pool *pool)
{
    xj_str s = xj_str_sub(r->bytes, r->lines[i].from, r->lines[i].to);
    char *key = xj_alloc(pool, s.len + 1);
    size_t len = 0;

    for (size_t k = 0; k < s.len; k++)
        if (!(s.data[k] >= '0' && s.data[k] <= '9') && s.data[k] != ' ')
            key[len++] = s.data[k];
    return xj_str_of(key, len);
}

typedef struct head_count {
    unsigned seen, at_page, inside;
} head_count;

static bool
page_break_near(const reader *r, size_t i)
{
    if (r->lines[i].flags & LINE_PAGE_BEFORE)
        return true;
    if (i > 0 && (r->lines[i - 1].flags & (LINE_PAGE_NUMBER | LINE_RUNNING_HEAD)))
        return true;
    return i + 1 < r->nlines && ((r->lines[i + 1].flags & (LINE_PAGE_NUMBER | LINE_RUNNING_HEAD)) ||
                                 (r->lines[i + 1].flags & LINE_PAGE_BEFORE));
}

static bool
may_be_head(const text_line *l)
{
    return !(l->flags & (LINE_ROW | LINE_PAGE_NUMBER | LINE_KEY | LINE_DATE)) &&
           l->width <= RUNNING_HEAD_MAX && l->label == XJ_LABEL_NONE && l->last != u'。' &&
           l->last != ';' && l->last != ':' && l->last != ',' && l->last != u'、' && l->width >= 8;
}

/* Mark lines that come again and again at page ends, or in the middle of sentences. */
static void
mark_running_heads(reader *r)
{
    xj_pool *pool = xj_pool_child(r->scratch);
    xj_map map;
    bool labels = false;

    xj_map_init(&map, pool);
    for (size_t i = 0; i < r->nlines; i++) {
        head_count **slot;

        if (!may_be_head(&r->lines[i]))
            continue;
        slot = (head_count **)xj_map_slot(&map, head_key(r, i, pool));
        if (*slot == NULL)
            *slot = XJ_NEW(pool, head_count);
        (*slot)->seen++;
        (*slot)->at_page += page_break_near(r, i);
        if (i > 0 && i + 1 < r->nlines && !(r->lines[i - 1].flags & (LINE_TERMINAL | LINE_ROW)) &&
            r->lines[i + 1].label == XJ_LABEL_NONE && r->lines[i - 1].width > 40)
            (*slot)->inside++;
    }
    for (size_t i = 0; i < r->nlines; i++) {
        const head_count *count;

        labels = labels || r->lines[i].label != XJ_LABEL_NONE;
        if (!may_be_head(&r->lines[i]))
            continue;
        count = xj_map_find(&map, head_key(r, i, pool));
        if (count == NULL || count->seen < 2)
            continue;
        if (count->at_page * 2 < count->seen &&
            (count->seen < 3 || count->inside * 2 < count->seen))
            continue;
        if (!labels && !page_break_near(r, i))
            continue; /* the title itself, from which the head is made */
        r->lines[i].flags |= LINE_RUNNING_HEAD;
    }
    xj_pool_destroy(pool);
}

/* --- joining ---------------------------------------------------------------------------------- */

/* Find out whether the text is broken at a width, and whether paragraphs are indented: many lines
 * end within a few columns of the longest, most of them in the middle of a sentence. */
static void
measure(reader *r)
{
    unsigned all[WIDTH_MAX + 1] = {0}, open[WIDTH_MAX + 1] = {0}, lines = 0, indented = 0;
    unsigned best = 0;

    r->wrap = 0;
    for (size_t i = 0; i < r->nlines; i++) {
        const text_line *l = &r->lines[i];
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
is_number(const reader *r, const text_line *l)
{
    const xj_str s = xj_str_sub(r->bytes, l->from, l->to);
    const bool year = xj_str_has(s, XJ_STR("〔20")) || xj_str_has(s, XJ_STR("[20"));

    return l->width < NUMBER_MAX && year && xj_char_han(l->first) && xj_str_ends(s, XJ_STR("号")) &&
           !xj_str_has(s, XJ_STR("《")) && !xj_str_has(s, XJ_STR("（"));
}

static bool
is_full(const reader *r, const text_line *l)
{
    return r->wrap > 0 && (unsigned)l->width + l->indent + 8 >= r->wrap && l->indent < CENTERED;
}

/* Write S, bytes FROM of the file on, to the output. */
static void
put(reader *r, xj_str s, size_t from)
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
joins(const reader *r, const para *p, const text_line *n)
{
    const text_line *last = &r->lines[p->last];
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
close_para(reader *r, para *p)
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
add_to_para(reader *r, para *p, size_t i)
{
    const text_line *l = &r->lines[i];
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
    while (i < rest->len && (bar = bar_len(*rest, i)) == 0)
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
add_cell(reader *r, table *t, int row, int col, xj_str s, uint32_t base)
{
    xj_str bare = trim_right(s);
    size_t lead = 0;
    xj_cell cell = {.row = row, .col = col, .row_span = 1, .col_span = 1};

    for (size_t k; lead < bare.len && (k = blank_len(bare, lead)) > 0;)
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
add_row(reader *r, table *t, size_t i)
{
    const text_line *l = &r->lines[i];
    xj_str rest = xj_str_sub(r->bytes, l->from, l->to), part;
    int col = 0;

    if (t->rows == 0) {
        t->from = r->out.len;
        t->file_from = l->from;
    }
    t->bars = (l->flags & LINE_BARS) != 0;
    if (t->bars)
        rest = without_frame(rest);
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
continues_row(const reader *r, const table *t, size_t n)
{
    const text_line *l = &r->lines[n];
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
continue_row(reader *r, table *t, size_t i)
{
    const text_line *l = &r->lines[i];
    xj_str rest = xj_str_sub(r->bytes, l->from, l->to), part;
    bool first = true;

    r->out.len--; /* the row's line break */
    while (xj_str_split(&part, &rest, '\t')) {
        if (first) {
            put(r, trim_right(part), (size_t)(part.data - r->bytes.data));
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
close_table(reader *r, table *t)
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
drop_furniture(reader *r, const text_line *l)
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
build(reader *r)
{
    para p = {0};
    table t = {0};
    bool page_break = false;

    for (size_t i = 0; i < r->nlines; i++) {
        text_line *l = &r->lines[i];

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
    reader r = {
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
    split_lines(&r);
    find_bars(&r);
    mark_running_heads(&r);
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
