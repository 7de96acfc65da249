/*
 * tests/support/storetest.h -- a database of its own for each test, on both kinds.
 *
 *     XJTEST_STORE(test_add__is_there)            a test that gets `struct xjtest_store *t`
 *     {
 *         must_ok(xj_store_do(t->store, ...));
 *     }
 *     ... const struct CMUnitTest tests[] = {XJTEST_BOTH(test_add__is_there)};
 *
 * SQLite is a file in a folder of its own; PostgreSQL a schema of its own in the cluster of
 * XJ_TEST_PGSQL (tests/support/pg.sh), and the test is skipped where that is not set.  Add
 * `unit_deps = [storetest_dep]` to the folder's meson.build, and end with xjtest_store_main.
 */
#pragma once

#include "store/store.h"
#include "support/xjtest.h"

typedef struct xjtest_store {
    const char *kind;   /* "sqlite", "pgsql" */
    const char *folder; /* for files of the test */
    const char *url;
    const char *schema; /* of PostgreSQL */
    xj_pool *pool;      /* as long as the test */
    xj_pool *open_pool; /* as long as STORE */
    xj_store *store;    /* open and migrated, NULL after xjtest_close */
} xjtest_store;

/* An empty database of KIND, not opened; NULL where XJ_TEST_PGSQL is needed and not set. */
xjtest_store *xjtest_make(const char *kind);
/* Open it as OPTIONS say (NULL: as usual; the url is T's own), without migrating. */
xj_error *xjtest_open(xjtest_store *t, const xj_store_options *options) XJ_MUST_USE;
void xjtest_close(xjtest_store *t);
/* Close and remove it all. */
void xjtest_remove(xjtest_store *t);

/* Do a command of TENANT by actor 7; its answer, NUL-terminated, lives as long as the test. */
xj_error *xjtest_do(xj_str *body, xjtest_store *t, int64_t tenant, xj_command_fn run,
                    void *args) XJ_MUST_USE;

int xjtest_store_setup(void **state);
int xjtest_store_teardown(void **state);

#define XJTEST_STORE(name)                                                                         \
    static void name##__body(xjtest_store *t);                                                     \
    static void name(void **state)                                                                 \
    {                                                                                              \
        if (*state == NULL)                                                                        \
            skip();                                                                                \
        name##__body(*state);                                                                      \
    }                                                                                              \
    static void name##__body(xjtest_store *t)

#define XJTEST_ON(name, kind)                                                                      \
    {                                                                                              \
#name " [" kind "]", name, xjtest_store_setup, xjtest_store_teardown,                      \
            (void *)(uintptr_t)(kind)                                                              \
    }
#define XJTEST_BOTH(name) XJTEST_ON(name, "sqlite"), XJTEST_ON(name, "pgsql")

/* As xjtest_main, with what is skipped written as TAP has it (cmocka's form counts as failed). */
#define xjtest_store_main(tests) xjtest_store_run((tests), sizeof(tests) / sizeof *(tests), #tests)

int xjtest_store_run(const struct CMUnitTest *tests, size_t n, const char *name);
