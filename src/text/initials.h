/*
 * text/initials.h -- the first letters of how a Chinese text is read: 市中医院 is "szyy".
 *
 * What people type who look for a name and would not bother with an input method.  A character with
 * several readings has the one of its word (重庆 is "cq", 重点 is "zd") where the words here say
 * so; elsewhere each reading makes a form of its own.  Layer: kernel.
 */
#pragma once

#include "base/mem.h"
#include "base/str.h"

#define XJ_INITIALS_FORMS_MAX 8   /* beyond it a character is read in its commonest way alone */
#define XJ_INITIALS_CHARS_MAX 256 /* of one text; what follows is not read */

/* The forms of TEXT, one blank between two: small letters and figures, all else left out; empty
 * where TEXT has neither letter, figure nor Chinese character.  In RESULT. */
xj_str xj_text_initials(xj_str text, xj_pool *result);

/* Whether TEXT can be looked for among initials: at most XJ_INITIALS_CHARS_MAX letters and figures
 * of ASCII, a letter among them. */
bool xj_text_is_initials(xj_str text);
