/* Whatever a child answers, what is made of it is a sound document or an error: every range inside
 * the text on character borders, every span inside its table, no pointer of the child's. */
#include "fuzz/fuzz_doc.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    xj_str answer = xj_str_of((const char *)data, size);
    xj_pool *pool;
    xj_doc *doc, *again;
    xj_error *err;
    xj_buf packed;

    if (size > FUZZ_INPUT_MAX)
        return 0;
    pool = xj_pool_root();
    err = xj_doc__unpack(&doc, answer, pool);
    if (err == NULL) {
        check_doc(doc);
        xj_buf_init(&packed, pool, FUZZ_ZIP_MAX);
        xj_doc__pack(&packed, doc);
        err = xj_doc__unpack(&again, xj_buf_str(&packed), pool);
        XJ_ASSERT(err == NULL && same_doc(doc, again));
    }
    if (err != NULL)
        XJ_ASSERT(xj_error_code(err) != 0 && xj_error_message(err)[0] != '\0');
    xj_error_clear(err);
    xj_pool_destroy(pool);
    return 0;
}
