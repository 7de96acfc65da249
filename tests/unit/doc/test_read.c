#include "parts.h"

static xj_error *
marks(const char *text, bool internal)
{
    xj_pool *pool = xj_pool_root();
    xj_doc *doc;
    xj_error *err = xj_doc_read(&doc, xj_str_c(text), pool, pool);

    if (err == NULL)
        err = xj_doc_check_marks(doc, internal);
    xj_pool_destroy(pool);
    return err;
}

static void
test_marks__a_classified_paper_is_refused(void **state)
{
    (void)state;
    must_fail(marks("机密★1年\n\n关于印发方案的通知\n", false), XJ_E_CLASSIFIED);
    must_fail(marks("000001    秘密★5年   特急\n关于印发方案的通知\n", false), XJ_E_CLASSIFIED);
    must_fail(marks("绝  密\n关于印发方案的通知\n", false), XJ_E_CLASSIFIED);
    must_fail(marks("秘密\n关于印发方案的通知\n", false), XJ_E_CLASSIFIED);
}

static void
test_marks__the_mere_word_is_no_mark(void **state)
{
    (void)state;
    must_ok(marks("关于印发方案的通知\n各部门要严守秘密，机密文件不得外传。\n", false));
    must_ok(marks("秘密档案管理办法\n一、任务\n", false));
    must_ok(marks("机密性保护工作方案\n一、任务\n", true));
}

static void
test_marks__internal_papers_only_by_setting(void **state)
{
    (void)state;
    must_ok(marks("内部资料\n关于印发方案的通知\n", false));
    must_fail(marks("内部资料\n关于印发方案的通知\n", true), XJ_E_CLASSIFIED);
    must_fail(marks("工作秘密★\n关于印发方案的通知\n", true), XJ_E_CLASSIFIED);
}

static void
test_read__refuses_by_name(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_doc *doc;

    must_fail(xj_doc_read(&doc, XJ_STR(""), pool, pool), XJ_E_BAD_INPUT);
    must_fail(xj_doc_read(&doc, XJ_STR("PK\x03\x04 nothing known"), pool, pool),
              XJ_E_UNSUPPORTED_KIND);
    must_fail(xj_doc_read(&doc,
                          xj_str_of("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
                                    "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
                                    40),
                          pool, pool),
              XJ_E_BAD_INPUT);
    must_fail(xj_doc_read(&doc, XJ_STR("{\\rtf1 x}"), pool, pool), XJ_E_UNSUPPORTED_KIND);
    assert_string_equal(xj_doc_kind_word(XJ_DOC_XLSX), "xlsx");
    xj_pool_destroy(pool);
}

static void
test_name__a_picture_under_a_documents_name_is_refused(void **state)
{
    (void)state;
    xj_str png = XJ_STR("\x89PNG\r\n\x1a\n....");

    must_fail(xj_doc_check_name(XJ_STR("计划.docx"), png), XJ_E_UNSUPPORTED_KIND);
    must_fail(xj_doc_check_name(XJ_STR("a/b.PDF"), png), XJ_E_UNSUPPORTED_KIND);
    must_ok(xj_doc_check_name(XJ_STR("计划.png"), png));
    must_ok(xj_doc_check_name(XJ_STR("docx"), png));
    must_ok(xj_doc_check_name(XJ_STR(""), png));
    /* any other name is not believed: a web page called .doc is a web page */
    must_ok(xj_doc_check_name(XJ_STR("计划.doc"), XJ_STR("<html><p>一、总则</p>")));
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_marks__a_classified_paper_is_refused),
        cmocka_unit_test(test_marks__the_mere_word_is_no_mark),
        cmocka_unit_test(test_marks__internal_papers_only_by_setting),
        cmocka_unit_test(test_read__refuses_by_name),
        cmocka_unit_test(test_name__a_picture_under_a_documents_name_is_refused),
    };

    return xjtest_main(tests);
}
