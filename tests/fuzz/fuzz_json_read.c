/* Whatever the JSON reader takes is written as JSON that reads back as the same text. */
#include "fuzz/fuzz.h"

#include "json/json.h"

#define INPUT_MAX ((size_t)64 << 10)

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    xj_mem_start();
    return 0;
}

static void
write_value(xj_json *w, const xj_jval *value)
{
    switch (xj_jval_type(value)) {
    case XJ_J_NULL:
        xj_json_null(w);
        break;
    case XJ_J_BOOL:
        xj_json_bool(w, xj_jval_bool(value));
        break;
    case XJ_J_INT:
        xj_json_int(w, xj_jval_int(value));
        break;
    case XJ_J_REAL:
        xj_json_real(w, xj_jval_real(value));
        break;
    case XJ_J_STR:
        xj_json_str(w, xj_jval_str(value));
        break;
    case XJ_J_ARRAY:
        xj_json_array(w);
        for (size_t i = 0; i < xj_jval_len(value); i++)
            write_value(w, xj_jval_at(value, i));
        xj_json_end_array(w);
        break;
    case XJ_J_OBJECT:
        /* Keys are literals to the writer, so an object is written as its count alone. */
        xj_json_array(w);
        xj_json_int(w, (int64_t)xj_jval_len(value));
        xj_json_end_array(w);
        break;
    }
}

static xj_str
written(const xj_jval *value, xj_pool *pool)
{
    xj_buf *buf = XJ_NEW(pool, xj_buf);
    xj_json w;

    xj_buf_init(buf, pool, 32 * INPUT_MAX);
    xj_json_init(&w, buf);
    write_value(&w, value);
    XJ_ASSERT(!buf->full);
    return xj_buf_str(buf);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    xj_pool *pool = xj_pool_root();
    const xj_jval *value = NULL;
    xj_str text = xj_str_of((const char *)data, size);
    xj_error *err = xj_json_parse(&value, text, INPUT_MAX, pool);

    if (err == NULL) {
        xj_str once, twice;

        XJ_ASSERT(xj_utf8_check(text) == text.len);
        once = written(value, pool);
        err = xj_json_parse(&value, once, 32 * INPUT_MAX, pool);
        XJ_ASSERT(err == NULL);
        twice = written(value, pool);
        XJ_ASSERT(xj_str_eq(once, twice));
    } else {
        XJ_ASSERT(xj_error_is(err, XJ_E_BAD_JSON) || xj_error_is(err, XJ_E_TOO_LARGE));
    }
    xj_error_clear(err);
    xj_pool_destroy(pool);
    return 0;
}
