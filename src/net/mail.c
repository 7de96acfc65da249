#include "base/cal.h"
#include "net/net_priv.h"

#include <sodium.h>

/* ---- checks ---- */

bool
xj_mail_address_ok(xj_str address)
{
    size_t at = xj_str_find(address, XJ_STR("@"), 0);

    if (address.len > XJ_MAIL_ADDRESS_MAX || at == XJ_NPOS || at == 0 || at + 1 == address.len ||
        xj_str_find(address, XJ_STR("@"), at + 1) != XJ_NPOS)
        return false;
    for (size_t i = 0; i < address.len; i++) {
        const char c = address.data[i];

        if (c <= ' ' || c >= 0x7f || strchr("<>()[],;:\\\"", c) != NULL)
            return false;
    }
    return address.data[at + 1] != '.' && address.data[address.len - 1] != '.';
}

static bool
one_line(xj_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.data[i] < ' ' || s.data[i] == 0x7f)
            return false;
    return true;
}

static bool
id_ok(xj_str id)
{
    static const char *const signs = ".-_";

    for (size_t i = 0; i < id.len; i++) {
        const char c = id.data[i];

        if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
            (c == '\0' || strchr(signs, c) == NULL))
            return false;
    }
    return id.len > 0 && id.len <= 100;
}

static xj_error *
check(const xj_mail_server *server, const xj_mail *mail)
{
    if (!xj_mail_address_ok(server->from) || !one_line(server->from_name))
        return xj_error_new(XJ_E_CONFIG, "the address that mail comes from is none");
    if (mail->nto == 0 || mail->nto > XJ_MAIL_TO_MAX)
        return xj_error_new(XJ_E_BAD_INPUT, "a mail has 1 to %d recipients", XJ_MAIL_TO_MAX);
    for (size_t i = 0; i < mail->nto; i++)
        if (!xj_mail_address_ok(mail->to[i]))
            return xj_error_new(XJ_E_BAD_INPUT, "\"" XJ_FMT "\" is no mail address",
                                XJ_ARG(mail->to[i]));
    if (!one_line(mail->subject) || xj_utf8_count(mail->subject) > XJ_MAIL_SUBJECT_MAX)
        return xj_error_new(XJ_E_BAD_INPUT, "the subject is one line of at most %d characters",
                            XJ_MAIL_SUBJECT_MAX);
    if (mail->body.len > XJ_MAIL_BODY_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "the mail has %zu bytes; the limit is %zu",
                            mail->body.len, XJ_MAIL_BODY_MAX);
    if (!id_ok(mail->message_id))
        return xj_error_new(XJ_E_BAD_INPUT, "the message's id is not valid");
    return NULL;
}

/* ---- the letter ---- */

/* TEXT as encoded words of RFC 2047, each of at most 75 characters and of whole characters: 45
 * bytes make 60 characters of base64. */
static void
add_words(xj_buf *out, xj_str text)
{
    char code[sodium_base64_ENCODED_LEN(45, sodium_base64_VARIANT_ORIGINAL)];

    for (size_t from = 0; from < text.len || from == 0;) {
        size_t to = from;

        while (to < text.len) {
            size_t next = to;

            xj_utf8_next(text, &next);
            if (next - from > 45)
                break;
            to = next;
        }
        sodium_bin2base64(code, sizeof code, (const unsigned char *)text.data + from, to - from,
                          sodium_base64_VARIANT_ORIGINAL);
        xj_buf_printf(out, "%s=?UTF-8?B?%s?=", from == 0 ? "" : "\r\n ", code);
        if (to == from)
            return;
        from = to;
    }
}

static bool
plain(xj_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.data[i] >= 0x7f || text.data[i] == '=' || text.data[i] == '"')
            return false;
    return text.len <= 60;
}

static void
add_text(xj_buf *out, xj_str text)
{
    if (plain(text))
        xj_buf_add(out, text);
    else
        add_words(out, text);
}

static void
add_date(xj_buf *out, int64_t at)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const xj_date d = xj_instant_date(at, 0);
    const int64_t seconds = at / 1000000 - xj_date_days(d) * 86400;

    xj_buf_printf(out, "Date: %s, %d %s %d %02d:%02d:%02d +0000\r\n", days[xj_date_weekday(d) - 1],
                  d.day, months[d.month - 1], d.year, (int)(seconds / 3600),
                  (int)(seconds / 60 % 60), (int)(seconds % 60));
}

xj_error *
xj_mail_head(xj_buf *out, const xj_mail_server *server, const xj_mail *mail)
{
    const size_t at = xj_str_find(server->from, XJ_STR("@"), 0);
    const xj_str domain = at == XJ_NPOS ? server->from : xj_str_skip(server->from, at + 1);

    add_date(out, mail->at);
    xj_buf_add(out, XJ_STR("From: "));
    if (server->from_name.len > 0) {
        add_words(out, server->from_name);
        xj_buf_add_char(out, ' ');
    }
    xj_buf_printf(out, "<" XJ_FMT ">\r\nTo: ", XJ_ARG(server->from));
    for (size_t i = 0; i < mail->nto; i++)
        xj_buf_printf(out, "%s<" XJ_FMT ">", i == 0 ? "" : ",\r\n ", XJ_ARG(mail->to[i]));
    xj_buf_add(out, XJ_STR("\r\nSubject: "));
    add_text(out, mail->subject);
    xj_buf_printf(out,
                  "\r\nMessage-ID: <" XJ_FMT "@" XJ_FMT ">\r\n"
                  "Auto-Submitted: auto-generated\r\n",
                  XJ_ARG(mail->message_id), XJ_ARG(domain));
    return xj_buf_check(out);
}

/* ---- sending ---- */

/* libcurl takes the header a field at a time, folded lines with it. */
static void
add_head(xj_net__call *call, xj_str head, xj_pool *scratch)
{
    while (head.len > 0) {
        size_t end = xj_str_find(head, XJ_STR("\r\n"), 0);

        while (end + 2 < head.len && head.data[end + 2] == ' ')
            end = xj_str_find(head, XJ_STR("\r\n"), end + 2);
        xj_net__add(call, xj_str_cdup(xj_str_sub(head, 0, end), scratch));
        head = xj_str_skip(head, end + 2);
    }
}

static void
end_mime(void *arg)
{
    curl_mime_free(arg);
}

static void
add_body(xj_net__call *call, xj_str body, xj_pool *scratch)
{
    curl_mime *mime = curl_mime_init(call->curl);
    curl_mimepart *part = curl_mime_addpart(mime);

    XJ_ASSERT(part != NULL);
    xj_pool_on_end(scratch, end_mime, mime);
    curl_mime_data(part, body.data == NULL ? "" : body.data, body.len);
    curl_mime_type(part, "text/plain; charset=utf-8");
    curl_mime_encoder(part, "base64");
    curl_easy_setopt(call->curl, CURLOPT_MIMEPOST, mime);
}

static void
end_list(void *arg)
{
    curl_slist_free_all(arg);
}

static void
add_recipients(xj_net__call *call, const xj_mail *mail, xj_pool *scratch)
{
    struct curl_slist *to = NULL;

    for (size_t i = 0; i < mail->nto; i++) {
        struct curl_slist *more = curl_slist_append(to, xj_str_cdup(mail->to[i], scratch));

        XJ_ASSERT(more != NULL);
        to = more;
    }
    xj_pool_on_end(scratch, end_list, to);
    curl_easy_setopt(call->curl, CURLOPT_MAIL_RCPT, to);
}

static void
add_server(xj_net__call *call, const xj_mail_server *server, xj_pool *scratch)
{
    static const long tls[] = {CURLUSESSL_ALL, CURLUSESSL_TRY, CURLUSESSL_NONE};

    curl_easy_setopt(call->curl, CURLOPT_USE_SSL, tls[server->tls]);
    curl_easy_setopt(call->curl, CURLOPT_MAIL_FROM, xj_str_cdup(server->from, scratch));
    if (server->user.len > 0) {
        curl_easy_setopt(call->curl, CURLOPT_USERNAME, xj_str_cdup(server->user, scratch));
        curl_easy_setopt(call->curl, CURLOPT_PASSWORD, xj_str_cdup(server->password, scratch));
    }
}

/* Only what is said of a recipient is final: all else is the server's or its settings' fault, and
 * the same letter goes through when that is put right. */
static xj_error *
perform(xj_net__call *call)
{
    const CURLcode result = curl_easy_perform(call->curl);
    xj_error *err;
    long code = 0;

    if (result == CURLE_OK)
        return NULL;
    curl_easy_getinfo(call->curl, CURLINFO_RESPONSE_CODE, &code);
    if (code >= 500 && code < 600 && result != CURLE_LOGIN_DENIED)
        return xj_error_detail(
            strncmp(call->words, "RCPT", 4) == 0
                ? xj_error_new(XJ_E_REFUSED, "the mail server refused the address (%ld)", code)
                : xj_error_new(XJ_E_UNAVAILABLE, "the mail server refused the mail (%ld)", code),
            "%s", call->words);
    err = xj_net__failed(call, result);
    return xj_error_is(err, XJ_E_REFUSED)
               ? xj_error_wrap(XJ_E_CONFIG, err, "%s", xj_error_message(err))
               : err;
}

xj_error *
xj_mail_send(const xj_mail_server *server, const xj_mail *mail, xj_pool *scratch)
{
    xj_pool *pool;
    xj_net__call *call;
    xj_buf head;
    xj_error *err;

    XJ_TRY(check(server, mail));
    if (!xj_str_starts(server->url, XJ_STR("smtp://")) &&
        !xj_str_starts(server->url, XJ_STR("smtps://")))
        return xj_error_new(XJ_E_CONFIG, "the mail server is smtp://host or smtps://host");
    pool = xj_pool_child(scratch);
    xj_buf_init(&head, pool, 64 << 10);
    err = xj_mail_head(&head, server, mail);
    if (err == NULL)
        err = xj_net__open(&call, server->url, "smtp,smtps",
                           server->seconds == 0 ? 30 : server->seconds, pool);
    if (err == NULL) {
        add_server(call, server, pool);
        add_recipients(call, mail, pool);
        add_body(call, mail->body, pool);
        add_head(call, xj_buf_str(&head), pool);
        curl_easy_setopt(call->curl, CURLOPT_HTTPHEADER, call->list);
        err = perform(call);
    }
    xj_pool_destroy(pool);
    return err;
}
