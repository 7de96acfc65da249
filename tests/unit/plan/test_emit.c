#include "compiletest.h"

static bool
is_no_plan(xj_pool *pool, const char *text)
{
    xj_register *reg;
    xj_doc *doc;
    xj_error *err;
    bool none;

    must_ok(xj_doc_read_text(&doc, xj_str_c(text), pool, pool));
    err = xj_plan_compile(&reg, doc, pool, pool);
    none = xj_error_code(err) == XJ_E_NO_PLAN;
    xj_error_clear(err);
    return none;
}

/* Paragraphs are tasks where each says who does it; one that opens them is said of all. */
static void
test_emit__paragraphs_with_clauses_of_their_own(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(pool, "溪州市健康行动2024年方案\n一、控烟行动\n本行动分三步走。\n"
                                      "——办好甲事。牵头单位：市教育局；配合单位：市体育局。\n"
                                      "——办好乙事。\n责任单位：市财政局\n——办好丙事。\n");

    (void)state;
    assert_int_equal(reg->ntasks, 3);
    assert_str(reg->tasks[0].title, "办好甲事");
    assert_str(reg->tasks[0].units[0].name, "市教育局");
    assert_int_equal(reg->tasks[0].nunits, 2);
    assert_str(reg->tasks[1].title, "办好乙事");
    assert_str(reg->tasks[1].units[0].name, "市财政局");
    assert_int_equal(reg->tasks[2].nunits, 0);
    xj_pool_destroy(pool);
}

/* A clause alone behind the items of an action is said of all, where none has its own. */
static void
test_emit__a_closing_clause_is_said_of_all(void **state)
{
    xj_pool *pool = xj_pool_root();
    const char *const head = "溪州市健康行动2024年方案\n一、控烟行动\n1.办好甲事。\n";
    const char *const all = "2.办好乙事。\n（责任单位：市教育局、市体育局）\n";
    const char *const last = "2.办好乙事。（市财政局负责）\n（责任单位：市教育局）\n";
    xj_register *reg = compiled(pool, xj_str_cdup(xj_str_printf(pool, "%s%s", head, all), pool));

    (void)state;
    assert_int_equal(reg->ntasks, 2);
    assert_int_equal(reg->tasks[0].nunits, 2);
    assert_int_equal(reg->tasks[1].nunits, 2);
    reg = compiled(pool, xj_str_cdup(xj_str_printf(pool, "%s%s", head, last), pool));
    assert_int_equal(reg->tasks[0].nunits, 0);
    xj_pool_destroy(pool);
}

/* A paper without chapters has its numbered paragraphs as tasks where it gives work to somebody. */
static void
test_emit__a_flat_paper_gives_out_work_and_a_law_does_not(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        compiled(pool, "关于做好2024年溪州市健康工作的通知\n1.办好甲事。（市教育局负责）\n"
                       "2.办好乙事。市体育局会同市财政局，认真去做。\n"
                       "3.各责任单位请于12月5日前将情况报市推进办。\n");

    (void)state;
    assert_int_equal(reg->ntasks, 2);
    assert_int_equal(reg->tasks[0].action, 0);
    assert_int_equal(reg->tasks[1].nunits, 2);
    assert_int_equal(reg->nobligations, 1);
    assert_true(is_no_plan(pool, "溪州市爱国卫生条例\n第一条 为了健康，制定本条例。\n"
                                 "第二条 市人民政府牵头，教育局负责学校。\n"));
    assert_true(is_no_plan(pool, "溪州市的几点看法\n1.今年雨水很多。\n2.明年也许不多。\n"));
    xj_pool_destroy(pool);
}

/* 任务名称 opens a task below a chapter that is no action by its name. */
static void
test_emit__blocks_with_names(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        compiled(pool, "溪州市健康行动2024年任务清单\n一、健康专项\n任务名称：办甲事\n"
                       "工作目标：办成3件。\n牵头单位：市教育局\n任务名称：办乙事\n"
                       "完成时限：2024年9月\n牵头单位：市体育局\n");

    (void)state;
    assert_int_equal(reg->nactions, 1);
    assert_int_equal(reg->ntasks, 2);
    assert_str(reg->tasks[0].title, "办甲事");
    assert_str(reg->tasks[1].units[0].name, "市体育局");
    assert_int_equal(reg->tasks[1].deadline.date.month, 9);
    xj_pool_destroy(pool);
}

/* Speeches, laws, reports and invitations order nothing, whatever their paragraphs say. */
static void
test_emit__papers_that_order_nothing(void **state)
{
    static const char *const texts[] = {
        "在全市健康工作会议上的讲话\n（2026年2月20日）\n一、提高认识\n（一）要坚持改革。市教育局要"
        "协同发力。\n"
        "（二）要坚持创新。市体育局要抓好落实。\n二、加强领导\n（一）要落实责任。\n",
        "溪州市控制吸烟条例\n第一章 总则\n第一条 为了健康，制定本条例。\n第二条 "
        "市教育局负责监督管理。\n"
        "第二章 附则\n第三条 市体育局负责协调。\n第四条 本条例自2026年10月1日起施行。\n",
        "2025年全市健康工作总结\n一、主要做法\n（一）设施完善。市体育局新建步道80条。\n"
        "（二）素养提升。市教育局举办讲座60场。\n",
        "关于召开健康工作推进会议的通知\n一、参会人员\n1.市教育局负责同志；\n2.市体育局负责同志。\n"
        "二、有关事项\n1.请于3月18日前报名。\n2.请提前入场。\n",
        "健康科普\n一、什么是高血压\n1.血压升高的疾病。\n2.多见于老年人。\n"
        "二、怎样预防\n1.少吃盐。\n2.多运动。\n"};
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_true(is_no_plan(pool, texts[i]));
    xj_pool_destroy(pool);
}

/* What calls itself a plan and has nothing but numbered goals gives these out. */
static void
test_emit__goals_are_the_tasks_of_a_paper_without_others(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        compiled(pool, "溪州市2026年健康工作目标责任书\n一、工作目标\n1.建档率达到85%以上。\n"
                       "2.10月底前检查460人。\n二、其他\n一式两份。\n");

    (void)state;
    assert_int_equal(reg->ntasks, 2);
    assert_int_equal(reg->tasks[1].deadline.date.month, 10);
    xj_pool_destroy(pool);
}

/* The words of a title that is broken over lines say nothing before its end. */
static void
test_emit__a_title_broken_behind_the_name_of_a_law(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        compiled(pool, "溪州市宣传贯彻公共场所控制吸烟条例\n2026年专项行动实施方案\n一、重点任务\n"
                       "1.办好甲事。（市教育局）\n2.办好乙事。（市体育局）\n");

    (void)state;
    assert_int_equal(reg->ntasks, 2);
    xj_pool_destroy(pool);
}

/* Articles that say who does them are measures, and no law. */
static void
test_emit__articles_with_units_are_work(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(
        pool,
        "关于加强托育服务的若干措施\n第一条 扩大供给。2026年新增托位300个。（责任单位：市教育局）\n"
        "第二条 加强监管。每年检查2次。（责任单位：市体育局）\n"
        "第三条 落实补助。按标准发放。（责任单位：市财政局）\n"
        "第四条 本措施自2026年5月1日起施行。\n");

    (void)state;
    assert_int_equal(reg->ntasks, 3);
    assert_str(units_of(pool, &reg->tasks[2]), "市财政局=responsible");
    xj_pool_destroy(pool);
}

/* A notice whose paragraphs begin with the units that act gives work out. */
static void
test_emit__units_that_act_are_given_work(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(
        pool, "关于做好2026年夏季控烟工作的通知\n各学校：\n一、集中整治。市教育局负责检查验收。\n"
              "二、加强宣传。市体育局要举办讲座10场；市财政局落实资金。\n");

    (void)state;
    assert_int_equal(reg->ntasks, 2);
    assert_str(units_of(pool, &reg->tasks[0]), "市教育局=responsible");
    assert_str(units_of(pool, &reg->tasks[1]), "市体育局=responsible 市财政局=responsible");
    reg =
        compiled(pool, "关于开展2026年控烟行动的通知\n各学校：\n（一）市教育局：5月底前完成自查。\n"
                       "（二）市体育局：负责场馆检查。\n各单位于6月12日前将工作总结报市教育局。\n");
    assert_int_equal(reg->ntasks, 2);
    assert_str(units_of(pool, &reg->tasks[1]), "市体育局=responsible");
    assert_str(reg->tasks[1].text, "负责场馆检查。");
    xj_pool_destroy(pool);
}

static void
test_emit__lines_and_heads_that_are_said_of_a_group(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        compiled(pool, "溪州市健康行动2024年方案\n一、建设任务\n（一）优化服务\n1.新增床位200张。\n"
                       "2.新建站点5个。\n以上任务由市卫生健康委牵头，市财政局配合。\n"
                       "（二）改善环境（责任科室：环境科；配合科室：总务科）\n1.改造管网25公里。\n"
                       "2.新建公园2个。（市城管局负责）\n");

    (void)state;
    assert_int_equal(reg->ntasks, 4);
    assert_str(units_of(pool, &reg->tasks[0]), "市卫生健康委=lead 市财政局=cooperate");
    assert_str(units_of(pool, &reg->tasks[1]), "市卫生健康委=lead 市财政局=cooperate");
    assert_str(reg->tasks[1].text, "新建站点5个。");
    assert_str(units_of(pool, &reg->tasks[2]), "环境科=lead 总务科=cooperate");
    assert_true(reg->tasks[2].units[1].inherited);
    assert_str(units_of(pool, &reg->tasks[3]), "市城管局=responsible");
    xj_pool_destroy(pool);
}

static void
test_emit__articles_with_lines_of_units_are_work(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(
        pool,
        "溪州市健康乡村三年攻坚方案\n第一章 目标\n到2028年，健康村占比达到60%。\n第二章 任务\n"
        "第一条 改善环境。推进改厕。\n牵头单位：市农业农村局\n第二条 供水保障。建设管网。\n"
        "牵头单位：市水利局\n第三条 医疗网络。改造村卫生室。\n牵头单位：市卫生健康委\n"
        "溪州市人民政府\n2026年3月1日\n");

    (void)state;
    assert_int_equal(reg->ntasks, 3);
    assert_str(units_of(pool, &reg->tasks[1]), "市水利局=lead");
    /* three years from that of its issue */
    assert_int_equal(reg->tasks[0].deadline.date.year, 2028);
    xj_pool_destroy(pool);
}

static void
test_emit__a_sheet_says_who_does_all_below_it(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        compiled(pool, "溪州市领导批示办理单\n批示时间：2026年4月18日\n承办单位：市卫生健康局\n"
                       "协办单位：市教育局、市市场监管局\n办理要求：\n1.对学校食堂开展排查。\n"
                       "2.对健康证逐一核查。\n办理时限：2026年4月30日前反馈\n联系人：督查室\n");

    (void)state;
    assert_int_equal(reg->ntasks, 2);
    assert_str(units_of(pool, &reg->tasks[0]),
               "市卫生健康局=responsible 市教育局=cooperate 市市场监管局=cooperate");
    assert_int_equal(reg->tasks[0].deadline.date.day, 30);
    assert_int_equal(reg->document.issued_on.month, 4);
    /* lines above and below the items of a heading */
    reg = compiled(
        pool, "溪州市公共卫生“揭榜挂帅”任务书（2026年）\n榜单一：实验室建设\n揭榜单位：市疾控中心\n"
              "主要举措：\nA. 购置设备9台；\nB. 选派骨干6人。\n保障单位：市财政局\n"
              "榜单二：队伍建设\n揭榜单位：市人民医院\n主要举措：\nA. 配备车辆1辆；\n"
              "B. 开展演练。\n保障单位：市应急局\n");
    assert_int_equal(reg->ntasks, 4);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(reg->tasks[i].nunits, 2);
        assert_true(warned(reg, "no_unit") == false);
    }
    assert_str(units_of(pool, &reg->tasks[3]), "市应急局=cooperate 市人民医院=lead");
    xj_pool_destroy(pool);
}

static void
test_emit__blocks_whose_head_is_the_task(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        compiled(pool, "溪州市2026年重点任务分工表\n任务一：推进健身设施建设\n责任单位：市体育局（"
                       "牵头）、市住建局\n"
                       "工作要求：\n（1）新建公园8个；\n（2）开放场馆。\n完成时间：2026年12月\n"
                       "任务二：改善视力健康\n责任单位：市卫健局（牵头）、市残联\n工作要求：\n"
                       "（1）建立档案；\n（2）白内障复明手术360例。\n完成时间：2026年10月\n");

    (void)state;
    assert_int_equal(reg->ntasks, 2);
    assert_str(units_of(pool, &reg->tasks[1]), "市卫健局=lead 市残联=responsible");
    assert_int_equal(reg->tasks[1].deadline.date.month, 10);
    assert_int_equal(reg->ntargets, 2);
    assert_true(reg->targets[1].value == 360);
    /* each from the line of its name */
    reg = compiled(
        pool, "溪州市2026年重点项目推进计划\n项目名称：急救中心迁建\n建设内容：购置救护车18辆\n"
              "责任单位：市急救中心\n时间节点：2026年9月底\n项目名称：影像中心\n"
              "建设内容：接入卫生院62家\n责任单位：市医疗信息中心\n时间节点：2026年6月底\n"
              "溪州市卫生健康委员会\n2026年1月26日\n");
    assert_int_equal(reg->ntasks, 2);
    assert_str(units_of(pool, &reg->tasks[1]), "市医疗信息中心=responsible");
    assert_str(reg->document.issuer, "溪州市卫生健康委员会");
    /* and what is only dated and given to a person is work too */
    reg = compiled(pool,
                   "溪州市疾控中心2026年办实事清单\n1.检测2000人。责任人：薛敏　完成时限：6月30日\n"
                   "2.建成门诊1个。责任人：樊立　完成时限：8月31日\n");
    assert_int_equal(reg->ntasks, 2);
    assert_int_equal(reg->tasks[0].nunits, 0);
    assert_int_equal(reg->tasks[1].deadline.date.month, 8);
    xj_pool_destroy(pool);
}

static void
test_emit__steps_of_a_project_and_its_division(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(
        pool,
        "溪州市2026年民生实事推进方案\n一、项目一：疫苗接种\n（一）目标任务\n接种率达到90%以上。\n"
        "（二）实施步骤\n1.宣传动员（3—4月）。印发告家长书6000份。\n2."
        "集中接种（5—11月）。完成接种。\n"
        "（三）责任分工\n牵头单位：市卫生健康局；责任单位：市教育局。\n"
        "二、项目二：检测点建设\n（一）目标任务\n建设检测点25个。\n（二）实施步骤\n"
        "1.选址（4月底前）。完成论证。\n2.建设（9月底前）。完成安装。\n（三）责任分工\n"
        "牵头单位：市卫生健康局；责任单位：各街道办事处。\n");

    (void)state;
    assert_int_equal(reg->ntasks, 4);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(reg->tasks[i].nunits, 2);
    assert_str(units_of(pool, &reg->tasks[3]), "市卫生健康局=lead 各街道办事处=responsible");
    assert_int_equal(reg->tasks[2].deadline.date.month, 4);
    assert_int_equal(reg->ntargets, 3);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_emit__paragraphs_with_clauses_of_their_own),
        cmocka_unit_test(test_emit__a_closing_clause_is_said_of_all),
        cmocka_unit_test(test_emit__a_flat_paper_gives_out_work_and_a_law_does_not),
        cmocka_unit_test(test_emit__blocks_with_names),
        cmocka_unit_test(test_emit__goals_are_the_tasks_of_a_paper_without_others),
        cmocka_unit_test(test_emit__a_title_broken_behind_the_name_of_a_law),
        cmocka_unit_test(test_emit__articles_with_units_are_work),
        cmocka_unit_test(test_emit__papers_that_order_nothing),
        cmocka_unit_test(test_emit__steps_of_a_project_and_its_division),
        cmocka_unit_test(test_emit__blocks_whose_head_is_the_task),
        cmocka_unit_test(test_emit__a_sheet_says_who_does_all_below_it),
        cmocka_unit_test(test_emit__lines_and_heads_that_are_said_of_a_group),
        cmocka_unit_test(test_emit__articles_with_lines_of_units_are_work),
        cmocka_unit_test(test_emit__units_that_act_are_given_work)};

    return xjtest_main(tests);
}
