#include "org/org_priv.h"

#include "support/xjtest.h"

#define PROPOSED 60 /* as in unit.c: from here on a person is asked */

typedef struct pair {
    const char *a, *b;
} pair;

/* One unit under two names. */
static const pair same[] = {
    {"市卫健体委", "市卫生健康委"},
    {"市卫健委", "市卫生健康委"},
    {"市卫生健康委", "市卫生健康委员会"},
    {"泰安市卫生健康委员会", "市卫生健康委"},
    {"市发改委", "市发展改革委"},
    {"市发改委", "市发展和改革委员会"},
    {"市人社局", "市人力资源社会保障局"},
    {"市人社局", "市人力资源和社会保障局"},
    {"市人力资源社会保障局", "市人力资源和社会保障局"},
    {"市住建局", "市住房城乡建设局"},
    {"市住建局", "市住房和城乡建设局"},
    {"市交通局", "市交通运输局"},
    {"市工信局", "市工业和信息化局"},
    {"市文旅局", "市文化和旅游局"},
    {"市文广旅局", "市文化和旅游局"},
    {"市文广旅局", "市文化广电旅游局"},
    {"市文化旅游局", "市文化和旅游局"},
    {"市文化广电旅游局", "市文化和旅游局"},
    {"市城管局", "市城市管理局"},
    {"市应急局", "市应急管理局"},
    {"市科技局", "市科学技术局"},
    {"区教体局", "区教育体育局"},
    {"市市场监管局", "市市场监督管理局"},
    {"市自然资源局", "市自然资源和规划局"},
    {"市医保局", "市医疗保障局"},
    {"市国资委", "市国有资产监督管理委员会"},
    {"市民宗局", "市民族宗教局"},
    {"市疾控中心", "市疾病预防控制中心"},
    {"市机关事务中心", "市机关事务服务中心"},
    {"市畜牧兽医服务中心", "市畜牧兽医事业服务中心"},
    {"市妇联", "市妇女联合会"},
    {"市残联", "市残疾人联合会"},
    {"市科协", "市科学技术协会"},
    {"市工商联", "市工商业联合会"},
    {"市红十字会", "市红会"},
    {"市网信办", "市委网信办"},
    {"市直机关工委", "市委市直机关工委"},
    {"市生态环境局", "市环境局"},
    {"市卫生健康局", "市卫生健康委"},
    {"市退役军人局", "市退役军人事务局"},
    {"市爱卫会", "市爱国卫生运动委员会"},
    {"市融媒体中心", "市融媒中心"},
};

/* Two units. */
static const pair apart[] = {
    {"市卫生健康委", "区卫生健康委"},
    {"泰安市教育局", "云沂市教育局"},
    {"市教育局", "市体育局"},
    {"市教育局", "市教育局体卫艺科"},
    {"市民政局", "市财政局"},
    {"市司法局", "市公安局"},
    {"市工信局", "市工商局"},
    {"市农业农村局", "市林业局"},
    {"市水利局", "市林业局"},
    {"市商务局", "市税务局"},
    {"市疾控中心", "市疾控局"},
    {"市疾控中心", "市急救中心"},
    {"市大数据局", "市医保局"},
    {"市中医医院", "市中心医院"},
    {"市第一人民医院", "市第二人民医院"},
    {"市第一中学", "市第三中学"},
    {"市妇联", "市残联"},
    {"市妇联", "市科协"},
    {"市文联", "市妇联"},
    {"市委宣传部", "市委组织部"},
    {"市委政法委", "市委宣传部"},
    {"市委编办", "市委网信办"},
    {"市中医药管理局", "市邮政管理局"},
    {"市应急管理局", "市邮政管理局"},
    {"市市场监管局", "市烟草专卖局"},
    {"市扶贫办", "市爱卫办"},
    {"市审计局", "市统计局"},
    {"市机关事务服务中心", "市畜牧兽医服务中心"},
    {"市园林绿化中心", "市大数据中心"},
    {"市总工会", "市红十字会"},
    {"云湖区人民政府", "岚溪县人民政府"},
    {"市自然资源和规划局", "市人力资源社会保障局"},
    {"市城市管理局", "市应急管理局"},
    {"市民族宗教局", "市民政局"},
};

static int
count(const pair *pairs, size_t n, bool proposed, const char *said)
{
    xj_pool *pool = xj_pool_root();
    int wrong = 0;

    for (size_t i = 0; i < n; i++) {
        int there = xj_unit_likeness(xj_str_c(pairs[i].a), xj_str_c(pairs[i].b), pool);
        int back = xj_unit_likeness(xj_str_c(pairs[i].b), xj_str_c(pairs[i].a), pool);

        assert_int_equal(there, back);
        assert_in_range(there, 0, 100);
        if ((there >= PROPOSED) != proposed) {
            wrong++;
            fprintf(stderr, "# %s: %s ~ %s (%d)\n", said, pairs[i].a, pairs[i].b, there);
        }
    }
    xj_pool_destroy(pool);
    return wrong;
}

static void
test_unit_likeness__finds_aliases_and_asks_little_else(void **state)
{
    size_t nsame = sizeof same / sizeof *same, napart = sizeof apart / sizeof *apart;
    int missed = count(same, nsame, true, "missed");
    int noise = count(apart, napart, false, "asked in vain");

    (void)state;
    fprintf(stderr, "# %d of %zu aliases found, %d of %zu other pairs asked\n", (int)nsame - missed,
            nsame, noise, napart);
    assert_in_range(missed, 0, 1);
    assert_int_equal(noise, 0);
}

static void
test_unit_likeness__of_a_name_with_itself_is_certain(void **state)
{
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        assert_in_range(xj_unit_likeness(xj_str_c(same[i].a), xj_str_c(same[i].a), pool), 90, 100);
    assert_int_equal(xj_unit_likeness(XJ_STR(""), XJ_STR(""), pool), 0);
    assert_int_equal(xj_unit_likeness(XJ_STR("市教育局"), XJ_STR(""), pool), 0);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unit_likeness__finds_aliases_and_asks_little_else),
        cmocka_unit_test(test_unit_likeness__of_a_name_with_itself_is_certain),
    };

    return xjtest_main(tests);
}
