#include "app/table.h"

#include "base/vec.h"

struct xj_table {
    size_t n;
    xj_pool *pool;
    XJ_VEC(xj_str) cells;
};

xj_table *
xj_table_new(size_t n, xj_pool *pool)
{
    xj_table *table = XJ_NEW(pool, xj_table);

    XJ_ASSERT(n > 0 && n <= XJ_TABLE_COLUMNS_MAX);
    table->n = n;
    table->pool = pool;
    return table;
}

void
xj_table_cell(xj_table *table, xj_str text)
{
    char *copy = xj_alloc(table->pool, text.len + 1);

    for (size_t i = 0; i < text.len; i++)
        copy[i] = (unsigned char)text.data[i] < 0x20 || text.data[i] == 0x7F ? ' ' : text.data[i];
    copy[text.len] = '\0';
    xj_vec_push(&table->cells, table->pool, xj_str_of(copy, text.len));
}

void
xj_table_int(xj_table *table, int64_t n)
{
    char text[24];

    snprintf(text, sizeof text, "%lld", (long long)n);
    xj_table_cell(table, xj_str_c(text));
}

/* East Asian wide and full-width characters (UAX 11), in the ranges that plans use. */
static bool
wide(uint32_t cp)
{
    return (cp >= 0x1100 && cp <= 0x115F) || (cp >= 0x2E80 && cp <= 0xA4CF && cp != 0x303F) ||
           (cp >= 0xAC00 && cp <= 0xD7A3) || (cp >= 0xF900 && cp <= 0xFAFF) ||
           (cp >= 0xFE30 && cp <= 0xFE6F) || (cp >= 0xFF00 && cp <= 0xFF60) ||
           (cp >= 0xFFE0 && cp <= 0xFFE6) || (cp >= 0x20000 && cp <= 0x3FFFD);
}

size_t
xj_text_width(xj_str text)
{
    size_t width = 0, pos = 0;

    while (pos < text.len)
        width += wide(xj_utf8_next(text, &pos)) ? 2 : 1;
    return width;
}

void
xj_table_print(const xj_table *table, FILE *out)
{
    size_t widths[XJ_TABLE_COLUMNS_MAX] = {0};

    for (size_t i = 0; i < table->cells.len; i++) {
        size_t width = xj_text_width(table->cells.items[i]);

        if (width > widths[i % table->n])
            widths[i % table->n] = width;
    }
    for (size_t i = 0; i < table->cells.len; i++) {
        xj_str cell = table->cells.items[i];
        size_t column = i % table->n;
        bool last = column + 1 == table->n;

        fprintf(out, XJ_FMT, XJ_ARG(cell));
        for (size_t k = xj_text_width(cell); !last && k < widths[column] + 2; k++)
            fputc(' ', out);
        if (!last)
            continue;
        fputc('\n', out);
        if (i + 1 != table->n)
            continue;
        for (size_t c = 0; c < table->n; c++)
            for (size_t k = 0; k < widths[c] + (c + 1 < table->n ? 2 : 0); k++)
                fputc('-', out);
        fputc('\n', out);
    }
}
