/* Whatever the compiler takes gives ranges inside the text on character borders, units with names,
 * and the same register when it is compiled again. */
#include "fuzz/fuzz.h"

#include "plan/compile.h"
#include "plan/register_json.h"

#define INPUT_MAX ((size_t)64 << 10)
#define JSON_MAX ((size_t)64 << 20)

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    xj_mem_start();
    return 0;
}

static void
check_range(const xj_register *reg, xj_range r)
{
    XJ_ASSERT(r.from <= r.to && r.to <= reg->text.len);
    XJ_ASSERT(r.from == reg->text.len || ((unsigned char)reg->text.data[r.from] & 0xC0) != 0x80);
    XJ_ASSERT(r.to == reg->text.len || ((unsigned char)reg->text.data[r.to] & 0xC0) != 0x80);
}

static void
check_text(xj_str s)
{
    XJ_ASSERT(s.data == NULL || xj_utf8_check(s) == s.len);
}

static void
check_task(const xj_register *reg, const xj_plan_task *t)
{
    check_range(reg, t->source);
    check_range(reg, t->deadline.source);
    check_text(t->text);
    check_text(t->title);
    XJ_ASSERT(t->no.len > 0);
    for (size_t i = 0; i < t->nunits; i++) {
        XJ_ASSERT(t->units[i].name.len > 0);
        check_text(t->units[i].name);
        check_range(reg, t->units[i].source);
        for (size_t k = 0; k < i; k++)
            XJ_ASSERT(!xj_str_eq(t->units[i].name, t->units[k].name));
    }
    for (size_t i = 0; i < t->ndeliverables; i++)
        check_range(reg, t->deliverables[i].source);
    XJ_ASSERT(t->deadline.date.year == 0 || xj_date_valid(t->deadline.date));
}

static void
check_register(const xj_register *reg)
{
    check_range(reg, reg->document.title_at);
    check_range(reg, reg->document.issuer_at);
    check_text(reg->document.title);
    check_text(reg->document.doc_no);
    check_text(reg->document.jurisdiction);
    for (size_t i = 0; i < reg->ntasks; i++)
        check_task(reg, &reg->tasks[i]);
    for (size_t i = 0; i < reg->nactions; i++)
        check_range(reg, reg->actions[i].source);
    for (size_t i = 0; i < reg->ntargets; i++) {
        check_range(reg, reg->targets[i].source);
        check_text(reg->targets[i].indicator);
        check_text(reg->targets[i].unit);
    }
    for (size_t i = 0; i < reg->nobligations; i++)
        check_range(reg, reg->obligations[i].source);
    for (size_t i = 0; i < reg->nwarnings; i++) {
        check_range(reg, reg->warnings[i].source);
        check_text(reg->warnings[i].message);
    }
}

/* The register of BYTES as JSON; empty where there is none. */
static xj_str
compiled(xj_str bytes, xj_pool *pool)
{
    xj_doc *doc;
    xj_register *reg;
    xj_buf buf;
    xj_json w;
    xj_error *err = xj_doc_read_text(&doc, bytes, pool, pool);

    if (err == NULL)
        err = xj_plan_compile(&reg, doc, pool, pool);
    if (err != NULL) {
        xj_error_clear(err);
        return XJ_STR("");
    }
    check_register(reg);
    xj_buf_init(&buf, pool, JSON_MAX);
    xj_json_init(&w, &buf);
    xj_register_json(&w, reg);
    return xj_buf_str(&buf);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    xj_pool *pool;
    xj_str bytes = xj_str_of((const char *)data, size), once, again;

    if (size > INPUT_MAX)
        return 0;
    pool = xj_pool_root();
    once = compiled(bytes, pool);
    again = compiled(bytes, pool);
    XJ_ASSERT(xj_str_eq(once, again));
    xj_pool_destroy(pool);
    return 0;
}
