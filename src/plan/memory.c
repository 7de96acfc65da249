/* Lessons: kept, listed, changed, removed. */
#include "plan/memory_priv.h"

static const char *const kind_words[XJ_MEMORY_KINDS] = {"deadline", "cadence",  "strength", "lead",
                                                        "unit",     "not_unit", "warning"};

const char *
xj_memory_kind_word(xj_memory_kind kind)
{
    return kind_words[kind];
}

bool
xj_memory_kind_parse(xj_memory_kind *kind, xj_str word)
{
    for (int i = 0; i < XJ_MEMORY_KINDS; i++) {
        if (xj_str_eq(word, xj_str_c(kind_words[i]))) {
            *kind = (xj_memory_kind)i;
            return true;
        }
    }
    return false;
}

/* ---- the meaning as JSON ---- */

/* The member that holds the word of a kind; NULL: it has none. */
static const char *
word_key(xj_memory_kind kind)
{
    static const char *const keys[XJ_MEMORY_KINDS] = {NULL,   "cadence", "strength", "lead",
                                                      "name", NULL,      "why"};

    return keys[kind];
}

xj_str
xj_meaning_json(xj_memory_kind kind, const xj_meaning *meaning, xj_pool *result)
{
    xj_buf out;
    xj_json w;

    xj_buf_init(&out, result, XJ__COLUMN_MAX);
    xj_json_init(&w, &out);
    xj_json_object(&w);
    if (kind == XJ_MEMORY_DEADLINE) {
        xj_json_key_str(&w, "kind", meaning->deadline_kind);
        if (meaning->month_day.data != NULL) {
            xj_json_key_str(&w, "month_day", meaning->month_day);
            xj_json_key_int(&w, "year_offset", meaning->year_offset);
        }
        if (meaning->ndates > 0) {
            xj_json_key(&w, "dates");
            xj_json_raw(&w, xj_plan__names_json(meaning->dates, meaning->ndates, result));
        }
    } else if (word_key(kind) != NULL) {
        xj_json_key_str(&w, word_key(kind), meaning->word);
    }
    xj_json_end_object(&w);
    return xj_buf_str(&out);
}

void
xj_meaning_read(xj_meaning *meaning, xj_memory_kind kind, const xj_jval *object, xj_pool *result)
{
    const xj_jval *dates = xj_jval_find(object, "dates");
    xj_str *days = XJ_NEW_ARRAY(result, xj_str, xj_jval_len(dates));

    *meaning = (xj_meaning){.word = XJ_STR_NONE};
    if (word_key(kind) != NULL)
        meaning->word = xj_jval_str(xj_jval_find(object, word_key(kind)));
    if (kind != XJ_MEMORY_DEADLINE)
        return;
    meaning->deadline_kind = xj_jval_str(xj_jval_find(object, "kind"));
    meaning->month_day = xj_jval_str(xj_jval_find(object, "month_day"));
    meaning->year_offset = xj_jval_int(xj_jval_find(object, "year_offset"));
    meaning->ndates = xj_jval_len(dates);
    for (size_t i = 0; i < meaning->ndates; i++)
        days[i] = xj_jval_str(xj_jval_at(dates, i));
    meaning->dates = days;
}

/* ---- checks ---- */

static xj_error *
refused(const char *at, const char *what)
{
    return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "%s", what), "%s", at);
}

static xj_error *
check_text(xj_str s, size_t max, const char *at)
{
    if (xj_str_trim(s).len == 0)
        return refused(at, "the text is empty");
    if (xj_utf8_count(s) > max)
        return refused(at, "the text is too long");
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.data[i] < ' ' || s.data[i] == 0x7F)
            return refused(at, "the text holds a control character");
    }
    return NULL;
}

static xj_error *
check_deadline(const xj_meaning *m)
{
    const bool dated = m->month_day.data != NULL;
    /* Any year will do to see whether kind and day fit. */
    const xj_task_change change = {.deadline_kind = m->deadline_kind,
                                   .due = dated ? XJ_STR("2020-12-31") : XJ_STR_NONE,
                                   .dates = m->dates,
                                   .ndates = m->ndates};

    if (m->deadline_kind.data == NULL)
        return refused("/meaning/kind", "the meaning of a deadline has a kind");
    XJ_TRY(xj_task_dates_check(&m->month_day, dated, "/meaning", "/month_day"));
    return xj_task_change_check_at(&change, "/meaning");
}

xj_error *
xj_lesson_check(const xj_lesson *lesson)
{
    const xj_meaning *m = &lesson->meaning;

    XJ_TRY(check_text(lesson->phrase, XJ_MEMORY_PHRASE_MAX, "/phrase"));
    if (lesson->kind == XJ_MEMORY_DEADLINE)
        return check_deadline(m);
    if (lesson->kind == XJ_MEMORY_NOT_UNIT)
        return NULL;
    if (m->word.data == NULL)
        return refused("/meaning", "the meaning does not fit the kind");
    XJ_TRY(check_text(m->word, lesson->kind == XJ_MEMORY_WARNING ? 500 : XJ_UNIT_NAME_MAX,
                      "/meaning"));
    if (lesson->kind == XJ_MEMORY_CADENCE && !xj_task_cadence_valid(m->word))
        return refused("/meaning/cadence", "there is no such cadence");
    if (lesson->kind == XJ_MEMORY_STRENGTH && !xj_task_strength_valid(m->word))
        return refused("/meaning/strength", "the strength is must, expected or encouraged");
    return NULL;
}

/* ---- reading ---- */

static xj_error *
read_row(xj_memory *m, const xj_rows *rows, xj_pool *result)
{
    const xj_jval *meaning;

    *m = (xj_memory){.id = xj_row_int(rows, 0),
                     .lesson.phrase = xj_row_text(rows, 2, result),
                     .meaning = xj_row_text(rows, 3, result),
                     .by = xj_row_text(rows, 4, result),
                     .at = xj_row_int(rows, 5),
                     .from_version = xj_row_int(rows, 6),
                     .from_step = xj_row_int(rows, 7),
                     .uses = xj_row_int(rows, 8),
                     .used_at = xj_row_int(rows, 9),
                     .version = xj_row_int(rows, 10)};
    if (!xj_memory_kind_parse(&m->lesson.kind, xj_row_str(rows, 1)))
        return xj_error_new(XJ_E_CORRUPT, "a stored lesson is of no kind of ours");
    XJ_TRY(xj_json_parse(&meaning, m->meaning, XJ__COLUMN_MAX, result));
    xj_meaning_read(&m->lesson.meaning, m->lesson.kind, meaning, result);
    return NULL;
}

xj_error *
xj_memory_list(xj_memory **items, size_t *n, xj_db *db, const xj_scope *scope, int kind,
               int64_t after, int64_t limit, xj_pool *result)
{
    xj_list *list = xj_list_new(SQL_MEMORY_LIST, result);
    XJ_VEC(xj_memory) found = {0};
    xj_rows *rows;
    bool more;

    if (kind >= 0)
        xj_list_str(list, "kind", XJ_COND_EQ, xj_str_c(kind_words[kind]));
    xj_list_order(list, "newest", true);
    if (after != 0)
        xj_list_after_int(list, after, after);
    XJ_TRY(xj_list_query(&rows, list, db, limit, "i", scope->tenant));
    for (;;) {
        xj_memory m;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        XJ_TRY(read_row(&m, rows, result));
        xj_vec_push(&found, result, m);
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

/* *FOUND where the row is there. */
static xj_error *
read_one(xj_memory *m, bool *found, xj_rows *rows, xj_pool *result)
{
    XJ_TRY(xj_rows_next(rows, found));
    if (!*found)
        return NULL;
    XJ_TRY(read_row(m, rows, result));
    xj_rows_close(rows);
    return NULL;
}

static xj_error *
get(xj_memory *m, xj_tx *tx, int64_t id)
{
    xj_rows *rows;
    bool found;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_MEMORY_GET, "ii", xj_tx_tenant(tx), id));
    XJ_TRY(read_one(m, &found, rows, xj_tx_pool(tx)));
    return found ? NULL : xj_error_new(XJ_E_NOT_FOUND, "nothing of this kind is remembered");
}

/* ---- changing ---- */

static xj_error *
one(int64_t *n, xj_rows *rows)
{
    bool more;

    XJ_TRY(xj_rows_next(rows, &more));
    *n = xj_row_int(rows, 0);
    xj_rows_close(rows);
    return NULL;
}

static xj_error *
check_room(xj_tx *tx, xj_memory_kind kind)
{
    xj_rows *rows;
    int64_t n;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_MEMORY_COUNT, "i", xj_tx_tenant(tx)));
    XJ_TRY(one(&n, rows));
    if (n >= XJ_MEMORY_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "more than %d lessons are not kept: remove some",
                            XJ_MEMORY_MAX);
    if (kind != XJ_MEMORY_CADENCE && kind != XJ_MEMORY_STRENGTH)
        return NULL;
    /* Each of these is looked for in every text. */
    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_MEMORY_COUNT_KIND, "is", xj_tx_tenant(tx),
                       xj_str_c(kind_words[kind])));
    XJ_TRY(one(&n, rows));
    if (n >= XJ_MEMORY_INSIDE_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "more than %d lessons of this kind are not kept",
                            XJ_MEMORY_INSIDE_MAX);
    return NULL;
}

static xj_error *
update(xj_memory *m, xj_tx *tx, const xj_meaning *meaning, const int64_t *version,
       const int64_t *step)
{
    XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_MEMORY_SET, "sIIisiii",
                     xj_meaning_json(m->lesson.kind, meaning, xj_tx_pool(tx)), version, step,
                     xj_tx_actor(tx), xj_tx_actor_name(tx), xj_tx_now(tx), xj_tx_tenant(tx),
                     m->id));
    return get(m, tx, m->id);
}

xj_error *
xj_memory_add(xj_memory *memory, xj_tx *tx, const xj_lesson *lesson, int64_t from_version,
              int64_t from_step)
{
    const int64_t *version = from_version == 0 ? NULL : &from_version;
    const int64_t *step = from_version == 0 ? NULL : &from_step;
    const xj_str kind = xj_str_c(kind_words[lesson->kind]);
    xj_db *db = xj_tx_db(tx);
    xj_rows *rows;
    int64_t id;
    bool found;

    XJ_TRY(xj_db_query(&rows, db, SQL_MEMORY_BY_PHRASE, "iss", xj_tx_tenant(tx), kind,
                       lesson->phrase));
    XJ_TRY(read_one(memory, &found, rows, xj_tx_pool(tx)));
    if (found) {
        if (xj_str_eq(memory->meaning,
                      xj_meaning_json(lesson->kind, &lesson->meaning, xj_tx_pool(tx))))
            return NULL;
        return update(memory, tx, &lesson->meaning, version, step);
    }
    XJ_TRY(check_room(tx, lesson->kind));
    id = xj_tx_next_id(tx);
    XJ_TRY(xj_db_run(db, SQL_MEMORY_ADD, "iisssIIisi", xj_tx_tenant(tx), id, kind, lesson->phrase,
                     xj_meaning_json(lesson->kind, &lesson->meaning, xj_tx_pool(tx)), version, step,
                     xj_tx_actor(tx), xj_tx_actor_name(tx), xj_tx_now(tx)));
    return get(memory, tx, id);
}

static xj_error *
check_version(const xj_memory *m, int64_t version)
{
    if (m->version == version)
        return NULL;
    return xj_error_new(XJ_E_STALE,
                        "this was changed since you saw it: it is at %lld, you saw %lld",
                        (long long)m->version, (long long)version);
}

xj_error *
xj_memory_set(xj_memory *memory, xj_tx *tx, int64_t id, int64_t version, const xj_jval *meaning)
{
    xj_lesson lesson;

    *memory = (xj_memory){0};
    xj_tx_subject(tx, "plan_memory", id);
    XJ_TRY(get(memory, tx, id));
    XJ_TRY(check_version(memory, version));
    lesson = memory->lesson;
    xj_meaning_read(&lesson.meaning, lesson.kind, meaning, xj_tx_pool(tx));
    XJ_TRY(xj_lesson_check(&lesson));
    return update(memory, tx, &lesson.meaning, NULL, NULL);
}

xj_error *
xj_memory_remove(xj_tx *tx, int64_t id, int64_t version)
{
    xj_memory memory;

    xj_tx_subject(tx, "plan_memory", id);
    XJ_TRY(get(&memory, tx, id));
    XJ_TRY(check_version(&memory, version));
    return xj_db_run(xj_tx_db(tx), SQL_MEMORY_REMOVE, "ii", xj_tx_tenant(tx), id);
}
