/*
 * Up: what a county sent of the city's tasks becomes the county's return there.
 *
 * What goes up is written inside the county's own command of sending, as it was sent; there it goes
 * through the same doors as a return that the county's liaison officer would type.  What those
 * refuse goes back to the county with the reason.
 */
#include "county/county_priv.h"

#define WHY_NONE "市里没有与之对应的报送"
#define WHY_EMPTY "没有填写进展"
#define WHY_OWN "对接终止后，市里已另行填写这一行"
#define WHY_FILES "附件超过市里一份报送单的数量限制"
#define WHY_OVER "市里这一次报送已报或已核收，不再接收"

/* ---- the county: sending ---- */

struct sent {
    int64_t link, duty, peer, days_before;
    xj_str raised_for;
};

typedef XJ_VEC(struct sent) sent_vec;

static xj_error *
read_sent(sent_vec *sent, xj_tx *tx, int64_t obligation)
{
    xj_pool *pool = xj_tx_pool(tx);
    xj_rows *rows;
    bool more;

    XJ_TRY(
        xj_db_query(&rows, xj_tx_db(tx), SQL_COUNTY_SENT_ROWS, "ii", xj_tx_tenant(tx), obligation));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        xj_vec_push(sent, pool,
                    ((struct sent){.link = xj_row_int(rows, 0),
                                   .duty = xj_row_int(rows, 1),
                                   .peer = xj_row_int(rows, 2),
                                   .days_before = xj_row_int(rows, 3),
                                   .raised_for = xj_row_text(rows, 4, pool)}));
    }
}

static const xj_report_row *
row_of(const xj_report *report, int64_t duty)
{
    for (size_t i = 0; i < report->nrows; i++)
        if (report->rows[i].duty == duty)
            return &report->rows[i];
    return NULL;
}

/* The files that the returning unit itself laid to S's row of return OBLIGATION; what units that
 * feed it handed over stays inside. */
static xj_error *
write_row_files(xj_json *w, xj_tx *tx, const struct sent *s, const xj_obligation *o)
{
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    XJ_VEC(xj_evidence_file) files = {0};
    xj_evidence *items;
    size_t n;

    XJ_TRY(xj_evidence_list(&items, &n, xj_tx_db(tx), &all, o->id, 0, xj_tx_pool(tx)));
    for (size_t i = 0; i < n; i++)
        if (items[i].duty == s->duty && items[i].unit == o->unit &&
            xj_str_eq(items[i].purpose, XJ_STR("evidence")))
            xj_vec_push(&files, xj_tx_pool(tx), items[i].file);
    if (files.len > 0)
        xj_county__write_files(w, files.items, files.len);
    return NULL;
}

static xj_error *
write_row(xj_json *w, xj_tx *tx, const struct sent *s, const xj_report *report,
          const xj_report_row *row)
{
    xj_json_object(w);
    xj_json_key_int(w, "duty", s->peer);
    xj_json_key_int(w, "days_before", s->days_before);
    xj_json_key_str(w, "text", row->text.text);
    xj_json_key_int(w, "percent", row->text.percent);
    xj_json_key_str(w, "difficulties", row->text.difficulties);
    xj_json_key_str(w, "next_step", row->text.next_step);
    xj_json_key(w, "figures");
    xj_json_array(w);
    for (size_t i = 0; i < row->text.nfigures; i++) {
        const xj_report_figure *f = &row->text.figures[i];

        if (!f->has_value)
            continue;
        xj_json_object(w);
        xj_json_key_str(w, "indicator", f->indicator);
        xj_json_key_str(w, "measure", f->measure);
        xj_json_key(w, "value");
        xj_json_real(w, f->value);
        xj_json_key_str(w, "span", f->span);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    XJ_TRY(write_row_files(w, tx, s, &report->obligation));
    xj_json_end_object(w);
    return NULL;
}

/* One message of the rows SENT[*AT] on that go over one link. */
static xj_error *
say_rows(size_t *at, xj_tx *tx, const sent_vec *sent, const xj_report *report, xj_str on,
         xj_str actor_name)
{
    const struct sent *first = &sent->items[*at];
    xj_county__end end;
    xj_buf body;
    xj_json w;

    XJ_TRY(xj_county__get(&end, xj_tx_db(tx), xj_tx_tenant(tx), first->link, xj_tx_pool(tx)));
    xj_buf_init(&body, xj_tx_pool(tx), XJ_ANSWER_MAX);
    xj_json_init(&w, &body);
    xj_json_object(&w);
    xj_json_key_int(&w, "obligation", report->obligation.id);
    xj_json_key_str(&w, "raised_for", first->raised_for);
    xj_json_key_str(&w, "sent_on", on);
    xj_json_key_str(&w, "name", actor_name);
    xj_json_key(&w, "rows");
    xj_json_array(&w);
    for (; *at < sent->len && sent->items[*at].link == first->link; ++*at) {
        const xj_report_row *row = row_of(report, sent->items[*at].duty);

        if (row != NULL)
            XJ_TRY(write_row(&w, tx, &sent->items[*at], report, row));
    }
    xj_json_end_array(&w);
    xj_json_end_object(&w);
    XJ_TRY(xj_buf_check(&body));
    return xj_county__say(tx, &end, "rows", xj_buf_str(&body));
}

xj_error *
xj_county_sent(xj_tx *tx, int64_t obligation, xj_str on, xj_str actor_name)
{
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    xj_report *report;
    sent_vec sent = {0};

    XJ_TRY(read_sent(&sent, tx, obligation));
    if (sent.len == 0)
        return NULL;
    XJ_TRY(xj_report_get(&report, xj_tx_db(tx), &all, obligation, 0, xj_tx_pool(tx)));
    for (size_t at = 0; at < sent.len;)
        XJ_TRY(say_rows(&at, tx, &sent, report, on, actor_name));
    return NULL;
}

/* What was added to DUTY here to show what was done. */
static xj_error *
write_answer_files(xj_json *w, xj_tx *tx, int64_t duty)
{
    XJ_VEC(xj_evidence_file) files = {0};
    xj_scan *scans;
    size_t n;

    XJ_TRY(xj_scan_list(&scans, &n, xj_tx_db(tx), xj_tx_tenant(tx), duty, xj_tx_pool(tx)));
    for (size_t i = 0; i < n; i++)
        if (scans[i].link == 0 && xj_str_eq(scans[i].purpose, XJ_STR("answer")))
            xj_vec_push(&files, xj_tx_pool(tx), scans[i].file);
    xj_county__write_files(w, files.items, files.len);
    return NULL;
}

xj_error *
xj_county_moved(xj_tx *tx, int64_t link, int64_t duty, int64_t peer, const xj_step *step)
{
    const bool answers = !xj_str_eq(step->move, XJ_STR("begin"));
    xj_county__end end;
    xj_buf body;
    xj_json w;

    XJ_TRY(xj_county__get(&end, xj_tx_db(tx), xj_tx_tenant(tx), link, xj_tx_pool(tx)));
    xj_buf_init(&body, xj_tx_pool(tx), XJ_COUNTY__BODY_MAX);
    xj_json_init(&w, &body);
    xj_json_object(&w);
    xj_json_key_int(&w, "duty", peer);
    xj_json_key_str(&w, "move", step->move);
    xj_json_key_str(&w, "on", step->happened_on);
    xj_json_key_str(&w, "why", step->why);
    xj_json_key_str(&w, "result", step->result);
    xj_json_key_str(&w, "doc_no", step->doc_no);
    xj_json_key_str(&w, "doc_on", step->doc_on);
    xj_json_key_str(&w, "name", step->actor_name);
    if (answers)
        XJ_TRY(write_answer_files(&w, tx, duty));
    xj_json_end_object(&w);
    XJ_TRY(xj_buf_check(&body));
    return xj_county__say(tx, &end, "move", xj_buf_str(&body));
}

/* ---- the city: taking ---- */

struct coming {
    xj_county__end *end;
    xj_scope scope; /* the county's unit alone */
    int64_t peer_obligation;
    xj_str raised_for, sent_on;
    xj_str county, name;     /* name: as the city calls who sent it */
    XJ_VEC(int64_t) returns; /* that something came for */
    xj_buf refused;          /* verdicts for the county */
    xj_json w;
    size_t nrefused;
};

static xj_str
text_of(const xj_jval *object, const char *key)
{
    const xj_str text = xj_jval_str(xj_jval_find(object, key));

    return text.data == NULL ? XJ_STR("") : text;
}

static void
refuse(struct coming *c, int64_t duty, xj_str why)
{
    if (c->nrefused++ == 0) {
        xj_json_init(&c->w, &c->refused);
        xj_json_object(&c->w);
        xj_json_key(&c->w, "rows");
        xj_json_array(&c->w);
    }
    xj_json_object(&c->w);
    xj_json_key_int(&c->w, "obligation", c->peer_obligation);
    xj_json_key_int(&c->w, "duty", duty);
    xj_json_key_bool(&c->w, "accepted", false);
    xj_json_key_str(&c->w, "why", why);
    xj_json_key_str(&c->w, "quote", XJ_STR(""));
    xj_json_key_str(&c->w, "name", XJ_STR(""));
    xj_json_end_object(&c->w);
}

/* The county's return in which a row belongs that is due there DAYS_BEFORE the city's day: no two
 * days of a return lie closer. */
static xj_error *
find_return(int64_t *id, xj_tx *tx, const struct coming *c, int64_t duty, int64_t days_before)
{
    const xj_date own = xj_day_parse(c->raised_for);
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_COUNTY_RETURN_OF, "iiiss", c->end->tenant,
                       c->end->unit, duty, c->raised_for,
                       xj_day_str(xj_date_add_days(own, (int)days_before + 1), xj_tx_pool(tx))));
    XJ_TRY(xj_rows_next(rows, &more));
    *id = more ? xj_row_int(rows, 0) : 0;
    xj_rows_close(rows);
    return NULL;
}

static void
read_text(xj_report_text *text, const xj_jval *row, xj_pool *pool)
{
    const xj_jval *figures = xj_jval_find(row, "figures");

    *text = (xj_report_text){.text = text_of(row, "text"),
                             .percent = xj_jval_int(xj_jval_find(row, "percent")),
                             .difficulties = text_of(row, "difficulties"),
                             .next_step = text_of(row, "next_step"),
                             .nfigures = xj_jval_len(figures)};
    text->figures = XJ_NEW_ARRAY(pool, xj_report_figure, text->nfigures + 1);
    for (size_t i = 0; i < text->nfigures; i++) {
        const xj_jval *f = xj_jval_at(figures, i);

        text->figures[i] = (xj_report_figure){.indicator = text_of(f, "indicator"),
                                              .measure = text_of(f, "measure"),
                                              .has_value = true,
                                              .value = xj_jval_real(xj_jval_find(f, "value")),
                                              .span = text_of(f, "span")};
    }
}

/* What the county is told where ERR is a word on what came; data NULL: a failure of this end. */
static xj_str
refusal(const xj_error *err, xj_pool *pool)
{
    if (xj_error_is(err, XJ_E_NOT_FOUND))
        return XJ_STR(WHY_NONE);
    if (xj_error_is(err, XJ_E_CONFLICT))
        return XJ_STR(WHY_OVER);
    if (xj_error_is(err, XJ_E_STALE))
        return XJ_STR(WHY_OWN);
    if (xj_error_is(err, XJ_E_TOO_MANY))
        return XJ_STR(WHY_FILES);
    if (xj_error_is(err, XJ_E_BAD_INPUT))
        return xj_str_printf(pool, "市里未接收：%s", xj_error_message(err));
    return XJ_STR_NONE;
}

static void
remember(struct coming *c, int64_t id, xj_pool *pool)
{
    for (size_t i = 0; i < c->returns.len; i++)
        if (c->returns.items[i] == id)
            return;
    xj_vec_push(&c->returns, pool, id);
}

/* Whether somebody in the city wrote HELD: once the link has ended, that is the unit's word. */
static bool
is_own_word(const struct coming *c, const xj_report_row *held)
{
    return xj_str_eq(c->end->state, XJ_STR("ended")) && held != NULL && held->text.text.len > 0 &&
           !xj_str_starts(held->changed_name, c->county);
}

/* Keep what ROW says as the county's own word in return ID. */
static xj_error *
keep_row(xj_tx *tx, struct coming *c, int64_t id, int64_t duty, const xj_jval *row)
{
    xj_report_draft draft = {.scope = &c->scope,
                             .obligation = id,
                             .duty = duty,
                             .unit = c->end->unit,
                             .give = true,
                             .actor_name = c->name};
    const xj_report_row *held;
    xj_evidence_sent files;
    xj_report *report;
    int64_t now;

    XJ_TRY(xj_report_get(&report, xj_tx_db(tx), &c->scope, id, 0, xj_tx_pool(tx)));
    held = row_of(report, duty);
    if (is_own_word(c, held))
        return xj_error_new(XJ_E_STALE, "the unit wrote the row itself");
    draft.version = held == NULL ? 0 : held->version;
    read_text(&draft.text, row, xj_tx_pool(tx));
    files = (xj_evidence_sent){.obligation = id,
                               .duty = duty,
                               .unit = c->end->unit,
                               .link = c->end->id,
                               .actor_name = c->name};
    files.files = xj_county__read_files(&files.n, xj_jval_find(row, "files"), XJ_EVIDENCE_ROW_MAX,
                                        xj_tx_pool(tx));
    XJ_TRY(xj_evidence_room(tx, &files));
    XJ_TRY(xj_report_keep(&now, tx, &draft));
    return xj_evidence_follow(tx, &files);
}

static xj_error *
take_row(xj_tx *tx, struct coming *c, const xj_jval *row)
{
    const int64_t duty = xj_jval_int(xj_jval_find(row, "duty"));
    xj_error *err;
    int64_t id;
    xj_str why;

    XJ_TRY(find_return(&id, tx, c, duty, xj_jval_int(xj_jval_find(row, "days_before"))));
    if (id == 0 || xj_str_trim(text_of(row, "text")).len == 0) {
        refuse(c, duty, id == 0 ? XJ_STR(WHY_NONE) : XJ_STR(WHY_EMPTY));
        return NULL;
    }
    err = keep_row(tx, c, id, duty, row);
    why = err == NULL ? XJ_STR_NONE : refusal(err, xj_tx_pool(tx));
    if (why.data != NULL) {
        refuse(c, duty, why);
        xj_error_clear(err);
        return NULL;
    }
    XJ_TRY(err);
    remember(c, id, xj_tx_pool(tx));
    return xj_db_send(xj_tx_db(tx), SQL_COUNTY_ROW_CAME, "iiiiissi", c->end->tenant, id, duty,
                      c->end->id, c->peer_obligation, c->sent_on, c->name, xj_tx_now(tx));
}

/* Return ID is sent once nothing of it is missing. */
static xj_error *
send_whole(xj_tx *tx, const struct coming *c, int64_t id)
{
    xj_report_send send = {
        .scope = &c->scope, .obligation = id, .happened_on = c->sent_on, .actor_name = c->name};
    xj_obligation_whole *whole;
    xj_rows *rows;
    int64_t missing, now;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_COUNTY_ROWS_MISSING, "ii", c->end->tenant, id));
    XJ_TRY(xj_rows_next(rows, &more));
    missing = xj_row_int(rows, 0);
    xj_rows_close(rows);
    if (missing > 0)
        return NULL;
    XJ_TRY(xj_obligation_get(&whole, xj_tx_db(tx), &c->scope, id, xj_tx_pool(tx)));
    send.version = whole->obligation.version;
    return xj_report_send_all(&now, tx, &send);
}

xj_error *
xj_county__take_rows(xj_tx *tx, xj_county__end *end, const xj_jval *body)
{
    const xj_jval *rows = xj_jval_find(body, "rows");
    xj_pool *pool = xj_tx_pool(tx);
    struct coming c = {.end = end,
                       .scope = {.tenant = end->tenant, .units = &end->unit, .nunits = 1},
                       .peer_obligation = xj_jval_int(xj_jval_find(body, "obligation")),
                       .raised_for = text_of(body, "raised_for"),
                       .sent_on = text_of(body, "sent_on")};

    XJ_TRY(xj_county__name(&c.county, xj_tx_db(tx), end->peer_tenant, pool));
    c.county = xj_str_printf(pool, XJ_FMT "·", XJ_ARG(c.county));
    c.name = xj_str_printf(pool, XJ_FMT XJ_FMT, XJ_ARG(c.county), XJ_ARG(text_of(body, "name")));
    xj_buf_init(&c.refused, pool, XJ_COUNTY__BODY_MAX);
    for (size_t i = 0; i < xj_jval_len(rows); i++)
        XJ_TRY(take_row(tx, &c, xj_jval_at(rows, i)));
    for (size_t i = 0; i < c.returns.len; i++)
        XJ_TRY(send_whole(tx, &c, c.returns.items[i]));
    if (c.nrefused == 0)
        return NULL;
    xj_json_end_array(&c.w);
    xj_json_end_object(&c.w);
    XJ_TRY(xj_buf_check(&c.refused));
    return xj_county__say(tx, end, "verdicts", xj_buf_str(&c.refused));
}

xj_error *
xj_county__take_move(xj_tx *tx, const xj_county__end *end, const xj_jval *body)
{
    xj_step step = {.move = text_of(body, "move"),
                    .happened_on = xj_jval_str(xj_jval_find(body, "on")),
                    .why = text_of(body, "why"),
                    .result = xj_jval_str(xj_jval_find(body, "result")),
                    .doc_no = xj_jval_str(xj_jval_find(body, "doc_no")),
                    .doc_on = xj_jval_str(xj_jval_find(body, "doc_on"))};
    const xj_jval *list = xj_jval_find(body, "files");
    xj_scans files = {.purpose = XJ_STR("answer"), .link = end->id};
    xj_str county;

    XJ_TRY(xj_county__name(&county, xj_tx_db(tx), end->peer_tenant, xj_tx_pool(tx)));
    files.files = xj_county__read_files(&files.n, list, XJ_SCANS_MAX, xj_tx_pool(tx));
    step.actor_name = xj_str_printf(xj_tx_pool(tx), XJ_FMT "·" XJ_FMT, XJ_ARG(county),
                                    XJ_ARG(text_of(body, "name")));
    files.actor_name = step.actor_name;
    return xj_above_answer(tx, xj_jval_int(xj_jval_find(body, "duty")), end->unit, &step,
                           list == NULL ? NULL : &files);
}

/* ---- where rows came from ---- */

xj_error *
xj_county_rows(xj_county_row **items, size_t *n, xj_db *db, int64_t tenant, int64_t id,
               xj_pool *result)
{
    XJ_VEC(xj_county_row) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_COUNTY_ROWS_OF, "ii", tenant, id));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    ((xj_county_row){.duty = xj_row_int(rows, 0),
                                     .sent_on = xj_row_text(rows, 1, result),
                                     .sent_name = xj_row_text(rows, 2, result),
                                     .came_at = xj_row_int(rows, 3),
                                     .peer_name = xj_row_text(rows, 4, result)}));
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}
