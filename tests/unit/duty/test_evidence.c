#include "reporttest.h"

#include "duty/evidence.h"

struct change {
    xj_evidence_add add;
    int64_t id; /* what was added; to be removed where REMOVE */
    bool remove;
};

static xj_error *
run(xj_tx *tx, void *args, xj_buf *answer)
{
    struct change *c = args;

    (void)answer;
    return c->remove ? xj_evidence_remove(tx, c->add.scope, c->id, XJ_STR("赵联络"))
                     : xj_evidence_add_file(&c->id, tx, &c->add);
}

static struct change
change_of(const struct reporttest *r, int64_t unit, int64_t duty, const char *hash)
{
    return (struct change){.add = {.scope = &r->f.scope,
                                   .obligation = r->returns[0].id,
                                   .duty = duty,
                                   .unit = unit,
                                   .purpose = XJ_STR("evidence"),
                                   .file = {.name = XJ_STR("照片.jpg"),
                                            .kind = XJ_STR("jpeg"),
                                            .hash = xj_str_c(hash),
                                            .size = 7},
                                   .actor_name = XJ_STR("李联络")}};
}

static xj_error *
do_change(xjtest_store *t, const struct reporttest *r, struct change *c)
{
    xj_str body;

    return xjtest_do(&body, t, r->f.tenant, run, c);
}

static size_t
listed(xjtest_store *t, const xj_scope *scope, int64_t id, int64_t as)
{
    xj_evidence *items;
    size_t n;

    must_ok(xj_evidence_list(&items, &n, plantest_read(t), scope, id, as, t->pool));
    return n;
}

XJTEST_STORE(test_add__the_same_bytes_at_the_same_place_are_one_row)
{
    const struct reporttest r = reporttest_make(t);
    struct change one = change_of(&r, r.lead, r.duty, "aa"), two = one, other = one;

    must_ok(do_change(t, &r, &one));
    must_ok(do_change(t, &r, &two));
    assert_int_equal(one.id, two.id);
    other.add.duty = r.other;
    must_ok(do_change(t, &r, &other));
    assert_int_not_equal(one.id, other.id);
    assert_int_equal(listed(t, &r.f.scope, r.returns[0].id, 0), 2);
}

struct coming {
    xj_evidence_sent sent;
    bool room; /* only asked for */
};

static xj_error *
run_coming(xj_tx *tx, void *args, xj_buf *answer)
{
    struct coming *c = args;

    (void)answer;
    return c->room ? xj_evidence_room(tx, &c->sent) : xj_evidence_follow(tx, &c->sent);
}

/* What came over a link is what was sent last; what was added here stays, and takes room. */
XJTEST_STORE(test_follow__leaves_what_was_sent_last_beside_what_was_added_here)
{
    const struct reporttest r = reporttest_make(t);
    struct change own = change_of(&r, r.lead, r.duty, "own");
    xj_evidence_file *files = XJ_NEW_ARRAY(t->pool, xj_evidence_file, XJ_EVIDENCE_ROW_MAX);
    struct coming c = {.sent = {.obligation = r.returns[0].id,
                                .duty = r.duty,
                                .unit = r.lead,
                                .link = 4,
                                .files = files,
                                .n = 2,
                                .actor_name = XJ_STR("洛川县·李四")}};
    xj_str body;

    for (int i = 0; i < XJ_EVIDENCE_ROW_MAX; i++)
        files[i] = (xj_evidence_file){.name = XJ_STR("照片.jpg"),
                                      .kind = XJ_STR("jpeg"),
                                      .hash = xj_str_printf(t->pool, "%02d", i),
                                      .size = 7};
    must_ok(do_change(t, &r, &own));
    must_ok(xjtest_do(&body, t, r.f.tenant, run_coming, &c));
    must_ok(xjtest_do(&body, t, r.f.tenant, run_coming, &c)); /* the same once more */
    assert_int_equal(listed(t, &r.f.scope, r.returns[0].id, 0), 3);
    c.sent.n = 1;
    must_ok(xjtest_do(&body, t, r.f.tenant, run_coming, &c));
    assert_int_equal(listed(t, &r.f.scope, r.returns[0].id, 0), 2);
    c.room = true;
    c.sent.n = XJ_EVIDENCE_ROW_MAX - 1;
    must_ok(xjtest_do(&body, t, r.f.tenant, run_coming, &c));
    c.sent.n = XJ_EVIDENCE_ROW_MAX; /* one more than there is room for */
    must_fail(xjtest_do(&body, t, r.f.tenant, run_coming, &c), XJ_E_TOO_MANY);
    c = (struct coming){.sent = c.sent};
    c.sent.n = 0;
    must_ok(xjtest_do(&body, t, r.f.tenant, run_coming, &c));
    assert_int_equal(listed(t, &r.f.scope, r.returns[0].id, 0), 1);
    dutytest_sound(t);
}

/* What a unit feeds a return with is seen by who returns it once it was handed over. */
XJTEST_STORE(test_list__shows_what_was_handed_over)
{
    const struct reporttest r = reporttest_make(t);
    struct change fed = change_of(&r, r.feeder, r.duty, "bb");
    xj_report_draft draft = reporttest_draft(&r, 0, r.duty, "讲两次");
    const int64_t lead[] = {r.lead}, feeder[] = {r.feeder};
    const xj_scope theirs = {.tenant = r.f.tenant, .units = lead, .nunits = 1};
    const xj_scope own = {.tenant = r.f.tenant, .units = feeder, .nunits = 1};
    xj_evidence e;

    must_ok(do_change(t, &r, &fed));
    assert_int_equal(listed(t, &own, r.returns[0].id, r.feeder), 1);
    assert_int_equal(listed(t, &theirs, r.returns[0].id, 0), 0);
    must_ok(xj_evidence_get(&e, plantest_read(t), &own, fed.id, t->pool));
    must_fail(xj_evidence_get(&e, plantest_read(t), &theirs, fed.id, t->pool), XJ_E_NOT_FOUND);
    draft.unit = r.feeder;
    draft.give = true;
    must_ok(reporttest_keep(t, &r, &draft));
    assert_int_equal(listed(t, &theirs, r.returns[0].id, 0), 1);
    must_ok(xj_evidence_get(&e, plantest_read(t), &theirs, fed.id, t->pool));
    /* but it is the feeding unit's to take away */
    fed.remove = true;
    fed.add.scope = &theirs;
    must_fail(do_change(t, &r, &fed), XJ_E_NOT_FOUND);
    fed.add.scope = &own;
    must_ok(do_change(t, &r, &fed));
    assert_int_equal(listed(t, &theirs, r.returns[0].id, 0), 0);
}

XJTEST_STORE(test_add__refuses_strangers_other_places_and_other_days)
{
    const struct reporttest r = reporttest_make(t);
    const int64_t theirs[] = {dutytest_unit(t, r.f.tenant, "市财政局")};
    const xj_scope scope = {.tenant = r.f.tenant, .units = theirs, .nunits = 1};
    const xj_scope elsewhere = xj_scope_all(r.f.tenant + 1);
    struct change good = change_of(&r, r.lead, r.duty, "cc"), c = good;
    xj_evidence e;

    must_ok(do_change(t, &r, &good));
    must_fail(xj_evidence_get(&e, plantest_read(t), &scope, good.id, t->pool), XJ_E_NOT_FOUND);
    must_fail(xj_evidence_get(&e, plantest_read(t), &elsewhere, good.id, t->pool), XJ_E_NOT_FOUND);
    c.add.scope = &scope;
    must_fail(do_change(t, &r, &c), XJ_E_NOT_FOUND);
    c = good;
    c.add.unit = r.feeder;
    c.add.duty = r.other; /* which it has no part in */
    must_fail(do_change(t, &r, &c), XJ_E_NOT_FOUND);
    c = good;
    c.add.duty = 999999;
    must_fail(do_change(t, &r, &c), XJ_E_NOT_FOUND);
    c = good;
    c.add.obligation = 999999;
    must_fail(do_change(t, &r, &c), XJ_E_NOT_FOUND);
    c = good;
    c.add.purpose = XJ_STR("joke");
    must_fail(do_change(t, &r, &c), XJ_E_BAD_INPUT);
    c = good;
    c.add.came_by = XJ_STR("pigeon");
    must_fail(do_change(t, &r, &c), XJ_E_BAD_INPUT);
    c = good;
    c.add.came_on = XJ_STR("2026-03-03"); /* tomorrow */
    must_fail(do_change(t, &r, &c), XJ_E_BAD_INPUT);
}

XJTEST_STORE(test_add__has_a_limit_a_row)
{
    const struct reporttest r = reporttest_make(t);
    struct change c;
    char hash[16];

    for (int i = 0; i <= XJ_EVIDENCE_ROW_MAX; i++) {
        snprintf(hash, sizeof hash, "h%d", i);
        c = change_of(&r, r.lead, r.duty, hash);
        if (i < XJ_EVIDENCE_ROW_MAX)
            must_ok(do_change(t, &r, &c));
        else
            must_fail(do_change(t, &r, &c), XJ_E_TOO_MANY);
    }
}

/* Evidence closes with the return; the sealed original comes when it comes. */
XJTEST_STORE(test_add__an_original_comes_after_sending_too)
{
    const struct reporttest r = reporttest_make(t);
    struct change early = change_of(&r, r.lead, r.duty, "dd"), late = early, original;
    xj_report_draft draft = reporttest_draft(&r, 0, r.duty, "讲座两次"),
                    other = reporttest_draft(&r, 0, r.other, "巡讲三场");
    xj_evidence_came *came;
    size_t n;

    must_ok(do_change(t, &r, &early));
    must_ok(reporttest_keep(t, &r, &draft));
    must_ok(reporttest_keep(t, &r, &other));
    must_ok(reporttest_send(t, &r, 0, reporttest_get(t, &r, 0, 0)->obligation.version, false));
    late.add.file.hash = XJ_STR("ee");
    must_fail(do_change(t, &r, &late), XJ_E_CONFLICT);
    early.remove = true;
    must_fail(do_change(t, &r, &early), XJ_E_CONFLICT);
    original = change_of(&r, r.lead, 0, "ff");
    original.add.purpose = XJ_STR("original");
    original.add.came_by = XJ_STR("paper");
    original.add.came_on = XJ_STR("2026-03-01");
    original.add.on_behalf = true;
    must_ok(do_change(t, &r, &original));
    must_ok(xj_evidence_originals(&came, &n, plantest_read(t), &r.f.scope, 0, 10, t->pool));
    assert_int_equal(n, 1);
    assert_str(came[0].evidence.came_on, "2026-03-01");
    assert_str(came[0].evidence.came_by, "paper");
    must_ok(
        xj_evidence_originals(&came, &n, plantest_read(t), &r.f.scope, original.id, 10, t->pool));
    assert_int_equal(n, 0);
}

XJTEST_STORE(test_asked_for__names_the_deliverables_that_a_file_shows)
{
    const struct reporttest r = reporttest_make(t);
    xj_evidence_asked *asked;
    size_t n;

    must_ok(
        xj_evidence_asked_for(&asked, &n, plantest_read(t), r.f.tenant, r.returns[0].id, t->pool));
    for (size_t i = 0; i < n; i++)
        assert_true(xj_str_eq(asked[i].kind, XJ_STR("evidence")) ||
                    xj_str_eq(asked[i].kind, XJ_STR("document")));
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_add__the_same_bytes_at_the_same_place_are_one_row),
        XJTEST_BOTH(test_follow__leaves_what_was_sent_last_beside_what_was_added_here),
        XJTEST_BOTH(test_list__shows_what_was_handed_over),
        XJTEST_BOTH(test_add__refuses_strangers_other_places_and_other_days),
        XJTEST_BOTH(test_add__has_a_limit_a_row),
        XJTEST_BOTH(test_add__an_original_comes_after_sending_too),
        XJTEST_BOTH(test_asked_for__names_the_deliverables_that_a_file_shows)};

    return xjtest_store_main(tests);
}
