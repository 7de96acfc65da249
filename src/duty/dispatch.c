/* 分办 by rule. */
#include "duty/dispatch.h"
#include "duty/duty_priv.h"

#include "org/post.h"

#define RULES_BYTES_MAX ((size_t)256 << 10)

/* ---- the rules of a unit ---- */

/* The names of what RULE gives to. */
static xj_error *
name_rule(xj_dispatch_rule *rule, xj_db *db, const xj_scope *scope, xj_pool *result)
{
    xj_person person;
    xj_unit unit;

    rule->section_name = rule->person_name = XJ_STR_NONE;
    if (rule->section != 0) {
        XJ_TRY(xj_unit_get(&unit, db, scope, rule->section, result));
        rule->section_name = unit.name;
    }
    if (rule->person != 0) {
        XJ_TRY(xj_person_get(&person, db, scope->tenant, rule->person, result));
        rule->person_name = person.display_name;
    }
    return NULL;
}

static xj_error *
read_rules(xj_dispatch_rules *rules, xj_str text, xj_pool *result)
{
    const xj_jval *list;

    XJ_TRY(xj_json_parse(&list, text, RULES_BYTES_MAX, result));
    rules->n = xj_jval_len(list);
    rules->items = XJ_NEW_ARRAY(result, xj_dispatch_rule, rules->n + 1);
    for (size_t i = 0; i < rules->n; i++) {
        const xj_jval *item = xj_jval_at(list, i);

        rules->items[i] = (xj_dispatch_rule){.action = xj_jval_str(xj_jval_find(item, "action")),
                                             .word = xj_jval_str(xj_jval_find(item, "word")),
                                             .section = xj_jval_int(xj_jval_find(item, "section")),
                                             .person = xj_jval_int(xj_jval_find(item, "person"))};
    }
    return NULL;
}

xj_error *
xj_dispatch_rules_get(xj_dispatch_rules *rules, xj_db *db, int64_t tenant, int64_t unit,
                      xj_pool *result)
{
    const xj_scope all = xj_scope_all(tenant);
    xj_str text = XJ_STR_NONE;
    xj_rows *rows;
    bool more;

    *rules = (xj_dispatch_rules){0};
    XJ_TRY(xj_db_query(&rows, db, SQL_DISPATCH_RULES, "ii", tenant, unit));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return NULL;
    text = xj_row_text(rows, 0, result);
    rules->version = xj_row_int(rows, 1);
    xj_rows_close(rows);
    XJ_TRY(read_rules(rules, text, result));
    for (size_t i = 0; i < rules->n; i++)
        XJ_TRY(name_rule(&rules->items[i], db, &all, result));
    return NULL;
}

static xj_error *
refused(size_t i, const char *member, const char *what)
{
    return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "%s", what), "/rules/%zu/%s", i, member);
}

static xj_error *
check_rule(xj_tx *tx, int64_t unit, size_t i, const xj_dispatch_rule *rule)
{
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    xj_dispatch_rule named = *rule;
    xj_unit section;

    if (rule->action.len == 0 && rule->word.len == 0)
        return refused(i, "action", "a rule names an action or a word");
    if (xj_utf8_count(rule->word) > XJ_DISPATCH_WORD_MAX)
        return refused(i, "word", "the word is too long");
    if (rule->section == 0 && rule->person == 0)
        return refused(i, "section", "a rule gives to a section or a person");
    XJ_TRY(name_rule(&named, xj_tx_db(tx), &all, xj_tx_pool(tx)));
    if (rule->section == 0)
        return NULL;
    XJ_TRY(xj_unit_get(&section, xj_tx_db(tx), &all, rule->section, xj_tx_pool(tx)));
    return section.parent == unit ? NULL : refused(i, "section", "this is no section of the unit");
}

static xj_error *
write_rules(xj_buf *out, const xj_dispatch_rules *rules, xj_pool *pool)
{
    xj_json w;

    xj_buf_init(out, pool, RULES_BYTES_MAX);
    xj_json_init(&w, out);
    xj_json_array(&w);
    for (size_t i = 0; i < rules->n; i++) {
        xj_json_object(&w);
        xj_json_key_str(&w, "action", rules->items[i].action);
        xj_json_key_str(&w, "word", rules->items[i].word);
        xj_json_key_int(&w, "section", rules->items[i].section);
        xj_json_key_int(&w, "person", rules->items[i].person);
        xj_json_end_object(&w);
    }
    xj_json_end_array(&w);
    return xj_buf_check(out);
}

xj_error *
xj_dispatch_rules_set(int64_t *now, xj_tx *tx, int64_t unit, const xj_dispatch_rules *rules)
{
    const int64_t tenant = xj_tx_tenant(tx);
    xj_db *db = xj_tx_db(tx);
    xj_dispatch_rules held;
    xj_buf text;

    XJ_TRY(xj_dispatch_rules_get(&held, db, tenant, unit, xj_tx_pool(tx)));
    if (held.version != rules->version)
        return xj_error_new(XJ_E_STALE, "somebody else changed these rules first");
    if (rules->n > XJ_DISPATCH_RULES_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "a unit has at most %d rules", XJ_DISPATCH_RULES_MAX);
    for (size_t i = 0; i < rules->n; i++)
        XJ_TRY(check_rule(tx, unit, i, &rules->items[i]));
    XJ_TRY(write_rules(&text, rules, xj_tx_pool(tx)));
    *now = held.version + 1;
    xj_tx_subject(tx, "unit", unit);
    if (held.version == 0)
        return xj_db_send(db, SQL_DISPATCH_RULES_ADD, "iisii", tenant, unit, xj_buf_str(&text),
                          xj_tx_now(tx), xj_tx_actor(tx));
    return xj_db_send(db, SQL_DISPATCH_RULES_SET, "siiii", xj_buf_str(&text), xj_tx_now(tx),
                      xj_tx_actor(tx), tenant, unit);
}

/* ---- what was done before ---- */

/* Whether PERSON has a post at UNIT or one of its parts on DAY. */
static xj_error *
works_there(bool *there, xj_db *db, const xj_scope *all, int64_t unit, int64_t person, xj_date day,
            xj_pool *scratch)
{
    xj_post *posts;
    size_t n;

    *there = false;
    XJ_TRY(xj_post_of_person(&posts, &n, db, all->tenant, person, scratch));
    for (size_t i = 0; i < n && !*there; i++) {
        xj_unit at;

        if (posts[i].unit == 0 || !xj_post_on(&posts[i], day))
            continue;
        XJ_TRY(xj_unit_get(&at, db, all, posts[i].unit, scratch));
        *there = at.id == unit || at.parent == unit;
    }
    return NULL;
}

xj_error *
xj_dispatch_rules_before(xj_dispatch_rules *rules, xj_db *db, int64_t tenant, int64_t unit,
                         xj_date day, xj_pool *result)
{
    const xj_scope all = xj_scope_all(tenant);
    XJ_VEC(xj_dispatch_rule) found = {0};
    xj_rows *rows;
    size_t kept = 0;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_DISPATCH_BEFORE, "ii", tenant, unit));
    for (;;) {
        xj_dispatch_rule rule = {.word = XJ_STR("")};

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        rule.action = xj_row_text(rows, 0, result);
        rule.section = xj_row_int(rows, 1);
        rule.person = xj_row_int(rows, 2);
        xj_vec_push(&found, result, rule);
    }
    for (size_t i = 0; i < found.len; i++) {
        xj_dispatch_rule rule = found.items[i];
        bool there = true;

        if (rule.person != 0)
            XJ_TRY(works_there(&there, db, &all, unit, rule.person, day, result));
        if (!there)
            rule.person = 0;
        if ((rule.section == 0 && rule.person == 0) ||
            (kept > 0 && xj_str_eq(found.items[kept - 1].action, rule.action)))
            continue;
        XJ_TRY(name_rule(&rule, db, &all, result));
        found.items[kept++] = rule;
    }
    *rules = (xj_dispatch_rules){.items = found.items,
                                 .n = kept < XJ_DISPATCH_RULES_MAX ? kept : XJ_DISPATCH_RULES_MAX};
    return NULL;
}

/* ---- which rule fits ---- */

static xj_error *
has_tag(bool *has, xj_db *db, int64_t tenant, int64_t duty, xj_str word)
{
    xj_rows *rows;
    bool more;

    *has = false;
    XJ_TRY(xj_db_query(&rows, db, SQL_DISPATCH_TAGS, "ii", tenant, duty));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        *has = *has || xj_str_has(xj_row_str(rows, 0), word);
    }
}

static xj_error *
fit(int *rule, xj_db *db, int64_t tenant, const xj_dispatch_rules *rules,
    const xj_dispatch_hit *hit)
{
    *rule = -1;
    for (size_t i = 0; i < rules->n; i++) {
        const xj_dispatch_rule *r = &rules->items[i];
        bool fits = r->word.len == 0 || xj_str_has(hit->title, r->word);

        if (r->action.len > 0 && !xj_str_eq(r->action, hit->action))
            continue;
        if (!fits)
            XJ_TRY(has_tag(&fits, db, tenant, hit->duty, r->word));
        if (fits) {
            *rule = (int)i;
            return NULL;
        }
    }
    return NULL;
}

/* What waits in UNIT, of DOCUMENT alone where it is not 0, and which rule fits. */
static xj_error *
look(xj_dispatch_hit **hits, size_t *n, xj_db *db, int64_t tenant, int64_t unit, int64_t document,
     const xj_dispatch_rules *rules, xj_pool *result)
{
    XJ_VEC(xj_dispatch_hit) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_DISPATCH_WAITING, "iiii", tenant, unit, document,
                       (int64_t)XJ_DISPATCH_ONCE_MAX));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_dispatch_hit){.duty = xj_row_int(rows, 0),
                                      .action = xj_row_text(rows, 1, result),
                                      .no = xj_row_text(rows, 2, result),
                                      .title = xj_row_text(rows, 3, result)});
    }
    for (size_t i = 0; i < found.len; i++)
        XJ_TRY(fit(&found.items[i].rule, db, tenant, rules, &found.items[i]));
    *hits = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_dispatch_preview(xj_dispatch_hit **hits, size_t *n, xj_db *db, int64_t tenant, int64_t unit,
                    const xj_dispatch_rules *rules, xj_pool *result)
{
    return look(hits, n, db, tenant, unit, 0, rules, result);
}

/* ---- doing it ---- */

static xj_error *
apply(int64_t *done, xj_tx *tx, int64_t unit, int64_t document, const xj_dispatch_rules *rules,
      xj_str actor)
{
    xj_dispatch_hit *hits;
    size_t n;

    *done = 0;
    XJ_TRY(look(&hits, &n, xj_tx_db(tx), xj_tx_tenant(tx), unit, document, rules, xj_tx_pool(tx)));
    for (size_t i = 0; i < n; i++) {
        const xj_dispatch_rule *rule;

        if (hits[i].rule < 0)
            continue;
        rule = &rules->items[hits[i].rule];
        XJ_TRY(xj_duty_dispatch(tx, unit, &hits[i].duty, 1, rule->section, rule->person, actor));
        ++*done;
    }
    return NULL;
}

xj_error *
xj_dispatch_apply(int64_t *done, xj_tx *tx, int64_t unit, int64_t version, xj_str actor_name)
{
    xj_dispatch_rules rules;

    XJ_TRY(xj_dispatch_rules_get(&rules, xj_tx_db(tx), xj_tx_tenant(tx), unit, xj_tx_pool(tx)));
    if (rules.version != version)
        return xj_error_new(XJ_E_STALE, "somebody else changed these rules first");
    return apply(done, tx, unit, 0, &rules, actor_name);
}

xj_error *
xj_duty__dispatch_new(xj_tx *tx, int64_t document)
{
    int64_t *units;
    xj_rows *rows;
    size_t n;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DISPATCH_UNITS, "i", xj_tx_tenant(tx)));
    XJ_TRY(xj_rows_ints(&units, &n, rows, xj_tx_pool(tx)));
    for (size_t i = 0; i < n; i++) {
        xj_dispatch_rules rules;
        int64_t done;

        XJ_TRY(xj_dispatch_rules_get(&rules, xj_tx_db(tx), xj_tx_tenant(tx), units[i],
                                     xj_tx_pool(tx)));
        XJ_TRY(apply(&done, tx, units[i], document, &rules, XJ_STR("")));
    }
    return NULL;
}
