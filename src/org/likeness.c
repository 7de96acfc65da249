/* How likely two names mean one unit.
 *
 * A name is a place, a core and a head (市 | 卫健体 | 委).  Chinese bodies are called by first
 * characters of their parts (发展改革 → 发改), so a core abbreviates another where its characters
 * stand in it in order.  What differs in place, in what it is, or in a number is another unit. */
#include "org/org_priv.h"

static uint32_t
fold(uint32_t cp)
{
    if (cp >= 0xFF01 && cp <= 0xFF5E) /* full-width forms */
        return cp - 0xFEE0;
    return cp;
}

/* Particles and brackets tell no two bodies apart. */
static bool
dropped(uint32_t cp)
{
    static const uint32_t out[] = {
        ' ', '(', ')', 0x3000, 0x3001, 0x548C /* 和 */, 0x4E0E /* 与 */, 0x53CA /* 及 */};

    for (size_t i = 0; i < sizeof out / sizeof *out; i++)
        if (cp == out[i])
            return true;
    return false;
}

static const xj_org__rule *
head_of(xj_str name)
{
    for (size_t i = 0; i < xj_org__nrules; i++)
        if (strcmp(xj_org__rules[i].what, "head") == 0 &&
            xj_org__rule_fits(&xj_org__rules[i], name))
            return &xj_org__rules[i];
    return NULL;
}

void
xj_org__name_read(xj_org__name *out, xj_str name)
{
    const xj_org__rule *head = head_of(name);
    size_t from = 0, end = 0, pos = 0;
    size_t core_end = head == NULL ? name.len : name.len - strlen(head->word);
    bool bare = false;

    memset(out, 0, sizeof *out);
    if (xj_org__place(&out->level, &bare, &from, &end, name) && !bare)
        out->place = xj_str_sub(name, from, end);
    out->head = head == NULL ? NULL : head->value;
    if (end > core_end) /* 市委: the whole is place and head */
        end = core_end;
    out->core_from = out->core_to = SIZE_MAX;
    while (pos < name.len && out->n < XJ_ORG__CHARS_MAX) {
        size_t at = pos;
        uint32_t cp = fold(xj_utf8_next(name, &pos));

        if (at >= end && out->core_from == SIZE_MAX)
            out->core_from = out->n;
        if (at >= core_end && out->core_to == SIZE_MAX)
            out->core_to = out->n;
        if (!dropped(cp))
            out->chars[out->n++] = cp;
    }
    if (out->core_from == SIZE_MAX)
        out->core_from = out->n;
    if (out->core_to == SIZE_MAX)
        out->core_to = out->n;
    for (size_t i = out->core_from; i < out->core_to; i++)
        out->signature |= (uint64_t)1 << (out->chars[i] * 0x9E3779B1u >> 26);
}

/* Length of the longest text that stands in both in order. */
static size_t
common(const uint32_t *a, size_t na, const uint32_t *b, size_t nb)
{
    size_t row[XJ_ORG__CHARS_MAX + 1] = {0};

    for (size_t i = 0; i < na; i++) {
        size_t diagonal = 0;

        for (size_t k = 0; k < nb; k++) {
            size_t above = row[k + 1];

            if (a[i] == b[k])
                row[k + 1] = diagonal + 1;
            else if (row[k] > above)
                row[k + 1] = row[k];
            diagonal = above;
        }
    }
    return row[nb];
}

/* 第一, 二, 东, 3: what tells two of a kind apart. */
static bool
tells_apart(uint32_t cp)
{
    static const uint32_t words[] = {0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03,
                                     0x516B, 0x4E5D, 0x5341, 0x4E1C, 0x897F, 0x5357, 0x5317};

    if (cp >= '0' && cp <= '9')
        return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (cp == words[i])
            return true;
    return false;
}

static bool
same_numbers(const xj_org__name *a, const xj_org__name *b)
{
    size_t k = b->core_from;

    for (size_t i = a->core_from; i < a->core_to; i++) {
        if (!tells_apart(a->chars[i]))
            continue;
        while (k < b->core_to && !tells_apart(b->chars[k]))
            k++;
        if (k == b->core_to || b->chars[k] != a->chars[i])
            return false;
        k++;
    }
    while (k < b->core_to)
        if (tells_apart(b->chars[k++]))
            return false;
    return true;
}

static bool
stands_whole(const uint32_t *a, size_t na, const uint32_t *b, size_t nb)
{
    for (size_t at = 0; at + na <= nb; at++)
        if (memcmp(a, b + at, na * sizeof *a) == 0)
            return true;
    return false;
}

static bool
head_is(const xj_org__name *name, const char *head)
{
    return name->head != NULL && strcmp(name->head, head) == 0;
}

/* What two different heads take off; 100 where they are two bodies. */
static int
heads_differ(const xj_org__name *a, const xj_org__name *b)
{
    if (a->head == NULL && b->head == NULL)
        return 0;
    if (a->head != NULL && b->head != NULL && strcmp(a->head, b->head) == 0)
        return 0;
    if ((head_is(a, "局") && head_is(b, "委")) || (head_is(a, "委") && head_is(b, "局")))
        return 10; /* a bureau that became a commission */
    return 100;
}

/* The likeness of core A to core B, A not the longer. */
static int
cores(const uint32_t *a, size_t na, const uint32_t *b, size_t nb, bool society)
{
    size_t both = common(a, na, b, nb);
    bool first = na > 0 && a[0] == b[0];

    if (na == nb && both == na)
        return na == 0 ? 90 : 100; /* the head alone says it: 市红会, 市红十字会 */
    if (na == 1)                   /* 妇联, 科协 */
        return society && first ? 75 : 0;
    if (both == na && first)
        return 80 + (int)(15 * na / nb);
    if (both == na && stands_whole(a, na, b, nb))
        return 2 * na > nb ? 75 : 0;
    if (na >= 3 && first && 3 * both >= 2 * na)
        return 55 + (int)(20 * both / nb);
    return 0;
}

int
xj_org__name_likeness(const xj_org__name *a, const xj_org__name *b)
{
    size_t na = a->core_to - a->core_from, nb = b->core_to - b->core_from;
    bool society = head_is(a, "联") || head_is(a, "协");
    int off, score;

    if (na > nb)
        return xj_org__name_likeness(b, a);
    if ((a->signature & b->signature) == 0 && na > 0)
        return 0;
    if (a->level != b->level && a->level != XJ_LEVEL_NONE && b->level != XJ_LEVEL_NONE)
        return 0;
    if (a->place.data != NULL && b->place.data != NULL && !xj_str_eq(a->place, b->place))
        return 0;
    off = heads_differ(a, b);
    if (off == 100 || (na == 0 && (nb > 0 || a->head == NULL)) || !same_numbers(a, b))
        return 0;
    score = cores(a->chars + a->core_from, na, b->chars + b->core_from, nb, society);
    if (a->level != b->level)
        off += 10;
    return score > off ? score - off : 0;
}

int
xj_unit_likeness(xj_str a, xj_str b, xj_pool *scratch)
{
    xj_org__name *names = XJ_NEW_ARRAY(scratch, xj_org__name, 2);

    xj_org__name_read(&names[0], a);
    xj_org__name_read(&names[1], b);
    return xj_org__name_likeness(&names[0], &names[1]);
}
