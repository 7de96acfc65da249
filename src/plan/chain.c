#include "plan/chain.h"

#include "base/map.h"
#include "plan/plan_priv.h"
#include "text/chars.h"

#define KEY_MAX ((size_t)64 << 10)

struct node;

/* What a document names as its basis; TO is NULL where that is not held. */
struct entry {
    xj_str title, doc_no;
    struct node *to;
    const char *how;
};

/* A document that names another as its basis. */
struct user {
    struct node *from;
    const char *how;
};

struct node {
    xj_chain_row row; /* as a row of the answer shows it */
    XJ_VEC(struct entry) entries;
    XJ_VEC(struct user) users;
    bool seen; /* in the tree that is being made */
};

struct graph {
    XJ_VEC(struct node *) nodes;
    xj_map by_id, by_no, by_title;
    xj_pool *pool;
    bool cut;
};

/* ---- keys ---- */

/* What two prints of one title or number have in common: its letters and figures. */
static xj_str
key_of(xj_str text, xj_pool *pool)
{
    xj_chars chars;
    xj_buf out;

    if (text.len == 0)
        return XJ_STR_NONE;
    xj_buf_init(&out, pool, KEY_MAX);
    xj_chars_fold(&chars, text, pool);
    for (size_t i = 0; i < chars.n; i++) {
        const xj_char c = chars.c[i];

        if (c >= 'A' && c <= 'Z')
            xj_buf_add_cp(&out, c | 0x20u);
        else if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == 0x3007 ||
                 (c >= 0x3400 && c < 0xA000))
            xj_buf_add_cp(&out, c);
    }
    return xj_buf_str(&out);
}

/* A plan is named by its own title or by that of the notice that it was sent out with. */
static xj_str
inner_key(xj_str key)
{
    const xj_str before = XJ_STR("关于印发"), behind = XJ_STR("的通知");
    const size_t at = xj_str_find(key, before, 0);

    if (at == XJ_NPOS || !xj_str_ends(key, behind) || at + before.len + behind.len >= key.len)
        return key;
    return xj_str_sub(key, at + before.len, key.len - behind.len);
}

/* The first node of a key, which is the newest, keeps it. */
static void
put_key(xj_map *map, xj_str key, struct node *node)
{
    void **slot;

    if (key.len == 0)
        return;
    slot = xj_map_slot(map, key);
    if (*slot == NULL)
        *slot = node;
}

static xj_str
id_key(int64_t id, xj_pool *pool)
{
    return xj_str_printf(pool, "%lld", (long long)id);
}

/* ---- reading ---- */

static xj_str
text(const xj_rows *rows, int col, xj_pool *pool)
{
    return xj_row_null(rows, col) ? XJ_STR_NONE : xj_str_dup(xj_row_str(rows, col), pool);
}

static xj_error *
read_documents(struct graph *g, xj_db *db, const xj_scope *scope)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, scope->drafts ? SQL_CHAIN_DOCUMENTS : SQL_CHAIN_DOCUMENTS_ISSUED,
                       "ii", scope->tenant, (int64_t)XJ_CHAIN_DOCUMENTS_MAX + 1));
    for (;;) {
        struct node *node;
        xj_str title;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        if (g->nodes.len == XJ_CHAIN_DOCUMENTS_MAX) {
            g->cut = true;
            xj_rows_close(rows);
            return NULL;
        }
        node = XJ_NEW(g->pool, struct node);
        node->row = (xj_chain_row){.document = xj_row_int(rows, 0),
                                   .title = text(rows, 1, g->pool),
                                   .doc_no = text(rows, 2, g->pool),
                                   .issuer = text(rows, 3, g->pool),
                                   .file_name = text(rows, 4, g->pool)};
        xj_vec_push(&g->nodes, g->pool, node);
        put_key(&g->by_id, id_key(node->row.document, g->pool), node);
        put_key(&g->by_no, key_of(node->row.doc_no, g->pool), node);
        title = key_of(node->row.title, g->pool);
        put_key(&g->by_title, title, node);
        put_key(&g->by_title, inner_key(title), node);
    }
}

/* What ENTRY of FROM names among the documents held. */
static void
match(struct graph *g, struct entry *entry, const struct node *from)
{
    const xj_str no = key_of(entry->doc_no, g->pool), title = key_of(entry->title, g->pool);

    entry->how = "number";
    entry->to = no.len == 0 ? NULL : xj_map_find(&g->by_no, no);
    if (entry->to == NULL && title.len > 0) {
        entry->how = "title";
        entry->to = xj_map_find(&g->by_title, title);
        if (entry->to == NULL)
            entry->to = xj_map_find(&g->by_title, inner_key(title));
        /* a document of this title and of another number is another one */
        if (entry->to != NULL && no.len > 0 && entry->to->row.doc_no.len > 0)
            entry->to = NULL;
    }
    if (entry->to == from)
        entry->to = NULL;
    if (entry->to == NULL)
        entry->how = NULL;
}

static bool
has_user(const struct node *to, const struct node *from)
{
    for (size_t i = 0; i < to->users.len; i++)
        if (to->users.items[i].from == from)
            return true;
    return false;
}

static xj_error *
read_basis(struct graph *g, xj_db *db, const xj_scope *scope)
{
    size_t n = 0;
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, scope->drafts ? SQL_CHAIN_BASIS : SQL_CHAIN_BASIS_ISSUED, "ii",
                       scope->tenant, (int64_t)XJ_CHAIN_BASIS_MAX + 1));
    for (;;) {
        struct entry entry = {0};
        struct node *from;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        if (n++ == XJ_CHAIN_BASIS_MAX) {
            g->cut = true;
            xj_rows_close(rows);
            return NULL;
        }
        from = xj_map_find(&g->by_id, id_key(xj_row_int(rows, 0), g->pool));
        if (from == NULL)
            continue;
        entry.title = text(rows, 1, g->pool);
        entry.doc_no = text(rows, 2, g->pool);
        match(g, &entry, from);
        xj_vec_push(&from->entries, g->pool, entry);
        if (entry.to != NULL && !has_user(entry.to, from))
            xj_vec_push(&entry.to->users, g->pool, (struct user){from, entry.how});
    }
}

/* ---- the trees ---- */

struct tree {
    XJ_VEC(xj_chain_row) rows;
    struct graph *graph;
};

/* Whether the rows of NODE, the last one of TREE, are to follow it. */
static bool
add_row(struct tree *tree, struct node *node, xj_chain_row row)
{
    bool deeper = node != NULL && !node->seen;

    if (tree->rows.len >= XJ_CHAIN_ROWS_MAX) {
        tree->graph->cut = true;
        return false;
    }
    row.again = node != NULL && node->seen;
    xj_vec_push(&tree->rows, tree->graph->pool, row);
    if (deeper && row.depth == XJ_CHAIN_DEPTH_MAX) {
        tree->graph->cut = true;
        deeper = false;
    }
    return deeper;
}

static void
walk_up(struct tree *tree, struct node *node, int64_t depth)
{
    node->seen = true;
    for (size_t i = 0; i < node->entries.len; i++) {
        const struct entry *e = &node->entries.items[i];
        xj_chain_row row = {.title = e->title, .doc_no = e->doc_no};

        if (e->to != NULL)
            row = e->to->row;
        row.depth = depth;
        row.how = e->how;
        if (add_row(tree, e->to, row))
            walk_up(tree, e->to, depth + 1);
    }
}

static void
walk_down(struct tree *tree, struct node *node, int64_t depth)
{
    node->seen = true;
    for (size_t i = 0; i < node->users.len; i++) {
        const struct user *u = &node->users.items[i];
        xj_chain_row row = u->from->row;

        row.depth = depth;
        row.how = u->how;
        if (add_row(tree, u->from, row))
            walk_down(tree, u->from, depth + 1);
    }
}

xj_error *
xj_document_chain(xj_chain **chain, xj_db *db, const xj_scope *scope, int64_t id, xj_pool *result)
{
    struct graph g = {.pool = result};
    struct tree up = {.graph = &g}, down = {.graph = &g};
    struct node *node;
    xj_chain *made;

    xj_map_init(&g.by_id, result);
    xj_map_init(&g.by_no, result);
    xj_map_init(&g.by_title, result);
    XJ_TRY(read_documents(&g, db, scope));
    node = xj_map_find(&g.by_id, id_key(id, result));
    if (node == NULL)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such document");
    XJ_TRY(read_basis(&g, db, scope));
    walk_up(&up, node, 1);
    for (size_t i = 0; i < g.nodes.len; i++)
        g.nodes.items[i]->seen = false;
    walk_down(&down, node, 1);
    made = XJ_NEW(result, xj_chain);
    *made = (xj_chain){up.rows.items, down.rows.items, up.rows.len, down.rows.len, g.cut};
    *chain = made;
    return NULL;
}
