/*
 * What a day reminds people of: one digest a person and week, one day ahead, one consolidated
 * reminder, never more than the cap; an order is drafted for a person to sign.  Nothing is written
 * here: the day that is told and the weeks that are tried (tell_try.c) come from the same code.
 */
#include "duty/body.h"
#include "duty/clock.h"
#include "duty/signing_priv.h"
#include "duty/tell_priv.h"

#include "base/map.h"

#include <stdlib.h>

#define ITEMS_MAX ((size_t)1 << 20)
#define BODIES_MAX 200 /* that end, in a digest */
#define HORIZON 7      /* days that a digest looks ahead */

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

/* What a recipient had in a week, or that a message was told. */
struct count {
    int64_t n;
};

struct xj_tell__state {
    xj_db *db;
    int64_t tenant, office;
    const xj_rules *rules;
    const xj_calendar *calendar;
    bool bare;
    xj_pool *pool;
    XJ_VEC(struct item) items;
    XJ_VEC(struct item) signings;
    XJ_VEC(struct told) told; /* of all days, by recipient and due day */
    xj_map by_id;             /* items */
    xj_date monday;           /* of the week that is counted */
    xj_map sent;              /* recipient → struct count: messages of that week */
    xj_map once;              /* once_of → told on a day before */
};

/* The day that is told. */
struct day {
    xj_tell__state *s;
    xj_tell__messages *out;
    xj_date day;
    xj_str on, tomorrow;
    bool works;
    xj_pool *pool;
    XJ_VEC(struct told) told;
};

/* ---- what stood before ---- */

static xj_str
key_of(int64_t a, int64_t b, xj_pool *pool)
{
    return xj_str_printf(pool, "%lld %lld", (long long)a, (long long)b);
}

static xj_error *
read_items(xj_tell__state *s, xj_str from, xj_str horizon)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, s->db, SQL_NOTICE_OPEN, "sis", from, s->tenant, horizon));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&s->items, s->pool,
                    (struct item){.id = xj_row_int(rows, 0),
                                  .unit = xj_row_int(rows, 1),
                                  .kind = xj_row_text(rows, 2, s->pool),
                                  .due = xj_row_text(rows, 3, s->pool),
                                  .title = xj_row_text(rows, 4, s->pool),
                                  .chased = xj_row_int(rows, 5) != 0,
                                  .rows = xj_row_int(rows, 6),
                                  .ordered = xj_row_int(rows, 7) != 0,
                                  .coordinated = xj_row_int(rows, 8) != 0});
    }
    for (size_t i = 0; i < s->items.len; i++)
        xj_map_set(&s->by_id, key_of(s->items.items[i].id, 0, s->pool), &s->items.items[i]);
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
read_signings(xj_tell__state *s)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, s->db, SQL_NOTICE_SIGNINGS, "i", s->tenant));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        xj_vec_push(&s->signings, s->pool,
                    (struct item){.signing = xj_row_int(rows, 0),
                                  .id = xj_row_int(rows, 1),
                                  .unit = xj_row_int(rows, 2),
                                  .kind = XJ_STR("signing"),
                                  .title = XJ_STR(""),
                                  .due = xj_row_text(rows, 3, s->pool),
                                  .rows = xj_row_int(rows, 4)});
    }
}

/* Who is asked for a signature is told with what else is due. */
static xj_error *
tell_signers(xj_tell__state *s, xj_date from)
{
    XJ_TRY(read_signings(s));
    for (size_t i = 0; i < s->signings.len; i++) {
        const struct item *item = &s->signings.items[i];
        int64_t *people;
        size_t n;

        XJ_TRY(xj_signing__people(&people, &n, s->db, s->tenant, item->signing, item->unit, from,
                                  s->pool));
        for (size_t k = 0; k < n; k++)
            xj_vec_push(&s->told, s->pool, (struct told){item->unit, people[k], item});
    }
    return NULL;
}

static xj_error *
read_told(xj_tell__state *s, xj_date from, xj_str horizon)
{
    xj_rows *rows;
    bool more;

    for (size_t i = 0; i < s->items.len; i++)
        xj_vec_push(&s->told, s->pool,
                    (struct told){s->items.items[i].unit, 0, &s->items.items[i]});
    XJ_TRY(xj_db_query(&rows, s->db, SQL_NOTICE_HANDLERS, "is", s->tenant, horizon));
    for (;;) {
        const struct item *item;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        item = xj_map_find(&s->by_id, key_of(xj_row_int(rows, 0), 0, s->pool));
        if (item != NULL)
            xj_vec_push(&s->told, s->pool, (struct told){item->unit, xj_row_int(rows, 1), item});
    }
    XJ_TRY(tell_signers(s, from));
    if (s->told.len > 0)
        qsort(s->told.items, s->told.len, sizeof *s->told.items, by_recipient);
    return NULL;
}

static struct count *
sent_to(xj_tell__state *s, int64_t unit, int64_t person)
{
    void **slot = xj_map_slot(&s->sent, key_of(unit, person, s->pool));

    if (*slot == NULL)
        *slot = XJ_NEW(s->pool, struct count);
    return *slot;
}

/* What is told once: its key. */
static xj_str
once_of(int64_t unit, int64_t person, const char *kind, xj_str subject, xj_pool *pool)
{
    return xj_str_printf(pool, "%lld %lld %s " XJ_FMT, (long long)unit, (long long)person, kind,
                         XJ_ARG(subject));
}

/* The digests of the week: the weekday may be another now. */
static xj_error *
read_digests(xj_tell__state *s, xj_date from)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, s->db, SQL_NOTICE_DIGESTS, "iss", s->tenant,
                       xj_day_str(s->monday, s->pool), xj_day_str(from, s->pool)));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        xj_map_set(&s->once,
                   once_of(xj_row_int(rows, 0), xj_row_int(rows, 1), "digest", xj_row_str(rows, 2),
                           s->pool),
                   s);
    }
}

static xj_error *
read_sent(xj_tell__state *s, xj_date from)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, s->db, SQL_NOTICE_WEEK, "iss", s->tenant,
                       xj_day_str(s->monday, s->pool), xj_day_str(from, s->pool)));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        sent_to(s, xj_row_int(rows, 0), xj_row_int(rows, 1))->n = xj_row_int(rows, 2);
    }
}

xj_error *
xj_tell__read(xj_tell__state **state, xj_db *db, int64_t tenant, xj_date from, xj_date to,
              const xj_rules *rules, const xj_calendar *calendar, int64_t office, bool bare,
              xj_pool *result)
{
    const xj_str horizon = xj_day_str(xj_date_add_days(to, HORIZON), result);
    xj_tell__state *s = *state = XJ_NEW(result, xj_tell__state);

    *s = (xj_tell__state){.db = db,
                          .tenant = tenant,
                          .office = office,
                          .rules = rules,
                          .calendar = calendar,
                          .bare = bare,
                          .pool = result};
    xj_map_init(&s->by_id, result);
    xj_map_init(&s->sent, result);
    xj_map_init(&s->once, result);
    s->monday = xj_date_monday(from);
    XJ_TRY(read_items(s, xj_day_str(from, result), horizon));
    XJ_TRY(read_told(s, from, horizon));
    XJ_TRY(read_digests(s, from));
    return read_sent(s, from);
}

/* ---- a day ---- */

/* Whether it is told once, and was on a day before. */
static bool
told_before(const struct day *d, int64_t unit, int64_t person, const char *kind, xj_str subject)
{
    return xj_map_find(&d->s->once, once_of(unit, person, kind, subject, d->pool)) != NULL;
}

/* Whether the recipient may have one more message this week; it is counted then. */
static bool
take(struct day *d, int64_t unit, int64_t person)
{
    return sent_to(d->s, unit, person)->n++ < d->s->rules->number[XJ_RULE_PERSON_CAP];
}

static xj_error *
items_of(xj_str *items, const struct day *d, const struct told *told, size_t n)
{
    xj_buf out;
    xj_json w;

    *items = XJ_STR_NONE;
    if (d->s->bare)
        return NULL;
    xj_buf_init(&out, d->pool, ITEMS_MAX);
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
    *items = xj_buf_str(&out);
    return xj_buf_check(&out);
}

/* A message of TOLD, all of one recipient. */
static xj_error *
say(struct day *d, const char *kind, int64_t unit, int64_t person, xj_str subject,
    const struct told *told, size_t n, xj_tell__message **made)
{
    xj_tell__message m = {.kind = kind,
                          .unit = unit,
                          .person = person,
                          .subject = subject,
                          .due = n == 0 ? XJ_STR_NONE : told[0].item->due};

    XJ_TRY(items_of(&m.items, d, told, n));
    xj_vec_push(&d->out->list, d->pool, m);
    if (made != NULL)
        *made = &d->out->list.items[d->out->list.len - 1];
    return NULL;
}

/* Working days that ITEM is overdue; those before the programme was begun here do not count. */
static int
overdue(const struct day *d, const struct item *item)
{
    const xj_date due = xj_day_parse(item->due), begun = xj_rules_begun(d->s->rules);

    return xj_calendar_count(d->s->calendar, xj_date_cmp(due, begun) < 0 ? begun : due, d->day);
}

/* The reminder of one recipient: all that became ripe for it. */
static xj_error *
chase(struct day *d, const struct told *told, size_t n)
{
    struct told *ripe = XJ_NEW_ARRAY(d->pool, struct told, n);
    xj_tell__message *made;
    size_t nripe = 0;

    for (size_t i = 0; i < n; i++)
        if (told[i].item->signing == 0 && !told[i].item->chased && !told[i].item->coordinated &&
            xj_str_cmp(told[i].item->due, d->on) < 0 &&
            overdue(d, told[i].item) >= d->s->rules->number[XJ_RULE_CHASE_AFTER])
            ripe[nripe++] = told[i];
    if (nripe == 0 || !take(d, told->unit, told->person))
        return NULL;
    XJ_TRY(say(d, "chase", told->unit, told->person, d->on, ripe, nripe, &made));
    if (told->person != 0)
        return NULL;
    made->reminded = XJ_NEW_ARRAY(d->pool, int64_t, nripe);
    for (size_t i = 0; i < nripe; i++)
        made->reminded[made->nreminded++] = ripe[i].item->id;
    return NULL;
}

static xj_error *
tell(struct day *d, const struct told *told, size_t n)
{
    const xj_str week = xj_week(d->day, d->pool);
    const bool digest = xj_date_weekday(d->day) == d->s->rules->number[XJ_RULE_DIGEST_WEEKDAY] &&
                        !told_before(d, told->unit, told->person, "digest", week);
    size_t first = 0, last;

    if (digest)
        XJ_TRY(say(d, "digest", told->unit, told->person, week, told, n, NULL));
    while (first < n && xj_str_cmp(told[first].item->due, d->tomorrow) < 0)
        first++;
    for (last = first; last < n && xj_str_eq(told[last].item->due, d->tomorrow);)
        last++;
    /* The digest of the same day has told it. */
    if (last > first && !digest && take(d, told->unit, told->person))
        XJ_TRY(say(d, "ahead", told->unit, told->person, d->tomorrow, told + first, last - first,
                   NULL));
    return d->works ? chase(d, told, n) : NULL;
}

/* What bodies that end have open, or left, is told the office with its digest. */
static xj_error *
tell_bodies(struct day *d)
{
    xj_tell__state *s = d->s;
    xj_body_closing *bodies;
    struct item *items;
    size_t n;

    if (xj_date_weekday(d->day) != s->rules->number[XJ_RULE_DIGEST_WEEKDAY])
        return NULL;
    XJ_TRY(xj_body_closing_list(&bodies, &n, s->db, s->tenant, d->day, 0, BODIES_MAX, d->pool));
    items = XJ_NEW_ARRAY(d->pool, struct item, n + 1);
    for (size_t i = 0; i < n; i++) {
        const xj_body_closing *b = &bodies[i];

        items[i] = (struct item){
            .id = b->id,
            .unit = s->office,
            .kind = xj_str_cmp(b->ends_on, d->on) < 0 ? XJ_STR("body_left") : XJ_STR("body_ends"),
            .due = b->ends_on,
            .title = b->name,
            .rows = b->duties + b->rectifications + b->owed + b->findings + b->left,
            .chased = true};
        xj_vec_push(&d->told, d->pool, (struct told){s->office, 0, &items[i]});
    }
    return NULL;
}

/* Each recipient is told what the day brings it. */
static xj_error *
tell_all(struct day *d)
{
    const xj_str horizon = xj_day_str(xj_date_add_days(d->day, HORIZON), d->pool);

    for (size_t i = 0; i < d->s->told.len; i++) {
        const struct told *told = &d->s->told.items[i];

        if (told->item->signing != 0 || xj_str_cmp(told->item->due, horizon) <= 0)
            xj_vec_push(&d->told, d->pool, *told);
    }
    XJ_TRY(tell_bodies(d));
    if (d->told.len > 0)
        qsort(d->told.items, d->told.len, sizeof *d->told.items, by_recipient);
    for (size_t i = 0, end; i < d->told.len; i = end) {
        for (end = i; end < d->told.len && d->told.items[end].unit == d->told.items[i].unit &&
                      d->told.items[end].person == d->told.items[i].person;)
            end++;
        XJ_TRY(tell(d, d->told.items + i, end - i));
    }
    return NULL;
}

/* Beyond reminders: an order is drafted, which a person signs or not. */
static xj_error *
draft_orders(struct day *d)
{
    for (size_t i = 0; i < d->s->items.len; i++) {
        const struct item *item = &d->s->items.items[i];
        const struct told told = {item->unit, 0, item};
        xj_tell__message *made;

        if (item->ordered || item->coordinated || item->unit == d->s->office ||
            xj_str_cmp(item->due, d->on) >= 0 ||
            overdue(d, item) < d->s->rules->number[XJ_RULE_ORDER_AFTER])
            continue;
        XJ_TRY(say(d, "order", d->s->office, 0, xj_str_printf(d->pool, "%lld", (long long)item->id),
                   &told, 1, &made));
        made->ordered = item->id;
        made->ordered_unit = item->unit;
    }
    return NULL;
}

static xj_error *
remind_of_receipts(struct day *d)
{
    const int64_t after = d->s->rules->number[XJ_RULE_CHASE_AFTER];
    XJ_VEC(struct item) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, d->s->db, SQL_NOTICE_RECEIPTS, "iss", d->s->tenant,
                       xj_day_str(xj_date_add_days(d->day, -(int)after), d->pool), d->on));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, d->pool,
                    (struct item){.id = xj_row_int(rows, 0),
                                  .unit = xj_row_int(rows, 1),
                                  .kind = XJ_STR("receipt"),
                                  .due = xj_row_text(rows, 2, d->pool),
                                  .title = xj_row_text(rows, 3, d->pool)});
    }
    for (size_t i = 0; i < found.len; i++) {
        const struct item *item = &found.items[i];
        const struct told told = {item->unit, 0, item};
        const xj_str subject = xj_str_printf(d->pool, "%lld", (long long)item->id);

        if (xj_calendar_count(d->s->calendar, xj_day_parse(item->due), d->day) < after ||
            told_before(d, item->unit, 0, "receipt", subject) || !take(d, item->unit, 0))
            continue;
        XJ_TRY(say(d, "receipt", item->unit, 0, subject, &told, 1, NULL));
    }
    return NULL;
}

/* ---- what few may see: to each of them alone, and in a message of its own ---- */

static xj_error *
tell_one(struct day *d, const struct item *item, int64_t person, const char *kind, const char *what,
         xj_tell__message **made)
{
    const struct told told = {item->unit, person, item};
    const xj_str subject = xj_str_printf(d->pool, "%lld%s", (long long)item->id, what);

    if (made != NULL)
        *made = NULL;
    if (told_before(d, item->unit, person, kind, subject) || !take(d, item->unit, person))
        return NULL;
    return say(d, kind, item->unit, person, subject, &told, 1, made);
}

static xj_error *
few_owed(struct day *d)
{
    XJ_VEC(int64_t) people = {0};
    XJ_VEC(struct item) items = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, d->s->db, SQL_FEW_OPEN, "sis", d->on, d->s->tenant, d->tomorrow));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&people, d->pool, xj_row_int(rows, 2));
        xj_vec_push(&items, d->pool,
                    (struct item){.id = xj_row_int(rows, 0),
                                  .unit = xj_row_int(rows, 1),
                                  .kind = xj_row_text(rows, 3, d->pool),
                                  .due = xj_row_text(rows, 4, d->pool),
                                  .chased = xj_row_int(rows, 5) != 0,
                                  .title = xj_row_text(rows, 6, d->pool)});
    }
    for (size_t i = 0; i < items.len; i++) {
        const struct item *item = &items.items[i];
        xj_tell__message *made;

        if (xj_str_eq(item->due, d->tomorrow))
            XJ_TRY(tell_one(d, item, people.items[i], "restricted", " ahead", NULL));
        if (!d->works || item->chased || xj_str_cmp(item->due, d->on) >= 0 ||
            overdue(d, item) < d->s->rules->number[XJ_RULE_CHASE_AFTER])
            continue;
        XJ_TRY(tell_one(d, item, people.items[i], "restricted", " chase", &made));
        if (made == NULL)
            continue;
        made->reminded = XJ_NEW_ARRAY(d->pool, int64_t, 1);
        made->reminded[made->nreminded++] = item->id;
    }
    return NULL;
}

static xj_error *
few_receipts(struct day *d)
{
    const int64_t after = d->s->rules->number[XJ_RULE_CHASE_AFTER];
    XJ_VEC(int64_t) people = {0};
    XJ_VEC(struct item) items = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, d->s->db, SQL_FEW_RECEIPTS, "iss", d->s->tenant,
                       xj_day_str(xj_date_add_days(d->day, -(int)after), d->pool), d->on));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&people, d->pool, xj_row_int(rows, 2));
        xj_vec_push(&items, d->pool,
                    (struct item){.id = xj_row_int(rows, 0),
                                  .unit = xj_row_int(rows, 1),
                                  .kind = XJ_STR("receipt"),
                                  .due = xj_row_text(rows, 3, d->pool),
                                  .title = xj_row_text(rows, 4, d->pool)});
    }
    for (size_t i = 0; i < items.len; i++)
        if (overdue(d, &items.items[i]) >= after)
            XJ_TRY(tell_one(d, &items.items[i], people.items[i], "receipt", "", NULL));
    return NULL;
}

/* ---- the day behind it ---- */

static void
remind(xj_tell__state *s, int64_t id)
{
    struct item *item = xj_map_find(&s->by_id, key_of(id, 0, s->pool));

    if (item != NULL)
        item->chased = true;
}

/* What the messages of DAY, from the FIRST on, leave for the next. */
static void
pass(xj_tell__state *s, const xj_tell__messages *messages, size_t first)
{
    for (size_t i = first; i < messages->list.len; i++) {
        const xj_tell__message *m = &messages->list.items[i];
        struct item *item;

        for (size_t k = 0; k < m->nreminded; k++)
            remind(s, m->reminded[k]);
        item = m->ordered == 0 ? NULL : xj_map_find(&s->by_id, key_of(m->ordered, 0, s->pool));
        if (item != NULL) {
            item->ordered = true;
            sent_to(s, m->unit, m->person)->n++;
        }
        xj_map_set(&s->once, once_of(m->unit, m->person, m->kind, m->subject, s->pool), s);
    }
}

xj_error *
xj_tell__day(xj_tell__messages *messages, xj_tell__state *s, xj_date day, xj_pool *result)
{
    const size_t first = messages->list.len;
    struct day d = {.s = s,
                    .out = messages,
                    .day = day,
                    .on = xj_day_str(day, result),
                    .tomorrow = xj_day_str(xj_date_add_days(day, 1), result),
                    .works = xj_calendar_works(s->calendar, day),
                    .pool = result};

    if (xj_date_cmp(xj_date_monday(day), s->monday) != 0) {
        s->monday = xj_date_monday(day);
        xj_map_init(&s->sent, s->pool);
    }
    XJ_TRY(tell_all(&d));
    XJ_TRY(few_owed(&d));
    if (d.works) {
        XJ_TRY(few_receipts(&d));
        XJ_TRY(draft_orders(&d));
        XJ_TRY(remind_of_receipts(&d));
    }
    pass(s, messages, first);
    return NULL;
}
