#include "app/settings.h"

#include "support/xjtest.h"

#include <unistd.h>

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

static xj_error *
set(xj_settings *s, const char *name, const char *value)
{
    return xj_settings_set(s, xj_str_c(name), value, "flag", pool);
}

static void
test_settings_init__every_default_is_valid(void **state)
{
    xj_settings s;

    (void)state;
    xj_settings_init(&s);
    for (int i = 0; i < XJ_SET_COUNT; i++) {
        assert_string_equal(s.values[i].text, xj_setting_rows[i].preset);
        assert_string_equal(s.values[i].from, "default");
    }
    assert_int_equal(xj_settings_int(&s, XJ_SET_port), 8080);
}

static void
test_settings_set__checks_type_and_range(void **state)
{
    static const struct {
        const char *name, *value;
    } wrong[] = {
        {"port", "65536"},
        {"port", "-1"},
        {"port", ""},
        {"port", "80x"},
        {"port", " 80"},
        {"session_idle", "59"},
        {"workers", "0"},
        {"secure_cookie", "maybe"},
        {"secure_cookie", ""},
        {"data", ""},
        {"address", ""},
        {"no_such", "1"},
        {"", "1"},
        {"PORT", "80"},
        {"data", "\xFF"},
        {"port", "99999999999999999999999"},
    };
    xj_settings s;

    (void)state;
    xj_settings_init(&s);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        must_fail(set(&s, wrong[i].name, wrong[i].value), XJ_E_CONFIG);
    must_ok(set(&s, "port", "65535"));
    assert_int_equal(xj_settings_int(&s, XJ_SET_port), 65535);
    must_ok(set(&s, "session-idle", "60"));
    assert_int_equal(xj_settings_int(&s, XJ_SET_session_idle), 60);
    must_ok(set(&s, "secure_cookie", "yes"));
    assert_int_equal(xj_settings_int(&s, XJ_SET_secure_cookie), 1);
    must_ok(set(&s, "secure_cookie", "0"));
    assert_int_equal(xj_settings_int(&s, XJ_SET_secure_cookie), 0);
}

static void
test_settings_text__lines_and_remarks(void **state)
{
    xj_settings s;

    (void)state;
    xj_settings_init(&s);
    must_ok(xj_settings_text(&s, XJ_STR("# a remark\n\n  port = 81 \r\ndata=/x y\n"), pool));
    assert_int_equal(xj_settings_int(&s, XJ_SET_port), 81);
    assert_string_equal(xj_settings_str(&s, XJ_SET_data), "/x y");
    assert_string_equal(s.values[XJ_SET_port].from, "file");
}

static void
test_settings_text__says_the_line_of_a_mistake(void **state)
{
    static const char *const wrong[] = {"port = 1\nport\n", "\nport = x\n", "#\nsome = 1"};
    xj_settings s;

    (void)state;
    xj_settings_init(&s);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        xj_error *err = xj_settings_text(&s, xj_str_c(wrong[i]), pool);

        assert_true(xj_error_is(err, XJ_E_CONFIG));
        assert_non_null(strstr(xj_error_message(err), "line 2"));
        xj_error_clear(err);
    }
    must_fail(xj_settings_text(&s, xj_str_of("data = a\0b\n", 11), pool), XJ_E_CONFIG);
}

static void
test_settings_file__is_read_up_to_its_limit(void **state)
{
    char path[] = "/tmp/xjtest-settings-XXXXXX";
    int fd = mkstemp(path);
    char *text = xj_alloc(pool, XJ_SETTINGS_FILE_MAX + 1);
    xj_settings s;

    (void)state;
    assert_true(fd >= 0);
    xj_settings_init(&s);
    memset(text, '\n', XJ_SETTINGS_FILE_MAX + 1);
    memcpy(text, "port=7", 6);
    assert_int_equal(write(fd, text, XJ_SETTINGS_FILE_MAX), XJ_SETTINGS_FILE_MAX);
    must_ok(xj_settings_file(&s, path, pool));
    assert_int_equal(xj_settings_int(&s, XJ_SET_port), 7);
    assert_int_equal(write(fd, "\n", 1), 1);
    must_fail(xj_settings_file(&s, path, pool), XJ_E_CONFIG);
    close(fd);
    unlink(path);
    must_fail(xj_settings_file(&s, path, pool), XJ_E_CONFIG);
    must_fail(xj_settings_file(&s, "/tmp", pool), XJ_E_CONFIG);
}

static void
test_settings_environ__takes_its_own_and_leaves_others(void **state)
{
    char port[] = "XJ_PORT=82", other[] = "XJ_TEST_PGSQL=x", path[] = "PATH=/bin",
         odd[] = "XJ_DATA";
    char idle[] = "XJ_SESSION_IDLE=61", wrong[] = "XJ_WORKERS=no";
    char *good[] = {port, other, path, odd, idle, NULL};
    char *bad[] = {wrong, NULL};
    xj_settings s;

    (void)state;
    xj_settings_init(&s);
    must_ok(xj_settings_environ(&s, good, pool));
    assert_int_equal(xj_settings_int(&s, XJ_SET_port), 82);
    assert_int_equal(xj_settings_int(&s, XJ_SET_session_idle), 61);
    assert_string_equal(s.values[XJ_SET_port].from, "environment");
    must_fail(xj_settings_environ(&s, bad, pool), XJ_E_CONFIG);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_settings_init__every_default_is_valid),
        T(test_settings_set__checks_type_and_range),
        T(test_settings_text__lines_and_remarks),
        T(test_settings_text__says_the_line_of_a_mistake),
        T(test_settings_file__is_read_up_to_its_limit),
        T(test_settings_environ__takes_its_own_and_leaves_others),
    };

    return xjtest_main(tests);
}
