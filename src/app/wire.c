#include "app/wire.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

xj_error *
xj_wire_write(int fd, xj_str text)
{
    while (text.len > 0) {
        ssize_t n = send(fd, text.data, text.len, MSG_NOSIGNAL);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return xj_error_new(XJ_E_IO, "the socket cannot be written: %s", strerror(errno));
        text = xj_str_skip(text, (size_t)n);
    }
    return NULL;
}

xj_error *
xj_wire_line(char line[XJ_WIRE_LINE_MAX], bool *end, int fd)
{
    *end = false;
    for (size_t n = 0; n < XJ_WIRE_LINE_MAX; n++) {
        ssize_t got;

        do
            got = read(fd, &line[n], 1);
        while (got < 0 && errno == EINTR);
        if (got < 0)
            return xj_error_new(XJ_E_IO, "the socket cannot be read: %s", strerror(errno));
        if (got == 0) {
            *end = true;
            return NULL;
        }
        if (line[n] == '\n') {
            line[n] = '\0';
            return NULL;
        }
    }
    return xj_error_new(XJ_E_TOO_LARGE, "the socket sent a line without an end");
}

xj_error *
xj_wire_read(xj_str *text, int fd, size_t n, xj_pool *pool)
{
    char *data = xj_alloc(pool, n + 1);
    size_t have = 0;

    while (have < n) {
        ssize_t got = read(fd, data + have, n - have);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return xj_error_new(XJ_E_IO, "the socket ended in the middle: %s",
                                got < 0 ? strerror(errno) : "closed");
        have += (size_t)got;
    }
    data[n] = '\0';
    *text = xj_str_of(data, n);
    return NULL;
}

xj_error *
xj_wire_send_request(int fd, const char *name, xj_str args, xj_str blob)
{
    char line[XJ_WIRE_LINE_MAX];

    snprintf(line, sizeof line, "XJ1 %s %zu %zu\n", name, args.len, blob.len);
    XJ_TRY(xj_wire_write(fd, xj_str_c(line)));
    XJ_TRY(xj_wire_write(fd, args));
    return xj_wire_write(fd, blob);
}

/* Cut the next word off *REST. */
static xj_str
word(xj_str *rest)
{
    xj_str part = XJ_STR("");

    return xj_str_split(&part, rest, ' ') ? part : XJ_STR("");
}

static xj_error *
size_word(size_t *out, xj_str *rest, size_t max)
{
    int64_t n;

    if (!xj_str_int(&n, word(rest)) || n < 0)
        return xj_error_new(XJ_E_BAD_INPUT, "the socket sent no request");
    if ((size_t)n > max)
        return xj_error_new(XJ_E_TOO_LARGE, "the request has %lld bytes; the limit is %zu",
                            (long long)n, max);
    *out = (size_t)n;
    return NULL;
}

xj_error *
xj_wire_read_request(xj_wire_request *request, bool *end, int fd, xj_pool *pool)
{
    char line[XJ_WIRE_LINE_MAX];
    size_t nargs, nblob;
    xj_str rest;

    XJ_TRY(xj_wire_line(line, end, fd));
    if (*end)
        return NULL;
    rest = xj_str_c(line);
    if (!xj_str_eq(word(&rest), XJ_STR("XJ1")))
        return xj_error_new(XJ_E_BAD_INPUT, "the socket sent no request");
    request->name = xj_str_dup(word(&rest), pool);
    XJ_TRY(size_word(&nargs, &rest, XJ_OP_ARGS_MAX));
    XJ_TRY(size_word(&nblob, &rest, XJ_OP_BLOB_MAX));
    XJ_TRY(xj_wire_read(&request->args, fd, nargs, pool));
    return xj_wire_read(&request->blob, fd, nblob, pool);
}

xj_error *
xj_wire_send_answer(int fd, const xj_error *err, xj_str answer, xj_pool *pool)
{
    char line[XJ_WIRE_LINE_MAX];
    xj_buf buf;

    if (err != NULL) {
        xj_json w;

        xj_buf_init(&buf, pool, 1 << 20);
        xj_json_init(&w, &buf);
        xj_json_object(&w);
        xj_json_key_str(&w, "message", xj_str_c(xj_error_message(err)));
        xj_json_key_str(&w, "detail", xj_str_c(xj_error_details(err)));
        xj_json_key_str(&w, "at", xj_str_c(xj_error_field(err)));
        xj_json_end_object(&w);
        answer = xj_buf_str(&buf);
    }
    snprintf(line, sizeof line, "XJ1 %s %zu\n",
             err == NULL ? "ok" : xj_code_wire(xj_error_code(err)), answer.len);
    XJ_TRY(xj_wire_write(fd, xj_str_c(line)));
    return xj_wire_write(fd, answer);
}

/* The error that BODY tells of. */
static xj_error *
told(xj_str code_word, xj_str body, xj_pool *pool)
{
    const xj_jval *value;
    xj_code code = XJ_E_INTERNAL;
    xj_str message = XJ_STR("the server did not say why"), detail = XJ_STR_NONE, at = XJ_STR_NONE;
    xj_error *err = xj_json_parse(&value, body, XJ_OP_ANSWER_MAX, pool);

    if (err == NULL) {
        message = xj_jval_str(xj_jval_find(value, "message"));
        detail = xj_jval_str(xj_jval_find(value, "detail"));
        at = xj_jval_str(xj_jval_find(value, "at"));
    } else {
        return err;
    }
    for (int i = XJ_E_NONE + 1; i < XJ_E_COUNT; i++)
        if (xj_str_eq(code_word, xj_str_c(xj_code_wire((xj_code)i))))
            code = (xj_code)i;
    err = xj_error_new(code, XJ_FMT, XJ_ARG(message));
    if (detail.data != NULL)
        err = xj_error_detail(err, XJ_FMT, XJ_ARG(detail));
    if (at.data != NULL)
        err = xj_error_at(err, XJ_FMT, XJ_ARG(at));
    return err;
}

xj_error *
xj_wire_read_answer(xj_str *answer, int fd, xj_pool *pool)
{
    char line[XJ_WIRE_LINE_MAX];
    xj_str rest, code;
    size_t n;
    bool end;

    XJ_TRY(xj_wire_line(line, &end, fd));
    rest = xj_str_c(end ? "" : line);
    if (end || !xj_str_eq(word(&rest), XJ_STR("XJ1")))
        return xj_error_new(XJ_E_UNAVAILABLE,
                            "the server ended before it answered; whether it did the work is not "
                            "known");
    code = word(&rest);
    XJ_TRY(size_word(&n, &rest, XJ_OP_ANSWER_MAX));
    XJ_TRY(xj_wire_read(answer, fd, n, pool));
    return xj_str_eq(code, XJ_STR("ok")) ? NULL : told(code, *answer, pool);
}
