/* Sentences of a draft, each with what it rests on. */
#include "summary/summary_priv.h"

#include "base/cal.h"
#include "duty/calendar.h"

xj_str
xj_summary__line(xj_str text, size_t max, xj_pool *pool)
{
    xj_buf out;
    size_t at = 0, n = 0;

    text = xj_str_trim(text);
    xj_buf_init(&out, pool, text.len + 16);
    while (at < text.len) {
        const size_t from = at;
        const uint32_t cp = xj_utf8_next(text, &at);

        if (n++ == max) {
            xj_buf_add(&out, XJ_STR("……"));
            break;
        }
        if (cp < ' ')
            xj_buf_add_char(&out, ' ');
        else
            xj_buf_add(&out, xj_str_sub(text, from, at));
    }
    return out.len == 0 ? XJ_STR("") : xj_buf_str(&out);
}

xj_str
xj_summary__day(xj_str day, xj_pool *pool)
{
    const xj_date d = xj_day_parse(day);

    return xj_str_printf(pool, "%d年%d月%d日", d.year, d.month, d.day);
}

void
xj_summary__rest(xj__draft *d, const char *kind, int64_t about, int64_t duty, const char *counted,
                 xj_str words)
{
    xj_vec_push(&d->basis, d->pool,
                (xj_summary_basis){.mark = d->mark + 1,
                                   .kind = xj_str_c(kind),
                                   .about = about,
                                   .duty = duty,
                                   .counted = xj_str_c(counted),
                                   .words = words});
}

void
xj_summary__end(xj__draft *d)
{
    if (d->basis.len > 0 && d->basis.items[d->basis.len - 1].mark == d->mark + 1)
        xj_buf_printf(&d->body, "〔%lld〕", (long long)++d->mark);
    xj_buf_add_char(&d->body, '\n');
}

/* The length of a mark at AT of TEXT: 〔3〕, of at most three digits, so that 〔2026〕 is none. */
static size_t
mark_at(xj_str text, size_t at)
{
    const xj_str open = XJ_STR("〔"), close = XJ_STR("〕");
    size_t end = at + open.len;

    if (!xj_str_starts(xj_str_skip(text, at), open))
        return 0;
    while (end < text.len && text.data[end] >= '0' && text.data[end] <= '9')
        end++;
    if (end == at + open.len || end > at + open.len + 3 ||
        !xj_str_starts(xj_str_skip(text, end), close))
        return 0;
    return end + close.len - at;
}

xj_str
xj_summary_plain(xj_str text, xj_pool *result)
{
    xj_buf out;

    xj_buf_init(&out, result, text.len + 1);
    for (size_t at = 0; at < text.len;) {
        const size_t mark = mark_at(text, at);

        if (mark == 0)
            xj_buf_add_char(&out, text.data[at++]);
        at += mark;
    }
    return out.len == 0 ? XJ_STR("") : xj_buf_str(&out);
}
