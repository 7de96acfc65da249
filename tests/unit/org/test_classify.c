#include "org/org_priv.h"

#include "support/xjtest.h"

typedef struct row {
    const char *name;
    xj_unit_kind kind;
    xj_level level;
    const char *area; /* NULL: none */
} row;

static const row rows[] = {
    {"市卫生健康委", XJ_UNIT_GOVERNMENT, XJ_LEVEL_CITY, NULL},
    {"市卫健体委", XJ_UNIT_GOVERNMENT, XJ_LEVEL_CITY, NULL},
    {"市卫生健康委老龄健康科", XJ_UNIT_GOVERNMENT, XJ_LEVEL_CITY, NULL},
    {"区卫生健康委中医药股", XJ_UNIT_GOVERNMENT, XJ_LEVEL_COUNTY, NULL},
    {"县卫生健康局", XJ_UNIT_GOVERNMENT, XJ_LEVEL_COUNTY, NULL},
    {"市市场监管局", XJ_UNIT_GOVERNMENT, XJ_LEVEL_CITY, NULL},
    {"市城市管理局", XJ_UNIT_GOVERNMENT, XJ_LEVEL_CITY, NULL},
    {"市发展和改革委员会", XJ_UNIT_GOVERNMENT, XJ_LEVEL_CITY, NULL},
    {"市扶贫办", XJ_UNIT_GOVERNMENT, XJ_LEVEL_CITY, NULL},
    {"市生态环境局沂东分局", XJ_UNIT_GOVERNMENT, XJ_LEVEL_CITY, NULL},
    {"云湖区人民政府", XJ_UNIT_GOVERNMENT, XJ_LEVEL_COUNTY, "云湖区"},
    {"岚溪县人民政府", XJ_UNIT_GOVERNMENT, XJ_LEVEL_COUNTY, "岚溪县"},
    {"镇平县人民政府", XJ_UNIT_GOVERNMENT, XJ_LEVEL_COUNTY, "镇平县"},
    {"云沂海关", XJ_UNIT_GOVERNMENT, XJ_LEVEL_NONE, NULL},
    {"市委宣传部", XJ_UNIT_PARTY, XJ_LEVEL_CITY, NULL},
    {"县委编办", XJ_UNIT_PARTY, XJ_LEVEL_COUNTY, NULL},
    {"市网信办", XJ_UNIT_PARTY, XJ_LEVEL_CITY, NULL},
    {"市直机关工委", XJ_UNIT_PARTY, XJ_LEVEL_CITY, NULL},
    {"市委市直机关工委", XJ_UNIT_PARTY, XJ_LEVEL_CITY, NULL},
    {"中共岚溪县委", XJ_UNIT_PARTY, XJ_LEVEL_COUNTY, "岚溪县"},
    {"团市委", XJ_UNIT_MASS, XJ_LEVEL_CITY, NULL},
    {"团县委", XJ_UNIT_MASS, XJ_LEVEL_COUNTY, NULL},
    {"市妇联", XJ_UNIT_MASS, XJ_LEVEL_CITY, NULL},
    {"市总工会", XJ_UNIT_MASS, XJ_LEVEL_CITY, NULL},
    {"市关工委", XJ_UNIT_MASS, XJ_LEVEL_CITY, NULL},
    {"云沂石材行业协会", XJ_UNIT_MASS, XJ_LEVEL_NONE, NULL},
    {"市爱卫办", XJ_UNIT_COMMITTEE, XJ_LEVEL_CITY, NULL},
    {"健康云沂行动推进委员会办公室", XJ_UNIT_COMMITTEE, XJ_LEVEL_NONE, NULL},
    {"市新型冠状病毒感染的肺炎疫情防控指挥部", XJ_UNIT_COMMITTEE, XJ_LEVEL_CITY, NULL},
    {"市疾控中心", XJ_UNIT_INSTITUTION, XJ_LEVEL_CITY, NULL},
    {"市疾控局", XJ_UNIT_GOVERNMENT, XJ_LEVEL_CITY, NULL},
    {"市中医医院", XJ_UNIT_INSTITUTION, XJ_LEVEL_CITY, NULL},
    {"祝阳镇卫生院", XJ_UNIT_INSTITUTION, XJ_LEVEL_TOWN, "祝阳镇"},
    {"泰安市岱岳区祝阳镇卫生院", XJ_UNIT_INSTITUTION, XJ_LEVEL_TOWN, "泰安市岱岳区祝阳镇"},
    {"市健康教育所", XJ_UNIT_INSTITUTION, XJ_LEVEL_CITY, NULL},
    {"驻马店日报社", XJ_UNIT_INSTITUTION, XJ_LEVEL_NONE, NULL},
    {"社区卫生服务中心", XJ_UNIT_INSTITUTION, XJ_LEVEL_NONE, NULL},
    {"武汉铁路局驻马店车务段", XJ_UNIT_ENTERPRISE, XJ_LEVEL_NONE, NULL},
    {"云沂火车站", XJ_UNIT_ENTERPRISE, XJ_LEVEL_NONE, NULL},
    {"各县市区", XJ_UNIT_GROUP, XJ_LEVEL_COUNTY, NULL},
    {"各县（区）人民政府", XJ_UNIT_GROUP, XJ_LEVEL_COUNTY, NULL},
    {"各乡镇（街道）", XJ_UNIT_GROUP, XJ_LEVEL_TOWN, NULL},
    {"各成员单位", XJ_UNIT_GROUP, XJ_LEVEL_NONE, NULL},
    {"市直各有关部门", XJ_UNIT_GROUP, XJ_LEVEL_CITY, NULL},
    {"市爱卫会各成员单位", XJ_UNIT_GROUP, XJ_LEVEL_CITY, NULL},
    {"用人单位", XJ_UNIT_GROUP, XJ_LEVEL_NONE, NULL},
    {"委属相关医疗机构", XJ_UNIT_GROUP, XJ_LEVEL_NONE, NULL},
    {"河南省卫生健康委", XJ_UNIT_GOVERNMENT, XJ_LEVEL_PROVINCE, "河南省"},
    {"省教育厅", XJ_UNIT_GOVERNMENT, XJ_LEVEL_PROVINCE, NULL},
    {"国家卫生健康委", XJ_UNIT_GOVERNMENT, XJ_LEVEL_NATION, NULL},
    {"x", XJ_UNIT_OTHER, XJ_LEVEL_NONE, NULL},
    {"市", XJ_UNIT_OTHER, XJ_LEVEL_CITY, NULL},
};

static void
test_unit_classify__names_of_plans(void **state)
{
    int wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const row *r = &rows[i];
        xj_unit_kind kind;
        xj_level level;
        xj_str area;

        xj_unit_classify(&kind, &level, &area, xj_str_c(r->name));
        if (kind == r->kind && level == r->level && xj_str_eq(area, xj_str_c(r->area)))
            continue;
        wrong++;
        fprintf(stderr, "# %s: %s %s \"" XJ_FMT "\"\n", r->name, xj_unit_kind_word(kind),
                xj_level_word(level), XJ_ARG(area));
    }
    assert_int_equal(wrong, 0);
}

static void
test_unit_kind_parse__only_its_words(void **state)
{
    xj_unit_kind kind = XJ_UNIT_OTHER;

    (void)state;
    for (int i = XJ_UNIT_OTHER; i <= XJ_UNIT_GROUP; i++) {
        assert_true(xj_unit_kind_parse(&kind, xj_str_c(xj_unit_kind_word((xj_unit_kind)i))));
        assert_int_equal(kind, i);
    }
    assert_false(xj_unit_kind_parse(&kind, XJ_STR("")));
    assert_false(xj_unit_kind_parse(&kind, XJ_STR("Party")));
}

static void
test_rules__are_of_known_sorts(void **state)
{
    (void)state;
    for (size_t i = 0; i < xj_org__nrules; i++) {
        const xj_org__rule *rule = &xj_org__rules[i];
        xj_unit_kind kind;

        assert_non_null(strstr(" prefix suffix has exact ", rule->where));
        assert_non_null(strstr(" kind standing level head skip notplace ", rule->what));
        if (strcmp(rule->what, "kind") == 0)
            assert_true(xj_unit_kind_parse(&kind, xj_str_c(rule->value)));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unit_classify__names_of_plans),
        cmocka_unit_test(test_unit_kind_parse__only_its_words),
        cmocka_unit_test(test_rules__are_of_known_sorts),
    };

    return xjtest_main(tests);
}
