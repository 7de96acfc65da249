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

/* Pages that say their number: enough for several threads. */
static xj_str
numbered(xj_pool *pool, int pages)
{
    xj_buf out;

    xj_buf_init(&out, pool, 1 << 22);
    xj_buf_add(&out, XJ_STR("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                            "2 0 obj<</Type/Pages/Kids["));
    for (int i = 0; i < pages; i++)
        xj_buf_printf(&out, "%d 0 R ", 10 + 2 * i);
    xj_buf_printf(
        &out, "]/Count %d>>endobj\n3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n",
        pages);
    for (int i = 0; i < pages; i++) {
        const xj_str text = xj_str_printf(
            pool, "BT /F 12 Tf 72 700 Td (%d. Work of sheet %d) Tj ET\n", i + 1, i + 1);

        xj_buf_printf(&out,
                      "%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
                      "/Resources<</Font<</F 3 0 R>>>>>>endobj\n"
                      "%d 0 obj<</Length %zu>>stream\n" XJ_FMT "endstream endobj\n",
                      10 + 2 * i, 11 + 2 * i, 11 + 2 * i, text.len, XJ_ARG(text));
    }
    xj_buf_add(&out, XJ_STR("trailer<</Root 1 0 R>>\n%%EOF\n"));
    return xj_buf_str(&out);
}

static void
test_pdf__many_pages_stay_in_their_order(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_doc *doc;

    if (!reads_pdf()) {
        xj_pool_destroy(pool);
        skip();
    }
    must_ok(xj_doc_read(&doc, numbered(pool, 70), pool, pool));
    assert_int_equal(doc->nblocks, 70);
    for (int i = 0; i < 70; i++) {
        const xj_block *block = &doc->blocks[i];

        assert_str(xj_str_sub(doc->text, block->from, block->to),
                   xj_str_printf(pool, "%d. Work of sheet %d", i + 1, i + 1).data);
        assert_int_equal(block->place.page, i + 1);
    }
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
        cmocka_unit_test(test_pdf__many_pages_stay_in_their_order),
        cmocka_unit_test(test_pdf__limits_and_damage),
    };

    return xjtest_main(tests);
}
