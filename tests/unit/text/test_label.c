#include "support/xjtest.h"

#include "text/label.h"

static xj_label
parse(const char *text)
{
    xj_char c[32];

    return xj_label_parse(c, xj_chars_fold_some(c, 32, xj_str_c(text), NULL));
}

static void
test_parse__each_kind(void **state)
{
    static const struct {
        const char *text;
        xj_label_kind kind;
        int value;
        size_t len;
    } cases[] = {
        {"第三章 总则", XJ_LABEL_PART, 3, 3},
        {"第一部分 目标", XJ_LABEL_PART, 1, 4},
        {"第二节 监护", XJ_LABEL_SECTION, 2, 3},
        {"1.6月底前", XJ_LABEL_NUM, 1, 2},
        {"3.2027年底前", XJ_LABEL_NUM, 3, 2},
        {"6. 65岁以上老年人", XJ_LABEL_NUM, 6, 2},
        {"3.35-64周岁妇女", XJ_LABEL_NUM, 3, 2},
        {"4.6岁以下儿童", XJ_LABEL_NUM, 4, 2},
        {"2.24小时动态心电", XJ_LABEL_NUM, 2, 2},
        {"5.120急救体系", XJ_LABEL_NUM, 5, 2},
        {"7.100个社区", XJ_LABEL_NUM, 7, 2},
        {"第十二条 各单位", XJ_LABEL_ARTICLE, 12, 4},
        {"专项行动二：控烟行动", XJ_LABEL_HAN_PAR, 2, 6},
        {"行动12：控烟", XJ_LABEL_HAN_PAR, 12, 5},
        {"一、总体要求", XJ_LABEL_HAN, 1, 2},
        {"十一、附则", XJ_LABEL_HAN, 11, 3},
        {"（一）控烟行动", XJ_LABEL_HAN_PAR, 1, 3},
        {"(十六)甲", XJ_LABEL_HAN_PAR, 16, 4},
        {"1.做好", XJ_LABEL_NUM, 1, 2},
        {"12、做好", XJ_LABEL_NUM, 12, 3},
        {"１．做好", XJ_LABEL_NUM, 1, 2},
        {"1. 做好", XJ_LABEL_NUM, 1, 2},
        {"2.1完善", XJ_LABEL_NUM_2, 1, 3},
        {"2.1.3 完善", XJ_LABEL_NUM_3, 3, 5},
        {"（3）甲", XJ_LABEL_NUM_PAR, 3, 3},
        {"3）甲", XJ_LABEL_NUM_PAR, 3, 2},
        {"②甲", XJ_LABEL_CIRCLE, 2, 1},
        {"⑵甲", XJ_LABEL_NUM_PAR, 2, 1},
        {"一是做好", XJ_LABEL_ORDINAL, 1, 2},
        {"第一件：新建", XJ_LABEL_ARTICLE, 1, 4},
        {"榜单二：队伍", XJ_LABEL_HAN_PAR, 2, 4},
        {"问题3：配备", XJ_LABEL_HAN_PAR, 3, 4},
        {"C.总结评估", XJ_LABEL_NUM, 3, 2},
        {"B．学科建设", XJ_LABEL_NUM, 2, 2},
        {"A12、手术占比", XJ_LABEL_NUM, 12, 4},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_label label = parse(cases[i].text);

        assert_int_equal(label.kind, cases[i].kind);
        assert_int_equal(label.value, cases[i].value);
        assert_int_equal(label.len, cases[i].len);
    }
}

static void
test_parse__figures_and_words_are_no_labels(void **state)
{
    static const char *const texts[] = {"2020年是关键", "1.5万人",   "4.5%以内",   "1.5小时",
                                        "1.125万人",    "12320热线", "一次检查",   "半、",
                                        "第一时间",     "行动一致",  "专项行动：", "（市、区）",
                                        "(2020)3号",    "甲",        "",           "3月底前",
                                        "A级旅游景区",  "C.R.P检测", "DR设备"};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(parse(texts[i]).kind, XJ_LABEL_NONE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse__each_kind),
        cmocka_unit_test(test_parse__figures_and_words_are_no_labels),
    };

    return xjtest_main(tests);
}
