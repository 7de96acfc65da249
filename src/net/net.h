/*
 * net/net.h -- what goes out over the network: mail by SMTP, signed posts by HTTP.
 *
 * Blocking, one call a message, for a thread that has nothing else to do; whoever calls keeps the
 * queue and decides about another try by the error's code.  Nothing is followed: no redirect, no
 * proxy of the environment, no protocol but those named.  Layer: store floor (may use base/).
 * Read next: net/README.md.
 */
#pragma once

#include "base/buf.h"
#include "base/str.h"

/* Once per process, before the first call and after the last; calls may nest. */
void xj_net_start(void);
void xj_net_stop(void);

#define XJ_NET_URL_MAX 1024                  /* bytes */
#define XJ_NET_BODY_MAX ((size_t)1 << 20)    /* bytes that are sent */
#define XJ_NET_ANSWER_MAX ((size_t)64 << 10) /* bytes of an answer that are read */
#define XJ_MAIL_TO_MAX 50                    /* recipients of one mail */
#define XJ_MAIL_ADDRESS_MAX 254              /* bytes, RFC 5321 4.5.3.1.3 */
#define XJ_MAIL_SUBJECT_MAX 200              /* characters */
#define XJ_MAIL_BODY_MAX ((size_t)256 << 10) /* bytes */

/* ---- mail ---- */

typedef enum xj_mail_tls {
    XJ_MAIL_TLS_REQUIRED, /* STARTTLS or nothing is sent; smtps:// is TLS from the first byte */
    XJ_MAIL_TLS_TRY,      /* STARTTLS where the server offers it */
    XJ_MAIL_TLS_NONE
} xj_mail_tls;

typedef struct xj_mail_server {
    xj_str url; /* smtp://host:25, smtps://host:465 */
    xj_mail_tls tls;
    xj_str user, password; /* empty: no sign-in */
    xj_str from;           /* the address that letters come from */
    xj_str from_name;      /* shown beside it; may be empty */
    int seconds;           /* for the whole of one mail; 0 is 30 */
} xj_mail_server;

typedef struct xj_mail {
    const xj_str *to; /* addresses */
    size_t nto;
    xj_str subject;    /* one line */
    xj_str body;       /* plain text, lines end with \n */
    xj_str message_id; /* letters, digits, '.', '-', '_': the same for every try of one message, so
                          that the other side can tell a repetition */
    int64_t at;        /* the Date of the letter, microseconds UTC */
} xj_mail;

/* Whether ADDRESS can be written to: local@domain of ASCII without spaces, quotes or control
 * characters, at most XJ_MAIL_ADDRESS_MAX bytes.  (Quoted local parts are not taken.) */
bool xj_mail_address_ok(xj_str address);

/* Add the header lines of MAIL (RFC 5322, the subject in encoded words of RFC 2047) to OUT, each
 * ended by CR LF.  Pure.  Errors: TOO_LARGE of OUT. */
XJ_MUST_USE xj_error *xj_mail_head(xj_buf *out, const xj_mail_server *server, const xj_mail *mail);

/* Hand MAIL over to SERVER; NULL where the server took it for all recipients.
 *
 * Errors: BAD_INPUT for an address, a subject or an id that cannot be sent; TOO_LARGE; REFUSED
 * where the server does not take a recipient (a 5xx answer to it): no later try goes through;
 * CONFIG for a SERVER that is none, that takes no such password, or has no TLS that holds;
 * UNAVAILABLE and TIMEOUT where a later try may go through (no connection, a 4xx answer, a 5xx
 * answer to all else). */
XJ_MUST_USE xj_error *xj_mail_send(const xj_mail_server *server, const xj_mail *mail,
                                   xj_pool *scratch);

/* ---- posts ---- */

typedef struct xj_net_post {
    xj_str url;          /* http:// or https:// */
    xj_str content_type; /* of the body */
    xj_str body;
    xj_str secret; /* signs the body; empty: no signature */
    xj_str id;     /* of the message, the same for every try: header Xingjian-Id; may be empty */
    int64_t at;    /* of this try, microseconds UTC: it is signed, so that an old one is known */
    int seconds;   /* 0 is 15 */
} xj_net_post;

/* The value of the header Xingjian-Signature: "t=SECONDS,v1=HEX", HEX being HMAC-SHA-256 under
 * SECRET of "SECONDS.BODY" (RFC 2104; the receiver computes the same and compares). */
xj_str xj_net_post_signature(xj_str secret, int64_t at, xj_str body, xj_pool *result);

/* Send POST; *ANSWER (may be NULL) is the body of a 2xx answer, at most XJ_NET_ANSWER_MAX bytes.
 *
 * Errors: BAD_INPUT for the URL or the content type; TOO_LARGE for a body or an answer; UNAVAILABLE
 * and TIMEOUT where a later try may go through (no connection, 408, 429, 5xx); REFUSED for any
 * other answer, a redirect and another protocol too, and for a certificate that does not hold. */
XJ_MUST_USE xj_error *xj_net_post_send(xj_str *answer, const xj_net_post *post, xj_pool *result);
