/* Text in which a code or a mark is found gives a number whose own code is found as the same
 * number, and a mark is read as it was written. */
#include "fuzz/fuzz.h"

#include "duty/mark.h"

#define INPUT_MAX ((size_t)4 << 10)

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    xj_mem_start();
    return 0;
}

static void
check_code(int64_t id, xj_pool *pool)
{
    int64_t found = -1;

    XJ_ASSERT(id > 0);
    XJ_ASSERT(xj_mark_return_find(&found, xj_mark_return(id, pool)));
    XJ_ASSERT(found == id);
}

static void
check_mark(const xj_mark *mark, xj_pool *pool)
{
    xj_mark found;

    XJ_ASSERT(xj_mark_row_read(&found, xj_mark_row(mark, pool)) == XJ_MARK_GOOD);
    XJ_ASSERT(found.obligation == mark->obligation && found.unit == mark->unit);
    XJ_ASSERT(found.duty == mark->duty && found.version == mark->version);
    XJ_ASSERT(found.words == mark->words && found.figure == mark->figure);
}

/* Numbers of the input, for what a search for two right check digits would not find. */
static int64_t
number_at(xj_str bytes, size_t at)
{
    uint64_t number = 0;

    if (at + sizeof number <= bytes.len)
        memcpy(&number, bytes.data + at, sizeof number);
    return (int64_t)(number >> (number & 63)) & INT64_MAX;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const xj_str text = xj_str_of((const char *)data, size);
    const xj_mark made = {.obligation = 1 + number_at(text, 0) / 2,
                          .unit = 1 + number_at(text, 8) / 2,
                          .duty = 1 + number_at(text, 16) / 2,
                          .version = number_at(text, 24),
                          .words = size % 2 == 0,
                          .figure = (uint32_t)number_at(text, 32)};
    xj_mark mark;
    xj_pool *pool;
    int64_t id;

    if (size > INPUT_MAX)
        return 0;
    pool = xj_pool_root();
    check_code(made.obligation, pool);
    check_mark(&made, pool);
    if (xj_mark_return_find(&id, text))
        check_code(id, pool);
    if (xj_mark_row_read(&mark, text) == XJ_MARK_GOOD)
        check_mark(&mark, pool);
    xj_pool_destroy(pool);
    return 0;
}
