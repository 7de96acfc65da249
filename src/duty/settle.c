/* Settling what a document leaves open: many duty tasks by few answers. */
#include "duty/settle.h"
#include "duty/settle_priv.h"

#include "org/unit.h"

struct candidate {
    int64_t id, owner, action_no, plan_task;
    xj_str state, cadence, way, unsettled, units; /* units: as plan_task has them */
};

static xj_error *
check(const xj_settle *a)
{
    if (a->nduties > XJ_SETTLE_DUTIES || a->ncounties > XJ_GROUP_MEMBERS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "an answer names too many duty tasks or counties");
    XJ_TRY(xj_duty__check_cadence(a->cadence));
    if (a->way.data != NULL && !xj_str_eq(a->way, XJ_STR("area")) &&
        !xj_str_eq(a->way, XJ_STR("line")))
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "there is no way \"" XJ_FMT "\"", XJ_ARG(a->way)), "/way");
    if (a->lead == 0 && !a->keep && a->cadence.data == NULL && a->way.data == NULL &&
        a->ncounties == 0 && !a->no_counties)
        return xj_error_new(XJ_E_BAD_INPUT, "an answer settles nothing");
    return NULL;
}

static xj_error *
check_units(xj_tx *tx, const xj_settle *a)
{
    const xj_scope scope = xj_scope_all(xj_tx_tenant(tx));
    xj_unit unit;

    if (a->lead != 0)
        XJ_TRY(xj_unit_get(&unit, xj_tx_db(tx), &scope, a->lead, xj_tx_pool(tx)));
    for (size_t i = 0; i < a->ncounties; i++)
        XJ_TRY(xj_unit_get(&unit, xj_tx_db(tx), &scope, a->counties[i], xj_tx_pool(tx)));
    return NULL;
}

static xj_error *
read_candidates(struct candidate **items, size_t *n, xj_tx *tx, int64_t document)
{
    XJ_VEC(struct candidate) found = {0};
    xj_pool *pool = xj_tx_pool(tx);
    xj_rows *rows;
    bool more;

    XJ_TRY(
        xj_db_query(&rows, xj_tx_db(tx), SQL_SETTLE_CANDIDATES, "ii", xj_tx_tenant(tx), document));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, pool,
                    (struct candidate){.id = xj_row_int(rows, 0),
                                       .owner = xj_row_int(rows, 1),
                                       .action_no = xj_row_int(rows, 2),
                                       .plan_task = xj_row_int(rows, 3),
                                       .state = xj_row_text(rows, 4, pool),
                                       .cadence = xj_row_text(rows, 5, pool),
                                       .way = xj_row_text(rows, 6, pool),
                                       .unsettled = xj_row_text(rows, 7, pool),
                                       .units = xj_row_text(rows, 8, pool)});
    }
    *items = found.items;
    *n = found.len;
    return found.len > 0 ? NULL : xj_error_new(XJ_E_NOT_FOUND, "the document has no duty tasks");
}

static bool
open_word(xj_str unsettled, xj_str word)
{
    static const char *const words[] = {"lead", "cadence", "way", "counties"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (xj_str_eq(word, xj_str_c(words[i])))
            return xj_duty__is_open(unsettled, words[i]);
    return false;
}

static bool
means(const xj_settle *a, const struct candidate *c, xj_str like_units)
{
    bool named = a->nduties == 0;

    for (size_t i = 0; i < a->nduties; i++)
        named |= a->duties[i] == c->id;
    return named && (a->like == 0 || xj_str_eq(c->units, like_units)) &&
           (a->action_no < 0 || a->action_no == c->action_no) &&
           (a->owner == 0 || a->owner == c->owner) &&
           (a->open.data == NULL || open_word(c->unsettled, a->open));
}

/* The parts that C has today, as the answer changes them. */
static xj_error *
settled_parts(xj__parts *parts, xj_tx *tx, const struct candidate *c, const xj_settle *a)
{
    xj_pool *pool = xj_tx_pool(tx);
    XJ_VEC(xj__part) found = {0};
    const char *county_side = xj_str_eq(parts->settled.way, XJ_STR("area")) ? "county" : "none";
    const bool counties = a->ncounties > 0 || a->no_counties;
    const int64_t owner = parts->settled.owner;
    xj_rows *rows;
    bool more, has_owner = false;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DUTY_PARTS, "ii", xj_tx_tenant(tx), c->id));
    for (;;) {
        xj__part part;
        bool county, old;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        if (!xj_str_eq(xj_row_str(rows, 4), XJ_STR(XJ_DAY_NONE)))
            continue;
        part = (xj__part){xj_row_int(rows, 0), xj_str_cdup(xj_row_str(rows, 1), pool),
                          xj_str_cdup(xj_row_str(rows, 2), pool)};
        county = strcmp(part.role, "county") == 0;
        old = part.unit == c->owner && part.unit != owner && strcmp(part.role, "lead") == 0;
        if (county && counties)
            continue;
        if (county)
            part.side = county_side;
        if (part.unit == owner) {
            part.role = part.side = "lead";
            has_owner = true;
        } else if (old) {
            part.role = "responsible";
            part.side = "none";
        }
        xj_vec_push(&found, pool, part);
    }
    if (!has_owner)
        xj_vec_push(&found, pool, (xj__part){owner, "lead", "lead"});
    for (size_t i = 0; i < a->ncounties; i++)
        if (a->counties[i] != owner)
            xj_vec_push(&found, pool, (xj__part){a->counties[i], "county", county_side});
    parts->items = found.items;
    parts->n = found.len;
    return NULL;
}

static xj_error *
settle_one(bool *changed, xj_tx *tx, struct candidate *c, const xj_settle *a, const xj_rules *rules,
           xj_str actor)
{
    xj_pool *pool = xj_tx_pool(tx);
    const xj_date today = xj_duty__today(tx);
    xj__parts parts = {.settled = {.owner = a->lead != 0 ? a->lead : c->owner,
                                   .cadence = a->cadence.data != NULL ? a->cadence : c->cadence,
                                   .way = a->way.data != NULL ? a->way : c->way,
                                   .unsettled = c->unsettled}};
    xj__settled *s = &parts.settled;
    xj_str before;
    int64_t notice;
    xj_rows *rows;
    bool more;

    if (a->keep)
        s->unsettled = a->open.data == NULL
                           ? XJ_STR("")
                           : xj_duty__without(s->unsettled, xj_str_cdup(a->open, pool), pool);
    if (a->lead != 0)
        s->unsettled = xj_duty__without(s->unsettled, "lead", pool);
    if (a->cadence.data != NULL)
        s->unsettled = xj_duty__without(s->unsettled, "cadence", pool);
    if (a->way.data != NULL)
        s->unsettled = xj_duty__without(s->unsettled, "way", pool);
    if (a->ncounties > 0 || a->no_counties)
        s->unsettled = xj_duty__without(s->unsettled, "counties", pool);
    *changed = s->owner != c->owner || !xj_str_eq(s->cadence, c->cadence) ||
               !xj_str_eq(s->way, c->way) || !xj_str_eq(s->unsettled, c->unsettled) ||
               a->ncounties > 0 || a->no_counties;
    if (!*changed)
        return NULL;
    XJ_TRY(settled_parts(&parts, tx, c, a));
    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_SETTLE_SET, "sssiiii", s->cadence, s->way,
                       s->unsettled, s->owner, xj_tx_now(tx), xj_tx_tenant(tx), c->id));
    XJ_TRY(xj_rows_next(rows, &more));
    notice = xj_row_int(rows, 0);
    xj_rows_close(rows);
    XJ_TRY(xj_duty__set_parts(tx, c->id, notice, today, &parts));
    if (!xj_str_eq(s->cadence, c->cadence))
        XJ_TRY(xj_duty__set_dates(tx, c->id, rules, s->cadence, XJ_STR_NONE));
    before =
        xj_str_printf(pool, "{\"owner\":%lld,\"cadence\":\"" XJ_FMT "\",\"way\":\"" XJ_FMT "\"}",
                      (long long)c->owner, XJ_ARG(c->cadence), XJ_ARG(c->way));
    XJ_TRY(xj_duty__note(tx, "duty", c->id, XJ_STR("settle"), c->state, c->state,
                         xj_day_str(today, pool), actor, XJ_STR_NONE, before));
    XJ_TRY(xj_duty__follow(tx, c->id, today, XJ_STR("确定牵头、频次和县区")));
    XJ_TRY(xj_duty__relight(tx, c->id, today, today, rules));
    c->owner = s->owner;
    c->cadence = s->cadence;
    c->way = s->way;
    c->unsettled = s->unsettled;
    return NULL;
}

xj_error *
xj_duty_settle(int64_t *changed, xj_tx *tx, int64_t document, const xj_settle *answers, size_t n,
               xj_str actor)
{
    struct candidate *items;
    xj_rules rules;
    size_t nitems;

    *changed = 0;
    xj_tx_subject(tx, "document", document);
    if (n > XJ_SETTLE_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "there are more than %d answers", XJ_SETTLE_MAX);
    XJ_TRY(read_candidates(&items, &nitems, tx, document));
    XJ_TRY(xj_rules_get(&rules, xj_tx_db(tx), xj_tx_tenant(tx), xj_tx_pool(tx)));
    for (size_t i = 0; i < n; i++) {
        xj_str like = XJ_STR_NONE;

        XJ_TRY(check(&answers[i]));
        XJ_TRY(check_units(tx, &answers[i]));
        for (size_t j = 0; j < nitems; j++)
            if (items[j].id == answers[i].like)
                like = items[j].units;
        for (size_t j = 0; j < nitems; j++) {
            bool other;

            if (!means(&answers[i], &items[j], like))
                continue;
            XJ_TRY(settle_one(&other, tx, &items[j], &answers[i], &rules, actor));
            *changed += other;
        }
    }
    return NULL;
}
