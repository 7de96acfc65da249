#include "parts.h"

#include "doc/doc_priv.h"

static void
test_spots__of_a_page_are_its_own(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_spot spots[] = {{.from = 0, .to = 6, .place = {.page = 1}},
                       {.from = 6, .to = 9, .place = {.page = 2}}};
    xj_doc doc = {.text = XJ_STR("甲乙丙"), .spots = spots, .nspots = 2};
    size_t n;

    assert_ptr_equal(xj_doc_spots(&n, &doc, pool), spots);
    assert_int_equal(n, 2);
    xj_pool_destroy(pool);
}

static void
test_spots__of_a_table_are_cells_that_hold_text(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    const xj_spot *spots;
    xj_doc *doc;
    size_t n;

    must_ok(xj_doc_read(&doc,
                        XJ_STR("<html><body><p>总则很长很长很长很长</p><table>"
                               "<tr><td rowspan=2>甲</td><td>乙</td></tr><tr><td>丁</td></tr>"
                               "<tr><td>戊</td><td></td></tr></table></body></html>"),
                        pool, pool));
    spots = xj_doc_spots(&n, doc, pool);
    assert_int_equal(n, 4);
    assert_str(xj_str_sub(doc->text, spots[0].from, spots[0].to), "甲");
    assert_int_equal(spots[0].row_span, 2);
    assert_int_equal(spots[2].place.row, 2);
    assert_int_equal(spots[2].place.col, 2);
    xj_pool_destroy(pool);
}

static void
test_place__is_the_box_round_the_words_of_the_first_page(void **state)
{
    (void)state;
    const xj_str text = XJ_STR("甲乙丙丁戊己");
    const xj_spot spots[] = {{.from = 0, .to = 12, .place = {.page = 3, .box = {100, 10, 140, 20}}},
                             {.from = 12, .to = 15, .place = {.page = 3, .box = {50, 30, 60, 40}}},
                             {.from = 15, .to = 18, .place = {.page = 4, .box = {0, 0, 500, 500}}}};
    static const struct {
        const char *name;
        size_t from, to;
        int page;
        float box[4];
    } cases[] = {
        {"a part of a line", 3, 9, 3, {110, 10, 130, 20}},
        {"two lines", 9, 15, 3, {50, 10, 140, 40}},
        {"two pages", 12, 18, 3, {50, 30, 60, 40}},
        {"nothing", 18, 18, 0, {0, 0, 0, 0}},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_place place = xj_spots_place(spots, 3, text, cases[i].from, cases[i].to);

        print_message("%s\n", cases[i].name);
        assert_int_equal(place.page, cases[i].page);
        for (int side = 0; side < 4; side++)
            assert_float_equal(place.box[side], cases[i].box[side], 0.01);
    }
}

static void
test_place__in_a_table_is_its_first_cell(void **state)
{
    (void)state;
    const xj_spot spots[] = {{.from = 4, .to = 5, .place = {.sheet = 2, .row = 7, .col = 1}},
                             {.from = 6, .to = 7, .place = {.sheet = 2, .row = 7, .col = 2}}};
    xj_place place = xj_spots_place(spots, 2, XJ_STR("abc\na\tb\n"), 4, 7);

    assert_int_equal(place.sheet, 2);
    assert_int_equal(place.row, 7);
    assert_int_equal(place.col, 1);
    assert_int_equal(xj_spots_place(spots, 2, XJ_STR("abc\na\tb\n"), 0, 3).sheet, 0);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spots__of_a_page_are_its_own),
        cmocka_unit_test(test_spots__of_a_table_are_cells_that_hold_text),
        cmocka_unit_test(test_place__is_the_box_round_the_words_of_the_first_page),
        cmocka_unit_test(test_place__in_a_table_is_its_first_cell),
    };

    return xjtest_main(tests);
}
