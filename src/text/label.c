#include "text/label.h"

#include "text/number.h"

static const xj_label no_label;

/* A whole Chinese number of at most 4 characters at C[I]; its length or 0. */
static size_t
han_number(int *value, const xj_char *c, size_t i, size_t n)
{
    xj_chars view = {.c = (xj_char *)(uintptr_t)c, .n = n};
    xj_number number;

    if (i >= n || c[i] == u'半' || !(xj_han_digit(c[i]) >= 0 || c[i] == u'十'))
        return 0;
    if (!xj_number_parse(&number, &view, i, n < i + 4 ? n : i + 4) || number.value > 999)
        return 0;
    *value = (int)number.value;
    return number.len;
}

static size_t
figures(int *value, const xj_char *c, size_t i, size_t n)
{
    size_t from = i;

    *value = 0;
    for (; i < n && i - from < 4 && xj_char_digit(c[i]); i++)
        *value = *value * 10 + (c[i] - '0');
    return i - from;
}

/* 第…章, 第…条, 第一件 (of a year's promises) */
static xj_label
ordinal(const xj_char *c, size_t n)
{
    xj_label label = {0};
    size_t k = han_number(&label.value, c, 1, n);

    if (k == 0)
        k = figures(&label.value, c, 1, n);
    if (k == 0 || k + 1 >= n)
        return no_label;
    if (c[k + 1] == u'章' || c[k + 1] == u'编' || c[k + 1] == u'篇') {
        label.kind = XJ_LABEL_PART;
        label.len = k + 2;
    } else if (c[k + 1] == u'部' && k + 2 < n && c[k + 2] == u'分') {
        label.kind = XJ_LABEL_PART;
        label.len = k + 3;
    } else if (c[k + 1] == u'节') {
        label.kind = XJ_LABEL_SECTION;
        label.len = k + 2;
    } else if (c[k + 1] == u'条' || c[k + 1] == u'件') {
        label.kind = XJ_LABEL_ARTICLE;
        label.len = k + 2;
        label.len += label.len < n && c[label.len] == ':';
    }
    return label;
}

/* （一） （1） */
static xj_label
bracketed(const xj_char *c, size_t n)
{
    xj_label label = {.kind = XJ_LABEL_HAN_PAR};
    size_t k = han_number(&label.value, c, 1, n);

    if (k == 0) {
        k = figures(&label.value, c, 1, n);
        label.kind = XJ_LABEL_NUM_PAR;
    }
    if (k == 0 || k > 3 || k + 1 >= n || c[k + 1] != ')')
        return no_label;
    label.len = k + 2;
    if (label.len < n && (c[label.len] == u'、' || c[label.len] == '.'))
        label.len++;
    return label;
}

static bool
is_hours(const xj_char *c, size_t at, size_t n)
{
    return at + 1 < n && c[at] == u'小' && c[at + 1] == u'时';
}

/* Whether the figure VALUE of LEN digits that ends at AT, behind a number and its point, begins the
 * words: 1.6月底前, 1.2026年, 1.65岁以上, 1.35-64岁, 1.24小时, 1.120急救. */
static bool
is_words_figure(const xj_char *c, size_t n, size_t at, size_t len, int value)
{
    int to;

    if (at >= n)
        return false;
    if (len == 4)
        return c[at] == u'年';
    if (len == 3) /* a decimal of three digits counts in large units */
        return xj_char_han(c[at]) && c[at] != u'万' && c[at] != u'亿' && c[at] != u'千' &&
               c[at] != u'元' && c[at] != u'吨';
    if (c[at] == u'月')
        return value >= 1 && value <= 12;
    if (c[at] == '-' || c[at] == '~' || c[at] == u'至' || c[at] == u'到')
        at += 1 + figures(&to, c, at + 1, n);
    if (at < n && c[at] == u'周')
        at++;
    return at < n && (c[at] == u'岁' || (len == 2 && is_hours(c, at, n)));
}

/* 1. 1、 1.1 1） */
static xj_label
numbered(const xj_char *c, size_t n)
{
    xj_label label = {.kind = XJ_LABEL_NUM};
    size_t k = figures(&label.value, c, 0, n);

    if (k == 0 || k > 3 || k >= n)
        return no_label;
    if (c[k] == ')') {
        label.kind = XJ_LABEL_NUM_PAR;
        label.len = k + 1;
        return label;
    }
    if (c[k] != '.' && c[k] != u'、')
        return no_label;
    label.len = k + 1;
    if (c[k] == '.') {
        while (label.len < n && xj_char_digit(c[label.len])) {
            int value;
            size_t more = figures(&value, c, label.len, n);

            if (label.kind == XJ_LABEL_NUM && is_words_figure(c, n, label.len + more, more, value))
                return label;
            /* 1.5万人 and 4.5% are figures, 1.2完善 is a number; 5.20 is a day */
            if (more > 2 || label.kind >= XJ_LABEL_NUM_3)
                return no_label;
            label.kind = label.kind == XJ_LABEL_NUM ? XJ_LABEL_NUM_2 : XJ_LABEL_NUM_3;
            label.value = value;
            label.len += more;
            if (label.len < n && c[label.len] == '.')
                label.len++;
        }
        if (label.kind != XJ_LABEL_NUM && label.len < n &&
            (!xj_char_han(c[label.len]) || c[label.len] == u'万' || c[label.len] == u'亿' ||
             c[label.len] == u'千' || c[label.len] == u'个' || is_hours(c, label.len, n)))
            return no_label;
    }
    if (label.len < n && c[label.len] == u'、')
        label.len++;
    return label;
}

/* 专项行动一： 任务3： -- the word with its number, before the name of an action or a task. */
static xj_label
worded(const xj_char *c, size_t n)
{
    static const char16_t *const words[] = {u"专项行动", u"重点行动", u"行动", u"专项", u"重点任务",
                                            u"任务",     u"工程",     u"项目", u"榜单", u"问题"};
    xj_label label = {.kind = XJ_LABEL_HAN_PAR};

    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        size_t len = 0, k;

        while (words[w][len] != 0 && len < n && c[len] == words[w][len])
            len++;
        if (words[w][len] != 0)
            continue;
        k = han_number(&label.value, c, len, n);
        if (k == 0)
            k = figures(&label.value, c, len, n);
        if (k == 0 || k > 3 || len + k >= n || (c[len + k] != ':' && c[len + k] != u'、'))
            return no_label;
        label.len = len + k + 1;
        return label;
    }
    return no_label;
}

/* A. B、 C) before words, and A1. below it. */
static xj_label
lettered(const xj_char *c, size_t n)
{
    xj_label label = {.kind = XJ_LABEL_NUM, .value = (int)(c[0] - 'A') + 1, .letter = true};
    int value;
    size_t k = figures(&value, c, 1, n);

    if (k > 2 || k + 2 >= n || (c[k + 1] != '.' && c[k + 1] != u'、' && c[k + 1] != ')'))
        return no_label;
    if (k > 0) {
        label.value = value;
        label.letter = false;
    }
    label.len = k + 2;
    return xj_char_han(c[label.len]) || xj_char_digit(c[label.len]) || c[label.len] == u'“'
               ? label
               : no_label;
}

xj_label
xj_label_parse(const xj_char *c, size_t n)
{
    xj_label label = {0};
    size_t k;

    if (n < 2)
        return label;
    if (c[0] == u'第')
        return ordinal(c, n);
    if (c[0] == '(')
        return bracketed(c, n);
    if (xj_char_digit(c[0]))
        return numbered(c, n);
    if (c[0] >= 'A' && c[0] <= 'Z')
        return lettered(c, n);
    if (c[0] == u'专' || c[0] == u'重' || c[0] == u'行' || c[0] == u'任' || c[0] == u'工' ||
        c[0] == u'项' || c[0] == u'榜' || c[0] == u'问')
        return worded(c, n);
    if ((c[0] >= 0x2460 && c[0] <= 0x2473) || (c[0] >= 0x2474 && c[0] <= 0x2487)) {
        label.kind = c[0] <= 0x2473 ? XJ_LABEL_CIRCLE : XJ_LABEL_NUM_PAR;
        label.value = c[0] - (c[0] <= 0x2473 ? 0x2460 : 0x2474) + 1;
        label.len = 1;
        return label;
    }
    k = han_number(&label.value, c, 0, n);
    if (k == 0 || k >= n)
        return no_label;
    if (c[k] == u'、' || c[k] == '.') {
        label.kind = XJ_LABEL_HAN;
        label.len = k + 1;
    } else if (c[k] == u'是' && label.value > 0 && label.value <= 20) {
        label.kind = XJ_LABEL_ORDINAL;
        label.len = k + 1;
    } else {
        return no_label;
    }
    return label;
}
