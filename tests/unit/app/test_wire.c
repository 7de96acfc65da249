#include "app/wire.h"

#include "support/xjtest.h"

#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct ends {
    int fd[2];
    xj_pool *pool;
} ends;

static int
setup(void **state)
{
    ends *e = calloc(1, sizeof *e);

    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, e->fd), 0);
    e->pool = xj_pool_root();
    *state = e;
    return 0;
}

static int
teardown(void **state)
{
    ends *e = *state;

    close(e->fd[0]);
    if (e->fd[1] >= 0)
        close(e->fd[1]);
    xj_pool_destroy(e->pool);
    free(e);
    return 0;
}

static void
test_wire__a_request_arrives_whole(void **state)
{
    ends *e = *state;
    xj_wire_request request;
    bool end;

    must_ok(
        xj_wire_send_request(e->fd[0], "unit.list", XJ_STR("{\"a\":1}"), xj_str_of("\0\n\xFF", 3)));
    must_ok(xj_wire_read_request(&request, &end, e->fd[1], e->pool));
    assert_false(end);
    assert_str(request.name, "unit.list");
    assert_str(request.args, "{\"a\":1}");
    assert_int_equal(request.blob.len, 3);
    assert_memory_equal(request.blob.data, "\0\n\xFF", 3);
}

static void
test_wire__an_answer_or_an_error_arrives(void **state)
{
    ends *e = *state;
    xj_error *sent = xj_error_at(
        xj_error_detail(xj_error_new(XJ_E_CONFLICT, "taken \"市\""), "a detail"), "/name");
    xj_error *got;
    xj_str answer;

    must_ok(xj_wire_send_answer(e->fd[0], NULL, XJ_STR("{}"), e->pool));
    must_ok(xj_wire_read_answer(&answer, e->fd[1], e->pool));
    assert_str(answer, "{}");
    must_ok(xj_wire_send_answer(e->fd[0], sent, XJ_STR("half of an ans"), e->pool));
    xj_error_clear(sent);
    got = xj_wire_read_answer(&answer, e->fd[1], e->pool);
    assert_int_equal(xj_error_code(got), XJ_E_CONFLICT);
    assert_string_equal(xj_error_message(got), "taken \"市\"");
    assert_string_equal(xj_error_details(got), "a detail");
    assert_string_equal(xj_error_field(got), "/name");
    xj_error_clear(got);
}

static void
send_and_close(ends *e, const char *text)
{
    assert_int_equal(write(e->fd[0], text, strlen(text)), (ssize_t)strlen(text));
    shutdown(e->fd[0], SHUT_WR);
}

#define TEST_REQUEST(name, text, code)                                                             \
    static void name(void **state)                                                                 \
    {                                                                                              \
        ends *e = *state;                                                                          \
        xj_wire_request request;                                                                   \
        bool end;                                                                                  \
                                                                                                   \
        send_and_close(e, text);                                                                   \
        must_fail(xj_wire_read_request(&request, &end, e->fd[1], e->pool), code);                  \
    }
TEST_REQUEST(test_wire_read_request__another_language, "GET / HTTP/1.1\r\n", XJ_E_BAD_INPUT)
TEST_REQUEST(test_wire_read_request__no_sizes, "XJ1 unit.list\n", XJ_E_BAD_INPUT)
TEST_REQUEST(test_wire_read_request__a_negative_size, "XJ1 unit.list -1 0\n", XJ_E_BAD_INPUT)
TEST_REQUEST(test_wire_read_request__too_many_arguments, "XJ1 unit.list 1048577 0\n",
             XJ_E_TOO_LARGE)
TEST_REQUEST(test_wire_read_request__too_large_a_blob, "XJ1 unit.list 0 67108865\n", XJ_E_TOO_LARGE)
TEST_REQUEST(test_wire_read_request__ends_in_the_middle, "XJ1 unit.list 10 0\nabc", XJ_E_IO)
TEST_REQUEST(
    test_wire_read_request__a_line_without_end,
    "XJ1 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    XJ_E_TOO_LARGE)

static void
test_wire_read_request__nothing_is_an_end(void **state)
{
    ends *e = *state;
    xj_wire_request request;
    bool end = false;

    send_and_close(e, "");
    must_ok(xj_wire_read_request(&request, &end, e->fd[1], e->pool));
    assert_true(end);
}

static void
test_wire_read_answer__a_server_that_ended(void **state)
{
    ends *e = *state;
    xj_str answer;

    send_and_close(e, "");
    must_fail(xj_wire_read_answer(&answer, e->fd[1], e->pool), XJ_E_UNAVAILABLE);
}

static void
test_wire_write__to_nobody_is_an_error(void **state)
{
    ends *e = *state;

    close(e->fd[1]);
    e->fd[1] = -1;
    must_fail(xj_wire_write(e->fd[0], XJ_STR("x")), XJ_E_IO);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_wire__a_request_arrives_whole),
        T(test_wire__an_answer_or_an_error_arrives),
        T(test_wire_read_request__another_language),
        T(test_wire_read_request__no_sizes),
        T(test_wire_read_request__a_negative_size),
        T(test_wire_read_request__too_many_arguments),
        T(test_wire_read_request__too_large_a_blob),
        T(test_wire_read_request__ends_in_the_middle),
        T(test_wire_read_request__a_line_without_end),
        T(test_wire_read_request__nothing_is_an_end),
        T(test_wire_read_answer__a_server_that_ended),
        T(test_wire_write__to_nobody_is_an_error),
    };

    return xjtest_main(tests);
}
