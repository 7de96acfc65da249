#include "reporttest.h"

#include "duty/intake.h"

/* A return of three tasks of one action, as an office would have them. */
static xj_report *
three_rows(xj_pool *pool)
{
    static const struct {
        const char *no, *title, *words;
    } rows[] = {
        {"1", "举办健康讲座",
         "举办健康讲座，每年面向居民培训300人次以上，普及合理膳食和科学用药知识。"},
        {"2", "建好宣传队伍", "建好宣传队伍，组建健康科普专家库，常年开展巡讲。"},
        {"3", "开展控烟宣传", "开展控烟宣传，建设无烟机关和无烟学校，公共场所张贴禁烟标识。"},
    };
    xj_report *report = XJ_NEW(pool, xj_report);

    report->nrows = 3;
    report->rows = XJ_NEW_ARRAY(pool, xj_report_row, 3);
    for (size_t i = 0; i < 3; i++)
        report->rows[i] = (xj_report_row){.duty = (int64_t)i + 1,
                                          .no = xj_str_c(rows[i].no),
                                          .title = xj_str_c(rows[i].title),
                                          .words = xj_str_c(rows[i].words)};
    return report;
}

static size_t
propose(xj_intake_piece **pieces, const char *text, xj_pool *pool)
{
    xj_doc *doc;
    size_t n;

    must_ok(xj_doc_read_text(&doc, xj_str_c(text), pool, pool));
    must_ok(xj_intake_propose(pieces, &n, doc, three_rows(pool), pool));
    return n;
}

/* Each piece of PIECES as "DUTY part: beginning". */
static void
check(const xj_intake_piece *pieces, size_t n, const char *const *wanted, xj_pool *pool)
{
    for (size_t i = 0; i < n; i++) {
        const xj_str said =
            xj_str_printf(pool, "%d %s: " XJ_FMT, (int)pieces[i].duty,
                          xj_intake_part_word(pieces[i].part), XJ_ARG(pieces[i].text));

        assert_non_null(wanted[i]);
        if (!xj_str_starts(said, xj_str_c(wanted[i])))
            fail_msg("piece %zu is \"" XJ_FMT "\", not \"%s\"", i, XJ_ARG(said), wanted[i]);
    }
    assert_null(wanted[n]);
}

static void
test_intake_propose__paragraphs_go_to_the_rows_they_are_like(void **state)
{
    static const char *const wanted[] = {"0 none: 市教育局关于健康行动推进情况的报告",
                                         "0 none: 市推进办：",
                                         "0 none: 现将上半年工作报告如下",
                                         "0 none: 一、工作开展情况",
                                         "3 text: 在机关和学校张贴禁烟标识",
                                         "1 text: （二）组织健康讲座12场",
                                         "1 text: 参加讲座的居民反响良好",
                                         "2 none: （三）建好宣传队伍",
                                         "2 text: 聘请专家八名入库",
                                         "2 difficulties: 基层人手不足",
                                         "2 next_step: 三季度再培训一批",
                                         NULL};
    xj_pool *pool = xj_pool_root();
    xj_intake_piece *pieces;
    size_t n;

    (void)state;
    n = propose(&pieces,
                "市教育局关于健康行动推进情况的报告\n\n市推进办：\n\n"
                "现将上半年工作报告如下，请审阅。\n\n一、工作开展情况\n\n"
                "（一）在机关和学校张贴禁烟标识，建成无烟学校六所，控烟宣传覆盖全部县区。\n\n"
                "（二）组织健康讲座12场，培训居民1360人次，讲解合理膳食。\n\n"
                "参加讲座的居民反响良好，纷纷表示收获很大。\n\n"
                "（三）建好宣传队伍\n\n"
                "聘请专家八名入库，全年走进企业四次。\n\n"
                "存在问题：基层人手不足。\n\n下一步打算：三季度再培训一批。\n",
                pool);
    /* a number before a paragraph may stand in its text or beside it */
    for (size_t i = 0; i < n; i++)
        if (pieces[i].duty == 3 && xj_str_starts(pieces[i].text, XJ_STR("（一）")))
            pieces[i].text = xj_str_skip(pieces[i].text, strlen("（一）"));
    check(pieces, n, wanted, pool);
    xj_pool_destroy(pool);
}

static void
test_intake_propose__a_table_says_by_its_headings_what_each_cell_is(void **state)
{
    static const char *const wanted[] = {"2 text: 巡讲三场",          "2 difficulties: 经费不足",
                                         "2 percent: 六成",           "1 text: 讲了十二场",
                                         "1 next_step: 秋季再办一期", NULL};
    xj_pool *pool = xj_pool_root();
    xj_intake_piece *pieces;
    size_t n;

    (void)state;
    n = propose(&pieces,
                "序号\t重点任务\t工作进展情况\t存在问题\t下一步打算\t完成率\n"
                "1\t建好宣传队伍，开展巡讲\t巡讲三场\t经费不足\t\t六成\n"
                "2\t举办健康讲座\t讲了十二场\t\t秋季再办一期\t\n",
                pool);
    check(pieces, n, wanted, pool);
    assert_int_equal(pieces[2].percent, 60);
    assert_int_equal(pieces[0].percent, -1);
    assert_int_equal(pieces[0].group, pieces[2].group);
    assert_int_not_equal(pieces[0].group, pieces[3].group);
    xj_pool_destroy(pool);
}

static void
test_intake_propose__what_is_like_no_row_is_left_to_a_person(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_intake_piece *pieces;
    size_t n;

    (void)state;
    n = propose(&pieces, "今天天气晴朗，我们去公园散步。\n\n健康\n", pool);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(pieces[i].duty, 0);
        assert_int_equal(pieces[i].part, XJ_PART_NONE);
    }
    xj_pool_destroy(pool);
}

static void
test_intake_propose__too_many_pieces_are_refused(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_intake_piece *pieces;
    xj_report *report = three_rows(pool);
    xj_doc doc = {.text = XJ_STR("讲座")};
    size_t n;

    (void)state;
    doc.nblocks = XJ_INTAKE_PIECES_MAX;
    doc.blocks = XJ_NEW_ARRAY(pool, xj_block, doc.nblocks + 1);
    for (size_t i = 0; i <= doc.nblocks; i++)
        doc.blocks[i] = (xj_block){.kind = XJ_BLOCK_PARAGRAPH, .to = doc.text.len};
    must_ok(xj_intake_propose(&pieces, &n, &doc, report, pool));
    assert_int_equal(n, XJ_INTAKE_PIECES_MAX);
    doc.nblocks++;
    must_fail(xj_intake_propose(&pieces, &n, &doc, report, pool), XJ_E_TOO_LARGE);
    xj_pool_destroy(pool);
}

XJTEST_STORE(test_intake_choices__the_first_that_is_owed_is_the_likeliest)
{
    const struct reporttest r = reporttest_make(t);
    xj_obligation *items;
    int64_t best;
    size_t n;

    must_ok(xj_intake_choices(&items, &n, &best, plantest_read(t), &r.f.scope, r.lead,
                              XJ_STR("2026-06-20"), t->pool));
    assert_true(n >= 2);
    assert_int_equal(best, r.returns[0].id);
    /* one that was forgotten long ago gives way to a later one */
    must_ok(xj_intake_choices(&items, &n, &best, plantest_read(t), &r.f.scope, r.lead,
                              XJ_STR("2026-12-30"), t->pool));
    assert_int_equal(best, r.returns[1].id);
    must_ok(xj_intake_choices(&items, &n, &best, plantest_read(t), &r.f.scope, r.feeder,
                              XJ_STR("2026-06-20"), t->pool));
    assert_int_equal(best, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_intake_propose__paragraphs_go_to_the_rows_they_are_like),
        cmocka_unit_test(test_intake_propose__a_table_says_by_its_headings_what_each_cell_is),
        cmocka_unit_test(test_intake_propose__what_is_like_no_row_is_left_to_a_person),
        cmocka_unit_test(test_intake_propose__too_many_pieces_are_refused),
        XJTEST_BOTH(test_intake_choices__the_first_that_is_owed_is_the_likeliest)};

    return xjtest_main(tests);
}
