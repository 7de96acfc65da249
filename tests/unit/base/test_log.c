#include "support/xjtest.h"

#include "base/cal.h"
#include "base/log.h"

#include <unistd.h>

/* Standard error goes into a file between set-up and `logged`. */
struct fixture {
    FILE *file;
    int saved;
    char text[8192];
};

static int
set_up(void **state)
{
    static struct fixture f;

    f = (struct fixture){.file = tmpfile(), .saved = dup(STDERR_FILENO)};
    if (f.file == NULL || f.saved < 0 || dup2(fileno(f.file), STDERR_FILENO) < 0)
        return -1;
    xj_now_set((int64_t)18627 * 86400 * 1000000);
    *state = &f;
    return 0;
}

static const char *
logged(struct fixture *f)
{
    size_t n;

    dup2(f->saved, STDERR_FILENO);
    rewind(f->file);
    n = fread(f->text, 1, sizeof f->text - 1, f->file);
    f->text[n] = '\0';
    return f->text;
}

static int
tear_down(void **state)
{
    struct fixture *f = *state;

    dup2(f->saved, STDERR_FILENO);
    close(f->saved);
    fclose(f->file);
    xj_now_set(0);
    xj_log_set_level(XJ_LOG_INFO);
    return 0;
}

static void
test_log__is_one_json_object_a_line(void **state)
{
    xj_log(XJ_LOG_INFO, "request", "path", XJ_STR("/a\"b\\\n\x7f"), "unit", XJ_STR("市教育局"),
           NULL);
    assert_string_equal(logged(*state),
                        "{\"time\":\"2020-12-31T00:00:00.000000Z\",\"level\":\"info\","
                        "\"event\":\"request\",\"path\":\"/a\\\"b\\\\\\u000a\\u007f\","
                        "\"unit\":\"市教育局\"}\n");
}

static void
test_log__drops_what_is_below_the_level(void **state)
{
    xj_log(XJ_LOG_DEBUG, "quiet", NULL);
    xj_log_set_level(XJ_LOG_ERROR);
    xj_log(XJ_LOG_WARN, "quiet", NULL);
    xj_log_set_level(XJ_LOG_DEBUG);
    xj_log(XJ_LOG_DEBUG, "loud", NULL);
    assert_string_equal(logged(*state), "{\"time\":\"2020-12-31T00:00:00.000000Z\","
                                        "\"level\":\"debug\",\"event\":\"loud\"}\n");
}

static void
test_log_error__tells_the_whole_chain(void **state)
{
    xj_error *err = xj_error_detail(xj_error_new(XJ_E_IO, "gone"), "errno %d", 2);
    const char *text;

    err = xj_error_at(xj_error_wrap(XJ_E_CONFIG, err, "no settings"), "port");
    xj_log_error("start", err, XJ_STR("r1"));
    xj_error_clear(err);
    text = logged(*state);
    assert_non_null(strstr(text, "\"event\":\"start\",\"request\":\"r1\",\"chain\":[{\"code\":"
                                 "\"CONFIG\","));
    assert_non_null(strstr(text, "\"message\":\"no settings\",\"field\":\"port\"},{\"code\":"
                                 "\"IO\","));
    assert_non_null(strstr(text, "\"message\":\"gone\",\"detail\":\"errno 2\"}]}\n"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_log__is_one_json_object_a_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_log__drops_what_is_below_the_level, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_log_error__tells_the_whole_chain, set_up, tear_down),
    };

    return xjtest_main(tests);
}
