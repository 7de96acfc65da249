#include "nettest.h"

#define AT INT64_C(1785542405000000) /* 2026-08-01T00:00:05Z, a Saturday */

static const xj_str to_one[] = {{"lin@edu.example.cn", 18}};

static xj_mail_server
server_of(struct fixture *f)
{
    return (xj_mail_server){.url = xj_str_printf(f->pool, "smtp://127.0.0.1:%d", f->peer.port),
                            .tls = XJ_MAIL_TLS_TRY,
                            .from = XJ_STR("office@city.example.cn"),
                            .from_name = XJ_STR("云溪市推进办"),
                            .seconds = 20};
}

static xj_mail
letter(void)
{
    return (xj_mail){.to = to_one,
                     .nto = 1,
                     .subject = XJ_STR("本周待办：3项"),
                     .body = XJ_STR("一、6月15日前报送半年进展\n.\n二、签收通知\n"),
                     .message_id = XJ_STR("digest-2026W31-7"),
                     .at = AT};
}

static void
test_mail_address_ok__what_can_be_written_to(void **state)
{
    static const struct {
        const char *address;
        bool ok;
    } cases[] = {{"a@b", true},
                 {"li.na+x@edu.example.cn", true},
                 {"", false},
                 {"a", false},
                 {"@b", false},
                 {"a@", false},
                 {"a@b@c", false},
                 {"a b@c", false},
                 {"a@b\r\nTo: c@d", false},
                 {"<a@b>", false},
                 {"a@.b", false},
                 {"a@b.", false},
                 {"\"a\"@b", false},
                 {"a,c@b", false},
                 {"李@b", false}};
    char longest[XJ_MAIL_ADDRESS_MAX + 2];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (xj_mail_address_ok(xj_str_c(cases[i].address)) != cases[i].ok)
            fail_msg("%s", cases[i].address);
    memset(longest, 'a', sizeof longest);
    longest[1] = '@';
    assert_true(xj_mail_address_ok(xj_str_of(longest, XJ_MAIL_ADDRESS_MAX)));
    assert_false(xj_mail_address_ok(xj_str_of(longest, XJ_MAIL_ADDRESS_MAX + 1)));
}

/* The encoded words were made by Python's base64. */
static void
test_mail_head__is_the_letters_head(void **state)
{
    struct fixture *f = *state;
    const xj_mail_server server = server_of(f);
    const xj_mail mail = letter();
    xj_buf out;

    xj_buf_init(&out, f->pool, 4096);
    must_ok(xj_mail_head(&out, &server, &mail));
    assert_str(xj_buf_str(&out),
               "Date: Sat, 1 Aug 2026 00:00:05 +0000\r\n"
               "From: =?UTF-8?B?5LqR5rqq5biC5o6o6L+b5Yqe?= <office@city.example.cn>\r\n"
               "To: <lin@edu.example.cn>\r\n"
               "Subject: =?UTF-8?B?5pys5ZGo5b6F5Yqe77yaM+mhuQ==?=\r\n"
               "Message-ID: <digest-2026W31-7@city.example.cn>\r\n"
               "Auto-Submitted: auto-generated\r\n");
}

static void
test_mail_head__a_long_subject_is_folded_between_characters(void **state)
{
    struct fixture *f = *state;
    const xj_mail_server server = server_of(f);
    xj_mail mail = letter();
    xj_buf subject, out;
    xj_str line, rest;

    xj_buf_init(&subject, f->pool, 4096);
    for (int i = 0; i < XJ_MAIL_SUBJECT_MAX; i++)
        xj_buf_add(&subject, XJ_STR("县"));
    mail.subject = xj_buf_str(&subject);
    xj_buf_init(&out, f->pool, 8192);
    must_ok(xj_mail_head(&out, &server, &mail));
    rest = xj_buf_str(&out);
    while (xj_str_split(&line, &rest, '\n'))
        assert_true(line.len <= 90);
    assert_true(xj_str_has(xj_buf_str(&out),
                           XJ_STR("=?UTF-8?B?5Y6/5Y6/5Y6/5Y6/5Y6/5Y6/5Y6/5Y6/5Y6/5Y6/5Y6/5Y6/5Y6/"
                                  "5Y6/5Y6/?=\r\n =?UTF-8?B?")));
}

static void
test_mail_send__hands_it_over(void **state)
{
    struct fixture *f = *state;
    static const xj_str two[] = {{"lin@edu.example.cn", 18}, {"wang@edu.example.cn", 19}};
    xj_mail mail = letter();
    xj_mail_server server;
    xj_str got;

    mail.to = two;
    mail.nto = 2;
    peer_open(&f->peer);
    server = server_of(f);
    must_ok(xj_mail_send(&server, &mail, f->pool));
    peer_close(&f->peer);
    got = xj_str_c(f->peer.got);
    assert_true(xj_str_has(got, XJ_STR("MAIL FROM:<office@city.example.cn>")));
    assert_true(xj_str_has(got, XJ_STR("RCPT TO:<lin@edu.example.cn>\r\n")));
    assert_true(xj_str_has(got, XJ_STR("RCPT TO:<wang@edu.example.cn>\r\n")));
    assert_true(xj_str_has(got, XJ_STR("Message-ID: <digest-2026W31-7@city.example.cn>\r\n")));
    assert_true(xj_str_has(got, XJ_STR("Content-Type: text/plain; charset=utf-8\r\n"
                                       "Content-Transfer-Encoding: base64\r\n")));
    /* The text above, by Python's base64: a dot on a line of its own ends nothing. */
    assert_true(xj_str_has(got, XJ_STR("5LiA44CBNuaciDE15pel5YmN5oql6YCB5Y2K5bm06L+b5bGVCi4K5LqM"
                                       "44CB562+5pS26YCa55+l")));
}

static void
test_mail_send__a_4xx_may_go_through_later(void **state)
{
    struct fixture *f = *state;
    const xj_mail mail = letter();
    xj_mail_server server;

    f->peer.refuse = "RCPT";
    f->peer.refusal = "451 greylisted, come back\r\n";
    peer_open(&f->peer);
    server = server_of(f);
    must_fail(xj_mail_send(&server, &mail, f->pool), XJ_E_UNAVAILABLE);
    peer_close(&f->peer);
}

static void
test_mail_send__a_5xx_is_final(void **state)
{
    struct fixture *f = *state;
    const xj_mail mail = letter();
    xj_mail_server server;

    f->peer.refuse = "RCPT";
    f->peer.refusal = "550 no such person\r\n";
    peer_open(&f->peer);
    server = server_of(f);
    must_fail(xj_mail_send(&server, &mail, f->pool), XJ_E_REFUSED);
    peer_close(&f->peer);
}

static void
test_mail_send__a_sender_that_is_not_taken_is_no_fault_of_the_address(void **state)
{
    struct fixture *f = *state;
    const xj_mail mail = letter();
    xj_mail_server server;

    f->peer.refuse = "MAIL";
    f->peer.refusal = "553 sender not known here\r\n";
    peer_open(&f->peer);
    server = server_of(f);
    must_fail(xj_mail_send(&server, &mail, f->pool), XJ_E_UNAVAILABLE);
    peer_close(&f->peer);
}

static void
test_mail_send__nothing_goes_in_the_clear_where_encryption_is_required(void **state)
{
    struct fixture *f = *state;
    const xj_mail mail = letter();
    xj_mail_server server;

    peer_open(&f->peer);
    server = server_of(f);
    server.tls = XJ_MAIL_TLS_REQUIRED;
    must_fail(xj_mail_send(&server, &mail, f->pool), XJ_E_CONFIG);
    peer_close(&f->peer);
    assert_false(xj_str_has(xj_str_c(f->peer.got), XJ_STR("MAIL FROM")));
}

static void
test_mail_send__nobody_there_may_be_there_later(void **state)
{
    struct fixture *f = *state;
    const xj_mail mail = letter();
    xj_mail_server server;

    peer_open(&f->peer);
    peer_close(&f->peer);
    server = server_of(f);
    must_fail(xj_mail_send(&server, &mail, f->pool), XJ_E_UNAVAILABLE);
}

static void
test_mail_send__silence_times_out(void **state)
{
    struct fixture *f = *state;
    const xj_mail mail = letter();
    xj_mail_server server;

    f->peer.greeting = "";
    peer_open(&f->peer);
    server = server_of(f);
    server.seconds = 1;
    must_fail(xj_mail_send(&server, &mail, f->pool), XJ_E_TIMEOUT);
    peer_close(&f->peer);
}

static void
test_mail_send__checks_before_it_calls(void **state)
{
    struct fixture *f = *state;
    static const xj_str none[] = {{"lin@edu.example.cn>\r\nDATA", 24}};
    xj_mail_server server = server_of(f);
    xj_mail mail = letter();

    mail.to = none;
    must_fail(xj_mail_send(&server, &mail, f->pool), XJ_E_BAD_INPUT);
    mail = letter();
    mail.nto = 0;
    must_fail(xj_mail_send(&server, &mail, f->pool), XJ_E_BAD_INPUT);
    mail = letter();
    mail.subject = XJ_STR("a\r\nBcc: b@c");
    must_fail(xj_mail_send(&server, &mail, f->pool), XJ_E_BAD_INPUT);
    mail = letter();
    mail.message_id = XJ_STR("a@b>");
    must_fail(xj_mail_send(&server, &mail, f->pool), XJ_E_BAD_INPUT);
    mail = letter();
    mail.body = xj_str_of(xj_calloc(f->pool, XJ_MAIL_BODY_MAX + 1), XJ_MAIL_BODY_MAX + 1);
    must_fail(xj_mail_send(&server, &mail, f->pool), XJ_E_TOO_LARGE);
    mail = letter();
    server.url = XJ_STR("http://127.0.0.1:1");
    must_fail(xj_mail_send(&server, &mail, f->pool), XJ_E_CONFIG);
    server.url = XJ_STR("smtp://127.0.0.1:1");
    server.from = XJ_STR("nobody");
    must_fail(xj_mail_send(&server, &mail, f->pool), XJ_E_CONFIG);
}

int
main(void)
{
    const struct CMUnitTest mail[] = {
        cmocka_unit_test(test_mail_address_ok__what_can_be_written_to),
        cmocka_unit_test_setup_teardown(test_mail_head__is_the_letters_head, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_mail_head__a_long_subject_is_folded_between_characters,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_mail_send__hands_it_over, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_mail_send__a_4xx_may_go_through_later, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_mail_send__a_5xx_is_final, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            test_mail_send__a_sender_that_is_not_taken_is_no_fault_of_the_address, set_up,
            tear_down),
        cmocka_unit_test_setup_teardown(
            test_mail_send__nothing_goes_in_the_clear_where_encryption_is_required, set_up,
            tear_down),
        cmocka_unit_test_setup_teardown(test_mail_send__nobody_there_may_be_there_later, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_mail_send__silence_times_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_mail_send__checks_before_it_calls, set_up, tear_down),
    };

    return xjtest_main(mail);
}
