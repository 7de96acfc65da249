#include "store/store_priv.h"

#define TEXT_MAX ((size_t)256 << 10)
#define IN_MAX ((size_t)4 << 20)

enum { OP_NULL = XJ_COND_MATCH + 1, OP_NOT_NULL, OP_IN_INT, OP_IN_STR };

struct cond {
    const struct xj_named *filter;
    int op; /* an xj_cond or one of the above */
    bool is_int;
    int64_t i;
    xj_str s;
    const int64_t *ints;
    const xj_str *strs;
    size_t n;
};

struct xj_list {
    const struct xj_statement *statement;
    xj_pool *pool;
    struct cond conds[XJ_LIST_CONDS_MAX];
    int nconds;
    const struct xj_named *order; /* NULL: by the key alone */
    bool descending;
    enum { AFTER_NONE, AFTER_KEY, AFTER_INT, AFTER_STR } after;
    int64_t after_int, after_id;
    xj_str after_str;
};

xj_list *
xj_list__new(const struct xj_statement *statement, xj_pool *pool)
{
    xj_list *list = XJ_NEW(pool, xj_list);

    XJ_ASSERT(strstr(statement->text[0], "{where}") != NULL);
    list->statement = statement;
    list->pool = pool;
    return list;
}

xj_list *
xj_list_new(enum xj_sql sql, xj_pool *pool)
{
    return xj_list__new(&xj_store__statements[sql], pool);
}

static const struct xj_named *
find(const struct xj_named *table, int n, const char *name)
{
    for (int i = 0; i < n; i++) {
        if (strcmp(table[i].name, name) == 0)
            return &table[i];
    }
    return NULL;
}

static struct cond *
add(xj_list *list, const char *name, int op)
{
    struct cond *cond;

    XJ_ASSERT(list->nconds < XJ_LIST_CONDS_MAX);
    cond = &list->conds[list->nconds++];
    *cond = (struct cond){.op = op};
    cond->filter = find(list->statement->filters, list->statement->nfilters, name);
    XJ_ASSERT(cond->filter != NULL);
    return cond;
}

void
xj_list_int(xj_list *list, const char *name, xj_cond cond, int64_t value)
{
    struct cond *made = add(list, name, cond);

    made->is_int = true;
    made->i = value;
}

void
xj_list_str(xj_list *list, const char *name, xj_cond cond, xj_str value)
{
    add(list, name, cond)->s = value;
}

void
xj_list_null(xj_list *list, const char *name, bool is_null)
{
    add(list, name, is_null ? OP_NULL : OP_NOT_NULL);
}

void
xj_list_in(xj_list *list, const char *name, const int64_t *values, size_t n)
{
    struct cond *made = add(list, name, OP_IN_INT);

    made->ints = values;
    made->n = n;
}

void
xj_list_in_str(xj_list *list, const char *name, const xj_str *values, size_t n)
{
    struct cond *made = add(list, name, OP_IN_STR);

    made->strs = values;
    made->n = n;
}

void
xj_list_order(xj_list *list, const char *name, bool descending)
{
    list->order = find(list->statement->orders, list->statement->norders, name);
    XJ_ASSERT(list->order != NULL);
    list->descending = descending;
}

void
xj_list_after_int(xj_list *list, int64_t value, int64_t id)
{
    list->after = AFTER_INT;
    list->after_int = value;
    list->after_id = id;
}

void
xj_list_after_str(xj_list *list, xj_str value, int64_t id)
{
    list->after = AFTER_STR;
    list->after_str = value;
    list->after_id = id;
}

void
xj_list_after(xj_list *list, int64_t id)
{
    list->after = AFTER_KEY;
    list->after_id = id;
}

/* Bind PARAM as the next one and write "$n". */
static void
bind(xj_buf *out, xj_param *params, int *n, xj_param param)
{
    XJ_ASSERT(*n < XJ__PARAMS_MAX);
    if (param.s.data == NULL)
        param.s.data = "";
    params[(*n)++] = param;
    xj_buf_printf(out, "$%d", *n);
}

static void
add_quoted(xj_buf *out, xj_str s)
{
    xj_buf_add_char(out, '"');
    for (size_t i = 0; i < s.len; i++) {
        const unsigned char c = (unsigned char)s.data[i];

        if (c == '"' || c == '\\')
            xj_buf_add_char(out, '\\');
        xj_buf_add_char(out, (char)c);
    }
    xj_buf_add_char(out, '"');
}

/* All values in one parameter, so that the text does not depend on their number: a JSON array for
 * json_each, an array literal for PostgreSQL.  Strings are written alike in both: control bytes
 * are refused by the caller. */
static xj_error *
in_values(xj_str *value, const struct cond *cond, int kind, xj_pool *pool)
{
    xj_buf out;

    xj_buf_init(&out, pool, IN_MAX);
    xj_buf_add_char(&out, kind == XJ__SQLITE ? '[' : '{');
    for (size_t i = 0; i < cond->n; i++) {
        if (i > 0)
            xj_buf_add_char(&out, ',');
        if (cond->op == OP_IN_INT) {
            xj_buf_add_int(&out, cond->ints[i]);
            continue;
        }
        for (size_t at = 0; at < cond->strs[i].len; at++) {
            if ((unsigned char)cond->strs[i].data[at] < ' ')
                return xj_error_new(XJ_E_BAD_INPUT, "a value to look for holds a control byte");
        }
        add_quoted(&out, cond->strs[i]);
    }
    xj_buf_add_char(&out, kind == XJ__SQLITE ? ']' : '}');
    *value = xj_buf_str(&out);
    return xj_buf_check(&out);
}

static xj_error *
add_cond(xj_buf *out, const struct cond *cond, int kind, xj_param *params, int *n, xj_pool *pool)
{
    static const char *const ops[] = {" = ", " <> ", " >= ", " <= ", " > ", " < "};
    const xj_str sql = xj_str_c(cond->filter->sql[kind]);
    xj_param param = {cond->is_int ? XJ_PARAM_INT : XJ_PARAM_TEXT, cond->i, 0, cond->s};
    const size_t mark = xj_str_find(sql, XJ_STR("?"), 0);

    if (cond->s.len > 0 && memchr(cond->s.data, '\0', cond->s.len) != NULL)
        return xj_error_new(XJ_E_BAD_INPUT, "the text holds a NUL byte");
    xj_buf_add(out, XJ_STR(" AND ("));
    XJ_ASSERT((cond->op == XJ_COND_MATCH) == (mark != XJ_NPOS));
    if (cond->op == XJ_COND_MATCH) {
        xj_buf_add(out, xj_str_sub(sql, 0, mark));
        bind(out, params, n, param);
        xj_buf_add(out, xj_str_skip(sql, mark + 1));
    } else {
        xj_buf_add(out, sql);
        if (cond->op == OP_NULL) {
            xj_buf_add(out, XJ_STR(" IS NULL"));
        } else if (cond->op == OP_NOT_NULL) {
            xj_buf_add(out, XJ_STR(" IS NOT NULL"));
        } else if (cond->op == OP_IN_INT || cond->op == OP_IN_STR) {
            param.kind = XJ_PARAM_TEXT;
            XJ_TRY(in_values(&param.s, cond, kind, pool));
            xj_buf_add(out, kind == XJ__SQLITE ? XJ_STR(" IN (SELECT value FROM json_each(")
                                               : XJ_STR(" = ANY("));
            bind(out, params, n, param);
            xj_buf_add(out, kind == XJ__SQLITE      ? XJ_STR("))")
                            : cond->op == OP_IN_INT ? XJ_STR("::bigint[])")
                                                    : XJ_STR("::text[])"));
        } else {
            xj_buf_add(out, xj_str_c(ops[cond->op]));
            bind(out, params, n, param);
        }
    }
    xj_buf_add_char(out, ')');
    return NULL;
}

/* A row value, so that one index serves the order and its continuation. */
static void
add_after(xj_buf *out, const xj_list *list, int kind, xj_param *params, int *n)
{
    const char *key = list->statement->key[kind];
    const char *than = list->descending ? "<" : ">";
    const xj_param id = {.kind = XJ_PARAM_INT, .i = list->after_id};
    xj_param value = {.kind = XJ_PARAM_INT, .i = list->after_int};

    if (list->after == AFTER_NONE)
        return;
    XJ_ASSERT((list->after == AFTER_KEY) == (list->order == NULL));
    if (list->after == AFTER_KEY) {
        xj_buf_printf(out, " AND (%s %s ", key, than);
        bind(out, params, n, id);
        xj_buf_add_char(out, ')');
        return;
    }
    if (list->after == AFTER_STR)
        value = (xj_param){.kind = XJ_PARAM_TEXT, .s = list->after_str};
    xj_buf_printf(out, " AND ((%s, %s) %s (", list->order->sql[kind], key, than);
    bind(out, params, n, value);
    xj_buf_add(out, XJ_STR(", "));
    bind(out, params, n, id);
    xj_buf_add(out, XJ_STR("))"));
}

xj_error *
xj_list__text(xj_str *text, xj_list *list, int kind, int64_t limit, xj_param *params, int *n)
{
    const xj_str whole = xj_str_c(list->statement->text[kind]);
    const size_t where = xj_str_find(whole, XJ_STR("{where}"), 0);
    const size_t order = xj_str_find(whole, XJ_STR("{order}"), 0);
    const char *direction = list->descending ? " DESC" : "";
    xj_buf out;

    XJ_ASSERT(*n == list->statement->params);
    if (list->after == AFTER_STR && list->after_str.len > 0 &&
        memchr(list->after_str.data, '\0', list->after_str.len) != NULL)
        return xj_error_new(XJ_E_BAD_INPUT, "the text holds a NUL byte");
    xj_buf_init(&out, list->pool, TEXT_MAX);
    xj_buf_add(&out, xj_str_sub(whole, 0, where));
    for (int i = 0; i < list->nconds; i++)
        XJ_TRY(add_cond(&out, &list->conds[i], kind, params, n, list->pool));
    add_after(&out, list, kind, params, n);
    xj_buf_add(&out, xj_str_sub(whole, where + strlen("{where}"), order));
    xj_buf_add(&out, XJ_STR("ORDER BY "));
    if (list->order != NULL)
        xj_buf_printf(&out, "%s%s, ", list->order->sql[kind], direction);
    xj_buf_printf(&out, "%s%s LIMIT ", list->statement->key[kind], direction);
    bind(&out, params, n, (xj_param){.kind = XJ_PARAM_INT, .i = limit});
    xj_buf_add(&out, xj_str_skip(whole, order + strlen("{order}")));
    *text = xj_buf_str(&out);
    return xj_buf_check(&out);
}
