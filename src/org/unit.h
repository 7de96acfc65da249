/*
 * org/unit.h -- the directory of units: every name that a plan prints, once, with what it is.
 *
 * A name is resolved to a unit; a name not seen before makes one, classified by the words of
 * org/unit-kinds.tsv.  Names that look like another's (市卫健体委 ~ 市卫生健康委) are proposed as
 * aliases; a person confirms or rejects, nothing is merged by itself.  A confirmed alias resolves
 * to the unit it stands for.  Layer: domain.  Read next: org/README.md.
 */
#pragma once

#include "base/cal.h"
#include "org/org.h"

typedef enum xj_unit_kind {
    XJ_UNIT_OTHER,
    XJ_UNIT_PARTY,
    XJ_UNIT_GOVERNMENT,
    XJ_UNIT_INSTITUTION,
    XJ_UNIT_MASS,
    XJ_UNIT_ENTERPRISE,
    XJ_UNIT_COMMITTEE,
    XJ_UNIT_GROUP /* a phrase that stands for many: 各县市区 */
} xj_unit_kind;

typedef enum xj_level {
    XJ_LEVEL_NONE,
    XJ_LEVEL_NATION,
    XJ_LEVEL_PROVINCE,
    XJ_LEVEL_CITY,
    XJ_LEVEL_COUNTY,
    XJ_LEVEL_TOWN,
    XJ_LEVEL_VILLAGE
} xj_level;

/* Whether what a unit is late with is followed up, or it is only asked and reminded. */
typedef enum xj_standing { XJ_STANDING_SUPERVISED, XJ_STANDING_COORDINATED } xj_standing;

/* The wire words: "party", "city", ... */
const char *xj_unit_kind_word(xj_unit_kind kind);
const char *xj_level_word(xj_level level);
bool xj_unit_kind_parse(xj_unit_kind *kind, xj_str word);
bool xj_level_parse(xj_level *level, xj_str word);
const char *xj_standing_word(xj_standing standing);
bool xj_standing_parse(xj_standing *standing, xj_str word);

#define XJ_UNIT_NAME_MAX 200 /* characters */
#define XJ_UNITS_MAX 20000   /* names in one jurisdiction's directory */
#define XJ_GROUP_MEMBERS_MAX 2000

typedef struct xj_unit {
    int64_t id;
    xj_str name;
    xj_unit_kind kind;
    xj_level level;
    xj_str area;      /* the place that the name says (驻马店); data NULL: none */
    int64_t alias_of; /* the unit it stands for, where a person confirmed that; else 0 */
    int64_t parent;   /* the unit that it is a part of; 0: none */
    int64_t version;
    xj_standing standing;
} xj_unit;

/* What the words of NAME say: pure, no database. */
void xj_unit_classify(xj_unit_kind *kind, xj_level *level, xj_str *area, xj_str name);
/* What is guessed of the standing of a unit of KIND: party bodies, customs, railways, courts and
 * the like are coordinated with. */
xj_standing xj_unit_standing_guess(xj_unit_kind kind, xj_str name);

/* Inside a command: the unit of TX's jurisdiction that NAME means, made where the directory has
 * none, with proposals of aliases; a confirmed alias gives the unit it stands for.
 *
 * Errors: BAD_INPUT where NAME is empty or longer than XJ_UNIT_NAME_MAX. */
XJ_MUST_USE xj_error *xj_unit_resolve(int64_t *id, xj_tx *tx, xj_str name);
/* The same for N names at once (a register's), with one reading of the directory: IDS[i] is that of
 * NAMES[i].  Errors: as above; TOO_LARGE where the directory would pass XJ_UNITS_MAX. */
XJ_MUST_USE xj_error *xj_unit_resolve_all(int64_t *ids, xj_tx *tx, const xj_str *names, size_t n);

/* *ID is the unit that NAME means in SCOPE's jurisdiction, 0 where it has none. */
XJ_MUST_USE xj_error *xj_unit_find(int64_t *id, xj_db *db, const xj_scope *scope, xj_str name);
/* Errors: NOT_FOUND, also where it exists outside SCOPE. */
XJ_MUST_USE xj_error *xj_unit_get(xj_unit *unit, xj_db *db, const xj_scope *scope, int64_t id,
                                  xj_pool *result);

/* The row with this very name, an alias too (its alias_of says for whom).  Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_unit_named(xj_unit *unit, xj_db *db, const xj_scope *scope, xj_str name,
                                    xj_pool *result);

typedef struct xj_unit_query {
    xj_str text;   /* part of a name or of its first letters; data NULL: any */
    int kind;      /* an xj_unit_kind, or -1 for any */
    xj_str level;  /* an xj_level's word; data NULL: any */
    int64_t after; /* behind this unit; 0: from the start */
    int64_t limit; /* rows at the most */
} xj_unit_query;

/* Units by name, without confirmed aliases; TEXT finds one by an alias of it, too. */
XJ_MUST_USE xj_error *xj_unit_list(xj_unit **items, size_t *n, xj_db *db, const xj_scope *scope,
                                   const xj_unit_query *query, xj_pool *result);

/* The names that stand for unit ID, in their order. */
XJ_MUST_USE xj_error *xj_unit_alias_names(xj_str **names, size_t *n, xj_db *db, int64_t tenant,
                                          int64_t id, xj_pool *result);

/* Command: make the first letters of all names of TX's jurisdiction anew; *CHANGED is how many
 * differed. */
XJ_MUST_USE xj_error *xj_unit_set_initials(int64_t *changed, xj_tx *tx);
/* At the start of the program: the same where some are missing.  Errors: those of a command. */
XJ_MUST_USE xj_error *xj_unit_fill_initials(xj_store *store, xj_pool *scratch);

typedef struct xj_unit_found {
    int64_t key; /* of the name's row */
    xj_str name; /* that was found: the unit's own, or one that stands for it */
    int64_t unit;
    xj_str unit_name;
    xj_unit_kind kind;
} xj_unit_found;

/* Of the whole directory, which everybody in the jurisdiction may read: names with TEXT in them, or
 * with TEXT in their first letters, by name: at most LIMIT behind the row with NAME and KEY
 * (AFTER.data NULL: from the start). */
XJ_MUST_USE xj_error *xj_unit_search(xj_unit_found **items, size_t *n, xj_db *db,
                                     const xj_scope *scope, xj_str text, xj_str after, int64_t key,
                                     int64_t limit, xj_pool *result);

/* ---- aliases ---- */

typedef enum xj_alias_state {
    XJ_ALIAS_PROPOSED,
    XJ_ALIAS_CONFIRMED,
    XJ_ALIAS_REJECTED
} xj_alias_state;
const char *xj_alias_state_word(xj_alias_state state);

typedef struct xj_alias {
    int64_t id;
    xj_str alias; /* the name that stands for UNIT */
    xj_str unit;
    int64_t alias_id, unit_id;
    int score; /* 0 to 100: how alike */
    xj_alias_state state;
} xj_alias;

/* Of one state (STATE < 0: all), likeliest first, at most LIMIT. */
XJ_MUST_USE xj_error *xj_alias_list(xj_alias **items, size_t *n, xj_db *db, const xj_scope *scope,
                                    int state, int64_t limit, xj_pool *result);

typedef struct xj_alias_query {
    int state;            /* an xj_alias_state, or -1 for any */
    int64_t unit;         /* pairs that this unit is in; 0: any */
    int64_t score, after; /* behind this pair with its score; AFTER 0: from the start */
    int64_t limit;
} xj_alias_query;
/* The same, page after page. */
XJ_MUST_USE xj_error *xj_alias_page(xj_alias **items, size_t *n, xj_db *db, const xj_scope *scope,
                                    const xj_alias_query *query, xj_pool *result);
/* Command: unit ALIAS stands for UNIT from now on; a proposal is not needed.  What stood on ALIAS
 * is moved by the hook below.
 *
 * Errors: NOT_FOUND; BAD_INPUT where both are one; CONFLICT (before anything is changed) where
 * ALIAS has aliases of its own, stands for another already, or one of the two is a group. */
XJ_MUST_USE xj_error *xj_alias_confirm(xj_tx *tx, int64_t alias, int64_t unit);
/* Command: they are two units; the pair is not proposed again.  A confirmed alias becomes a unit of
 * its own again.  Errors: NOT_FOUND; BAD_INPUT where both are one. */
XJ_MUST_USE xj_error *xj_alias_reject(xj_tx *tx, int64_t alias, int64_t unit);
/* Command: what was said about the pair is taken back: it is proposed, as if nobody had decided.
 * Errors: as above. */
XJ_MUST_USE xj_error *xj_alias_reopen(xj_tx *tx, int64_t alias, int64_t unit);

/* Called inside the command that changes what NAME means: rows printed as NAME and kept under unit
 * FROM belong to unit TO now.  app/ sets it once at the start; NULL is none. */
typedef xj_error *(*xj_unit_moved_fn)(xj_tx *tx, xj_str name, int64_t from, int64_t to);
void xj_unit_on_moved(xj_unit_moved_fn fn);

/* How likely A and B name the same unit, 0 to 100; pure. */
int xj_unit_likeness(xj_str a, xj_str b, xj_pool *scratch);

/* ---- groups ---- */

/* The members of a group phrase, by name.  Errors: NOT_FOUND; BAD_INPUT where ID is no group. */
XJ_MUST_USE xj_error *xj_group_members(xj_unit **items, size_t *n, xj_db *db, const xj_scope *scope,
                                       int64_t id, xj_pool *result);
/* Command: the group's members are these units, and no others.
 * Errors: NOT_FOUND; BAD_INPUT where ID is no group or a member is one; TOO_LARGE above
 * XJ_GROUP_MEMBERS_MAX. */
XJ_MUST_USE xj_error *xj_group_set(xj_tx *tx, int64_t id, const int64_t *members, size_t n);
/* The groups that unit ID is a member of, by name. */
XJ_MUST_USE xj_error *xj_group_of(xj_unit **items, size_t *n, xj_db *db, const xj_scope *scope,
                                  int64_t id, xj_pool *result);

/* ---- what a person says of a unit ---- */

typedef struct xj_unit_change {
    const int64_t *parent; /* NULL: as it is; 0: of none */
    const xj_unit_kind *kind;
    const xj_level *level;
    const int64_t *area;       /* an area's id; 0: none */
    const xj_str *credit_code; /* data NULL: none */
    const xj_str *starts_on;   /* the first and last day of a body set up for a time; data NULL: */
    const xj_str *ends_on;     /* none */
    const xj_standing *standing;
    xj_str standing_from; /* the day from which it holds, today or before; data NULL: today */
} xj_unit_change;

/* Inside a command: UNIT with this id, as somebody saw it at VERSION.
 * Errors: NOT_FOUND; STALE where it has changed since (UNIT is what it is now). */
XJ_MUST_USE xj_error *xj_unit_seen(xj_unit *unit, xj_tx *tx, int64_t id, int64_t version);
/* Inside a command: something of unit ID has changed, so what somebody saw of it is old. */
XJ_MUST_USE xj_error *xj_unit_touch(xj_tx *tx, int64_t id);
/* Command: change a unit.  Errors: as above; BAD_INPUT where the parent is a group, an alias, the
 * unit itself or a part of it, a credit code that does not check, a day that is none; CONFLICT
 * where ID is an alias, or becomes or ceases to be a group while it has members, groups or aliases.
 */
XJ_MUST_USE xj_error *xj_unit_change_do(xj_tx *tx, int64_t id, int64_t version,
                                        const xj_unit_change *change);

/* Since when a unit has had which standing. */
typedef struct xj_unit_stood {
    xj_str from; /* data NULL: always before */
    xj_standing standing;
    xj_str said_on, said_by;
} xj_unit_stood;

/* In the order of time; none where it has always had the one it has. */
XJ_MUST_USE xj_error *xj_unit_standings(xj_unit_stood **items, size_t *n, xj_db *db, int64_t tenant,
                                        int64_t unit, xj_pool *result);

/* Called inside the command that changes the standing of UNIT from day FROM on.  app/ sets it once
 * at the start; NULL is none. */
typedef xj_error *(*xj_unit_standing_fn)(xj_tx *tx, int64_t unit, xj_date from);
void xj_unit_on_standing(xj_unit_standing_fn fn);
/* Called inside the command that changes the last day of UNIT.  app/ sets it once at the start;
 * NULL is none. */
typedef xj_error *(*xj_unit_ends_fn)(xj_tx *tx, int64_t unit);
void xj_unit_on_ends(xj_unit_ends_fn fn);
