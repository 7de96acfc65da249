#include "ledger/ledger_priv.h"

#include "base/vec.h"
#include "json/json.h"

#define JSON_MAX ((size_t)64 << 10) /* of the columns of one head */

/* ---- built in ---- */

static const xj_column usual_list[] = {
    XJ_COL_NUMBER, XJ_COL_DOCUMENT,    XJ_COL_ACTION,    XJ_COL_NO,      XJ_COL_TITLE, XJ_COL_TEXT,
    XJ_COL_LEAD,   XJ_COL_RESPONSIBLE, XJ_COL_COOPERATE, XJ_COL_KIND,    XJ_COL_DUE,   XJ_COL_DATES,
    XJ_COL_RAW,    XJ_COL_STRENGTH,    XJ_COL_TAGS,      XJ_COL_WARNINGS};
static const xj_column usual_sheet[] = {
    XJ_COL_NUMBER, XJ_COL_ACTION, XJ_COL_TITLE,       XJ_COL_TEXT,     XJ_COL_INDICATOR,
    XJ_COL_TARGET, XJ_COL_LEAD,   XJ_COL_RESPONSIBLE, XJ_COL_DEADLINE, XJ_COL_BLANK};

static xj_heading_column
usual_column(xj_column key, bool chinese)
{
    return (xj_heading_column){key, xj_str_c(chinese ? xj_columns[key].zh : xj_columns[key].en), 0};
}

xj_heading
xj_heading_usual(bool sheet, bool chinese, xj_pool *result)
{
    const xj_column *keys = sheet ? usual_sheet : usual_list;
    const size_t n =
        sheet ? sizeof usual_sheet / sizeof *usual_sheet : sizeof usual_list / sizeof *usual_list;
    xj_heading head = {.sheet = sheet, .repeat = 1, .ncolumns = n};

    head.columns = XJ_NEW_ARRAY(result, xj_heading_column, n);
    for (size_t i = 0; i < n; i++)
        head.columns[i] = usual_column(keys[i], chinese);
    if (sheet)
        head.title = chinese ? XJ_STR("任务分解表") : XJ_STR("Breakdown of tasks");
    return head;
}

xj_error *
xj_heading_of_keys(xj_heading *head, xj_str keys, bool chinese, xj_pool *result)
{
    XJ_VEC(xj_str) parts = {0};
    xj_str part, checked;

    while (xj_str_split(&part, &keys, ','))
        xj_vec_push(&parts, result, part);
    XJ_TRY(xj_columns_json(&checked, parts.items, parts.len, result));
    *head = (xj_heading){.repeat = 1, .ncolumns = parts.len};
    head->columns = XJ_NEW_ARRAY(result, xj_heading_column, parts.len);
    for (size_t i = 0; i < parts.len; i++) {
        xj_column key = XJ_COL_COUNT;

        XJ_ASSERT(xj_column_parse(&key, parts.items[i])); /* checked above */
        head->columns[i] = usual_column(key, chinese);
    }
    return NULL;
}

/* ---- kept ---- */

static xj_error *
read_columns(xj_heading *head, xj_str json, xj_pool *result)
{
    const xj_jval *list;
    xj_error *err = xj_json_parse(&list, json, JSON_MAX, result);

    if (err != NULL)
        return xj_error_wrap(XJ_E_CORRUPT, err, "stored heads are damaged");
    head->ncolumns = xj_jval_len(list);
    head->columns = XJ_NEW_ARRAY(result, xj_heading_column, head->ncolumns);
    for (size_t i = 0; i < head->ncolumns; i++) {
        const xj_jval *column = xj_jval_at(list, i);

        if (!xj_column_parse(&head->columns[i].key, xj_jval_str(xj_jval_find(column, "key"))))
            return xj_error_new(XJ_E_CORRUPT, "stored heads name a column that is none");
        head->columns[i].title = xj_jval_str(xj_jval_find(column, "title"));
        head->columns[i].width = (double)xj_jval_int(xj_jval_find(column, "width"));
    }
    return NULL;
}

static xj_error *
read_head(xj_heading *head, const xj_rows *rows, xj_pool *result)
{
    *head = (xj_heading){.id = xj_row_int(rows, 0),
                         .name = xj_row_text(rows, 1, result),
                         .sheet = xj_str_eq(xj_row_str(rows, 2), XJ_STR("sheet")),
                         .title = xj_row_text(rows, 3, result),
                         .subtitle = xj_row_text(rows, 4, result),
                         .repeat = xj_row_int(rows, 5),
                         .version = xj_row_int(rows, 7)};
    return read_columns(head, xj_row_text(rows, 6, result), result);
}

xj_error *
xj_heading_list(xj_heading **heads, size_t *n, xj_db *db, int64_t tenant, xj_pool *result)
{
    XJ_VEC(xj_heading) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_HEAD_LIST, "i", tenant));
    for (;;) {
        xj_heading head;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        XJ_TRY(read_head(&head, rows, result));
        xj_vec_push(&found, result, head);
    }
    *heads = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_heading_get(xj_heading *head, xj_db *db, int64_t tenant, int64_t id, xj_pool *result)
{
    xj_rows *rows;
    bool more;

    *head = (xj_heading){0};
    XJ_TRY(xj_db_query(&rows, db, SQL_HEAD_GET, "ii", tenant, id));
    XJ_TRY(xj_rows_next(rows, &more));
    if (more)
        XJ_TRY(read_head(head, rows, result));
    xj_rows_close(rows);
    return more ? NULL : xj_error_new(XJ_E_NOT_FOUND, "there are no such heads");
}

xj_error *
xj_heading_check(const xj_heading *head)
{
    bool seen[XJ_COL_COUNT] = {0};

    XJ_TRY(xj_ledger__check_line(head->name, XJ_LEDGER_NAME_MAX, false, "/name"));
    XJ_TRY(xj_ledger__check_line(head->title, XJ_HEAD_LINE_MAX, true, "/title"));
    XJ_TRY(xj_ledger__check_line(head->subtitle, XJ_HEAD_LINE_MAX, true, "/subtitle"));
    if (head->repeat < 0 || head->repeat > XJ_HEAD_REPEAT_MAX)
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "0 to %d rows can be repeated", XJ_HEAD_REPEAT_MAX),
            "/repeat");
    if (head->ncolumns == 0 || head->ncolumns > XJ_COLUMNS_MAX)
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "there are 1 to %d columns", XJ_COLUMNS_MAX), "/columns");
    for (size_t i = 0; i < head->ncolumns; i++) {
        const xj_heading_column *c = &head->columns[i];

        XJ_TRY(xj_ledger__check_line(c->title, XJ_HEAD_TITLE_MAX, false, "/columns"));
        if (c->width != 0 && (c->width < XJ_HEAD_WIDTH_MIN || c->width > XJ_HEAD_WIDTH_MAX))
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a column is %d to %d wide",
                                            XJ_HEAD_WIDTH_MIN, XJ_HEAD_WIDTH_MAX),
                               "/columns");
        if (seen[c->key] && c->key != XJ_COL_BLANK)
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the column '%s' stands there twice",
                                            xj_columns[c->key].key),
                               "/columns");
        seen[c->key] = true;
    }
    return NULL;
}

static xj_str
columns_json(const xj_heading *head, xj_pool *result)
{
    xj_buf out;
    xj_json w;

    xj_buf_init(&out, result, JSON_MAX);
    xj_json_init(&w, &out);
    xj_json_array(&w);
    for (size_t i = 0; i < head->ncolumns; i++) {
        xj_json_object(&w);
        xj_json_key_str(&w, "key", xj_str_c(xj_columns[head->columns[i].key].key));
        xj_json_key_str(&w, "title", head->columns[i].title);
        if (head->columns[i].width > 0)
            xj_json_key_int(&w, "width", (int64_t)head->columns[i].width);
        xj_json_end_object(&w);
    }
    xj_json_end_array(&w);
    return xj_buf_str(&out);
}

static xj_str
form(const xj_heading *head)
{
    return head->sheet ? XJ_STR("sheet") : XJ_STR("list");
}

static xj_error *
taken(xj_error *err, xj_str name)
{
    return xj_error_is(err, XJ_E_DB_UNIQUE)
               ? xj_error_wrap(XJ_E_CONFLICT, err, "heads are called '" XJ_FMT "' already",
                               XJ_ARG(name))
               : err;
}

xj_error *
xj_heading_add(xj_heading *head, xj_tx *tx)
{
    xj_rows *rows;
    int64_t n;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_HEAD_COUNT, "i", xj_tx_tenant(tx)));
    XJ_TRY(xj_ledger__count(&n, rows));
    if (n >= XJ_HEADS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "there are %d heads already; delete some first",
                            XJ_HEADS_MAX);
    head->name = xj_str_trim(head->name);
    head->id = xj_tx_next_id(tx);
    head->version = 1;
    xj_tx_subject(tx, "ledger_head", head->id);
    return taken(xj_db_run(xj_tx_db(tx), SQL_HEAD_ADD, "iissssisi", xj_tx_tenant(tx), head->id,
                           head->name, form(head), head->title, head->subtitle, head->repeat,
                           columns_json(head, xj_tx_pool(tx)), xj_tx_now(tx)),
                 head->name);
}

xj_error *
xj_heading_set(xj_heading *now, xj_tx *tx, int64_t id, int64_t version, const xj_heading *head)
{
    XJ_TRY(xj_heading_get(now, xj_tx_db(tx), xj_tx_tenant(tx), id, xj_tx_pool(tx)));
    xj_tx_subject(tx, "ledger_head", id);
    XJ_TRY(xj_ledger__check_version(now->version, version));
    *now = *head;
    now->id = id;
    now->version = version + 1;
    now->name = xj_str_trim(head->name);
    return taken(xj_db_run(xj_tx_db(tx), SQL_HEAD_SET, "ssssisiii", now->name, form(now),
                           now->title, now->subtitle, now->repeat,
                           columns_json(now, xj_tx_pool(tx)), xj_tx_now(tx), xj_tx_tenant(tx), id),
                 now->name);
}

xj_error *
xj_heading_remove(xj_tx *tx, int64_t id, int64_t version)
{
    xj_heading head;

    XJ_TRY(xj_heading_get(&head, xj_tx_db(tx), xj_tx_tenant(tx), id, xj_tx_pool(tx)));
    xj_tx_subject(tx, "ledger_head", id);
    XJ_TRY(xj_ledger__check_version(head.version, version));
    return xj_db_send(xj_tx_db(tx), SQL_HEAD_REMOVE, "ii", xj_tx_tenant(tx), id);
}
