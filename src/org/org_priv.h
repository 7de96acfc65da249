/*
 * org/org_priv.h -- what the files of org/ share.
 */
#pragma once

#include "org/post.h"

/* Errors: BAD_INPUT at FIELD where TEXT is empty, longer than MAX characters, begins or ends with
 * white space, or holds a control character; WHAT names it in the message. */
XJ_MUST_USE xj_error *xj_org__check_text(xj_str text, size_t max, const char *field,
                                         const char *what);

/* NAME with small ASCII letters, in RESULT: names that differ in case alone are one. */
xj_str xj_org__name_key(xj_str name, xj_pool *result);

/* SHA-256 of TEXT. */
#define XJ_ORG__HASH_LEN 32
void xj_org__hash(unsigned char hash[XJ_ORG__HASH_LEN], xj_str text);

/* The unit in the columns of UNIT_BY_ID and its like; text is copied into RESULT. */
void xj_org__unit_row(xj_unit *unit, const xj_rows *rows, xj_pool *result);
/* The unit of TENANT with this id.  Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_org__unit(xj_unit *unit, xj_db *db, int64_t tenant, int64_t id,
                                   xj_pool *result);

/* xj_person_add and xj_programme_add for a TENANT that the same command of the server made. */
XJ_MUST_USE xj_error *xj_org__person_add(int64_t *id, xj_tx *tx, int64_t tenant, xj_str name,
                                         xj_str display, xj_str hash);
/* A post without end or unit of the first PERSON of TENANT. */
XJ_MUST_USE xj_error *xj_org__post_first(xj_tx *tx, int64_t tenant, int64_t person, xj_role role);
XJ_MUST_USE xj_error *xj_org__programme_add(int64_t *id, xj_tx *tx, int64_t tenant, xj_str name);

/* What the column "initials" holds for NAME: never empty. */
xj_str xj_org__initials(xj_str name, xj_pool *result);
/* Ask LIST (with the filters "text" and "initials") for names with TEXT or its letters in them. */
void xj_org__match_name(xj_list *list, xj_str text, xj_pool *result);

/* A name taken apart for comparing: its place, what it is, and what lies between. */
#define XJ_ORG__CHARS_MAX XJ_UNIT_NAME_MAX
typedef struct xj_org__name {
    uint32_t chars[XJ_ORG__CHARS_MAX]; /* folded: brackets and particles left out */
    size_t n;
    size_t core_from, core_to; /* between the place and the head */
    const char *head;          /* "局", "委", ... or NULL */
    xj_level level;
    xj_str place;       /* 云沂市; data NULL where it is bare (市) or absent */
    uint64_t signature; /* a bit for each character of the core, hashed */
} xj_org__name;
void xj_org__name_read(xj_org__name *out, xj_str name);
int xj_org__name_likeness(const xj_org__name *a, const xj_org__name *b);

/* One rule of unit-kinds.tsv. */
typedef struct xj_org__rule {
    const char *what;  /* "kind", "level", "head", "skip", "notplace" */
    const char *where; /* "prefix", "suffix", "has", "exact" */
    const char *word;
    const char *value;
} xj_org__rule;
extern const xj_org__rule xj_org__rules[];
extern const size_t xj_org__nrules;
/* Whether NAME fits RULE. */
bool xj_org__rule_fits(const xj_org__rule *rule, xj_str name);
/* The leading place of NAME: bytes [0, END) with its LEVEL; *BARE where it is 市 alone.  False
 * where the name begins with none. */
bool xj_org__place(xj_level *level, bool *bare, size_t *from, size_t *end, xj_str name);

/* A row of rights.tsv: the right, then how far it reaches for each role; the first is the heading.
 */
typedef const char *xj_org__right[13];
extern const xj_org__right xj_org__rights[];
extern const size_t xj_org__nrights;

/* ---- standing.c ---- */

/* Inside a command: UNIT, as it was, has standing NEXT from day FROM on (data NULL: today, where it
 * is another).  Errors: BAD_INPUT for a day to come, or none. */
XJ_MUST_USE xj_error *xj_org__stand(xj_tx *tx, const xj_unit *unit, xj_standing next, xj_str from);
