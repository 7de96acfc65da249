#include "plan/plan_priv.h"

xj_str
xj_plan__names_json(const xj_str *names, size_t n, xj_pool *result)
{
    xj_buf out;
    xj_json w;

    xj_buf_init(&out, result, XJ__COLUMN_MAX);
    xj_json_init(&w, &out);
    xj_json_array(&w);
    for (size_t i = 0; i < n; i++)
        xj_json_str(&w, names[i]);
    xj_json_end_array(&w);
    return xj_buf_str(&out);
}

xj_str
xj_plan__dates_json(const xj_month_day *dates, size_t n, xj_pool *result)
{
    xj_buf out;

    if (n == 0)
        return XJ_STR("[]");
    xj_buf_init(&out, result, XJ__COLUMN_MAX);
    for (size_t i = 0; i < n; i++)
        xj_buf_printf(&out, "%s\"%02d-%02d\"", i == 0 ? "[" : ",", dates[i].month, dates[i].day);
    xj_buf_add_char(&out, ']');
    return xj_buf_str(&out);
}

xj_error *
xj_plan__json_names(xj_str **names, size_t *n, xj_str json, xj_pool *result)
{
    const xj_jval *value;

    XJ_TRY(xj_json_parse(&value, json, XJ__COLUMN_MAX, result));
    *n = xj_jval_len(value);
    *names = XJ_NEW_ARRAY(result, xj_str, *n);
    for (size_t i = 0; i < *n; i++)
        (*names)[i] = xj_jval_str(xj_jval_at(value, i));
    return NULL;
}

static void
add_unit(xj_json *w, int64_t id, xj_str name)
{
    xj_json_key_int(w, "id", id);
    xj_json_key_str(w, "name", name);
}

xj_str
xj_plan__unit_json(int64_t id, xj_str name, xj_pool *result)
{
    xj_buf out;
    xj_json w;

    xj_buf_init(&out, result, XJ__COLUMN_MAX);
    xj_json_init(&w, &out);
    xj_json_object(&w);
    add_unit(&w, id, name);
    return xj_buf_str(&out);
}

xj_str
xj_plan__units_json(const xj_unit_cell *units, size_t n, xj_pool *result)
{
    xj_buf out;
    xj_json w;

    xj_buf_init(&out, result, XJ__COLUMN_MAX);
    xj_json_init(&w, &out);
    xj_json_array(&w);
    for (size_t i = 0; i < n; i++) {
        xj_json_object(&w);
        add_unit(&w, units[i].id, units[i].name);
        xj_json_key_str(&w, "role", units[i].role);
        xj_json_key_bool(&w, "inherited", units[i].inherited);
        xj_json_end_object(&w);
    }
    xj_json_end_array(&w);
    return xj_buf_str(&out);
}

int
xj_plan__compare_ids(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return x < y ? -1 : x > y;
}
