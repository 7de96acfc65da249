#include "parts.h"

#include "doc/doc_priv.h"

static void
test_build__a_frame_of_one_column_is_paragraphs(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_doc_builder b;
    xj_doc *doc;

    xj_doc__build(&b, pool, pool);
    xj_doc__table(&b);
    xj_doc__cell(&b, 0, 0, 1, 1, XJ_STR("甲\n1.乙"), (xj_place){0});
    xj_doc__cell(&b, 1, 0, 1, 1, XJ_STR(" \xe3\x80\x80丙 "), (xj_place){0});
    xj_doc__table_end(&b, (xj_place){0});
    xj_doc__block(&b, XJ_BLOCK_PARAGRAPH, 0, XJ_STR(" \n "), (xj_place){0});
    must_ok(xj_doc__build_end(&doc, &b));
    assert_str(shown(doc, pool), "P 甲\nI 1.乙\nP 丙\n");
    xj_pool_destroy(pool);
}

static void
test_build__tables_keep_their_own_cells(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_doc_builder b;
    xj_doc *doc;
    size_t merged;

    xj_doc__build(&b, pool, pool);
    for (int t = 0; t < 2; t++) {
        xj_doc__table(&b);
        merged = xj_doc__cell(&b, 0, 0, 1, 1, XJ_STR("a"), (xj_place){0});
        xj_doc__cell(&b, 0, 1, 1, 1, XJ_STR("b"), (xj_place){0});
        xj_doc__cell(&b, 1, 1, 1, 1, XJ_STR("c"), (xj_place){0});
        xj_doc__span(&b, merged, 2, 1);
        xj_doc__table_end(&b, (xj_place){0});
        xj_doc__block(&b, XJ_BLOCK_PARAGRAPH, 0, XJ_STR("x"), (xj_place){0});
    }
    xj_doc__table(&b);
    xj_doc__table_end(&b, (xj_place){0}); /* without a cell: nothing */
    must_ok(xj_doc__build_end(&doc, &b));
    assert_str(shown(doc, pool), "T2x2{0,0 2x1 a}{0,1 1x1 b}{1,1 1x1 c}\nP x\n"
                                 "T2x2{0,0 2x1 a}{0,1 1x1 b}{1,1 1x1 c}\nP x\n");
    xj_pool_destroy(pool);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_build__a_frame_of_one_column_is_paragraphs),
        cmocka_unit_test(test_build__tables_keep_their_own_cells),
    };

    return xjtest_main(tests);
}
