/* notice/notice_priv.h -- what the files of notice/ share. */
#pragma once

#include "notice/notice.h"

#include "base/vec.h"
#include "duty/calendar.h"
#include "duty/clock.h"
#include "duty/obligation.h"
#include "duty/tell_try.h"
#include "json/json.h"

/* ---- words ---- */

typedef enum xj_notice_word {
#define W(name, zh, en) XJ_NW_##name,
#include "notice/words.def"
#undef W
    XJ_NW_COUNT
} xj_notice_word;

/* Add WORD with "%1" to "%4" as given (NULL-ended, xj_str *) to OUT. */
void xj_notice__say(xj_buf *out, bool chinese, xj_notice_word word, ...);
/* The word PREFIX_NAME, or OTHER where there is none. */
xj_notice_word xj_notice__word(const char *prefix, xj_str name, xj_notice_word other);

/* ---- texts ---- */

typedef struct xj_notice_letter {
    xj_str kind, unit, subject, made_for;
    const xj_jval *items;
    const int64_t *open; /* ids that are still owed, ascending */
    size_t nopen;
    bool all; /* show every item, owed or not */
    xj_str person, site;
    bool chinese;
} xj_notice_letter;

#define XJ_NOTICE_ITEMS_SHOWN 50
#define XJ_NOTICE_TEXT_MAX ((size_t)64 << 10)

/* Whether ITEM of LETTER is told: what is owed while it is, all else always. */
bool xj_notice__is_shown(const xj_notice_letter *letter, const xj_jval *item);
/* The first line and the whole of LETTER, in RESULT. */
void xj_notice__compose(xj_str *title, xj_str *text, const xj_notice_letter *letter,
                        xj_pool *result);
/* "2026-06-15" as people read it. */
xj_str xj_notice__day(bool chinese, xj_str day, xj_pool *result);

/* ---- rows ---- */

/* ---- spreading ---- */

/* Whom a notice concerns. */
typedef struct xj_notice__people {
    XJ_VEC(int64_t) ids;
} xj_notice__people;

/* Whom B concerns on day TODAY: the person it names while they may sign in, else those who speak
 * for its unit; what is told to the office, its people. */
XJ_MUST_USE xj_error *xj_notice__find_people(xj_notice__people *people, xj_db *db, int64_t tenant,
                                             const xj_notice *b, int64_t office, xj_str today,
                                             xj_pool *result);
/* The unit that is the office; 0 before there is one. */
XJ_MUST_USE xj_error *xj_notice__office(int64_t *office, xj_db *db, int64_t tenant);

/* Inside a command: find whom notice OUTBOX concerns now and write what each is sent. */
XJ_MUST_USE xj_error *xj_notice__spread_again(xj_tx *tx, const xj_notice_ways *ways, int64_t outbox,
                                              int64_t now);
/* Spread what stands in the outbox of TENANT; *N notices. */
XJ_MUST_USE xj_error *xj_notice__spread(int64_t *n, xj_store *store, const xj_notice_ways *ways,
                                        int64_t tenant, int64_t now, xj_pool *scratch);
