#include "org/password.h"

#include "support/xjtest.h"

#include <sodium.h>

static void
test_password_hash__fits_its_password_alone(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_str one, two;

    (void)state;
    must_ok(xj_password_start());
    must_ok(xj_password_hash(&one, XJ_STR("十个字以上的一个口令"), pool));
    must_ok(xj_password_hash(&two, XJ_STR("十个字以上的一个口令"), pool));
    assert_false(xj_str_eq(one, two)); /* salted */
    assert_true(xj_str_starts(one, XJ_STR("$argon2id$")));
    assert_true(xj_password_verify(one, XJ_STR("十个字以上的一个口令")));
    assert_false(xj_password_verify(one, XJ_STR("十个字以上的一个口令 ")));
    assert_false(xj_password_verify(one, XJ_STR("")));
    assert_false(xj_password_verify(XJ_STR("no hash"), XJ_STR("x")));
    xj_pool_destroy(pool);
}

static void
test_password_verify__nobody_costs_the_same_and_is_never_right(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_str hash, nobody = xj_password_nobody();
    char text[crypto_pwhash_STRBYTES] = {0};
    size_t same;

    (void)state;
    must_ok(xj_password_start());
    must_ok(xj_password_hash(&hash, XJ_STR("0123456789"), pool));
    /* "$argon2id$v=19$m=65536,t=2,p=1$": what it costs */
    same = xj_str_rfind(xj_str_sub(hash, 0, xj_str_rfind(hash, XJ_STR("$"))), XJ_STR("$"));
    assert_true(xj_str_starts(nobody, xj_str_sub(hash, 0, same + 1)));
    memcpy(text, nobody.data, nobody.len);
    assert_int_equal(crypto_pwhash_str_needs_rehash(text, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                                    crypto_pwhash_MEMLIMIT_INTERACTIVE),
                     0);
    assert_false(xj_password_verify(XJ_STR_NONE, XJ_STR("0123456789")));
    xj_pool_destroy(pool);
}

static void
test_password_check__length_and_plain_mistakes(void **state)
{
    static const char *const wrong[] = {"",
                                        "123456789",
                                        "一二三四五六七八九",
                                        "aaaaaaaaaa",
                                        "abcdefgh\nij",
                                        "account-name",
                                        "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"};
    char longest[XJ_PASSWORD_MAX + 2];

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        must_fail(xj_password_check(xj_str_c(wrong[i]), XJ_STR("account-name")), XJ_E_BAD_INPUT);
    must_ok(xj_password_check(XJ_STR("0123456789"), XJ_STR("account-name")));
    must_ok(xj_password_check(XJ_STR("一二三四五六七八九十"), XJ_STR("account-name")));
    for (size_t i = 0; i <= XJ_PASSWORD_MAX; i++)
        longest[i] = (char)('a' + i % 20);
    must_ok(xj_password_check(xj_str_of(longest, XJ_PASSWORD_MAX), XJ_STR("n")));
    must_fail(xj_password_check(xj_str_of(longest, XJ_PASSWORD_MAX + 1), XJ_STR("n")),
              XJ_E_BAD_INPUT);
}

static void
test_password_make__is_long_and_never_the_same(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_str last = XJ_STR("");

    (void)state;
    must_ok(xj_password_start());
    for (int i = 0; i < 100; i++) {
        xj_str made = xj_password_make(pool);

        assert_int_equal(made.len, 23);
        assert_false(xj_str_eq(made, last));
        must_ok(xj_password_check(made, XJ_STR("n")));
        last = made;
    }
    xj_pool_destroy(pool);
}

static void
test_wipe__leaves_nothing(void **state)
{
    char secret[] = "secret";

    (void)state;
    xj_wipe(secret, sizeof secret);
    for (size_t i = 0; i < sizeof secret; i++)
        assert_int_equal(secret[i], 0);
    xj_wipe(NULL, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_password_hash__fits_its_password_alone),
        cmocka_unit_test(test_password_verify__nobody_costs_the_same_and_is_never_right),
        cmocka_unit_test(test_password_check__length_and_plain_mistakes),
        cmocka_unit_test(test_password_make__is_long_and_never_the_same),
        cmocka_unit_test(test_wipe__leaves_nothing),
    };

    return xjtest_main(tests);
}
