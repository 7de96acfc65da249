#include "doc/doc.h"
#include "paper/letter.h"
#include "support/xjtest.h"

static int
set_up(void **state)
{
    *state = xj_pool_root();
    return 0;
}

static int
tear_down(void **state)
{
    xj_pool_destroy(*state);
    return 0;
}

static void
test_letter_docx__is_read_as_it_was_written(void **state)
{
    const xj_str heading = XJ_STR("市教育局2026年上半年工作小结");
    const xj_str body =
        XJ_STR("一、总体情况\n共有任务2项。\n\n（一）控烟行动\n<w:p>&\"=1+1\x01</w:t>");
    const char *const wanted[] = {"市教育局2026年上半年工作小结", "一、总体情况", "共有任务2项。",
                                  "（一）控烟行动", "<w:p>&\"=1+1</w:t>"};
    xj_pool *pool = *state;
    size_t at = 0;
    xj_str file;
    xj_doc *doc;

    must_ok(xj_letter_docx(&file, heading, body, pool, pool));
    assert_int_equal(xj_doc_kind_of(file), XJ_DOC_DOCX);
    must_ok(xj_doc_read(&doc, file, pool, pool));
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        const size_t found = xj_str_find(doc->text, xj_str_c(wanted[i]), at);

        assert_true(found != XJ_NPOS);
        at = found + strlen(wanted[i]);
    }
}

static void
test_letter_docx__has_a_limit(void **state)
{
    xj_pool *pool = *state;
    char *long_text = xj_alloc(pool, XJ_LETTER_MAX);
    xj_str file;

    memset(long_text, 'a', XJ_LETTER_MAX);
    must_fail(xj_letter_docx(&file, XJ_STR("a"), xj_str_of(long_text, XJ_LETTER_MAX), pool, pool),
              XJ_E_TOO_LARGE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_letter_docx__is_read_as_it_was_written, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_letter_docx__has_a_limit, set_up, tear_down),
    };

    return xjtest_main(tests);
}
