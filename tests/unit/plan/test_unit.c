#include "compiletest.h"

static void
test_unit__prefixes_are_written_out(void **state)
{
    static const struct {
        const char *list, *units;
    } cases[] = {
        {"市委宣传部、网信办，市教育局、农业农村局", "市委宣传部 市委网信办 市教育局 市农业农村局"},
        {"市委政法委、公安局", "市委政法委 市公安局"},
        {"市教育局、市场监管局", "市教育局 市市场监管局"},
        {"市教育局、民政局、团市委、妇联", "市教育局 市民政局 团市委 市妇联"},
        {"县教育局、卫生健康局", "县教育局 县卫生健康局"},
        {"省卫生健康委、教育厅", "省卫生健康委 省教育厅"},
        {"区教体局、财政局", "区教体局 区财政局"},
        {"镇卫生院、市教育局", "镇卫生院 市教育局"},
        {"市自然资源和规划局、市教育局和体育局", "市自然资源和规划局 市教育局 市体育局"},
        {"市卫生健康委及委属相关医疗机构", "市卫生健康委 委属相关医疗机构"},
        {"市人力资源和社会保障局、市工业和信息化局", "市人力资源和社会保障局 市工业和信息化局"},
        {"市教育局、溪州海关、溪州日报社", "市教育局 溪州海关 溪州日报社"},
        {"市教育局、各县（市、区）人民政府", "市教育局 各县（市、区）人民政府"},
        {"市教育局、市直各有关部门", "市教育局 市直各有关部门"},
        {"市教育局、市教育局", "市教育局"},
        {"市卫健体委、市住建局", "市卫健体委 市住建局"},
    };
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_str item = xj_str_printf(pool, "做好控烟。（%s按职责分工负责）", cases[i].list);
        xj_register *reg = compiled_item(pool, item.data);
        xj_buf buf;

        xj_buf_init(&buf, pool, 4096);
        for (size_t k = 0; k < reg->tasks[0].nunits; k++)
            xj_buf_printf(&buf, "%s" XJ_FMT, k > 0 ? " " : "", XJ_ARG(reg->tasks[0].units[k].name));
        assert_str(xj_buf_str(&buf), cases[i].units);
    }
    xj_pool_destroy(pool);
}

static void
test_unit__keeps_the_words_it_was_read_from(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled_item(pool, "做好控烟。（市教育局、体育局负责）");
    xj_range at = reg->tasks[0].units[1].source;

    (void)state;
    assert_str(xj_str_sub(reg->text, at.from, at.to), "体育局");
    assert_str(reg->tasks[0].units[1].name, "市体育局");
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unit__prefixes_are_written_out),
        cmocka_unit_test(test_unit__keeps_the_words_it_was_read_from),
    };

    return xjtest_main(tests);
}
