/* Whose signatures a unit asks for, and who holds those posts. */
#include "duty/signing_priv.h"

#include "org/post.h"

#define STEPS_BYTES_MAX ((size_t)4 << 10)

static xj_error *
read_steps(xj_sign_chain *chain, xj_str text, xj_db *db, int64_t tenant, xj_pool *result)
{
    const xj_scope all = xj_scope_all(tenant);
    const xj_jval *list;
    xj_unit section;

    XJ_TRY(xj_json_parse(&list, text, STEPS_BYTES_MAX, result));
    chain->n = xj_jval_len(list);
    chain->steps = XJ_NEW_ARRAY(result, xj_sign_step, chain->n + 1);
    for (size_t i = 0; i < chain->n; i++) {
        const xj_jval *item = xj_jval_at(list, i);
        xj_sign_step *step = &chain->steps[i];

        *step = (xj_sign_step){.role = xj_jval_str(xj_jval_find(item, "role")),
                               .section = xj_jval_int(xj_jval_find(item, "section"))};
        if (step->section == 0)
            continue;
        XJ_TRY(xj_unit_get(&section, db, &all, step->section, result));
        step->section_name = section.name;
    }
    return NULL;
}

xj_error *
xj_sign_chain_get(xj_sign_chain *chain, xj_db *db, int64_t tenant, int64_t unit, xj_pool *result)
{
    xj_rows *rows;
    xj_str text;
    bool more;

    *chain = (xj_sign_chain){0};
    XJ_TRY(xj_db_query(&rows, db, SQL_SIGN_CHAIN, "ii", tenant, unit));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return NULL;
    text = xj_row_text(rows, 0, result);
    chain->version = xj_row_int(rows, 1);
    xj_rows_close(rows);
    return read_steps(chain, text, db, tenant, result);
}

static xj_error *
refused(size_t i, const char *member, const char *what)
{
    return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "%s", what), "/steps/%zu/%s", i, member);
}

static xj_error *
check_step(xj_tx *tx, int64_t unit, size_t i, const xj_sign_step *step)
{
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    xj_unit section;

    if (!xj_str_eq(step->role, XJ_STR("section_head")) &&
        !xj_str_eq(step->role, XJ_STR("unit_head")))
        return refused(i, "role", "the heads of a unit and of its sections sign");
    if (step->section == 0)
        return NULL;
    if (xj_str_eq(step->role, XJ_STR("unit_head")))
        return refused(i, "section", "a unit's head is of no section");
    XJ_TRY(xj_unit_get(&section, xj_tx_db(tx), &all, step->section, xj_tx_pool(tx)));
    return section.parent == unit ? NULL : refused(i, "section", "this is no section of the unit");
}

static xj_error *
write_steps(xj_buf *out, const xj_sign_chain *chain, xj_pool *pool)
{
    xj_json w;

    xj_buf_init(out, pool, STEPS_BYTES_MAX);
    xj_json_init(&w, out);
    xj_json_array(&w);
    for (size_t i = 0; i < chain->n; i++) {
        xj_json_object(&w);
        xj_json_key_str(&w, "role", chain->steps[i].role);
        xj_json_key_int(&w, "section", chain->steps[i].section);
        xj_json_end_object(&w);
    }
    xj_json_end_array(&w);
    return xj_buf_check(out);
}

xj_error *
xj_sign_chain_set(int64_t *now, xj_tx *tx, int64_t unit, const xj_sign_chain *chain)
{
    const int64_t tenant = xj_tx_tenant(tx);
    xj_db *db = xj_tx_db(tx);
    xj_sign_chain held;
    xj_buf text;

    xj_tx_subject(tx, "unit", unit);
    XJ_TRY(xj_sign_chain_get(&held, db, tenant, unit, xj_tx_pool(tx)));
    XJ_TRY(xj_duty__check_version(held.version, chain->version, "chain of signatures"));
    if (chain->n > XJ_SIGN_STEPS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "a unit asks for at most %d signatures",
                            XJ_SIGN_STEPS_MAX);
    for (size_t i = 0; i < chain->n; i++)
        XJ_TRY(check_step(tx, unit, i, &chain->steps[i]));
    XJ_TRY(write_steps(&text, chain, xj_tx_pool(tx)));
    *now = held.version + 1;
    if (held.version == 0)
        return xj_db_send(db, SQL_SIGN_CHAIN_ADD, "iisii", tenant, unit, xj_buf_str(&text),
                          xj_tx_now(tx), xj_tx_actor(tx));
    return xj_db_send(db, SQL_SIGN_CHAIN_SET, "siiii", xj_buf_str(&text), xj_tx_now(tx),
                      xj_tx_actor(tx), tenant, unit);
}

/* ---- who holds the posts ---- */

xj_error *
xj_signer_list(xj_signer **items, size_t *n, xj_db *db, int64_t tenant, int64_t unit, xj_date day,
               xj_pool *result)
{
    XJ_VEC(xj_signer) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_SIGNERS, "iis", tenant, unit, xj_day_str(day, result)));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_signer){.person = xj_row_int(rows, 0),
                                .name = xj_row_text(rows, 1, result),
                                .role = xj_row_text(rows, 2, result),
                                .unit = xj_row_int(rows, 3)});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

bool
xj_signer_asked(const xj_signer *signer, const xj_sign_step *step)
{
    return xj_str_eq(signer->role, step->role) &&
           (step->section == 0 || step->section == signer->unit);
}
