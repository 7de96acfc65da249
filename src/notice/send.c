/*
 * The sender: writes down that it sends, sends, writes down the answer together with what it sends
 * next.  One at a time, so that a killed process leaves one in doubt at the most.
 */
#include "notice/notice_priv.h"

#include <pthread.h>

#define SECOND INT64_C(1000000)
#define MINUTE (60 * SECOND)
#define DAY (24 * 60 * MINUTE)
#define AWAY_MAX                                                                                   \
    (15 * MINUTE)               /* a way that cannot be reached is left alone so long at the most  \
                                 */
#define AGAIN_MAX (60 * MINUTE) /* between two tries of one message at the most */
#define LOOKED_AT_MAX 500       /* messages put off or dropped in one command */
#define ITEMS_MAX ((size_t)1 << 20)

struct xj_notice_sender {
    xj_store *store;
    const xj_notice_ways *ways;
    /* Of each way: not before, and how often in a row it was not to be reached. */
    int64_t away_until[XJ_CHANNELS];
    int away[XJ_CHANNELS];
};

/* One round in one jurisdiction. */
struct round {
    xj_notice_sender *sender;
    int64_t tenant, now;
    int64_t next_day; /* when the next working day begins */
    int64_t cap;
};

/* A message that is being sent; texts live in the step's pool. */
struct message {
    int64_t id, person, tries, created_at;
    xj_channel channel;
    xj_str account, name, address, title, text, kind;
    bool chinese;
};

/* A command: the outcome of the message before, and the claim of the next. */
struct step {
    const struct round *round;
    /* of the message before; last.id 0: none */
    struct message last;
    const char *state;
    const int64_t *due;
    xj_str code, why;
    bool dead;
    bool halt; /* claim no other */
    /* out */
    struct message next; /* id 0: nothing is to be sent now */
    int64_t moot, old;
    xj_pool *result; /* for NEXT */
};

xj_notice_sender *
xj_notice_sender_new(xj_store *store, const xj_notice_ways *ways, xj_pool *pool)
{
    xj_notice_sender *sender = XJ_NEW(pool, xj_notice_sender);

    sender->store = store;
    sender->ways = ways;
    return sender;
}

/* ---- when ---- */

static int64_t
opening(xj_date day, int64_t hour)
{
    return (xj_date_days(day) * 24 + hour) * 60 * MINUTE - XJ_ZONE_MINUTES * MINUTE;
}

/* Whether it is time to tell people at NOW, and when it is next. */
static xj_error *
look_at_time(bool *open, struct round *r, xj_db *db, xj_pool *scratch)
{
    const xj_date today = xj_day_of(r->now);
    xj_calendar calendar;
    xj_date next = today;
    xj_rules rules;
    int64_t from, to;

    XJ_TRY(xj_rules_get(&rules, db, r->tenant, scratch));
    XJ_TRY(xj_calendar_get(&calendar, db, r->tenant, scratch));
    r->cap = rules.number[XJ_RULE_DAY_CAP];
    from = rules.number[XJ_RULE_SEND_FROM];
    to = rules.number[XJ_RULE_SEND_TO];
    for (int i = 0; i < 60; i++) { /* no holiday is longer */
        next = xj_date_add_days(next, 1);
        if (xj_calendar_works(&calendar, next))
            break;
    }
    if (from == 0 && to == 24) { /* always */
        r->next_day = opening(xj_date_add_days(today, 1), 0);
        *open = true;
        return NULL;
    }
    r->next_day = opening(next, from);
    *open = xj_calendar_works(&calendar, today) && r->now >= opening(today, from) &&
            r->now < opening(today, to);
    return NULL;
}

/* The words of the ways that are left alone at R's instant. */
static void
away(xj_str words[XJ_CHANNELS], const struct round *r)
{
    for (int i = 0; i < XJ_CHANNELS; i++)
        words[i] =
            r->sender->away_until[i] > r->now || !xj_notice_has_way(r->sender->ways, (xj_channel)i)
                ? xj_str_c(xj_channel_word((xj_channel)i))
                : XJ_STR("");
}

static xj_error *
waits(bool *any, const struct round *r, xj_db *db)
{
    xj_str not [XJ_CHANNELS];
    xj_rows *rows;

    away(not, r);
    XJ_TRY(xj_db_query(&rows, db, SQL_DELIVERY_WAITS, "iisss", r->tenant, r->now, not [0], not [1],
                       not [2]));
    XJ_TRY(xj_rows_next(rows, any));
    xj_rows_close(rows);
    return NULL;
}

/* ---- the next one ---- */

static xj_error *
set_state(xj_tx *tx, int64_t id, const char *state, const int64_t *due, int64_t tries, xj_str code,
          xj_str why, const int64_t *sent)
{
    return xj_db_send(xj_tx_db(tx), SQL_DELIVERY_STATE, "sIiSSIii", xj_str_c(state), due, tries,
                      code, why, sent, xj_tx_tenant(tx), id);
}

/* A row of DELIVERY_NEXT, copied. */
struct candidate {
    struct message m;
    xj_notice_letter letter;
    xj_str items;
    bool closed; /* the person or the way is not there any more */
};

static xj_error *
read_candidate(struct candidate *c, bool *found, const struct round *r, xj_db *db, xj_pool *pool)
{
    xj_str not [XJ_CHANNELS], mobile, address;
    xj_rows *rows;

    away(not, r);
    XJ_TRY(xj_db_query(&rows, db, SQL_DELIVERY_NEXT, "iisss", r->tenant, r->now, not [0], not [1],
                       not [2]));
    XJ_TRY(xj_rows_next(rows, found));
    if (!*found)
        return NULL;
    *c = (struct candidate){.m = {.id = xj_row_int(rows, 0),
                                  .person = xj_row_int(rows, 1),
                                  .tries = xj_row_int(rows, 3),
                                  .created_at = xj_row_int(rows, 4),
                                  .account = xj_row_text(rows, 5, pool),
                                  .name = xj_row_text(rows, 6, pool),
                                  .kind = xj_row_text(rows, 13, pool),
                                  .chinese = !xj_str_eq(xj_row_str(rows, 11), XJ_STR("en"))},
                            .items = xj_row_text(rows, 17, pool),
                            .closed = xj_row_int(rows, 7) != 0 || xj_row_int(rows, 9) == 0 ||
                                      !xj_row_null(rows, 12)};
    XJ_TRY(xj_channel_parse(&c->m.channel, xj_row_str(rows, 2)));
    mobile = xj_row_text(rows, 8, pool);
    address = xj_row_text(rows, 10, pool);
    c->m.address = c->m.channel == XJ_CHANNEL_SMS && address.len == 0 ? mobile : address;
    c->closed |= c->m.address.len == 0 && c->m.channel != XJ_CHANNEL_HOOK;
    c->letter = (xj_notice_letter){.kind = c->m.kind,
                                   .unit = xj_row_text(rows, 14, pool),
                                   .subject = xj_row_text(rows, 15, pool),
                                   .made_for = xj_row_text(rows, 16, pool),
                                   .person = c->m.name,
                                   .site = r->sender->ways->site,
                                   .chinese = c->m.chinese};
    xj_rows_close(rows);
    return NULL;
}

/* What of C's items is still owed. */
static xj_error *
read_open(struct candidate *c, xj_tx *tx)
{
    xj_pool *pool = xj_tx_pool(tx);
    int64_t *open;
    xj_rows *rows;
    xj_buf ids;

    XJ_TRY(xj_json_parse(&c->letter.items, c->items, ITEMS_MAX, pool));
    xj_buf_init(&ids, pool, ITEMS_MAX);
    xj_buf_add(&ids, XJ_STR("["));
    for (size_t i = 0; i < xj_jval_len(c->letter.items); i++)
        xj_buf_printf(
            &ids, "%s%lld", i == 0 ? "" : ",",
            (long long)xj_jval_int(xj_jval_find(xj_jval_at(c->letter.items, i), "obligation")));
    xj_buf_add(&ids, XJ_STR("]"));
    XJ_TRY(xj_buf_check(&ids));
    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DELIVERY_OPEN_ITEMS, "is", xj_tx_tenant(tx),
                       xj_buf_str(&ids)));
    XJ_TRY(xj_rows_ints(&open, &c->letter.nopen, rows, pool));
    c->letter.open = open;
    return NULL;
}

/* Whether anything of LETTER is still to be told. */
static bool
is_left(const xj_notice_letter *letter)
{
    for (size_t i = 0; i < xj_jval_len(letter->items); i++)
        if (xj_notice__is_shown(letter, xj_jval_at(letter->items, i)))
            return true;
    return false;
}

static xj_error *
over_cap(bool *over, xj_tx *tx, const struct round *r, const struct message *m)
{
    const int64_t since = opening(xj_day_of(r->now), 0);
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DELIVERY_SENT_SINCE, "iisi", r->tenant, m->person,
                       xj_str_c(xj_channel_word(m->channel)), since));
    XJ_TRY(xj_rows_next(rows, &more));
    *over = more && xj_row_int(rows, 0) >= r->cap;
    xj_rows_close(rows);
    return NULL;
}

static void
keep(struct step *s, const struct candidate *c)
{
    xj_str title, text;

    s->next = c->m;
    xj_notice__compose(&title, &text, &c->letter, s->result);
    s->next.title = title;
    s->next.text = text;
    s->next.account = xj_str_dup(c->m.account, s->result);
    s->next.name = xj_str_dup(c->m.name, s->result);
    s->next.kind = xj_str_dup(c->m.kind, s->result);
    s->next.address = c->m.address.data == NULL ? XJ_STR_NONE : xj_str_dup(c->m.address, s->result);
}

/* Claim the next that may go out now; those that may not are put off or dropped on the way. */
static xj_error *
claim(struct step *s, xj_tx *tx)
{
    const struct round *r = s->round;

    for (int i = 0; i < LOOKED_AT_MAX; i++) {
        struct candidate c;
        bool found, over;

        XJ_TRY(read_candidate(&c, &found, r, xj_tx_db(tx), xj_tx_pool(tx)));
        if (!found)
            return NULL;
        XJ_TRY(read_open(&c, tx));
        if (c.closed || !is_left(&c.letter)) {
            XJ_TRY(set_state(tx, c.m.id, "moot", NULL, 0, XJ_STR_NONE, XJ_STR_NONE, NULL));
            s->moot++;
            continue;
        }
        if (r->now - c.m.created_at > XJ_NOTICE_STALE_DAYS * DAY) {
            XJ_TRY(set_state(tx, c.m.id, "failed", NULL, 0, XJ_STR("timeout"),
                             XJ_STR("the way was not to be reached for too long"), NULL));
            s->old++;
            continue;
        }
        XJ_TRY(over_cap(&over, tx, r, &c.m));
        if (over) {
            XJ_TRY(
                set_state(tx, c.m.id, "waiting", &r->next_day, 0, XJ_STR_NONE, XJ_STR_NONE, NULL));
            continue;
        }
        keep(s, &c);
        return set_state(tx, c.m.id, "sending", &r->now, 1, XJ_STR_NONE, XJ_STR_NONE, NULL);
    }
    return NULL;
}

static xj_error *
run_step(xj_tx *tx, void *args, xj_buf *answer)
{
    struct step *s = args;
    const struct round *r = s->round;
    const bool done = s->state != NULL && strcmp(s->state, "done") == 0;

    s->next = (struct message){0};
    s->moot = s->old = 0;
    if (s->last.id != 0) {
        XJ_TRY(
            set_state(tx, s->last.id, s->state, s->due, 0, s->code, s->why, done ? &r->now : NULL));
        if (s->dead)
            XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_CHANNEL_DEAD, "iSiis", r->now, s->why, r->tenant,
                              s->last.person, xj_str_c(xj_channel_word(s->last.channel))));
    }
    if (!s->halt)
        XJ_TRY(claim(s, tx));
    xj_buf_printf(answer, "{\"delivery\":%lld}", (long long)s->next.id);
    return NULL;
}

/* ---- the sending ---- */

static xj_str
post_body(const struct message *m, xj_pool *pool)
{
    xj_buf out;
    xj_json w;

    xj_buf_init(&out, pool, XJ_NET_BODY_MAX);
    xj_json_init(&w, &out);
    xj_json_object(&w);
    xj_json_key_str(&w, "id", xj_str_printf(pool, "notice-%lld", (long long)m->id));
    if (m->channel == XJ_CHANNEL_SMS) {
        xj_json_key_str(&w, "to", m->address);
        xj_json_key_str(&w, "text", m->title);
    } else {
        xj_json_key_str(&w, "account", m->account);
        xj_json_key_str(&w, "name", m->name);
        xj_json_key_str(&w, "kind", m->kind);
        xj_json_key_str(&w, "title", m->title);
        xj_json_key_str(&w, "text", m->text);
    }
    xj_json_end_object(&w);
    return xj_buf_str(&out);
}

static xj_error *
send_one(const struct round *r, const struct message *m, xj_pool *pool)
{
    const xj_notice_ways *ways = r->sender->ways;
    const xj_str id = xj_str_printf(pool, "notice-%lld", (long long)m->id);
    const bool sms = m->channel == XJ_CHANNEL_SMS;
    xj_net_post post;

    if (m->channel == XJ_CHANNEL_MAIL)
        return xj_mail_send(&ways->mail,
                            &(xj_mail){.to = &m->address,
                                       .nto = 1,
                                       .subject = m->title,
                                       .body = m->text,
                                       .message_id = id,
                                       .at = r->now},
                            pool);
    post = (xj_net_post){.url = sms ? ways->sms_url : ways->hook_url,
                         .content_type = XJ_STR("application/json"),
                         .body = post_body(m, pool),
                         .secret = sms ? ways->sms_secret : ways->hook_secret,
                         .id = id,
                         .at = r->now};
    return xj_net_post_send(NULL, &post, pool);
}

/* Whether ERR says that the way as a whole is not to be reached. */
static bool
is_away(const xj_error *err)
{
    return xj_error_is(err, XJ_E_UNAVAILABLE) || xj_error_is(err, XJ_E_TIMEOUT) ||
           xj_error_is(err, XJ_E_CONFIG);
}

static int64_t
doubled(int64_t unit, int64_t times, int64_t most)
{
    const int64_t shift = times > 10 ? 10 : times;
    const int64_t wait = unit << shift;

    return wait > most ? most : wait;
}

/* What became of S's message: its state, and what is known now of the way. */
static void
judge(struct step *s, xj_notice_sent *sent, int64_t *again, const xj_error *err, xj_pool *pool)
{
    const struct round *r = s->round;
    xj_notice_sender *sender = r->sender;
    const struct message *m = &s->last;

    s->due = NULL;
    s->code = s->why = XJ_STR_NONE;
    s->dead = false;
    if (err == NULL) {
        s->state = "done";
        sender->away[m->channel] = 0;
        sent->sent++;
        return;
    }
    s->code = xj_str_c(xj_code_wire(xj_error_code(err)));
    s->why = xj_str_dup(xj_str_c(xj_error_message(err)), pool);
    if (is_away(err)) {
        sender->away_until[m->channel] =
            r->now + doubled(MINUTE, sender->away[m->channel]++, AWAY_MAX);
    } else {
        s->dead = m->channel == XJ_CHANNEL_MAIL || xj_error_is(err, XJ_E_BAD_INPUT);
    }
    if (s->dead || r->now - m->created_at > XJ_NOTICE_STALE_DAYS * DAY) {
        s->state = "failed";
        sent->failed++;
        return;
    }
    *again = r->now + doubled(MINUTE, m->tries, AGAIN_MAX);
    s->state = "waiting";
    s->due = again;
    sent->later++;
}

static xj_error *
do_step(struct step *s, xj_pool *scratch)
{
    xj_command command = {.name = "notice.send",
                          .tenant = s->round->tenant,
                          .actor_name = XJ_STR("clock"),
                          .run = run_step,
                          .args = s};
    xj_str body;

    if (s->last.id != 0)
        command.payload = xj_str_printf(scratch, "{\"delivery\":%lld,\"state\":\"%s\"}",
                                        (long long)s->last.id, s->state);
    return xj_store_do(s->round->sender->store, &command, &body, NULL, scratch);
}

/* Send until nothing is due; each message has a pool of its own, of which two live at a time. */
static xj_error *
send_due(xj_notice_sent *sent, const struct round *r, const atomic_bool *stop, xj_pool *scratch)
{
    xj_pool *pools[2] = {xj_pool_child(scratch), xj_pool_child(scratch)};
    struct step s = {.round = r};
    xj_error *err = NULL;
    int64_t again;

    for (int turn = 0; err == NULL; turn = 1 - turn) {
        xj_error *failed;

        xj_pool_clear(pools[turn]);
        s.result = pools[turn];
        s.halt = stop != NULL && atomic_load(stop);
        err = do_step(&s, pools[turn]);
        sent->moot += s.moot;
        sent->failed += s.old;
        if (err != NULL || s.next.id == 0)
            break;
        s.last = s.next;
        failed = send_one(r, &s.last, pools[turn]);
        judge(&s, sent, &again, failed, pools[turn]);
        xj_error_clear(failed);
    }
    xj_pool_destroy(pools[0]);
    xj_pool_destroy(pools[1]);
    return err;
}

static xj_error *
one_tenant(xj_notice_sent *sent, struct round *r, const atomic_bool *stop, xj_pool *scratch)
{
    xj_reader *reader;
    bool open = false, any;
    int64_t n;

    XJ_TRY(xj_notice__spread(&n, r->sender->store, r->sender->ways, r->tenant, r->now, scratch));
    sent->spread += n;
    XJ_TRY(xj_reader_begin(&reader, r->sender->store, scratch));
    XJ_TRY(waits(&any, r, xj_reader_db(reader)));
    if (any)
        XJ_TRY(look_at_time(&open, r, xj_reader_db(reader), scratch));
    xj_reader_end(reader);
    return any && open ? send_due(sent, r, stop, scratch) : NULL;
}

static xj_error *
all_tenants(xj_notice_sent *sent, xj_notice_sender *sender, int64_t tenant, int64_t now,
            const atomic_bool *stop, xj_pool *scratch)
{
    xj_pool *pool = xj_pool_child(scratch);
    xj_reader *reader;
    xj_tenant *items;
    xj_error *err = NULL;
    size_t n;

    XJ_TRY(xj_reader_begin(&reader, sender->store, scratch));
    XJ_TRY(xj_tenant_list(&items, &n, xj_reader_db(reader), scratch));
    xj_reader_end(reader);
    for (size_t i = 0; i < n && err == NULL && (stop == NULL || !atomic_load(stop)); i++) {
        struct round r = {.sender = sender, .tenant = items[i].id, .now = now};

        xj_pool_clear(pool);
        if (tenant == 0 || tenant == r.tenant)
            err = one_tenant(sent, &r, stop, pool);
    }
    xj_pool_destroy(pool);
    return err;
}

xj_error *
xj_notice_send(xj_notice_sent *sent, xj_notice_sender *sender, int64_t tenant, int64_t now,
               const atomic_bool *stop, xj_pool *scratch)
{
    static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
    xj_error *err;

    *sent = (xj_notice_sent){0};
    /* What is being sent by one would look left behind to another. */
    pthread_mutex_lock(&turn);
    err = all_tenants(sent, sender, tenant, now, stop, scratch);
    pthread_mutex_unlock(&turn);
    return err;
}
