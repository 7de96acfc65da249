#include "parts.h"

#include "doc/doc_priv.h"

static void
test_zip__parts_are_unpacked_or_absent(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_str bytes = zip_of(pool, (const char *const[]){"a/b.xml", "<x/>", NULL}), part;
    xj_zip *zip;

    must_ok(xj_zip__open(&zip, bytes, pool));
    assert_true(xj_zip__has(zip, "a/b.xml"));
    must_ok(xj_zip__part(&part, zip, "a/b.xml", pool));
    assert_str(part, "<x/>");
    must_ok(xj_zip__part(&part, zip, "a/c.xml", pool));
    assert_null(part.data);
    xj_pool_destroy(pool);
}

static void
test_zip__a_bomb_is_refused_before_it_unpacks(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    size_t len = XJ_ZIP_PART_MAX + 1;
    char *zeros = calloc(1, len + 1);
    xj_str bytes, part;
    xj_zip *zip;

    memset(zeros, 'a', len);
    bytes = zip_of(pool, (const char *const[]){"bomb", zeros, "edge", zeros + 1, NULL});
    free(zeros);
    assert_true(bytes.len < (1 << 21));
    must_ok(xj_zip__open(&zip, bytes, pool));
    must_fail(xj_zip__part(&part, zip, "bomb", pool), XJ_E_TOO_LARGE);
    must_ok(xj_zip__part(&part, zip, "edge", pool)); /* exactly the limit */
    assert_int_equal(part.len, XJ_ZIP_PART_MAX);
    xj_pool_destroy(pool);
}

static void
test_zip__damage_is_named(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_str bytes = zip_of(pool, (const char *const[]){"a", "some text that is packed", NULL}), part;
    char *copy = xj_alloc(pool, bytes.len);
    xj_zip *zip;

    must_fail(xj_zip__open(&zip, XJ_STR("PK\x03\x04 no zip"), pool), XJ_E_BAD_INPUT);
    must_fail(xj_zip__open(&zip, xj_str_sub(bytes, 0, bytes.len / 2), pool), XJ_E_BAD_INPUT);
    memcpy(copy, bytes.data, bytes.len);
    copy[36] = (char)(copy[36] ^ 0x55); /* inside the packed bytes */
    must_ok(xj_zip__open(&zip, xj_str_of(copy, bytes.len), pool));
    must_fail(xj_zip__part(&part, zip, "a", pool), XJ_E_BAD_INPUT);
    xj_pool_destroy(pool);
}

static void
test_resolve__follows_relative_targets(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();

    assert_str(xj_zip__resolve(XJ_STR("word/document.xml"), XJ_STR("styles.xml"), pool),
               "word/styles.xml");
    assert_str(xj_zip__resolve(XJ_STR("xl/a/b.xml"), XJ_STR("../c.xml"), pool), "xl/c.xml");
    assert_str(xj_zip__resolve(XJ_STR("word/document.xml"), XJ_STR("/x.xml"), pool), "x.xml");
    assert_str(xj_zip__resolve(XJ_STR(""), XJ_STR("../../x"), pool), "x");
    xj_pool_destroy(pool);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_zip__parts_are_unpacked_or_absent),
        cmocka_unit_test(test_zip__a_bomb_is_refused_before_it_unpacks),
        cmocka_unit_test(test_zip__damage_is_named),
        cmocka_unit_test(test_resolve__follows_relative_targets),
    };

    return xjtest_main(tests);
}
