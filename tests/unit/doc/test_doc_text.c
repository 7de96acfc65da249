#include "support/xjtest.h"

#include "doc/doc.h"

static xj_doc *
read_text(xj_pool *pool, const char *text)
{
    xj_doc *doc;

    must_ok(xj_doc_read_text(&doc, xj_str_c(text), pool, pool));
    return doc;
}

static xj_str
block(const xj_doc *doc, size_t i)
{
    assert_true(i < doc->nblocks);
    return xj_str_sub(doc->text, doc->blocks[i].from, doc->blocks[i].to);
}

static void
test_read__what_is_no_text_is_refused(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_doc *doc;

    (void)state;
    must_fail(xj_doc_read_text(&doc, XJ_STR(""), pool, pool), XJ_E_BAD_INPUT);
    must_fail(xj_doc_read_text(&doc, XJ_STR(" \n\n\t\n"), pool, pool), XJ_E_BAD_INPUT);
    must_fail(xj_doc_read_text(&doc, XJ_STR("PK\x03\x04zip"), pool, pool), XJ_E_BAD_INPUT);
    must_fail(xj_doc_read_text(&doc, XJ_STR("\xB7\xBD\xB0\xB8"), pool, pool), XJ_E_NOT_UTF8);
    xj_pool_destroy(pool);
}

static void
test_read__too_large_at_one_byte_above_the_limit(void **state)
{
    xj_pool *pool = xj_pool_root();
    char *bytes = xj_alloc(pool, XJ_DOC_BYTES_MAX + 1);
    xj_doc *doc;

    (void)state;
    memset(bytes, ' ', XJ_DOC_BYTES_MAX + 1);
    must_fail(xj_doc_read_text(&doc, xj_str_of(bytes, XJ_DOC_BYTES_MAX + 1), pool, pool),
              XJ_E_TOO_LARGE);
    /* at the limit it is read, and found empty */
    must_fail(xj_doc_read_text(&doc, xj_str_of(bytes, XJ_DOC_BYTES_MAX), pool, pool),
              XJ_E_BAD_INPUT);
    xj_pool_destroy(pool);
}

static void
test_read__byte_order_mark_and_line_ends(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_doc *doc = read_text(pool, "\xEF\xBB\xBF一、目标\r\n1.甲。\r\n2.乙。\r");

    (void)state;
    assert_int_equal(doc->nblocks, 3);
    assert_str(block(doc, 0), "一、目标");
    assert_str(block(doc, 2), "2.乙。");
    assert_int_equal(doc->blocks[2].kind, XJ_BLOCK_ITEM);
    xj_pool_destroy(pool);
}

static void
test_read__lines_broken_at_a_width_are_joined(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_doc *doc = read_text(pool, "　　1.推动学校体育场馆向群众开放并公布开放的时间\n"
                                  "和联系方式，方便居民就近参加各种健身活动和比赛；\n"
                                  "组织社会体育指导员到社区、乡村、企业开展健身指导\n"
                                  "服务不少于12次。（市教育局、市体育局按职责分工负\n"
                                  "责，12月底前完成）\n"
                                  "　　2.开展国民体质监测，为群众提供测定服务并且出\n"
                                  "具运动处方。（市体育局负责）\n");

    (void)state;
    assert_int_equal(doc->nblocks, 2);
    assert_true(xj_str_has(block(doc, 0), XJ_STR("开放的时间和联系方式")));
    assert_true(xj_str_has(block(doc, 0), XJ_STR("比赛；组织社会")));
    assert_true(xj_str_ends(block(doc, 0), XJ_STR("按职责分工负责，12月底前完成）")));
    assert_true(xj_str_starts(block(doc, 1), XJ_STR("2.开展")));
    xj_pool_destroy(pool);
}

static void
test_read__a_paragraph_broken_by_a_page_goes_on(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_doc *doc = read_text(
        pool,
        "（一）健康知识普及行动。\n\n"
        "1.推广健康促进模式，落实医疗机构帮扶工作，强化健康教育阵地建设，提升基层健康\n\n— 2 —\n\n"
        "教育骨干能力。\n\n2.持续实施。\n");

    (void)state;
    assert_int_equal(doc->nblocks, 3);
    assert_true(xj_str_has(block(doc, 1), XJ_STR("提升基层健康教育骨干能力。")));
    assert_int_equal(doc->nfurniture, 1);
    assert_int_equal(doc->furniture[0].kind, XJ_FURNITURE_PAGE_NUMBER);
    assert_str(doc->furniture[0].text, "— 2 —");
    xj_pool_destroy(pool);
}

static void
test_read__running_heads_go_and_the_title_stays(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_doc *doc =
        read_text(pool, "溪州市健康行动实施方案\n\n一、目标\n第 1 页\n溪州市健康行动实施方案\n"
                        "1.甲。\n第 2 页\n溪州市健康行动实施方案\n2.乙。\n第 3 页\n");

    (void)state;
    assert_int_equal(doc->nblocks, 4);
    assert_str(block(doc, 0), "溪州市健康行动实施方案");
    assert_str(block(doc, 3), "2.乙。");
    assert_int_equal(doc->nfurniture, 5);
    xj_pool_destroy(pool);
}

static void
test_read__repeated_lines_of_units_are_no_running_heads(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_doc *doc = read_text(pool, "1.甲事项要做好。\n责任单位：市教育局\n2.乙事项要做好。\n"
                                  "责任单位：市教育局\n3.丙事项要做好。\n责任单位：市教育局\n");

    (void)state;
    assert_int_equal(doc->nfurniture, 0);
    assert_int_equal(doc->nblocks, 6);
    xj_pool_destroy(pool);
}

/* In a text broken at a width, lines that end short go on where they cannot end: behind 和, and
 * inside a number. */
static void
test_read__lines_that_cannot_end_go_on(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_doc *doc = read_text(pool, "为落实《健康行动（2019—2030年）》和\n"
                                  "《关于推进健康行动的实施意见》（政发〔2\n"
                                  "020〕11号），制定本方案，请各单位结合工作实际，认真抓好贯彻\n"
                                  "落实，并请各牵头单位于每季度最后一个月将进展情况报送推进委员\n"
                                  "会办公室，由办公室汇总后，分别报送市人民政府和省推进委员会办\n"
                                  "公室，同时抄送各县区人民政府，作为年度考核评价工作的重要依据\n"
                                  "和奖惩参考。\n");

    (void)state;
    assert_int_equal(doc->nblocks, 1);
    assert_true(xj_str_has(block(doc, 0), XJ_STR("》和《关于")));
    assert_true(xj_str_has(block(doc, 0), XJ_STR("政发〔2020〕11号")));
    xj_pool_destroy(pool);
}

static void
test_read__headings_are_not_joined(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_doc *doc =
        read_text(pool, "一、总体要求\n坚持预防为主，深入推进。\n（五）\n推进健康环境行动\n"
                        "溪州市卫生健康委员会\n2023年3月20日\n");

    (void)state;
    assert_int_equal(doc->nblocks, 5);
    assert_str(block(doc, 2), "（五）推进健康环境行动");
    assert_str(block(doc, 4), "2023年3月20日");
    xj_pool_destroy(pool);
}

static void
test_read__tabs_make_a_table(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_doc *doc =
        read_text(pool, "任务表\n序号\t任务\t单位\n1\t 甲 \t市教育局\n\n3\n\n\t\t市体育局\n");
    const xj_block *t;

    (void)state;
    assert_int_equal(doc->nblocks, 2);
    t = &doc->blocks[1];
    assert_int_equal(t->kind, XJ_BLOCK_TABLE);
    assert_int_equal(t->nrows, 3);
    assert_int_equal(t->ncols, 3);
    assert_int_equal(t->ncells, 9);
    assert_str(xj_str_sub(doc->text, t->cells[4].from, t->cells[4].to), "甲");
    assert_int_equal(t->cells[8].row, 2);
    assert_str(xj_str_sub(doc->text, t->cells[8].from, t->cells[8].to), "市体育局");
    xj_pool_destroy(pool);
}

static void
test_read__bars_make_a_table(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_doc *doc = read_text(pool, "责任清单\n序号 | 任务 | 单位\n1 | 甲 | 市教育局\n2 | 乙 |\n"
                                  "有关要求：按时报送。\n"
                                  "|任务｜单位|\n|---|---|\n|丙｜市体育局|\n甲方|乙方\n");
    const xj_block *t = &doc->blocks[1];

    (void)state;
    assert_int_equal(doc->nblocks, 5);
    assert_int_equal(t->kind, XJ_BLOCK_TABLE);
    assert_int_equal(t->nrows, 3);
    assert_int_equal(t->ncols, 3);
    assert_str(xj_str_sub(doc->text, t->cells[5].from, t->cells[5].to), "市教育局");
    assert_int_equal(t->cells[8].row, 2);
    assert_str(xj_str_sub(doc->text, t->cells[8].from, t->cells[8].to), "");
    /* what stands below is no part of the last row, whose last cell is empty */
    assert_str(block(doc, 2), "有关要求：按时报送。");
    t = &doc->blocks[3];
    assert_int_equal(t->kind, XJ_BLOCK_TABLE);
    assert_int_equal(t->nrows, 2); /* the rule is none */
    assert_int_equal(t->ncols, 2);
    assert_str(xj_str_sub(doc->text, t->cells[3].from, t->cells[3].to), "市体育局");
    assert_int_equal(doc->blocks[4].kind, XJ_BLOCK_PARAGRAPH);
    xj_pool_destroy(pool);
}

static void
test_read__a_cell_broken_over_lines_is_one(void **state)
{
    xj_pool *pool = xj_pool_root();
    /* a row that is short, and a line that fills it up */
    xj_doc *doc =
        read_text(pool, "任务\t时限\t单位\n甲\t6月底\t市教育局\n乙\t每年6月\n底前\t市体育局\n");
    const xj_block *t = &doc->blocks[0];

    (void)state;
    assert_int_equal(t->nrows, 3);
    assert_str(xj_str_sub(doc->text, t->cells[7].from, t->cells[7].to), "每年6月底前");
    xj_pool_destroy(pool);
}

static void
test_read__one_line_with_a_tab_is_no_table(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_doc *doc = read_text(pool, "一、甲\n溪州市政府办公室\t2023年3月20日印发\n");

    (void)state;
    assert_int_equal(doc->blocks[1].kind, XJ_BLOCK_PARAGRAPH);
    assert_str(block(doc, 1), "溪州市政府办公室 2023年3月20日印发");
    xj_pool_destroy(pool);
}

/* Entries of one width behind each other are no broken line; the end of a key (责任|单位：) is. */
static void
test_read__entries_with_keys_stand_apart(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_doc *doc = read_text(pool, "第一季度：完成企业摸底。责任单位：市教育局\n"
                                  "第二季度：治理重点企业。责任单位：市体育局\n"
                                  "10月底前：开展联合执法。责任单位：市财政局\n"
                                  "第四季度：开展整改回访。责任单位：市民政局\n");

    (void)state;
    assert_int_equal(doc->nblocks, 4);
    assert_str(block(doc, 2), "10月底前：开展联合执法。责任单位：市财政局");
    doc = read_text(
        pool,
        "牵头单位：市教育局、市体育局、市民政局，配合\n单位：市财政局、市人社局、市医保局、市公安局"
        "\n"
        "责任领导：市政府副市长以及市政府副秘书长\n完成时限：二零二六年十二月三十一日之前完成\n");
    assert_str(
        block(doc, 0),
        "牵头单位：市教育局、市体育局、市民政局，配合单位：市财政局、市人社局、市医保局、市公安局");
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read__what_is_no_text_is_refused),
        cmocka_unit_test(test_read__too_large_at_one_byte_above_the_limit),
        cmocka_unit_test(test_read__byte_order_mark_and_line_ends),
        cmocka_unit_test(test_read__lines_broken_at_a_width_are_joined),
        cmocka_unit_test(test_read__a_paragraph_broken_by_a_page_goes_on),
        cmocka_unit_test(test_read__running_heads_go_and_the_title_stays),
        cmocka_unit_test(test_read__repeated_lines_of_units_are_no_running_heads),
        cmocka_unit_test(test_read__lines_that_cannot_end_go_on),
        cmocka_unit_test(test_read__headings_are_not_joined),
        cmocka_unit_test(test_read__tabs_make_a_table),
        cmocka_unit_test(test_read__bars_make_a_table),
        cmocka_unit_test(test_read__a_cell_broken_over_lines_is_one),
        cmocka_unit_test(test_read__one_line_with_a_tab_is_no_table),
        cmocka_unit_test(test_read__entries_with_keys_stand_apart),
    };

    return xjtest_main(tests);
}
