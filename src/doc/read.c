/*
 * doc/read.c -- a file of any kind to a document, in this process.
 */
#include "doc/doc_priv.h"

#include "text/chars.h"

#include <strings.h>

static const struct {
    const char *word, *zh;
} kinds[] = {
    [XJ_DOC_UNKNOWN] = {"unknown", "未知"},
    [XJ_DOC_TEXT] = {"text", "文本"},
    [XJ_DOC_DOCX] = {"docx", "Word 文档"},
    [XJ_DOC_XLSX] = {"xlsx", "Excel 表格"},
    [XJ_DOC_HTML] = {"html", "网页"},
    [XJ_DOC_PDF] = {"pdf", "PDF"},
    [XJ_DOC_PICTURE] = {"picture", "图片"},
    [XJ_DOC_OFD] = {"ofd", "OFD"},
    [XJ_DOC_OFFICE] = {"office", "旧版文档"},
    [XJ_DOC_SHEET] = {"sheet", "旧版表格"},
    [XJ_DOC_ENCRYPTED] = {"encrypted", "加密文件"},
};

const char *
xj_doc_kind_word(xj_doc_kind kind)
{
    return kinds[kind].word;
}

xj_error *
xj_doc_read(xj_doc **doc, xj_str bytes, xj_pool *result, xj_pool *scratch)
{
    xj_str text;

    if (bytes.len == 0)
        return xj_error_new(XJ_E_BAD_INPUT, "the file is empty");
    if (bytes.len > XJ_DOC_BYTES_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "the file has %zu bytes; the limit is %zu", bytes.len,
                            XJ_DOC_BYTES_MAX);
    switch (xj_doc_kind_of(bytes)) {
    case XJ_DOC_DOCX:
        return xj_doc__docx(doc, bytes, result, scratch);
    case XJ_DOC_XLSX:
        return xj_doc__xlsx(doc, bytes, result, scratch);
    case XJ_DOC_HTML:
        XJ_TRY(xj_doc__decode_page(&text, bytes, scratch));
        return xj_doc__html(doc, text, result, scratch);
    case XJ_DOC_TEXT:
        XJ_TRY(xj_doc__decode(&text, bytes, scratch));
        return xj_doc_read_text(doc, text, result, scratch);
    case XJ_DOC_PDF:
        return xj_doc__pdf(doc, bytes, result, scratch);
    case XJ_DOC_OFD:
        return xj_doc__ofd(doc, bytes, result, scratch);
    case XJ_DOC_ENCRYPTED:
        return xj_error_new(XJ_E_BAD_INPUT,
                            "the file is encrypted; save it without a password first");
    case XJ_DOC_OFFICE:
    case XJ_DOC_SHEET:
    case XJ_DOC_PICTURE:
        return xj_error_new(XJ_E_UNSUPPORTED_KIND,
                            "this kind of file is read by way of another program");
    case XJ_DOC_UNKNOWN:
        break;
    }
    return xj_error_new(XJ_E_UNSUPPORTED_KIND,
                        "the file is neither a document of a known kind nor text");
}

xj_error *
xj_doc_check_name(xj_str name, xj_str bytes)
{
    static const char *const endings[] = {"docx", "doc", "wps", "rtf", "odt", "xlsx", "xls",
                                          "et",   "ods", "pdf", "ofd", "htm", "html"};
    size_t dot = xj_str_rfind(name, XJ_STR("."));
    xj_str ending = dot == XJ_NPOS ? XJ_STR("") : xj_str_skip(name, dot + 1);

    if (xj_doc_kind_of(bytes) != XJ_DOC_PICTURE)
        return NULL;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (ending.len == strlen(endings[i]) &&
            strncasecmp(ending.data, endings[i], ending.len) == 0)
            return xj_error_new(XJ_E_UNSUPPORTED_KIND,
                                "the file is a picture, though its name ends in \"." XJ_FMT "\"",
                                XJ_ARG(ending));
    }
    return NULL;
}

/* ---- classification marks ---- */

/* 绝密, 机密★1年, 秘密 ★: the mark as GB/T 9704 prints it, alone or with its term, N characters at
 * C. */
static bool
is_mark(const xj_char *c, size_t n, bool internal)
{
    static const char16_t *const marks[] = {u"绝密", u"机密", u"秘密"};
    static const char16_t *const inner[] = {u"内部资料", u"工作秘密"};

    for (size_t m = 0; m < 3; m++) {
        if (n >= 2 && c[0] == marks[m][0] && c[1] == marks[m][1] &&
            (n == 2 || c[2] == u'★' || c[2] == u'☆' || c[2] == '*'))
            return true;
    }
    for (size_t m = 0; internal && m < 2; m++) {
        if (n >= 4 && c[0] == inner[m][0] && c[1] == inner[m][1] && c[2] == inner[m][2] &&
            c[3] == inner[m][3] && (n == 4 || c[4] == u'★' || c[4] == '(' || c[4] == ','))
            return true;
    }
    return false;
}

static bool
has_mark(xj_str text, bool internal)
{
    size_t from = 0;

    /* pieces between white space: the mark stands beside a copy number or an urgency */
    for (size_t at = 0; at <= text.len; at++) {
        xj_char c[16];
        xj_str piece;

        if (at < text.len && text.data[at] != ' ' && text.data[at] != '\t' && text.data[at] != '\n')
            continue;
        piece = xj_str_sub(text, from, at);
        if (is_mark(c, xj_chars_fold_some(c, 16, piece, NULL), internal))
            return true;
        from = at + 1;
    }
    return false;
}

#define MARK_BLOCKS 12 /* from the top: the mark stands on the first page, above the title */
#define MARK_BYTES 120 /* a longer block is a sentence */

xj_error *
xj_doc_check_marks(const xj_doc *doc, bool internal)
{
    for (size_t i = 0; i < doc->nblocks && i < MARK_BLOCKS; i++) {
        const xj_block *block = &doc->blocks[i];
        xj_str text = xj_str_sub(doc->text, block->from, block->to);
        xj_char c[16];

        if (block->kind == XJ_BLOCK_TABLE)
            continue;
        /* also with its characters spaced out: 机  密 */
        if (text.len <= MARK_BYTES && (has_mark(text, internal) ||
                                       is_mark(c, xj_chars_fold_some(c, 16, text, NULL), internal)))
            return xj_error_new(XJ_E_CLASSIFIED,
                                "the document is marked \"" XJ_FMT "\" and is not taken in",
                                XJ_ARG(xj_str_trim(text)));
    }
    for (size_t i = 0; i < doc->nfurniture; i++) {
        if (doc->furniture[i].text.len <= MARK_BYTES && has_mark(doc->furniture[i].text, internal))
            return xj_error_new(XJ_E_CLASSIFIED, "the document is marked as classified in its "
                                                 "running head and is not taken in");
    }
    return NULL;
}
