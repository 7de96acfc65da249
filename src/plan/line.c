#include "plan/line.h"

#include "base/vec.h"
#include "plan/import_priv.h"
#include "plan/pair_priv.h"

static const char SAME[] = "same", NEW[] = "new", ENDS[] = "ends";

static bool
is(xj_str s, const char *word)
{
    return xj_str_eq(s, xj_str_c(word));
}

/* ---- proposing ---- */

typedef struct telling {
    const xj_pairing *w;
    const int64_t *ids; /* of old rows */
    xj_pool *result;
    XJ_VEC(xj_line_pair) pairs;
} telling;

static void
tell(telling *t, xj_line_pair pair, float score)
{
    pair.score = (int64_t)(score * 1000.0F + 0.5F);
    xj_vec_push(&t->pairs, t->result, pair);
}

static const char *
relation_of(const xj_pairing *w, size_t old, size_t now)
{
    if (!xj_str_eq(w->old.reg->tasks[old].text, w->now.reg->tasks[now].text) ||
        !xj_str_eq(w->old.reg->tasks[old].title, w->now.reg->tasks[now].title))
        return "reworded";
    return xj_plan__same_action(w, old, now) ? SAME : "moved";
}

static void
tell_now(telling *t, size_t now)
{
    const xj_pair_side *s = &t->w->now;
    xj_line_pair pair = {.now = now, .now_whole = XJ_NPOS, .decision = NEW};

    if (s->pair[now] != XJ_NPOS) {
        pair.old = t->ids[s->pair[now]];
        pair.relation = relation_of(t->w, s->pair[now], now);
        pair.decision = SAME;
    } else if (s->part[now] != XJ_NPOS) {
        pair.relation = "split";
        pair.old_whole = t->ids[s->part[now]];
    } else {
        pair.relation = "added";
    }
    tell(t, pair, s->score[now]);
}

static void
tell_old(telling *t, size_t old)
{
    const xj_pair_side *s = &t->w->old;

    if (s->pair[old] != XJ_NPOS)
        return;
    tell(t,
         (xj_line_pair){.now = XJ_NPOS,
                        .old = t->ids[old],
                        .relation = s->part[old] == XJ_NPOS ? "dropped" : "joined",
                        .now_whole = s->part[old],
                        .decision = ENDS},
         s->score[old]);
}

xj_error *
xj_plan__lines(xj_lines *lines, xj_db *db, int64_t tenant, int64_t against, const xj_register *reg,
               xj_pool *result, xj_pool *scratch)
{
    xj_pool *pool = xj_pool_child(scratch);
    xj_pairing w = {.result = result, .scratch = pool};
    int64_t *ids, *old_lines;
    xj_register *old;
    telling t = {.w = &w, .result = result};

    XJ_TRY(xj_plan__load(&old, &ids, &old_lines, db, tenant, against, pool));
    xj_plan__pair(&w, old, reg);
    t.ids = ids;
    lines->against = against;
    lines->lines = XJ_NEW_ARRAY(result, int64_t, reg->ntasks);
    for (size_t i = 0; i < reg->ntasks; i++) {
        if (w.now.pair[i] != XJ_NPOS)
            lines->lines[i] = old_lines[w.now.pair[i]];
        tell_now(&t, i);
    }
    for (size_t i = 0; i < old->ntasks; i++)
        tell_old(&t, i);
    lines->pairs = t.pairs.items;
    lines->n = t.pairs.len;
    xj_pool_destroy(pool);
    return NULL;
}

static xj_error *
find_lines(xj_import *import, xj_db *db, int64_t tenant, xj_pool *result, xj_pool *scratch)
{
    int64_t against;

    XJ_TRY(xj_plan__before_import(&against, db, tenant, import, scratch));
    if (against == 0)
        return NULL;
    return xj_plan__lines(&import->work, db, tenant, against, import->reg, result, scratch);
}

xj_error *
xj_plan__find_lines(xj_import *import, xj_store *store, int64_t tenant, xj_pool *result)
{
    xj_pool *pool = xj_pool_child(result);
    xj_reader *reader;
    xj_error *err;

    import->work = (xj_lines){0};
    err = xj_reader_begin(&reader, store, pool);
    if (err == NULL)
        err = find_lines(import, xj_reader_db(reader), tenant, result, pool);
    xj_pool_destroy(pool);
    return err;
}

xj_error *
xj_plan__keep_pair(xj_tx *tx, int64_t version, const xj_lines *lines, size_t seq,
                   const int64_t *tasks)
{
    const xj_line_pair *p = &lines->pairs[seq];
    const int64_t *whole = p->now_whole != XJ_NPOS ? &tasks[p->now_whole]
                           : p->old_whole != 0     ? &p->old_whole
                                                   : NULL;

    return xj_db_send(xj_tx_db(tx), SQL_PAIR_ADD, "iiiIIsIis", xj_tx_tenant(tx), version,
                      (int64_t)seq, p->now == XJ_NPOS ? NULL : &tasks[p->now],
                      p->old == 0 ? NULL : &p->old, xj_str_c(p->relation), whole, p->score,
                      xj_str_c(p->decision));
}

xj_error *
xj_plan__pair_moved(xj_db *db, int64_t tenant, int64_t version, int64_t from, int64_t to)
{
    XJ_TRY(xj_db_send(db, SQL_PAIR_ID_ADD, "iiii", from, tenant, version, from));
    XJ_TRY(xj_db_send(db, SQL_PAIR_ID_ADD, "iiii", to, tenant, version, from));
    return xj_db_send(db, SQL_PAIR_MOVE, "iiii", from, to, tenant, version);
}

/* ---- looking ---- */

xj_error *
xj_pair_before_get(xj_pair_before *before, xj_db *db, const xj_scope *scope, int64_t version,
                   xj_pool *result)
{
    xj_plan_before now;
    xj_document head;
    xj_version v, old;

    *before = (xj_pair_before){0};
    XJ_TRY(xj_version_get(&v, db, scope, version, result));
    XJ_TRY(xj_plan__before(&now, db, scope->tenant, v.document, version, result));
    before->overtaken =
        is(v.state, "draft") && now.version != now.against && (now.version != 0 || now.other != 0);
    if (now.against == 0)
        return NULL;
    XJ_TRY(xj_plan__version(&old, db, scope->tenant, now.against, result));
    XJ_TRY(xj_plan__document(&head, db, scope->tenant, old.document, result));
    before->version = old.id;
    before->no = old.no;
    before->document = old.document;
    before->title = head.title;
    before->doc_no = head.doc_no;
    before->file_name = old.file_name;
    before->other = now.other != 0;
    return NULL;
}

static xj_pair_row
read_row(const xj_rows *rows, int at, xj_pool *result)
{
    return (xj_pair_row){.id = xj_row_int(rows, at),
                         .line = xj_row_int(rows, at + 1),
                         .action = xj_row_text(rows, at + 2, result),
                         .no = xj_row_text(rows, at + 3, result),
                         .title = xj_row_text(rows, at + 4, result),
                         .text = xj_row_text(rows, at + 5, result)};
}

xj_error *
xj_pair_list(xj_pair **items, size_t *n, xj_db *db, const xj_scope *scope, int64_t version,
             xj_str relation, int64_t after, int64_t limit, xj_pool *result)
{
    XJ_VEC(xj_pair) found = {0};
    xj_list *list = xj_list_new(SQL_PAIR_LIST, result);
    xj_version seen;
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_version_get(&seen, db, scope, version, result));
    if (relation.len > 0)
        xj_list_str(list, "relation", XJ_COND_EQ, relation);
    if (after >= 0)
        xj_list_after(list, after);
    XJ_TRY(xj_list_query(&rows, list, db, limit, "ii", scope->tenant, version));
    for (;;) {
        xj_pair pair;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        pair = (xj_pair){.seq = xj_row_int(rows, 0),
                         .relation = xj_row_text(rows, 1, result),
                         .score = xj_row_int(rows, 2),
                         .decision = xj_row_text(rows, 3, result),
                         .decided = xj_row_int(rows, 4) != 0,
                         .now = read_row(rows, 5, result),
                         .old = read_row(rows, 11, result),
                         .whole = read_row(rows, 17, result)};
        xj_vec_push(&found, result, pair);
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_pair_counts(xj_pair_count **items, size_t *n, xj_db *db, const xj_scope *scope, int64_t version,
               xj_pool *result)
{
    XJ_VEC(xj_pair_count) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_PAIR_COUNTS, "ii", scope->tenant, version));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_pair_count){xj_row_text(rows, 0, result), xj_row_text(rows, 1, result),
                                    xj_row_int(rows, 2), xj_row_int(rows, 3)});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

/* ---- deciding ---- */

static xj_error *
check_fits(xj_str relation, xj_str decision, xj_pool *pool)
{
    bool fits = is(decision, NEW) || is(decision, SAME) || is(decision, "beside");

    if (is(relation, "added") || is(relation, "split"))
        fits = is(decision, NEW);
    else if (is(relation, "dropped") || is(relation, "joined"))
        fits = is(decision, ENDS) || is(decision, "stays");
    if (fits)
        return NULL;
    return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a row that is %s cannot be decided as %s",
                                    xj_str_cdup(relation, pool), xj_str_cdup(decision, pool)),
                       "/decision");
}

static xj_error *
decide_one(xj_tx *tx, const xj_pair_decision *d, int64_t seq)
{
    const int64_t tenant = xj_tx_tenant(tx);
    xj_db *db = xj_tx_db(tx);
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_PAIR_RELATION, "iii", tenant, d->id, seq));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_at(
            xj_error_new(XJ_E_NOT_FOUND, "there is no pair %lld in this version", (long long)seq),
            "/pairs");
    XJ_TRY(check_fits(xj_row_str(rows, 0), d->decision, xj_tx_pool(tx)));
    xj_rows_close(rows);
    return xj_db_send(db, SQL_PAIR_DECIDE, "siiiii", d->decision, xj_tx_now(tx), xj_tx_actor(tx),
                      tenant, d->id, seq);
}

xj_error *
xj_pair_decide(xj_tx *tx, const xj_pair_decision *d)
{
    const int64_t tenant = xj_tx_tenant(tx);
    xj_db *db = xj_tx_db(tx);
    xj_version v;

    XJ_TRY(xj_plan__draft(&v, tx, d->id, d->version, "decided on"));
    if (d->relation.len > 0) {
        XJ_TRY(check_fits(d->relation, d->decision, xj_tx_pool(tx)));
        XJ_TRY(xj_db_send(db, SQL_PAIR_DECIDE_ALIKE, "siiiis", d->decision, xj_tx_now(tx),
                          xj_tx_actor(tx), tenant, d->id, d->relation));
    }
    for (size_t i = 0; i < d->nseqs; i++)
        XJ_TRY(decide_one(tx, d, d->seqs[i]));
    XJ_TRY(xj_db_send(db, SQL_PAIR_SET_LINES, "ii", tenant, d->id));
    return xj_db_send(db, SQL_VERSION_TOUCH, "ii", tenant, d->id);
}

/* ---- pairing anew ---- */

struct again {
    const xj_pair_with *with;
    xj_lines lines; /* against 0: with none */
    int64_t *tasks;
};

/* What draft V is to be paired with: a version in force, or 0 for none. */
static xj_error *
choose(int64_t *against, xj_db *db, int64_t tenant, const xj_pair_with *with, const xj_version *v,
       xj_pool *scratch)
{
    xj_plan_before before;
    int64_t own;

    XJ_TRY(xj_plan__in_force(&own, db, tenant, v->document));
    if (with->choose && own != 0 && with->document != v->document)
        return xj_error_new(XJ_E_CONFLICT,
                            "a version of this document is in force itself: its draft takes the "
                            "place of that one");
    if (with->choose && with->document == 0) {
        *against = 0;
        return NULL;
    }
    if (with->choose) {
        xj_document other;
        xj_error *err = xj_plan__document(&other, db, tenant, with->document, scratch);

        if (err != NULL)
            return xj_error_at(err, "/document");
        XJ_TRY(xj_plan__in_force(against, db, tenant, with->document));
        if (*against == 0 || other.programme != v->programme)
            return xj_error_at(xj_error_new(XJ_E_CONFLICT,
                                            "that document has no version in force in the "
                                            "programme of this one"),
                               "/document");
        return NULL;
    }
    XJ_TRY(xj_plan__before(&before, db, tenant, v->document, v->id, scratch));
    *against = before.version;
    if (*against == 0)
        return xj_error_new(XJ_E_CONFLICT,
                            "nothing is in force that this draft takes the place of");
    return NULL;
}

static xj_error *
run_again(xj_tx *tx, void *args, xj_buf *answer)
{
    struct again *a = args;
    const int64_t tenant = xj_tx_tenant(tx), id = a->with->id;
    xj_db *db = xj_tx_db(tx);
    xj_version v;
    int64_t now;

    XJ_TRY(xj_plan__draft(&v, tx, id, a->with->version, "paired anew"));
    XJ_TRY(choose(&now, db, tenant, a->with, &v, xj_tx_pool(tx)));
    if (now != a->lines.against)
        return xj_error_new(XJ_E_CONFLICT, "another version came into force meanwhile");
    XJ_TRY(xj_db_send(db, SQL_PAIR_ID_REMOVE, "ii", tenant, id));
    XJ_TRY(xj_db_send(db, SQL_PAIR_REMOVE, "ii", tenant, id));
    for (size_t i = 0; i < a->lines.n; i++)
        XJ_TRY(xj_plan__keep_pair(tx, id, &a->lines, i, a->tasks));
    XJ_TRY(xj_db_send(db, SQL_PAIR_SET_AGAINST, "Iii", now == 0 ? NULL : &now, tenant, id));
    XJ_TRY(xj_db_send(db, SQL_PAIR_SET_LINES, "ii", tenant, id));
    XJ_TRY(xj_db_send(db, SQL_VERSION_TOUCH, "ii", tenant, id));
    xj_buf_printf(answer, "{\"version\":%lld}", (long long)id);
    return NULL;
}

/* What the rows of the draft are to be paired with, and how: before the lane. */
static xj_error *
pair_again(struct again *a, xj_db *db, int64_t tenant, xj_pool *result)
{
    xj_register *now;
    int64_t *lines, against;
    xj_version v;

    XJ_TRY(xj_plan__version(&v, db, tenant, a->with->id, result));
    XJ_TRY(choose(&against, db, tenant, a->with, &v, result));
    if (against == 0)
        return NULL;
    if (against == v.id)
        return xj_error_new(XJ_E_CONFLICT, "this version is in force itself");
    XJ_TRY(xj_plan__load(&now, &a->tasks, &lines, db, tenant, v.id, result));
    return xj_plan__lines(&a->lines, db, tenant, against, now, result, result);
}

xj_error *
xj_pair_again(xj_store *store, const xj_command *like, const xj_pair_with *with, xj_pool *scratch)
{
    struct again a = {.with = with};
    xj_pool *pool = xj_pool_child(scratch);
    xj_command command = *like;
    xj_reader *reader;
    xj_error *err;
    xj_str body;

    err = xj_reader_begin(&reader, store, pool);
    if (err == NULL)
        err = pair_again(&a, xj_reader_db(reader), like->tenant, scratch);
    xj_pool_destroy(pool); /* the snapshot ends before a command waits */
    XJ_TRY(err);
    command.name = "plan.pair.again";
    command.run = run_again;
    command.args = &a;
    return xj_store_do(store, &command, &body, NULL, scratch);
}

/* ---- publishing ---- */

static xj_error *
carry_one(xj_tx *tx, int64_t version, int64_t old)
{
    const int64_t tenant = xj_tx_tenant(tx), id = xj_tx_next_id(tx);
    xj_db *db = xj_tx_db(tx);

    XJ_TRY(xj_db_send(db, SQL_TASK_CARRY, "iiiii", id, version, tenant, xj_tx_now(tx), old));
    XJ_TRY(xj_db_send(db, SQL_TASK_UNITS_CARRY, "iii", id, tenant, old));
    return xj_db_send(db, SQL_TARGETS_CARRY, "iiii", version, tenant, id, old);
}

xj_error *
xj_plan__carry(xj_tx *tx, int64_t version, const xj_plan_before *before)
{
    const xj_scope scope = xj_scope_all(xj_tx_tenant(tx));
    xj_db *db = xj_tx_db(tx);
    int64_t *staying;
    xj_rows *rows;
    size_t n;

    if (before->version != before->against && (before->version != 0 || before->other != 0))
        return xj_error_new(XJ_E_CONFLICT,
                            "what is in force is not what this draft's rows were paired with: "
                            "pair them anew");
    if (before->version == 0)
        return NULL;
    XJ_TRY(xj_db_query(&rows, db, SQL_PAIR_STAYING, "iii", scope.tenant, version,
                       (int64_t)XJ_CARRY_MAX + 1));
    XJ_TRY(xj_rows_ints(&staying, &n, rows, xj_tx_pool(tx)));
    if (n > XJ_CARRY_MAX)
        return xj_error_new(XJ_E_TOO_LARGE,
                            "more than %d rows of the version before are to stay in force",
                            XJ_CARRY_MAX);
    for (size_t i = 0; i < n; i++)
        XJ_TRY(carry_one(tx, version, staying[i]));
    if (n == 0)
        return NULL;
    XJ_TRY(xj_db_send(db, SQL_ACTIONS_COUNT, "ii", scope.tenant, version));
    return xj_db_send(db, SQL_VERSION_COUNT, "ii", scope.tenant, version);
}
