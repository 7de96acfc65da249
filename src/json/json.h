/*
 * json/json.h -- JSON out by an append-only writer, JSON in by checked look-ups.
 *
 * The writer puts its text straight into an xj_buf and keeps only a bit a level (comma or not).
 * The reader parses a body of limited size with jansson and refuses what the caller does not
 * expect, naming the place by its JSON pointer.
 */
#pragma once

#include "base/buf.h"

#define XJ_JSON_DEPTH_MAX 32

typedef struct xj_json {
    xj_buf *out;
    uint64_t more; /* bit d: level d, 0 to XJ_JSON_DEPTH_MAX, has a member already */
    int depth;
    bool after_key;
    /* Keys whose values the reader of this answer may not see: they are written as null.  NULL:
     * none; else NULL-terminated, set after xj_json_init.  Such a value is no object or array. */
    const char *const *hidden;
    bool hide; /* the next value */
} xj_json;

void xj_json_init(xj_json *w, xj_buf *out);
void xj_json_object(xj_json *w);
void xj_json_end_object(xj_json *w);
void xj_json_array(xj_json *w);
void xj_json_end_array(xj_json *w);
/* KEY needs no escaping: it is a literal of ours. */
void xj_json_key(xj_json *w, const char *key);
/* S as a string; XJ_STR_NONE as null.  S is valid UTF-8. */
void xj_json_str(xj_json *w, xj_str s);
void xj_json_int(xj_json *w, int64_t n);
/* The shortest form that reads back as N; N must be finite. */
void xj_json_real(xj_json *w, double n);
void xj_json_bool(xj_json *w, bool b);
void xj_json_null(xj_json *w);
/* TEXT is JSON already. */
void xj_json_raw(xj_json *w, xj_str text);

/* Key and value in one. */
void xj_json_key_str(xj_json *w, const char *key, xj_str s);
void xj_json_key_int(xj_json *w, const char *key, int64_t n);
void xj_json_key_bool(xj_json *w, const char *key, bool b);
/* ID, or null for 0: there is none. */
void xj_json_key_id(xj_json *w, const char *key, int64_t id);
/* N, or null below 0: there is none (a share that nobody said). */
void xj_json_key_natural(xj_json *w, const char *key, int64_t n);
/* TEXT, which is JSON already, or null for XJ_STR_NONE. */
void xj_json_key_raw(xj_json *w, const char *key, xj_str text);

/* --- reading --- */

typedef struct xj_jval xj_jval; /* a parsed value; lives in the pool it was parsed into */

typedef enum xj_jtype {
    XJ_J_NULL,
    XJ_J_BOOL,
    XJ_J_INT,
    XJ_J_REAL,
    XJ_J_STR,
    XJ_J_ARRAY,
    XJ_J_OBJECT
} xj_jtype;

/* Parse TEXT into *VALUE, allocated in RESULT.  Duplicate keys are refused, nesting is limited to
 * XJ_JSON_DEPTH_MAX.
 *
 * Errors: BAD_JSON, with line and column; TOO_LARGE above LIMIT bytes. */
XJ_MUST_USE xj_error *xj_json_parse(const xj_jval **value, xj_str text, size_t limit,
                                    xj_pool *result);

xj_jtype xj_jval_type(const xj_jval *value);
/* The member KEY of an object, or NULL (also where VALUE is none or the member is null). */
const xj_jval *xj_jval_find(const xj_jval *value, const char *key);
size_t xj_jval_len(const xj_jval *value);                       /* array or object */
const xj_jval *xj_jval_at(const xj_jval *value, size_t index);  /* array */
const char *xj_jval_key_at(const xj_jval *value, size_t index); /* object, in order of the text */
/* Whether an object has the member KEY, be it null. */
bool xj_jval_has(const xj_jval *value, const char *key);

typedef struct xj_jmember {
    const char *key;
    const xj_jval *value;
    void *place;
} xj_jmember;

/* The next member of an object, in order of the text: begin with {0}; false behind the last. */
bool xj_jval_next(xj_jmember *member, const xj_jval *value);

xj_str xj_jval_str(const xj_jval *value);  /* XJ_STR_NONE if not a string */
int64_t xj_jval_int(const xj_jval *value); /* 0 if not an integer */
double xj_jval_real(const xj_jval *value); /* of an integer too; 0 if no number */
bool xj_jval_bool(const xj_jval *value);

/* Checked members of an object: wrong type or, where REQUIRED, absence is BAD_INPUT at "/KEY".  An
 * absent optional member leaves *OUT as it is. */
XJ_MUST_USE xj_error *xj_jval_get_str(xj_str *out, const xj_jval *object, const char *key,
                                      bool required);
XJ_MUST_USE xj_error *xj_jval_get_int(int64_t *out, const xj_jval *object, const char *key,
                                      bool required);
XJ_MUST_USE xj_error *xj_jval_get_bool(bool *out, const xj_jval *object, const char *key,
                                       bool required);
/* Errors: BAD_INPUT at "/KEY" if OBJECT has a member that is not in KEYS (NULL-terminated). */
XJ_MUST_USE xj_error *xj_jval_only(const xj_jval *object, const char *const *keys);
