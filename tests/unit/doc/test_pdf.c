#include "parts.h"

static void
test_pdf__text_has_its_page_and_box(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_doc *doc;

    if (!reads_pdf()) {
        xj_pool_destroy(pool);
        skip();
    }
    must_ok(xj_doc_read(&doc, pdf_of(pool, 1, "1. Work plan for 2023"), pool, pool));
    assert_str(shown(doc, pool), "I 1. Work plan for 2023\n");
    assert_int_equal(doc->blocks[0].place.page, 1);
    assert_true(doc->blocks[0].place.box[0] > 70 && doc->blocks[0].place.box[0] < 74);
    xj_pool_destroy(pool);
}

static void
test_pdf__limits_and_damage(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_doc *doc;

    if (!reads_pdf()) {
        xj_pool_destroy(pool);
        skip();
    }
    must_ok(xj_doc_read(&doc, pdf_of(pool, 600, "1. A page of text."), pool, pool));
    must_fail(xj_doc_read(&doc, pdf_of(pool, 601, "1. A page of text."), pool, pool),
              XJ_E_TOO_LARGE);
    must_fail(xj_doc_read(&doc, pdf_of(pool, 2, ""), pool, pool), XJ_E_NEEDS_OCR);
    must_fail(xj_doc_read(&doc, XJ_STR("%PDF-1.4\nnothing"), pool, pool), XJ_E_BAD_INPUT);
    xj_pool_destroy(pool);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pdf__text_has_its_page_and_box),
        cmocka_unit_test(test_pdf__limits_and_damage),
    };

    return xjtest_main(tests);
}
