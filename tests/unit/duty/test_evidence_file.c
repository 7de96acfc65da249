#include "support/xjtest.h"

#include "duty/evidence.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

static xj_blobs *
folder(char *path, xj_pool *pool)
{
    xj_blobs *blobs;

    snprintf(path, 64, "/tmp/xj-evidence-XXXXXX");
    assert_non_null(mkdtemp(path));
    must_ok(xj_blobs_open(&blobs, path, 0, pool));
    return blobs;
}

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
    (void)st;
    (void)kind;
    (void)where;
    return remove(path);
}

static void
empty(const char *path)
{
    assert_int_equal(nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
}

static void
test_prepare__a_name_is_a_name_and_ends_as_its_kind(void **state)
{
    const struct {
        const char *name, *kept;
    } cases[] = {
        {"../../etc/passwd", "passwd.txt"},
        {"C:\\Users\\a\\总结.txt", "总结.txt"},
        {"说明.CSV", "说明.CSV"},
        {"a\r\nSet-Cookie: x.txt", "aSet-Cookie x.txt"},
        {"\xe2\x80\xaegpj.exe", "gpj.exe.txt"},
        {"...", "附件.txt"},
        {"/", "附件.txt"},
        {"<img src=x>.txt", "img src=x.txt"},
    };
    xj_pool *pool = xj_pool_root();
    char path[64];
    xj_blobs *blobs = folder(path, pool);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_evidence_file file;

        must_ok(xj_evidence_prepare(&file, blobs, xj_str_c(cases[i].name), XJ_STR("开展讲座两次。"),
                                    pool, pool));
        assert_str(file.name, cases[i].kept);
        assert_str(file.kind, "text");
        assert_true(file.looked);
    }
    xj_pool_destroy(pool);
    empty(path);
}

static void
test_prepare__what_is_not_taken_leaves_nothing_behind(void **state)
{
    const struct {
        xj_str bytes;
        xj_code code;
    } cases[] = {
        {XJ_STR(""), XJ_E_BAD_INPUT},
        {XJ_STR("<html><body>x</body></html>"), XJ_E_UNSUPPORTED_KIND},
        {XJ_STR("MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff"), XJ_E_UNSUPPORTED_KIND},
        {XJ_STR("II*\0\x08\0\0\0"), XJ_E_UNSUPPORTED_KIND},
        {XJ_STR("机密★1年\n\n关于开展工作的通知\n"), XJ_E_CLASSIFIED},
        {XJ_STR("\xff\xd8\xff\xe1\xff\xff"), XJ_E_BAD_INPUT},
    };
    xj_pool *pool = xj_pool_root();
    char path[64];
    xj_blobs *blobs = folder(path, pool);
    int64_t count, bad;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_evidence_file file;

        must_fail(xj_evidence_prepare(&file, blobs, XJ_STR("a.jpg"), cases[i].bytes, pool, pool),
                  cases[i].code);
    }
    must_ok(xj_blobs_verify(blobs, &count, &bad, NULL, NULL));
    assert_int_equal(count, 0);
    xj_pool_destroy(pool);
    empty(path);
}

static void
test_media_type__of_what_others_could_open_is_none(void **state)
{
    (void)state;
    assert_string_equal(xj_evidence_media_type(XJ_STR("jpeg")), "image/jpeg");
    assert_string_equal(xj_evidence_media_type(XJ_STR("html")), "application/octet-stream");
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_prepare__a_name_is_a_name_and_ends_as_its_kind),
        cmocka_unit_test(test_prepare__what_is_not_taken_leaves_nothing_behind),
        cmocka_unit_test(test_media_type__of_what_others_could_open_is_none),
    };

    return xjtest_main(tests);
}
