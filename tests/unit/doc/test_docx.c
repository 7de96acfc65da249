#include "parts.h"

#include "doc/doc_priv.h"

#define HEAD "<w:document xmlns:w='w' xmlns:mc='mc' xmlns:wps='wps'><w:body>"
#define TAIL "</w:body></w:document>"
#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define STYLES                                                                                     \
    "<w:styles xmlns:w='w'>"                                                                       \
    "<w:style w:type='paragraph' w:styleId='a' w:default='1'><w:name w:val='Normal'/></w:style>"   \
    "<w:style w:type='paragraph' w:styleId='1'><w:name w:val='heading 1'/><w:basedOn w:val='a'/>"  \
    "</w:style><w:style w:type='paragraph' w:styleId='t'><w:name w:val='toc 1'/></w:style>"        \
    "</w:styles>"
#define NUMBERING                                                                                  \
    "<w:numbering xmlns:w='w'><w:abstractNum w:abstractNumId='0'>"                                 \
    "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCountingThousand'/>"            \
    "<w:lvlText w:val='%1、'/></w:lvl>"                                                           \
    "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/>"                    \
    "<w:lvlText w:val='（%2）'/></w:lvl></w:abstractNum>"                                        \
    "<w:num w:numId='7'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
#define RELATIONS                                                                                  \
    "<Relationships><Relationship Id='r1' Type='x/styles' Target='styles.xml'/>"                   \
    "<Relationship Id='r2' Type='x/numbering' Target='numbering.xml'/>"                            \
    "<Relationship Id='r3' Type='x/header' Target='header1.xml'/>"                                 \
    "<Relationship Id='r4' Type='x/footnotes' Target='footnotes.xml'/></Relationships>"

static void
expect(const char *body, const char *expected)
{
    xj_pool *pool = xj_pool_root();
    xj_str bytes =
        zip_of(pool, (const char *const[]){
                         "word/document.xml", body, "word/styles.xml", STYLES, "word/numbering.xml",
                         NUMBERING, "word/_rels/document.xml.rels", RELATIONS, "word/header1.xml",
                         "<w:hdr xmlns:w='w'>" P("眉") "</w:hdr>", "word/footnotes.xml",
                         "<w:footnotes xmlns:w='w'>" P("注") "</w:footnotes>", NULL});
    xj_doc *doc;

    must_ok(xj_doc_read(&doc, bytes, pool, pool));
    assert_str(shown(doc, pool), expected);
    xj_pool_destroy(pool);
}

static void
test_docx__runs_are_joined_and_furniture_stands_apart(void **state)
{
    (void)state;
    expect(HEAD "<w:p><w:r><w:t>健</w:t></w:r><w:r><w:t>康</w:t></w:r></w:p>" TAIL,
           "P 健康\nF 眉\nF 注\n");
}

static void
test_docx__automatic_numbers_are_written_out(void **state)
{
#define ITEM(level, text)                                                                          \
    "<w:p><w:pPr><w:numPr><w:ilvl w:val='" level "'/><w:numId w:val='7'/></w:numPr></w:pPr>"       \
    "<w:r><w:t>" text "</w:t></w:r></w:p>"
    (void)state;
    expect(HEAD ITEM("0", "总则") ITEM("1", "甲") ITEM("1", "乙") ITEM("0", "任务") ITEM("1", "丙")
               TAIL,
           "I 一、总则\nI （一）甲\nI （二）乙\nI 二、任务\nI （一）丙\nF 眉\nF 注\n");
}

static void
test_docx__tracked_changes_read_as_accepted(void **state)
{
    (void)state;
    expect(HEAD "<w:p><w:r><w:t>完成</w:t></w:r><w:del><w:r><w:delText>八</w:delText></w:r></w:del>"
                "<w:ins><w:r><w:t>九</w:t></w:r></w:ins><w:r><w:t>家</w:t></w:r></w:p>"
                "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前</w:t></w:r></w:p>" P("后")
                    TAIL,
           "P 完成九家\nP 前后\nF 眉\nF 注\n");
}

static void
test_docx__headings_contents_and_bold_lines(void **state)
{
    (void)state;
    expect(HEAD "<w:p><w:pPr><w:pStyle w:val='1'/></w:pPr><w:r><w:t>总则</w:t></w:r></w:p>"
                "<w:p><w:pPr><w:pStyle w:val='t'/></w:pPr><w:r><w:t>目录行</w:t></w:r></w:p>"
                "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>粗体标题</w:t></w:r></w:p>"
                "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:t>显</w:t></w:r></"
                "w:p>" TAIL,
           "H 总则\nH 粗体标题\nP 显\nF 目录行\nF 眉\nF 注\n");
}

static void
test_docx__soft_breaks_part_lines_that_begin_anew(void **state)
{
    (void)state;
    expect(HEAD "<w:p><w:r><w:t>1.做好宣传</w:t><w:br/><w:t>工作。</w:t><w:br/>"
                "<w:t>责任单位：市教育局</w:t></w:r></w:p>" TAIL,
           "I 1.做好宣传工作。\nP 责任单位：市教育局\nF 眉\nF 注\n");
}

static void
test_docx__text_boxes_follow_their_host_once(void **state)
{
    (void)state;
    expect(HEAD "<w:p><w:r><w:t>主</w:t><mc:AlternateContent><mc:Choice><wps:txbx>"
                "<w:txbxContent>" P(
                    "框") "</w:txbxContent></wps:txbx></mc:Choice>"
                          "<mc:Fallback><w:pict><w:txbxContent>" P(
                              "框") "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent>"
                                    "<w:t>体</w:t></w:r></w:p>" TAIL,
           "P 主体\nP 框\nF 眉\nF 注\n");
}

static void
test_docx__fields_show_their_result_alone(void **state)
{
    (void)state;
    expect(HEAD "<w:p><w:r><w:t>第</w:t></w:r><w:r><w:fldChar w:fldCharType='begin'/></w:r>"
                "<w:r><w:instrText>PAGE</w:instrText></w:r>"
                "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>3</w:t></w:r>"
                "<w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:t>页</w:t></w:r></w:p>" TAIL,
           "P 第3页\nF 眉\nF 注\n");
}

static void
test_docx__tables_keep_their_spans(void **state)
{
#define TC(pr, text) "<w:tc><w:tcPr>" pr "</w:tcPr>" P(text) "</w:tc>"
#define EMPTY(pr) "<w:tc><w:tcPr>" pr "</w:tcPr><w:p/></w:tc>"
    (void)state;
    expect(HEAD "<w:tbl><w:tr>" TC(
               "<w:gridSpan w:val='3'/>",
               "一、行动") "</w:tr>"
                           "<w:tr>" TC("<w:vMerge w:val='restart'/>", "甲") TC("", "1")
                               TC("", "a") "</w:tr>"
                                           "<w:tr>" EMPTY("<w:vMerge/>") TC("", "2") EMPTY(
                                               "") "</w:tr>"
                                                   "<w:tr><w:trPr><w:del/></w:trPr>" TC("", "x")
                                                       TC("", "y") TC("", "z") "</w:tr>"
                                                                               "</w:tbl>" TAIL,
           "T3x3{0,0 1x3 一、行动}{1,0 2x1 甲}{1,1 1x1 1}{1,2 1x1 a}{2,1 1x1 2}{2,2 1x1 }\n"
           "F 眉\nF 注\n");
}

static void
test_docx__refuses_what_is_damaged(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_str bytes = zip_of(pool, (const char *const[]){"word/document.xml", HEAD "<w:p>", NULL});
    xj_doc *doc;

    must_fail(xj_doc_read(&doc, bytes, pool, pool), XJ_E_BAD_INPUT);
    must_fail(xj_doc_read(&doc, xj_str_sub(bytes, 0, bytes.len - 30), pool, pool), XJ_E_BAD_INPUT);
    bytes = zip_of(pool, (const char *const[]){"word/document.xml", HEAD TAIL, NULL});
    must_fail(xj_doc_read(&doc, bytes, pool, pool), XJ_E_BAD_INPUT); /* no text */
    bytes = zip_of(pool, (const char *const[]){
                             "word/document.xml",
                             "<!DOCTYPE d [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]><d>&b;</d>", NULL});
    must_fail(xj_doc_read(&doc, bytes, pool, pool), XJ_E_BAD_INPUT);
    xj_pool_destroy(pool);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_docx__runs_are_joined_and_furniture_stands_apart),
        cmocka_unit_test(test_docx__automatic_numbers_are_written_out),
        cmocka_unit_test(test_docx__tracked_changes_read_as_accepted),
        cmocka_unit_test(test_docx__headings_contents_and_bold_lines),
        cmocka_unit_test(test_docx__soft_breaks_part_lines_that_begin_anew),
        cmocka_unit_test(test_docx__text_boxes_follow_their_host_once),
        cmocka_unit_test(test_docx__fields_show_their_result_alone),
        cmocka_unit_test(test_docx__tables_keep_their_spans),
        cmocka_unit_test(test_docx__refuses_what_is_damaged),
    };

    return xjtest_main(tests);
}
