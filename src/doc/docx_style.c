/*
 * doc/docx_style.c -- styles and automatic numbers of a DOCX.
 *
 * The numbers of a Word list are not in its text: they are counted here as Word counts them
 * (ECMA-376 part 1, 17.9), so that "（一）" stands in the text as it is printed.
 */
#include "doc/docx_priv.h"

#include <ctype.h>
#include <stdio.h>

/* ---- styles.xml ---- */

struct styles {
    xj_docx_sheet *sheet;
    xj_docx_style *style; /* the open one */
    bool change;          /* inside the record of a former property */
};

static void
style_open(struct styles *s, const char **attrs)
{
    const char *type = xj_xml__attr(attrs, "type"), *id = xj_xml__attr(attrs, "styleId");
    const char *fallback = xj_xml__attr(attrs, "default");

    s->style = NULL;
    if (id == NULL || type == NULL || strcmp(type, "paragraph") != 0)
        return;
    s->style = XJ_NEW(s->sheet->pool, xj_docx_style);
    *s->style = (xj_docx_style){.outline = -1, .num = -1, .level = -1};
    xj_map_set(&s->sheet->styles, xj_str_dup(xj_str_c(id), s->sheet->pool), s->style);
    if (fallback != NULL && (strcmp(fallback, "1") == 0 || strcmp(fallback, "true") == 0))
        s->sheet->default_style = xj_str_dup(xj_str_c(id), s->sheet->pool);
}

static void
style_name(xj_docx_style *style, const char *name)
{
    static const char heading[] = "heading ", zh[] = "标题";
    char lower[64];
    size_t n = 0;

    for (; name[n] != '\0' && n < sizeof lower - 1; n++)
        lower[n] = (char)tolower((unsigned char)name[n]);
    lower[n] = '\0';
    if (strncmp(lower, "toc", 3) == 0)
        style->toc = true;
    else if (strcmp(lower, "title") == 0)
        style->title = true;
    else if (style->outline < 0 && strncmp(lower, heading, sizeof heading - 1) == 0 &&
             isdigit((unsigned char)lower[sizeof heading - 1]))
        style->outline = lower[sizeof heading - 1] - '1';
    else if (style->outline < 0 && strncmp(lower, zh, sizeof zh - 1) == 0 && n > sizeof zh - 1 &&
             isdigit((unsigned char)lower[n - 1]))
        style->outline = lower[n - 1] - '1';
}

static bool
is_on(const char **attrs)
{
    const char *val = xj_xml__attr(attrs, "val");

    return val == NULL || (strcmp(val, "0") != 0 && strcmp(val, "false") != 0 &&
                           strcmp(val, "none") != 0 && strcmp(val, "off") != 0);
}

static void
styles_start(void *arg, const char *name, const char **attrs)
{
    struct styles *s = arg;

    if (strcmp(name, "style") == 0) {
        style_open(s, attrs);
        return;
    }
    if (s->style == NULL)
        return;
    if (strcmp(name, "name") == 0 && xj_xml__attr(attrs, "val") != NULL)
        style_name(s->style, xj_xml__attr(attrs, "val"));
    else if (strcmp(name, "basedOn") == 0)
        s->style->based_on = xj_str_dup(xj_str_c(xj_xml__attr(attrs, "val")), s->sheet->pool);
    else if (strcmp(name, "outlineLvl") == 0)
        s->style->outline = xj_xml__attr_int(attrs, "val", -1);
    else if (strcmp(name, "numId") == 0)
        s->style->num = xj_xml__attr_int(attrs, "val", -1);
    else if (strcmp(name, "ilvl") == 0)
        s->style->level = xj_xml__attr_int(attrs, "val", -1);
    else if (strcmp(name, "b") == 0)
        s->style->bold = is_on(attrs);
}

static void
styles_end(void *arg, const char *name)
{
    struct styles *s = arg;

    if (strcmp(name, "style") == 0)
        s->style = NULL;
}

/* What STYLE does not say, its base says; a chain of bases that bites its tail ends at DEPTH. */
static void
resolve(const xj_docx_sheet *sheet, xj_docx_style *style, int depth)
{
    xj_docx_style *base;

    if (style->resolved || depth > 32)
        return;
    style->resolved = true;
    base = style->based_on.len == 0 ? NULL : xj_map_find(&sheet->styles, style->based_on);
    if (base == NULL)
        return;
    resolve(sheet, base, depth + 1);
    if (style->outline < 0)
        style->outline = base->outline;
    if (style->num < 0)
        style->num = base->num;
    if (style->level < 0)
        style->level = base->level;
    style->toc = style->toc || base->toc;
}

/* ---- numbering.xml ---- */

struct numbering {
    xj_docx_sheet *sheet;
    xj_docx_abstract *abstract;
    xj_docx_num *num;
    xj_docx_level *level;
    int at; /* the level that is open */
    int override;
};

static void
level_open(struct numbering *n, const char **attrs)
{
    n->at = xj_xml__attr_int(attrs, "ilvl", -1);
    n->level = NULL;
    if (n->at < 0 || n->at >= XJ_DOCX_LEVELS)
        return;
    if (n->num != NULL)
        n->level = n->num->level[n->at] = XJ_NEW(n->sheet->pool, xj_docx_level);
    else if (n->abstract != NULL)
        n->level = &n->abstract->levels[n->at];
    if (n->level != NULL)
        *n->level = (xj_docx_level){.fmt = "decimal", .start = 1};
}

static void
level_property(struct numbering *n, const char *name, const char **attrs)
{
    const char *val = xj_xml__attr(attrs, "val");

    if (strcmp(name, "start") == 0)
        n->level->start = xj_xml__attr_int(attrs, "val", 1);
    else if (strcmp(name, "numFmt") == 0 && val != NULL)
        snprintf(n->level->fmt, sizeof n->level->fmt, "%s", val);
    else if (strcmp(name, "lvlText") == 0)
        n->level->text = xj_str_dup(xj_str_c(val), n->sheet->pool);
    else if (strcmp(name, "isLgl") == 0)
        n->level->legal = is_on(attrs);
    else if (strcmp(name, "lvlRestart") == 0)
        n->level->no_restart = xj_xml__attr_int(attrs, "val", 1) == 0;
    else if (strcmp(name, "pStyle") == 0 && n->abstract != NULL && val != NULL)
        xj_map_set(&n->abstract->styles, xj_str_dup(xj_str_c(val), n->sheet->pool),
                   (void *)(uintptr_t)(n->at + 1));
}

static void
numbering_start(void *arg, const char *name, const char **attrs)
{
    struct numbering *n = arg;
    xj_pool *pool = n->sheet->pool;

    if (strcmp(name, "abstractNum") == 0) {
        n->abstract = XJ_NEW(pool, xj_docx_abstract);
        xj_map_init(&n->abstract->styles, pool);
        xj_map_set(&n->sheet->abstracts,
                   xj_str_dup(xj_str_c(xj_xml__attr(attrs, "abstractNumId")), pool), n->abstract);
    } else if (strcmp(name, "num") == 0) {
        n->num = XJ_NEW(pool, xj_docx_num);
        for (int i = 0; i < XJ_DOCX_LEVELS; i++)
            n->num->start[i] = -1;
        xj_map_set(&n->sheet->nums, xj_str_dup(xj_str_c(xj_xml__attr(attrs, "numId")), pool),
                   n->num);
    } else if (strcmp(name, "abstractNumId") == 0 && n->num != NULL) {
        n->num->abstract = xj_map_find(&n->sheet->abstracts, xj_str_c(xj_xml__attr(attrs, "val")));
    } else if (strcmp(name, "lvlOverride") == 0) {
        n->override = xj_xml__attr_int(attrs, "ilvl", -1);
    } else if (strcmp(name, "startOverride") == 0 && n->num != NULL && n->override >= 0 &&
               n->override < XJ_DOCX_LEVELS) {
        n->num->start[n->override] = xj_xml__attr_int(attrs, "val", 1);
    } else if (strcmp(name, "lvl") == 0) {
        level_open(n, attrs);
    } else if (n->level != NULL) {
        level_property(n, name, attrs);
    }
}

static void
numbering_end(void *arg, const char *name)
{
    struct numbering *n = arg;

    if (strcmp(name, "abstractNum") == 0)
        n->abstract = NULL;
    else if (strcmp(name, "num") == 0)
        n->num = NULL;
    else if (strcmp(name, "lvl") == 0)
        n->level = NULL;
}

xj_error *
xj_docx__sheet(xj_docx_sheet *sheet, xj_str styles, xj_str numbering, xj_pool *pool)
{
    static const xj_xml_events style_events = {styles_start, styles_end, NULL};
    static const xj_xml_events number_events = {numbering_start, numbering_end, NULL};

    *sheet = (xj_docx_sheet){.pool = pool};
    xj_map_init(&sheet->styles, pool);
    xj_map_init(&sheet->abstracts, pool);
    xj_map_init(&sheet->nums, pool);
    if (styles.data != NULL) {
        struct styles s = {.sheet = sheet};

        XJ_TRY(xj_xml__read(styles, &style_events, &s, "styles.xml"));
    }
    if (numbering.data != NULL) {
        struct numbering n = {.sheet = sheet, .override = -1};

        XJ_TRY(xj_xml__read(numbering, &number_events, &n, "numbering.xml"));
    }
    for (size_t i = 0; i < sheet->styles.len; i++)
        resolve(sheet, sheet->styles.entries[i].value, 0);
    return NULL;
}

const xj_docx_style *
xj_docx__style(const xj_docx_sheet *sheet, xj_str id)
{
    return xj_map_find(&sheet->styles, id.len > 0 ? id : sheet->default_style);
}

/* ---- printing a number ---- */

/* 1 to 99,999 as Chinese figures: 十一, 一百零二. */
static void
add_han(xj_buf *out, int n)
{
    static const char *const digit[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    static const struct {
        int unit;
        const char *name;
    } units[] = {{10000, "万"}, {1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}};
    bool begun = false, zero = false;
    int whole = n;

    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        int d = n / units[i].unit;

        n %= units[i].unit;
        if (d == 0) {
            zero = begun;
            continue;
        }
        if (zero)
            xj_buf_add(out, XJ_STR("零"));
        zero = false;
        /* 十 to 十九 have no 一 in front */
        if (!(units[i].unit == 10 && d == 1 && whole < 20))
            xj_buf_add(out, xj_str_c(digit[d % 10]));
        xj_buf_add(out, xj_str_c(units[i].name));
        begun = true;
    }
}

static void
add_roman(xj_buf *out, int n, bool upper)
{
    static const struct {
        int value;
        const char *lower, *upper;
    } parts[] = {{1000, "m", "M"}, {900, "cm", "CM"}, {500, "d", "D"}, {400, "cd", "CD"},
                 {100, "c", "C"},  {90, "xc", "XC"},  {50, "l", "L"},  {40, "xl", "XL"},
                 {10, "x", "X"},   {9, "ix", "IX"},   {5, "v", "V"},   {4, "iv", "IV"},
                 {1, "i", "I"}};

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        for (; n >= parts[i].value; n -= parts[i].value)
            xj_buf_add(out, xj_str_c(upper ? parts[i].upper : parts[i].lower));
    }
}

static void
add_number(xj_buf *out, const char *fmt, int n)
{
    static const char *const stems[] = {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"};

    if (n < 1 || n > 9999)
        xj_buf_add_int(out, n);
    else if (strstr(fmt, "EnclosedCircle") != NULL)
        xj_buf_add_cp(out, n <= 20   ? 0x2460u + (uint32_t)n - 1
                           : n <= 35 ? 0x3251u + (uint32_t)n - 21
                                     : 0x32b1u + (uint32_t)(n > 50 ? 50 : n) - 36);
    else if (strncmp(fmt, "chinese", 7) == 0 || strncmp(fmt, "taiwanese", 9) == 0 ||
             strncmp(fmt, "japanese", 8) == 0 || strcmp(fmt, "ideographDigital") == 0 ||
             strcmp(fmt, "ideographLegalTraditional") == 0)
        add_han(out, n);
    else if (strcmp(fmt, "ideographTraditional") == 0)
        xj_buf_add(out, xj_str_c(stems[(n - 1) % 10]));
    else if (strcmp(fmt, "upperRoman") == 0 || strcmp(fmt, "lowerRoman") == 0)
        add_roman(out, n, fmt[0] == 'u');
    else if (strcmp(fmt, "upperLetter") == 0 || strcmp(fmt, "lowerLetter") == 0)
        xj_buf_add_char(out, (char)((fmt[0] == 'u' ? 'A' : 'a') + (n - 1) % 26));
    else if (strcmp(fmt, "decimalZero") == 0)
        xj_buf_printf(out, "%02d", n);
    else if (strcmp(fmt, "none") != 0)
        xj_buf_add_int(out, n);
}

static const xj_docx_level *
level_of(const xj_docx_num *num, int level)
{
    return num->level[level] != NULL ? num->level[level] : &num->abstract->levels[level];
}

static void
count(xj_docx_num *num, int level)
{
    xj_docx_abstract *a = num->abstract;

    if (num->start[level] >= 0 && !num->seen[level])
        a->count[level] = num->start[level];
    else if (!a->used[level])
        a->count[level] = level_of(num, level)->start;
    else
        a->count[level]++;
    num->seen[level] = a->used[level] = true;
    for (int deeper = level + 1; deeper < XJ_DOCX_LEVELS; deeper++) {
        if (!level_of(num, deeper)->no_restart)
            a->used[deeper] = false;
    }
}

xj_str
xj_docx__label(xj_docx_sheet *sheet, int num_id, int level, xj_str style, xj_pool *pool)
{
    char id[16];
    xj_docx_num *num;
    const xj_docx_level *own;
    xj_buf out;

    num = xj_map_find(&sheet->nums, xj_str_of(id, (size_t)snprintf(id, sizeof id, "%d", num_id)));
    if (num == NULL || num->abstract == NULL)
        return XJ_STR("");
    if (level < 0) {
        uintptr_t by_style = (uintptr_t)xj_map_find(&num->abstract->styles, style);

        level = by_style > 0 ? (int)by_style - 1 : 0;
    }
    if (level >= XJ_DOCX_LEVELS)
        return XJ_STR("");
    own = level_of(num, level);
    count(num, level);
    if (strcmp(own->fmt, "bullet") == 0)
        return XJ_STR("");
    xj_buf_init(&out, pool, 256);
    for (size_t i = 0; i < own->text.len; i++) {
        int at =
            own->text.data[i] == '%' && i + 1 < own->text.len ? own->text.data[i + 1] - '1' : -1;

        if (at < 0 || at >= XJ_DOCX_LEVELS) {
            xj_buf_add_char(&out, own->text.data[i]);
            continue;
        }
        /* a higher level that was never counted prints its start */
        add_number(&out, own->legal ? "decimal" : level_of(num, at)->fmt,
                   num->abstract->used[at] ? num->abstract->count[at] : level_of(num, at)->start);
        i++;
    }
    return xj_buf_str(&out);
}
