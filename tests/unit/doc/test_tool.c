#include "parts.h"

#include "doc/doc_priv.h"

#include <sys/stat.h>
#include <unistd.h>

static const xj_doc_watch nobody;

/* A PNG's head that says WIDTH × HEIGHT. */
static xj_str
png(xj_pool *pool, unsigned width, unsigned height)
{
    static const unsigned char magic[16] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n',
                                            0,    0,   0,   13,  'I',  'H',  'D',  'R'};
    char *bytes = xj_calloc(pool, 33);

    memcpy(bytes, magic, sizeof magic);
    for (int i = 0; i < 4; i++) {
        bytes[16 + i] = (char)(width >> (24 - 8 * i));
        bytes[20 + i] = (char)(height >> (24 - 8 * i));
    }
    return xj_str_of(bytes, 33);
}

static void
test_picture__a_giant_is_refused_unread(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_doc *doc;

    must_fail(xj_doc__picture(&doc, png(pool, 20000, 20000), &nobody, pool, pool), XJ_E_TOO_LARGE);
    must_fail(xj_doc__picture(&doc, png(pool, 15001, 10), &nobody, pool, pool), XJ_E_TOO_LARGE);
    must_fail(xj_doc__picture(&doc, png(pool, 0, 10), &nobody, pool, pool), XJ_E_BAD_INPUT);
    must_fail(xj_doc__picture(&doc, XJ_STR("\xff\xd8\xff"), &nobody, pool, pool), XJ_E_BAD_INPUT);
    xj_pool_destroy(pool);
}

static void
test_tools__where_a_program_is_absent_the_message_names_its_package(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    const char *path = getenv("PATH");
    char *kept = strdup(path == NULL ? "" : path);
    xj_str made;
    xj_doc *doc;
    xj_error *err;

    setenv("PATH", "/nonexistent", 1);
    err = xj_doc__convert(&made, XJ_STR("{\\rtf1 x}"), false, &nobody, pool);
    assert_true(xj_error_is(err, XJ_E_UNSUPPORTED_KIND));
    assert_non_null(strstr(xj_error_message(err), "libreoffice-writer"));
    xj_error_clear(err);
    err = xj_doc__picture(&doc, png(pool, 10, 10), &nobody, pool, pool);
    assert_true(xj_error_is(err, XJ_E_UNSUPPORTED_KIND));
    assert_non_null(strstr(xj_error_message(err), "tesseract-ocr"));
    xj_error_clear(err);
    setenv("PATH", kept, 1);
    free(kept);
    xj_pool_destroy(pool);
}

static void
test_tools__a_program_that_fails_costs_a_message_and_leaves_nothing(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    char folder[] = "/tmp/xingjian-test-XXXXXX";
    char *kept = strdup(getenv("PATH"));
    xj_str made;
    FILE *script;

    assert_non_null(mkdtemp(folder));
    script = fopen(xj_str_printf(pool, "%s/soffice", folder).data, "w");
    assert_non_null(script);
    fputs("#!/bin/sh\nexit 3\n", script);
    fclose(script);
    assert_int_equal(chmod(xj_str_printf(pool, "%s/soffice", folder).data, 0700), 0);
    setenv("PATH", xj_str_printf(pool, "%s:%s", folder, kept).data, 1);
    setenv("TMPDIR", folder, 1);
    must_fail(xj_doc__convert(&made, XJ_STR("{\\rtf1 x}"), false, &nobody, pool), XJ_E_BAD_INPUT);
    setenv("PATH", kept, 1);
    unsetenv("TMPDIR");
    free(kept);
    xj_pool_destroy(pool); /* takes its folder away */
    pool = xj_pool_root();
    assert_int_equal(unlink(xj_str_printf(pool, "%s/soffice", folder).data), 0);
    assert_int_equal(rmdir(folder), 0);
    xj_pool_destroy(pool);
}

/* A recogniser that tears lines apart when it looks for columns, and is surer of one column; rules
 * between cells and brackets come as it sees them. */
static const char tearing[] =
    "#!/bin/sh\n"
    "row() { printf '%s\\t1\\t1\\t1\\t1\\t1\\t%s\\t%s\\t%s\\t20\\t%s\\t%s\\n' \"$@\" >> page.tsv; "
    "}\n"
    ": > page.tsv\n"
    "row 1 0 0 1600 -1 ''\n"
    "if [ \"$6\" = 3 ]; then\n"
    "  row 4 100 100 100 -1 ''; row 5 100 100 100 90.5 甲甲甲甲甲\n"
    "  row 4 400 102 60 -1 ''; row 5 400 102 60 40.1 乙乙\n"
    "  row 4 300 101 60 -1 ''; row 5 300 101 60 50.2 丙丙\n"
    "else\n"
    "  row 4 100 100 400 -1 ''; row 5 100 100 100 90.5 '任务一。《〈市局)'\n"
    "  row 5 204 100 110 95.5 '|单位|'; row 5 318 100 60 95.5 时限\n"
    "  row 4 100 140 400 -1 ''; row 5 100 140 100 90.5 任务二\n"
    "  row 5 204 140 110 95.5 '|某局|'; row 5 318 140 60 95.5 六月\n"
    "  row 4 100 180 400 -1 ''; row 5 100 180 100 90.5 任务三\n"
    "  row 5 204 180 110 95.5 '|某委|'; row 5 318 180 60 95.5 七月\n"
    "fi\n";

static void
test_picture__a_torn_page_is_recognised_as_one_column(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    char folder[] = "/tmp/xingjian-test-XXXXXX";
    char *kept = strdup(getenv("PATH"));
    xj_str path;
    xj_error *err;
    xj_doc *doc;
    FILE *script;

    assert_non_null(mkdtemp(folder));
    path = xj_str_printf(pool, "%s/tesseract", folder);
    script = fopen(path.data, "w");
    assert_non_null(script);
    fputs(tearing, script);
    fclose(script);
    assert_int_equal(chmod(path.data, 0700), 0);
    setenv("PATH", xj_str_printf(pool, "%s:%s", folder, kept).data, 1);
    err = xj_doc__picture(&doc, png(pool, 1600, 2000), &nobody, pool, pool);
    setenv("PATH", kept, 1);
    free(kept);
    assert_int_equal(unlink(path.data), 0);
    assert_int_equal(rmdir(folder), 0);
    if (xj_error_is(err, XJ_E_UNSUPPORTED_KIND)) { /* the Chinese model is not installed */
        xj_error_clear(err);
        xj_pool_destroy(pool);
        skip();
    }
    must_ok(err);
    assert_str(shown(doc, pool),
               "T3x3{0,0 1x1 任务一。（   市局)}{0,1 1x1 单位}{0,2 1x1 时限}{1,0 1x1 任务二}"
               "{1,1 1x1 某局}{1,2 1x1 六月}{2,0 1x1 任务三}{2,1 1x1 某委}{2,2 1x1 七月}\n");
    xj_pool_destroy(pool);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_picture__a_giant_is_refused_unread),
        cmocka_unit_test(test_tools__where_a_program_is_absent_the_message_names_its_package),
        cmocka_unit_test(test_tools__a_program_that_fails_costs_a_message_and_leaves_nothing),
        cmocka_unit_test(test_picture__a_torn_page_is_recognised_as_one_column),
    };

    return xjtest_main(tests);
}
