/* Today's lights by other rules: all facts are read in batches, since one by one they would take a
 * query a duty task and kind of fact. */
#include "duty/light_try.h"
#include "duty/light_priv.h"

#define BATCH 500 /* duty tasks at once */

/* A duty task with what people know it by. */
struct one {
    xj_light__facts facts;
    xj_str no, action, title, owner_name;
};

struct batch {
    struct one *items;
    size_t n;
};

/* A part's light by both rules, for the sums. */
struct cell {
    int64_t programme, of; /* a unit, then the action's number */
    int64_t action_no;
    xj_light was, now;
};

typedef struct trying {
    xj_light_try *out;
    xj_light__rules was, now;
    xj_date day;
    int64_t after;
    size_t limit;
    XJ_VEC(struct cell) cells;
    XJ_VEC(xj_light_try_row) rows;
    xj_pool *result;
} trying;

static xj_error *
read_batch(struct batch *batch, xj_db *db, const xj_scope *scope, int64_t person, int64_t after,
           xj_pool *pool)
{
    xj_list *list = xj_list_new(SQL_LIGHT_SHAPES, pool);
    xj_rows *rows;
    bool more;

    batch->items = XJ_NEW_ARRAY(pool, struct one, BATCH);
    batch->n = 0;
    XJ_TRY(xj_duty__sight(list, db, scope, person, pool));
    xj_list_after(list, after);
    XJ_TRY(xj_list_query(&rows, list, db, BATCH, "i", scope->tenant));
    for (;;) {
        struct one *one;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        one = &batch->items[batch->n++];
        *one = (struct one){.title = xj_row_text(rows, 10, pool),
                            .no = xj_row_text(rows, 18, pool),
                            .action = xj_row_text(rows, 19, pool),
                            .owner_name = xj_row_text(rows, 20, pool)};
        one->facts.duty = xj_row_int(rows, 17);
        xj_light__read_shape(&one->facts, rows, pool);
    }
}

/* Lay ROWS, which are ordered by the duty task in column COL, to those of BATCH. */
static xj_error *
lay(struct batch *batch, xj_rows *rows, int col,
    void (*add)(xj_light__facts *f, const xj_rows *row, xj_pool *pool), xj_pool *pool)
{
    size_t at = 0;
    bool more;

    for (;;) {
        int64_t duty;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        duty = xj_row_int(rows, col);
        while (at < batch->n && batch->items[at].facts.duty < duty)
            at++;
        if (at < batch->n && batch->items[at].facts.duty == duty)
            add(&batch->items[at].facts, rows, pool);
    }
}

static xj_error *
read_facts(struct batch *batch, xj_db *db, int64_t tenant, xj_date day, int ahead, xj_pool *pool)
{
    static const struct {
        enum xj_sql sql;
        int col;
        void (*add)(xj_light__facts *f, const xj_rows *row, xj_pool *pool);
    } others[] = {{SQL_LIGHTS_ENDS, 3, xj_light__add_owed},
                  {SQL_LIGHTS_STATES, 2, xj_light__add_turn},
                  {SQL_LIGHTS_PARTS, 6, xj_light__add_part},
                  {SQL_LIGHTS_STANDINGS, 3, xj_light__add_stood}};
    const int64_t first = batch->items[0].facts.duty;
    const int64_t last = batch->items[batch->n - 1].facts.duty;
    xj_rows *owed, *rows[sizeof others / sizeof *others];

    XJ_TRY(xj_db_query(&owed, db, SQL_LIGHTS_ROWS, "iiiss", tenant, first, last,
                       xj_day_str(day, pool), xj_day_str(xj_date_add_days(day, ahead), pool)));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        XJ_TRY(xj_db_query(&rows[i], db, others[i].sql, "iii", tenant, first, last));
    XJ_TRY(lay(batch, owed, 3, xj_light__add_owed, pool));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        XJ_TRY(lay(batch, rows[i], others[i].col, others[i].add, pool));
    return NULL;
}

/* ---- judging ---- */

static void
count(xj_light_count *sum, xj_light light)
{
    xj_duty__count_light(sum, xj_str_c(xj_light_word(light)), 1);
}

static void
keep_row(trying *t, const struct one *one, const xj_light_try_row *found)
{
    xj_light_try_row row = *found;

    row.duty = one->facts.duty;
    row.owner = one->facts.shape.owner;
    row.no = xj_str_dup(one->no, t->result);
    row.action = xj_str_dup(one->action, t->result);
    row.title = xj_str_dup(one->title, t->result);
    row.owner_name =
        one->owner_name.data == NULL ? XJ_STR_NONE : xj_str_dup(one->owner_name, t->result);
    xj_vec_push(&t->rows, t->result, row);
}

static void
judge(trying *t, const struct one *one, xj_pool *pool)
{
    const xj_light__facts *f = &one->facts;
    xj_light_try_row row = {0};
    bool changed = false;

    for (size_t i = 0; i < f->parts.len; i++) {
        const xj_light__part *part = &f->parts.items[i];
        const char *old_reason, *reason;
        xj_light was, now;
        xj_owed *owed;
        size_t nowed;

        if (!xj_light__holds(part, t->day))
            continue;
        owed = xj_light__owed_of(&nowed, f, part->unit, pool);
        was = xj_light__of_part(&old_reason, f, part, owed, nowed, &t->was, t->day);
        now = xj_light__of_part(&reason, f, part, owed, nowed, &t->now, t->day);
        changed |= was != now;
        if (part->leads) {
            count(&t->out->tasks.was, was);
            count(&t->out->tasks.now, now);
            row.was = xj_light_word(was);
            row.now = xj_light_word(now);
            row.reason = reason;
        } else {
            row.others += was != now;
        }
        if (f->shape.programme == 0)
            continue;
        xj_vec_push(&t->cells, t->result,
                    (struct cell){f->shape.programme, part->unit, f->shape.action_no, was, now});
    }
    t->out->changed += changed;
    if (changed && f->duty > t->after && t->rows.len < t->limit)
        keep_row(t, one, &row);
}

static int
by_what(const void *a, const void *b)
{
    const struct cell *x = a, *y = b;

    if (x->programme != y->programme)
        return x->programme < y->programme ? -1 : 1;
    return x->of == y->of ? 0 : x->of < y->of ? -1 : 1;
}

/* The lights of what CELLS are of, each made of all its parts. */
static void
roll(xj_light_tried *sum, struct cell *cells, size_t n, int was_red, int now_red)
{
    if (n > 0)
        qsort(cells, n, sizeof *cells, by_what);
    for (size_t i = 0, end; i < n; i = end) {
        xj_light_tried of = {0};

        for (end = i; end < n && by_what(&cells[i], &cells[end]) == 0; end++) {
            count(&of.was, cells[end].was);
            count(&of.now, cells[end].now);
        }
        count(&sum->was, xj_light_roll(&of.was, was_red));
        count(&sum->now, xj_light_roll(&of.now, now_red));
    }
}

static xj_error *
judge_all(trying *t, xj_db *db, const xj_scope *scope, int64_t person)
{
    const int ahead = t->was.ahead > t->now.ahead ? t->was.ahead : t->now.ahead;
    xj_pool *pool = xj_pool_child(t->result);
    struct batch batch;
    xj_error *err = NULL;
    int64_t last = 0;

    do {
        xj_pool_clear(pool);
        err = read_batch(&batch, db, scope, person, last, pool);
        if (err != NULL || batch.n == 0)
            break;
        last = batch.items[batch.n - 1].facts.duty;
        err = read_facts(&batch, db, scope->tenant, t->day, ahead, pool);
        for (size_t i = 0; err == NULL && i < batch.n; i++)
            judge(t, &batch.items[i], pool);
    } while (err == NULL && batch.n == BATCH);
    xj_pool_destroy(pool);
    return err;
}

xj_error *
xj_light_try_rules(xj_light_try *tried, xj_db *db, const xj_scope *scope, int64_t person,
                   const xj_rules *now, const xj_rules *then, xj_date day, int64_t after,
                   size_t limit, xj_pool *result)
{
    const int was_red = (int)now->number[XJ_RULE_ROLL_RED];
    const int now_red = (int)then->number[XJ_RULE_ROLL_RED];
    trying t = {.out = tried,
                .was = xj_light__rules_of(now),
                .now = xj_light__rules_of(then),
                .day = day,
                .after = after,
                .limit = limit,
                .result = result};

    *tried = (xj_light_try){0};
    XJ_TRY(judge_all(&t, db, scope, person));
    roll(&tried->units, t.cells.items, t.cells.len, was_red, now_red);
    for (size_t i = 0; i < t.cells.len; i++)
        t.cells.items[i].of = t.cells.items[i].action_no;
    roll(&tried->actions, t.cells.items, t.cells.len, was_red, now_red);
    tried->items = t.rows.items;
    tried->n = t.rows.len;
    return NULL;
}
