/*
 * doc/doc_text_line.c -- the lines of a plain text: where each begins, how wide it is, what it is:
 * a row of a table, a page's number, a running head, a date, an entry with a key.
 */
#include "doc/doc_text_priv.h"

#define KEY_LONG                                                                                   \
    4 /* characters of a key that no line broke: 单位： may be the end of 责任单位：       \
       */
#define RUNNING_HEAD_MAX 90 /* columns */
#define BARS_MIN 2          /* bars of a row of a table */

/* --- lines ------------------------------------------------------------------------------------ */

size_t
xj_doc__blank_len(xj_str s, size_t i)
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

xj_str
xj_doc__trim_right(xj_str s)
{
    while (s.len > 0) {
        unsigned char z = (unsigned char)s.data[s.len - 1];

        if (z == ' ' || z == '\t' || z == '\v')
            s.len--;
        else if (s.len >= 3 && xj_doc__blank_len(s, s.len - 3) == 3)
            s.len -= 3;
        else if (s.len >= 2 && xj_doc__blank_len(s, s.len - 2) == 2 && z == 0xA0)
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
look_at_ends(xj_text_line *line, xj_str s)
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
add_line(xj_text_reader *r, xj_str line, uint16_t flags)
{
    size_t lead = 0;
    xj_str bare = xj_doc__trim_right(line);
    xj_text_line *l = &r->lines[r->nlines];
    size_t above = r->nlines;
    bool below;

    while (above > 0 && (r->lines[above - 1].flags & LINE_PAGE_NUMBER))
        above--;
    below = above > 0 && (r->lines[above - 1].flags & LINE_ROW) != 0;
    *l = (xj_text_line){.flags = flags};
    for (size_t k; lead < bare.len && (k = xj_doc__blank_len(bare, lead)) > 0; lead += k)
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

size_t
xj_doc__bar_len(xj_str s, size_t i)
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
        n += xj_doc__bar_len(s, i) > 0;
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

xj_str
xj_doc__without_frame(xj_str s)
{
    size_t open;

    s = xj_str_trim(s);
    open = xj_doc__bar_len(s, 0);
    if (open == 0)
        return s;
    s = xj_str_skip(s, open);
    for (size_t k = 1; k <= 3 && k <= s.len; k++)
        if (xj_doc__bar_len(s, s.len - k) == k) {
            s.len -= k;
            break;
        }
    return s;
}

void
xj_doc__find_bars(xj_text_reader *r)
{
    size_t before = 0; /* bars of the line before */

    for (size_t i = 0; i < r->nlines; i++) {
        xj_text_line *l = &r->lines[i];
        const xj_str s = xj_str_sub(r->bytes, l->from, l->to);
        const size_t bars = l->flags & LINE_ROW ? 0 : count_bars(s);
        const xj_text_line *next = l + 1;

        if (bars >= BARS_MIN &&
            (bars == before || (i + 1 < r->nlines && !(next->flags & LINE_ROW) &&
                                count_bars(xj_str_sub(r->bytes, next->from, next->to)) == bars))) {
            *l = (xj_text_line){.from = l->from, .to = l->to, .flags = LINE_ROW | LINE_BARS};
            if (is_rule(s))
                l->flags |= LINE_NAVIGATION;
        }
        before = bars;
    }
}

void
xj_doc__split_lines(xj_text_reader *r)
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
        if (xj_doc__trim_right(line).len > 0) {
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
head_key(const xj_text_reader *r, size_t i, xj_pool *pool)
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
page_break_near(const xj_text_reader *r, size_t i)
{
    if (r->lines[i].flags & LINE_PAGE_BEFORE)
        return true;
    if (i > 0 && (r->lines[i - 1].flags & (LINE_PAGE_NUMBER | LINE_RUNNING_HEAD)))
        return true;
    return i + 1 < r->nlines && ((r->lines[i + 1].flags & (LINE_PAGE_NUMBER | LINE_RUNNING_HEAD)) ||
                                 (r->lines[i + 1].flags & LINE_PAGE_BEFORE));
}

static bool
may_be_head(const xj_text_line *l)
{
    return !(l->flags & (LINE_ROW | LINE_PAGE_NUMBER | LINE_KEY | LINE_DATE)) &&
           l->width <= RUNNING_HEAD_MAX && l->label == XJ_LABEL_NONE && l->last != u'。' &&
           l->last != ';' && l->last != ':' && l->last != ',' && l->last != u'、' && l->width >= 8;
}

void
xj_doc__mark_running_heads(xj_text_reader *r)
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
