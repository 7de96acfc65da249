/*
 * app/settings.h -- the settings of the program: a file, the environment, flags.
 *
 * settings.def is the one list; words/cli.tsv says what each means.
 */
#pragma once

#include "base/str.h"

typedef enum xj_setting_type { XJ_SETTING_STR, XJ_SETTING_INT, XJ_SETTING_BOOL } xj_setting_type;

typedef enum xj_setting {
#define X(name, type, preset, least, most, secret) XJ_SET_##name,
#include "app/settings.def"
#undef X
    XJ_SET_COUNT
} xj_setting;

typedef struct xj_setting_row {
    const char *name;
    xj_setting_type type;
    const char *preset;
    int64_t least, most;
    bool secret; /* never printed or logged */
} xj_setting_row;

extern const xj_setting_row xj_setting_rows[XJ_SET_COUNT];

typedef struct xj_setting_value {
    const char *text; /* as given, NUL-terminated */
    int64_t number;   /* of an INT; 0 or 1 of a BOOL */
    const char *from; /* "default", "file", "environment", "flag" */
} xj_setting_value;

typedef struct xj_settings {
    xj_setting_value values[XJ_SET_COUNT];
} xj_settings;

#define XJ_SETTINGS_FILE_MAX ((size_t)64 << 10)

/* The defaults. */
void xj_settings_init(xj_settings *settings);
/* Set the one called NAME ("session_idle"; "-" is the same as "_").  VALUE must live as long.
 *
 * Errors: CONFIG for an unknown name, a value that is no number or out of range, or too long. */
XJ_MUST_USE xj_error *xj_settings_set(xj_settings *settings, xj_str name, const char *value,
                                      const char *from, xj_pool *pool);
/* The lines of a settings file.  Errors: CONFIG with the line. */
XJ_MUST_USE xj_error *xj_settings_text(xj_settings *settings, xj_str text, xj_pool *pool);
/* Read FILE.  Errors: CONFIG where it cannot be read or is larger than XJ_SETTINGS_FILE_MAX. */
XJ_MUST_USE xj_error *xj_settings_file(xj_settings *settings, const char *file, xj_pool *pool);
/* The variables XJ_NAME of ENVIRON (of any other name none is refused). */
XJ_MUST_USE xj_error *xj_settings_environ(xj_settings *settings, char **environment, xj_pool *pool);

static inline const char *
xj_settings_str(const xj_settings *settings, xj_setting which)
{
    return settings->values[which].text;
}

static inline int64_t
xj_settings_int(const xj_settings *settings, xj_setting which)
{
    return settings->values[which].number;
}
