#include "support/xjtest.h"

#include "plan/plan_priv.h"

/* Whether every word of QUERY is one of WORDS. */
static bool
holds(xj_str words, xj_str query)
{
    xj_str word;

    while (query.len > 0 && xj_str_split(&word, &query, ' ')) {
        xj_str known, rest = words;
        bool found = false;

        while (!found && rest.len > 0 && xj_str_split(&known, &rest, ' '))
            found = xj_str_eq(known, word);
        if (!found)
            return false;
    }
    return true;
}

static void
test_words__every_part_of_a_text_is_found_by_them(void **state)
{
    xj_pool *pool = xj_pool_root();
    const xj_str text = XJ_STR("推进“321”模式，A1级。");
    const xj_str words = xj_plan__words(5, XJ_STR("标题"), text, pool);
    size_t from = 0;

    (void)state;
    while (from < text.len) {
        size_t to = from, start = from;

        while (to < text.len) {
            xj_utf8_next(text, &to);
            assert_true(holds(words, xj_plan__words_query(5, xj_str_sub(text, start, to), pool)));
        }
        xj_utf8_next(text, &from);
    }
    assert_true(holds(words, xj_plan__words_query(5, XJ_STR("a1"), pool)));
    assert_true(holds(words, xj_plan__words_query(5, XJ_STR("标题"), pool)));
    assert_false(holds(words, xj_plan__words_query(5, XJ_STR("题推"), pool)));
    assert_false(holds(words, xj_plan__words_query(6, XJ_STR("推进"), pool)));
    xj_pool_destroy(pool);
}

static void
test_lower__is_that_of_the_databases(void **state)
{
    xj_pool *pool = xj_pool_root();

    (void)state;
    assert_str(xj_plan__lower(XJ_STR("AbZ健É"), pool), "abz健É");
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words__every_part_of_a_text_is_found_by_them),
        cmocka_unit_test(test_lower__is_that_of_the_databases)};

    return xjtest_main(tests);
}
