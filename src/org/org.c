#include "org/org_priv.h"

#include <sodium.h>

bool
xj_scope_has(const xj_scope *scope, int64_t tenant, int64_t unit)
{
    size_t low = 0, high = scope->nunits;

    if (scope->tenant == 0 || scope->tenant != tenant)
        return false;
    if (scope->all_units)
        return true;
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (scope->units[middle] == unit)
            return true;
        if (scope->units[middle] < unit)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

xj_str
xj_scope_json(const xj_scope *scope, xj_pool *result)
{
    xj_buf out;

    xj_buf_init(&out, result, (size_t)32 + scope->nunits * 20);
    xj_buf_add_char(&out, '[');
    for (size_t i = 0; i < scope->nunits; i++) {
        if (i > 0)
            xj_buf_add_char(&out, ',');
        xj_buf_add_int(&out, scope->units[i]);
    }
    xj_buf_add_char(&out, ']');
    return xj_buf_str(&out);
}

static bool
is_space(uint32_t cp)
{
    return cp == ' ' || cp == 0xA0 || cp == 0x3000 || (cp >= 0x2000 && cp <= 0x200F) ||
           cp == 0x2028 || cp == 0x2029 || cp == 0xFEFF;
}

xj_error *
xj_org__check_text(xj_str text, size_t max, const char *field, const char *what)
{
    size_t pos = 0, count = 0;
    uint32_t cp = 0;

    if (xj_utf8_check(text) != text.len)
        return xj_error_at(xj_error_new(XJ_E_NOT_UTF8, "the %s is not valid UTF-8", what), "%s",
                           field);
    if (text.len == 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the %s is empty", what), "%s", field);
    while (pos < text.len) {
        bool first = pos == 0;

        cp = xj_utf8_next(text, &pos);
        count++;
        if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0))
            return xj_error_at(
                xj_error_new(XJ_E_BAD_INPUT, "the %s holds a control character", what), "%s",
                field);
        if ((first || pos == text.len) && is_space(cp))
            return xj_error_at(
                xj_error_new(XJ_E_BAD_INPUT, "the %s begins or ends with white space", what), "%s",
                field);
    }
    if (count > max)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT,
                                        "the %s has %zu characters; the limit is %zu", what, count,
                                        max),
                           "%s", field);
    return NULL;
}

xj_str
xj_org__name_key(xj_str name, xj_pool *result)
{
    char *key = xj_alloc(result, name.len + 1);

    for (size_t i = 0; i < name.len; i++) {
        char c = name.data[i];

        key[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    key[name.len] = '\0';
    return xj_str_of(key, name.len);
}

void
xj_org__hash(unsigned char hash[XJ_ORG__HASH_LEN], xj_str text)
{
    crypto_hash_sha256(hash, (const unsigned char *)(text.data == NULL ? "" : text.data), text.len);
}
