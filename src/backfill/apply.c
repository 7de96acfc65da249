/* What was looked at is recorded: in one command. */
#include "backfill/backfill_priv.h"

#include "duty/evidence.h"

typedef struct doing {
    xj_tx *tx;
    struct xj_backfill__work *w;
    const xj_backfill_import *import;
    int64_t id;
} doing;

static xj_str
why_of(const doing *d, const xj_backfill_row *row)
{
    return xj_str_printf(xj_tx_pool(d->tx), "台账补录：《" XJ_FMT "》第%d张表第%d行",
                         XJ_ARG(d->import->original.name), row->table->sheet, row->row);
}

static xj_error *
mark(doing *d, const xj_backfill_line *line, int64_t obligation, int64_t version)
{
    return xj_db_send(xj_tx_db(d->tx), SQL_BACKFILL_ROW_SET, "iiiiiii", xj_tx_tenant(d->tx),
                      line->duty, obligation, d->id, (int64_t)line->row->table->sheet,
                      (int64_t)line->row->row, version);
}

static xj_error *
do_return(doing *d, const xj_backfill_line *line, const xj_backfill_return *r)
{
    struct xj_backfill__work *w = d->w;
    const xj_backfill__duty *duty = xj_backfill__duty_find(w, line->duty);
    const xj_backfill__held *held = xj_backfill__held_of(w, line->duty, r->unit, r->due);
    xj_backfill__return *owed = xj_backfill__return_of(w, r->unit, r->due, false);

    XJ_ASSERT(owed != NULL);
    if (owed->id == 0)
        XJ_TRY(xj_record_return(&owed->id, d->tx, w->programme, r->unit, r->due, duty->cadence));
    owed->touched |= r->sent_on.data != NULL;
    XJ_TRY(xj_record_row_set(d->tx, &(xj_record_row){.obligation = owed->id,
                                                     .duty = line->duty,
                                                     .unit = r->unit,
                                                     .due = owed->due,
                                                     .sent_on = r->sent_on,
                                                     .text = &r->text,
                                                     .actor_name = d->import->actor_name}));
    return mark(d, line, owed->id, (held == NULL ? 0 : held->version) + 1);
}

static xj_error *
do_state(doing *d, const xj_backfill_line *line)
{
    const xj_backfill__duty *duty = xj_backfill__duty_find(d->w, line->duty);
    const bool done = strcmp(line->state, "done") == 0, doc = done && line->doc_no.len > 0;
    xj_backfill__day day;
    xj_str doc_on = line->state_on;

    if (doc && xj_backfill__day_of(&day, xj_backfill__cell(line->row, XJ_BACKFILL_DOC_ON, NULL),
                                   d->w->plan->year))
        doc_on = xj_day_str(day.day, xj_tx_pool(d->tx));
    XJ_TRY(xj_record_move_do(d->tx, &(xj_record_move){.duty = line->duty,
                                                      .from = duty->state,
                                                      .to = xj_str_c(line->state),
                                                      .on = line->state_on,
                                                      .doc_no = doc ? line->doc_no : XJ_STR_NONE,
                                                      .doc_on = doc ? doc_on : XJ_STR_NONE,
                                                      .why = why_of(d, line->row),
                                                      .actor_name = d->import->actor_name}));
    return mark(d, line, 0, 0);
}

static xj_error *
do_note(doing *d, const xj_backfill_line *line, const xj_backfill_note *note)
{
    const xj_str text =
        xj_str_printf(xj_tx_pool(d->tx), XJ_FMT XJ_BACKFILL__FROM "《" XJ_FMT "》第%d张表第%d行）",
                      XJ_ARG(note->text), XJ_ARG(d->import->original.name), line->row->table->sheet,
                      line->row->row);

    return xj_record_note(d->tx, line->duty, note->on, text, d->import->actor_name);
}

static xj_error *
do_line(doing *d, const xj_backfill_line *line)
{
    for (size_t i = 0; i < line->nreturns; i++) {
        const xj_backfill_return *r = &line->returns[i];

        if (r->part == XJ_BACKFILL_ADDED || r->part == XJ_BACKFILL_CHANGED)
            XJ_TRY(do_return(d, line, r));
    }
    for (size_t i = 0; i < line->nnotes; i++)
        if (line->notes[i].part == XJ_BACKFILL_ADDED)
            XJ_TRY(do_note(d, line, &line->notes[i]));
    XJ_TRY(xj_record_since(d->tx, line->duty, xj_day_str(d->w->plan->since, xj_tx_pool(d->tx))));
    if (line->percent >= 0)
        XJ_TRY(xj_record_progress(d->tx, line->duty, line->percent));
    return line->state != NULL && line->state_part == XJ_BACKFILL_ADDED ? do_state(d, line) : NULL;
}

/* Returns that were sent as a whole, then the lights of what was recorded. */
static xj_error *
end_returns(doing *d)
{
    const xj_str why = xj_str_printf(xj_tx_pool(d->tx), "台账补录：《" XJ_FMT "》",
                                     XJ_ARG(d->import->original.name));

    for (size_t i = 0; i < d->w->returns.len; i++) {
        const xj_backfill__return *r = d->w->returns.entries[i].value;

        if (r->touched)
            XJ_TRY(xj_record_end(d->tx, r->id, why, d->import->actor_name));
    }
    return NULL;
}

static xj_error *
make_lights(doing *d, const xj_backfill_plan *plan)
{
    xj_rules rules;

    XJ_TRY(xj_rules_get(&rules, xj_tx_db(d->tx), xj_tx_tenant(d->tx), xj_tx_pool(d->tx)));
    for (size_t i = 0; i < plan->nlines; i++)
        if (plan->lines[i].act == XJ_BACKFILL_RECORD)
            XJ_TRY(xj_record_lights(d->tx, plan->lines[i].duty, plan->since, &rules));
    return NULL;
}

static xj_error *
keep(doing *d, const xj_backfill_plan *plan)
{
    const xj_backfill_import *im = d->import;
    xj_pool *pool = xj_tx_pool(d->tx);

    return xj_db_send(
        xj_tx_db(d->tx), SQL_BACKFILL_ADD, "iiissiisiiiiiis", xj_tx_tenant(d->tx), d->id,
        im->ask.document, im->original.name, im->original.hash, im->original.size,
        (int64_t)plan->year, xj_day_str(plan->begun_on, pool), (int64_t)plan->returns,
        (int64_t)(plan->rows + plan->drafts), (int64_t)(plan->done + plan->begun),
        (int64_t)(plan->nlines - plan->count[XJ_BACKFILL_RECORD] - plan->count[XJ_BACKFILL_SAME]),
        xj_tx_now(d->tx), xj_tx_actor(d->tx), im->actor_name);
}

xj_error *
xj_backfill_apply(xj_backfill_plan **made, int64_t *id, xj_tx *tx, const xj_backfill_import *im)
{
    doing d = {.tx = tx, .import = im};
    xj_backfill_plan *plan;

    *id = 0;
    xj_tx_subject(tx, "document", im->ask.document);
    XJ_TRY(xj_backfill_compare(&plan, xj_tx_db(tx), &im->ask, im->file, xj_tx_pool(tx)));
    *made = plan;
    if (!xj_str_eq(im->token, xj_str_c(plan->token)))
        return xj_error_new(XJ_E_STALE, "tasks or returns have changed since this file was looked "
                                        "at; look at it again");
    if (plan->count[XJ_BACKFILL_RECORD] == 0)
        return NULL;
    d.w = plan->work;
    d.id = *id = xj_tx_next_id(tx);
    XJ_TRY(xj_record_begun(tx, plan->begun_on));
    XJ_TRY(keep(&d, plan));
    for (size_t i = 0; i < plan->nlines; i++)
        if (plan->lines[i].act == XJ_BACKFILL_RECORD)
            XJ_TRY(do_line(&d, &plan->lines[i]));
    XJ_TRY(end_returns(&d));
    return make_lights(&d, plan);
}

/* ---- what was imported ---- */

static xj_backfill_done
done_of(const xj_rows *rows, xj_pool *pool)
{
    return (xj_backfill_done){.id = xj_row_int(rows, 0),
                              .document = xj_row_int(rows, 1),
                              .name = xj_row_text(rows, 2, pool),
                              .hash = xj_row_text(rows, 3, pool),
                              .size = xj_row_int(rows, 4),
                              .year = xj_row_int(rows, 5),
                              .begun_on = xj_row_text(rows, 6, pool),
                              .returns = xj_row_int(rows, 7),
                              .rows = xj_row_int(rows, 8),
                              .moved = xj_row_int(rows, 9),
                              .left_out = xj_row_int(rows, 10),
                              .made_at = xj_row_int(rows, 11),
                              .made_name = xj_row_text(rows, 12, pool)};
}

xj_error *
xj_backfill_list(xj_backfill_done **items, size_t *n, xj_db *db, int64_t tenant, int64_t document,
                 int64_t before, int64_t limit, xj_pool *result)
{
    xj_list *list = xj_list_new(SQL_BACKFILL_LIST, result);
    XJ_VEC(xj_backfill_done) found = {0};
    xj_rows *rows;
    bool more;

    xj_list_int(list, "document", XJ_COND_EQ, document);
    xj_list_order(list, "id", true);
    if (before != 0)
        xj_list_after_int(list, before, before);
    XJ_TRY(xj_list_query(&rows, list, db, limit, "i", tenant));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result, done_of(rows, result));
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_backfill_get(xj_backfill_done *done, xj_db *db, int64_t tenant, int64_t id, xj_pool *result)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_BACKFILL_GET, "ii", tenant, id));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such ledger");
    *done = done_of(rows, result);
    xj_rows_close(rows);
    return NULL;
}

xj_error *
xj_backfill_find_missing(int64_t *missing, xj_store *store, xj_blobs *blobs,
                         void (*each)(void *arg, const char *check, const char *row), void *arg,
                         xj_pool *scratch)
{
    return xj_duty_files_missing(missing, store, blobs, SQL_BACKFILL_FILES, "ledger", each, arg,
                                 scratch);
}
