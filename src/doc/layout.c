#include "doc/layout_priv.h"

#include "doc/doc_priv.h"

#include <math.h>
#include <stdlib.h>

#define TEXT_MAX ((size_t)64 << 20)
#define INDENT_MAX 60  /* blanks */
#define RUN_LINES 4    /* of two columns side by side, at the least */
#define STRIP_GAP 0.9f /* of a character's height: what parts two pieces of a line */
#define STRIPS_BACK 8
#define EDGE_LINES 2 /* of a running head, at the most */

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

int
xj_layout__by_size(const void *a, const void *b)
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
    qsort(heights, p->n, sizeof *heights, xj_layout__by_size);
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

/* A run of pieces, by height, that the middle X of the page parts. */
struct run {
    size_t left, right;           /* pieces on each side */
    size_t left_full, right_full; /* those that fill their column */
};

/* Put K to the run; false where it crosses X. */
static bool
run_add(struct run *run, const struct page *p, float x, const xj_piece *k)
{
    bool wide = k->right - k->left > p->width * 0.2f;

    if (k->right < x) {
        run->left++;
        run->left_full += wide && k->right > x - p->em * 4;
    } else if (k->left > x) {
        run->right++;
        run->right_full += wide && k->left < x + p->em * 6;
    } else {
        return false;
    }
    return true;
}

static bool
in_columns(const struct run *run)
{
    return run->left >= RUN_LINES && run->right >= RUN_LINES &&
           run->left_full * 5 >= run->left * 3 && run->right_full * 2 >= run->right;
}

/* The pieces of P, by height, with those that follow one another on a line taken together; their
 * number. */
static size_t
take_together(const struct page *p, xj_piece *strips)
{
    size_t n = 0;

    for (size_t i = 0; i < p->n; i++) {
        const xj_piece *k = &p->pieces[i];
        size_t back = 0;
        bool found = false;

        while (!found && back < n && back < STRIPS_BACK) {
            xj_piece *strip = &strips[n - ++back];

            found = k->left - strip->right <= p->em * STRIP_GAP &&
                    strip->left - k->right <= p->em * STRIP_GAP &&
                    (k->top + k->bottom) / 2 <= strip->bottom;
            if (found) {
                strip->left = fminf(strip->left, k->left);
                strip->right = fmaxf(strip->right, k->right);
            }
        }
        if (!found)
            strips[n++] = *k;
    }
    return n;
}

/* Whether the N STRIPS, or those of a part of the height, part at X into two columns of running
 * text. */
static bool
parts_at(const struct page *p, const xj_piece *strips, size_t n, float x)
{
    struct run run = {0};
    size_t left = 0, right = 0;

    for (size_t i = 0; i <= n; i++) {
        if (i < n && run_add(&run, p, x, &strips[i]))
            continue;
        if (in_columns(&run)) {
            left += run.left;
            right += run.right;
        }
        run = (struct run){0};
    }
    return left >= 2 * RUN_LINES && right >= 2 * RUN_LINES;
}

/* The middle of the gutter between two columns, or 0. */
static float
find_gutter(const struct page *p)
{
    xj_piece *strips = XJ_NEW_ARRAY(p->scratch, xj_piece, p->n);
    size_t n = take_together(p, strips);
    float from = 0, to = 0;

    for (float x = p->width * 0.4f; x <= p->width * 0.6f; x += p->em / 4) {
        if (parts_at(p, strips, n, x)) {
            from = from == 0 ? x : from;
            to = x;
        } else if (from > 0) {
            break;
        }
    }
    return (from + to) / 2;
}

/* The end of the run of pieces from FROM on that do not cross GUTTER. */
static size_t
run_end(const struct page *p, float gutter, size_t from)
{
    while (from < p->n &&
           /* a mark that hangs over the column's edge crosses nothing */
           (p->pieces[from].right < gutter + p->em || p->pieces[from].left > gutter - p->em))
        from++;
    return from;
}

/* Cut a running head off the front of the run FROM .. TO: few pieces, and white below them. */
static size_t
behind_head(const struct page *p, size_t from, size_t to)
{
    float bottom = p->pieces[from].bottom;

    for (size_t i = from + 1; i < to && i <= from + EDGE_LINES * 2; i++) {
        if (p->pieces[i].top - bottom > p->em * 1.2f)
            return i;
        bottom = fmaxf(bottom, p->pieces[i].bottom);
    }
    return from;
}

/* Cut a page number off the end of the run FROM .. TO: few pieces, and white above them. */
static size_t
before_foot(const struct page *p, size_t from, size_t to)
{
    float bottom = 0;
    size_t end = to;

    for (size_t i = from; i < to; i++) {
        if (i > from && p->pieces[i].top - bottom > p->em * 1.2f)
            end = i;
        bottom = fmaxf(bottom, p->pieces[i].bottom);
    }
    return to - end <= EDGE_LINES * 2 ? end : to;
}

static void
lines_of(struct page *p, size_t from, size_t to)
{
    size_t first = p->nlines;

    qsort(p->pieces + from, to - from, sizeof *p->pieces, by_top);
    make_lines(p, from, to);
    xj_layout__find_tables(p, first, p->nlines);
}

/* The lines of a page of two columns: what crosses the gutter where it stands, and between two such
 * the left column, then the right one. */
static void
lines_of_columns(struct page *p, float gutter)
{
    xj_piece *right = XJ_NEW_ARRAY(p->scratch, xj_piece, p->n);
    size_t whole = 0; /* where what is not in columns begins */

    for (size_t i = 0; i < p->n;) {
        size_t stop = run_end(p, gutter, i), at, end, nleft = 0, nright = 0;
        struct run run = {0};

        if (stop == i) {
            i++;
            continue;
        }
        at = behind_head(p, i, stop);
        end = before_foot(p, at, stop);

        for (size_t k = at; k < end; k++)
            run_add(&run, p, gutter, &p->pieces[k]);
        if (run.left < 2 || run.right < 2 || end - at < RUN_LINES) {
            i = stop;
            continue;
        }
        if (at > whole)
            lines_of(p, whole, at);
        for (size_t k = at; k < end; k++) {
            if (p->pieces[k].right < gutter + p->em)
                p->pieces[at + nleft++] = p->pieces[k];
            else
                right[nright++] = p->pieces[k];
        }
        memcpy(p->pieces + at + nleft, right, nright * sizeof *right);
        make_lines(p, at, at + nleft);
        make_lines(p, at + nleft, end);
        whole = i = end;
    }
    if (p->n > whole)
        lines_of(p, whole, p->n);
}

/* ---- lines ---- */

void
xj_layout__mark(struct page *p, size_t from, float left, float top, float right, float bottom)
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

xj_str
xj_layout__words(const struct page *p, const xj_piece *k)
{
    return xj_str_trim(xj_str_sub(p->text, k->from, k->to));
}

/* Whether K and the piece before it meet with Chinese characters: between those a small gap is
 * none. */
static bool
both_wide(const struct page *p, const xj_piece *k)
{
    xj_str before = xj_layout__words(p, k - 1), after = xj_layout__words(p, k);

    return before.len > 0 && after.len > 0 && (unsigned char)before.data[before.len - 1] >= 0x80 &&
           (unsigned char)after.data[0] >= 0x80;
}

void
xj_layout__text_line(struct page *p, const struct line *l)
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
        xj_buf_add(&p->layout->text, xj_layout__words(p, k));
    }
    xj_layout__mark(p, at, l->left, l->top, l->right, l->bottom);
    xj_buf_add_char(&p->layout->text, '\n');
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
    float gutter;

    if (layout->pages++ > 0)
        xj_buf_add_char(&layout->text, '\f');
    if (n == 0) {
        xj_pool_destroy(p.scratch);
        return;
    }
    measure(&p);
    p.lines = XJ_NEW_ARRAY(p.scratch, struct line, n);
    qsort(pieces, n, sizeof *pieces, by_top);
    gutter = find_gutter(&p);
    if (gutter > 0)
        lines_of_columns(&p, gutter);
    else
        lines_of(&p, 0, n);
    for (size_t i = 0; i < p.nlines;) {
        size_t end = i + 1;

        if (p.lines[i].table == 0) {
            xj_layout__text_line(&p, &p.lines[i]);
        } else {
            while (end < p.nlines && p.lines[end].table == p.lines[i].table)
                end++;
            xj_layout__table(&p, i, end);
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

/* The rows that the cell covers whose words begin at byte AT of the laid-out text; the spans stand
 * in the order of the text, from *NEXT on. */
static int
rows_at(const xj_layout *layout, size_t at, size_t *next)
{
    while (*next < layout->spans.len && layout->spans.items[*next].from < at)
        ++*next;
    return *next < layout->spans.len && layout->spans.items[*next].from == at
               ? layout->spans.items[*next].rows
               : 1;
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
    size_t span = 0;

    XJ_TRY(xj_buf_check(&layout->text));
    blank_mark(&layout->text);
    XJ_TRY(xj_doc__text_spots(doc, xj_buf_str(&layout->text), result, scratch));
    place_spots(*doc, layout, result);
    for (size_t i = 0; i < (*doc)->nblocks; i++) {
        xj_block *block = &(*doc)->blocks[i];

        block->place = place_of(layout, block->place);
        for (size_t c = 0; c < block->ncells; c++) {
            xj_cell *cell = &block->cells[c];

            if (cell->to > cell->from)
                cell->row_span = rows_at(layout, cell->place.from, &span);
            cell->place = place_of(layout, cell->place);
        }
    }
    for (size_t i = 0; i < (*doc)->nfurniture; i++)
        (*doc)->furniture[i].place = place_of(layout, (*doc)->furniture[i].place);
    return NULL;
}
