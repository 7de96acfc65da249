/*
 * http/url.h -- the small texts of HTTP: addresses, queries, cookies, lists in headers.
 *
 * Pure functions over untrusted text; what they give is valid UTF-8 without control characters.
 * Results are views of the input where nothing had to be decoded.
 */
#pragma once

#include "http/http.h"

/* Decode the %XX of S into *OUT ('+' is a space where PLUS), in RESULT or as a view of S.
 *
 * Errors: BAD_INPUT for an escape that is none, or a control character; NOT_UTF8. */
XJ_MUST_USE xj_error *xj_url_decode(xj_str *out, xj_str s, bool plus, xj_pool *result);
/* Write S so that xj_url_decode gives it back: letters, digits and -._~ stay. */
void xj_url_encode(xj_buf *out, xj_str s);

/* Split a request target as it came ("/a/b?x=1", "http://host/a", "*") into *PATH, decoded, and
 * *QUERY, as it came.
 *
 * Errors: BAD_INPUT, NOT_UTF8 as above; BAD_INPUT also for a path that does not begin with '/', has
 * "." or ".." as a segment, a backslash or an encoded slash. */
XJ_MUST_USE xj_error *xj_url_target(xj_str *path, xj_str *query, xj_str target, xj_pool *result);

/* Set *ITEMS to the *LEN parameters of QUERY, in order; one without '=' has an empty value.
 *
 * Errors: those of xj_url_decode; BAD_INPUT for more than MAX parameters or an empty name. */
XJ_MUST_USE xj_error *xj_url_query(xj_header **items, size_t *len, xj_str query, size_t max,
                                   xj_pool *result);

/* The value of cookie NAME in a Cookie header, the first one; XJ_STR_NONE if absent. */
xj_str xj_cookie_find(xj_str header, const char *name);

/* Whether Accept-Encoding HEADER takes gzip (RFC 9110: q=0 refuses). */
bool xj_accepts_gzip(xj_str header);

/* Whether If-None-Match HEADER names ETAG (without quotes; weak comparison) or is "*". */
bool xj_etag_listed(xj_str header, xj_str etag);

/* Whether ID may stand as a request id: 8 to 64 of A-Z a-z 0-9 . _ - */
#define XJ_REQUEST_ID_MAX 64
bool xj_request_id_ok(xj_str id);

/* Whether a reply of this media type is text that shrinks. */
bool xj_type_is_text(xj_str content_type);
/* Whether HEADER ("application/json; charset=utf-8") is media type TYPE, in any case. */
bool xj_type_is(xj_str header, const char *type);

/* Equal but for the case of ASCII letters. */
bool xj_str_eq_nocase(xj_str a, xj_str b);
