/*
 * plan/compile.h -- the plan compiler: a document's text to its register.
 *
 * Pure: no database, clock, network or global.  Read next: plan/README.md.
 */
#pragma once

#include "doc/doc.h"
#include "plan/register.h"

/* More tasks than any plan has; a text with more is refused. */
#define XJ_PLAN_TASKS_MAX ((size_t)20000)

/* Compile DOC into *REG, allocated in RESULT; the register keeps views of DOC's text.
 *
 * Errors: NO_PLAN if neither an action nor a task can be recognised: then *REG has the head and the
 * text alone; TOO_LARGE above XJ_PLAN_TASKS_MAX tasks. */
XJ_MUST_USE xj_error *xj_plan_compile(xj_register **reg, const xj_doc *doc, xj_pool *result,
                                      xj_pool *scratch);
