/* Areas: adding, changing, looking; their codes. */
#include "org/area.h"
#include "base/vec.h"
#include "org/org_priv.h"

static const char digits[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

bool
xj_credit_code_ok(xj_str code)
{
    unsigned sum = 0, weight = 1;
    const char *at;

    if (code.len != 18)
        return false;
    for (size_t i = 0; i < 18; i++) {
        at = strchr(digits, code.data[i]);
        if (code.data[i] == 0 || at == NULL)
            return false;
        if (i == 17)
            return (unsigned)(at - digits) == (31 - sum % 31) % 31;
        sum += (unsigned)(at - digits) * weight;
        weight = weight * 3 % 31;
    }
    return false;
}

bool
xj_area_code_ok(xj_str code, xj_level level)
{
    const size_t len = level == XJ_LEVEL_TOWN ? 9 : level == XJ_LEVEL_VILLAGE ? 12 : 6;

    if (code.len != len)
        return false;
    for (size_t i = 0; i < len; i++)
        if (code.data[i] < '0' || code.data[i] > '9')
            return false;
    return true;
}

/* The digits of a CODE of LEVEL that those below it share. */
static xj_str
stem(xj_str code, xj_level level)
{
    code.len = level == XJ_LEVEL_PROVINCE ? 2 : level == XJ_LEVEL_CITY ? 4 : code.len;
    return code;
}

static void
read_area(xj_area *area, const xj_rows *rows, xj_pool *result)
{
    *area = (xj_area){.id = xj_row_int(rows, 0),
                      .name = xj_row_text(rows, 1, result),
                      .code = xj_row_text(rows, 3, result),
                      .official = xj_row_int(rows, 4) != 0,
                      .parent = xj_row_int(rows, 5),
                      .valid_from = xj_row_text(rows, 6, result),
                      .valid_to = xj_row_text(rows, 7, result),
                      .version = xj_row_int(rows, 8)};
    if (!xj_level_parse(&area->level, xj_row_str(rows, 2)))
        area->level = XJ_LEVEL_NONE;
}

xj_error *
xj_area_list(xj_area **items, size_t *n, xj_db *db, const xj_scope *scope, int64_t after,
             int64_t limit, xj_pool *result)
{
    XJ_VEC(xj_area) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_AREA_LIST, "iii", scope->tenant, after, limit));
    for (;;) {
        xj_area area;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        read_area(&area, rows, result);
        xj_vec_push(&found, result, area);
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_area_get(xj_area *area, xj_db *db, const xj_scope *scope, int64_t id, xj_pool *result)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_AREA_BY_ID, "ii", scope->tenant, id));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such area");
    read_area(area, rows, result);
    xj_rows_close(rows);
    return NULL;
}

static xj_error *
wrong(const char *at, const char *what)
{
    return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "%s", what), "%s", at);
}

/* Whether AREA may lie where it says it does. */
static xj_error *
check_place(xj_tx *tx, const xj_area *area)
{
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    xj_area above;

    if (area->parent == 0)
        return NULL;
    XJ_TRY(xj_area_get(&above, xj_tx_db(tx), &all, area->parent, xj_tx_pool(tx)));
    if (above.level >= area->level)
        return wrong("/parent", "an area lies in one of a higher level");
    if (area->official && above.official && area->code.data != NULL && above.code.data != NULL &&
        !xj_str_starts(area->code, stem(above.code, above.level)))
        return wrong("/code", "the code does not begin as that of the area it lies in");
    return NULL;
}

static xj_error *
check_words(const xj_area *area)
{
    xj_date from, to;

    if (xj_str_trim(area->name).len == 0)
        return wrong("/name", "an area has a name");
    if (xj_utf8_count(area->name) > XJ_AREA_NAME_MAX)
        return wrong("/name", "the name is too long");
    if (area->level < XJ_LEVEL_PROVINCE || area->level > XJ_LEVEL_VILLAGE)
        return wrong("/level", "an area is a province, city, county, town or village");
    if (area->code.data != NULL && !xj_area_code_ok(area->code, area->level))
        return wrong("/code",
                     "six digits down to the county, nine for a town, twelve for a village");
    if (!xj_date_parse(&from, area->valid_from))
        return wrong("/valid_from", "a day is written as 2026-06-15");
    if (!xj_date_parse(&to, area->valid_to))
        return wrong("/valid_to", "a day is written as 2026-06-15");
    if (xj_date_cmp(to, from) < 0)
        return wrong("/valid_to", "the last day lies before the first");
    return NULL;
}

static xj_error *
check(xj_tx *tx, const xj_area *area)
{
    xj_rows *rows;
    bool more, taken;

    XJ_TRY(check_words(area));
    XJ_TRY(check_place(tx, area));
    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_AREA_TAKEN, "iissSs", xj_tx_tenant(tx), area->id,
                       area->valid_to, area->name, area->code, area->valid_from));
    XJ_TRY(xj_rows_next(rows, &more));
    taken = more;
    if (taken)
        XJ_TRY(xj_rows_next(rows, &more));
    if (taken)
        return xj_error_new(XJ_E_CONFLICT,
                            "another area has this name or this code on one of these days");
    return NULL;
}

xj_error *
xj_area_add(int64_t *id, xj_tx *tx, const xj_area *area)
{
    xj_area made = *area;
    xj_rows *rows;
    int64_t n;
    bool more;

    made.id = 0;
    XJ_TRY(check(tx, &made));
    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_AREA_COUNT, "i", xj_tx_tenant(tx)));
    XJ_TRY(xj_rows_next(rows, &more));
    n = xj_row_int(rows, 0);
    xj_rows_close(rows);
    if (n >= XJ_AREAS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "a jurisdiction has at most %d areas", XJ_AREAS_MAX);
    *id = xj_tx_next_id(tx);
    xj_tx_subject(tx, "area", *id);
    return xj_db_run(xj_tx_db(tx), SQL_AREA_ADD, "iissSiIss", xj_tx_tenant(tx), *id, made.name,
                     xj_str_c(xj_level_word(made.level)), made.code, (int64_t)made.official,
                     made.parent == 0 ? NULL : &made.parent, made.valid_from, made.valid_to);
}

xj_error *
xj_area_change(xj_area *now, xj_tx *tx, const xj_area *area)
{
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));

    XJ_TRY(xj_area_get(now, xj_tx_db(tx), &all, area->id, xj_tx_pool(tx)));
    if (now->version != area->version)
        return xj_error_new(XJ_E_STALE, "somebody else changed this area first");
    XJ_TRY(check(tx, area));
    xj_tx_subject(tx, "area", area->id);
    return xj_db_run(xj_tx_db(tx), SQL_AREA_SET, "ssSiIssii", area->name,
                     xj_str_c(xj_level_word(area->level)), area->code, (int64_t)area->official,
                     area->parent == 0 ? NULL : &area->parent, area->valid_from, area->valid_to,
                     xj_tx_tenant(tx), area->id);
}
