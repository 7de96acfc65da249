#include "support/xjtest.h"

#include "base/buf.h"
#include "doc/media.h"

static xj_str
whole(const xj_media *media, xj_pool *pool)
{
    xj_buf out;

    xj_buf_init(&out, pool, (size_t)1 << 20);
    for (size_t i = 0; i < media->n; i++)
        xj_buf_add(&out, media->parts[i]);
    return xj_buf_str(&out);
}

#define JFIF "\xff\xe0\0\x07JFIF\0"
#define EXIF_TURNED                                                                                \
    "\xff\xe1\0\x22"                                                                               \
    "Exif\0\0II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\6\0\0\0\0\0\0\0"
#define SCAN "\xff\xda\0\x04\1\2picture\xff\0bytes\xff\xd0more"
#define END "\xff\xd9"

static void
test_kind_of__looks_at_the_beginning(void **state)
{
    (void)state;
    assert_int_equal(xj_media_kind_of(XJ_STR("\xff\xd8\xff\xe0")), XJ_MEDIA_JPEG);
    assert_int_equal(xj_media_kind_of(XJ_STR("\x89PNG\r\n\x1a\n")), XJ_MEDIA_PNG);
    assert_int_equal(xj_media_kind_of(XJ_STR("\0\0\0\x18"
                                             "ftypmp42\0\0")),
                     XJ_MEDIA_MP4);
    assert_int_equal(xj_media_kind_of(XJ_STR("\0\0\0\x18"
                                             "ftypheic\0\0")),
                     XJ_MEDIA_NONE);
    assert_int_equal(xj_media_kind_of(XJ_STR("%PDF-1.7")), XJ_MEDIA_NONE);
    assert_int_equal(xj_media_kind_of(XJ_STR("")), XJ_MEDIA_NONE);
}

static void
test_bare__of_jpeg_keeps_picture_and_orientation_alone(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_media media;
    xj_str out;

    must_ok(xj_media_bare(&media, XJ_MEDIA_JPEG,
                          XJ_STR("\xff\xd8" JFIF EXIF_TURNED "\xff\xed\0\x06"
                                 "iptc"
                                 "\xff\xfe\0\x05"
                                 "who" SCAN END "<script>GPS</script>"),
                          pool));
    out = whole(&media, pool);
    assert_true(media.bare);
    assert_true(xj_str_starts(out, XJ_STR("\xff\xd8" JFIF "\xff\xe1\0\x22"
                                          "Exif\0\0MM\0*")));
    assert_true(xj_str_ends(out, XJ_STR("\0\6\0\0\0\0\0\0" SCAN END)));
    assert_false(xj_str_has(out, XJ_STR("iptc")));
    assert_false(xj_str_has(out, XJ_STR("who")));
    assert_false(xj_str_has(out, XJ_STR("script")));
    xj_pool_destroy(pool);
}

static void
test_bare__of_a_bare_jpeg_changes_nothing(void **state)
{
    (void)state;
    const xj_str bytes = XJ_STR("\xff\xd8" JFIF SCAN "\xff\xc4\0\x04"
                                "ht" SCAN END);
    xj_pool *pool = xj_pool_root();
    xj_media media;

    must_ok(xj_media_bare(&media, XJ_MEDIA_JPEG, bytes, pool));
    assert_false(media.bare);
    assert_true(xj_str_eq(whole(&media, pool), bytes));
    xj_pool_destroy(pool);
}

#define CHUNK(type, text) "\0\0\0\3" type text "crc!"
static void
test_bare__of_png_leaves_words_and_position_out(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_media media;

    must_ok(xj_media_bare(&media, XJ_MEDIA_PNG,
                          XJ_STR("\x89PNG\r\n\x1a\n" CHUNK("IHDR", "abc") CHUNK("eXIf", "gps")
                                     CHUNK("IDAT", "pic") CHUNK("tEXt", "who")
                                         CHUNK("IEND", "end") "<script>"),
                          pool));
    assert_true(media.bare);
    assert_true(
        xj_str_eq(whole(&media, pool), XJ_STR("\x89PNG\r\n\x1a\n" CHUNK("IHDR", "abc")
                                                  CHUNK("IDAT", "pic") CHUNK("IEND", "end"))));
    xj_pool_destroy(pool);
}

/* Offsets into a film's bytes stay true: nothing moves. */
static void
test_bare__of_mp4_blanks_the_particulars_in_their_place(void **state)
{
    (void)state;
    const xj_str bytes = XJ_STR("\0\0\0\x10"
                                "ftypmp42\0\0\0\0"
                                "\0\0\0\x20"
                                "moov"
                                "\0\0\0\x0c"
                                "udta"
                                "+39."
                                "\0\0\0\x0c"
                                "mvhd"
                                "time"
                                "\0\0\0\x0c"
                                "mdat"
                                "film");
    xj_pool *pool = xj_pool_root();
    xj_media media;

    must_ok(xj_media_bare(&media, XJ_MEDIA_MP4, bytes, pool));
    assert_true(media.bare);
    assert_true(xj_str_eq(whole(&media, pool), XJ_STR("\0\0\0\x10"
                                                      "ftypmp42\0\0\0\0"
                                                      "\0\0\0\x20"
                                                      "moov"
                                                      "\0\0\0\x0c"
                                                      "free"
                                                      "\0\0\0\0"
                                                      "\0\0\0\x0c"
                                                      "mvhd"
                                                      "time"
                                                      "\0\0\0\x0c"
                                                      "mdat"
                                                      "film")));
    xj_pool_destroy(pool);
}

static void
test_bare__damaged_files_are_refused(void **state)
{
    (void)state;
    const struct {
        xj_media_kind kind;
        xj_str bytes;
    } cases[] = {
        {XJ_MEDIA_JPEG, XJ_STR("\xff\xd8\xff")},
        {XJ_MEDIA_JPEG, XJ_STR("\xff\xd8\xff\xe1\xff\xff"
                               "Exif")},
        {XJ_MEDIA_JPEG, XJ_STR("\xff\xd8\xff\xe0\0\1..")},
        {XJ_MEDIA_JPEG, XJ_STR("\xff\xd8" JFIF END)},
        {XJ_MEDIA_JPEG, XJ_STR("\xff\xd8" JFIF "<html>")},
        {XJ_MEDIA_PNG, XJ_STR("\x89PNG\r\n\x1a\n\xff\xff\xff\xff"
                              "IHDRcrc!")},
        {XJ_MEDIA_PNG, XJ_STR("\x89PNG\r\n\x1a\n" CHUNK("IHDR", "abc"))},
        {XJ_MEDIA_MP4, XJ_STR("\0\0\0\x10"
                              "ftypmp42\0\0\0\0\0\0\0\x7f"
                              "moov")},
        {XJ_MEDIA_MP4, XJ_STR("\0\0\0\x10"
                              "ftypmp42\0\0\0\0\0\0\0\1"
                              "moov")},
    };
    xj_pool *pool = xj_pool_root();

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_media media;

        must_fail(xj_media_bare(&media, cases[i].kind, cases[i].bytes, pool), XJ_E_BAD_INPUT);
    }
    xj_pool_destroy(pool);
}

/* An Exif segment that lies about its own offsets costs nothing. */
static void
test_bare__a_lying_exif_says_no_orientation(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_media media;

    must_ok(xj_media_bare(&media, XJ_MEDIA_JPEG,
                          XJ_STR("\xff\xd8\xff\xe1\0\x18"
                                 "Exif\0\0II*\0\xff\xff\xff\x7f"
                                 "12345678"
                                 "\xff\xe1\0\x0a"
                                 "Exif\0\0II" SCAN END),
                          pool));
    assert_true(xj_str_eq(whole(&media, pool), XJ_STR("\xff\xd8" SCAN END)));
    xj_pool_destroy(pool);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kind_of__looks_at_the_beginning),
        cmocka_unit_test(test_bare__of_jpeg_keeps_picture_and_orientation_alone),
        cmocka_unit_test(test_bare__of_a_bare_jpeg_changes_nothing),
        cmocka_unit_test(test_bare__of_png_leaves_words_and_position_out),
        cmocka_unit_test(test_bare__of_mp4_blanks_the_particulars_in_their_place),
        cmocka_unit_test(test_bare__damaged_files_are_refused),
        cmocka_unit_test(test_bare__a_lying_exif_says_no_orientation),
    };

    return xjtest_main(tests);
}
