#include "parts.h"

#include "doc/doc_priv.h"

#define WORKBOOK(sheets)                                                                           \
    "<workbook xmlns:r='r'><workbookPr date1904='0'/><sheets>" sheets "</sheets></workbook>"
#define RELATIONS                                                                                  \
    "<Relationships><Relationship Id='a' Type='x/worksheet' Target='worksheets/sheet1.xml'/>"      \
    "<Relationship Id='b' Type='x/worksheet' Target='worksheets/sheet2.xml'/>"                     \
    "<Relationship Id='s' Type='x/sharedStrings' Target='sharedStrings.xml'/>"                     \
    "<Relationship Id='t' Type='x/styles' Target='styles.xml'/></Relationships>"
#define STYLES                                                                                     \
    "<styleSheet><numFmts><numFmt numFmtId='176' formatCode='0.0%'/></numFmts>"                    \
    "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"                                             \
    "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='176'/></cellXfs></styleSheet>"
#define STRINGS                                                                                    \
    "<sst><si><t>任务</t></si><si><r><t>单</t></r><r><t>位</t></r><rPh><t>x</t></rPh></si></sst>"

static xj_error *
read_book(xj_doc **doc, xj_pool *pool, const char *sheets, const char *one, const char *two)
{
    xj_str bytes =
        zip_of(pool, (const char *const[]){
                         "xl/workbook.xml", sheets, "xl/_rels/workbook.xml.rels", RELATIONS,
                         "xl/styles.xml", STYLES, "xl/sharedStrings.xml", STRINGS,
                         "xl/worksheets/sheet1.xml", one, "xl/worksheets/sheet2.xml", two, NULL});

    return xj_doc_read(doc, bytes, pool, pool);
}

#define ONE "<sheet name='Sheet1' sheetId='1' r:id='a'/>"
#define NOTHING "<worksheet><sheetData/></worksheet>"

static void
test_xlsx__strings_dates_shares_and_merges(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_doc *doc;

    must_ok(read_book(&doc, pool, WORKBOOK(ONE),
                      "<worksheet><sheetData>"
                      "<row r='1'><c r='A1' t='inlineStr'><is><t>台账</t></is></c></row>"
                      "<row r='3'><c r='A3' t='s'><v>0</v></c><c r='B3' t='s'><v>1</v></c>"
                      "<c r='C3' t='str'><v>时限</v></c></row>"
                      "<row r='4'><c r='A4' t='inlineStr'><is><t>甲</t></is></c>"
                      "<c r='B4' t='inlineStr'><is><t>市教育局</t></is></c>"
                      "<c r='C4' s='1'><v>45291</v></c></row>"
                      "<row r='5'><c r='A5' t='inlineStr'><is><t>乙</t></is></c>"
                      "<c r='C5' s='2'><v>0.285</v></c><c r='D5' t='e'><v>#REF!</v></c></row>"
                      "<row r='6'><c r='A6' t='inlineStr'><is><t>备注：略</t></is></c></row>"
                      "</sheetData><mergeCells><mergeCell ref='A1:C1'/><mergeCell ref='B4:B5'/>"
                      "</mergeCells></worksheet>",
                      NOTHING));
    assert_str(shown(doc, pool),
               "H 台账\nT3x3{0,0 1x1 任务}{0,1 1x1 单位}{0,2 1x1 时限}{1,0 1x1 甲}"
               "{1,1 2x1 市教育局}{1,2 1x1 2023-12-31}{2,0 1x1 乙}{2,2 1x1 28.5%}\n"
               "P 备注：略\n");
    assert_int_equal(doc->blocks[1].cells[4].place.row, 4);
    assert_int_equal(doc->blocks[1].cells[4].place.col, 2);
    assert_int_equal(doc->blocks[1].cells[4].place.sheet, 1);
    xj_pool_destroy(pool);
}

static void
test_xlsx__sheets_in_order_without_hidden_ones(void **state)
{
#define SHEET(a, b)                                                                                \
    "<worksheet><sheetData><row r='1'><c r='A1'><v>" a "</v></c><c r='B1'><v>" b                   \
    "</v></c></row><row r='2'><c r='A2'><v>3</v></c><c r='B2'><v>4</v></c></row></sheetData>"      \
    "</worksheet>"
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_doc *doc;

    must_ok(read_book(&doc, pool, WORKBOOK("<sheet name='控烟行动' sheetId='2' r:id='b'/>" ONE),
                      SHEET("1", "2"), SHEET("8", "9")));
    assert_str(shown(doc, pool), "H 控烟行动\nT2x2{0,0 1x1 8}{0,1 1x1 9}{1,0 1x1 3}{1,1 1x1 4}\n"
                                 "T2x2{0,0 1x1 1}{0,1 1x1 2}{1,0 1x1 3}{1,1 1x1 4}\n");
    must_ok(read_book(&doc, pool,
                      WORKBOOK("<sheet name='x' state='hidden' sheetId='2' r:id='b'/>" ONE),
                      SHEET("1", "2"), SHEET("8", "9")));
    assert_str(shown(doc, pool), "T2x2{0,0 1x1 1}{0,1 1x1 2}{1,0 1x1 3}{1,1 1x1 4}\n");
    xj_pool_destroy(pool);
}

static void
test_xlsx__the_last_row_is_taken_and_the_next_refused(void **state)
{
#define ROW(row)                                                                                   \
    "<worksheet><sheetData><row r='" row "'><c r='A" row                                           \
    "'><v>1</v></c></row></sheetData></worksheet>"
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_doc *doc;
    xj_error *err;

    must_ok(read_book(&doc, pool, WORKBOOK(ONE), ROW("65536"), NOTHING));
    err = read_book(&doc, pool, WORKBOOK(ONE), ROW("65537"), NOTHING);
    assert_true(xj_error_is(err, XJ_E_TOO_LARGE));
    assert_string_equal(xj_error_field(err), "sheet 1, row 65537, column 1");
    xj_error_clear(err);
    must_fail(read_book(&doc, pool, WORKBOOK(ONE),
                        "<worksheet><sheetData><row><c r='1A'><v>1</v></c></row></sheetData>"
                        "</worksheet>",
                        NOTHING),
              XJ_E_BAD_INPUT);
    must_fail(read_book(&doc, pool, WORKBOOK(ONE), NOTHING, NOTHING), XJ_E_BAD_INPUT);
    xj_pool_destroy(pool);
}

static void
test_xlsx__of_two_cells_at_one_place_the_later_counts(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_doc *doc;

    must_ok(read_book(&doc, pool, WORKBOOK(ONE),
                      "<worksheet><sheetData>"
                      "<row r='2'><c r='B2'><v>4</v></c><c r='A2'><v>3</v></c></row>"
                      "<row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>2</v></c></row>"
                      "<row r='2'><c r='B2'><v>5</v></c></row></sheetData></worksheet>",
                      NOTHING));
    assert_str(shown(doc, pool), "T2x2{0,0 1x1 1}{0,1 1x1 2}{1,0 1x1 3}{1,1 1x1 5}\n");
    xj_pool_destroy(pool);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_xlsx__strings_dates_shares_and_merges),
        cmocka_unit_test(test_xlsx__sheets_in_order_without_hidden_ones),
        cmocka_unit_test(test_xlsx__the_last_row_is_taken_and_the_next_refused),
        cmocka_unit_test(test_xlsx__of_two_cells_at_one_place_the_later_counts),
    };

    return xjtest_main(tests);
}
