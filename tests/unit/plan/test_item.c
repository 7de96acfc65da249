#include "compiletest.h"

static void
test_item__the_clause_is_cut_out_of_the_text(void **state)
{
    static const struct {
        const char *item, *text;
    } cases[] = {
        {"甲事。开展检查。（市教育局负责）", "甲事。开展检查。"},
        {"甲事，开展检查（市教育局负责）。", "甲事，开展检查"},
        {"甲事。开展检查。\n（市教育局负责，6月底前完成）", "甲事。开展检查。"},
        {"甲事。开展检查。责任单位：市教育局；完成时限：6月底前。", "甲事。开展检查。"},
        {"甲事。开展检查。市教育局牵头，市体育局配合。", "甲事。开展检查。"},
        {"甲事。\n责任单位：市教育局\n完成时限：6月底前", "甲事。"},
        {"甲事。新建球场 69 个。（市教育局负责）", "甲事。新建球场69个。"},
    };
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_register *reg = compiled_item(pool, cases[i].item);

        assert_str(reg->tasks[0].text, cases[i].text);
        assert_true(xj_str_starts(units_of(pool, &reg->tasks[0]), XJ_STR("市教育局=")));
    }
    xj_pool_destroy(pool);
}

static void
test_item__clauses_of_sub_items_add_up(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled_item(pool, "甲事。\n（1）建立名册。（市教育局负责，6月底前完成）\n"
                                           "（2）开展培训。（市体育局负责，9月底前完成）");
    char out[XJ_DATE_LEN];

    (void)state;
    assert_int_equal(reg->ntasks, 1);
    assert_str(units_of(pool, &reg->tasks[0]), "市教育局=responsible 市体育局=responsible");
    assert_str(xj_date_format(out, reg->tasks[0].deadline.date), "2024-09-30");
    assert_str(reg->tasks[0].text, "甲事。（1）建立名册。（2）开展培训。");
    xj_pool_destroy(pool);
}

static void
test_item__title_and_source(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled_item(pool, "甲事要做好。再做乙事。（市教育局负责）");
    const xj_plan_task *t = &reg->tasks[0];

    (void)state;
    assert_str(t->title, "甲事要做好");
    assert_str(xj_str_sub(reg->text, t->source.from, t->source.to),
               "甲事要做好。再做乙事。（市教育局负责）");
    xj_pool_destroy(pool);
}

/* Units in brackets stand at the beginning, and behind each item that is counted. */
static void
test_item__units_in_brackets_before_and_within(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled_item(pool, "【市教育局、市体育局】开展体检。");

    (void)state;
    assert_str(units_of(pool, &reg->tasks[0]), "市教育局=responsible 市体育局=responsible");
    assert_str(reg->tasks[0].text, "开展体检。");
    reg = compiled_item(pool, "办好甲事。①建设站点（市教育局、市体育局）；②培训队伍（市财政局）");
    assert_str(units_of(pool, &reg->tasks[0]),
               "市教育局=responsible 市体育局=responsible 市财政局=responsible");
    reg =
        compiled_item(pool, "推广专业机构（市疾控中心、市妇幼保健院）经验；开展体检。（市教育局）");
    assert_str(units_of(pool, &reg->tasks[0]), "市教育局=responsible");
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_item__units_in_brackets_before_and_within),
        cmocka_unit_test(test_item__the_clause_is_cut_out_of_the_text),
        cmocka_unit_test(test_item__clauses_of_sub_items_add_up),
        cmocka_unit_test(test_item__title_and_source),
    };

    return xjtest_main(tests);
}
