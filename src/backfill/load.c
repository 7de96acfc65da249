/* The plan's tasks as they stand, and what is held of their returns in the year. */
#include "backfill/backfill_priv.h"

#include "org/unit.h"

#define YEAR_FIRST "-01-01"
#define YEAR_LAST "-12-31"

static xj_str
key_of(int64_t id, xj_str day, xj_pool *pool)
{
    return xj_str_printf(pool, "%lld " XJ_FMT, (long long)id, XJ_ARG(day));
}

xj_str
xj_backfill__close(xj_str text_, xj_pool *pool)
{
    char *out = xj_alloc(pool, text_.len + 1);
    size_t n = 0, pos = 0;

    while (pos < text_.len) {
        const uint32_t cp = xj_utf8_next(text_, &pos);

        if (cp > ' ' && cp != 0x3000 && cp != 0xA0)
            n += xj_utf8_put(out + n, cp);
    }
    return xj_str_of(out, n);
}

/* ---- the plan ---- */

static xj_error *
load_document(struct xj_backfill__work *w)
{
    const xj_backfill_ask *ask = w->ask;
    xj_rows *rows;
    bool more, made;

    XJ_TRY(xj_db_query(&rows, w->db, SQL_BACKFILL_PLAN, "ii", ask->tenant, ask->document));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such document");
    w->programme = xj_row_int(rows, 0);
    w->plan->title = xj_row_text(rows, 1, w->pool);
    made = xj_row_int(rows, 2) != 0;
    xj_rows_close(rows);
    if (!made)
        return xj_error_new(XJ_E_CONFLICT, "the document has no tasks that are followed: publish "
                                           "it first, and try again once they are made");
    return NULL;
}

static xj_backfill__duty
duty_of(const xj_rows *rows, xj_pool *pool)
{
    return (xj_backfill__duty){.id = xj_row_int(rows, 0),
                               .no = xj_row_text(rows, 1, pool),
                               .action_no = xj_row_int(rows, 2),
                               .action = xj_row_text(rows, 3, pool),
                               .title = xj_row_text(rows, 4, pool),
                               .text = xj_row_text(rows, 5, pool),
                               .owner = xj_row_int(rows, 6),
                               .owner_name = xj_row_text(rows, 7, pool),
                               .state = xj_row_text(rows, 8, pool),
                               .state_on = xj_row_text(rows, 9, pool),
                               .deadline_kind = xj_row_text(rows, 10, pool),
                               .due = xj_day_parse(xj_row_str(rows, 11)),
                               .deliverable = xj_row_text(rows, 12, pool),
                               .doc_no = xj_row_text(rows, 13, pool),
                               .doc_on = xj_row_text(rows, 14, pool),
                               .progress = xj_row_null(rows, 15) ? -1 : xj_row_int(rows, 15),
                               .cadence = xj_row_text(rows, 16, pool),
                               .starts_on = xj_row_text(rows, 17, pool),
                               .created_at = xj_row_int(rows, 18)};
}

static xj_error *
load_duties(struct xj_backfill__work *w)
{
    XJ_VEC(xj_backfill__duty) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, w->db, SQL_BACKFILL_DUTIES, "ii", w->ask->tenant, w->ask->document));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, w->pool, duty_of(rows, w->pool));
    }
    w->duties = found.items;
    w->nduties = found.len;
    xj_map_init(&w->by_id, w->pool);
    xj_map_init(&w->by_name, w->pool);
    for (size_t i = 0; i < w->nduties; i++) {
        xj_backfill__duty *d = &w->duties[i];
        const xj_str name = xj_backfill__close(d->title, w->pool);
        const bool twice = xj_map_find(&w->by_name, name) != NULL;

        xj_map_set(&w->by_id, xj_str_printf(w->pool, "%lld", (long long)d->id), d);
        *xj_map_slot(&w->by_name, name) = twice ? NULL : d;
    }
    return NULL;
}

xj_backfill__duty *
xj_backfill__duty_find(const struct xj_backfill__work *w, int64_t id)
{
    char key[24];

    snprintf(key, sizeof key, "%lld", (long long)id);
    return xj_map_find(&w->by_id, xj_str_c(key));
}

/* ---- the year ---- */

static xj_date
made_on(const struct xj_backfill__work *w)
{
    xj_date first = w->ask->today;

    for (size_t i = 0; i < w->nduties; i++) {
        const xj_date day = xj_day_of(w->duties[i].created_at);

        if (xj_date_cmp(day, first) < 0)
            first = day;
    }
    return first;
}

static xj_error *
settle_year(struct xj_backfill__work *w)
{
    const xj_date today = w->ask->today;
    xj_backfill_plan *plan = w->plan;

    plan->year = w->ask->year;
    for (size_t i = 0; i < w->file->ntables; i++) {
        const int printed = w->file->tables[i].year;

        if (plan->year != 0 && printed != 0 && printed != plan->year)
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "sheet %d is of %d, not of %d",
                                            w->file->tables[i].sheet, printed, plan->year),
                               "/year");
        plan->year = plan->year != 0 ? plan->year : printed;
    }
    if (plan->year == 0)
        plan->year = today.year;
    if (plan->year > today.year || plan->year < today.year - XJ_BACKFILL_YEARS_BACK)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT,
                                        "a ledger of %d cannot be taken over: from "
                                        "%d to %d",
                                        plan->year, today.year - XJ_BACKFILL_YEARS_BACK,
                                        today.year),
                           "/year");
    plan->since = (xj_date){plan->year, 1, 1};
    XJ_TRY(xj_rules_get(&w->rules, w->db, w->ask->tenant, w->pool));
    plan->begun_on = w->ask->begun_on;
    if (plan->begun_on.year == 0)
        plan->begun_on = xj_rules_begun(&w->rules);
    if (plan->begun_on.year == 0)
        plan->begun_on = made_on(w);
    if (xj_date_cmp(plan->begun_on, today) > 0 || xj_date_cmp(plan->begun_on, plan->since) < 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT,
                                        "the programme was begun on a day of %d or "
                                        "later, and not behind today",
                                        plan->year),
                           "/begun_on");
    return NULL;
}

static int
by_day(const void *a, const void *b)
{
    return xj_date_cmp(*(const xj_date *)a, *(const xj_date *)b);
}

static void
add_day(xj_date *days, size_t *n, xj_date day)
{
    if (*n < 2 * XJ_RECUR_MAX)
        days[(*n)++] = day;
}

static xj_error *
load_dates(struct xj_backfill__work *w)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, w->db, SQL_BACKFILL_DATES, "ii", w->ask->tenant, w->ask->document));
    for (;;) {
        xj_backfill__duty *d;
        xj_date day;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        d = xj_backfill__duty_find(w, xj_row_int(rows, 0));
        day = xj_day_parse(
            xj_str_printf(w->pool, "%04d-" XJ_FMT, w->plan->year, XJ_ARG(xj_row_str(rows, 1))));
        if (d == NULL || day.year == 0)
            continue;
        if (xj_str_eq(xj_row_str(rows, 2), XJ_STR("lead")))
            add_day(d->dates, &d->ndates, day);
        else
            add_day(d->county_dates, &d->ncounty_dates, day);
    }
    for (size_t i = 0; i < w->nduties; i++) {
        xj_backfill__duty *d = &w->duties[i];

        if (d->ndates > 1)
            qsort(d->dates, d->ndates, sizeof(xj_date), by_day);
        if (d->ncounty_dates > 1)
            qsort(d->county_dates, d->ncounty_dates, sizeof(xj_date), by_day);
    }
    return NULL;
}

/* ---- counties, targets ---- */

/* ITEMS (N) and one more of SIZE bytes, in POOL. */
static void *
with_one_more(const void *items, size_t n, size_t size, xj_pool *pool)
{
    char *more = xj_alloc(pool, (n + 1) * size);

    if (n > 0)
        memcpy(more, items, n * size);
    memset(more + n * size, 0, size);
    return more;
}

static xj_error *
load_counties(struct xj_backfill__work *w)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(
        xj_db_query(&rows, w->db, SQL_BACKFILL_COUNTIES, "ii", w->ask->tenant, w->ask->document));
    for (;;) {
        xj_backfill__county county;
        xj_backfill__duty *d;
        bool known = false;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        d = xj_backfill__duty_find(w, xj_row_int(rows, 0));
        if (d == NULL)
            continue;
        county = (xj_backfill__county){.unit = xj_row_int(rows, 1),
                                       .name = xj_row_text(rows, 2, w->pool)};
        county.stem = xj_backfill__stem(county.name);
        d->counties = with_one_more(d->counties, d->ncounties, sizeof county, w->pool);
        d->counties[d->ncounties++] = county;
        for (size_t i = 0; i < w->counties.len; i++)
            known |= w->counties.items[i].unit == county.unit;
        if (!known)
            xj_vec_push(&w->counties, w->pool, county);
    }
}

/* The target of D that RAW is another goal of, else a new one. */
static void
add_target(xj_backfill__duty *d, xj_str indicator, xj_str measure, xj_str raw, xj_pool *pool)
{
    for (size_t i = 0; i < d->ntargets; i++) {
        xj_report_figure *t = &d->targets[i];

        if (xj_str_eq(t->indicator, indicator) && xj_str_eq(t->measure, measure)) {
            t->goals = xj_str_printf(pool, XJ_FMT "；" XJ_FMT, XJ_ARG(t->goals), XJ_ARG(raw));
            return;
        }
    }
    d->targets = with_one_more(d->targets, d->ntargets, sizeof *d->targets, pool);
    d->targets[d->ntargets++] =
        (xj_report_figure){.indicator = indicator, .measure = measure, .goals = raw};
}

static xj_error *
load_targets(struct xj_backfill__work *w)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, w->db, SQL_BACKFILL_TARGETS, "ii", w->ask->tenant, w->ask->document));
    for (;;) {
        xj_backfill__duty *d;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        d = xj_backfill__duty_find(w, xj_row_int(rows, 0));
        if (d != NULL)
            add_target(d, xj_row_text(rows, 1, w->pool), xj_row_text(rows, 2, w->pool),
                       xj_row_text(rows, 3, w->pool), w->pool);
    }
}

/* ---- returns ---- */

xj_backfill__return *
xj_backfill__return_of(struct xj_backfill__work *w, int64_t unit, xj_str day, bool make)
{
    const xj_str key = key_of(unit, day, w->pool);
    xj_backfill__return *r = xj_map_find(&w->returns, key);

    if (r != NULL || !make)
        return r;
    r = XJ_NEW(w->pool, xj_backfill__return);
    *r = (xj_backfill__return){.unit = unit, .raised_for = day, .due = day, .state = XJ_STR("due")};
    xj_map_set(&w->returns, key, r);
    return r;
}

static xj_error *
load_returns(struct xj_backfill__work *w, xj_str first, xj_str last)
{
    xj_rows *rows;
    bool more;

    xj_map_init(&w->returns, w->pool);
    XJ_TRY(xj_db_query(&rows, w->db, SQL_BACKFILL_RETURNS, "iiiss", w->ask->tenant,
                       w->ask->document, w->programme, first, last));
    for (;;) {
        xj_backfill__return *r;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        r = XJ_NEW(w->pool, xj_backfill__return);
        *r = (xj_backfill__return){.id = xj_row_int(rows, 0),
                                   .unit = xj_row_int(rows, 1),
                                   .raised_for = xj_row_text(rows, 2, w->pool),
                                   .due = xj_row_text(rows, 3, w->pool),
                                   .state = xj_row_text(rows, 4, w->pool)};
        xj_map_set(&w->returns, key_of(r->unit, r->raised_for, w->pool), r);
    }
}

static xj_str
held_key(int64_t duty, int64_t unit, xj_str day, xj_pool *pool)
{
    return xj_str_printf(pool, "%lld %lld " XJ_FMT, (long long)duty, (long long)unit, XJ_ARG(day));
}

static xj_str
or_empty(xj_str s)
{
    return s.data == NULL ? XJ_STR("") : s;
}

static xj_error *
load_held(struct xj_backfill__work *w, xj_str first, xj_str last)
{
    xj_rows *rows;
    bool more;

    xj_map_init(&w->held, w->pool);
    XJ_TRY(xj_db_query(&rows, w->db, SQL_BACKFILL_HELD, "iiss", w->ask->tenant, w->ask->document,
                       first, last));
    for (;;) {
        xj_backfill__held *h;
        xj_backfill__duty *d;
        xj_date day;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        h = XJ_NEW(w->pool, xj_backfill__held);
        *h =
            (xj_backfill__held){.state = xj_row_text(rows, 2, w->pool),
                                .sent_on = xj_row_text(rows, 3, w->pool),
                                .text = {.text = or_empty(xj_row_text(rows, 4, w->pool)),
                                         .percent = xj_row_null(rows, 5) ? -1 : xj_row_int(rows, 5),
                                         .difficulties = or_empty(xj_row_text(rows, 6, w->pool)),
                                         .next_step = or_empty(xj_row_text(rows, 7, w->pool))},
                                .version = xj_row_int(rows, 8),
                                .imported = xj_row_int(rows, 9)};
        xj_map_set(
            &w->held,
            held_key(xj_row_int(rows, 0), xj_row_int(rows, 11), xj_row_str(rows, 10), w->pool), h);
        d = xj_backfill__duty_find(w, xj_row_int(rows, 0));
        day = xj_day_parse(xj_row_str(rows, 10));
        if (d != NULL && xj_row_int(rows, 11) == d->owner && h->sent_on.data != NULL &&
            h->imported == 0 && h->text.percent >= 0 && xj_date_cmp(day, d->said_until) > 0)
            d->said_until = day;
    }
}

const xj_backfill__held *
xj_backfill__held_of(const struct xj_backfill__work *w, int64_t duty, int64_t unit, xj_str day)
{
    return xj_map_find(&w->held, held_key(duty, unit, day, w->pool));
}

static xj_error *
load_figures(struct xj_backfill__work *w, xj_str first, xj_str last)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, w->db, SQL_BACKFILL_FIGURES, "iiss", w->ask->tenant, w->ask->document,
                       first, last));
    for (;;) {
        xj_backfill__held *h;
        xj_report_text *t;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        h = xj_map_find(&w->held, held_key(xj_row_int(rows, 0), xj_row_int(rows, 1),
                                           xj_row_str(rows, 2), w->pool));
        if (h == NULL)
            continue;
        t = &h->text;
        t->figures = with_one_more(t->figures, t->nfigures, sizeof *t->figures, w->pool);
        t->figures[t->nfigures++] = (xj_report_figure){.indicator = xj_row_text(rows, 3, w->pool),
                                                       .measure = xj_row_text(rows, 4, w->pool),
                                                       .has_value = true,
                                                       .value = xj_row_real(rows, 5),
                                                       .span = xj_row_text(rows, 6, w->pool)};
    }
}

static xj_error *
load_notes(struct xj_backfill__work *w)
{
    XJ_VEC(xj_backfill__kept) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, w->db, SQL_BACKFILL_NOTES, "ii", w->ask->tenant, w->ask->document));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, w->pool,
                    ((xj_backfill__kept){.duty = xj_row_int(rows, 0),
                                         .on = xj_row_text(rows, 1, w->pool),
                                         .text = or_empty(xj_row_text(rows, 2, w->pool))}));
    }
    w->notes = found.items;
    w->nnotes = found.len;
    return NULL;
}

/* ---- units, choices ---- */

static xj_error *
load_units(struct xj_backfill__work *w)
{
    xj_rows *rows;
    bool more;

    xj_map_init(&w->units, w->pool);
    XJ_TRY(xj_db_query(&rows, w->db, SQL_BACKFILL_UNITS, "i", w->ask->tenant));
    for (;;) {
        int64_t *id;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        id = XJ_NEW(w->pool, int64_t);
        *id = xj_row_null(rows, 2) ? xj_row_int(rows, 0) : xj_row_int(rows, 2);
        xj_map_set(&w->units, xj_backfill__close(xj_row_str(rows, 1), w->pool), id);
    }
}

static xj_error *
check_choice(const struct xj_backfill__work *w, size_t i)
{
    const xj_backfill_choice *c = &w->ask->choices[i];
    const struct {
        xj_str text;
        const char *member;
    } days[] = {{c->done_on, "done_on"}, {c->sent_on, "sent_on"}};

    if (c->duty > 0 && xj_backfill__duty_find(w, c->duty) == NULL)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the document has no such task"),
                           "/choices/%zu/duty", i);
    for (size_t k = 0; k < 2; k++) {
        xj_date day;

        if (days[k].text.data != NULL && (!xj_date_parse(&day, days[k].text) ||
                                          xj_date_cmp(day, w->ask->today) > 0 || day.year < 1949))
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT,
                                            "\"" XJ_FMT "\" is no day that has come",
                                            XJ_ARG(days[k].text)),
                               "/choices/%zu/%s", i, days[k].member);
    }
    if (c->doc_no.data != NULL && xj_utf8_count(c->doc_no) > 100)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the number is longer than 100 characters"),
                           "/choices/%zu/doc_no", i);
    return NULL;
}

static xj_error *
load_choices(struct xj_backfill__work *w)
{
    xj_map_init(&w->choices, w->pool);
    if (w->ask->nchoices > XJ_BACKFILL_CHOICES_MAX)
        return xj_error_at(
            xj_error_new(XJ_E_TOO_LARGE, "there are more than %d choices", XJ_BACKFILL_CHOICES_MAX),
            "/choices");
    for (size_t i = 0; i < w->ask->nchoices; i++) {
        XJ_TRY(check_choice(w, i));
        xj_map_set(
            &w->choices,
            xj_str_printf(w->pool, "%d %d", w->ask->choices[i].sheet, w->ask->choices[i].row),
            (void *)(uintptr_t)&w->ask->choices[i]);
    }
    return NULL;
}

const xj_backfill_choice *
xj_backfill__choice(const struct xj_backfill__work *w, const xj_backfill_row *row)
{
    char key[32];

    snprintf(key, sizeof key, "%d %d", row->table->sheet, row->row);
    return xj_map_find(&w->choices, xj_str_c(key));
}

xj_error *
xj_backfill__load(struct xj_backfill__work *w)
{
    xj_str first, last;

    XJ_TRY(load_document(w));
    XJ_TRY(load_duties(w));
    XJ_TRY(settle_year(w));
    first = xj_str_printf(w->pool, "%04d" YEAR_FIRST, w->plan->year);
    last = xj_str_printf(w->pool, "%04d" YEAR_LAST, w->plan->year);
    XJ_TRY(load_dates(w));
    XJ_TRY(load_counties(w));
    XJ_TRY(load_targets(w));
    XJ_TRY(load_returns(w, first, last));
    XJ_TRY(load_held(w, first, last));
    XJ_TRY(load_figures(w, first, last));
    XJ_TRY(load_notes(w));
    XJ_TRY(load_units(w));
    return load_choices(w);
}
