#include "app/app.h"

#include "support/xjtest.h"

#define READ(...)                                                                                  \
    xj_opts_read(opts, &words, &n, (int)(sizeof((char *[]){__VA_ARGS__}) / sizeof(char *)),        \
                 (char *[]){__VA_ARGS__}, pool)

static xj_pool *pool;

static int
setup(void **state)
{
    (void)state;
    pool = xj_pool_root();
    return 0;
}

static int
teardown(void **state)
{
    (void)state;
    xj_pool_destroy(pool);
    return 0;
}

/* Words may be changed in place by no one; the array is of char * as main's is. */
static char name[] = "--name", name_x[] = "--name=x=y", flag[] = "--flag", flag_1[] = "--flag=1",
            one[] = "one", two[] = "two", ends[] = "--", minus[] = "-", other[] = "--other",
            ill[] = "\xFF";

static void
test_opts_read__options_and_words(void **state)
{
    xj_opt opts[] = {{.name = "--name", .takes_value = true}, {.name = "--flag"}, {0}};
    const char **words;
    int n;

    (void)state;
    must_ok(READ(one, name, two, flag, minus, ends, flag));
    assert_true(opts[0].given && opts[1].given);
    assert_string_equal(opts[0].value, "two");
    assert_int_equal(n, 3);
    assert_string_equal(words[0], "one");
    assert_string_equal(words[1], "-");
    assert_string_equal(words[2], "--flag");
}

static void
test_opts_read__value_behind_a_sign(void **state)
{
    xj_opt opts[] = {{.name = "--name", .takes_value = true}, {.name = "--flag"}, {0}};
    const char **words;
    int n;

    (void)state;
    must_ok(READ(name_x));
    assert_string_equal(opts[0].value, "x=y");
    assert_int_equal(n, 0);
}

static void
test_opts_read__refuses_what_it_does_not_know(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++) {
        xj_opt opts[] = {{.name = "--name", .takes_value = true}, {.name = "--flag"}, {0}};
        const char **words;
        int n;
        xj_error *err = i == 0   ? READ(other)
                        : i == 1 ? READ(one, name)
                        : i == 2 ? READ(flag, flag)
                        : i == 3 ? READ(flag_1)
                                 : READ(ill);

        must_fail(err, XJ_E_BAD_INPUT);
    }
}

static void
test_opts_read__has_a_limit(void **state)
{
    xj_opt opts[] = {{0}};
    char **argv = XJ_NEW_ARRAY(pool, char *, XJ_ARGS_MAX + 1);
    const char **words;
    int n;

    (void)state;
    for (int i = 0; i <= XJ_ARGS_MAX; i++)
        argv[i] = one;
    must_ok(xj_opts_read(opts, &words, &n, XJ_ARGS_MAX, argv, pool));
    assert_int_equal(n, XJ_ARGS_MAX);
    must_fail(xj_opts_read(opts, &words, &n, XJ_ARGS_MAX + 1, argv, pool), XJ_E_BAD_INPUT);
}

#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_opts_read__options_and_words),
        T(test_opts_read__value_behind_a_sign),
        T(test_opts_read__refuses_what_it_does_not_know),
        T(test_opts_read__has_a_limit),
    };

    return xjtest_main(tests);
}
