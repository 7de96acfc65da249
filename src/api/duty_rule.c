/* Rules, the working calendar, the heat map. */
#include "api/api_priv.h"
#include "api/duty_json.h"
#include "api/duty_priv.h"
#include "duty/light_try.h"
#include "duty/tell_try.h"
#include "notice/notice.h"

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
write_change(xj_json *w, const xj_rule_change *change)
{
    xj_json_object(w);
    xj_json_key_int(w, "id", change->id);
    xj_json_key_str(w, "name", xj_str_c(xj_rule_def_of(change->rule)->name));
    xj_json_key_str(w, "old_value", change->old_value);
    xj_json_key_str(w, "new_value", change->new_value);
    xj_json_key_bool(w, "back", change->back);
    xj_json_key_str(w, "why", change->why);
    xj_json_key_str(w, "actor_name", change->actor_name);
    xj_api_key_instant(w, "at", change->at);
    xj_json_end_object(w);
}

static void
key_bound(xj_json *w, const char *key, bool has, int64_t value)
{
    xj_json_key(w, key);
    if (has)
        xj_json_int(w, value);
    else
        xj_json_null(w);
}

static void
write_rule(xj_json *w, const xj_rules *rules, xj_rule rule, const xj_rule_change *last)
{
    static const char *const kinds[] = {"int", "word", "dates", "day"};
    const xj_rule_def *def = xj_rule_def_of(rule);
    const bool number = def->kind == XJ_RULE_KIND_INT;
    xj_str words = xj_str_c(def->words), word;

    xj_json_object(w);
    xj_json_key_str(w, "name", xj_str_c(def->name));
    xj_json_key_str(w, "kind", xj_str_c(kinds[def->kind]));
    key_bound(w, "least", number, def->least);
    key_bound(w, "most", number || def->kind == XJ_RULE_KIND_DATES, def->most);
    xj_json_key(w, "words");
    xj_json_array(w);
    while (def->kind == XJ_RULE_KIND_WORD && xj_str_split(&word, &words, ','))
        xj_json_str(w, word);
    xj_json_end_array(w);
    xj_json_key_str(w, "value", rules->text[rule]);
    xj_json_key_str(w, "standard", xj_str_c(def->standard));
    xj_json_key(w, "changed");
    if (last->id == 0)
        xj_json_null(w);
    else
        write_change(w, last);
    xj_json_end_object(w);
}

/* Before the first duty task there is no row: the first change makes it, at version 1. */
static int64_t
version_of(const xj_rules *rules)
{
    return rules->version == 0 ? 1 : rules->version;
}

static xj_error *
write_rules(xj_json *w, int64_t *version, xj_db *db, int64_t tenant, xj_pool *pool)
{
    xj_rule_change last[XJ_RULE_COUNT];
    xj_rules rules;

    XJ_TRY(xj_rules_get(&rules, db, tenant, pool));
    XJ_TRY(xj_rule_changes_last(last, db, tenant, pool));
    *version = version_of(&rules);
    xj_json_object(w);
    xj_json_key_int(w, "version", *version);
    xj_json_key_bool(w, "relighting", rules.relighting);
    xj_json_key(w, "rules");
    xj_json_array(w);
    for (int i = 0; i < XJ_RULE_COUNT; i++)
        write_rule(w, &rules, (xj_rule)i, &last[i]);
    xj_json_end_array(w);
    xj_json_end_object(w);
    return NULL;
}

xj_error *
xj_api_get_duty_rules(xj_api *api)
{
    xj_reader *reader;
    xj_api_json json;
    int64_t version;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(write_rules(xj_api_json_start(&json, api), &version, xj_reader_db(reader),
                       api->scope.tenant, api->pool));
    xj_reader_end(reader);
    return xj_api_reply_version(api, 200, &json, version);
}

xj_error *
xj_api_list_duty_rule_changes(xj_api *api)
{
    xj_rule_change *rows;
    xj_reader *reader;
    xj_api_page page;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_page_init(&page, api, "rule"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_rule_change_list(&rows, &n, xj_reader_db(reader), api->scope.tenant,
                               xj_args_str(&api->args, "name"), page.after, page.ask, api->pool));
    xj_reader_end(reader);
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++) {
        write_change(w, &rows[i]);
        page.last = rows[i].id;
    }
    return xj_api_page_reply(&page);
}

/* The values of the body's "rules". */
static xj_error *
read_values(xj_rule_value **values, size_t *n, xj_api *api)
{
    const xj_jval *list = xj_jval_find(api->body, "rules");

    *n = xj_jval_len(list);
    *values = XJ_NEW_ARRAY(api->pool, xj_rule_value, *n);
    for (size_t i = 0; i < *n; i++) {
        const xj_jval *item = xj_jval_at(list, i);

        XJ_TRY(xj_rule_parse(&(*values)[i].rule, xj_jval_str(xj_jval_find(item, "name"))));
        (*values)[i].value = xj_jval_str(xj_jval_find(item, "value"));
    }
    return NULL;
}

/* ---- what others would do ---- */

static void
write_count(xj_json *w, const char *key, const xj_light_count *sum)
{
    xj_json_key(w, key);
    xj_json_object(w);
    xj_json_key_int(w, "red", sum->red);
    xj_json_key_int(w, "yellow", sum->yellow);
    xj_json_key_int(w, "green", sum->green);
    xj_json_key_int(w, "grey", sum->grey);
    xj_json_end_object(w);
}

static void
write_tried(xj_json *w, const char *key, const xj_light_tried *tried)
{
    xj_json_key(w, key);
    xj_json_object(w);
    write_count(w, "was", &tried->was);
    write_count(w, "now", &tried->now);
    xj_json_end_object(w);
}

static void
write_try_row(xj_json *w, const xj_light_try_row *row)
{
    const struct {
        const char *key, *word;
    } words[] = {{"was", row->was}, {"now", row->now}, {"reason", row->reason}};

    xj_json_object(w);
    xj_json_key_int(w, "duty", row->duty);
    xj_json_key_str(w, "no", row->no);
    xj_json_key_str(w, "action", row->action);
    xj_json_key_str(w, "title", row->title);
    xj_json_key_int(w, "owner", row->owner);
    xj_json_key_str(w, "owner_name", row->owner_name);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        xj_json_key_str(w, words[i].key,
                        words[i].word == NULL ? XJ_STR_NONE : xj_str_c(words[i].word));
    xj_json_key_int(w, "others", row->others);
    xj_json_end_object(w);
}

static void
write_told(xj_json *w, const char *key, const xj_notice_tried *tried)
{
    xj_json_key(w, key);
    xj_json_object(w);
    xj_json_key_int(w, "people", tried->people);
    xj_json_key_int(w, "messages", tried->messages);
    xj_json_key_int(w, "most", tried->most);
    xj_json_key_int(w, "most_in_week", tried->most_in_week);
    xj_json_key_int(w, "unheard", tried->unheard);
    xj_json_key(w, "kinds");
    xj_json_object(w);
    for (int i = 0; i < XJ_NOTICE_TRIED; i++)
        xj_json_key_int(w, xj_notice_tried_word(i), tried->kinds[i]);
    xj_json_end_object(w);
    xj_json_end_object(w);
}

/* What people would be reminded of, where that hangs on one of VALUES. */
static xj_error *
write_messages(xj_json *w, xj_db *db, const xj_api *api, const xj_rule_value *values, size_t n,
               const xj_rules *now, const xj_rules *then)
{
    xj_notice_tried was, is;
    bool hangs = false;

    for (size_t i = 0; i < n && xj_args_str(&api->args, "after").data == NULL; i++)
        hangs |= xj_tell_hangs_on(values[i].rule);
    xj_json_key(w, "messages");
    if (!hangs) {
        xj_json_null(w);
        return NULL;
    }
    XJ_TRY(xj_notice_try_rules(&was, db, api->scope.tenant, now, api->pool));
    XJ_TRY(xj_notice_try_rules(&is, db, api->scope.tenant, then, api->pool));
    xj_json_object(w);
    xj_json_key_str(w, "first", xj_day_str(was.first, api->pool));
    xj_json_key_str(w, "last", xj_day_str(was.last, api->pool));
    write_told(w, "was", &was);
    write_told(w, "now", &is);
    xj_json_end_object(w);
    return NULL;
}

xj_error *
xj_api_preview_duty_rules(xj_api *api)
{
    const xj_date day = xj_day_of(xj_now());
    xj_rules now, then;
    xj_rule_value *values;
    xj_light_try tried;
    xj_reader *reader;
    xj_api_page page;
    xj_json *w;
    size_t n;

    XJ_TRY(read_values(&values, &n, api));
    XJ_TRY(xj_api_page_init(&page, api, "try"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_rules_get(&now, xj_reader_db(reader), api->scope.tenant, api->pool));
    XJ_TRY(xj_rules_with(&then, &now, values, n));
    XJ_TRY(xj_light_try_rules(&tried, xj_reader_db(reader), &api->scope, api->session.person, &now,
                              &then, day, page.after, (size_t)page.ask, api->pool));
    w = xj_api_page_start(&page);
    xj_json_key_str(w, "day", xj_day_str(day, api->pool));
    XJ_TRY(write_messages(w, xj_reader_db(reader), api, values, n, &now, &then));
    xj_reader_end(reader);
    xj_json_key_int(w, "changed", tried.changed);
    write_tried(w, "tasks", &tried.tasks);
    write_tried(w, "actions", &tried.actions);
    write_tried(w, "units", &tried.units);
    xj_api_page_items(&page, tried.n);
    for (size_t i = 0; i < page.shown; i++) {
        write_try_row(w, &tried.items[i]);
        page.last = tried.items[i].duty;
    }
    return xj_api_page_reply(&page);
}

/* ---- setting ---- */

struct setting {
    int64_t version;
    xj_rule_value *values;
    xj_day *days;
    size_t n;
    xj_str why;
    xj_api_command *command;
};

/* Rules as they are beside what was asked, for a change that came too late. */
static void
conflict(struct setting *s, xj_tx *tx)
{
    xj_buf *out = &s->command->problem;
    int64_t version;
    xj_error *err;
    xj_json w;

    xj_buf_add(out, XJ_STR("\"yours\":"));
    xj_buf_add(out, xj_call_body(s->command->api->call));
    xj_buf_add(out, XJ_STR(",\"theirs\":"));
    xj_json_init(&w, out);
    err = write_rules(&w, &version, xj_tx_db(tx), xj_tx_tenant(tx), xj_tx_pool(tx));
    if (err != NULL)
        xj_buf_clear(out); /* then the refusal alone is the answer */
    xj_error_clear(err);
}

static xj_error *
run_rules(xj_tx *tx, void *args, xj_buf *answer)
{
    struct setting *s = args;
    int64_t version;
    xj_error *err;
    xj_json w;

    xj_buf_clear(&s->command->problem);
    err = xj_rules_set(tx, s->version, s->values, s->n, s->why);
    if (xj_error_is(err, XJ_E_STALE))
        conflict(s, tx);
    XJ_TRY(err);
    xj_json_init(&w, answer);
    XJ_TRY(write_rules(&w, &version, xj_tx_db(tx), xj_tx_tenant(tx), xj_tx_pool(tx)));
    return xj_buf_check(answer);
}

void
xj_api__wake_clock(xj_api *api)
{
    const xj_api_options *options = &api->server->options;

    if (options->wake_clock != NULL)
        options->wake_clock(options->clock);
}

static void
reply_rules(xj_api *api, const xj_answer *answer, xj_reply *reply)
{
    xj_api__reply_next(api, answer, reply);
    xj_api__wake_clock(api);
}

xj_error *
xj_api_set_duty_rules(xj_api *api)
{
    struct setting *s = XJ_NEW(api->pool, struct setting);

    XJ_TRY(xj_api_if_match(&s->version, api));
    XJ_TRY(read_values(&s->values, &s->n, api));
    s->why = xj_jval_str(xj_jval_find(api->body, "why"));
    s->command = xj_api_command_new(api, "duty.rules", run_rules, s, XJ_STR_NONE);
    s->command->reply = reply_rules;
    xj_api_post(s->command);
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
