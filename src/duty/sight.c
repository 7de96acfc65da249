/* Who sees what few may see. */
#include "duty/duty_priv.h"
#include "duty/instruction.h"

#include "org/unit.h"

struct ids {
    XJ_VEC(int64_t) seen;
};

static xj_error *
sight_of(struct ids *ids, xj_db *db, int64_t tenant, int64_t person, xj_pool *scratch)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_SIGHT_LIST, "iis", tenant, person,
                       xj_day_str(xj_day_of(xj_now()), scratch)));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        xj_vec_push(&ids->seen, scratch, xj_row_int(rows, 0));
    }
}

xj_error *
xj_duty__sight(xj_list *list, xj_db *db, const xj_scope *scope, int64_t person, xj_pool *scratch)
{
    struct ids ids = {0};

    if (scope->restricted)
        return NULL;
    XJ_TRY(sight_of(&ids, db, scope->tenant, person, scratch));
    xj_list_str(list, "sight", XJ_COND_MATCH, xj_db_ids(ids.seen.items, ids.seen.len, scratch));
    return NULL;
}

xj_error *
xj_duty_sight(xj_list *list, xj_db *db, const xj_scope *scope, int64_t person, xj_pool *scratch)
{
    return xj_duty__sight(list, db, scope, person, scratch);
}

static xj_error *
is_restricted(bool *restricted, xj_db *db, int64_t tenant, int64_t duty)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_SIGHT_RESTRICTED, "ii", tenant, duty));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such duty task");
    *restricted = xj_row_int(rows, 0) != 0;
    xj_rows_close(rows);
    return NULL;
}

xj_error *
xj_duty_seen(bool *seen, xj_db *db, const xj_scope *scope, int64_t person, int64_t duty,
             xj_pool *scratch)
{
    struct ids ids = {0};
    bool restricted;

    XJ_TRY(is_restricted(&restricted, db, scope->tenant, duty));
    *seen = !restricted || scope->restricted;
    if (*seen)
        return NULL;
    XJ_TRY(sight_of(&ids, db, scope->tenant, person, scratch));
    for (size_t i = 0; i < ids.seen.len; i++)
        *seen |= ids.seen.items[i] == duty;
    return NULL;
}

/* ---- those who are named ---- */

xj_error *
xj_viewer_list(xj_viewer **items, size_t *n, xj_db *db, int64_t tenant, int64_t duty,
               xj_pool *result)
{
    XJ_VEC(xj_viewer) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_VIEWERS, "ii", tenant, duty));
    for (;;) {
        xj_str name;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        name = xj_row_text(rows, 2, result);
        xj_vec_push(&found, result,
                    (xj_viewer){.person = xj_row_int(rows, 0),
                                .unit = xj_row_int(rows, 1),
                                .name = name.len > 0 ? name : xj_row_text(rows, 3, result)});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_duty__viewers_add(xj_tx *tx, int64_t duty, const int64_t *people, size_t npeople,
                     const int64_t *units, size_t nunits)
{
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    xj_pool *pool = xj_tx_pool(tx);
    xj_db *db = xj_tx_db(tx);

    if (npeople > XJ_DUTY_VIEWERS_MAX || nunits > XJ_DUTY_VIEWERS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "at most %d persons and as many units are named",
                            XJ_DUTY_VIEWERS_MAX);
    for (size_t i = 0; i < npeople; i++) {
        xj_person person;

        XJ_TRY(xj_person_get(&person, db, all.tenant, people[i], pool));
        XJ_TRY(xj_db_send(db, SQL_VIEWER_ADD, "iii", all.tenant, duty, people[i]));
    }
    for (size_t i = 0; i < nunits; i++) {
        xj_unit unit;

        XJ_TRY(xj_unit_get(&unit, db, &all, units[i], pool));
        XJ_TRY(xj_db_send(db, SQL_VIEWER_UNIT_ADD, "iii", all.tenant, duty, units[i]));
    }
    return NULL;
}

/* {"viewers": "张三、市教育局"} */
static xj_error *
names_before(xj_str *json, xj_tx *tx, int64_t duty)
{
    xj_pool *pool = xj_tx_pool(tx);
    xj_viewer *viewers;
    xj_buf names, out;
    xj_json w;
    size_t n;

    XJ_TRY(xj_viewer_list(&viewers, &n, xj_tx_db(tx), xj_tx_tenant(tx), duty, pool));
    xj_buf_init(&names, pool, (size_t)1 << 16);
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            xj_buf_add(&names, XJ_STR("、"));
        xj_buf_add(&names, viewers[i].name);
    }
    xj_buf_init(&out, pool, (size_t)1 << 17);
    xj_json_init(&w, &out);
    xj_json_object(&w);
    xj_json_key_str(&w, "viewers", n == 0 ? XJ_STR("—") : xj_buf_str(&names));
    xj_json_end_object(&w);
    *json = xj_buf_str(&out);
    return xj_buf_check(&out);
}

xj_error *
xj_viewers_set(int64_t *now, xj_tx *tx, int64_t id, int64_t version, const xj_viewers *v)
{
    const int64_t tenant = xj_tx_tenant(tx);
    const xj_str today = xj_day_str(xj_duty__today(tx), xj_tx_pool(tx));
    xj_db *db = xj_tx_db(tx);
    xj_duty__held held;
    bool restricted;
    xj_str before;

    xj_tx_subject(tx, "duty", id);
    XJ_TRY(xj_duty__check_text(v->why, XJ_DUTY_WHY_MAX, false, "why"));
    XJ_TRY(is_restricted(&restricted, db, tenant, id));
    XJ_TRY(xj_duty__load(&held, tx, id));
    XJ_TRY(xj_duty__check_version(held.version, version, "duty task"));
    if (!restricted)
        return xj_error_new(XJ_E_CONFLICT, "everybody whose it is sees this duty task");
    XJ_TRY(names_before(&before, tx, id));
    XJ_TRY(xj_db_send(db, SQL_VIEWERS_CLEAR, "ii", tenant, id));
    XJ_TRY(xj_db_send(db, SQL_VIEWER_UNITS_CLEAR, "ii", tenant, id));
    XJ_TRY(xj_duty__viewers_add(tx, id, v->people, v->npeople, v->units, v->nunits));
    XJ_TRY(xj_db_send(db, SQL_DUTY_TOUCH, "iii", xj_tx_now(tx), tenant, id));
    *now = version + 1;
    return xj_duty__note(tx, "duty", id, XJ_STR("name_viewers"), held.state, held.state, today,
                         v->actor_name, v->why.len > 0 ? v->why : XJ_STR_NONE, before);
}
