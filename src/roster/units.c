/* Rows of units against the directory. */
#include "org/area.h"
#include "roster/roster_priv.h"

#define DEPTH_MAX 20 /* units above a unit, as org/ has it */

static bool
has_control(xj_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.data[i] < ' ' || text.data[i] == 0x7F)
            return true;
    return false;
}

static bool
name_ok(xj_str name)
{
    return name.len > 0 && xj_utf8_count(name) <= XJ_UNIT_NAME_MAX && !has_control(name);
}

static xj_roster__unit *
new_unit(struct xj_roster__work *w, xj_str name)
{
    xj_roster__unit *u = XJ_NEW(w->pool, xj_roster__unit);
    xj_str area;

    u->name = name;
    u->version = 1;
    xj_unit_classify(&u->kind, &u->level, &area, name);
    u->standing = xj_unit_standing_guess(u->kind, name);
    xj_roster__add_unit(w, u);
    return u;
}

/* One field: what it was and what it is now, where they differ. */
static void
change(struct xj_roster__work *w, size_t i, xj_unit_field field, xj_str old, xj_str now)
{
    xj_roster__diff(w, &w->plan->lines[i], xj_roster__unit_heads[field].word, old, now);
    w->deeds[i].set[field] = true;
}

/* ---- fields that stand alone ---- */

static void
take_kind(struct xj_roster__work *w, size_t i, xj_roster__unit *u, xj_str cell)
{
    xj_unit_kind kind;

    if (cell.len == 0)
        return;
    if (!xj_roster__kind_of(&kind, cell)) {
        xj_roster__wrong(&w->plan->lines[i], "kind_unknown", XJ_UNIT_FIELD_KIND, cell);
    } else if (kind != u->kind) {
        if (u->id != 0 && (kind == XJ_UNIT_GROUP) != (u->kind == XJ_UNIT_GROUP))
            xj_roster__wrong(&w->plan->lines[i], "kind_group", XJ_UNIT_FIELD_KIND, cell);
        change(w, i, XJ_UNIT_FIELD_KIND, xj_str_c(xj_roster__kind(u->kind, true)),
               xj_str_c(xj_roster__kind(kind, true)));
        u->kind = kind;
    }
}

static void
take_level(struct xj_roster__work *w, size_t i, xj_roster__unit *u, xj_str cell)
{
    xj_level level;

    if (cell.len == 0)
        return;
    if (!xj_roster__level_of(&level, cell)) {
        xj_roster__wrong(&w->plan->lines[i], "level_unknown", XJ_UNIT_FIELD_LEVEL, cell);
    } else if (level != u->level) {
        change(w, i, XJ_UNIT_FIELD_LEVEL, xj_str_c(xj_roster__level(u->level, true)),
               xj_str_c(xj_roster__level(level, true)));
        u->level = level;
    }
}

static void
take_standing(struct xj_roster__work *w, size_t i, xj_roster__unit *u, xj_str cell)
{
    xj_standing standing;

    if (cell.len == 0)
        return;
    if (!xj_roster__standing_of(&standing, cell)) {
        xj_roster__wrong(&w->plan->lines[i], "standing_unknown", XJ_UNIT_FIELD_STANDING, cell);
    } else if (standing != u->standing) {
        change(w, i, XJ_UNIT_FIELD_STANDING, xj_str_c(xj_roster__standing(u->standing, true)),
               xj_str_c(xj_roster__standing(standing, true)));
        u->standing = standing;
    }
}

static void
take_area(struct xj_roster__work *w, size_t i, xj_roster__unit *u, xj_str cell)
{
    const xj_roster__area *area = cell.len == 0 ? NULL : xj_map_find(&w->areas, cell);

    if (cell.len == 0)
        return;
    if (area == NULL) {
        xj_roster__wrong(&w->plan->lines[i], "area_unknown", XJ_UNIT_FIELD_AREA, cell);
    } else if (area->id != u->area) {
        change(w, i, XJ_UNIT_FIELD_AREA, u->area_word,
               area->code.len > 0 ? area->code : area->name);
        u->area = area->id;
    }
}

static void
take_credit_code(struct xj_roster__work *w, size_t i, xj_roster__unit *u, xj_str cell)
{
    if (cell.len == 0)
        return;
    if (!xj_credit_code_ok(cell)) {
        xj_roster__wrong(&w->plan->lines[i], "credit_code_bad", XJ_UNIT_FIELD_CREDIT_CODE, cell);
    } else if (!xj_str_eq(cell, u->credit_code)) {
        change(w, i, XJ_UNIT_FIELD_CREDIT_CODE, u->credit_code, cell);
        u->credit_code = cell;
    }
}

static void
take_own(struct xj_roster__work *w, size_t i)
{
    xj_roster_line *line = &w->plan->lines[i];
    const xj_str *cell = line->row->cell;
    xj_roster__unit *u;

    if (cell[XJ_UNIT_FIELD_NAME].len == 0) {
        xj_roster__wrong(line, "name_missing", XJ_UNIT_FIELD_NAME, XJ_STR(""));
        return;
    }
    if (!name_ok(cell[XJ_UNIT_FIELD_NAME])) {
        xj_roster__wrong(line, "name_bad", XJ_UNIT_FIELD_NAME, XJ_STR(""));
        return;
    }
    u = xj_roster__unit_named(w, cell[XJ_UNIT_FIELD_NAME]);
    if (u == NULL)
        u = new_unit(w, cell[XJ_UNIT_FIELD_NAME]);
    w->deeds[i].unit = u;
    if (u->line != NULL) {
        xj_roster__wrong(line, "twice", XJ_UNIT_FIELD_NAME, cell[XJ_UNIT_FIELD_NAME]);
        return;
    }
    u->line = line;
    take_kind(w, i, u, cell[XJ_UNIT_FIELD_KIND]);
    take_level(w, i, u, cell[XJ_UNIT_FIELD_LEVEL]);
    take_standing(w, i, u, cell[XJ_UNIT_FIELD_STANDING]);
    take_area(w, i, u, cell[XJ_UNIT_FIELD_AREA]);
    take_credit_code(w, i, u, cell[XJ_UNIT_FIELD_CREDIT_CODE]);
}

/* ---- fields that name other units ---- */

static void
take_parent(struct xj_roster__work *w, size_t i)
{
    xj_roster_line *line = &w->plan->lines[i];
    const xj_str cell = line->row->cell[XJ_UNIT_FIELD_PARENT];
    xj_roster__unit *u = w->deeds[i].unit, *parent;

    if (cell.len == 0)
        return;
    parent = xj_roster__unit_named(w, cell);
    if (parent == NULL)
        xj_roster__wrong(line, "parent_unknown", XJ_UNIT_FIELD_PARENT, cell);
    else if (parent->kind == XJ_UNIT_GROUP)
        xj_roster__wrong(line, "parent_group", XJ_UNIT_FIELD_PARENT, cell);
    else if (parent == u)
        xj_roster__wrong(line, "parent_loop", XJ_UNIT_FIELD_PARENT, cell);
    if (line->problem != NULL || parent == u->parent)
        return;
    change(w, i, XJ_UNIT_FIELD_PARENT, u->parent == NULL ? XJ_STR("") : u->parent->name,
           parent->name);
    u->parent = parent;
}

/* Why NAME (OTHER, where the directory has it) cannot stand for U; NULL: it can. */
static const char *
not_alias(const xj_roster__unit *u, const xj_roster__unit *other, xj_str name)
{
    xj_unit_kind kind;
    xj_level level;
    xj_str area;

    if (!name_ok(name))
        return "name_bad";
    if (other == NULL)
        xj_unit_classify(&kind, &level, &area, name);
    else
        kind = other->kind;
    if (other != NULL && other->alias_of != NULL)
        return "alias_taken";
    if (other != NULL && other->line != NULL)
        return "alias_row";
    if (other != NULL && other->stands_for)
        return "alias_named";
    return (kind == XJ_UNIT_GROUP) != (u->kind == XJ_UNIT_GROUP) ? "alias_group" : NULL;
}

static void
take_aliases(struct xj_roster__work *w, size_t i)
{
    xj_roster_line *line = &w->plan->lines[i];
    xj_roster__deed *deed = &w->deeds[i];
    xj_str rest = line->row->cell[XJ_UNIT_FIELD_ALIASES], name;
    xj_buf added;

    xj_buf_init(&added, w->pool, (size_t)64 << 10);
    while (line->problem == NULL && xj_roster__next_name(&name, &rest)) {
        xj_roster__unit *other = xj_map_find(&w->units, name);
        const char *why;

        if (other == deed->unit || (other != NULL && other->alias_of == deed->unit))
            continue;
        why = not_alias(deed->unit, other, name);
        if (why != NULL) {
            xj_roster__wrong(line, why, XJ_UNIT_FIELD_ALIASES, name);
            return;
        }
        if (other == NULL)
            other = new_unit(w, name);
        other->alias_of = deed->unit;
        xj_vec_push(&deed->aliases, w->pool, other);
        xj_buf_add(&added, deed->aliases.len > 1 ? XJ_STR("、") : XJ_STR(""));
        xj_buf_add(&added, name);
    }
    if (deed->aliases.len > 0)
        xj_roster__diff(w, line, xj_roster__unit_heads[XJ_UNIT_FIELD_ALIASES].word, XJ_STR(""),
                        xj_buf_str(&added));
}

/* ---- what follows from other rows ---- */

static bool
loops(const xj_roster__unit *u)
{
    const xj_roster__unit *above = u->parent;
    int depth = 0;

    while (above != NULL && above != u && depth++ < DEPTH_MAX)
        above = above->parent;
    return above != NULL;
}

/* A unit that a wrong row would make is none; what is put under it is wrong, too. */
static void
spread_broken(struct xj_roster__work *w, size_t n)
{
    bool more = true;

    while (more) {
        more = false;
        for (size_t i = 0; i < n; i++) {
            xj_roster_line *line = &w->plan->lines[i];
            xj_roster__unit *u = w->deeds[i].unit;

            if (u == NULL || u->line != line || u->broken)
                continue;
            if (line->problem == NULL && u->parent != NULL && u->parent->broken)
                xj_roster__wrong(line, "parent_wrong", XJ_UNIT_FIELD_PARENT, u->parent->name);
            if (line->problem != NULL && u->id == 0) {
                u->broken = true;
                more = true;
            }
        }
    }
}

void
xj_roster__compare_units(struct xj_roster__work *w, size_t n)
{
    for (size_t i = 0; i < n; i++)
        take_own(w, i);
    for (size_t i = 0; i < n; i++) {
        if (w->plan->lines[i].problem != NULL)
            continue;
        take_parent(w, i);
        take_aliases(w, i);
    }
    for (size_t i = 0; i < n; i++)
        if (w->plan->lines[i].problem == NULL && w->deeds[i].set[XJ_UNIT_FIELD_PARENT] &&
            loops(w->deeds[i].unit))
            xj_roster__wrong(&w->plan->lines[i], "parent_loop", XJ_UNIT_FIELD_PARENT,
                             w->deeds[i].unit->parent->name);
    spread_broken(w, n);
}
