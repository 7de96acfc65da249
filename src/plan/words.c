/*
 * The index of words.  A word of the index is the hash of a jurisdiction and a pair of characters,
 * four base-36 digits each, so that neither database's own idea of a word matters and a search
 * reads the rows of its jurisdiction alone.  Each character stands alone, too, for searches for
 * one. What is found is a superset (the pairs may stand apart): the list asks the text itself.
 */
#include "plan/plan_priv.h"

#define DIGITS 4

static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";

xj_str
xj_plan__lower(xj_str text, xj_pool *result)
{
    char *out = xj_alloc(result, text.len + 1);

    for (size_t i = 0; i < text.len; i++)
        out[i] = text.data[i] >= 'A' && text.data[i] <= 'Z' ? (char)(text.data[i] + ('a' - 'A'))
                                                            : text.data[i];
    out[text.len] = '\0';
    return xj_str_of(out, text.len);
}

static void
put(char *out, uint32_t n)
{
    for (int i = DIGITS - 1; i >= 0; i--) {
        out[i] = digits[n % 36];
        n /= 36;
    }
}

static uint32_t
tenant_hash(int64_t tenant)
{
    return (uint32_t)(((uint64_t)tenant * 0x9E3779B97F4A7C15u) >> 44); /* 20 bits: below 36^4 */
}

typedef XJ_VEC(uint64_t) pairs;

/* The pairs of TEXT, and where SINGLES its characters (pairs with 0). */
static void
collect(pairs *out, xj_str text, bool singles, xj_pool *pool)
{
    size_t pos = 0;
    uint32_t before = 0;

    while (pos < text.len) {
        uint32_t cp = xj_utf8_next(text, &pos);

        if (cp >= 'A' && cp <= 'Z')
            cp += 'a' - 'A';
        if (before != 0)
            xj_vec_push(out, pool, (uint64_t)before << 32 | cp);
        if (singles)
            xj_vec_push(out, pool, (uint64_t)cp << 32);
        before = cp;
    }
}

static int
compare(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

/* PAIRS as words, each once, in order. */
static xj_str
write(int64_t tenant, pairs *all, xj_pool *result)
{
    const size_t word = 3 * DIGITS + 1;
    char *out = xj_alloc(result, xj_size_add(xj_size_mul(all->len, word + 1), 1));
    size_t len = 0;

    if (all->len > 0)
        qsort(all->items, all->len, sizeof *all->items, compare);
    for (size_t i = 0; i < all->len; i++) {
        const uint64_t pair = all->items[i];

        if (i > 0 && pair == all->items[i - 1])
            continue;
        if (len > 0)
            out[len++] = ' ';
        put(out + len, tenant_hash(tenant));
        put(out + len + DIGITS, (uint32_t)(pair >> 32));
        len += (size_t)2 * DIGITS;
        if ((uint32_t)pair != 0) {
            put(out + len, (uint32_t)pair);
            len += DIGITS;
        }
    }
    out[len] = '\0';
    return xj_str_of(out, len);
}

xj_str
xj_plan__words(int64_t tenant, xj_str title, xj_str text, xj_pool *result)
{
    pairs all = {0};

    collect(&all, title, true, result);
    collect(&all, text, true, result);
    return write(tenant, &all, result);
}

xj_str
xj_plan__words_query(int64_t tenant, xj_str text, xj_pool *result)
{
    pairs all = {0};

    collect(&all, text, false, result);
    if (all.len == 0)
        collect(&all, text, true, result);
    return write(tenant, &all, result);
}
