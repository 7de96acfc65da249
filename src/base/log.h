/*
 * base/log.h -- the structured log: one JSON object a line on standard error.
 *
 * Log or return, never both: only the edges (api/, app/, a thread's end) log.  Values are text; the
 * keys are literals.  Nothing personal and no secret is logged.
 */
#pragma once

#include "base/str.h"

typedef enum xj_log_level { XJ_LOG_DEBUG, XJ_LOG_INFO, XJ_LOG_WARN, XJ_LOG_ERROR } xj_log_level;

/* Lines below LEVEL are dropped (INFO at the start). */
void xj_log_set_level(xj_log_level level);

/* One line: time, level, EVENT, then pairs of `const char *key, xj_str value` up to a NULL key. */
void xj_log(xj_log_level level, const char *event, ...);

/* LINES, whole and already in the log's form, in one write (what a module has gathered). */
void xj_log_lines(xj_log_level level, xj_str lines);

/* The whole chain of ERR under EVENT, with REQUEST's id where there is one.  ERR stays the
 * caller's. */
void xj_log_error(const char *event, const xj_error *err, xj_str request);
