#include "parts.h"

#include "doc/doc_priv.h"

#include <iconv.h>

#define TEXT "健康㐂行动：市教育局、市财政局负责，12月底前完成。\n二、任务\n"

/* TEXT in CHARSET, with MARK in front. */
static xj_str
encoded(xj_pool *pool, const char *charset, xj_str mark)
{
    iconv_t cd = iconv_open(charset, "UTF-8");
    size_t left = sizeof TEXT - 1, room = 1000;
    char in[] = TEXT, *from = in, *bytes = xj_alloc(pool, 1000), *to = bytes + mark.len;

    if (mark.len > 0)
        memcpy(bytes, mark.data, mark.len);
    assert_true(cd != (iconv_t)-1);
    assert_true(iconv(cd, &from, &left, &to, &room) == 0);
    iconv_close(cd);
    return xj_str_of(bytes, (size_t)(to - bytes));
}

static void
test_decode__every_encoding_that_offices_write(void **state)
{
    static const struct {
        const char *charset;
        xj_str mark;
    } cases[] = {{"UTF-8", {"", 0}},
                 {"UTF-8", {"\xef\xbb\xbf", 3}},
                 {"GB18030", {"", 0}},
                 {"UTF-16LE", {"\xff\xfe", 2}},
                 {"UTF-16BE", {"\xfe\xff", 2}},
                 {"UTF-16LE", {"", 0}},
                 {"UTF-16BE", {"", 0}}};
    (void)state;
    xj_pool *pool = xj_pool_root();

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_str text;

        print_message("# %s\n", cases[i].charset);
        must_ok(xj_doc__decode(&text, encoded(pool, cases[i].charset, cases[i].mark), pool));
        assert_str(text, TEXT);
    }
    xj_pool_destroy(pool);
}

static void
test_decode__a_binary_is_no_text(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    char noise[4096];
    xj_str text;
    uint32_t x = 7;

    for (size_t i = 0; i < sizeof noise; i++) {
        x = x * 1664525u + 1013904223u;
        noise[i] = (char)(x >> 24);
    }
    must_fail(xj_doc__decode(&text, xj_str_of(noise, sizeof noise), pool), XJ_E_UNSUPPORTED_KIND);
    for (size_t i = 0; i < sizeof noise; i++)
        noise[i] = (char)(noise[i] == 0 ? 1 : noise[i]);
    must_fail(xj_doc__decode(&text, xj_str_of(noise, sizeof noise), pool), XJ_E_NOT_UTF8);
    xj_pool_destroy(pool);
}

static void
test_decode__names_the_byte_and_the_line(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_str text;
    xj_error *err = xj_doc__decode(&text, XJ_STR("abc\ndef\nx\xff\xffy"), pool);

    assert_true(xj_error_is(err, XJ_E_NOT_UTF8));
    assert_string_equal(xj_error_field(err), "byte 9");
    assert_non_null(strstr(xj_error_message(err), "line 3"));
    xj_error_clear(err);
    xj_pool_destroy(pool);
}

static void
test_decode__utf8_gone_wrong_is_not_read_as_something_else(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_str text;

    must_fail(xj_doc__decode(&text, XJ_STR("第一行\n第二行\n\xb7\xbd\xb0\xb8\n"), pool),
              XJ_E_NOT_UTF8);
    must_ok(xj_doc__decode(&text, XJ_STR("\xb7\xbd\xb0\xb8\n"), pool));
    assert_str(text, "方案\n");
    xj_pool_destroy(pool);
}

static void
test_decode_page__the_declared_charset_is_heard(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_str page = xj_str_printf(pool, "<meta charset=\"gb2312\">%s", "\xbd\xa1\xbf\xb5"), text;

    must_ok(xj_doc__decode_page(&text, page, pool));
    assert_str(text, "<meta charset=\"gb2312\">健康");
    /* what the bytes are wins over what they say */
    must_ok(xj_doc__decode_page(&text, XJ_STR("<meta charset=gbk>健康"), pool));
    assert_str(text, "<meta charset=gbk>健康");
    xj_pool_destroy(pool);
}

static void
test_kind__is_told_by_the_bytes(void **state)
{
    static const struct {
        xj_str bytes;
        xj_doc_kind kind;
    } cases[] = {
        {{"%PDF-1.7", 8}, XJ_DOC_PDF},
        {{"\x89PNG\r\n\x1a\n", 8}, XJ_DOC_PICTURE},
        {{"\xff\xd8\xff\xe0", 4}, XJ_DOC_PICTURE},
        {{"{\\rtf1}", 7}, XJ_DOC_OFFICE},
        {{"PK\x03\x04zzzzz", 9}, XJ_DOC_UNKNOWN},
        {{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 W\0o\0r\0k\0b\0o\0o\0k\0", 26}, XJ_DOC_SHEET},
        {{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 x", 10}, XJ_DOC_OFFICE},
        {{" <!DOCTYPE HTML><p>", 19}, XJ_DOC_HTML},
        {{"BMI 指数", 10}, XJ_DOC_TEXT},
        {{"一、任务", 12}, XJ_DOC_TEXT},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(xj_doc_kind_of(cases[i].bytes), cases[i].kind);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decode__every_encoding_that_offices_write),
        cmocka_unit_test(test_decode__a_binary_is_no_text),
        cmocka_unit_test(test_decode__names_the_byte_and_the_line),
        cmocka_unit_test(test_decode__utf8_gone_wrong_is_not_read_as_something_else),
        cmocka_unit_test(test_decode_page__the_declared_charset_is_heard),
        cmocka_unit_test(test_kind__is_told_by_the_bytes),
    };

    return xjtest_main(tests);
}
