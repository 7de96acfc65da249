/*
 * duty/returns.c -- the returns of a range of duty tasks in a window, and their rows.
 *
 * What is wanted, what is owed and what is held are three plain reads of ranges, put side by side
 * here: as one statement the two databases find no plan for it that holds on an empty table and on
 * a full one.
 */
#include "duty/duty_priv.h"

struct want {
    int64_t unit, programme, duty;
    xj_str day, due, cadence;
    int64_t obligation; /* 0: takes no rows any more */
};

typedef XJ_VEC(struct want) want_vec;

static int
by_int(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int
by_return(const void *left, const void *right)
{
    const struct want *a = left, *b = right;
    int order = by_int(a->unit, b->unit);

    if (order == 0)
        order = by_int(a->programme, b->programme);
    return order != 0 ? order : xj_str_cmp(a->day, b->day);
}

static int
by_row(const void *left, const void *right)
{
    const struct want *a = left, *b = right;
    int order = by_int(a->duty, b->duty);

    return order != 0 ? order : by_int(a->obligation, b->obligation);
}

static xj_error *
read_wanted(want_vec *wanted, xj_tx *tx, int64_t first, int64_t last, const xj_duty__window *w)
{
    xj_pool *pool = xj_tx_pool(tx);
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_RAISE_WANTED, "sssiiis", w->first_md, w->year,
                       w->next_year, xj_tx_tenant(tx), first, last, w->last));
    for (;;) {
        struct want want;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        want = (struct want){.unit = xj_row_int(rows, 0),
                             .duty = xj_row_int(rows, 1),
                             .programme = xj_row_int(rows, 2),
                             .day = xj_row_text(rows, 3, pool),
                             .cadence = xj_row_text(rows, 4, pool)};
        xj_vec_push(wanted, pool, want);
    }
}

/* The returns of the units of WANTED (sorted) that are there. */
static xj_error *
read_owed(want_vec *owed, xj_tx *tx, const want_vec *wanted, const xj_duty__window *w)
{
    xj_pool *pool = xj_tx_pool(tx);
    xj_rows *rows;
    xj_buf units;
    bool more;

    xj_buf_init(&units, pool, (size_t)1 << 20);
    for (size_t i = 0; i < wanted->len; i++)
        if (i == 0 || wanted->items[i].unit != wanted->items[i - 1].unit)
            xj_buf_printf(&units, "%c%lld", i == 0 ? '[' : ',', (long long)wanted->items[i].unit);
    xj_buf_add_char(&units, ']');
    XJ_TRY(xj_buf_check(&units));
    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_RAISE_OWED, "isss", xj_tx_tenant(tx),
                       xj_buf_str(&units), w->first, w->last));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(
            owed, pool,
            (struct want){.unit = xj_row_int(rows, 0),
                          .programme = xj_row_int(rows, 1),
                          .day = xj_row_text(rows, 2, pool),
                          .due = xj_row_text(rows, 3, pool),
                          .obligation = xj_row_int(rows, 5) != 0 ? xj_row_int(rows, 4) : 0});
    }
    if (owed->len > 0)
        qsort(owed->items, owed->len, sizeof *owed->items, by_return);
    return NULL;
}

/* How short what a cadence covers is: 0 a month. */
static int
length_of(xj_str cadence)
{
    if (xj_str_eq(cadence, XJ_STR("monthly")))
        return 0;
    if (xj_str_eq(cadence, XJ_STR("quarterly")))
        return 1;
    return xj_str_eq(cadence, XJ_STR("annual")) || xj_str_eq(cadence, XJ_STR("school_year")) ? 3
                                                                                             : 2;
}

/* The shortest cadence among the rows of one return of WANTED (sorted), which begin at FROM: what
 * the return covers. */
static xj_str
covers(const want_vec *wanted, size_t from)
{
    xj_str shortest = wanted->items[from].cadence;

    for (size_t i = from + 1;
         i < wanted->len && by_return(&wanted->items[i], &wanted->items[from]) == 0; i++)
        if (length_of(wanted->items[i].cadence) < length_of(shortest))
            shortest = wanted->items[i].cadence;
    return shortest;
}

/* Give each of WANTED its return: one of OWED (both sorted), or a new one. */
static xj_error *
give_returns(xj_raised *sum, xj_tx *tx, want_vec *wanted, const want_vec *owed)
{
    for (size_t i = 0, k = 0; i < wanted->len; i++) {
        struct want *want = &wanted->items[i];

        if (i > 0 && by_return(want, &wanted->items[i - 1]) == 0) {
            want->due = wanted->items[i - 1].due;
            want->obligation = wanted->items[i - 1].obligation;
            continue;
        }
        while (k < owed->len && by_return(&owed->items[k], want) < 0)
            k++;
        if (k < owed->len && by_return(&owed->items[k], want) == 0) {
            want->due = owed->items[k].due;
            want->obligation = owed->items[k].obligation;
            continue;
        }
        want->due = want->day;
        XJ_TRY(xj_duty__owe(&want->obligation, tx,
                            &(xj_duty__owed){.unit = want->unit,
                                             .programme = want->programme,
                                             .about = want->programme,
                                             .due = want->day,
                                             .cadence = covers(wanted, i),
                                             .kind = XJ_STR("return"),
                                             .title = XJ_STR(""),
                                             .state = XJ_STR("due")}));
        sum->obligations += want->obligation != 0;
    }
    return NULL;
}

/* The rows of WANTED (sorted by_row) that are not held yet, as a JSON list of
 * [obligation, duty, unit, due]. */
static xj_error *
missing_rows(xj_buf *out, int64_t *n, xj_tx *tx, const want_vec *wanted, int64_t first,
             int64_t last)
{
    struct want held = {0};
    xj_rows *rows;
    bool more;

    *n = 0;
    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_RAISE_HELD, "iii", xj_tx_tenant(tx), first, last));
    XJ_TRY(xj_rows_next(rows, &more));
    for (size_t i = 0; i < wanted->len; i++) {
        const struct want *want = &wanted->items[i];

        while (more) {
            held = (struct want){.duty = xj_row_int(rows, 0), .obligation = xj_row_int(rows, 1)};
            if (by_row(&held, want) >= 0)
                break;
            XJ_TRY(xj_rows_next(rows, &more));
        }
        if (want->obligation == 0 || (more && by_row(&held, want) == 0))
            continue;
        xj_buf_printf(out, "%c[%lld,%lld,%lld,\"" XJ_FMT "\"]", *n == 0 ? '[' : ',',
                      (long long)want->obligation, (long long)want->duty, (long long)want->unit,
                      XJ_ARG(want->due));
        (*n)++;
    }
    xj_rows_close(rows);
    xj_buf_add_char(out, ']');
    return xj_buf_check(out);
}

xj_error *
xj_duty__raise_returns(xj_raised *sum, xj_tx *tx, int64_t first, int64_t last,
                       const xj_duty__window *w)
{
    want_vec wanted = {0}, owed = {0};
    xj_buf rows;
    int64_t n;

    XJ_TRY(read_wanted(&wanted, tx, first, last, w));
    if (wanted.len == 0)
        return NULL;
    qsort(wanted.items, wanted.len, sizeof *wanted.items, by_return);
    XJ_TRY(read_owed(&owed, tx, &wanted, w));
    XJ_TRY(give_returns(sum, tx, &wanted, &owed));
    qsort(wanted.items, wanted.len, sizeof *wanted.items, by_row);
    xj_buf_init(&rows, xj_tx_pool(tx), (size_t)64 << 20);
    XJ_TRY(missing_rows(&rows, &n, tx, &wanted, first, last));
    if (n > 0)
        XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_RAISE_ROWS, "is", xj_tx_tenant(tx), xj_buf_str(&rows)));
    sum->rows += n;
    return NULL;
}
