/*
 * tests/unit/ledger/ledgertest.h -- two jurisdictions, and commands by any person.
 */
#pragma once

#include "support/storetest.h"

#include "ledger/ledger.h"

typedef struct ledger_fixture {
    int64_t here, there;
} ledger_fixture;

static inline xj_error *
ledgertest_tenants(xj_tx *tx, void *args, xj_buf *answer)
{
    ledger_fixture *f = args;

    (void)answer;
    XJ_TRY(xj_tenant_add(&f->here, tx, XJ_STR("云溪市"), XJ_STR("990100")));
    return xj_tenant_add(&f->there, tx, XJ_STR("洛川县"), XJ_STR("990122"));
}

static inline ledger_fixture
ledgertest_make(xjtest_store *t)
{
    ledger_fixture f;

    must_ok(xjtest_do(NULL, t, 0, ledgertest_tenants, &f));
    return f;
}

/* RUN as a command of TENANT by PERSON. */
static inline xj_error *
ledgertest_as(int64_t person, xjtest_store *t, int64_t tenant, xj_command_fn run, void *args)
{
    xj_command command = {.name = "test.do",
                          .tenant = tenant,
                          .actor = person,
                          .actor_name = XJ_STR("Tester"),
                          .payload = XJ_STR("{}"),
                          .run = run,
                          .args = args};
    xj_str answer;

    return xj_store_do(t->store, &command, &answer, NULL, t->pool);
}

static inline xj_db *
ledgertest_read(xjtest_store *t)
{
    xj_reader *reader;

    must_ok(xj_reader_begin(&reader, t->store, xj_pool_child(t->open_pool)));
    return xj_reader_db(reader);
}
