#include "compiletest.h"

static void
test_lines_flat__lines_that_a_time_opens(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(pool, "溪州市2026年重点工作月历\n各单位按月落实。\n"
                                      "1月：召开会议；印发要点。（市教育局）\n"
                                      "3月底前：市体育局完成甲事；市财政局落实乙事。\n"
                                      "9月10日前：各单位报送工作总结。\n");

    (void)state;
    assert_int_equal(reg->ntasks, 3);
    assert_str(reg->tasks[0].text, "召开会议；印发要点。");
    assert_int_equal(reg->tasks[0].deadline.date.month, 1);
    assert_str(units_of(pool, &reg->tasks[1]), "市体育局=responsible");
    assert_str(units_of(pool, &reg->tasks[2]), "市财政局=responsible");
    assert_int_equal(reg->tasks[2].deadline.date.month, 3);
    xj_pool_destroy(pool);
}

static void
test_lines_flat__lines_that_units_open(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(pool, "溪州市2026年部门任务分解\n现将任务分解如下：\n"
                                      "市教育局：1.办好甲事；2.10月底前办好乙事。\n"
                                      "市体育局、市财政局：办好丙事。\n");

    (void)state;
    assert_int_equal(reg->ntasks, 3);
    assert_str(reg->tasks[0].text, "办好甲事；");
    assert_str(units_of(pool, &reg->tasks[1]), "市教育局=responsible");
    assert_int_equal(reg->tasks[1].deadline.date.month, 10);
    assert_int_equal(reg->tasks[2].nunits, 2);
    xj_pool_destroy(pool);
}

/* A heading in brackets opens a task; what names a person is no part of it. */
static void
test_lines_flat__paragraphs_with_their_units_below(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(
        pool, "溪州市2026年民生实事任务书\n确定实事如下：\n【甲事】\n新建站点4个。\n"
              "责任单位：市教育局\n责任领导：陈某\n【乙事】\n改造站点6个。\n责任单位：市体育局\n");

    (void)state;
    assert_int_equal(reg->ntasks, 2);
    assert_str(reg->tasks[0].text, "【甲事】新建站点4个。");
    assert_str(units_of(pool, &reg->tasks[1]), "市体育局=responsible");
    xj_pool_destroy(pool);
}

/* Minutes give work in paragraphs of their own; what a meeting asks of all is none. */
static void
test_lines_flat__what_a_meeting_resolves(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        compiled(pool, "溪州市卫生工作会议纪要\n2026年3月5日，市政府召开会议。\n"
                       "会议认为，市教育局组织有力。\n"
                       "会议明确，由市教育局牵头开展整治，5月底前完成。\n"
                       "会议决定，市体育局负责改造场馆。\n会议要求，各单位要抓好落实。\n");

    (void)state;
    assert_int_equal(reg->ntasks, 2);
    assert_str(reg->tasks[0].text, "由市教育局牵头开展整治，5月底前完成。");
    assert_str(units_of(pool, &reg->tasks[0]), "市教育局=lead");
    assert_int_equal(reg->tasks[0].deadline.date.month, 5);
    assert_str(units_of(pool, &reg->tasks[1]), "市体育局=responsible");
    xj_pool_destroy(pool);
}

/* 牵头单位：… before any item stands above what it leads; behind one it is that item's. */
static void
test_lines__a_clause_above_its_items(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        compiled(pool, "溪州市2026年目标任务清单\n牵头单位：市教育局\n1.办好甲事。\n2.办好乙事。\n"
                       "牵头单位：市体育局\n3.办好丙事。\n");

    (void)state;
    assert_int_equal(reg->ntasks, 3);
    assert_str(units_of(pool, &reg->tasks[1]), "市教育局=lead");
    assert_str(units_of(pool, &reg->tasks[2]), "市体育局=lead");
    reg = compiled(pool, "溪州市2026年目标任务清单\n1.办好甲事。\n牵头单位：市教育局\n"
                         "2.办好乙事。\n牵头单位：市体育局\n");
    assert_int_equal(reg->ntasks, 2);
    assert_str(units_of(pool, &reg->tasks[0]), "市教育局=lead");
    assert_str(units_of(pool, &reg->tasks[1]), "市体育局=lead");
    xj_pool_destroy(pool);
}

/* Chapters whose lines a time opens are actions. */
static void
test_lines_opened__chapters_of_lines_that_a_time_opens(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(
        pool, "溪州市2026年推进计划\n一、源头治理\n第一季度：完成摸底。责任单位：市教育局\n"
              "第二季度：治理企业80家。责任单位：市体育局\n二、监督执法\n"
              "第三季度：开展执法。责任单位：市财政局\n第四季度：开展回访。责任单位：市财政局\n");

    (void)state;
    assert_int_equal(reg->nactions, 2);
    assert_int_equal(reg->ntasks, 4);
    assert_int_equal(reg->tasks[2].deadline.date.month, 9);
    assert_str(units_of(pool, &reg->tasks[1]), "市体育局=responsible");
    xj_pool_destroy(pool);
}

/* Several units or times may open their parts of one paragraph, behind …如下：. */
static void
test_lines_flat__openings_within_a_paragraph(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(pool, "溪州市2026年校园行动分工\n任务分工如下：市教育局：1."
                                      "办好甲事；2.办好乙事。市体育局：1.办好丙事。\n");

    (void)state;
    assert_int_equal(reg->ntasks, 3);
    assert_str(reg->tasks[1].text, "办好乙事。");
    assert_str(units_of(pool, &reg->tasks[1]), "市教育局=responsible");
    assert_str(units_of(pool, &reg->tasks[2]), "市体育局=responsible");
    reg = compiled(
        pool,
        "溪州市2026年工作安排\n安排如下：1月底前：制定方案，由市教育局负责；3月底前：1.开展调查；"
        "2.培训80人，由市体育局负责。\n");
    assert_int_equal(reg->ntasks, 3);
    assert_str(units_of(pool, &reg->tasks[0]), "市教育局=responsible");
    assert_int_equal(reg->tasks[1].deadline.date.month, 3);
    assert_str(units_of(pool, &reg->tasks[2]), "市体育局=responsible");
    xj_pool_destroy(pool);
}

/* Months above numbered lines, whose numbers may go on; chapters of units with how many they have.
 */
static void
test_lines__months_and_counted_units_above(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(pool, "溪州市2026年推进计划\n1月\n1.办好甲事。（市教育局）\n4月\n"
                                      "2.办好乙事。（市体育局）\n3.办好丙事。（市财政局）\n");

    (void)state;
    assert_int_equal(reg->ntasks, 3);
    assert_int_equal(reg->tasks[0].deadline.date.month, 1);
    assert_int_equal(reg->tasks[2].deadline.date.month, 4);
    assert_str(units_of(pool, &reg->tasks[0]), "市教育局=responsible");
    reg =
        compiled(pool, "溪州市2026年部门重点任务\n一、市教育局（2项）\n1.办好甲事。\n2.办好乙事。\n"
                       "二、市体育局、市财政局（1项）\n3.办好丙事。\n");
    assert_int_equal(reg->nactions, 2);
    assert_str(units_of(pool, &reg->tasks[0]), "市教育局=lead");
    assert_str(units_of(pool, &reg->tasks[2]), "市体育局=lead 市财政局=lead");
    xj_pool_destroy(pool);
}

/* Lines of units above numbered lines are their headings; one alone is whom a paper is sent to. */
static void
test_lines__units_above_numbered_lines(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        compiled(pool, "溪州市2026年部门任务分解\n"
                       "市教育局：\n1.办好甲事。\n2.办好乙事。\n市体育局：\n1.办好丙事。\n");

    (void)state;
    assert_int_equal(reg->ntasks, 3);
    assert_int_equal(reg->nactions, 2);
    assert_str(reg->actions[1].name, "市体育局");
    assert_str(units_of(pool, &reg->tasks[1]), "市教育局=lead");
    assert_true(reg->tasks[1].units[0].inherited);
    xj_pool_destroy(pool);
}

static void
test_lines_split__an_item_of_a_unit_that_counts(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(
        pool, "溪州市2026年工作要点\n一、重点任务\n（一）市教育局：1.办好甲事；2.办好乙事。\n"
              "（二）市体育局牵头，市财政局配合：1.办好丙事；2.办好丁事。\n");

    (void)state;
    assert_int_equal(reg->ntasks, 3);
    assert_str(units_of(pool, &reg->tasks[0]), "市教育局=responsible");
    assert_str(units_of(pool, &reg->tasks[2]), "市体育局=lead 市财政局=cooperate");
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_flat__lines_that_a_time_opens),
        cmocka_unit_test(test_lines_flat__lines_that_units_open),
        cmocka_unit_test(test_lines_flat__paragraphs_with_their_units_below),
        cmocka_unit_test(test_lines_flat__what_a_meeting_resolves),
        cmocka_unit_test(test_lines__a_clause_above_its_items),
        cmocka_unit_test(test_lines_opened__chapters_of_lines_that_a_time_opens),
        cmocka_unit_test(test_lines_flat__openings_within_a_paragraph),
        cmocka_unit_test(test_lines__months_and_counted_units_above),
        cmocka_unit_test(test_lines__units_above_numbered_lines),
        cmocka_unit_test(test_lines_split__an_item_of_a_unit_that_counts),
    };

    return xjtest_main(tests);
}
