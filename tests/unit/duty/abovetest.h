/* tests/unit/duty/abovetest.h -- a task that came from above, for the tests of above*.c. */
#pragma once

#include "dutytest.h"

#include "duty/above.h"

struct abovetest_act {
    xj_above_task task;
    int64_t programme;
    int64_t id, version;
    xj_above_ending ending;
    xj_above_take take;
};

static inline xj_error *
abovetest_put(xj_tx *tx, void *args, xj_buf *answer)
{
    struct abovetest_act *a = args;
    int64_t notice;

    (void)answer;
    XJ_TRY(xj_above_notice(&notice, tx, XJ_STR("市里交办")));
    return xj_above_put(tx, &a->task, a->programme, notice);
}

static inline xj_error *
abovetest_end(xj_tx *tx, void *args, xj_buf *answer)
{
    struct abovetest_act *a = args;
    int64_t notice;

    (void)answer;
    XJ_TRY(xj_above_notice(&notice, tx, XJ_STR("市里收回")));
    return xj_above_end(tx, a->task.link, a->task.peer, notice, &a->ending);
}

static inline xj_error *
abovetest_take(xj_tx *tx, void *args, xj_buf *answer)
{
    struct abovetest_act *a = args;
    int64_t now;

    (void)answer;
    return xj_above_take_do(&now, tx, a->id, a->version, &a->take);
}

/* A task to be done by 30 December, returned on 5 June and 5 December. */
static inline struct abovetest_act
abovetest_given(xjtest_store *t, const plan_fixture *f)
{
    struct abovetest_act a = {.programme = f->programme,
                              .task = {.link = 5,
                                       .peer = 6,
                                       .from_name = XJ_STR("云沂市"),
                                       .title = XJ_STR("办讲座"),
                                       .text = XJ_STR("办好讲座。"),
                                       .document = XJ_STR("行动方案"),
                                       .doc_no = XJ_STR("云政发〔2026〕1号"),
                                       .action = XJ_STR(""),
                                       .deadline_kind = XJ_STR("complete_by"),
                                       .due = XJ_STR("2026-12-30"),
                                       .strength = XJ_STR("must"),
                                       .cadence = XJ_STR("half_yearly"),
                                       .dates = XJ_STR("[\"06-05\",\"12-05\"]")}};
    xj_above_target *target = XJ_NEW(t->pool, xj_above_target);
    xj_str body;

    *target = (xj_above_target){XJ_STR("讲座场次"), XJ_STR("场"), XJ_STR("全年不少于30场")};
    a.task.targets = target;
    a.task.ntargets = 1;
    dutytest_day("2026-03-02");
    must_ok(xjtest_do(&body, t, f->tenant, abovetest_put, &a));
    return a;
}

static inline xj_above
abovetest_first(xjtest_store *t, const plan_fixture *f)
{
    const xj_above_filter filter = {.live = -1};
    xj_above *items;
    size_t n;

    must_ok(xj_above_list(&items, &n, plantest_read(t), &f->scope, 0, &filter, 0, 10, t->pool));
    assert_int_equal(n, 1);
    return items[0];
}
