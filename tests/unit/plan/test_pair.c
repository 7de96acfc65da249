#include "plantest.h"

#include "plan/pair_priv.h"

static xj_register *
of_texts(xj_pool *pool, const char *const *texts, size_t n)
{
    xj_register *reg = XJ_NEW(pool, xj_register);

    reg->nactions = 1;
    reg->actions = XJ_NEW(pool, xj_action);
    reg->actions[0] = (xj_action){.no = 1, .name = XJ_STR("控烟行动")};
    reg->ntasks = n;
    reg->tasks = XJ_NEW_ARRAY(pool, xj_plan_task, n);
    for (size_t i = 0; i < n; i++)
        reg->tasks[i] = (xj_plan_task){.action = 1,
                                       .no = xj_str_printf(pool, "%zu", i + 1),
                                       .title = xj_str_c(texts[i]),
                                       .text = xj_str_c(texts[i])};
    return reg;
}

static const char WHOLE[] =
    "在公园和广场设置无烟标识并培训劝阻志愿者。建成戒烟门诊五家并向居民公布就诊时间和地址";
static const char FIRST[] = "在公园和广场设置无烟标识并培训劝阻志愿者";
static const char SECOND[] = "建成戒烟门诊五家并向居民公布就诊时间和地址";
static const char OTHER[] = "每季度检查学校周边商店是否向未成年人出售香烟";
static const char STRANGE[] = "编印营养膳食手册送到每一户老年家庭";

static xj_pairing
paired(xj_pool *pool, const char *const *old, size_t nold, const char *const *now, size_t nnow)
{
    xj_pairing w = {.result = pool, .scratch = pool};

    xj_plan__pair(&w, of_texts(pool, old, nold), of_texts(pool, now, nnow));
    return w;
}

static void
test_pair__half_of_a_row_that_was_split_is_its_part(void **state)
{
    xj_pool *pool = xj_pool_root();
    const char *const old[] = {OTHER, WHOLE}, *const now[] = {FIRST, SECOND, OTHER, STRANGE};
    const xj_pairing w = paired(pool, old, 2, now, 4);
    const size_t first = w.old.pair[1], second = 1 - first;

    (void)state;
    assert_true(first == 0 || first == 1);
    assert_true(w.now.pair[second] == XJ_NPOS);
    assert_int_equal(w.now.part[second], 1);
    assert_true(w.now.score[second] >= 0.6F);
    assert_int_equal(w.now.pair[2], 0);
    assert_true(w.now.pair[3] == XJ_NPOS && w.now.part[3] == XJ_NPOS);
    xj_pool_destroy(pool);
}

static void
test_pair__a_row_that_was_joined_to_another_is_its_part(void **state)
{
    xj_pool *pool = xj_pool_root();
    const char *const old[] = {FIRST, SECOND, STRANGE}, *const now[] = {WHOLE, OTHER};
    const xj_pairing w = paired(pool, old, 3, now, 2);
    const size_t first = w.now.pair[0], second = 1 - first;

    (void)state;
    assert_true(first == 0 || first == 1);
    assert_int_equal(w.old.part[second], 0);
    assert_true(w.old.pair[2] == XJ_NPOS && w.old.part[2] == XJ_NPOS);
    xj_pool_destroy(pool);
}

static void
test_pair__words_that_the_partner_still_has_make_no_part(void **state)
{
    xj_pool *pool = xj_pool_root();
    const char *const old[] = {FIRST}, *const now[] = {FIRST, FIRST};
    const xj_pairing w = paired(pool, old, 1, now, 2);

    (void)state;
    assert_int_equal(w.now.pair[0], 0);
    assert_true(w.now.score[0] > 0.99F);
    assert_true(w.now.pair[1] == XJ_NPOS && w.now.part[1] == XJ_NPOS);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pair__half_of_a_row_that_was_split_is_its_part),
        cmocka_unit_test(test_pair__a_row_that_was_joined_to_another_is_its_part),
        cmocka_unit_test(test_pair__words_that_the_partner_still_has_make_no_part),
    };

    return xjtest_store_main(tests);
}
