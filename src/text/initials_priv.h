/*
 * text/initials_priv.h -- the generated table of first letters.
 */
#pragma once

#define XJ_TEXT__HAN_FIRST 0x3400
#define XJ_TEXT__HAN_LAST 0x9FFF

/* A letter for each character from HAN_FIRST to HAN_LAST; '.' where none is known. */
extern const char xj_text__initials[];
