/*
 * paper/ical.h -- a calendar that Outlook, phones and WPS subscribe to (iCalendar, RFC 5545).
 *
 * Pure: text out, no database.  Whole-day events and their cancellations; an event's UID stays the
 * same for its life and its SEQUENCE grows with each change, so that readers replace instead of
 * adding (RFC 5545 3.8.4.7, 3.8.7.4).  Read next: paper/README.md.
 */
#pragma once

#include "base/buf.h"
#include "base/cal.h"

#define XJ_ICAL_EVENTS_MAX 5000 /* of one calendar */

typedef struct xj_ical_event {
    xj_str uid;         /* never empty; unique and lasting */
    xj_date day;        /* the whole day it is due */
    int64_t sequence;   /* 0, then one more with each change of day, words or state */
    int64_t changed_at; /* microseconds UTC */
    bool cancelled;     /* withdrawn or done: readers strike it out */
    xj_str summary;     /* one line; control characters become spaces */
    xj_str description; /* lines ended by \n; may be empty */
    xj_str url;         /* may be empty */
} xj_ical_event;

/* Begin a calendar that is called NAME in OUT. */
void xj_ical_begin(xj_buf *out, xj_str name);
void xj_ical_add(xj_buf *out, const xj_ical_event *event);
/* Errors: TOO_LARGE where it did not fit into OUT. */
XJ_MUST_USE xj_error *xj_ical_end(xj_buf *out);
