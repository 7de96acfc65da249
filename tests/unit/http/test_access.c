#include "httptest.h"

#include "base/log.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

static int saved_stderr;
static char file[] = "/tmp/xj-access-XXXXXX";

static void
catch_log(void)
{
    int fd = mkstemp(file);

    assert_true(fd >= 0);
    saved_stderr = dup(STDERR_FILENO);
    dup2(fd, STDERR_FILENO);
    close(fd);
}

static xj_str
caught_log(xj_pool *pool)
{
    static char text[65536];
    int fd = open(file, O_RDONLY);
    ssize_t n = read(fd, text, sizeof text);

    (void)pool;
    close(fd);
    dup2(saved_stderr, STDERR_FILENO);
    close(saved_stderr);
    unlink(file);
    memcpy(file, "/tmp/xj-access-XXXXXX", sizeof file);
    assert_true(n >= 0);
    return xj_str_of(text, (size_t)n);
}

static void
test_access__one_line_a_request_without_values_of_the_query(void **state)
{
    struct fixture f;
    xj_str log, line;

    (void)state;
    serve(&f, (xj_http_options){0});
    catch_log();
    ask(&f, GET("/query?q=secret", "X-Request-Id: trace-0001\r\n"), f.pool);
    ask(&f, GET("/refuse", ""), f.pool);
    ask(&f, GET("/a%22b", ""), f.pool);
    xj_http_stop(f.http, 10);
    log = caught_log(f.pool);
    f.http = NULL;
    assert_false(xj_str_has(log, XJ_STR("secret")));
    assert_true(xj_str_split(&line, &log, '\n'));
    assert_true(xj_str_has(line, XJ_STR("\"event\":\"request\",\"request\":\"trace-0001\","
                                        "\"method\":\"GET\",\"path\":\"/query\",\"status\":200,"
                                        "\"bytes\":6,\"micros\":")));
    assert_true(xj_str_starts(line, XJ_STR("{\"time\":\"2")));
    assert_true(xj_str_ends(line, XJ_STR("}")));
    assert_true(xj_str_split(&line, &log, '\n'));
    assert_true(xj_str_has(line, XJ_STR("\"status\":409")));
    assert_true(xj_str_has(line, XJ_STR("\"code\":\"conflict\"")));
    assert_true(xj_str_split(&line, &log, '\n'));
    assert_true(xj_str_has(line, XJ_STR("\"path\":\"/a'b\"")));
    finish(&f);
}

static void
test_access__long_path_is_cut_between_characters(void **state)
{
    struct fixture f;
    xj_buf path;
    xj_str log;

    (void)state;
    serve(&f, (xj_http_options){0});
    catch_log();
    xj_buf_init(&path, f.pool, 8192);
    xj_buf_add(&path, XJ_STR("GET /a"));
    for (int i = 0; i < 400; i++)
        xj_buf_add(&path, XJ_STR("%E5%81%A5"));
    xj_buf_add(&path, XJ_STR(" HTTP/1.1\r\nHost: x\r\n\r\n"));
    assert_int_equal(ask(&f, xj_buf_str(&path), f.pool).status, 200);
    xj_http_stop(f.http, 10);
    log = caught_log(f.pool);
    f.http = NULL;
    assert_int_equal(xj_utf8_check(log), log.len);
    assert_true(xj_str_has(log, XJ_STR("健\",\"status\":200")));
    assert_true(log.len < 1024);
    finish(&f);
}

static void
test_access__can_be_turned_off(void **state)
{
    struct fixture f;
    xj_str log;

    (void)state;
    serve(&f, (xj_http_options){.no_access_log = true});
    catch_log();
    ask(&f, GET("/hello", ""), f.pool);
    xj_http_stop(f.http, 10);
    log = caught_log(f.pool);
    f.http = NULL;
    assert_int_equal(log.len, 0);
    finish(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_access__one_line_a_request_without_values_of_the_query),
        cmocka_unit_test(test_access__long_path_is_cut_between_characters),
        cmocka_unit_test(test_access__can_be_turned_off),
    };

    return xjtest_main(tests);
}
