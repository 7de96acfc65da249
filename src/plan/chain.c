#include "plan/chain.h"

#include "base/map.h"
#include "plan/plan_priv.h"
#include "text/chars.h"

#define KEY_MAX ((size_t)64 << 10)

struct node;

static const char FOUND[] = "found", REJECTED[] = "rejected";

/* What a document names as its basis, or a person said it rests on; TO is NULL where that is not
 * held. */
struct entry {
    xj_str title, doc_no, relation;
    struct node *to;
    const char *how, *link; /* as in a row */
};

/* A document that rests on another. */
struct user {
    struct node *from;
    const struct entry *entry;
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
    int64_t links; /* that persons made */
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

xj_str
xj_plan__title_key(xj_str title, xj_pool *pool)
{
    return inner_key(key_of(title, pool));
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
                                   .title = xj_row_text(rows, 1, g->pool),
                                   .doc_no = xj_row_text(rows, 2, g->pool),
                                   .issuer = xj_row_text(rows, 3, g->pool),
                                   .file_name = xj_row_text(rows, 4, g->pool)};
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

    entry->link = FOUND;
    entry->relation = XJ_STR("based_on");
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
        entry->how = entry->link = NULL;
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
        entry.title = xj_row_text(rows, 1, g->pool);
        entry.doc_no = xj_row_text(rows, 2, g->pool);
        match(g, &entry, from);
        xj_vec_push(&from->entries, g->pool, entry);
    }
}

/* What a person said about FROM resting on TO. */
static void
apply_link(struct graph *g, struct node *from, struct node *to, xj_str relation, bool rejected)
{
    bool there = false;

    for (size_t i = 0; i < from->entries.len; i++) {
        struct entry *e = &from->entries.items[i];

        if (e->to != to)
            continue;
        there = true;
        e->link = rejected ? REJECTED : "confirmed";
        e->relation = relation;
    }
    if (there || rejected)
        return;
    xj_vec_push(&from->entries, g->pool,
                (struct entry){.title = to->row.title,
                               .doc_no = to->row.doc_no,
                               .relation = relation,
                               .to = to,
                               .how = "hand",
                               .link = "added"});
}

static xj_error *
read_links(struct graph *g, xj_db *db, int64_t tenant)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_LINK_LIST, "ii", tenant, (int64_t)XJ_CHAIN_LINKS_MAX + 1));
    for (;;) {
        struct node *from, *to;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        g->links++;
        from = xj_map_find(&g->by_id, id_key(xj_row_int(rows, 0), g->pool));
        to = xj_map_find(&g->by_id, id_key(xj_row_int(rows, 1), g->pool));
        if (from != NULL && to != NULL)
            apply_link(g, from, to, xj_row_text(rows, 2, g->pool),
                       xj_str_eq(xj_row_str(rows, 3), xj_str_c(REJECTED)));
    }
}

static bool
holds(const struct entry *e)
{
    return e->to != NULL && e->link != REJECTED;
}

static void
add_users(struct graph *g)
{
    for (size_t i = 0; i < g->nodes.len; i++) {
        struct node *from = g->nodes.items[i];

        for (size_t j = 0; j < from->entries.len; j++) {
            const struct entry *e = &from->entries.items[j];

            if (holds(e) && !has_user(e->to, from))
                xj_vec_push(&e->to->users, g->pool, (struct user){from, e});
        }
    }
}

static xj_error *
read_graph(struct graph *g, xj_db *db, const xj_scope *scope)
{
    xj_map_init(&g->by_id, g->pool);
    xj_map_init(&g->by_no, g->pool);
    xj_map_init(&g->by_title, g->pool);
    XJ_TRY(read_documents(g, db, scope));
    XJ_TRY(read_basis(g, db, scope));
    XJ_TRY(read_links(g, db, scope->tenant));
    add_users(g);
    return NULL;
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

        if (holds(e) || (e->to != NULL && depth == 1)) {
            row = e->to->row;
            row.how = e->how;
            row.link = e->link;
            row.relation = e->relation;
        }
        row.depth = depth;
        if (add_row(tree, holds(e) ? e->to : NULL, row))
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
        row.how = u->entry->how;
        row.link = u->entry->link;
        row.relation = u->entry->relation;
        if (add_row(tree, u->from, row))
            walk_down(tree, u->from, depth + 1);
    }
}

xj_error *
xj_document_chain(xj_chain **chain, xj_db *db, const xj_scope *scope, int64_t id, xj_pool *result)
{
    struct graph g = {.pool = result};
    struct tree up = {.graph = &g}, down = {.graph = &g};
    xj_document document;
    struct node *node;
    xj_chain *made;

    XJ_TRY(read_graph(&g, db, scope));
    node = xj_map_find(&g.by_id, id_key(id, result));
    if (node == NULL)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such document");
    XJ_TRY(xj_plan__document(&document, db, scope->tenant, id, result));
    walk_up(&up, node, 1);
    for (size_t i = 0; i < g.nodes.len; i++)
        g.nodes.items[i]->seen = false;
    walk_down(&down, node, 1);
    made = XJ_NEW(result, xj_chain);
    *made = (xj_chain){up.rows.items, down.rows.items, up.rows.len,
                       down.rows.len, g.cut,           document.version};
    *chain = made;
    return NULL;
}

/* ---- what a person says ---- */

/* Whether NODE rests on WANTED, over however many others. */
static bool
rests_on(struct node *node, const struct node *wanted, xj_pool *pool)
{
    XJ_VEC(struct node *) open = {0};

    xj_vec_push(&open, pool, node);
    node->seen = true;
    while (open.len > 0) {
        const struct node *at = open.items[--open.len];

        if (at == wanted)
            return true;
        for (size_t i = 0; i < at->entries.len; i++) {
            const struct entry *e = &at->entries.items[i];

            if (!holds(e) || e->to->seen)
                continue;
            e->to->seen = true;
            xj_vec_push(&open, pool, e->to);
        }
    }
    return false;
}

static const struct entry *
entry_to(const struct node *from, const struct node *to)
{
    for (size_t i = 0; i < from->entries.len; i++)
        if (from->entries.items[i].to == to)
            return &from->entries.items[i];
    return NULL;
}

static xj_error *
check_link(struct graph *g, const xj_document_link *link)
{
    struct node *from = xj_map_find(&g->by_id, id_key(link->from, g->pool));
    struct node *to = xj_map_find(&g->by_id, id_key(link->to, g->pool));
    const struct entry *there;

    if (from == NULL || to == NULL)
        return xj_error_at(xj_error_new(XJ_E_NOT_FOUND, "there is no such document"), "other");
    if (from == to)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a document cannot rest on itself"),
                           "other");
    there = entry_to(from, to);
    if (link->rejected) {
        if (there == NULL || xj_str_eq(xj_str_c(there->link), XJ_STR("added")))
            return xj_error_new(XJ_E_CONFLICT, "nothing in the document's words says so; a link "
                                               "that a person made is removed");
        return NULL;
    }
    if (there == NULL && g->links >= XJ_CHAIN_LINKS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "there are %d links already", XJ_CHAIN_LINKS_MAX);
    if ((there == NULL || !holds(there)) && rests_on(to, from, g->pool))
        return xj_error_new(XJ_E_CONFLICT,
                            "the other document rests on this one already, directly or over "
                            "others: a link back would close a ring");
    return NULL;
}

xj_error *
xj_document_link_set(xj_tx *tx, const xj_document_link *link)
{
    const xj_scope scope = xj_scope_all(xj_tx_tenant(tx));
    struct graph g = {.pool = xj_tx_pool(tx)};
    xj_db *db = xj_tx_db(tx);
    xj_document document;

    XJ_TRY(xj_plan__document(&document, db, scope.tenant, link->from, xj_tx_pool(tx)));
    XJ_TRY(xj_plan__seen(tx, &document, link->version));
    XJ_TRY(read_graph(&g, db, &scope));
    XJ_TRY(check_link(&g, link));
    XJ_TRY(xj_db_send(db, SQL_LINK_SET, "iiissiis", scope.tenant, link->from, link->to,
                      link->relation, link->rejected ? XJ_STR("rejected") : XJ_STR("confirmed"),
                      xj_tx_now(tx), xj_tx_actor(tx), xj_tx_actor_name(tx)));
    return xj_db_send(db, SQL_DOCUMENT_TOUCH, "ii", scope.tenant, link->from);
}

xj_error *
xj_document_link_remove(xj_tx *tx, int64_t from, int64_t to, int64_t version)
{
    const int64_t tenant = xj_tx_tenant(tx);
    xj_db *db = xj_tx_db(tx);
    xj_document document;
    int64_t n;

    XJ_TRY(xj_plan__document(&document, db, tenant, from, xj_tx_pool(tx)));
    XJ_TRY(xj_plan__seen(tx, &document, version));
    XJ_TRY(xj_db_change(&n, db, SQL_LINK_REMOVE, "iii", tenant, from, to));
    if (n == 0)
        return xj_error_at(xj_error_new(XJ_E_NOT_FOUND, "nobody said anything about these two"),
                           "other");
    return xj_db_send(db, SQL_DOCUMENT_TOUCH, "ii", tenant, from);
}
