/*
 * tests/support/xjtest.h -- cmocka with our errors: must_ok, must_fail, assert_str, XJ_TEST_MAIN.
 *
 * Include this instead of cmocka.h: it keeps the four headers that cmocka needs in front of it.
 */
#pragma once

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
/* clang-format on */

#include "base/error.h"
#include "base/str.h"

#include <stdio.h>

static inline void
xjtest_print(const xj_error *err)
{
    for (; err != NULL; err = xj_error_cause(err))
        fprintf(stderr, "# %s: %s%s%s (%s:%d)\n", xj_code_name(xj_error_code(err)),
                xj_error_message(err), xj_error_details(err) == NULL ? "" : ": ",
                xj_error_details(err) == NULL ? "" : xj_error_details(err), xj_error_file(err),
                xj_error_line(err));
}

static inline void
xjtest_must_ok(xj_error *err, const char *expr, const char *file, int line)
{
    if (err == NULL)
        return;
    fprintf(stderr, "# %s failed:\n", expr);
    xjtest_print(err);
    xj_error_clear(err);
    _fail(file, line);
}

static inline void
xjtest_must_fail(xj_error *err, xj_code code, const char *expr, const char *file, int line)
{
    bool is = xj_error_is(err, code);

    if (!is) {
        fprintf(stderr, "# %s: expected %s, got %s\n", expr, xj_code_name(code),
                err == NULL ? "success" : "");
        xjtest_print(err);
    }
    xj_error_clear(err);
    if (!is)
        _fail(file, line);
}

#define must_ok(expr) xjtest_must_ok((expr), #expr, __FILE__, __LINE__)
#define must_fail(expr, code) xjtest_must_fail((expr), (code), #expr, __FILE__, __LINE__)

/* S is the text of the C string EXPECTED. */
#define assert_str(s, expected) xjtest_str((s), (expected), __FILE__, __LINE__)

static inline void
xjtest_str(xj_str s, const char *expected, const char *file, int line)
{
    if (s.data != NULL && xj_str_eq(s, xj_str_c(expected)))
        return;
    fprintf(stderr, "# expected \"%s\"\n#      got \"" XJ_FMT "\"\n", expected, XJ_ARG(s));
    _fail(file, line);
}

/* Run TESTS (an array of cmocka's unit tests) as TAP, inside the memory system. */
#define xjtest_main(tests) xjtest_run((tests), sizeof(tests) / sizeof *(tests), #tests)

static inline int
xjtest_run(const struct CMUnitTest *tests, size_t n, const char *name)
{
    int failed;

    cmocka_set_message_output(CM_OUTPUT_TAP);
    xj_mem_start();
    failed = _cmocka_run_group_tests(name, tests, n, NULL, NULL);
    xj_mem_stop();
    return failed;
}
