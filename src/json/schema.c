#include "json/schema.h"

#include "base/cal.h"

#include <stdio.h>

#define PLACE_MAX ((size_t)512)

/* Where the check stands in the value, from the inside out. */
struct place {
    const struct place *outer;
    const char *key; /* NULL: `index` of an array */
    size_t index;
};

/* The part of a schema that a mistake is told with: what must be, as words. */
static void
put_place(char *out, size_t *len, const struct place *place)
{
    char index[24];
    const char *key;

    if (place == NULL || place->outer == NULL)
        return;
    put_place(out, len, place->outer);
    snprintf(index, sizeof index, "%zu", place->index);
    key = place->key == NULL ? index : place->key;
    if (*len + 1 < PLACE_MAX)
        out[(*len)++] = '/';
    for (; *key != '\0' && *len + 2 < PLACE_MAX; key++) {
        if (*key == '~' || *key == '/') {
            out[(*len)++] = '~';
            out[(*len)++] = *key == '~' ? '0' : '1';
        } else {
            out[(*len)++] = *key;
        }
    }
}

static xj_error *wrong(const struct place *place, const char *fmt, ...) XJ_PRINTF(2, 3);

static xj_error *
wrong(const struct place *place, const char *fmt, ...)
{
    char at[PLACE_MAX + 1], what[512];
    size_t len = 0;
    va_list args;

    put_place(at, &len, place);
    /* A key cut within a character. */
    len = xj_utf8_check(xj_str_of(at, len));
    at[len] = '\0';
    va_start(args, fmt);
    vsnprintf(what, sizeof what, fmt, args);
    va_end(args);
    return xj_error_at(len == 0 ? xj_error_new(XJ_E_BAD_INPUT, "the body %s", what)
                                : xj_error_new(XJ_E_BAD_INPUT, "\"%s\" %s", at, what),
                       "%s", at);
}

static unsigned
type_of(const xj_jval *value)
{
    switch (xj_jval_type(value)) {
    case XJ_J_NULL:
        return XJ_S_NULL;
    case XJ_J_BOOL:
        return XJ_S_BOOL;
    case XJ_J_INT:
        return XJ_S_INT;
    case XJ_J_REAL:
        return XJ_S_NUMBER;
    case XJ_J_STR:
        return XJ_S_STR;
    case XJ_J_ARRAY:
        return XJ_S_ARRAY;
    case XJ_J_OBJECT:
        break;
    }
    return XJ_S_OBJECT;
}

static bool
takes(const xj_schema *schema, unsigned type)
{
    if (schema->types == 0 || (schema->types & type) != 0)
        return true;
    return type == XJ_S_INT && (schema->types & XJ_S_NUMBER) != 0;
}

static const char *
type_words(unsigned types)
{
    static const struct {
        unsigned type;
        const char *words;
    } names[] = {{XJ_S_OBJECT, "an object"}, {XJ_S_ARRAY, "a list"},
                 {XJ_S_STR, "text"},         {XJ_S_NUMBER, "a number"},
                 {XJ_S_INT, "an integer"},   {XJ_S_BOOL, "true or false"}};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if ((types & names[i].type) != 0)
            return names[i].words;
    return "null";
}

/* ---- text ---- */

static bool
digits(xj_str s, size_t from, size_t n, int *out)
{
    *out = 0;
    if (from + n > s.len)
        return false;
    for (size_t i = from; i < from + n; i++) {
        if (s.data[i] < '0' || s.data[i] > '9')
            return false;
        *out = *out * 10 + (s.data[i] - '0');
    }
    return true;
}

/* "2020-12-31T23:59:59Z", "2020-12-31T23:59:59.5+08:00" */
static bool
date_time_ok(xj_str s)
{
    xj_date date;
    int hour, minute, second, zone_hour, zone_minute;
    size_t at = 19;

    if (s.len < 20 || !xj_date_parse(&date, xj_str_sub(s, 0, 10)) || s.data[10] != 'T' ||
        !digits(s, 11, 2, &hour) || s.data[13] != ':' || !digits(s, 14, 2, &minute) ||
        s.data[16] != ':' || !digits(s, 17, 2, &second) || hour > 23 || minute > 59 || second > 60)
        return false;
    if (s.data[at] == '.') {
        size_t first = ++at;

        while (at < s.len && s.data[at] >= '0' && s.data[at] <= '9')
            at++;
        if (at == first || at == s.len)
            return false;
    }
    if (s.data[at] == 'Z')
        return at + 1 == s.len;
    return (s.data[at] == '+' || s.data[at] == '-') && s.len == at + 6 &&
           digits(s, at + 1, 2, &zone_hour) && s.data[at + 3] == ':' &&
           digits(s, at + 4, 2, &zone_minute) && zone_hour < 24 && zone_minute < 60;
}

static xj_error *
check_values(const xj_schema *schema, xj_str text, const struct place *place)
{
    char list[384];
    size_t len = 0;

    for (const char *const *v = schema->values; *v != NULL; v++)
        if (xj_str_eq(text, xj_str_c(*v)))
            return NULL;
    list[0] = '\0';
    for (const char *const *v = schema->values; *v != NULL && len + 1 < sizeof list; v++) {
        int n = snprintf(list + len, sizeof list - len, "%s%s", len == 0 ? "" : ", ", *v);

        len += n < 0 ? 0 : (size_t)n;
    }
    return wrong(place, "must be one of %s", list);
}

static xj_error *
check_str(const xj_schema *schema, xj_str text, const struct place *place)
{
    xj_date date;

    if (schema->values != NULL)
        XJ_TRY(check_values(schema, text, place));
    if (schema->len_min > 0 || schema->len_max > 0) {
        size_t n = xj_utf8_count(text);

        if (n < schema->len_min)
            return wrong(place, "must have at least %zu character%s", schema->len_min,
                         schema->len_min == 1 ? "" : "s");
        if (schema->len_max > 0 && n > schema->len_max)
            return wrong(place, "has %zu characters; the limit is %zu", n, schema->len_max);
    }
    if (schema->format == XJ_FORMAT_DATE && !xj_date_parse(&date, text))
        return wrong(place, "must be a date like 2020-12-31");
    if (schema->format == XJ_FORMAT_DATE_TIME && !date_time_ok(text))
        return wrong(place, "must be a time like 2020-12-31T08:00:00Z");
    if (schema->pattern != NULL && !xj_pattern_match(schema->pattern, text))
        return wrong(place, "must be of the form %s", schema->pattern);
    return NULL;
}

/* ---- numbers ---- */

static xj_error *
check_number(const xj_schema *schema, double n, const struct place *place)
{
    if (schema->has_min && n < schema->min)
        return wrong(place, "must be at least %.17g", schema->min);
    if (schema->has_max && n > schema->max)
        return wrong(place, "must be at most %.17g", schema->max);
    return NULL;
}

/* ---- values ---- */

static xj_error *check(const xj_schema *schema, const xj_jval *value, const struct place *place);

static xj_error *
check_count(const xj_schema *schema, size_t n, const char *what, const struct place *place)
{
    if (n < schema->len_min)
        return wrong(place, "must have at least %zu %s%s", schema->len_min, what,
                     schema->len_min == 1 ? "" : "s");
    if (schema->len_max > 0 && n > schema->len_max)
        return wrong(place, "has %zu %ss; the limit is %zu", n, what, schema->len_max);
    return NULL;
}

static xj_error *
check_array(const xj_schema *schema, const xj_jval *value, const struct place *place)
{
    XJ_TRY(check_count(schema, xj_jval_len(value), "item", place));
    for (size_t i = 0; schema->items != NULL && i < xj_jval_len(value); i++) {
        struct place inner = {.outer = place, .index = i};

        XJ_TRY(check(schema->items, xj_jval_at(value, i), &inner));
    }
    return NULL;
}

static const xj_schema_member *
member_of(const xj_schema *schema, const char *key)
{
    for (size_t i = 0; i < schema->nmembers; i++)
        if (strcmp(schema->members[i].name, key) == 0)
            return &schema->members[i];
    return NULL;
}

static xj_error *
check_object(const xj_schema *schema, const xj_jval *value, const struct place *place)
{
    xj_jmember m = {0};

    XJ_TRY(check_count(schema, xj_jval_len(value), "member", place));
    for (size_t i = 0; i < schema->nmembers; i++) {
        struct place inner = {.outer = place, .key = schema->members[i].name};

        if (schema->members[i].required && !xj_jval_has(value, schema->members[i].name))
            return wrong(&inner, "is missing");
    }
    while (xj_jval_next(&m, value)) {
        const xj_schema_member *member = member_of(schema, m.key);
        struct place inner = {.outer = place, .key = m.key};

        if (member != NULL)
            XJ_TRY(check(member->schema, m.value, &inner));
        else if (schema->closed)
            return wrong(&inner, "is not expected here");
    }
    return NULL;
}

/* VALUE must fit one alternative; where only one is of its type, that one's mistake is told. */
static xj_error *
check_any(const xj_schema *schema, const xj_jval *value, const struct place *place)
{
    const xj_schema *candidate = NULL;
    size_t candidates = 0;

    for (const xj_schema *const *one = schema->any; *one != NULL; one++) {
        xj_error *err;

        if (!takes(*one, type_of(value)))
            continue;
        err = check(*one, value, place);
        if (err == NULL)
            return NULL;
        xj_error_clear(err);
        candidate = *one;
        candidates++;
    }
    return candidates == 1 ? check(candidate, value, place)
                           : wrong(place, "fits none of the forms that it may have");
}

static xj_error *
check(const xj_schema *schema, const xj_jval *value, const struct place *place)
{
    unsigned type = type_of(value);

    if (!takes(schema, type))
        return wrong(place, "must be %s", type_words(schema->types));
    if (schema->any != NULL)
        XJ_TRY(check_any(schema, value, place));
    switch (type) {
    case XJ_S_STR:
        return check_str(schema, xj_jval_str(value), place);
    case XJ_S_INT:
    case XJ_S_NUMBER:
        return check_number(schema, xj_jval_real(value), place);
    case XJ_S_ARRAY:
        return check_array(schema, value, place);
    case XJ_S_OBJECT:
        return check_object(schema, value, place);
    default:
        return NULL;
    }
}

xj_error *
xj_schema_check(const xj_schema *schema, const xj_jval *value)
{
    return check(schema, value, &(struct place){0});
}

xj_error *
xj_schema_check_text(int64_t *number, const xj_schema *schema, const char *name, xj_str text)
{
    const struct place whole = {0}, place = {.outer = &whole, .key = name};
    xj_error *err = NULL;

    *number = 0;
    if ((schema->types & XJ_S_INT) != 0) {
        if (!xj_str_int(number, text))
            err = wrong(&place, "must be an integer");
        else
            err = check_number(schema, (double)*number, &place);
    } else if ((schema->types & XJ_S_BOOL) != 0) {
        *number = xj_str_eq(text, XJ_STR("true"));
        if (*number == 0 && !xj_str_eq(text, XJ_STR("false")))
            err = wrong(&place, "must be true or false");
    } else {
        err = check_str(schema, text, &place);
    }
    return err;
}
