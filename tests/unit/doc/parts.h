/*
 * tests/unit/doc/parts.h -- containers and PDF files made in memory, documents shown as text.
 */
#pragma once

#include "support/xjtest.h"

#include "base/buf.h"
#include "doc/doc.h"

#include <dlfcn.h>
#include <zip.h>

/* A zip of NAME, TEXT, NAME, TEXT, ..., NULL in POOL. */
static inline xj_str
zip_of(xj_pool *pool, const char *const *parts)
{
    zip_error_t error;
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_t *za = zip_open_from_source(source, ZIP_TRUNCATE, &error);
    zip_stat_t stat;
    char *bytes;

    assert_non_null(za);
    zip_source_keep(source);
    for (; parts[0] != NULL; parts += 2) {
        zip_source_t *part = zip_source_buffer(za, parts[1], strlen(parts[1]), 0);

        assert_true(zip_file_add(za, parts[0], part, ZIP_FL_ENC_UTF_8) >= 0);
    }
    assert_int_equal(zip_close(za), 0);
    zip_source_open(source);
    zip_source_stat(source, &stat);
    bytes = xj_alloc(pool, stat.size);
    assert_int_equal(zip_source_read(source, bytes, stat.size), stat.size);
    zip_source_close(source);
    zip_source_free(source);
    return xj_str_of(bytes, stat.size);
}

/* DOC a block a line: kind, text; tables cell by cell as {row,col rows×cols text}. */
static inline xj_str
shown(const xj_doc *doc, xj_pool *pool)
{
    xj_buf out;

    xj_buf_init(&out, pool, 1 << 20);
    for (size_t i = 0; i < doc->nblocks; i++) {
        const xj_block *b = &doc->blocks[i];

        if (b->kind != XJ_BLOCK_TABLE) {
            xj_buf_printf(&out, "%c ", "HPI"[b->kind]);
            xj_buf_add(&out, xj_str_sub(doc->text, b->from, b->to));
        } else {
            xj_buf_printf(&out, "T%dx%d", b->nrows, b->ncols);
            for (size_t c = 0; c < b->ncells; c++) {
                const xj_cell *k = &b->cells[c];

                xj_buf_printf(&out, "{%d,%d %dx%d ", k->row, k->col, k->row_span, k->col_span);
                xj_buf_add(&out, xj_str_sub(doc->text, k->from, k->to));
                xj_buf_add_char(&out, '}');
            }
        }
        xj_buf_add_char(&out, '\n');
    }
    for (size_t i = 0; i < doc->nfurniture; i++) {
        xj_buf_add(&out, XJ_STR("F "));
        xj_buf_add(&out, doc->furniture[i].text);
        xj_buf_add_char(&out, '\n');
    }
    return xj_buf_str(&out);
}

/* A PDF of PAGES pages, each with TEXT in Helvetica; without a cross-reference table, which poppler
 * then makes itself. */
static inline xj_str
pdf_of(xj_pool *pool, int pages, const char *text)
{
    xj_buf out;

    xj_buf_init(&out, pool, 1 << 22);
    xj_buf_add(&out, XJ_STR("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                            "2 0 obj<</Type/Pages/Kids["));
    for (int i = 0; i < pages; i++)
        xj_buf_printf(&out, "%d 0 R ", 10 + i);
    xj_buf_printf(
        &out,
        "]/Count %d>>endobj\n3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
        "4 0 obj<</Length %zu>>stream\nBT /F 12 Tf 72 700 Td (%s) Tj ET\nendstream endobj\n",
        pages, strlen(text) + 31, text);
    for (int i = 0; i < pages; i++)
        xj_buf_printf(&out,
                      "%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
                      "/Resources<</Font<</F 3 0 R>>>>>>endobj\n",
                      10 + i);
    xj_buf_add(&out, XJ_STR("trailer<</Root 1 0 R>>\n%%EOF\n"));
    return xj_buf_str(&out);
}

/* Whether the library that reads PDF is there. */
static inline bool
reads_pdf(void)
{
    return dlopen("libpoppler-glib.so.8", RTLD_NOW | RTLD_LOCAL) != NULL;
}
