#include "http/url.h"

static int
hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

static bool
control(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7f;
}

static char
lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool
xj_str_eq_nocase(xj_str a, xj_str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower(a.data[i]) != lower(b.data[i]))
            return false;
    return true;
}

static xj_error *
check_text(xj_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (control(s.data[i]))
            return xj_error_new(XJ_E_BAD_INPUT, "the address has a control character");
    if (xj_utf8_check(s) != s.len)
        return xj_error_new(XJ_E_NOT_UTF8, "the address is not valid UTF-8");
    return NULL;
}

xj_error *
xj_url_decode(xj_str *out, xj_str s, bool plus, xj_pool *result)
{
    size_t at = 0, len = 0;
    char *text;

    while (at < s.len && s.data[at] != '%' && !(plus && s.data[at] == '+'))
        at++;
    *out = s;
    if (at == s.len)
        return check_text(s);
    text = xj_alloc(result, s.len + 1);
    for (at = 0; at < s.len; at++) {
        char c = s.data[at];

        if (c == '+' && plus) {
            c = ' ';
        } else if (c == '%') {
            int high, low;

            if (at + 2 >= s.len)
                return xj_error_new(XJ_E_BAD_INPUT, "the address ends within an escape");
            high = hex(s.data[at + 1]);
            low = hex(s.data[at + 2]);
            if (high < 0 || low < 0)
                return xj_error_new(XJ_E_BAD_INPUT,
                                    "the address has a %% that is not followed by two hex digits");
            c = (char)(high * 16 + low);
            at += 2;
        }
        text[len++] = c;
    }
    text[len] = '\0';
    *out = xj_str_of(text, len);
    return check_text(*out);
}

void
xj_url_encode(xj_buf *out, xj_str s)
{
    static const char digits[] = "0123456789ABCDEF";

    for (size_t i = 0; i < s.len; i++) {
        char c = s.data[i];

        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
            c == '-' || c == '.' || c == '_' || c == '~') {
            xj_buf_add_char(out, c);
        } else {
            xj_buf_add_char(out, '%');
            xj_buf_add_char(out, digits[(unsigned char)c >> 4]);
            xj_buf_add_char(out, digits[(unsigned char)c & 15]);
        }
    }
}

static xj_error *
check_path(xj_str raw, xj_str path)
{
    xj_str rest, segment;

    for (size_t i = 0; i + 2 < raw.len; i++)
        if (raw.data[i] == '%' && raw.data[i + 1] == '2' && lower(raw.data[i + 2]) == 'f')
            return xj_error_new(XJ_E_BAD_INPUT, "the path has an encoded slash");
    if (path.len == 0 || path.data[0] != '/')
        return xj_error_new(XJ_E_BAD_INPUT, "the path does not begin with a slash");
    rest = xj_str_skip(path, 1);
    while (xj_str_split(&segment, &rest, '/')) {
        if (xj_str_eq(segment, XJ_STR(".")) || xj_str_eq(segment, XJ_STR("..")))
            return xj_error_new(XJ_E_BAD_INPUT, "the path has \".\" or \"..\" as a segment");
        if (xj_str_has(segment, XJ_STR("\\")))
            return xj_error_new(XJ_E_BAD_INPUT, "the path has a backslash");
    }
    return NULL;
}

xj_error *
xj_url_target(xj_str *path, xj_str *query, xj_str target, xj_pool *result)
{
    size_t at;
    xj_str raw;

    *path = *query = XJ_STR("");
    /* A proxy's form: scheme and host stand before the path. */
    if (xj_str_starts(target, XJ_STR("http://")) || xj_str_starts(target, XJ_STR("https://"))) {
        at = xj_str_find(target, XJ_STR("/"), xj_str_find(target, XJ_STR("://"), 0) + 3);
        target = at == XJ_NPOS ? XJ_STR("/") : xj_str_skip(target, at);
    }
    at = xj_str_find(target, XJ_STR("?"), 0);
    raw = at == XJ_NPOS ? target : xj_str_sub(target, 0, at);
    if (xj_str_has(raw, XJ_STR(" ")) || xj_str_has(raw, XJ_STR("#")))
        return xj_error_new(XJ_E_BAD_INPUT, "the path has a space or a fragment");
    if (xj_str_eq(target, XJ_STR("*"))) {
        *path = target;
        return NULL;
    }
    XJ_TRY(xj_url_decode(path, raw, false, result));
    XJ_TRY(check_path(raw, *path));
    if (at != XJ_NPOS)
        *query = xj_str_skip(target, at + 1);
    return NULL;
}

xj_error *
xj_url_query(xj_header **items, size_t *len, xj_str query, size_t max, xj_pool *result)
{
    xj_str part, rest = query;
    size_t parts = 0, n = 0;

    *items = NULL;
    *len = 0;
    if (query.len == 0)
        return NULL;
    while (xj_str_split(&part, &rest, '&'))
        parts += part.len > 0;
    if (parts > max)
        return xj_error_new(XJ_E_BAD_INPUT, "the query has %zu parameters; the limit is %zu", parts,
                            max);
    *items = XJ_NEW_ARRAY(result, xj_header, parts == 0 ? 1 : parts);
    rest = query;
    while (xj_str_split(&part, &rest, '&')) {
        size_t eq = xj_str_find(part, XJ_STR("="), 0);
        xj_header *item = &(*items)[n];

        if (part.len == 0)
            continue;
        XJ_TRY(xj_url_decode(&item->name, xj_str_sub(part, 0, eq), true, result));
        XJ_TRY(xj_url_decode(&item->value, eq == XJ_NPOS ? XJ_STR("") : xj_str_skip(part, eq + 1),
                             true, result));
        if (item->name.len == 0)
            return xj_error_new(XJ_E_BAD_INPUT, "the query has a parameter without a name");
        n++;
    }
    *len = n;
    return NULL;
}

xj_str
xj_cookie_find(xj_str header, const char *name)
{
    xj_str part, rest = header, wanted = xj_str_c(name);

    while (xj_str_split(&part, &rest, ';')) {
        size_t eq = xj_str_find(part, XJ_STR("="), 0);
        xj_str value;

        if (eq == XJ_NPOS || !xj_str_eq(xj_str_trim(xj_str_sub(part, 0, eq)), wanted))
            continue;
        value = xj_str_trim(xj_str_skip(part, eq + 1));
        if (value.len >= 2 && value.data[0] == '"' && value.data[value.len - 1] == '"')
            value = xj_str_sub(value, 1, value.len - 1);
        return value;
    }
    return XJ_STR_NONE;
}

/* "q=0", "q=0.0", ... in the parameters behind a coding. */
static bool
refused(xj_str params)
{
    xj_str part;

    while (xj_str_split(&part, &params, ';')) {
        part = xj_str_trim(part);
        if (part.len < 3 || lower(part.data[0]) != 'q' || part.data[1] != '=')
            continue;
        for (size_t i = 2; i < part.len; i++)
            if (part.data[i] != '0' && part.data[i] != '.')
                return false;
        return true;
    }
    return false;
}

bool
xj_accepts_gzip(xj_str header)
{
    xj_str part, rest = header;
    bool any = false;

    while (xj_str_split(&part, &rest, ',')) {
        size_t semi = xj_str_find(part, XJ_STR(";"), 0);
        xj_str coding = xj_str_trim(xj_str_sub(part, 0, semi));
        xj_str params = semi == XJ_NPOS ? XJ_STR("") : xj_str_skip(part, semi + 1);

        if (xj_str_eq_nocase(coding, XJ_STR("gzip")))
            return !refused(params);
        if (xj_str_eq(coding, XJ_STR("*")))
            any = !refused(params);
    }
    return any;
}

bool
xj_etag_listed(xj_str header, xj_str etag)
{
    xj_str rest = header;

    if (etag.len == 0)
        return false;
    if (xj_str_eq(xj_str_trim(header), XJ_STR("*")))
        return true;
    for (;;) {
        size_t open = xj_str_find(rest, XJ_STR("\""), 0);
        size_t close;

        if (open == XJ_NPOS)
            return false;
        close = xj_str_find(rest, XJ_STR("\""), open + 1);
        if (close == XJ_NPOS)
            return false;
        if (xj_str_eq(xj_str_sub(rest, open + 1, close), etag))
            return true;
        rest = xj_str_skip(rest, close + 1);
    }
}

bool
xj_request_id_ok(xj_str id)
{
    if (id.len < 8 || id.len > XJ_REQUEST_ID_MAX)
        return false;
    for (size_t i = 0; i < id.len; i++) {
        char c = lower(id.data[i]);

        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-'))
            return false;
    }
    return true;
}

static xj_str
essence(xj_str header)
{
    return xj_str_trim(xj_str_sub(header, 0, xj_str_find(header, XJ_STR(";"), 0)));
}

bool
xj_type_is(xj_str header, const char *type)
{
    return xj_str_eq_nocase(essence(header), xj_str_c(type));
}

bool
xj_type_is_text(xj_str content_type)
{
    xj_str type = essence(content_type);

    return xj_str_starts(type, XJ_STR("text/")) || xj_str_ends(type, XJ_STR("json")) ||
           xj_str_ends(type, XJ_STR("xml")) || xj_str_ends(type, XJ_STR("javascript"));
}
