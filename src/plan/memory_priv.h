/*
 * plan/memory_priv.h -- lessons inside plan/: their meaning as JSON, and what an import makes of
 * them.
 */
#pragma once

#include "plan/memory.h"
#include "plan/plan_priv.h"

xj_str xj_meaning_json(xj_memory_kind kind, const xj_meaning *meaning, xj_pool *result);
