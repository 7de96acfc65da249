#include "support/storetest.h"
#include "upload/upload_priv.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static xj_uploads *
open_uploads(xjtest_store *t)
{
    xj_uploads *uploads;

    must_ok(
        xj_uploads_open(&uploads, xj_str_printf(t->pool, "%s/uploads", t->folder).data, t->pool));
    return uploads;
}

XJTEST_STORE(test_append__grows_by_what_came)
{
    xj_uploads *uploads = open_uploads(t);
    xj_upload upload = {.id = 5, .tenant = 1, .length = 7};
    const char *path;
    char held[8] = "";
    int64_t size;
    int fd;

    must_fail(xj_upload_path(&path, uploads, &upload, t->pool), XJ_E_CONFLICT);
    must_ok(xj_upload_append(&upload, uploads, 0, XJ_STR("abc")));
    assert_int_equal(upload.offset, 3);
    must_ok(xj_upload_append(&upload, uploads, 3, XJ_STR("")));
    must_ok(xj_upload_append(&upload, uploads, 3, XJ_STR("defg")));
    must_ok(xj_upload__size(&size, uploads, 1, 5));
    assert_int_equal(size, 7);
    must_ok(xj_upload_path(&path, uploads, &upload, t->pool));
    fd = open(path, O_RDONLY);
    assert_int_equal(read(fd, held, sizeof held), 7);
    close(fd);
    assert_string_equal(held, "abcdefg");
    xj_upload_drop_file(uploads, 1, 5);
    must_ok(xj_upload__size(&size, uploads, 1, 5));
    assert_int_equal(size, 0);
}

XJTEST_STORE(test_append__a_piece_that_came_already_is_a_conflict)
{
    xj_uploads *uploads = open_uploads(t);
    xj_upload upload = {.id = 5, .tenant = 1, .length = 7};

    must_ok(xj_upload_append(&upload, uploads, 0, XJ_STR("abc")));
    must_fail(xj_upload_append(&upload, uploads, 0, XJ_STR("abc")), XJ_E_CONFLICT);
    assert_int_equal(upload.offset, 3);
    must_fail(xj_upload_append(&upload, uploads, 4, XJ_STR("abc")), XJ_E_CONFLICT);
}

XJTEST_STORE(test_append__no_byte_more_than_was_announced)
{
    xj_uploads *uploads = open_uploads(t);
    xj_upload upload = {.id = 5, .tenant = 1, .length = 7};
    int64_t size;

    must_ok(xj_upload_append(&upload, uploads, 0, XJ_STR("abc")));
    must_fail(xj_upload_append(&upload, uploads, 3, XJ_STR("defgh")), XJ_E_TOO_LARGE);
    must_ok(xj_upload__size(&size, uploads, 1, 5));
    assert_int_equal(size, 3);
}

XJTEST_STORE(test_append__two_at_once_are_told_apart)
{
    xj_uploads *uploads = open_uploads(t);
    xj_upload upload = {.id = 5, .tenant = 1, .length = 7};
    const char *path = xj_str_printf(t->pool, "%s/uploads/1-5", t->folder).data;
    int fd = open(path, O_RDWR | O_CREAT, 0600);

    assert_int_equal(flock(fd, LOCK_EX), 0);
    must_fail(xj_upload_append(&upload, uploads, 0, XJ_STR("abc")), XJ_E_CONFLICT);
    close(fd);
    must_ok(xj_upload_append(&upload, uploads, 0, XJ_STR("abc")));
}

XJTEST_STORE(test_append__a_link_is_not_followed)
{
    xj_uploads *uploads = open_uploads(t);
    xj_upload upload = {.id = 5, .tenant = 1, .length = 7};
    const char *path = xj_str_printf(t->pool, "%s/uploads/1-5", t->folder).data;

    assert_int_equal(symlink("/dev/null", path), 0);
    must_fail(xj_upload_append(&upload, uploads, 0, XJ_STR("abc")), XJ_E_IO);
}

int
main(void)
{
    const struct CMUnitTest file[] = {
        XJTEST_ON(test_append__grows_by_what_came, "sqlite"),
        XJTEST_ON(test_append__a_piece_that_came_already_is_a_conflict, "sqlite"),
        XJTEST_ON(test_append__no_byte_more_than_was_announced, "sqlite"),
        XJTEST_ON(test_append__two_at_once_are_told_apart, "sqlite"),
        XJTEST_ON(test_append__a_link_is_not_followed, "sqlite"),
    };

    return xjtest_store_main(file);
}
