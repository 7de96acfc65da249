#include "json/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

void
xj_json_init(xj_json *w, xj_buf *out)
{
    *w = (xj_json){.out = out};
}

/* What stands between the last value and the next one. */
static void
before_value(xj_json *w)
{
    if (w->after_key)
        w->after_key = false;
    else if (w->more >> w->depth & 1)
        xj_buf_add_char(w->out, ',');
    w->more |= (uint64_t)1 << w->depth;
}

/* Where the value may not be seen, null stands in its place. */
static bool
is_hidden(xj_json *w)
{
    if (!w->hide)
        return false;
    w->hide = false;
    xj_json_null(w);
    return true;
}

static void
open_level(xj_json *w, char c)
{
    XJ_ASSERT(!w->hide);
    before_value(w);
    xj_buf_add_char(w->out, c);
    w->depth++;
    XJ_ASSERT(w->depth <= XJ_JSON_DEPTH_MAX);
    w->more &= ~((uint64_t)1 << w->depth);
}

static void
close_level(xj_json *w, char c)
{
    XJ_ASSERT(w->depth > 0 && !w->after_key);
    w->depth--;
    xj_buf_add_char(w->out, c);
}

void
xj_json_object(xj_json *w)
{
    open_level(w, '{');
}

void
xj_json_end_object(xj_json *w)
{
    close_level(w, '}');
}

void
xj_json_array(xj_json *w)
{
    open_level(w, '[');
}

void
xj_json_end_array(xj_json *w)
{
    close_level(w, ']');
}

void
xj_json_key(xj_json *w, const char *key)
{
    before_value(w);
    xj_buf_add_char(w->out, '"');
    xj_buf_add(w->out, xj_str_c(key));
    xj_buf_add(w->out, XJ_STR("\":"));
    w->after_key = true;
    for (const char *const *name = w->hidden; name != NULL && *name != NULL; name++)
        w->hide = w->hide || strcmp(*name, key) == 0;
}

/* Runs that need no escape are copied whole. */
void
xj_json_str(xj_json *w, xj_str s)
{
    static const char hex[] = "0123456789abcdef";
    size_t from = 0;

    if (is_hidden(w))
        return;
    if (s.data == NULL) {
        xj_json_null(w);
        return;
    }
    before_value(w);
    xj_buf_add_char(w->out, '"');
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.data[i];
        char esc[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
        size_t n = 2;

        if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
            continue;
        xj_buf_add(w->out, xj_str_sub(s, from, i));
        from = i + 1;
        if (c == '"' || c == '\\')
            esc[1] = (char)c;
        else if (c == '\n')
            esc[1] = 'n';
        else if (c == '\t')
            esc[1] = 't';
        else if (c == '\r')
            esc[1] = 'r';
        else
            n = 6;
        xj_buf_add(w->out, xj_str_of(esc, n));
    }
    xj_buf_add(w->out, xj_str_sub(s, from, s.len));
    xj_buf_add_char(w->out, '"');
}

void
xj_json_int(xj_json *w, int64_t n)
{
    if (is_hidden(w))
        return;
    before_value(w);
    xj_buf_add_int(w->out, n);
}

void
xj_json_real(xj_json *w, double n)
{
    char text[40];
    int len = 0;

    XJ_ASSERT(isfinite(n));
    if (is_hidden(w))
        return;
    if (n == 0)
        n = 0; /* no sign: "-0" reads back as an integer, which has none */
    before_value(w);
    for (int digits = 15; digits <= 17; digits++) {
        len = snprintf(text, sizeof text, "%.*g", digits, n);
        if (strtod(text, NULL) == n)
            break;
    }
    xj_buf_add(w->out, xj_str_of(text, (size_t)len));
}

void
xj_json_bool(xj_json *w, bool b)
{
    if (is_hidden(w))
        return;
    before_value(w);
    xj_buf_add(w->out, b ? XJ_STR("true") : XJ_STR("false"));
}

void
xj_json_null(xj_json *w)
{
    w->hide = false;
    before_value(w);
    xj_buf_add(w->out, XJ_STR("null"));
}

void
xj_json_raw(xj_json *w, xj_str text)
{
    if (is_hidden(w))
        return;
    before_value(w);
    xj_buf_add(w->out, text);
}

void
xj_json_key_str(xj_json *w, const char *key, xj_str s)
{
    xj_json_key(w, key);
    xj_json_str(w, s);
}

void
xj_json_key_int(xj_json *w, const char *key, int64_t n)
{
    xj_json_key(w, key);
    xj_json_int(w, n);
}

void
xj_json_key_bool(xj_json *w, const char *key, bool b)
{
    xj_json_key(w, key);
    xj_json_bool(w, b);
}

void
xj_json_key_id(xj_json *w, const char *key, int64_t id)
{
    xj_json_key(w, key);
    if (id == 0)
        xj_json_null(w);
    else
        xj_json_int(w, id);
}

void
xj_json_key_natural(xj_json *w, const char *key, int64_t n)
{
    xj_json_key(w, key);
    if (n < 0)
        xj_json_null(w);
    else
        xj_json_int(w, n);
}

void
xj_json_key_raw(xj_json *w, const char *key, xj_str text)
{
    xj_json_key(w, key);
    if (text.data == NULL)
        xj_json_null(w);
    else
        xj_json_raw(w, text);
}
