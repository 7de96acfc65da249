#include "compiletest.h"

static const char letter[] =
    "溪州市健康促进委员会文件\n溪健委〔2024〕5号\n溪州市健康促进委员会\n关于印发健康溪州行动2024年"
    "实施方案的通知\n"
    "各县（区）人民政府：\n为贯彻落实《健康溪州行动（2020—2030年）》（溪政发[2020]"
    "3号）和《健康溪州规划》，"
    "现将《健康溪州行动2024年实施方案》印发给你们，请认真落实。\n溪州市健康促进委员会\n2024年3月20"
    "日\n"
    "健康溪州行动2024年实施方案\n一、重点任务\n（一）控烟行动\n1.甲事。（市教育局负责）\n"
    "溪州市健康促进委员会办公室 2024年3月18日印发\n";

static void
test_head__title_number_issuer_date_and_place(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(pool, letter);
    const xj_document_head *d = &reg->document;
    char out[XJ_DATE_LEN];

    (void)state;
    assert_str(d->title, "健康溪州行动2024年实施方案");
    assert_str(d->doc_no, "溪健委〔2024〕5号");
    assert_str(d->issuer, "溪州市健康促进委员会");
    assert_str(d->jurisdiction, "溪州市");
    assert_str(xj_date_format(out, d->issued_on), "2024-03-20");
    assert_true(warned(reg, "date_conflict"));
    assert_str(xj_str_sub(reg->text, d->title_at.from, d->title_at.to),
               "健康溪州行动2024年实施方案");
    xj_pool_destroy(pool);
}

static void
test_head__basis_in_order_each_once(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(pool, letter);
    const xj_document_head *d = &reg->document;

    (void)state;
    assert_int_equal(d->nbasis, 2);
    assert_str(d->basis[0].title, "健康溪州行动（2020—2030年）");
    assert_str(d->basis[0].doc_no, "溪政发〔2020〕3号");
    assert_str(d->basis[1].title, "健康溪州规划");
    assert_true(d->basis[1].doc_no.data == NULL);
    xj_pool_destroy(pool);
}

static void
test_head__the_plan_itself_is_no_basis_and_its_wish_no_place(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(
        pool,
        "溪山县健康县建设领导小组文件\n溪健组发〔2024〕1号\n"
        "关于印发《溪山县2024年健康县建设任务清单》的通知\n各镇人民政府：\n"
        "按照《健康临河行动要点》（临健委〔2024〕2号）部署，现将《溪山县2024年健康县建设任务清单》"
        "印发给你们。\n溪山县健康县建设领导小组\n2024年2月26日\n"
        "溪山县2024年健康县建设任务清单\n专项行动一：控烟行动\n1.甲事。责任单位：县卫健局。\n");

    (void)state;
    assert_str(reg->document.jurisdiction, "溪山县");
    assert_int_equal(reg->document.nbasis, 1);
    assert_str(reg->document.basis[0].title, "健康临河行动要点");
    assert_int_equal(reg->nactions, 1);
    xj_pool_destroy(pool);
}

static void
test_head__the_basis_is_read_from_the_cover_of_a_ledger(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(
        pool, "溪州市控烟工作台账（2024年）\n"
              "编制依据：《溪州市控烟方案》（溪健委〔2024〕5号）、《溪州规划》\n"
              "编制单位：溪州市健康促进委员会\n（一）控烟行动\n1.甲事。责任单位：市卫健局。\n");
    const xj_document_head *d = &reg->document;

    (void)state;
    assert_int_equal(d->nbasis, 2);
    assert_str(d->basis[0].title, "溪州市控烟方案");
    assert_str(d->basis[0].doc_no, "溪健委〔2024〕5号");
    assert_str(d->basis[1].title, "溪州规划");
    xj_pool_destroy(pool);
}

static void
test_head__a_bracket_seen_twice_is_one(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        compiled(pool, "溪州市爱国卫生运动委员会文件\n溪爱卫【〔2024] 3号\n"
                       "溪州市2024年控烟工作要点\n（一）控烟行动\n1.甲事。责任单位：市卫健局。\n");

    (void)state;
    assert_str(reg->document.doc_no, "溪爱卫〔2024〕3号");
    xj_pool_destroy(pool);
}

static void
test_head__the_sheet_of_a_page_is_read(void **state)
{
    char out[XJ_DATE_LEN];
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(
        pool,
        "您现在的位置：首页 > 政策文件\n\n健康溪州建设2025年行动方案\n"
        "发布时间：2025-03-07　浏览次数：13　字号：[大] [小]\n索 引 号：X-2025-17\n"
        "发文机关：健康溪州建设委员会\n发文字号：溪健委发【2025】1号\n成文日期：2025年3月3日\n"
        "各区县人民政府：\n（一）控烟行动\n1.甲事。（市教育局负责）\n");

    (void)state;
    assert_str(reg->document.title, "健康溪州建设2025年行动方案");
    assert_str(reg->document.issuer, "健康溪州建设委员会");
    assert_str(reg->document.doc_no, "溪健委发〔2025〕1号");
    assert_str(xj_date_format(out, reg->document.issued_on), "2025-03-03");
    xj_pool_destroy(pool);
}

static void
test_head__the_place_from_the_name_of_the_programme(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(
        pool,
        "健康溪州行动推进委员会办公室\n关于印发健康溪州行动2024年\n重点工作的通知\n各镇人民政府：\n"
        "现将《健康溪州行动2024年重点工作》印发给你们。\n二〇二四年一月二日\n健康溪州行动2024年重点"
        "工作\n"
        "溪州区各部门要落实。\n一、重点任务\n（一）控烟行动\n1.甲事。\n");

    (void)state;
    assert_str(reg->document.jurisdiction, "溪州区");
    assert_str(reg->document.issuer, "健康溪州行动推进委员会办公室");
    assert_int_equal(reg->document.issued_on.month, 1);
    xj_pool_destroy(pool);
}

static void
test_head__a_place_that_has_its_level_gets_no_second(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(pool, "健康某市行动2024年方案\n一、重点任务\n（一）控烟行动\n"
                                      "1.开展宣传。（市教育局负责）\n");

    (void)state;
    assert_str(reg->document.jurisdiction, "某市");
    xj_pool_destroy(pool);
}

static void
test_head__several_issuers_stand_apart(void **state)
{
    xj_pool *pool = xj_pool_root();
    const char *const rest =
        "关于印发溪州市校园控烟2026年工作方案的通知\n各学校：\n现印发给你们。\n"
        "溪州市校园控烟2026年工作方案\n一、重点任务\n1.办好甲事。（市教育局）\n";
    xj_register *reg = compiled(
        pool, xj_str_cdup(xj_str_printf(pool, "溪州市教育局 溪州市体育局\n%s", rest), pool));

    (void)state;
    assert_str(reg->document.issuer, "溪州市教育局、溪州市体育局");
    reg = compiled(
        pool,
        "中共溪州市委办公室 "
        "溪州市人民政府办公室\n印发《关于推进校园控烟的实施意见》的通知\n各学校：\n"
        "现印发给你们。\n关于推进校园控烟的实施意见\n一、重点任务\n1.办好甲事。（市教育局）\n");
    assert_str(reg->document.issuer, "中共溪州市委办公室、溪州市人民政府办公室");
    assert_str(reg->document.title, "关于推进校园控烟的实施意见");
    reg = compiled(pool,
                   "中共溪州市委 溪州市人民政府\n关于推进校园控烟的实施意见\n（2026年3月16日）\n"
                   "一、重点任务\n1.办好甲事。（市教育局）\n");
    assert_str(reg->document.issuer, "中共溪州市委、溪州市人民政府");
    assert_str(reg->document.jurisdiction, "溪州市");
    reg = compiled(pool,
                   xj_str_cdup(xj_str_printf(pool, "溪州市教育局\n溪州市体育局\n%s", rest), pool));
    assert_str(reg->document.issuer, "溪州市教育局、溪州市体育局");
    xj_pool_destroy(pool);
}

/* A year that neither the title nor the date says is that of the times in the text. */
static void
test_head__the_year_of_the_text(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        compiled(pool, "溪州市校园控烟工作方案\n根据《2020年规划》，制定方案。\n一、重点任务\n"
                       "1.办好甲事，2026年4月底前完成。（市教育局）\n"
                       "2.办好乙事，6月底前完成，到2030年见效。（市体育局）\n");

    (void)state;
    assert_int_equal(reg->tasks[0].deadline.date.year, 2026);
    xj_pool_destroy(pool);
}

static void
test_head__without_a_head_there_are_warnings(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(pool, "（一）控烟行动\n1.甲事。（市教育局负责，6月底前完成）\n");

    (void)state;
    assert_true(reg->document.title.data == NULL);
    assert_true(warned(reg, "no_title"));
    assert_true(warned(reg, "no_year"));
    assert_true(warned(reg, "no_jurisdiction"));
    assert_int_equal(reg->tasks[0].deadline.date.year, 0);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_head__title_number_issuer_date_and_place),
        cmocka_unit_test(test_head__several_issuers_stand_apart),
        cmocka_unit_test(test_head__the_year_of_the_text),
        cmocka_unit_test(test_head__basis_in_order_each_once),
        cmocka_unit_test(test_head__the_plan_itself_is_no_basis_and_its_wish_no_place),
        cmocka_unit_test(test_head__the_basis_is_read_from_the_cover_of_a_ledger),
        cmocka_unit_test(test_head__a_bracket_seen_twice_is_one),
        cmocka_unit_test(test_head__the_sheet_of_a_page_is_read),
        cmocka_unit_test(test_head__the_place_from_the_name_of_the_programme),
        cmocka_unit_test(test_head__a_place_that_has_its_level_gets_no_second),
        cmocka_unit_test(test_head__without_a_head_there_are_warnings),
    };

    return xjtest_main(tests);
}
