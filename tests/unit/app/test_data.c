#include "app/ops.h"

#include "support/xjtest.h"

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct fixture {
    xj_pool *pool;
    char folder[64];
    xj_settings settings;
} fixture;

static int
setup(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    char data[80];

    f->pool = xj_pool_root();
    snprintf(f->folder, sizeof f->folder, "/tmp/xjtest-data-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    xj_settings_init(&f->settings);
    snprintf(data, sizeof data, "%s/data", f->folder);
    must_ok(xj_settings_set(&f->settings, XJ_STR("data"), data, "flag", f->pool));
    *state = f;
    return 0;
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
    (void)st;
    (void)type;
    (void)at;
    return remove(path);
}

static int
teardown(void **state)
{
    fixture *f = *state;

    xj_pool_destroy(f->pool);
    nftw(f->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    free(f);
    return 0;
}

static void
test_data_lock__one_holder_at_a_time(void **state)
{
    fixture *f = *state;
    xj_pool *one = xj_pool_child(f->pool), *two = xj_pool_child(f->pool);
    struct stat st;

    must_ok(xj_data_lock(&f->settings, 0, one));
    assert_int_equal(stat(xj_settings_str(&f->settings, XJ_SET_data), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
    must_fail(xj_data_lock(&f->settings, 0, two), XJ_E_UNAVAILABLE);
    xj_pool_destroy(one);
    must_ok(xj_data_lock(&f->settings, 0, two));
}

static void
test_data_lock__a_folder_that_cannot_be(void **state)
{
    fixture *f = *state;

    must_ok(xj_settings_set(&f->settings, XJ_STR("data"), "/dev/null/x", "flag", f->pool));
    must_fail(xj_data_lock(&f->settings, 0, f->pool), XJ_E_IO);
}

static void
test_data_open__refuses_a_database_that_is_not_migrated(void **state)
{
    fixture *f = *state;
    xj_store *store;
    xj_pool *one = xj_pool_child(f->pool);
    int applied;

    must_ok(xj_data_lock(&f->settings, 0, f->pool));
    must_fail(xj_data_open(&store, &f->settings, false, one), XJ_E_DB_SCHEMA);
    xj_pool_clear(one);
    must_ok(xj_data_open(&store, &f->settings, true, one));
    must_ok(xj_store_migrate(store, &applied));
    assert_true(applied > 0);
    xj_pool_clear(one);
    must_ok(xj_data_open(&store, &f->settings, false, one));
    assert_string_equal(xj_store_kind(store), "sqlite");
}

static void
test_data_open__refuses_another_kind_of_database(void **state)
{
    fixture *f = *state;
    xj_store *store;

    must_ok(xj_settings_set(&f->settings, XJ_STR("database"), "oracle:x", "flag", f->pool));
    must_fail(xj_data_open(&store, &f->settings, false, f->pool), XJ_E_CONFIG);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_data_lock__one_holder_at_a_time),
        T(test_data_lock__a_folder_that_cannot_be),
        T(test_data_open__refuses_a_database_that_is_not_migrated),
        T(test_data_open__refuses_another_kind_of_database),
    };

    return xjtest_main(tests);
}
