/*
 * doc/decode.c -- bytes of unknown encoding to UTF-8, and what kind of file bytes are.
 *
 * Chinese offices write UTF-8, GB18030 (four-byte characters too) and UTF-16, with or without a
 * mark. Conversion is the C library's iconv; here is only the choice, which must not turn a binary
 * file into text.
 */
#include "doc/doc_priv.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>

/* ---- kinds ---- */

static bool
has_early(xj_str bytes, xj_str needle, size_t within)
{
    return xj_str_find(xj_str_sub(bytes, 0, within), needle, 0) != XJ_NPOS;
}

/* Whether the first markup is a web page's; letters of either case. */
static bool
looks_html(xj_str bytes)
{
    static const char *const tags[] = {"<!doctype html", "<html", "<head",  "<body", "<meta",
                                       "<title",         "<div",  "<table", "<p>",   "<p "};
    char lower[1024];
    size_t n = 0, i = 0;

    while (i < bytes.len &&
           (isspace((unsigned char)bytes.data[i]) || (unsigned char)bytes.data[i] == 0xef ||
            (unsigned char)bytes.data[i] == 0xbb || (unsigned char)bytes.data[i] == 0xbf))
        i++;
    for (; i < bytes.len && n < sizeof lower - 1; i++)
        lower[n++] = (char)tolower((unsigned char)bytes.data[i]);
    lower[n] = '\0';
    if (lower[0] != '<')
        return false;
    for (size_t t = 0; t < sizeof tags / sizeof *tags; t++) {
        if (memmem(lower, n, tags[t], strlen(tags[t])) != NULL)
            return true;
    }
    return false;
}

static xj_doc_kind
kind_of_zip(xj_str bytes)
{
    /* The names of the parts stand unpacked in a zip. */
    if (xj_str_has(bytes, XJ_STR("word/document")))
        return XJ_DOC_DOCX;
    if (xj_str_has(bytes, XJ_STR("xl/workbook")))
        return XJ_DOC_XLSX;
    if (xj_str_has(bytes, XJ_STR("OFD.xml")))
        return XJ_DOC_OFD;
    if (has_early(bytes, XJ_STR("application/vnd.oasis.opendocument.spreadsheet"), 512))
        return XJ_DOC_SHEET;
    if (has_early(bytes, XJ_STR("application/vnd.oasis.opendocument"), 512))
        return XJ_DOC_OFFICE;
    return XJ_DOC_UNKNOWN;
}

/* A compound file: Word 97, Excel 97, WPS, or an encrypted OOXML; its directory is in UTF-16. */
static xj_doc_kind
kind_of_compound(xj_str bytes)
{
    if (xj_str_has(bytes, XJ_STR("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0")))
        return XJ_DOC_ENCRYPTED;
    if (xj_str_has(bytes, XJ_STR("W\0o\0r\0k\0b\0o\0o\0k\0")))
        return XJ_DOC_SHEET;
    return XJ_DOC_OFFICE;
}

xj_doc_kind
xj_doc_kind_of(xj_str bytes)
{
    static const struct {
        xj_str magic;
        xj_doc_kind kind;
    } magics[] = {
        {{"%PDF-", 5}, XJ_DOC_PDF},
        {{"\x89PNG\r\n\x1a\n", 8}, XJ_DOC_PICTURE},
        {{"\xff\xd8\xff", 3}, XJ_DOC_PICTURE},
        {{"II*\0", 4}, XJ_DOC_PICTURE},
        {{"MM\0*", 4}, XJ_DOC_PICTURE},
        {{"BM", 2}, XJ_DOC_PICTURE},
        {{"{\\rtf", 5}, XJ_DOC_OFFICE},
    };

    if (xj_str_starts(bytes, XJ_STR("PK\x03\x04")))
        return kind_of_zip(bytes);
    if (xj_str_starts(bytes, XJ_STR("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")))
        return kind_of_compound(bytes);
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
        if (xj_str_starts(bytes, magics[i].magic) &&
            !(magics[i].magic.len == 2 && xj_utf8_check(bytes) == bytes.len))
            return magics[i].kind;
    }
    return looks_html(bytes) ? XJ_DOC_HTML : XJ_DOC_TEXT;
}

/* ---- encodings ---- */

/* Convert all of BYTES; false where a byte has no meaning in CHARSET. */
static bool
convert(xj_str *out, const char *charset, xj_str bytes, xj_pool *pool)
{
    iconv_t cd = iconv_open("UTF-8", charset);
    size_t left = bytes.len, room = xj_size_add(xj_size_mul(bytes.len, 3), 16);
    char *in = (char *)(uintptr_t)(const void *)bytes.data, *data, *to;
    bool ok;

    if (cd == (iconv_t)-1)
        return false;
    data = to = xj_alloc(pool, room);
    ok = iconv(cd, &in, &left, &to, &room) != (size_t)-1 && left == 0;
    iconv_close(cd);
    *out = xj_str_of(data, (size_t)(to - data));
    if (ok && xj_str_starts(*out, XJ_STR("\xef\xbb\xbf")))
        *out = xj_str_skip(*out, 3);
    return ok;
}

/* Whether TEXT reads like Chinese or Latin: control characters none, and of what is not ASCII at
 * least seven in ten Chinese characters, their punctuation or full-width forms. */
static bool
is_plausible(xj_str text)
{
    size_t wide = 0, known = 0;

    for (size_t at = 0; at < text.len;) {
        uint32_t cp = xj_utf8_next(text, &at);

        if (cp < 0x20 && cp != '\t' && cp != '\n' && cp != '\r' && cp != '\f')
            return false;
        if (cp < 0x80)
            continue;
        wide++;
        known += (cp >= 0x2010 && cp <= 0x2049) || (cp >= 0x2460 && cp <= 0x2473) ||
                 (cp >= 0x3000 && cp <= 0x303f) || (cp >= 0x4e00 && cp <= 0x9fff) ||
                 (cp >= 0xff00 && cp <= 0xffef) || cp == 0xb7 || (cp >= 0x20000 && cp <= 0x3ffff);
    }
    return known * 10 >= wide * 7;
}

/* Whether most of what is not ASCII in BYTES is UTF-8: then it is UTF-8 with a few bytes gone
 * wrong, and reading it as anything else would make nonsense of it in silence. */
static bool
is_broken_utf8(xj_str bytes)
{
    size_t good = 0, all = 0;

    while (bytes.len > 0) {
        size_t ok = xj_utf8_check(bytes);

        for (size_t i = 0; i < ok; i++)
            good += (unsigned char)bytes.data[i] >= 0x80;
        all += ok < bytes.len;
        bytes = xj_str_skip(bytes, ok + 1);
    }
    all += good;
    return good * 2 > all;
}

static xj_error *
not_text(xj_str bytes)
{
    size_t at = xj_utf8_check(bytes), line = 1;

    for (size_t i = 0; i < at && i < bytes.len; i++)
        line += bytes.data[i] == '\n';
    return xj_error_at(xj_error_new(XJ_E_NOT_UTF8,
                                    "the text is neither UTF-8 nor GB18030 nor UTF-16: byte %zu "
                                    "(line %zu) has no meaning",
                                    at, line),
                       "byte %zu", at);
}

xj_error *
xj_doc__decode(xj_str *utf8, xj_str bytes, xj_pool *pool)
{
    size_t even = 0, odd = 0;

    *utf8 = bytes;
    if (xj_str_starts(bytes, XJ_STR("\xef\xbb\xbf"))) {
        *utf8 = xj_str_skip(bytes, 3);
        return xj_utf8_check(*utf8) == utf8->len ? NULL : not_text(bytes);
    }
    if (xj_str_starts(bytes, XJ_STR("\xff\xfe")) || xj_str_starts(bytes, XJ_STR("\xfe\xff")))
        return convert(utf8, "UTF-16", bytes, pool) ? NULL : not_text(bytes);
    if (xj_utf8_check(bytes) == bytes.len && memchr(bytes.data, 0, bytes.len) == NULL)
        return NULL;
    for (size_t i = 0; i < bytes.len; i++) {
        even += bytes.data[i] == 0 && i % 2 == 0;
        odd += bytes.data[i] == 0 && i % 2 == 1;
    }
    if (even + odd > 0) {
        /* figures and line ends have their zero in front (BE) or behind (LE); the ideographic blank
         * (U+3000) has it the other way round, but is rarer */
        if (bytes.len % 2 == 0 &&
            convert(utf8, even > odd ? "UTF-16BE" : "UTF-16LE", bytes, pool) && is_plausible(*utf8))
            return NULL;
        return xj_error_new(XJ_E_UNSUPPORTED_KIND,
                            "the file is neither a document of a known kind nor text");
    }
    if (!is_broken_utf8(bytes) && convert(utf8, "GB18030", bytes, pool) && is_plausible(*utf8))
        return NULL;
    return not_text(bytes);
}

/* The charset that a page declares in its first 4 KB, or "". */
static xj_str
declared_charset(xj_str bytes, char out[32])
{
    xj_str head = xj_str_sub(bytes, 0, 4096);
    size_t at = 0, n = 0;

    while (n == 0 && (at = xj_str_find(head, XJ_STR("charset"), at)) != XJ_NPOS) {
        at += 7;
        while (at < head.len && strchr(" =\"'", head.data[at]) != NULL)
            at++;
        while (at < head.len && n < 31 &&
               (isalnum((unsigned char)head.data[at]) || strchr("-_", head.data[at]) != NULL))
            out[n++] = (char)tolower((unsigned char)head.data[at++]);
    }
    return xj_str_of(out, n);
}

xj_error *
xj_doc__decode_page(xj_str *utf8, xj_str bytes, xj_pool *pool)
{
    char name[32];
    xj_str charset = declared_charset(bytes, name);

    /* What the bytes are wins over what they say: pages are saved in another encoding. */
    if (xj_utf8_check(bytes) == bytes.len ||
        !(xj_str_starts(charset, XJ_STR("gb")) || xj_str_eq(charset, XJ_STR("hz-gb-2312"))))
        return xj_doc__decode(utf8, bytes, pool);
    return convert(utf8, "GB18030", bytes, pool) ? NULL : not_text(bytes);
}

xj_error *
xj_doc_plain_text(xj_str *utf8, xj_str bytes, xj_pool *result)
{
    if (bytes.len > XJ_DOC_BYTES_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "a file has at most %zu bytes", XJ_DOC_BYTES_MAX);
    return xj_doc__decode(utf8, bytes, result);
}
