#include "plantest.h"

static xj_error *
prepare(xjtest_store *t, int64_t programme, xj_str bytes, xj_import **import)
{
    const xj_str folder = xj_str_printf(t->pool, "%s/blobs", t->folder);
    xj_blobs *blobs;

    XJ_TRY(xj_blobs_open(&blobs, folder.data, 0, t->pool));
    return xj_import_prepare(import, blobs, programme, XJ_STR("a.txt"), bytes, NULL, t->pool,
                             t->pool);
}

XJTEST_STORE(test_prepare__what_is_no_plan_is_refused_with_its_reason)
{
    const plan_fixture f = plantest_make(t);
    const xj_command like = plantest_like(f.tenant);
    xj_imported imported;
    xj_import *import;
    xj_error *err;

    must_fail(prepare(t, f.programme, XJ_STR(""), &import), XJ_E_BAD_INPUT);
    must_fail(prepare(t, f.programme, xj_str_of("PK\x03\x04\0\0\0", 7), &import),
              XJ_E_UNSUPPORTED_KIND);
    err = prepare(t, f.programme, XJ_STR("第一行\n坏\xff"), &import);
    assert_non_null(strstr(xj_error_message(err), "byte 13 (line 2)"));
    must_fail(err, XJ_E_NOT_UTF8);
    /* it is set aside, for a person may keep it as a document that is no plan */
    must_ok(prepare(t, f.programme, XJ_STR("今天天气很好。"), &import));
    err = xj_version_import(&imported, t->store, &like, import, t->pool);
    assert_non_null(strstr(xj_error_message(err), "searched for"));
    must_fail(err, XJ_E_NO_PLAN);
}

XJTEST_STORE(test_prepare__a_plan_is_compiled_and_its_file_kept)
{
    const plan_fixture f = plantest_make(t);
    const xj_str plan =
        XJ_STR("健康云溪行动实施方案\n一、控烟行动\n1.开展控烟宣传。12月底前完成。"
               "（责任单位：市教育局、市卫生健康委）\n2.建设无烟机关。（牵头单位：市"
               "民政局）\n");
    const xj_str folder = xj_str_printf(t->pool, "%s/blobs", t->folder);
    const xj_command like = plantest_like(f.tenant);
    xj_imported imported;
    xj_blob_hash hash;
    xj_import *import;
    xj_blobs *blobs;
    xj_version v;
    xj_str bytes;

    must_ok(xj_blobs_open(&blobs, folder.data, 0, t->pool));
    must_ok(xj_import_prepare(&import, blobs, f.programme, XJ_STR("a.txt"), plan, NULL, t->pool,
                              t->pool));
    must_ok(xj_version_import(&imported, t->store, &like, import, t->pool));
    must_ok(xj_version_get(&v, plantest_read(t), &f.scope, imported.version, t->pool));
    assert_int_equal(v.tasks, 2);
    must_ok(xj_blob_hash_parse(&hash, v.file_hash));
    must_ok(xj_blob_get(&bytes, blobs, &hash, t->pool));
    assert_true(xj_str_eq(bytes, plan));
    must_ok(xj_blob_hash_parse(&hash, v.register_hash));
    must_ok(xj_blob_get(&bytes, blobs, &hash, t->pool));
    assert_true(xj_str_starts(bytes, XJ_STR("{\"text\":")));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_ON(test_prepare__what_is_no_plan_is_refused_with_its_reason, "sqlite"),
        XJTEST_BOTH(test_prepare__a_plan_is_compiled_and_its_file_kept)};

    return xjtest_store_main(tests);
}
