/*
 * roster/roster_priv.h -- what the files of roster/ share: words of the sheets, and the directory
 * as it stands with what rows before have said.
 */
#pragma once

#include "org/seat.h"
#include "roster/roster.h"

#include "base/map.h"
#include "base/vec.h"
#include "doc/cells.h"

/* ---- words (words.c) ---- */

typedef struct xj_roster__head {
    const char *word;  /* on the wire */
    const char *names; /* heads that mean it, between spaces; the first is the template's */
    const char *en;    /* the English template's */
    double width;
    const char *help, *help_en; /* one line of how it is filled in */
} xj_roster__head;
extern const xj_roster__head xj_roster__unit_heads[XJ_ROSTER_CELLS];
extern const xj_roster__head xj_roster__person_heads[XJ_ROSTER_CELLS];
extern const xj_roster__head xj_roster__seat_heads[XJ_ROSTER_CELLS]; /* the last has no name */
/* Those of WHAT. */
const xj_roster__head *xj_roster__heads(xj_roster_what what);

/* The field of HEADS that TEXT, the head of a column, means; -1: none. */
int xj_roster__field(const xj_roster__head *heads, xj_str text);

/* As a sheet has them. */
const char *xj_roster__kind(xj_unit_kind kind, bool chinese);
const char *xj_roster__level(xj_level level, bool chinese);
const char *xj_roster__standing(xj_standing standing, bool chinese);
const char *xj_roster__role(xj_role role, bool chinese);
const char *xj_roster__seat_role(xj_seat_role role, bool chinese);
/* And back, from either language; false where TEXT is none of them. */
bool xj_roster__kind_of(xj_unit_kind *kind, xj_str text);
bool xj_roster__level_of(xj_level *level, xj_str text);
bool xj_roster__standing_of(xj_standing *standing, xj_str text);
bool xj_roster__role_of(xj_role *role, xj_str text);
bool xj_roster__seat_role_of(xj_seat_role *role, xj_str text);

/* The next of several names in *REST, between 、 ， , ; ； or line breaks; false at the end. */
bool xj_roster__next_name(xj_str *name, xj_str *rest);

/* ---- the directory (state.c) ---- */

typedef struct xj_roster__unit xj_roster__unit;
struct xj_roster__unit {
    int64_t id; /* 0: a row makes it */
    xj_str name;
    xj_unit_kind kind;
    xj_level level;
    xj_standing standing;
    xj_roster__unit *alias_of, *parent;
    int64_t alias_id, parent_id; /* while it is read */
    int64_t area, version;
    xj_str area_code, credit_code;
    xj_str area_word;     /* how a sheet names the area: its code, else its name */
    xj_roster_line *line; /* the row that is about it */
    bool stands_for;      /* others stand for it */
    bool broken;          /* a row would make it, and is wrong */
    int seats;            /* of a body: how many, past ones too */
};

typedef struct xj_roster__held {
    xj_role role;
    xj_roster__unit *unit; /* NULL: none */
} xj_roster__held;

typedef struct xj_roster__person {
    int64_t id; /* 0: a row makes it */
    xj_str account, key, text[XJ_ROSTER_CELLS];
    xj_roster_line *said[XJ_ROSTER_CELLS]; /* the row that said it */
    int64_t version;
    XJ_VEC(xj_roster__held) held;
    bool broken;
} xj_roster__person;

typedef struct xj_roster__seat {
    int64_t id, version;          /* id 0: a row makes it */
    xj_roster__unit *body, *unit; /* unit NULL: none */
    xj_seat_role role;
    xj_str person, job, from, to; /* to: 9999-12-31: no end */
    xj_roster_line *line;         /* the row that is about it */
} xj_roster__seat;

typedef struct xj_roster__area {
    int64_t id;
    xj_str name, code;
} xj_roster__area;

/* What a line does, beside what it shows. */
typedef struct xj_roster__deed {
    xj_roster__unit *unit;
    XJ_VEC(xj_roster__unit *) aliases; /* that stand for it from now on */
    xj_roster__person *person;
    xj_roster__held post;
    xj_roster__seat *seat;
    bool post_new;
    bool set[XJ_ROSTER_CELLS];
} xj_roster__deed;

struct xj_roster__work {
    xj_db *db;
    int64_t tenant;
    xj_pool *pool;
    bool administer;
    xj_map units, people; /* by name; by account in small letters */
    xj_map named;         /* people by what they are called: a xj_roster__people */
    xj_map areas;         /* by code and by name */
    XJ_VEC(xj_roster__seat *) seats;
    xj_str day;
    xj_roster_plan *plan;
    xj_roster__deed *deeds; /* one a line */
};
typedef XJ_VEC(xj_roster__person *) xj_roster__people;

/* The directory of WORK's tenant on DAY. */
XJ_MUST_USE xj_error *xj_roster__load(struct xj_roster__work *work, xj_str day);
/* The unit that NAME means; NULL: none. */
xj_roster__unit *xj_roster__unit_named(const struct xj_roster__work *work, xj_str name);
void xj_roster__add_unit(struct xj_roster__work *work, xj_roster__unit *unit);
void xj_roster__add_person(struct xj_roster__work *work, xj_roster__person *person);

/* ---- lines (compare.c, units.c, people.c, seats.c) ---- */

/* LINE is wrong at FIELD (-1: as a whole), which says ABOUT. */
void xj_roster__wrong(xj_roster_line *line, const char *problem, int field, xj_str about);
/* LINE changes a field from OLD to NOW. */
void xj_roster__diff(struct xj_roster__work *work, xj_roster_line *line, const char *field,
                     xj_str old, xj_str now);
void xj_roster__compare_units(struct xj_roster__work *work, size_t n);
XJ_MUST_USE xj_error *xj_roster__compare_people(struct xj_roster__work *work, size_t from,
                                                size_t to);
void xj_roster__compare_seats(struct xj_roster__work *work, size_t from);
