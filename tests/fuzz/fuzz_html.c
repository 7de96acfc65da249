/* A page of any bytes gives blocks inside its text on character borders, and the same again. */
#include "fuzz/fuzz_doc.h"

static xj_error *
read_page(xj_doc **doc, xj_str bytes, xj_pool *result, xj_pool *scratch)
{
    xj_str text;

    XJ_TRY(xj_doc__decode_page(&text, bytes, scratch));
    return xj_doc__html(doc, text, result, scratch);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    xj_pool *pool;

    if (size > FUZZ_INPUT_MAX)
        return 0;
    pool = xj_pool_root();
    read_again(xj_str_of((const char *)data, size), read_page, pool);
    xj_pool_destroy(pool);
    return 0;
}
