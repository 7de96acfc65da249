#include "text/similar.h"

#include "text/chars.h"

#include <stdlib.h>

#define SIMILAR_MAX ((size_t)256)

static int
by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return x < y ? -1 : x > y;
}

/* The sorted pairs of S. */
static size_t
pairs_of(uint32_t *pairs, xj_str s)
{
    xj_char c[SIMILAR_MAX];
    size_t n = xj_chars_fold_some(c, SIMILAR_MAX, s, NULL);

    if (n == 1)
        pairs[0] = c[0];
    for (size_t i = 0; i + 1 < n; i++)
        pairs[i] = (uint32_t)c[i] << 16 | c[i + 1];
    n = n < 2 ? n : n - 1;
    qsort(pairs, n, sizeof *pairs, by_value);
    return n;
}

double
xj_similarity(xj_str a, xj_str b)
{
    uint32_t pa[SIMILAR_MAX], pb[SIMILAR_MAX];
    size_t na = pairs_of(pa, a), nb = pairs_of(pb, b), i = 0, j = 0, both = 0;

    if (na == 0 || nb == 0)
        return na == nb;
    while (i < na && j < nb) {
        if (pa[i] == pb[j]) {
            both++;
            i++;
            j++;
        } else if (pa[i] < pb[j]) {
            i++;
        } else {
            j++;
        }
    }
    return (double)both / (double)(na < nb ? na : nb);
}
