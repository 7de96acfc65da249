/*
 * plan/head.c -- the document: its title, number and basis, and where the covering letter ends.
 */
#include "base/map.h"
#include "plan/head_priv.h"

#include "text/similar.h"

#define HEAD_LINE 70 /* characters: longer lines are text */

bool
head_is_short(const node *n)
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
xj_span
head_info(const comp *c, int wanted)
{
    xj_span found = {0, 0};

    for (size_t i = 0; i < c->nnodes && i < 30 && found.from == found.to; i++) {
        const node *n = &c->nodes[i];

        if (n->table)
            found = info_in_table(c, &c->doc->blocks[n->block], wanted);
        else if (head_is_short(n))
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
    xj_span said = head_info(c, XJ_G_INFOKEY_NUMBER);

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

        if (!head_is_short(n) || n->label.kind != XJ_LABEL_NONE || span_has(c, n->span, u"《"))
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

bool
head_ends_with(const comp *c, xj_span s, xj_char ch)
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

        if (!head_is_short(n) || n->label.kind == XJ_LABEL_HAN || head_ends_with(c, n->span, ':') ||
            head_ends_with(c, n->span, u'。'))
            break;
        head.to = n->span.to;
        l->until++;
    }
    about = span_find(c, head, u"关于印发");
    print = about + 4;
    if (about == XJ_NPOS) {
        about = span_find(c, head, u"印发《");
        print = about + 2;
    }
    if (about == XJ_NPOS)
        return;
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
        if (head_ends_with(c, n->span, u'号') || span_has(c, n->span, u"文件") ||
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

    return head_is_short(n) && n->span.to - n->span.from >= 2 && n->label.kind == XJ_LABEL_NONE &&
           !n->table && xj_chars_find(&c->t, n->span, u'。') == n->span.to &&
           !head_ends_with(c, n->span, ':') &&
           xj_gram_at(&xj_g_section, &c->t, n->span.from, n->span.to, &len) != XJ_G_SECTION_ANNEX;
}

/* A whole date that ends SPAN: where it begins, or XJ_NPOS. */
size_t
head_date_at_end(const comp *c, xj_span span, xj_when *when)
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
                head_date_at_end(c, c->nodes[i].span, &when) != XJ_NPOS)
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
        if (head_ends_with(c, words, ')'))
            while (words.to > words.from && c->t.c[--words.to] != '(')
                continue;
        if (xj_gram_end(&xj_g_planword, &c->t, words, &len) == 0)
            continue;
        *first = i;
        /* a short last line goes with the one above it, unless that is the issuer's */
        if (words.to - words.from < 12 && i > 0 && title_line(c, &c->nodes[i - 1]) &&
            !unit_like(c, c->nodes[i - 1].span) &&
            !head_ends_with(c, c->nodes[i - 1].span, u'号')) {
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
               !head_ends_with(c, c->nodes[*first - 1].span, u'号') &&
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

    named_in(c, &list, head_info(c, XJ_G_INFOKEY_BASIS));
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

void
head_read(comp *c)
{
    letter l = {0};

    read_doc_no(c);
    read_notice(c, &l);
    read_promise(c, &l);
    read_title(c, &l);
    head_issuer(c, &l);
    head_dates(c);
    head_office(c);
    head_place(c, &l);
    head_period(c, &l);
    read_basis(c);
    if (c->reg->document.issuer.data == NULL)
        comp_warn(c, "no_issuer", (xj_span){0, 0}, "未能识别发文机关");
    if (c->reg->document.issued_on.year == 0)
        comp_warn(c, "no_issued_on", (xj_span){0, 0}, "未能识别印发日期");
}
