/*
 * plan/due.c -- deadlines, and how often.
 */
#include "plan/compile_priv.h"

const char *
due_cadence(const comp *c, xj_span span)
{
    xj_span at;
    size_t from = span.from;

    while (from < span.to) {
        int value = xj_gram_find(&xj_g_cadence, &c->t, (xj_span){from, span.to}, &at);

        if (value == 0)
            return NULL;
        /* 年度考核 and 季度 alone, and what each day asks of persons, give no rhythm of work */
        if (value != XJ_G_CADENCE_DAILY && at.to - at.from > 2)
            return value == XJ_G_CADENCE_SCHOOL_YEAR ? "annual" : xj_g_cadence_names[value];
        if (value != XJ_G_CADENCE_DAILY && (c->t.c[at.from] == u'每' || c->t.c[at.from] == u'按'))
            return xj_g_cadence_names[value];
        from = at.to;
    }
    return NULL;
}

size_t
due_month_days(comp *c, xj_month_day **dates, xj_span span)
{
    xj_month_day found[24];
    size_t n = 0;

    for (size_t i = span.from; i < span.to && n < 24; i++) {
        xj_when when;
        xj_date date;

        if (!xj_when_parse(&when, &c->t, i, span.to))
            continue;
        date = xj_when_date(&when, c->year_last == 0 ? 2001 : c->year_last, c->year_issued);
        if (when.kind != XJ_WHEN_YEAR && date.year != 0)
            found[n++] = (xj_month_day){date.month, date.day};
        i += when.len - 1;
    }
    if (n > 0) {
        *dates = XJ_NEW_ARRAY(c->result, xj_month_day, n);
        memcpy(*dates, found, n * sizeof *found);
    }
    return n;
}

/* The month of a quarter that the words at I name (最后一个月, 首月, 次月), from 0; -1 where they
 * name none.  *LEN is how long they are. */
static int
month_of_quarter(const comp *c, size_t i, size_t end, size_t *len)
{
    static const struct {
        const char16_t *word;
        int month;
    } words[] = {{u"最后一个月", 2}, {u"最后1个月", 2}, {u"末月", 2},     {u"第三个月", 2},
                 {u"首月", 0},       {u"第一个月", 0},  {u"第二个月", 1}, {u"次月", 3},
                 {u"结束后", 3},     {u"终了后", 3}};

    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        size_t n = 0;

        while (words[k].word[n] != 0)
            n++;
        if (xj_chars_is(&c->t, i, end, words[k].word)) {
            *len = n;
            return words[k].month;
        }
    }
    return -1;
}

size_t
due_each_quarter(comp *c, xj_month_day **dates, xj_span span)
{
    int month = -1, day = 31;

    for (size_t i = span.from; i + 2 < span.to && month < 0; i++) {
        size_t k, len = 0;
        xj_number number;

        if (!xj_chars_is(&c->t, i, span.to, u"每季"))
            continue;
        k = i + 2;
        k += k < span.to && c->t.c[k] == u'度';
        k += k < span.to && c->t.c[k] == u'的';
        if (k < span.to && (c->t.c[k] == u'末' || c->t.c[k] == u'底') && c->t.c[k + 1] != u'月') {
            month = 2;
            break;
        }
        month = month_of_quarter(c, k, span.to, &len);
        k += len;
        k += k < span.to && c->t.c[k] == u'的';
        if (month < 0 || !xj_number_parse(&number, &c->t, k, span.to) || number.value < 1 ||
            number.value > 31 || k + number.len >= span.to ||
            (c->t.c[k + number.len] != u'日' && c->t.c[k + number.len] != u'号'))
            return 0;
        day = (int)number.value;
    }
    if (month < 0)
        return 0;
    *dates = XJ_NEW_ARRAY(c->result, xj_month_day, 4);
    for (int q = 0; q < 4; q++) {
        int m = (q * 3 + month) % 12 + 1;
        int last = xj_month_days(c->year_last == 0 ? 2001 : c->year_last, m);

        (*dates)[q] = (xj_month_day){m, day < last ? day : last};
    }
    return 4;
}

size_t
due_each_month(comp *c, xj_month_day **dates, xj_span span)
{
    for (size_t i = span.from; i + 2 < span.to; i++) {
        xj_number day;

        if (!xj_chars_is(&c->t, i, span.to, u"每月") && !xj_chars_is(&c->t, i, span.to, u"逐月"))
            continue;
        if (!xj_number_parse(&day, &c->t, i + 2, span.to) || day.value < 1 || day.value > 31 ||
            i + 2 + day.len >= span.to ||
            (c->t.c[i + 2 + day.len] != u'日' && c->t.c[i + 2 + day.len] != u'号'))
            continue;
        *dates = XJ_NEW_ARRAY(c->result, xj_month_day, 12);
        for (int m = 1; m <= 12; m++) {
            int last = xj_month_days(c->year_last == 0 ? 2001 : c->year_last, m);

            (*dates)[m - 1] = (xj_month_day){m, (int)day.value < last ? (int)day.value : last};
        }
        return 12;
    }
    return 0;
}

/* 2025.12, 2025-6: a cell that is a year and a month. */
static bool
year_and_month(const comp *c, xj_span span, xj_date *date)
{
    int number[2] = {0, 0}, part = 0;

    if (span.to - span.from < 6 || span.to - span.from > 7)
        return false;
    for (size_t i = span.from; i < span.to; i++) {
        if (i == span.from + 4 && (c->t.c[i] == '.' || c->t.c[i] == '-' || c->t.c[i] == '/'))
            part = 1;
        else if (c->t.c[i] >= '0' && c->t.c[i] <= '9')
            number[part] = number[part] * 10 + (c->t.c[i] - '0');
        else
            return false;
    }
    if (part == 0 || number[0] < 1990 || number[0] > 2100 || number[1] < 1 || number[1] > 12)
        return false;
    *date = (xj_date){number[0], number[1], xj_month_days(number[0], number[1])};
    return true;
}

static void
set_days(comp *c, xj_deadline *out, const xj_month_day *days, size_t n)
{
    out->dates = XJ_NEW_ARRAY(c->result, xj_month_day, n);
    memcpy(out->dates, days, n * sizeof *days);
    out->ndates = n;
}

/* The days on which a recurring thing without printed days is due. */
static void
period_days(comp *c, xj_deadline *out, int cadence)
{
    static const xj_month_day quarters[] = {{3, 31}, {6, 30}, {9, 30}, {12, 31}};
    static const xj_month_day halves[] = {{6, 30}, {12, 31}};
    static const xj_month_day year[] = {{12, 31}};

    switch (cadence) {
    case XJ_G_CADENCE_QUARTERLY:
        set_days(c, out, quarters, 4);
        break;
    case XJ_G_CADENCE_HALF_YEARLY:
        set_days(c, out, halves, 2);
        break;
    case XJ_G_CADENCE_ANNUAL:
        set_days(c, out, year, 1);
        break;
    case XJ_G_CADENCE_MONTHLY: {
        xj_month_day months[12];

        for (int m = 1; m <= 12; m++)
            months[m - 1] =
                (xj_month_day){m, xj_month_days(c->year_last == 0 ? 2001 : c->year_last, m)};
        set_days(c, out, months, 12);
        break;
    }
    default:
        break;
    }
}

static bool
recurring(comp *c, xj_deadline *out, const char **cadence, xj_span span)
{
    xj_span at;
    int value = xj_gram_find(&xj_g_cadence, &c->t, span, &at);

    if (value == 0 || (c->t.c[at.from] != u'每' && c->t.c[at.from] != u'按' &&
                       c->t.c[at.from] != u'分' && c->t.c[at.from] != u'逐'))
        return false;
    out->kind = XJ_DEADLINE_RECURRING;
    out->ndates = due_month_days(c, &out->dates, (xj_span){at.to, span.to});
    if (out->ndates == 0)
        out->ndates = due_each_month(c, &out->dates, span);
    if (out->ndates == 0)
        period_days(c, out, value);
    *cadence = xj_g_cadence_names[value];
    if (value == XJ_G_CADENCE_ANNUAL && out->ndates == 2)
        *cadence = xj_g_cadence_names[XJ_G_CADENCE_HALF_YEARLY];
    else if (value == XJ_G_CADENCE_ANNUAL && out->ndates == 4)
        *cadence = xj_g_cadence_names[XJ_G_CADENCE_QUARTERLY];
    return true;
}

/* The last point of time in SPAN. */
static bool
last_when(const comp *c, xj_span span, xj_when *out)
{
    bool any = false;

    for (size_t i = span.from; i < span.to; i++) {
        xj_when when;

        if (!xj_when_parse(&when, &c->t, i, span.to))
            continue;
        *out = when;
        any = true;
        i += when.len - 1;
    }
    return any;
}

bool
due_read(comp *c, xj_deadline *out, const char **cadence, xj_span span)
{
    xj_when when;
    xj_span at;
    int word;

    span = xj_chars_trim(&c->t, span, u",;。:、()");
    if (span.from >= span.to)
        return false;
    out->source = comp_range(c, span);
    out->raw = comp_text(c, span);
    if (recurring(c, out, cadence, span))
        return true;
    if (year_and_month(c, span, &out->date)) {
        out->kind = XJ_DEADLINE_COMPLETE_BY;
        return true;
    }
    word = xj_gram_find(&xj_g_deadline, &c->t, span, &at);
    /* 立行立改，长期坚持 */
    if (word == XJ_G_DEADLINE_IMMEDIATE &&
        xj_gram_find(&xj_g_deadline, &c->t, (xj_span){at.to, span.to}, &at) ==
            XJ_G_DEADLINE_ONGOING)
        word = XJ_G_DEADLINE_ONGOING;
    if (last_when(c, span, &when)) {
        out->date = comp_date(c, &when);
        out->kind = XJ_DEADLINE_COMPLETE_BY;
        if (word == XJ_G_DEADLINE_START)
            out->kind = XJ_DEADLINE_START_BY;
        if (out->date.year == 0)
            comp_warn(c, "no_date", span, "时限没有对应的日期");
        return true;
    }
    switch (word) {
    case XJ_G_DEADLINE_ONGOING:
        out->kind = XJ_DEADLINE_ONGOING;
        return true;
    case XJ_G_DEADLINE_FULL_YEAR:
        out->kind = XJ_DEADLINE_FULL_YEAR;
        if (c->year_last != 0)
            out->date = (xj_date){c->year_last, 12, 31};
        return true;
    case XJ_G_DEADLINE_IMMEDIATE:
        out->kind = XJ_DEADLINE_START_BY;
        out->date = c->reg->document.issued_on;
        return true;
    default:
        return false;
    }
}

/* 年内建成: by the end of the plan's year, where it has one; 三年内 is another thing. */
static bool
within_year(const comp *c, size_t i, xj_span span)
{
    static const char16_t before[] = u",。;:、\n)争在今本当于";

    if (c->year_last == 0 || c->year_first != c->year_last ||
        !xj_chars_is(&c->t, i, span.to, u"年内"))
        return false;
    for (const char16_t *b = before; *b != 0; b++)
        if (i == span.from || c->t.c[i - 1] == *b)
            return true;
    return false;
}

/* A text without a day: from when on (3月起实施), else whether a segment of it says that it never
 * ends (…，长期坚持). */
static bool
due_without_day(comp *c, xj_deadline *out, xj_span span)
{
    size_t from = span.from;

    for (size_t i = span.from; i < span.to; i++) {
        xj_when when;

        if (!xj_when_parse(&when, &c->t, i, span.to))
            continue;
        if ((when.kind == XJ_WHEN_MONTH || when.kind == XJ_WHEN_DAY) && i + when.len < span.to &&
            c->t.c[i + when.len] == u'起') {
            out->kind = XJ_DEADLINE_START_BY;
            out->date = comp_date(c, &when);
            out->source = comp_range(c, (xj_span){i, i + when.len + 1});
            out->raw = comp_text(c, (xj_span){i, i + when.len + 1});
            return out->date.year != 0;
        }
        i += when.len - 1;
    }
    for (size_t i = span.from; i < span.to; i++) {
        xj_span s = {from, i};

        if (c->t.c[i] != ',' && c->t.c[i] != ';' && c->t.c[i] != u'。' && c->t.c[i] != '\n')
            continue;
        from = i + 1;
        if (s.to >= s.from + 4 && xj_gram_is(&xj_g_deadline, &c->t, s) == XJ_G_DEADLINE_ONGOING) {
            out->kind = XJ_DEADLINE_ONGOING;
            out->source = comp_range(c, s);
            out->raw = comp_text(c, s);
            return true;
        }
    }
    return false;
}

bool
due_in_text(comp *c, xj_deadline *out, xj_span span)
{
    xj_deadline best = {0};

    for (size_t i = span.from; i < span.to; i++) {
        xj_when when;
        xj_date date;
        size_t len;
        bool end, done;

        if (c->t.c[i] == u'《') { /* dates in titles bind nobody */
            size_t far = span.to - i > 300 ? i + 300 : span.to;
            size_t close = xj_chars_find(&c->t, (xj_span){i, far}, u'》');

            i = close < far ? close : i;
            continue;
        }
        if (within_year(c, i, span) &&
            xj_date_cmp((xj_date){c->year_last, 12, 31}, best.date) > 0) {
            best.kind = XJ_DEADLINE_COMPLETE_BY;
            best.date = (xj_date){c->year_last, 12, 31};
            best.source = comp_range(c, (xj_span){i, i + 2});
            best.raw = comp_text(c, (xj_span){i, i + 2});
            continue;
        }
        if (!xj_when_parse(&when, &c->t, i, span.to))
            continue;
        /* 今年上半年完成, 第三季度建成, 10月竣工 */
        done = xj_gram_at(&xj_g_deadline, &c->t, i + when.len, span.to, &len) ==
                   XJ_G_DEADLINE_COMPLETE &&
               (when.kind == XJ_WHEN_HALF || when.kind == XJ_WHEN_QUARTER || when.bare_month);
        end = when.kind == XJ_WHEN_YEAR_END || when.before || done ||
              (when.kind == XJ_WHEN_MONTH && !when.bare_month);
        date = comp_date(c, &when);
        if (end && date.year != 0 &&
            (when.year_kind != XJ_YEAR_NOT_PRINTED || when.before || done) &&
            xj_date_cmp(date, best.date) > 0) {
            best.kind = XJ_DEADLINE_COMPLETE_BY;
            best.date = date;
            best.source = comp_range(c, (xj_span){i, i + when.len});
            best.raw = comp_text(c, (xj_span){i, i + when.len});
        }
        i += when.len - 1;
    }
    if (best.kind == XJ_DEADLINE_NONE)
        return due_without_day(c, out, span);
    *out = best;
    return true;
}
