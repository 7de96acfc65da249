/*
 * tests/unit/plan/compiletest.h -- small plans for the tests of the compiler.
 */
#pragma once

#include "support/xjtest.h"

#include "base/buf.h"
#include "plan/compile.h"

#include <string.h>

/* TEXT compiled, in POOL. */
static inline xj_register *
compiled(xj_pool *pool, const char *text)
{
    xj_doc *doc;
    xj_register *reg;

    must_ok(xj_doc_read_text(&doc, xj_str_c(text), pool, pool));
    must_ok(xj_plan_compile(&reg, doc, pool, pool));
    return reg;
}

/* One action with ITEM as its only item, of a plan of 2024. */
static inline xj_register *
compiled_item(xj_pool *pool, const char *item)
{
    return compiled(pool, xj_str_cdup(xj_str_printf(pool,
                                                    "溪州市健康行动2024年工作方案\n"
                                                    "一、重点任务\n（一）控烟行动。\n1.%s\n",
                                                    item),
                                      pool));
}

/* The units of TASK as "市教育局=lead 市体育局=responsible". */
static inline xj_str
units_of(xj_pool *pool, const xj_plan_task *task)
{
    xj_buf buf;

    xj_buf_init(&buf, pool, 1 << 16);
    for (size_t i = 0; i < task->nunits; i++)
        xj_buf_printf(&buf, "%s" XJ_FMT "=%s", i > 0 ? " " : "", XJ_ARG(task->units[i].name),
                      xj_unit_role_word(task->units[i].role));
    return xj_buf_str(&buf);
}

/* Whether REG has a warning of CODE. */
static inline bool
warned(const xj_register *reg, const char *code)
{
    for (size_t i = 0; i < reg->nwarnings; i++)
        if (strcmp(reg->warnings[i].code, code) == 0)
            return true;
    return false;
}
