#include "reporttest.h"

#include "duty/figure.h"
#include "figure_cases.h"

#define TARGETS_MAX 8

typedef struct tally {
    int wanted, found, right; /* figures */
    int cases, whole;
} tally;

static size_t
cut(xj_str *parts, xj_str text, const char *by)
{
    size_t n = 0;

    for (;;) {
        const size_t at = xj_str_find(text, xj_str_c(by), 0);

        assert_true(n < TARGETS_MAX);
        parts[n++] = xj_str_sub(text, 0, at == XJ_NPOS ? text.len : at);
        if (at == XJ_NPOS)
            return n;
        text = xj_str_skip(text, at + 1);
    }
}

static size_t
targets_of(xj_report_figure *targets, const char *text)
{
    xj_str parts[TARGETS_MAX], fields[TARGETS_MAX];
    const size_t n = cut(parts, xj_str_c(text), ";");

    for (size_t i = 0; i < n; i++) {
        const size_t nfields = cut(fields, parts[i], "|");

        targets[i] = (xj_report_figure){.indicator = fields[0],
                                        .measure = fields[1],
                                        .goals = nfields > 2 ? fields[2] : XJ_STR("")};
    }
    return n;
}

/* What is found in TEXT, as the cases write it. */
static xj_str
found_in(size_t *n, const figure_case *it, xj_pool *pool)
{
    xj_report_figure targets[TARGETS_MAX];
    const size_t ntargets = targets_of(targets, it->targets);
    xj_figure *items;
    xj_buf out;

    xj_buf_init(&out, pool, 4096);
    xj_figures_find(&items, n, xj_str_c(it->text), targets, ntargets, 2026, pool);
    for (size_t i = 0; i < *n; i++) {
        xj_buf_printf(&out, "%s%d:%.10g%s%s", i > 0 ? "," : "", (int)(items[i].target - targets),
                      items[i].value, items[i].span == NULL ? "" : " ",
                      items[i].span == NULL ? "" : items[i].span);
        assert_true(items[i].from < items[i].to && items[i].to <= items[i].sentence.len);
        assert_true(xj_str_has(xj_str_c(it->text), items[i].sentence));
    }
    return xj_buf_str(&out);
}

static void
count(tally *t, const figure_case *it, xj_pool *pool)
{
    xj_str wanted[TARGETS_MAX] = {{0}}, parts[TARGETS_MAX] = {{0}};
    const size_t nwanted = it->found[0] == 0 ? 0 : cut(wanted, xj_str_c(it->found), ",");
    size_t n;
    const xj_str found = found_in(&n, it, pool);

    if (n > 0)
        (void)cut(parts, found, ",");
    for (size_t i = 0; i < nwanted; i++)
        for (size_t k = 0; k < n; k++)
            t->right += xj_str_eq(wanted[i], parts[k]);
    t->wanted += (int)nwanted;
    t->found += (int)n;
    t->cases++;
    if (xj_str_eq(found, xj_str_c(it->found)))
        t->whole++;
    else
        print_message("%s: \"" XJ_FMT "\", not \"%s\"\n", it->text, XJ_ARG(found), it->found);
}

static tally
run(const figure_case *cases, size_t n)
{
    xj_pool *pool = xj_pool_root();
    tally t = {0};

    for (size_t i = 0; i < n; i++)
        count(&t, &cases[i], pool);
    print_message("%d of %d texts whole; %d figures wanted, %d found, %d right\n", t.whole, t.cases,
                  t.wanted, t.found, t.right);
    xj_pool_destroy(pool);
    return t;
}

static void
test_figures_find__reads_what_the_words_state(void **state)
{
    const tally t = run(figure_cases, sizeof figure_cases / sizeof *figure_cases);

    (void)state;
    assert_int_equal(t.whole, t.cases);
}

/* What the reader was not made with: how far it may be trusted, and not below that any more. */
static void
test_figures_find__reads_words_it_was_not_made_with(void **state)
{
    const tally t =
        run(figure_cases_unseen, sizeof figure_cases_unseen / sizeof *figure_cases_unseen);

    (void)state;
    assert_true(t.right * 100 >= t.found * 90);
    assert_true(t.right * 100 >= t.wanted * 80);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_figures_find__reads_what_the_words_state),
        cmocka_unit_test(test_figures_find__reads_words_it_was_not_made_with),
    };

    return xjtest_main(tests);
}
