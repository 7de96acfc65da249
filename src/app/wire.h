/*
 * app/wire.h -- what goes over the data folder's socket: one operation and its answer.
 *
 * A request is a line "XJ1 NAME ARGS-BYTES BLOB-BYTES" and the bytes; an answer a line "XJ1 CODE
 * BYTES" and the bytes: JSON, of an error too.  Both ends are this program under one account.
 */
#pragma once

#include "app/ops.h"

#define XJ_WIRE_LINE_MAX 128

/* Write all of TEXT to FD.  Errors: IO. */
XJ_MUST_USE xj_error *xj_wire_write(int fd, xj_str text);
/* Read a line (without its end) into LINE.  *END is true where the other side closed before it.
 * Errors: IO; TOO_LARGE. */
XJ_MUST_USE xj_error *xj_wire_line(char line[XJ_WIRE_LINE_MAX], bool *end, int fd);
/* Read N bytes into *TEXT, in POOL.  Errors: IO where they do not come. */
XJ_MUST_USE xj_error *xj_wire_read(xj_str *text, int fd, size_t n, xj_pool *pool);

typedef struct xj_wire_request {
    xj_str name, args, blob;
} xj_wire_request;

XJ_MUST_USE xj_error *xj_wire_send_request(int fd, const char *name, xj_str args, xj_str blob);
/* Errors: BAD_INPUT for what is no request; TOO_LARGE; IO. */
XJ_MUST_USE xj_error *xj_wire_read_request(xj_wire_request *request, bool *end, int fd,
                                           xj_pool *pool);
/* ERR NULL sends ANSWER, else the error, which stays the caller's. */
XJ_MUST_USE xj_error *xj_wire_send_answer(int fd, const xj_error *err, xj_str answer,
                                          xj_pool *pool);
/* The answer, or the error that the other side met. */
XJ_MUST_USE xj_error *xj_wire_read_answer(xj_str *answer, int fd, xj_pool *pool);
