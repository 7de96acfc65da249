/*
 * plan/figure.c -- figures as they are printed: number, unit, operator.
 */
#include "plan/target_priv.h"

bool
figure_words(const comp *c, xj_span s, const char16_t *w)
{
    for (size_t i = s.from; i < s.to; i++)
        if (xj_chars_is(&c->t, i, s.to, w))
            return true;
    return false;
}

size_t
figure_skip_names(const comp *c, size_t i, size_t end)
{
    xj_char close;
    size_t k;

    if (c->t.c[i] == '(')
        return comp_close(c, i, end);
    if (c->t.c[i] == u'《')
        close = u'》';
    else if (c->t.c[i] == u'“')
        close = u'”';
    else
        return i;
    /* an unclosed quotation must not cost a look at the whole text */
    end = end - i > NAME_MAX_LEN ? i + NAME_MAX_LEN : end;
    k = xj_chars_find(&c->t, (xj_span){i, end}, close);
    return k < end ? k + 1 : i + 1;
}

/* 万, 千, 亿, 百 in front of a unit. */
static size_t
scale_len(const comp *c, size_t i, size_t end)
{
    size_t from = i;

    while (i < end && (c->t.c[i] == u'万' || c->t.c[i] == u'千' || c->t.c[i] == u'亿' ||
                       c->t.c[i] == u'百' || c->t.c[i] == u'余' || c->t.c[i] == u'多'))
        i++;
    return i - from;
}

/* The unit at I; its length, 0 where none stands. */
static size_t
read_unit(const comp *c, figure *f, size_t i, size_t end)
{
    size_t len, scale;

    f->rate = true;
    f->measure = 0;
    f->unit_word = NULL;
    if (i < end && (c->t.c[i] == '%' || c->t.c[i] == u'‰')) {
        f->unit = (xj_span){i, i + 1};
        return 1;
    }
    if (xj_chars_is(&c->t, i, end, u"/10万") || xj_chars_is(&c->t, i, end, u"/十万")) {
        size_t n = xj_chars_is(&c->t, i, end, u"/10万") ? 4 : 3;

        f->unit = (xj_span){i, i + n};
        f->unit_word = "/10万";
        return n;
    }
    if (xj_chars_is(&c->t, i, end, u"个百分点") || xj_chars_is(&c->t, i, end, u"百分点")) {
        size_t n = c->t.c[i] == u'个' ? 4 : 3;

        f->unit = (xj_span){i + n - 3, i + n};
        return n;
    }
    if (i < end && c->t.c[i] == u'成' &&
        (i + 1 >= end || (c->t.c[i + 1] != u'立' && c->t.c[i + 1] != u'员'))) {
        f->unit = (xj_span){i, i + 1};
        f->unit_word = "%";
        f->value *= 10;
        return 1;
    }
    f->rate = false;
    scale = scale_len(c, i, end);
    f->measure = xj_gram_at(&xj_g_measure, &c->t, i + scale, end, &len);
    if (f->measure == 0)
        return 0;
    f->unit = (xj_span){i, i + scale + len};
    return scale + len;
}

bool
figure_read(const comp *c, figure *f, size_t from, size_t i, size_t end)
{
    xj_number n, more;
    xj_when when;
    size_t k = i, unit;
    xj_char before = i > from ? c->t.c[i - 1] : 0;

    *f = (figure){.at = {i, i}};
    if (xj_chars_is(&c->t, i, end, u"百分之") && xj_number_parse_percent(&n, &c->t, i, end) &&
        n.value <= 200) {
        f->value = n.value;
        f->rate = true;
        f->unit = (xj_span){i, i + 3};
        f->unit_word = "%";
        f->at.to = i + n.len;
        return true;
    }
    if (before == u'第' || xj_char_letter(before) || before == '.' || before == '/')
        return false;
    if (!xj_number_parse(&n, &c->t, i, end))
        return false;
    if (xj_chars_is(&c->t, i + n.len, end, u"分之") &&
        xj_number_parse(&more, &c->t, i + n.len + 2, end) && n.value > 0) {
        f->value = (double)(long)(more.value * 10000 / n.value + 0.5) / 100;
        f->rate = true;
        f->unit = (xj_span){i + n.len, i + n.len + 2};
        f->unit_word = "%";
        f->at.to = i + n.len + 2 + more.len;
        return true;
    }
    if (xj_when_parse(&when, &c->t, i, end) && when.kind != XJ_WHEN_NONE)
        return false;
    f->value = n.value;
    f->han = n.han;
    f->word = n.han && n.value == 1;
    k += n.len;
    /* 1-2项, 60%-70%, 5至8家 */
    if (k + 1 < end && c->t.c[k] == '%' && (c->t.c[k + 1] == '-' || c->t.c[k + 1] == u'至'))
        k++;
    if (k + 1 < end && (c->t.c[k] == '-' || c->t.c[k] == u'至' || c->t.c[k] == u'到') &&
        xj_number_parse(&more, &c->t, k + 1, end) && more.value > n.value) {
        f->max = more.value;
        f->has_max = true;
        k += 1 + more.len;
    }
    unit = read_unit(c, f, k, end);
    if (unit == 0)
        return false;
    f->at.to = k + unit;
    /* ages are populations, except a life's length */
    if (c->t.c[f->unit.from] == u'岁')
        return figure_words(c, (xj_span){from, i}, u"寿命");
    return true;
}

int
figure_operator_before(const comp *c, size_t from, size_t i, size_t *start)
{
    size_t len;
    int value;

    *start = i;
    for (int turn = 0; turn < 4; turn++) {
        static const char16_t *const between[] = {u"分别", u"均", u"约",   u"各",
                                                  u"共",   u"总", u"仍",   u"到了",
                                                  u"每年", u"都", u"每户", u"每人"};
        bool moved = false;

        value = xj_gram_end(&xj_g_before, &c->t, (xj_span){from, *start}, &len);
        if (value != 0) {
            *start -= len;
            return value;
        }
        for (size_t k = 0; k < sizeof between / sizeof *between && !moved; k++) {
            size_t n = 0;

            while (between[k][n] != 0)
                n++;
            if (*start >= from + n && xj_chars_is(&c->t, *start - n, *start, between[k])) {
                *start -= n;
                moved = true;
            }
        }
        if (!moved)
            break;
    }
    *start = i;
    return 0;
}

void
figure_operators(const comp *c, figure *f, size_t from, size_t end)
{
    size_t len;

    f->before = figure_operator_before(c, from, f->at.from, &f->name_to);
    f->after = xj_gram_at(&xj_g_after, &c->t, f->at.to, end, &len);
    f->end = f->at.to + len;
}
