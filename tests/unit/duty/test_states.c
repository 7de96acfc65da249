#include "dutytest.h"

/* The chains of the domain, state by state. */
static void
test_move__walks_each_kind_to_its_end(void **state)
{
    static const struct {
        const char *kind, *moves, *ends;
    } cases[] = {
        {"task", "assign acknowledge dispatch begin ask_completion review finish archive",
         "assigned acknowledged dispatched in_hand completion_asked reviewed done archived"},
        {"return", "send return send accept receive_original",
         "sent returned sent accepted original_received"},
        {"rectification", "begin ask_closing check strike_off",
         "in_hand closing_asked checked struck_off"},
        {"step", "do", "done"},
        {"quota", "meet", "met"},
        {"follow_up", "pause resume lose", "paused to_visit lost"},
        {"ladder", "remind draft sign publish talk", "reminder order_drafted order circular talk"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const xj_state_kind *kind = xj_state_kind_find(xj_str_c(cases[i].kind));
        xj_str moves = xj_str_c(cases[i].moves), ends = xj_str_c(cases[i].ends), move, end;
        const xj_state *at = xj_state_first(kind);
        int64_t person = 1;

        while (xj_str_split(&move, &moves, ' ') && xj_str_split(&end, &ends, ' ')) {
            const xj_asked asked = {
                .why = XJ_STR("因为"), .doc = true, .person = person, .last_person = person - 1};

            must_ok(xj_state_move(&at, kind, xj_str_c(at->name), move, &asked));
            assert_str(end, at->name);
            person++;
        }
    }
}

static void
test_move__refuses_what_is_not_possible(void **state)
{
    static const struct {
        const char *kind, *from, *move;
        xj_asked asked;
        xj_code code;
    } cases[] = {
        {"task", "raised", "finish", {.doc = true, .person = 1}, XJ_E_CONFLICT},
        {"task", "archived", "begin", {.doc = true, .person = 1}, XJ_E_CONFLICT},
        {"task", "in_hand", "fly", {.doc = true, .person = 1}, XJ_E_BAD_INPUT},
        {"task", "in_hand", "ask_completion", {.doc = false, .person = 1}, XJ_E_BAD_INPUT},
        {"task", "in_hand", "suspend", {.doc = true, .person = 1}, XJ_E_BAD_INPUT},
        {"task", "completion_asked", "review", {.person = 4, .last_person = 4}, XJ_E_FORBIDDEN},
        {"task", "reviewed", "finish", {.by_clock = true}, XJ_E_FORBIDDEN},
        {"ladder", "order_drafted", "sign", {.by_clock = true}, XJ_E_FORBIDDEN},
        {"task", "in_hand", "extend", {.why = {"因为", 6}, .person = 1}, XJ_E_CONFLICT},
        {"return", "due", "accept", {.person = 1}, XJ_E_CONFLICT},
        {"step", "done", "undo", {.person = 1}, XJ_E_BAD_INPUT},
    };
    const xj_state *to;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        must_fail(xj_state_move(&to, xj_state_kind_find(xj_str_c(cases[i].kind)),
                                xj_str_c(cases[i].from), xj_str_c(cases[i].move), &cases[i].asked),
                  cases[i].code);
}

static void
test_moves__are_those_that_are_possible(void **state)
{
    const xj_state_kind *task = xj_state_kind_find(XJ_STR("task"));
    const char *names[32];
    size_t n;

    (void)state;
    xj_state_moves(names, &n, task, XJ_STR("suspended"), true);
    assert_int_equal(n, 1);
    assert_string_equal(names[0], "resume");
    xj_state_moves(names, &n, task, XJ_STR("assigned"), true);
    assert_int_equal(n, 4);
    assert_string_equal(names[1], "extend");
    xj_state_moves(names, &n, task, XJ_STR("assigned"), false);
    assert_int_equal(n, 3);
    assert_string_equal(names[1], "amend");
    assert_null(xj_state_kind_find(XJ_STR("dream")));
    assert_null(xj_state_find(task, XJ_STR("dream")));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_move__walks_each_kind_to_its_end),
                                       cmocka_unit_test(test_move__refuses_what_is_not_possible),
                                       cmocka_unit_test(test_moves__are_those_that_are_possible)};

    return xjtest_main(tests);
}
