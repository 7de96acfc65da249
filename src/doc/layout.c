#include "doc/layout.h"

#include "doc/doc_priv.h"

#include <math.h>
#include <stdlib.h>

#define TEXT_MAX ((size_t)64 << 20)
#define COLS_MAX 40
#define INDENT_MAX 60 /* blanks */

/* A line: pieces first .. first + n of the sorted ones. */
struct line {
    size_t first, n;
    float left, top, right, bottom;
    float margin; /* left edge of the column it stands in */
    int table;    /* 0 no row of a table, else the table's number */
};

struct page {
    xj_layout *layout;
    xj_str text;
    xj_piece *pieces;
    size_t n;
    struct line *lines;
    size_t nlines;
    float em, width; /* usual height of a character */
    xj_pool *scratch;
};

void
xj_layout__init(xj_layout *layout, xj_pool *pool)
{
    *layout = (xj_layout){.pool = pool};
    xj_buf_init(&layout->text, pool, TEXT_MAX);
}

static int
by_top(const void *a, const void *b)
{
    const xj_piece *p = a, *q = b;

    return p->top != q->top ? (p->top > q->top) - (p->top < q->top)
                            : (p->left > q->left) - (p->left < q->left);
}

static int
by_left(const void *a, const void *b)
{
    const xj_piece *p = a, *q = b;

    return (p->left > q->left) - (p->left < q->left);
}

static int
by_size(const void *a, const void *b)
{
    const float *p = a, *q = b;

    return (*p > *q) - (*p < *q);
}

/* The median height of the pieces. */
static void
measure(struct page *p)
{
    float *heights = XJ_NEW_ARRAY(p->scratch, float, p->n);

    for (size_t i = 0; i < p->n; i++)
        heights[i] = p->pieces[i].bottom - p->pieces[i].top;
    qsort(heights, p->n, sizeof *heights, by_size);
    p->em = p->n > 0 ? fmaxf(heights[p->n / 2], 4) : 10;
}

static void
widen(struct line *l, const xj_piece *k)
{
    l->left = fminf(l->left, k->left);
    l->right = fmaxf(l->right, k->right);
    l->top = fminf(l->top, k->top);
    l->bottom = fmaxf(l->bottom, k->bottom);
}

/* Pieces FROM .. TO, sorted by height, to lines: a piece whose middle lies within the line joins
 * it. */
static void
make_lines(struct page *p, size_t from, size_t to)
{
    float margin = 1e9f;

    for (size_t i = from; i < to; i++)
        margin = fminf(margin, p->pieces[i].left);
    for (size_t i = from; i < to;) {
        struct line *l = &p->lines[p->nlines++];
        const xj_piece *k = &p->pieces[i];

        *l = (struct line){i, 1, k->left, k->top, k->right, k->bottom, margin, 0};
        for (i++; i < to; i++) {
            float middle = (p->pieces[i].top + p->pieces[i].bottom) / 2;

            k = &p->pieces[i];
            if (middle > l->bottom || (k->top + k->bottom) / 2 < l->top ||
                k->top > l->top + (l->bottom - l->top) * 0.6f)
                break;
            l->n++;
            widen(l, k);
        }
        qsort(p->pieces + l->first, l->n, sizeof *p->pieces, by_left);
    }
}

/* ---- two columns of text ---- */

/* Whether the page parts at X into two columns of running text. */
static bool
parts_at(const struct page *p, float x)
{
    size_t left = 0, right = 0, crossing = 0, left_full = 0;

    for (size_t i = 0; i < p->n; i++) {
        const xj_piece *k = &p->pieces[i];

        if (k->right < x) {
            left++;
            left_full += k->right > x - p->em * 4 && k->right - k->left > p->width * 0.2f;
        } else if (k->left > x) {
            right++;
        } else {
            crossing++;
        }
    }
    return left >= 8 && right >= 8 && crossing * 12 <= left + right && left_full * 5 >= left * 3;
}

/* The middle of the gutter between two columns, or 0. */
static float
find_gutter(const struct page *p)
{
    float from = 0, to = 0;

    for (float x = p->width * 0.4f; x <= p->width * 0.6f; x += p->em / 4) {
        if (parts_at(p, x)) {
            from = from == 0 ? x : from;
            to = x;
        } else if (from > 0) {
            break;
        }
    }
    return (from + to) / 2;
}

/* Sort the pieces of two columns: above, left, right; *SPLIT and *LAST part them.  What crosses the
 * gutter is taken to stand above. */
static void
split_columns(struct page *p, float gutter, size_t *split, size_t *last)
{
    xj_piece *sorted = XJ_NEW_ARRAY(p->scratch, xj_piece, p->n);
    size_t at = 0;

    for (int part = 0; part < 3; part++) {
        for (size_t i = 0; i < p->n; i++) {
            const xj_piece *k = &p->pieces[i];
            /* a mark that hangs over the column's edge crosses nothing */
            int own = k->right < gutter + p->em ? 1 : k->left > gutter - p->em ? 2 : 0;

            if (own == part)
                sorted[at++] = *k;
        }
        if (part == 0)
            *split = at;
        else if (part == 1)
            *last = at;
    }
    memcpy(p->pieces, sorted, p->n * sizeof *sorted);
}

/* ---- tables ---- */

static size_t
gaps_in(const struct page *p, const struct line *l)
{
    size_t gaps = 0;

    for (size_t i = 1; i < l->n; i++)
        gaps += p->pieces[l->first + i].left - p->pieces[l->first + i - 1].right > p->em * 0.9f;
    return gaps;
}

/* Mark runs of lines that stand in columns: at least three lines with gaps, with at most four lines
 * of one piece (a cell's further lines) between. */
static void
find_tables(struct page *p)
{
    int tables = 0;

    for (size_t i = 0; i < p->nlines;) {
        size_t end = i, with_gaps = 0, quiet = 0;
        size_t most = 0;

        if (gaps_in(p, &p->lines[i]) == 0) {
            i++;
            continue;
        }
        for (size_t k = i; k < p->nlines && quiet <= 4; k++) {
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
            tables++;
            for (size_t k = i; k < end; k++)
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

/* The white band above line I that parts two rows of a table, in units of em; lines of one cell are
 * set closer than rows. */
static float
row_gap(const struct page *p, size_t from, size_t to)
{
    float *gaps = XJ_NEW_ARRAY(p->scratch, float, to - from);
    size_t n = 0;
    float jump = 1.4f, threshold = 1e9f;

    for (size_t i = from + 1; i < to; i++)
        gaps[n++] = fmaxf(p->lines[i].top - p->lines[i - 1].bottom, p->em * 0.15f);
    qsort(gaps, n, sizeof *gaps, by_size);
    /* the largest step from one width to the next parts the two sorts */
    for (size_t i = 1; i < n; i++) {
        if (gaps[i] > gaps[i - 1] * jump) {
            jump = gaps[i] / gaps[i - 1];
            threshold = (gaps[i] + gaps[i - 1]) / 2;
        }
    }
    return threshold;
}

/* What was written from FROM on stands in this box. */
static void
mark(struct page *p, size_t from, float left, float top, float right, float bottom)
{
    xj_layout *layout = p->layout;

    if (layout->text.len > from)
        xj_vec_push(&layout->lines, layout->pool,
                    (xj_laid_line){.from = from,
                                   .to = layout->text.len,
                                   .page = layout->pages,
                                   .left = left,
                                   .top = top,
                                   .right = right,
                                   .bottom = bottom});
}

static xj_str
words(const struct page *p, const xj_piece *k)
{
    return xj_str_trim(xj_str_sub(p->text, k->from, k->to));
}

/* Whether K and the piece before it meet with Chinese characters: between those a small gap is
 * none. */
static bool
both_wide(const struct page *p, const xj_piece *k)
{
    xj_str before = words(p, k - 1), after = words(p, k);

    return before.len > 0 && after.len > 0 && (unsigned char)before.data[before.len - 1] >= 0x80 &&
           (unsigned char)after.data[0] >= 0x80;
}

static void
add_text_line(struct page *p, const struct line *l)
{
    int indent = (int)((l->left - l->margin) / (p->em / 2) + 0.5f);
    size_t at;

    for (int i = 0; i < indent && i < INDENT_MAX; i++)
        xj_buf_add_char(&p->layout->text, ' ');
    at = p->layout->text.len;
    for (size_t i = 0; i < l->n; i++) {
        const xj_piece *k = &p->pieces[l->first + i];

        if (i > 0 && k->left - k[-1].right > p->em * (both_wide(p, k) ? 1.0f : 0.3f))
            xj_buf_add_char(&p->layout->text, ' ');
        xj_buf_add(&p->layout->text, words(p, k));
    }
    mark(p, at, l->left, l->top, l->right, l->bottom);
    xj_buf_add_char(&p->layout->text, '\n');
}

/* Whether line L is one piece that runs from one column into the next: the name of a group of rows.
 */
static bool
runs_across(const struct page *p, const struct columns *cols, const struct line *l)
{
    const xj_piece *k = &p->pieces[l->first];

    for (int c = 0; l->n == 1 && c + 1 < cols->n; c++) {
        if (k->left < cols->right[c] && k->right > cols->left[c + 1])
            return true;
    }
    return false;
}

/* Lines FROM .. TO as rows with tabs between their cells. */
static void
add_table(struct page *p, size_t from, size_t to)
{
    struct columns *cols = XJ_NEW(p->scratch, struct columns);
    float gap = row_gap(p, from, to);
    size_t start = from;

    find_columns(p, from, to, cols);
    if (cols->n < 2) { /* gaps by chance: running text */
        for (; start < to; start++)
            add_text_line(p, &p->lines[start]);
        return;
    }
    while (start < to) {
        size_t end = start + 1;
        struct line whole = p->lines[start];

        /* a row goes on until a white band, or (where there is none) until its first column begins
         * anew */
        for (; end < to; end++) {
            const struct line *l = &p->lines[end];

            if (runs_across(p, cols, l) || runs_across(p, cols, &p->lines[end - 1]))
                break;
            if (gap < 1e8f ? l->top - whole.bottom > gap
                           : column_of(cols, &p->pieces[l->first]) == 0)
                break;
            whole.left = fminf(whole.left, l->left);
            whole.right = fmaxf(whole.right, l->right);
            whole.bottom = fmaxf(whole.bottom, l->bottom);
        }
        for (int c = 0; c < cols->n; c++) {
            if (c > 0)
                xj_buf_add_char(&p->layout->text, '\t');
            for (size_t i = start; i < end; i++) {
                for (size_t k = 0; k < p->lines[i].n; k++) {
                    const xj_piece *piece = &p->pieces[p->lines[i].first + k];
                    size_t at;

                    if (column_of(cols, piece) != c)
                        continue;
                    at = p->layout->text.len;
                    xj_buf_add(&p->layout->text, words(p, piece));
                    mark(p, at, piece->left, piece->top, piece->right, piece->bottom);
                }
            }
        }
        xj_buf_add_char(&p->layout->text, '\n');
        start = end;
    }
}

void
xj_layout__page(xj_layout *layout, xj_str text, xj_piece *pieces, size_t n, float width)
{
    struct page p = {.layout = layout,
                     .text = text,
                     .pieces = pieces,
                     .n = n,
                     .width = width,
                     .scratch = xj_pool_child(layout->pool)};
    size_t split = 0, last = 0;
    float gutter;

    if (layout->pages++ > 0)
        xj_buf_add_char(&layout->text, '\f');
    if (n == 0) {
        xj_pool_destroy(p.scratch);
        return;
    }
    measure(&p);
    p.lines = XJ_NEW_ARRAY(p.scratch, struct line, n);
    gutter = find_gutter(&p);
    if (gutter > 0)
        split_columns(&p, gutter, &split, &last);
    qsort(pieces, gutter > 0 ? split : n, sizeof *pieces, by_top);
    make_lines(&p, 0, gutter > 0 ? split : n);
    if (gutter > 0) {
        qsort(pieces + split, last - split, sizeof *pieces, by_top);
        make_lines(&p, split, last);
        qsort(pieces + last, n - last, sizeof *pieces, by_top);
        make_lines(&p, last, n);
    } else {
        find_tables(&p);
    }
    for (size_t i = 0; i < p.nlines;) {
        size_t end = i + 1;

        if (p.lines[i].table == 0) {
            add_text_line(&p, &p.lines[i]);
        } else {
            while (end < p.nlines && p.lines[end].table == p.lines[i].table)
                end++;
            add_table(&p, i, end);
        }
        i = end;
    }
    xj_pool_destroy(p.scratch);
}

/* The first laid line that ends behind byte AT of the laid-out text. */
static size_t
line_at(const xj_layout *layout, size_t at)
{
    size_t low = 0, high = layout->lines.len;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (layout->lines.items[mid].to <= at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* The page and box of the lines that hold the bytes of PLACE in the laid-out text. */
static xj_place
place_of(const xj_layout *layout, xj_place place)
{
    size_t low = line_at(layout, place.from);
    xj_place found = {.row = place.row, .col = place.col};

    for (; low < layout->lines.len && layout->lines.items[low].from < place.to; low++) {
        const xj_laid_line *l = &layout->lines.items[low];

        if (found.page == 0) {
            found.page = l->page;
            found.box[0] = l->left;
            found.box[1] = l->top;
            found.box[2] = l->right;
            found.box[3] = l->bottom;
        } else if (found.page == l->page) {
            found.box[0] = fminf(found.box[0], l->left);
            found.box[1] = fminf(found.box[1], l->top);
            found.box[2] = fmaxf(found.box[2], l->right);
            found.box[3] = fmaxf(found.box[3], l->bottom);
        }
    }
    return found;
}

/* The spots of DOC, whose places are bytes of the laid-out text, cut where the pieces of a line
 * end.
 */
static void
place_spots(xj_doc *doc, const xj_layout *layout, xj_pool *result)
{
    XJ_VEC(xj_spot) cut = {0};

    for (size_t i = 0; i < doc->nspots; i++) {
        const xj_spot *spot = &doc->spots[i];
        size_t from = spot->place.from, to = spot->place.to;

        for (size_t k = line_at(layout, from);
             k < layout->lines.len && layout->lines.items[k].from < to; k++) {
            const xj_laid_line *l = &layout->lines.items[k];
            size_t begin = l->from > from ? l->from : from, end = l->to < to ? l->to : to;

            xj_vec_push(&cut, result,
                        (xj_spot){.from = spot->from + (begin - from),
                                  .to = spot->from + (end - from),
                                  .place = {.page = l->page,
                                            .box = {l->left, l->top, l->right, l->bottom}}});
        }
    }
    doc->spots = cut.items;
    doc->nspots = cut.len;
}

/* The reader takes a mark of byte order off the beginning, and places would not fit any more. */
static void
blank_mark(xj_buf *text)
{
    const xj_str mark = XJ_STR("\xef\xbb\xbf");

    if (xj_str_starts(xj_buf_str(text), mark))
        memset(text->data, ' ', mark.len);
}

xj_error *
xj_layout__read(xj_doc **doc, xj_layout *layout, xj_pool *result, xj_pool *scratch)
{
    XJ_TRY(xj_buf_check(&layout->text));
    blank_mark(&layout->text);
    XJ_TRY(xj_doc__text_spots(doc, xj_buf_str(&layout->text), result, scratch));
    place_spots(*doc, layout, result);
    for (size_t i = 0; i < (*doc)->nblocks; i++) {
        xj_block *block = &(*doc)->blocks[i];

        block->place = place_of(layout, block->place);
        for (size_t c = 0; c < block->ncells; c++)
            block->cells[c].place = place_of(layout, block->cells[c].place);
    }
    for (size_t i = 0; i < (*doc)->nfurniture; i++)
        (*doc)->furniture[i].place = place_of(layout, (*doc)->furniture[i].place);
    return NULL;
}
