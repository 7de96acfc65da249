/* For those who watch a programme: what waits, how lights changed, what units were asked for. */
#include "duty/watch.h"

#include "api/api_priv.h"
#include "api/duty_json.h"
#include "api/duty_priv.h"
#include "api/report_json.h"
#include "base/vec.h"
#include "duty/body.h"
#include "inspect/inspect.h"
#include "paper/asked_sheet.h"

#define BODIES_MAX 1000 /* that the count tells */

static void
key_counts(xj_json *w, const xj_watch *c)
{
    xj_json_key_int(w, "receipts", c->receipts);
    xj_json_key_int(w, "late", c->late);
    xj_json_key_int(w, "soon", c->soon);
    xj_json_key_int(w, "sent", c->sent);
    xj_json_key_int(w, "asked", c->asked);
    xj_json_key_int(w, "reviewed", c->reviewed);
    xj_json_key_int(w, "unsettled", c->unsettled);
    xj_json_key_int(w, "suspended", c->suspended);
    xj_json_key_int(w, "decisions", c->decisions);
    xj_json_key_int(w, "drafts", c->drafts);
    xj_json_key_int(w, "orders", c->orders);
    xj_json_key_int(w, "requests", c->requests);
}

xj_error *
xj_api_get_duty_desk(xj_api *api)
{
    const xj_date day = xj_day_of(xj_now());
    xj_reader *reader;
    xj_api_json json;
    xj_body_closing *bodies;
    xj_watch counts;
    size_t n = 0;
    xj_json *w;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_watch_counts(&counts, xj_reader_db(reader), &api->scope, day));
    if (xj_api_reach(api, "duty.change") != XJ_REACH_NONE)
        XJ_TRY(xj_body_closing_list(&bodies, &n, xj_reader_db(reader), api->scope.tenant, day, 0,
                                    BODIES_MAX, api->pool));
    xj_reader_end(reader);
    w = xj_api_json_start(&json, api);
    xj_json_object(w);
    xj_json_key_str(w, "day", xj_day_str(day, api->pool));
    xj_json_key_str(w, "soon_to", xj_day_str(xj_date_add_days(day, XJ_WATCH_SOON_DAYS), api->pool));
    xj_json_key_str(w, "decide_to",
                    xj_day_str(xj_date_add_days(day, XJ_WATCH_DECIDE_DAYS), api->pool));
    key_counts(w, &counts);
    xj_json_key_int(w, "bodies", (int64_t)n);
    xj_json_end_object(w);
    return xj_api_reply_json(api, 200, &json);
}

/* ---- lights over time ---- */

xj_error *
xj_api_get_light_trend(xj_api *api)
{
    const int n = (int)xj_args_int(&api->args, "months");
    xj_trend_point *points;
    xj_reader *reader;
    xj_api_json json;
    xj_json *w;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_light_trend(&points, xj_reader_db(reader), api->scope.tenant,
                          xj_args_int(&api->args, "programme"), xj_api__day(api), n, api->pool));
    xj_reader_end(reader);
    w = xj_api_items_start(&json, api);
    for (int i = 0; i <= n; i++) {
        xj_json_object(w);
        xj_json_key_str(w, "day", points[i].day);
        xj_json_key_int(w, "green", points[i].count.green);
        xj_json_key_int(w, "yellow", points[i].count.yellow);
        xj_json_key_int(w, "red", points[i].count.red);
        xj_json_key_int(w, "grey", points[i].count.grey);
        xj_json_end_object(w);
    }
    return xj_api_items_reply(api, &json);
}

static void
turn_json(xj_json *w, const xj_light_turn *t)
{
    xj_json_object(w);
    xj_json_key_int(w, "duty", t->duty);
    xj_json_key_int(w, "action_no", t->action_no);
    xj_json_key_str(w, "action", t->action);
    xj_json_key_str(w, "no", t->no);
    xj_json_key_str(w, "title", t->title);
    xj_json_key_int(w, "unit", t->unit);
    xj_json_key_str(w, "unit_name", t->unit_name);
    xj_json_key_str(w, "on", t->on);
    xj_json_key_day(w, "until", t->until);
    xj_json_key_str(w, "reason", t->reason);
    xj_json_key_str(w, "before", t->before);
    xj_json_key_str(w, "now", t->now);
    xj_json_end_object(w);
}

xj_error *
xj_api_list_light_turns(xj_api *api)
{
    const xj_str cursor = xj_args_str(&api->args, "after");
    xj_turn_filter filter = {.programme = xj_args_int(&api->args, "programme"),
                             .action_no = -1,
                             .light = xj_args_str(&api->args, "light"),
                             .from = xj_args_str(&api->args, "from"),
                             .to = xj_args_str(&api->args, "to")};
    xj_str on = XJ_STR_NONE;
    xj_light_turn *rows;
    xj_reader *reader;
    xj_api_page page;
    int64_t id = 0;
    xj_json *w;
    size_t n;

    if (xj_args_given(&api->args, "action_no"))
        filter.action_no = xj_args_int(&api->args, "action_no");
    xj_api_page_ask(&page, api);
    if (cursor.data != NULL)
        XJ_TRY(xj_cursor_read(cursor, api->pool, "lt", "si", &on, &id));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_light_turns(&rows, &n, xj_reader_db(reader), api->scope.tenant, &filter, on, id,
                          page.ask, api->pool));
    xj_reader_end(reader);
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++)
        turn_json(w, &rows[i]);
    if (page.more)
        page.next = xj_cursor_make(api->pool, "lt", "si", rows[page.shown - 1].on,
                                   rows[page.shown - 1].duty);
    return xj_api_page_reply(&page);
}

/* ---- what returns said of a duty task ---- */

static void
key_remarks(xj_json *w, const xj_said *s)
{
    xj_json_key(w, "remarks");
    xj_json_array(w);
    for (size_t i = 0; i < s->nremarks; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "id", s->remarks[i].id);
        xj_json_key_str(w, "quote", s->remarks[i].quote);
        xj_json_key_str(w, "remark", s->remarks[i].remark);
        xj_json_key_str(w, "by", s->remarks[i].person_name);
        xj_api_key_instant(w, "at", s->remarks[i].made_at);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

static void
key_files(xj_json *w, const xj_said *s)
{
    xj_json_key(w, "files");
    xj_json_array(w);
    for (size_t i = 0; i < s->nfiles; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "id", s->files[i].id);
        xj_json_key_str(w, "name", s->files[i].name);
        xj_json_key_str(w, "kind", s->files[i].kind);
        xj_json_key_int(w, "size", s->files[i].size);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

static void
said_json(xj_json *w, const xj_said *s)
{
    xj_json_object(w);
    xj_json_key_int(w, "return", s->obligation);
    xj_json_key_int(w, "unit", s->unit);
    xj_json_key_str(w, "unit_name", s->unit_name);
    xj_json_key_str(w, "due", s->due);
    xj_json_key_str(w, "period", s->period);
    xj_json_key_str(w, "state", s->state);
    xj_json_key_str(w, "why", s->why);
    xj_json_key_str(w, "sent_on", s->sent_on);
    xj_json_key_str(w, "text", s->text.text);
    xj_json_key_natural(w, "percent", s->text.percent);
    xj_json_key_str(w, "difficulties", s->text.difficulties);
    xj_json_key_str(w, "next_step", s->text.next_step);
    xj_json_key_bool(w, "on_behalf", s->on_behalf);
    xj_json_key_str(w, "changed_by", s->changed_name);
    xj_json_said_figures(w, &s->text);
    key_remarks(w, s);
    key_files(w, s);
    xj_json_end_object(w);
}

xj_error *
xj_api_list_duty_returns(xj_api *api)
{
    const xj_str cursor = xj_args_str(&api->args, "after");
    xj_str due = XJ_STR_NONE;
    xj_reader *reader;
    xj_api_page page;
    int64_t id = 0;
    xj_duty *duty;
    xj_said *rows;
    xj_json *w;
    size_t n;

    xj_api_page_ask(&page, api);
    if (cursor.data != NULL)
        XJ_TRY(xj_cursor_read(cursor, api->pool, "sa", "si", &due, &id));
    XJ_TRY(xj_api_read(&reader, api));
    /* Who may not see it does not see what was said of it. */
    XJ_TRY(xj_duty_get(&duty, xj_reader_db(reader), &api->scope, api->session.person,
                       xj_args_int(&api->args, "duty"), api->pool));
    XJ_TRY(xj_said_list(&rows, &n, xj_reader_db(reader), &api->scope, duty->row.id, due, id,
                        page.ask, api->pool));
    xj_reader_end(reader);
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++)
        said_json(w, &rows[i]);
    if (page.more)
        page.next = xj_cursor_make(api->pool, "sa", "si", rows[page.shown - 1].due,
                                   rows[page.shown - 1].obligation);
    return xj_api_page_reply(&page);
}

xj_error *
xj_api_list_action_figures(xj_api *api)
{
    xj_action_figure *rows;
    xj_reader *reader;
    xj_api_json json;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_action_figures(&rows, &n, xj_reader_db(reader), &api->scope,
                             xj_args_int(&api->args, "programme"),
                             xj_args_int(&api->args, "action_no"), api->pool));
    xj_reader_end(reader);
    w = xj_api_items_start(&json, api);
    for (size_t i = 0; i < n; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "duty", rows[i].duty);
        xj_json_key_str(w, "no", rows[i].no);
        xj_json_key_str(w, "title", rows[i].title);
        xj_json_key_int(w, "unit", rows[i].unit);
        xj_json_key_str(w, "unit_name", rows[i].unit_name);
        xj_json_key_str(w, "indicator", rows[i].indicator);
        xj_json_key_str(w, "measure", rows[i].measure);
        xj_json_key(w, "value");
        xj_json_real(w, rows[i].value);
        xj_json_key_str(w, "span", rows[i].span);
        xj_json_key_str(w, "due", rows[i].due);
        xj_json_end_object(w);
    }
    return xj_api_items_reply(api, &json);
}

/* ---- what units were asked for ---- */

typedef struct asked_month {
    int64_t returns, reports, notices, chases, visits;
} asked_month;

typedef struct asked_unit {
    int64_t id;
    xj_str name;
    asked_month months[12];
} asked_unit;

typedef struct asked {
    XJ_VEC(asked_unit) units; /* by name; those that were only visited stand at the end */
    int64_t cap;
} asked;

/* Where UNIT's MONTH ("2026-06") is counted. */
static asked_month *
month_of(asked *a, int64_t unit, xj_str name, xj_str month, xj_pool *pool)
{
    const int m = (month.data[5] - '0') * 10 + month.data[6] - '0';
    size_t i = 0;

    XJ_ASSERT(month.len == 7 && m >= 1 && m <= 12);
    while (i < a->units.len && a->units.items[i].id != unit)
        i++;
    if (i == a->units.len)
        xj_vec_push(&a->units, pool, (asked_unit){.id = unit, .name = name});
    return &a->units.items[i].months[m - 1];
}

static xj_error *
read_asked(asked *a, xj_api *api)
{
    const int year = (int)xj_args_int(&api->args, "year");
    xj_asked_month *months;
    xj_burden_month *visits;
    xj_reader *reader;
    xj_rules rules;
    size_t n;

    *a = (asked){0};
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_rules_get(&rules, xj_reader_db(reader), api->scope.tenant, api->pool));
    a->cap = rules.number[XJ_RULE_RETURNS_CAP];
    XJ_TRY(xj_asked_list(&months, &n, xj_reader_db(reader), api->scope.tenant, year, api->pool));
    for (size_t i = 0; i < n; i++) {
        asked_month *m = month_of(a, months[i].unit, months[i].name, months[i].month, api->pool);

        m->returns = months[i].returns;
        m->reports = months[i].reports;
        m->notices = months[i].notices;
        m->chases = months[i].chases;
    }
    XJ_TRY(xj_burden_months(&visits, &n, xj_reader_db(reader), &api->scope, year, api->pool));
    for (size_t i = 0; i < n; i++)
        month_of(a, visits[i].unit, visits[i].name, visits[i].month, api->pool)->visits =
            visits[i].visits;
    xj_reader_end(reader);
    return NULL;
}

static asked_month
sum_of(const asked_unit *unit)
{
    asked_month sum = {0};

    for (int i = 0; i < 12; i++) {
        sum.returns += unit->months[i].returns;
        sum.reports += unit->months[i].reports;
        sum.notices += unit->months[i].notices;
        sum.chases += unit->months[i].chases;
        sum.visits += unit->months[i].visits;
    }
    return sum;
}

static void
key_month(xj_json *w, const asked_month *m)
{
    xj_json_key_int(w, "returns", m->returns);
    xj_json_key_int(w, "reports", m->reports);
    xj_json_key_int(w, "notices", m->notices);
    xj_json_key_int(w, "chases", m->chases);
    xj_json_key_int(w, "visits", m->visits);
}

static void
asked_unit_json(xj_json *w, const asked_unit *unit)
{
    const asked_month sum = sum_of(unit);

    xj_json_object(w);
    xj_api_key_named(w, "unit", unit->id, unit->name);
    key_month(w, &sum);
    xj_json_key(w, "months");
    xj_json_array(w);
    for (int i = 0; i < 12; i++) {
        xj_json_object(w);
        key_month(w, &unit->months[i]);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_end_object(w);
}

xj_error *
xj_api_list_asked(xj_api *api)
{
    xj_api_json json;
    xj_json *w;
    asked a;

    XJ_TRY(read_asked(&a, api));
    w = xj_api_json_start(&json, api);
    xj_json_object(w);
    xj_json_key_int(w, "year", xj_args_int(&api->args, "year"));
    xj_json_key_int(w, "cap", a.cap);
    xj_json_key(w, "items");
    xj_json_array(w);
    for (size_t i = 0; i < a.units.len; i++)
        asked_unit_json(w, &a.units.items[i]);
    xj_json_end_array(w);
    xj_json_end_object(w);
    return xj_api_reply_json(api, 200, &json);
}

xj_error *
xj_api_export_asked(xj_api *api)
{
    const bool chinese = !xj_str_eq(xj_args_str(&api->args, "lang"), XJ_STR("en"));
    xj_reply reply = {.status = 200,
                      .content_type = "application/"
                                      "vnd.openxmlformats-officedocument.spreadsheetml.sheet"};
    xj_book *book;
    asked a;

    XJ_TRY(read_asked(&a, api));
    XJ_TRY(xj_asked_sheet_new(&book, chinese, api->pool));
    for (size_t i = 0; i < a.units.len; i++) {
        const asked_month sum = sum_of(&a.units.items[i]);
        xj_asked_line line = {.unit = a.units.items[i].name,
                              .cap = a.cap,
                              .reports = sum.reports,
                              .notices = sum.notices,
                              .chases = sum.chases,
                              .visits = sum.visits};

        for (int m = 0; m < 12; m++)
            line.returns[m] = a.units.items[i].months[m].returns;
        XJ_TRY(xj_asked_sheet_add(book, &line, api->pool));
    }
    XJ_TRY(xj_book_end(&reply.body, book, api->pool));
    reply.headers[reply.nheaders++] =
        (xj_header){XJ_STR("Content-Disposition"),
                    chinese ? XJ_STR("attachment; filename=\"burden.xlsx\"; filename*=UTF-8''"
                                     "%E5%87%8F%E8%B4%9F%E5%8F%B0%E8%B4%A6.xlsx")
                            : XJ_STR("attachment; filename=\"burden.xlsx\"")};
    xj_call_reply(api->call, &reply);
    return NULL;
}
