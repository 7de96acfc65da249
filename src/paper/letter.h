/*
 * paper/letter.h -- an official text as a Word file: its heading and paragraphs on A4, set as
 * GB/T 9704 sets them (margins, type, line spacing, page numbers).
 *
 * Knows no database.  Fonts are named, not embedded: where 方正小标宋 or 仿宋_GB2312 are not there,
 * Word takes what it has for them (SimSun, FangSong).
 */
#pragma once

#include "base/buf.h"

#define XJ_LETTER_MAX ((size_t)4 << 20) /* bytes of text */

/* Write the file: HEADING, then each line of BODY as a paragraph; a line that begins with 一、 is
 * set as a first heading, one that begins with （一） as a second.  Control characters are left
 * out.
 *
 * Errors: TOO_LARGE; IO where the container cannot be made. */
XJ_MUST_USE xj_error *xj_letter_docx(xj_str *file, xj_str heading, xj_str body, xj_pool *result,
                                     xj_pool *scratch);
