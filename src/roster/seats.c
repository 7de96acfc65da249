/* Rows of seats in bodies against those that are held. */
#include "roster/roster_priv.h"

#define NO_END "9999-12-31"

/* What a row names. */
typedef struct said {
    xj_roster__unit *body, *unit;
    xj_seat_role role;
    xj_str person, job, from, to; /* days as 2026-06-15; empty: not said */
} said;

/* A day as sheets have it: 2026-06-15, 2026/6/15, 2026.6.15, 2026年6月15日; false where TEXT is
 * none. */
static bool
read_day(xj_str *day, xj_str text, xj_pool *pool)
{
    int part[3] = {0}, n = 0;
    bool digits = false;
    xj_date date;
    size_t pos = 0;

    while (pos < text.len) {
        const uint32_t cp = xj_utf8_next(text, &pos);

        if (cp >= '0' && cp <= '9') {
            if (!digits && ++n > 3)
                return false;
            digits = true;
            part[n - 1] = part[n - 1] * 10 + (int)(cp - '0');
            if (part[n - 1] > 9999)
                return false;
        } else if (cp == '-' || cp == '/' || cp == '.' || cp == 0x5E74 || cp == 0x6708 ||
                   cp == 0x65E5) {
            digits = false;
        } else {
            return false;
        }
    }
    *day = xj_str_printf(pool, "%04d-%02d-%02d", part[0], part[1], part[2]);
    return n == 3 && xj_date_parse(&date, *day);
}

static void
take_day(struct xj_roster__work *w, xj_roster_line *line, xj_seat_field field, xj_str *day)
{
    const xj_str cell = line->row->cell[field];

    *day = XJ_STR("");
    if (cell.len > 0 && !read_day(day, cell, w->pool))
        xj_roster__wrong(line, "day_bad", field, cell);
}

static void
take_unit(struct xj_roster__work *w, xj_roster_line *line, said *s)
{
    const xj_str cell = line->row->cell[XJ_SEAT_FIELD_UNIT];

    if (cell.len == 0)
        return;
    s->unit = xj_roster__unit_named(w, cell);
    if (s->unit == NULL)
        xj_roster__wrong(line, "unit_unknown", XJ_SEAT_FIELD_UNIT, cell);
    else if (s->unit->broken)
        xj_roster__wrong(line, "unit_wrong", XJ_SEAT_FIELD_UNIT, cell);
}

static void
take_body(struct xj_roster__work *w, xj_roster_line *line, said *s)
{
    const xj_str cell = line->row->cell[XJ_SEAT_FIELD_BODY];

    s->body = xj_roster__unit_named(w, cell);
    if (cell.len == 0)
        xj_roster__wrong(line, "body_missing", XJ_SEAT_FIELD_BODY, cell);
    else if (s->body == NULL)
        xj_roster__wrong(line, "body_unknown", XJ_SEAT_FIELD_BODY, cell);
    else if (s->body->broken)
        xj_roster__wrong(line, "unit_wrong", XJ_SEAT_FIELD_BODY, cell);
    else if (s->body->kind != XJ_UNIT_COMMITTEE)
        xj_roster__wrong(line, "body_none", XJ_SEAT_FIELD_BODY, cell);
}

/* What LINE says; wrong where it is no seat. */
static void
take_said(said *s, struct xj_roster__work *w, xj_roster_line *line)
{
    const xj_str *cell = line->row->cell;

    *s = (said){.person = xj_str_trim(cell[XJ_SEAT_FIELD_PERSON]),
                .job = xj_str_trim(cell[XJ_SEAT_FIELD_JOB])};
    take_body(w, line, s);
    if (!xj_roster__seat_role_of(&s->role, cell[XJ_SEAT_FIELD_ROLE]))
        xj_roster__wrong(line, "seat_role_unknown", XJ_SEAT_FIELD_ROLE, cell[XJ_SEAT_FIELD_ROLE]);
    take_unit(w, line, s);
    if (s->unit == NULL && s->person.len == 0)
        xj_roster__wrong(line, "seat_of_nobody", -1, XJ_STR(""));
    if (xj_utf8_count(s->person) > XJ_SEAT_PERSON_MAX)
        xj_roster__wrong(line, "text_bad", XJ_SEAT_FIELD_PERSON, s->person);
    if (xj_utf8_count(s->job) > XJ_SEAT_JOB_MAX)
        xj_roster__wrong(line, "text_bad", XJ_SEAT_FIELD_JOB, s->job);
    take_day(w, line, XJ_SEAT_FIELD_FROM, &s->from);
    take_day(w, line, XJ_SEAT_FIELD_TO, &s->to);
}

/* ---- against what is held ---- */

static bool
is_open(const xj_roster__seat *held)
{
    return xj_str_eq(held->to, XJ_STR(NO_END));
}

/* The seat that S means: of the same holder from the same day; without a day, one that is held. */
static xj_roster__seat *
find_seat(const struct xj_roster__work *w, const said *s)
{
    for (size_t i = 0; i < w->seats.len; i++) {
        xj_roster__seat *held = w->seats.items[i];

        if (held->body == s->body && held->unit == s->unit && held->role == s->role &&
            xj_str_eq(held->person, s->person) &&
            (s->from.len > 0 ? xj_str_eq(held->from, s->from) : xj_str_cmp(held->to, w->day) >= 0))
            return held;
    }
    return NULL;
}

/* Whether somebody holds it from FROM on already. */
static bool
is_held(const struct xj_roster__work *w, const said *s, xj_str from)
{
    for (size_t i = 0; i < w->seats.len; i++) {
        const xj_roster__seat *held = w->seats.items[i];

        if (held->body == s->body && held->unit == s->unit && held->role == s->role &&
            xj_str_eq(held->person, s->person) && xj_str_cmp(held->to, from) >= 0)
            return true;
    }
    return false;
}

static void
diff(struct xj_roster__work *w, xj_roster_line *line, xj_seat_field field, xj_str old, xj_str now)
{
    if (now.len > 0)
        xj_roster__diff(w, line, xj_roster__seat_heads[field].word, old, now);
}

static void
change_seat(struct xj_roster__work *w, xj_roster_line *line, xj_roster__seat *held, const said *s)
{
    const xj_str old = is_open(held) ? XJ_STR("") : held->to;

    if (held->line != NULL) {
        xj_roster__wrong(line, "seat_twice", -1, XJ_STR(""));
        return;
    }
    held->line = line;
    if (s->to.len > 0 && !xj_str_eq(s->to, held->to)) {
        if (!is_open(held))
            xj_roster__wrong(line, "seat_ended", XJ_SEAT_FIELD_TO, held->to);
        else if (xj_str_cmp(s->to, held->from) < 0)
            xj_roster__wrong(line, "days_reversed", XJ_SEAT_FIELD_TO, s->to);
        diff(w, line, XJ_SEAT_FIELD_TO, old, s->to);
        held->to = s->to;
    }
    if (s->job.len > 0 && !xj_str_eq(s->job, held->job)) {
        diff(w, line, XJ_SEAT_FIELD_JOB, held->job, s->job);
        held->job = s->job;
    }
}

static xj_roster__seat *
add_seat(struct xj_roster__work *w, xj_roster_line *line, const said *s)
{
    const xj_str from = s->from.len > 0 ? s->from : w->day;
    xj_roster__seat *seat;

    if (is_held(w, s, from))
        xj_roster__wrong(line, "seat_held", XJ_SEAT_FIELD_FROM, from);
    if (s->to.len > 0 && xj_str_cmp(s->to, from) < 0)
        xj_roster__wrong(line, "days_reversed", XJ_SEAT_FIELD_TO, s->to);
    if (line->problem == NULL && s->body->seats++ >= XJ_SEATS_MAX)
        xj_roster__wrong(line, "seats_many", XJ_SEAT_FIELD_BODY, s->body->name);
    if (line->problem != NULL)
        return NULL;
    seat = XJ_NEW(w->pool, xj_roster__seat);
    *seat = (xj_roster__seat){.body = s->body,
                              .unit = s->unit,
                              .role = s->role,
                              .person = s->person,
                              .job = s->job,
                              .from = from,
                              .to = s->to.len > 0 ? s->to : XJ_STR(NO_END),
                              .line = line};
    xj_vec_push(&w->seats, w->pool, seat);
    diff(w, line, XJ_SEAT_FIELD_ROLE, XJ_STR(""), xj_str_c(xj_roster__seat_role(s->role, true)));
    diff(w, line, XJ_SEAT_FIELD_JOB, XJ_STR(""), s->job);
    diff(w, line, XJ_SEAT_FIELD_FROM, XJ_STR(""), from);
    diff(w, line, XJ_SEAT_FIELD_TO, XJ_STR(""), s->to);
    return seat;
}

void
xj_roster__compare_seats(struct xj_roster__work *w, size_t from)
{
    for (size_t i = from; i < w->plan->nlines; i++) {
        xj_roster_line *line = &w->plan->lines[i];
        xj_roster__seat *held;
        said s;

        take_said(&s, w, line);
        line->unit = s.body == NULL ? line->row->cell[XJ_SEAT_FIELD_BODY] : s.body->name;
        line->name = s.person.len > 0 ? s.person
                     : s.unit != NULL ? s.unit->name
                                      : line->row->cell[XJ_SEAT_FIELD_UNIT];
        if (line->problem != NULL)
            continue;
        held = find_seat(w, &s);
        if (held != NULL)
            change_seat(w, line, held, &s);
        w->deeds[i].seat = held != NULL ? held : add_seat(w, line, &s);
    }
}
