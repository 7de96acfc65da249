/* Links: offered, taken, ended; and how their messages are written. */
#include "county/county_priv.h"

#include "duty/instruction.h"
#include "org/unit.h"

#include <sodium.h>

#define HASH_LEN 32
#define DAY_US (INT64_C(86400) * 1000000)

xj_str
xj_county__today(xj_tx *tx)
{
    return xj_day_str(xj_org_day(xj_tx_now(tx)), xj_tx_pool(tx));
}

/* ---- looking ---- */

static xj_county_link
read_row(const xj_rows *rows, xj_pool *result)
{
    return (xj_county_link){.id = xj_row_int(rows, 0),
                            .side = xj_row_text(rows, 1, result),
                            .peer_name = xj_row_text(rows, 2, result),
                            .unit = xj_row_int(rows, 3),
                            .unit_name = xj_row_text(rows, 4, result),
                            .programme = xj_row_int(rows, 5),
                            .programme_name = xj_row_text(rows, 6, result),
                            .state = xj_row_text(rows, 7, result),
                            .offered_on = xj_row_text(rows, 8, result),
                            .linked_on = xj_row_text(rows, 9, result),
                            .ends_on = xj_row_text(rows, 10, result),
                            .ended_by = xj_row_text(rows, 11, result),
                            .ended_name = xj_row_text(rows, 12, result),
                            .end_why = xj_row_text(rows, 13, result),
                            .waiting = xj_row_int(rows, 14),
                            .tasks = xj_row_int(rows, 15),
                            .left = xj_row_int(rows, 16),
                            .version = xj_row_int(rows, 17)};
}

xj_error *
xj_county_list(xj_county_link **items, size_t *n, xj_db *db, int64_t tenant, xj_pool *result)
{
    XJ_VEC(xj_county_link) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_COUNTY_LIST, "ii", tenant, (int64_t)XJ_COUNTY_LINKS_MAX));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result, read_row(rows, result));
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_county__get(xj_county__end *end, xj_db *db, int64_t tenant, int64_t id, xj_pool *result)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_COUNTY_GET, "ii", tenant, id));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such link");
    *end = (xj_county__end){.tenant = tenant,
                            .id = xj_row_int(rows, 0),
                            .city = xj_str_eq(xj_row_str(rows, 1), XJ_STR("city")),
                            .peer_tenant = xj_row_int(rows, 2),
                            .peer = xj_row_int(rows, 3),
                            .unit = xj_row_int(rows, 4),
                            .programme = xj_row_int(rows, 5),
                            .state = xj_row_text(rows, 6, result),
                            .linked_on = xj_row_text(rows, 7, result),
                            .ends_on = xj_row_text(rows, 8, result),
                            .ended_name = xj_row_text(rows, 9, result),
                            .end_why = xj_row_text(rows, 10, result),
                            .sent_seq = xj_row_int(rows, 11),
                            .taken_seq = xj_row_int(rows, 12),
                            .version = xj_row_int(rows, 13)};
    xj_rows_close(rows);
    return NULL;
}

void
xj_county__write_files(xj_json *w, const xj_evidence_file *files, size_t n)
{
    xj_json_key(w, "files");
    xj_json_array(w);
    for (size_t i = 0; i < n; i++) {
        xj_json_object(w);
        xj_json_key_str(w, "name", files[i].name);
        xj_json_key_str(w, "kind", files[i].kind);
        xj_json_key_str(w, "hash", files[i].hash);
        xj_json_key_int(w, "size", files[i].size);
        xj_json_key_bool(w, "bare", files[i].bare);
        xj_json_key_bool(w, "looked", files[i].looked);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

const xj_evidence_file *
xj_county__read_files(size_t *n, const xj_jval *list, size_t max, xj_pool *result)
{
    xj_evidence_file *files;

    *n = xj_jval_len(list) < max ? xj_jval_len(list) : max;
    files = XJ_NEW_ARRAY(result, xj_evidence_file, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        const xj_jval *item = xj_jval_at(list, i);

        files[i] = (xj_evidence_file){.name = xj_jval_str(xj_jval_find(item, "name")),
                                      .kind = xj_jval_str(xj_jval_find(item, "kind")),
                                      .hash = xj_jval_str(xj_jval_find(item, "hash")),
                                      .size = xj_jval_int(xj_jval_find(item, "size")),
                                      .bare = xj_jval_bool(xj_jval_find(item, "bare")),
                                      .looked = xj_jval_bool(xj_jval_find(item, "looked"))};
    }
    return files;
}

xj_error *
xj_county__name(xj_str *name, xj_db *db, int64_t tenant, xj_pool *result)
{
    xj_tenant found;

    XJ_TRY(xj_tenant_get(&found, db, tenant, result));
    *name = found.name;
    return NULL;
}

/* ---- messages ---- */

xj_error *
xj_county__say(xj_tx *tx, xj_county__end *end, const char *kind, xj_str body)
{
    xj_db *db = xj_tx_db(tx);

    XJ_TRY(xj_db_send(db, SQL_COUNTY_MESSAGE_SEQ, "ii", end->tenant, end->id));
    return xj_db_send(db, SQL_COUNTY_MESSAGE_ADD, "iiissi", end->tenant, end->id, ++end->sent_seq,
                      xj_str_c(kind), body, xj_tx_now(tx));
}

/* ---- offering and taking ---- */

static void
hash_code(unsigned char hash[HASH_LEN], xj_str code)
{
    crypto_hash_sha256(hash, (const unsigned char *)code.data, code.len);
}

/* Errors: CONFLICT where this jurisdiction has an open link of SIDE (for UNIT; 0: any). */
static xj_error *
check_none(xj_tx *tx, const char *side, int64_t unit, const char *message)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_COUNTY_OPEN_OF_UNIT, "isi", xj_tx_tenant(tx),
                       xj_str_c(side), unit));
    XJ_TRY(xj_rows_next(rows, &more));
    xj_rows_close(rows);
    return more ? xj_error_new(XJ_E_CONFLICT, "%s", message) : NULL;
}

xj_error *
xj_county_offer(int64_t *id, xj_tx *tx, int64_t unit, xj_str code)
{
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    unsigned char hash[HASH_LEN];
    xj_county_link *links;
    xj_unit found;
    size_t n;

    XJ_TRY(xj_unit_get(&found, xj_tx_db(tx), &all, unit, xj_tx_pool(tx)));
    if (found.kind == XJ_UNIT_GROUP || found.alias_of != 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT,
                                        "a group or an alias is no county: \"" XJ_FMT "\"",
                                        XJ_ARG(found.name)),
                           "/unit");
    XJ_TRY(check_none(tx, "city", unit, "the county has a link, or was offered one"));
    XJ_TRY(xj_county_list(&links, &n, xj_tx_db(tx), xj_tx_tenant(tx), xj_tx_pool(tx)));
    if (n >= XJ_COUNTY_LINKS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "there are %d links, the limit", XJ_COUNTY_LINKS_MAX);
    hash_code(hash, code);
    *id = xj_tx_next_id(tx);
    xj_tx_subject(tx, "county_link", *id);
    return xj_db_run(xj_tx_db(tx), SQL_COUNTY_OFFER, "iiibisi", xj_tx_tenant(tx), *id, unit,
                     (xj_str){(const char *)hash, HASH_LEN},
                     xj_tx_now(tx) + XJ_COUNTY_CODE_DAYS * DAY_US, xj_county__today(tx),
                     xj_tx_now(tx));
}

/* The offer that CODE is of.  Errors: NOT_FOUND. */
static xj_error *
find_code(int64_t *tenant, int64_t *id, xj_tx *tx, xj_str code)
{
    unsigned char hash[HASH_LEN];
    xj_rows *rows;
    bool more;

    hash_code(hash, code);
    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_COUNTY_BY_CODE, "b",
                       (xj_str){(const char *)hash, HASH_LEN}));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more || xj_row_int(rows, 2) < xj_tx_now(tx))
        return xj_error_at(
            xj_error_new(XJ_E_NOT_FOUND, "no link is offered under this code, or not any more"),
            "/code");
    *tenant = xj_row_int(rows, 0);
    *id = xj_row_int(rows, 1);
    xj_rows_close(rows);
    return NULL;
}

xj_error *
xj_county_take(int64_t *id, xj_tx *tx, xj_str code, int64_t programme)
{
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    int64_t peer_tenant, peer, office;
    xj_programme found;
    xj_county__end end;

    XJ_TRY(xj_programme_get(&found, xj_tx_db(tx), &all, programme, xj_tx_pool(tx)));
    XJ_TRY(find_code(&peer_tenant, &peer, tx, xj_str_trim(code)));
    if (peer_tenant == xj_tx_tenant(tx))
        return xj_error_new(XJ_E_CONFLICT, "the jurisdiction offered this link itself");
    XJ_TRY(check_none(tx, "county", 0, "the jurisdiction has a link with a city"));
    XJ_TRY(xj_above_office(&office, tx));
    *id = xj_tx_next_id(tx);
    xj_tx_subject(tx, "county_link", *id);
    XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_COUNTY_ASK, "iiiiiii", xj_tx_tenant(tx), *id, peer_tenant,
                     peer, office, programme, xj_tx_now(tx)));
    end = (xj_county__end){.tenant = xj_tx_tenant(tx), .id = *id};
    return xj_county__say(tx, &end, "take", XJ_STR("{}"));
}

/* ---- ending ---- */

bool
xj_county__was_linked(const xj_county__end *end)
{
    return end->linked_on.data != NULL;
}

/* The city notes what END leaves open, and tells the unit that it answers for that here. */
static xj_error *
leave(xj_tx *tx, const xj_county__end *end)
{
    const xj_str today = xj_county__today(tx);
    xj_pool *pool = xj_tx_pool(tx);
    xj_db *db = xj_tx_db(tx);
    int64_t notice, left;
    xj_rows *rows;
    xj_str peer;
    bool more;

    XJ_TRY(xj_db_send(db, SQL_COUNTY_LEAVE, "siii", today, end->tenant, end->id, end->unit));
    XJ_TRY(xj_db_query(&rows, db, SQL_COUNTY_LEFT_COUNT, "ii", end->tenant, end->id));
    XJ_TRY(xj_rows_next(rows, &more));
    left = xj_row_int(rows, 0);
    xj_rows_close(rows);
    if (left == 0)
        return NULL;
    XJ_TRY(xj_county__name(&peer, db, end->peer_tenant, pool));
    return xj_above_notice_to(&notice, tx,
                              xj_str_printf(pool,
                                            "与" XJ_FMT "的对接已终止，未了的%lld项任务自" XJ_FMT
                                            "起由本单位在市里报送",
                                            XJ_ARG(peer), (long long)left, XJ_ARG(today)),
                              end->unit);
}

xj_error *
xj_county__close(xj_tx *tx, const xj_county__end *end, xj_str by, xj_str name, xj_str why)
{
    int64_t notice;

    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_COUNTY_END, "ssssiii", xj_county__today(tx), by, name, why,
                      xj_tx_now(tx), end->tenant, end->id));
    if (!xj_str_eq(end->state, XJ_STR("linked")))
        return NULL;
    if (end->city)
        return leave(tx, end);
    XJ_TRY(xj_above_notice(
        &notice, tx, XJ_STR("与市里的对接已终止，市里交办的任务转为本辖区自己的任务，不再上报")));
    return xj_above_keep_all(tx, end->id, notice, why);
}

static xj_error *
check_end(const xj_county__end *end, xj_str ends_on, xj_str why, xj_str today)
{
    xj_date day;

    if (xj_str_eq(end->state, XJ_STR("ended")))
        return xj_error_new(XJ_E_CONFLICT, "the link has ended");
    if (xj_str_trim(why).len == 0 || xj_utf8_count(why) > XJ_DUTY_WHY_MAX)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a link ends with a reason"), "/why");
    if (!xj_date_parse(&day, ends_on) || xj_str_cmp(ends_on, today) < 0 || day.year > 2200)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a link ends today or later"), "/ends_on");
    return NULL;
}

xj_error *
xj_county_end(int64_t *now, xj_tx *tx, int64_t id, int64_t version, xj_str ends_on, xj_str why,
              xj_str name)
{
    const xj_str today = xj_county__today(tx);
    xj_county__end end;
    xj_buf body;
    xj_json w;
    xj_str by;

    xj_tx_subject(tx, "county_link", id);
    xj_tx_why(tx, why);
    XJ_TRY(xj_county__get(&end, xj_tx_db(tx), xj_tx_tenant(tx), id, xj_tx_pool(tx)));
    if (end.version != version)
        return xj_error_new(XJ_E_STALE, "the link was changed since you saw it");
    XJ_TRY(check_end(&end, ends_on, why, today));
    by = end.city ? XJ_STR("city") : XJ_STR("county");
    *now = version + 1;
    if (xj_str_eq(end.state, XJ_STR("linked")) && xj_str_cmp(ends_on, today) > 0)
        return xj_db_send(xj_tx_db(tx), SQL_COUNTY_END_LATER, "ssssiii", ends_on, by, name, why,
                          xj_tx_now(tx), end.tenant, id);
    /* What the city has to say is said before the end. */
    if (end.city && xj_str_eq(end.state, XJ_STR("linked")))
        XJ_TRY(xj_county__tell(tx, &end));
    XJ_TRY(xj_county__close(tx, &end, by, name, why));
    if (end.peer == 0)
        return NULL;
    xj_buf_init(&body, xj_tx_pool(tx), XJ_COUNTY__BODY_MAX);
    xj_json_init(&w, &body);
    xj_json_object(&w);
    xj_json_key_str(&w, "name", name);
    xj_json_key_str(&w, "why", why);
    xj_json_end_object(&w);
    XJ_TRY(xj_buf_check(&body));
    return xj_county__say(tx, &end, "end", xj_buf_str(&body));
}

xj_error *
xj_county_unit_moved(xj_tx *tx, int64_t from, int64_t to)
{
    return xj_db_send(xj_tx_db(tx), SQL_COUNTY_UNIT_MOVED, "iiii", to, xj_tx_now(tx),
                      xj_tx_tenant(tx), from);
}

/* ---- what an end leaves ---- */

xj_error *
xj_county_left_list(xj_county_left **items, size_t *n, xj_db *db, const xj_scope *scope,
                    int64_t person, int64_t id, int64_t after, int64_t limit, xj_pool *result)
{
    xj_list *list = xj_list_new(SQL_COUNTY_LEFT, result);
    XJ_VEC(xj_county_left) found = {0};
    xj_county__end end;
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_county__get(&end, db, scope->tenant, id, result));
    XJ_TRY(xj_duty_sight(list, db, scope, person, result));
    xj_list_after(list, after);
    XJ_TRY(xj_list_query(&rows, list, db, limit, "ii", scope->tenant, id));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    ((xj_county_left){.duty = xj_row_int(rows, 0),
                                      .title = xj_row_text(rows, 1, result),
                                      .state = xj_row_text(rows, 2, result),
                                      .live = xj_row_int(rows, 3) != 0,
                                      .left_on = xj_row_text(rows, 4, result),
                                      .next_due = xj_row_text(rows, 5, result),
                                      .came = xj_row_int(rows, 6) != 0}));
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_county_answerers(xj_str **names, size_t *n, xj_db *db, int64_t tenant, int64_t id, xj_str day,
                    xj_pool *result)
{
    XJ_VEC(xj_str) found = {0};
    xj_county__end end;
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_county__get(&end, db, tenant, id, result));
    XJ_TRY(xj_db_query(&rows, db, SQL_COUNTY_ANSWERERS, "iis", tenant, end.unit, day));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result, xj_row_text(rows, 1, result));
    }
    *names = found.items;
    *n = found.len;
    return NULL;
}
