/*
 * What changed in what units owe, told once a day: notices to acknowledge, duty tasks that were
 * amended, corrected, settled, extended, stopped, taken up again or closed (each field as it was
 * and as it is), returns that got another day, requests that were declined.  What few may see goes
 * to each of them alone.
 */
#include "duty/tell_priv.h"

#include "base/map.h"
#include "org/unit.h"

#include <stdlib.h>

#define ITEMS_SHOWN 200 /* of a message; how many more is said */
#define TEXT_SHOWN 100  /* characters of a text around where it differs, and of a reason */
#define TEXT_AROUND 16
#define JSON_MAX ((size_t)1 << 20)

enum field { TITLE, TEXT, DUE, DEADLINE_KIND, STRENGTH, CADENCE, WAY, OWNER, FIELDS };
static const char *const field_names[FIELDS] = {"title",    "text",    "due", "deadline_kind",
                                                "strength", "cadence", "way", "owner"};

struct item {
    int64_t obligation, duty; /* what it is about; 0 where nothing of the kind */
    int64_t id;               /* its last move, or what else makes it one of a kind */
    int64_t rows, owner;
    xj_str kind, on, title, move, why;
    xj_str before[FIELDS], after[FIELDS]; /* data NULL where nothing changed */
    bool changed, restricted;
};

struct told {
    int64_t unit, person;
    const struct item *item;
};

struct run {
    xj_db *db;
    int64_t tenant;
    xj_pool *pool;
    xj_str on;
    int64_t since, to, office;
    xj_tell__messages *out;
    XJ_VEC(struct item *) duties;
    XJ_VEC(struct told) told;
};

static void
tell(struct run *run, int64_t unit, int64_t person, const struct item *item)
{
    if (unit != run->office || person != 0)
        xj_vec_push(&run->told, run->pool, (struct told){unit, person, item});
}

/* ---- two texts, cut to where they differ ---- */

/* The place CHARS characters before AT. */
static size_t
before(xj_str s, size_t at, int chars)
{
    while (at > 0 && chars > 0)
        if (((unsigned char)s.data[--at] & 0xC0) != 0x80)
            chars--;
    return at;
}

/* The place CHARS characters behind AT. */
static size_t
ahead(xj_str s, size_t at, int chars)
{
    for (; at < s.len && chars > 0; chars--)
        (void)xj_utf8_next(s, &at);
    return at;
}

/* S from FROM on, at most TEXT_SHOWN characters and not beyond TO. */
static xj_str
cut(xj_str s, size_t from, size_t to, xj_pool *pool)
{
    const size_t end = ahead(s, from, TEXT_SHOWN) < to ? ahead(s, from, TEXT_SHOWN) : to;

    return xj_str_printf(pool, "%s" XJ_FMT "%s", from > 0 ? "…" : "",
                         XJ_ARG(xj_str_sub(s, from, end)), end < s.len ? "…" : "");
}

static void
cut_both(xj_str *a, xj_str *b, xj_pool *pool)
{
    const size_t shorter = a->len < b->len ? a->len : b->len;
    size_t head = 0, tail = 0, from;

    if (xj_utf8_count(*a) <= TEXT_SHOWN && xj_utf8_count(*b) <= TEXT_SHOWN)
        return;
    while (head < shorter && a->data[head] == b->data[head])
        head++;
    while (tail < shorter - head && a->data[a->len - 1 - tail] == b->data[b->len - 1 - tail])
        tail++;
    /* both begin alike, so that one place serves both; a cut lies between characters */
    from = before(*a, head, TEXT_AROUND);
    *a = cut(*a, from, ahead(*a, before(*a, a->len - tail, 1), TEXT_AROUND), pool);
    *b = cut(*b, from, ahead(*b, before(*b, b->len - tail, 1), TEXT_AROUND), pool);
}

/* ---- duty tasks ---- */

static xj_error *
unit_name(xj_str *name, const struct run *run, int64_t id)
{
    const xj_scope scope = xj_scope_all(run->tenant);
    xj_unit unit;

    XJ_TRY(xj_unit_get(&unit, run->db, &scope, id, run->pool));
    *name = unit.name;
    return NULL;
}

/* The fields of BEFORE (JSON) that ITEM has not yet from an earlier move. */
static xj_error *
take_before(struct item *item, const struct run *run, xj_str before)
{
    const xj_jval *object;

    if (before.len == 0)
        return NULL;
    XJ_TRY(xj_json_parse(&object, before, JSON_MAX, run->pool));
    for (int i = 0; i < FIELDS; i++) {
        const xj_jval *value = xj_jval_find(object, field_names[i]);

        if (item->before[i].data != NULL || value == NULL)
            continue;
        item->before[i] = i == OWNER
                              ? xj_str_printf(run->pool, "%lld", (long long)xj_jval_int(value))
                              : xj_jval_str(value);
    }
    return NULL;
}

/* What is as it was is no change; units get their names, texts are cut to where they differ. */
static xj_error *
finish_changes(struct item *item, const struct run *run)
{
    for (int i = 0; i < FIELDS; i++) {
        if (item->before[i].data == NULL || xj_str_eq(item->before[i], item->after[i])) {
            item->before[i] = XJ_STR_NONE;
            continue;
        }
        item->changed = true;
        if (i == OWNER) {
            int64_t was = 0, is = 0;

            if (!xj_str_int(&was, item->before[i]) || !xj_str_int(&is, item->after[i]))
                return xj_error_new(XJ_E_CORRUPT, "an owner is no unit");
            XJ_TRY(unit_name(&item->before[i], run, was));
            XJ_TRY(unit_name(&item->after[i], run, is));
        }
        if (i == TITLE || i == TEXT)
            cut_both(&item->before[i], &item->after[i], run->pool);
    }
    return NULL;
}

static struct item *
item_of(struct run *run, xj_map *known, int64_t duty, bool *new)
{
    void **slot = xj_map_slot(known, xj_str_printf(run->pool, "%lld", (long long)duty));

    *new = *slot == NULL;
    if (*new) {
        *slot = XJ_NEW(run->pool, struct item);
        xj_vec_push(&run->duties, run->pool, *slot);
    }
    return *slot;
}

static xj_error *
read_duties(struct run *run)
{
    bool more, new;
    xj_rows *rows;
    xj_map known;

    xj_map_init(&known, run->pool);
    XJ_TRY(xj_db_query(&rows, run->db, SQL_CHANGE_DUTIES, "iii", run->tenant, run->since, run->to));
    for (;;) {
        struct item *item;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        item = item_of(run, &known, xj_row_int(rows, 0), &new);
        if (new) {
            static const int columns[OWNER] = {7, 8, 9, 10, 11, 12, 13};

            item->kind = XJ_STR("task");
            item->duty = xj_row_int(rows, 0);
            item->restricted = xj_row_int(rows, 6) != 0;
            item->owner = xj_row_int(rows, 14);
            item->title = xj_row_text(rows, 7, run->pool);
            for (int i = 0; i < OWNER; i++)
                item->after[i] = xj_row_text(rows, columns[i], run->pool);
            item->after[OWNER] = xj_str_printf(run->pool, "%lld", (long long)xj_row_int(rows, 14));
        }
        item->id = xj_row_int(rows, 1);
        item->move = xj_row_text(rows, 2, run->pool);
        item->on = xj_row_text(rows, 3, run->pool);
        item->why = xj_row_text(rows, 4, run->pool);
        XJ_TRY(take_before(item, run, xj_row_text(rows, 5, run->pool)));
    }
}

/* A move that says something by itself, whatever it changed. */
static bool
tells_itself(xj_str move)
{
    return !xj_str_eq(move, XJ_STR("amend")) && !xj_str_eq(move, XJ_STR("correct")) &&
           !xj_str_eq(move, XJ_STR("settle"));
}

/* Whether ITEM concerns UNIT, which has part in it since FROM and RETURNS it itself or hands over
 * to who does.  That a task is done ends what is returned of it; sent back is who asked for the
 * end; what only settled who takes part is for the new ones. */
static bool
concerns(const struct item *item, int64_t unit, xj_str from, bool returns)
{
    if (xj_str_eq(item->move, XJ_STR("finish")))
        return returns || unit == item->owner;
    if (xj_str_eq(item->move, XJ_STR("return")) && !item->changed)
        return unit == item->owner;
    return item->changed || tells_itself(item->move) || xj_str_cmp(from, item->on) >= 0;
}

/* Those of whom it concerns who have part, and who had until the day before. */
static xj_error *
tell_parts(struct run *run, const struct item *item)
{
    const xj_str last = xj_day_str(xj_date_add_days(xj_day_parse(item->on), -1), run->pool);
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, run->db, SQL_CHANGE_PARTS, "iis", run->tenant, item->duty, last));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        if (concerns(item, xj_row_int(rows, 0), xj_row_str(rows, 1), xj_row_int(rows, 2) != 0))
            tell(run, xj_row_int(rows, 0), 0, item);
    }
}

static xj_error *
tell_few(struct run *run, const struct item *item)
{
    xj_rows *rows;
    bool more;

    if (!item->changed && !tells_itself(item->move))
        return NULL;
    XJ_TRY(xj_db_query(&rows, run->db, SQL_CHANGE_SEEN, "iis", run->tenant, item->duty, run->on));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        tell(run, xj_row_int(rows, 0), xj_row_int(rows, 1), item);
    }
}

static xj_error *
tell_duties(struct run *run)
{
    XJ_TRY(read_duties(run));
    for (size_t i = 0; i < run->duties.len; i++) {
        struct item *item = run->duties.items[i];

        XJ_TRY(finish_changes(item, run));
        XJ_TRY(item->restricted ? tell_few(run, item) : tell_parts(run, item));
    }
    return NULL;
}

/* ---- notices, days of returns, requests ---- */

static xj_error *
tell_notices(struct run *run, bool few)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(few ? xj_db_query(&rows, run->db, SQL_CHANGE_FEW_NOTICES, "iiis", run->tenant,
                             run->since, run->to, run->on)
               : xj_db_query(&rows, run->db, SQL_CHANGE_NOTICES, "iii", run->tenant, run->since,
                             run->to));
    for (;;) {
        struct item *item;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        item = XJ_NEW(run->pool, struct item);
        *item = (struct item){.kind = XJ_STR("receipt"),
                              .obligation = xj_row_int(rows, 0),
                              .id = xj_row_int(rows, 0),
                              .on = xj_row_text(rows, 2, run->pool),
                              .title = xj_row_text(rows, 3, run->pool),
                              .rows = few ? 1 : xj_row_int(rows, 4)};
        tell(run, xj_row_int(rows, 1), few ? xj_row_int(rows, 4) : 0, item);
    }
}

static xj_error *
tell_days(struct run *run)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, run->db, SQL_CHANGE_DAYS, "iii", run->tenant, run->since, run->to));
    for (;;) {
        struct item *item;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        item = XJ_NEW(run->pool, struct item);
        *item = (struct item){.obligation = xj_row_int(rows, 0),
                              .id = xj_row_int(rows, 1),
                              .on = xj_row_text(rows, 2, run->pool),
                              .why = xj_row_text(rows, 3, run->pool),
                              .kind = xj_row_text(rows, 6, run->pool),
                              .title = xj_row_text(rows, 8, run->pool),
                              .rows = xj_row_int(rows, 9),
                              .move = XJ_STR("extend")};
        item->after[DUE] = xj_row_text(rows, 7, run->pool);
        XJ_TRY(take_before(item, run, xj_row_text(rows, 4, run->pool)));
        XJ_TRY(finish_changes(item, run));
        tell(run, xj_row_int(rows, 5), 0, item);
    }
}

static xj_error *
tell_requests(struct run *run)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(
        xj_db_query(&rows, run->db, SQL_CHANGE_REQUESTS, "iii", run->tenant, run->since, run->to));
    for (;;) {
        struct item *item;
        bool duty;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        item = XJ_NEW(run->pool, struct item);
        duty = xj_str_eq(xj_row_str(rows, 5), XJ_STR("duty"));
        *item = (struct item){.kind = XJ_STR("request"),
                              .id = xj_row_int(rows, 0),
                              .on = xj_row_text(rows, 1, run->pool),
                              .why = xj_row_text(rows, 2, run->pool),
                              .duty = duty ? xj_row_int(rows, 6) : 0,
                              .obligation = duty ? 0 : xj_row_int(rows, 6),
                              .title = xj_row_text(rows, 8, run->pool),
                              .move = XJ_STR("decline"),
                              .restricted = xj_row_int(rows, 9) != 0};
        tell(run, xj_row_int(rows, 3), item->restricted ? xj_row_int(rows, 4) : 0, item);
    }
}

/* ---- messages ---- */

static int
by_recipient(const void *a, const void *b)
{
    const struct told *x = a, *y = b;

    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    if (x->person != y->person)
        return x->person < y->person ? -1 : 1;
    return (x->item->id > y->item->id) - (x->item->id < y->item->id);
}

static void
write_item(xj_json *w, const struct item *item, xj_pool *pool)
{
    xj_json_object(w);
    xj_json_key_int(w, "obligation", item->obligation);
    xj_json_key_str(w, "kind", item->kind);
    xj_json_key_str(w, "due", item->on);
    xj_json_key_int(w, "rows", item->rows);
    xj_json_key_str(w, "title", item->title);
    if (item->duty != 0)
        xj_json_key_int(w, "duty", item->duty);
    if (item->move.len > 0)
        xj_json_key_str(w, "move", item->move);
    if (item->why.len > 0)
        xj_json_key_str(w, "why", cut(item->why, 0, item->why.len, pool));
    if (item->changed) {
        xj_json_key(w, "changes");
        xj_json_array(w);
        for (int i = 0; i < FIELDS; i++) {
            if (item->before[i].data == NULL)
                continue;
            xj_json_object(w);
            xj_json_key_str(w, "field", xj_str_c(field_names[i]));
            xj_json_key_str(w, "before", item->before[i]);
            xj_json_key_str(w, "after", item->after[i]);
            xj_json_end_object(w);
        }
        xj_json_end_array(w);
    }
    xj_json_end_object(w);
}

/* One message with the items of TOLD, all of one recipient. */
static xj_error *
write_message(const struct run *run, const struct told *told, size_t n)
{
    const size_t shown = n < ITEMS_SHOWN ? n : ITEMS_SHOWN;
    const struct item more = {
        .kind = XJ_STR("more"), .on = run->on, .title = XJ_STR(""), .rows = (int64_t)(n - shown)};
    const int64_t person = told->person;
    xj_buf out;
    xj_json w;

    xj_buf_init(&out, run->pool, JSON_MAX);
    xj_json_init(&w, &out);
    xj_json_array(&w);
    for (size_t i = 0; i < shown; i++)
        write_item(&w, told[i].item, run->pool);
    if (n > shown)
        write_item(&w, &more, run->pool);
    xj_json_end_array(&w);
    XJ_TRY(xj_buf_check(&out));
    xj_vec_push(&run->out->list, run->pool,
                (xj_tell__message){.kind = person == 0 ? "change" : "restricted",
                                   .unit = told->unit,
                                   .person = person,
                                   .subject = xj_str_printf(run->pool, XJ_FMT "%s", XJ_ARG(run->on),
                                                            person == 0 ? "" : " change"),
                                   .due = XJ_STR_NONE,
                                   .items = xj_buf_str(&out)});
    return NULL;
}

xj_error *
xj_tell__changes(xj_tell__messages *messages, xj_db *db, int64_t tenant, xj_date day, int64_t since,
                 int64_t to, int64_t office, xj_pool *result)
{
    struct run run = {.db = db,
                      .tenant = tenant,
                      .pool = result,
                      .on = xj_day_str(day, result),
                      .since = since,
                      .to = to,
                      .office = office,
                      .out = messages};

    XJ_TRY(tell_notices(&run, false));
    XJ_TRY(tell_notices(&run, true));
    XJ_TRY(tell_duties(&run));
    XJ_TRY(tell_days(&run));
    XJ_TRY(tell_requests(&run));
    if (run.told.len > 0)
        qsort(run.told.items, run.told.len, sizeof *run.told.items, by_recipient);
    for (size_t i = 0, end; i < run.told.len; i = end) {
        for (end = i; end < run.told.len && run.told.items[end].unit == run.told.items[i].unit &&
                      run.told.items[end].person == run.told.items[i].person;)
            end++;
        XJ_TRY(write_message(&run, run.told.items + i, end - i));
    }
    return NULL;
}
