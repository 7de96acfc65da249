/*
 * doc/xlsx_format.c -- number formats of spreadsheets.
 */
#include "doc/xlsx_priv.h"

#include "base/cal.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <strings.h>

/* Which fields of a date CODE shows; quoted text, colours and escapes aside. */
static xj_xlsx_format
of_code(const char *code)
{
    bool year = false, month = false, day = false, hour = false, percent = false, figure = false;
    bool point = false;
    int decimals = 0;

    for (const char *p = code; *p != '\0' && *p != ';'; p++) {
        if (*p == '"') {
            p = strchr(p + 1, '"');
            if (p == NULL)
                break;
        } else if (*p == '\\' || *p == '_' || *p == '*') {
            if (p[1] != '\0')
                p++;
        } else if (*p == '[') {
            const char *close = strchr(p, ']');

            /* [h]:mm is an elapsed time; [Red], [$-804] are not fields */
            hour = hour || p[1] == 'h' || p[1] == 'H';
            if (close == NULL)
                break;
            p = close;
        } else {
            switch (tolower((unsigned char)*p)) {
            case 'y':
            case 'e':
                year = year || !figure;
                break;
            case 'm':
                month = true;
                break;
            case 'd':
                day = true;
                break;
            case 'h':
            case 's':
                hour = true;
                break;
            case '%':
                percent = true;
                break;
            case '.':
                point = true;
                break;
            case '0':
            case '#':
                figure = true;
                decimals += point;
                break;
            default:
                break;
            }
        }
    }
    if (percent)
        return (xj_xlsx_format){.form = XJ_XLSX_PERCENT, .decimals = decimals};
    if (year && month && day)
        return (xj_xlsx_format){.form = XJ_XLSX_DATE};
    if (year)
        return (xj_xlsx_format){.form = XJ_XLSX_YEAR_MONTH};
    if (month && day)
        return (xj_xlsx_format){.form = XJ_XLSX_MONTH_DAY};
    if (hour)
        return (xj_xlsx_format){.form = XJ_XLSX_TIME};
    return (xj_xlsx_format){.form = XJ_XLSX_GENERAL};
}

/* The bound that the first section of CODE writes before its figure ("≥"0%, \\<0), or NULL; what
 * stands in square brackets is a condition. */
static const char *
bound_of(const char *code)
{
    static const char *const bounds[] = {"≥", "≤", ">", "<"};
    bool condition = false;

    for (; *code != '\0' && *code != ';' && *code != '0' && *code != '#'; code++) {
        condition = *code == '[' || (condition && *code != ']');
        for (size_t i = 0; i < sizeof bounds / sizeof *bounds && !condition; i++)
            if (strncmp(code, bounds[i], strlen(bounds[i])) == 0)
                return bounds[i];
    }
    return NULL;
}

xj_xlsx_format
xj_xlsx__format(int id, const char *code)
{
    if (code != NULL) {
        xj_xlsx_format format = of_code(code);

        if (strncasecmp(code, "general", 7) == 0)
            return (xj_xlsx_format){.form = XJ_XLSX_GENERAL};
        format.bound = bound_of(code);
        return format;
    }
    switch (id) {
    case 9:
        return (xj_xlsx_format){.form = XJ_XLSX_PERCENT};
    case 10:
        return (xj_xlsx_format){.form = XJ_XLSX_PERCENT, .decimals = 2};
    case 14:
    case 15:
    case 22:
    case 30:
    case 31:
        return (xj_xlsx_format){.form = XJ_XLSX_DATE};
    case 17:
    case 27:
    case 36:
    case 50:
    case 52:
    case 57:
        return (xj_xlsx_format){.form = XJ_XLSX_YEAR_MONTH};
    case 16:
    case 28:
    case 29:
    case 51:
    case 53:
    case 54:
    case 58:
        return (xj_xlsx_format){.form = XJ_XLSX_MONTH_DAY};
    case 18:
    case 19:
    case 20:
    case 21:
    case 32:
    case 33:
    case 34:
    case 35:
    case 45:
    case 46:
    case 47:
    case 55:
    case 56:
        return (xj_xlsx_format){.form = XJ_XLSX_TIME};
    default:
        return (xj_xlsx_format){.form = XJ_XLSX_GENERAL};
    }
}

static xj_str
plain(double value, xj_pool *pool)
{
    char text[40];

    if (value == trunc(value) && fabs(value) < 1e15)
        return xj_str_printf(pool, "%.0f", value);
    /* fifteen digits are what a spreadsheet keeps */
    snprintf(text, sizeof text, "%.15g", value);
    return xj_str_dup(xj_str_c(text), pool);
}

xj_str
xj_xlsx__show(double value, xj_xlsx_format format, bool epoch_1904, xj_pool *pool)
{
    /* Serial 1 is 1900-01-01; serial 60 is a day that never was (1900-02-29), so that from 61 on
     * days count from 1899-12-30.  In the other system serial 0 is 1904-01-01. */
    double base = epoch_1904 ? -24107 : value < 60 ? -25568 : -25569;
    double days = floor(value);
    const char *bound = format.bound == NULL ? "" : format.bound;
    xj_date d;

    if (!isfinite(value))
        return XJ_STR("");
    switch (format.form) {
    case XJ_XLSX_PERCENT:
        return xj_str_printf(pool, "%s%.*f%%", bound, format.decimals > 9 ? 9 : format.decimals,
                             value * 100);
    case XJ_XLSX_TIME: {
        int minutes = (int)lround((value - days) * 1440) % 1440;

        return xj_str_printf(pool, "%02d:%02d", minutes / 60, minutes % 60);
    }
    case XJ_XLSX_DATE:
    case XJ_XLSX_YEAR_MONTH:
    case XJ_XLSX_MONTH_DAY:
        if (days < 0 || days > 2958465) /* 9999-12-31 */
            return plain(value, pool);
        d = xj_date_from_days((int64_t)(days + base));
        if (format.form == XJ_XLSX_YEAR_MONTH)
            return xj_str_printf(pool, "%d年%d月", d.year, d.month);
        if (format.form == XJ_XLSX_MONTH_DAY)
            return xj_str_printf(pool, "%d月%d日", d.month, d.day);
        return xj_str_printf(pool, "%04d-%02d-%02d", d.year, d.month, d.day);
    case XJ_XLSX_GENERAL:
        break;
    }
    if (format.bound == NULL)
        return plain(value, pool);
    return xj_str_printf(pool, "%s" XJ_FMT, bound, XJ_ARG(plain(value, pool)));
}
