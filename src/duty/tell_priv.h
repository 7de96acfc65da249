/* duty/tell_priv.h -- what a day tells people, before it is written: remind.c, change.c, notice.c.
 */
#pragma once

#include "duty/duty_priv.h"

#include "base/vec.h"

/* A message for the liaison officers of UNIT, or for PERSON (not 0) alone. */
typedef struct xj_tell__message {
    const char *kind;
    int64_t unit, person;
    xj_str subject;    /* with unit, kind and person what makes it one of a kind */
    xj_str due;        /* the earliest due day of what it tells; data NULL: none */
    xj_str items;      /* JSON; data NULL where nobody will read it */
    int64_t *reminded; /* obligations that count as reminded of with it */
    size_t nreminded;
    int64_t ordered,
        ordered_unit; /* an order is drafted of this obligation of that unit; 0: none */
} xj_tell__message;

typedef struct xj_tell__messages {
    XJ_VEC(xj_tell__message) list;
} xj_tell__messages;

/* What is owed and what people were told of it, as it stood before a day; each day that is told
 * moves it on, so that days can be told one behind the other. */
typedef struct xj_tell__state xj_tell__state;

/* What may be told by day TO, as it stood before day FROM; BARE: messages get no items.  RULES and
 * CALENDAR live as long. */
XJ_MUST_USE xj_error *xj_tell__read(xj_tell__state **state, xj_db *db, int64_t tenant, xj_date from,
                                    xj_date to, const xj_rules *rules, const xj_calendar *calendar,
                                    int64_t office, bool bare, xj_pool *result);
/* Add what DAY tells, which is no news of changes, to MESSAGES, in RESULT: it follows from what
 * stood before DAY alone, so that a day begun and not ended tells the same again. */
XJ_MUST_USE xj_error *xj_tell__day(xj_tell__messages *messages, xj_tell__state *state, xj_date day,
                                   xj_pool *result);

/* Add what changed behind id SINCE up to and with id TO, as news of DAY: a message a unit (OFFICE
 * but), of what few may see one for each who does (change.c). */
XJ_MUST_USE xj_error *xj_tell__changes(xj_tell__messages *messages, xj_db *db, int64_t tenant,
                                       xj_date day, int64_t since, int64_t to, int64_t office,
                                       xj_pool *result);

/* Inside a command: write M, a message of day ON, and what goes with it, where it is not there. */
XJ_MUST_USE xj_error *xj_tell__write_message(xj_tx *tx, const xj_tell__message *m, xj_str on);
/* Write what DAY of LIKE's jurisdiction tells, in pieces, and that DAY was run (notice.c). */
XJ_MUST_USE xj_error *xj_tell__write_day(xj_store *store, const xj_command *like, xj_date day,
                                         xj_pool *scratch);
