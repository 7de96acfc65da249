#include "paper/ical.h"

#define LINE_MAX_BYTES 75 /* RFC 5545 3.1, without the line's end */

/* One content line, folded between characters, its end with it. */
static void
line(xj_buf *out, const char *name, xj_str value)
{
    size_t used = strlen(name) + 1;

    xj_buf_printf(out, "%s:", name);
    for (size_t at = 0; at < value.len;) {
        size_t next = at;

        xj_utf8_next(value, &next);
        if (used + (next - at) > LINE_MAX_BYTES) {
            xj_buf_add(out, XJ_STR("\r\n "));
            used = 1;
        }
        xj_buf_add(out, xj_str_sub(value, at, next));
        used += next - at;
        at = next;
    }
    xj_buf_add(out, XJ_STR("\r\n"));
}

/* VALUE as TEXT (RFC 5545 3.3.11): escaped, other control characters as spaces.  It is escaped
 * first and folded then, so a fold may fall into an escape: readers unfold before they unescape. */
static void
text(xj_buf *out, const char *name, xj_str value)
{
    xj_buf escaped;

    xj_buf_init(&escaped, out->pool, out->limit);
    for (size_t i = 0; i < value.len; i++) {
        const char c = value.data[i];

        if (c == '\n')
            xj_buf_add(&escaped, XJ_STR("\\n"));
        else if (c == '\\' || c == ';' || c == ',')
            xj_buf_printf(&escaped, "\\%c", c);
        else
            xj_buf_add_char(&escaped, (unsigned char)c < ' ' || c == 0x7f ? ' ' : c);
    }
    line(out, name, xj_buf_str(&escaped));
    out->full = out->full || escaped.full;
}

static xj_str
one_line(xj_str value, xj_pool *pool)
{
    char *copy = xj_alloc(pool, value.len + 1);

    for (size_t i = 0; i < value.len; i++)
        copy[i] = (unsigned char)value.data[i] < ' ' ? ' ' : value.data[i];
    return xj_str_of(copy, value.len);
}

static void
day(xj_buf *out, const char *name, xj_date d)
{
    xj_buf_printf(out, "%s;VALUE=DATE:%04d%02d%02d\r\n", name, d.year, d.month, d.day);
}

static void
instant(xj_buf *out, const char *name, int64_t t)
{
    const xj_date d = xj_instant_date(t, 0);
    const int64_t seconds = t / 1000000 - xj_date_days(d) * 86400;

    xj_buf_printf(out, "%s:%04d%02d%02dT%02d%02d%02dZ\r\n", name, d.year, d.month, d.day,
                  (int)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60));
}

void
xj_ical_begin(xj_buf *out, xj_str name)
{
    xj_buf_add(out, XJ_STR("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Xingjian//" XJ_VERSION
                           "//ZH\r\nCALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n"));
    text(out, "X-WR-CALNAME", one_line(name, out->pool));
    xj_buf_add(out, XJ_STR("X-WR-TIMEZONE:Asia/Shanghai\r\nREFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n"
                           "X-PUBLISHED-TTL:PT6H\r\n"));
}

void
xj_ical_add(xj_buf *out, const xj_ical_event *event)
{
    XJ_ASSERT(event->uid.len > 0 && xj_date_valid(event->day));
    xj_buf_add(out, XJ_STR("BEGIN:VEVENT\r\n"));
    text(out, "UID", one_line(event->uid, out->pool));
    instant(out, "DTSTAMP", event->changed_at);
    instant(out, "LAST-MODIFIED", event->changed_at);
    xj_buf_printf(out, "SEQUENCE:%lld\r\n", (long long)event->sequence);
    day(out, "DTSTART", event->day);
    day(out, "DTEND", xj_date_add_days(event->day, 1));
    text(out, "SUMMARY", one_line(event->summary, out->pool));
    if (event->description.len > 0)
        text(out, "DESCRIPTION", event->description);
    if (event->url.len > 0)
        line(out, "URL", one_line(event->url, out->pool));
    xj_buf_printf(out, "STATUS:%s\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n",
                  event->cancelled ? "CANCELLED" : "CONFIRMED");
}

xj_error *
xj_ical_end(xj_buf *out)
{
    xj_buf_add(out, XJ_STR("END:VCALENDAR\r\n"));
    return xj_buf_check(out);
}
