/* What notices say: words of words.def with places filled; plain text. */
#include "notice/notice_priv.h"

#include <stdarg.h>

static const struct {
    const char *name, *zh, *en;
} words[XJ_NW_COUNT] = {
#define W(name, zh, en) {#name, zh, en},
#include "notice/words.def"
#undef W
};

void
xj_notice__say(xj_buf *out, bool chinese, xj_notice_word word, ...)
{
    const char *text = chinese ? words[word].zh : words[word].en;
    const xj_str *places[4] = {0};
    va_list args;
    int n = 0;

    va_start(args, word);
    while (n < 4 && (places[n] = va_arg(args, const xj_str *)) != NULL)
        n++;
    va_end(args);
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '%' && p[1] >= '1' && p[1] <= '4') {
            const int place = *++p - '1';

            XJ_ASSERT(place < n);
            xj_buf_add(out, *places[place]);
        } else {
            xj_buf_add(out, xj_str_of(p, 1));
        }
    }
}

xj_notice_word
xj_notice__word(const char *prefix, xj_str name, xj_notice_word other)
{
    const xj_str head = xj_str_c(prefix);

    for (int i = 0; i < XJ_NW_COUNT; i++) {
        const xj_str word = xj_str_c(words[i].name);

        if (xj_str_starts(word, head) && xj_str_eq(xj_str_skip(word, head.len), name))
            return (xj_notice_word)i;
    }
    return other;
}

xj_str
xj_notice__day(bool chinese, xj_str day, xj_pool *result)
{
    const xj_date d = xj_day_parse(day);

    if (d.year == 0 || !chinese)
        return day;
    return xj_str_printf(result, "%d年%d月%d日", d.year, d.month, d.day);
}

/* A task's day, or that it has none. */
static xj_str
day_or_none(bool chinese, xj_str day, xj_pool *result)
{
    xj_buf none;

    if (!xj_str_eq(day, XJ_STR(XJ_DAY_NONE)))
        return xj_notice__day(chinese, day, result);
    xj_buf_init(&none, result, XJ_NOTICE_TEXT_MAX);
    xj_notice__say(&none, chinese, XJ_NW_no_day, NULL);
    return xj_buf_str(&none);
}

static xj_str
number(size_t n, xj_pool *pool)
{
    return xj_str_printf(pool, "%zu", n);
}

/* A word of one line that ends with LETTER's unit or person. */
static void
line(xj_buf *out, bool chinese, xj_notice_word word, xj_str place)
{
    xj_notice__say(out, chinese, word, &place, NULL);
    xj_buf_add(out, XJ_STR("\n"));
}

bool
xj_notice__is_shown(const xj_notice_letter *l, const xj_jval *item)
{
    const int64_t id = xj_jval_int(xj_jval_find(item, "obligation"));

    const xj_str kind = xj_jval_str(xj_jval_find(item, "kind"));

    if (l->all || xj_jval_has(item, "move") || xj_str_eq(kind, XJ_STR("receipt")) ||
        xj_str_eq(kind, XJ_STR("more")))
        return true;
    for (size_t i = 0; i < l->nopen; i++)
        if (l->open[i] == id)
            return true;
    return false;
}

/* ---- what changed ---- */

/* A field as it was and as it is; of what is long or coded only that it changed. */
static void
add_field(xj_buf *out, const xj_notice_letter *l, const xj_jval *change, xj_pool *pool)
{
    const xj_str field = xj_jval_str(xj_jval_find(change, "field"));
    const bool day = xj_str_eq(field, XJ_STR("due"));
    const bool told = day || xj_str_eq(field, XJ_STR("owner")) || xj_str_eq(field, XJ_STR("title"));
    xj_str before = xj_jval_str(xj_jval_find(change, "before")), name;
    xj_str after = xj_jval_str(xj_jval_find(change, "after"));
    xj_buf word;

    if (day) {
        before = day_or_none(l->chinese, before, pool);
        after = day_or_none(l->chinese, after, pool);
    }
    xj_buf_init(&word, pool, XJ_NOTICE_TEXT_MAX);
    xj_notice__say(&word, l->chinese, xj_notice__word("field_", field, XJ_NW_field_other), NULL);
    name = xj_buf_str(&word);
    xj_notice__say(out, l->chinese, told ? XJ_NW_changed_from : XJ_NW_changed, &name, &before,
                   &after, NULL);
}

static void
add_change(xj_buf *out, const xj_notice_letter *l, const xj_jval *item, xj_pool *pool)
{
    const xj_jval *changes = xj_jval_find(item, "changes");
    const xj_str move = xj_jval_str(xj_jval_find(item, "move"));
    const xj_str why = xj_jval_str(xj_jval_find(item, "why"));

    if (move.len == 0)
        return;
    xj_notice__say(out, l->chinese, XJ_NW_moved, NULL);
    xj_notice__say(out, l->chinese, xj_notice__word("move_", move, XJ_NW_move_other), NULL);
    for (size_t i = 0; i < xj_jval_len(changes); i++)
        add_field(out, l, xj_jval_at(changes, i), pool);
    if (why.len > 0)
        xj_notice__say(out, l->chinese, XJ_NW_because, &why, NULL);
}

static void
add_item(xj_buf *out, const xj_notice_letter *l, const xj_jval *item, size_t n, xj_pool *pool)
{
    const xj_str kind = xj_jval_str(xj_jval_find(item, "kind"));
    const xj_str due = xj_jval_str(xj_jval_find(item, "due"));
    const xj_str title = xj_jval_str(xj_jval_find(item, "title"));
    const int64_t tasks = xj_jval_int(xj_jval_find(item, "rows"));
    const bool receipt = xj_str_eq(kind, XJ_STR("receipt"));
    const bool moved = xj_jval_has(item, "move");
    const xj_str day = xj_notice__day(l->chinese, due, pool), place = number(n, pool);
    xj_buf when, what, more;
    xj_str a, b, c, count;

    xj_buf_init(&when, pool, XJ_NOTICE_TEXT_MAX);
    xj_buf_init(&what, pool, XJ_NOTICE_TEXT_MAX);
    xj_buf_init(&more, pool, XJ_NOTICE_TEXT_MAX);
    xj_notice__say(&when, l->chinese,
                   receipt                            ? XJ_NW_item_issued
                   : moved                            ? XJ_NW_item_on
                   : xj_str_cmp(due, l->made_for) < 0 ? XJ_NW_item_late
                                                      : XJ_NW_item_due,
                   &day, NULL);
    xj_notice__say(&what, l->chinese, xj_notice__word("kind_", kind, XJ_NW_kind_other), NULL);
    count = xj_str_printf(pool, "%lld", (long long)tasks);
    if (title.len > 0)
        xj_notice__say(&more, l->chinese, XJ_NW_item_title, &title, NULL);
    else if (tasks > 0)
        xj_notice__say(&more, l->chinese, XJ_NW_item_rows, &count, NULL);
    add_change(&more, l, item, pool);
    a = xj_buf_str(&when);
    b = xj_buf_str(&what);
    c = xj_buf_str(&more);
    xj_notice__say(out, l->chinese, XJ_NW_item, &place, &a, &b, &c, NULL);
    xj_buf_add(out, XJ_STR("\n"));
}

/* What changed may be no more than that new tasks came. */
static bool
only_receipts(const xj_notice_letter *l)
{
    for (size_t i = 0; i < xj_jval_len(l->items); i++)
        if (!xj_str_eq(xj_jval_str(xj_jval_find(xj_jval_at(l->items, i), "kind")),
                       XJ_STR("receipt")))
            return false;
    return xj_str_eq(l->kind, XJ_STR("change"));
}

void
xj_notice__compose(xj_str *title, xj_str *text, const xj_notice_letter *l, xj_pool *result)
{
    const xj_str kind = only_receipts(l) ? XJ_STR("receipt") : l->kind;
    const size_t n = xj_jval_len(l->items);
    size_t shown = 0;
    xj_buf head, body;
    xj_str count;

    xj_buf_init(&head, result, XJ_NOTICE_TEXT_MAX);
    xj_buf_init(&body, result, XJ_NOTICE_TEXT_MAX);
    line(&body, l->chinese, XJ_NW_greeting, l->person);
    xj_buf_add(&body, XJ_STR("\n"));
    line(&body, l->chinese, xj_notice__word("intro_", kind, XJ_NW_intro_other), l->unit);
    for (size_t i = 0; i < n; i++) {
        const xj_jval *item = xj_jval_at(l->items, i);

        if (xj_notice__is_shown(l, item) && ++shown <= XJ_NOTICE_ITEMS_SHOWN)
            add_item(&body, l, item, shown, result);
    }
    if (shown > XJ_NOTICE_ITEMS_SHOWN)
        line(&body, l->chinese, XJ_NW_more, number(shown - XJ_NOTICE_ITEMS_SHOWN, result));
    xj_buf_add(&body, XJ_STR("\n"));
    if (l->site.len > 0)
        line(&body, l->chinese, XJ_NW_link, l->site);
    xj_notice__say(&body, l->chinese, XJ_NW_foot, NULL);
    xj_buf_add(&body, XJ_STR("\n"));
    count = number(shown, result);
    xj_notice__say(&head, l->chinese, xj_notice__word("title_", kind, XJ_NW_title_other), &count,
                   &l->unit, NULL);
    *title = xj_buf_str(&head);
    *text = xj_buf_str(&body);
}
