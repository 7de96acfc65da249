/*
 * Down: the city's tasks and its word on what was returned.
 *
 * What the county should know is compared with what it was told last: whatever made a task another
 * (a new version of its plan, a correction, a move, a unit that has no part any more), the
 * difference goes down.
 */
#include "county/county_priv.h"

#include "base/map.h"

#include <sodium.h>

#define HASH_LEN 32
#define TASKS_A_MESSAGE 50
#define TASKS_TEXT_MAX ((size_t)512 << 10) /* bytes of tasks after which a message is full */
#define ROWS_A_MESSAGE 200

/* ---- the city: what differs ---- */

struct task {
    int64_t id, action_no;
    xj_str title, text, action, deadline_kind, due, strength, cadence, deliverable, state;
    xj_str document, doc_no, notice;
    xj_str kind, leader, given_on, words, result; /* data NULL: none */
    xj_above_word word;                           /* of what is answered by moves */
    bool live, open, told, told_live, restricted;
    unsigned char hash[HASH_LEN], told_hash[HASH_LEN];
    XJ_VEC(xj_str) dates;
    XJ_VEC(xj_above_target) targets;
    XJ_VEC(xj_above_day) days;
    XJ_VEC(xj_evidence_file) files;
    xj_str json;
};

typedef XJ_VEC(struct task) task_vec;

static void
read_task(struct task *t, const xj_rows *rows, xj_pool *pool)
{
    const xj_str hash = xj_row_str(rows, 15);

    *t = (struct task){.id = xj_row_int(rows, 0),
                       .title = xj_row_text(rows, 1, pool),
                       .text = xj_row_text(rows, 2, pool),
                       .action_no = xj_row_int(rows, 3),
                       .action = xj_row_text(rows, 4, pool),
                       .deadline_kind = xj_row_text(rows, 5, pool),
                       .due = xj_row_text(rows, 6, pool),
                       .strength = xj_row_text(rows, 7, pool),
                       .cadence = xj_row_text(rows, 8, pool),
                       .deliverable = xj_row_text(rows, 9, pool),
                       .live = xj_row_int(rows, 10) != 0,
                       .state = xj_row_text(rows, 11, pool),
                       .document = xj_row_text(rows, 12, pool),
                       .doc_no = xj_row_text(rows, 13, pool),
                       .notice = xj_row_text(rows, 14, pool),
                       .told = hash.len == HASH_LEN,
                       .told_live = xj_row_int(rows, 16) != 0,
                       .kind = xj_row_text(rows, 17, pool),
                       .open = xj_row_int(rows, 18) != 0,
                       .leader = xj_row_text(rows, 19, pool),
                       .given_on = xj_row_text(rows, 20, pool),
                       .words = xj_row_text(rows, 21, pool),
                       .result = xj_row_text(rows, 22, pool),
                       .restricted = xj_row_int(rows, 23) != 0};
    if (t->told)
        memcpy(t->told_hash, hash.data, HASH_LEN);
}

static struct task *
find(task_vec *tasks, int64_t id)
{
    size_t low = 0, high = tasks->len;

    while (low < high) {
        const size_t mid = low + (high - low) / 2;

        if (tasks->items[mid].id < id)
            low = mid + 1;
        else
            high = mid;
    }
    return low < tasks->len && tasks->items[low].id == id ? &tasks->items[low] : NULL;
}

static void
add_date(struct task *t, const xj_rows *rows, xj_pool *pool)
{
    xj_vec_push(&t->dates, pool, xj_row_text(rows, 1, pool));
}

static void
add_target(struct task *t, const xj_rows *rows, xj_pool *pool)
{
    if (t->targets.len < XJ_ABOVE_TARGETS_MAX)
        xj_vec_push(&t->targets, pool,
                    ((xj_above_target){.indicator = xj_row_text(rows, 1, pool),
                                       .measure = xj_row_text(rows, 2, pool),
                                       .goal = xj_row_text(rows, 3, pool)}));
}

static void
add_day(struct task *t, const xj_rows *rows, xj_pool *pool)
{
    xj_vec_push(&t->days, pool,
                ((xj_above_day){.raised_for = xj_row_text(rows, 1, pool),
                                .due = xj_row_text(rows, 2, pool)}));
}

/* A picture of a finding has no name of its own. */
static void
add_file(struct task *t, const xj_rows *rows, xj_pool *pool)
{
    xj_evidence_file file = {.name = xj_row_text(rows, 1, pool),
                             .kind = xj_row_text(rows, 2, pool),
                             .hash = xj_row_text(rows, 3, pool),
                             .size = xj_row_int(rows, 4),
                             .looked = xj_row_int(rows, 5) != 0};

    if (t->files.len >= XJ_SCANS_MAX)
        return;
    if (file.name.len == 0)
        file.name = xj_str_printf(pool, "现场照片%zu.%s", t->files.len + 1,
                                  xj_str_eq(file.kind, XJ_STR("png")) ? "png" : "jpg");
    xj_vec_push(&t->files, pool, file);
}

/* The last one counts. */
static void
set_word(struct task *t, const xj_rows *rows, xj_pool *pool)
{
    t->word = (xj_above_word){.id = xj_row_int(rows, 1),
                              .move = xj_row_text(rows, 2, pool),
                              .why = xj_row_text(rows, 3, pool),
                              .name = xj_row_text(rows, 4, pool),
                              .happened_on = xj_row_text(rows, 5, pool)};
}

/* Give each row of STATEMENT (the county's; its first column a duty task) to TASKS by ADD. */
static xj_error *
add_to_tasks(task_vec *tasks, xj_db *db, const xj_county__end *end, enum xj_sql statement,
             void (*add)(struct task *t, const xj_rows *rows, xj_pool *pool), xj_pool *pool)
{
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, db, statement, "ii", end->tenant, end->unit));
    for (;;) {
        struct task *t;
        bool more;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        t = find(tasks, xj_row_int(rows, 0));
        if (t != NULL)
            add(t, rows, pool);
    }
}

static xj_error *
read_lists(task_vec *tasks, xj_db *db, const xj_county__end *end, xj_pool *pool)
{
    XJ_TRY(add_to_tasks(tasks, db, end, SQL_COUNTY_TASK_DATES, add_date, pool));
    XJ_TRY(add_to_tasks(tasks, db, end, SQL_COUNTY_TASK_TARGETS, add_target, pool));
    XJ_TRY(add_to_tasks(tasks, db, end, SQL_COUNTY_TASK_DAYS, add_day, pool));
    XJ_TRY(add_to_tasks(tasks, db, end, SQL_COUNTY_TASK_FILES, add_file, pool));
    return add_to_tasks(tasks, db, end, SQL_COUNTY_TASK_WORDS, set_word, pool);
}

static bool
is_task(const struct task *t)
{
    return xj_str_eq(t->kind, XJ_STR("task"));
}

static void
write_lists(xj_json *w, const struct task *t)
{
    xj_json_key(w, "dates");
    xj_json_array(w);
    for (size_t i = 0; i < t->dates.len; i++)
        xj_json_str(w, t->dates.items[i]);
    xj_json_end_array(w);
    xj_json_key(w, "targets");
    xj_json_array(w);
    for (size_t i = 0; i < t->targets.len; i++) {
        xj_json_object(w);
        xj_json_key_str(w, "indicator", t->targets.items[i].indicator);
        xj_json_key_str(w, "measure", t->targets.items[i].measure);
        xj_json_key_str(w, "goal", t->targets.items[i].goal);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    if (t->files.len > 0)
        xj_county__write_files(w, t->files.items, t->files.len);
    if (t->days.len == 0)
        return;
    xj_json_key(w, "days");
    xj_json_array(w);
    for (size_t i = 0; i < t->days.len; i++) {
        xj_json_object(w);
        xj_json_key_str(w, "raised_for", t->days.items[i].raised_for);
        xj_json_key_str(w, "due", t->days.items[i].due);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

/* What is said of an instruction or a rectification besides. */
static void
write_word(xj_json *w, const struct task *t)
{
    xj_json_key_str(w, "kind", t->kind);
    xj_json_key_str(w, "leader", t->leader);
    xj_json_key_str(w, "given_on", t->given_on);
    xj_json_key_str(w, "words", t->words);
    xj_json_key_str(w, "result", t->result);
    xj_json_key_int(w, "word", t->word.id);
    xj_json_key_str(w, "move", t->word.move);
    xj_json_key_str(w, "why", t->word.why);
    xj_json_key_str(w, "name", t->word.name);
    xj_json_key_str(w, "on", t->word.happened_on);
}

/* What the county is told of T, and its hash. */
static xj_error *
put_into_words(struct task *t, xj_pool *pool)
{
    xj_buf buf;
    xj_json w;

    xj_buf_init(&buf, pool, XJ_COUNTY__BODY_MAX);
    xj_json_init(&w, &buf);
    xj_json_object(&w);
    xj_json_key_int(&w, "duty", t->id);
    xj_json_key_bool(&w, "live", t->live);
    if (t->live) {
        xj_json_key_str(&w, "title", t->title);
        xj_json_key_str(&w, "text", t->text);
        xj_json_key_int(&w, "action_no", t->action_no);
        xj_json_key_str(&w, "action", t->action);
        xj_json_key_str(&w, "document", t->document);
        xj_json_key_str(&w, "doc_no", t->doc_no);
        xj_json_key_str(&w, "deadline_kind", t->deadline_kind);
        xj_json_key_str(&w, "due", t->due);
        xj_json_key_str(&w, "strength", t->strength);
        xj_json_key_str(&w, "cadence", t->cadence);
        xj_json_key_str(&w, "deliverable", t->deliverable);
        write_lists(&w, t);
        if (!is_task(t) || t->restricted)
            write_word(&w, t);
        if (is_task(t) && t->restricted)
            xj_json_key_bool(&w, "restricted", true);
    } else {
        xj_json_key_str(&w, "state", t->state);
    }
    xj_json_end_object(&w);
    t->json = xj_buf_str(&buf);
    crypto_hash_sha256(t->hash, (const unsigned char *)t->json.data, t->json.len);
    return xj_buf_check(&buf);
}

static bool
is_news(const struct task *t)
{
    if (!t->told)
        return t->live && t->open;
    return t->live != t->told_live || (t->live && memcmp(t->hash, t->told_hash, HASH_LEN) != 0);
}

/* The tasks of which the county must be told, in *NEWS. */
static xj_error *
collect(task_vec *news, xj_db *db, const xj_county__end *end, xj_pool *pool)
{
    task_vec tasks = {0};
    xj_rows *rows;
    bool more;

    *news = (task_vec){0};
    if (!xj_str_eq(end->state, XJ_STR("linked")))
        return NULL;
    XJ_TRY(xj_db_query(&rows, db, SQL_COUNTY_TASKS, "iii", end->id, end->tenant, end->unit));
    for (;;) {
        struct task t;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        read_task(&t, rows, pool);
        xj_vec_push(&tasks, pool, t);
    }
    XJ_TRY(read_lists(&tasks, db, end, pool));
    for (size_t i = 0; i < tasks.len; i++) {
        XJ_TRY(put_into_words(&tasks.items[i], pool));
        if (is_news(&tasks.items[i]))
            xj_vec_push(news, pool, tasks.items[i]);
    }
    return NULL;
}

struct judged {
    int64_t obligation, duty, peer;
    xj_str state, why, quote, remark, name;
};

typedef XJ_VEC(struct judged) judged_vec;

static xj_error *
collect_judged(judged_vec *judged, xj_db *db, const xj_county__end *end, xj_pool *pool)
{
    xj_rows *rows;
    bool more;

    *judged = (judged_vec){0};
    XJ_TRY(xj_db_query(&rows, db, SQL_COUNTY_JUDGED, "ii", end->tenant, end->id));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        xj_vec_push(judged, pool,
                    ((struct judged){.obligation = xj_row_int(rows, 0),
                                     .duty = xj_row_int(rows, 1),
                                     .peer = xj_row_int(rows, 2),
                                     .state = xj_row_text(rows, 3, pool),
                                     .why = xj_row_text(rows, 4, pool),
                                     .quote = xj_row_text(rows, 5, pool),
                                     .remark = xj_row_text(rows, 6, pool),
                                     .name = xj_row_text(rows, 7, pool)}));
    }
}

xj_error *
xj_county__differs(bool *differs, xj_db *db, const xj_county__end *end, xj_pool *scratch)
{
    judged_vec judged;
    task_vec news;

    XJ_TRY(collect(&news, db, end, scratch));
    XJ_TRY(collect_judged(&judged, db, end, scratch));
    *differs = news.len > 0 || judged.len > 0;
    return NULL;
}

xj_error *
xj_county_down_of(xj_county_down **items, size_t *n, xj_db *db, int64_t tenant, int64_t id,
                  xj_pool *result)
{
    XJ_VEC(xj_county_down) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_COUNTY_DOWN_OF, "ii", tenant, id));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    ((xj_county_down){.unit = xj_row_int(rows, 0),
                                      .peer_name = xj_row_text(rows, 1, result),
                                      .state = xj_row_text(rows, 2, result)}));
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

/* ---- the city: telling ---- */

/* How the notice at the county is called: by the document or notice of the first task. */
static xj_str
title_of(const struct task *first, size_t n, xj_str city, xj_pool *pool)
{
    const char *what = first->told ? "调整" : "交办";

    if (first->told && (first->restricted || xj_str_eq(first->kind, XJ_STR("instruction"))))
        return xj_str_printf(pool, XJ_FMT "有新的意见", XJ_ARG(city));
    if (n == 1)
        return xj_str_printf(pool, XJ_FMT "%s：" XJ_FMT, XJ_ARG(city), what, XJ_ARG(first->title));
    return xj_str_printf(pool, XJ_FMT "%s%zu项任务：" XJ_FMT, XJ_ARG(city), what, n,
                         XJ_ARG(first->document.len > 0 ? first->document : first->notice));
}

/* Whether it may stand in one notice with others: what few may see is in none, else its title is.
 */
static bool
goes_with_others(const struct task *t)
{
    return is_task(t) && !t->restricted;
}

/* Say as many of NEWS from *AT on as go into one message, of tasks that were told before or of new
 * ones: they are two notices; what is no task has one of its own. */
static xj_error *
tell_some(size_t *at, xj_tx *tx, xj_county__end *end, const task_vec *news, xj_str city)
{
    const size_t first = *at;
    size_t size = 0;
    xj_buf body;
    xj_json w;

    for (; *at < news->len && *at - first < TASKS_A_MESSAGE && size < TASKS_TEXT_MAX &&
           news->items[*at].told == news->items[first].told &&
           (*at == first ||
            (goes_with_others(&news->items[*at]) && goes_with_others(&news->items[first])));
         ++*at)
        size += news->items[*at].json.len;
    xj_buf_init(&body, xj_tx_pool(tx), XJ_COUNTY__BODY_MAX);
    xj_json_init(&w, &body);
    xj_json_object(&w);
    xj_json_key_str(&w, "title", title_of(&news->items[first], *at - first, city, xj_tx_pool(tx)));
    xj_json_key(&w, "tasks");
    xj_json_array(&w);
    for (size_t i = first; i < *at; i++)
        xj_json_raw(&w, news->items[i].json);
    xj_json_end_array(&w);
    xj_json_end_object(&w);
    XJ_TRY(xj_buf_check(&body));
    XJ_TRY(xj_county__say(tx, end, "tasks", xj_buf_str(&body)));
    for (size_t i = first; i < *at; i++)
        XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_COUNTY_TOLD, "iiibii", end->tenant, end->id,
                          news->items[i].id,
                          ((xj_str){(const char *)news->items[i].hash, HASH_LEN}),
                          (int64_t)news->items[i].live, xj_tx_now(tx)));
    return NULL;
}

static void
write_verdict(xj_json *w, const struct judged *j)
{
    const bool accepted = xj_str_eq(j->state, XJ_STR("accepted"));

    xj_json_object(w);
    xj_json_key_int(w, "obligation", j->peer);
    xj_json_key_int(w, "duty", j->duty);
    xj_json_key_bool(w, "accepted", accepted);
    xj_json_key_str(w, "why", j->remark.len > 0 ? j->remark : j->why);
    xj_json_key_str(w, "quote", j->quote);
    xj_json_key_str(w, "name", j->name);
    xj_json_end_object(w);
}

static xj_error *
tell_judged(size_t *at, xj_tx *tx, xj_county__end *end, const judged_vec *judged)
{
    const size_t first = *at;
    xj_buf body;
    xj_json w;

    xj_buf_init(&body, xj_tx_pool(tx), XJ_COUNTY__BODY_MAX);
    xj_json_init(&w, &body);
    xj_json_object(&w);
    xj_json_key(&w, "rows");
    xj_json_array(&w);
    /* Rows of one return are told together, so that it moves once. */
    for (; *at < judged->len &&
           (*at - first < ROWS_A_MESSAGE || judged->items[*at].peer == judged->items[*at - 1].peer);
         ++*at) {
        const struct judged *j = &judged->items[*at];

        write_verdict(&w, j);
        XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_COUNTY_ROW_TOLD, "siii", j->state, end->tenant,
                          j->obligation, j->duty));
    }
    xj_json_end_array(&w);
    xj_json_end_object(&w);
    XJ_TRY(xj_buf_check(&body));
    return xj_county__say(tx, end, "verdicts", xj_buf_str(&body));
}

xj_error *
xj_county__tell(xj_tx *tx, xj_county__end *end)
{
    xj_pool *pool = xj_tx_pool(tx);
    judged_vec judged;
    task_vec news;
    xj_str city;

    XJ_TRY(xj_county__name(&city, xj_tx_db(tx), end->tenant, pool));
    XJ_TRY(collect(&news, xj_tx_db(tx), end, pool));
    for (size_t at = 0; at < news.len;)
        XJ_TRY(tell_some(&at, tx, end, &news, city));
    XJ_TRY(collect_judged(&judged, xj_tx_db(tx), end, pool));
    for (size_t at = 0; at < judged.len;)
        XJ_TRY(tell_judged(&at, tx, end, &judged));
    return NULL;
}

/* ---- the county: taking ---- */

static xj_str
text_of(const xj_jval *object, const char *key)
{
    const xj_str text = xj_jval_str(xj_jval_find(object, key));

    return text.data == NULL ? XJ_STR("") : text;
}

static xj_str
who(const xj_jval *row, xj_str city, xj_pool *pool)
{
    const xj_str name = text_of(row, "name");

    return name.len == 0 ? city
                         : xj_str_printf(pool, XJ_FMT "·" XJ_FMT, XJ_ARG(city), XJ_ARG(name));
}

/* What ITEM says of an instruction or a rectification. */
static void
read_word(xj_above_task *task, const xj_jval *item, xj_str city, xj_pool *pool)
{
    task->kind = xj_jval_str(xj_jval_find(item, "kind"));
    if (task->kind.data == NULL)
        task->kind = XJ_STR("task");
    task->leader = xj_jval_str(xj_jval_find(item, "leader"));
    task->given_on = xj_jval_str(xj_jval_find(item, "given_on"));
    task->words = xj_jval_str(xj_jval_find(item, "words"));
    task->result = text_of(item, "result");
    task->restricted = xj_jval_bool(xj_jval_find(item, "restricted"));
    task->word = (xj_above_word){.id = xj_jval_int(xj_jval_find(item, "word")),
                                 .move = text_of(item, "move"),
                                 .why = text_of(item, "why"),
                                 .name = who(item, city, pool),
                                 .happened_on = xj_jval_str(xj_jval_find(item, "on"))};
}

/* The array DATES as JSON again. */
static xj_error *
dates_of(xj_str *json, const xj_jval *dates, xj_pool *pool)
{
    xj_buf buf;
    xj_json w;

    xj_buf_init(&buf, pool, (size_t)1 << 16);
    xj_json_init(&w, &buf);
    xj_json_array(&w);
    for (size_t i = 0; i < xj_jval_len(dates); i++)
        xj_json_str(&w, xj_jval_str(xj_jval_at(dates, i)));
    xj_json_end_array(&w);
    *json = xj_buf_str(&buf);
    return xj_buf_check(&buf);
}

static void
read_given_days(xj_above_task *task, const xj_jval *list, xj_pool *pool)
{
    xj_above_day *days = XJ_NEW_ARRAY(pool, xj_above_day, xj_jval_len(list) + 1);

    for (size_t i = 0; i < xj_jval_len(list); i++)
        days[i] = (xj_above_day){.raised_for = text_of(xj_jval_at(list, i), "raised_for"),
                                 .due = text_of(xj_jval_at(list, i), "due")};
    task->days = days;
    task->ndays = xj_jval_len(list);
}

/* The duty task here of PEER there, and the link over which it is given; 0: none. */
static xj_error *
own_duty(int64_t *duty, int64_t *link, xj_tx *tx, const xj_county__end *end, int64_t peer)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_COUNTY_OWN_DUTY, "iii", peer, end->tenant,
                       end->peer_tenant));
    XJ_TRY(xj_rows_next(rows, &more));
    *duty = more ? xj_row_int(rows, 0) : 0;
    *link = more ? xj_row_int(rows, 1) : 0;
    xj_rows_close(rows);
    return NULL;
}

/* What stayed here of PEER when an earlier link with the city ended goes on over END. */
static xj_error *
rejoin(xj_tx *tx, const xj_county__end *end, int64_t peer)
{
    int64_t duty, link;

    XJ_TRY(own_duty(&duty, &link, tx, end, peer));
    return duty == 0 || link == end->id || xj_str_eq(end->state, XJ_STR("ended"))
               ? NULL
               : xj_above_rejoin(tx, duty, end->id);
}

/* How what is in STATE there, and not given any more, ended. */
static xj_above_ending
ending_of(xj_str state, xj_str city)
{
    static const struct {
        const char *state, *how, *why;
    } ends[] = {{"done", "finished", "市里已办结"},
                {"archived", "finished", "市里已办结"},
                {"suspended", "suspended", "市里已中止"}};

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (xj_str_eq(state, xj_str_c(ends[i].state)))
            return (xj_above_ending){xj_str_c(ends[i].how), xj_str_c(ends[i].why), city};
    return (xj_above_ending){XJ_STR("taken_back"), XJ_STR("市里不再交办"), city};
}

static xj_error *
take_task(xj_tx *tx, const xj_county__end *end, const xj_jval *item, xj_str city, int64_t notice)
{
    const xj_jval *targets = xj_jval_find(item, "targets");
    const xj_str due = xj_jval_str(xj_jval_find(item, "due"));
    xj_above_target *list = XJ_NEW_ARRAY(xj_tx_pool(tx), xj_above_target, xj_jval_len(targets) + 1);
    xj_above_task task = {.link = end->id,
                          .peer = xj_jval_int(xj_jval_find(item, "duty")),
                          .from_name = city,
                          .title = text_of(item, "title"),
                          .text = text_of(item, "text"),
                          .document = text_of(item, "document"),
                          .doc_no = text_of(item, "doc_no"),
                          .action_no = xj_jval_int(xj_jval_find(item, "action_no")),
                          .action = text_of(item, "action"),
                          .deadline_kind = text_of(item, "deadline_kind"),
                          .due = xj_str_eq(due, XJ_STR(XJ_DAY_NONE)) ? XJ_STR_NONE : due,
                          .strength = text_of(item, "strength"),
                          .cadence = text_of(item, "cadence"),
                          .deliverable = xj_jval_str(xj_jval_find(item, "deliverable")),
                          .targets = list,
                          .ntargets = xj_jval_len(targets)};

    if (!xj_jval_bool(xj_jval_find(item, "live"))) {
        const xj_above_ending ending = ending_of(text_of(item, "state"), city);

        return xj_above_end(tx, end->id, task.peer, notice, &ending);
    }
    for (size_t i = 0; i < task.ntargets; i++) {
        const xj_jval *target = xj_jval_at(targets, i);

        list[i] = (xj_above_target){.indicator = text_of(target, "indicator"),
                                    .measure = text_of(target, "measure"),
                                    .goal = text_of(target, "goal")};
    }
    read_given_days(&task, xj_jval_find(item, "days"), xj_tx_pool(tx));
    read_word(&task, item, city, xj_tx_pool(tx));
    task.files = xj_county__read_files(&task.nfiles, xj_jval_find(item, "files"), XJ_SCANS_MAX,
                                       xj_tx_pool(tx));
    XJ_TRY(dates_of(&task.dates, xj_jval_find(item, "dates"), xj_tx_pool(tx)));
    XJ_TRY(rejoin(tx, end, task.peer));
    return xj_above_put(tx, &task, end->programme, notice);
}

xj_error *
xj_county__take_tasks(xj_tx *tx, const xj_county__end *end, const xj_jval *body)
{
    const xj_jval *tasks = xj_jval_find(body, "tasks");
    xj_str city;
    int64_t notice;

    XJ_TRY(xj_county__name(&city, xj_tx_db(tx), end->peer_tenant, xj_tx_pool(tx)));
    XJ_TRY(xj_above_notice(&notice, tx, text_of(body, "title")));
    for (size_t i = 0; i < xj_jval_len(tasks); i++)
        XJ_TRY(take_task(tx, end, xj_jval_at(tasks, i), city, notice));
    /* They were under way when it ended here. */
    return xj_str_eq(end->state, XJ_STR("ended"))
               ? xj_above_keep_all(tx, end->id, notice, end->end_why)
               : NULL;
}

/* Whether row DUTY of REPORT waits for a word. */
static bool
waits(const xj_report *report, int64_t duty)
{
    for (size_t i = 0; i < report->nrows; i++)
        if (report->rows[i].duty == duty)
            return xj_str_eq(report->rows[i].state, XJ_STR("sent"));
    return false;
}

/* What the city says of one return: N rows from FIRST on.  What has its word already keeps it. */
static xj_error *
take_return(xj_tx *tx, const xj_county__end *end, const xj_jval *rows, size_t first, size_t n)
{
    const int64_t id = xj_jval_int(xj_jval_find(xj_jval_at(rows, first), "obligation"));
    const xj_scope all = xj_scope_all(end->tenant);
    xj_verdict *verdicts = XJ_NEW_ARRAY(xj_tx_pool(tx), xj_verdict, n);
    xj_report *report;
    xj_str city;
    size_t known = 0;
    int64_t link;

    XJ_TRY(xj_report_get(&report, xj_tx_db(tx), &all, id, 0, xj_tx_pool(tx)));
    for (size_t i = 0; i < n; i++) {
        const xj_jval *row = xj_jval_at(rows, first + i);
        xj_verdict v = {.accepted = xj_jval_bool(xj_jval_find(row, "accepted")),
                        .why = text_of(row, "why"),
                        .quote = text_of(row, "quote")};

        if (!v.accepted && xj_str_trim(v.why).len == 0)
            v.why = XJ_STR("市里退回");
        XJ_TRY(own_duty(&v.duty, &link, tx, end, xj_jval_int(xj_jval_find(row, "duty"))));
        if (waits(report, v.duty))
            verdicts[known++] = v;
    }
    if (known == 0 || !xj_str_eq(report->obligation.state, XJ_STR("sent")))
        return NULL;
    XJ_TRY(xj_county__name(&city, xj_tx_db(tx), end->peer_tenant, xj_tx_pool(tx)));
    return xj_above_review(tx, id, verdicts, known,
                           who(xj_jval_at(rows, first), city, xj_tx_pool(tx)));
}

xj_error *
xj_county__take_verdicts(xj_tx *tx, const xj_county__end *end, const xj_jval *body)
{
    const xj_jval *rows = xj_jval_find(body, "rows");

    for (size_t i = 0; i < xj_jval_len(rows);) {
        const int64_t id = xj_jval_int(xj_jval_find(xj_jval_at(rows, i), "obligation"));
        size_t n = 1;

        while (i + n < xj_jval_len(rows) &&
               xj_jval_int(xj_jval_find(xj_jval_at(rows, i + n), "obligation")) == id)
            n++;
        XJ_TRY(take_return(tx, end, rows, i, n));
        i += n;
    }
    return NULL;
}
