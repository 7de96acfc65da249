/*
 * What a day tells people: one digest a person and week, one day ahead, one consolidated reminder,
 * never more than the cap; what changed (change.c), which is no reminder and has no cap; an order
 * is drafted for a person to sign.  Each row is one of a kind by its key, so that a day done twice
 * tells nothing twice.
 */
#include "duty/body.h"
#include "duty/clock.h"
#include "duty/signing_priv.h"

#define ITEMS_MAX ((size_t)1 << 20)
#define BODIES_MAX 200 /* that end, in a digest */

struct item {
    int64_t id, unit, rows;
    xj_str kind, due, title;
    bool chased, ordered;
    bool coordinated; /* its unit is reminded and no more */
    int64_t
        signing; /* 0; else it waits for the recipient's signature, and is no item of the unit's */
};

/* Item of a recipient: person 0 is the unit's liaison officers. */
struct told {
    int64_t unit, person;
    const struct item *item;
};

struct count {
    int64_t unit, person, n;
};

struct day {
    xj_tx *tx;
    xj_date day;
    xj_str on;
    const xj_rules *rules;
    const xj_calendar *calendar;
    int64_t office;
    bool works;
    XJ_VEC(struct item) items;
    XJ_VEC(struct item) signings;
    XJ_VEC(struct told) told;
    XJ_VEC(struct count) sent; /* this week */
};

static xj_error *
read_items(struct day *d, xj_str horizon)
{
    xj_pool *pool = xj_tx_pool(d->tx);
    xj_rows *rows;
    bool more;

    XJ_TRY(
        xj_db_query(&rows, xj_tx_db(d->tx), SQL_NOTICE_OPEN, "is", xj_tx_tenant(d->tx), horizon));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        xj_vec_push(&d->items, pool,
                    (struct item){.id = xj_row_int(rows, 0),
                                  .unit = xj_row_int(rows, 1),
                                  .kind = xj_duty__text(rows, 2, pool),
                                  .due = xj_duty__text(rows, 3, pool),
                                  .title = xj_duty__text(rows, 4, pool),
                                  .chased = xj_row_int(rows, 5) > 0,
                                  .rows = xj_row_int(rows, 6),
                                  .ordered = xj_row_int(rows, 7) != 0,
                                  .coordinated = xj_row_int(rows, 8) != 0});
    }
}

static const struct item *
find_item(const struct day *d, int64_t id)
{
    for (size_t i = 0; i < d->items.len; i++)
        if (d->items.items[i].id == id)
            return &d->items.items[i];
    return NULL;
}

static int
by_recipient(const void *a, const void *b)
{
    const struct told *x = a, *y = b;

    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    if (x->person != y->person)
        return x->person < y->person ? -1 : 1;
    if (!xj_str_eq(x->item->due, y->item->due))
        return xj_str_cmp(x->item->due, y->item->due);
    if (x->item->id != y->item->id)
        return x->item->id < y->item->id ? -1 : 1;
    return (x->item->signing != 0) - (y->item->signing != 0);
}

static xj_error *
read_signings(struct day *d)
{
    xj_pool *pool = xj_tx_pool(d->tx);
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(d->tx), SQL_NOTICE_SIGNINGS, "i", xj_tx_tenant(d->tx)));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        xj_vec_push(&d->signings, pool,
                    (struct item){.signing = xj_row_int(rows, 0),
                                  .id = xj_row_int(rows, 1),
                                  .unit = xj_row_int(rows, 2),
                                  .kind = XJ_STR("signing"),
                                  .title = XJ_STR(""),
                                  .due = xj_duty__text(rows, 3, pool),
                                  .rows = xj_row_int(rows, 4)});
    }
}

/* What bodies that end have open, or left, is told the office with its digest. */
static xj_error *
tell_bodies(struct day *d)
{
    xj_pool *pool = xj_tx_pool(d->tx);
    xj_body_closing *bodies;
    struct item *items;
    size_t n;

    if (xj_date_weekday(d->day) != d->rules->number[XJ_RULE_DIGEST_WEEKDAY])
        return NULL;
    XJ_TRY(xj_body_closing_list(&bodies, &n, xj_tx_db(d->tx), xj_tx_tenant(d->tx), d->day, 0,
                                BODIES_MAX, pool));
    items = XJ_NEW_ARRAY(pool, struct item, n + 1);
    for (size_t i = 0; i < n; i++) {
        const xj_body_closing *b = &bodies[i];

        items[i] = (struct item){
            .id = b->id,
            .unit = d->office,
            .kind = xj_str_cmp(b->ends_on, d->on) < 0 ? XJ_STR("body_left") : XJ_STR("body_ends"),
            .due = b->ends_on,
            .title = b->name,
            .rows = b->duties + b->rectifications + b->owed + b->findings + b->left,
            .chased = true};
        xj_vec_push(&d->told, pool, (struct told){d->office, 0, &items[i]});
    }
    return NULL;
}

/* Who is asked for a signature is told with what else is due. */
static xj_error *
tell_signers(struct day *d)
{
    xj_pool *pool = xj_tx_pool(d->tx);

    XJ_TRY(read_signings(d));
    for (size_t i = 0; i < d->signings.len; i++) {
        const struct item *item = &d->signings.items[i];
        int64_t *people;
        size_t n;

        XJ_TRY(xj_signing__people(&people, &n, d->tx, item->signing, item->unit, d->day));
        for (size_t k = 0; k < n; k++)
            xj_vec_push(&d->told, pool, (struct told){item->unit, people[k], item});
    }
    return NULL;
}

static xj_error *
read_told(struct day *d, xj_str horizon)
{
    xj_pool *pool = xj_tx_pool(d->tx);
    xj_rows *rows;
    bool more;

    for (size_t i = 0; i < d->items.len; i++)
        xj_vec_push(&d->told, pool, (struct told){d->items.items[i].unit, 0, &d->items.items[i]});
    XJ_TRY(xj_db_query(&rows, xj_tx_db(d->tx), SQL_NOTICE_HANDLERS, "is", xj_tx_tenant(d->tx),
                       horizon));
    for (;;) {
        const struct item *item;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        item = find_item(d, xj_row_int(rows, 0));
        if (item != NULL)
            xj_vec_push(&d->told, pool, (struct told){item->unit, xj_row_int(rows, 1), item});
    }
    XJ_TRY(tell_signers(d));
    XJ_TRY(tell_bodies(d));
    if (d->told.len > 0)
        qsort(d->told.items, d->told.len, sizeof *d->told.items, by_recipient);
    return NULL;
}

static xj_error *
read_sent(struct day *d)
{
    const xj_date monday = xj_date_add_days(d->day, 1 - xj_date_weekday(d->day));
    xj_pool *pool = xj_tx_pool(d->tx);
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(d->tx), SQL_NOTICE_WEEK, "is", xj_tx_tenant(d->tx),
                       xj_day_str(monday, pool)));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        xj_vec_push(&d->sent, pool,
                    (struct count){xj_row_int(rows, 0), xj_row_int(rows, 1), xj_row_int(rows, 2)});
    }
}

/* Whether the recipient may have one more message this week; it is counted then. */
static bool
take(struct day *d, int64_t unit, int64_t person)
{
    for (size_t i = 0; i < d->sent.len; i++) {
        struct count *c = &d->sent.items[i];

        if (c->unit == unit && c->person == person)
            return c->n++ < d->rules->number[XJ_RULE_PERSON_CAP];
    }
    xj_vec_push(&d->sent, xj_tx_pool(d->tx), (struct count){unit, person, 1});
    return true;
}

static xj_error *
write_notice(struct day *d, const char *kind, int64_t unit, int64_t person, xj_str subject,
             const struct told *told, size_t n)
{
    xj_buf out;
    xj_json w;

    xj_buf_init(&out, xj_tx_pool(d->tx), ITEMS_MAX);
    xj_json_init(&w, &out);
    xj_json_array(&w);
    for (size_t i = 0; i < n; i++) {
        const struct item *item = told[i].item;

        xj_json_object(&w);
        xj_json_key_int(&w, "obligation", item->id);
        xj_json_key_str(&w, "kind", item->kind);
        xj_json_key_str(&w, "due", item->due);
        xj_json_key_int(&w, "rows", item->rows);
        xj_json_key_str(&w, "title", item->title);
        xj_json_end_object(&w);
    }
    xj_json_end_array(&w);
    XJ_TRY(xj_buf_check(&out));
    return xj_db_send(xj_tx_db(d->tx), SQL_NOTICE_ADD, "iisiIssSsi", xj_tx_tenant(d->tx),
                      xj_tx_next_id(d->tx), xj_str_c(kind), unit, person == 0 ? NULL : &person,
                      subject, d->on, n == 0 ? XJ_STR_NONE : told[0].item->due, xj_buf_str(&out),
                      xj_tx_now(d->tx));
}

/* Working days that ITEM is overdue; those before the programme was begun here do not count. */
static int
overdue(const struct day *d, const struct item *item)
{
    const xj_date due = xj_day_parse(item->due), begun = xj_rules_begun(d->rules);

    return xj_calendar_count(d->calendar, xj_date_cmp(due, begun) < 0 ? begun : due, d->day);
}

/* The reminder of one recipient: all that became ripe for it. */
static xj_error *
chase(struct day *d, const struct told *told, size_t n)
{
    struct told *ripe = XJ_NEW_ARRAY(xj_tx_pool(d->tx), struct told, n);
    size_t nripe = 0;

    for (size_t i = 0; i < n; i++)
        if (told[i].item->signing == 0 && !told[i].item->chased && !told[i].item->coordinated &&
            xj_str_cmp(told[i].item->due, d->on) < 0 &&
            overdue(d, told[i].item) >= d->rules->number[XJ_RULE_CHASE_AFTER])
            ripe[nripe++] = told[i];
    if (nripe == 0 || !take(d, told->unit, told->person))
        return NULL;
    XJ_TRY(write_notice(d, "chase", told->unit, told->person, d->on, ripe, nripe));
    for (size_t i = 0; i < nripe && told->person == 0; i++)
        XJ_TRY(xj_db_send(xj_tx_db(d->tx), SQL_NOTICE_CHASED, "sii", d->on, xj_tx_tenant(d->tx),
                          ripe[i].item->id));
    return NULL;
}

static xj_error *
tell(struct day *d, const struct told *told, size_t n, xj_str tomorrow)
{
    const bool digest = xj_date_weekday(d->day) == d->rules->number[XJ_RULE_DIGEST_WEEKDAY];
    size_t first = 0, last;

    if (digest)
        XJ_TRY(write_notice(d, "digest", told->unit, told->person,
                            xj_week(d->day, xj_tx_pool(d->tx)), told, n));
    while (first < n && xj_str_cmp(told[first].item->due, tomorrow) < 0)
        first++;
    for (last = first; last < n && xj_str_eq(told[last].item->due, tomorrow);)
        last++;
    /* The digest of the same day has told it. */
    if (last > first && !digest && take(d, told->unit, told->person))
        XJ_TRY(write_notice(d, "ahead", told->unit, told->person, tomorrow, told + first,
                            last - first));
    return d->works ? chase(d, told, n) : NULL;
}

/* Beyond reminders: an order is drafted, which a person signs or not. */
static xj_error *
draft_orders(struct day *d)
{
    const int64_t tenant = xj_tx_tenant(d->tx);

    for (size_t i = 0; i < d->items.len; i++) {
        const struct item *item = &d->items.items[i];
        const struct told told = {item->unit, 0, item};
        const int64_t id = xj_tx_next_id(d->tx);

        if (item->ordered || item->coordinated || item->unit == d->office ||
            xj_str_cmp(item->due, d->on) >= 0 ||
            overdue(d, item) < d->rules->number[XJ_RULE_ORDER_AFTER])
            continue;
        XJ_TRY(xj_db_send(xj_tx_db(d->tx), SQL_ORDER_ADD, "iiiisi", tenant, id, item->unit,
                          item->id, d->on, xj_tx_now(d->tx)));
        XJ_TRY(xj_duty__note(d->tx, "order", id, XJ_STR("draft"), XJ_STR("reminder"),
                             XJ_STR("order_drafted"), d->on, XJ_STR(""), XJ_STR_NONE, XJ_STR_NONE));
        XJ_TRY(write_notice(d, "order", d->office, 0,
                            xj_str_printf(xj_tx_pool(d->tx), "%lld", (long long)item->id), &told,
                            1));
    }
    return NULL;
}

static xj_error *
remind_of_receipts(struct day *d)
{
    struct waiting {
        int64_t notice, unit;
        xj_str issued_on, title;
    };
    const int64_t after = d->rules->number[XJ_RULE_CHASE_AFTER];
    XJ_VEC(struct waiting) found = {0};
    xj_pool *pool = xj_tx_pool(d->tx);
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(d->tx), SQL_NOTICE_RECEIPTS, "iss", xj_tx_tenant(d->tx),
                       xj_day_str(xj_date_add_days(d->day, -after), pool), d->on));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, pool,
                    (struct waiting){xj_row_int(rows, 0), xj_row_int(rows, 1),
                                     xj_duty__text(rows, 2, pool), xj_duty__text(rows, 3, pool)});
    }
    for (size_t i = 0; i < found.len; i++) {
        const struct waiting *w = &found.items[i];
        const struct item item = {
            .id = w->notice, .kind = XJ_STR("receipt"), .due = w->issued_on, .title = w->title};
        const struct told told = {w->unit, 0, &item};

        if (xj_calendar_count(d->calendar, xj_day_parse(w->issued_on), d->day) < after ||
            !take(d, w->unit, 0))
            continue;
        XJ_TRY(write_notice(d, "receipt", w->unit, 0,
                            xj_str_printf(pool, "%lld", (long long)w->notice), &told, 1));
    }
    return NULL;
}

/* ---- what few may see: to each of them alone, and in a message of its own ---- */

static xj_error *
tell_one(struct day *d, const struct item *item, int64_t person, const char *kind, const char *what)
{
    const struct told told = {item->unit, person, item};

    if (!take(d, item->unit, person))
        return NULL;
    return write_notice(d, kind, item->unit, person,
                        xj_str_printf(xj_tx_pool(d->tx), "%lld%s", (long long)item->id, what),
                        &told, 1);
}

static xj_error *
few_owed(struct day *d, xj_str tomorrow)
{
    xj_pool *pool = xj_tx_pool(d->tx);
    XJ_VEC(int64_t) people = {0};
    XJ_VEC(struct item) items = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(d->tx), SQL_FEW_OPEN, "sis", d->on, xj_tx_tenant(d->tx),
                       tomorrow));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&people, pool, xj_row_int(rows, 2));
        xj_vec_push(&items, pool,
                    (struct item){.id = xj_row_int(rows, 0),
                                  .unit = xj_row_int(rows, 1),
                                  .kind = xj_duty__text(rows, 3, pool),
                                  .due = xj_duty__text(rows, 4, pool),
                                  .chased = xj_row_int(rows, 5) > 0,
                                  .title = xj_duty__text(rows, 6, pool)});
    }
    for (size_t i = 0; i < items.len; i++) {
        const struct item *item = &items.items[i];
        const bool last = i + 1 == items.len || items.items[i + 1].id != item->id;

        if (xj_str_eq(item->due, tomorrow))
            XJ_TRY(tell_one(d, item, people.items[i], "restricted", " ahead"));
        if (!d->works || item->chased || xj_str_cmp(item->due, d->on) >= 0 ||
            overdue(d, item) < d->rules->number[XJ_RULE_CHASE_AFTER])
            continue;
        XJ_TRY(tell_one(d, item, people.items[i], "restricted", " chase"));
        if (last)
            XJ_TRY(xj_db_send(xj_tx_db(d->tx), SQL_NOTICE_CHASED, "sii", d->on, xj_tx_tenant(d->tx),
                              item->id));
    }
    return NULL;
}

static xj_error *
few_receipts(struct day *d)
{
    const int64_t after = d->rules->number[XJ_RULE_CHASE_AFTER];
    xj_pool *pool = xj_tx_pool(d->tx);
    XJ_VEC(int64_t) people = {0};
    XJ_VEC(struct item) items = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(d->tx), SQL_FEW_RECEIPTS, "iss", xj_tx_tenant(d->tx),
                       xj_day_str(xj_date_add_days(d->day, -(int)after), pool), d->on));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&people, pool, xj_row_int(rows, 2));
        xj_vec_push(&items, pool,
                    (struct item){.id = xj_row_int(rows, 0),
                                  .unit = xj_row_int(rows, 1),
                                  .kind = XJ_STR("receipt"),
                                  .due = xj_duty__text(rows, 3, pool),
                                  .title = xj_duty__text(rows, 4, pool)});
    }
    for (size_t i = 0; i < items.len; i++)
        if (overdue(d, &items.items[i]) >= after)
            XJ_TRY(tell_one(d, &items.items[i], people.items[i], "receipt", ""));
    return NULL;
}

xj_error *
xj_duty__notices(xj_tx *tx, xj_date day, const xj_rules *rules, const xj_calendar *calendar,
                 int64_t office)
{
    xj_pool *pool = xj_tx_pool(tx);
    const xj_str horizon = xj_day_str(xj_date_add_days(day, 7), pool);
    const xj_str tomorrow = xj_day_str(xj_date_add_days(day, 1), pool);
    struct day d = {.tx = tx,
                    .day = day,
                    .on = xj_day_str(day, pool),
                    .rules = rules,
                    .calendar = calendar,
                    .office = office,
                    .works = xj_calendar_works(calendar, day)};

    XJ_TRY(read_items(&d, horizon));
    XJ_TRY(read_told(&d, horizon));
    XJ_TRY(read_sent(&d));
    for (size_t i = 0, end; i < d.told.len; i = end) {
        for (end = i; end < d.told.len && d.told.items[end].unit == d.told.items[i].unit &&
                      d.told.items[end].person == d.told.items[i].person;)
            end++;
        XJ_TRY(tell(&d, d.told.items + i, end - i, tomorrow));
    }
    XJ_TRY(few_owed(&d, tomorrow));
    XJ_TRY(xj_duty__changes(tx, day, office));
    if (!d.works)
        return NULL;
    XJ_TRY(few_receipts(&d));
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_ORDERS_MOOT, "si", d.on, xj_tx_tenant(tx)));
    XJ_TRY(draft_orders(&d));
    return remind_of_receipts(&d);
}

/* ---- looking ---- */

xj_error *
xj_outbox_list(xj_notice **items, size_t *n, xj_db *db, int64_t tenant, int64_t after,
               int64_t limit, xj_pool *result)
{
    XJ_VEC(xj_notice) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_OUTBOX_LIST, "iii", tenant, after, limit));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_notice){.id = xj_row_int(rows, 0),
                                .kind = xj_duty__text(rows, 1, result),
                                .unit = xj_row_int(rows, 2),
                                .person = xj_row_int(rows, 3),
                                .subject = xj_duty__text(rows, 4, result),
                                .made_for = xj_duty__text(rows, 5, result),
                                .due = xj_duty__text(rows, 6, result),
                                .items = xj_duty__text(rows, 7, result),
                                .created_at = xj_row_int(rows, 8)});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}
