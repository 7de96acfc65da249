#include "parts.h"

#include "doc/doc_priv.h"

static void
note(void *arg, const char *name, const char **attrs)
{
    xj_buf_printf(arg, "<%s %s>", name,
                  xj_xml__attr(attrs, "v") == NULL ? "-" : xj_xml__attr(attrs, "v"));
}

static void
note_text(void *arg, xj_str text)
{
    xj_buf_add(arg, text);
}

static const xj_xml_events events = {note, NULL, note_text};

static void
test_xml__reports_names_without_prefix(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_buf out;

    xj_buf_init(&out, pool, 1000);
    must_ok(
        xj_xml__read(XJ_STR("<w:a xmlns:w='u' w:v='1'><b>x&amp;y</b></w:a>"), &events, &out, "p"));
    assert_str(xj_buf_str(&out), "<a 1><b ->x&y");
    xj_pool_destroy(pool);
}

static void
test_xml__bombs_depth_and_damage_are_refused(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_buf out, deep;

    xj_buf_init(&out, pool, 1 << 20);
    must_fail(xj_xml__read(XJ_STR("<!DOCTYPE a [<!ENTITY b 'x'>]><a>&b;</a>"), &events, &out, "p"),
              XJ_E_BAD_INPUT);
    must_fail(xj_xml__read(XJ_STR("<a><b></a>"), &events, &out, "p"), XJ_E_BAD_INPUT);
    must_fail(xj_xml__read(XJ_STR(""), &events, &out, "p"), XJ_E_BAD_INPUT);
    for (int extra = 0; extra < 2; extra++) {
        xj_buf_init(&deep, pool, 1 << 20);
        for (int i = 0; i < XJ_XML_DEPTH_MAX + extra; i++)
            xj_buf_add(&deep, XJ_STR("<a>"));
        for (int i = 0; i < XJ_XML_DEPTH_MAX + extra; i++)
            xj_buf_add(&deep, XJ_STR("</a>"));
        if (extra == 0)
            must_ok(xj_xml__read(xj_buf_str(&deep), &events, &out, "p"));
        else
            must_fail(xj_xml__read(xj_buf_str(&deep), &events, &out, "p"), XJ_E_BAD_INPUT);
    }
    xj_pool_destroy(pool);
}

static void
test_attr_int__falls_back(void **state)
{
    const char *attrs[] = {"w:val", "12", "b", "x", NULL};
    (void)state;

    assert_int_equal(xj_xml__attr_int(attrs, "val", -1), 12);
    assert_int_equal(xj_xml__attr_int(attrs, "b", -1), -1);
    assert_int_equal(xj_xml__attr_int(attrs, "c", 7), 7);
    assert_string_equal(xj_xml__local("w:p"), "p");
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_xml__reports_names_without_prefix),
        cmocka_unit_test(test_xml__bombs_depth_and_damage_are_refused),
        cmocka_unit_test(test_attr_int__falls_back),
    };

    return xjtest_main(tests);
}
