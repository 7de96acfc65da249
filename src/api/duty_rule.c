/* Rules, the working calendar, the heat map. */
#include "api/api_priv.h"
#include "api/duty_json.h"
#include "api/duty_priv.h"

/* ---- heat map ---- */

static void
add_count(xj_light_count *sum, const xj_light_count *count)
{
    sum->green += count->green;
    sum->yellow += count->yellow;
    sum->red += count->red;
    sum->grey += count->grey;
}

/* The lights of the names in LIST that have a cell: of ACTION numbers or of unit ids. */
static void
write_names(xj_json *w, const char *key, const char *id, const xj_heat *heat,
            const xj_heat_name *names, size_t n, bool actions)
{
    xj_json_key(w, key);
    xj_json_array(w);
    for (size_t i = 0; i < n; i++) {
        xj_light_count sum = {0};
        bool any = false;

        for (size_t j = 0; j < heat->ncells; j++) {
            const xj_heat_cell *cell = &heat->cells[j];

            if ((actions ? cell->action_no : cell->unit) != names[i].id)
                continue;
            add_count(&sum, &cell->count);
            any = true;
        }
        if (!any)
            continue;
        xj_json_object(w);
        xj_json_key_int(w, id, names[i].id);
        xj_json_key_str(w, "name", names[i].name);
        xj_json_key_str(w, "light", xj_str_c(xj_light_word(xj_light_roll(&sum, heat->roll_red))));
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

xj_error *
xj_api_get_heat_map(xj_api *api)
{
    const xj_date day = xj_api__day(api);
    xj_light_count all = {0};
    xj_reader *reader;
    xj_api_json json;
    xj_heat heat;
    xj_json *w;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_heat_map(&heat, xj_reader_db(reader), &api->scope,
                       xj_args_int(&api->args, "programme"), day, api->pool));
    xj_reader_end(reader);
    for (size_t i = 0; i < heat.ncells; i++)
        add_count(&all, &heat.cells[i].count);
    w = xj_api_json_start(&json, api);
    xj_json_object(w);
    xj_json_key_str(w, "day", xj_day_str(day, api->pool));
    xj_json_key_str(w, "light", xj_str_c(xj_light_word(xj_light_roll(&all, heat.roll_red))));
    write_names(w, "actions", "no", &heat, heat.actions, heat.nactions, true);
    write_names(w, "units", "id", &heat, heat.units, heat.nunits, false);
    xj_json_key(w, "cells");
    xj_json_array(w);
    for (size_t i = 0; i < heat.ncells; i++) {
        const xj_heat_cell *cell = &heat.cells[i];

        xj_json_object(w);
        xj_json_key_int(w, "action_no", cell->action_no);
        xj_json_key_int(w, "unit", cell->unit);
        xj_json_key_int(w, "green", cell->count.green);
        xj_json_key_int(w, "yellow", cell->count.yellow);
        xj_json_key_int(w, "red", cell->count.red);
        xj_json_key_int(w, "grey", cell->count.grey);
        xj_json_key_str(w, "light",
                        xj_str_c(xj_light_word(xj_light_roll(&cell->count, heat.roll_red))));
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_end_object(w);
    return xj_api_reply_json(api, 200, &json);
}

/* ---- rules ---- */

static void
write_rules(xj_json *w, const xj_rules *rules)
{
    xj_json_object(w);
    /* Before the first duty task there is no row: the first change makes it, at version 1. */
    xj_json_key_int(w, "version", rules->version == 0 ? 1 : rules->version);
    xj_json_key(w, "rules");
    xj_json_array(w);
    for (int i = 0; i < XJ_RULE_COUNT; i++) {
        xj_json_object(w);
        xj_json_key_str(w, "name", xj_str_c(xj_rule_name((xj_rule)i)));
        xj_json_key_str(w, "value", rules->text[i]);
        xj_json_key_str(w, "standard", xj_str_c(xj_rule_default((xj_rule)i)));
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_end_object(w);
}

xj_error *
xj_api_get_duty_rules(xj_api *api)
{
    xj_reader *reader;
    xj_api_json json;
    xj_rules rules;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_rules_get(&rules, xj_reader_db(reader), api->scope.tenant, api->pool));
    xj_reader_end(reader);
    write_rules(xj_api_json_start(&json, api), &rules);
    return xj_api_reply_version(api, 200, &json, rules.version == 0 ? 1 : rules.version);
}

struct setting {
    int64_t version;
    xj_rule_value *values;
    xj_day *days;
    size_t n;
};

static xj_error *
run_rules(xj_tx *tx, void *args, xj_buf *answer)
{
    struct setting *s = args;
    xj_rules rules;
    xj_json w;

    XJ_TRY(xj_rules_set(tx, s->version, s->values, s->n));
    XJ_TRY(xj_rules_get(&rules, xj_tx_db(tx), xj_tx_tenant(tx), xj_tx_pool(tx)));
    xj_json_init(&w, answer);
    write_rules(&w, &rules);
    return xj_buf_check(answer);
}

xj_error *
xj_api_set_duty_rules(xj_api *api)
{
    const xj_jval *list = xj_jval_find(api->body, "rules");
    struct setting *s = XJ_NEW(api->pool, struct setting);
    xj_api_command *command;

    XJ_TRY(xj_api_if_match(&s->version, api));
    s->n = xj_jval_len(list);
    s->values = XJ_NEW_ARRAY(api->pool, xj_rule_value, s->n);
    for (size_t i = 0; i < s->n; i++) {
        const xj_jval *item = xj_jval_at(list, i);

        XJ_TRY(xj_rule_parse(&s->values[i].rule, xj_jval_str(xj_jval_find(item, "name"))));
        s->values[i].value = xj_jval_str(xj_jval_find(item, "value"));
    }
    command = xj_api_command_new(api, "duty.rules", run_rules, s, XJ_STR_NONE);
    command->reply = xj_api__reply_next;
    xj_api_post(command);
    return NULL;
}

/* ---- calendar ---- */

static const xj_day *
own_day(const xj_calendar *calendar, xj_date day)
{
    for (size_t i = 0; i < calendar->nadded; i++)
        if (xj_date_cmp(calendar->added[i].day, day) == 0)
            return &calendar->added[i];
    return NULL;
}

xj_error *
xj_api_get_duty_calendar(xj_api *api)
{
    const int year = (int)xj_args_int(&api->args, "year");
    xj_calendar calendar;
    xj_reader *reader;
    xj_api_json json;
    xj_json *w;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_calendar_get(&calendar, xj_reader_db(reader), api->scope.tenant, api->pool));
    xj_reader_end(reader);
    w = xj_api_json_start(&json, api);
    xj_json_object(w);
    xj_json_key_int(w, "year", year);
    xj_json_key_bool(w, "known", xj_calendar_knows(&calendar, year));
    xj_json_key(w, "days");
    xj_json_array(w);
    for (xj_date day = {year, 1, 1}; day.year == year; day = xj_date_add_days(day, 1)) {
        const bool works = xj_calendar_works(&calendar, day);
        const xj_day *own = own_day(&calendar, day);

        /* What is other than the week alone would say, and what was entered. */
        if (own == NULL && works == (xj_date_weekday(day) <= 5))
            continue;
        xj_json_object(w);
        xj_json_key_str(w, "day", xj_day_str(day, api->pool));
        xj_json_key_bool(w, "works", works);
        xj_json_key_str(w, "name", own == NULL ? XJ_STR("") : own->name);
        xj_json_key_str(w, "source", own == NULL ? XJ_STR("") : own->source);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_end_object(w);
    return xj_api_reply_json(api, 200, &json);
}

static xj_error *
run_calendar(xj_tx *tx, void *args, xj_buf *answer)
{
    struct setting *s = args;

    XJ_TRY(xj_calendar_set(tx, s->days, s->n));
    xj_buf_add(answer, XJ_STR("{\"done\":true}"));
    return NULL;
}

xj_error *
xj_api_set_duty_calendar(xj_api *api)
{
    const xj_jval *list = xj_jval_find(api->body, "days");
    struct setting *s = XJ_NEW(api->pool, struct setting);

    s->n = xj_jval_len(list);
    s->days = XJ_NEW_ARRAY(api->pool, xj_day, s->n);
    for (size_t i = 0; i < s->n; i++) {
        const xj_jval *item = xj_jval_at(list, i);

        s->days[i] = (xj_day){.day = xj_day_parse(xj_jval_str(xj_jval_find(item, "day"))),
                              .works = xj_jval_bool(xj_jval_find(item, "works")),
                              .name = xj_jval_str(xj_jval_find(item, "name")),
                              .source = xj_jval_str(xj_jval_find(item, "source"))};
    }
    xj_api_post(xj_api_command_new(api, "duty.calendar", run_calendar, s, XJ_STR_NONE));
    return NULL;
}
