#include "support/xjtest.h"

#include "roster/roster_priv.h"

static xj_roster *
read_text(const char *text, xj_pool *pool)
{
    xj_roster *roster;

    must_ok(xj_roster_read(&roster, xj_str_c(text), NULL, pool, pool));
    return roster;
}

static void
test_read__takes_the_heads_where_they_stand(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_roster *roster = read_text(
        "云沂市联络员名单,,\n,,\n序号,姓　名,所在单位\n1,张　三,市 教育局\n,,\n2,李四,\n", pool);

    (void)state;
    assert_int_equal(roster->ntables, 1);
    assert_int_equal(roster->tables[0].what, XJ_ROSTER_PERSON);
    assert_int_equal(roster->tables[0].nignored, 1);
    assert_str(roster->tables[0].ignored[0], "序号");
    assert_int_equal(roster->nrows, 2);
    assert_int_equal(roster->rows[0].row, 4);
    assert_str(roster->rows[0].cell[XJ_PERSON_FIELD_NAME], "张三");
    assert_str(roster->rows[0].cell[XJ_PERSON_FIELD_UNIT], "市教育局");
    assert_int_equal(roster->rows[1].row, 6);
    assert_int_equal(roster->rows[1].cell[XJ_PERSON_FIELD_UNIT].len, 0);
    xj_pool_destroy(pool);
}

static void
test_read__refuses_what_has_no_heads(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_roster *roster;

    (void)state;
    must_fail(xj_roster_read(&roster, XJ_STR("甲,乙\n姓名,丙\n"), NULL, pool, pool),
              XJ_E_BAD_INPUT);
    must_fail(xj_roster_read(&roster, XJ_STR("单位名称,单位全称\n甲,乙\n"), NULL, pool, pool),
              XJ_E_BAD_INPUT);
    xj_pool_destroy(pool);
}

static void
test_read__takes_so_many_rows_and_no_more(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_roster *roster;
    xj_buf text;

    (void)state;
    xj_buf_init(&text, pool, (size_t)1 << 20);
    xj_buf_add(&text, XJ_STR("单位名称\n"));
    for (int i = 0; i < XJ_ROSTER_ROWS_MAX; i++)
        xj_buf_printf(&text, "单位%d\n", i);
    must_ok(xj_roster_read(&roster, xj_buf_str(&text), NULL, pool, pool));
    assert_int_equal(roster->nrows, XJ_ROSTER_ROWS_MAX);
    xj_buf_add(&text, XJ_STR("再一个\n"));
    must_fail(xj_roster_read(&roster, xj_buf_str(&text), NULL, pool, pool), XJ_E_TOO_LARGE);
    xj_pool_destroy(pool);
}

/* 机构职务 makes it a table of seats, whatever else it has in common with one of people. */
static void
test_read__knows_a_table_of_seats(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_roster *roster = read_text("机构,机构职务,姓名,单位,职务\n委员会,主任,张　三,,市长\n", pool);

    (void)state;
    assert_int_equal(roster->tables[0].what, XJ_ROSTER_SEAT);
    assert_str(roster->rows[0].cell[XJ_SEAT_FIELD_BODY], "委员会");
    assert_str(roster->rows[0].cell[XJ_SEAT_FIELD_PERSON], "张三");
    assert_str(roster->rows[0].cell[XJ_SEAT_FIELD_JOB], "市长");
    roster = read_text("机构,姓名,单位\n委员会,张三,市教育局\n", pool);
    assert_int_equal(roster->tables[0].what, XJ_ROSTER_PERSON);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read__takes_the_heads_where_they_stand),
        cmocka_unit_test(test_read__refuses_what_has_no_heads),
        cmocka_unit_test(test_read__takes_so_many_rows_and_no_more),
        cmocka_unit_test(test_read__knows_a_table_of_seats),
    };

    return xjtest_main(tests);
}
