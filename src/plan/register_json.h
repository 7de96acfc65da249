/*
 * plan/register_json.h -- the register as JSON.
 */
#pragma once

#include "plan/register.h"
#include "json/json.h"

/* Write REG as one object with the keys of docs/plan-register.md. */
void xj_register_json(xj_json *w, const xj_register *reg);
