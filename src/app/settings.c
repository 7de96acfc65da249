#include "app/settings.h"

#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

const xj_setting_row xj_setting_rows[XJ_SET_COUNT] = {
#define X(name, type, preset, least, most, secret)                                                 \
    [XJ_SET_##name] = {#name, XJ_SETTING_##type, preset, least, most, secret},
#include "app/settings.def"
#undef X
};

static bool
read_bool(int64_t *out, xj_str text)
{
    if (xj_str_eq(text, XJ_STR("true")) || xj_str_eq(text, XJ_STR("yes")) ||
        xj_str_eq(text, XJ_STR("1")))
        *out = 1;
    else if (xj_str_eq(text, XJ_STR("false")) || xj_str_eq(text, XJ_STR("no")) ||
             xj_str_eq(text, XJ_STR("0")))
        *out = 0;
    else
        return false;
    return true;
}

static bool
same_name(const char *name, xj_str given)
{
    if (strlen(name) != given.len)
        return false;
    for (size_t i = 0; i < given.len; i++)
        if (name[i] != (given.data[i] == '-' ? '_' : given.data[i]))
            return false;
    return true;
}

static xj_error *
set_row(xj_settings *settings, xj_setting which, const char *value, const char *from)
{
    const xj_setting_row *row = &xj_setting_rows[which];
    xj_str text = xj_str_c(value);
    int64_t number = 0;

    if (xj_utf8_check(text) != text.len)
        return xj_error_new(XJ_E_CONFIG, "the setting \"%s\" is not valid UTF-8", row->name);
    switch (row->type) {
    case XJ_SETTING_BOOL:
        if (!read_bool(&number, text))
            return xj_error_new(XJ_E_CONFIG, "the setting \"%s\" is true or false, not \"%s\"",
                                row->name, value);
        break;
    case XJ_SETTING_INT:
        if (!xj_str_int(&number, text) || number < row->least || number > row->most)
            return xj_error_new(XJ_E_CONFIG,
                                "the setting \"%s\" is a number from %lld to %lld, not \"%s\"",
                                row->name, (long long)row->least, (long long)row->most, value);
        break;
    case XJ_SETTING_STR:
        if ((int64_t)text.len < row->least || (int64_t)text.len > row->most)
            return xj_error_new(XJ_E_CONFIG, "the setting \"%s\" has %lld to %lld bytes, not %zu",
                                row->name, (long long)row->least, (long long)row->most, text.len);
        break;
    }
    settings->values[which] = (xj_setting_value){value, number, from};
    return NULL;
}

void
xj_settings_init(xj_settings *settings)
{
    for (int i = 0; i < XJ_SET_COUNT; i++) {
        xj_error *err = set_row(settings, (xj_setting)i, xj_setting_rows[i].preset, "default");

        XJ_ASSERT(err == NULL);
    }
}

xj_error *
xj_settings_set(xj_settings *settings, xj_str name, const char *value, const char *from,
                xj_pool *pool)
{
    for (int i = 0; i < XJ_SET_COUNT; i++)
        if (same_name(xj_setting_rows[i].name, name))
            return set_row(settings, (xj_setting)i, xj_str_cdup(xj_str_c(value), pool), from);
    return xj_error_new(XJ_E_CONFIG, "there is no setting \"" XJ_FMT "\"", XJ_ARG(name));
}

xj_error *
xj_settings_text(xj_settings *settings, xj_str text, xj_pool *pool)
{
    xj_str line, rest = text;
    int number = 0;

    while (xj_str_split(&line, &rest, '\n')) {
        xj_error *err;
        size_t sign;
        xj_str name, value;

        number++;
        line = xj_str_trim(line);
        if (line.len == 0 || line.data[0] == '#')
            continue;
        sign = xj_str_find(line, XJ_STR("="), 0);
        if (sign == XJ_NPOS)
            return xj_error_new(XJ_E_CONFIG, "line %d of the settings is not \"name = value\"",
                                number);
        name = xj_str_trim(xj_str_sub(line, 0, sign));
        value = xj_str_trim(xj_str_skip(line, sign + 1));
        if (memchr(value.data, '\0', value.len) != NULL)
            return xj_error_new(XJ_E_CONFIG, "line %d of the settings holds a NUL", number);
        err = xj_settings_set(settings, name, xj_str_cdup(value, pool), "file", pool);
        if (err != NULL)
            return xj_error_wrap(XJ_E_CONFIG, err, "line %d of the settings: %s", number,
                                 xj_error_message(err));
    }
    return NULL;
}

static void
close_file(void *arg)
{
    close(*(int *)arg);
}

xj_error *
xj_settings_file(xj_settings *settings, const char *file, xj_pool *pool)
{
    xj_pool *scratch = xj_pool_child(pool);
    int *fd = XJ_NEW(scratch, int);
    size_t len = 0;
    char *text;
    xj_error *err;

    *fd = open(file, O_RDONLY | O_CLOEXEC);
    if (*fd < 0) {
        err = xj_error_new(XJ_E_CONFIG, "the settings file \"%s\" cannot be read: %s", file,
                           strerror(errno));
        xj_pool_destroy(scratch);
        return err;
    }
    xj_pool_on_end(scratch, close_file, fd);
    text = xj_alloc(scratch, XJ_SETTINGS_FILE_MAX + 1);
    while (len <= XJ_SETTINGS_FILE_MAX) {
        ssize_t n = read(*fd, text + len, XJ_SETTINGS_FILE_MAX + 1 - len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            err = xj_error_new(XJ_E_CONFIG, "the settings file \"%s\" cannot be read: %s", file,
                               strerror(errno));
            xj_pool_destroy(scratch);
            return err;
        }
        if (n == 0)
            break;
        len += (size_t)n;
    }
    if (len > XJ_SETTINGS_FILE_MAX)
        err = xj_error_new(XJ_E_CONFIG, "the settings file \"%s\" has more than %zu bytes", file,
                           XJ_SETTINGS_FILE_MAX);
    else
        err = xj_settings_text(settings, xj_str_of(text, len), pool);
    xj_pool_destroy(scratch);
    return err;
}

xj_error *
xj_settings_environ(xj_settings *settings, char **environment, xj_pool *pool)
{
    for (char **entry = environment; *entry != NULL; entry++) {
        xj_str text = xj_str_c(*entry);
        size_t sign = xj_str_find(text, XJ_STR("="), 0);
        char name[64];
        size_t n;

        if (!xj_str_starts(text, XJ_STR("XJ_")) || sign == XJ_NPOS || sign - 3 >= sizeof name)
            continue;
        n = sign - 3;
        for (size_t i = 0; i < n; i++) {
            char c = text.data[3 + i];

            name[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        }
        for (int i = 0; i < XJ_SET_COUNT; i++)
            if (same_name(xj_setting_rows[i].name, xj_str_of(name, n)))
                XJ_TRY(xj_settings_set(settings, xj_str_of(name, n), text.data + sign + 1,
                                       "environment", pool));
    }
    return NULL;
}
