#include "store/store_priv.h"

#include "base/vec.h"

#define ID_TEXT_MAX 21 /* bytes of a number, its sign and a comma */

struct xj_rows {
    xj_db *db;
    xj_cursor *cursor; /* NULL when ended */
    xj_rows *next;
};

const char *
xj_store__call_name(const xj_call *call)
{
    if (call->sql < SQL_COUNT)
        return xj_store__statements[call->sql].name;
    return call->name == NULL ? "a list" : call->name;
}

static void
param_pointer(xj_param *param, const void *p)
{
    if (p == NULL)
        param->kind = XJ_PARAM_NULL;
    else if (param->kind == XJ_PARAM_INT)
        param->i = *(const int64_t *)p;
    else
        param->d = *(const double *)p;
}

xj_error *
xj_db__params(xj_param *params, int *n, const char *fmt, va_list args)
{
    *n = 0;
    for (const char *f = fmt; *f != '\0'; f++) {
        xj_param *param;

        XJ_ASSERT(*n < XJ__PARAMS_MAX);
        param = &params[(*n)++];
        *param = (xj_param){.kind = XJ_PARAM_INT};
        switch (*f) {
        case 'i':
            param->i = va_arg(args, int64_t);
            break;
        case 'I':
            param_pointer(param, va_arg(args, const int64_t *));
            break;
        case 'd':
            param->kind = XJ_PARAM_REAL;
            param->d = va_arg(args, double);
            break;
        case 'D':
            param->kind = XJ_PARAM_REAL;
            param_pointer(param, va_arg(args, const double *));
            break;
        case 's':
        case 'S':
            param->s = va_arg(args, xj_str);
            param->kind = *f == 'S' && param->s.data == NULL ? XJ_PARAM_NULL : XJ_PARAM_TEXT;
            /* PostgreSQL has no text with it; what one database refuses the other refuses too. */
            if (param->s.len > 0 && memchr(param->s.data, '\0', param->s.len) != NULL)
                return xj_error_new(XJ_E_BAD_INPUT, "the text holds a NUL byte");
            break;
        default:
            XJ_ASSERT(*f == 'b');
            param->s = va_arg(args, xj_str);
            param->kind = XJ_PARAM_BYTES;
            break;
        }
        if (param->s.data == NULL)
            param->s.data = "";
    }
    return NULL;
}

/* Fill CALL; refused where an earlier statement of the command has failed. */
static xj_error *
make_call(xj_call *call, xj_param *params, const xj_db *db, enum xj_sql sql, const char *fmt,
          va_list args)
{
    if (db->failed)
        return xj_error_detail(
            xj_error_new(XJ_E_DB, "an earlier statement of this command has failed"), "%s",
            xj_store__statements[sql].name);
    *call = (xj_call){.sql = sql, .params = params};
    XJ_TRY(xj_db__params(params, &call->n, fmt, args));
    XJ_ASSERT(call->n == xj_store__statements[sql].params);
    return NULL;
}

/* ERR as a statement's result: it ends a command. */
static xj_error *
result(xj_db *db, xj_error *err)
{
    if (err != NULL && db->in_command)
        db->failed = true;
    return err;
}

xj_str
xj_db_ids(const int64_t *ids, size_t n, xj_pool *result)
{
    xj_buf out;

    xj_buf_init(&out, result, xj_size_add(xj_size_mul(n, ID_TEXT_MAX), 2));
    xj_buf_add_char(&out, '[');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            xj_buf_add_char(&out, ',');
        xj_buf_add_int(&out, ids[i]);
    }
    xj_buf_add_char(&out, ']');
    return xj_buf_str(&out);
}

xj_error *
xj_db_change(int64_t *changed, xj_db *db, enum xj_sql sql, const char *fmt, ...)
{
    xj_param params[XJ__PARAMS_MAX];
    xj_call call;
    xj_error *err;
    va_list args;

    va_start(args, fmt);
    err = make_call(&call, params, db, sql, fmt, args);
    va_end(args);
    if (err == NULL)
        err = db->conn->driver->run(changed, db->conn, &call);
    return result(db, err);
}

xj_error *
xj_db_run(xj_db *db, enum xj_sql sql, const char *fmt, ...)
{
    xj_param params[XJ__PARAMS_MAX];
    xj_call call;
    xj_error *err;
    va_list args;

    va_start(args, fmt);
    err = make_call(&call, params, db, sql, fmt, args);
    va_end(args);
    if (err == NULL)
        err = db->conn->driver->run(NULL, db->conn, &call);
    return result(db, err);
}

xj_error *
xj_db_send(xj_db *db, enum xj_sql sql, const char *fmt, ...)
{
    xj_param params[XJ__PARAMS_MAX];
    xj_call call;
    xj_error *err;
    va_list args;

    va_start(args, fmt);
    err = make_call(&call, params, db, sql, fmt, args);
    va_end(args);
    if (err == NULL)
        err = db->conn->driver->send(db->conn, &call);
    return result(db, err);
}

static xj_error *
query(xj_rows **rows, xj_db *db, const xj_call *call)
{
    xj_rows *made = XJ_NEW(db->pool, xj_rows);
    int open = 0;

    for (const xj_rows *r = db->open; r != NULL; r = r->next)
        open++;
    XJ_ASSERT(open < XJ_ROWS_OPEN_MAX);
    *rows = NULL;
    XJ_TRY(db->conn->driver->query(&made->cursor, db->conn, call, db->pool));
    made->db = db;
    made->next = db->open;
    db->open = made;
    *rows = made;
    return NULL;
}

xj_error *
xj_db_query(xj_rows **rows, xj_db *db, enum xj_sql sql, const char *fmt, ...)
{
    xj_param params[XJ__PARAMS_MAX];
    xj_call call;
    xj_error *err;
    va_list args;

    va_start(args, fmt);
    err = make_call(&call, params, db, sql, fmt, args);
    va_end(args);
    if (err == NULL)
        err = query(rows, db, &call);
    return result(db, err);
}

xj_error *
xj_db__query_text(xj_rows **rows, xj_db *db, const char *text, const xj_param *params, int n)
{
    const xj_call call = {.sql = SQL_COUNT, .text = text, .params = params, .n = n};

    if (db->failed)
        return xj_error_new(XJ_E_DB, "an earlier statement of this command has failed");
    return result(db, query(rows, db, &call));
}

xj_error *
xj_list_query(xj_rows **rows, xj_list *list, xj_db *db, int64_t limit, const char *fmt, ...)
{
    xj_param params[XJ__PARAMS_MAX];
    int n;
    xj_str text;
    xj_error *err;
    va_list args;

    va_start(args, fmt);
    err = xj_db__params(params, &n, fmt, args);
    va_end(args);
    if (err == NULL)
        err = xj_list__text(&text, list, db->conn->driver->kind, limit, params, &n);
    if (err != NULL)
        return result(db, err);
    return xj_db__query_text(rows, db, text.data, params, n);
}

xj_error *
xj_rows_next(xj_rows *rows, bool *more)
{
    xj_error *err;

    *more = false;
    if (rows->cursor == NULL)
        return NULL;
    err = rows->db->conn->driver->next(rows->cursor, more);
    if (err != NULL || !*more)
        xj_rows_close(rows);
    return result(rows->db, err);
}

void
xj_rows_close(xj_rows *rows)
{
    xj_rows **p;

    if (rows->cursor == NULL)
        return;
    rows->db->conn->driver->end_query(rows->cursor);
    rows->cursor = NULL;
    for (p = &rows->db->open; *p != rows; p = &(*p)->next)
        ;
    *p = rows->next;
}

xj_error *
xj_rows_ints(int64_t **items, size_t *n, xj_rows *rows, xj_pool *result)
{
    XJ_VEC(int64_t) found = {0};
    bool more;

    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result, xj_row_int(rows, 0));
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

void
xj_db__end(xj_db *db)
{
    while (db->open != NULL)
        xj_rows_close(db->open);
}

int64_t
xj_row_int(const xj_rows *rows, int col)
{
    XJ_ASSERT(rows->cursor != NULL);
    return rows->db->conn->driver->get_int(rows->cursor, col);
}

double
xj_row_real(const xj_rows *rows, int col)
{
    XJ_ASSERT(rows->cursor != NULL);
    return rows->db->conn->driver->get_real(rows->cursor, col);
}

xj_str
xj_row_str(const xj_rows *rows, int col)
{
    XJ_ASSERT(rows->cursor != NULL);
    return rows->db->conn->driver->get_str(rows->cursor, col);
}

bool
xj_row_null(const xj_rows *rows, int col)
{
    XJ_ASSERT(rows->cursor != NULL);
    return rows->db->conn->driver->is_null(rows->cursor, col);
}

xj_str
xj_row_text(const xj_rows *rows, int col, xj_pool *result)
{
    return xj_str_dup(xj_row_str(rows, col), result);
}

int
xj_rows__columns(const xj_rows *rows)
{
    return rows->db->conn->driver->columns(rows->cursor);
}
