#include "support/xjtest.h"

#include "base/buf.h"
#include "doc/cells.h"

static void
test_csv__gives_the_cells_that_hold_something(void **state)
{
    static const struct {
        const char *name, *text, *cells; /* row.col=text, between | */
    } cases[] = {
        {"plain", "a,b\nc,d", "1.1=a|1.2=b|2.1=c|2.2=d|"},
        {"empty cells and lines", "a,,b\n\n,c\n", "1.1=a|1.3=b|3.2=c|"},
        {"quotes", "\"a,b\",\"c\"\"d\"\n\"e\nf\",g", "1.1=a,b|1.2=c\"d|2.1=e\nf|2.2=g|"},
        {"tabs", "a,x\tb\tc\nd\te", "1.1=a,x|1.2=b|1.3=c|2.1=d|2.2=e|"},
        {"line ends of Windows", "a,b\r\nc,d\r\n", "1.1=a|1.2=b|2.1=c|2.2=d|"},
        {"nothing", "", ""},
    };
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_sheet_cell_vec cells = {0};
        xj_buf out;

        xj_buf_init(&out, pool, 1000);
        must_ok(xj_sheet_csv(&cells, xj_str_c(cases[i].text), pool));
        for (size_t k = 0; k < cells.len; k++)
            xj_buf_printf(&out, "%d.%d=" XJ_FMT "|", cells.items[k].row, cells.items[k].col,
                          XJ_ARG(xj_str_trim(cells.items[k].text)));
        assert_str(xj_buf_str(&out), cases[i].cells);
    }
    xj_pool_destroy(pool);
}

static void
test_csv__refuses_a_quote_that_does_not_end(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_sheet_cell_vec cells = {0};

    (void)state;
    must_fail(xj_sheet_csv(&cells, XJ_STR("a\n\"b,c\n"), pool), XJ_E_BAD_INPUT);
    must_fail(xj_sheet_csv(&cells, XJ_STR("\"b\"\""), pool), XJ_E_BAD_INPUT);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv__gives_the_cells_that_hold_something),
        cmocka_unit_test(test_csv__refuses_a_quote_that_does_not_end),
    };

    return xjtest_main(tests);
}
