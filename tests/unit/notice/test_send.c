#include "../duty/dutytest.h"

#include "duty/clock.h"
#include "notice/notice.h"
#include "org/post.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#define MINUTE (60 * INT64_C(1000000))

/* ---- a webhook that answers STATUS and counts ---- */

struct hook {
    int listening, port;
    atomic_int status, posts;
    pthread_t thread;
};

static void *
answer_all(void *arg)
{
    struct hook *h = arg;

    for (;;) {
        char buffer[4096], reply[128];
        size_t got = 0;
        int fd = accept(h->listening, NULL, NULL);

        if (fd < 0)
            return NULL;
        /* A body of JSON ends the request: it is short and has one object. */
        while (got + 1 < sizeof buffer) {
            const ssize_t n = read(fd, buffer + got, sizeof buffer - 1 - got);

            if (n <= 0)
                break;
            got += (size_t)n;
            if (buffer[got - 1] == '}')
                break;
        }
        atomic_fetch_add(&h->posts, 1);
        snprintf(reply, sizeof reply,
                 "HTTP/1.1 %d x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                 atomic_load(&h->status));
        (void)send(fd, reply, strlen(reply), MSG_NOSIGNAL);
        close(fd);
    }
}

static void
hook_open(struct hook *h)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t len = sizeof address;

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    h->listening = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(h->listening, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(h->listening, 16), 0);
    assert_int_equal(getsockname(h->listening, (struct sockaddr *)&address, &len), 0);
    h->port = ntohs(address.sin_port);
    atomic_store(&h->status, 200);
    assert_int_equal(pthread_create(&h->thread, NULL, answer_all, h), 0);
}

static void
hook_close(struct hook *h)
{
    shutdown(h->listening, SHUT_RDWR);
    pthread_join(h->thread, NULL);
    close(h->listening);
}

/* ---- somebody who owes, and is told by the webhook ---- */

struct setup {
    int64_t unit, person, notice;
};

static xj_error *
run_acknowledge(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct setup *s = args;

    (void)answer;
    return xj_receipt_acknowledge(tx, s->notice, s->unit, XJ_STR_NONE, XJ_STR("甲"));
}

static xj_error *
run_setup(xj_tx *tx, void *args, xj_buf *answer)
{
    struct setup *s = args;
    xj_post post = {.role = XJ_ROLE_LIAISON_A, .unit = s->unit};
    const xj_channel_row row = {
        .channel = XJ_CHANNEL_HOOK, .wanted = true, .language = XJ_STR("zh")};
    int64_t id;

    (void)answer;
    XJ_TRY(xj_person_add(&s->person, tx, XJ_STR("a1"), XJ_STR("甲"), XJ_STR("h")));
    post.person = s->person;
    XJ_TRY(xj_post_add(&id, tx, &post));
    return xj_channel_set(tx, s->person, &row);
}

struct world {
    plan_fixture f;
    struct setup setup;
    struct hook hook;
    xj_notice_ways ways;
    xj_notice_sender *sender;
};

/* What is due on 15 June 2026, and the clock at Monday the 8th: a digest stands in the outbox. */
static void
open_world(struct world *w, xjtest_store *t)
{
    xj_clock_ran ran;
    xj_duty_new made;
    int64_t duty;
    xj_str body;

    *w = (struct world){.f = plantest_make(t)};
    dutytest_day("2026-06-05");
    w->setup.unit = dutytest_unit(t, w->f.tenant, "市教育局");
    must_ok(xjtest_do(&body, t, w->f.tenant, run_setup, &w->setup));
    made = dutytest_by_hand(&w->f, w->setup.unit);
    must_ok(dutytest_try_add(&duty, t, w->f.tenant, &made));
    w->setup.notice = dutytest_get(t, &w->f.scope, duty)->row.notice;
    must_ok(xjtest_do(&body, t, w->f.tenant, run_acknowledge, &w->setup));
    must_ok(xj_clock_run(&ran, t->store, 0, (xj_date){2026, 6, 8}, t->pool));
    hook_open(&w->hook);
    w->ways =
        (xj_notice_ways){.hook_url = xj_str_printf(t->pool, "http://127.0.0.1:%d/", w->hook.port)};
    w->sender = xj_notice_sender_new(t->store, &w->ways, t->pool);
    xj_net_start();
}

static void
close_world(struct world *w, xjtest_store *t)
{
    xj_net_stop();
    hook_close(&w->hook);
    dutytest_sound(t);
    xj_now_set(0);
}

/* The instant HOUR o'clock of DAY where the jurisdiction lies. */
static int64_t
at(const char *day, int hour)
{
    return (xj_date_days(xj_day_parse(xj_str_c(day))) * 24 + hour - 8) * 60 * MINUTE;
}

static xj_notice_sent
send_at(struct world *w, xjtest_store *t, int64_t now)
{
    xj_notice_sent sent;

    must_ok(xj_notice_send(&sent, w->sender, 0, now, NULL, t->pool));
    return sent;
}

XJTEST_STORE(test_send__tells_once_in_working_hours)
{
    struct world w;
    xj_notice_sent sent;
    xj_told *told;
    size_t n;

    open_world(&w, t);
    sent = send_at(&w, t, at("2026-06-07", 12)); /* a Sunday */
    assert_true(sent.spread > 0);
    assert_int_equal(sent.sent, 0);
    assert_int_equal(send_at(&w, t, at("2026-06-08", 7)).sent, 0);
    assert_int_equal(send_at(&w, t, at("2026-06-08", 18)).sent, 0);
    sent = send_at(&w, t, at("2026-06-08", 9));
    assert_int_equal(sent.sent, 1);
    assert_int_equal(send_at(&w, t, at("2026-06-08", 10)).sent, 0);
    assert_int_equal(atomic_load(&w.hook.posts), 1);
    must_ok(xj_inbox_list(&told, &n, plantest_read(t), w.f.tenant, w.setup.person, true, 0, 10,
                          t->pool));
    assert_true(n >= 1);
    assert_str(told[n - 1].unit_name, "市教育局");
    close_world(&w, t);
}

XJTEST_STORE(test_send__a_way_that_is_down_is_left_alone_longer_each_time)
{
    const int64_t start = at("2026-06-08", 9);
    struct world w;

    open_world(&w, t);
    atomic_store(&w.hook.status, 503);
    assert_int_equal(send_at(&w, t, start).later, 1);
    assert_int_equal(send_at(&w, t, start + MINUTE / 2).later, 0); /* not tried */
    assert_int_equal(send_at(&w, t, start + MINUTE).later, 1);
    assert_int_equal(send_at(&w, t, start + 2 * MINUTE).later, 0);
    assert_int_equal(atomic_load(&w.hook.posts), 2);
    atomic_store(&w.hook.status, 200);
    assert_int_equal(send_at(&w, t, start + 10 * MINUTE).sent, 1);
    assert_int_equal(atomic_load(&w.hook.posts), 3);
    close_world(&w, t);
}

XJTEST_STORE(test_send__after_a_week_it_is_failed_and_shown)
{
    struct world w;
    xj_delivery *items;
    size_t n;

    open_world(&w, t);
    atomic_store(&w.hook.status, 503);
    assert_int_equal(send_at(&w, t, at("2026-06-08", 9)).later, 1);
    atomic_store(&w.hook.status, 200);
    assert_int_equal(send_at(&w, t, at("2026-06-16", 9)).failed, 1);
    must_ok(xj_delivery_list(&items, &n, plantest_read(t), w.f.tenant, XJ_STR("failed"), 0, 10,
                             t->pool));
    assert_int_equal(n, 1);
    assert_str(items[0].code, "timeout");
    assert_str(items[0].person_name, "甲");
    must_ok(xj_delivery_list(&items, &n, plantest_read(t), w.f.other, XJ_STR_NONE, 0, 10, t->pool));
    assert_int_equal(n, 0);
    close_world(&w, t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_send__tells_once_in_working_hours),
        XJTEST_BOTH(test_send__a_way_that_is_down_is_left_alone_longer_each_time),
        XJTEST_BOTH(test_send__after_a_week_it_is_failed_and_shown),
    };

    return xjtest_store_main(tests);
}
