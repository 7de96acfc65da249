/*
 * A Word file is a container of XML parts.  Ours has four: what the container holds, where its text
 * is, the text, and the footer with the page's number; the text carries its type itself, so that no
 * style of the reader's changes it.
 */
#include "paper/letter.h"

#include <zip.h>

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define OFFICE "http://schemas.openxmlformats.org/"
#define WORD "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define SPACE "xmlns:w=\"" OFFICE "wordprocessingml/2006/main\""

static const char types[] =
    XML "<Types xmlns=\"" OFFICE "package/2006/content-types\">"
        "<Default Extension=\"rels\" "
        "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
        "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
        "<Override PartName=\"/word/document.xml\" ContentType=\"" WORD "document.main+xml\"/>"
        "<Override PartName=\"/word/footer1.xml\" ContentType=\"" WORD "footer+xml\"/></Types>";

static const char package[] = XML "<Relationships xmlns=\"" OFFICE "package/2006/relationships\">"
                                  "<Relationship Id=\"rId1\" Type=\"" OFFICE
                                  "officeDocument/2006/relationships/officeDocument\" "
                                  "Target=\"word/document.xml\"/></Relationships>";

static const char parts[] =
    XML "<Relationships xmlns=\"" OFFICE "package/2006/relationships\">"
        "<Relationship Id=\"rId1\" Type=\"" OFFICE "officeDocument/2006/relationships/footer\" "
        "Target=\"footer1.xml\"/></Relationships>";

/* — 1 — in 宋体 14 pt. */
static const char footer[] =
    XML "<w:ftr " SPACE "><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>"
        "<w:r><w:rPr><w:rFonts w:ascii=\"SimSun\" w:hAnsi=\"SimSun\" w:eastAsia=\"宋体\"/>"
        "<w:sz w:val=\"28\"/></w:rPr><w:t xml:space=\"preserve\">— </w:t></w:r>"
        "<w:fldSimple w:instr=\" PAGE \"><w:r><w:rPr><w:sz w:val=\"28\"/></w:rPr><w:t>1</w:t></w:r>"
        "</w:fldSimple><w:r><w:rPr><w:sz w:val=\"28\"/></w:rPr>"
        "<w:t xml:space=\"preserve\"> —</w:t></w:r></w:p></w:ftr>";

/* A4; 37 mm above, 28 mm on the left, 26 mm on the right, 35 mm below. */
static const char page[] =
    "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId1\" xmlns:r=\"" OFFICE
    "officeDocument/2006/relationships\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
    "<w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1587\" w:header=\"851\" "
    "w:footer=\"1417\" w:gutter=\"0\"/></w:sectPr>";

/* ---- paragraphs ---- */

typedef struct type {
    const char *font;
    int half_points;
    const char *paragraph;
} type;

#define LINES "<w:spacing w:line=\"560\" w:lineRule=\"exact\"/>"
#define INDENT "<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>"

static const type heading_type = {"方正小标宋简体", 44,
                                  "<w:spacing w:after=\"560\"/><w:jc w:val=\"center\"/>"};
static const type first_type = {"黑体", 32, LINES INDENT};
static const type second_type = {"楷体_GB2312", 32, LINES INDENT};
static const type body_type = {"仿宋_GB2312", 32, LINES INDENT "<w:jc w:val=\"both\"/>"};

static void
add_escaped(xj_buf *out, xj_str text)
{
    for (size_t at = 0; at < text.len;) {
        const size_t from = at;
        const uint32_t cp = xj_utf8_next(text, &at);

        if (cp == '<')
            xj_buf_add(out, XJ_STR("&lt;"));
        else if (cp == '>')
            xj_buf_add(out, XJ_STR("&gt;"));
        else if (cp == '&')
            xj_buf_add(out, XJ_STR("&amp;"));
        else if (cp >= ' ' && cp != 0x7f && cp != 0xfffe && cp != 0xffff)
            xj_buf_add(out, xj_str_sub(text, from, at));
    }
}

static void
add_paragraph(xj_buf *out, const type *how, xj_str text)
{
    xj_buf_printf(out,
                  "<w:p><w:pPr>%s</w:pPr><w:r><w:rPr><w:rFonts w:ascii=\"Times New Roman\" "
                  "w:hAnsi=\"Times New Roman\" w:eastAsia=\"%s\"/><w:sz w:val=\"%d\"/></w:rPr>"
                  "<w:t xml:space=\"preserve\">",
                  how->paragraph, how->font, how->half_points);
    add_escaped(out, text);
    xj_buf_add(out, XJ_STR("</w:t></w:r></w:p>"));
}

/* Skip numerals of headings (一二三 …) from AT; whether there was one. */
static bool
skip_numerals(xj_str line, size_t *at)
{
    static const char *const numerals[] = {"一", "二", "三", "四", "五",
                                           "六", "七", "八", "九", "十"};
    const size_t from = *at;

    for (size_t i = 0; i < sizeof numerals / sizeof *numerals;) {
        if (xj_str_starts(xj_str_skip(line, *at), xj_str_c(numerals[i]))) {
            *at += strlen(numerals[i]);
            i = 0;
        } else {
            i++;
        }
    }
    return *at > from;
}

static const type *
type_of(xj_str line)
{
    size_t at = 0;

    if (skip_numerals(line, &at) && xj_str_starts(xj_str_skip(line, at), XJ_STR("、")))
        return &first_type;
    at = strlen("（");
    if (xj_str_starts(line, XJ_STR("（")) && skip_numerals(line, &at) &&
        xj_str_starts(xj_str_skip(line, at), XJ_STR("）")))
        return &second_type;
    return &body_type;
}

static void
write_document(xj_buf *out, xj_str heading, xj_str body)
{
    xj_str line;

    xj_buf_add(out, XJ_STR(XML "<w:document " SPACE "><w:body>"));
    add_paragraph(out, &heading_type, heading);
    while (xj_str_split(&line, &body, '\n'))
        if (xj_str_trim(line).len > 0)
            add_paragraph(out, type_of(xj_str_trim(line)), xj_str_trim(line));
    xj_buf_add(out, xj_str_c(page));
    xj_buf_add(out, XJ_STR("</w:body></w:document>"));
}

/* ---- the container ---- */

static xj_error *
failed(const char *why)
{
    return xj_error_detail(xj_error_new(XJ_E_IO, "the Word file could not be written"), "%s", why);
}

static xj_error *
add_part(zip_t *zip, const char *name, xj_str text)
{
    zip_source_t *source = zip_source_buffer(zip, text.data, text.len, 0);

    if (source == NULL)
        return failed(zip_strerror(zip));
    if (zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8) < 0) {
        zip_source_free(source);
        return failed(zip_strerror(zip));
    }
    return NULL;
}

static xj_error *
add_parts(zip_t *zip, xj_str document)
{
    XJ_TRY(add_part(zip, "[Content_Types].xml", xj_str_c(types)));
    XJ_TRY(add_part(zip, "_rels/.rels", xj_str_c(package)));
    XJ_TRY(add_part(zip, "word/document.xml", document));
    XJ_TRY(add_part(zip, "word/_rels/document.xml.rels", xj_str_c(parts)));
    return add_part(zip, "word/footer1.xml", xj_str_c(footer));
}

/* Write the container into SOURCE, which stays the caller's. */
static xj_error *
pack(zip_source_t *source, xj_str document)
{
    zip_error_t why;
    zip_t *zip;
    xj_error *err;

    zip_error_init(&why);
    zip = zip_open_from_source(source, ZIP_TRUNCATE, &why);
    if (zip == NULL) {
        err = failed(zip_error_strerror(&why));
        zip_error_fini(&why);
        return err;
    }
    zip_source_keep(source);
    err = add_parts(zip, document);
    if (err == NULL && zip_close(zip) == 0)
        return NULL;
    if (err == NULL)
        err = failed(zip_strerror(zip));
    zip_discard(zip);
    return err;
}

static xj_error *
read_all(xj_str *file, zip_source_t *source, xj_pool *result)
{
    zip_stat_t stat;
    char *bytes;

    if (zip_source_stat(source, &stat) != 0 || (stat.valid & ZIP_STAT_SIZE) == 0 ||
        zip_source_open(source) != 0)
        return failed(zip_error_strerror(zip_source_error(source)));
    bytes = xj_alloc(result, stat.size + 1);
    if (zip_source_read(source, bytes, stat.size) != (zip_int64_t)stat.size) {
        zip_source_close(source);
        return failed("it is cut short");
    }
    zip_source_close(source);
    *file = xj_str_of(bytes, stat.size);
    return NULL;
}

xj_error *
xj_letter_docx(xj_str *file, xj_str heading, xj_str body, xj_pool *result, xj_pool *scratch)
{
    zip_source_t *source;
    zip_error_t why;
    xj_buf document;
    xj_error *err;

    xj_buf_init(&document, scratch, XJ_LETTER_MAX);
    write_document(&document, heading, body);
    XJ_TRY(xj_buf_check(&document));
    zip_error_init(&why);
    source = zip_source_buffer_create(NULL, 0, 0, &why);
    if (source == NULL) {
        err = failed(zip_error_strerror(&why));
        zip_error_fini(&why);
        return err;
    }
    err = pack(source, xj_buf_str(&document));
    if (err == NULL)
        err = read_all(file, source, result);
    zip_source_free(source);
    return err;
}
