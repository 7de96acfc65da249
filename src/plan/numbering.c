/*
 * plan/numbering.c -- the numbers in front of paragraphs, where a figure stands right behind them.
 */
#include "plan/compile_priv.h"

#define HEADING_MAX 40 /* characters of a heading */

xj_label
numbering_automatic(const char *text)
{
    xj_char c[8];
    size_t n = xj_chars_fold_some(c, 8, xj_str_c(text), NULL);

    return xj_label_parse(c, n);
}

/* Where white space parts the characters behind S.from, at most a label's length on; S.to where
 * none does. */
static size_t
parted(const comp *c, xj_span s)
{
    for (size_t i = s.from; i + 1 < s.to && i < s.from + 8; i++)
        if (c->t.at[i + 1] != xj_chars_end(&c->t, i))
            return i + 1;
    return s.to;
}

static int
figure(const comp *c, xj_span s)
{
    int value = 0;

    for (size_t i = s.from; i < s.to; i++)
        value = value * 10 + (c->t.c[i] - '0');
    return value;
}

/* Whether S, a figure up to GAP and words, is a heading (1 环境整治): 1.1 opens the next line. */
static bool
heads_decimals(const comp *c, xj_span s, size_t gap)
{
    size_t next = s.to, len = gap - s.from;

    if (gap >= s.to || s.to - s.from > HEADING_MAX || !xj_char_han(c->t.c[gap]))
        return false;
    for (size_t i = s.from; i < gap; i++)
        if (!xj_char_digit(c->t.c[i]))
            return false;
    while (next < c->t.n && c->t.c[next] == '\n')
        next++;
    return next + len + 1 < c->t.n &&
           memcmp(&c->t.c[next], &c->t.c[s.from], len * sizeof(xj_char)) == 0 &&
           c->t.c[next + len] == '.' && c->t.c[next + len + 1] == '1';
}

/* The figure before the first dot of S; *AT is behind the dot. */
static int
major_of(const comp *c, xj_span s, size_t *at)
{
    int value = 0;
    size_t i = s.from;

    for (; i < s.to && i < s.from + 3 && xj_char_digit(c->t.c[i]); i++)
        value = value * 10 + (c->t.c[i] - '0');
    *at = i + 1;
    return i > s.from && i < s.to && c->t.c[i] == '.' ? value : 0;
}

xj_label
numbering_read(const comp *c, xj_span s, counting *seen)
{
    size_t gap = parted(c, s), at;
    xj_label label = {0};
    int major;

    if (gap > s.from + 1 && gap < s.to && xj_char_digit(c->t.c[gap - 1]))
        label = xj_label_parse(c->t.c + s.from, gap - s.from);
    if (label.kind != XJ_LABEL_NUM_2 && label.kind != XJ_LABEL_NUM_3)
        label = xj_label_parse(c->t.c + s.from, s.to - s.from);
    major = major_of(c, s, &at);
    if (label.kind == XJ_LABEL_NUM_2 && label.value != 1 && major == seen->num + 1 &&
        !(major == seen->major && label.value == seen->minor + 1))
        label = (xj_label){XJ_LABEL_NUM, major, at - s.from, false};
    else if (label.kind == XJ_LABEL_NONE && gap < s.from + 3 && heads_decimals(c, s, gap))
        label = (xj_label){XJ_LABEL_NUM, figure(c, (xj_span){s.from, gap}), gap - s.from, false};
    else if (label.kind == XJ_LABEL_NONE && major == seen->num + 1 && major > 1 && at < s.to &&
             xj_char_digit(c->t.c[at]))
        label = (xj_label){XJ_LABEL_NUM, major, at - s.from, false};
    if (label.letter) {
        *seen = (counting){0};
    } else if (label.kind == XJ_LABEL_NUM) {
        seen->num = label.value;
    } else if (label.kind == XJ_LABEL_NUM_2) {
        seen->major = major;
        seen->minor = label.value;
    } else if (label.kind != XJ_LABEL_NONE && label.kind < XJ_LABEL_NUM) {
        *seen = (counting){0};
    }
    return label;
}

/* The last of the letters that node A, an A., begins; *NUMBERED where numbers begin anew between
 * them. */
static size_t
last_letter(const comp *c, size_t a, bool *numbered)
{
    size_t last = a;
    bool inside = false;

    *numbered = false;
    for (size_t i = a + 1; i < c->nnodes; i++) {
        const xj_label *label = &c->nodes[i].label;

        if (label->letter && label->value == c->nodes[last].label.value + 1) {
            last = i;
            *numbered = *numbered || inside;
        } else if (label->letter || (label->kind != XJ_LABEL_NONE && label->kind < XJ_LABEL_NUM)) {
            break;
        }
        inside = inside || (label->kind == XJ_LABEL_NUM && !label->letter && label->value == 1);
    }
    return last;
}

void
numbering_letters(comp *c)
{
    xj_label_kind above = XJ_LABEL_NONE;

    for (size_t i = 0; i < c->nnodes; i++) {
        xj_label_kind kind = XJ_LABEL_NUM;
        bool numbered;
        size_t last;

        if (!c->nodes[i].label.letter || c->nodes[i].label.value != 1) {
            above = c->nodes[i].label.kind != XJ_LABEL_NONE ? c->nodes[i].label.kind : above;
            continue;
        }
        last = last_letter(c, i, &numbered);
        if (numbered) /* chapters */
            kind = XJ_LABEL_ARTICLE;
        else if (above == XJ_LABEL_NUM || above >= XJ_LABEL_NUM_PAR) /* parts of an item */
            kind = above == XJ_LABEL_NUM ? XJ_LABEL_NUM_PAR : XJ_LABEL_CIRCLE;
        for (size_t k = i; k <= last; k++)
            if (c->nodes[k].label.letter)
                c->nodes[k].label.kind = kind;
    }
}
