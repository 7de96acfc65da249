#include "support/xjtest.h"

#include "doc/docx_priv.h"

/* The label of the ORDINAL-th paragraph of a list whose only level has FMT and TEXT. */
static void
expect(const char *fmt, const char *text, int ordinal, const char *expected)
{
    xj_pool *pool = xj_pool_root();
    xj_str numbering =
        xj_str_printf(pool,
                      "<numbering><abstractNum abstractNumId='3'><lvl ilvl='0'><start val='1'/>"
                      "<numFmt val='%s'/><lvlText val='%s'/></lvl></abstractNum>"
                      "<num numId='1'><abstractNumId val='3'/></num></numbering>",
                      fmt, text);
    xj_docx_sheet sheet;
    xj_str label = XJ_STR("");

    must_ok(xj_docx__sheet(&sheet, XJ_STR_NONE, numbering, pool));
    for (int i = 0; i < ordinal; i++)
        label = xj_docx__label(&sheet, 1, 0, XJ_STR(""), pool);
    assert_str(label, expected);
    xj_pool_destroy(pool);
}

static void
test_label__prints_every_format(void **state)
{
    (void)state;
    expect("decimal", "%1.", 12, "12.");
    expect("chineseCountingThousand", "%1、", 1, "一、");
    expect("chineseCountingThousand", "%1、", 10, "十、");
    expect("chineseCounting", "（%1）", 15, "（十五）");
    expect("chineseCounting", "第%1条", 20, "第二十条");
    expect("chineseCounting", "%1", 105, "一百零五");
    expect("chineseCounting", "%1", 110, "一百一十");
    expect("decimalEnclosedCircleChinese", "%1", 3, "③");
    expect("decimalEnclosedCircle", "%1", 21, "㉑");
    expect("upperRoman", "%1.", 14, "XIV.");
    expect("lowerLetter", "%1)", 2, "b)");
    expect("decimalZero", "%1", 7, "07");
    expect("ideographTraditional", "%1、", 2, "乙、");
    expect("bullet", "·", 2, "");
}

static void
test_label__restarts_and_overrides(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_str numbering =
        XJ_STR("<numbering><abstractNum abstractNumId='0'>"
               "<lvl ilvl='0'><start val='1'/><numFmt val='decimal'/><lvlText val='%1'/></lvl>"
               "<lvl ilvl='1'><start val='1'/><numFmt val='decimal'/><lvlText val='%1.%2'/></lvl>"
               "</abstractNum><num numId='1'><abstractNumId val='0'/></num>"
               "<num numId='2'><abstractNumId val='0'/><lvlOverride ilvl='0'>"
               "<startOverride val='5'/></lvlOverride></num></numbering>");
    xj_docx_sheet sheet;

    must_ok(xj_docx__sheet(&sheet, XJ_STR_NONE, numbering, pool));
    assert_str(xj_docx__label(&sheet, 1, 0, XJ_STR(""), pool), "1");
    assert_str(xj_docx__label(&sheet, 1, 1, XJ_STR(""), pool), "1.1");
    assert_str(xj_docx__label(&sheet, 1, 1, XJ_STR(""), pool), "1.2");
    assert_str(xj_docx__label(&sheet, 1, 0, XJ_STR(""), pool), "2");
    assert_str(xj_docx__label(&sheet, 1, 1, XJ_STR(""), pool), "2.1");
    assert_str(xj_docx__label(&sheet, 2, 0, XJ_STR(""), pool), "5");
    assert_str(xj_docx__label(&sheet, 2, 0, XJ_STR(""), pool), "6");
    assert_str(xj_docx__label(&sheet, 9, 0, XJ_STR(""), pool), "");
    xj_pool_destroy(pool);
}

static void
test_styles__bases_are_followed_and_rings_end(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_docx_sheet sheet;

    must_ok(xj_docx__sheet(
        &sheet,
        XJ_STR("<styles><style type='paragraph' styleId='h'><name val='标题2'/></style>"
               "<style type='paragraph' styleId='own'><name val='mine'/><basedOn val='h'/></style>"
               "<style type='paragraph' styleId='a'><name val='a'/><basedOn val='b'/></style>"
               "<style type='paragraph' styleId='b'><name val='b'/><basedOn val='a'/></style>"
               "</styles>"),
        XJ_STR_NONE, pool));
    assert_int_equal(xj_docx__style(&sheet, XJ_STR("own"))->outline, 1);
    assert_int_equal(xj_docx__style(&sheet, XJ_STR("a"))->outline, -1);
    assert_null(xj_docx__style(&sheet, XJ_STR("none")));
    xj_pool_destroy(pool);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_label__prints_every_format),
        cmocka_unit_test(test_label__restarts_and_overrides),
        cmocka_unit_test(test_styles__bases_are_followed_and_rings_end),
    };

    return xjtest_main(tests);
}
