/* Posts: given, ended, handed over; and circles beside them. */
#include "org/post.h"

#include "org/org_priv.h"

#include "base/vec.h"

#define NO_BEGINNING "0001-01-01"
#define NO_END "9999-12-31"

static xj_post_changed_fn post_changed;

void
xj_post_on_changed(xj_post_changed_fn fn)
{
    post_changed = fn;
}

xj_date
xj_org_day(int64_t t)
{
    return xj_instant_date(t, XJ_ZONE_MINUTES);
}

bool
xj_post_on(const xj_post *post, xj_date day)
{
    return (post->from.year == 0 || xj_date_cmp(post->from, day) <= 0) &&
           (post->to.year == 0 || xj_date_cmp(day, post->to) <= 0);
}

static xj_str
day_text(char text[XJ_DATE_LEN], xj_date day, const char *none)
{
    return day.year == 0 ? xj_str_c(none) : xj_date_format(text, day);
}

static xj_date
day_of(xj_str text)
{
    xj_date day = {0};

    if (xj_str_eq(text, XJ_STR(NO_BEGINNING)) || xj_str_eq(text, XJ_STR(NO_END)) ||
        !xj_date_parse(&day, text))
        return (xj_date){0};
    return day;
}

/* ---- reading ---- */

static void
post_row(xj_post *post, const xj_rows *rows, xj_pool *result)
{
    *post = (xj_post){.id = xj_row_int(rows, 0),
                      .person = xj_row_int(rows, 1),
                      .unit = xj_row_int(rows, 3),
                      .from = day_of(xj_row_str(rows, 4)),
                      .to = day_of(xj_row_str(rows, 5)),
                      .successor = xj_row_int(rows, 6),
                      .version = xj_row_int(rows, 7),
                      .person_name = xj_row_text(rows, 8, result)};
    post->unit_name = xj_row_text(rows, 9, result);
    post->successor_name = xj_row_text(rows, 10, result);
    if (!xj_role_parse(&post->role, xj_row_str(rows, 2)))
        post->role = XJ_ROLE_EVALUATOR; /* db check names it; here it gets the least */
}

static xj_error *
read_posts(xj_post **items, size_t *n, xj_rows *rows, xj_pool *result)
{
    XJ_VEC(xj_post) found = {0};

    for (;;) {
        xj_post post;
        bool more;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        post_row(&post, rows, result);
        xj_vec_push(&found, result, post);
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_post_held(xj_held *posts, size_t *n, xj_db *db, int64_t tenant, int64_t person, xj_date day)
{
    char text[XJ_DATE_LEN];
    xj_rows *rows;
    bool more;

    *n = 0;
    XJ_TRY(xj_db_query(&rows, db, SQL_POST_HELD, "iisi", tenant, person, xj_date_format(text, day),
                       (int64_t)XJ_POSTS_HELD_MAX));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        posts[*n] = (xj_held){.unit = xj_row_int(rows, 1)};
        if (xj_role_parse(&posts[*n].role, xj_row_str(rows, 0)))
            ++*n;
    }
}

xj_error *
xj_post_of_person(xj_post **items, size_t *n, xj_db *db, int64_t tenant, int64_t person,
                  xj_pool *result)
{
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, db, SQL_POST_OF_PERSON, "ii", tenant, person));
    return read_posts(items, n, rows, result);
}

xj_error *
xj_post_of_unit(xj_post **items, size_t *n, xj_db *db, int64_t tenant, int64_t unit, xj_date day,
                xj_pool *result)
{
    char text[XJ_DATE_LEN];
    xj_rows *rows;

    XJ_TRY(
        xj_db_query(&rows, db, SQL_POST_OF_UNIT, "iis", tenant, unit, xj_date_format(text, day)));
    return read_posts(items, n, rows, result);
}

xj_error *
xj_post_get(xj_post *post, xj_db *db, int64_t tenant, int64_t id, xj_pool *result)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_POST_BY_ID, "ii", tenant, id));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such post");
    post_row(post, rows, result);
    xj_rows_close(rows);
    return NULL;
}

/* ---- giving one ---- */

static xj_error *
refused(const char *field, const char *what)
{
    return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "%s", what), "%s", field);
}

/* The unit of a post, or none; an alias gives the unit it stands for. */
static xj_error *
check_unit(const int64_t **unit, int64_t *place, xj_tx *tx, const xj_post *post)
{
    xj_unit found;

    *unit = NULL;
    if (post->unit == 0)
        return xj_role_needs_unit(post->role)
                   ? refused("/unit", "a post of this role is one at a unit")
                   : NULL;
    XJ_TRY(xj_org__unit(&found, xj_tx_db(tx), xj_tx_tenant(tx), post->unit, xj_tx_pool(tx)));
    if (found.kind == XJ_UNIT_GROUP)
        return refused("/unit", "a group of units has no posts");
    *place = found.alias_of != 0 ? found.alias_of : found.id;
    *unit = place;
    return NULL;
}

/* Errors: CONFLICT where the person has such a post in that time; TOO_LARGE. */
static xj_error *
check_others(xj_tx *tx, const xj_post *post, int64_t unit, xj_str from, xj_str to)
{
    xj_post *others;
    size_t n, open = 0;

    XJ_TRY(xj_post_of_person(&others, &n, xj_tx_db(tx), xj_tx_tenant(tx), post->person,
                             xj_tx_pool(tx)));
    for (size_t i = 0; i < n; i++) {
        char a[XJ_DATE_LEN], b[XJ_DATE_LEN];
        bool meets = xj_str_cmp(day_text(a, others[i].from, NO_BEGINNING), to) <= 0 &&
                     xj_str_cmp(day_text(b, others[i].to, NO_END), from) >= 0;

        if (meets && others[i].role == post->role && others[i].unit == unit)
            return xj_error_new(XJ_E_CONFLICT, "the person has this post in that time");
        open += meets;
    }
    if (open >= XJ_POSTS_HELD_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "a person holds at most %d posts at once",
                            XJ_POSTS_HELD_MAX);
    return NULL;
}

static xj_error *
check_person(xj_tx *tx, int64_t id)
{
    xj_person person;

    return xj_person_get(&person, xj_tx_db(tx), xj_tx_tenant(tx), id, xj_tx_pool(tx));
}

xj_error *
xj_org__post_first(xj_tx *tx, int64_t tenant, int64_t person, xj_role role)
{
    return xj_db_run(xj_tx_db(tx), SQL_POST_ADD, "iiisIssi", tenant, xj_tx_next_id(tx), person,
                     xj_str_c(xj_role_word(role)), NULL, XJ_STR(NO_BEGINNING), XJ_STR(NO_END),
                     xj_tx_now(tx));
}

xj_error *
xj_post_add(int64_t *id, xj_tx *tx, const xj_post *post)
{
    char a[XJ_DATE_LEN], b[XJ_DATE_LEN];
    const xj_str from = day_text(a, post->from, NO_BEGINNING);
    const xj_str to = day_text(b, post->to, NO_END);
    const int64_t *unit;
    int64_t place;

    XJ_TRY(check_person(tx, post->person));
    XJ_TRY(check_unit(&unit, &place, tx, post));
    if (xj_str_cmp(from, to) > 0)
        return refused("/to", "the last day is before the first");
    XJ_TRY(check_others(tx, post, unit == NULL ? 0 : place, from, to));
    *id = xj_tx_next_id(tx);
    xj_tx_subject(tx, "person", post->person);
    return xj_db_run(xj_tx_db(tx), SQL_POST_ADD, "iiisIssi", xj_tx_tenant(tx), *id, post->person,
                     xj_str_c(xj_role_word(post->role)), unit, from, to, xj_tx_now(tx));
}

/* ---- ending one ---- */

static xj_error *
check_end(const xj_post *post, int64_t version, xj_date last, int64_t successor)
{
    if (post->version != version)
        return xj_error_new(XJ_E_STALE, "somebody else changed this post first");
    if (post->to.year != 0 && xj_date_cmp(post->to, last) < 0)
        return xj_error_new(XJ_E_CONFLICT, "the post ended before that day");
    if (post->from.year != 0 && xj_date_cmp(last, post->from) < 0)
        return refused("/last", "the last day is before the first");
    if (successor == post->person)
        return refused("/successor", "the successor is the one who leaves");
    return NULL;
}

/* The post of the successor from the day after LAST: made, or the one that is there already. */
static xj_error *
give_on(int64_t *next, xj_tx *tx, const xj_post *old, xj_date last, int64_t successor)
{
    xj_post fresh = {.person = successor, .unit = old->unit, .role = old->role};
    xj_post *others;
    size_t n;

    XJ_TRY(check_person(tx, successor));
    fresh.from = xj_date_add_days(last, 1);
    XJ_TRY(
        xj_post_of_person(&others, &n, xj_tx_db(tx), xj_tx_tenant(tx), successor, xj_tx_pool(tx)));
    for (size_t i = 0; i < n; i++)
        if (others[i].role == old->role && others[i].unit == old->unit &&
            (others[i].to.year == 0 || xj_date_cmp(others[i].to, fresh.from) >= 0)) {
            *next = others[i].id;
            return NULL;
        }
    return xj_post_add(next, tx, &fresh);
}

xj_error *
xj_post_end(int64_t *next, xj_tx *tx, int64_t id, int64_t version, xj_date last, int64_t successor)
{
    xj_db *db = xj_tx_db(tx);
    const int64_t tenant = xj_tx_tenant(tx);
    char text[XJ_DATE_LEN];
    xj_post old, taken;

    *next = 0;
    XJ_TRY(xj_post_get(&old, db, tenant, id, xj_tx_pool(tx)));
    XJ_TRY(check_end(&old, version, last, successor));
    if (successor != 0)
        XJ_TRY(give_on(next, tx, &old, last, successor));
    XJ_TRY(xj_db_run(db, SQL_POST_END, "sIii", xj_date_format(text, last), *next == 0 ? NULL : next,
                     tenant, id));
    xj_tx_subject(tx, "person", old.person);
    if (post_changed == NULL)
        return NULL;
    if (*next != 0)
        XJ_TRY(xj_post_get(&taken, db, tenant, *next, xj_tx_pool(tx)));
    return post_changed(tx, &old, *next == 0 ? NULL : &taken);
}

/* ---- circles ---- */

xj_error *
xj_circle_set(xj_tx *tx, const char *kind, int64_t subject, const int64_t *people, size_t n)
{
    xj_db *db = xj_tx_db(tx);
    const int64_t tenant = xj_tx_tenant(tx);

    if (n > XJ_CIRCLE_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "a circle has at most %d people", XJ_CIRCLE_MAX);
    XJ_TRY(xj_db_run(db, SQL_CIRCLE_REMOVE_ALL, "isi", tenant, xj_str_c(kind), subject));
    for (size_t i = 0; i < n; i++) {
        XJ_TRY(check_person(tx, people[i]));
        XJ_TRY(xj_db_send(db, SQL_CIRCLE_ADD, "isii", tenant, xj_str_c(kind), subject, people[i]));
    }
    return NULL;
}

xj_error *
xj_circle_people(int64_t **people, size_t *n, xj_db *db, int64_t tenant, const char *kind,
                 int64_t subject, xj_pool *result)
{
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, db, SQL_CIRCLE_PEOPLE, "isi", tenant, xj_str_c(kind), subject));
    return xj_rows_ints(people, n, rows, result);
}

xj_error *
xj_circle_has(bool *is, xj_db *db, int64_t tenant, const char *kind, int64_t subject,
              int64_t person)
{
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, db, SQL_CIRCLE_HAS, "isii", tenant, xj_str_c(kind), subject, person));
    XJ_TRY(xj_rows_next(rows, is));
    xj_rows_close(rows);
    return NULL;
}
