/*
 * Lights of all duty tasks, made anew because a rule was changed: what is left of it stands in the
 * clock's row, so that neither the change nor anybody else waits for it, and nothing of it is lost
 * with the program.
 */
#include "duty/clock.h"
#include "duty/duty_priv.h"

#define PAGE 200 /* duty tasks looked up at once */

struct left {
    xj_date from;
    int64_t after;
};

static xj_error *
read_left(struct left *left, bool *any, xj_tx *tx)
{
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_RELIGHT_LEFT, "i", xj_tx_tenant(tx)));
    XJ_TRY(xj_rows_next(rows, any));
    if (*any)
        *left = (struct left){xj_day_parse(xj_row_str(rows, 0)), xj_row_int(rows, 1)};
    xj_rows_close(rows);
    return NULL;
}

static xj_error *
set_left(xj_tx *tx, const struct left *left)
{
    return xj_db_send(xj_tx_db(tx), SQL_RELIGHT_SET, "Sii",
                      left == NULL ? XJ_STR_NONE : xj_day_str(left->from, xj_tx_pool(tx)),
                      left == NULL ? INT64_C(0) : left->after, xj_tx_tenant(tx));
}

/* Of LEFT, until END; *DONE where nothing is left. */
static xj_error *
relight_some(bool *done, xj_tx *tx, struct left *left, int64_t end)
{
    const xj_date today = xj_duty__today(tx);
    xj_rules rules;
    int64_t *ids;
    xj_rows *rows;
    size_t n;

    *done = false;
    XJ_TRY(xj_rules_get(&rules, xj_tx_db(tx), xj_tx_tenant(tx), xj_tx_pool(tx)));
    do {
        XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_RELIGHT_DUTIES, "iii", xj_tx_tenant(tx),
                           left->after, (int64_t)PAGE));
        XJ_TRY(xj_rows_ints(&ids, &n, rows, xj_tx_pool(tx)));
        for (size_t i = 0; i < n; i++) {
            XJ_TRY(xj_duty__relight(tx, ids[i], left->from, today, &rules));
            left->after = ids[i];
            if (xj_duty__piece_over(end))
                return set_left(tx, left);
        }
    } while (n == PAGE);
    *done = true;
    return set_left(tx, NULL);
}

xj_error *
xj_duty__relight_all(xj_tx *tx, xj_date from)
{
    static const xj_date earliest = {1949, 1, 1};
    struct left left = {.from = xj_date_cmp(from, earliest) < 0 ? earliest : from}, before;
    bool any, done;

    XJ_TRY(read_left(&before, &any, tx));
    if (any && xj_date_cmp(before.from, left.from) < 0)
        left.from = before.from;
    return relight_some(&done, tx, &left, xj_duty__piece_end());
}

static xj_error *
run_piece(xj_tx *tx, void *args, xj_buf *answer)
{
    struct left left;
    bool *done = args;
    bool any;

    (void)answer;
    XJ_TRY(read_left(&left, &any, tx));
    *done = !any;
    return any ? relight_some(done, tx, &left, xj_duty__piece_end()) : NULL;
}

xj_error *
xj_duty_relight(xj_store *store, int64_t tenant, const atomic_bool *stop, xj_pool *scratch)
{
    xj_reader *reader;
    int64_t *ids;
    xj_rows *rows;
    size_t n;

    XJ_TRY(xj_reader_begin(&reader, store, scratch));
    XJ_TRY(xj_db_query(&rows, xj_reader_db(reader), SQL_RELIGHT_TENANTS, ""));
    XJ_TRY(xj_rows_ints(&ids, &n, rows, scratch));
    xj_reader_end(reader);
    for (size_t i = 0; i < n; i++) {
        bool done = tenant != 0 && ids[i] != tenant;

        while (!done && !(stop != NULL && atomic_load(stop))) {
            xj_command command = {.name = "duty.relight",
                                  .tenant = ids[i],
                                  .actor_name = XJ_STR("clock"),
                                  .payload = XJ_STR("{}"),
                                  .run = run_piece,
                                  .args = &done};
            xj_str body;

            XJ_TRY(xj_store_do(store, &command, &body, NULL, scratch));
        }
    }
    return NULL;
}
