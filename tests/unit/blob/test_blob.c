#include "support/xjtest.h"

#include "blob/blob.h"

#include <fcntl.h>
#include <ftw.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

/* SHA-256 of "abc", FIPS 180-2, appendix B.1; and of nothing. */
#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define NOTHING "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define LIMIT 100000

struct fixture {
    xj_pool *pool;
    char base[60];
    const char *folder;
    xj_blobs *blobs;
};

static int
setup(void **state)
{
    xj_pool *pool = xj_pool_root();
    struct fixture *f = XJ_NEW(pool, struct fixture);

    f->pool = pool;
    snprintf(f->base, sizeof f->base, "/tmp/xjblob-XXXXXX");
    assert_non_null(mkdtemp(f->base));
    f->folder = xj_str_printf(pool, "%s/blobs", f->base).data;
    must_ok(xj_blobs_open(&f->blobs, f->folder, LIMIT, pool));
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
    struct fixture *f = *state;
    char base[60];

    memcpy(base, f->base, sizeof base);
    xj_pool_destroy(f->pool);
    return nftw(base, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static const char *
path_of(struct fixture *f, const char *name)
{
    return xj_str_printf(f->pool, "%s/%s", f->folder, name).data;
}

/* How many files tmp/ holds. */
static int count;

static int
count_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
    (void)path;
    (void)st;
    (void)at;
    count += type == FTW_F;
    return 0;
}

static int
in_tmp(struct fixture *f)
{
    count = 0;
    assert_int_equal(nftw(path_of(f, "tmp"), count_one, 4, FTW_PHYS), 0);
    return count;
}

static void
test_put__is_found_by_the_hash(void **state)
{
    struct fixture *f = *state;
    xj_blob_hash hash;
    struct stat st;
    xj_str data;

    must_ok(xj_blob_put(&hash, f->blobs, XJ_STR("abc")));
    assert_string_equal(hash.hex, ABC);
    assert_int_equal(stat(path_of(f, "ba/" ABC), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0400);
    must_ok(xj_blob_get(&data, f->blobs, &hash, f->pool));
    assert_str(data, "abc");
    assert_int_equal(in_tmp(f), 0);
    /* once more, and nothing at all */
    must_ok(xj_blob_put(&hash, f->blobs, XJ_STR("abc")));
    assert_string_equal(hash.hex, ABC);
    must_ok(xj_blob_put(&hash, f->blobs, XJ_STR("")));
    assert_string_equal(hash.hex, NOTHING);
    must_ok(xj_blob_get(&data, f->blobs, &hash, f->pool));
    assert_str(data, "");
}

static void
test_put__survives_closing(void **state)
{
    struct fixture *f = *state;
    xj_pool *pool = xj_pool_root();
    xj_blobs *again;
    xj_blob_hash hash;
    xj_str data;

    must_ok(xj_blob_put(&hash, f->blobs, XJ_STR("abc")));
    must_ok(xj_blobs_open(&again, f->folder, 0, pool));
    must_ok(xj_blob_get(&data, again, &hash, pool));
    assert_str(data, "abc");
    xj_pool_destroy(pool);
}

static void
test_add__in_pieces(void **state)
{
    struct fixture *f = *state;
    xj_blob_writer *writer;
    xj_blob_hash hash;
    int64_t size;

    must_ok(xj_blob_begin(&writer, f->blobs, f->pool));
    must_ok(xj_blob_add(writer, XJ_STR("a")));
    must_ok(xj_blob_add(writer, XJ_STR("")));
    must_ok(xj_blob_add(writer, XJ_STR("bc")));
    assert_int_equal(in_tmp(f), 1);
    must_ok(xj_blob_finish(&hash, &size, writer));
    assert_string_equal(hash.hex, ABC);
    assert_int_equal(size, 3);
    assert_int_equal(in_tmp(f), 0);
}

static void
test_begin__given_up_with_the_pool(void **state)
{
    struct fixture *f = *state;
    xj_pool *pool = xj_pool_root();
    xj_blob_writer *writer;
    int64_t n, bad;

    must_ok(xj_blob_begin(&writer, f->blobs, pool));
    must_ok(xj_blob_add(writer, XJ_STR("abc")));
    assert_int_equal(in_tmp(f), 1);
    xj_pool_destroy(pool);
    assert_int_equal(in_tmp(f), 0);
    must_ok(xj_blobs_verify(f->blobs, &n, &bad, NULL, NULL));
    assert_int_equal(n, 0);
}

static void
test_add__above_the_limit_is_too_large(void **state)
{
    struct fixture *f = *state;
    char *data = xj_calloc(f->pool, LIMIT + 1);
    xj_blob_writer *writer;
    xj_blob_hash hash;

    must_ok(xj_blob_put(&hash, f->blobs, xj_str_of(data, LIMIT)));
    must_fail(xj_blob_put(&hash, f->blobs, xj_str_of(data, LIMIT + 1)), XJ_E_TOO_LARGE);
    must_ok(xj_blob_begin(&writer, f->blobs, f->pool));
    must_ok(xj_blob_add(writer, xj_str_of(data, LIMIT)));
    must_fail(xj_blob_add(writer, XJ_STR("x")), XJ_E_TOO_LARGE);
}

static void
test_put_file__only_regular_files(void **state)
{
    struct fixture *f = *state;
    const char *path = xj_str_printf(f->pool, "%s/source", f->base).data;
    const char *link = xj_str_printf(f->pool, "%s/link", f->base).data;
    const char *fifo = xj_str_printf(f->pool, "%s/fifo", f->base).data;
    const int fd = open(path, O_WRONLY | O_CREAT, 0600);
    xj_blob_hash hash;
    int64_t size;

    assert_int_equal(write(fd, "abc", 3), 3);
    close(fd);
    must_ok(xj_blob_put_file(&hash, &size, f->blobs, path));
    assert_string_equal(hash.hex, ABC);
    assert_int_equal(size, 3);
    assert_int_equal(access(path, F_OK), 0);
    assert_int_equal(symlink(path, link), 0);
    must_fail(xj_blob_put_file(&hash, &size, f->blobs, link), XJ_E_IO);
    assert_int_equal(mkfifo(fifo, 0600), 0);
    must_fail(xj_blob_put_file(&hash, &size, f->blobs, fifo), XJ_E_IO);
    must_fail(xj_blob_put_file(&hash, &size, f->blobs, f->base), XJ_E_IO);
    must_fail(xj_blob_put_file(&hash, &size, f->blobs, "/nowhere/at/all"), XJ_E_IO);
    /* larger than the limit, and read in more than one piece */
    assert_int_equal(truncate(path, LIMIT), 0);
    must_ok(xj_blob_put_file(&hash, &size, f->blobs, path));
    assert_int_equal(truncate(path, LIMIT + 1), 0);
    must_fail(xj_blob_put_file(&hash, &size, f->blobs, path), XJ_E_TOO_LARGE);
    assert_int_equal(in_tmp(f), 0);
}

static void
test_hash_parse__takes_hashes_only(void **state)
{
    static const char *const others[] = {
        "", "abc", "../../../../../../../../../../../../../../../../../../../../etc/pass",
        "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD", ABC "0"};
    xj_blob_hash hash;

    (void)state;
    must_ok(xj_blob_hash_parse(&hash, XJ_STR(ABC)));
    assert_string_equal(hash.hex, ABC);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        must_fail(xj_blob_hash_parse(&hash, xj_str_c(others[i])), XJ_E_BAD_INPUT);
}

static void
test_get__what_is_not_there_is_not_found(void **state)
{
    struct fixture *f = *state;
    xj_blob_hash hash;
    xj_str data;

    must_ok(xj_blob_hash_parse(&hash, XJ_STR(ABC)));
    must_fail(xj_blob_get(&data, f->blobs, &hash, f->pool), XJ_E_NOT_FOUND);
    must_fail(xj_blob_verify(f->blobs, &hash), XJ_E_NOT_FOUND);
    must_fail(xj_blob_remove(f->blobs, &hash), XJ_E_NOT_FOUND);
}

static void
test_remove__takes_it_away(void **state)
{
    struct fixture *f = *state;
    xj_blob_hash hash;

    must_ok(xj_blob_put(&hash, f->blobs, XJ_STR("abc")));
    must_ok(xj_blob_remove(f->blobs, &hash));
    must_fail(xj_blob_verify(f->blobs, &hash), XJ_E_NOT_FOUND);
}

struct told {
    int n;
    char name[80], what[80];
};

static void
tell(void *arg, const char *name, const char *what)
{
    struct told *told = arg;

    told->n++;
    snprintf(told->name, sizeof told->name, "%s", name);
    snprintf(told->what, sizeof told->what, "%s", what);
}

static void
test_verify__finds_damage_and_putting_again_heals_it(void **state)
{
    struct fixture *f = *state;
    const char *path = path_of(f, "ba/" ABC);
    struct told told = {0};
    xj_blob_hash hash;
    int64_t n, bad;
    int fd;

    must_ok(xj_blob_put(&hash, f->blobs, XJ_STR("other")));
    must_ok(xj_blob_put(&hash, f->blobs, XJ_STR("abc")));
    must_ok(xj_blob_verify(f->blobs, &hash));
    must_ok(xj_blobs_verify(f->blobs, &n, &bad, tell, &told));
    assert_int_equal(n, 2);
    assert_int_equal(bad, 0);
    assert_int_equal(chmod(path, 0600), 0);
    fd = open(path, O_WRONLY);
    assert_int_equal(write(fd, "abd", 3), 3);
    close(fd);
    must_fail(xj_blob_verify(f->blobs, &hash), XJ_E_CORRUPT);
    must_ok(xj_blobs_verify(f->blobs, &n, &bad, tell, &told));
    assert_int_equal(bad, 1);
    assert_string_equal(told.name, ABC);
    assert_string_equal(told.what, "it is damaged");
    must_ok(xj_blob_put(&hash, f->blobs, XJ_STR("abc")));
    must_ok(xj_blob_verify(f->blobs, &hash));
}

static void
count_hash(void *arg, const xj_blob_hash *hash)
{
    assert_int_equal(strlen(hash->hex), XJ_BLOB_HASH_LEN);
    ++*(int *)arg;
}

static void
test_each__names_every_blob(void **state)
{
    struct fixture *f = *state;
    xj_blob_hash hash;
    int n = 0;

    must_ok(xj_blobs_each(f->blobs, count_hash, &n));
    assert_int_equal(n, 0);
    must_ok(xj_blob_put(&hash, f->blobs, XJ_STR("abc")));
    must_ok(xj_blob_put(&hash, f->blobs, XJ_STR("other")));
    must_ok(xj_blobs_each(f->blobs, count_hash, &n));
    assert_int_equal(n, 2);
}

static void
test_verify__finds_what_does_not_belong(void **state)
{
    struct fixture *f = *state;
    struct told told = {0};
    xj_blob_hash hash;
    int64_t n, bad;

    must_ok(xj_blob_put(&hash, f->blobs, XJ_STR("abc")));
    assert_int_equal(rename(path_of(f, "ba/" ABC), path_of(f, "ba/" NOTHING)), 0);
    must_ok(xj_blobs_verify(f->blobs, &n, &bad, tell, &told));
    assert_int_equal(bad, 1);
    assert_string_equal(told.what, "it does not belong here");
}

static void
test_open__sweeps_what_is_old(void **state)
{
    struct fixture *f = *state;
    const struct timespec old[2] = {{.tv_sec = 1}, {.tv_sec = 1}};
    const char *names[] = {"tmp/old", "tmp/young"};
    xj_blobs *again;

    for (int i = 0; i < 2; i++)
        close(open(path_of(f, names[i]), O_WRONLY | O_CREAT, 0600));
    assert_int_equal(utimensat(AT_FDCWD, path_of(f, names[0]), old, 0), 0);
    must_ok(xj_blobs_open(&again, f->folder, 0, f->pool));
    assert_int_equal(access(path_of(f, names[0]), F_OK), -1);
    assert_int_equal(access(path_of(f, names[1]), F_OK), 0);
}

static void
test_open__where_it_cannot_be(void **state)
{
    struct fixture *f = *state;
    xj_blobs *again;

    must_fail(xj_blobs_open(&again, "/nowhere/at/all", 0, f->pool), XJ_E_IO);
}

static void *
put_same(void *arg)
{
    struct fixture *f = arg;

    for (int i = 0; i < 50; i++) {
        xj_blob_hash hash;
        xj_error *err = xj_blob_put(&hash, f->blobs, XJ_STR("abc"));

        if (err != NULL)
            return err;
    }
    return NULL;
}

static void
test_put__the_same_from_many_threads(void **state)
{
    struct fixture *f = *state;
    pthread_t threads[4];
    xj_blob_hash hash;
    void *err;

    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, put_same, f), 0);
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], &err);
        must_ok(err);
    }
    must_ok(xj_blob_hash_parse(&hash, XJ_STR(ABC)));
    must_ok(xj_blob_verify(f->blobs, &hash));
    assert_int_equal(in_tmp(f), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_put__is_found_by_the_hash),
        TEST(test_put__survives_closing),
        TEST(test_add__in_pieces),
        TEST(test_begin__given_up_with_the_pool),
        TEST(test_add__above_the_limit_is_too_large),
        TEST(test_put_file__only_regular_files),
        TEST(test_hash_parse__takes_hashes_only),
        TEST(test_get__what_is_not_there_is_not_found),
        TEST(test_remove__takes_it_away),
        TEST(test_verify__finds_damage_and_putting_again_heals_it),
        TEST(test_verify__finds_what_does_not_belong),
        TEST(test_each__names_every_blob),
        TEST(test_open__sweeps_what_is_old),
        TEST(test_open__where_it_cannot_be),
        TEST(test_put__the_same_from_many_threads),
    };

    return xjtest_main(tests);
}
