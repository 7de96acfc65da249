#include "parts.h"

#include "doc/layout.h"

/* A page in the making: pieces of text with the left and top of each, 10 points high, 10 wide a
 * character. */
struct sketch {
    xj_buf text;
    xj_piece pieces[100];
    size_t n;
};

static void
put(struct sketch *s, float left, float top, const char *words)
{
    size_t from = s->text.len;

    xj_buf_add(&s->text, xj_str_c(words));
    s->pieces[s->n++] = (xj_piece){.left = left,
                                   .top = top,
                                   .right = left + 10 * (float)xj_utf8_count(xj_str_c(words)),
                                   .bottom = top + 10,
                                   .from = from,
                                   .to = s->text.len};
}

static void
test_layout__columns_of_a_table_become_cells(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    struct sketch s = {0};
    xj_layout layout;
    xj_doc *doc;

    xj_buf_init(&s.text, pool, 10000);
    xj_layout__init(&layout, pool);
    put(&s, 100, 180, "市教育局"); /* pieces come in any order */
    put(&s, 50, 100, "序号");
    put(&s, 100, 100, "单位");
    put(&s, 200, 100, "时限");
    put(&s, 50, 140, "1");
    put(&s, 100, 135, "市卫生"); /* a cell of two lines */
    put(&s, 100, 147, "健康委");
    put(&s, 200, 140, "六月");
    put(&s, 50, 180, "2");
    put(&s, 200, 180, "十月");
    xj_layout__page(&layout, xj_buf_str(&s.text), s.pieces, s.n, 500);
    must_ok(xj_layout__read(&doc, &layout, pool, pool));
    assert_str(shown(doc, pool), "T3x3{0,0 1x1 序号}{0,1 1x1 单位}{0,2 1x1 时限}{1,0 1x1 1}"
                                 "{1,1 1x1 市卫生健康委}{1,2 1x1 六月}{2,0 1x1 2}"
                                 "{2,1 1x1 市教育局}{2,2 1x1 十月}\n");
    assert_int_equal(doc->blocks[0].place.page, 1);
    assert_true(doc->blocks[0].place.box[1] >= 99 && doc->blocks[0].place.box[3] <= 191);
    /* each piece of a cell is a spot of its own */
    assert_int_equal(doc->nspots, 10);
    assert_str(xj_str_sub(doc->text, doc->spots[5].from, doc->spots[5].to), "健康委");
    assert_int_equal(doc->spots[5].place.page, 1);
    assert_float_equal(doc->spots[5].place.box[1], 147, 0.01);
    assert_float_equal(doc->spots[5].place.box[2], 130, 0.01);
    xj_pool_destroy(pool);
}

static void
test_layout__two_columns_are_read_one_after_the_other(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    struct sketch s = {0};
    xj_layout layout;
    xj_str text;

    xj_buf_init(&s.text, pool, 10000);
    xj_layout__init(&layout, pool);
    for (int i = 0; i < 9; i++) {
        put(&s, 50, 100 + 15 * (float)i, "左左左左左左左左左左左左左左左左左左");
        put(&s, 260, 100 + 15 * (float)i, "右右右右右右右右右右右右右右右右右右");
    }
    xj_layout__page(&layout, xj_buf_str(&s.text), s.pieces, s.n, 490);
    text = xj_buf_str(&layout.text);
    assert_true(xj_str_rfind(text, XJ_STR("左")) < xj_str_find(text, XJ_STR("右"), 0));
    xj_pool_destroy(pool);
}

static void
test_layout__pages_part_and_lines_know_their_page(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_layout layout;
    xj_doc *doc;

    xj_layout__init(&layout, pool);
    for (int page = 0; page < 2; page++) {
        struct sketch s = {0};

        xj_buf_init(&s.text, pool, 10000);
        put(&s, 50, 100, page == 0 ? "一、总则" : "二、任务");
        xj_layout__page(&layout, xj_buf_str(&s.text), s.pieces, s.n, 500);
    }
    must_ok(xj_layout__read(&doc, &layout, pool, pool));
    assert_str(shown(doc, pool), "I 一、总则\nI 二、任务\n");
    assert_int_equal(doc->blocks[0].place.page, 1);
    assert_int_equal(doc->blocks[1].place.page, 2);
    xj_pool_destroy(pool);
}

static void
test_layout__an_empty_page_is_no_harm(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_layout layout;
    xj_doc *doc;

    xj_layout__init(&layout, pool);
    xj_layout__page(&layout, XJ_STR(""), NULL, 0, 500);
    must_fail(xj_layout__read(&doc, &layout, pool, pool), XJ_E_BAD_INPUT);
    xj_pool_destroy(pool);
}

/* A closing line that bridges two columns is one against many: the columns stay. */
static void
test_layout__a_few_bridging_pieces_do_not_join_columns(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    struct sketch s = {0};
    xj_layout layout;
    xj_doc *doc;

    xj_buf_init(&s.text, pool, 10000);
    xj_layout__init(&layout, pool);
    for (int row = 0; row < 10; row++) {
        put(&s, 50, 100 + 20 * (float)row, "序");
        put(&s, 100, 100 + 20 * (float)row, "任务");
        put(&s, 200, 100 + 20 * (float)row, "单位");
        put(&s, 300, 100 + 20 * (float)row, "时限");
    }
    put(&s, 110, 300, "办公室八月印发于此地");
    put(&s, 300, 300, "共印");
    xj_layout__page(&layout, xj_buf_str(&s.text), s.pieces, s.n, 500);
    must_ok(xj_layout__read(&doc, &layout, pool, pool));
    assert_int_equal(doc->blocks[0].kind, XJ_BLOCK_TABLE);
    assert_int_equal(doc->blocks[0].ncols, 4);
    xj_pool_destroy(pool);
}

/* The words of a merged cell stand in the middle of its rows: over the line of one, or between
 * two. */
static void
test_layout__cells_merged_over_rows_span_them(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    struct sketch s = {0};
    xj_layout layout;
    xj_doc *doc;

    xj_buf_init(&s.text, pool, 10000);
    xj_layout__init(&layout, pool);
    put(&s, 50, 80, "类别");
    put(&s, 100, 80, "任务");
    put(&s, 200, 80, "时限");
    for (int row = 0; row < 5; row++) {
        put(&s, 100, 110 + 30 * (float)row, "做事");
        put(&s, 200, 110 + 30 * (float)row, "六月");
    }
    put(&s, 50, 120, "环境"); /* two lines between the first two rows */
    put(&s, 50, 131, "整治");
    put(&s, 50, 200, "健身"); /* in the middle of three */
    xj_layout__page(&layout, xj_buf_str(&s.text), s.pieces, s.n, 400);
    must_ok(xj_layout__read(&doc, &layout, pool, pool));
    assert_str(shown(doc, pool),
               "T6x3{0,0 1x1 类别}{0,1 1x1 任务}{0,2 1x1 时限}{1,0 2x1 环境整治}{1,1 1x1 做事}"
               "{1,2 1x1 六月}{2,0 1x1 }{2,1 1x1 做事}{2,2 1x1 六月}{3,0 3x1 健身}{3,1 1x1 做事}"
               "{3,2 1x1 六月}{4,0 1x1 }{4,1 1x1 做事}{4,2 1x1 六月}{5,0 1x1 }{5,1 1x1 做事}"
               "{5,2 1x1 六月}\n");
    xj_pool_destroy(pool);
}

/* A column with a blank cell is not merged: its cells stand on the lines of their rows. */
static void
test_layout__a_blank_cell_is_no_merged_one(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    struct sketch s = {0};
    xj_layout layout;
    xj_doc *doc;

    xj_buf_init(&s.text, pool, 10000);
    xj_layout__init(&layout, pool);
    for (int row = 0; row < 5; row++) {
        put(&s, 50, 110 + 30 * (float)row, "做事");
        put(&s, 100, 110 + 30 * (float)row, "六月");
        if (row != 2)
            put(&s, 200, 110 + 30 * (float)row, "配合");
    }
    xj_layout__page(&layout, xj_buf_str(&s.text), s.pieces, s.n, 400);
    must_ok(xj_layout__read(&doc, &layout, pool, pool));
    assert_int_equal(doc->blocks[0].nrows, 5);
    for (size_t i = 0; i < doc->blocks[0].ncells; i++)
        assert_int_equal(doc->blocks[0].cells[i].row_span, 1);
    xj_pool_destroy(pool);
}

/* A head of one column above two, its page number below: no column of either. */
static void
test_layout__columns_below_a_head_of_one(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    struct sketch s = {0};
    xj_layout layout;
    xj_str text;

    xj_buf_init(&s.text, pool, 10000);
    xj_layout__init(&layout, pool);
    put(&s, 380, 20, "政务公报");
    for (int i = 0; i < 6; i++)
        put(&s, 60, 60 + 15 * (float)i, "通知通知通知通知通知通知通知通知通知通知通知通知通知通知");
    for (int i = 0; i < 9; i++) {
        put(&s, 50, 160 + 15 * (float)i, "左左左左左左左左左左左左左左左左左左");
        put(&s, 260, 160 + 15 * (float)i, "右右右右右右右右右右右右右右右右右右");
    }
    put(&s, 236, 330, "7");
    xj_layout__page(&layout, xj_buf_str(&s.text), s.pieces, s.n, 490);
    text = xj_buf_str(&layout.text);
    assert_true(xj_str_rfind(text, XJ_STR("左")) < xj_str_find(text, XJ_STR("右"), 0));
    assert_true(xj_str_rfind(text, XJ_STR("通知")) < xj_str_find(text, XJ_STR("左"), 0));
    assert_true(xj_str_find(text, XJ_STR("7"), 0) > xj_str_rfind(text, XJ_STR("右")));
    /* nothing is pushed in by the page number's margin */
    assert_int_equal(xj_str_find(text, XJ_STR("\n右"), 0) != XJ_NPOS, true);
    xj_pool_destroy(pool);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layout__columns_of_a_table_become_cells),
        cmocka_unit_test(test_layout__two_columns_are_read_one_after_the_other),
        cmocka_unit_test(test_layout__pages_part_and_lines_know_their_page),
        cmocka_unit_test(test_layout__an_empty_page_is_no_harm),
        cmocka_unit_test(test_layout__a_few_bridging_pieces_do_not_join_columns),
        cmocka_unit_test(test_layout__cells_merged_over_rows_span_them),
        cmocka_unit_test(test_layout__a_blank_cell_is_no_merged_one),
        cmocka_unit_test(test_layout__columns_below_a_head_of_one),
    };

    return xjtest_main(tests);
}
