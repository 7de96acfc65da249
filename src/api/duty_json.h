/*
 * api/duty_json.h -- duty tasks and obligations as the contract has them.
 */
#pragma once

#include "county/county.h"
#include "duty/clock.h"
#include "duty/duty.h"
#include "duty/instruction.h"
#include "duty/light.h"
#include "duty/obligation.h"
#include "duty/settle.h"
#include "json/json.h"

/* KEY with DAY, null for none or no end. */
void xj_json_key_day(xj_json *w, const char *key, xj_str day);
void xj_json_duty_row(xj_json *w, const xj_duty_row *row);
/* A duty task with its history, and the linked counties that it went down to. */
typedef struct xj_duty_whole {
    xj_duty *duty;
    xj_duty_move *moves;
    size_t nmoves;
    xj_county_down *down;
    size_t ndown;
} xj_duty_whole;
void xj_json_duty(xj_json *w, const xj_duty_whole *whole);
/* Files of a duty task under KEY. */
void xj_json_scans(xj_json *w, const char *key, const xj_scan *items, size_t n);
/* Member "history". */
void xj_json_history(xj_json *w, const xj_duty_move *moves, size_t n);
void xj_json_obligation_row(xj_json *w, const xj_obligation *row);
void xj_json_obligation(xj_json *w, const xj_obligation_whole *whole, const xj_duty_move *moves,
                        size_t nmoves);
