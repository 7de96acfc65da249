/* The program that is started anew is this test itself. */
#include "parts.h"

#include <signal.h>
#include <unistd.h>

#define LIMITS (&(xj_doc_limits){.seconds = 60})

static uint32_t
big(const char *p)
{
    const unsigned char *b = (const unsigned char *)p;

    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static void
test_page__a_pdf_is_drawn_as_wide_as_asked(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_doc_page page;
    xj_str file = pdf_of(pool, 3, "1. Work plan for 2023");

    if (!reads_pdf()) {
        xj_pool_destroy(pool);
        skip();
    }
    must_ok(xj_doc_page_apart(&page, file, 2, 500, LIMITS, pool, pool));
    assert_string_equal(page.type, "image/png");
    assert_int_equal(page.pages, 3);
    assert_true(page.width > 594 && page.width < 596 && page.height > 841 && page.height < 843);
    assert_int_equal(big(page.picture.data + 16), 500);
    assert_int_equal(big(page.picture.data + 20), 707);
    must_fail(xj_doc_page_apart(&page, file, 4, 500, LIMITS, pool, pool), XJ_E_NOT_FOUND);
    xj_pool_destroy(pool);
}

static void
test_page__a_picture_is_handed_on_as_it_came(void **state)
{
    static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\xc8\0\0\1\x90";
    static const char tiff[] = "II*\0\x08\0\0\0\0\0";
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_str file = xj_str_of(png, sizeof png - 1);
    xj_doc_page page;

    must_ok(xj_doc_page_apart(&page, file, 1, 500, LIMITS, pool, pool));
    assert_string_equal(page.type, "image/png");
    assert_int_equal((int)page.width, 72);
    assert_int_equal((int)page.height, 144);
    assert_true(xj_str_eq(page.picture, file));
    must_fail(xj_doc_page_apart(&page, file, 2, 500, LIMITS, pool, pool), XJ_E_NOT_FOUND);
    must_fail(xj_doc_page_apart(&page, xj_str_sub(file, 0, 20), 1, 500, LIMITS, pool, pool),
              XJ_E_BAD_INPUT);
    must_fail(
        xj_doc_page_apart(&page, xj_str_of(tiff, sizeof tiff - 1), 1, 500, LIMITS, pool, pool),
        XJ_E_UNSUPPORTED_KIND);
    xj_pool_destroy(pool);
}

/* A PDF whose only page has this box. */
static xj_str
boxed(xj_pool *pool, const char *box)
{
    return xj_str_printf(pool,
                         "%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                         "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                         "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[%s]>>endobj\n"
                         "trailer<</Root 1 0 R>>\n%%%%EOF\n",
                         box);
}

static void
test_page__what_cannot_be_drawn_is_refused_by_name(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_doc_page page;

    must_fail(xj_doc_page_apart(&page, XJ_STR("1. text"), 1, 500, LIMITS, pool, pool),
              XJ_E_UNSUPPORTED_KIND);
    if (!reads_pdf()) {
        xj_pool_destroy(pool);
        skip();
    }
    must_fail(xj_doc_page_apart(&page, XJ_STR("%PDF-1.4\nnothing"), 1, 500, LIMITS, pool, pool),
              XJ_E_BAD_INPUT);
    /* 2000 pixels wide it has 4000 rows, and 2001 one column too many */
    must_ok(xj_doc_page_apart(&page, boxed(pool, "0 0 100 200"), 1, 2000, LIMITS, pool, pool));
    must_fail(xj_doc_page_apart(&page, boxed(pool, "0 0 100 200"), 1, 2001, LIMITS, pool, pool),
              XJ_E_TOO_LARGE);
    must_fail(xj_doc_page_apart(&page, boxed(pool, "0 0 20000 20000"), 1, 500, LIMITS, pool, pool),
              XJ_E_TOO_LARGE);
    must_fail(xj_doc_page_apart(&page, boxed(pool, "0 0 14000 2"), 1, 500, LIMITS, pool, pool),
              XJ_E_TOO_LARGE);
    xj_pool_destroy(pool);
}

static void
test_page__a_reader_that_breaks_down_costs_a_message(void **state)
{
    static const struct {
        const char *behaviour;
        xj_code code;
    } cases[] = {{"crash", XJ_E_BAD_INPUT},
                 {"nothing", XJ_E_BAD_INPUT},
                 {"nonsense", XJ_E_BAD_INPUT},
                 {"sleep", XJ_E_TIMEOUT}};
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_doc_page page;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_doc_limits limits = {.seconds = cases[i].code == XJ_E_TIMEOUT ? 1 : 60};

        print_message("# %s\n", cases[i].behaviour);
        setenv("XJ_TEST_READER", cases[i].behaviour, 1);
        must_fail(xj_doc_page_apart(&page, XJ_STR("%PDF-"), 1, 500, &limits, pool, pool),
                  cases[i].code);
    }
    unsetenv("XJ_TEST_READER");
    xj_pool_destroy(pool);
}

/* What a reader that was taken over by its file would do. */
static int
misbehave(const char *how)
{
    if (strcmp(how, "crash") == 0) {
        signal(SIGSEGV, SIG_DFL);
        raise(SIGSEGV);
    } else if (strcmp(how, "nonsense") == 0) {
        static const char noise[200] = "1PJX<script>";

        return write(4, noise, sizeof noise) < 0;
    } else if (strcmp(how, "sleep") == 0) {
        sleep(30);
    }
    return 0;
}

int
main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_page__a_pdf_is_drawn_as_wide_as_asked),
        cmocka_unit_test(test_page__a_picture_is_handed_on_as_it_came),
        cmocka_unit_test(test_page__what_cannot_be_drawn_is_refused_by_name),
        cmocka_unit_test(test_page__a_reader_that_breaks_down_costs_a_message),
    };

    if (argc > 1 && strcmp(argv[1], "read-doc") == 0) {
        const char *how = getenv("XJ_TEST_READER");

        return how != NULL ? misbehave(how) : xj_doc_child_main(argc, argv);
    }
    return xjtest_main(tests);
}
