/*
 * doc/html.c -- saved web pages to blocks: the article among navigation, scripts and footers.
 *
 * libxml2 repairs the markup; the article is the deepest element that holds nearly all text outside
 * links, or one that calls itself an article and holds much of it.
 */
#include "doc/doc_priv.h"

#include <ctype.h>
#include <libxml/HTMLparser.h>
#include <stdio.h>

#define DEPTH_MAX 240
#define GRID_COLS_MAX 256
#define PARA_MAX ((size_t)16 << 20)

struct html {
    xj_doc_builder *b;
    xj_pool *scratch;
    xj_buf para;  /* the open paragraph, or the open cell's text */
    bool in_cell; /* then block ends are line breaks in PARA */
    bool blank;   /* white space waits before the next word */
    int heading;  /* level of the open heading, 0 none */
    int block_no;
    int list_no; /* of the item that is about to begin, 0 none */
};

/* ---- names ---- */

static bool
is_one_of(const xmlNode *node, const char *names)
{
    const char *name = (const char *)node->name;
    size_t len = strlen(name);

    for (const char *at = names; (at = strstr(at, name)) != NULL; at += len) {
        if ((at == names || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0'))
            return true;
    }
    return false;
}

static bool
is_block(const xmlNode *node)
{
    return is_one_of(node, "p div li ul ol h1 h2 h3 h4 h5 h6 tr table tbody thead tfoot section "
                           "article main body br hr dt dd dl blockquote pre center caption td th "
                           "header address figure figcaption fieldset");
}

/* The value of ATTR, in NODE's own memory, or "". */
static const char *
attribute(const xmlNode *node, const char *attr)
{
    for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
        if (xmlStrcasecmp(a->name, (const xmlChar *)attr) == 0 && a->children != NULL &&
            a->children->content != NULL)
            return (const char *)a->children->content;
    }
    return "";
}

/* Whether NODE's id or class holds one of WORDS (separated by blanks; lower case). */
static bool
is_called(const xmlNode *node, const char *words)
{
    const char *const values[] = {attribute(node, "id"), attribute(node, "class")};
    char lower[256];

    for (int v = 0; v < 2; v++) {
        const char *word = words;
        size_t n = 0;

        for (; values[v][n] != '\0' && n < sizeof lower - 1; n++)
            lower[n] = (char)tolower((unsigned char)values[v][n]);
        lower[n] = '\0';
        while (*word != '\0') {
            size_t len = strcspn(word, " ");

            if (memmem(lower, n, word, len) != NULL)
                return true;
            word += len + (word[len] == ' ');
        }
    }
    return false;
}

static bool
is_invisible(const xmlNode *node)
{
    const char *style = attribute(node, "style");

    if (node->type != XML_ELEMENT_NODE)
        return node->type != XML_TEXT_NODE && node->type != XML_CDATA_SECTION_NODE;
    return is_one_of(node, "script style noscript iframe form select option button textarea input "
                           "object embed head template svg") ||
           strstr(style, "display:none") != NULL || strstr(style, "display: none") != NULL;
}

/* Navigation by its element or by what it is called. */
static bool
is_navigation(const xmlNode *node)
{
    return node->type == XML_ELEMENT_NODE &&
           (is_one_of(node, "nav footer aside") ||
            is_called(node, "breadcrumb crumbs footer copyright sharebox share_ bdshare toolbar "
                            "navbar sidebar printbtn fontsize related qrcode"));
}

/* ---- which element is the article ---- */

struct weight {
    size_t text, link; /* characters without white space */
};

static size_t
letters(const xmlChar *text)
{
    size_t n = 0;

    for (; *text != '\0'; text++)
        n += *text > ' ' && (*text & 0xc0) != 0x80;
    return n;
}

/* What stands in NODE; the text of links apart. */
static struct weight
weigh(const xmlNode *node, bool in_link, int depth)
{
    struct weight sum = {0};

    if (is_invisible(node) || is_navigation(node) || depth > DEPTH_MAX)
        return sum;
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
        size_t n = node->content == NULL ? 0 : letters(node->content);

        return in_link ? (struct weight){0, n} : (struct weight){n, 0};
    }
    in_link = in_link || strcmp((const char *)node->name, "a") == 0;
    for (const xmlNode *child = node->children; child != NULL; child = child->next) {
        struct weight w = weigh(child, in_link, depth + 1);

        sum.text += w.text;
        sum.link += w.link;
    }
    return sum;
}

/* The deepest element below NODE that calls itself an article and holds at least 40 % of TOTAL. */
static const xmlNode *
find_named(const xmlNode *node, size_t total, int depth)
{
    const xmlNode *best = NULL;

    if (is_invisible(node) || node->type != XML_ELEMENT_NODE || depth > DEPTH_MAX)
        return NULL;
    if (weigh(node, false, depth).text * 5 < total * 2)
        return NULL;
    if (is_one_of(node, "article") ||
        is_called(node, "article content zoom trs_editor ucap_content detail view txt con_text "
                        "pages_print mainbody news_con wenzhang"))
        best = node;
    for (const xmlNode *child = node->children; child != NULL; child = child->next) {
        const xmlNode *deeper = find_named(child, total, depth + 1);

        if (deeper != NULL)
            best = deeper;
    }
    return best;
}

static const xmlNode *
find_article(const xmlNode *body)
{
    size_t total = weigh(body, false, 0).text;
    const xmlNode *at = body, *named = find_named(body, total, 0);
    bool deeper = true;

    if (named != NULL)
        return named;
    for (int depth = 0; deeper && depth < DEPTH_MAX; depth++) {
        deeper = false;
        for (const xmlNode *child = at->children; child != NULL && !deeper; child = child->next) {
            if (child->type == XML_ELEMENT_NODE && is_block(child) &&
                !is_one_of(child, "p tr li") && weigh(child, false, 0).text * 20 >= total * 17) {
                at = child;
                deeper = true;
            }
        }
    }
    /* a table or a list found alone is read as such, by its parent */
    while (is_one_of(at, "table tbody thead tfoot tr td th ul ol") && at->parent != NULL &&
           at != body)
        at = at->parent;
    return at;
}

/* ---- text to blocks ---- */

static void
end_block(struct html *h)
{
    xj_str text = xj_buf_str(&h->para);

    h->blank = false;
    if (h->in_cell) {
        if (text.len > 0 && text.data[text.len - 1] != '\n')
            xj_buf_add_char(&h->para, '\n');
        return;
    }
    if (text.len == 0)
        return;
    h->block_no++;
    xj_doc__block(h->b, h->heading > 0 ? XJ_BLOCK_HEADING : xj_doc__paragraph_kind(text),
                  h->heading, text, (xj_place){.row = h->block_no});
    xj_buf_clear(&h->para);
}

/* White space as a browser shows it: runs are one blank, none at the ends of lines; between Chinese
 * characters a line break in the source is nothing. */
static void
add_text(struct html *h, const char *text)
{
    for (const char *p = text; *p != '\0'; p++) {
        bool wide = (unsigned char)*p >= 0x80;

        if (*p == ' ' || (*p >= '\t' && *p <= '\r')) {
            h->blank = true;
            continue;
        }
        if (h->blank && h->para.len > 0 && h->para.data[h->para.len - 1] != '\n') {
            bool wide_before = (unsigned char)h->para.data[h->para.len - 1] >= 0x80;

            if (!(wide && wide_before))
                xj_buf_add_char(&h->para, ' ');
        }
        if (h->list_no > 0) {
            int no = h->list_no;

            h->list_no = 0;
            if (!isdigit((unsigned char)*p) && xj_doc__paragraph_kind(xj_str_c(p)) != XJ_BLOCK_ITEM)
                xj_buf_printf(&h->para, "%d.", no);
        }
        h->blank = false;
        xj_buf_add_char(&h->para, *p);
    }
}

static void walk(struct html *h, const xmlNode *node, int depth);

static void
walk_children(struct html *h, const xmlNode *node, int depth)
{
    for (const xmlNode *child = node->children; child != NULL; child = child->next)
        walk(h, child, depth + 1);
}

/* ---- tables ---- */

static int
span_of(const xmlNode *cell, const char *attr)
{
    int64_t n;

    if (!xj_str_int(&n, xj_str_trim(xj_str_c(attribute(cell, attr)))) || n < 1)
        return 1;
    return n > 1000 ? 1000 : (int)n;
}

static bool
has_inside(const xmlNode *node, const char *name, int depth)
{
    if (depth > DEPTH_MAX)
        return false;
    for (const xmlNode *child = node->children; child != NULL; child = child->next) {
        if (child->type == XML_ELEMENT_NODE &&
            (strcmp((const char *)child->name, name) == 0 || has_inside(child, name, depth + 1)))
            return true;
    }
    return false;
}

struct grid {
    int row;
    int busy[GRID_COLS_MAX]; /* rows that a span from above still takes, by column */
    size_t cells, rows, widest;
    size_t all, most; /* letters, and those of the fullest cell */
};

/* Call CELL for every cell of TABLE with its place in the grid. */
static void
each_cell(struct html *h, const xmlNode *node, struct grid *g, int depth,
          void (*cell)(struct html *h, struct grid *g, const xmlNode *cell, int row, int col))
{
    for (const xmlNode *child = node->children; child != NULL; child = child->next) {
        size_t width = 0;
        int col = 0;

        if (child->type != XML_ELEMENT_NODE || depth > DEPTH_MAX)
            continue;
        if (strcmp((const char *)child->name, "tr") != 0) {
            if (is_one_of(child, "tbody thead tfoot"))
                each_cell(h, child, g, depth + 1, cell);
            continue;
        }
        for (const xmlNode *td = child->children; td != NULL; td = td->next) {
            int rows, cols;

            if (td->type != XML_ELEMENT_NODE || !is_one_of(td, "td th"))
                continue;
            while (col < GRID_COLS_MAX && g->busy[col] > 0)
                col++;
            rows = span_of(td, "rowspan");
            cols = span_of(td, "colspan");
            if (col + cols > GRID_COLS_MAX)
                break;
            cell(h, g, td, g->row, col);
            for (int c = col; c < col + cols; c++)
                g->busy[c] = rows;
            col += cols;
            width++;
        }
        for (int c = 0; c < GRID_COLS_MAX; c++)
            g->busy[c] -= g->busy[c] > 0;
        if (width > 0) {
            g->row++;
            g->rows++;
        }
        g->widest = width > g->widest ? width : g->widest;
    }
}

static void
measure_cell(struct html *h, struct grid *g, const xmlNode *cell, int row, int col)
{
    struct weight w = weigh(cell, false, 0);

    (void)h, (void)row, (void)col;
    g->cells++;
    g->all += w.text + w.link;
    g->most = w.text + w.link > g->most ? w.text + w.link : g->most;
}

static void
emit_cell(struct html *h, struct grid *g, const xmlNode *cell, int row, int col)
{
    (void)g;
    xj_buf_clear(&h->para);
    h->blank = false;
    walk_children(h, cell, 0);
    xj_doc__cell(h->b, row, col, span_of(cell, "rowspan"), span_of(cell, "colspan"),
                 xj_buf_str(&h->para), (xj_place){.row = row + 1, .col = col + 1});
}

/* A table of data: rows and columns, no table inside, no cell that holds nearly everything. */
static bool
is_data(struct html *h, const xmlNode *table)
{
    struct grid g = {0};

    if (has_inside(table, "table", 0))
        return false;
    each_cell(h, table, &g, 0, measure_cell);
    return g.rows >= 2 && g.widest >= 2 && (g.rows > 3 || g.most * 10 < g.all * 8);
}

static void
emit_table(struct html *h, const xmlNode *table)
{
    struct grid g = {0};

    end_block(h);
    xj_doc__table(h->b);
    h->in_cell = true;
    each_cell(h, table, &g, 0, emit_cell);
    h->in_cell = false;
    xj_buf_clear(&h->para);
    xj_doc__table_end(h->b, (xj_place){.row = ++h->block_no});
}

/* ---- the walk ---- */

static void
collect(xj_buf *out, const xmlNode *node, int depth)
{
    if (is_invisible(node) || depth > DEPTH_MAX)
        return;
    if (node->type != XML_ELEMENT_NODE) {
        xj_buf_add(out, xj_str_trim(xj_str_c((const char *)node->content)));
        return;
    }
    for (const xmlNode *child = node->children; child != NULL; child = child->next)
        collect(out, child, depth + 1);
}

static void
set_aside(struct html *h, const xmlNode *node)
{
    xj_buf out;

    xj_buf_init(&out, h->scratch, PARA_MAX);
    collect(&out, node, 0);
    xj_doc__furniture(h->b, XJ_FURNITURE_NAVIGATION, xj_buf_str(&out), (xj_place){0});
}

static void
walk_list(struct html *h, const xmlNode *list, int depth)
{
    int64_t start;
    int no = xj_str_int(&start, xj_str_c(attribute(list, "start"))) && start > 0 && start < 10000
                 ? (int)start
                 : 1;

    end_block(h);
    for (const xmlNode *child = list->children; child != NULL; child = child->next) {
        if (child->type == XML_ELEMENT_NODE && strcmp((const char *)child->name, "li") == 0)
            h->list_no = no++;
        walk(h, child, depth + 1);
        h->list_no = 0;
    }
    end_block(h);
}

static void
walk(struct html *h, const xmlNode *node, int depth)
{
    const char *name = (const char *)node->name;
    bool block;

    if (is_invisible(node) || depth > DEPTH_MAX)
        return;
    if (node->type != XML_ELEMENT_NODE) {
        if (node->content != NULL)
            add_text(h, (const char *)node->content);
        return;
    }
    if (is_navigation(node)) {
        set_aside(h, node);
        return;
    }
    if (strcmp(name, "table") == 0 && !h->in_cell && is_data(h, node)) {
        emit_table(h, node);
        return;
    }
    if (strcmp(name, "ol") == 0) {
        walk_list(h, node, depth);
        return;
    }
    block = is_block(node);
    if (block)
        end_block(h);
    if (name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && name[2] == '\0')
        h->heading = name[1] - '0';
    walk_children(h, node, depth);
    if (block)
        end_block(h);
    if (name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && name[2] == '\0')
        h->heading = 0;
}

/* ---- the title ---- */

static const xmlNode *
find_element(const xmlNode *node, const char *name, int depth)
{
    if (depth > DEPTH_MAX)
        return NULL;
    for (; node != NULL; node = node->next) {
        const xmlNode *found;

        if (node->type != XML_ELEMENT_NODE)
            continue;
        if (strcmp((const char *)node->name, name) == 0)
            return node;
        found = find_element(node->children, name, depth + 1);
        if (found != NULL)
            return found;
    }
    return NULL;
}

/* <meta name="ArticleTitle" content="…">, as government sites have it. */
static xj_str
meta_title(const xmlNode *node, int depth)
{
    if (depth > DEPTH_MAX)
        return XJ_STR("");
    for (; node != NULL; node = node->next) {
        xj_str found;

        if (node->type != XML_ELEMENT_NODE)
            continue;
        if (strcmp((const char *)node->name, "meta") == 0 &&
            xmlStrcasecmp((const xmlChar *)attribute(node, "name"),
                          (const xmlChar *)"ArticleTitle") == 0)
            return xj_str_c(attribute(node, "content"));
        if (strcmp((const char *)node->name, "body") == 0)
            continue;
        found = meta_title(node->children, depth + 1);
        if (found.len > 0)
            return found;
    }
    return XJ_STR("");
}

/* The page's title in front of the article, where the article does not say it itself. */
static void
add_title(struct html *h, const xmlNode *root, const xmlNode *article)
{
    xj_buf text, all;
    xj_str title = meta_title(root, 0);
    const xmlNode *heading = find_element(root, "h1", 0);

    xj_buf_init(&text, h->scratch, PARA_MAX);
    xj_buf_init(&all, h->scratch, (size_t)64 << 20);
    if (title.len == 0 && heading != NULL) {
        collect(&text, heading, 0);
        title = xj_buf_str(&text);
    }
    if (title.len == 0)
        return;
    collect(&all, article, 0);
    if (xj_str_find(xj_buf_str(&all), title, 0) == XJ_NPOS)
        xj_doc__block(h->b, XJ_BLOCK_HEADING, 1, title, (xj_place){0});
}

static bool
is_inside(const xmlNode *node, const xmlNode *what)
{
    for (; node != NULL; node = node->parent) {
        if (node == what)
            return true;
    }
    return false;
}

#define SHEET_MAX 1200 /* characters of the sheet beside an article */

/* The table or list that says the paper's issuer, number and date, where it stands beside the
 * article. */
static bool
add_sheet(struct html *h, const xmlNode *node, const xmlNode *article, int depth)
{
    static const xj_str keys[] = {
        {"成文日期", 12}, {"发文机关", 12}, {"发文字号", 12}, {"发布机构", 12}};
    bool found = false, table = strcmp((const char *)node->name, "table") == 0;
    size_t said = 0;
    xj_buf text;

    if (node->type != XML_ELEMENT_NODE || node == article || depth > DEPTH_MAX ||
        is_invisible(node) || is_navigation(node))
        return false;
    if (!is_inside(article, node) &&
        (table ? is_data(h, node)
               : is_one_of(node, "ul dl div section") && weigh(node, false, 0).text <= SHEET_MAX)) {
        xj_buf_init(&text, h->scratch, PARA_MAX);
        collect(&text, node, 0);
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            said += xj_str_has(xj_buf_str(&text), keys[i]);
        if (table && said > 0) {
            emit_table(h, node);
        } else if (said > 1) {
            walk(h, node, 0);
            end_block(h);
        }
        if (table ? said > 0 : said > 1)
            return true;
    }
    for (const xmlNode *child = node->children; child != NULL && !found; child = child->next)
        found = add_sheet(h, child, article, depth + 1);
    return found;
}

static void
free_doc(void *arg)
{
    xmlFreeDoc(arg);
}

xj_error *
xj_doc__html(xj_doc **doc, xj_str bytes, xj_pool *result, xj_pool *scratch)
{
    xj_doc_builder b;
    struct html h = {.b = &b, .scratch = scratch};
    const xmlNode *root, *body, *article;
    htmlDocPtr page;

    xj_doc__build(&b, result, scratch);
    xj_buf_init(&h.para, scratch, PARA_MAX);
    if (bytes.len > INT32_MAX / 2)
        return xj_error_new(XJ_E_TOO_LARGE, "the page has %zu bytes", bytes.len);
    page = htmlReadMemory(bytes.data, (int)bytes.len, NULL, "UTF-8",
                          HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                              HTML_PARSE_NONET | HTML_PARSE_COMPACT);
    if (page == NULL)
        return xj_error_new(XJ_E_BAD_INPUT, "the file is no web page");
    xj_pool_on_end(scratch, free_doc, page);
    root = xmlDocGetRootElement(page);
    body = root == NULL ? NULL : find_element(root, "body", 0);
    if (body == NULL)
        return xj_error_new(XJ_E_BAD_INPUT, "the page is empty");
    article = find_article(body);
    add_title(&h, root, article);
    add_sheet(&h, body, article, 0);
    walk(&h, article, 0);
    end_block(&h);
    XJ_TRY(xj_buf_check(&h.para));
    return xj_doc__build_end(doc, &b);
}
