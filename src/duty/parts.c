/* Who has part in a duty task, and from when to when. */
#include "duty/settle_priv.h"

#include "org/unit.h"

bool
xj_duty__is_open(xj_str unsettled, const char *word)
{
    xj_str part;

    while (xj_str_split(&part, &unsettled, ' '))
        if (xj_str_eq(part, xj_str_c(word)))
            return true;
    return false;
}

xj_str
xj_duty__without(xj_str unsettled, const char *word, xj_pool *result)
{
    xj_buf out;
    xj_str part;

    xj_buf_init(&out, result, 200);
    while (xj_str_split(&part, &unsettled, ' ')) {
        if (part.len == 0 || xj_str_eq(part, xj_str_c(word)))
            continue;
        if (out.len > 0)
            xj_buf_add_char(&out, ' ');
        xj_buf_add(&out, part);
    }
    return out.len == 0 ? XJ_STR("") : xj_buf_str(&out);
}

xj_str
xj_duty__ends_on(xj_str deadline_kind, xj_str due)
{
    const bool ends = xj_str_eq(deadline_kind, XJ_STR("complete_by")) ||
                      xj_str_eq(deadline_kind, XJ_STR("full_year"));

    return ends ? due : XJ_STR(XJ_DAY_NONE);
}

/* ---- the parts of a line ---- */

struct making {
    xj_pool *pool;
    XJ_VEC(xj__part) parts;
    bool counties, empty_group;
    const char *county_side;
};

static int
rank(const char *role)
{
    return strcmp(role, "lead") == 0          ? 3
           : strcmp(role, "responsible") == 0 ? 2
           : strcmp(role, "county") == 0      ? 1
                                              : 0;
}

static void
add_part(struct making *m, int64_t unit, const char *role, const char *side)
{
    for (size_t i = 0; i < m->parts.len; i++) {
        xj__part *part = &m->parts.items[i];

        if (part->unit != unit)
            continue;
        if (rank(role) > rank(part->role))
            part->role = role;
        if (strcmp(part->side, "none") == 0)
            part->side = side;
        return;
    }
    xj_vec_push(&m->parts, m->pool, (xj__part){unit, role, side});
}

static const char *
role_word(xj_str role)
{
    return xj_str_eq(role, XJ_STR("lead"))          ? "lead"
           : xj_str_eq(role, XJ_STR("responsible")) ? "responsible"
                                                    : "cooperate";
}

/* Whether NAME is that of a county, a zone, or its government. */
static bool
is_area(xj_str name)
{
    static const char *const ends[] = {"县", "区", "市", "政府", "管委会"};

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (xj_str_ends(name, xj_str_c(ends[i])))
            return true;
    return false;
}

/* One printed unit: a group gives its members, those of counties as counties. */
static xj_error *
add_printed(struct making *m, bool *group, xj_tx *tx, const xj__line_unit *printed)
{
    const xj_scope scope = xj_scope_all(xj_tx_tenant(tx));
    const char *role = role_word(printed->role);
    xj_unit unit, *members;
    bool of_counties;
    size_t n;

    XJ_TRY(xj_unit_get(&unit, xj_tx_db(tx), &scope, printed->id, m->pool));
    of_counties = xj_str_has(unit.name, XJ_STR("县")) || xj_str_has(unit.name, XJ_STR("区"));
    *group = unit.kind == XJ_UNIT_GROUP;
    if (!*group) {
        const bool county = is_area(unit.name) && strcmp(role, "lead") != 0;

        m->counties |= county;
        add_part(m, unit.id, county ? "county" : role,
                 county                      ? m->county_side
                 : strcmp(role, "lead") == 0 ? "lead"
                                             : "none");
        return NULL;
    }
    XJ_TRY(xj_group_members(&members, &n, xj_tx_db(tx), &scope, printed->id, m->pool));
    for (size_t i = 0; i < n; i++) {
        const bool county = of_counties || is_area(members[i].name);

        m->counties |= county;
        add_part(m, members[i].id,
                 county                      ? "county"
                 : strcmp(role, "lead") == 0 ? "responsible"
                                             : role,
                 county ? m->county_side : "none");
    }
    if (n == 0) {
        m->empty_group = true;
        add_part(m, unit.id, strcmp(role, "lead") == 0 ? "responsible" : role, "none");
    }
    return NULL;
}

static xj_error *
choose_owner(int64_t *owner, bool *open, xj_tx *tx, const xj__line *line, int64_t lead,
             int64_t responsible, const xj__settled *before, int64_t office)
{
    *open = false;
    if (lead != 0) {
        *owner = lead;
        return NULL;
    }
    if (before != NULL && !xj_duty__is_open(before->unsettled, "lead")) {
        *owner = before->owner;
        return NULL;
    }
    *open = true;
    if (line->lead_proposed.len > 0)
        return xj_unit_resolve(owner, tx, line->lead_proposed);
    *owner = responsible != 0 ? responsible : office;
    return NULL;
}

/* Text of the points in OPEN that are, in the order of the settling page. */
static xj_str
open_words(bool lead, bool cadence, bool way, bool counties, xj_pool *pool)
{
    xj_str all = xj_str_printf(pool, "%s%s%s%s", lead ? "lead " : "", cadence ? "cadence " : "",
                               way ? "way " : "", counties ? "counties " : "");

    return xj_str_trim(all);
}

xj_error *
xj_duty__parts_of(xj__parts *parts, xj_tx *tx, const xj__line *line, const xj__settled *before,
                  const xj_rules *rules, int64_t office)
{
    const bool kept_way = before != NULL && !xj_duty__is_open(before->unsettled, "way");
    const bool kept_cadence = before != NULL && !xj_duty__is_open(before->unsettled, "cadence");
    const xj_str way = kept_way ? before->way : rules->text[XJ_RULE_WAY];
    struct making m = {.pool = xj_tx_pool(tx),
                       .county_side = xj_str_eq(way, XJ_STR("area")) ? "county" : "none"};
    /* 每天, 每周 say how often the work is done: nobody returns it that often. */
    const bool has_cadence = line->cadence.data != NULL && xj_duty__is_cadence(line->cadence);
    const bool says_when = line->printed.data != NULL || has_cadence;
    int64_t lead = 0, responsible = 0, owner;
    bool open_lead;

    for (size_t i = 0; i < line->nunits; i++) {
        bool group;

        XJ_TRY(add_printed(&m, &group, tx, &line->units[i]));
        if (group)
            continue;
        if (lead == 0 && xj_str_eq(line->units[i].role, XJ_STR("lead")))
            lead = line->units[i].id;
        if (responsible == 0 && xj_str_eq(line->units[i].role, XJ_STR("responsible")))
            responsible = line->units[i].id;
    }
    XJ_TRY(choose_owner(&owner, &open_lead, tx, line, lead, responsible, before, office));
    add_part(&m, owner, "lead", "lead");
    for (size_t i = 0; i < m.parts.len; i++)
        if (m.parts.items[i].unit == owner)
            m.parts.items[i].side = "lead";
    *parts = (xj__parts){
        .settled = {.owner = owner,
                    .cadence = has_cadence    ? line->cadence
                               : kept_cadence ? before->cadence
                                              : rules->text[XJ_RULE_CADENCE],
                    .way = way,
                    .unsettled = open_words(open_lead, !says_when && !kept_cadence,
                                            m.counties && !kept_way, m.empty_group, m.pool)},
        .items = m.parts.items,
        .n = m.parts.len};
    return NULL;
}

/* ---- keeping them ---- */

static bool
has_part(const xj__parts *parts, int64_t unit)
{
    for (size_t i = 0; i < parts->n; i++)
        if (parts->items[i].unit == unit)
            return true;
    return false;
}

static xj_error *
end_others(xj_tx *tx, int64_t duty, xj_date on, const xj__parts *parts)
{
    const xj_str last = xj_day_str(xj_date_add_days(on, -1), xj_tx_pool(tx));
    XJ_VEC(int64_t) gone = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DUTY_PARTS, "ii", xj_tx_tenant(tx), duty));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        if (!has_part(parts, xj_row_int(rows, 0)) &&
            xj_str_eq(xj_row_str(rows, 4), XJ_STR(XJ_DAY_NONE)))
            xj_vec_push(&gone, xj_tx_pool(tx), xj_row_int(rows, 0));
    }
    for (size_t i = 0; i < gone.len; i++)
        XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_DUTY_PART_END, "siii", last, xj_tx_tenant(tx), duty,
                          gone.items[i]));
    return NULL;
}

xj_error *
xj_duty__set_parts(xj_tx *tx, int64_t duty, int64_t notice, xj_date on, const xj__parts *parts)
{
    const xj_str day = xj_day_str(on, xj_tx_pool(tx));
    const int64_t tenant = xj_tx_tenant(tx);
    xj_db *db = xj_tx_db(tx);

    XJ_TRY(end_others(tx, duty, on, parts));
    for (size_t i = 0; i < parts->n; i++) {
        XJ_TRY(xj_db_send(db, SQL_DUTY_PART_SET, "iiisss", tenant, duty, parts->items[i].unit,
                          xj_str_c(parts->items[i].role), xj_str_c(parts->items[i].side), day));
        XJ_TRY(xj_db_send(db, SQL_DUTY_RECEIPT_ADD, "iii", tenant, notice, parts->items[i].unit));
    }
    return NULL;
}
