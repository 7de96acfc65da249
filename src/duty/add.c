/* Duty tasks that no plan ordered: instructions, minutes, assignments, proposals, by hand. */
#include "duty/settle_priv.h"

#include "org/unit.h"

static bool
one_of(xj_str word, const char *words)
{
    xj_str all = xj_str_c(words), part;

    while (xj_str_split(&part, &all, ' '))
        if (xj_str_eq(part, word))
            return true;
    return false;
}

static xj_error *
refuse(const char *member, xj_str value)
{
    return xj_error_at(
        xj_error_new(XJ_E_BAD_INPUT, "the %s cannot be \"" XJ_FMT "\"", member, XJ_ARG(value)),
        "/%s", member);
}

/* A leader's of this jurisdiction, or of the one above that gave it. */
static bool
is_instruction(const xj_duty_new *d)
{
    return xj_str_eq(d->origin, XJ_STR("instruction")) || xj_str_eq(d->kind, XJ_STR("instruction"));
}

static bool
is_restricted(const xj_duty_new *d)
{
    return d->restricted || is_instruction(d);
}

/* Of an instruction always: it ends by the leader's reading. */
static xj_str
kind_of(const xj_duty_new *d)
{
    return is_instruction(d)      ? XJ_STR("instruction")
           : d->kind.data == NULL ? XJ_STR("task")
                                  : d->kind;
}

static xj_error *
check(const xj_duty_new *d)
{
    const bool dated = one_of(d->deadline_kind, "complete_by start_by full_year");
    xj_date day;

    if (!one_of(d->origin, "instruction minutes assignment proposal hand"))
        return refuse("origin", d->origin);
    if (d->kind.data != NULL && !one_of(d->kind, xj_str_eq(d->origin, XJ_STR("assignment"))
                                                     ? "task instruction rectification"
                                                     : "task rectification step quota follow_up"))
        return refuse("kind", d->kind);
    if (!one_of(d->deadline_kind, "none complete_by start_by ongoing full_year recurring"))
        return refuse("deadline_kind", d->deadline_kind);
    if (dated != (d->due.data != NULL) ||
        (dated && (!xj_date_parse(&day, d->due) || day.year < 2000 || day.year > 2200)))
        return refuse("due", d->due);
    if (d->deliverable.data != NULL && !xj_str_eq(d->deliverable, XJ_STR("document")))
        return refuse("deliverable", d->deliverable);
    if (d->given_on.data != NULL && !xj_date_parse(&day, d->given_on))
        return refuse("given_on", d->given_on);
    if (is_instruction(d) && (xj_str_trim(d->leader).len == 0 || d->given_on.data == NULL))
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "an instruction has a leader and the day it was given"),
            "/leader");
    XJ_TRY(xj_duty__check_text(d->title, XJ_DUTY_TITLE_MAX, true, "title"));
    XJ_TRY(xj_duty__check_text(d->text, XJ_DUTY_TEXT_MAX, false, "text"));
    XJ_TRY(xj_duty__check_text(d->words, XJ_DUTY_TEXT_MAX, false, "words"));
    XJ_TRY(xj_duty__check_text(d->leader, 50, false, "leader"));
    XJ_TRY(xj_duty__check_strength(d->strength));
    XJ_TRY(xj_duty__check_cadence(d->cadence));
    if (d->nunits > XJ_DUTY_UNITS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "there are too many units");
    return NULL;
}

static xj_error *
check_programme(xj_tx *tx, int64_t programme)
{
    const xj_scope scope = xj_scope_all(xj_tx_tenant(tx));
    xj_programme found;

    return xj_programme_get(&found, xj_tx_db(tx), &scope, programme, xj_tx_pool(tx));
}

static xj_str
or_else(xj_str given, const char *standard)
{
    return given.data == NULL ? xj_str_c(standard) : given;
}

static xj_error *
parts_of(xj__parts *parts, xj__line *line, xj_tx *tx, const xj_duty_new *d, const xj_rules *rules,
         int64_t office)
{
    xj__line_unit *units = XJ_NEW_ARRAY(xj_tx_pool(tx), xj__line_unit, d->nunits + 1);

    units[0] = (xj__line_unit){d->lead, XJ_STR("lead")};
    for (size_t i = 0; i < d->nunits; i++)
        units[i + 1] = (xj__line_unit){d->units[i], XJ_STR("responsible")};
    /* What only some may see is not listed in the units' returns. */
    *line = (xj__line){.cadence = is_restricted(d) ? XJ_STR("") : d->cadence,
                       .units = units,
                       .nunits = d->nunits + 1};
    XJ_TRY(xj_duty__parts_of(parts, tx, line, NULL, rules, office));
    /* What is entered by hand is said, not left open. */
    parts->settled.unsettled = XJ_STR("");
    return NULL;
}

static xj_error *
insert(xj_tx *tx, int64_t id, int64_t notice, const xj_duty_new *d, const xj__parts *parts,
       xj_str today, xj_str starts)
{
    const xj_str due = d->due.data == NULL ? XJ_STR(XJ_DAY_NONE) : d->due;
    const xj_str kind = kind_of(d);
    const bool task = xj_str_eq(kind, XJ_STR("task"));
    const xj_str first = xj_str_c(xj_state_first(xj_state_kind_find(kind))->name);
    const xj_str state = task ? XJ_STR("assigned") : first;

    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_DUTY_ADD,
                      "iiissiIIIIi"
                      "sssssssssssss"
                      "isSSSSii",
                      xj_tx_tenant(tx), id, d->programme, kind, d->origin, notice, NULL, NULL, NULL,
                      NULL, d->action_no, or_else(d->action, ""), XJ_STR(""), xj_str_trim(d->title),
                      or_else(d->text, ""), state, today, d->deadline_kind, due, starts,
                      xj_duty__ends_on(d->deadline_kind, due), or_else(d->strength, "must"),
                      parts->settled.cadence, parts->settled.way, parts->settled.owner,
                      parts->settled.unsettled, d->deliverable, d->leader, d->given_on, d->words,
                      (int64_t)is_restricted(d), xj_tx_now(tx)));
    return xj_duty__note(
        tx, "duty", id, xj_str_eq(state, XJ_STR("assigned")) ? XJ_STR("assign") : XJ_STR("raise"),
        task ? first : XJ_STR(""), state, today, XJ_STR(""), XJ_STR_NONE, XJ_STR_NONE);
}

xj_error *
xj_duty__notice(int64_t *id, xj_tx *tx, xj_str origin, xj_str title)
{
    *id = xj_tx_next_id(tx);
    return xj_db_send(xj_tx_db(tx), SQL_DUTY_NOTICE_ADD, "iisIssi", xj_tx_tenant(tx), *id, origin,
                      NULL, xj_str_trim(title), xj_day_str(xj_duty__today(tx), xj_tx_pool(tx)),
                      xj_tx_now(tx));
}

xj_error *
xj_duty__add(int64_t *id, xj_tx *tx, const xj_duty_new *d, int64_t notice, xj_str printed)
{
    const int64_t tenant = xj_tx_tenant(tx);
    xj_pool *pool = xj_tx_pool(tx);
    const xj_str today = xj_day_str(xj_duty__today(tx), pool);
    xj_str starts = d->starts_on.data == NULL ? today : d->starts_on;
    xj_duty__clock clock;
    xj_rules rules;
    xj__parts parts;
    xj__line line;

    XJ_TRY(check(d));
    if (!xj_date_valid(xj_day_parse(starts)))
        return refuse("starts_on", starts);
    XJ_TRY(check_programme(tx, d->programme));
    XJ_TRY(xj_duty__clock_of(&clock, tx));
    XJ_TRY(xj_rules_get(&rules, xj_tx_db(tx), tenant, pool));
    XJ_TRY(parts_of(&parts, &line, tx, d, &rules, clock.office));
    if (notice == 0)
        XJ_TRY(xj_duty__notice(&notice, tx, d->origin, d->title));
    *id = xj_tx_next_id(tx);
    xj_tx_subject(tx, "duty", *id);
    XJ_TRY(insert(tx, *id, notice, d, &parts, today, starts));
    XJ_TRY(xj_duty__set_parts(tx, *id, notice, xj_day_parse(starts), &parts));
    XJ_TRY(xj_duty__set_dates(tx, *id, &rules, parts.settled.cadence, printed));
    if (is_restricted(d))
        XJ_TRY(xj_duty__viewers_add(tx, *id, d->viewers, d->nviewers, d->viewer_units,
                                    d->nviewer_units));
    if (is_instruction(d))
        XJ_TRY(xj_duty__instruction_add(tx, *id, d->leader_id));
    if (d->ntags > 0)
        XJ_TRY(xj_duty_set_tags(tx, *id, d->tags, d->ntags));
    XJ_TRY(xj_duty__follow(tx, *id, xj_day_parse(starts), XJ_STR("新增")));
    return xj_duty__relight(tx, *id, xj_day_parse(starts), xj_duty__today(tx), &rules);
}

xj_error *
xj_duty_add(int64_t *id, xj_tx *tx, const xj_duty_new *d)
{
    return xj_duty__add(id, tx, d, 0, XJ_STR_NONE);
}
