/* The program that is started anew is this test itself. */
#include "parts.h"

#include <math.h>
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

/* What happens to a sheet between the printer and the scanner. */
struct wear {
    double degrees;  /* it lies askew */
    int dark, light; /* greys of ink and paper */
    int blur;        /* pixels to each side: copied again */
    int noise;       /* greys up and down */
    bool fold, seal; /* a crease through it; a round stamp's ring over a corner */
};

#define SIDE 420 /* pixels of the piece of paper, at 200 to the inch */
#define CODE 220 /* of the code: 28 mm */

static unsigned char
ink(const QRcode *qr, double x, double y, const struct wear *w)
{
    const double turn = w->degrees * 3.14159265358979 / 180, size = (double)CODE / qr->width;
    const double u = x - SIDE / 2.0, v = y - SIDE / 2.0;
    const double a = u * cos(turn) + v * sin(turn) + CODE / 2.0;
    const double b = v * cos(turn) - u * sin(turn) + CODE / 2.0;
    const double ring = hypot(x - SIDE * 0.78, y - SIDE * 0.78);
    int grey = w->light;

    if (a >= 0 && b >= 0 && a < CODE && b < CODE &&
        (qr->data[(int)(b / size) * qr->width + (int)(a / size)] & 1) != 0)
        grey = w->dark;
    if (w->seal && ring > 76 && ring < 84) /* red, as a grey */
        grey = grey * 130 / 255;
    if (w->fold && fabs(y - SIDE * 0.55) < 1.5)
        grey = w->light;
    return (unsigned char)grey;
}

/* A page with WORDS as a code that is worn so. */
static xj_str
worn_page(const char *words, const struct wear *w, xj_pool *pool)
{
    QRcode *qr = QRcode_encodeString8bit(words, 0, QR_ECLEVEL_Q);
    unsigned char *sharp = xj_alloc(pool, SIDE * SIDE), *page = xj_alloc(pool, SIDE * SIDE);
    uint32_t s = 20261128;
    xj_buf out;

    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++)
            sharp[y * SIDE + x] = ink(qr, x, y, w);
    QRcode_free(qr);
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            int sum = 0, n = 0, grey;

            for (int v = y - w->blur; v <= y + w->blur; v++)
                for (int u = x - w->blur; u <= x + w->blur; u++)
                    if (u >= 0 && v >= 0 && u < SIDE && v < SIDE) {
                        sum += sharp[v * SIDE + u];
                        n++;
                    }
            s = s * 1664525U + 1013904223U;
            grey = sum / n + (w->noise == 0 ? 0 : (int)(s >> 16) % (2 * w->noise) - w->noise);
            page[y * SIDE + x] = (unsigned char)(grey < 0 ? 0 : grey > 255 ? 255 : grey);
        }
    xj_buf_init(&out, pool, 1 << 20);
    xj_buf_printf(&out,
                  "%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                  "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                  "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
                  "/Resources<</XObject<</P 5 0 R>>>>>>endobj\n"
                  "4 0 obj<</Length 36>>stream\n%-35s\nendstream endobj\n"
                  "5 0 obj<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray"
                  "/BitsPerComponent 8/Length %d>>stream\n",
                  "151.2 0 0 151.2 380 640 cm /P Do", SIDE, SIDE, SIDE * SIDE);
    xj_buf_add(&out, xj_str_of((const char *)page, SIDE * SIDE));
    xj_buf_add(&out, XJ_STR("\nendstream endobj\ntrailer<</Size 6/Root 1 0 R>>\n%%EOF\n"));
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

/* Scanned askew, folded, under a seal, and copied before it was scanned. */
static void
test_codes__are_found_on_worn_sheets(void **state)
{
    static const struct wear worn[] = {
        {.dark = 20, .light = 245},
        {.degrees = 3, .dark = 30, .light = 235, .noise = 25},
        {.degrees = -1.5, .dark = 30, .light = 235, .noise = 20, .fold = true, .seal = true},
        {.dark = 90, .light = 200, .blur = 2, .noise = 30},
        {.degrees = 2, .dark = 70, .light = 220, .blur = 1, .noise = 20},
    };

    (void)state;
    if (!reads_codes())
        skip();
    for (size_t i = 0; i < sizeof worn / sizeof *worn; i++) {
        xj_pool *pool = xj_pool_root();
        xj_doc *doc;
        xj_error *err = xj_doc_codes_apart(&doc, worn_page("XJ-1764-3456-78-90", &worn[i], pool), 1,
                                           LIMITS, pool, pool);

        if (err != NULL)
            print_message("sheet %zu\n", i);
        must_ok(err);
        assert_str(xj_str_trim(doc->text), "XJ-1764-3456-78-90");
        xj_pool_destroy(pool);
    }
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
        cmocka_unit_test(test_codes__are_found_on_worn_sheets),
        cmocka_unit_test(test_codes__other_and_broken_files_are_refused)};

    if (argc > 1 && strcmp(argv[1], "read-doc") == 0)
        return xj_doc_child_main(argc, argv);
    return xjtest_main(tests);
}
