/*
 * plan/head_from.c -- who issued a document, when, for which place and years.
 */
#include "base/buf.h"
#include "plan/head_priv.h"

/* --- issuer, date ----------------------------------------------------------------------------- */

/* Where the name of one issuer ends within S from I on: at a line break, or at white space between
 * names of units; S.to behind the last. */
static size_t
issuer_end(const comp *c, size_t i, xj_span s)
{
    for (size_t k = i + 1; k < s.to; k++) {
        const bool line = c->t.c[k] == '\n';
        const size_t next = k + line;

        if ((line || c->t.at[k] != xj_chars_end(&c->t, k - 1)) && unit_like(c, (xj_span){i, k}) &&
            next < s.to && unit_like(c, (xj_span){next, s.to}))
            return k;
    }
    return s.to;
}

/* The names of S, with 、 between those of several. */
static xj_str
issuer_names(comp *c, xj_span s)
{
    xj_buf buf;

    if (issuer_end(c, s.from, s) == s.to)
        return comp_text(c, s);
    xj_buf_init(&buf, c->result, XJ_DOC_BYTES_MAX);
    for (size_t i = s.from, end; i < s.to; i = end + (end < s.to && c->t.c[end] == '\n')) {
        end = issuer_end(c, i, s);
        if (buf.len > 0)
            xj_buf_add(&buf, XJ_STR("、"));
        xj_buf_add(&buf, comp_text(c, (xj_span){i, end}));
    }
    return xj_buf_str(&buf);
}

static void
set_issuer(comp *c, xj_span s)
{
    s = xj_chars_trim(&c->t, s, u":");
    /* （代章） */
    if (head_ends_with(c, s, ')')) {
        size_t k = s.to;

        while (k > s.from && c->t.c[k - 1] != '(')
            k--;
        if (k > s.from + 1)
            s.to = k - 1;
    }
    c->reg->document.issuer = issuer_names(c, s);
    c->reg->document.issuer_at = comp_range(c, s);
}

/* Whether N is a line of the plan's title, below which a date may stand. */
static bool
in_title(const comp *c, const node *n)
{
    const xj_range title = c->reg->document.title_at, at = comp_range(c, n->span);

    return c->reg->document.title.data != NULL && at.from >= title.from && at.to <= title.to;
}

/* The names of those who sign right above line I, which is a date; an empty span where none do. */
static xj_span
signers_above(const comp *c, size_t i)
{
    xj_span s;
    size_t k = i;

    if (i == 0 || !head_is_short(&c->nodes[i - 1]) || in_title(c, &c->nodes[i - 1]) ||
        xj_chars_find(&c->t, c->nodes[i - 1].span, u'。') < c->nodes[i - 1].span.to)
        return (xj_span){0, 0};
    s = c->nodes[--k].span;
    while (k > 0 && head_is_short(&c->nodes[k - 1]) && !in_title(c, &c->nodes[k - 1]) &&
           c->nodes[k - 1].label.kind == XJ_LABEL_NONE &&
           xj_chars_find(&c->t, c->nodes[k - 1].span, ':') == c->nodes[k - 1].span.to &&
           xj_chars_find(&c->t, c->nodes[k - 1].span, u'。') == c->nodes[k - 1].span.to &&
           unit_like(c, c->nodes[k - 1].span) && unit_like(c, s))
        s.from = c->nodes[--k].span.from;
    return s;
}

void
head_dates(comp *c)
{
    xj_date signed_on = {0}, printed_on = {0};
    xj_span signed_at = {0, 0}, printed_at = {0, 0}, signer = {0, 0};

    for (size_t i = 0; i < c->nnodes; i++) {
        xj_span s = c->nodes[i].span;
        xj_when when;
        size_t at, len = 0;
        bool print;

        if (!head_is_short(&c->nodes[i]) || c->nodes[i].label.kind != XJ_LABEL_NONE)
            continue;
        s = xj_chars_trim(&c->t, s, u"()");
        for (size_t k = s.from; k + 2 < s.to && k < s.from + 8; k++)
            if (xj_chars_is(&c->t, k, s.to, u"日期:"))
                s.from = k + 3; /* 编制日期：2024-03-06 */
        print = s.to > s.from + 2 && xj_chars_is(&c->t, s.to - 2, s.to, u"印发");
        if (print)
            s.to -= 2;
        at = head_date_at_end(c, s, &when);
        if (at == XJ_NPOS || xj_when_date(&when, 0, 0).year == 0)
            continue;
        if (print && printed_on.year == 0) {
            printed_on = xj_when_date(&when, 0, 0);
            printed_at = (xj_span){at, s.to};
            if (at > s.from && signer.from == signer.to)
                signer = (xj_span){s.from, at};
            else if (signer.from == signer.to && i > 0 && unit_like(c, c->nodes[i - 1].span))
                signer = signers_above(c, i);
        } else if (!print && signed_on.year == 0 &&
                   (at == s.from ||
                    xj_gram_end(&xj_g_suffix, &c->t, (xj_span){s.from, at}, &len))) {
            signed_on = xj_when_date(&when, 0, 0);
            signed_at = (xj_span){at, s.to};
            if (at > s.from)
                signer = (xj_span){s.from, at};
            else if (signers_above(c, i).to > 0)
                signer = signers_above(c, i);
        }
    }
    if (signed_on.year == 0) {
        xj_span said = head_info(c, XJ_G_INFOKEY_DATE);
        xj_when when;

        if (said.from < said.to && xj_when_parse(&when, &c->t, said.from, said.to) &&
            when.kind == XJ_WHEN_DAY && when.year_kind == XJ_YEAR_PRINTED) {
            signed_on = xj_when_date(&when, 0, 0);
            signed_at = said;
        }
    }
    if (signed_on.year != 0 && printed_on.year != 0 && xj_date_cmp(signed_on, printed_on) != 0 &&
        xj_date_cmp(signed_on, printed_on) > 0)
        comp_warn(c, "date_conflict", signed_at, "落款日期晚于印发日期，以落款日期为准");
    else if (signed_on.year != 0 && printed_on.year != 0 && xj_date_cmp(signed_on, printed_on) != 0)
        comp_warn(c, "date_conflict", signed_at, "落款日期与印发日期不同，以落款日期为准");
    c->reg->document.issued_on = signed_on.year != 0 ? signed_on : printed_on;
    if (signed_on.year != 0 || printed_on.year != 0)
        c->reg->document.issued_on_at = comp_range(c, signed_on.year != 0 ? signed_at : printed_at);
    if (c->reg->document.issuer.data == NULL && signer.from < signer.to)
        set_issuer(c, signer);
}

/* The line of units right above a title that says what it is about (关于…的意见), or an empty span.
 */
static xj_span
above_title(const comp *c)
{
    const xj_span title = comp_span(c, c->reg->document.title_at);
    const size_t at = c->title_node;

    if (c->reg->document.title.data == NULL || at == 0 ||
        !xj_chars_is(&c->t, title.from, title.to, u"关于") || !head_is_short(&c->nodes[at - 1]) ||
        c->nodes[at - 1].label.kind != XJ_LABEL_NONE || !unit_like(c, c->nodes[at - 1].span))
        return (xj_span){0, 0};
    return c->nodes[at - 1].span;
}

void
head_issuer(comp *c, const letter *l)
{
    xj_span said;

    for (size_t i = 0; i < l->until && i < c->nnodes; i++) {
        xj_span s = c->nodes[i].span;

        if (s.to > s.from + 5 && xj_chars_is(&c->t, s.to - 2, s.to, u"文件") &&
            xj_chars_find(&c->t, s, ':') == s.to && unit_like(c, (xj_span){s.from, s.to - 2})) {
            set_issuer(c, (xj_span){s.from, s.to - 2});
            return;
        }
    }
    if (l->issuer.from < l->issuer.to) {
        set_issuer(c, l->issuer);
        return;
    }
    said = head_info(c, XJ_G_INFOKEY_ISSUER);
    if (said.from >= said.to)
        said = above_title(c);
    if (said.from < said.to)
        set_issuer(c, said);
}

/* --- place and period ------------------------------------------------------------------------- */

/* The place in front of a name (云沂市爱国卫生…, 云沂市泉岭区…): the last level before the organ.
 */
static xj_span
place_before(const comp *c, xj_span s)
{
    xj_span place = {s.from, s.from};
    size_t from = s.from, len;

    if (xj_chars_is(&c->t, s.from, s.to, u"健康"))
        return place; /* the name of the programme */
    if (xj_chars_is(&c->t, s.from, s.to, u"关于"))
        return place; /* what a paper is about */
    if (xj_chars_is(&c->t, s.from, s.to, u"中共"))
        from += 2;
    for (size_t i = s.from; i < s.to && i < from + 7; i++)
        /* 健康县, 卫生城市, 文明城市 are what a place wants to be */
        if (unit_level(c->t.c[i]) && i >= from + 2 && !xj_chars_is(&c->t, from, s.to, u"健康") &&
            !xj_chars_is(&c->t, from, s.to, u"卫生") && !xj_chars_is(&c->t, from, s.to, u"文明") &&
            !(c->t.c[i] == u'州' && c->t.c[i + 1] == u'市') &&
            !xj_chars_is(&c->t, i, s.to, u"市场") && !xj_chars_is(&c->t, i, s.to, u"区域")) {
            place = (xj_span){from, i + 1};
            from = i + 1;
            if (xj_gram_at(&xj_g_basisverb, &c->t, from, s.to, &len) != 0)
                break;                                /* 某市落实省…: what it carries out */
            if (from < s.to && c->t.c[from] == u'委') /* 市委办公室 and the next body's name */
                break;
        }
    for (size_t i = from + 2; place.from == place.to && i < from + 5 && i + 1 < s.to; i++)
        if (xj_chars_is(&c->t, i, s.to, u"街道"))
            place.to = i + 2;
    for (size_t i = place.from; i < place.to; i++)
        if (!xj_char_han(c->t.c[i]))
            return (xj_span){s.from, s.from};
    return place;
}

/* A university or a hospital plans for itself. */
static bool
is_institution(const comp *c, xj_span s)
{
    static const char16_t *const words[] = {u"大学", u"学院", u"医院", u"学校", u"中学", u"小学"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (s.to >= s.from + 4 && xj_chars_is(&c->t, s.to - 2, s.to, words[i]))
            return true;
    return false;
}

/* What is made healthy and is no place: 健康校园行动, 健康企业建设. */
static bool
no_place(const comp *c, xj_span s)
{
    static const char16_t *const words[] = {u"中国", u"促进", u"城市", u"校园", u"学校", u"企业",
                                            u"社区", u"家庭", u"医院", u"机关", u"单位", u"乡村",
                                            u"细胞", u"环境", u"职业", u"村镇", u"城镇", u"食堂",
                                            u"教育", u"科普", u"素养", u"知识", u"扶贫", u"老龄"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (xj_chars_is(&c->t, s.from, s.to, words[i]))
            return true;
    return false;
}

/* 健康X行动 in S: X, or an empty span. */
static xj_span
place_in_name(const comp *c, xj_span s)
{
    for (size_t i = s.from; i + 5 < s.to; i++) {
        if (!xj_chars_is(&c->t, i, s.to, u"健康"))
            continue;
        for (size_t k = i + 4; k < i + 11 && k < s.to; k++) {
            if (!xj_char_han(c->t.c[k - 1]))
                break;
            if ((xj_chars_is(&c->t, k, s.to, u"行动") || xj_chars_is(&c->t, k, s.to, u"建设")) &&
                !no_place(c, (xj_span){i + 2, k}))
                return (xj_span){i + 2, k};
        }
    }
    return (xj_span){s.from, s.from};
}

/* 健康某市行动: the name has its level already (杭州 has not). */
static bool
ends_with_level(xj_char last)
{
    return last == u'市' || last == u'区' || last == u'县' || last == u'旗' || last == u'省';
}

/* The level that most often stands behind the place's name, with its place in the text. */
static void
read_level(comp *c, xj_span stem)
{
    static const xj_char levels[] = {u'市', u'区', u'县', u'州', u'盟', u'旗', u'镇', u'乡', u'省'};
    unsigned count[sizeof levels / sizeof *levels] = {0}, best = 0;
    size_t n = stem.to - stem.from, top = 0, where[sizeof levels / sizeof *levels] = {0};
    char *name;
    size_t len = 0;

    if (n == 0)
        return;
    for (size_t i = 0; i + n < c->t.n; i++) {
        if (c->t.c[i] != c->t.c[stem.from] ||
            memcmp(&c->t.c[i], &c->t.c[stem.from], n * sizeof(xj_char)) != 0)
            continue;
        for (size_t k = 0; k < sizeof levels / sizeof *levels; k++)
            if (c->t.c[i + n] == levels[k] && !xj_chars_is(&c->t, i + n, c->t.n, u"市场")) {
                if (count[k]++ == 0)
                    where[k] = i;
                if (count[k] > best) {
                    best = count[k];
                    top = k;
                }
            }
    }
    if (best == 0 && n > 1 && ends_with_level(c->t.c[stem.to - 1])) {
        c->reg->document.jurisdiction = comp_text(c, stem);
        c->reg->document.jurisdiction_at = comp_range(c, stem);
        return;
    }
    if (best == 0) {
        /* the level of the units' prefix */
        for (size_t i = 0; i + 1 < c->t.n; i++)
            for (size_t k = 0; k < 3; k++)
                if (c->t.c[i] == levels[k] && (c->t.c[i + 1] == u'教' || c->t.c[i + 1] == u'卫') &&
                    ++count[k] > best) {
                    best = count[k];
                    top = k;
                }
    }
    if (best > 0 && where[top] > 0 && count[top] > 0 &&
        memcmp(&c->t.c[where[top]], &c->t.c[stem.from], n * sizeof(xj_char)) == 0) {
        c->reg->document.jurisdiction = comp_text(c, (xj_span){where[top], where[top] + n + 1});
        c->reg->document.jurisdiction_at = comp_range(c, (xj_span){where[top], where[top] + n + 1});
        return;
    }
    name = xj_alloc(c->result, (n + 1) * 4 + 1);
    for (size_t i = stem.from; i < stem.to; i++)
        len += xj_utf8_put(name + len, c->t.c[i]);
    len += xj_utf8_put(name + len, levels[top]);
    c->reg->document.jurisdiction = xj_str_of(name, len);
    c->reg->document.jurisdiction_at = comp_range(c, stem);
}

void
head_place(comp *c, const letter *l)
{
    xj_span issuer = comp_span(c, c->reg->document.issuer_at);
    xj_span title = comp_span(c, c->reg->document.title_at), place;
    xj_when when;

    issuer.to =
        c->reg->document.issuer.data == NULL ? issuer.from : issuer_end(c, issuer.from, issuer);
    place = place_before(c, issuer);
    if (place.from == place.to)
        place = place_before(c, title);
    if (place.from == place.to && xj_when_parse(&when, &c->t, title.from, title.to))
        place = place_before(c, (xj_span){title.from + when.len, title.to}); /* 2026年某区… */
    if (place.from < place.to) {
        c->reg->document.jurisdiction = comp_text(c, place);
        c->reg->document.jurisdiction_at = comp_range(c, place);
        c->place = comp_text(c, (xj_span){place.from, place.to - 1});
        return;
    }
    place = place_in_name(c, issuer);
    if (place.from == place.to)
        place = place_in_name(c, title);
    if (place.from == place.to)
        place = place_in_name(c, l->notice);
    if (place.from == place.to && c->reg->document.issuer.data != NULL &&
        is_institution(c, issuer)) {
        c->reg->document.jurisdiction = comp_text(c, issuer);
        c->reg->document.jurisdiction_at = comp_range(c, issuer);
        return;
    }
    if (place.from == place.to) {
        comp_warn(c, "no_jurisdiction", (xj_span){0, 0}, "未能识别文件适用的地区");
        return;
    }
    c->place = comp_text(c, place);
    read_level(c, place);
}

/* The first year or years that SPAN prints are the plan's; false where it prints none. */
static bool
printed_years(comp *c, xj_span span)
{
    for (size_t i = span.from; i < span.to; i++) {
        xj_when when;

        if (!xj_when_parse(&when, &c->t, i, span.to) || when.year_kind != XJ_YEAR_PRINTED)
            continue;
        c->year_first = when.year_first;
        c->year_last = when.year;
        return true;
    }
    return false;
}

/* 2026—2027学年 */
static bool
school_year(comp *c, xj_span span)
{
    for (size_t i = span.from; i + 10 < span.to; i++) {
        int years[2] = {0, 0};
        size_t k = i;

        for (int n = 0; n < 2; n++) {
            for (size_t d = 0; d < 4 && k < span.to && xj_char_digit(c->t.c[k]); d++, k++)
                years[n] = years[n] * 10 + (c->t.c[k] - '0');
            while (n == 0 && k < span.to && (c->t.c[k] == '-' || c->t.c[k] == u'至'))
                k++;
        }
        if (years[0] < 1990 || years[1] != years[0] + 1 || !xj_chars_is(&c->t, k, span.to, u"学年"))
            continue;
        c->year_first = years[0];
        c->year_last = years[1];
        c->school_year = true;
        return true;
    }
    return false;
}

/* “十五五”: the five years of the fifteenth plan of the country. */
static bool
five_years(comp *c, xj_span span)
{
    for (size_t i = span.from; i + 2 < span.to; i++) {
        const int no = xj_han_digit(c->t.c[i + 1]);

        if (c->t.c[i] != u'十' || c->t.c[i + 2] != u'五' || no < 1)
            continue;
        c->year_first = 1951 + 5 * (10 + no);
        c->year_last = c->year_first + 4;
        return true;
    }
    return false;
}

/* Whether the text prints YEAR outside the titles of documents. */
static bool
prints_year(const comp *c, int year)
{
    for (size_t i = c->title_node < c->nnodes ? c->nodes[c->title_node].span.to : 0; i < c->t.n;
         i++) {
        xj_when when;

        if (xj_char_digit(c->t.c[i]) && xj_when_parse(&when, &c->t, i, c->t.n)) {
            if (when.year_kind == XJ_YEAR_PRINTED && when.year == year)
                return true;
            i += when.len - 1;
        }
    }
    return false;
}

/* 三年行动计划: as many years from that of its issue, or the next where the text names the last. */
static bool
counted_years(comp *c, xj_span span)
{
    for (size_t i = span.from; c->year_issued != 0 && i + 1 < span.to; i++) {
        const xj_char ch = c->t.c[i];
        const int n = ch == u'两' ? 2 : xj_char_digit(ch) ? ch - '0' : xj_han_digit(ch);

        if (c->t.c[i + 1] != u'年' || n < 2 || n > 5 ||
            (i > span.from && (xj_char_digit(c->t.c[i - 1]) || xj_han_digit(c->t.c[i - 1]) >= 0 ||
                               c->t.c[i - 1] == u'十' || c->t.c[i - 1] == u'第')))
            continue;
        c->year_first = c->year_issued + prints_year(c, c->year_issued + n);
        c->year_last = c->year_first + n - 1;
        return true;
    }
    return false;
}

/* The year that the text prints most often outside the titles of other documents, one with a month
 * before all that stand alone, becomes the plan's; of several that are as frequent all. */
static void
years_of_text(comp *c)
{
    enum { FIRST = 1990, YEARS = 120, OF_MONTH = 1000 };
    size_t count[YEARS] = {0}, best = 0;

    for (size_t i = 0; i < c->t.n; i++) {
        xj_when when;

        if (c->t.c[i] == u'《') {
            size_t close =
                xj_chars_find(&c->t, (xj_span){i, i + 300 < c->t.n ? i + 300 : c->t.n}, u'》');

            i = close;
            continue;
        }
        if (!xj_char_digit(c->t.c[i]) || !xj_when_parse(&when, &c->t, i, c->t.n))
            continue;
        if (when.year_kind == XJ_YEAR_PRINTED && when.year == when.year_first &&
            when.year >= FIRST && when.year < FIRST + YEARS)
            count[when.year - FIRST] += when.kind == XJ_WHEN_YEAR ? 1 : OF_MONTH;
        i += when.len - 1;
    }
    for (int k = 0; k < YEARS; k++) {
        if (count[k] > best)
            c->year_first = FIRST + k;
        if (count[k] > 0 && count[k] >= best) {
            best = count[k];
            c->year_last = FIRST + k;
        }
    }
}

/* The years that the plan is for, by its title; else the year of its issue, or that of its text. */
void
head_period(comp *c, const letter *l)
{
    const xj_span title = comp_span(c, c->reg->document.title_at);

    c->year_issued = c->reg->document.issued_on.year;
    if (c->reg->document.title.data != NULL && !school_year(c, title) && !printed_years(c, title))
        (void)(printed_years(c, l->name) || /* the letter's name for it may be the longer one */
               five_years(c, title) || counted_years(c, title));
    c->titled_years = c->year_last != 0;
    if (c->year_last == 0)
        c->year_first = c->year_last = c->year_issued;
    if (c->year_last == 0)
        years_of_text(c);
    if (c->year_issued == 0)
        c->year_issued = c->year_first;
    if (c->year_last == 0)
        comp_warn(c, "no_year", (xj_span){0, 0}, "未能确定计划年度，缺年份的时限无法推定");
}

/* Behind the key WORD and its colon in a line of its own, what stands there up to the next key. */
static xj_span
party(const comp *c, const char16_t *word)
{
    for (size_t i = 0; i < c->nnodes; i++) {
        const xj_span s = c->nodes[i].span;

        for (size_t k = s.from; k + 3 < s.to && head_is_short(&c->nodes[i]); k++) {
            xj_span name = {k + 3, k + 3};

            if (!xj_chars_is(&c->t, k, s.to, word) || c->t.c[k + 2] != ':')
                continue;
            while (name.to < s.to && !xj_chars_is(&c->t, name.to, s.to, u"乙方"))
                name.to++;
            return xj_chars_trim(&c->t, name, u",;。、");
        }
    }
    return (xj_span){0, 0};
}

/* 甲方：… 乙方：… sign what the second owes the first: who they are, where they are named. */
static bool
second_party(comp *c)
{
    const xj_span first = party(c, u"甲方"), second = party(c, u"乙方");

    if (first.from >= first.to || second.from >= second.to || !unit_like(c, second))
        return false;
    set_issuer(c, first);
    c->office = comp_text(c, second);
    return true;
}

/* The issuer's office: the issuer itself where it is one. */
void
head_office(comp *c)
{
    xj_str issuer = c->reg->document.issuer;

    if (second_party(c) || issuer.data == NULL)
        return;
    c->office = xj_str_ends(issuer, XJ_STR("办公室")) || xj_str_ends(issuer, XJ_STR("政府"))
                    ? issuer
                    : xj_str_printf(c->result, XJ_FMT "办公室", XJ_ARG(issuer));
}
