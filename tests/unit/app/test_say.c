#include "app/app.h"

#include "support/xjtest.h"

static void
test_app_exit_of__each_kind_has_its_code(void **state)
{
    (void)state;
    assert_int_equal(xj_app_exit_of(XJ_E_NOT_FOUND), XJ_EXIT_REFUSED);
    assert_int_equal(xj_app_exit_of(XJ_E_CONFLICT), XJ_EXIT_REFUSED);
    assert_int_equal(xj_app_exit_of(XJ_E_NO_PLAN), XJ_EXIT_REFUSED);
    assert_int_equal(xj_app_exit_of(XJ_E_CONFIG), XJ_EXIT_USAGE);
    assert_int_equal(xj_app_exit_of(XJ_E_CORRUPT), XJ_EXIT_DAMAGED);
    assert_int_equal(xj_app_exit_of(XJ_E_UNAVAILABLE), XJ_EXIT_UNAVAILABLE);
    assert_int_equal(xj_app_exit_of(XJ_E_DB_BUSY), XJ_EXIT_UNAVAILABLE);
    assert_int_equal(xj_app_exit_of(XJ_E_INTERNAL), XJ_EXIT_FAILED);
    assert_int_equal(xj_app_exit_of(XJ_E_DISK_FULL), XJ_EXIT_FAILED);
    for (int i = XJ_E_NONE + 1; i < XJ_E_COUNT; i++)
        assert_int_not_equal(xj_app_exit_of((xj_code)i), XJ_EXIT_OK);
}

static void
test_app_say__fills_its_places(void **state)
{
    xj_app app = {.chinese = false};
    char text[200] = "";
    FILE *out = fmemopen(text, sizeof text, "w");

    (void)state;
    xj_app_say(&app, out, XJ_W_done_tenant_add, "A{2}", "B", NULL);
    app.chinese = true;
    xj_app_say(&app, out, XJ_W_done_tenant_add, "云沂市", "371300", NULL);
    fclose(out);
    assert_string_equal(text, "added the jurisdiction A{2} (B)\n已新建辖区 云沂市（371300）\n");
}

static void
test_app_term__the_word_or_the_name_itself(void **state)
{
    xj_app app = {.chinese = true};

    (void)state;
    assert_string_equal(xj_app_term(&app, "kind", "party"), "党委部门");
    assert_string_equal(xj_app_term(&app, "kind", "no such"), "no such");
    app.chinese = false;
    assert_string_equal(xj_app_term(&app, "kind", "party"), "party body");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_app_exit_of__each_kind_has_its_code),
        cmocka_unit_test(test_app_say__fills_its_places),
        cmocka_unit_test(test_app_term__the_word_or_the_name_itself),
    };

    return xjtest_main(tests);
}
