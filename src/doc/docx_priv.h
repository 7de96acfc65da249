/*
 * doc/docx_priv.h -- the parts of a DOCX that say how its paragraphs are numbered and styled.
 *
 * ECMA-376 part 1: 17.7 styles, 17.9 numbering.
 */
#pragma once

#include "doc/doc_priv.h"

#define XJ_DOCX_LEVELS 9

typedef struct xj_docx_style {
    int outline;    /* 0 to 8: heading 1 to 9; -1 none */
    int num, level; /* -1 where it says nothing */
    bool toc, title, bold;
    xj_str based_on;
    bool resolved;
} xj_docx_style;

typedef struct xj_docx_level {
    char fmt[24];
    xj_str text; /* "（%1）" */
    int start;
    bool legal, no_restart;
} xj_docx_level;

typedef struct xj_docx_abstract {
    xj_docx_level levels[XJ_DOCX_LEVELS];
    int count[XJ_DOCX_LEVELS]; /* the last number given, 0 before the first */
    bool used[XJ_DOCX_LEVELS];
    xj_map styles; /* paragraph style → level + 1 */
} xj_docx_abstract;

typedef struct xj_docx_num {
    xj_docx_abstract *abstract;
    int start[XJ_DOCX_LEVELS];            /* override, or -1 */
    xj_docx_level *level[XJ_DOCX_LEVELS]; /* override, or NULL */
    bool seen[XJ_DOCX_LEVELS];
} xj_docx_num;

typedef struct xj_docx_sheet {
    xj_map styles; /* style id → xj_docx_style * */
    xj_str default_style;
    xj_map abstracts; /* id → xj_docx_abstract * */
    xj_map nums;      /* id → xj_docx_num * */
    xj_pool *pool;
} xj_docx_sheet;

/* Read styles.xml and numbering.xml (each may be XJ_STR_NONE). */
XJ_MUST_USE xj_error *xj_docx__sheet(xj_docx_sheet *sheet, xj_str styles, xj_str numbering,
                                     xj_pool *pool);
/* The style with this id, or the default paragraph style; NULL where there is none. */
const xj_docx_style *xj_docx__style(const xj_docx_sheet *sheet, xj_str id);
/* Count a paragraph of list NUM at LEVEL (-1: what its style STYLE says) and give the number that
 * Word prints in front of it, "" for a bullet or an unknown list. */
xj_str xj_docx__label(xj_docx_sheet *sheet, int num, int level, xj_str style, xj_pool *pool);
