/*
 * The worker: carries messages between the ends, each exactly once.
 *
 * A message is a row of the end that says it, written in the command that made it.  Working it in
 * is one command of the other end, which counts up the number of the last one taken; after it, one
 * command here marks it.  An end in between leaves a message that is marked as waiting and was
 * taken: the next round finds its number taken and only marks it.
 */
#include "base/log.h"
#include "county/county_priv.h"

/* What was seen last of a city's end: nothing differs until its journal grew. */
struct seen {
    int64_t tenant, id, head;
};

struct xj_county_worker {
    xj_store *store;
    xj_pool *pool;
    XJ_VEC(struct seen) seen;
};

xj_county_worker *
xj_county_worker_new(xj_store *store, xj_pool *pool)
{
    xj_county_worker *worker = XJ_NEW(pool, xj_county_worker);

    worker->store = store;
    worker->pool = pool;
    return worker;
}

static struct seen *
seen_of(xj_county_worker *worker, int64_t tenant, int64_t id)
{
    for (size_t i = 0; i < worker->seen.len; i++)
        if (worker->seen.items[i].tenant == tenant && worker->seen.items[i].id == id)
            return &worker->seen.items[i];
    xj_vec_push(&worker->seen, worker->pool, ((struct seen){.tenant = tenant, .id = id}));
    return &worker->seen.items[worker->seen.len - 1];
}

/* ---- commands ---- */

static xj_error *
do_command(xj_store *store, const char *name, int64_t tenant, xj_command_fn run, void *args,
           xj_str payload, xj_pool *scratch)
{
    xj_command command = {.name = name,
                          .tenant = tenant,
                          .actor_name = XJ_STR("county"),
                          .run = run,
                          .args = args,
                          .payload = payload};
    xj_str body;

    return xj_store_do(store, &command, &body, NULL, scratch);
}

static xj_error *
link_ends(xj_tx *tx, xj_county__end *end, const xj_county__message *m)
{
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_COUNTY_LINKED, "iisiii", m->from_tenant, m->from,
                      xj_county__today(tx), xj_tx_now(tx), end->tenant, end->id));
    return xj_county__say(tx, end, "linked", XJ_STR("{}"));
}

static xj_str
text_of(const xj_jval *object, const char *key)
{
    const xj_str text = xj_jval_str(xj_jval_find(object, key));

    return text.data == NULL ? XJ_STR("") : text;
}

/* What END was told before it ended is worked in behind that too. */
static bool
is_under_way(const xj_county__end *end, xj_str kind)
{
    return xj_county__was_linked(end) &&
           (xj_str_eq(kind, XJ_STR("tasks")) || xj_str_eq(kind, XJ_STR("verdicts")) ||
            xj_str_eq(kind, XJ_STR("rows")) || xj_str_eq(kind, XJ_STR("move")));
}

/* M is worked in at END. */
static xj_error *
take(xj_tx *tx, xj_county__end *end, const xj_county__message *m)
{
    const xj_jval *body;

    if (xj_str_eq(end->state, XJ_STR("ended")) && !is_under_way(end, m->kind))
        return NULL;
    XJ_TRY(xj_json_parse(&body, m->body, XJ_ANSWER_MAX, xj_tx_pool(tx)));
    if (xj_str_eq(m->kind, XJ_STR("take")))
        return link_ends(tx, end, m);
    if (xj_str_eq(m->kind, XJ_STR("linked")))
        return xj_db_send(xj_tx_db(tx), SQL_COUNTY_AGREED, "siii", xj_county__today(tx),
                          xj_tx_now(tx), end->tenant, end->id);
    if (xj_str_eq(m->kind, XJ_STR("end")))
        return xj_county__close(tx, end, end->city ? XJ_STR("county") : XJ_STR("city"),
                                text_of(body, "name"), text_of(body, "why"));
    if (xj_str_eq(m->kind, XJ_STR("tasks")))
        return xj_county__take_tasks(tx, end, body);
    if (xj_str_eq(m->kind, XJ_STR("verdicts")))
        return xj_county__take_verdicts(tx, end, body);
    if (xj_str_eq(m->kind, XJ_STR("rows")))
        return xj_county__take_rows(tx, end, body);
    if (xj_str_eq(m->kind, XJ_STR("move")))
        return xj_county__take_move(tx, end, body);
    return xj_error_new(XJ_E_CORRUPT, "there is no message \"" XJ_FMT "\"", XJ_ARG(m->kind));
}

xj_error *
xj_county__work_in(xj_tx *tx, xj_county__message *m)
{
    xj_county__end end;

    m->nobody = false;
    xj_tx_subject(tx, "county_link", m->to);
    XJ_TRY(xj_county__get(&end, xj_tx_db(tx), m->to_tenant, m->to, xj_tx_pool(tx)));
    if (end.peer == 0 ? !xj_str_eq(end.state, XJ_STR("offered"))
                      : end.peer != m->from || end.peer_tenant != m->from_tenant) {
        m->nobody = true;
        return NULL;
    }
    if (m->seq <= end.taken_seq)
        return NULL;
    if (m->seq != end.taken_seq + 1)
        return xj_error_new(XJ_E_CORRUPT, "message %lld of a link is missing",
                            (long long)end.taken_seq + 1);
    XJ_TRY(take(tx, &end, m));
    return xj_db_send(xj_tx_db(tx), SQL_COUNTY_TAKEN, "iii", m->seq, m->to_tenant, m->to);
}

static xj_error *
run_take(xj_tx *tx, void *args, xj_buf *answer)
{
    (void)answer;
    return xj_county__work_in(tx, args);
}

static xj_error *
run_mark(xj_tx *tx, void *args, xj_buf *answer)
{
    const xj_county__message *m = args;
    xj_county__end end;

    (void)answer;
    xj_tx_subject(tx, "county_link", m->from);
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_COUNTY_MESSAGE_TAKEN, "iiii", xj_tx_now(tx), m->from_tenant,
                      m->from, m->seq));
    if (!m->nobody)
        return NULL;
    XJ_TRY(xj_county__get(&end, xj_tx_db(tx), m->from_tenant, m->from, xj_tx_pool(tx)));
    if (xj_str_eq(end.state, XJ_STR("ended")))
        return NULL;
    return xj_county__close(tx, &end, XJ_STR("city"), XJ_STR(""),
                            XJ_STR("对接码已失效：对接已由别的县区使用或已撤回"));
}

static xj_error *
run_tell(xj_tx *tx, void *args, xj_buf *answer)
{
    const xj_county__end *like = args;
    xj_county__end end;

    (void)answer;
    xj_tx_subject(tx, "county_link", like->id);
    XJ_TRY(xj_county__get(&end, xj_tx_db(tx), like->tenant, like->id, xj_tx_pool(tx)));
    return xj_county__tell(tx, &end);
}

/* The day has come that somebody set before. */
static xj_error *
run_end(xj_tx *tx, void *args, xj_buf *answer)
{
    const xj_county__end *like = args;
    xj_county__end end;
    int64_t now;

    (void)answer;
    XJ_TRY(xj_county__get(&end, xj_tx_db(tx), like->tenant, like->id, xj_tx_pool(tx)));
    if (!xj_str_eq(end.state, XJ_STR("linked")))
        return NULL;
    return xj_county_end(&now, tx, end.id, end.version, xj_county__today(tx), end.end_why,
                         end.ended_name);
}

/* ---- rounds ---- */

static xj_error *
next_message(xj_county__message *m, bool *found, xj_store *store, const xj_county__end *end,
             xj_pool *pool)
{
    xj_reader *reader;
    xj_rows *rows;
    xj_error *err;

    XJ_TRY(xj_reader_begin(&reader, store, pool));
    err = xj_db_query(&rows, xj_reader_db(reader), SQL_COUNTY_MESSAGE_NEXT, "ii", end->tenant,
                      end->id);
    if (err == NULL)
        err = xj_rows_next(rows, found);
    if (err == NULL && *found)
        *m = (xj_county__message){.from_tenant = end->tenant,
                                  .from = end->id,
                                  .to_tenant = end->peer_tenant,
                                  .to = end->peer,
                                  .seq = xj_row_int(rows, 0),
                                  .kind = xj_row_text(rows, 1, pool),
                                  .body = xj_row_text(rows, 2, pool)};
    xj_reader_end(reader);
    return err;
}

static xj_error *
carry(int64_t *moved, xj_store *store, const xj_county__end *end, const atomic_bool *stop,
      xj_pool *scratch)
{
    xj_pool *pool = xj_pool_child(scratch);
    xj_error *err = NULL;
    bool found = true;

    while (err == NULL && !(stop != NULL && atomic_load(stop))) {
        xj_county__message m;
        xj_str payload;

        xj_pool_clear(pool);
        err = next_message(&m, &found, store, end, pool);
        if (err != NULL || !found)
            break;
        payload = xj_str_printf(
            pool, "{\"from\":%lld,\"link\":%lld,\"message\":%lld,\"kind\":\"" XJ_FMT "\"}",
            (long long)m.from_tenant, (long long)m.from, (long long)m.seq, XJ_ARG(m.kind));
        err = do_command(store, "county.take", m.to_tenant, run_take, &m, payload, pool);
        if (err == NULL)
            err = do_command(store, "county.taken", m.from_tenant, run_mark, &m, payload, pool);
        if (err == NULL)
            ++*moved;
    }
    xj_pool_destroy(pool);
    return err;
}

/* What the city's END has to tell is said, where its journal grew since it was looked at last. */
static xj_error *
tell(xj_county_worker *worker, xj_county__end *end, int64_t head, xj_pool *scratch)
{
    struct seen *seen = seen_of(worker, end->tenant, end->id);
    xj_reader *reader;
    xj_error *err;
    bool differs;

    if (seen->head == head)
        return NULL;
    XJ_TRY(xj_reader_begin(&reader, worker->store, scratch));
    err = xj_county__differs(&differs, xj_reader_db(reader), end, scratch);
    xj_reader_end(reader);
    XJ_TRY(err);
    if (differs)
        return do_command(worker->store, "county.tell", end->tenant, run_tell, end, XJ_STR("{}"),
                          scratch);
    seen->head = head;
    return NULL;
}

struct work {
    xj_county__end end;
    int64_t head;
    bool waiting;
};

typedef XJ_VEC(struct work) work_vec;

static xj_error *
read_work(work_vec *list, xj_store *store, xj_pool *pool)
{
    xj_reader *reader;
    xj_rows *rows;
    xj_error *err;
    bool more = true;

    XJ_TRY(xj_reader_begin(&reader, store, pool));
    err = xj_db_query(&rows, xj_reader_db(reader), SQL_COUNTY_WORK, "");
    while (err == NULL && more) {
        err = xj_rows_next(rows, &more);
        if (err != NULL || !more)
            break;
        xj_vec_push(list, pool,
                    ((struct work){.end = {.tenant = xj_row_int(rows, 0),
                                           .id = xj_row_int(rows, 1),
                                           .city = xj_str_eq(xj_row_str(rows, 2), XJ_STR("city")),
                                           .state = xj_row_text(rows, 3, pool),
                                           .unit = xj_row_int(rows, 4),
                                           .peer_tenant = xj_row_int(rows, 5),
                                           .peer = xj_row_int(rows, 6),
                                           .ends_on = xj_row_text(rows, 7, pool)},
                                   .head = xj_row_int(rows, 8),
                                   .waiting = xj_row_int(rows, 9) != 0}));
    }
    xj_reader_end(reader);
    return err;
}

static xj_error *
one_link(int64_t *moved, bool *again, xj_county_worker *worker, struct work *work,
         const atomic_bool *stop, xj_pool *scratch)
{
    const bool linked = xj_str_eq(work->end.state, XJ_STR("linked"));
    const xj_str today = xj_day_str(xj_org_day(xj_now()), scratch);
    const int64_t before = *moved;

    if (linked && work->end.ends_on.data != NULL && xj_str_cmp(work->end.ends_on, today) <= 0)
        XJ_TRY(do_command(worker->store, "county.end", work->end.tenant, run_end, &work->end,
                          XJ_STR("{}"), scratch));
    else if (work->end.city)
        XJ_TRY(tell(worker, &work->end, work->head, scratch));
    XJ_TRY(carry(moved, worker->store, &work->end, stop, scratch));
    *again |= *moved > before;
    return NULL;
}

xj_error *
xj_county_work(int64_t *moved, xj_county_worker *worker, const atomic_bool *stop, xj_pool *scratch)
{
    xj_pool *pool = xj_pool_child(scratch);
    xj_error *first = NULL;
    bool again = true;

    *moved = 0;
    while (again && first == NULL && !(stop != NULL && atomic_load(stop))) {
        work_vec list = {0};

        xj_pool_clear(pool);
        again = false;
        first = read_work(&list, worker->store, pool);
        for (size_t i = 0; i < list.len; i++) {
            xj_error *err = one_link(moved, &again, worker, &list.items[i], stop, pool);

            if (err != NULL && first != NULL)
                xj_error_clear(err);
            else if (err != NULL)
                first = err;
        }
    }
    xj_pool_destroy(pool);
    return first;
}
