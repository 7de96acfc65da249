/* api/report_json.h -- returns as the contract has them, and drafts as they come in. */
#pragma once

#include "api/api_priv.h"
#include "duty/report.h"
#include "paper/return_sheet.h"

void xj_json_report(xj_json *w, const xj_report *report);
void xj_json_report_head(xj_json *w, const xj_obligation *o);
/* Signatures as member KEY (signing.c). */
void xj_json_signatures(xj_json *w, const char *key, const xj_signature *items, size_t n);
/* The figures that TEXT states, as member "figures". */
void xj_json_said_figures(xj_json *w, const xj_report_text *text);
void xj_json_report_row(xj_json *w, const xj_report_row *row);
/* What a workbook of return O says that unit AS filled. */
void xj_json_filled(xj_json *w, const xj_filled *filled, const xj_obligation *o, int64_t as);

/* Member KEY of OBJECT, empty where it is absent. */
xj_str xj_api__text_of(const xj_jval *object, const char *key);
/* What DRAFT (a checked ReportDraft) says, in POOL. */
void xj_api__report_text(xj_report_text *text, const xj_jval *draft, xj_pool *pool);
