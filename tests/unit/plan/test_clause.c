#include "compiletest.h"

static void
test_clause__roles_of_every_form(void **state)
{
    static const struct {
        const char *clause, *units;
    } cases[] = {
        {"（市教育局负责）", "市教育局=responsible"},
        {"（市教育局、市体育局按职责分工负责，12月底前完成）",
         "市教育局=responsible 市体育局=responsible"},
        {"（市教育局牵头，市体育局按职责分工负责）", "市教育局=lead 市体育局=responsible"},
        {"（市教育局牵头、市体育局、财政局配合）",
         "市教育局=lead 市体育局=cooperate 市财政局=cooperate"},
        {"（市教育局会同市体育局、财政局负责）",
         "市教育局=responsible 市体育局=cooperate 市财政局=cooperate"},
        {"（市教育局、体育局牵头，市残联协助，各乡镇（街道）结合实际落实）",
         "市教育局=lead 市体育局=lead 市残联=cooperate 各乡镇（街道）=responsible"},
        {"（责任单位：市教育局、市体育局。完成时限：10月）",
         "市教育局=responsible 市体育局=responsible"},
        {"（牵头单位：市教育局；配合单位：市体育局；完成时限：10月）",
         "市教育局=lead 市体育局=cooperate"},
        {"（市教育局，12月底前完成）", "市教育局=responsible"},
        {"（12月底前由市教育局牵头完成）", "市教育局=lead"},
        {"（市教育局牵头，市教育局、市体育局负责）", "市教育局=lead 市体育局=responsible"},
        {"（市教育局（牵头）、市体育局、市财政局）",
         "市教育局=lead 市体育局=responsible 市财政局=responsible"},
        {"（市教育局、市体育局分别负责）", "市教育局=responsible 市体育局=responsible"},
        {"（牵头：市教育局；配合：市体育局）", "市教育局=lead 市体育局=cooperate"},
        {"——市教育局、市体育局", "市教育局=responsible 市体育局=responsible"},
        {"（由市教育局统筹，有关社会组织参与）", "市教育局=responsible 有关社会组织=cooperate"},
        {"（高新区卫健局、高新区经发局负责）", "高新区卫健局=responsible 高新区经发局=responsible"},
        {"（牵头单位：市教育局 李某；配合单位：市体育局 王某某）",
         "市教育局=lead 市体育局=cooperate"},
        {"（市教育局负责，市体育局指导）", "市教育局=responsible 市体育局=cooperate"},
        {"（市教育局、市体育局督促落实）", "市教育局=responsible 市体育局=responsible"},
        {"（第一个为牵头单位：市教育局、市体育局）", "市教育局=lead 市体育局=responsible"},
        {"（市教育局、市体育局，第一个为牵头单位）", "市教育局=lead 市体育局=responsible"},
        {"（市教育局牵头抓总，市医疗保障局配合，市市场监督管理局负责落实）",
         "市教育局=lead 市医疗保障局=cooperate 市市场监督管理局=responsible"},
        {"（责任处室：待遇保障处；协办处室：规划财务处）",
         "待遇保障处=responsible 规划财务处=cooperate"},
        {"（由市教育局牵头，各有关部门按职责分工负责）", "市教育局=lead 各有关部门=responsible"},
    };
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_str item = xj_str_printf(pool, "做好校园控烟。开展检查。%s", cases[i].clause);
        xj_register *reg = compiled_item(pool, item.data);

        assert_int_equal(reg->ntasks, 1);
        assert_str(units_of(pool, &reg->tasks[0]), cases[i].units);
        assert_str(reg->tasks[0].text, "做好校园控烟。开展检查。");
    }
    xj_pool_destroy(pool);
}

static void
test_clause__an_open_list_says_so(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        compiled_item(pool, "做好控烟。（市教育局、市体育局等部门按职责分工负责，持续推进）");

    (void)state;
    assert_true(reg->tasks[0].open_ended);
    assert_str(units_of(pool, &reg->tasks[0]), "市教育局=responsible 市体育局=responsible");
    reg = compiled_item(pool, "做好控烟。（市高等教育管理局负责）");
    assert_false(reg->tasks[0].open_ended);
    xj_pool_destroy(pool);
}

static void
test_clause__brackets_of_other_words_stay_text(void **state)
{
    static const char *const items[] = {
        "消除危害（控制）。", "创建示范县（市、区）和示范点（站）。",
        "推广三减（减盐、减油、减糖）。", "完成筛查（占比不低于30%）。"};
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        xj_register *reg = compiled_item(pool, items[i]);

        assert_str(reg->tasks[0].text, items[i]);
        assert_int_equal(reg->tasks[0].nunits, 0);
    }
    xj_pool_destroy(pool);
}

static void
test_clause__strange_words_are_reported(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled_item(pool, "做好控烟。（责任单位：市教育局、市体育局、张某某）");

    (void)state;
    assert_true(warned(reg, "unplaced_words"));
    assert_str(units_of(pool, &reg->tasks[0]), "市教育局=responsible 市体育局=responsible");
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clause__roles_of_every_form),
        cmocka_unit_test(test_clause__an_open_list_says_so),
        cmocka_unit_test(test_clause__brackets_of_other_words_stay_text),
        cmocka_unit_test(test_clause__strange_words_are_reported),
    };

    return xjtest_main(tests);
}
