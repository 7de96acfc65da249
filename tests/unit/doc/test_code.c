/* The program that is started anew is this test itself. */
#include "parts.h"

#include <qrencode.h>

#define LIMITS (&(xj_doc_limits){.seconds = 60})

/* A PDF of two pages, on whose second stands WORDS as a QR code, drawn box by box. */
static xj_str
pdf_with_code(const char *words, xj_pool *pool)
{
    QRcode *qr = QRcode_encodeString8bit(words, 0, QR_ECLEVEL_Q);
    xj_buf draw, out;

    xj_buf_init(&draw, pool, 1 << 20);
    for (int y = 0; y < qr->width; y++)
        for (int x = 0; x < qr->width; x++)
            if ((qr->data[y * qr->width + x] & 1) != 0)
                xj_buf_printf(&draw, "%d %d 4.3 4.3 re f\n", 60 + x * 4, 780 - y * 4);
    QRcode_free(qr);
    xj_buf_init(&out, pool, 1 << 20);
    xj_buf_printf(&out,
                  "%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                  "2 0 obj<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>endobj\n"
                  "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
                  "4 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R>>endobj\n"
                  "5 0 obj<</Length %zu>>stream\n" XJ_FMT "endstream endobj\n"
                  "trailer<</Size 6/Root 1 0 R>>\n%%%%EOF\n",
                  draw.len, XJ_ARG(xj_buf_str(&draw)));
    return xj_buf_str(&out);
}

static bool
reads_codes(void)
{
    void *zbar = dlopen("libzbar.so.0", RTLD_LAZY | RTLD_LOCAL);

    return reads_pdf() && zbar != NULL;
}

static void
test_codes__are_found_on_the_pages_that_are_looked_at(void **state)
{
    xj_pool *pool = xj_pool_root();
    const xj_str pdf = pdf_with_code("XJ-1764-3456-78-90", pool);
    xj_doc_page page;
    xj_doc *doc;

    (void)state;
    if (!reads_codes()) {
        xj_pool_destroy(pool);
        skip();
    }
    must_ok(xj_doc_codes_apart(&doc, pdf, 3, LIMITS, pool, pool));
    assert_int_equal(doc->nblocks, 1);
    assert_str(xj_str_trim(doc->text), "XJ-1764-3456-78-90");
    assert_int_equal(doc->blocks[0].place.page, 2);
    must_fail(xj_doc_codes_apart(&doc, pdf, 1, LIMITS, pool, pool), XJ_E_NOT_FOUND);
    /* the same page as a picture */
    must_ok(xj_doc_page_apart(&page, pdf, 2, 900, LIMITS, pool, pool));
    must_ok(xj_doc_codes_apart(&doc, page.picture, 1, LIMITS, pool, pool));
    assert_str(xj_str_trim(doc->text), "XJ-1764-3456-78-90");
    xj_pool_destroy(pool);
}

static void
test_codes__other_and_broken_files_are_refused(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_error *err;
    xj_doc *doc;

    (void)state;
    must_fail(xj_doc_codes_apart(&doc, XJ_STR("讲座三次"), 1, LIMITS, pool, pool),
              XJ_E_UNSUPPORTED_KIND);
    if (!reads_codes()) {
        xj_pool_destroy(pool);
        skip();
    }
    err = xj_doc_codes_apart(&doc, XJ_STR("\x89PNG\r\n\x1a\n broken"), 1, LIMITS, pool, pool);
    assert_non_null(err);
    xj_error_clear(err);
    err = xj_doc_codes_apart(&doc, XJ_STR("\xff\xd8\xff\xe0 broken"), 1, LIMITS, pool, pool);
    assert_non_null(err);
    xj_error_clear(err);
    must_fail(xj_doc_codes_apart(&doc, XJ_STR("%PDF-1.4 broken"), 1, LIMITS, pool, pool),
              XJ_E_BAD_INPUT);
    xj_pool_destroy(pool);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes__are_found_on_the_pages_that_are_looked_at),
        cmocka_unit_test(test_codes__other_and_broken_files_are_refused)};

    if (argc > 1 && strcmp(argv[1], "read-doc") == 0)
        return xj_doc_child_main(argc, argv);
    return xjtest_main(tests);
}
