/*
 * bench/duty/bench_duty.c -- figures of the duty engine, straight on its functions.
 *
 *     bench_duty URL
 *
 * Twenty jurisdictions with 130 duty tasks in each of which 60 units return; a year is raised,
 * durable and with the journal, then again.  Then, filled up to 200,000 obligations, what one
 * liaison officer and one section officer see of them, and the heat map of 18 actions and 70 units
 * over two years of lights.  One line a figure: NAME VALUE.
 */
#include "base/cal.h"
#include "duty/clock.h"
#include "duty/duty.h"
#include "duty/light.h"
#include "duty/obligation.h"
#include "org/unit.h"
#include "store/statements.h"

#include <time.h>

#define TENANTS 20
#define TASKS 130
#define UNITS 60
#define LOOKS 400
#define OBLIGATIONS 200000
#define HANDLED 10 /* duty tasks that are a section officer's */

static void
die(xj_error *err)
{
    if (err == NULL)
        return;
    fprintf(stderr, "%s: %s\n", xj_error_message(err),
            xj_error_details(err) == NULL ? "" : xj_error_details(err));
    exit(1);
}

static double
seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void
do_it(xj_store *store, int64_t tenant, xj_command_fn run, void *args, xj_pool *pool)
{
    xj_command command = {.name = "bench",
                          .tenant = tenant,
                          .actor = 1,
                          .actor_name = XJ_STR("bench"),
                          .run = run,
                          .args = args};
    xj_str body;

    die(xj_store_do(store, &command, &body, NULL, pool));
}

struct made {
    int no;
    int64_t tenant, programme, units[UNITS], tasks[TASKS], officers[UNITS];
};

static xj_error *
make_tenant(xj_tx *tx, void *args, xj_buf *answer)
{
    struct made *m = args;
    char name[64], code[16];

    (void)answer;
    snprintf(name, sizeof name, "第%d市", m->no);
    snprintf(code, sizeof code, "%06d", 990001 + m->no);
    return xj_tenant_add(&m->tenant, tx, xj_str_c(name), xj_str_c(code));
}

static xj_error *
make_units(xj_tx *tx, void *args, xj_buf *answer)
{
    struct made *m = args;

    (void)answer;
    XJ_TRY(xj_programme_add(&m->programme, tx, XJ_STR("健康行动")));
    for (int i = 0; i < UNITS; i++) {
        char name[64];

        snprintf(name, sizeof name, "第%d县", i);
        XJ_TRY(xj_unit_resolve(&m->units[i], tx, xj_str_c(name)));
    }
    return NULL;
}

struct task {
    struct made *m;
    int no;
};

static xj_error *
make_task(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct task *task = args;
    struct made *m = task->m;
    const xj_duty_new duty = {.programme = m->programme,
                              .origin = XJ_STR("hand"),
                              .title = XJ_STR("做好一件事"),
                              .action_no = 1 + task->no % 18,
                              .lead = m->units[task->no % UNITS],
                              .units = m->units,
                              .nunits = UNITS,
                              .deadline_kind = XJ_STR("ongoing"),
                              .starts_on = XJ_STR("2030-01-01")};

    (void)answer;
    return xj_duty_add(&m->tasks[task->no], tx, &duty);
}

static int
by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static double
p99(double *times)
{
    qsort(times, LOOKS, sizeof *times, by_size);
    return times[LOOKS * 99 / 100] * 1000;
}

static int64_t
raise_all(const char *name, xj_store *store, const struct made *made, xj_pool *pool)
{
    const double begin = seconds();
    int64_t obligations = 0, rows = 0;

    for (int i = 0; i < TENANTS; i++) {
        const xj_command like = {.tenant = made[i].tenant, .actor_name = XJ_STR("bench")};
        xj_pool *turn = xj_pool_child(pool);
        xj_raised raised;

        die(xj_obligation_raise(&raised, store, &like, (xj_date){2030, 1, 1},
                                (xj_date){2030, 12, 31}, turn));
        obligations += raised.obligations;
        rows += raised.rows;
        xj_pool_destroy(turn);
    }
    printf("%s %.2f\n%s.obligations %lld\n%s.rows %lld\n", name, seconds() - begin, name,
           (long long)obligations, name, (long long)rows);
    return obligations;
}

struct filling {
    const struct made *m;
    int count;
};

/* Further obligations of a jurisdiction: one a unit and day, in the years behind. */
static xj_error *
fill(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct filling *f = args;
    const xj_str kind = XJ_STR("annual_evaluation_report");

    (void)answer;
    for (int i = 0; i < f->count; i++) {
        const xj_str day =
            xj_day_str(xj_date_add_days((xj_date){2031, 1, 1}, i / UNITS), xj_tx_pool(tx));

        XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_OWED_ADD, "iiisisisiisssi", f->m->tenant,
                          xj_tx_next_id(tx), f->m->programme, kind, f->m->units[i % UNITS], day,
                          f->m->programme, day, NULL, NULL, XJ_STR("年度评估报告"), XJ_STR("due"),
                          day, xj_tx_now(tx)));
    }
    return NULL;
}

static xj_error *
hand_out(xj_tx *tx, void *args, xj_buf *answer)
{
    struct made *m = args;

    (void)answer;
    for (int i = 0; i < UNITS; i++) {
        char name[64];

        snprintf(name, sizeof name, "officer-%d-%d", m->no, i);
        XJ_TRY(xj_person_add(&m->officers[i], tx, xj_str_c(name), XJ_STR(""), XJ_STR("none")));
        XJ_TRY(xj_duty_dispatch(tx, m->units[i], m->tasks, HANDLED, 0, m->officers[i],
                                XJ_STR("bench")));
    }
    return NULL;
}

static void
fill_all(xj_store *store, struct made *made, int raised, xj_pool *pool)
{
    for (int i = 0; i < TENANTS; i++) {
        struct filling f = {.m = &made[i], .count = (OBLIGATIONS - raised) / TENANTS};

        do_it(store, made[i].tenant, fill, &f, pool);
        do_it(store, made[i].tenant, hand_out, &made[i], pool);
    }
}

/* A list of what is owed: of a liaison officer (the unit's), or of a section officer. */
static void
look_at_list(const char *name, bool officer, xj_store *store, const struct made *made,
             xj_pool *pool)
{
    double times[LOOKS];

    for (int i = 0; i < LOOKS; i++) {
        const struct made *m = &made[i % TENANTS];
        const xj_scope scope = {.tenant = m->tenant, .units = &m->units[i % UNITS], .nunits = 1};
        const xj_obligation_filter filter = {.person = officer ? m->officers[i % UNITS] : 0,
                                             .open = 1};
        xj_pool *turn = xj_pool_child(pool);
        xj_obligation *items;
        xj_reader *reader;
        double begin;
        size_t n;

        die(xj_reader_begin(&reader, store, turn));
        begin = seconds();
        die(xj_obligation_list(&items, &n, xj_reader_db(reader), &scope, &filter, NULL, 100, turn));
        times[i] = seconds() - begin;
        xj_pool_destroy(turn);
    }
    printf("%s.p99 %.2f\n", name, p99(times));
}

static void
look_at_heat(xj_store *store, const struct made *m, xj_pool *pool)
{
    const xj_scope scope = xj_scope_all(m->tenant);
    double times[LOOKS];

    for (int i = 0; i < LOOKS; i++) {
        xj_pool *turn = xj_pool_child(pool);
        xj_reader *reader;
        xj_heat heat;
        double begin;

        die(xj_reader_begin(&reader, store, turn));
        begin = seconds();
        die(xj_heat_map(&heat, xj_reader_db(reader), &scope, m->programme,
                        xj_date_add_days((xj_date){2030, 1, 1}, i * 730 / LOOKS), turn));
        times[i] = seconds() - begin;
        xj_pool_destroy(turn);
    }
    printf("heat.p99 %.2f\n", p99(times));
}

int
main(int argc, char **argv)
{
    static struct made made[TENANTS];
    xj_store_options options = {0};
    xj_clock_ran ran;
    xj_store *store;
    xj_pool *pool;
    int64_t raised;
    int applied;

    if (argc != 2)
        return 2;
    setvbuf(stdout, NULL, _IOLBF, 0);
    xj_mem_start();
    pool = xj_pool_root();
    options.url = argv[1];
    die(xj_store_open(&store, &options, pool));
    die(xj_store_migrate(store, &applied));
    for (int i = 0; i < TENANTS; i++) {
        made[i].no = i;
        do_it(store, 0, make_tenant, &made[i], pool);
        do_it(store, made[i].tenant, make_units, &made[i], pool);
        for (int j = 0; j < TASKS; j++) {
            struct task task = {&made[i], j};

            do_it(store, made[i].tenant, make_task, &task, pool);
        }
    }
    raised = raise_all("raise", store, made, pool);
    raise_all("again", store, made, pool);
    fill_all(store, made, (int)raised, pool);
    look_at_list("list", false, store, made, pool);
    look_at_list("officer", true, store, made, pool);
    xj_now_set((xj_date_days((xj_date){2030, 1, 1}) * 86400 + 14400) * INT64_C(1000000));
    die(xj_clock_run(&ran, store, made[0].tenant, (xj_date){2031, 12, 31}, pool));
    look_at_heat(store, &made[0], pool);
    xj_pool_destroy(pool);
    xj_mem_stop();
    return 0;
}
