#include "support/storetest.h"

#include <ftw.h>
#include <libpq-fe.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

static int made;

/* Run TEXT in the cluster of the tests. */
static void
in_cluster(const char *text)
{
    PGconn *pg = PQconnectdb(getenv("XJ_TEST_PGSQL"));
    PGresult *result = PQexec(pg, text);
    const bool ok = PQresultStatus(result) == PGRES_COMMAND_OK;

    if (!ok)
        fprintf(stderr, "# %s: %s\n", text, PQerrorMessage(pg));
    PQclear(result);
    PQfinish(pg);
    assert_true(ok);
}

xjtest_store *
xjtest_make(const char *kind)
{
    const char *cluster = getenv("XJ_TEST_PGSQL");
    const char *base = getenv("TMPDIR");
    const bool pgsql = strcmp(kind, "pgsql") == 0;
    xj_pool *pool;
    xjtest_store *t;
    char *folder;

    if (pgsql && (cluster == NULL || cluster[0] == '\0'))
        return NULL;
    pool = xj_pool_root();
    t = XJ_NEW(pool, xjtest_store);
    folder = xj_alloc(pool, 200);
    snprintf(folder, 200, "%s/xjtest-XXXXXX", base == NULL ? "/tmp" : base);
    assert_non_null(mkdtemp(folder));
    t->kind = kind;
    t->pool = pool;
    t->folder = folder;
    if (pgsql) {
        t->schema = xj_str_printf(pool, "xjt_%d_%d", (int)getpid(), ++made).data;
        in_cluster(xj_str_printf(pool, "CREATE SCHEMA %s", t->schema).data);
        t->url = xj_str_printf(pool, "%s%soptions=-csearch_path%%3D%s", cluster,
                               strchr(cluster, '?') == NULL ? "?" : "&", t->schema)
                     .data;
    } else {
        t->url = xj_str_printf(pool, "sqlite:%s/test.db", folder).data;
    }
    return t;
}

xj_error *
xjtest_open(xjtest_store *t, const xj_store_options *options)
{
    xj_store_options o = options == NULL ? (xj_store_options){0} : *options;
    xj_error *err;

    assert_null(t->store);
    o.url = t->url;
    t->open_pool = xj_pool_root();
    err = xj_store_open(&t->store, &o, t->open_pool);
    if (err != NULL) {
        xj_pool_destroy(t->open_pool);
        t->open_pool = NULL;
    }
    return err;
}

void
xjtest_close(xjtest_store *t)
{
    if (t->open_pool != NULL)
        xj_pool_destroy(t->open_pool);
    t->open_pool = NULL;
    t->store = NULL;
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
    (void)st;
    (void)type;
    (void)at;
    return remove(path);
}

void
xjtest_remove(xjtest_store *t)
{
    xjtest_close(t);
    nftw(t->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    if (t->schema != NULL)
        in_cluster(xj_str_printf(t->pool,
                                 "SET client_min_messages = warning; DROP SCHEMA %s CASCADE",
                                 t->schema)
                       .data);
    xj_pool_destroy(t->pool);
}

int
xjtest_store_setup(void **state)
{
    xjtest_store *t = xjtest_make(*state);
    int applied;

    *state = t;
    if (t == NULL)
        return 0;
    must_ok(xjtest_open(t, NULL));
    must_ok(xj_store_migrate(t->store, &applied));
    return 0;
}

int
xjtest_store_teardown(void **state)
{
    if (*state != NULL)
        xjtest_remove(*state);
    return 0;
}

xj_error *
xjtest_do(xj_str *body, xjtest_store *t, int64_t tenant, xj_command_fn run, void *args)
{
    xj_command command = {.name = "test.do",
                          .tenant = tenant,
                          .actor = 7,
                          .actor_name = XJ_STR("Tester"),
                          .payload = XJ_STR("{}"),
                          .run = run,
                          .args = args};
    xj_str answer;

    return xj_store_do(t->store, &command, body == NULL ? &answer : body, NULL, t->pool);
}

/* Copies lines from the pipe to standard output, "not ok 2 # SKIP x" as "ok 2 # SKIP x". */
static void *
filter(void *arg)
{
    const int *fds = arg; /* from, to */
    FILE *in = fdopen(fds[0], "r");
    FILE *out = fdopen(fds[1], "w");
    char line[1000];

    while (fgets(line, sizeof line, in) != NULL) {
        const bool skipped = strncmp(line, "not ok ", 7) == 0 && strstr(line, "# SKIP") != NULL;

        fputs(skipped ? line + 4 : line, out);
        fflush(out);
    }
    fclose(in);
    fclose(out);
    return NULL;
}

int
xjtest_store_run(const struct CMUnitTest *tests, size_t n, const char *name)
{
    const char *cluster = getenv("XJ_TEST_PGSQL");
    int pipes[2], fds[2], failed;
    pthread_t thread;

    if (cluster != NULL && cluster[0] != '\0')
        return xjtest_run(tests, n, name);
    fprintf(stderr,
            "# XJ_TEST_PGSQL is not set (tests/support/pg.sh sets it): PostgreSQL skipped\n");
    fds[1] = dup(STDOUT_FILENO);
    if (fds[1] < 0 || pipe(pipes) != 0 || dup2(pipes[1], STDOUT_FILENO) < 0)
        return 1;
    close(pipes[1]);
    fds[0] = pipes[0];
    if (pthread_create(&thread, NULL, filter, fds) != 0)
        return 1;
    failed = xjtest_run(tests, n, name);
    fflush(stdout);
    close(STDOUT_FILENO);
    pthread_join(thread, NULL);
    return failed;
}
