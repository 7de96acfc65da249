/* A Word file of any XML gives blocks inside its text on character borders, and the same again.
 * The input: word/document.xml, and where it goes on styles, numbering, footnotes and a header. */
#include "fuzz/fuzz_doc.h"

#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"word/document.xml",  "word/styles.xml",
                                        "word/numbering.xml", "word/footnotes.xml",
                                        "word/header1.xml",   "word/_rels/document.xml.rels"};
    xj_str texts[6];
    xj_pool *pool;

    if (size > FUZZ_INPUT_MAX)
        return 0;
    pool = xj_pool_root();
    cut_parts(texts, 5, xj_str_of((const char *)data, size));
    texts[5] = XJ_STR("<Relationships>"
                      "<Relationship Id='r1' Type='" REL "styles' Target='styles.xml'/>"
                      "<Relationship Id='r2' Type='" REL "numbering' Target='numbering.xml'/>"
                      "<Relationship Id='r3' Type='" REL "footnotes' Target='footnotes.xml'/>"
                      "<Relationship Id='r4' Type='" REL "header' Target='header1.xml'/>"
                      "</Relationships>");
    for (size_t i = 1; i < 5; i++) {
        if (texts[i].len == 0)
            texts[i] = XJ_STR("<x/>");
    }
    read_again(zip_made(names, texts, 6, pool), xj_doc__docx, pool);
    xj_pool_destroy(pool);
    return 0;
}
