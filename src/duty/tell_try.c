/* Coming weeks, told to nobody. */
#include "duty/tell_try.h"
#include "duty/tell_priv.h"

bool
xj_tell_hangs_on(xj_rule rule)
{
    return rule == XJ_RULE_BEGUN_ON || rule == XJ_RULE_DIGEST_WEEKDAY ||
           rule == XJ_RULE_CHASE_AFTER || rule == XJ_RULE_ORDER_AFTER || rule == XJ_RULE_PERSON_CAP;
}

/* The messages of T's days, told one behind the other. */
static xj_error *
tell_days(xj_tell_try *t, xj_tell__state *state, xj_pool *result)
{
    xj_pool *pool = xj_pool_child(result);
    XJ_VEC(xj_tell_try_row) found = {0};
    xj_error *err = NULL;

    for (xj_date day = t->first; err == NULL && xj_date_cmp(day, t->last) <= 0;
         day = xj_date_add_days(day, 1)) {
        xj_tell__messages messages = {0};

        xj_pool_clear(pool);
        err = xj_tell__day(&messages, state, day, pool);
        for (size_t i = 0; err == NULL && i < messages.list.len; i++) {
            const xj_tell__message *m = &messages.list.items[i];

            xj_vec_push(&found, result, (xj_tell_try_row){day, m->kind, m->unit, m->person});
        }
    }
    xj_pool_destroy(pool);
    t->items = found.items;
    t->n = found.len;
    return err;
}

xj_error *
xj_tell_try_rules(xj_tell_try *tried, xj_db *db, int64_t tenant, const xj_rules *rules,
                  xj_pool *result)
{
    xj_tell__state *state;
    xj_duty__clock clock;
    xj_calendar calendar;
    xj_date told;
    bool found;

    XJ_TRY(xj_duty__clock_find(&clock, &found, db, tenant, result));
    told = found ? clock.ran_on : xj_date_add_days(xj_day_of(xj_now()), -1);
    *tried = (xj_tell_try){.first = xj_date_add_days(told, 1),
                           .last = xj_date_add_days(told, XJ_TELL_TRY_DAYS)};
    if (!found)
        return NULL;
    XJ_TRY(xj_calendar_get(&calendar, db, tenant, result));
    XJ_TRY(xj_tell__read(&state, db, tenant, tried->first, tried->last, rules, &calendar,
                         clock.office, true, result));
    return tell_days(tried, state, result);
}
