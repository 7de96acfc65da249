#include "app/words.h"

#include "app/settings.h"
#include "support/xjtest.h"

static void
test_words_find__finds_every_key(void **state)
{
    (void)state;
    for (int i = 0; i < XJ_W_COUNT; i++)
        assert_int_equal(xj_words_find(xj_words_rows[i].key), i);
    assert_int_equal(xj_words_find(""), XJ_W_COUNT);
    assert_int_equal(xj_words_find("zzz"), XJ_W_COUNT);
    assert_int_equal(xj_words_find("help"), XJ_W_COUNT);
}

static void
test_words__say_every_error_setting_and_exit(void **state)
{
    char key[128];

    (void)state;
    for (int i = XJ_E_NONE + 1; i < XJ_E_COUNT; i++) {
        snprintf(key, sizeof key, "error.%s", xj_code_wire((xj_code)i));
        if (xj_words_find(key) == XJ_W_COUNT)
            fprintf(stderr, "# %s is missing\n", key);
        assert_int_not_equal(xj_words_find(key), XJ_W_COUNT);
    }
    for (int i = 0; i < XJ_SET_COUNT; i++) {
        snprintf(key, sizeof key, "setting.%s", xj_setting_rows[i].name);
        assert_int_not_equal(xj_words_find(key), XJ_W_COUNT);
    }
#define X(name, code) assert_int_not_equal(xj_words_find("exit." #name), XJ_W_COUNT);
#include "app/exits.def"
#undef X
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_find__finds_every_key),
        cmocka_unit_test(test_words__say_every_error_setting_and_exit),
    };

    return xjtest_main(tests);
}
