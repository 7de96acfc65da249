/* Whatever a child answers, what is made of it is a sound document or an error: every range inside
 * the text on character borders, every span inside its table, no pointer of the child's. */
#include "fuzz/fuzz_doc.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    xj_str answer = xj_str_of((const char *)data, size);
    xj_pool *pool;
    xj_doc *doc, *again;
    xj_doc_page page;
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
    err = xj_doc__unpack_page(&page, answer, pool);
    if (err == NULL)
        XJ_ASSERT(page.pages > 0 && page.width >= 1 && page.width <= XJ_DOC_SIDE_MAX &&
                  page.height >= 1 && page.height <= XJ_DOC_SIDE_MAX &&
                  page.picture.len < answer.len);
    xj_error_clear(err);
    xj_pool_destroy(pool);
    return 0;
}
