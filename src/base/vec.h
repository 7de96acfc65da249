/*
 * base/vec.h -- a growing array in a pool, typed by a macro.
 *
 *     XJ_VEC(int64_t) ids = {0};
 *     xj_vec_push(&ids, pool, id);
 *     for (size_t i = 0; i < ids.len; i++) use(ids.items[i]);
 *
 * Items move when it grows: keep indexes, not pointers, while pushing.
 */
#pragma once

#include "base/mem.h"

#include <string.h>

#define XJ_VEC(type)                                                                               \
    struct {                                                                                       \
        type *items;                                                                               \
        size_t len, cap;                                                                           \
    }

#define xj_vec_push(vec, pool, ...)                                                                \
    ((vec)->items =                                                                                \
         xj_vec_grow((vec)->items, (vec)->len, &(vec)->cap, sizeof *(vec)->items, (pool)),         \
     (void)((vec)->items[(vec)->len++] = (__VA_ARGS__)))

/* ITEMS itself where LEN < *CAP, else a copy with twice the room. */
static inline void *
xj_vec_grow(void *items, size_t len, size_t *cap, size_t size, xj_pool *pool)
{
    void *more;

    if (len < *cap)
        return items;
    *cap = *cap == 0 ? 8 : xj_size_mul(*cap, 2);
    more = xj_alloc(pool, xj_size_mul(*cap, size));
    if (len > 0)
        memcpy(more, items, len * size);
    return more;
}
