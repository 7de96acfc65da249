#include "support/xjtest.h"

#include "plan/gram.h"

static const xj_word words[] = {
    {u"牵头", 2, 1}, {u"牵头负责", 4, 2}, {u"负责", 2, 3}, {u"每年…报", 4, 4}};

/* The class of WORDS, which stand in the order of their code units. */
static xj_class
class_of(void)
{
    xj_class class = {words, 4, 4, {0}};

    for (size_t i = 0; i < class.n; i++)
        class.bloom[words[i].w[0] >> 6 & 15] |= UINT64_C(1) << (words[i].w[0] & 63);
    return class;
}

static xj_chars
fold(const char *text, xj_pool *pool)
{
    xj_chars c;

    xj_chars_fold(&c, xj_str_c(text), pool);
    return c;
}

static void
test_at__the_longest_phrase_wins(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_chars c = fold("甲牵头负责乙", pool);
    xj_class class = {words, 0, 4, {0}};
    size_t len;

    (void)state;
    /* 每 < 牵 < 负 by code units: sort as the generator does */
    {
        xj_word sorted[] = {words[3], words[0], words[1], words[2]};

        class = class_of();
        class.words = sorted;
        assert_int_equal(xj_gram_at(&class, &c, 1, c.n, &len), 2);
        assert_int_equal(len, 4);
        assert_int_equal(xj_gram_at(&class, &c, 1, 4, &len), 1);
        assert_int_equal(len, 2);
        assert_int_equal(xj_gram_at(&class, &c, 0, c.n, &len), 0);
        assert_int_equal(xj_gram_at(&class, &c, c.n, c.n, &len), 0);
        assert_int_equal(xj_gram_end(&class, &c, (xj_span){0, 5}, &len), 2);
        assert_int_equal(len, 4);
        assert_int_equal(xj_gram_is(&class, &c, (xj_span){3, 5}), 3);
        assert_int_equal(xj_gram_is(&class, &c, (xj_span){2, 5}), 0);
    }
    xj_pool_destroy(pool);
}

static void
test_find__the_first_place(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_chars c = fold("由甲负责，乙牵头", pool);
    xj_word sorted[] = {words[3], words[0], words[1], words[2]};
    xj_class class = class_of();
    xj_span at;

    (void)state;
    class.words = sorted;
    assert_int_equal(xj_gram_find(&class, &c, (xj_span){0, c.n}, &at), 3);
    assert_int_equal(at.from, 2);
    assert_int_equal(xj_gram_find(&class, &c, (xj_span){4, c.n}, &at), 1);
    assert_int_equal(xj_gram_find(&class, &c, (xj_span){0, 2}, &at), 0);
    xj_pool_destroy(pool);
}

static void
test_pattern__parts_stand_in_order_with_anything_between(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_chars yes = fold("每年六月报市里", pool), no = fold("报市里每年", pool);
    xj_word sorted[] = {words[3], words[0], words[1], words[2]};
    xj_class class = class_of();

    (void)state;
    class.words = sorted;
    assert_int_equal(xj_gram_pattern(&class, &yes, (xj_span){0, yes.n}), 4);
    assert_int_equal(xj_gram_pattern(&class, &no, (xj_span){0, no.n}), 0);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_at__the_longest_phrase_wins),
        cmocka_unit_test(test_find__the_first_place),
        cmocka_unit_test(test_pattern__parts_stand_in_order_with_anything_between),
    };

    return xjtest_main(tests);
}
