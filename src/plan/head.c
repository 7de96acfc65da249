/*
 * plan/head.c -- the document: its title, number, issuer, date, place and basis, and where the
 * covering letter ends.
 */
#include "base/map.h"
#include "plan/compile_priv.h"

#include "text/similar.h"

#define HEAD_LINE 70 /* characters: longer lines are text */

static bool
is_short(const node *n)
{
    return !n->table && n->span.to - n->span.from <= HEAD_LINE;
}

static bool
span_has(const comp *c, xj_span s, const char16_t *w)
{
    for (size_t i = s.from; i < s.to; i++)
        if (xj_chars_is(&c->t, i, s.to, w))
            return true;
    return false;
}

static size_t
span_find(const comp *c, xj_span s, const char16_t *w)
{
    for (size_t i = s.from; i < s.to; i++)
        if (xj_chars_is(&c->t, i, s.to, w))
            return i;
    return XJ_NPOS;
}

/* --- the sheet beside a document ----------------------------------------------------------------
 */

/* The characters of bytes FROM .. TO of the text. */
static xj_span
chars_of(const comp *c, size_t from, size_t to)
{
    size_t at[2], bytes[2] = {from, to};

    for (int i = 0; i < 2; i++) {
        size_t low = 0, high = c->t.n;

        while (low < high) {
            size_t mid = low + (high - low) / 2;

            if (c->t.at[mid] < bytes[i])
                low = mid + 1;
            else
                high = mid;
        }
        at[i] = low;
    }
    return xj_chars_trim(&c->t, (xj_span){at[0], at[1]}, u":");
}

/* Behind the words of S from FROM on: up to a blank. */
static size_t
word_end(const comp *c, size_t from, size_t to)
{
    while (from + 1 < to && xj_chars_end(&c->t, from) == c->t.at[from + 1])
        from++;
    return from + 1;
}

/* 发文机关：X　成文日期：Y in a line: X or Y up to a blank, or an empty span. */
static xj_span
info_in_line(const comp *c, xj_span s, int wanted)
{
    for (size_t i = s.from, end; i < s.to; i = end) {
        size_t colon = xj_chars_find(&c->t, (xj_span){i, i + 9 < s.to ? i + 9 : s.to}, ':');

        end = word_end(c, i, s.to);
        if (colon + 2 < s.to && c->t.c[colon] == ':' &&
            xj_gram_is(&xj_g_infokey, &c->t, (xj_span){i, colon}) == wanted)
            return (xj_span){colon + 1, word_end(c, colon + 1, s.to)};
    }
    return (xj_span){0, 0};
}

/* The cell behind the one that holds the key, or an empty span. */
static xj_span
info_in_table(const comp *c, const xj_block *block, int wanted)
{
    for (size_t k = 0; k + 1 < block->ncells && k < 40; k++) {
        const xj_cell *key = &block->cells[k], *value = key + 1;

        if (key->row == value->row && value->to > value->from &&
            xj_gram_is(&xj_g_infokey, &c->t, chars_of(c, key->from, key->to)) == wanted)
            return chars_of(c, value->from, value->to);
    }
    return (xj_span){0, 0};
}

/* What the sheet says of WANTED (XJ_G_INFOKEY_…), or an empty span. */
static xj_span
info(const comp *c, int wanted)
{
    xj_span found = {0, 0};

    for (size_t i = 0; i < c->nnodes && i < 30 && found.from == found.to; i++) {
        const node *n = &c->nodes[i];

        if (n->table)
            found = info_in_table(c, &c->doc->blocks[n->block], wanted);
        else if (is_short(n))
            found = info_in_line(c, n->span, wanted);
    }
    return found;
}

/* --- 文号 ------------------------------------------------------------------------------------- */

/* A document number (驻健委〔2020〕7号) whose bracket opens at I: its span, or an empty one.  FROM
 * bounds the words in front. */
static xj_span
doc_no_at(const comp *c, size_t from, size_t i, size_t end)
{
    size_t k = i + 1, start = i;

    while (k < end && xj_char_digit(c->t.c[k]))
        k++;
    if (k - i != 5 || k >= end || c->t.c[k] != ')')
        return (xj_span){i, i};
    k++;
    if (k < end && c->t.c[k] == u'第')
        k++;
    if (k >= end || !xj_char_digit(c->t.c[k]))
        return (xj_span){i, i};
    while (k < end && xj_char_digit(c->t.c[k]))
        k++;
    if (k >= end || c->t.c[k] != u'号')
        return (xj_span){i, i};
    /* a reader of pictures may see a bracket twice */
    if (start > from + 1 && (c->t.c[start - 1] == u'【' || c->t.c[start - 1] == '('))
        start--;
    while (start > from && xj_char_han(c->t.c[start - 1]) && i - start < 12)
        start--;
    return (xj_span){start, k + 1};
}

/* SPAN of a document number with brackets 〔〕. */
static xj_str
doc_no_text(comp *c, xj_span span)
{
    char *out = xj_alloc(c->result, (span.to - span.from) * 4 + 1);
    size_t len = 0;

    for (size_t i = span.from; i < span.to; i++) {
        uint32_t cp = c->t.c[i] == '(' ? 0x3014 : c->t.c[i] == ')' ? 0x3015 : c->t.c[i];

        if ((cp == u'【' || cp == 0x3014) && c->t.c[i + 1] == '(')
            continue;
        len += xj_utf8_put(out + len, cp);
    }
    return xj_str_of(out, len);
}

static void
read_doc_no(comp *c)
{
    xj_span said = info(c, XJ_G_INFOKEY_NUMBER);

    for (size_t k = said.from; k < said.to; k++) {
        xj_span no = doc_no_at(c, said.from, k, said.to);

        if (c->t.c[k] == '(' && no.from < no.to) {
            c->reg->document.doc_no = doc_no_text(c, no);
            c->reg->document.doc_no_at = comp_range(c, no);
            return;
        }
    }
    for (size_t i = 0; i < c->nnodes && i < 40; i++) {
        const node *n = &c->nodes[i];

        if (!is_short(n) || n->label.kind != XJ_LABEL_NONE || span_has(c, n->span, u"《"))
            continue;
        for (size_t k = n->span.from; k < n->span.to; k++) {
            xj_span no;

            if (c->t.c[k] != '(')
                continue;
            no = doc_no_at(c, n->span.from, k, n->span.to);
            if (no.from < no.to && no.from < k) {
                c->reg->document.doc_no = doc_no_text(c, no);
                c->reg->document.doc_no_at = comp_range(c, no);
                return;
            }
        }
    }
}

/* --- title ------------------------------------------------------------------------------------ */

/* What the covering letter says about the plan. */
typedef struct letter {
    xj_span notice; /* 关于印发…的通知, over all its lines */
    xj_span issuer; /* the words before 关于 */
    xj_span name;   /* the name of what is issued */
    size_t until;   /* the node of the first paragraph or addressee: the head ends before it */
} letter;

static bool
ends_with(const comp *c, xj_span s, xj_char ch)
{
    return s.from < s.to && c->t.c[s.to - 1] == ch;
}

/* Find 关于印发…的通知 in the lines before the first paragraph. */
static void
read_notice(const comp *c, letter *l)
{
    size_t about, print;
    xj_span head = {0, 0};

    while (l->until < c->nnodes) {
        const node *n = &c->nodes[l->until];

        if (!is_short(n) || n->label.kind == XJ_LABEL_HAN || ends_with(c, n->span, ':') ||
            ends_with(c, n->span, u'。'))
            break;
        head.to = n->span.to;
        l->until++;
    }
    about = span_find(c, head, u"关于印发");
    if (about == XJ_NPOS)
        return;
    print = about + 4;
    l->notice.from = about;
    l->notice.to = head.to;
    for (size_t i = print; i < head.to; i++)
        if (xj_chars_is(&c->t, i, head.to, u"的通知")) {
            l->name = (xj_span){print, i};
            l->notice.to = i + 3;
            break;
        }
    for (size_t i = 0; i < c->nnodes && c->nodes[i].span.from < about; i++) {
        const node *n = &c->nodes[i];

        size_t colon = xj_chars_find(&c->t, n->span, ':');
        size_t from = colon < about && colon < n->span.to ? colon + 1 : n->span.from;

        /* the issuer's own lines end at 关于; they begin behind a number, a red head and lines of
         * the sheet (成文日期：…) */
        if (ends_with(c, n->span, u'号') || span_has(c, n->span, u"文件") ||
            (from > n->span.from && n->span.to <= about))
            l->issuer = (xj_span){0, 0};
        else if (l->issuer.from == l->issuer.to &&
                 (n->span.to > about || n->span.to == n->span.from || unit_like(c, n->span)))
            l->issuer = (xj_span){from, about};
    }
}

/* 现将《…》印发 in the paragraphs before the first numbered line. */
static void
read_promise(const comp *c, letter *l)
{
    for (size_t i = 0; i < c->nnodes && i < 60 && l->name.from == l->name.to; i++) {
        const node *n = &c->nodes[i];
        size_t now, open, close;

        if (n->table || n->label.kind != XJ_LABEL_NONE)
            continue;
        now = span_find(c, n->span, u"现将");
        if (now == XJ_NPOS)
            continue;
        open = xj_chars_find(&c->t, (xj_span){now, n->span.to}, u'《');
        close = xj_chars_find(&c->t, (xj_span){open, n->span.to}, u'》');
        if (close < n->span.to)
            l->name = (xj_span){open + 1, close};
    }
}

static bool
title_line(const comp *c, const node *n)
{
    size_t len;

    return is_short(n) && n->span.to - n->span.from >= 2 && n->label.kind == XJ_LABEL_NONE &&
           !n->table && xj_chars_find(&c->t, n->span, u'。') == n->span.to &&
           !ends_with(c, n->span, ':') &&
           xj_gram_at(&xj_g_section, &c->t, n->span.from, n->span.to, &len) != XJ_G_SECTION_ANNEX;
}

/* A whole date that ends SPAN: where it begins, or XJ_NPOS. */
static size_t
date_at_end(const comp *c, xj_span span, xj_when *when)
{
    size_t from = span.to > span.from + 12 ? span.to - 12 : span.from;

    for (size_t i = from; i < span.to; i++)
        if (xj_when_parse(when, &c->t, i, span.to) && when->kind == XJ_WHEN_DAY &&
            when->year_kind == XJ_YEAR_PRINTED && i + when->len == span.to)
            return i;
    return XJ_NPOS;
}

/* How well the lines of SPAN are the title NAME, 0 to 1. */
static double
title_score(const comp *c, xj_span span, xj_span name)
{
    size_t a = span.to - span.from, b = name.to - name.from;
    double sim = xj_similarity(xj_chars_bytes(&c->t, span), xj_chars_bytes(&c->t, name));

    return sim * (double)(a < b ? a : b) / (double)(a < b ? b : a);
}

/* The lines of the plan's own title, by the name that the letter gives it. */
static bool
find_named_title(const comp *c, const letter *l, size_t *first, xj_span *title)
{
    double best = 0.55;
    size_t tables = 0;

    for (size_t i = 0; i < c->nnodes && tables < 1; i++) {
        tables += c->nodes[i].table;
        for (size_t k = i; k < c->nnodes && k < i + 3 && title_line(c, &c->nodes[k]); k++) {
            xj_span span = {c->nodes[i].span.from, c->nodes[k].span.to};
            xj_when when;
            double score;

            if (span.from < l->notice.to || span.to - span.from > 120 ||
                date_at_end(c, c->nodes[i].span, &when) != XJ_NPOS)
                continue;
            score = title_score(c, span, l->name);
            if (score >= best) {
                best = score;
                *first = i;
                *title = span;
            }
        }
        if (i > 400)
            break;
    }
    return best > 0.55;
}

/* Without a letter: the first lines that end like the title of a plan. */
static bool
find_first_title(const comp *c, size_t *first, xj_span *title)
{
    for (size_t i = 0; i < c->nnodes && i < 20; i++) {
        const xj_block *block = &c->doc->blocks[c->nodes[i].block];

        if (block->kind == XJ_BLOCK_HEADING && block->place.sheet > 0 &&
            c->nodes[i].label.kind != XJ_LABEL_NONE)
            continue; /* 一、传染病 as the name of a sheet */
        if (c->nodes[i].label.kind != XJ_LABEL_NONE || c->nodes[i].table)
            return false;
        xj_span span = c->nodes[i].span, words = span;
        size_t len;

        if (!title_line(c, &c->nodes[i]))
            continue;
        /* （2023—2025年） stands behind the words */
        if (ends_with(c, words, ')'))
            while (words.to > words.from && c->t.c[--words.to] != '(')
                continue;
        if (xj_gram_end(&xj_g_planword, &c->t, words, &len) == 0)
            continue;
        *first = i;
        /* a short last line goes with the one above it, unless that is the issuer's */
        if (words.to - words.from < 12 && i > 0 && title_line(c, &c->nodes[i - 1]) &&
            !unit_like(c, c->nodes[i - 1].span) && !ends_with(c, c->nodes[i - 1].span, u'号')) {
            *first = i - 1;
            span.from = c->nodes[i - 1].span.from;
        }
        if (span.to - span.from < 6)
            continue;
        *title = span;
        return true;
    }
    return false;
}

/* Whether line N ends as papers do that may be the plan themselves: 关于做好…的通知, …会议纪要. */
static bool
ends_as_paper(const comp *c, const node *n)
{
    static const char16_t *const words[] = {u"通知", u"纪要", u"的函", u"决定", u"公告", u"公示"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (n->span.to >= n->span.from + 6 &&
            xj_chars_is(&c->t, n->span.to - 2, n->span.to, words[i]))
            return true;
    return false;
}

/* A notice or minutes that are the plan themselves, over all lines of the title. */
static bool
find_notice_title(const comp *c, size_t *first, xj_span *title)
{
    for (size_t i = 0; i < c->nnodes && i < 20; i++) {
        const node *n = &c->nodes[i];

        if (n->label.kind != XJ_LABEL_NONE || n->table)
            return false;
        if (!title_line(c, n) || !ends_as_paper(c, n))
            continue;
        *first = i;
        while (*first > 0 && title_line(c, &c->nodes[*first - 1]) &&
               !ends_with(c, c->nodes[*first - 1].span, u'号') &&
               !span_has(c, (xj_span){c->nodes[*first].span.from, n->span.to}, u"关于") &&
               xj_chars_is(&c->t, n->span.to - 2, n->span.to, u"通知") && i < *first + 3)
            (*first)--;
        *title = (xj_span){c->nodes[*first].span.from, n->span.to};
        return true;
    }
    return false;
}

static void
set_title(comp *c, xj_span title)
{
    c->reg->document.title = comp_text(c, title);
    c->reg->document.title_at = comp_range(c, title);
}

static void
read_title(comp *c, letter *l)
{
    size_t first = 0;
    xj_span title = {0, 0};
    bool named = l->name.from < l->name.to;

    if (named && find_named_title(c, l, &first, &title)) {
        c->title_node = first;
        set_title(c, title);
    } else if (named) {
        set_title(c, xj_chars_trim(&c->t, l->name, u"《》"));
        /* the plan begins behind the paragraph that issues it */
        for (size_t i = l->until; i < c->nnodes && i < 60; i++)
            if (span_has(c, c->nodes[i].span, u"印发给你们") ||
                span_has(c, c->nodes[i].span, u"贯彻执行") ||
                span_has(c, c->nodes[i].span, u"贯彻落实。")) {
                c->title_node = i + 1;
                break;
            }
    } else if (find_first_title(c, &first, &title) || find_notice_title(c, &first, &title)) {
        c->title_node = first;
        set_title(c, title);
    } else {
        comp_warn(c, "no_title", (xj_span){0, 0}, "未能识别文件标题");
    }
    for (size_t i = 0; i < c->title_node && i < c->nnodes; i++)
        c->nodes[i].letter = true;
}

/* --- issuer, date ----------------------------------------------------------------------------- */

static void
set_issuer(comp *c, xj_span s)
{
    s = xj_chars_trim(&c->t, s, u":");
    /* （代章） */
    if (ends_with(c, s, ')')) {
        size_t k = s.to;

        while (k > s.from && c->t.c[k - 1] != '(')
            k--;
        if (k > s.from + 1)
            s.to = k - 1;
    }
    c->reg->document.issuer = comp_text(c, s);
    c->reg->document.issuer_at = comp_range(c, s);
}

static void
read_dates(comp *c, const letter *l)
{
    xj_date signed_on = {0}, printed_on = {0};
    xj_span signed_at = {0, 0}, printed_at = {0, 0}, signer = {0, 0};

    (void)l;
    for (size_t i = 0; i < c->nnodes; i++) {
        xj_span s = c->nodes[i].span;
        xj_when when;
        size_t at, len = 0;
        bool print;

        if (!is_short(&c->nodes[i]) || c->nodes[i].label.kind != XJ_LABEL_NONE)
            continue;
        s = xj_chars_trim(&c->t, s, u"()");
        for (size_t k = s.from; k + 2 < s.to && k < s.from + 8; k++)
            if (xj_chars_is(&c->t, k, s.to, u"日期:"))
                s.from = k + 3; /* 编制日期：2024-03-06 */
        print = s.to > s.from + 2 && xj_chars_is(&c->t, s.to - 2, s.to, u"印发");
        if (print)
            s.to -= 2;
        at = date_at_end(c, s, &when);
        if (at == XJ_NPOS || xj_when_date(&when, 0, 0).year == 0)
            continue;
        if (print && printed_on.year == 0) {
            printed_on = xj_when_date(&when, 0, 0);
            printed_at = (xj_span){at, s.to};
            if (at > s.from && signer.from == signer.to)
                signer = (xj_span){s.from, at};
        } else if (!print && signed_on.year == 0 &&
                   (at == s.from ||
                    xj_gram_end(&xj_g_suffix, &c->t, (xj_span){s.from, at}, &len))) {
            signed_on = xj_when_date(&when, 0, 0);
            signed_at = (xj_span){at, s.to};
            if (at > s.from)
                signer = (xj_span){s.from, at};
            else if (i > 0 && is_short(&c->nodes[i - 1]) &&
                     xj_chars_find(&c->t, c->nodes[i - 1].span, u'。') == c->nodes[i - 1].span.to)
                signer = c->nodes[i - 1].span;
        }
    }
    if (signed_on.year == 0) {
        xj_span said = info(c, XJ_G_INFOKEY_DATE);
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

static void
read_issuer(comp *c, const letter *l)
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
    said = info(c, XJ_G_INFOKEY_ISSUER);
    if (said.from < said.to)
        set_issuer(c, said);
}

/* --- place and period ------------------------------------------------------------------------- */

static bool
is_level(xj_char ch)
{
    return ch == u'市' || ch == u'区' || ch == u'县' || ch == u'州' || ch == u'盟' || ch == u'旗' ||
           ch == u'镇' || ch == u'乡' || ch == u'省';
}

/* The place in front of a name (泰安市爱国卫生…, 新余市渝水区…): the last level before the organ.
 */
static xj_span
place_before(const comp *c, xj_span s)
{
    xj_span place = {s.from, s.from};
    size_t from = s.from;

    if (xj_chars_is(&c->t, s.from, s.to, u"健康"))
        return place; /* the name of the programme */
    if (xj_chars_is(&c->t, s.from, s.to, u"中共"))
        from += 2;
    for (size_t i = s.from; i < s.to && i < from + 7; i++)
        /* 健康县, 卫生城市, 文明城市 are what a place wants to be */
        if (is_level(c->t.c[i]) && i >= from + 2 && !xj_chars_is(&c->t, from, s.to, u"健康") &&
            !xj_chars_is(&c->t, from, s.to, u"卫生") && !xj_chars_is(&c->t, from, s.to, u"文明") &&
            !(c->t.c[i] == u'州' && c->t.c[i + 1] == u'市') &&
            !xj_chars_is(&c->t, i, s.to, u"市场") && !xj_chars_is(&c->t, i, s.to, u"区域")) {
            place = (xj_span){from, i + 1};
            from = i + 1;
            if (from < s.to && c->t.c[from] == u'委') /* 市委办公室 and the next body's name */
                break;
        }
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

static void
read_place(comp *c, const letter *l)
{
    xj_span issuer = comp_span(c, c->reg->document.issuer_at);
    xj_span title = comp_span(c, c->reg->document.title_at), place;

    if (c->reg->document.issuer.data == NULL)
        issuer.to = issuer.from;
    place = place_before(c, issuer);
    if (place.from == place.to)
        place = place_before(c, title);
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

/* The years that the plan is for, by its title; else the year of its issue. */
static void
read_period(comp *c, const letter *l)
{
    const xj_span title = comp_span(c, c->reg->document.title_at);

    c->year_issued = c->reg->document.issued_on.year;
    if (c->reg->document.title.data != NULL && !printed_years(c, title))
        (void)printed_years(c, l->name); /* the letter's name for it may be the longer one */
    if (c->year_last == 0)
        c->year_first = c->year_last = c->year_issued;
    if (c->year_issued == 0)
        c->year_issued = c->year_first;
    if (c->year_last == 0)
        comp_warn(c, "no_year", (xj_span){0, 0}, "未能确定计划年度，缺年份的时限无法推定");
}

/* --- basis ------------------------------------------------------------------------------------ */

typedef XJ_VEC(xj_basis) basis_vec;

static void
add_basis(comp *c, basis_vec *list, xj_span title, xj_span doc_no)
{
    xj_basis basis = {.title = comp_text(c, title), .source = comp_range(c, title)};

    if (xj_str_eq(basis.title, c->reg->document.title))
        return; /* 现将《…》印发给你们 names the plan itself */

    if (doc_no.from < doc_no.to)
        basis.doc_no = doc_no_text(c, doc_no);
    for (size_t i = 0; i < list->len; i++)
        if (xj_str_eq(list->items[i].title, basis.title)) {
            if (list->items[i].doc_no.data == NULL)
                list->items[i].doc_no = basis.doc_no;
            return;
        }
    if (list->len < 64)
        xj_vec_push(list, c->scratch, basis);
}

/* The documents named in S. */
static void
named_in(comp *c, basis_vec *list, xj_span s)
{
    for (size_t i = s.from; i < s.to; i++) {
        size_t depth = 1, k = i + 1;
        xj_span no = {0, 0};

        if (xj_chars_is(&c->t, i, s.to, u"现将") || xj_chars_is(&c->t, i, s.to, u"现就"))
            return;
        if (c->t.c[i] != u'《')
            continue;
        /* 制定《…》 is what comes of it */
        if (i >= s.from + 2 &&
            (xj_chars_is(&c->t, i - 2, i, u"制定") || xj_chars_is(&c->t, i - 2, i, u"印发") ||
             xj_chars_is(&c->t, i - 2, i, u"制订") || xj_chars_is(&c->t, i - 2, i, u"编制")))
            return;
        for (; k < s.to && depth > 0; k++)
            depth += (c->t.c[k] == u'《') - (c->t.c[k] == u'》');
        if (depth > 0)
            return;
        for (size_t b = k; b < s.to && b < k + 16 && no.from == no.to; b++) {
            if (c->t.c[b] == u'《' || c->t.c[b] == u',' || c->t.c[b] == u'、')
                break;
            if (c->t.c[b] == '(')
                no = doc_no_at(c, k, b, s.to);
        }
        add_basis(c, list, (xj_span){i + 1, k - 1}, no);
        i = no.from < no.to ? no.to - 1 : k - 1;
    }
}

/* The documents named behind a verb of carrying out, in the sentence S. */
static void
basis_in(comp *c, basis_vec *list, xj_span s)
{
    xj_span verb;

    if (xj_gram_find(&xj_g_basisverb, &c->t, s, &verb) != 0)
        named_in(c, list, (xj_span){verb.to, s.to});
}

static void
read_basis(comp *c)
{
    basis_vec list = {0};

    named_in(c, &list, info(c, XJ_G_INFOKEY_BASIS));
    for (size_t i = 0; i < c->nnodes; i++) {
        const node *n = &c->nodes[i];

        if (n->label.kind != XJ_LABEL_NONE && !n->letter)
            break;
        if (n->table || n->label.kind != XJ_LABEL_NONE || n->span.to - n->span.from < 15)
            continue;
        if (i >= 200)
            break;
        for (size_t k = n->span.from; k < n->span.to;) {
            xj_span s = comp_sentence(c, k, n->span.to);

            basis_in(c, &list, s);
            k = s.to;
        }
    }
    c->reg->document.nbasis = list.len;
    c->reg->document.basis = xj_alloc(c->result, (list.len + 1) * sizeof(xj_basis));
    if (list.len > 0)
        memcpy(c->reg->document.basis, list.items, list.len * sizeof(xj_basis));
}

/* The issuer's office: the issuer itself where it is one. */
static void
read_office(comp *c)
{
    xj_str issuer = c->reg->document.issuer;

    if (issuer.data == NULL)
        return;
    c->office = xj_str_ends(issuer, XJ_STR("办公室")) || xj_str_ends(issuer, XJ_STR("政府"))
                    ? issuer
                    : xj_str_printf(c->result, XJ_FMT "办公室", XJ_ARG(issuer));
}

void
head_read(comp *c)
{
    letter l = {0};

    read_doc_no(c);
    read_notice(c, &l);
    read_promise(c, &l);
    read_title(c, &l);
    read_issuer(c, &l);
    read_dates(c, &l);
    read_place(c, &l);
    read_period(c, &l);
    read_basis(c);
    read_office(c);
    if (c->reg->document.issuer.data == NULL)
        comp_warn(c, "no_issuer", (xj_span){0, 0}, "未能识别发文机关");
    if (c->reg->document.issued_on.year == 0)
        comp_warn(c, "no_issued_on", (xj_span){0, 0}, "未能识别印发日期");
}
