/* 分办 by rule: a unit's rules, what they come to, and doing it. */
#include "duty/dispatch.h"
#include "api/api_priv.h"

/* The unit in the path, where who asks may dispatch in it.  Errors: NOT_FOUND. */
static xj_error *
own_unit(int64_t *unit, const xj_api *api, xj_db *db)
{
    xj_unit found;

    *unit = xj_args_int(&api->args, "unit");
    return xj_unit_get(&found, db, &api->scope, *unit, api->pool);
}

static void
key_named_or_null(xj_json *w, const char *key, int64_t id, xj_str name)
{
    if (id == 0)
        xj_json_key_str(w, key, XJ_STR_NONE);
    else
        xj_api_key_named(w, key, id, name);
}

static void
write_rules(xj_json *w, const xj_dispatch_rules *rules)
{
    xj_json_object(w);
    xj_json_key_int(w, "version", rules->version);
    xj_json_key(w, "rules");
    xj_json_array(w);
    for (size_t i = 0; i < rules->n; i++) {
        const xj_dispatch_rule *rule = &rules->items[i];

        xj_json_object(w);
        xj_json_key_str(w, "action", rule->action);
        xj_json_key_str(w, "word", rule->word);
        key_named_or_null(w, "section", rule->section, rule->section_name);
        key_named_or_null(w, "person", rule->person, rule->person_name);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_end_object(w);
}

/* ---- looking ---- */

xj_error *
xj_api_get_dispatch_rules(xj_api *api)
{
    xj_dispatch_rules rules;
    xj_reader *reader;
    xj_api_json json;
    int64_t unit;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(own_unit(&unit, api, xj_reader_db(reader)));
    XJ_TRY(xj_dispatch_rules_get(&rules, xj_reader_db(reader), api->scope.tenant, unit, api->pool));
    xj_reader_end(reader);
    write_rules(xj_api_json_start(&json, api), &rules);
    return xj_api_reply_version(api, 200, &json, rules.version);
}

xj_error *
xj_api_get_dispatch_before(xj_api *api)
{
    xj_dispatch_rules rules;
    xj_reader *reader;
    xj_api_json json;
    int64_t unit;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(own_unit(&unit, api, xj_reader_db(reader)));
    XJ_TRY(xj_dispatch_rules_before(&rules, xj_reader_db(reader), api->scope.tenant, unit,
                                    xj_org_day(xj_now()), api->pool));
    xj_reader_end(reader);
    write_rules(xj_api_json_start(&json, api), &rules);
    return xj_api_reply_json(api, 200, &json);
}

xj_error *
xj_api_list_dispatch_waiting(xj_api *api)
{
    xj_dispatch_rules rules;
    xj_dispatch_hit *hits;
    xj_reader *reader;
    xj_api_json json;
    int64_t unit;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(own_unit(&unit, api, xj_reader_db(reader)));
    XJ_TRY(xj_dispatch_rules_get(&rules, xj_reader_db(reader), api->scope.tenant, unit, api->pool));
    XJ_TRY(xj_dispatch_preview(&hits, &n, xj_reader_db(reader), api->scope.tenant, unit, &rules,
                               api->pool));
    xj_reader_end(reader);
    w = xj_api_json_start(&json, api);
    xj_json_object(w);
    xj_json_key_int(w, "version", rules.version);
    xj_json_key(w, "items");
    xj_json_array(w);
    for (size_t i = 0; i < n; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "duty", hits[i].duty);
        xj_json_key_str(w, "action", hits[i].action);
        xj_json_key_str(w, "no", hits[i].no);
        xj_json_key_str(w, "title", hits[i].title);
        xj_json_key_natural(w, "rule", hits[i].rule);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_end_object(w);
    return xj_api_reply_json(api, 200, &json);
}

/* ---- changing ---- */

typedef struct change {
    xj_api *api;
    int64_t unit, now;
    xj_dispatch_rules rules;
} change;

static xj_error *
run_set(xj_tx *tx, void *args, xj_buf *answer)
{
    change *c = args;
    xj_json w;

    XJ_TRY(own_unit(&c->unit, c->api, xj_tx_db(tx)));
    XJ_TRY(xj_dispatch_rules_set(&c->now, tx, c->unit, &c->rules));
    XJ_TRY(xj_dispatch_rules_get(&c->rules, xj_tx_db(tx), xj_tx_tenant(tx), c->unit, c->api->pool));
    xj_json_init(&w, answer);
    write_rules(&w, &c->rules);
    return xj_buf_check(answer);
}

static xj_str
text_of(const xj_jval *object, const char *key)
{
    const xj_str text = xj_jval_str(xj_jval_find(object, key));

    return text.data == NULL ? XJ_STR("") : text;
}

xj_error *
xj_api_set_dispatch_rules(xj_api *api)
{
    const xj_jval *list = xj_jval_find(api->body, "rules");
    change *c = XJ_NEW(api->pool, change);

    c->api = api;
    XJ_TRY(xj_api_if_match(&c->rules.version, api));
    c->rules.n = xj_jval_len(list);
    c->rules.items = XJ_NEW_ARRAY(api->pool, xj_dispatch_rule, c->rules.n + 1);
    for (size_t i = 0; i < c->rules.n; i++) {
        const xj_jval *item = xj_jval_at(list, i);

        c->rules.items[i] =
            (xj_dispatch_rule){.action = text_of(item, "action"),
                               .word = text_of(item, "word"),
                               .section = xj_jval_int(xj_jval_find(item, "section")),
                               .person = xj_jval_int(xj_jval_find(item, "person"))};
    }
    xj_api_post(xj_api_command_new(api, "dispatch.rules", run_set, c, XJ_STR_NONE));
    return NULL;
}

static xj_error *
run_apply(xj_tx *tx, void *args, xj_buf *answer)
{
    change *c = args;
    int64_t done;

    XJ_TRY(own_unit(&c->unit, c->api, xj_tx_db(tx)));
    XJ_TRY(xj_dispatch_apply(&done, tx, c->unit, c->rules.version, xj_api_who(c->api)));
    xj_buf_printf(answer, "{\"done\":%lld}", (long long)done);
    return NULL;
}

xj_error *
xj_api_dispatch_by_rule(xj_api *api)
{
    change *c = XJ_NEW(api->pool, change);

    c->api = api;
    XJ_TRY(xj_api_if_match(&c->rules.version, api));
    xj_api_post(xj_api_command_new(api, "dispatch.by_rule", run_apply, c, XJ_STR_NONE));
    return NULL;
}
