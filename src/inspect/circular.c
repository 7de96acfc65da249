/* Circulars: drafted from what was found, kept in versions, published. */
#include "inspect/inspect_priv.h"

#include "org/unit.h"

/* ---- looking ---- */

static xj_circular_row
row_of(const xj_rows *rows, xj_pool *result)
{
    return (xj_circular_row){.id = xj_row_int(rows, 0),
                             .inspection = xj_row_int(rows, 1),
                             .state = xj_row_text(rows, 2, result),
                             .to_all = xj_row_int(rows, 3) != 0,
                             .published_on = xj_row_text(rows, 4, result),
                             .version = xj_row_int(rows, 5),
                             .title = xj_row_text(rows, 6, result),
                             .person_name = xj_row_text(rows, 7, result),
                             .made_at = xj_row_int(rows, 8),
                             .inside = xj_row_int(rows, 9) != 0};
}

static xj_error *
read_list(xj_circular_row **items, size_t *n, xj_list *list, xj_db *db, const xj_scope *scope,
          int64_t limit, xj_pool *result)
{
    XJ_VEC(xj_circular_row) found = {0};
    xj_rows *rows;
    bool more;

    xj_inspect__seen(list, scope, result);
    XJ_TRY(xj_list_query(&rows, list, db, limit, "iii", scope->person, scope->tenant,
                         (int64_t)scope->drafts));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result, row_of(rows, result));
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_circular_list(xj_circular_row **items, size_t *n, xj_db *db, const xj_scope *scope,
                 int64_t inspection, int64_t after, int64_t limit, xj_pool *result)
{
    xj_list *list = xj_list_new(SQL_CIRCULAR_LIST, result);

    if (inspection != 0)
        xj_list_int(list, "inspection", XJ_COND_EQ, inspection);
    if (after != 0)
        xj_list_after(list, after);
    return read_list(items, n, list, db, scope, limit, result);
}

static xj_error *
get_row(xj_circular_row *row, xj_db *db, const xj_scope *scope, int64_t id, xj_pool *result)
{
    xj_list *list = xj_list_new(SQL_CIRCULAR_LIST, result);
    xj_circular_row *found;
    size_t n;

    xj_list_int(list, "id", XJ_COND_EQ, id);
    XJ_TRY(read_list(&found, &n, list, db, scope, 1, result));
    if (n == 0)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such circular");
    *row = found[0];
    return NULL;
}

static xj_error *
read_body(xj_circular_text *text, xj_db *db, int64_t tenant, int64_t id, int64_t no,
          xj_pool *result)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_CIRCULAR_BODY, "iii", tenant, id, no));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such text");
    *text = (xj_circular_text){.no = xj_row_int(rows, 0),
                               .title = xj_row_text(rows, 1, result),
                               .body = xj_row_text(rows, 2, result),
                               .person_name = xj_row_text(rows, 3, result),
                               .made_at = xj_row_int(rows, 4)};
    xj_rows_close(rows);
    return NULL;
}

static xj_error *
read_texts(xj_circular *whole, xj_db *db, int64_t tenant, xj_pool *result)
{
    XJ_VEC(xj_circular_text) found = {0};
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, db, SQL_CIRCULAR_TEXTS, "ii", tenant, whole->row.id));
    for (;;) {
        bool more;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_circular_text){.no = xj_row_int(rows, 0),
                                       .title = xj_row_text(rows, 1, result),
                                       .person_name = xj_row_text(rows, 2, result),
                                       .made_at = xj_row_int(rows, 3)});
    }
    whole->texts = found.items;
    whole->ntexts = found.len;
    return NULL;
}

static xj_error *
read_units(xj_circular *whole, xj_db *db, int64_t tenant, xj_pool *result)
{
    XJ_VEC(xj_circular_unit) found = {0};
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, db, SQL_CIRCULAR_UNITS, "ii", tenant, whole->row.id));
    for (;;) {
        bool more;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_circular_unit){xj_row_int(rows, 0), xj_row_text(rows, 1, result)});
    }
    whole->units = found.items;
    whole->nunits = found.len;
    return NULL;
}

xj_error *
xj_circular_get(xj_circular **circular, xj_db *db, const xj_scope *scope, int64_t id, int64_t no,
                xj_pool *result)
{
    xj_circular *whole = XJ_NEW(result, xj_circular);
    bool writer;

    XJ_TRY(get_row(&whole->row, db, scope, id, result));
    writer = whole->row.inside && scope->drafts;
    XJ_TRY(read_body(&whole->text, db, scope->tenant, id,
                     writer && no > 0 ? no : XJ_CIRCULAR_VERSIONS_MAX, result));
    *circular = whole;
    if (!writer)
        return NULL;
    XJ_TRY(read_texts(whole, db, scope->tenant, result));
    return read_units(whole, db, scope->tenant, result);
}

/* ---- drafting ---- */

static const char *
grade_words(xj_str grade)
{
    if (xj_str_eq(grade, XJ_STR("serious")))
        return "严重";
    return xj_str_eq(grade, XJ_STR("notable")) ? "较重" : "一般";
}

/* Whether the circular may tell of the visit. */
static bool
is_told(const xj_visit_row *visit)
{
    return visit->told_on.data != NULL && xj_str_eq(visit->state, XJ_STR("done"));
}

static xj_str
day_words(xj_str day, xj_pool *pool)
{
    const xj_date d = xj_day_parse(day);

    return xj_str_printf(pool, "%d年%d月%d日", d.year, d.month, d.day);
}

static void
write_finding(xj_buf *out, const xj_finding *f, int no, xj_pool *pool)
{
    xj_buf_printf(out, "%d.（%s）" XJ_FMT, no, grade_words(f->grade), XJ_ARG(f->words));
    if (f->place.len > 0)
        xj_buf_printf(out, "（地点：" XJ_FMT "）", XJ_ARG(f->place));
    if (f->duty != 0 && xj_str_eq(f->state, XJ_STR("struck_off")))
        xj_buf_add(out, XJ_STR("已整改销号。"));
    else if (f->duty != 0)
        xj_buf_printf(out, "限%s前完成整改。", day_words(f->due, pool).data);
    xj_buf_add_char(out, '\n');
}

struct totals {
    int visits, units, findings, serious, notable;
};

static struct totals
total(const xj_inspection *whole, const xj_finding *findings, size_t n)
{
    struct totals t = {.findings = (int)n};

    for (size_t i = 0; i < whole->nvisits; i++)
        t.visits += is_told(&whole->visits[i]);
    for (size_t i = 0; i < whole->nunits; i++)
        for (size_t j = 0; j < whole->nvisits; j++)
            if (whole->visits[j].unit == whole->units[i].unit && is_told(&whole->visits[j])) {
                t.units++;
                break;
            }
    for (size_t i = 0; i < n; i++) {
        t.serious += xj_str_eq(findings[i].grade, XJ_STR("serious"));
        t.notable += xj_str_eq(findings[i].grade, XJ_STR("notable"));
    }
    return t;
}

/* How many findings each action has, and how their rectification stands; those of none are left
 * out. */
static void
write_actions(xj_buf *out, const xj_finding *findings, size_t n)
{
    bool any = false;

    for (size_t i = 0; i < n; i++) {
        int all = 0, ordered = 0, closed = 0;
        bool first = findings[i].action_no >= 0 && findings[i].action.len > 0;

        for (size_t k = 0; k < i && first; k++)
            first = findings[k].action_no != findings[i].action_no;
        if (!first)
            continue;
        for (size_t k = i; k < n; k++) {
            if (findings[k].action_no != findings[i].action_no)
                continue;
            all++;
            ordered += findings[k].duty != 0;
            closed += findings[k].duty != 0 && xj_str_eq(findings[k].state, XJ_STR("struck_off"));
        }
        if (!any)
            xj_buf_add(out, XJ_STR("\n按行动分：\n"));
        any = true;
        xj_buf_printf(out, XJ_FMT "：发现问题%d个，要求整改%d个，已销号%d个。\n",
                      XJ_ARG(findings[i].action), all, ordered, closed);
    }
}

static void
write_draft(xj_buf *out, const xj_inspection *whole, const xj_finding *findings, size_t n,
            xj_pool *pool)
{
    const xj_inspection_row *row = &whole->row;
    const struct totals t = total(whole, findings, n);
    int part = 0;

    xj_buf_printf(out, XJ_FMT "至" XJ_FMT "，", XJ_ARG(day_words(row->from_on, pool)),
                  XJ_ARG(day_words(row->to_on, pool)));
    if (row->basis.len > 0)
        xj_buf_printf(out, "依据" XJ_FMT "，", XJ_ARG(row->basis));
    xj_buf_printf(out,
                  "开展了“" XJ_FMT
                  "”，共到%d个单位督导%d次，发现问题%d个，其中严重%d个、较重%d个、一般%d个。"
                  "现将有关情况通报如下。\n",
                  XJ_ARG(row->title), t.units, t.visits, t.findings, t.serious, t.notable,
                  t.findings - t.serious - t.notable);
    for (size_t i = 0; i < whole->nunits; i++) {
        int no = 0;

        for (size_t j = 0; j < n; j++) {
            if (findings[j].unit != whole->units[i].unit)
                continue;
            if (no == 0)
                xj_buf_printf(out, "\n（%d）" XJ_FMT "\n", ++part, XJ_ARG(whole->units[i].name));
            write_finding(out, &findings[j], ++no, pool);
        }
    }
    write_actions(out, findings, n);
    xj_buf_add(
        out, XJ_STR("\n请有关单位对照问题逐项整改，按期申请销号；其他单位举一反三，自查自纠。\n"));
}

/* The findings of visits that the circular may tell of. */
static xj_error *
told_findings(xj_finding **told, size_t *n, xj_tx *tx, const xj_scope *scope, int64_t inspection)
{
    const xj_finding_filter filter = {.inspection = inspection, .action_no = -1};
    xj_finding *all;
    size_t nall;

    XJ_TRY(xj_finding_list(&all, &nall, xj_tx_db(tx), scope, &filter, 0,
                           (int64_t)XJ_INSPECTION_VISITS_MAX * XJ_VISIT_FINDINGS_MAX,
                           xj_tx_pool(tx)));
    *n = 0;
    for (size_t i = 0; i < nall; i++)
        if (all[i].told && all[i].done)
            all[(*n)++] = all[i];
    *told = all;
    return NULL;
}

xj_error *
xj_circular_draft(int64_t *id, xj_tx *tx, const xj_scope *scope, int64_t inspection,
                  xj_str actor_name)
{
    xj_pool *pool = xj_tx_pool(tx);
    xj_finding *findings;
    xj_inspection *whole;
    xj_buf body;
    size_t n;

    XJ_TRY(xj_inspection_get(&whole, xj_tx_db(tx), scope, inspection, pool));
    XJ_TRY(xj_inspect__check_inside(whole->row.inside));
    if (xj_str_eq(whole->row.state, XJ_STR("draft")))
        return xj_error_new(XJ_E_CONFLICT, "the campaign is not issued");
    XJ_TRY(told_findings(&findings, &n, tx, scope, inspection));
    xj_buf_init(&body, pool, (size_t)XJ_CIRCULAR_TEXT_MAX * 4);
    write_draft(&body, whole, findings, n, pool);
    XJ_TRY(xj_buf_check(&body));
    XJ_TRY(xj_inspect__check_text(xj_buf_str(&body), XJ_CIRCULAR_TEXT_MAX, true, "body"));
    *id = xj_tx_next_id(tx);
    xj_tx_subject(tx, "circular", *id);
    XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_CIRCULAR_ADD, "iii", scope->tenant, *id, inspection));
    return xj_db_run(xj_tx_db(tx), SQL_CIRCULAR_TEXT_ADD, "iiisssi", scope->tenant, *id, (int64_t)1,
                     xj_str_printf(pool, "关于“" XJ_FMT "”情况的通报", XJ_ARG(whole->row.title)),
                     xj_buf_str(&body), actor_name, xj_tx_now(tx));
}

/* ---- writing, publishing ---- */

static xj_error *
for_change(xj_circular_row *row, xj_tx *tx, const xj_scope *scope, int64_t id, int64_t version)
{
    xj_tx_subject(tx, "circular", id);
    XJ_TRY(get_row(row, xj_tx_db(tx), scope, id, xj_tx_pool(tx)));
    XJ_TRY(xj_inspect__check_inside(row->inside));
    XJ_TRY(xj_inspect__check_version(row->version, version, "circular"));
    if (!xj_str_eq(row->state, XJ_STR("draft")))
        return xj_error_new(XJ_E_CONFLICT, "the circular is published");
    return NULL;
}

xj_error *
xj_circular_write(int64_t *now, xj_tx *tx, const xj_scope *scope, int64_t id, int64_t version,
                  xj_str title, xj_str body, xj_str actor_name)
{
    xj_circular_row row;

    XJ_TRY(for_change(&row, tx, scope, id, version));
    XJ_TRY(xj_inspect__check_text(title, XJ_INSPECTION_TITLE_MAX, true, "title"));
    XJ_TRY(xj_inspect__check_text(body, XJ_CIRCULAR_TEXT_MAX, true, "body"));
    *now = version + 1;
    if (*now > XJ_CIRCULAR_VERSIONS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "a circular has at most %d texts",
                            XJ_CIRCULAR_VERSIONS_MAX);
    XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_CIRCULAR_TOUCH, "ii", scope->tenant, id));
    return xj_db_run(xj_tx_db(tx), SQL_CIRCULAR_TEXT_ADD, "iiisssi", scope->tenant, id, *now,
                     xj_str_trim(title), body, actor_name, xj_tx_now(tx));
}

xj_error *
xj_circular_publish(int64_t *now, xj_tx *tx, const xj_scope *scope, int64_t id, int64_t version,
                    bool to_all, const int64_t *units, size_t n)
{
    const xj_scope all = xj_scope_all(scope->tenant);
    xj_circular_row row;
    xj_unit unit;

    XJ_TRY(for_change(&row, tx, scope, id, version));
    if (!to_all && n == 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "name the units that it is for"), "/units");
    if (n > XJ_INSPECTION_UNITS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "at most %d units can be named",
                            XJ_INSPECTION_UNITS_MAX);
    for (size_t i = 0; i < n && !to_all; i++) {
        XJ_TRY(xj_unit_get(&unit, xj_tx_db(tx), &all, units[i], xj_tx_pool(tx)));
        XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_CIRCULAR_UNIT_ADD, "iii", scope->tenant, id, units[i]));
    }
    *now = version + 1;
    return xj_db_run(xj_tx_db(tx), SQL_CIRCULAR_PUBLISH, "isii", (int64_t)to_all,
                     xj_inspect__today(tx), scope->tenant, id);
}
