/* Whom the reminders of coming weeks would reach, and how often. */
#include "notice/notice_priv.h"

#include "base/map.h"

/* What a person had: in all, and in the week that is counted. */
struct had {
    int64_t n, week;
    xj_date monday;
};

struct trying {
    xj_notice_tried *out;
    xj_db *db;
    int64_t tenant, office;
    xj_str today;
    xj_map recipients; /* xj_notice__people, as long as one try goes on */
    xj_map people;     /* struct had */
    xj_pool *pool;
};

static const char *const kinds[XJ_NOTICE_TRIED] = {"digest",  "ahead", "chase",
                                                   "receipt", "order", "restricted"};

static int
kind_of(const char *word)
{
    for (int i = 0; i < XJ_NOTICE_TRIED; i++)
        if (strcmp(word, kinds[i]) == 0)
            return i;
    XJ_ASSERT(false); /* a reminder of no kind */
    return 0;
}

const char *
xj_notice_tried_word(int kind)
{
    return kinds[kind];
}

static xj_error *
find(const xj_notice__people **people, struct trying *t, const xj_tell_try_row *row)
{
    const xj_notice notice = {
        .kind = xj_str_c(row->kind), .unit = row->unit, .person = row->person};
    void **slot = xj_map_slot(
        &t->recipients, xj_str_printf(t->pool, "%lld %lld %s", (long long)row->unit,
                                      (long long)row->person, row->person == 0 ? "" : row->kind));
    xj_notice__people *found = *slot;

    if (found == NULL) {
        *slot = found = XJ_NEW(t->pool, xj_notice__people);
        XJ_TRY(
            xj_notice__find_people(found, t->db, t->tenant, &notice, t->office, t->today, t->pool));
    }
    *people = found;
    return NULL;
}

static void
count(struct trying *t, int64_t person, xj_date day)
{
    const xj_date monday = xj_date_monday(day);
    void **slot = xj_map_slot(&t->people, xj_str_printf(t->pool, "%lld", (long long)person));
    struct had *had = *slot;

    if (had == NULL) {
        *slot = had = XJ_NEW(t->pool, struct had);
        t->out->people++;
    }
    if (xj_date_cmp(had->monday, monday) != 0)
        *had = (struct had){.n = had->n, .monday = monday};
    had->n++;
    had->week++;
    t->out->messages++;
    if (had->n > t->out->most)
        t->out->most = had->n;
    if (had->week > t->out->most_in_week)
        t->out->most_in_week = had->week;
}

xj_error *
xj_notice_try_rules(xj_notice_tried *tried, xj_db *db, int64_t tenant, const xj_rules *rules,
                    xj_pool *scratch)
{
    struct trying t = {.out = tried,
                       .db = db,
                       .tenant = tenant,
                       .today = xj_day_str(xj_day_of(xj_now()), scratch),
                       .pool = scratch};
    xj_tell_try coming;

    xj_map_init(&t.recipients, scratch);
    xj_map_init(&t.people, scratch);
    XJ_TRY(xj_notice__office(&t.office, db, tenant));
    XJ_TRY(xj_tell_try_rules(&coming, db, tenant, rules, scratch));
    *tried = (xj_notice_tried){.first = coming.first, .last = coming.last};
    for (size_t i = 0; i < coming.n; i++) {
        const xj_tell_try_row *row = &coming.items[i];
        const xj_notice__people *people;

        XJ_TRY(find(&people, &t, row));
        for (size_t k = 0; k < people->ids.len; k++)
            count(&t, people->ids.items[k], row->day);
        tried->kinds[kind_of(row->kind)] += (int64_t)people->ids.len;
        tried->unheard += people->ids.len == 0;
    }
    return NULL;
}
