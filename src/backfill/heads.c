/*
 * What columns mean: by the longest word of ours that stands in a head, and the time it names.
 *
 * A head that may mean several things (完成情况, 完成时间) is decided by its cells (file.c).
 */
#include "backfill/backfill_priv.h"

#include "text/number.h"

#define HEAD_MAX 60 /* characters of a head that are looked at */

const char *
xj_backfill_field_word(xj_backfill_field field)
{
    static const char *const words[] = {
        "other",     "key",    "no",      "action", "task",    "lead",    "unit",
        "deadline",  "text",   "percent", "state",  "done_on", "sent_on", "difficulties",
        "next_step", "doc_no", "doc_on",  "note",   "county",  "figure",  "goal"};

    return words[field];
}

typedef struct head_word {
    const char16_t *word;
    xj_backfill_field field;
} head_word;

static const head_word head_words[] = {
    {u"系统编号", XJ_BACKFILL_KEY},
    {u"SYSTEMNO", XJ_BACKFILL_KEY},
    {u"序号", XJ_BACKFILL_NO},
    {u"编号", XJ_BACKFILL_NO},
    {u"任务编号", XJ_BACKFILL_NO},
    {u"任务序号", XJ_BACKFILL_NO},
    {u"NO.", XJ_BACKFILL_NO},
    {u"专项行动", XJ_BACKFILL_ACTION},
    {u"行动", XJ_BACKFILL_ACTION},
    {u"行动名称", XJ_BACKFILL_ACTION},
    {u"领域", XJ_BACKFILL_ACTION},
    {u"类别", XJ_BACKFILL_ACTION},
    {u"板块", XJ_BACKFILL_ACTION},
    {u"ACTION", XJ_BACKFILL_ACTION},
    {u"任务", XJ_BACKFILL_TASK},
    {u"目标任务", XJ_BACKFILL_TASK},
    {u"工作任务", XJ_BACKFILL_TASK},
    {u"重点任务", XJ_BACKFILL_TASK},
    {u"任务名称", XJ_BACKFILL_TASK},
    {u"任务内容", XJ_BACKFILL_TASK},
    {u"工作内容", XJ_BACKFILL_TASK},
    {u"工作要点", XJ_BACKFILL_TASK},
    {u"重点工作", XJ_BACKFILL_TASK},
    {u"工作措施", XJ_BACKFILL_TASK},
    {u"具体措施", XJ_BACKFILL_TASK},
    {u"主要措施", XJ_BACKFILL_TASK},
    {u"工作事项", XJ_BACKFILL_TASK},
    {u"事项", XJ_BACKFILL_TASK},
    {u"项目名称", XJ_BACKFILL_TASK},
    {u"TASK", XJ_BACKFILL_TASK},
    {u"牵头", XJ_BACKFILL_LEAD},
    {u"牵头单位", XJ_BACKFILL_LEAD},
    {u"主办", XJ_BACKFILL_LEAD},
    {u"主办单位", XJ_BACKFILL_LEAD},
    {u"LEAD", XJ_BACKFILL_LEAD},
    {u"责任单位", XJ_BACKFILL_UNIT},
    {u"责任部门", XJ_BACKFILL_UNIT},
    {u"承办单位", XJ_BACKFILL_UNIT},
    {u"落实单位", XJ_BACKFILL_UNIT},
    {u"单位", XJ_BACKFILL_UNIT},
    {u"部门", XJ_BACKFILL_UNIT},
    {u"UNIT", XJ_BACKFILL_UNIT},
    {u"配合单位", XJ_BACKFILL_OTHER},
    {u"配合部门", XJ_BACKFILL_OTHER},
    {u"协办单位", XJ_BACKFILL_OTHER},
    {u"参与单位", XJ_BACKFILL_OTHER},
    {u"责任人", XJ_BACKFILL_OTHER},
    {u"分管领导", XJ_BACKFILL_OTHER},
    {u"联系人", XJ_BACKFILL_OTHER},
    {u"联络员", XJ_BACKFILL_OTHER},
    {u"电话", XJ_BACKFILL_OTHER},
    {u"目标值", XJ_BACKFILL_GOAL},
    {u"年度目标值", XJ_BACKFILL_GOAL},
    {u"计划值", XJ_BACKFILL_GOAL},
    {u"GOAL", XJ_BACKFILL_GOAL},
    {u"完成值", XJ_BACKFILL_FIGURE},
    {u"实际值", XJ_BACKFILL_FIGURE},
    {u"实际完成值", XJ_BACKFILL_FIGURE},
    {u"指标完成值", XJ_BACKFILL_FIGURE},
    {u"完成数", XJ_BACKFILL_FIGURE},
    {u"实际完成数", XJ_BACKFILL_FIGURE},
    {u"完成数量", XJ_BACKFILL_FIGURE},
    {u"完成量", XJ_BACKFILL_FIGURE},
    {u"实际完成量", XJ_BACKFILL_FIGURE},
    {u"FIGURE", XJ_BACKFILL_FIGURE},
    {u"指标", XJ_BACKFILL_OTHER},
    {u"年度目标", XJ_BACKFILL_OTHER},
    {u"工作目标", XJ_BACKFILL_OTHER},
    {u"目标", XJ_BACKFILL_OTHER},
    {u"计划", XJ_BACKFILL_OTHER},
    {u"时限", XJ_BACKFILL_DEADLINE},
    {u"完成时限", XJ_BACKFILL_DEADLINE},
    {u"期限", XJ_BACKFILL_DEADLINE},
    {u"截止", XJ_BACKFILL_DEADLINE},
    {u"计划完成", XJ_BACKFILL_DEADLINE},
    {u"计划完成时间", XJ_BACKFILL_DEADLINE},
    {u"要求完成", XJ_BACKFILL_DEADLINE},
    {u"要求完成时间", XJ_BACKFILL_DEADLINE},
    {u"时间要求", XJ_BACKFILL_DEADLINE},
    {u"时间节点", XJ_BACKFILL_DEADLINE},
    {u"DEADLINE", XJ_BACKFILL_DEADLINE},
    {u"进展", XJ_BACKFILL_TEXT},
    {u"进展情况", XJ_BACKFILL_TEXT},
    {u"进度", XJ_BACKFILL_TEXT},
    {u"工作进度", XJ_BACKFILL_TEXT},
    {u"工作进展", XJ_BACKFILL_TEXT},
    {u"任务进展", XJ_BACKFILL_TEXT},
    {u"任务进度", XJ_BACKFILL_TEXT},
    {u"任务落实情况", XJ_BACKFILL_TEXT},
    {u"任务完成情况", XJ_BACKFILL_TEXT},
    {u"落实情况", XJ_BACKFILL_TEXT},
    {u"推进情况", XJ_BACKFILL_TEXT},
    {u"完成情况", XJ_BACKFILL_TEXT},
    {u"开展情况", XJ_BACKFILL_TEXT},
    {u"工作情况", XJ_BACKFILL_TEXT},
    {u"办理情况", XJ_BACKFILL_TEXT},
    {u"成效", XJ_BACKFILL_TEXT},
    {u"PROGRESS", XJ_BACKFILL_TEXT},
    {u"完成比例", XJ_BACKFILL_PERCENT},
    {u"比例", XJ_BACKFILL_PERCENT},
    {u"百分比", XJ_BACKFILL_PERCENT},
    {u"完成率", XJ_BACKFILL_PERCENT},
    {u"完成进度", XJ_BACKFILL_PERCENT},
    {u"进度(%)", XJ_BACKFILL_PERCENT},
    {u"进度%", XJ_BACKFILL_PERCENT},
    {u"任务完成比例", XJ_BACKFILL_PERCENT},
    {u"任务完成率", XJ_BACKFILL_PERCENT},
    {u"PERCENT", XJ_BACKFILL_PERCENT},
    {u"状态", XJ_BACKFILL_STATE},
    {u"完成状态", XJ_BACKFILL_STATE},
    {u"任务状态", XJ_BACKFILL_STATE},
    {u"进展状态", XJ_BACKFILL_STATE},
    {u"进度状态", XJ_BACKFILL_STATE},
    {u"是否完成", XJ_BACKFILL_STATE},
    {u"是否办结", XJ_BACKFILL_STATE},
    {u"STATE", XJ_BACKFILL_STATE},
    {u"完成日期", XJ_BACKFILL_DONE_ON},
    {u"完成时间", XJ_BACKFILL_DONE_ON},
    {u"办结日期", XJ_BACKFILL_DONE_ON},
    {u"办结时间", XJ_BACKFILL_DONE_ON},
    {u"实际完成", XJ_BACKFILL_DONE_ON},
    {u"实际完成时间", XJ_BACKFILL_DONE_ON},
    {u"销号日期", XJ_BACKFILL_DONE_ON},
    {u"销号时间", XJ_BACKFILL_DONE_ON},
    {u"DONEON", XJ_BACKFILL_DONE_ON},
    {u"报送日期", XJ_BACKFILL_SENT_ON},
    {u"报送时间", XJ_BACKFILL_SENT_ON},
    {u"上报日期", XJ_BACKFILL_SENT_ON},
    {u"上报时间", XJ_BACKFILL_SENT_ON},
    {u"填报日期", XJ_BACKFILL_SENT_ON},
    {u"填报时间", XJ_BACKFILL_SENT_ON},
    {u"反馈日期", XJ_BACKFILL_SENT_ON},
    {u"反馈时间", XJ_BACKFILL_SENT_ON},
    {u"更新日期", XJ_BACKFILL_SENT_ON},
    {u"更新时间", XJ_BACKFILL_SENT_ON},
    {u"SENTON", XJ_BACKFILL_SENT_ON},
    {u"问题", XJ_BACKFILL_DIFFICULTIES},
    {u"存在问题", XJ_BACKFILL_DIFFICULTIES},
    {u"困难", XJ_BACKFILL_DIFFICULTIES},
    {u"不足", XJ_BACKFILL_DIFFICULTIES},
    {u"短板", XJ_BACKFILL_DIFFICULTIES},
    {u"堵点", XJ_BACKFILL_DIFFICULTIES},
    {u"未完成原因", XJ_BACKFILL_DIFFICULTIES},
    {u"滞后原因", XJ_BACKFILL_DIFFICULTIES},
    {u"DIFFICULTIES", XJ_BACKFILL_DIFFICULTIES},
    {u"下一步", XJ_BACKFILL_NEXT},
    {u"下一步工作", XJ_BACKFILL_NEXT},
    {u"下一步工作措施", XJ_BACKFILL_NEXT},
    {u"下一步工作任务", XJ_BACKFILL_NEXT},
    {u"下步", XJ_BACKFILL_NEXT},
    {u"下阶段", XJ_BACKFILL_NEXT},
    {u"打算", XJ_BACKFILL_NEXT},
    {u"后续", XJ_BACKFILL_NEXT},
    {u"NEXTSTEP", XJ_BACKFILL_NEXT},
    {u"文号", XJ_BACKFILL_DOC_NO},
    {u"佐证", XJ_BACKFILL_DOC_NO},
    {u"佐证材料", XJ_BACKFILL_DOC_NO},
    {u"支撑材料", XJ_BACKFILL_DOC_NO},
    {u"成果文件", XJ_BACKFILL_DOC_NO},
    {u"完成依据", XJ_BACKFILL_DOC_NO},
    {u"依据", XJ_BACKFILL_DOC_NO},
    {u"DOCNO", XJ_BACKFILL_DOC_NO},
    {u"印发日期", XJ_BACKFILL_DOC_ON},
    {u"发文日期", XJ_BACKFILL_DOC_ON},
    {u"成文日期", XJ_BACKFILL_DOC_ON},
    {u"DOCON", XJ_BACKFILL_DOC_ON},
    {u"备注", XJ_BACKFILL_NOTE},
    {u"说明", XJ_BACKFILL_NOTE},
    {u"NOTE", XJ_BACKFILL_NOTE},
};

/* ---- characters ---- */

/* TEXT folded, without line breaks, small letters made large. */
static size_t
fold(xj_char *out, size_t max, xj_str text)
{
    size_t n = xj_chars_fold_some(out, max, text, NULL), kept = 0;

    for (size_t i = 0; i < n; i++) {
        xj_char c = out[i];

        if (c == '\n' || c == '\t')
            continue;
        out[kept++] = c >= 'a' && c <= 'z' ? (xj_char)(c - 'a' + 'A') : c;
    }
    return kept;
}

static size_t
length(const char16_t *word)
{
    size_t n = 0;

    while (word[n] != 0)
        n++;
    return n;
}

static bool
stands_at(const xj_char *c, size_t n, size_t at, const char16_t *word)
{
    for (; *word != 0; word++, at++)
        if (at >= n || c[at] != *word)
            return false;
    return true;
}

/* Where WORD stands last; XJ_NPOS: nowhere. */
static size_t
last_at(const xj_char *c, size_t n, const char16_t *word)
{
    for (size_t i = n; i-- > 0;)
        if (stands_at(c, n, i, word))
            return i;
    return XJ_NPOS;
}

static bool
stands_in(const xj_char *c, size_t n, const char16_t *word)
{
    return last_at(c, n, word) != XJ_NPOS;
}

/* ---- the field ---- */

/* *FOUND is false where no word of ours stands in the head. */
static xj_backfill_field
field_of(bool *found, const xj_char *c, size_t n)
{
    xj_backfill_field best = XJ_BACKFILL_OTHER;
    size_t longest = 0, where = 0;

    for (size_t i = 0; i < sizeof head_words / sizeof *head_words; i++) {
        const size_t len = length(head_words[i].word), at = last_at(c, n, head_words[i].word);

        /* of merged heads (完成情况 over 完成日期) the lower says what it is */
        if (at == XJ_NPOS || len < longest || (len == longest && at < where))
            continue;
        longest = len;
        where = at;
        best = head_words[i].field;
    }
    *found = longest > 0;
    return best;
}

/* ---- the time ---- */

/* 1 to 9 at C, in Arabic or Chinese writing; 0: none. */
static int
figure(xj_char c)
{
    const int han = xj_han_digit(c);

    return xj_char_digit(c) ? c - '0' : han > 0 ? han : 0;
}

/* "1-6月", "6月", "6月底", "6月15日" at I; *DAYS is how long it is. */
static bool
months_at(xj_date *until, int *days, const xj_char *c, size_t n, size_t i, int year)
{
    int number[2] = {0, 0}, day = 0;
    size_t at = i;
    int k = 0;

    for (; k < 2; k++) {
        size_t from = at;

        while (at < n && at < from + 2 && xj_char_digit(c[at]))
            number[k] = number[k] * 10 + (c[at++] - '0');
        if (at == from)
            return false;
        if (at < n && c[at] == u'月' && k == 0)
            break;
        if (k == 0 && at < n && (c[at] == '-' || c[at] == u'至'))
            at++;
        else if (k == 0 || at >= n || c[at] != u'月')
            return false;
    }
    k = number[1] != 0 ? number[1] : number[0];
    if (k < 1 || k > 12 || number[0] < 1 || (number[1] != 0 && number[1] < number[0]))
        return false;
    at++;
    for (size_t from = at; at < n && at < from + 2 && xj_char_digit(c[at]); at++)
        day = day * 10 + (c[at] - '0');
    if (day > 0 && number[1] == 0) {
        *until = (xj_date){year, k, day};
        *days = 0;
        return at < n && (c[at] == u'日' || c[at] == u'号') && xj_date_valid(*until);
    }
    *until = xj_month_end(year, k);
    *days = number[1] == 0 ? 30 : 30 * (number[1] - number[0] + 1);
    return true;
}

static bool
named_at(xj_date *until, int *days, const xj_char *c, size_t n, size_t i, int year)
{
    static const struct {
        const char16_t *word;
        int month, days;
    } names[] = {{u"上半年", 6, 181},     {u"下半年", 12, 184}, {u"前三季度", 9, 273},
                 {u"前三个季度", 9, 273}, {u"半年", 6, 181},    {u"全年", 12, 365},
                 {u"年底", 12, 365},      {u"年末", 12, 365},   {u"年终", 12, 365},
                 {u"H1", 6, 181},         {u"H2", 12, 184},     {u"YEAR", 12, 365}};
    const size_t at = i + (c[i] == 'Q' || c[i] == 'M');
    int quarter, month = 0;

    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        if (stands_at(c, n, i, names[k].word)) {
            *until = xj_month_end(year, names[k].month);
            *days = names[k].days;
            return true;
        }
    if (i > 0 && xj_char_letter(c[i - 1]))
        return false; /* inside a word */
    if (c[i] == 'M' && at < n && xj_char_digit(c[at])) {
        for (size_t k = at; k < n && k < at + 2 && xj_char_digit(c[k]); k++)
            month = month * 10 + (c[k] - '0');
        *until = month >= 1 && month <= 12 ? xj_month_end(year, month) : (xj_date){0};
        *days = 30;
        return until->year != 0;
    }
    quarter = at < n ? figure(c[at]) : 0;
    if (quarter < 1 || quarter > 4 ||
        (c[i] != 'Q' && !stands_at(c, n, i + 1, u"季度") && !stands_at(c, n, i + 1, u"季")))
        return false;
    *until = xj_month_end(year, quarter * 3);
    *days = 91;
    return true;
}

static int
year_in(const xj_char *c, size_t n)
{
    for (size_t i = 0; i + 4 < n; i++) {
        int year = 0;
        size_t k = i;

        for (; k < i + 4 && xj_char_digit(c[k]); k++)
            year = year * 10 + (c[k] - '0');
        if (k == i + 4 && c[k] == u'年' && (i == 0 || !xj_char_digit(c[i - 1])) && year >= 2000 &&
            year <= 2200)
            return year;
    }
    return 0;
}

int
xj_backfill__year(xj_str title)
{
    xj_char c[HEAD_MAX * 4];

    return year_in(c, fold(c, HEAD_MAX * 4, title));
}

static bool
of_counties(const xj_char *c, size_t n)
{
    static const char16_t *const words[] = {u"县区",     u"区县",   u"县市区", u"县(市、区)",
                                            u"县(市区)", u"县(区)", u"各县",   u"各区"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (stands_in(c, n, words[i]))
            return true;
    return false;
}

void
xj_backfill__head(xj_backfill_column *column, xj_str head, int year)
{
    xj_char c[HEAD_MAX];
    const size_t n = fold(c, HEAD_MAX, head);
    const int printed = year_in(c, n);
    bool found;

    if (printed != 0)
        year = printed;
    column->head = head;
    column->field = field_of(&found, c, n);
    column->until = (xj_date){0};
    column->days = 0;
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && xj_char_digit(c[i - 1]) && xj_char_digit(c[i]))
            continue; /* inside a number */
        if (months_at(&column->until, &column->days, c, n, i, year) ||
            named_at(&column->until, &column->days, c, n, i, year))
            break;
        column->until = (xj_date){0};
    }
    column->counties = of_counties(c, n);
    column->period = stands_in(c, n, u"本期") || stands_in(c, n, u"当期") ||
                     stands_in(c, n, u"新增") || stands_in(c, n, u"当月") ||
                     stands_in(c, n, u"当季");
    /* "所属县区": whose the row is */
    if (!found && column->counties)
        column->field = XJ_BACKFILL_COUNTY;
    /* "上半年", "6月底": what was done by then. */
    else if (!found && column->until.year != 0 && n <= 12)
        column->field = XJ_BACKFILL_TEXT;
}

/* ---- words of cells ---- */

static bool
is_one_of(const xj_char *c, size_t n, const char16_t *const *words)
{
    for (; *words != NULL; words++)
        if (n == length(*words) && stands_at(c, n, 0, *words))
            return true;
    return false;
}

static bool
begins_with(const xj_char *c, size_t n, const char16_t *const *words)
{
    for (; *words != NULL; words++)
        if (stands_at(c, n, 0, *words))
            return true;
    return false;
}

xj_backfill__state
xj_backfill__state_of(xj_str text)
{
    static const char16_t *const none[] = {u"未启动",   u"未开展",   u"未开始",   u"未实施",
                                           u"尚未启动", u"尚未开展", u"没有启动", u"NOTSTARTED",
                                           u"NOTBEGUN", NULL};
    static const char16_t *const going[] = {
        u"推进中",   u"进行中",     u"正在推进", u"正常推进", u"序时推进", u"按序时", u"持续推进",
        u"长期坚持", u"达到序时",   u"滞后",     u"进度滞后", u"未达序时", u"缓慢",   u"进展缓慢",
        u"逾期",     u"超期",       u"未完成",   u"部分完成", u"基本完成", u"已启动", u"在办",
        u"办理中",   u"INPROGRESS", u"INHAND",   u"LATE",     u"尚未完成", NULL};
    static const char16_t *const done[] = {u"已完成",    u"完成", u"已办结",   u"办结",
                                           u"已销号",    u"销号", u"全部完成", u"DONE",
                                           u"COMPLETED", NULL};
    static const char16_t *const yes[] = {u"是", u"√", u"✓", u"✔", u"YES", NULL};
    static const char16_t *const no[] = {u"否", u"×", u"✗", u"✘", u"NO", NULL};
    xj_char c[24];
    const size_t n = fold(c, 24, text);

    if (n == 0 || n >= 20) /* words about it, not a state */
        return XJ_BACKFILL__UNSAID;
    if (begins_with(c, n, none))
        return XJ_BACKFILL__NOT_BEGUN;
    if (begins_with(c, n, going) || is_one_of(c, n, no))
        return XJ_BACKFILL__IN_HAND;
    if (is_one_of(c, n, yes))
        return XJ_BACKFILL__DONE;
    /* 完成, 已完成(3月28日); but not 完成三项 */
    if (begins_with(c, n, done) && (is_one_of(c, n, done) || stands_in(c, n, u"(") ||
                                    stands_in(c, n, u"已") || stands_in(c, n, u"全部")))
        return XJ_BACKFILL__DONE;
    return XJ_BACKFILL__UNSAID;
}

int
xj_backfill__percent_of(xj_str text, bool fraction)
{
    xj_char c[16];
    const size_t n = fold(c, 16, text);
    const xj_chars chars = {.c = c, .n = n};
    double value;
    xj_number number;
    bool percent;

    if (n == 0 || n >= 16)
        return -1;
    percent = xj_number_parse_percent(&number, &chars, 0, n) && number.len == n;
    if (!percent &&
        (!xj_char_digit(c[0]) || !xj_number_parse(&number, &chars, 0, n) || number.len != n))
        return -1;
    value = number.value;
    /* 0.4 is 40 %; 1 is 100 % only where the whole column is of shares */
    if (!percent && (value < 1 ? value > 0 : fraction && number.integer && value <= 1))
        value *= 100;
    if (value < 0 || value > 100)
        return -1;
    return (int)(value + 0.5);
}
