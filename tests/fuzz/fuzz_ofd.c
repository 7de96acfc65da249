/* Pages of any XML, laid out by their boxes, give blocks inside their text, and the same again. The
 * input: a page, and where it goes on another page and Document.xml. */
#include "fuzz/fuzz_doc.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"Doc_0/Pages/1.xml", "Doc_0/Pages/2.xml",
                                        "Doc_0/Document.xml", "OFD.xml"};
    xj_str texts[4];
    xj_pool *pool;

    if (size > FUZZ_INPUT_MAX)
        return 0;
    pool = xj_pool_root();
    cut_parts(texts, 3, xj_str_of((const char *)data, size));
    if (texts[1].len == 0)
        texts[1] = XJ_STR("<x/>");
    if (texts[2].len == 0)
        texts[2] = XJ_STR("<Document><PhysicalBox>0 0 210 297</PhysicalBox><Pages>"
                          "<Page BaseLoc='Pages/1.xml'/><Page BaseLoc='Pages/2.xml'/></Pages>"
                          "</Document>");
    texts[3] = XJ_STR("<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>");
    read_again(zip_made(names, texts, 4, pool), xj_doc__ofd, pool);
    xj_pool_destroy(pool);
    return 0;
}
