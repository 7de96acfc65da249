#include "signtest.h"

static const char *const both[] = {"section_head", "unit_head"};

XJTEST_STORE(test_chain__is_there_as_set_and_has_a_version)
{
    const struct signtest s = signtest_make(t);
    xj_sign_chain chain;

    must_ok(xj_sign_chain_get(&chain, plantest_read(t), s.r.f.tenant, s.r.lead, t->pool));
    assert_int_equal(chain.n + (size_t)chain.version, 0);
    must_ok(signtest_chain(t, &s, 0, both, 2));
    must_fail(signtest_chain(t, &s, 0, both, 1), XJ_E_STALE);
    must_ok(xj_sign_chain_get(&chain, plantest_read(t), s.r.f.tenant, s.r.lead, t->pool));
    assert_int_equal(chain.version, 1);
    assert_int_equal(chain.n, 2);
    assert_str(chain.steps[1].role, "unit_head");
    must_ok(signtest_chain(t, &s, 1, both, 0));
}

XJTEST_STORE(test_chain__refuses_what_does_not_sign)
{
    static const char *const many[] = {"unit_head", "unit_head", "unit_head",
                                       "unit_head", "unit_head", "unit_head"};
    static const char *const officer[] = {"officer"};
    const struct signtest s = signtest_make(t);
    xj_sign_step step = {.role = XJ_STR("section_head"), .section = s.r.feeder};
    struct signtest_chain c = {s.r.lead, 0, {&step, 1, 0}};

    must_fail(signtest_chain(t, &s, 0, officer, 1), XJ_E_BAD_INPUT);
    must_fail(signtest_chain(t, &s, 0, many, XJ_SIGN_STEPS_MAX + 1), XJ_E_TOO_LARGE);
    must_fail(signtest_as(t, &s, WRITER, signtest_run_chain, &c), XJ_E_BAD_INPUT);
    step.section = 999999;
    must_fail(signtest_as(t, &s, WRITER, signtest_run_chain, &c), XJ_E_NOT_FOUND);
    step = (xj_sign_step){.role = XJ_STR("unit_head"), .section = s.r.lead};
    must_fail(signtest_as(t, &s, WRITER, signtest_run_chain, &c), XJ_E_BAD_INPUT);
    must_ok(signtest_chain(t, &s, 0, many, XJ_SIGN_STEPS_MAX));
}

XJTEST_STORE(test_signers__hold_the_posts_of_that_day)
{
    const struct signtest s = signtest_make(t);
    xj_signer *signers;
    size_t n;

    must_ok(xj_signer_list(&signers, &n, plantest_read(t), s.r.f.tenant, s.r.lead,
                           (xj_date){2026, 3, 2}, t->pool));
    assert_int_equal(n, 4);
    assert_str(signers[0].role, "section_head");
    assert_true(xj_signer_asked(&signers[0], &(xj_sign_step){.role = XJ_STR("section_head")}));
    assert_false(xj_signer_asked(
        &signers[0], &(xj_sign_step){.role = XJ_STR("section_head"), .section = s.r.feeder}));
    must_ok(xj_signer_list(&signers, &n, plantest_read(t), s.r.f.tenant, s.r.feeder,
                           (xj_date){2026, 3, 2}, t->pool));
    assert_int_equal(n, 0);
}

int
main(void)
{
    const struct CMUnitTest sign_chain[] = {
        XJTEST_BOTH(test_chain__is_there_as_set_and_has_a_version),
        XJTEST_BOTH(test_chain__refuses_what_does_not_sign),
        XJTEST_BOTH(test_signers__hold_the_posts_of_that_day),
    };

    return xjtest_store_main(sign_chain);
}
