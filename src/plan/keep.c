#include "plan/import_priv.h"

#include "base/map.h"

#define WORDS_MAX 200 /* bytes of the very words kept with a warning */

static xj_str
date_text(xj_date date, xj_pool *result)
{
    char text[XJ_DATE_LEN];

    return date.year == 0 ? XJ_STR_NONE : xj_str_dup(xj_date_format(text, date), result);
}

static xj_str
or_empty(xj_str s)
{
    return s.data == NULL ? XJ_STR("") : s;
}

static xj_str
or_none(xj_str s)
{
    return s.len == 0 ? XJ_STR_NONE : s;
}

static xj_str
head_places(const xj_document_head *head, xj_pool *result)
{
    const xj_range at[] = {head->title_at, head->doc_no_at, head->issuer_at, head->issued_on_at,
                           head->jurisdiction_at};
    xj_buf out;

    xj_buf_init(&out, result, XJ__COLUMN_MAX);
    for (size_t i = 0; i < sizeof at / sizeof *at; i++)
        xj_buf_printf(&out, "%s[%zu,%zu]", i == 0 ? "[" : ",", at[i].from, at[i].to);
    xj_buf_add_char(&out, ']');
    return xj_buf_str(&out);
}

static xj_error *
keep_version(xj_tx *tx, const xj_import *import, int64_t version)
{
    const xj_register *reg = import->reg;
    const xj_document_head *head = &reg->document;
    xj_pool *pool = xj_tx_pool(tx);

    return xj_db_send(xj_tx_db(tx), SQL_VERSION_ADD, "iiissssSSSSsiisiiiiii", xj_tx_tenant(tx),
                      version, import->programme, import->file_hash, import->file_name,
                      import->register_hash, or_empty(head->title), or_none(head->doc_no),
                      or_none(head->issuer), date_text(head->issued_on, pool),
                      or_none(head->jurisdiction), head_places(head, pool), xj_tx_now(tx),
                      xj_tx_actor(tx), import->actor_name, (int64_t)reg->nactions,
                      (int64_t)reg->ntasks, (int64_t)import->nunits, (int64_t)reg->ntargets,
                      (int64_t)reg->nobligations, (int64_t)import->nwarnings);
}

static xj_error *
keep_lists(xj_tx *tx, const xj_import *import, int64_t version)
{
    const xj_register *reg = import->reg;
    const int64_t tenant = xj_tx_tenant(tx);
    xj_db *db = xj_tx_db(tx);
    xj_pool *pool = xj_tx_pool(tx);

    for (size_t i = 0; i < reg->document.nbasis; i++) {
        const xj_basis *b = &reg->document.basis[i];

        XJ_TRY(xj_db_send(db, SQL_BASIS_ADD, "iiisSii", tenant, version, (int64_t)i,
                          or_empty(b->title), or_none(b->doc_no), (int64_t)b->source.from,
                          (int64_t)b->source.to));
    }
    for (size_t i = 0; i < reg->nactions; i++) {
        const xj_action *a = &reg->actions[i];

        XJ_TRY(xj_db_send(
            db, SQL_ACTION_ADD, "iiiisssiii", tenant, version, (int64_t)i, (int64_t)a->no,
            or_empty(a->name), xj_plan__names_json(a->lead_units, a->nlead_units, pool),
            xj_plan__names_json(a->implementers, a->nimplementers, pool),
            (int64_t)import->action_tasks[i], (int64_t)a->source.from, (int64_t)a->source.to));
    }
    for (size_t i = 0; i < reg->nobligations; i++) {
        const xj_plan_obligation *o = &reg->obligations[i];

        XJ_TRY(xj_db_send(db, SQL_OBLIGATION_ADD, "iiisssssSsii", tenant, version, (int64_t)i,
                          or_empty(xj_str_c(o->kind)), xj_plan__names_json(o->who, o->nwho, pool),
                          or_empty(o->what), or_empty(xj_str_c(o->frequency)),
                          xj_plan__dates_json(o->due, o->ndue, pool), or_none(o->report_to),
                          or_empty(o->raw), (int64_t)o->source.from, (int64_t)o->source.to));
    }
    return NULL;
}

xj_error *
xj_plan__keep_aside(int64_t *id, xj_tx *tx, const xj_import *import)
{
    const xj_document_head *head = &import->reg->document;
    xj_str title = or_empty(head->title);
    xj_pool *pool = xj_tx_pool(tx);

    if (title.len == 0)
        title = xj_plan__aside_title(import->reg->text, import->file_name, pool);
    *id = xj_tx_next_id(tx);
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_ASIDE_ADD, "iiissssSSSSsiis", xj_tx_tenant(tx), *id,
                      import->programme, import->file_hash, import->file_name,
                      import->register_hash, title, or_none(head->doc_no), or_none(head->issuer),
                      date_text(head->issued_on, pool), or_none(head->jurisdiction),
                      head_places(head, pool), xj_tx_now(tx), xj_tx_actor(tx), import->actor_name));
    XJ_TRY(keep_lists(tx, import, *id));
    return xj_plan__keep_parts(tx, *id, import->reg->text);
}

xj_error *
xj_plan__keep_head(int64_t *version, int64_t *tasks, xj_tx *tx, const xj_import *import)
{
    const size_t n = import->reg->ntasks;
    int64_t first;

    *version = xj_tx_next_id(tx);
    /* Room between any two, before the first and behind the last: a place in the plan is an id. */
    first = xj_tx_next_ids(tx, (int64_t)(n + 1) * XJ__TASK_ROOM);
    for (size_t i = 0; i < n; i++)
        tasks[i] = first + (int64_t)(i + 1) * XJ__TASK_ROOM;
    XJ_TRY(keep_version(tx, import, *version));
    return keep_lists(tx, import, *version);
}

/* ---- rows ---- */

static xj_str
deliverables_json(const xj_plan_task *task, xj_pool *result)
{
    xj_buf out;
    xj_json w;

    if (task->ndeliverables == 0)
        return XJ_STR("[]");
    xj_buf_init(&out, result, XJ__COLUMN_MAX);
    xj_json_init(&w, &out);
    xj_json_array(&w);
    for (size_t i = 0; i < task->ndeliverables; i++) {
        const xj_deliverable *d = &task->deliverables[i];

        xj_json_object(&w);
        xj_json_key_str(&w, "kind", xj_str_c(d->kind));
        xj_json_key_str(&w, "name", or_empty(d->name));
        xj_json_key_int(&w, "from", (int64_t)d->source.from);
        xj_json_key_int(&w, "to", (int64_t)d->source.to);
        xj_json_end_object(&w);
    }
    xj_json_end_array(&w);
    return xj_buf_str(&out);
}

xj_str
xj_plan__warning_words(const xj_register *reg, const xj_warning *warning)
{
    const xj_range range = warning->source;
    xj_str words = xj_str_sub(reg->text, range.from, range.to);

    if (range.to == 0 || words.len == 0)
        return XJ_STR_NONE;
    if (words.len > WORDS_MAX) {
        words.len = WORDS_MAX;
        while (words.len > 0 && ((unsigned char)words.data[words.len] & 0xC0) == 0x80)
            words.len--;
    }
    return words;
}

/* The line of byte AT, from 1. */
static int64_t
line_of(const xj_import *import, size_t at)
{
    size_t low = 0, high = import->nlines;

    while (high - low > 1) {
        const size_t middle = (low + high) / 2;

        if (import->lines[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return (int64_t)low + 1;
}

static xj_error *
keep_warning(xj_tx *tx, const xj_import *import, int64_t version, size_t seq, const int64_t *task,
             const xj_warning *w)
{
    const xj_str words = xj_plan__warning_words(import->reg, w);
    const int64_t line = line_of(import, w->source.from);

    if (import->ended != NULL && import->ended[seq].state != NULL)
        XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_EDIT_WARNING_END, "iiisSisi", xj_tx_tenant(tx), version,
                          (int64_t)seq, xj_str_c(import->ended[seq].state), import->ended[seq].why,
                          xj_tx_actor(tx), import->actor_name, xj_tx_now(tx)));
    return xj_db_send(xj_tx_db(tx), SQL_WARNING_ADD, "iiiIssiiIS", xj_tx_tenant(tx), version,
                      (int64_t)seq, task, or_empty(xj_str_c(w->code)), or_empty(w->message),
                      (int64_t)w->source.from, (int64_t)w->source.to,
                      words.data == NULL ? NULL : &line, words);
}

/* A warning of the whole; of a task where it stands in its words. */
static xj_error *
keep_general(xj_tx *tx, const xj_import *import, int64_t version, const int64_t *ids, size_t index)
{
    const size_t task = import->warning_task[index];

    return keep_warning(tx, import, version, index, task == XJ_NPOS ? NULL : &ids[task],
                        &import->reg->warnings[index]);
}

static xj_error *
keep_units(xj_str *json, xj_tx *tx, int64_t task, const xj_plan_task *t, xj_map *known)
{
    xj_pool *pool = xj_tx_pool(tx);
    xj_unit_cell *cells = XJ_NEW_ARRAY(pool, xj_unit_cell, t->nunits);

    for (size_t i = 0; i < t->nunits; i++) {
        const xj_task_unit *u = &t->units[i];
        void **slot = xj_map_slot(known, u->name);
        bool extra = false;

        if (*slot == NULL) {
            int64_t *id = XJ_NEW(pool, int64_t);

            XJ_TRY(xj_unit_resolve(id, tx, u->name));
            slot = xj_map_slot(known, u->name);
            *slot = id;
        }
        cells[i] = (xj_unit_cell){*(int64_t *)*slot, u->name, xj_str_c(xj_unit_role_word(u->role)),
                                  u->inherited};
        for (size_t j = 0; j < i; j++)
            extra = extra || cells[j].id == cells[i].id;
        XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_TASK_UNIT_ADD, "iiiissiiii", xj_tx_tenant(tx), task,
                          (int64_t)i, cells[i].id, u->name, cells[i].role, (int64_t)u->inherited,
                          (int64_t)u->source.from, (int64_t)u->source.to, (int64_t)extra));
    }
    *json = xj_plan__units_json(cells, t->nunits, pool);
    return NULL;
}

/* The fields that a memory filled. */
static xj_error *
keep_marks(xj_tx *tx, const xj_import *import, int64_t task, size_t index)
{
    if (import->recalled == NULL)
        return NULL;
    for (size_t i = 0; i < import->recalled[index].len; i++) {
        const struct xj_recall *r = &import->recalled[index].items[i];

        XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_EDIT_MARK_ADD, "iissiSiIS", xj_tx_tenant(tx), task,
                          xj_str_c(r->field), XJ_STR("memory"), (int64_t)0, XJ_STR_NONE,
                          xj_tx_now(tx), &r->memory, r->phrase));
    }
    return NULL;
}

static xj_str
action_name(const xj_register *reg, int no)
{
    for (size_t i = 0; i < reg->nactions; i++) {
        if (reg->actions[i].no == no)
            return reg->actions[i].name;
    }
    return XJ_STR("");
}

static xj_error *
keep_task(xj_tx *tx, const xj_import *import, int64_t version, const int64_t *ids, size_t index,
          xj_map *known)
{
    const xj_plan_task *t = &import->reg->tasks[index];
    const xj_deadline *d = &t->deadline;
    xj_pool *pool = xj_tx_pool(tx);
    const int64_t id = ids[index];
    const int64_t line = import->work.lines == NULL ? 0 : import->work.lines[index];
    const xj_str due = date_text(d->date, pool);
    xj_str units;

    XJ_TRY(keep_units(&units, tx, id, t, known));
    XJ_TRY(keep_marks(tx, import, id, index));
    XJ_TRY(xj_db_send(
        xj_tx_db(tx), SQL_TASK_ADD, "iiiiissssSSSsiiSsssSiiisSssiiiiii", xj_tx_tenant(tx), id,
        version, import->programme, (int64_t)t->action,
        or_empty(action_name(import->reg, t->action)), or_empty(t->no), or_empty(t->title),
        or_empty(t->text), t->specific_task, t->measure, t->work_plan, units,
        (int64_t)t->open_ended, (int64_t)t->lead_explicit, or_none(t->lead_proposed),
        xj_str_c(xj_deadline_kind_word(d->kind)), due.data == NULL ? XJ_STR(XJ_NO_DUE) : due,
        xj_plan__dates_json(d->dates, d->ndates, pool), or_none(d->raw), (int64_t)d->inferred,
        (int64_t)d->source.from, (int64_t)d->source.to, xj_str_c(xj_strength_word(t->strength)),
        xj_str_c(t->cadence), xj_plan__dates_json(t->returns_due, t->nreturns_due, pool),
        deliverables_json(t, pool), (int64_t)t->source.from, (int64_t)t->source.to,
        (int64_t)import->task_warnings[index], (int64_t)import->task_targets[index], xj_tx_now(tx),
        line == 0 ? id : line));
    for (size_t i = 0; i < t->nwarnings; i++)
        XJ_TRY(keep_warning(tx, import, version, import->first_warning[index] + i, &id,
                            &t->warnings[i]));
    return NULL;
}

static xj_error *
keep_target(xj_tx *tx, const xj_import *import, int64_t version, const int64_t *ids, size_t index)
{
    const xj_target *t = &import->reg->targets[index];
    const size_t task = import->target_task[index];
    const int64_t year = t->year;

    return xj_db_send(xj_tx_db(tx), SQL_TARGET_ADD, "iiiIissDDSIiissii", xj_tx_tenant(tx), version,
                      (int64_t)index, task == XJ_NPOS ? NULL : &ids[task], (int64_t)t->action,
                      or_empty(t->indicator), xj_str_c(xj_target_op_word(t->op)),
                      t->has_value ? &t->value : NULL, t->has_max ? &t->max : NULL,
                      or_none(t->unit), t->year == 0 ? NULL : &year, (int64_t)t->year_inferred,
                      (int64_t)t->advisory, xj_str_c(xj_strength_word(t->strength)),
                      or_empty(t->raw), (int64_t)t->source.from, (int64_t)t->source.to);
}

xj_error *
xj_plan__keep_rows(size_t *at, bool *done, xj_tx *tx, const xj_import *import, int64_t version,
                   const int64_t *tasks, int64_t end)
{
    const xj_register *reg = import->reg;
    const size_t warnings = reg->ntasks + reg->ntargets, pairs = warnings + reg->nwarnings;
    const size_t items = pairs + import->work.n;
    xj_map known;

    xj_map_init(&known, xj_tx_pool(tx));
    while (*at < items) {
        const size_t i = (*at)++;

        if (i < reg->ntasks)
            XJ_TRY(keep_task(tx, import, version, tasks, i, &known));
        else if (i < warnings)
            XJ_TRY(keep_target(tx, import, version, tasks, i - reg->ntasks));
        else if (i < pairs)
            XJ_TRY(keep_general(tx, import, version, tasks, i - warnings));
        else
            XJ_TRY(xj_plan__keep_pair(tx, version, &import->work, i - pairs, tasks));
        if (end != 0 && xj_plan__clock() >= end)
            break;
    }
    *done = *at == items;
    return NULL;
}

/* ---- the end of an import ---- */

/* The document that a file with HEAD is a version of: the one with its number; else, where one of
 * the two prints none, the one with its title. */
xj_error *
xj_plan__find_document(int64_t *id, int64_t *latest, xj_db *db, int64_t tenant,
                       const xj_import *import)
{
    const xj_document_head *head = &import->reg->document;
    const xj_str title = or_empty(head->title);
    xj_rows *rows;
    bool more;

    /* What prints neither number nor title is known by its file's name. */
    const xj_str exact = head->doc_no.len > 0 || title.len > 0 ? head->doc_no : import->file_name;

    *id = *latest = 0;
    if (exact.len > 0) {
        XJ_TRY(xj_db_query(&rows, db, SQL_DOCUMENT_BY_IDENTITY, "iis", tenant, import->programme,
                           exact));
        XJ_TRY(xj_rows_next(rows, &more));
        if (more) {
            *id = xj_row_int(rows, 0);
            *latest = xj_row_int(rows, 1);
        }
        xj_rows_close(rows);
        if (more)
            return NULL;
    }
    if (title.len == 0)
        return NULL;
    XJ_TRY(xj_db_query(&rows, db, SQL_DOCUMENT_BY_TITLE, "iis", tenant, import->programme, title));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        if (head->doc_no.len > 0 && !xj_row_null(rows, 2))
            continue; /* another number: another document */
        *id = xj_row_int(rows, 0);
        *latest = xj_row_int(rows, 1);
        xj_rows_close(rows);
        return NULL;
    }
}

xj_error *
xj_plan__keep_shown(int64_t *previous, xj_tx *tx, const xj_import *import, int64_t version)
{
    const xj_document_head *head = &import->reg->document;
    const int64_t tenant = xj_tx_tenant(tx);
    xj_db *db = xj_tx_db(tx);
    const xj_str title = or_empty(head->title), issued = date_text(head->issued_on, xj_tx_pool(tx));
    const xj_str identity = head->doc_no.len > 0 ? head->doc_no
                            : title.len > 0      ? title
                                                 : import->file_name;
    int64_t document, no = 0;
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_plan__find_document(&document, previous, db, tenant, import));
    if (document == 0) {
        document = xj_tx_next_id(tx);
        XJ_TRY(xj_db_send(db, SQL_DOCUMENT_ADD, "iiissSSSSii", tenant, document, import->programme,
                          identity, title, or_none(head->doc_no), or_none(head->issuer), issued,
                          or_none(head->jurisdiction), version, xj_tx_now(tx)));
    } else {
        XJ_TRY(xj_db_query(&rows, db, SQL_VERSION_LAST_NO, "ii", tenant, document));
        XJ_TRY(xj_rows_next(rows, &more));
        no = xj_row_int(rows, 0);
        xj_rows_close(rows);
        XJ_TRY(xj_db_send(db, SQL_DOCUMENT_RENEW, "SsSSSSiii", or_none(head->doc_no), title,
                          or_none(head->doc_no), or_none(head->issuer), issued,
                          or_none(head->jurisdiction), version, tenant, document));
    }
    XJ_TRY(xj_plan__derive(tx, document, title, head->doc_no, head->issuer));
    return xj_db_send(db, SQL_VERSION_SHOW, "iiiiIii", document, no + 1, (int64_t)import->nunits,
                      xj_tx_now(tx), import->work.against == 0 ? NULL : &import->work.against,
                      tenant, version);
}

xj_error *
xj_plan__forget(bool *done, xj_tx *tx, int64_t version, int64_t end)
{
    const int64_t tenant = xj_tx_tenant(tx);
    xj_db *db = xj_tx_db(tx);
    int64_t ids[64];
    size_t n;

    do {
        xj_rows *rows;
        bool more;

        n = 0;
        XJ_TRY(xj_db_query(&rows, db, SQL_TASK_PAGE, "iiii", tenant, version, (int64_t)0,
                           (int64_t)(sizeof ids / sizeof *ids)));
        for (;;) {
            XJ_TRY(xj_rows_next(rows, &more));
            if (!more)
                break;
            ids[n++] = xj_row_int(rows, 0);
        }
        for (size_t i = 0; i < n; i++) {
            XJ_TRY(xj_db_send(db, SQL_TASK_UNITS_REMOVE, "ii", tenant, ids[i]));
            XJ_TRY(xj_db_send(db, SQL_EDIT_MARKS_REMOVE, "ii", tenant, ids[i]));
            XJ_TRY(xj_db_send(db, SQL_TASK_REMOVE, "ii", tenant, ids[i]));
        }
        if (n > 0 && end != 0 && xj_plan__clock() >= end) {
            *done = false;
            return NULL;
        }
    } while (n > 0);
    XJ_TRY(xj_db_send(db, SQL_EDIT_STEP_ROWS_REMOVE, "ii", tenant, version));
    XJ_TRY(xj_db_send(db, SQL_EDIT_STEPS_REMOVE, "ii", tenant, version));
    XJ_TRY(xj_db_send(db, SQL_PAIR_ID_REMOVE, "ii", tenant, version));
    XJ_TRY(xj_db_send(db, SQL_PAIR_REMOVE, "ii", tenant, version));
    XJ_TRY(xj_db_send(db, SQL_TARGET_REMOVE, "ii", tenant, version));
    XJ_TRY(xj_db_send(db, SQL_WARNING_REMOVE, "ii", tenant, version));
    XJ_TRY(xj_db_send(db, SQL_EDIT_WARNINGS_OPEN, "ii", tenant, version));
    XJ_TRY(xj_db_send(db, SQL_BASIS_REMOVE, "ii", tenant, version));
    XJ_TRY(xj_db_send(db, SQL_ACTION_REMOVE, "ii", tenant, version));
    XJ_TRY(xj_db_send(db, SQL_OBLIGATION_REMOVE, "ii", tenant, version));
    *done = true;
    return xj_db_send(db, SQL_VERSION_REMOVE, "ii", tenant, version);
}
