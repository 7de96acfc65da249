/* Searching documents by their heads, and the words around what a search found. */
#include "plan/search.h"

#include "base/vec.h"
#include "plan/aside.h"
#include "plan/plan_priv.h"
#include "text/chars.h"
#include "text/initials.h"

#define WORDS_MAX ((size_t)64 << 10)

/* TEXT in one form of width, brackets and case, without white space and line breaks. */
static void
add_folded(xj_buf *out, xj_str text, xj_pool *scratch)
{
    xj_chars chars;

    xj_chars_fold(&chars, text, scratch);
    for (size_t i = 0; i < chars.n; i++)
        if (chars.c[i] != '\n' && chars.c[i] != '\t')
            xj_buf_add_cp(out,
                          chars.c[i] >= 'A' && chars.c[i] <= 'Z' ? chars.c[i] | 0x20u : chars.c[i]);
}

xj_str
xj_plan__document_words(xj_str title, xj_str doc_no, xj_str issuer, xj_pool *result)
{
    const xj_str lines[] = {title, doc_no, issuer};
    xj_buf out;

    xj_buf_init(&out, result, WORDS_MAX);
    for (size_t i = 0; i < 3; i++) {
        if (lines[i].len > 0)
            add_folded(&out, lines[i], result);
        xj_buf_add_char(&out, '\n');
    }
    xj_buf_add(&out, xj_text_initials(title, result));
    return xj_buf_str(&out);
}

xj_str
xj_plan__document_query(xj_str text, xj_pool *result)
{
    xj_buf out;

    xj_buf_init(&out, result, WORDS_MAX);
    add_folded(&out, text, result);
    return xj_buf_str(&out);
}

/* ---- the derived words ---- */

typedef struct head {
    int64_t id;
    xj_str title, doc_no, issuer;
} head;

xj_error *
xj_document_set_words(int64_t *changed, xj_tx *tx)
{
    XJ_VEC(head) heads = {0};
    xj_pool *pool = xj_tx_pool(tx);
    xj_rows *rows;
    bool more;

    *changed = 0;
    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DOCUMENT_HEADS, "i", xj_tx_tenant(tx)));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&heads, pool,
                    (head){xj_row_int(rows, 0), xj_row_text(rows, 1, pool),
                           xj_row_text(rows, 2, pool), xj_row_text(rows, 3, pool)});
    }
    for (size_t i = 0; i < heads.len; i++) {
        const head *h = &heads.items[i];
        int64_t n;

        XJ_TRY(xj_db_change(&n, xj_tx_db(tx), SQL_DOCUMENT_SET_WORDS, "ssii",
                            xj_plan__document_words(h->title, h->doc_no, h->issuer, pool),
                            xj_str_c(xj_document_kind_of(h->title, pool)), xj_tx_tenant(tx),
                            h->id));
        *changed += n;
    }
    return NULL;
}

static xj_error *
run_fill(xj_tx *tx, void *args, xj_buf *answer)
{
    int64_t changed;

    (void)args;
    (void)answer;
    return xj_document_set_words(&changed, tx);
}

xj_error *
xj_document_fill_words(xj_store *store, xj_pool *scratch)
{
    return xj_store_do_each(store, SQL_DOCUMENT_UNREAD, "document.words", run_fill, scratch);
}

/* ---- the text of documents that are no plan ---- */

xj_error *
xj_part_search(xj_part_found **items, size_t *n, xj_db *db, const xj_scope *scope, xj_str text,
               int64_t after, int64_t limit, xj_pool *result)
{
    XJ_VEC(xj_part_found) found = {0};
    xj_list *list = xj_list_new(SQL_PART_LIST, result);
    const xj_str lower = xj_plan__lower(text, result);
    xj_rows *rows;
    bool more;

    xj_list_str(list, "text", XJ_COND_MATCH, lower);
    xj_list_order(list, "newest", true);
    if (after != 0)
        xj_list_after_int(list, after, after);
    XJ_TRY(xj_list_query(&rows, list, db, limit, "si",
                         xj_plan__words_query(scope->tenant, lower, result), scope->tenant));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_part_found){xj_row_int(rows, 0), xj_row_int(rows, 1),
                                    xj_row_text(rows, 2, result), xj_row_text(rows, 3, result),
                                    xj_row_text(rows, 4, result)});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

/* ---- around what was found ---- */

/* AT moved back, or on, to where a character begins. */
static size_t
boundary(xj_str text, size_t at, bool back)
{
    while (at > 0 && at < text.len && ((unsigned char)text.data[at] & 0xC0) == 0x80)
        at = back ? at - 1 : at + 1;
    return at;
}

xj_str
xj_search_context(xj_str text, xj_str query, xj_pool *scratch)
{
    const size_t before = 60, after = 240; /* bytes: 20 and 80 characters */
    const size_t at = xj_str_find(xj_plan__lower(text, scratch), xj_plan__lower(query, scratch), 0);
    size_t from, to;

    if (at == XJ_NPOS)
        return xj_str_sub(text, 0, boundary(text, after < text.len ? after : text.len, true));
    from = at > before ? boundary(text, at - before, false) : 0;
    to = at + query.len + after;
    return xj_str_sub(text, from, to < text.len ? boundary(text, to, true) : text.len);
}
