/*
 * notice/notice.h -- telling people: what the outbox holds reaches each by the ways they chose.
 *
 * Spreading finds the recipients of each notice of the outbox, once; what stands in an inbox is
 * told by that.  By other ways a sender tells: it writes down that it sends, sends, writes down the
 * answer.  Killed in between it sends that one again, under the same Message-ID or Xingjian-Id.
 * Layer: domain (may use duty/, org/, net/, paper/, store/; must not know HTTP requests or
 * settings).  Read next: notice/README.md, duty/clock.h.
 */
#pragma once

#include "base/cal.h"
#include "duty/calendar.h"
#include "net/net.h"
#include "org/org.h"

#include <stdatomic.h>

/* ---- ways ---- */

typedef enum xj_channel {
    XJ_CHANNEL_MAIL,
    XJ_CHANNEL_SMS,
    XJ_CHANNEL_HOOK,
    XJ_CHANNEL_INBOX /* everybody's, always */
} xj_channel;
#define XJ_CHANNELS XJ_CHANNEL_INBOX /* those that go out */

const char *xj_channel_word(xj_channel channel);
/* Of those that go out.  Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_channel_parse(xj_channel *channel, xj_str word);

/* What this server can send by; what is empty is not there. */
typedef struct xj_notice_ways {
    xj_mail_server mail;
    xj_str sms_url, sms_secret;   /* a gateway that takes {"id","to","text"} */
    xj_str hook_url, hook_secret; /* takes {"id","account","name","kind","title","text"} */
    xj_str site;                  /* the address of the pages, for texts: http://host:8080 */
} xj_notice_ways;

bool xj_notice_has_way(const xj_notice_ways *ways, xj_channel channel);

/* ---- sending ---- */

#define XJ_NOTICE_STALE_DAYS 7 /* older than that, what was not sent goes no way but the inbox */
#define XJ_NOTICE_BATCH 200    /* notices that are spread in one command */

typedef struct xj_notice_sender xj_notice_sender;

/* A sender of STORE; WAYS and its texts live as long.  In one thread at a time. */
xj_notice_sender *xj_notice_sender_new(xj_store *store, const xj_notice_ways *ways, xj_pool *pool);

typedef struct xj_notice_sent {
    int64_t spread; /* notices whose recipients were found */
    int64_t sent, failed, moot;
    int64_t later; /* tries that will be repeated */
} xj_notice_sent;

/* Spread and send what is due at instant NOW in every jurisdiction (TENANT 0) or one, until nothing
 * is or *STOP (may be NULL).  A way that cannot be reached is left alone for a while, longer each
 * time, at most a quarter of an hour; nothing of it is lost.  Outside working hours (rules
 * send_from, send_to; days by the calendar) nothing goes out, above day_cap it goes on the next
 * working day. Senders of one process take turns.  Errors: xj_store_do's. */
XJ_MUST_USE xj_error *xj_notice_send(xj_notice_sent *sent, xj_notice_sender *sender, int64_t tenant,
                                     int64_t now, const atomic_bool *stop, xj_pool *scratch);

/* ---- coming weeks ---- */

#define XJ_NOTICE_TRIED 6 /* kinds of reminders */

/* The word of each kind. */
const char *xj_notice_tried_word(int kind);

/* Whom coming weeks would remind of what is owed today, as inboxes would have it. */
typedef struct xj_notice_tried {
    xj_date first, last;
    int64_t people, messages;       /* who would get any, and how many they would get together */
    int64_t most, most_in_week;     /* that one person would get, in all and in a week */
    int64_t kinds[XJ_NOTICE_TRIED]; /* messages of each */
    int64_t unheard;                /* that would reach nobody */
} xj_notice_tried;

/* The weeks of xj_tell_try_rules by RULES, with those who speak for their units today; nothing is
 * written.  Errors: the database's. */
XJ_MUST_USE xj_error *xj_notice_try_rules(xj_notice_tried *tried, xj_db *db, int64_t tenant,
                                          const xj_rules *rules, xj_pool *scratch);

/* ---- an inbox ---- */

typedef struct xj_told {
    int64_t id; /* of the delivery */
    xj_str kind;
    int64_t unit;
    xj_str unit_name, subject, made_for, due, items; /* as xj_notice's */
    int64_t created_at, read_at;                     /* read_at 0: not yet */
} xj_told;

/* What PERSON was told, newest first, behind id BEFORE (0: from the start). */
XJ_MUST_USE xj_error *xj_inbox_list(xj_told **items, size_t *n, xj_db *db, int64_t tenant,
                                    int64_t person, bool unread, int64_t before, int64_t limit,
                                    xj_pool *result);
XJ_MUST_USE xj_error *xj_inbox_unread(int64_t *n, xj_db *db, int64_t tenant, int64_t person);
/* Command: PERSON has read these, or (N 0) all up to and with id LAST.  What is read already, or is
 * not PERSON's, stays as it is. */
XJ_MUST_USE xj_error *xj_inbox_read(xj_tx *tx, int64_t person, const int64_t *ids, size_t n,
                                    int64_t last);

/* ---- deliveries, for the office ---- */

typedef struct xj_delivery {
    int64_t id, person; /* person 0: nobody was found */
    xj_str person_name, channel, state;
    int64_t tries;
    xj_str code, why; /* of the last failure; data NULL: none */
    int64_t created_at, due_at;
    xj_str kind;
    int64_t unit;
    xj_str unit_name;
    bool dead; /* the person's address is not taken */
} xj_delivery;

/* Newest first, behind id BEFORE (0: from the start); STATE data NULL: any. */
XJ_MUST_USE xj_error *xj_delivery_list(xj_delivery **items, size_t *n, xj_db *db, int64_t tenant,
                                       xj_str state, int64_t before, int64_t limit,
                                       xj_pool *result);
/* Command: a failed one is tried again from now on, its address counts as good; where it had
 * reached nobody, its recipients are sought again.  Errors: NOT_FOUND; CONFLICT where it did not
 * fail. */
XJ_MUST_USE xj_error *xj_delivery_again(xj_tx *tx, const xj_notice_ways *ways, int64_t id);

/* ---- how a person wants to be told ---- */

typedef struct xj_channel_row {
    xj_channel channel;
    bool wanted;
    xj_str address; /* data NULL: none */
    xj_str language;
    int64_t dead_at; /* 0: the address is taken */
    xj_str dead_why;
    int64_t version; /* 0: never set */
} xj_channel_row;

/* ROWS has XJ_CHANNELS places. */
XJ_MUST_USE xj_error *xj_channel_list(xj_channel_row *rows, xj_db *db, int64_t tenant,
                                      int64_t person, xj_pool *result);
/* Command: PERSON's ROW (channel, wanted, address, language) as it was at row->version.
 * Errors: STALE; BAD_INPUT for an address that is none, or a wanted mail without one. */
XJ_MUST_USE xj_error *xj_channel_set(xj_tx *tx, int64_t person, const xj_channel_row *row);

/* ---- calendars ---- */

#define XJ_FEEDS_MAX 20       /* of one person */
#define XJ_FEED_TOKEN_MAX 100 /* bytes */
#define XJ_FEED_DAYS_BACK 180 /* what is due earlier is no more in it */

typedef struct xj_feed {
    int64_t id, unit; /* unit 0: what concerns the person */
    xj_str unit_name;
    int64_t created_at;
} xj_feed;

/* A new secret, in RESULT; it is shown once and never stored. */
xj_str xj_feed_token(int64_t tenant, xj_pool *result);
/* Command: PERSON's feed of UNIT (0: what concerns the person) under TOKEN.
 * Errors: NOT_FOUND for the unit; TOO_LARGE above XJ_FEEDS_MAX. */
XJ_MUST_USE xj_error *xj_feed_add(int64_t *id, xj_tx *tx, int64_t person, int64_t unit,
                                  xj_str token);
/* Command.  Errors: NOT_FOUND, also where it is another's or revoked. */
XJ_MUST_USE xj_error *xj_feed_revoke(xj_tx *tx, int64_t person, int64_t id);
XJ_MUST_USE xj_error *xj_feed_list(xj_feed **items, size_t *n, xj_db *db, int64_t tenant,
                                   int64_t person, xj_pool *result);
/* The calendar of TOKEN at NOW, as iCalendar in OUT: the rights that its maker has that day decide.
 * Errors: NOT_FOUND for a token that is none, was revoked, or whose maker may not sign in or may
 * not see the unit any more; TOO_LARGE of OUT. */
XJ_MUST_USE xj_error *xj_feed_write(xj_buf *out, xj_db *db, xj_str token, int64_t now, xj_str site,
                                    bool chinese, xj_pool *scratch);

/* ---- text to paste ---- */

typedef struct xj_paste_filter {
    int64_t programme, unit; /* 0: any */
    xj_date day;             /* today */
    int days;                /* ahead */
    bool overdue;            /* only what is overdue */
    int64_t after;           /* units behind this one; 0: all */
    int64_t limit;           /* of what is owed in one text: 1..XJ_PASTE_ITEMS_MAX */
} xj_paste_filter;

#define XJ_PASTE_ITEMS_MAX 5000
#define XJ_PASTE_MAX ((size_t)16 << 20)

/* What SCOPE's units owe, a line a unit, as plain text in OUT; *UNITS is how many lines there are.
 * Where more is owed than the filter's limit, it ends behind a whole unit: *NEXT is the one to go
 * on behind, 0 at the end.
 * Errors: TOO_LARGE where a single unit owes more. */
XJ_MUST_USE xj_error *xj_paste_text(xj_buf *out, int64_t *units, int64_t *next, xj_db *db,
                                    const xj_scope *scope, const xj_paste_filter *filter,
                                    bool chinese, xj_pool *scratch);
