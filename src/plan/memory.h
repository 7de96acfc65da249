/*
 * plan/memory.h -- what corrections taught: what a phrase means in a jurisdiction.
 *
 * A lesson is a kind, a phrase and its meaning.  Correcting a draft teaches them, a person may
 * write, change and remove them, and the next import applies them behind the compiler.  (Aliases of
 * units and members of groups are remembered by the directory, org/unit.h.)  Layer: domain.
 */
#pragma once

#include "org/org.h"
#include "store/store.h"
#include "json/json.h"

typedef enum xj_memory_kind {
    XJ_MEMORY_DEADLINE, /* the words of a deadline -> kind, date */
    XJ_MEMORY_CADENCE,  /* words in the text -> how often */
    XJ_MEMORY_STRENGTH, /* words in the text -> must, expected, encouraged */
    XJ_MEMORY_LEAD,     /* units as printed, joined by 、 -> who leads */
    XJ_MEMORY_UNIT,     /* a name as compiled -> the name meant */
    XJ_MEMORY_NOT_UNIT, /* words that are no unit */
    XJ_MEMORY_WARNING,  /* code, blank, words -> dismissed, with a reason */
    XJ_MEMORY_KINDS
} xj_memory_kind;

const char *xj_memory_kind_word(xj_memory_kind kind);
bool xj_memory_kind_parse(xj_memory_kind *kind, xj_str word);

#define XJ_MEMORY_MAX 5000       /* lessons of one jurisdiction */
#define XJ_MEMORY_INSIDE_MAX 200 /* of a kind that is looked for inside texts */
#define XJ_MEMORY_PHRASE_MAX 500 /* characters */
#define XJ_MEMORY_DATES_MAX 24

typedef struct xj_meaning {
    xj_str deadline_kind; /* of a deadline */
    xj_str month_day;     /* its day (12-31); data NULL: none */
    int64_t year_offset;  /* years behind that of the document */
    const xj_str *dates;  /* its days of the year */
    size_t ndates;
    xj_str word; /* the cadence, the strength, the lead's name, the unit's name, the reason */
} xj_meaning;

typedef struct xj_lesson {
    xj_memory_kind kind;
    xj_str phrase;
    xj_meaning meaning;
} xj_lesson;

typedef struct xj_memory {
    int64_t id;
    xj_lesson lesson;
    xj_str meaning; /* as it is kept: JSON */
    xj_str by;
    int64_t at;
    int64_t from_version, from_step; /* 0: a person wrote it */
    int64_t uses, used_at, version;
} xj_memory;

/* Newest first, of KIND (-1: all), behind AFTER (0: from the newest), at most LIMIT. */
XJ_MUST_USE xj_error *xj_memory_list(xj_memory **items, size_t *n, xj_db *db, const xj_scope *scope,
                                     int kind, int64_t after, int64_t limit, xj_pool *result);

/* Errors: BAD_INPUT with the member as field: a phrase that is empty or too long, a meaning that
 * does not fit the kind. */
XJ_MUST_USE xj_error *xj_lesson_check(const xj_lesson *lesson);
/* The meaning of a lesson of KIND from the members of OBJECT that belong to it; views of OBJECT. */
void xj_meaning_read(xj_meaning *meaning, xj_memory_kind kind, const xj_jval *object,
                     xj_pool *result);
/* Command: keep LESSON, which a step of a version taught (0: a person wrote it); a phrase that is
 * known gets this meaning.  Errors: TOO_LARGE above XJ_MEMORY_MAX, XJ_MEMORY_INSIDE_MAX. */
XJ_MUST_USE xj_error *xj_memory_add(xj_memory *memory, xj_tx *tx, const xj_lesson *lesson,
                                    int64_t from_version, int64_t from_step);
/* Command: another meaning, as xj_meaning_read reads it.  *MEMORY is what it is now, also with
 * STALE. Errors: NOT_FOUND; STALE; BAD_INPUT where it does not fit the kind. */
XJ_MUST_USE xj_error *xj_memory_set(xj_memory *memory, xj_tx *tx, int64_t id, int64_t version,
                                    const xj_jval *meaning);
/* Command.  Errors: NOT_FOUND; STALE. */
XJ_MUST_USE xj_error *xj_memory_remove(xj_tx *tx, int64_t id, int64_t version);
