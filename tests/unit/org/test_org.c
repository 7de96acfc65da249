#include "org/org_priv.h"

#include "support/xjtest.h"

static void
test_scope_has__only_its_tenant_and_its_units(void **state)
{
    const int64_t units[] = {3, 7, 9, 40};
    xj_scope all = xj_scope_all(5);
    xj_scope some = {.tenant = 5, .units = units, .nunits = 4};
    xj_scope none = {0};

    (void)state;
    assert_true(xj_scope_has(&all, 5, 12345));
    assert_false(xj_scope_has(&all, 6, 12345));
    for (size_t i = 0; i < 4; i++)
        assert_true(xj_scope_has(&some, 5, units[i]));
    assert_false(xj_scope_has(&some, 5, 1));
    assert_false(xj_scope_has(&some, 5, 8));
    assert_false(xj_scope_has(&some, 5, 41));
    assert_false(xj_scope_has(&some, 6, 7));
    assert_false(xj_scope_has(&none, 0, 1));
}

static void
test_check_text__refuses_what_is_no_name(void **state)
{
    static const struct {
        const char *text;
        xj_code code;
    } rows[] = {
        {"", XJ_E_BAD_INPUT},           {" a", XJ_E_BAD_INPUT},   {"a ", XJ_E_BAD_INPUT},
        {"　a", XJ_E_BAD_INPUT},        {"a\nb", XJ_E_BAD_INPUT}, {"a\x7f", XJ_E_BAD_INPUT},
        {"a\xC2\x85", XJ_E_BAD_INPUT},  {"\xFF", XJ_E_NOT_UTF8},  {"12345", XJ_E_BAD_INPUT},
        {"一二三四五", XJ_E_BAD_INPUT},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        must_fail(xj_org__check_text(xj_str_c(rows[i].text), 4, "/x", "thing"), rows[i].code);
    must_ok(xj_org__check_text(XJ_STR("1234"), 4, "/x", "thing"));
    must_ok(xj_org__check_text(XJ_STR("一二 三"), 4, "/x", "thing"));
}

static void
test_name_key__knows_no_case(void **state)
{
    xj_pool *pool = xj_pool_root();

    (void)state;
    assert_str(xj_org__name_key(XJ_STR("Wang.Ming-1王"), pool), "wang.ming-1王");
    xj_pool_destroy(pool);
}

static void
test_hash__is_sha256(void **state)
{
    unsigned char hash[XJ_ORG__HASH_LEN];

    (void)state;
    xj_org__hash(hash, XJ_STR("abc"));
    assert_int_equal(hash[0], 0xBA); /* FIPS 180-2, example B.1 */
    assert_int_equal(hash[31], 0xAD);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scope_has__only_its_tenant_and_its_units),
        cmocka_unit_test(test_check_text__refuses_what_is_no_name),
        cmocka_unit_test(test_name_key__knows_no_case),
        cmocka_unit_test(test_hash__is_sha256),
    };

    return xjtest_main(tests);
}
