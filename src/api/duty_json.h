/*
 * api/duty_json.h -- duty tasks and obligations as the contract has them.
 */
#pragma once

#include "duty/clock.h"
#include "duty/duty.h"
#include "duty/light.h"
#include "duty/obligation.h"
#include "duty/settle.h"
#include "json/json.h"

/* KEY with DAY, null for none or no end. */
void xj_json_key_day(xj_json *w, const char *key, xj_str day);
/* KEY with ID, null for 0. */
void xj_json_key_id(xj_json *w, const char *key, int64_t id);
void xj_json_duty_row(xj_json *w, const xj_duty_row *row);
/* With its history. */
void xj_json_duty(xj_json *w, const xj_duty *duty, const xj_duty_move *moves, size_t nmoves);
/* Member "history". */
void xj_json_history(xj_json *w, const xj_duty_move *moves, size_t n);
void xj_json_obligation_row(xj_json *w, const xj_obligation *row);
void xj_json_obligation(xj_json *w, const xj_obligation_whole *whole, const xj_duty_move *moves,
                        size_t nmoves);
