#include "base/cal.h"
#include "support/storetest.h"
#include "upload/upload.h"

#include <unistd.h>

#define DAY_US (INT64_C(86400) * 1000000)

struct add {
    xj_str name;
    int64_t length, id;
};

static xj_error *
run_add(xj_tx *tx, void *args, xj_buf *answer)
{
    struct add *add = args;

    (void)answer;
    return xj_upload_add(&add->id, tx, add->name, add->length);
}

static xj_error *
add(int64_t *id, xjtest_store *t, int64_t tenant, xj_str name, int64_t length)
{
    struct add a = {name, length, 0};
    xj_str body;
    xj_error *err = xjtest_do(&body, t, tenant, run_add, &a);

    *id = a.id;
    return err;
}

static xj_error *
run_remove(xj_tx *tx, void *args, xj_buf *answer)
{
    (void)answer;
    return xj_upload_remove(tx, *(int64_t *)args);
}

static xj_uploads *
open_uploads(xjtest_store *t)
{
    xj_uploads *uploads;

    must_ok(
        xj_uploads_open(&uploads, xj_str_printf(t->pool, "%s/uploads", t->folder).data, t->pool));
    return uploads;
}

static xj_error *
get(xj_upload *upload, xjtest_store *t, xj_uploads *uploads, int64_t tenant, int64_t person,
    int64_t id)
{
    xj_reader *reader;
    xj_error *err;

    must_ok(xj_reader_begin(&reader, t->store, t->pool));
    err = xj_upload_get(upload, uploads, xj_reader_db(reader), tenant, person, id, t->pool);
    xj_reader_end(reader);
    return err;
}

XJTEST_STORE(test_add__is_the_persons_alone)
{
    xj_uploads *uploads = open_uploads(t);
    xj_upload upload, *items;
    xj_reader *reader;
    int64_t id;
    size_t n;

    must_ok(add(&id, t, 1, XJ_STR("影像.mp4"), 5));
    must_ok(get(&upload, t, uploads, 1, 7, id));
    assert_str(upload.name, "影像.mp4");
    assert_int_equal(upload.length, 5);
    assert_int_equal(upload.offset, 0);
    must_ok(xj_upload_append(&upload, uploads, 0, XJ_STR("ab")));
    must_ok(get(&upload, t, uploads, 1, 7, id));
    assert_int_equal(upload.offset, 2);
    must_fail(get(&upload, t, uploads, 2, 7, id), XJ_E_NOT_FOUND);
    must_fail(get(&upload, t, uploads, 1, 8, id), XJ_E_NOT_FOUND);
    must_ok(xj_reader_begin(&reader, t->store, t->pool));
    must_ok(xj_upload_list(&items, &n, uploads, xj_reader_db(reader), 1, 7, t->pool));
    assert_int_equal(n, 1);
    must_ok(xj_upload_list(&items, &n, uploads, xj_reader_db(reader), 1, 8, t->pool));
    assert_int_equal(n, 0);
    xj_reader_end(reader);
}

XJTEST_STORE(test_add__refuses_what_cannot_be)
{
    char longest[XJ_UPLOAD_NAME_MAX + 2];
    int64_t id;

    memset(longest, 'a', sizeof longest);
    must_fail(add(&id, t, 1, XJ_STR(""), 5), XJ_E_BAD_INPUT);
    must_fail(add(&id, t, 1, XJ_STR("../../x"), 5), XJ_E_BAD_INPUT);
    must_fail(add(&id, t, 1, XJ_STR("a\\b"), 5), XJ_E_BAD_INPUT);
    must_fail(add(&id, t, 1, XJ_STR("a\nb"), 5), XJ_E_BAD_INPUT);
    must_fail(add(&id, t, 1, XJ_STR("a"), 0), XJ_E_BAD_INPUT);
    must_ok(add(&id, t, 1, xj_str_of(longest, XJ_UPLOAD_NAME_MAX), XJ_UPLOAD_LENGTH_MAX));
    must_fail(add(&id, t, 1, xj_str_of(longest, XJ_UPLOAD_NAME_MAX + 1), 5), XJ_E_BAD_INPUT);
    must_fail(add(&id, t, 1, XJ_STR("a"), XJ_UPLOAD_LENGTH_MAX + 1), XJ_E_TOO_LARGE);
}

XJTEST_STORE(test_add__has_limits_of_number_and_of_bytes)
{
    int64_t id;

    for (int i = 0; i < XJ_UPLOAD_TOTAL_MAX / XJ_UPLOAD_LENGTH_MAX; i++)
        must_ok(add(&id, t, 2, XJ_STR("a"), XJ_UPLOAD_LENGTH_MAX));
    must_fail(add(&id, t, 2, XJ_STR("a"), 1), XJ_E_TOO_MANY);
    for (int i = 0; i < XJ_UPLOAD_OPEN_MAX; i++)
        must_ok(add(&id, t, 1, XJ_STR("a"), 1));
    must_fail(add(&id, t, 1, XJ_STR("a"), 1), XJ_E_TOO_MANY);
}

XJTEST_STORE(test_remove__is_for_ones_own)
{
    xj_uploads *uploads = open_uploads(t);
    xj_upload upload;
    xj_str body;
    int64_t id;

    must_ok(add(&id, t, 1, XJ_STR("a"), 5));
    must_fail(xjtest_do(&body, t, 2, run_remove, &id), XJ_E_NOT_FOUND);
    must_ok(xjtest_do(&body, t, 1, run_remove, &id));
    must_fail(get(&upload, t, uploads, 1, 7, id), XJ_E_NOT_FOUND);
    must_fail(xjtest_do(&body, t, 1, run_remove, &id), XJ_E_NOT_FOUND);
}

XJTEST_STORE(test_sweep__removes_what_is_old_and_what_has_no_row)
{
    xj_uploads *uploads = open_uploads(t);
    xj_upload old, young;
    const char *path;
    int64_t id;

    must_ok(add(&id, t, 1, XJ_STR("old"), 2));
    must_ok(get(&old, t, uploads, 1, 7, id));
    must_ok(xj_upload_append(&old, uploads, 0, XJ_STR("ab")));
    xj_now_set(xj_now() + 4 * DAY_US);
    must_ok(add(&id, t, 1, XJ_STR("young"), 2));
    must_ok(get(&young, t, uploads, 1, 7, id));
    must_ok(xj_upload_append(&young, uploads, 0, XJ_STR("ab")));
    xj_now_set(xj_now() + 4 * DAY_US);
    must_fail(get(&old, t, uploads, 1, 7, old.id), XJ_E_NOT_FOUND);
    must_ok(xj_uploads_sweep(uploads, t->store, t->pool));
    must_ok(get(&young, t, uploads, 1, 7, young.id));
    assert_int_equal(young.offset, 2);
    must_ok(xj_upload_path(&path, uploads, &old, t->pool));
    assert_int_not_equal(access(path, F_OK), 0);
    must_ok(xj_upload_path(&path, uploads, &young, t->pool));
    assert_int_equal(access(path, F_OK), 0);
    xj_now_set(0);
}

int
main(void)
{
    const struct CMUnitTest upload[] = {
        XJTEST_BOTH(test_add__is_the_persons_alone),
        XJTEST_BOTH(test_add__refuses_what_cannot_be),
        XJTEST_BOTH(test_add__has_limits_of_number_and_of_bytes),
        XJTEST_BOTH(test_remove__is_for_ones_own),
        XJTEST_BOTH(test_sweep__removes_what_is_old_and_what_has_no_row),
    };

    return xjtest_store_main(upload);
}
