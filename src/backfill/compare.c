/* What a ledger would record: a line for each row, and a token for all of them. */
#include "backfill/backfill_priv.h"

#include <sodium.h>

const char *
xj_backfill_act_word(xj_backfill_act act)
{
    static const char *const words[] = {"record", "same", "choose", "unknown",
                                        "wrong",  "left", "silent"};

    return words[act];
}

const char *
xj_backfill_part_word(xj_backfill_part part)
{
    static const char *const words[] = {"added", "changed", "kept", "held", "refused"};

    return words[part];
}

/* ---- lines ---- */

/* All cells of FIELD in ROW. */
static xj_str
all_of(const xj_backfill_row *row, xj_backfill_field field, xj_pool *pool)
{
    xj_str all = XJ_STR("");

    for (size_t i = 0; i < row->table->ncolumns; i++) {
        const xj_str cell = row->cells[i];

        if (row->table->columns[i].field != field || cell.len == 0)
            continue;
        all = all.len == 0 ? cell
                           : xj_str_printf(pool, XJ_FMT "\n" XJ_FMT, XJ_ARG(all), XJ_ARG(cell));
    }
    return all;
}

static void
begin_line(xj_backfill_line *line, const xj_backfill_row *row, xj_pool *pool)
{
    *line = (xj_backfill_line){.row = row,
                               .no = xj_backfill__cell(row, XJ_BACKFILL_NO, NULL),
                               .task = all_of(row, XJ_BACKFILL_TASK, pool),
                               .unit = xj_backfill__cell(row, XJ_BACKFILL_LEAD, NULL),
                               .doc_no = XJ_STR(""),
                               .percent = -1};
    if (line->unit.len == 0)
        line->unit = xj_backfill__cell(row, XJ_BACKFILL_UNIT, NULL);
}

static bool
says_anything(const struct xj_backfill__work *w, const xj_backfill_row *row)
{
    static const xj_backfill_field fields[] = {
        XJ_BACKFILL_TEXT,         XJ_BACKFILL_PERCENT, XJ_BACKFILL_STATE, XJ_BACKFILL_DONE_ON,
        XJ_BACKFILL_DIFFICULTIES, XJ_BACKFILL_NEXT,    XJ_BACKFILL_FIGURE};

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (xj_backfill__cell(row, fields[i], NULL).len > 0)
            return true;
    for (size_t i = 0; i < row->table->ncolumns; i++)
        if (row->cells[i].len > 0 && xj_backfill__named(w, row->table->columns[i].head) != NULL)
            return true;
    return false;
}

static void
one_line(struct xj_backfill__work *w, xj_backfill_line *line)
{
    const xj_backfill_choice *choice = xj_backfill__choice(w, line->row);
    const xj_backfill_row **said;
    xj_backfill__county *county;
    xj_backfill__duty *d;

    if (choice != NULL && choice->duty == 0) {
        line->act = XJ_BACKFILL_LEFT;
        return;
    }
    if (!says_anything(w, line->row)) {
        line->act = XJ_BACKFILL_SILENT;
        return;
    }
    xj_backfill__lay(w, line);
    if (line->duty == 0) {
        line->act = line->nlikely > 0 ? XJ_BACKFILL_CHOOSE : XJ_BACKFILL_UNKNOWN;
        return;
    }
    d = xj_backfill__duty_find(w, line->duty);
    county = xj_backfill__county_of_row(w, d, line->row);
    said = county == NULL ? &d->row : &county->row;
    if (*said != NULL) {
        xj_backfill__fault(w, line, "twice", 0, xj_str_printf(w->pool, "%d", (*said)->row), true);
        line->act = XJ_BACKFILL_WRONG;
        return;
    }
    *said = line->row;
    xj_backfill__say(w, line, county);
}

static void
count(xj_backfill_plan *plan)
{
    const struct xj_backfill__work *w = plan->work;

    for (size_t i = 0; i < plan->nlines; i++) {
        const xj_backfill_line *line = &plan->lines[i];

        plan->count[line->act]++;
        for (size_t k = 0; k < line->nreturns; k++) {
            const xj_backfill_return *r = &line->returns[k];
            const bool records = r->part == XJ_BACKFILL_ADDED || r->part == XJ_BACKFILL_CHANGED;

            plan->rows += records && r->sent_on.data != NULL;
            plan->drafts += records && r->sent_on.data == NULL;
        }
        if (line->state != NULL && line->state_part == XJ_BACKFILL_ADDED) {
            plan->done += strcmp(line->state, "done") == 0;
            plan->begun += strcmp(line->state, "done") != 0;
        }
    }
    for (size_t i = 0; i < w->returns.len; i++)
        plan->returns += ((const xj_backfill__return *)w->returns.entries[i].value)->id == 0;
}

/* ---- the token ---- */

static void
add_text(crypto_hash_sha256_state *state, xj_str text)
{
    const uint64_t len = text.len;

    crypto_hash_sha256_update(state, (const unsigned char *)&len, sizeof len);
    if (text.len > 0)
        crypto_hash_sha256_update(state, (const unsigned char *)text.data, text.len);
}

static void
add_int(crypto_hash_sha256_state *state, int64_t n)
{
    crypto_hash_sha256_update(state, (const unsigned char *)&n, sizeof n);
}

static void
add_line(crypto_hash_sha256_state *state, const xj_backfill_line *line)
{
    add_int(state, line->act);
    add_int(state, line->duty);
    add_int(state, line->percent);
    for (size_t i = 0; i < line->nreturns; i++) {
        const xj_backfill_return *r = &line->returns[i];

        add_int(state, r->unit);
        add_text(state, r->due);
        add_text(state, r->sent_on);
        add_int(state, r->part);
        add_text(state, r->text.text);
        add_int(state, r->text.percent);
        add_text(state, r->text.difficulties);
        add_text(state, r->text.next_step);
        for (size_t k = 0; k < r->text.nfigures; k++) {
            const xj_report_figure *f = &r->text.figures[k];

            add_text(state, f->indicator);
            add_text(state, f->measure);
            add_text(state, f->span);
            crypto_hash_sha256_update(state, (const unsigned char *)&f->value, sizeof f->value);
        }
    }
    for (size_t i = 0; i < line->nnotes; i++) {
        add_text(state, line->notes[i].on);
        add_text(state, line->notes[i].text);
        add_int(state, line->notes[i].part);
    }
    if (line->state == NULL)
        return;
    add_text(state, xj_str_c(line->state));
    add_text(state, line->state_on);
    add_text(state, line->doc_no);
    add_int(state, line->state_part);
}

static void
make_token(xj_backfill_plan *plan, const xj_backfill_file *file)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_state state;

    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, file->hash, sizeof file->hash);
    add_int(&state, plan->year);
    add_int(&state, xj_date_days(plan->begun_on));
    for (size_t i = 0; i < plan->nlines; i++)
        add_line(&state, &plan->lines[i]);
    crypto_hash_sha256_final(&state, hash);
    sodium_bin2hex(plan->token, sizeof plan->token, hash, sizeof hash);
}

xj_error *
xj_backfill_compare(xj_backfill_plan **made, xj_db *db, const xj_backfill_ask *ask,
                    const xj_backfill_file *file, xj_pool *pool)
{
    xj_backfill_plan *plan = XJ_NEW(pool, xj_backfill_plan);
    struct xj_backfill__work *w = XJ_NEW(pool, struct xj_backfill__work);

    *w = (struct xj_backfill__work){.db = db, .pool = pool, .ask = ask, .file = file, .plan = plan};
    plan->work = w;
    XJ_TRY(xj_backfill__load(w));
    xj_backfill__index_make(w);
    plan->nlines = file->nrows;
    plan->lines = XJ_NEW_ARRAY(pool, xj_backfill_line, plan->nlines + 1);
    for (size_t i = 0; i < plan->nlines; i++) {
        begin_line(&plan->lines[i], &file->rows[i], pool);
        one_line(w, &plan->lines[i]);
    }
    count(plan);
    make_token(plan, file);
    *made = plan;
    return NULL;
}
