#include "parts.h"

#include "doc/doc_priv.h"

static xj_str
packed(xj_pool *pool, xj_doc **doc)
{
    xj_buf out;

    must_ok(xj_doc_read(doc,
                        XJ_STR("<html><body><p>总则很长很长很长很长</p><nav>航</nav><table>"
                               "<tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr>"
                               "<tr><td>戊</td><td>己</td></tr></table></body></html>"),
                        pool, pool));
    xj_buf_init(&out, pool, 1 << 20);
    xj_doc__pack(&out, *doc);
    return xj_buf_str(&out);
}

static void
test_wire__what_goes_in_comes_out(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_doc *doc, *again;
    xj_str bytes = packed(pool, &doc);

    must_ok(xj_doc__unpack(&again, bytes, pool));
    assert_true(xj_str_eq(shown(doc, pool), shown(again, pool)));
    xj_pool_destroy(pool);
}

static void
test_wire__spots_come_over_in_order_or_not_at_all(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_spot spots[] = {{.from = 0, .to = 3, .place = {.page = 1, .box = {1, 2, 3, 4}}},
                       {.from = 3, .to = 6, .place = {.page = 1, .box = {3, 2, 5, 4}}}};
    xj_doc *doc, *again;
    xj_buf out;

    packed(pool, &doc);
    doc->spots = spots;
    doc->nspots = 2;
    xj_buf_init(&out, pool, 1 << 20);
    xj_doc__pack(&out, doc);
    must_ok(xj_doc__unpack(&again, xj_buf_str(&out), pool));
    assert_int_equal(again->nspots, 2);
    assert_int_equal(again->spots[1].from, 3);
    assert_float_equal(again->spots[1].place.box[2], 5, 0);

    spots[1].from = 2; /* and so inside a character, and of the spot before */
    xj_buf_clear(&out);
    xj_doc__pack(&out, doc);
    must_fail(xj_doc__unpack(&again, xj_buf_str(&out), pool), XJ_E_BAD_INPUT);
    xj_pool_destroy(pool);
}

static void
test_wire__an_error_keeps_code_words_and_place(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_error *err = xj_error_at(xj_error_new(XJ_E_TOO_LARGE, "zu groß"), "sheet 3");
    xj_doc *doc;
    xj_buf out;

    xj_buf_init(&out, pool, 1000);
    xj_doc__pack_error(&out, err);
    xj_error_clear(err);
    err = xj_doc__unpack(&doc, xj_buf_str(&out), pool);
    assert_int_equal(xj_error_code(err), XJ_E_TOO_LARGE);
    assert_string_equal(xj_error_message(err), "zu groß");
    assert_string_equal(xj_error_field(err), "sheet 3");
    xj_error_clear(err);
    xj_pool_destroy(pool);
}

/* A child that was taken over may say anything: no answer may lead outside the document. */
static void
test_wire__nonsense_is_refused_or_harmless(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_doc *doc;
    xj_str bytes = packed(pool, &doc);
    char *copy = xj_alloc(pool, bytes.len);

    for (size_t cut = 0; cut < bytes.len; cut += 7)
        must_fail(xj_doc__unpack(&doc, xj_str_sub(bytes, 0, cut), pool), XJ_E_BAD_INPUT);
    for (size_t at = 0; at < bytes.len; at++) {
        xj_pool *turn = xj_pool_child(pool);
        xj_error *err;

        memcpy(copy, bytes.data, bytes.len);
        copy[at] = (char)(copy[at] ^ 0xff);
        err = xj_doc__unpack(&doc, xj_str_of(copy, bytes.len), turn);
        if (err == NULL)
            shown(doc, turn); /* under ASan: reads every range */
        xj_error_clear(err);
        xj_pool_destroy(turn);
    }
    xj_pool_destroy(pool);
}

/* The child's own pointers must not come over, and an error's words must be words. */
static void
test_wire__a_label_and_an_error_without_words_do_not_come_over(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_error *err = xj_error_new(XJ_E_TOO_LARGE, "too large");
    xj_doc *doc, *again;
    char *bytes;
    xj_buf out;

    packed(pool, &doc);
    doc->blocks[0].label = (const char *)(uintptr_t)0x1000;
    xj_buf_init(&out, pool, 1 << 20);
    xj_doc__pack(&out, doc);
    must_ok(xj_doc__unpack(&again, xj_buf_str(&out), pool));
    assert_null(again->blocks[0].label);

    xj_buf_clear(&out);
    xj_doc__pack_error(&out, err);
    xj_error_clear(err);
    bytes = xj_alloc(pool, out.len);
    memcpy(bytes, out.data, out.len);
    bytes[out.len - strlen("too large")] = '\0';
    must_fail(xj_doc__unpack(&again, xj_str_of(bytes, out.len), pool), XJ_E_BAD_INPUT);
    xj_pool_destroy(pool);
}

/* Cells out of order or outside their table would mislead whoever walks them. */
static void
test_wire__cells_in_another_order_are_refused(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_doc *doc, *again;
    xj_cell *cells;
    xj_buf out;

    packed(pool, &doc);
    cells = doc->blocks[doc->nblocks - 1].cells;
    assert_non_null(cells);
    cells[1].col = cells[0].col;
    xj_buf_init(&out, pool, 1 << 20);
    xj_doc__pack(&out, doc);
    must_fail(xj_doc__unpack(&again, xj_buf_str(&out), pool), XJ_E_BAD_INPUT);
    xj_pool_destroy(pool);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wire__what_goes_in_comes_out),
        cmocka_unit_test(test_wire__spots_come_over_in_order_or_not_at_all),
        cmocka_unit_test(test_wire__an_error_keeps_code_words_and_place),
        cmocka_unit_test(test_wire__nonsense_is_refused_or_harmless),
        cmocka_unit_test(test_wire__a_label_and_an_error_without_words_do_not_come_over),
        cmocka_unit_test(test_wire__cells_in_another_order_are_refused),
    };

    return xjtest_main(tests);
}
