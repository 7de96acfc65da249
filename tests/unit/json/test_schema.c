#include "support/xjtest.h"
#include "json/schema.h"

static const char *const colours[] = {"red", "green", NULL};
static const xj_schema any = {0};
static const xj_schema title = {.types = XJ_S_STR, .len_min = 2, .len_max = 4};
static const xj_schema colour = {.types = XJ_S_STR | XJ_S_NULL, .values = colours};
static const xj_schema day = {.types = XJ_S_STR | XJ_S_NULL, .format = XJ_FORMAT_DATE};
static const xj_schema moment = {.types = XJ_S_STR, .format = XJ_FORMAT_DATE_TIME};
static const xj_schema count = {
    .types = XJ_S_INT, .has_min = true, .min = 1, .has_max = true, .max = 9007199254740991.0};
static const xj_schema share = {
    .types = XJ_S_NUMBER, .has_min = true, .min = -0.5, .has_max = true, .max = 0.5};
static const xj_schema flag = {.types = XJ_S_BOOL};
static const xj_schema code = {.types = XJ_S_STR, .pattern = "^[0-9]{2}$"};
static const xj_schema_member pair_members[] = {{"name", &title, true}, {"of", &colour, false}};
static const xj_schema pair = {
    .types = XJ_S_OBJECT, .members = pair_members, .nmembers = 2, .closed = true};
static const xj_schema pairs = {.types = XJ_S_ARRAY, .len_min = 1, .len_max = 2, .items = &pair};
static const xj_schema *const count_or_pair_list[] = {&count, &pair, NULL};
static const xj_schema count_or_pair = {.any = count_or_pair_list};
static const xj_schema *const two_texts_list[] = {&title, &code, NULL};
static const xj_schema two_texts = {.any = two_texts_list};
static const xj_schema_member members[] = {{"title", &title, false},
                                           {"colour", &colour, false},
                                           {"day", &day, false},
                                           {"at", &moment, false},
                                           {"count", &count, false},
                                           {"share", &share, false},
                                           {"flag", &flag, false},
                                           {"code", &code, false},
                                           {"pairs", &pairs, false},
                                           {"any", &any, false},
                                           {"either", &count_or_pair, false},
                                           {"texts", &two_texts, false}};
static const xj_schema whole = {.types = XJ_S_OBJECT,
                                .len_min = 1,
                                .len_max = 3,
                                .members = members,
                                .nmembers = sizeof members / sizeof *members,
                                .closed = true};

static void
test_schema_check__takes_what_fits_and_points_at_what_does_not(void **state)
{
    static const struct {
        const char *json;
        const char *at; /* NULL: fits */
    } cases[] = {
        {"{\"title\":\"ab\"}", NULL},
        {"{\"title\":\"abcd\"}", NULL},
        {"{\"title\":\"健康行动\"}", NULL},
        {"{\"title\":\"a\"}", "/title"},
        {"{\"title\":\"abcde\"}", "/title"},
        {"{\"title\":\"健康行动计\"}", "/title"},
        {"{\"title\":7}", "/title"},
        {"{\"title\":null}", "/title"},
        {"{}", ""},
        {"{\"count\":1,\"flag\":true,\"any\":0}", NULL},
        {"{\"count\":1,\"flag\":true,\"any\":0,\"code\":\"11\"}", ""},
        {"[]", ""},
        {"\"text\"", ""},
        {"null", ""},
        {"{\"other\":1}", "/other"},
        {"{\"a/b~c\":1}", "/a~1b~0c"},
        {"{\"colour\":\"red\"}", NULL},
        {"{\"colour\":null}", NULL},
        {"{\"colour\":\"blue\"}", "/colour"},
        {"{\"colour\":\"\"}", "/colour"},
        {"{\"day\":\"2024-02-29\"}", NULL},
        {"{\"day\":null}", NULL},
        {"{\"day\":\"2023-02-29\"}", "/day"},
        {"{\"day\":\"2023-2-9\"}", "/day"},
        {"{\"at\":\"2020-12-31T23:59:60Z\"}", NULL},
        {"{\"at\":\"2020-12-31T08:00:00.123456+08:00\"}", NULL},
        {"{\"at\":\"2020-12-31 08:00:00Z\"}", "/at"},
        {"{\"at\":\"2020-12-31T08:00:00\"}", "/at"},
        {"{\"at\":\"2020-12-31T24:00:00Z\"}", "/at"},
        {"{\"at\":\"2020-12-31T08:00:00.Z\"}", "/at"},
        {"{\"at\":\"2020-12-31T08:00:00.5\"}", "/at"},
        {"{\"at\":\"2020-12-31T08:00:00+08\"}", "/at"},
        {"{\"at\":\"2020-12-31T08:00:00Zx\"}", "/at"},
        {"{\"count\":9007199254740991}", NULL},
        {"{\"count\":9007199254740992}", "/count"},
        {"{\"count\":0}", "/count"},
        {"{\"count\":1.0}", "/count"},
        {"{\"count\":\"1\"}", "/count"},
        {"{\"share\":0}", NULL},
        {"{\"share\":-0.5}", NULL},
        {"{\"share\":0.5000001}", "/share"},
        {"{\"share\":-1}", "/share"},
        {"{\"flag\":0}", "/flag"},
        {"{\"code\":\"12\"}", NULL},
        {"{\"code\":\"123\"}", "/code"},
        {"{\"pairs\":[{\"name\":\"ab\"}]}", NULL},
        {"{\"pairs\":[{\"name\":\"ab\"},{\"name\":\"cd\",\"of\":null}]}", NULL},
        {"{\"pairs\":[]}", "/pairs"},
        {"{\"pairs\":[{\"name\":\"ab\"},{\"name\":\"ab\"},{\"name\":\"ab\"}]}", "/pairs"},
        {"{\"pairs\":[{\"name\":\"ab\"},{\"of\":\"red\"}]}", "/pairs/1/name"},
        {"{\"pairs\":[{\"name\":\"ab\",\"of\":\"blue\"}]}", "/pairs/0/of"},
        {"{\"pairs\":[{\"name\":\"ab\",\"more\":1}]}", "/pairs/0/more"},
        {"{\"pairs\":[1]}", "/pairs/0"},
        {"{\"any\":[[{}]]}", NULL},
        {"{\"any\":null}", NULL},
        {"{\"either\":5}", NULL},
        {"{\"either\":{\"name\":\"ab\"}}", NULL},
        {"{\"either\":{\"name\":\"a\"}}", "/either/name"},
        {"{\"either\":0}", "/either"},
        {"{\"either\":\"text\"}", "/either"},
        {"{\"texts\":\"12\"}", NULL},
        {"{\"texts\":\"abc\"}", NULL},
        {"{\"texts\":\"a\"}", "/texts"},
    };
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const xj_jval *value;
        xj_error *err;

        must_ok(xj_json_parse(&value, xj_str_c(cases[i].json), 4096, pool));
        err = xj_schema_check(&whole, value);
        if ((err == NULL) != (cases[i].at == NULL))
            fail_msg("%s: %s", cases[i].json, err == NULL ? "taken" : xj_error_message(err));
        if (err == NULL)
            continue;
        assert_string_equal(xj_error_field(err), cases[i].at);
        must_fail(err, XJ_E_BAD_INPUT);
    }
    xj_pool_destroy(pool);
}

static void
test_schema_check__says_what_is_wrong_in_words(void **state)
{
    static const struct {
        const char *json, *message;
    } cases[] = {
        {"{\"title\":\"a\"}", "\"/title\" must have at least 2 characters"},
        {"{\"title\":\"abcde\"}", "\"/title\" has 5 characters; the limit is 4"},
        {"{\"colour\":\"blue\"}", "\"/colour\" must be one of red, green"},
        {"{\"count\":0}", "\"/count\" must be at least 1"},
        {"{\"count\":9007199254740992}", "\"/count\" must be at most 9007199254740991"},
        {"{\"day\":\"soon\"}", "\"/day\" must be a date like 2020-12-31"},
        {"{\"pairs\":[{}]}", "\"/pairs/0/name\" is missing"},
        {"[]", "the body must be an object"},
        {"{}", "the body must have at least 1 member"},
    };
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const xj_jval *value;
        xj_error *err;

        must_ok(xj_json_parse(&value, xj_str_c(cases[i].json), 4096, pool));
        err = xj_schema_check(&whole, value);
        assert_non_null(err);
        assert_string_equal(xj_error_message(err), cases[i].message);
        xj_error_clear(err);
    }
    xj_pool_destroy(pool);
}

static void
test_schema_check__place_in_a_hostile_body_stays_within_its_limit(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_buf json;
    const xj_jval *value;
    xj_error *err;

    (void)state;
    xj_buf_init(&json, pool, 65536);
    xj_buf_add(&json, XJ_STR("{\""));
    for (int i = 0; i < 2000; i++)
        xj_buf_add(&json, XJ_STR("健~"));
    xj_buf_add(&json, XJ_STR("\":1}"));
    must_ok(xj_json_parse(&value, xj_buf_str(&json), 65536, pool));
    err = xj_schema_check(&whole, value);
    assert_true(strlen(xj_error_field(err)) <= 512);
    assert_int_equal(xj_utf8_check(xj_str_c(xj_error_field(err))), strlen(xj_error_field(err)));
    must_fail(err, XJ_E_BAD_INPUT);
    xj_pool_destroy(pool);
}

static void
test_schema_check_text__reads_parameters(void **state)
{
    int64_t n;

    (void)state;
    must_ok(xj_schema_check_text(&n, &count, "limit", XJ_STR("12")));
    assert_int_equal(n, 12);
    must_ok(xj_schema_check_text(&n, &flag, "all", XJ_STR("true")));
    assert_int_equal(n, 1);
    must_ok(xj_schema_check_text(&n, &title, "q", XJ_STR("健康")));
    must_fail(xj_schema_check_text(&n, &count, "limit", XJ_STR("12a")), XJ_E_BAD_INPUT);
    must_fail(xj_schema_check_text(&n, &count, "limit", XJ_STR("0")), XJ_E_BAD_INPUT);
    must_fail(xj_schema_check_text(&n, &flag, "all", XJ_STR("1")), XJ_E_BAD_INPUT);
    must_fail(xj_schema_check_text(&n, &day, "from", XJ_STR("yesterday")), XJ_E_BAD_INPUT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_schema_check__takes_what_fits_and_points_at_what_does_not),
        cmocka_unit_test(test_schema_check__says_what_is_wrong_in_words),
        cmocka_unit_test(test_schema_check__place_in_a_hostile_body_stays_within_its_limit),
        cmocka_unit_test(test_schema_check_text__reads_parameters),
    };

    return xjtest_main(tests);
}
