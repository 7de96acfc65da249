/* Word files that come by other ways, and the drawings that rows and findings show. */
#include "play/play.h"

#include <zip.h>

#define BYTES_MAX ((size_t)256 << 10)

static void
add_paragraph(xj_buf *out, xj_str text, bool heading)
{
    xj_buf_printf(out, "<w:p><w:pPr>%s</w:pPr><w:r><w:rPr>%s</w:rPr><w:t xml:space=\"preserve\">",
                  heading ? "<w:jc w:val=\"center\"/>" : "<w:ind w:firstLine=\"640\"/>",
                  heading ? "<w:b/><w:sz w:val=\"44\"/>" : "<w:sz w:val=\"32\"/>");
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.data[i];

        if (c == '<')
            xj_buf_add(out, XJ_STR("&lt;"));
        else if (c == '&')
            xj_buf_add(out, XJ_STR("&amp;"));
        else
            xj_buf_add(out, xj_str_of(&c, 1));
    }
    xj_buf_add(out, XJ_STR("</w:t></w:r></w:p>"));
}

static bool
add_part(zip_t *zip, const char *name, xj_str body)
{
    zip_source_t *source = zip_source_buffer(zip, body.data, body.len, 0);
    zip_int64_t at;

    if (source == NULL)
        return false;
    at = zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8);
    if (at < 0) {
        zip_source_free(source);
        return false;
    }
    /* The same bytes in every run: a part carries a day of its own. */
    return zip_file_set_dostime(zip, (zip_uint64_t)at, 0, 0x5A21, 0) == 0;
}

/* The bytes of a closed archive, which SOURCE holds. */
static bool
take_bytes(xj_str *bytes, zip_source_t *source, xj_pool *pool)
{
    char *data = xj_alloc(pool, BYTES_MAX);
    zip_int64_t n;

    if (zip_source_open(source) != 0)
        return false;
    n = zip_source_read(source, data, BYTES_MAX);
    zip_source_close(source);
    *bytes = xj_str_of(data, n < 0 ? 0 : (size_t)n);
    return n > 0 && (size_t)n < BYTES_MAX;
}

xj_error *
play_docx(xj_str *bytes, const play *p, xj_str heading, const xj_str *paragraphs, size_t n)
{
    static const char types[] =
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
        "<Default Extension=\"rels\" "
        "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
        "<Override PartName=\"/word/document.xml\" ContentType=\"application/"
        "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    static const char relations[] =
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
        "relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip = source == NULL ? NULL : zip_open_from_source(source, ZIP_TRUNCATE, NULL);
    bool good = zip != NULL;
    xj_buf body;

    xj_buf_init(&body, p->turn, BYTES_MAX);
    xj_buf_add(&body, XJ_STR("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
                             "<w:document xmlns:w=\"http://schemas.openxmlformats.org/"
                             "wordprocessingml/2006/main\"><w:body>"));
    add_paragraph(&body, heading, true);
    for (size_t i = 0; i < n; i++)
        add_paragraph(&body, paragraphs[i], false);
    xj_buf_add(&body, XJ_STR("<w:sectPr/></w:body></w:document>"));
    if (good) {
        zip_source_keep(source);
        good = add_part(zip, "[Content_Types].xml", xj_str_c(types)) &&
               add_part(zip, "_rels/.rels", xj_str_c(relations)) &&
               add_part(zip, "word/document.xml", xj_buf_str(&body));
        if (!good || zip_close(zip) != 0) {
            zip_discard(zip);
            good = false;
        }
    }
    good = good && take_bytes(bytes, source, p->turn);
    if (source != NULL)
        zip_source_free(source);
    return good ? xj_buf_check(&body) : xj_error_new(XJ_E_IO, "a Word file could not be made");
}

xj_error *
play_picture(xj_str *bytes, const play *p, const char *name)
{
    return play_file(bytes,
                     xj_str_printf(p->turn, "%s/../samples/pictures/%s.png", p->folder, name).data,
                     p->turn);
}
