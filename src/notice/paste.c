/* What units owe, as a few lines for a chat group. */
#include "notice/notice_priv.h"

struct paste {
    const xj_paste_filter *filter;
    bool chinese;
    xj_str today;
    xj_buf lines;
    int64_t units, unit; /* counted; of the line that is being written, 0: none */
    int64_t whole;       /* the unit before it, 0: none */
    size_t whole_len;    /* of the lines up to that unit's end */
};

static void
end_unit(struct paste *p)
{
    xj_notice__say(&p->lines, p->chinese, XJ_NW_paste_end, NULL);
    xj_buf_add(&p->lines, XJ_STR("\n"));
}

static void
begin_unit(struct paste *p, const xj_rows *rows)
{
    const xj_str name = xj_row_str(rows, 2), none = XJ_STR("");

    if (p->unit == xj_row_int(rows, 1)) {
        xj_notice__say(&p->lines, p->chinese, XJ_NW_paste_between, NULL);
        return;
    }
    if (p->unit != 0)
        end_unit(p);
    p->whole = p->unit;
    p->whole_len = p->lines.len;
    p->unit = xj_row_int(rows, 1);
    p->units++;
    xj_notice__say(&p->lines, p->chinese, XJ_NW_paste_unit, &name, &none, NULL);
}

static void
add_item(struct paste *p, const xj_rows *rows, xj_pool *pool)
{
    const xj_str due = xj_row_str(rows, 4), title = xj_row_str(rows, 5);
    const xj_str tasks = xj_str_printf(pool, "%lld", (long long)xj_row_int(rows, 6));
    const xj_str day = xj_notice__day(p->chinese, xj_str_dup(due, pool), pool);
    xj_buf what, when;
    xj_str a, b;

    xj_buf_init(&what, pool, XJ_NOTICE_TEXT_MAX);
    xj_buf_init(&when, pool, XJ_NOTICE_TEXT_MAX);
    xj_notice__say(&what, p->chinese,
                   xj_notice__word("kind_", xj_row_str(rows, 3), XJ_NW_kind_other), NULL);
    if (title.len > 0)
        xj_notice__say(&what, p->chinese, XJ_NW_item_title, &title, NULL);
    else if (xj_row_int(rows, 6) > 0)
        xj_notice__say(&what, p->chinese, XJ_NW_item_rows, &tasks, NULL);
    xj_notice__say(&when, p->chinese,
                   xj_str_cmp(due, p->today) < 0 ? XJ_NW_item_late : XJ_NW_item_due, &day, NULL);
    a = xj_buf_str(&what);
    b = xj_buf_str(&when);
    xj_notice__say(&p->lines, p->chinese, XJ_NW_paste_item, &a, &b, NULL);
}

/* There is one more than a part holds: it ends behind the last unit that is whole. */
static xj_error *
end_part(struct paste *p, xj_rows *rows, int64_t *next)
{
    if (xj_row_int(rows, 1) == p->unit) {
        if (p->whole == 0)
            return xj_error_new(XJ_E_TOO_LARGE,
                                "one unit owes more than %lld; choose a programme or fewer days",
                                (long long)p->filter->limit);
        p->lines.len = p->whole_len;
        p->unit = 0;
        p->units--;
        *next = p->whole;
    } else {
        *next = p->unit;
    }
    xj_rows_close(rows);
    return NULL;
}

static xj_error *
read_rows(struct paste *p, int64_t *next, xj_db *db, const xj_scope *scope, xj_pool *pool)
{
    const xj_paste_filter *f = p->filter;
    xj_list *list = xj_list_new(SQL_PASTE_LIST, pool);
    xj_pool *row = xj_pool_child(pool);
    const int days = f->overdue ? -1 : f->days;
    xj_rows *rows;

    if (f->programme != 0)
        xj_list_int(list, "programme", XJ_COND_EQ, f->programme);
    if (f->unit != 0)
        xj_list_int(list, "unit", XJ_COND_EQ, f->unit);
    if (f->after != 0)
        xj_list_int(list, "unit", XJ_COND_GT, f->after);
    if (!scope->all_units)
        xj_list_str(list, "scope", XJ_COND_MATCH, xj_scope_json(scope, pool));
    xj_list_str(list, "due", XJ_COND_LE, xj_day_str(xj_date_add_days(f->day, days), pool));
    xj_list_order(list, "unit", false);
    XJ_TRY(xj_list_query(&rows, list, db, f->limit + 1, "i", scope->tenant));
    for (int64_t n = 0;; n++) {
        bool more;

        xj_pool_clear(row);
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        if (n == f->limit) {
            XJ_TRY(end_part(p, rows, next));
            break;
        }
        begin_unit(p, rows);
        add_item(p, rows, row);
    }
    if (p->unit != 0)
        end_unit(p);
    xj_pool_destroy(row);
    return xj_buf_check(&p->lines);
}

xj_error *
xj_paste_text(xj_buf *out, int64_t *units, int64_t *next, xj_db *db, const xj_scope *scope,
              const xj_paste_filter *filter, bool chinese, xj_pool *scratch)
{
    struct paste p = {
        .filter = filter, .chinese = chinese, .today = xj_day_str(filter->day, scratch)};
    xj_str day, n;

    xj_buf_init(&p.lines, scratch, XJ_PASTE_MAX);
    *next = 0;
    XJ_TRY(read_rows(&p, next, db, scope, scratch));
    day = xj_notice__day(chinese, p.today, scratch);
    n = xj_str_printf(scratch, "%lld", (long long)p.units);
    xj_notice__say(out, chinese, p.units == 0 ? XJ_NW_paste_none : XJ_NW_paste_head, &day, &n,
                   NULL);
    xj_buf_add(out, XJ_STR("\n"));
    xj_buf_add(out, xj_buf_str(&p.lines));
    *units = p.units;
    return xj_buf_check(out);
}
