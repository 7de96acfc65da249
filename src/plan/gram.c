#include "plan/gram.h"

/* < 0, 0, > 0 as word W comes before, begins at, or comes after the text at I; a word that is
 * longer than the text comes after it. */
static int
compare(const xj_word *w, const xj_chars *chars, size_t i, size_t end)
{
    for (size_t k = 0; k < w->len; k++) {
        if (i + k >= end)
            return 1;
        if (w->w[k] != chars->c[i + k])
            return w->w[k] < chars->c[i + k] ? -1 : 1;
    }
    return 0;
}

/* Index of the first word that begins with C or more. */
static size_t
lower(const xj_class *class, xj_char c)
{
    size_t lo = 0, hi = class->n;

    while (lo < hi) {
        size_t mid = (lo + hi) / 2;

        if (class->words[mid].w[0] < c)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

int
xj_gram_at(const xj_class *class, const xj_chars *chars, size_t i, size_t end, size_t *len)
{
    int value = 0;

    *len = 0;
    if (i >= end || !(class->bloom[chars->c[i] >> 6 & 15] >> (chars->c[i] & 63) & 1))
        return 0;
    for (size_t k = lower(class, chars->c[i]); k < class->n && class->words[k].w[0] == chars->c[i];
         k++) {
        const xj_word *w = &class->words[k];

        if (w->len > *len && compare(w, chars, i, end) == 0) {
            *len = w->len;
            value = w->value;
        }
    }
    return value;
}

int
xj_gram_is(const xj_class *class, const xj_chars *chars, xj_span span)
{
    size_t len;
    int value;

    if (span.from >= span.to || span.to - span.from > class->max)
        return 0;
    value = xj_gram_at(class, chars, span.from, span.to, &len);
    return len == span.to - span.from ? value : 0;
}

int
xj_gram_end(const xj_class *class, const xj_chars *chars, xj_span span, size_t *len)
{
    size_t room = span.to - span.from;

    for (size_t n = room < class->max ? room : class->max; n > 0; n--) {
        int value = xj_gram_is(class, chars, (xj_span){span.to - n, span.to});

        if (value != 0) {
            *len = n;
            return value;
        }
    }
    *len = 0;
    return 0;
}

int
xj_gram_find(const xj_class *class, const xj_chars *chars, xj_span span, xj_span *at)
{
    for (size_t i = span.from; i < span.to; i++) {
        size_t len;
        int value = xj_gram_at(class, chars, i, span.to, &len);

        if (value != 0) {
            *at = (xj_span){i, i + len};
            return value;
        }
    }
    return 0;
}

/* Whether the parts of pattern W stand in SPAN in their order. */
static bool
pattern_in(const xj_word *w, const xj_chars *chars, xj_span span)
{
    size_t at = span.from, k = 0;

    while (k < w->len) {
        size_t part = k, n, i;

        while (k < w->len && w->w[k] != u'…')
            k++;
        n = k - part;
        for (i = at; i + n <= span.to; i++) {
            size_t same = 0;

            while (same < n && chars->c[i + same] == w->w[part + same])
                same++;
            if (same == n)
                break;
        }
        if (i + n > span.to)
            return false;
        at = i + n;
        k++;
    }
    return true;
}

int
xj_gram_pattern(const xj_class *class, const xj_chars *chars, xj_span span)
{
    int best = 0;

    for (size_t k = 0; k < class->n; k++)
        if ((best == 0 || class->words[k].value < best) &&
            pattern_in(&class->words[k], chars, span))
            best = class->words[k].value;
    return best;
}
