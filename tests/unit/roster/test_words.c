#include "support/xjtest.h"

#include "roster/roster_priv.h"

static void
test_field__is_known_by_what_a_head_means(void **state)
{
    static const struct {
        const char *head;
        int unit, person;
    } cases[] = {
        {"单位名称", XJ_UNIT_FIELD_NAME, XJ_PERSON_FIELD_UNIT},
        {" 单位名称（必填）", XJ_UNIT_FIELD_NAME, XJ_PERSON_FIELD_UNIT},
        {"＊姓 名：", -1, XJ_PERSON_FIELD_NAME},
        {"上级/主管单位", XJ_UNIT_FIELD_PARENT, -1},
        {"主管单位", XJ_UNIT_FIELD_PARENT, -1},
        {"Part of", XJ_UNIT_FIELD_PARENT, -1},
        {"手机号码", -1, XJ_PERSON_FIELD_MOBILE},
        {"E-Mail", -1, XJ_PERSON_FIELD_MAIL},
        {"备注", -1, -1},
        {"", -1, -1},
        {"（必填）", -1, -1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const xj_str head = xj_str_c(cases[i].head);

        assert_int_equal(xj_roster__field(xj_roster__unit_heads, head), cases[i].unit);
        assert_int_equal(xj_roster__field(xj_roster__person_heads, head), cases[i].person);
    }
}

/* What goes out comes back, in both languages. */
static void
test_words__are_read_as_they_are_written(void **state)
{
    (void)state;
    for (int chinese = 0; chinese < 2; chinese++) {
        for (int i = 0; i < XJ_ROLES; i++) {
            xj_role role;

            assert_true(
                xj_roster__role_of(&role, xj_str_c(xj_roster__role((xj_role)i, chinese == 1))));
            assert_int_equal(role, i);
        }
        for (int i = XJ_UNIT_OTHER; i <= XJ_UNIT_GROUP; i++) {
            xj_unit_kind kind;

            assert_true(xj_roster__kind_of(
                &kind, xj_str_c(xj_roster__kind((xj_unit_kind)i, chinese == 1))));
            assert_int_equal(kind, i);
        }
        for (int i = XJ_LEVEL_NATION; i <= XJ_LEVEL_VILLAGE; i++) {
            xj_level level;

            assert_true(
                xj_roster__level_of(&level, xj_str_c(xj_roster__level((xj_level)i, chinese == 1))));
            assert_int_equal(level, i);
        }
    }
}

static void
test_words__are_heard_in_other_forms(void **state)
{
    xj_standing standing;
    xj_level level;
    xj_role role;

    (void)state;
    assert_true(xj_roster__role_of(&role, XJ_STR("联络员Ａ")));
    assert_int_equal(role, XJ_ROLE_LIAISON_A);
    assert_true(xj_roster__role_of(&role, XJ_STR("联络员（B岗）")) && role == XJ_ROLE_LIAISON_B);
    assert_true(xj_roster__role_of(&role, XJ_STR("B岗联络员")) && role == XJ_ROLE_LIAISON_B);
    assert_true(xj_roster__level_of(&level, XJ_STR("区")) && level == XJ_LEVEL_COUNTY);
    assert_true(xj_roster__standing_of(&standing, XJ_STR("协调")));
    assert_int_equal(standing, XJ_STANDING_COORDINATED);
    assert_false(xj_roster__role_of(&role, XJ_STR("村长")));
}

static void
test_next_name__divides_at_the_marks_of_lists(void **state)
{
    xj_str rest = XJ_STR("市卫健委、卫健委，,  市卫生健康委/局 \n甲"), name;

    (void)state;
    assert_true(xj_roster__next_name(&name, &rest));
    assert_str(name, "市卫健委");
    assert_true(xj_roster__next_name(&name, &rest));
    assert_str(name, "卫健委");
    assert_true(xj_roster__next_name(&name, &rest));
    assert_str(name, "市卫生健康委/局");
    assert_true(xj_roster__next_name(&name, &rest));
    assert_str(name, "甲");
    assert_false(xj_roster__next_name(&name, &rest));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_field__is_known_by_what_a_head_means),
        cmocka_unit_test(test_words__are_read_as_they_are_written),
        cmocka_unit_test(test_words__are_heard_in_other_forms),
        cmocka_unit_test(test_next_name__divides_at_the_marks_of_lists),
    };

    return xjtest_main(tests);
}
