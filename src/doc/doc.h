/*
 * doc/doc.h -- a document file as blocks of text with their places.
 *
 * Reading gives one clean TEXT (hard-wrapped lines joined, running heads and page numbers left
 * out) and blocks in reading order.  Every block and cell is a contiguous piece of that text, so
 * that a byte range of TEXT is the one form of "the very words" for everything above.  Where a
 * block stands in the original file is its place.
 */
#pragma once

#include "base/mem.h"
#include "base/str.h"

typedef enum xj_block_kind {
    XJ_BLOCK_HEADING,
    XJ_BLOCK_PARAGRAPH,
    XJ_BLOCK_ITEM, /* a list item or numbered paragraph */
    XJ_BLOCK_TABLE
} xj_block_kind;

/* Where something stands in the original file; what does not apply is 0 (sheet, page and row count
 * from 1). */
typedef struct xj_place {
    size_t from, to;     /* bytes of a text file */
    int page;            /* PDF, picture */
    float box[4];        /* points from the page's top left: left, top, right, bottom */
    int sheet, row, col; /* spreadsheet; row and col of a table's cell elsewhere */
} xj_place;

typedef struct xj_cell {
    int row, col;           /* from 0, in the table's grid */
    int row_span, col_span; /* at least 1; above 1 only where the file itself says so */
    size_t from, to;        /* of the document's text */
    xj_place place;
} xj_cell;

typedef struct xj_block {
    xj_block_kind kind;
    int level;         /* headings: 1 is highest, 0 unknown */
    size_t from, to;   /* of the document's text */
    const char *label; /* an automatic number that is not in the text ("（一）", "3."), or NULL */
    xj_place place;
    /* tables */
    xj_cell *cells; /* by row, then column */
    size_t ncells;
    int nrows, ncols;
} xj_block;

/* What was left out of the text, kept so that nothing is lost. */
typedef enum xj_furniture_kind {
    XJ_FURNITURE_PAGE_NUMBER,
    XJ_FURNITURE_RUNNING_HEAD,
    XJ_FURNITURE_NAVIGATION,
    XJ_FURNITURE_FOOTNOTE
} xj_furniture_kind;

typedef struct xj_furniture {
    xj_furniture_kind kind;
    xj_str text;
    size_t at; /* offset of the document's text where it stood */
    xj_place place;
} xj_furniture;

/* A piece of text that stands in one place: of a line on a page, or a cell of a table. */
typedef struct xj_spot {
    size_t from, to; /* of the document's text */
    xj_place place;
    int row_span, col_span; /* of a cell; else 0 */
} xj_spot;

typedef struct xj_doc {
    xj_str text;
    xj_block *blocks;
    size_t nblocks;
    xj_furniture *furniture;
    size_t nfurniture;
    xj_spot *spots; /* in the order of the text; only of kinds that have pages */
    size_t nspots;
} xj_doc;

/* The spots of DOC, those of its pages or else its cells that hold text and the lines of its
 * sheets, in the order of the text (*N of them), in RESULT. */
const xj_spot *xj_doc_spots(size_t *n, const xj_doc *doc, xj_pool *result);
/* Where bytes FROM .. TO of TEXT stand by its N SPOTS: on a page the box round those of them that
 * are on its first page, in a table the first cell.  All zero where no spot holds any of it. */
xj_place xj_spots_place(const xj_spot *spots, size_t n, xj_str text, size_t from, size_t to);

#define XJ_DOC_BYTES_MAX ((size_t)64 << 20)

typedef enum xj_doc_kind {
    XJ_DOC_UNKNOWN,
    XJ_DOC_TEXT,
    XJ_DOC_DOCX,
    XJ_DOC_XLSX,
    XJ_DOC_HTML,
    XJ_DOC_PDF,
    XJ_DOC_PICTURE,
    XJ_DOC_OFD,
    XJ_DOC_OFFICE,   /* DOC, WPS, RTF, ODT: by way of LibreOffice */
    XJ_DOC_SHEET,    /* XLS, ET, ODS: by way of LibreOffice */
    XJ_DOC_ENCRYPTED /* an Office file behind a password */
} xj_doc_kind;

/* What BYTES are by their beginning and their parts, never by a file's name. */
xj_doc_kind xj_doc_kind_of(xj_str bytes);
const char *xj_doc_kind_word(xj_doc_kind kind); /* "docx" */

/* Read a plain text file (UTF-8, a byte-order mark allowed) into *DOC, allocated in RESULT; BYTES
 * need not outlive it.
 *
 * Errors: BAD_INPUT if BYTES is empty or holds control characters no text has (a binary file);
 * NOT_UTF8, naming the byte; TOO_LARGE above XJ_DOC_BYTES_MAX. */
XJ_MUST_USE xj_error *xj_doc_read_text(xj_doc **doc, xj_str bytes, xj_pool *result,
                                       xj_pool *scratch);

/* The bytes of a plain text file of any of these encodings as UTF-8, in RESULT or within BYTES.
 * Errors: NOT_UTF8; UNSUPPORTED_KIND where they are no text; TOO_LARGE above XJ_DOC_BYTES_MAX. */
XJ_MUST_USE xj_error *xj_doc_plain_text(xj_str *utf8, xj_str bytes, xj_pool *result);

/* Read a file of any kind that needs no other program, in this process: for the child of
 * xj_doc_read_apart, tests and fuzzing.  Text may be UTF-8, GB18030 or UTF-16.
 *
 * Errors: as xj_doc_read_text; UNSUPPORTED_KIND for other kinds of file; BAD_INPUT, with the part
 * and place, for a damaged or encrypted one; TOO_LARGE for one that unpacks beyond the limits. */
XJ_MUST_USE xj_error *xj_doc_read(xj_doc **doc, xj_str bytes, xj_pool *result, xj_pool *scratch);

/* Who follows a reading that takes long.  Both may be NULL; they are called on the caller's thread,
 * ENDS several times a second. */
typedef struct xj_doc_watch {
    void (*said)(void *arg, const char *doing, int64_t done, int64_t total); /* a word: "reading" */
    bool (*ends)(void *arg); /* true: give the reading up */
    void *arg;
} xj_doc_watch;

typedef struct xj_doc_limits {
    int seconds;         /* of the clock; 0 is 60 */
    size_t memory;       /* bytes of address space; 0 is 1.5 GB */
    const char *program; /* that runs xj_doc_child_main for "read-doc"; NULL is this program */
    xj_doc_watch watch;
} xj_doc_limits;

/* The same in a child process that may only read files and has little memory and time, so that a
 * hostile file costs an error message (plain text needs no child).  Kinds that other programs read
 * (LibreOffice, tesseract) go through them where they are installed; LibreOffice reads one file at
 * a time, the next waits for it.
 *
 * Errors: as xj_doc_read; CANCELLED where the watch ended it; TIMEOUT; UNSUPPORTED_KIND, saying
 * what to install, where a program is absent; BAD_INPUT where the reader broke down over the file;
 * IO where no child can be started. */
XJ_MUST_USE xj_error *xj_doc_read_apart(xj_doc **doc, xj_str bytes, const xj_doc_limits *limits,
                                        xj_pool *result, xj_pool *scratch);
/* A page as it looks. */
typedef struct xj_doc_page {
    float width, height; /* of the page, in points: what the boxes of places are measured in */
    int pages;           /* of the whole file */
    const char *type;    /* "image/png" */
    xj_str picture;
} xj_doc_page;

#define XJ_DOC_SIDE_MAX 14400.0f  /* points of a page's side */
#define XJ_DOC_WIDTH_MAX 2400     /* pixels that a page may be drawn wide */
#define XJ_DOC_PIXELS_MAX 8000000 /* of one drawn page */

/* PAGE (from 1) of a PDF, drawn WIDTH pixels wide (at most XJ_DOC_WIDTH_MAX) in a child as above,
 * or the one page of a picture (PNG, JPEG, BMP), which is as it came whatever the width; in RESULT.
 * LIMITS may be NULL.
 *
 * Errors: UNSUPPORTED_KIND for a file without pages to look at; NOT_FOUND behind the last page;
 * TOO_LARGE where the page has sides beyond XJ_DOC_SIDE_MAX or would have more than
 * XJ_DOC_PIXELS_MAX; BAD_INPUT; TIMEOUT; TOO_MANY where several others are being drawn; IO. */
XJ_MUST_USE xj_error *xj_doc_page_apart(xj_doc_page *drawn, xj_str bytes, int page, int width,
                                        const xj_doc_limits *limits, xj_pool *result,
                                        xj_pool *scratch);
/* The QR codes on the first PAGES pages of a PDF, or on a picture (PNG, JPEG), read in a child:
 * *DOC has a paragraph for each, in RESULT.  LIMITS may be NULL.
 *
 * Errors: NOT_FOUND where there is none; UNSUPPORTED_KIND for other files, or where no reader of
 * codes is installed; TOO_LARGE; BAD_INPUT; TIMEOUT; IO. */
XJ_MUST_USE xj_error *xj_doc_codes_apart(xj_doc **doc, xj_str bytes, int pages,
                                         const xj_doc_limits *limits, xj_pool *result,
                                         xj_pool *scratch);
/* The child's whole life: "read-doc" with the file as descriptor 3 and the answer to 4. */
int xj_doc_child_main(int argc, char **argv);

/* A file's name is not believed; but where it promises a document and the bytes are a picture, the
 * wrong file was taken, and to recognise its letters would be a guess.
 *
 * Errors: UNSUPPORTED_KIND if NAME ends as that of a document, and BYTES are a picture. */
XJ_MUST_USE xj_error *xj_doc_check_name(xj_str name, xj_str bytes);

/* Errors: CLASSIFIED if DOC carries the mark of a classified paper (绝密, 机密, 秘密; with INTERNAL
 * also 内部资料, 工作秘密) where such a paper has it; the mere word in a sentence is no mark. */
XJ_MUST_USE xj_error *xj_doc_check_marks(const xj_doc *doc, bool internal);
