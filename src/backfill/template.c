/* The template: a row for each task, columns for the returns of the year that fell due. */
#include "backfill/backfill_priv.h"

#include "paper/book.h"

#define PERIODS_MAX 16
#define HEADS_MAX (6 + 2 * PERIODS_MAX + 8)

typedef struct writing {
    struct xj_backfill__work *w;
    xj_book *book;
    bool chinese;
    xj_str heads[HEADS_MAX];
    double widths[HEADS_MAX];
    size_t n;
    xj_pool *scratch;
} writing;

typedef struct period {
    xj_str code;
    xj_date due;
} period;

static void
add_head(writing *out, const char *zh, const char *en, double width)
{
    out->heads[out->n] = xj_str_c(out->chinese ? zh : en);
    out->widths[out->n++] = width;
}

static int
by_due(const void *a, const void *b)
{
    return xj_date_cmp(((const period *)a)->due, ((const period *)b)->due);
}

/* The times of which returns fell due, the earliest first. */
static size_t
periods_of(period *periods, const struct xj_backfill__work *w)
{
    size_t n = 0;

    for (size_t i = 0; i < w->nduties; i++)
        for (size_t k = 0; k < w->duties[i].ndates; k++) {
            const xj_date due = w->duties[i].dates[k];
            const xj_str code = xj_period(due, w->duties[i].cadence, w->pool);
            size_t at = 0;

            while (at < n && !xj_str_eq(periods[at].code, code))
                at++;
            if (at == n && n < PERIODS_MAX && xj_date_cmp(due, w->ask->today) <= 0)
                periods[n++] = (period){code, due};
        }
    if (n > 1)
        qsort(periods, n, sizeof *periods, by_due);
    return n;
}

/* "2026S1" → 上半年, as heads.c reads it. */
static xj_str
period_words(const writing *out, xj_str code)
{
    static const char *const quarters[] = {"一", "二", "三", "四"};
    const char kind = code.len > 4 ? code.data[4] : '\0';
    const int n = code.len > 5 ? code.data[5] - '0' : 0;

    if (kind == 'S')
        return out->chinese ? (n == 1 ? XJ_STR("上半年") : XJ_STR("下半年"))
                            : xj_str_printf(out->scratch, "H%d ", n);
    if (kind == 'Q' && n >= 1 && n <= 4)
        return out->chinese ? xj_str_printf(out->scratch, "%s季度", quarters[n - 1])
                            : xj_str_printf(out->scratch, "Q%d ", n);
    if (code.len == 6)
        return xj_str_printf(out->scratch, out->chinese ? "%d月" : "M%d ",
                             (code.data[4] - '0') * 10 + (code.data[5] - '0'));
    return out->chinese ? XJ_STR("全年") : XJ_STR("Year ");
}

static void
lay_out(writing *out)
{
    period periods[PERIODS_MAX];
    const size_t n = periods_of(periods, out->w);

    add_head(out, "系统编号", "System no", 9);
    add_head(out, "序号", "No.", 7);
    add_head(out, "专项行动", "Action", 18);
    add_head(out, "重点任务", "Task", 40);
    add_head(out, "牵头单位", "Lead", 20);
    add_head(out, "完成时限", "Deadline", 12);
    for (size_t i = 0; i < n; i++) {
        const xj_str when = period_words(out, periods[i].code);

        add_head(out, xj_str_printf(out->scratch, XJ_FMT "进展情况", XJ_ARG(when)).data,
                 xj_str_printf(out->scratch, XJ_FMT "progress", XJ_ARG(when)).data, 44);
        add_head(out, xj_str_printf(out->scratch, XJ_FMT "报送日期", XJ_ARG(when)).data,
                 xj_str_printf(out->scratch, XJ_FMT "sent on", XJ_ARG(when)).data, 14);
    }
    if (n == 0)
        add_head(out, "进展情况", "Progress", 44);
    add_head(out, "完成值", "Figure", 14);
    add_head(out, "完成比例（%）", "Percent", 12);
    add_head(out, "状态", "State", 10);
    add_head(out, "完成日期", "Done on", 12);
    add_head(out, "佐证文号", "Doc no", 22);
    add_head(out, "存在问题", "Difficulties", 30);
    add_head(out, "下一步工作", "Next step", 30);
    add_head(out, "备注", "Note", 20);
}

static xj_error *
put_duty(writing *out, const xj_backfill__duty *d)
{
    const xj_str cells[] = {xj_str_printf(out->scratch, "%lld", (long long)d->id),
                            d->no,
                            d->action,
                            d->title,
                            d->owner_name,
                            d->due.year == 0 ? XJ_STR("") : xj_day_str(d->due, out->scratch)};

    XJ_TRY(xj_book_row(out->book));
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        XJ_TRY(xj_book_text(out->book, (int)i, cells[i], out->scratch));
    return NULL;
}

static xj_error *
put_notes(writing *out)
{
    static const char *const zh[] = {
        "本表由系统按已发布的任务生成，把原有台账的内容粘贴到空白的格子里，再从“导入台账”页放回系统"
        "。",
        "“系统编号”用来对上任务，请不要改动；列的顺序随意，不需要的列可以删去，也可以加列（不认识的"
        "列不导入）。",
        "日期：2026-03-28、2026/3/28、2026年3月28日、3月28日、3.28 "
        "都认得；没有年份的，算作台账的年份。",
        "状态：已完成、推进中、滞后、未启动。写“已完成”的，要有完成日期；任务要求出台文件的，还要有"
        "文号。",
        "完成比例：0 到 100，写不写百分号都可以。",
        "完成值：任务目标的数字，按计划的单位写，如“180人次”；有几项目标的，写明“指标名称＋数字＋单"
        "位”"
        "。",
        "报送日期留空的，按应报日记为按时报送；填了的，按所填日期记（晚于应报日的，如实记为逾期）"
        "。",
        "导入前会逐行列出将要记录的内容，确认后一次写入；同一份台账再导一次，不会重复。"};
    static const char *const en[] = {
        "Made of the published tasks: paste what the ledger held into the empty cells, then drop "
        "the file on the page where ledgers are taken over.",
        "The system number finds the task again; do not change it. Columns may stand in any order, "
        "be left out or added (what is unknown is not read).",
        "Days: 2026-03-28, 2026/3/28, 3/28 and the Chinese forms; one without a year is of the "
        "ledger's.",
        "State: done, in progress, late, not started. What is done needs its day, and a number "
        "where a document is asked for.",
        "Percent: 0 to 100, with or without the sign.",
        "Figure: of the task's target, in the plan's measure; where there are several targets, "
        "with "
        "the name of each.",
        "A return without a day is taken to be sent on the day it was due; with one, on that day.",
        "What would be recorded is shown row by row first, then done at once; the same ledger a "
        "second time changes nothing."};
    static const double width = 120;
    const xj_str head = out->chinese ? XJ_STR("填写说明（本页不导入）")
                                     : XJ_STR("How it is filled in (this sheet is not read)");
    const xj_book_layout layout = {.sheet = out->chinese ? "填写说明" : "Notes",
                                   .heads = &head,
                                   .widths = &width,
                                   .columns = 1,
                                   .repeat = 1};

    XJ_TRY(xj_book_next(out->book, &layout, out->scratch));
    for (size_t i = 0; i < sizeof zh / sizeof *zh; i++) {
        XJ_TRY(xj_book_row(out->book));
        XJ_TRY(xj_book_text(out->book, 0, xj_str_c(out->chinese ? zh[i] : en[i]), out->scratch));
    }
    return NULL;
}

xj_error *
xj_backfill_template(xj_str *bytes, xj_db *db, const xj_backfill_ask *ask, bool chinese,
                     xj_pool *result, xj_pool *scratch)
{
    const xj_backfill_file none = {0};
    xj_backfill_plan plan = {0};
    struct xj_backfill__work w = {
        .db = db, .pool = scratch, .ask = ask, .file = &none, .plan = &plan};
    writing *out = XJ_NEW(scratch, writing);
    xj_book_layout layout;

    plan.work = &w;
    XJ_TRY(xj_backfill__load(&w));
    out->w = &w;
    out->chinese = chinese;
    out->scratch = scratch;
    lay_out(out);
    layout = (xj_book_layout){.sheet = chinese ? "台账" : "Ledger",
                              .heads = out->heads,
                              .widths = out->widths,
                              .columns = out->n,
                              .repeat = 1,
                              .frozen = 4,
                              .chinese = chinese};
    XJ_TRY(xj_book_open(&out->book, &layout, scratch));
    for (size_t i = 0; i < w.nduties; i++)
        XJ_TRY(put_duty(out, &w.duties[i]));
    XJ_TRY(put_notes(out));
    return xj_book_end(bytes, out->book, result);
}
