/* The program that is started anew is this test itself. */
#include "parts.h"

#include <signal.h>
#include <unistd.h>

static void
test_apart__reads_as_in_this_process(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_str page = XJ_STR("<html><body><p>一、总则</p><p>二、任务</p></body></html>");
    xj_doc *doc;

    must_ok(xj_doc_read_apart(&doc, page, NULL, pool, pool));
    assert_str(shown(doc, pool), "I 一、总则\nI 二、任务\n");
    must_ok(xj_doc_read_apart(&doc, XJ_STR("一、总则"), NULL, pool, pool));
    xj_pool_destroy(pool);
}

static void
test_apart__the_readers_error_comes_back(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_str bytes = zip_of(pool, (const char *const[]){"word/document.xml", "<w>", NULL});
    xj_doc *doc;

    must_fail(xj_doc_read_apart(&doc, bytes, NULL, pool, pool), XJ_E_BAD_INPUT);
    must_fail(xj_doc_read_apart(&doc, XJ_STR(""), NULL, pool, pool), XJ_E_BAD_INPUT);
    xj_pool_destroy(pool);
}

static xj_str page = {"<html><p>x", 10};

static void
test_apart__a_reader_that_breaks_down_costs_a_message(void **state)
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
    xj_doc *doc;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        /* Only who sleeps is meant to be late, however busy the machine is. */
        xj_doc_limits limits = {.seconds = cases[i].code == XJ_E_TIMEOUT ? 1 : 60};

        print_message("# %s\n", cases[i].behaviour);
        setenv("XJ_TEST_READER", cases[i].behaviour, 1);
        must_fail(xj_doc_read_apart(&doc, page, &limits, pool, pool), cases[i].code);
    }
    unsetenv("XJ_TEST_READER");
    must_fail(
        xj_doc_read_apart(&doc, page, &(xj_doc_limits){.program = "/nonexistent"}, pool, pool),
        XJ_E_IO);
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
        static const char noise[200] = {'D', 'X'};

        return write(4, noise, sizeof noise) < 0;
    } else if (strcmp(how, "sleep") == 0) {
        sleep(30);
    }
    return 0;
}

/* A file cut anywhere is refused by name, in the child as here. */
static void
test_apart__a_word_file_cut_anywhere_is_refused(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_buf document;
    xj_str bytes;
    xj_doc *doc;

    xj_buf_init(&document, pool, 1 << 20);
    xj_buf_add(&document, XJ_STR("<w:document xmlns:w='w'><w:body>"));
    for (int i = 0; i < 2000; i++)
        xj_buf_printf(&document, "<w:p><w:r><w:t>%d.建设第%d个健康社区</w:t></w:r></w:p>", i,
                      i * i % 997);
    xj_buf_add(&document, XJ_STR("</w:body></w:document>"));
    bytes = zip_of(pool, (const char *const[]){"word/document.xml", document.data, NULL});
    must_ok(xj_doc_read_apart(&doc, bytes, NULL, pool, pool));
    for (size_t part = 1; part < 20; part++)
        must_fail(
            xj_doc_read_apart(&doc, xj_str_sub(bytes, 0, bytes.len * part / 20), NULL, pool, pool),
            XJ_E_BAD_INPUT);
    xj_pool_destroy(pool);
}

int
main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_apart__reads_as_in_this_process),
        cmocka_unit_test(test_apart__the_readers_error_comes_back),
        cmocka_unit_test(test_apart__a_reader_that_breaks_down_costs_a_message),
        cmocka_unit_test(test_apart__a_word_file_cut_anywhere_is_refused),
    };

    if (argc > 1 && strcmp(argv[1], "read-doc") == 0) {
        const char *how = getenv("XJ_TEST_READER");

        return how != NULL ? misbehave(how) : xj_doc_child_main(argc, argv);
    }
    return xjtest_main(tests);
}
