#include "compiletest.h"

#include "plan/compile_priv.h"

/* A compilation of TEXT as far as the readers of a line need it. */
static comp
reading(xj_pool *pool, const char *text)
{
    comp c = {.result = pool, .scratch = pool, .year_first = 2026, .year_last = 2027};

    c.reg = XJ_NEW(pool, xj_register);
    xj_chars_fold(&c.t, xj_str_c(text), pool);
    return c;
}

static void
test_lead_read__units_open_a_line_and_things_do_not(void **state)
{
    static const struct {
        const char *text;
        size_t body, units;
    } cases[] = {
        {"市教育局：开展体检", 5, 1},   {"市教育局、体育局：开展体检", 9, 2},
        {"各县区政府：开展体检", 6, 1}, {"综合执法局牵头，市场监管分局配合：检查", 17, 2},
        {"东溪村：改造户厕46户", 4, 1}, {"建设健康村：每镇一个", 0, 0},
        {"责任单位：市教育局", 0, 0},   {"建设职工服务站：每县一个", 0, 0},
        {"主要内容：开展体检", 0, 0},   {"市教育局", 0, 0},
        {"市教育局：", 0, 0},           {"市教育局开展体检。市体育局：开展", 0, 0},
    };
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        comp c = reading(pool, cases[i].text);
        clause cl = {0};

        assert_int_equal(lead_read(&c, &cl, (xj_span){0, c.t.n}), cases[i].body);
        assert_int_equal(cl.units.len, cases[i].units);
    }
    xj_pool_destroy(pool);
}

static void
test_lead_due__a_heading_that_is_nothing_but_a_time(void **state)
{
    static const struct {
        const char *text;
        xj_deadline_kind kind;
        int year, month, day;
    } cases[] = {
        {"3月底前完成的重点任务", XJ_DEADLINE_COMPLETE_BY, 2027, 3, 31},
        {"2026年第二季度", XJ_DEADLINE_COMPLETE_BY, 2026, 6, 30},
        {"（2026年4月1日—2026年4月20日）", XJ_DEADLINE_COMPLETE_BY, 2026, 4, 20},
        {"2026年工作", XJ_DEADLINE_COMPLETE_BY, 2026, 12, 31},
        {"9月启动的项目", XJ_DEADLINE_START_BY, 2027, 9, 30},
        {"长期坚持的工作", XJ_DEADLINE_ONGOING, 0, 0, 0},
        {"全年工作", XJ_DEADLINE_FULL_YEAR, 2027, 12, 31},
        {"3月开展学雷锋活动", XJ_DEADLINE_NONE, 0, 0, 0},
        {"持续推进健康城市建设", XJ_DEADLINE_NONE, 0, 0, 0},
        {"重点任务", XJ_DEADLINE_NONE, 0, 0, 0},
    };
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        comp c = reading(pool, cases[i].text);
        xj_deadline due = {0};

        assert_int_equal(lead_due(&c, &due, (xj_span){0, c.t.n}),
                         cases[i].kind != XJ_DEADLINE_NONE);
        assert_int_equal(due.kind, cases[i].kind);
        assert_int_equal(due.date.year, cases[i].year);
        assert_int_equal(due.date.month, cases[i].month);
        assert_int_equal(due.date.day, cases[i].day);
    }
    xj_pool_destroy(pool);
}

static void
test_lead_actors__units_act_at_the_beginning_of_a_sentence(void **state)
{
    static const struct {
        const char *text;
        const char *name; /* of the first, NULL: nobody acts */
        size_t n;
    } cases[] = {
        {"市教育局组织体检。", "市教育局", 1},
        {"6月底前，市教育局、市体育局开展体检；市财政局落实资金。", "市教育局", 3},
        {"由市教育局会同市体育局提出方案。", "市教育局", 2},
        {"市住房城乡建设局负责改造。", "市住房城乡建设局", 1},
        {"市人力资源社会保障局指导建立机制。", "市人力资源社会保障局", 1},
        {"市教育局、市卫生健康委3月20日前联合印发规范。", "市教育局", 2},
        {"3月24日主题日期间，各县疾控中心至少举办活动1场。", "各县疾控中心", 1},
        {"村卫生室规范化建设达标率100%。", NULL, 0},
        {"各村6月20日前清理积存垃圾。", "各村", 1},
        {"新区卫健局组建联盟，新区教育局落实经费。", "新区卫健局", 2},
        {"关于社区卫生服务中心建设问题。", NULL, 0},
        {"（市教育局）开展体检。", NULL, 0},
        {"市教育局、市体育局联合开展检查。", "市教育局", 2},
        {"开展体检，市教育局很重视。", NULL, 0},
        {"乡镇卫生建设加快。", NULL, 0},
    };
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        comp c = reading(pool, cases[i].text);
        clause cl = {0};

        assert_int_equal(lead_actors(&c, &cl, (xj_span){0, c.t.n}), cases[i].name != NULL);
        assert_int_equal(cl.units.len, cases[i].n);
        if (cases[i].name != NULL)
            assert_str(cl.units.items[0].name, cases[i].name);
    }
    xj_pool_destroy(pool);
}

static void
test_lead_counted__items_count_from_one(void **state)
{
    static const struct {
        const char *text;
        size_t n;
    } cases[] = {
        {"1.甲事；2.乙事；3.丙事", 3},
        {"（1）甲事；（2）乙事", 2},
        {"①甲事②乙事", 2},
        {"①甲事；②乙事", 2},
        {"1.甲事", 1},
        {"2.甲事；3.乙事", 0},
        {"1.建成1.5万平方米；2.验收", 2},
        {"1.甲事；2.10月底前办乙事", 2},
        {"甲事；乙事", 0},
        {"", 0},
    };
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        comp c = reading(pool, cases[i].text);
        span_vec items = {0};

        lead_counted(&c, &items, (xj_span){0, c.t.n});
        assert_int_equal(items.len, cases[i].n);
    }
    xj_pool_destroy(pool);
}

/* A heading's time is that of the items below it that have none. */
static void
test_lead_due_above__the_time_of_a_heading(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        compiled(pool, "溪州市健康行动2024年工作安排\n"
                       "一、3月底前完成的工作\n1.办好甲事。（市教育局）\n"
                       "2.办好乙事，2月底前完成。（市体育局）\n"
                       "二、集中整治阶段（5月1日—5月20日）\n1.办好丙事。（市教育局）\n"
                       "三、长期坚持的工作\n1.办好丁事。（市教育局）\n");

    (void)state;
    assert_int_equal(reg->ntasks, 4);
    assert_int_equal(reg->tasks[0].deadline.date.month, 3);
    assert_str(reg->tasks[0].deadline.raw, "3月底前完成的工作");
    assert_int_equal(reg->tasks[1].deadline.date.month, 2);
    assert_int_equal(reg->tasks[2].deadline.date.day, 20);
    assert_int_equal(reg->tasks[3].deadline.kind, XJ_DEADLINE_ONGOING);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lead_read__units_open_a_line_and_things_do_not),
        cmocka_unit_test(test_lead_due__a_heading_that_is_nothing_but_a_time),
        cmocka_unit_test(test_lead_actors__units_act_at_the_beginning_of_a_sentence),
        cmocka_unit_test(test_lead_counted__items_count_from_one),
        cmocka_unit_test(test_lead_due_above__the_time_of_a_heading),
    };

    return xjtest_main(tests);
}
