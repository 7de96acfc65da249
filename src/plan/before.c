/*
 * What a draft is compared with: the version in force of its own document, or else that of another
 * document which it takes the place of -- last year's plan, an edition under an older number.
 * plan_version.against_id remembers which; a person may choose another, or none.
 */
#include "plan/chain.h"
#include "plan/import_priv.h"

#define YEAR_DIGITS 4
#define YEAR_MIN 1900
#define YEAR_MAX 2199

xj_error *
xj_plan__in_force(int64_t *version, xj_db *db, int64_t tenant, int64_t document)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_VERSION_PUBLISHED_OF, "ii", tenant, document));
    XJ_TRY(xj_rows_next(rows, &more));
    *version = more ? xj_row_int(rows, 0) : 0;
    xj_rows_close(rows);
    return NULL;
}

static xj_error *
against_of(int64_t *against, xj_db *db, int64_t tenant, int64_t version)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_PAIR_AGAINST, "ii", tenant, version));
    XJ_TRY(xj_rows_next(rows, &more));
    *against = more ? xj_row_int(rows, 0) : 0;
    xj_rows_close(rows);
    return NULL;
}

/* Whether AGAINST is a version of another document than DOCUMENT; *OTHER is that document or 0. */
static xj_error *
other_document(int64_t *other, xj_db *db, int64_t tenant, int64_t document, int64_t against,
               xj_pool *scratch)
{
    xj_version v;

    *other = 0;
    if (against == 0)
        return NULL;
    XJ_TRY(xj_plan__version(&v, db, tenant, against, scratch));
    *other = v.document == document ? 0 : v.document;
    return NULL;
}

xj_error *
xj_plan__before(xj_plan_before *before, xj_db *db, int64_t tenant, int64_t document,
                int64_t version, xj_pool *scratch)
{
    *before = (xj_plan_before){0};
    XJ_TRY(against_of(&before->against, db, tenant, version));
    XJ_TRY(xj_plan__in_force(&before->version, db, tenant, document));
    if (before->version != 0)
        return NULL;
    XJ_TRY(other_document(&before->other, db, tenant, document, before->against, scratch));
    if (before->other == 0)
        return NULL;
    return xj_plan__in_force(&before->version, db, tenant, before->other);
}

/* ---- proposing ---- */

/* The value of CP as a digit of a year, or -1. */
static int
year_digit(uint32_t cp)
{
    static const uint32_t digits[] = {0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB,
                                      0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D};

    if (cp >= '0' && cp <= '9')
        return (int)(cp - '0');
    if (cp == 0x96F6)
        return 0;
    for (int i = 0; i < 10; i++)
        if (cp == digits[i])
            return i;
    return -1;
}

/* The run of digits of KEY at POS, to *END, as N years of four digits: the first, or 0 where the
 * run is none of years. */
static int64_t
years_at(size_t *end, size_t *n, xj_str key, size_t pos)
{
    int64_t first = 0, year = 0;
    size_t digits = 0;
    bool good = true;

    for (*end = pos; *end < key.len; digits++) {
        size_t next = *end;
        const int digit = year_digit(xj_utf8_next(key, &next));

        if (digit < 0)
            break;
        *end = next;
        year = (digits % YEAR_DIGITS == 0 ? 0 : year) * 10 + digit;
        if (digits % YEAR_DIGITS == YEAR_DIGITS - 1)
            good = good && year >= YEAR_MIN && year <= YEAR_MAX;
        if (digits == YEAR_DIGITS - 1)
            first = year;
    }
    *n = digits / YEAR_DIGITS;
    return good && digits % YEAR_DIGITS == 0 ? first : 0;
}

/* KEY with # for each year in it; *YEAR is the first, 0 where it names none. */
static xj_str
without_years(int64_t *year, xj_str key, xj_pool *pool)
{
    xj_buf out;
    size_t pos = 0;

    *year = 0;
    xj_buf_init(&out, pool, key.len + 1);
    while (pos < key.len) {
        size_t n, end;
        const int64_t found = years_at(&end, &n, key, pos);

        if (found != 0) {
            *year = *year == 0 ? found : *year;
            while (n-- > 0)
                xj_buf_add_char(&out, '#');
        } else {
            if (end == pos)
                (void)xj_utf8_next(key, &end);
            xj_buf_add(&out, xj_str_sub(key, pos, end));
        }
        pos = end;
    }
    return xj_buf_str(&out);
}

struct title {
    xj_str key, issuer, issued;
    int64_t year;
};

static struct title
title_of(xj_str title, xj_str issuer, xj_str issued, xj_pool *pool)
{
    struct title made = {.issuer = xj_plan__title_key(issuer, pool), .issued = issued};

    made.key = without_years(&made.year, xj_plan__title_key(title, pool), pool);
    return made;
}

/* Whether NOW takes the place of OLD: the same title of a later year, or of a later day. */
static bool
takes_place(const struct title *now, const struct title *old)
{
    if (!xj_str_eq(now->key, old->key))
        return false;
    if (now->issuer.len > 0 && old->issuer.len > 0 && !xj_str_eq(now->issuer, old->issuer))
        return false;
    if (now->year != old->year)
        return old->year != 0 && now->year > old->year;
    return old->issued.len > 0 && xj_str_cmp(now->issued, old->issued) > 0;
}

/* Whether A is the nearer of two that something takes the place of. */
static bool
is_nearer(const struct title *a, const struct title *b)
{
    return a->year != b->year ? a->year > b->year : xj_str_cmp(a->issued, b->issued) > 0;
}

/* The version in force that a new document with IMPORT's head takes the place of, or 0. */
static xj_error *
propose(int64_t *version, xj_db *db, int64_t tenant, const xj_import *import, xj_pool *scratch)
{
    const xj_document_head *head = &import->reg->document;
    struct title now, best = {0};
    char day[XJ_DATE_LEN];
    xj_rows *rows;
    bool more;

    *version = 0;
    now = title_of(head->title, head->issuer,
                   head->issued_on.year == 0 ? XJ_STR("") : xj_date_format(day, head->issued_on),
                   scratch);
    if (now.key.len == 0)
        return NULL;
    XJ_TRY(xj_db_query(&rows, db, SQL_PLANS_IN_FORCE, "iii", tenant, import->programme,
                       (int64_t)XJ_CHAIN_DOCUMENTS_MAX));
    for (;;) {
        struct title old;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        old = title_of(xj_row_str(rows, 1), xj_row_str(rows, 2), xj_row_text(rows, 3, scratch),
                       scratch);
        if (takes_place(&now, &old) && (*version == 0 || is_nearer(&old, &best))) {
            *version = xj_row_int(rows, 0);
            best = old;
        }
    }
}

xj_error *
xj_plan__before_import(int64_t *version, xj_db *db, int64_t tenant, const xj_import *import,
                       xj_pool *scratch)
{
    xj_plan_before before;
    int64_t document, latest;

    XJ_TRY(xj_plan__find_document(&document, &latest, db, tenant, import));
    if (document == 0)
        return propose(version, db, tenant, import, scratch);
    /* What the draft before it takes the place of, this one does. */
    XJ_TRY(xj_plan__before(&before, db, tenant, document, latest, scratch));
    *version = before.version != 0 ? before.version : latest;
    return NULL;
}
