/* Whatever text is taken for a list of units or people gives rows that stand in its tables, with
 * cells that are text and of columns that the table has, and the same again. */
#include "fuzz/fuzz.h"

#include "roster/roster.h"

#define INPUT_MAX ((size_t)64 << 10)

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    xj_mem_start();
    return 0;
}

static void
check_row(const xj_roster *roster, const xj_roster_row *row)
{
    const xj_roster_table *table = row->table;
    bool said = false;

    XJ_ASSERT(table >= roster->tables && table < roster->tables + roster->ntables);
    XJ_ASSERT(row->row >= 1);
    for (int field = 0; field < XJ_ROSTER_CELLS; field++) {
        const xj_str cell = row->cell[field];

        XJ_ASSERT(cell.len == 0 || table->col[field] >= 1);
        XJ_ASSERT(cell.len == 0 || xj_utf8_check(cell) == cell.len);
        said = said || cell.len > 0;
    }
    XJ_ASSERT(said);
}

static xj_roster *
checked(xj_str bytes, xj_pool *pool)
{
    xj_roster *roster = NULL;
    xj_error *err = xj_roster_read(&roster, bytes, NULL, pool, xj_pool_child(pool));

    if (err != NULL) {
        XJ_ASSERT(xj_error_message(err)[0] != '\0');
        xj_error_clear(err);
        return NULL;
    }
    XJ_ASSERT(roster->ntables > 0 && roster->nrows <= XJ_ROSTER_ROWS_MAX);
    for (size_t i = 0; i < roster->nrows; i++)
        check_row(roster, &roster->rows[i]);
    return roster;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const xj_str bytes = xj_str_of((const char *)data, size);
    const xj_roster *once, *again;
    xj_pool *pool;

    /* Only text is read in this process. */
    if (size > INPUT_MAX || xj_doc_kind_of(bytes) != XJ_DOC_TEXT)
        return 0;
    pool = xj_pool_root();
    once = checked(bytes, pool);
    again = checked(bytes, pool);
    XJ_ASSERT((once == NULL) == (again == NULL));
    XJ_ASSERT(once == NULL || once->nrows == again->nrows);
    for (size_t i = 0; once != NULL && i < once->nrows; i++)
        for (int field = 0; field < XJ_ROSTER_CELLS; field++)
            XJ_ASSERT(xj_str_eq(once->rows[i].cell[field], again->rows[i].cell[field]));
    xj_pool_destroy(pool);
    return 0;
}
