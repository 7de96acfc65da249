/*
 * Lists as spreadsheets.  The list's own handler is asked for page after page, as who asks would
 * see them; a row of the sheet is an item of it, in the columns of sheets.tsv.
 */
#include "api/sheet.h"

#include "api/file_priv.h"
#include "paper/book.h"

#define PAGE 200
#define COLUMNS_MAX 16

typedef xj_error *(*list_fn)(xj_api *api);

typedef struct sheet {
    const xj_api__sheet *head, *columns[COLUMNS_MAX];
    size_t ncolumns;
    bool chinese;
    xj_book *book;
} sheet;

static void
find_sheet(sheet *s, const char *operation)
{
    for (size_t i = 0; i < xj_api__nsheets; i++) {
        const xj_api__sheet *row = &xj_api__sheets[i];

        if (strcmp(row->of, operation) != 0)
            continue;
        if (strcmp(row->what, "sheet") == 0) {
            s->head = row;
        } else {
            XJ_ASSERT(s->ncolumns < COLUMNS_MAX);
            s->columns[s->ncolumns++] = row;
        }
    }
    XJ_ASSERT(s->head != NULL && s->ncolumns > 0);
}

static const xj_route *
find_route(const char *operation)
{
    for (size_t i = 0; i < xj_api_routes.len; i++)
        if (strcmp(xj_api_routes.items[i].operation, operation) == 0)
            return &xj_api_routes.items[i];
    XJ_ASSERT(false);
    return NULL;
}

static xj_error *
begin(sheet *s, xj_pool *pool)
{
    xj_book_column *columns = XJ_NEW_ARRAY(pool, xj_book_column, s->ncolumns);

    for (size_t i = 0; i < s->ncolumns; i++)
        columns[i] = (xj_book_column){s->columns[i]->zh, s->columns[i]->en,
                                      strtod(s->columns[i]->width, NULL)};
    return xj_book_new(&s->book, s->head->zh, s->head->en, columns, s->ncolumns, s->chinese, pool);
}

/* ---- a cell ---- */

/* The member KEY of ITEM; "a.b" is b of a. */
static const xj_jval *
member(const xj_jval *item, const char *key, xj_pool *scratch)
{
    const char *dot = strchr(key, '.');

    if (dot == NULL)
        return xj_jval_find(item, key);
    return xj_jval_find(
        xj_jval_find(item, xj_str_cdup(xj_str_of(key, (size_t)(dot - key)), scratch)), dot + 1);
}

/* WORD as people call it; itself where the table has it not. */
static xj_str
term(const sheet *s, const char *group, xj_str word)
{
    for (size_t i = 0; i < xj_api__nsheets; i++) {
        const xj_api__sheet *row = &xj_api__sheets[i];

        if (strcmp(row->what, "term") == 0 && strcmp(row->of, group) == 0 &&
            xj_str_eq(word, xj_str_c(row->key)))
            return xj_str_c(s->chinese ? row->zh : row->en);
    }
    return word;
}

/* 2026-06-15T00:30:00Z as 2026-06-15 08:30, the clock of the jurisdiction. */
static xj_str
instant(xj_str text, xj_pool *scratch)
{
    char day[XJ_DATE_LEN];
    int64_t hour, minute;
    xj_date date;

    if (text.len < 16 || !xj_date_parse(&date, xj_str_sub(text, 0, 10)) ||
        !xj_str_int(&hour, xj_str_sub(text, 11, 13)) ||
        !xj_str_int(&minute, xj_str_sub(text, 14, 16)))
        return text;
    minute += hour * 60 + XJ_ZONE_MINUTES;
    date = xj_date_add_days(date, minute / 1440);
    minute %= 1440;
    return xj_str_printf(scratch, XJ_FMT " %02d:%02d", XJ_ARG(xj_date_format(day, date)),
                         (int)(minute / 60), (int)(minute % 60));
}

static xj_error *
put(const sheet *s, int col, const xj_jval *value, const char *how, xj_pool *scratch)
{
    const xj_str text = xj_jval_str(value);
    xj_date date;

    switch (value == NULL ? XJ_J_NULL : xj_jval_type(value)) {
    case XJ_J_INT:
        return xj_book_int(s->book, col, xj_jval_int(value));
    case XJ_J_BOOL:
        return xj_book_text(
            s->book, col, term(s, how, xj_str_c(xj_jval_bool(value) ? "true" : "false")), scratch);
    case XJ_J_STR:
        if (strcmp(how, "date") == 0 && xj_date_parse(&date, text))
            return xj_book_date(s->book, col, date);
        return xj_book_text(
            s->book, col, strcmp(how, "instant") == 0 ? instant(text, scratch) : term(s, how, text),
            scratch);
    default:
        return xj_book_text(s->book, col, XJ_STR(""), scratch);
    }
}

/* ---- the pages ---- */

static xj_arg *
arg_named(xj_args *args, const char *name)
{
    for (size_t i = 0; i < args->route->nparams; i++)
        if (strcmp(args->route->params[i].name, name) == 0)
            return &args->values[i];
    return NULL;
}

/* The list's parameters are those of the export, and a page. */
static void
list_args(xj_args *args, const xj_route *list, const xj_args *given)
{
    xj_arg *limit;

    *args = (xj_args){.route = list};
    for (size_t i = 0; i < list->nparams; i++)
        for (size_t k = 0; k < given->route->nparams; k++)
            if (strcmp(list->params[i].name, given->route->params[k].name) == 0)
                args->values[i] = given->values[k];
    limit = arg_named(args, "limit");
    if (limit != NULL)
        limit->number = PAGE;
}

/* The items of one page; *NEXT is the cursor behind them, in RESULT, or XJ_STR_NONE. */
static xj_error *
add_page(const sheet *s, xj_api *api, list_fn list, xj_str *next, xj_pool *result)
{
    const xj_jval *page, *items;
    xj_str body;

    api->captured = &body;
    XJ_TRY(list(api));
    XJ_TRY(xj_json_parse(&page, body, XJ_API_ANSWER_MAX, api->pool));
    items = xj_jval_find(page, "items");
    for (size_t i = 0; i < xj_jval_len(items); i++) {
        const xj_jval *item = xj_jval_at(items, i);

        XJ_TRY(xj_book_row(s->book));
        for (size_t k = 0; k < s->ncolumns; k++)
            XJ_TRY(put(s, (int)k, member(item, s->columns[k]->key, api->pool), s->columns[k]->how,
                       api->pool));
    }
    *next = xj_jval_str(xj_jval_find(page, "next"));
    if (next->data != NULL)
        *next = xj_str_dup(*next, result);
    return NULL;
}

static xj_error *
add_pages(const sheet *s, xj_api *api, list_fn list)
{
    xj_pool *whole = api->pool, *page = xj_pool_child(whole);
    xj_arg *after = arg_named(&api->args, "after");
    xj_str next = XJ_STR_NONE;
    xj_error *err = NULL;

    api->pool = page;
    do {
        xj_pool_clear(page);
        if (next.data != NULL)
            *after = (xj_arg){.given = true, .text = next};
        err = add_page(s, api, list, &next, whole);
    } while (err == NULL && next.data != NULL && after != NULL);
    api->pool = whole;
    api->captured = NULL;
    return err;
}

/* Answer with the whole list of operation LIST_NAME. */
static xj_error *
export_list(xj_api *api, const char *list_name, list_fn list)
{
    xj_reply reply = {.status = 200,
                      .content_type = "application/"
                                      "vnd.openxmlformats-officedocument.spreadsheetml.sheet"};
    sheet s = {.chinese = !xj_str_eq(xj_args_str(&api->args, "lang"), XJ_STR("en"))};
    const xj_route *route = api->route;
    const xj_args given = api->args;

    find_sheet(&s, list_name);
    XJ_TRY(begin(&s, api->pool));
    api->route = find_route(list_name);
    list_args(&api->args, api->route, &given);
    XJ_TRY(add_pages(&s, api, list));
    api->route = route;
    api->args = given;
    XJ_TRY(xj_book_end(&reply.body, s.book, api->pool));
    xj_api__attach(&reply, xj_str_printf(api->pool, "%s.xlsx", s.chinese ? s.head->zh : s.head->en),
                   api->pool);
    xj_call_reply(api->call, &reply);
    return NULL;
}

#define EXPORT(things, list_name)                                                                  \
    xj_error *xj_api_export_##things(xj_api *api)                                                  \
    {                                                                                              \
        return export_list(api, list_name, xj_api_list_##things);                                  \
    }

EXPORT(aliases, "listAliases")
EXPORT(areas, "listAreas")
EXPORT(circulars, "listCirculars")
EXPORT(deliveries, "listDeliveries")
EXPORT(documents, "listDocuments")
EXPORT(duties, "listDuties")
EXPORT(findings, "listFindings")
EXPORT(inspection_burden, "listInspectionBurden")
EXPORT(inspections, "listInspections")
EXPORT(obligations, "listObligations")
EXPORT(orders, "listOrders")
EXPORT(requests, "listRequests")
EXPORT(receipts, "listReceipts")
