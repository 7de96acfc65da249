#include "support/xjtest.h"

#include "inspect/inspect.h"

static int
set_up(void **state)
{
    *state = xj_pool_root();
    return 0;
}

static int
tear_down(void **state)
{
    xj_pool_destroy(*state);
    return 0;
}

#define BYTES(text) xj_str_of(text, sizeof(text) - 1)

static void
assert_clean(xj_pool *pool, xj_str bytes, xj_str expected, const char *kind)
{
    const char *media;
    xj_str clean;

    must_ok(xj_picture_clean(&clean, &media, bytes, pool));
    assert_string_equal(media, kind);
    assert_true(xj_str_eq(clean, expected));
}

static void
assert_refused(xj_pool *pool, xj_str bytes, xj_code code)
{
    const char *media;
    xj_str clean;

    must_fail(xj_picture_clean(&clean, &media, bytes, pool), code);
}

#define SOI "\xff\xd8"
#define JFIF "\xff\xe0\x00\x04JF"
#define EXIF "\xff\xe1\x00\x08GPS..."
#define NOTE "\xff\xfe\x00\x04me"
#define SCAN "\xff\xda\x00\x03\x01\x11\xff\x00\x22\xff\xd0\x33"
#define EOI "\xff\xd9"

static void
test_clean__a_jpeg_loses_place_and_comments_and_what_is_behind_it(void **state)
{
    assert_clean(*state, BYTES(SOI JFIF EXIF NOTE SCAN EOI "<script>"), BYTES(SOI JFIF SCAN EOI),
                 "image/jpeg");
    /* progressive: tables and another scan behind the first */
    assert_clean(*state, BYTES(SOI SCAN "\xff\xc4\x00\x03z" EXIF SCAN EOI),
                 BYTES(SOI SCAN "\xff\xc4\x00\x03z" SCAN EOI), "image/jpeg");
    /* filling before a marker */
    assert_clean(*state, BYTES(SOI "\xff" JFIF SCAN EOI), BYTES(SOI "\xff" JFIF SCAN EOI),
                 "image/jpeg");
}

static void
test_clean__a_jpeg_cut_anywhere_is_refused(void **state)
{
    const xj_str whole = BYTES(SOI JFIF EXIF SCAN EOI);

    for (size_t n = 3; n < whole.len; n++)
        assert_refused(*state, xj_str_sub(whole, 0, n), XJ_E_BAD_INPUT);
    assert_refused(*state, BYTES(SOI JFIF EOI), XJ_E_BAD_INPUT); /* no pixels */
    assert_refused(*state, BYTES(SOI "\xff\xe0\x00\x01" SCAN EOI), XJ_E_BAD_INPUT);
}

#define HEAD "\x89PNG\r\n\x1a\n"
#define IHDR "\x00\x00\x00\x02IHDRab1234"
#define TEXT_CHUNK "\x00\x00\x00\x03tEXtGPS1234"
#define IDAT "\x00\x00\x00\x01IDATx1234"
#define IEND "\x00\x00\x00\x00IEND1234"

static void
test_clean__a_png_keeps_pixels_and_colours_alone(void **state)
{
    const xj_str whole = BYTES(HEAD IHDR TEXT_CHUNK IDAT IEND);

    assert_clean(*state, BYTES(HEAD IHDR TEXT_CHUNK IDAT IEND "PK"), BYTES(HEAD IHDR IDAT IEND),
                 "image/png");
    for (size_t n = 8; n < whole.len; n++)
        assert_refused(*state, xj_str_sub(whole, 0, n), XJ_E_BAD_INPUT);
    assert_refused(*state, BYTES(HEAD IDAT IHDR IEND), XJ_E_BAD_INPUT);
    assert_refused(*state, BYTES(HEAD "\xff\xff\xff\xffIHDRab1234" IEND), XJ_E_BAD_INPUT);
}

static void
test_clean__other_kinds_and_sizes_are_refused(void **state)
{
    const xj_str big = xj_str_of(xj_calloc(*state, XJ_PICTURE_MAX + 1), XJ_PICTURE_MAX + 1);

    assert_refused(*state, BYTES("<svg/>"), XJ_E_UNSUPPORTED_KIND);
    assert_refused(*state, BYTES(""), XJ_E_UNSUPPORTED_KIND);
    assert_refused(*state, BYTES("GIF89a"), XJ_E_UNSUPPORTED_KIND);
    assert_refused(*state, xj_str_sub(big, 0, XJ_PICTURE_MAX), XJ_E_UNSUPPORTED_KIND);
    assert_refused(*state, big, XJ_E_TOO_LARGE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            test_clean__a_jpeg_loses_place_and_comments_and_what_is_behind_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_clean__a_jpeg_cut_anywhere_is_refused, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_clean__a_png_keeps_pixels_and_colours_alone, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_clean__other_kinds_and_sizes_are_refused, set_up,
                                        tear_down),
    };

    return xjtest_main(tests);
}
