#include "plan/compile_priv.h"

#include "base/buf.h"

#include <stdio.h>

#define BRACKET_MAX ((size_t)4000) /* characters; what is longer is no bracket */
#define SCHOOL_BEGINS 8            /* the month of a school year's first day */
#define BRACKETS_DEEP 8            /* brackets inside brackets; deeper is wear */

xj_range
comp_range(const comp *c, xj_span span)
{
    xj_str bytes = xj_chars_bytes(&c->t, span);
    size_t from = (size_t)(bytes.data - c->t.text.data);

    return (xj_range){from, from + bytes.len};
}

xj_span
comp_span(const comp *c, xj_range range)
{
    xj_span s = {0, 0};
    size_t lo = 0, hi = c->t.n;

    while (lo < hi) {
        size_t mid = (lo + hi) / 2;

        if (c->t.at[mid] < range.from)
            lo = mid + 1;
        else
            hi = mid;
    }
    s.from = s.to = lo;
    hi = c->t.n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;

        if (c->t.at[mid] < range.to)
            lo = mid + 1;
        else
            hi = mid;
    }
    s.to = lo;
    return s;
}

void
comp_warn(comp *c, const char *code, xj_span at, const char *fmt, ...)
{
    char text[512];
    va_list ap;
    xj_warning warning = {.code = code, .source = comp_range(c, at)};
    xj_str message;

    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    message = xj_str_c(text);
    /* what was cut off at the end of the buffer must stay whole characters */
    message.len = xj_utf8_check(message);
    warning.message = xj_str_dup(message, c->result);
    xj_vec_push(&c->warnings, c->scratch, warning);
}

xj_span
comp_sentence(const comp *c, size_t i, size_t end)
{
    size_t from = i;

    for (; i < end; i++) {
        xj_char ch = c->t.c[i];

        if (ch == u'。' || ch == '!' || ch == '?' || ch == ';' || ch == '\n')
            return (xj_span){from, i + 1};
    }
    return (xj_span){from, end};
}

size_t
comp_close(const comp *c, size_t i, size_t end)
{
    size_t depth = 0, from = i, stop = end - i > BRACKET_MAX ? i + BRACKET_MAX : end;

    for (; i < stop; i++) {
        if (c->t.c[i] == '(' && ++depth > BRACKETS_DEEP)
            return from + 1;
        if (c->t.c[i] == ')' && --depth == 0)
            return i + 1;
    }
    return stop == end ? end : from + 1;
}

xj_date
comp_date(const comp *c, const xj_when *when)
{
    const bool autumn =
        c->school_year && when->year_kind == XJ_YEAR_NOT_PRINTED && when->month >= SCHOOL_BEGINS;

    return xj_when_date(when, autumn ? c->year_first : c->year_last, c->year_issued);
}

xj_str
comp_text(const comp *c, xj_span span)
{
    return xj_chars_clean(&c->t, span, c->result);
}

xj_action *
comp_action(comp *c, int no, xj_str name, xj_span at)
{
    xj_action action = {.no = no, .name = name, .source = comp_range(c, at)};

    xj_vec_push(&c->actions, c->scratch, action);
    return &c->actions.items[c->actions.len - 1];
}

xj_plan_task *
comp_task(comp *c, int action)
{
    xj_plan_task task = {.action = action};

    if (c->tasks.len >= XJ_PLAN_TASKS_MAX && c->err == NULL)
        c->err =
            xj_error_new(XJ_E_TOO_LARGE, "the text has more than %zu tasks", XJ_PLAN_TASKS_MAX);
    if (c->err != NULL) {
        /* keep writing to the last one: the compilation has failed already */
        return &c->tasks.items[c->tasks.len - 1];
    }
    c->run = c->tasks.len > 0 && c->tasks.items[c->tasks.len - 1].action == action ? c->run + 1 : 1;
    xj_vec_push(&c->tasks, c->scratch, task);
    xj_vec_push(&c->table_task, c->scratch, 0);
    return &c->tasks.items[c->tasks.len - 1];
}

/* Report characters that a reader of pictures writes for others, each kind of word once a place. */
static void
warn_worn(comp *c)
{
    for (size_t i = 0; i < c->t.n; i++) {
        size_t len;

        char first = c->t.text.data[c->t.at[i]];

        if (xj_gram_at(&xj_g_ocr, &c->t, i, c->t.n, &len) == 0) {
            /* folded from a letter or a mark that only looks like it */
            if (!(c->t.c[i] == '0' && (first == 'O' || first == 'o')) &&
                !(c->t.c[i] == u'一' && (unsigned char)first == 0xE3))
                continue;
            len = 1;
        }
        comp_warn(c, "ocr_suspect", (xj_span){i, i + len}, "疑似识别错误：“" XJ_FMT "”",
                  XJ_ARG(xj_chars_bytes(&c->t, (xj_span){i, i + len})));
        i += len - 1;
    }
}

/* The vectors, which grew in scratch, as arrays of RESULT. */
#define KEEP(c, vec, field)                                                                        \
    do {                                                                                           \
        (c)->reg->n##field = (c)->vec.len;                                                         \
        (c)->reg->field =                                                                          \
            xj_alloc((c)->result, xj_size_mul((c)->vec.len + 1, sizeof *(c)->vec.items));          \
        if ((c)->vec.len > 0)                                                                      \
            memcpy((c)->reg->field, (c)->vec.items, (c)->vec.len * sizeof *(c)->vec.items);        \
    } while (0)

xj_error *
xj_plan_compile(xj_register **reg, const xj_doc *doc, xj_pool *result, xj_pool *scratch)
{
    xj_pool *work = xj_pool_child(scratch);
    comp c = {.doc = doc, .result = result, .scratch = work, .row_action = -1};
    xj_error *err;

    c.reg = XJ_NEW(result, xj_register);
    c.reg->text = doc->text;
    xj_chars_fold(&c.t, doc->text, work);
    outline_build(&c);
    head_read(&c);
    outline_classify(&c);
    outline_emit(&c);
    if (c.err == NULL && c.tasks.len == 0 && c.actions.len == 0)
        c.err = xj_error_new(XJ_E_NO_PLAN, "no action and no task could be recognised in the text");
    if (c.err == NULL) {
        duty_read(&c);
        infer_all(&c);
        warn_worn(&c);
        KEEP(&c, actions, actions);
        KEEP(&c, tasks, tasks);
        KEEP(&c, targets, targets);
        KEEP(&c, obligations, obligations);
        KEEP(&c, warnings, warnings);
        c.reg->places = xj_doc_spots(&c.reg->nplaces, doc, result);
        *reg = c.reg;
    }
    err = c.err;
    if (xj_error_code(err) == XJ_E_NO_PLAN) {
        c.reg->places = xj_doc_spots(&c.reg->nplaces, doc, result);
        *reg = c.reg;
    }
    xj_pool_destroy(work);
    return err;
}
