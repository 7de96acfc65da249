/* A spreadsheet of any XML gives tables whose spans lie inside them, and the same again.  The
 * input: a sheet, and where it goes on shared strings, styles and the workbook. */
#include "fuzz/fuzz_doc.h"

#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml",
                                        "xl/styles.xml", "xl/workbook.xml",
                                        "xl/_rels/workbook.xml.rels"};
    xj_str texts[5];
    xj_pool *pool;

    if (size > FUZZ_INPUT_MAX)
        return 0;
    pool = xj_pool_root();
    cut_parts(texts, 4, xj_str_of((const char *)data, size));
    texts[4] =
        XJ_STR("<Relationships>"
               "<Relationship Id='r1' Type='" REL "worksheet' Target='worksheets/sheet1.xml'/>"
               "<Relationship Id='r2' Type='" REL "sharedStrings' Target='sharedStrings.xml'/>"
               "<Relationship Id='r3' Type='" REL "styles' Target='styles.xml'/>"
               "</Relationships>");
    for (size_t i = 1; i < 3; i++) {
        if (texts[i].len == 0)
            texts[i] = XJ_STR("<x/>");
    }
    if (texts[3].len == 0)
        texts[3] = XJ_STR("<workbook xmlns:r='r'><sheets><sheet name='任务' r:id='r1'/><sheet "
                          "name='again' r:id='r1'/></sheets></workbook>");
    read_again(zip_made(names, texts, 5, pool), xj_doc__xlsx, pool);
    xj_pool_destroy(pool);
    return 0;
}
