/* Text in any encoding is read as UTF-8 or refused; its blocks lie inside it; the same again.  What
 * a file is (its kind) never ends the program, whatever the bytes. */
#include "fuzz/fuzz_doc.h"

static xj_error *
read_text(xj_doc **doc, xj_str bytes, xj_pool *result, xj_pool *scratch)
{
    xj_str text;

    XJ_TRY(xj_doc__decode(&text, bytes, scratch));
    XJ_ASSERT(xj_utf8_check(text) == text.len);
    XJ_TRY(xj_doc_read_text(doc, text, result, scratch));
    return xj_doc_check_marks(*doc, true);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    xj_str bytes = xj_str_of((const char *)data, size);
    xj_pool *pool;

    if (size > FUZZ_INPUT_MAX)
        return 0;
    XJ_ASSERT(xj_doc_kind_word(xj_doc_kind_of(bytes))[0] != '\0');
    pool = xj_pool_root();
    read_again(bytes, read_text, pool);
    xj_pool_destroy(pool);
    return 0;
}
