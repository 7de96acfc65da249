#include "json/json.h"

#include <jansson.h>

/*
 * xj_jval is jansson's own json_t; the tree is released with the pool.  jansson 2.14 keeps objects
 * in order of insertion.
 */
static const json_t *
of(const xj_jval *value)
{
    return (const json_t *)(const void *)value;
}

static const xj_jval *
as(const json_t *value)
{
    return json_is_null(value) ? NULL : (const xj_jval *)(const void *)value;
}

static void
release(void *root)
{
    json_decref(root);
}

/* jansson's own depth limit is 2,048; ours is asked beforehand, so that no reader recurses deeper.
 */
static xj_error *
check_depth(xj_str text)
{
    int depth = 0;
    bool quoted = false;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];

        if (quoted) {
            if (c == '\\')
                i++;
            else if (c == '"')
                quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            if (++depth > XJ_JSON_DEPTH_MAX)
                return xj_error_new(XJ_E_BAD_JSON, "nested deeper than %d levels",
                                    XJ_JSON_DEPTH_MAX);
        } else if (c == '}' || c == ']') {
            depth--;
        }
    }
    return NULL;
}

xj_error *
xj_json_parse(const xj_jval **value, xj_str text, size_t limit, xj_pool *result)
{
    json_error_t error;
    json_t *root;

    if (text.len > limit)
        return xj_error_new(XJ_E_TOO_LARGE, "the JSON text has %zu bytes; the limit is %zu",
                            text.len, limit);
    XJ_TRY(check_depth(text));
    root = json_loadb(text.data == NULL ? "" : text.data, text.len,
                      JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (root == NULL)
        return xj_error_new(XJ_E_BAD_JSON, "not valid JSON at line %d, column %d: %s", error.line,
                            error.column, error.text);
    xj_pool_on_end(result, release, root);
    *value = (const xj_jval *)(const void *)root;
    return NULL;
}

xj_jtype
xj_jval_type(const xj_jval *value)
{
    switch (value == NULL ? JSON_NULL : json_typeof(of(value))) {
    case JSON_OBJECT:
        return XJ_J_OBJECT;
    case JSON_ARRAY:
        return XJ_J_ARRAY;
    case JSON_STRING:
        return XJ_J_STR;
    case JSON_INTEGER:
        return XJ_J_INT;
    case JSON_REAL:
        return XJ_J_REAL;
    case JSON_TRUE:
    case JSON_FALSE:
        return XJ_J_BOOL;
    case JSON_NULL:
        break;
    }
    return XJ_J_NULL;
}

const xj_jval *
xj_jval_find(const xj_jval *value, const char *key)
{
    return value == NULL ? NULL : as(json_object_get(of(value), key));
}

size_t
xj_jval_len(const xj_jval *value)
{
    if (value == NULL)
        return 0;
    return json_is_array(of(value)) ? json_array_size(of(value)) : json_object_size(of(value));
}

const xj_jval *
xj_jval_at(const xj_jval *value, size_t index)
{
    return value == NULL ? NULL : as(json_array_get(of(value), index));
}

const char *
xj_jval_key_at(const xj_jval *value, size_t index)
{
    /* jansson's iterator wants a non-const object but changes nothing. */
    json_t *object = (json_t *)(uintptr_t)(const void *)value;
    void *iter = json_object_iter(object);

    while (iter != NULL && index-- > 0)
        iter = json_object_iter_next(object, iter);
    return iter == NULL ? NULL : json_object_iter_key(iter);
}

bool
xj_jval_has(const xj_jval *value, const char *key)
{
    return value != NULL && json_object_get(of(value), key) != NULL;
}

bool
xj_jval_next(xj_jmember *member, const xj_jval *value)
{
    /* As in xj_jval_key_at. */
    json_t *object = (json_t *)(uintptr_t)(const void *)value;

    if (object == NULL)
        return false;
    member->place = member->place == NULL ? json_object_iter(object)
                                          : json_object_iter_next(object, member->place);
    if (member->place == NULL)
        return false;
    member->key = json_object_iter_key(member->place);
    member->value = as(json_object_iter_value(member->place));
    return true;
}

xj_str
xj_jval_str(const xj_jval *value)
{
    if (value == NULL || !json_is_string(of(value)))
        return XJ_STR_NONE;
    return xj_str_of(json_string_value(of(value)), json_string_length(of(value)));
}

int64_t
xj_jval_int(const xj_jval *value)
{
    return value == NULL ? 0 : json_integer_value(of(value));
}

double
xj_jval_real(const xj_jval *value)
{
    return value == NULL ? 0 : json_number_value(of(value));
}

bool
xj_jval_bool(const xj_jval *value)
{
    return value != NULL && json_is_true(of(value));
}

/* *OUT is the member, NULL where it is absent and may be. */
static xj_error *
get(const xj_jval **out, const xj_jval *object, const char *key, xj_jtype type, const char *wanted,
    bool required)
{
    *out = NULL;
    if (xj_jval_type(object) != XJ_J_OBJECT)
        return xj_error_new(XJ_E_BAD_INPUT, "expected a JSON object");
    *out = xj_jval_find(object, key);
    if (*out == NULL) {
        if (!required)
            return NULL;
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "\"%s\" is missing", key), "/%s", key);
    }
    if (xj_jval_type(*out) != type)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "\"%s\" must be %s", key, wanted), "/%s",
                           key);
    return NULL;
}

xj_error *
xj_jval_get_str(xj_str *out, const xj_jval *object, const char *key, bool required)
{
    const xj_jval *member;

    XJ_TRY(get(&member, object, key, XJ_J_STR, "a string", required));
    if (member != NULL)
        *out = xj_jval_str(member);
    return NULL;
}

xj_error *
xj_jval_get_int(int64_t *out, const xj_jval *object, const char *key, bool required)
{
    const xj_jval *member;

    XJ_TRY(get(&member, object, key, XJ_J_INT, "an integer", required));
    if (member != NULL)
        *out = xj_jval_int(member);
    return NULL;
}

xj_error *
xj_jval_get_bool(bool *out, const xj_jval *object, const char *key, bool required)
{
    const xj_jval *member;

    XJ_TRY(get(&member, object, key, XJ_J_BOOL, "true or false", required));
    if (member != NULL)
        *out = xj_jval_bool(member);
    return NULL;
}

xj_error *
xj_jval_only(const xj_jval *object, const char *const *keys)
{
    xj_jmember m = {0};

    while (xj_jval_next(&m, object)) {
        bool known = false;

        for (size_t k = 0; keys[k] != NULL && !known; k++)
            known = strcmp(keys[k], m.key) == 0;
        if (!known)
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "\"%s\" is not expected here", m.key),
                               "/%s", m.key);
    }
    return NULL;
}
