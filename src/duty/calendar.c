/* Recurring dates and working days. */
#include "duty/duty_priv.h"

xj_date
xj_day_of(int64_t t)
{
    return xj_instant_date(t, XJ_ZONE_MINUTES);
}

xj_str
xj_day_str(xj_date day, xj_pool *pool)
{
    char text[XJ_DATE_LEN];

    if (day.year == 0)
        return XJ_STR(XJ_DAY_NONE);
    return xj_str_dup(xj_date_format(text, day), pool);
}

xj_date
xj_day_parse(xj_str text)
{
    xj_date day;

    if (!xj_date_parse(&day, text) || day.year == 9999)
        return (xj_date){0};
    return day;
}

/* ---- recurring dates ---- */

void
xj_recur_parse(xj_date *days, size_t *n, xj_str text)
{
    xj_str part;

    *n = 0;
    while (*n < XJ_RECUR_MAX && xj_str_split(&part, &text, ',')) {
        xj_date day = {.year = 4};
        int64_t month, number;

        part = xj_str_trim(part);
        if (part.len != 5 || !xj_str_int(&month, xj_str_sub(part, 0, 2)) ||
            !xj_str_int(&number, xj_str_sub(part, 3, 5)))
            continue;
        day.month = (int)month;
        day.day = month == 2 && number == 29 ? 28 : (int)number;
        if (xj_date_valid(day))
            days[(*n)++] = day;
    }
}

void
xj_recur(xj_date *days, size_t *n, const xj_rules *rules, xj_str cadence)
{
    static const struct {
        const char *word;
        xj_rule rule;
    } words[] = {{"monthly", XJ_RULE_DATES_MONTHLY},         {"quarterly", XJ_RULE_DATES_QUARTERLY},
                 {"half_yearly", XJ_RULE_DATES_HALF_YEARLY}, {"termly", XJ_RULE_DATES_TERMLY},
                 {"school_year", XJ_RULE_DATES_SCHOOL_YEAR}, {"annual", XJ_RULE_DATES_ANNUAL},
                 {"seasonal", XJ_RULE_DATES_SEASONAL},       {"campaign", XJ_RULE_DATES_CAMPAIGN}};

    *n = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (xj_str_eq(cadence, xj_str_c(words[i].word)))
            xj_recur_parse(days, n, rules->text[words[i].rule]);
}

xj_date
xj_recur_next(xj_date from, xj_date md)
{
    xj_date day = {from.year, md.month, md.day};

    if (!xj_date_valid(day))
        day.day = xj_month_days(day.year, day.month);
    if (xj_date_cmp(day, from) < 0)
        day = xj_recur_next((xj_date){from.year + 1, 1, 1}, md);
    return day;
}

xj_str
xj_period(xj_date day, xj_str cadence, xj_pool *result)
{
    if (xj_str_eq(cadence, XJ_STR("monthly")))
        return xj_str_printf(result, "%04d%02d", day.year, day.month);
    if (xj_str_eq(cadence, XJ_STR("quarterly")))
        return xj_str_printf(result, "%04dQ%d", day.year, (day.month + 2) / 3);
    if (xj_str_eq(cadence, XJ_STR("annual")) || xj_str_eq(cadence, XJ_STR("school_year")))
        return xj_str_printf(result, "%04d", day.year);
    return xj_str_printf(result, "%04dS%d", day.year, day.month <= 6 ? 1 : 2);
}

xj_str
xj_week(xj_date day, xj_pool *result)
{
    /* The week belongs to the year that has its Thursday. */
    const xj_date thursday = xj_date_add_days(day, 4 - xj_date_weekday(day));
    const int64_t first = xj_date_days((xj_date){thursday.year, 1, 1});

    return xj_str_printf(result, "%04d-W%02d", thursday.year,
                         (int)((xj_date_days(thursday) - first) / 7 + 1));
}

/* ---- working days ---- */

static bool
official(bool *works, bool *knows, xj_date day)
{
    char text[XJ_DATE_LEN];
    const xj_str s = xj_date_format(text, day);
    bool found = false;

    *knows = false;
    for (size_t i = 0; i < xj__holiday_count; i++) {
        const xj__holiday *h = &xj__holidays[i];

        *knows |= memcmp(h->first, s.data, 4) == 0;
        if (strcmp(h->first, s.data) <= 0 && strcmp(s.data, h->last) <= 0) {
            *works = h->works;
            found = true;
        }
    }
    return found;
}

static const xj_day *
added(const xj_calendar *calendar, xj_date day)
{
    for (size_t i = 0; i < calendar->nadded; i++)
        if (xj_date_cmp(calendar->added[i].day, day) == 0)
            return &calendar->added[i];
    return NULL;
}

bool
xj_calendar_knows(const xj_calendar *calendar, int year)
{
    bool works, knows;

    official(&works, &knows, (xj_date){year, 1, 1});
    for (size_t i = 0; i < calendar->nadded && !knows; i++)
        knows = calendar->added[i].day.year == year;
    return knows;
}

bool
xj_calendar_works(const xj_calendar *calendar, xj_date day)
{
    const xj_day *own = added(calendar, day);
    bool works, knows;

    if (own != NULL)
        return own->works;
    if (official(&works, &knows, day))
        return works;
    return xj_date_weekday(day) <= 5;
}

int
xj_calendar_count(const xj_calendar *calendar, xj_date from, xj_date to)
{
    int n = 0;

    for (xj_date day = xj_date_add_days(from, 1); xj_date_cmp(day, to) <= 0;
         day = xj_date_add_days(day, 1))
        n += xj_calendar_works(calendar, day);
    return n;
}

xj_error *
xj_calendar_get(xj_calendar *calendar, xj_db *db, int64_t tenant, xj_pool *result)
{
    XJ_VEC(xj_day) days = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_DUTY_DAYS, "i", tenant));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&days, result,
                    (xj_day){.day = xj_day_parse(xj_row_str(rows, 0)),
                             .works = xj_row_int(rows, 1) != 0,
                             .name = xj_row_text(rows, 2, result),
                             .source = xj_row_text(rows, 3, result)});
    }
    *calendar = (xj_calendar){days.items, days.len};
    return NULL;
}

xj_error *
xj_calendar_set(xj_tx *tx, const xj_day *days, size_t n)
{
    const int64_t tenant = xj_tx_tenant(tx);
    xj_calendar calendar;

    XJ_TRY(xj_calendar_get(&calendar, xj_tx_db(tx), tenant, xj_tx_pool(tx)));
    if (calendar.nadded + n > XJ_CALENDAR_DAYS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "a jurisdiction's calendar has at most %d days",
                            XJ_CALENDAR_DAYS_MAX);
    for (size_t i = 0; i < n; i++) {
        if (!xj_date_valid(days[i].day) || xj_utf8_count(days[i].name) > 50 ||
            xj_utf8_count(days[i].source) > 200)
            return xj_error_at(
                xj_error_new(XJ_E_BAD_INPUT, "the calendar's day %zu is not valid", i + 1),
                "/days");
        XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_DUTY_DAY_SET, "isiss", tenant,
                          xj_day_str(days[i].day, xj_tx_pool(tx)), (int64_t)days[i].works,
                          days[i].name, days[i].source));
    }
    return NULL;
}
