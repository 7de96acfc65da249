#include "base/mem.h"

#include <apr_allocator.h>
#include <apr_general.h>
#include <apr_pools.h>
#include <stdlib.h>
#include <string.h>

/*
 * The struct is malloc'ed: it must survive apr_pool_clear, which frees all that the pool holds.
 * apr runs struct_end both on clear and on destroy; `clearing` tells it which.
 */
struct xj_pool {
    apr_pool_t *apr;
    xj_pool *root;
    size_t own;         /* bytes asked for from this pool */
    size_t total, peak; /* of the tree; kept at the root */
    bool clearing;
    struct end_call *ends; /* newest first; lives in the pool itself */
};

struct end_call {
    void (*fn)(void *arg);
    void *arg;
    struct end_call *next;
};

void
xj_mem_start(void)
{
    if (apr_initialize() != APR_SUCCESS)
        abort();
}

void
xj_mem_stop(void)
{
    apr_terminate();
}

static apr_status_t
struct_end(void *arg)
{
    xj_pool *pool = arg;

    pool->root->total -= pool->own;
    pool->own = 0;
    pool->ends = NULL;
    if (!pool->clearing)
        free(pool);
    return APR_SUCCESS;
}

static int
out_of_memory(int status)
{
    (void)status;
    abort();
}

static xj_pool *
wrap(apr_pool_t *apr, xj_pool *root)
{
    xj_pool *pool = calloc(1, sizeof *pool);

    if (pool == NULL)
        abort();
    pool->apr = apr;
    pool->root = root == NULL ? pool : root;
    /* Registered first, so it runs last. */
    apr_pool_cleanup_register(apr, pool, struct_end, apr_pool_cleanup_null);
    return pool;
}

xj_pool *
xj_pool_root(void)
{
    apr_allocator_t *allocator;
    apr_pool_t *apr;

    if (apr_allocator_create(&allocator) != APR_SUCCESS)
        abort();
    if (apr_pool_create_unmanaged_ex(&apr, out_of_memory, allocator) != APR_SUCCESS)
        abort();
    apr_allocator_owner_set(allocator, apr);
    return wrap(apr, NULL);
}

xj_pool *
xj_pool_child(xj_pool *parent)
{
    apr_pool_t *apr;

    if (apr_pool_create_ex(&apr, parent->apr, out_of_memory, NULL) != APR_SUCCESS)
        abort();
    return wrap(apr, parent->root);
}

void
xj_pool_clear(xj_pool *pool)
{
    pool->clearing = true;
    apr_pool_clear(pool->apr);
    pool->clearing = false;
    apr_pool_cleanup_register(pool->apr, pool, struct_end, apr_pool_cleanup_null);
}

void
xj_pool_destroy(xj_pool *pool)
{
    apr_pool_destroy(pool->apr);
}

#ifdef XJ_POOL_MALLOC
static apr_status_t
free_block(void *block)
{
    free(block);
    return APR_SUCCESS;
}
#endif

static void *
take(xj_pool *pool, size_t size)
{
    xj_pool *root = pool->root;

    pool->own += size;
    root->total += size;
    if (root->total > root->peak)
        root->peak = root->total;
#ifdef XJ_POOL_MALLOC
    void *block = malloc(size == 0 ? 1 : size);

    if (block == NULL)
        abort();
    apr_pool_cleanup_register(pool->apr, block, free_block, apr_pool_cleanup_null);
    return block;
#else
    return apr_palloc(pool->apr, size == 0 ? 1 : size);
#endif
}

void *
xj_alloc(xj_pool *pool, size_t size)
{
    return take(pool, size);
}

void *
xj_calloc(xj_pool *pool, size_t size)
{
    return memset(take(pool, size), 0, size == 0 ? 1 : size);
}

static apr_status_t
run_end(void *arg)
{
    struct end_call *call = arg;

    if (call->fn != NULL)
        call->fn(call->arg);
    return APR_SUCCESS;
}

void
xj_pool_on_end(xj_pool *pool, void (*fn)(void *arg), void *arg)
{
    struct end_call *call = apr_palloc(pool->apr, sizeof *call);

    *call = (struct end_call){.fn = fn, .arg = arg, .next = pool->ends};
    pool->ends = call;
    apr_pool_cleanup_register(pool->apr, call, run_end, apr_pool_cleanup_null);
}

void
xj_pool_forget(xj_pool *pool, void (*fn)(void *arg), void *arg)
{
    for (struct end_call *call = pool->ends; call != NULL; call = call->next) {
        if (call->fn == fn && call->arg == arg) {
            call->fn = NULL;
            return;
        }
    }
}

size_t
xj_pool_bytes(const xj_pool *pool)
{
    return pool->root->total;
}

size_t
xj_pool_peak(const xj_pool *pool)
{
    return pool->root->peak;
}

size_t
xj_size_add(size_t a, size_t b)
{
    size_t sum;

    XJ_ASSERT(!__builtin_add_overflow(a, b, &sum));
    return sum;
}

size_t
xj_size_mul(size_t a, size_t b)
{
    size_t product;

    XJ_ASSERT(!__builtin_mul_overflow(a, b, &product));
    return product;
}
