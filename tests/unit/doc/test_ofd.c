#include "parts.h"

#define OBJECT(box, text)                                                                          \
    "<ofd:TextObject Boundary='" box "' Size='4'><ofd:TextCode X='0' Y='4'>" text                  \
    "</ofd:TextCode></ofd:TextObject>"

static void
test_ofd__text_objects_become_lines(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_str bytes = zip_of(
        pool,
        (const char *const[]){
            "OFD.xml",
            "<ofd:OFD xmlns:ofd='o'><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml"
            "</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml",
            "<ofd:Document xmlns:ofd='o'><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>"
            "0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>"
            "<ofd:Page ID='1' BaseLoc='Pages/P0.xml'/></ofd:Pages></ofd:Document>",
            "Doc_0/Pages/P0.xml",
            "<ofd:Page xmlns:ofd='o'><ofd:Content><ofd:Layer>" OBJECT("28 60 40 5", "二、任务")
                OBJECT("28 50 40 5", "一、总则") "</ofd:Layer></ofd:Content></ofd:Page>",
            NULL});
    xj_doc *doc;

    must_ok(xj_doc_read(&doc, bytes, pool, pool));
    assert_str(shown(doc, pool), "I 一、总则\nI 二、任务\n");
    assert_int_equal(doc->blocks[0].place.page, 1);
    xj_pool_destroy(pool);
}

static void
test_ofd__a_missing_part_is_named(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_str bytes =
        zip_of(pool, (const char *const[]){"OFD.xml",
                                           "<OFD><DocRoot>D/Document.xml</DocRoot></OFD>", NULL});
    xj_doc *doc;
    xj_error *err = xj_doc_read(&doc, bytes, pool, pool);

    assert_true(xj_error_is(err, XJ_E_BAD_INPUT));
    assert_non_null(strstr(xj_error_message(err), "D/Document.xml"));
    xj_error_clear(err);
    xj_pool_destroy(pool);
}

static xj_error *
read_one_page(xj_doc **doc, const char *page, xj_pool *pool)
{
    return xj_doc_read(
        doc,
        zip_of(pool,
               (const char *const[]){"OFD.xml", "<OFD><DocRoot>D.xml</DocRoot></OFD>", "D.xml",
                                     "<D><PhysicalBox>0 0 nan 297</PhysicalBox>"
                                     "<Page BaseLoc='P.xml'/></D>",
                                     "P.xml", page, NULL}),
        pool, pool);
}

/* What is no number, or one of no page, counts as missing. */
static void
test_ofd__places_off_every_page_are_no_harm(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_doc *doc;

    must_ok(read_one_page(&doc,
                          "<P xmlns:ofd='o'>" OBJECT("nan inf 1e38 5", "一、总则")
                              OBJECT("28 1e30 40 5", "二、任务") "</P>",
                          pool));
    for (size_t i = 0; i < doc->nblocks; i++) {
        for (int k = 0; k < 4; k++)
            assert_true(doc->blocks[i].place.box[k] >= 0 && doc->blocks[i].place.box[k] < 1e6f);
    }
    xj_pool_destroy(pool);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ofd__text_objects_become_lines),
        cmocka_unit_test(test_ofd__a_missing_part_is_named),
        cmocka_unit_test(test_ofd__places_off_every_page_are_no_harm),
    };

    return xjtest_main(tests);
}
