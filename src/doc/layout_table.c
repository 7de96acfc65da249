/*
 * doc/layout_table.c -- rows and cells of tables, by where their pieces stand.
 *
 * Cells stand in columns that white corridors part, rows between white bands.  A cell that was
 * merged over rows is written in the middle of them, so its words may bridge the band between two
 * rows: the rows are those that show most when one or more columns are left out.
 */
#include "doc/layout_priv.h"

#include <math.h>
#include <stdlib.h>

#define COLS_MAX 40
#define CELL_GAP 0.4f    /* of a character's height: the white between two cells, at the least */
#define CENTRE_OFF 0.45f /* how far a merged cell's words may be off the middle of its rows */
#define MERGED_BEFORE 3  /* columns in front that may be merged at once */

static size_t
gaps_in(const struct page *p, const struct line *l)
{
    size_t gaps = 0;

    for (size_t i = 1; i < l->n; i++)
        gaps += p->pieces[l->first + i].left - p->pieces[l->first + i - 1].right > p->em * CELL_GAP;
    return gaps;
}

/* The highest cells of the first and the last row begin above the line of the others, and end below
 * it: take their lines, between FROM and TO, to the table FIRST .. END. */
static void
take_edges(const struct page *p, size_t from, size_t to, size_t *first, size_t *end)
{
    float left = 1e9f, right = 0;

    for (size_t i = *first; i < *end; i++) {
        left = fminf(left, p->lines[i].left);
        right = fmaxf(right, p->lines[i].right);
    }
    while (*end < to && p->lines[*end].top - p->lines[*end - 1].bottom < p->em * 0.4f &&
           p->lines[*end].right - p->lines[*end].left < (right - left) * 0.5f)
        ++*end;
    while (*first > from && p->lines[*first - 1].table == 0 &&
           p->lines[*first - 1].bottom > p->lines[*first].top &&
           p->lines[*first - 1].right - p->lines[*first - 1].left < (right - left) * 0.5f)
        --*first;
}

/* Mark runs of lines that stand in columns: at least three lines with gaps, with at most four lines
 * of one piece (a cell's further lines) between. */
void
xj_layout__find_tables(struct page *p, size_t from, size_t to)
{
    int tables = from > 0 ? p->lines[from - 1].table : 0;

    for (size_t i = from; i < to;) {
        size_t end = i, with_gaps = 0, quiet = 0;
        size_t most = 0;

        if (gaps_in(p, &p->lines[i]) == 0) {
            i++;
            continue;
        }
        for (size_t k = i; k < to && quiet <= 4; k++) {
            size_t gaps = gaps_in(p, &p->lines[k]);

            if (k > i && p->lines[k].top - p->lines[k - 1].bottom > p->em * 4)
                break;
            if (gaps > 0) {
                with_gaps++;
                quiet = 0;
                end = k + 1;
                most = gaps > most ? gaps : most;
            } else {
                quiet++;
            }
        }
        if (with_gaps >= 3 && most >= 2) {
            size_t first = i;

            tables++;
            take_edges(p, from, to, &first, &end);
            for (size_t k = first; k < end; k++)
                p->lines[k].table = tables;
        }
        i = end > i ? end : i + 1;
    }
}

struct columns {
    float left[COLS_MAX], right[COLS_MAX];
    int n;
};

/* Where a piece begins (+1) or ends (-1). */
struct edge {
    float x;
    int step;
};

static int
by_edge(const void *a, const void *b)
{
    const struct edge *p = a, *q = b;

    return p->x != q->x ? (p->x > q->x) - (p->x < q->x) : p->step - q->step;
}

/* Where more than FEW of N PIECES lie above one another, as columns. */
static void
dense_columns(const struct page *p, const xj_piece *const *pieces, size_t n, size_t few,
              struct columns *cols)
{
    struct edge *edges = XJ_NEW_ARRAY(p->scratch, struct edge, 2 * n);
    int depth = 0;

    cols->n = 0;
    for (size_t i = 0; i < n; i++) {
        edges[2 * i] = (struct edge){pieces[i]->left, 1};
        edges[2 * i + 1] = (struct edge){pieces[i]->right, -1};
    }
    qsort(edges, 2 * n, sizeof *edges, by_edge);
    for (size_t i = 0; i < 2 * n; i++) {
        bool was = depth > (int)few, is;

        depth += edges[i].step;
        is = depth > (int)few;
        if (is && !was) {
            if (cols->n > 0 && edges[i].x < cols->right[cols->n - 1] + p->em * 0.3f)
                continue; /* no gap that shows: the column goes on */
            if (cols->n == COLS_MAX)
                return;
            cols->left[cols->n] = cols->right[cols->n] = edges[i].x;
            cols->n++;
        } else if (was && !is && cols->n > 0) {
            cols->right[cols->n - 1] = edges[i].x;
        }
    }
}

/* The columns of lines FROM .. TO: what is left when their pieces are laid on one another.  Pieces
 * that are much wider than the rest (a title across the table) do not count; and where a few pieces
 * bridge what all others leave white (a closing line below the table), the others are right. */
static void
find_columns(const struct page *p, size_t from, size_t to, struct columns *cols)
{
    size_t first = p->lines[from].first;
    size_t end = p->lines[to - 1].first + p->lines[to - 1].n, n = 0, rows = 0;
    const xj_piece **pieces = XJ_NEW_ARRAY(p->scratch, const xj_piece *, end - first);
    struct columns *all = XJ_NEW(p->scratch, struct columns);
    struct columns *dense = XJ_NEW(p->scratch, struct columns);
    float whole = 0;

    for (size_t i = from; i < to; i++)
        whole = fmaxf(whole, p->lines[i].right - p->lines[i].left);
    for (size_t i = from; i < to; i++) {
        const struct line *l = &p->lines[i];
        bool in_columns = gaps_in(p, l) > 0;

        rows += in_columns;
        for (size_t k = l->first; in_columns && k < l->first + l->n; k++) {
            if (p->pieces[k].right - p->pieces[k].left < whole * 0.6f)
                pieces[n++] = &p->pieces[k];
        }
    }
    dense_columns(p, pieces, n, 0, all);
    dense_columns(p, pieces, n, rows / 8, dense);
    cols->n = 0;
    for (int c = 0, d = 0; c < all->n; c++) {
        int inside = 0;

        while (d < dense->n && dense->left[d] < all->left[c])
            d++;
        while (d + inside < dense->n && dense->right[d + inside] <= all->right[c])
            inside++;
        /* a column that few rows fill stays one */
        for (int i = 0; i < (inside > 1 ? inside : 1) && cols->n < COLS_MAX; i++) {
            cols->left[cols->n] = inside > 1 ? dense->left[d + i] : all->left[c];
            cols->right[cols->n++] = inside > 1 ? dense->right[d + i] : all->right[c];
        }
    }
}

static int
column_of(const struct columns *cols, const xj_piece *k)
{
    int best = 0;
    float most = -1e9f;

    for (int c = 0; c < cols->n; c++) {
        float common = fminf(cols->right[c], k->right) - fmaxf(cols->left[c], k->left);

        if (common > most) {
            most = common;
            best = c;
        }
    }
    return best;
}

/* ---- rows ---- */

/* A piece of the table with its column. */
struct bit {
    const xj_piece *piece;
    int col;
};

/* A line, a row, or the words of one cell, between two heights. */
struct band {
    float top, bottom;
    int first,
        last; /* of a cell: the rows it covers; of a line: its first column, and its pieces */
};

/* What parts rows. */
struct ruling {
    bool left_out[COLS_MAX]; /* columns that hide rows */
    float gap;               /* white bands above this part two rows; 1e9: none does */
    bool each_line;          /* each line is a row */
};

struct table {
    struct page *page;
    struct bit *bits; /* by height */
    size_t n;
    const struct columns *cols;
    struct ruling ruling;
    struct band *rows;
    int nrows;
};

static int
by_height(const void *a, const void *b)
{
    const struct bit *p = a, *q = b;

    return p->piece->top != q->piece->top
               ? (p->piece->top > q->piece->top) - (p->piece->top < q->piece->top)
               : (p->piece->left > q->piece->left) - (p->piece->left < q->piece->left);
}

/* The white between two sorts of lines, those of one cell and those of two rows; 1e9 where all N
 * GAPS are alike. */
static float
row_gap(float *gaps, size_t n)
{
    float jump = 1.4f, threshold = 1e9f;

    qsort(gaps, n, sizeof *gaps, xj_layout__by_size);
    /* the largest step from one width to the next parts the two sorts */
    for (size_t i = 1; i < n; i++) {
        if (gaps[i] > gaps[i - 1] * jump) {
            jump = gaps[i] / gaps[i - 1];
            threshold = (gaps[i] + gaps[i - 1]) / 2;
        }
    }
    return threshold;
}

/* The lines of T where the columns left out do not count; their number. */
static int
lines_of(const struct table *t, const bool *left_out, struct band *lines)
{
    int n = 0;

    for (size_t i = 0; i < t->n; i++) {
        const xj_piece *k = t->bits[i].piece;
        struct band *l = n > 0 ? &lines[n - 1] : NULL;

        if (left_out[t->bits[i].col])
            continue;
        if (l == NULL || (k->top + k->bottom) / 2 > l->bottom ||
            k->top > l->top + (l->bottom - l->top) * 0.6f) {
            lines[n++] = (struct band){k->top, k->bottom, t->bits[i].col, 1};
            continue;
        }
        l->bottom = fmaxf(l->bottom, k->bottom);
        l->first = t->bits[i].col < l->first ? t->bits[i].col : l->first;
        l->last++;
    }
    return n;
}

/* Put N LINES together to rows, in place; their number. */
static int
rows_of(const struct ruling *ruling, struct band *lines, int n)
{
    int rows = 0;

    for (int i = 0; i < n; i++) {
        /* where no white band parts rows, one begins where its first column does */
        bool begins = ruling->each_line || rows == 0 ||
                      (ruling->gap < 1e8f ? lines[i].top - lines[rows - 1].bottom > ruling->gap
                                          : lines[i].first == 0);

        if (begins)
            lines[rows++] = lines[i];
        else
            lines[rows - 1].bottom = fmaxf(lines[rows - 1].bottom, lines[i].bottom);
    }
    return rows;
}

/* The ruling of T without the columns LEFT_OUT; the number of rows that it shows. */
static int
rule_without(const struct table *t, struct ruling *ruling, struct band *lines, float *gaps)
{
    int n = lines_of(t, ruling->left_out, lines), counted = 0;
    float bottom = n > 0 ? lines[0].bottom : 0;

    for (int c = 0; c < t->cols->n; c++)
        counted += !ruling->left_out[c];
    ruling->each_line = true;
    for (int i = 1; i < n; i++) {
        gaps[i - 1] = fmaxf(lines[i].top - bottom, t->page->em * 0.15f);
        bottom = fmaxf(bottom, lines[i].bottom);
        ruling->each_line = ruling->each_line && lines[i].last * 3 >= counted * 2;
    }
    ruling->gap = row_gap(gaps, n > 0 ? (size_t)n - 1 : 0);
    /* lines that fill nearly all columns, evenly spaced, are rows */
    ruling->each_line = ruling->each_line && ruling->gap > 1e8f;
    return rows_of(ruling, lines, n);
}

/* Leave out what hides rows: some columns in front, and perhaps one more. */
static void
find_ruling(struct table *t)
{
    struct band *lines = XJ_NEW_ARRAY(t->page->scratch, struct band, t->n + 1);
    float *gaps = XJ_NEW_ARRAY(t->page->scratch, float, t->n + 1);
    int most = 0;

    for (int front = 0; front <= MERGED_BEFORE && front + 2 <= t->cols->n; front++) {
        for (int one = front - 1; one < t->cols->n; one++) {
            struct ruling tried = {0};
            int n;

            if (one >= front && t->cols->n - front < 3)
                break;
            for (int c = 0; c < t->cols->n; c++)
                tried.left_out[c] = c < front || (c == one && one >= front);
            n = rule_without(t, &tried, lines, gaps);
            if (n > most) {
                most = n;
                t->ruling = tried;
            }
        }
    }
}

/* ---- cells ---- */

/* Where row I begins, halfway to the row above it. */
static float
row_edge(const struct table *t, int i)
{
    const struct band *r = t->rows;
    float half = t->nrows > 1 ? (r[1].top - r[0].bottom) / 2 : 0;

    if (i == 0)
        return r[0].top - half;
    if (i == t->nrows)
        return r[i - 1].bottom + half;
    return (r[i - 1].bottom + r[i].top) / 2;
}

/* The row whose height holds the middle of K. */
static int
row_of(const struct table *t, const xj_piece *k)
{
    float middle = (k->top + k->bottom) / 2;
    int row = 0;

    while (row + 1 < t->nrows && middle > row_edge(t, row + 1))
        row++;
    return row;
}

/* The cells of column C, from above: what stands in one row, or (in one left out) what no white
 * band parts.  Their number. */
static int
column_cells(const struct table *t, int c, struct band *cells)
{
    const bool left_out = t->ruling.left_out[c];
    const float gap = t->ruling.gap < 1e8f ? t->ruling.gap : t->page->em * 0.6f,
                most = t->page->em * 0.25f;
    int n = 0;

    for (size_t i = 0; i < t->n; i++) {
        const xj_piece *k = t->bits[i].piece;
        int row = row_of(t, k);

        if (t->bits[i].col != c)
            continue;
        if (n > 0 && (left_out ? k->top - cells[n - 1].bottom <= gap : cells[n - 1].first == row)) {
            cells[n - 1].bottom = fmaxf(cells[n - 1].bottom, k->bottom);
            continue;
        }
        cells[n++] = (struct band){k->top, k->bottom, row, row};
    }
    for (int i = 0; left_out && i < n; i++) {
        struct band *k = &cells[i];

        k->first = k->last = -1;
        for (int r = 0; r < t->nrows; r++) {
            if (fminf(k->bottom, t->rows[r].bottom) - fmaxf(k->top, t->rows[r].top) <= most)
                continue;
            k->first = k->first < 0 ? r : k->first;
            k->last = r;
        }
        if (k->first < 0) {
            xj_piece middle = {0, k->top, 0, k->bottom, 0, 0};

            k->first = k->last = row_of(t, &middle);
        }
    }
    return n;
}

/* Where a column has fewer cells than rows, and each of them stands in the middle of as many rows
 * as bring it to the next one, they are merged: set the rows that each covers. */
static void
spread_merged(const struct table *t, struct band *cells, int n)
{
    int row = 0, *last = XJ_NEW_ARRAY(t->page->scratch, int, n + 1);

    if (n == 0 || n >= t->nrows)
        return;
    for (int i = 0; i < n; i++) {
        float middle = (cells[i].top + cells[i].bottom) / 2, off = 1e9f;

        last[i] = row;
        for (int r = row; r < t->nrows; r++) {
            float away = fabsf((row_edge(t, row) + row_edge(t, r + 1)) / 2 - middle);

            if (away >= off)
                break;
            off = away;
            last[i] = r;
        }
        if (row >= t->nrows || off > t->page->em * CENTRE_OFF)
            return;
        row = last[i] + 1;
    }
    if (row < t->nrows)
        return;
    for (int i = 0; i < n; i++) {
        cells[i].first = i == 0 ? 0 : last[i - 1] + 1;
        cells[i].last = last[i];
    }
}

/* Write the words of column C between the heights of CELL. */
static void
add_cell(const struct table *t, int c, const struct band *cell)
{
    xj_layout *layout = t->page->layout;

    if (cell->last > cell->first)
        xj_vec_push(&layout->spans, layout->pool,
                    (xj_laid_span){layout->text.len, cell->last - cell->first + 1});
    for (size_t i = 0; i < t->n; i++) {
        const xj_piece *k = t->bits[i].piece;
        float middle = (k->top + k->bottom) / 2;
        size_t at = layout->text.len;

        if (t->bits[i].col != c || middle < cell->top || middle > cell->bottom)
            continue;
        xj_buf_add(&layout->text, xj_layout__words(t->page, k));
        xj_layout__mark(t->page, at, k->left, k->top, k->right, k->bottom);
    }
}

/* Put BITS that stand on one line from left to right: their tops may differ a little. */
static void
order_lines(struct table *t)
{
    for (size_t i = 1; i < t->n; i++) {
        struct bit moved = t->bits[i];
        size_t k = i;

        while (k > 0 && t->bits[k - 1].piece->left > moved.piece->left &&
               (t->bits[k - 1].piece->top + t->bits[k - 1].piece->bottom) / 2 > moved.piece->top)
            k--;
        if (k == i)
            continue;
        memmove(&t->bits[k + 1], &t->bits[k], (i - k) * sizeof moved);
        t->bits[k] = moved;
    }
}

/* Write the rows of T. */
static void
add_rows(struct table *t)
{
    struct band **cells = XJ_NEW_ARRAY(t->page->scratch, struct band *, t->cols->n);
    int count[COLS_MAX] = {0};

    t->rows = XJ_NEW_ARRAY(t->page->scratch, struct band, t->n + 1);
    t->nrows = rows_of(&t->ruling, t->rows, lines_of(t, t->ruling.left_out, t->rows));
    /* a part that holds nothing but what was left out */
    if (t->nrows == 0)
        t->rows[t->nrows++] =
            (struct band){t->bits[0].piece->top, t->bits[t->n - 1].piece->bottom, 0, 0};
    for (int c = 0; c < t->cols->n; c++) {
        cells[c] = XJ_NEW_ARRAY(t->page->scratch, struct band, t->n + 1);
        count[c] = column_cells(t, c, cells[c]);
        spread_merged(t, cells[c], count[c]);
    }
    for (int r = 0; r < t->nrows; r++) {
        for (int c = 0; c < t->cols->n; c++) {
            if (c > 0)
                xj_buf_add_char(&t->page->layout->text, '\t');
            for (int i = 0; i < count[c]; i++)
                if (cells[c][i].first == r)
                    add_cell(t, c, &cells[c][i]);
        }
        xj_buf_add_char(&t->page->layout->text, '\n');
    }
}

/* Whether line L runs, without a gap, from one column into the next: the name of a group of rows.
 */
static bool
runs_across(const struct page *p, const struct columns *cols, const struct line *l)
{
    for (int c = 0; gaps_in(p, l) == 0 && c + 1 < cols->n; c++) {
        if (l->left < cols->right[c] && l->right > cols->left[c + 1])
            return true;
    }
    return false;
}

/* The pieces of lines FROM .. TO, by height. */
static void
take_bits(struct table *t, size_t from, size_t to)
{
    const struct page *p = t->page;
    size_t first = p->lines[from].first;

    t->n = p->lines[to - 1].first + p->lines[to - 1].n - first;
    for (size_t i = 0; i < t->n; i++)
        t->bits[i] = (struct bit){&p->pieces[first + i], column_of(t->cols, &p->pieces[first + i])};
    qsort(t->bits, t->n, sizeof *t->bits, by_height);
    order_lines(t);
}

void
xj_layout__table(struct page *p, size_t from, size_t to)
{
    struct columns *cols = XJ_NEW(p->scratch, struct columns);
    struct table t = {.page = p, .cols = cols};

    find_columns(p, from, to, cols);
    if (cols->n < 2) { /* gaps by chance: running text */
        for (; from < to; from++)
            xj_layout__text_line(p, &p->lines[from]);
        return;
    }
    t.bits = XJ_NEW_ARRAY(p->scratch, struct bit,
                          p->lines[to - 1].first + p->lines[to - 1].n - p->lines[from].first);
    take_bits(&t, from, to);
    find_ruling(&t);
    while (from < to) {
        size_t end = from;

        if (runs_across(p, cols, &p->lines[from]))
            end++;
        while (end < to && !runs_across(p, cols, &p->lines[end]) &&
               (end == from || !runs_across(p, cols, &p->lines[end - 1])))
            end++;
        take_bits(&t, from, end);
        add_rows(&t);
        from = end;
    }
}
