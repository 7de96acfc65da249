/* The rules that a jurisdiction sets. */
#include "duty/duty_priv.h"

const char *
xj_rule_name(xj_rule rule)
{
    return xj__rules[rule].name;
}

const char *
xj_rule_default(xj_rule rule)
{
    return xj__rules[rule].standard;
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
    if (xj__rules[rule].kind == XJ__RULE_INT && !xj_str_int(&rules->number[rule], value))
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
        if (xj_row_null(rows, 0))
            continue;
        err = xj_rule_parse(&rule, xj_row_str(rows, 0));
        if (err == NULL)
            put(rules, rule, xj_duty__text(rows, 1, result));
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
    const xj__rule_def *def = &xj__rules[rule];
    xj_date days[XJ_RECUR_MAX];
    bool good = false;
    int64_t number;
    size_t n;

    switch (def->kind) {
    case XJ__RULE_INT:
        good = xj_str_int(&number, value) && number >= def->least && number <= def->most;
        break;
    case XJ__RULE_WORD:
        good = in_words(xj_str_c(def->words), value);
        break;
    case XJ__RULE_DAY: {
        xj_date day;

        good = xj_date_parse(&day, value) && day.year >= 1949 && day.year <= 2200;
        break;
    }
    case XJ__RULE_DATES:
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

/* Another day of beginning: the lights of the days between OLD and the new one are made anew. */
static xj_error *
begin_anew(xj_tx *tx, xj_date old)
{
    struct task {
        int64_t id;
        xj_date starts;
    };
    XJ_VEC(struct task) found = {0};
    xj_pool *pool = xj_tx_pool(tx);
    xj_rules rules;
    xj_rows *rows;
    xj_date since;
    bool more;

    XJ_TRY(xj_rules_get(&rules, xj_tx_db(tx), xj_tx_tenant(tx), pool));
    since = xj_rules_begun(&rules);
    if (xj_date_cmp(since, old) == 0)
        return NULL;
    /* from the earlier one: a day that nobody had said lies before all */
    since = xj_date_cmp(since, old) < 0 ? since : old;
    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_RULES_DUTIES, "i", xj_tx_tenant(tx)));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, pool,
                    (struct task){xj_row_int(rows, 0), xj_day_parse(xj_row_str(rows, 1))});
    }
    for (size_t i = 0; i < found.len; i++) {
        const struct task *t = &found.items[i];

        XJ_TRY(xj_duty__relight(tx, t->id, xj_date_cmp(t->starts, since) < 0 ? since : t->starts,
                                xj_duty__today(tx), &rules));
    }
    return NULL;
}

xj_error *
xj_rules_set(xj_tx *tx, int64_t version, const xj_rule_value *values, size_t n)
{
    const int64_t tenant = xj_tx_tenant(tx);
    xj_duty__clock clock;
    xj_db *db = xj_tx_db(tx);
    int64_t changed;
    xj_rules before;

    XJ_TRY(xj_duty__clock_of(&clock, tx));
    XJ_TRY(xj_rules_get(&before, db, tenant, xj_tx_pool(tx)));
    XJ_TRY(xj_db_change(&changed, db, SQL_DUTY_RULES_TOUCH, "ii", tenant, version));
    if (changed == 0)
        return xj_error_new(XJ_E_STALE, "the rules were changed since you saw them");
    for (size_t i = 0; i < n; i++) {
        const xj_str name = xj_str_c(xj__rules[values[i].rule].name);

        if (values[i].value.data == NULL) {
            XJ_TRY(xj_db_send(db, SQL_DUTY_RULE_REMOVE, "is", tenant, name));
            continue;
        }
        XJ_TRY(xj_rule_check(values[i].rule, values[i].value));
        XJ_TRY(xj_db_send(db, SQL_DUTY_RULE_SET, "iss", tenant, name, values[i].value));
    }
    return begin_anew(tx, xj_rules_begun(&before));
}
