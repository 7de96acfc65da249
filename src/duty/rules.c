/* The rules that a jurisdiction sets. */
#include "duty/duty_priv.h"

const xj_rule_def *
xj_rule_def_of(xj_rule rule)
{
    return &xj__rules[rule];
}

xj_error *
xj_rule_parse(xj_rule *rule, xj_str name)
{
    for (int i = 0; i < XJ_RULE_COUNT; i++) {
        if (xj_str_eq(name, xj_str_c(xj__rules[i].name))) {
            *rule = (xj_rule)i;
            return NULL;
        }
    }
    return xj_error_new(XJ_E_NOT_FOUND, "there is no rule \"" XJ_FMT "\"", XJ_ARG(name));
}

static void
put(xj_rules *rules, xj_rule rule, xj_str value)
{
    rules->text[rule] = value;
    if (xj__rules[rule].kind == XJ_RULE_KIND_INT && !xj_str_int(&rules->number[rule], value))
        rules->number[rule] = 0;
}

xj_error *
xj_rules_get(xj_rules *rules, xj_db *db, int64_t tenant, xj_pool *result)
{
    xj_rows *rows;
    bool more;

    *rules = (xj_rules){0};
    for (int i = 0; i < XJ_RULE_COUNT; i++)
        put(rules, (xj_rule)i, xj_str_c(xj__rules[i].standard));
    XJ_TRY(xj_db_query(&rows, db, SQL_DUTY_RULES, "i", tenant));
    for (;;) {
        xj_rule rule;
        xj_error *err;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        rules->version = xj_row_int(rows, 2);
        rules->relighting = xj_row_int(rows, 3) != 0;
        if (xj_row_null(rows, 0))
            continue;
        err = xj_rule_parse(&rule, xj_row_str(rows, 0));
        if (err == NULL)
            put(rules, rule, xj_row_text(rows, 1, result));
        /* A rule of a newer program is none of this one's. */
        xj_error_clear(err);
    }
    return NULL;
}

static bool
in_words(xj_str words, xj_str value)
{
    xj_str word;

    while (xj_str_split(&word, &words, ','))
        if (xj_str_eq(word, value))
            return true;
    return false;
}

xj_error *
xj_rule_check(xj_rule rule, xj_str value)
{
    const xj_rule_def *def = &xj__rules[rule];
    xj_date days[XJ_RECUR_MAX];
    bool good = false;
    int64_t number;
    size_t n;

    switch (def->kind) {
    case XJ_RULE_KIND_INT:
        good = xj_str_int(&number, value) && number >= def->least && number <= def->most;
        break;
    case XJ_RULE_KIND_WORD:
        good = in_words(xj_str_c(def->words), value);
        break;
    case XJ_RULE_KIND_DAY: {
        xj_date day;

        good = xj_date_parse(&day, value) && day.year >= 1949 && day.year <= 2200;
        break;
    }
    case XJ_RULE_KIND_DATES:
        xj_recur_parse(days, &n, value);
        good = n > 0 && n <= (size_t)def->most && value.len == n * 6 - 1;
        break;
    }
    if (good)
        return NULL;
    return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the rule %s cannot be \"" XJ_FMT "\"",
                                    def->name, XJ_ARG(value)),
                       "/%s", def->name);
}

/* Errors: BAD_INPUT where messages would have no hour to go out. */
static xj_error *
check_hours(const xj_rules *rules)
{
    const int64_t from = rules->number[XJ_RULE_SEND_FROM], to = rules->number[XJ_RULE_SEND_TO];

    if (from < to)
        return NULL;
    return xj_error_at(xj_error_new(XJ_E_BAD_INPUT,
                                    "messages would go out from %lld to %lld o'clock: never",
                                    (long long)from, (long long)to),
                       "/send_to");
}

xj_error *
xj_rules_with(xj_rules *then, const xj_rules *now, const xj_rule_value *values, size_t n)
{
    bool hours = false;

    *then = *now;
    for (size_t i = 0; i < n; i++) {
        const xj_rule rule = values[i].rule;

        if (values[i].value.data != NULL)
            XJ_TRY(xj_rule_check(rule, values[i].value));
        put(then, rule,
            values[i].value.data == NULL ? xj_str_c(xj__rules[rule].standard) : values[i].value);
        hours |= rule == XJ_RULE_SEND_FROM || rule == XJ_RULE_SEND_TO;
    }
    return hours ? check_hours(then) : NULL;
}

/* ---- who changed what ---- */

static void
read_change(xj_rule_change *change, bool *known, const xj_rows *rows, xj_pool *result)
{
    xj_error *err = xj_rule_parse(&change->rule, xj_row_str(rows, 1));

    /* A rule of a newer program is none of this one's. */
    *known = err == NULL;
    xj_error_clear(err);
    change->id = xj_row_int(rows, 0);
    change->old_value = xj_row_text(rows, 2, result);
    change->new_value = xj_row_text(rows, 3, result);
    change->back = xj_row_int(rows, 4) != 0;
    change->why = xj_row_text(rows, 5, result);
    change->actor_name = xj_row_text(rows, 6, result);
    change->at = xj_row_int(rows, 7);
}

xj_error *
xj_rule_changes_last(xj_rule_change *last, xj_db *db, int64_t tenant, xj_pool *result)
{
    xj_rows *rows;
    bool more, known;

    for (int i = 0; i < XJ_RULE_COUNT; i++)
        last[i] = (xj_rule_change){0};
    XJ_TRY(xj_db_query(&rows, db, SQL_DUTY_RULES_LAST, "i", tenant));
    for (;;) {
        xj_rule_change change;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        read_change(&change, &known, rows, result);
        if (known)
            last[change.rule] = change;
    }
}

xj_error *
xj_rule_change_list(xj_rule_change **items, size_t *n, xj_db *db, int64_t tenant, xj_str name,
                    int64_t before, int64_t limit, xj_pool *result)
{
    xj_list *list = xj_list_new(SQL_DUTY_RULE_CHANGES, result);
    XJ_VEC(xj_rule_change) found = {0};
    xj_rows *rows;
    bool more, known;

    if (name.data != NULL)
        xj_list_str(list, "name", XJ_COND_EQ, name);
    xj_list_order(list, "at", true);
    if (before != 0)
        xj_list_after_int(list, before, before);
    XJ_TRY(xj_list_query(&rows, list, db, limit, "i", tenant));
    for (;;) {
        xj_rule_change change;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        read_change(&change, &known, rows, result);
        if (known)
            xj_vec_push(&found, result, change);
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

/* ---- setting ---- */

/* Lights follow what was changed: by another day of beginning from the earlier one on (a day that
 * nobody had said lies before all), by what else they hang on from today on. */
static xj_error *
relight(xj_tx *tx, const xj_rules *before, const xj_rules *now)
{
    const xj_date was = xj_rules_begun(before), is = xj_rules_begun(now);

    if (xj_date_cmp(was, is) != 0)
        return xj_duty__relight_all(tx, xj_date_cmp(was, is) < 0 ? was : is);
    if (before->number[XJ_RULE_LIGHT_DAYS_AHEAD] != now->number[XJ_RULE_LIGHT_DAYS_AHEAD] ||
        before->number[XJ_RULE_LIGHT_BEHIND] != now->number[XJ_RULE_LIGHT_BEHIND])
        return xj_duty__relight_all(tx, xj_duty__today(tx));
    return NULL;
}

static xj_error *
set_one(xj_tx *tx, const xj_rules *before, const xj_rules *now, const xj_rule_value *value,
        xj_str why)
{
    const xj_str name = xj_str_c(xj__rules[value->rule].name);
    const xj_str old = before->text[value->rule], new = now->text[value->rule];
    const bool back = value->value.data == NULL;
    const int64_t tenant = xj_tx_tenant(tx);
    xj_db *db = xj_tx_db(tx);

    if (back)
        XJ_TRY(xj_db_send(db, SQL_DUTY_RULE_REMOVE, "is", tenant, name));
    else
        XJ_TRY(xj_db_send(db, SQL_DUTY_RULE_SET, "iss", tenant, name, new));
    if (xj_str_eq(old, new))
        return NULL;
    return xj_db_send(db, SQL_DUTY_RULE_NOTE, "iisssisisi", tenant, xj_tx_next_id(tx), name, old,
                      new, (int64_t)back, why, xj_tx_actor(tx), xj_tx_actor_name(tx),
                      xj_tx_now(tx));
}

xj_error *
xj_rules_set(xj_tx *tx, int64_t version, const xj_rule_value *values, size_t n, xj_str why)
{
    const int64_t tenant = xj_tx_tenant(tx);
    xj_rules before, now;
    xj_duty__clock clock;
    xj_db *db = xj_tx_db(tx);
    int64_t changed;

    xj_tx_why(tx, why);
    XJ_TRY(xj_duty__clock_of(&clock, tx));
    XJ_TRY(xj_rules_get(&before, db, tenant, xj_tx_pool(tx)));
    XJ_TRY(xj_db_change(&changed, db, SQL_DUTY_RULES_TOUCH, "ii", tenant, version));
    if (changed == 0)
        return xj_error_new(XJ_E_STALE, "the rules were changed since you saw them");
    XJ_TRY(xj_duty__check_text(why, XJ_RULE_WHY_MAX, true, "why"));
    XJ_TRY(xj_rules_with(&now, &before, values, n));
    for (size_t i = 0; i < n; i++)
        XJ_TRY(set_one(tx, &before, &now, &values[i], why));
    return relight(tx, &before, &now);
}
