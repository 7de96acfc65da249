/*
 * doc/doc_priv.h -- what the readers share: the builder, zip parts, XML events.
 *
 * For src/doc/ only.  Everything here runs in the child process that reads a hostile file, on one
 * thread; every growth has a limit.
 */
#pragma once

#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"
#include "doc/doc.h"

/* ---- the builder: blocks in reading order, all text in one buffer ---- */

typedef struct xj_doc_builder {
    xj_buf text;
    XJ_VEC(xj_block) blocks;
    XJ_VEC(xj_cell) cells;     /* of every table so far; a block's are cells_from .. + ncells */
    XJ_VEC(size_t) cells_from; /* one for each block */
    XJ_VEC(xj_furniture) furniture;
    size_t table_cells_from, table_from; /* of the open table */
    int last_row;                        /* of the open table; -1 before its first cell */
    bool in_table;
    xj_pool *result, *scratch;
} xj_doc_builder;

void xj_doc__build(xj_doc_builder *b, xj_pool *result, xj_pool *scratch);

/* Add a block with TEXT without white space at its ends; nothing where it is empty. */
void xj_doc__block(xj_doc_builder *b, xj_block_kind kind, int level, xj_str text, xj_place place);

/* A table: cells come by row, then column, without those that another one's span covers.  A
 * position that no cell covers is empty.  xj_doc__cell gives the cell's index for xj_doc__span. */
void xj_doc__table(xj_doc_builder *b);
size_t xj_doc__cell(xj_doc_builder *b, int row, int col, int row_span, int col_span, xj_str text,
                    xj_place place);
void xj_doc__span(xj_doc_builder *b, size_t cell, int row_span, int col_span);
/* End the table; a frame of one column, or one row of two cells, becomes paragraphs. */
void xj_doc__table_end(xj_doc_builder *b, xj_place place);

void xj_doc__furniture(xj_doc_builder *b, xj_furniture_kind kind, xj_str text, xj_place place);

/* Errors: BAD_INPUT if there is no text at all; TOO_LARGE if it grew past XJ_DOC_TEXT_MAX. */
XJ_MUST_USE xj_error *xj_doc__build_end(xj_doc **doc, xj_doc_builder *b);

/* The kind of block that a paragraph is by its beginning: an item if it starts with a number. */
xj_block_kind xj_doc__paragraph_kind(xj_str text);

/* ---- zip containers (libzip) ---- */

typedef struct xj_zip xj_zip;

#define XJ_ZIP_PARTS_MAX 10000
#define XJ_ZIP_PART_MAX ((size_t)256 << 20)  /* one part unpacked */
#define XJ_ZIP_TOTAL_MAX ((size_t)512 << 20) /* all parts read */

/* Open BYTES, which outlive POOL.  Errors: BAD_INPUT where it is no zip, is cut short or is
 * encrypted; TOO_LARGE for more than XJ_ZIP_PARTS_MAX parts. */
XJ_MUST_USE xj_error *xj_zip__open(xj_zip **zip, xj_str bytes, xj_pool *pool);
/* Unpack part NAME into POOL; XJ_STR_NONE where there is none.  Errors: TOO_LARGE where it unpacks
 * to more than the limits (a zip bomb), BAD_INPUT where it is damaged or encrypted. */
XJ_MUST_USE xj_error *xj_zip__part(xj_str *part, xj_zip *zip, const char *name, xj_pool *pool);
bool xj_zip__has(xj_zip *zip, const char *name);
/* The part that another one's relation names: "word/document.xml" and "../media/a.png" */
xj_str xj_zip__resolve(xj_str base, xj_str target, xj_pool *pool);

/* ---- XML (expat) ---- */

#define XJ_XML_DEPTH_MAX 512

typedef struct xj_xml_events {
    void (*start)(void *arg, const char *name, const char **attrs);
    void (*end)(void *arg, const char *name);
    void (*text)(void *arg, xj_str text);
} xj_xml_events;

/* Read XML and report it; names without their prefix.  PART names the file in messages.
 *
 * Errors: BAD_INPUT, with line and column, where it is not well-formed, declares a document type
 * (and so may hold an entity bomb), or nests deeper than XJ_XML_DEPTH_MAX. */
XJ_MUST_USE xj_error *xj_xml__read(xj_str xml, const xj_xml_events *events, void *arg,
                                   const char *part);
/* The name behind its prefix. */
const char *xj_xml__local(const char *name);
/* The value of the attribute with this local name, or NULL. */
const char *xj_xml__attr(const char **attrs, const char *name);
int xj_xml__attr_int(const char **attrs, const char *name, int otherwise);

/* ---- readers of one kind each: BYTES → *DOC in RESULT ---- */

XJ_MUST_USE xj_error *xj_doc__docx(xj_doc **doc, xj_str bytes, xj_pool *result, xj_pool *scratch);
XJ_MUST_USE xj_error *xj_doc__xlsx(xj_doc **doc, xj_str bytes, xj_pool *result, xj_pool *scratch);
XJ_MUST_USE xj_error *xj_doc__html(xj_doc **doc, xj_str bytes, xj_pool *result, xj_pool *scratch);
XJ_MUST_USE xj_error *xj_doc__pdf(xj_doc **doc, xj_str bytes, xj_pool *result, xj_pool *scratch);
XJ_MUST_USE xj_error *xj_doc__ofd(xj_doc **doc, xj_str bytes, xj_pool *result, xj_pool *scratch);

/* BYTES of UTF-8, GB18030 or UTF-16 as UTF-8; a page's declared charset is heard.
 * Errors: NOT_UTF8 at the byte; UNSUPPORTED_KIND where BYTES are no text. */
XJ_MUST_USE xj_error *xj_doc__decode(xj_str *utf8, xj_str bytes, xj_pool *pool);
XJ_MUST_USE xj_error *xj_doc__decode_page(xj_str *utf8, xj_str bytes, xj_pool *pool);

/* Plain text with a spot for each of its lines and cells, whose places are bytes of it. */
XJ_MUST_USE xj_error *xj_doc__text_spots(xj_doc **doc, xj_str bytes, xj_pool *result,
                                         xj_pool *scratch);

/* ---- the answer of the child (wire.c) ---- */
void xj_doc__pack(xj_buf *out, const xj_doc *doc);
void xj_doc__pack_error(xj_buf *out, const xj_error *err);
/* Check what a child wrote and make a document of it, or its error.  Errors: BAD_INPUT where the
 * answer makes no sense. */
XJ_MUST_USE xj_error *xj_doc__unpack(xj_doc **doc, xj_str packed, xj_pool *result);

/* A page on its way back; unpacking has the same errors. */
void xj_doc__pack_page(xj_buf *out, const xj_doc_page *page);
XJ_MUST_USE xj_error *xj_doc__unpack_page(xj_doc_page *page, xj_str packed, xj_pool *result);

/* ---- the child (child.c) ---- */

/* What a child answers that reads BYTES, or draws PAGE (from 1) WIDTH pixels wide, or with a WIDTH
 * of 0 looks for codes on the first PAGE pages; still packed, in POOL.  Errors: TIMEOUT; BAD_INPUT
 * where it broke down; TOO_LARGE; IO. */
XJ_MUST_USE xj_error *xj_doc__ask_child(xj_str *packed, xj_str bytes, const xj_doc_limits *limits,
                                        int page, int width, xj_pool *pool);
/* The codes on the first PAGES pages of a PDF or on a picture, in the child: a paragraph each. */
XJ_MUST_USE xj_error *xj_doc__codes(xj_doc **doc, xj_str bytes, int pages, xj_pool *result,
                                    xj_pool *scratch);
/* Draw one page of a PDF, in the child.  Errors: as xj_doc_page_apart. */
XJ_MUST_USE xj_error *xj_doc__pdf_page(xj_doc_page *drawn, xj_str bytes, int page, int width,
                                       xj_pool *pool);

/* ---- kinds that other programs read (tool.c); they run outside the child, under limits ---- */

/* An old office format to DOCX or (SHEET) XLSX, by LibreOffice, one at a time. */
XJ_MUST_USE xj_error *xj_doc__convert(xj_str *made, xj_str bytes, bool sheet,
                                      const xj_doc_watch *watch, xj_pool *pool);
/* Width and height as a picture's own head says them; 0 where it does not say. */
void xj_doc__picture_size(uint32_t *width, uint32_t *height, xj_str bytes);
#define XJ_OCR_DPI 200
/* A picture, a PDF of PAGES pictures (0: nobody counted), by tesseract. */
XJ_MUST_USE xj_error *xj_doc__picture(xj_doc **doc, xj_str bytes, const xj_doc_watch *watch,
                                      xj_pool *result, xj_pool *pool);
XJ_MUST_USE xj_error *xj_doc__scanned_pdf(xj_doc **doc, xj_str bytes, int64_t pages,
                                          const xj_doc_watch *watch, xj_pool *result,
                                          xj_pool *pool);

static inline void
xj_doc__say(const xj_doc_watch *watch, const char *doing, int64_t done, int64_t total)
{
    if (watch->said != NULL)
        watch->said(watch->arg, doing, done, total);
}

static inline bool
xj_doc__ends(const xj_doc_watch *watch)
{
    return watch->ends != NULL && watch->ends(watch->arg);
}
