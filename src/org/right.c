/* Which role has which right, how far it reaches, and the scope that follows. */
#include "org/org_priv.h"
#include "org/post.h"

#include "base/vec.h"

static const char *const role_words[XJ_ROLES] = {
    "office",    "leader",        "liaison_a", "liaison_b", "officer",   "section_head",
    "unit_head", "county_office", "expert",    "evaluator", "inspector", "administrator"};

const char *
xj_role_word(xj_role role)
{
    return role_words[role];
}

bool
xj_role_parse(xj_role *role, xj_str word)
{
    for (int i = 0; i < XJ_ROLES; i++)
        if (xj_str_eq(word, xj_str_c(role_words[i]))) {
            *role = (xj_role)i;
            return true;
        }
    return false;
}

bool
xj_role_needs_unit(xj_role role)
{
    return role >= XJ_ROLE_LIAISON_A && role <= XJ_ROLE_COUNTY_OFFICE;
}

/* ---- the table; its first row is the heading ---- */

static xj_reach
reach_of(const char *cell)
{
    if (cell == NULL)
        return XJ_REACH_NONE;
    if (strcmp(cell, "own") == 0)
        return XJ_REACH_OWN;
    if (strcmp(cell, "issued") == 0)
        return XJ_REACH_ISSUED;
    XJ_ASSERT(strcmp(cell, "all") == 0);
    return XJ_REACH_ALL;
}

size_t
xj_right_count(void)
{
    return xj_org__nrights - 1;
}

const char *
xj_right_at(size_t index)
{
    return xj_org__rights[index + 1][0];
}

/* The row of RIGHT, 0 where there is none. */
static size_t
row_of(const char *right)
{
    for (size_t i = 1; i < xj_org__nrights; i++)
        if (strcmp(xj_org__rights[i][0], right) == 0)
            return i;
    return 0;
}

bool
xj_right_known(const char *right)
{
    return row_of(right) != 0;
}

static xj_reach
reach_of_role(size_t row, xj_role role)
{
    XJ_ASSERT(row != 0);
    return reach_of(xj_org__rights[row][1 + role]);
}

xj_reach
xj_right_reach(const char *right, const xj_held *posts, size_t n)
{
    const size_t row = row_of(right);
    xj_reach most = XJ_REACH_NONE;

    for (size_t i = 0; i < n; i++) {
        xj_reach reach = reach_of_role(row, posts[i].role);

        if (reach > most)
            most = reach;
    }
    return most;
}

xj_str
xj_right_roles(const char *right, xj_pool *result)
{
    const size_t row = row_of(right);
    xj_buf out;

    xj_buf_init(&out, result, 1024);
    for (int i = 0; i < XJ_ROLES; i++)
        if (reach_of_role(row, (xj_role)i) != XJ_REACH_NONE) {
            if (out.len > 0)
                xj_buf_add(&out, XJ_STR(", "));
            xj_buf_add(&out, xj_str_c(role_words[i]));
        }
    return xj_buf_str(&out);
}

/* ---- scopes ---- */

typedef XJ_VEC(int64_t) id_list;

static int
by_id(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return x < y ? -1 : x > y;
}

/* The post's unit and all that belongs to it, added to IDS.  Who works in a section works for the
 * unit that the section is of: what is dispatched to them is owed by that one. */
static xj_error *
add_closure(id_list *ids, xj_db *db, int64_t tenant, const xj_held *post, xj_pool *result)
{
    const bool section = post->role == XJ_ROLE_OFFICER || post->role == XJ_ROLE_SECTION_HEAD;
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_UNIT_CLOSURE, "iii", tenant, post->unit, (int64_t)section));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        xj_vec_push(ids, result, xj_row_int(rows, 0));
    }
}

xj_error *
xj_scope_of(xj_scope *scope, xj_db *db, int64_t tenant, int64_t person, const xj_held *posts,
            size_t n, const char *right, xj_pool *result)
{
    const size_t row = row_of(right);
    const xj_reach most = xj_right_reach(right, posts, n);
    id_list ids = {0};
    size_t kept = 0;

    *scope = (xj_scope){.tenant = most == XJ_REACH_NONE ? 0 : tenant,
                        .person = person,
                        .all_units = most >= XJ_REACH_ISSUED,
                        .drafts = most == XJ_REACH_ALL,
                        .restricted = xj_right_reach("duty.restricted", posts, n) == XJ_REACH_ALL};
    if (most != XJ_REACH_OWN)
        return NULL;
    for (size_t i = 0; i < n; i++)
        if (posts[i].unit != 0 && reach_of_role(row, posts[i].role) == XJ_REACH_OWN)
            XJ_TRY(add_closure(&ids, db, tenant, &posts[i], result));
    if (ids.len > 0)
        qsort(ids.items, ids.len, sizeof *ids.items, by_id);
    for (size_t i = 0; i < ids.len; i++)
        if (kept == 0 || ids.items[kept - 1] != ids.items[i])
            ids.items[kept++] = ids.items[i];
    scope->units = ids.items;
    scope->nunits = kept;
    return NULL;
}
