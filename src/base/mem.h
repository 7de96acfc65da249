/*
 * base/mem.h -- memory pools: a tree of regions that end whole.
 *
 * APR pools behind our own names (docs/memory.md has the rules).  A function takes a RESULT pool
 * for what it returns and a SCRATCH pool for the rest, last.  In sanitizer builds (XJ_POOL_MALLOC)
 * each block is one malloc, so that ASan sees misuse.  Out of memory ends the process.
 */
#pragma once

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

typedef struct xj_pool xj_pool;

/* Once per process, before any pool and after all of them. */
void xj_mem_start(void);
void xj_mem_stop(void);

/* A pool with an allocator of its own: the root of one thread's or one request's tree. */
xj_pool *xj_pool_root(void);
xj_pool *xj_pool_child(xj_pool *parent);
void xj_pool_clear(xj_pool *pool);
void xj_pool_destroy(xj_pool *pool);

/* SIZE bytes, aligned for any type; xj_alloc leaves them unset, xj_calloc zeroes them. */
void *xj_alloc(xj_pool *pool, size_t size) __attribute__((malloc, alloc_size(2), returns_nonnull));
void *xj_calloc(xj_pool *pool, size_t size) __attribute__((malloc, alloc_size(2), returns_nonnull));

/* COUNT zeroed items of TYPE; the product is checked. */
#define XJ_NEW(pool, type) ((type *)xj_calloc((pool), sizeof(type)))
#define XJ_NEW_ARRAY(pool, type, count)                                                            \
    ((type *)xj_calloc((pool), xj_size_mul(sizeof(type), (count))))

/* Run FN(ARG) when POOL is cleared or destroyed, last registered first. */
void xj_pool_on_end(xj_pool *pool, void (*fn)(void *arg), void *arg);
/* Forget the clean-up registered with the same FN and ARG (the caller has run it itself). */
void xj_pool_forget(xj_pool *pool, void (*fn)(void *arg), void *arg);

/* Bytes asked for in the whole tree of POOL's root, now and at the most. */
size_t xj_pool_bytes(const xj_pool *pool);
size_t xj_pool_peak(const xj_pool *pool);

/* A + B and A * B; overflow ends the process (use the checked forms below on untrusted sizes). */
size_t xj_size_add(size_t a, size_t b);
size_t xj_size_mul(size_t a, size_t b);
static inline bool
xj_size_mul_ok(size_t *out, size_t a, size_t b)
{
    return !__builtin_mul_overflow(a, b, out);
}
