/* Calendars that are subscribed to by a secret address. */
#include "notice/notice_priv.h"

#include "org/post.h"
#include "paper/ical.h"

#include <sodium.h>

#define SECRET 32
#define B64 sodium_base64_VARIANT_URLSAFE_NO_PADDING
#define B64_LEN 43

/* ---- secrets: "12-Abc….ics", the jurisdiction and 32 random bytes ---- */

static void
hash_of(unsigned char hash[SECRET], const unsigned char secret[SECRET])
{
    static const char purpose[] = "xingjian calendar";

    crypto_generichash(hash, SECRET, secret, SECRET, (const unsigned char *)purpose,
                       sizeof purpose - 1);
}

xj_str
xj_feed_token(int64_t tenant, xj_pool *result)
{
    unsigned char secret[SECRET];
    char text[B64_LEN + 1];
    xj_str token;

    randombytes_buf(secret, sizeof secret);
    sodium_bin2base64(text, sizeof text, secret, sizeof secret, B64);
    token = xj_str_printf(result, "%lld-%s.ics", (long long)tenant, text);
    sodium_memzero(secret, sizeof secret);
    sodium_memzero(text, sizeof text);
    return token;
}

static bool
token_read(int64_t *tenant, unsigned char hash[SECRET], xj_str token)
{
    const size_t dash = xj_str_find(token, XJ_STR("-"), 0);
    unsigned char secret[SECRET];
    size_t len = 0;
    xj_str text;

    if (token.len > XJ_FEED_TOKEN_MAX || dash >= token.len || !xj_str_ends(token, XJ_STR(".ics")))
        return false;
    text = xj_str_sub(token, dash + 1, token.len - 4);
    if (!xj_str_int(tenant, xj_str_sub(token, 0, dash)) || text.len != B64_LEN ||
        sodium_base642bin(secret, sizeof secret, text.data, text.len, NULL, &len, NULL, B64) != 0 ||
        len != SECRET)
        return false;
    hash_of(hash, secret);
    sodium_memzero(secret, sizeof secret);
    return true;
}

/* ---- making, taking back ---- */

xj_error *
xj_feed_list(xj_feed **items, size_t *n, xj_db *db, int64_t tenant, int64_t person, xj_pool *result)
{
    XJ_VEC(xj_feed) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_FEEDS, "ii", tenant, person));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_feed){.id = xj_row_int(rows, 0),
                              .unit = xj_row_int(rows, 1),
                              .unit_name = xj_row_text(rows, 2, result),
                              .created_at = xj_row_int(rows, 3)});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_feed_add(int64_t *id, xj_tx *tx, int64_t person, int64_t unit, xj_str token)
{
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    unsigned char hash[SECRET];
    xj_feed *feeds;
    int64_t tenant;
    xj_unit found;
    size_t n;

    XJ_ASSERT(token_read(&tenant, hash, token));
    if (unit != 0)
        XJ_TRY(xj_unit_get(&found, xj_tx_db(tx), &all, unit, xj_tx_pool(tx)));
    XJ_TRY(xj_feed_list(&feeds, &n, xj_tx_db(tx), all.tenant, person, xj_tx_pool(tx)));
    if (n >= XJ_FEEDS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE,
                            "a person has at most %d calendars; take back one that is not used",
                            XJ_FEEDS_MAX);
    *id = xj_tx_next_id(tx);
    xj_tx_subject(tx, "calendar_feed", *id);
    return xj_db_send(xj_tx_db(tx), SQL_FEED_ADD, "iiiIbi", all.tenant, *id, person,
                      unit == 0 ? NULL : &unit, xj_str_of((const char *)hash, SECRET),
                      xj_tx_now(tx));
}

xj_error *
xj_feed_revoke(xj_tx *tx, int64_t person, int64_t id)
{
    int64_t changed;

    xj_tx_subject(tx, "calendar_feed", id);
    XJ_TRY(xj_db_change(&changed, xj_tx_db(tx), SQL_FEED_REVOKE, "iiii", xj_tx_now(tx),
                        xj_tx_tenant(tx), person, id));
    return changed > 0 ? NULL : xj_error_new(XJ_E_NOT_FOUND, "there is no such calendar");
}

/* ---- reading ---- */

struct feed {
    int64_t tenant, person, unit;
    xj_str person_name, unit_name;
};

static xj_error *
no_feed(void)
{
    return xj_error_new(XJ_E_NOT_FOUND, "there is no such calendar");
}

static xj_error *
find_feed(struct feed *f, xj_db *db, xj_str token, xj_pool *pool)
{
    unsigned char hash[SECRET];
    xj_rows *rows;
    bool more;

    if (!token_read(&f->tenant, hash, token))
        return no_feed();
    XJ_TRY(xj_db_query(&rows, db, SQL_FEED_BY_TOKEN, "ib", f->tenant,
                       xj_str_of((const char *)hash, SECRET)));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return no_feed();
    f->person = xj_row_int(rows, 1);
    f->person_name = xj_row_text(rows, 2, pool);
    f->unit = xj_row_int(rows, 3);
    f->unit_name = xj_row_text(rows, 4, pool);
    xj_rows_close(rows);
    return NULL;
}

typedef struct owed {
    XJ_VEC(xj_obligation) items;
} owed;

static xj_error *
take(owed *all, xj_db *db, const xj_scope *scope, const xj_obligation_filter *filter, xj_pool *pool)
{
    const size_t before = all->items.len;
    xj_obligation *items;
    size_t n;

    XJ_TRY(xj_obligation_list(&items, &n, db, scope, filter, NULL, XJ_ICAL_EVENTS_MAX, pool));
    for (size_t i = 0; i < n && all->items.len < XJ_ICAL_EVENTS_MAX; i++) {
        bool known = false;

        for (size_t j = 0; j < before && !known; j++)
            known = all->items.items[j].id == items[i].id;
        if (!known)
            xj_vec_push(&all->items, pool, items[i]);
    }
    return NULL;
}

/* Of units that the person speaks for or heads; others see what they handle themselves. */
static bool
is_for_unit(xj_role role)
{
    return role == XJ_ROLE_LIAISON_A || role == XJ_ROLE_LIAISON_B || role == XJ_ROLE_UNIT_HEAD ||
           role == XJ_ROLE_COUNTY_OFFICE;
}

static xj_error *
collect(owed *all, const struct feed *f, xj_db *db, int64_t now, xj_pool *pool)
{
    const xj_date today = xj_day_of(now);
    xj_obligation_filter filter = {
        .open = -1, .due_from = xj_day_str(xj_date_add_days(today, -XJ_FEED_DAYS_BACK), pool)};
    xj_held posts[XJ_POSTS_HELD_MAX];
    xj_scope scope;
    size_t n;

    XJ_TRY(xj_post_held(posts, &n, db, f->tenant, f->person, today));
    XJ_TRY(xj_scope_of(&scope, db, f->tenant, f->person, posts, n, "duty.read", pool));
    if (f->unit != 0) {
        if (!xj_scope_has(&scope, f->tenant, f->unit))
            return no_feed();
        filter.unit = f->unit;
        return take(all, db, &scope, &filter, pool);
    }
    for (size_t i = 0; i < n; i++) {
        if (posts[i].unit == 0 || !is_for_unit(posts[i].role))
            continue;
        filter.unit = posts[i].unit;
        XJ_TRY(take(all, db, &scope, &filter, pool));
    }
    filter.unit = 0;
    filter.person = f->person;
    return take(all, db, &scope, &filter, pool);
}

/* Where O is done; empty where nobody said at which address the pages are. */
static xj_str
address_of(const xj_obligation *o, xj_str site, xj_pool *pool)
{
    if (site.len == 0)
        return XJ_STR("");
    if (!xj_str_eq(o->kind, XJ_STR("return")))
        return xj_str_printf(pool, XJ_FMT "/owed", XJ_ARG(site));
    return xj_str_printf(pool, XJ_FMT "/returns/%lld", XJ_ARG(site), (long long)o->id);
}

static void
add_event(xj_buf *out, const xj_obligation *o, xj_str site, bool chinese, xj_pool *pool)
{
    const xj_str tasks = xj_str_printf(pool, "%lld", (long long)o->rows);
    xj_buf summary;

    xj_buf_init(&summary, pool, XJ_NOTICE_TEXT_MAX);
    xj_buf_add(&summary, o->unit_name);
    xj_buf_add(&summary, XJ_STR(" "));
    xj_notice__say(&summary, chinese, xj_notice__word("kind_", o->kind, XJ_NW_kind_other), NULL);
    if (o->title.len > 0)
        xj_notice__say(&summary, chinese, XJ_NW_item_title, &o->title, NULL);
    else if (o->rows > 0)
        xj_notice__say(&summary, chinese, XJ_NW_item_rows, &tasks, NULL);
    xj_ical_add(out, &(xj_ical_event){
                         .uid = xj_str_printf(pool, "obligation-%lld@xingjian", (long long)o->id),
                         .day = xj_day_parse(o->due),
                         .sequence = o->version - 1,
                         .changed_at = xj_date_days(xj_day_parse(o->state_on)) * 86400 * 1000000,
                         .cancelled = !o->open,
                         .summary = xj_buf_str(&summary),
                         .url = address_of(o, site, pool)});
}

xj_error *
xj_feed_write(xj_buf *out, xj_db *db, xj_str token, int64_t now, xj_str site, bool chinese,
              xj_pool *scratch)
{
    struct feed f;
    owed all = {0};
    xj_buf name;

    XJ_TRY(find_feed(&f, db, token, scratch));
    XJ_TRY(collect(&all, &f, db, now, scratch));
    xj_buf_init(&name, scratch, 4096);
    xj_notice__say(&name, chinese, f.unit == 0 ? XJ_NW_calendar_person : XJ_NW_calendar_unit,
                   f.unit == 0 ? &f.person_name : &f.unit_name, NULL);
    xj_ical_begin(out, xj_buf_str(&name));
    for (size_t i = 0; i < all.items.len; i++)
        add_event(out, &all.items.items[i], site, chinese, scratch);
    return xj_ical_end(out);
}
