/*
 * json/schema.h -- JSON Schema, the part that our contract uses, as tables.
 *
 * tools/routegen.py writes the tables from api/openapi.yaml; the interpreter checks a parsed body,
 * or the text of one parameter, before any handler sees it.
 */
#pragma once

#include "json/json.h"

/* Types as bits; 0 takes any. */
#define XJ_S_NULL 1u
#define XJ_S_BOOL 2u
#define XJ_S_INT 4u
#define XJ_S_NUMBER 8u /* takes integers too */
#define XJ_S_STR 16u
#define XJ_S_ARRAY 32u
#define XJ_S_OBJECT 64u

typedef enum xj_format {
    XJ_FORMAT_NONE,
    XJ_FORMAT_DATE,     /* 2020-12-31 */
    XJ_FORMAT_DATE_TIME /* RFC 3339, with an offset or Z */
} xj_format;

typedef struct xj_schema xj_schema;

typedef struct xj_schema_member {
    const char *name;
    const xj_schema *schema;
    bool required;
} xj_schema_member;

struct xj_schema {
    unsigned types;
    xj_format format;
    size_t len_min, len_max;   /* characters, items or members; len_max 0 sets no limit */
    bool has_min, has_max;     /* of a number */
    double min, max;           /* whole numbers up to 2^53 are exact */
    const char *pattern;       /* see xj_pattern_match; NULL: none */
    const char *const *values; /* the enum of a string, NULL-terminated; NULL: none */
    const xj_schema_member *members;
    size_t nmembers;
    bool closed;                 /* no other members */
    const xj_schema *items;      /* of an array; NULL: any */
    const xj_schema *const *any; /* anyOf, NULL-terminated; NULL: none */
};

/* Check VALUE (NULL is JSON's null) against SCHEMA.
 *
 * Errors: BAD_INPUT at the first mistake, its JSON pointer as field ("" is the whole). */
XJ_MUST_USE xj_error *xj_schema_check(const xj_schema *schema, const xj_jval *value);

/* Check the text of parameter NAME: a string as it stands, an integer in decimal, true or false.
 * *NUMBER is the integer, or 1 and 0.
 *
 * Errors: BAD_INPUT, with "/NAME" as field. */
XJ_MUST_USE xj_error *xj_schema_check_text(int64_t *number, const xj_schema *schema,
                                           const char *name, xj_str text);

/* Whether the whole of S fits PATTERN: "^" a sequence "$" of characters, classes ([A-Za-z0-9_.-],
 * [^...], "\d", ".") and escaped characters, each with at most one of ? * + {n} {n,} {n,m}.  No
 * groups, no alternatives.  The pattern is ASCII; S is valid UTF-8. */
bool xj_pattern_match(const char *pattern, xj_str s);
