/* From the outbox to people: whom a notice concerns, and by which ways each is told. */
#include "notice/notice_priv.h"

static const char *const names[] = {"mail", "sms", "hook", "inbox"};

const char *
xj_channel_word(xj_channel channel)
{
    return names[channel];
}

xj_error *
xj_channel_parse(xj_channel *channel, xj_str word)
{
    for (int i = 0; i < XJ_CHANNELS; i++)
        if (xj_str_eq(word, xj_str_c(names[i]))) {
            *channel = (xj_channel)i;
            return NULL;
        }
    return xj_error_new(XJ_E_NOT_FOUND, "there is no way \"" XJ_FMT "\"", XJ_ARG(word));
}

bool
xj_notice_has_way(const xj_notice_ways *ways, xj_channel channel)
{
    switch (channel) {
    case XJ_CHANNEL_MAIL:
        return ways->mail.url.len > 0;
    case XJ_CHANNEL_SMS:
        return ways->sms_url.len > 0;
    case XJ_CHANNEL_HOOK:
        return ways->hook_url.len > 0;
    case XJ_CHANNEL_INBOX:
        return true;
    }
    return false;
}

/* ---- recipients ---- */

static xj_error *
take_people(xj_notice__people *p, xj_rows *rows, xj_pool *pool)
{
    bool more;

    for (;;) {
        int64_t id;
        bool known = false;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        id = xj_row_int(rows, 0);
        for (size_t i = 0; i < p->ids.len; i++)
            known |= p->ids.items[i] == id;
        if (!known)
            xj_vec_push(&p->ids, pool, id);
    }
}

xj_error *
xj_notice__find_people(xj_notice__people *p, xj_db *db, int64_t tenant, const xj_notice *b,
                       int64_t office, xj_str today, xj_pool *pool)
{
    xj_rows *rows;
    bool more;

    if (b->person != 0) {
        XJ_TRY(xj_db_query(&rows, db, SQL_SPREAD_PERSON, "ii", tenant, b->person));
        XJ_TRY(xj_rows_next(rows, &more));
        xj_rows_close(rows);
        if (more) {
            xj_vec_push(&p->ids, pool, b->person);
            return NULL;
        }
        /* What few may see is told to nobody else. */
        if (xj_str_eq(b->kind, XJ_STR("restricted")) || xj_str_eq(b->kind, XJ_STR("receipt")))
            return NULL;
    }
    XJ_TRY(xj_db_query(&rows, db, SQL_SPREAD_LIAISONS, "iis", tenant, b->unit, today));
    XJ_TRY(take_people(p, rows, pool));
    if (b->unit != office)
        return NULL;
    XJ_TRY(xj_db_query(&rows, db, SQL_SPREAD_OFFICE_PEOPLE, "is", tenant, today));
    return take_people(p, rows, pool);
}

/* ---- deliveries ---- */

static xj_error *
add(xj_tx *tx, int64_t outbox, const int64_t *person, xj_channel channel, const char *state,
    const int64_t *due, const int64_t *sent, int64_t now)
{
    const bool failed = strcmp(state, "failed") == 0;

    return xj_db_send(xj_tx_db(tx), SQL_DELIVERY_ADD, "iiiIssISSiI", xj_tx_tenant(tx),
                      xj_tx_next_id(tx), outbox, person, xj_str_c(names[channel]), xj_str_c(state),
                      due, failed ? XJ_STR("not_found") : XJ_STR_NONE,
                      failed ? XJ_STR("nobody speaks for the unit") : XJ_STR_NONE, now, sent);
}

static xj_error *
tell_person(xj_tx *tx, const xj_notice_ways *ways, const xj_notice *b, int64_t person, bool stale,
            int64_t now)
{
    xj_channel_row rows[XJ_CHANNELS];

    XJ_TRY(add(tx, b->id, &person, XJ_CHANNEL_INBOX, "done", NULL, &now, now));
    if (stale)
        return NULL;
    XJ_TRY(xj_channel_list(rows, xj_tx_db(tx), xj_tx_tenant(tx), person, xj_tx_pool(tx)));
    for (int i = 0; i < XJ_CHANNELS; i++)
        if (rows[i].wanted && rows[i].dead_at == 0 && xj_notice_has_way(ways, (xj_channel)i))
            XJ_TRY(add(tx, b->id, &person, (xj_channel)i, "waiting", &now, NULL, now));
    return NULL;
}

/* Write what each whom B concerns is sent, at NOW. */
static xj_error *
spread_one(xj_tx *tx, const xj_notice_ways *ways, const xj_notice *b, int64_t office, int64_t now)
{
    const xj_date today = xj_day_of(now);
    const bool stale =
        xj_date_days(today) - xj_date_days(xj_day_parse(b->made_for)) > XJ_NOTICE_STALE_DAYS;
    xj_notice__people p = {0};

    XJ_TRY(xj_notice__find_people(&p, xj_tx_db(tx), xj_tx_tenant(tx), b, office,
                                  xj_day_str(today, xj_tx_pool(tx)), xj_tx_pool(tx)));
    for (size_t i = 0; i < p.ids.len; i++)
        XJ_TRY(tell_person(tx, ways, b, p.ids.items[i], stale, now));
    return p.ids.len > 0 ? NULL : add(tx, b->id, NULL, XJ_CHANNEL_INBOX, "failed", NULL, NULL, now);
}

/* ---- the commands ---- */

struct spreading {
    const xj_notice_ways *ways;
    int64_t now;
    size_t n;
};

static xj_error *
one_number(int64_t *value, xj_db *db, enum xj_sql sql, int64_t tenant)
{
    xj_rows *rows;
    bool more;

    *value = 0;
    XJ_TRY(xj_db_query(&rows, db, sql, "i", tenant));
    XJ_TRY(xj_rows_next(rows, &more));
    if (more)
        *value = xj_row_int(rows, 0);
    xj_rows_close(rows);
    return NULL;
}

xj_error *
xj_notice__office(int64_t *office, xj_db *db, int64_t tenant)
{
    return one_number(office, db, SQL_SPREAD_OFFICE, tenant);
}

xj_error *
xj_notice__spread_again(xj_tx *tx, const xj_notice_ways *ways, int64_t outbox, int64_t now)
{
    xj_pool *pool = xj_tx_pool(tx);
    xj_db *db = xj_tx_db(tx);
    xj_notice b = {.id = outbox};
    int64_t office;
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_notice__office(&office, db, xj_tx_tenant(tx)));
    XJ_TRY(xj_db_query(&rows, db, SQL_SPREAD_NOTICE, "ii", xj_tx_tenant(tx), outbox));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such notice");
    b.kind = xj_row_text(rows, 0, pool);
    b.unit = xj_row_int(rows, 1);
    b.person = xj_row_int(rows, 2);
    b.subject = xj_row_text(rows, 3, pool);
    b.made_for = xj_row_text(rows, 4, pool);
    xj_rows_close(rows);
    return spread_one(tx, ways, &b, office, now);
}

static xj_error *
run_spread(xj_tx *tx, void *args, xj_buf *answer)
{
    const int64_t tenant = xj_tx_tenant(tx);
    xj_db *db = xj_tx_db(tx);
    struct spreading *s = args;
    int64_t at, office;
    xj_notice *items;

    XJ_TRY(one_number(&at, db, SQL_SPREAD_AT, tenant));
    XJ_TRY(xj_notice__office(&office, db, tenant));
    XJ_TRY(xj_outbox_list(&items, &s->n, db, tenant, at, XJ_NOTICE_BATCH, xj_tx_pool(tx)));
    for (size_t i = 0; i < s->n; i++)
        XJ_TRY(spread_one(tx, s->ways, &items[i], office, s->now));
    if (s->n > 0)
        XJ_TRY(xj_db_send(db, SQL_SPREAD_SET, "ii", tenant, items[s->n - 1].id));
    xj_buf_printf(answer, "{\"notices\":%zu}", s->n);
    return NULL;
}

/* Whether the outbox has anything behind the mark; without a journal row where it has not. */
static xj_error *
has_more(bool *more, xj_store *store, int64_t tenant, xj_pool *scratch)
{
    xj_reader *reader;
    xj_notice *items;
    int64_t at;
    size_t n;

    XJ_TRY(xj_reader_begin(&reader, store, scratch));
    XJ_TRY(one_number(&at, xj_reader_db(reader), SQL_SPREAD_AT, tenant));
    XJ_TRY(xj_outbox_list(&items, &n, xj_reader_db(reader), tenant, at, 1, scratch));
    xj_reader_end(reader);
    *more = n > 0;
    return NULL;
}

xj_error *
xj_notice__spread(int64_t *n, xj_store *store, const xj_notice_ways *ways, int64_t tenant,
                  int64_t now, xj_pool *scratch)
{
    struct spreading s = {.ways = ways, .now = now};
    bool more;

    *n = 0;
    XJ_TRY(has_more(&more, store, tenant, scratch));
    while (more) {
        xj_command command = {.name = "notice.spread",
                              .tenant = tenant,
                              .actor_name = XJ_STR("clock"),
                              .run = run_spread,
                              .args = &s};
        xj_str body;

        XJ_TRY(xj_store_do(store, &command, &body, NULL, scratch));
        *n += (int64_t)s.n;
        more = s.n == XJ_NOTICE_BATCH;
    }
    return NULL;
}
