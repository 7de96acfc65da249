#include "notice/notice_priv.h"

#include "support/xjtest.h"

static const char digest[] =
    "[{\"obligation\":3,\"kind\":\"return\",\"due\":\"2026-06-15\",\"rows\":12,\"title\":\"\"},"
    "{\"obligation\":5,\"kind\":\"finish\",\"due\":\"2026-06-01\",\"rows\":0,\"title\":"
    "\"办好专栏\"},"
    "{\"obligation\":6,\"kind\":\"no_such\",\"due\":\"2026-06-16\",\"rows\":0,\"title\":\"\"}]";

static xj_notice_letter
letter(const char *items, xj_pool *pool)
{
    xj_notice_letter l = {.kind = XJ_STR("digest"),
                          .unit = XJ_STR("市教育局"),
                          .subject = XJ_STR("2026-W24"),
                          .made_for = XJ_STR("2026-06-08"),
                          .all = true,
                          .person = XJ_STR("张三"),
                          .chinese = true};

    must_ok(xj_json_parse(&l.items, xj_str_c(items), 1 << 20, pool));
    return l;
}

static void
test_compose__lists_what_is_owed_in_either_language(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_notice_letter l = letter(digest, pool);
    xj_str title, text;

    (void)state;
    xj_notice__compose(&title, &text, &l, pool);
    assert_str(title, "本周应办 3 件（市教育局）");
    assert_str(text, "张三，您好：\n\n市教育局本周及逾期未办的事项：\n"
                     "1. 2026年6月15日到期　报送单（12 项任务）\n"
                     "2. 2026年6月1日到期（已逾期）　完成：办好专栏\n"
                     "3. 2026年6月16日到期　应办事项\n\n"
                     "本信由系统自动发出，请勿回复。接收方式可在“消息”页面修改。\n");
    l.chinese = false;
    l.site = XJ_STR("http://h:1");
    xj_notice__compose(&title, &text, &l, pool);
    assert_str(title, "This week: 3 due (市教育局)");
    assert_true(xj_str_has(text, XJ_STR("1. due 2026-06-15  return (12 tasks)\n")));
    assert_true(xj_str_has(text, XJ_STR("http://h:1/notices\n")));
    xj_pool_destroy(pool);
}

static void
test_compose__leaves_out_what_is_settled(void **state)
{
    static const int64_t open[] = {5};
    xj_pool *pool = xj_pool_root();
    xj_notice_letter l = letter(digest, pool);
    xj_str title, text;

    (void)state;
    l.all = false;
    l.open = open;
    l.nopen = 1;
    l.kind = XJ_STR("chase");
    xj_notice__compose(&title, &text, &l, pool);
    assert_str(title, "催办：逾期 1 件（市教育局）");
    assert_false(xj_str_has(text, XJ_STR("报送单")));
    assert_true(xj_str_has(text, XJ_STR("1. 2026年6月1日到期（已逾期）　完成：办好专栏\n")));
    xj_pool_destroy(pool);
}

static void
test_compose__says_what_changed_from_what_to_what(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_str title, text;
    xj_notice_letter l;

    (void)state;
    l = letter(
        "[{\"obligation\":9,\"kind\":\"receipt\",\"due\":\"2026-06-05\",\"rows\":2,\"title\":"
        "\"要点\"},"
        "{\"obligation\":0,\"kind\":\"task\",\"due\":\"2026-06-07\",\"rows\":0,\"title\":"
        "\"建步道\",\"duty\":4,"
        "\"move\":\"amend\",\"why\":\"文件有新版本\",\"changes\":["
        "{\"field\":\"due\",\"before\":\"9999-12-31\",\"after\":\"2026-11-30\"},"
        "{\"field\":\"text\",\"before\":\"甲\",\"after\":\"乙\"}]},"
        "{\"obligation\":0,\"kind\":\"more\",\"due\":\"2026-06-08\",\"rows\":7,\"title\":\"\"}]",
        pool);
    l.kind = XJ_STR("change");
    l.all = false; /* what changed is told, whatever is owed still */
    xj_notice__compose(&title, &text, &l, pool);
    assert_str(title, "任务变动 3 项（市教育局）");
    assert_true(xj_str_has(
        text,
        XJ_STR("1. 2026年6月5日印发　待签收通知：要点\n"
               "2. 2026年6月7日　任务：建步道，任务调整；完成时限由“无期限”改为“2026年11月30日”；"
               "任务表述有改动；原因：文件有新版本\n")));
    /* that new tasks came and no more is said as such */
    l = letter("[{\"obligation\":9,\"kind\":\"receipt\",\"due\":\"2026-06-05\",\"rows\":2,"
               "\"title\":\"要点\"}]",
               pool);
    l.kind = XJ_STR("change");
    xj_notice__compose(&title, &text, &l, pool);
    assert_str(title, "有通知待签收（市教育局）");
    xj_pool_destroy(pool);
}

static void
test_compose__a_long_list_is_cut_and_says_so(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_str title, text;
    xj_notice_letter l;
    xj_buf items;

    (void)state;
    xj_buf_init(&items, pool, 1 << 20);
    xj_buf_add(&items, XJ_STR("["));
    for (int i = 1; i <= XJ_NOTICE_ITEMS_SHOWN + 7; i++)
        xj_buf_printf(&items, "%s{\"obligation\":%d,\"kind\":\"start\",\"due\":\"2026-06-09\"}",
                      i == 1 ? "" : ",", i);
    xj_buf_add(&items, XJ_STR("]"));
    l = letter(xj_str_cdup(xj_buf_str(&items), pool), pool);
    xj_notice__compose(&title, &text, &l, pool);
    assert_str(title, "本周应办 57 件（市教育局）");
    assert_true(xj_str_has(text, XJ_STR("\n50. ")));
    assert_false(xj_str_has(text, XJ_STR("\n51. ")));
    assert_true(xj_str_has(text, XJ_STR("……另有 7 件\n")));
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_compose__lists_what_is_owed_in_either_language),
        cmocka_unit_test(test_compose__leaves_out_what_is_settled),
        cmocka_unit_test(test_compose__says_what_changed_from_what_to_what),
        cmocka_unit_test(test_compose__a_long_list_is_cut_and_says_so),
    };

    return xjtest_main(tests);
}
