/*
 * A JSON body against each body schema of the contract, and texts against its patterns.
 *
 * A mistake is told with a JSON pointer that leads into the body (its last step may be what is
 * missing); a body that is taken has no member that the schema does not know, and all that it asks
 * for.  A pattern takes what the C library's regular expressions take.
 */
#include "fuzz/fuzz.h"

#include "http/route.h"
#include "routes.h"

#include <regex.h>

#define INPUT_MAX ((size_t)64 << 10)

static const char *const patterns[] = {
    "^[A-Za-z0-9_.-]+$", "^\"[0-9]+\"$", "^[0-9]{2}-[0-9]{2}$", "^a?b*c+[^a-c]{2,3}$", "^.*x.*$",
};
#define PATTERNS (sizeof patterns / sizeof *patterns)

static regex_t expressions[PATTERNS];

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    xj_mem_start();
    for (size_t i = 0; i < PATTERNS; i++)
        XJ_ASSERT(regcomp(&expressions[i], patterns[i], REG_EXTENDED | REG_NOSUB) == 0);
    return 0;
}

/* Take one step of pointer AT ("/a~1b/0") into *VALUE; false where there is no such member. */
static bool
step(const xj_jval **value, xj_str part, xj_pool *pool)
{
    xj_buf key;
    int64_t index;

    xj_buf_init(&key, pool, INPUT_MAX);
    for (size_t i = 0; i < part.len; i++) {
        if (part.data[i] == '~' && i + 1 < part.len)
            xj_buf_add_char(&key, part.data[++i] == '1' ? '/' : '~');
        else
            xj_buf_add_char(&key, part.data[i]);
    }
    if (xj_jval_type(*value) == XJ_J_ARRAY) {
        XJ_ASSERT(xj_str_int(&index, xj_buf_str(&key)) && index >= 0 &&
                  (size_t)index < xj_jval_len(*value));
        *value = xj_jval_at(*value, (size_t)index);
        return true;
    }
    if (!xj_jval_has(*value, key.data))
        return false;
    *value = xj_jval_find(*value, key.data);
    return true;
}

static void
check_pointer(const xj_jval *value, const char *at, xj_pool *pool)
{
    xj_str part, rest = xj_str_c(at);

    XJ_ASSERT(at[0] == '\0' || at[0] == '/');
    /* A place with overlong keys is cut. */
    if (rest.len == 0 || rest.len > 400)
        return;
    rest = xj_str_skip(rest, 1);
    while (xj_str_split(&part, &rest, '/'))
        if (!step(&value, part, pool))
            XJ_ASSERT(rest.data == NULL);
}

static void
check_taken(const xj_schema *schema, const xj_jval *value)
{
    xj_jmember m = {0};

    if (xj_jval_type(value) == XJ_J_ARRAY) {
        XJ_ASSERT(schema->len_max == 0 || xj_jval_len(value) <= schema->len_max);
        for (size_t i = 0; schema->items != NULL && i < xj_jval_len(value); i++)
            check_taken(schema->items, xj_jval_at(value, i));
    }
    if (xj_jval_type(value) == XJ_J_STR && schema->len_max > 0)
        XJ_ASSERT(xj_utf8_count(xj_jval_str(value)) <= schema->len_max);
    if (xj_jval_type(value) != XJ_J_OBJECT)
        return;
    for (size_t i = 0; i < schema->nmembers; i++)
        XJ_ASSERT(!schema->members[i].required || xj_jval_has(value, schema->members[i].name));
    while (xj_jval_next(&m, value)) {
        const xj_schema *inner = NULL;

        for (size_t i = 0; i < schema->nmembers; i++)
            if (strcmp(schema->members[i].name, m.key) == 0)
                inner = schema->members[i].schema;
        XJ_ASSERT(inner != NULL || !schema->closed);
        if (inner != NULL)
            check_taken(inner, m.value);
    }
}

static void
check_body(xj_str text, xj_pool *pool)
{
    const xj_jval *value;
    xj_error *err = xj_json_parse(&value, text, INPUT_MAX, pool);

    if (err != NULL) {
        xj_error_clear(err);
        return;
    }
    for (size_t i = 0; i < xj_f_routes.len; i++) {
        const xj_schema *schema = xj_f_routes.items[i].body;

        if (schema == NULL)
            continue;
        err = xj_schema_check(schema, value);
        if (err == NULL) {
            check_taken(schema, value);
            continue;
        }
        XJ_ASSERT(xj_error_is(err, XJ_E_BAD_INPUT));
        check_pointer(value, xj_error_field(err), pool);
        xj_error_clear(err);
    }
}

static void
check_patterns(xj_str text, xj_pool *pool)
{
    const char *c = xj_str_cdup(text, pool);

    if (text.len > 200)
        return;
    /* Where both know what a character is. */
    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] < ' ' || text.data[i] > '~')
            return;
    for (size_t i = 0; i < PATTERNS; i++)
        XJ_ASSERT(xj_pattern_match(patterns[i], text) ==
                  (regexec(&expressions[i], c, 0, NULL, 0) == 0));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    xj_pool *pool = xj_pool_root();
    xj_str text = xj_str_of((const char *)data, size);

    check_body(text, pool);
    check_patterns(text, pool);
    xj_pool_destroy(pool);
    return 0;
}
