/* api/sheet.h -- lists as spreadsheets: the table sheets.tsv. */
#pragma once

#include "api/api_priv.h"

typedef struct xj_api__sheet {
    const char *what; /* "sheet", "col", "term" */
    const char *of;   /* the operation; of a term its group */
    const char *key;  /* the member of an item; the word */
    const char *zh, *en, *width, *how;
} xj_api__sheet;
extern const xj_api__sheet xj_api__sheets[];
extern const size_t xj_api__nsheets;
