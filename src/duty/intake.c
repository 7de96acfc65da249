#include "duty/intake.h"

#include "base/vec.h"
#include "text/chars.h"
#include "text/label.h"
#include "text/number.h"

#include <stdlib.h>

#define GRAMS_MAX 1500 /* pairs of characters of one text: more words tell no more */
#define LIKELY 350     /* thousandths: below, a piece answers no row by itself */
#define APART 40       /* by so much the best must lead the second */
#define HEADING_MAX 24 /* characters of a line that only says what follows */
#define ROWS_MAX 2000

const char *
xj_intake_part_word(xj_intake_part part)
{
    static const char *const words[] = {"none", "text", "difficulties", "next_step", "percent"};

    return words[part];
}

/* ---- how alike: pairs of characters, the rarer among the rows the heavier ---- */

typedef struct bag {
    uint32_t *grams; /* ascending, each once */
    double *weights; /* of a row's: by how few rows have them */
    size_t n;
    double whole; /* their sum */
} bag;

typedef struct row_bags {
    bag title, words;
    int number; /* that stands before it in the plan; 0: none */
} row_bags;

typedef struct proposer {
    const xj_doc *doc;
    const xj_report *report;
    row_bags *rows;
    XJ_VEC(xj_intake_piece) pieces;
    int groups;
    /* what the piece before said */
    int64_t duty;
    xj_intake_part part;
    xj_pool *result, *scratch;
} proposer;

static int
compare_u32(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

static bag
bag_of(xj_str text, xj_pool *pool)
{
    bag b = {.grams = XJ_NEW_ARRAY(pool, uint32_t, GRAMS_MAX)};
    xj_char before = 0;
    xj_chars chars;
    size_t n = 0;

    xj_chars_fold(&chars, text, pool);
    for (size_t i = 0; i < chars.n && n < GRAMS_MAX; i++) {
        const xj_char c = chars.c[i];
        const bool letter = xj_char_han(c) || xj_char_letter(c) || xj_char_digit(c);

        if (letter && before != 0)
            b.grams[n++] = (uint32_t)before << 16 | c;
        before = letter ? c : 0;
    }
    if (n > 0)
        qsort(b.grams, n, sizeof *b.grams, compare_u32);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || b.grams[i] != b.grams[i - 1])
            b.grams[b.n++] = b.grams[i];
    return b;
}

static bool
has(const bag *b, uint32_t gram)
{
    return b->n > 0 && bsearch(&gram, b->grams, b->n, sizeof gram, compare_u32) != NULL;
}

/* A pair that all rows have tells nothing apart. */
static void
weigh(bag *b, const proposer *p)
{
    b->weights = XJ_NEW_ARRAY(p->scratch, double, b->n);
    for (size_t i = 0; i < b->n; i++) {
        size_t rows = 0;

        for (size_t r = 0; r < p->report->nrows; r++)
            rows += has(&p->rows[r].title, b->grams[i]) || has(&p->rows[r].words, b->grams[i]);
        b->weights[i] = rows == 0 ? 1.0 : 1.0 / (double)rows;
        b->whole += b->weights[i];
    }
}

/* How much of B's weight PIECE has, and how many of its pairs. */
static double
share(size_t *common, const bag *b, const bag *piece)
{
    double sum = 0;

    *common = 0;
    for (size_t i = 0; i < b->n; i++)
        if (has(piece, b->grams[i])) {
            sum += b->weights[i];
            ++*common;
        }
    return b->whole > 0 ? sum / b->whole : 0;
}

static int
label_of(xj_str text)
{
    xj_char c[16];
    const size_t n = xj_chars_fold_some(c, 16, text, NULL);
    const xj_label label = xj_label_parse(c, n);

    return label.kind == XJ_LABEL_NONE ? 0 : label.value;
}

/* The last figure of a number as the plan prints it: 3 of "一-3". */
static int
number_of(xj_str no)
{
    int value = 0;

    for (size_t i = 0; i < no.len; i++)
        value = no.data[i] >= '0' && no.data[i] <= '9' && value < 10000
                    ? value * 10 + (no.data[i] - '0')
                    : 0;
    return value;
}

static int
alike(const row_bags *row, const bag *piece, int number)
{
    size_t common, shared;
    const double title = share(&common, &row->title, piece);
    const double words = share(&shared, &row->words, piece);
    const size_t least = piece->n < row->words.n ? piece->n : row->words.n;
    const double overlap = least == 0 ? 0 : (double)shared / (double)least;
    double score = title > words ? title : words;

    if (common + shared < 2)
        return 0;
    score = 0.75 * score + 0.25 * overlap;
    if (number > 0 && number == row->number)
        score += 0.08;
    return score > 1 ? 1000 : (int)(score * 1000);
}

/* The row that TEXT is most like, where one leads; *SCORE is how alike. */
static int64_t
likest(int *score, const proposer *p, xj_str text)
{
    xj_pool *pool = xj_pool_child(p->scratch);
    const bag piece = bag_of(text, pool);
    const int number = label_of(text);
    int best = 0, second = 0;
    int64_t duty = 0;

    for (size_t i = 0; i < p->report->nrows; i++) {
        const int now = alike(&p->rows[i], &piece, number);

        if (now > best) {
            second = best;
            best = now;
            duty = p->report->rows[i].duty;
        } else if (now > second) {
            second = now;
        }
    }
    xj_pool_destroy(pool);
    *score = best;
    return best >= LIKELY && best - second >= APART ? duty : 0;
}

/* ---- what kind of words ---- */

static bool
says(xj_str text, const char *const *words)
{
    for (; *words != NULL; words++)
        if (xj_str_has(text, xj_str_c(*words)))
            return true;
    return false;
}

/* What a heading of a table's column, or of a passage, announces. */
static xj_intake_part
announced(xj_str heading)
{
    static const char *const difficulties[] = {"困难", "问题", "不足", "短板", NULL};
    static const char *const next[] = {"下一步", "下步", "打算", "下阶段", "后续", NULL};
    static const char *const percent[] = {"完成率",    "完成比例", "百分比",
                                          "进度（%）", "进度(%)",  NULL};
    static const char *const text[] = {"进展",     "完成情况", "落实情况", "开展情况",
                                       "推进情况", "工作情况", "成效",     NULL};

    if (says(heading, difficulties))
        return XJ_PART_DIFFICULTIES;
    if (says(heading, next))
        return XJ_PART_NEXT;
    if (says(heading, percent))
        return XJ_PART_PERCENT;
    return says(heading, text) ? XJ_PART_TEXT : XJ_PART_NONE;
}

/* The percent that TEXT says and nothing else, to the whole number. */
static int
percent_in(xj_str text)
{
    xj_char c[16];
    const xj_chars chars = {.c = c, .n = xj_chars_fold_some(c, 16, text, NULL)};
    xj_number number;

    if (chars.n == 16 || !xj_number_parse_percent(&number, &chars, 0, chars.n) ||
        number.len != chars.n || number.value > 100)
        return -1;
    return (int)(number.value + 0.5);
}

static void
add(proposer *p, xj_str text, int64_t duty, int score, xj_intake_part part, xj_place place)
{
    xj_vec_push(&p->pieces, p->result,
                ((xj_intake_piece){.text = xj_str_dup(text, p->result),
                                   .group = p->groups,
                                   .duty = duty,
                                   .score = score,
                                   .part = part,
                                   .percent = percent_in(text),
                                   .place = place}));
}

/* ---- paragraphs ---- */

/* "存在问题：经费不足" → what it announces, and what follows the colon. */
static xj_intake_part
prefix_of(xj_str *rest, xj_str text)
{
    const size_t wide = xj_str_find(text, XJ_STR("："), 0);
    const size_t plain = xj_str_find(text, XJ_STR(":"), 0);
    const size_t at = wide < plain ? wide : plain;
    xj_intake_part part;

    *rest = text;
    if (at == XJ_NPOS || xj_utf8_count(xj_str_sub(text, 0, at)) > HEADING_MAX)
        return XJ_PART_NONE;
    part = announced(xj_str_sub(text, 0, at));
    if (part == XJ_PART_NONE || part == XJ_PART_PERCENT)
        return XJ_PART_NONE;
    *rest = xj_str_trim(xj_str_skip(text, at + (at == wide ? strlen("：") : 1)));
    return part;
}

/* A short line that has little beside a row's title only names the row. */
static bool
only_names(const proposer *p, int64_t duty, xj_str text)
{
    for (size_t i = 0; i < p->report->nrows; i++)
        if (p->report->rows[i].duty == duty)
            return xj_utf8_count(text) <= xj_utf8_count(p->report->rows[i].title) + 8 &&
                   !xj_str_has(text, XJ_STR("，"));
    return false;
}

static void
take_paragraph(proposer *p, const xj_block *block)
{
    const xj_str text = xj_str_trim(xj_str_sub(p->doc->text, block->from, block->to));
    xj_intake_part part;
    xj_str rest;
    int64_t duty;
    int score;

    if (text.len == 0)
        return;
    p->groups++;
    part = prefix_of(&rest, text);
    if (part != XJ_PART_NONE && rest.len > 0) { /* its words may be of no row: they follow */
        add(p, rest, p->duty, 0, part, block->place);
        return;
    }
    duty = likest(&score, p, text);
    if (duty != 0) {
        const bool names = only_names(p, duty, text);

        p->duty = duty;
        p->part = XJ_PART_TEXT;
        add(p, text, duty, score, names ? XJ_PART_NONE : XJ_PART_TEXT, block->place);
        return;
    }
    part = announced(text);
    if (xj_utf8_count(text) <= HEADING_MAX &&
        (part != XJ_PART_NONE || block->kind == XJ_BLOCK_HEADING)) {
        if (part == XJ_PART_NONE || part == XJ_PART_PERCENT)
            p->duty = 0; /* another chapter begins */
        else
            p->part = part;
        add(p, text, 0, 0, XJ_PART_NONE, block->place);
        return;
    }
    add(p, text, p->duty, 0, p->duty == 0 ? XJ_PART_NONE : p->part, block->place);
}

/* ---- tables ---- */

typedef struct columns {
    xj_intake_part *parts; /* of each column; NONE: what says which task it is */
    int n;
    const xj_cell *heads; /* NULL: none were found */
    size_t nheads;
} columns;

static xj_str
cell_text(const proposer *p, const xj_cell *cell)
{
    return xj_str_trim(xj_str_sub(p->doc->text, cell->from, cell->to));
}

/* Whether the N CELLS repeat the headings, as tables do on each page. */
static bool
repeats_heads(const columns *c, const proposer *p, const xj_cell *cells, size_t n)
{
    if (n != c->nheads)
        return false;
    for (size_t i = 0; i < n; i++)
        if (!xj_str_eq(cell_text(p, &cells[i]), cell_text(p, &c->heads[i])))
            return false;
    return true;
}

/* Whether the N CELLS of a row are headings: then they say what the columns hold.  Two that
 * announce something make a row of headings, in a table's FIRST row one does. */
static bool
read_heads(columns *c, const proposer *p, const xj_cell *cells, size_t n, bool first)
{
    size_t known = 0;

    if (c->heads != NULL)
        return repeats_heads(c, p, cells, n);
    for (size_t i = 0; i < n; i++)
        known += xj_utf8_count(cell_text(p, &cells[i])) <= HEADING_MAX &&
                 announced(cell_text(p, &cells[i])) != XJ_PART_NONE;
    if (known < (first ? 1 : 2) || n < 2)
        return false;
    for (size_t i = 0; i < n; i++)
        for (int k = 0; k < cells[i].col_span && cells[i].col + k < c->n; k++)
            c->parts[cells[i].col + k] = announced(cell_text(p, &cells[i]));
    c->heads = cells;
    c->nheads = n;
    return true;
}

/* What of a row says which task it is about: all cells that say nothing else. */
static xj_str
naming(const proposer *p, const columns *c, const xj_cell *cells, size_t n)
{
    xj_buf out;

    xj_buf_init(&out, p->scratch, XJ_DOC_BYTES_MAX);
    for (size_t i = 0; i < n; i++) {
        if (c->parts[cells[i].col] != XJ_PART_NONE)
            continue;
        xj_buf_add(&out, cell_text(p, &cells[i]));
        xj_buf_add_char(&out, '\n');
    }
    return xj_buf_str(&out);
}

static void
take_row(proposer *p, const columns *c, const xj_cell *cells, size_t n)
{
    int score;
    int64_t duty = likest(&score, p, naming(p, c, cells, n));

    p->groups++;
    for (size_t i = 0; i < n; i++) {
        const xj_str text = cell_text(p, &cells[i]);
        const xj_intake_part part = c->parts[cells[i].col];

        if (text.len == 0 || (c->heads != NULL && part == XJ_PART_NONE))
            continue;
        if (duty == 0) /* a table without the tasks' words: what is said may tell */
            duty = likest(&score, p, text);
        add(p, text, duty, duty == 0 ? 0 : score, c->heads == NULL ? XJ_PART_TEXT : part,
            cells[i].place);
    }
}

static void
take_table(proposer *p, const xj_block *table)
{
    columns c = {.parts = XJ_NEW_ARRAY(p->scratch, xj_intake_part, (size_t)table->ncols),
                 .n = table->ncols};

    for (size_t from = 0, to; from < table->ncells; from = to) {
        to = from;
        while (to < table->ncells && table->cells[to].row == table->cells[from].row)
            to++;
        if (!read_heads(&c, p, table->cells + from, to - from, from == 0))
            take_row(p, &c, table->cells + from, to - from);
    }
    p->duty = 0; /* what stands below a table does not go on with its last row */
}

xj_error *
xj_intake_propose(xj_intake_piece **pieces, size_t *n, const xj_doc *doc, const xj_report *report,
                  xj_pool *result)
{
    proposer p = {.doc = doc,
                  .report = report,
                  .rows = XJ_NEW_ARRAY(result, row_bags, report->nrows),
                  .part = XJ_PART_TEXT,
                  .result = result,
                  .scratch = xj_pool_child(result)};

    if (report->nrows > ROWS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "a return has at most %d rows", ROWS_MAX);
    for (size_t i = 0; i < report->nrows; i++) {
        p.rows[i].title = bag_of(report->rows[i].title, p.scratch);
        p.rows[i].words = bag_of(report->rows[i].words, p.scratch);
        p.rows[i].number = number_of(report->rows[i].no);
    }
    for (size_t i = 0; i < report->nrows; i++) {
        weigh(&p.rows[i].title, &p);
        weigh(&p.rows[i].words, &p);
    }
    for (size_t i = 0; i < doc->nblocks; i++) {
        if (doc->blocks[i].kind == XJ_BLOCK_TABLE)
            take_table(&p, &doc->blocks[i]);
        else
            take_paragraph(&p, &doc->blocks[i]);
        if (p.pieces.len > XJ_INTAKE_PIECES_MAX)
            return xj_error_new(XJ_E_TOO_LARGE, "the file has more than %d paragraphs and cells",
                                XJ_INTAKE_PIECES_MAX);
    }
    *pieces = p.pieces.items;
    *n = p.pieces.len;
    xj_pool_destroy(p.scratch);
    return NULL;
}

/* ---- figures ---- */

/* The pairs of the names of all targets of ROW. */
static bag
named_in(const xj_report_row *row, xj_pool *pool)
{
    xj_buf names;

    xj_buf_init(&names, pool, XJ_DOC_BYTES_MAX);
    for (size_t i = 0; i < row->text.nfigures; i++) {
        xj_buf_add(&names, row->text.figures[i].indicator);
        xj_buf_add_char(&names, '\n');
    }
    return bag_of(xj_buf_str(&names), pool);
}

static bool
shares(const bag *a, const bag *b)
{
    for (size_t i = 0; i < a->n; i++)
        if (has(b, a->grams[i]))
            return true;
    return false;
}

/* The year that a return tells of. */
static int
year_of(const xj_obligation *o)
{
    int year = 0;

    for (size_t i = 0; i < 4 && i < o->period.len; i++)
        year = year * 10 + (o->period.data[i] - '0');
    return year > 1900 && year < 10000 ? year : xj_day_parse(o->due).year;
}

void
xj_intake_figures(xj_intake_figure **items, size_t *nitems, const xj_intake_piece *pieces, size_t n,
                  const xj_report *report, xj_pool *result)
{
    XJ_VEC(xj_intake_figure) all = {0};
    xj_pool *scratch = xj_pool_child(result), *turn = xj_pool_child(result);
    bag *names = XJ_NEW_ARRAY(scratch, bag, report->nrows);
    const int year = year_of(&report->obligation);

    for (size_t r = 0; r < report->nrows; r++)
        names[r] = named_in(&report->rows[r], scratch);
    for (size_t i = 0; i < n; i++) {
        const bag words = bag_of(pieces[i].text, turn);

        for (size_t r = 0; r < report->nrows && all.len < XJ_INTAKE_FIGURES_MAX; r++) {
            const xj_report_row *row = &report->rows[r];
            xj_figure *found;
            size_t nfound;

            if (!shares(&names[r], &words))
                continue;
            xj_figures_find(&found, &nfound, pieces[i].text, row->text.figures, row->text.nfigures,
                            year, turn);
            for (size_t k = 0; k < nfound; k++)
                xj_vec_push(&all, result, ((xj_intake_figure){i, row->duty, found[k]}));
        }
        xj_pool_clear(turn);
    }
    xj_pool_destroy(turn);
    xj_pool_destroy(scratch);
    *items = all.items;
    *nitems = all.len;
}

/* ---- which return ---- */

static bool
is_owed(const xj_obligation *o)
{
    return xj_str_eq(o->state, XJ_STR("due")) || xj_str_eq(o->state, XJ_STR("returned"));
}

xj_error *
xj_intake_choices(xj_obligation **items, size_t *n, int64_t *best, xj_db *db, const xj_scope *scope,
                  int64_t unit, xj_str on, xj_pool *result)
{
    const xj_date day = xj_day_parse(on);
    const xj_obligation_filter filter = {.unit = unit,
                                         .kind = XJ_STR("return"),
                                         .open = -1,
                                         .due_from =
                                             xj_day_str(xj_date_add_days(day, -366), result),
                                         .due_to = xj_day_str(xj_date_add_days(day, 366), result)};
    const xj_str half_year_ago = xj_day_str(xj_date_add_days(day, -183), result);
    bool forgotten = false;
    size_t kept = 0;

    *best = 0;
    XJ_TRY(xj_obligation_list(items, n, db, scope, &filter, NULL, XJ_INTAKE_CHOICES_MAX, result));
    for (size_t i = 0; i < *n; i++) {
        const xj_obligation *o = &(*items)[i];

        if (xj_str_eq(o->state, XJ_STR("withdrawn")))
            continue;
        /* by due day: the first that is owed, but for one that was forgotten long ago */
        if (is_owed(o) && (*best == 0 || forgotten)) {
            *best = o->id;
            forgotten = xj_str_cmp(o->due, half_year_ago) < 0;
        }
        (*items)[kept++] = *o;
    }
    *n = kept;
    return NULL;
}
