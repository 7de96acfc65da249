/* Jurisdictions, programmes, accounts: the operations and their subcommands. */
#include "app/commands.h"
#include "app/ops.h"
#include "app/table.h"
#include "org/password.h"
#include "org/post.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* ---- operations ---- */

typedef struct add_args {
    xj_str name, code, display, hash;
    xj_str role, unit; /* of a new account's post, or none */
    int64_t id;        /* of what an operation changes */
    bool disabled;
} add_args;

static xj_error *
answer_added(xj_buf *answer, int64_t id, xj_str name)
{
    xj_json w;

    xj_json_init(&w, answer);
    xj_json_object(&w);
    xj_json_key_int(&w, "id", id);
    xj_json_key_str(&w, "name", name);
    xj_json_end_object(&w);
    return NULL;
}

static xj_error *
run_tenant_add(xj_tx *tx, void *args, xj_buf *answer)
{
    const add_args *a = args;
    int64_t id;

    XJ_TRY(xj_tenant_add(&id, tx, a->name, a->code));
    return answer_added(answer, id, a->name);
}

static xj_error *
run_programme_add(xj_tx *tx, void *args, xj_buf *answer)
{
    const add_args *a = args;
    int64_t id;

    XJ_TRY(xj_programme_add(&id, tx, a->name));
    return answer_added(answer, id, a->name);
}

/* The role that ROLE names.  Errors: BAD_INPUT. */
static xj_error *
role_of(xj_role *role, xj_str word)
{
    if (!xj_role_parse(role, word))
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "no post is called \"" XJ_FMT "\"", XJ_ARG(word)),
            "/post");
    return NULL;
}

/* The posts of a new account: the one asked for; without one, the first account of a jurisdiction
 * is its office and its administrator, any other has none yet. */
static xj_error *
give_posts(xj_tx *tx, const add_args *a, int64_t person, bool first)
{
    xj_post post = {.person = person, .role = XJ_ROLE_OFFICE};
    int64_t id;

    if (a->role.len == 0 && !first)
        return NULL;
    if (a->role.len > 0)
        XJ_TRY(role_of(&post.role, a->role));
    if (a->unit.len > 0)
        XJ_TRY(xj_unit_resolve(&post.unit, tx, a->unit));
    XJ_TRY(xj_post_add(&id, tx, &post));
    if (a->role.len > 0)
        return NULL;
    post = (xj_post){.person = person, .role = XJ_ROLE_ADMINISTRATOR};
    return xj_post_add(&id, tx, &post);
}

static xj_error *
run_user_add(xj_tx *tx, void *args, xj_buf *answer)
{
    const add_args *a = args;
    int64_t id;
    bool any;

    XJ_TRY(xj_person_any(&any, xj_tx_db(tx), xj_tx_tenant(tx)));
    XJ_TRY(xj_person_add(&id, tx, a->name, a->display, a->hash));
    XJ_TRY(give_posts(tx, a, id, !any));
    return answer_added(answer, id, a->name);
}

static xj_error *
run_user_password(xj_tx *tx, void *args, xj_buf *answer)
{
    const add_args *a = args;

    XJ_TRY(xj_person_set_password(tx, a->id, a->hash, 0));
    return answer_added(answer, a->id, a->name);
}

static xj_error *
run_user_disable(xj_tx *tx, void *args, xj_buf *answer)
{
    const add_args *a = args;

    XJ_TRY(xj_person_set_disabled(tx, a->id, a->disabled));
    return answer_added(answer, a->id, a->name);
}

xj_error *
xj_op_tenant_add(xj_op *op)
{
    add_args a = {0};

    XJ_TRY(xj_jval_get_str(&a.name, op->args, "name", true));
    XJ_TRY(xj_jval_get_str(&a.code, op->args, "code", true));
    return xj_op_command(op, 0, "tenant.add", run_tenant_add, &a, XJ_STR_NONE);
}

/* The jurisdiction of an operation's arguments, read before its command. */
static xj_error *
tenant_of(xj_tenant *tenant, xj_op *op)
{
    xj_reader *reader;
    xj_error *err;

    XJ_TRY(xj_op_read(&reader, op));
    err = xj_op_tenant(tenant, op, xj_reader_db(reader));
    xj_reader_end(reader);
    return err;
}

xj_error *
xj_op_programme_add(xj_op *op)
{
    add_args a = {0};
    xj_tenant tenant;

    XJ_TRY(tenant_of(&tenant, op));
    XJ_TRY(xj_jval_get_str(&a.name, op->args, "name", true));
    return xj_op_command(op, tenant.id, "programme.add", run_programme_add, &a, XJ_STR_NONE);
}

/* What the journal keeps of an account's command: never the password's hash. */
static xj_str
name_payload(xj_op *op, xj_str name)
{
    xj_buf buf;
    xj_json w;

    xj_buf_init(&buf, op->pool, 4096);
    xj_json_init(&w, &buf);
    xj_json_object(&w);
    xj_json_key_str(&w, "name", name);
    xj_json_end_object(&w);
    return xj_buf_str(&buf);
}

xj_error *
xj_op_user_add(xj_op *op)
{
    add_args a = {.display = XJ_STR("")};
    xj_tenant tenant;

    XJ_TRY(tenant_of(&tenant, op));
    XJ_TRY(xj_jval_get_str(&a.name, op->args, "name", true));
    XJ_TRY(xj_jval_get_str(&a.display, op->args, "display", false));
    XJ_TRY(xj_jval_get_str(&a.hash, op->args, "hash", true));
    XJ_TRY(xj_jval_get_str(&a.role, op->args, "post", false));
    XJ_TRY(xj_jval_get_str(&a.unit, op->args, "unit", false));
    return xj_op_command(op, tenant.id, "user.add", run_user_add, &a, name_payload(op, a.name));
}

/* The account that argument "name" means, in any jurisdiction. */
static xj_error *
person_of(xj_person *person, xj_op *op)
{
    xj_reader *reader;
    xj_str name, hash;
    xj_error *err;

    XJ_TRY(xj_jval_get_str(&name, op->args, "name", true));
    XJ_TRY(xj_op_read(&reader, op));
    err = xj_person_find(person, &hash, xj_reader_db(reader), name, op->pool);
    xj_reader_end(reader);
    return err;
}

xj_error *
xj_op_user_password(xj_op *op)
{
    xj_person person;
    add_args a = {0};

    XJ_TRY(person_of(&person, op));
    a.id = person.id;
    a.name = person.name;
    XJ_TRY(xj_jval_get_str(&a.hash, op->args, "hash", true));
    return xj_op_command(op, person.tenant, "user.password", run_user_password, &a,
                         name_payload(op, a.name));
}

xj_error *
xj_op_user_disable(xj_op *op)
{
    xj_person person;
    add_args a = {0};

    XJ_TRY(person_of(&person, op));
    a.id = person.id;
    a.name = person.name;
    XJ_TRY(xj_jval_get_bool(&a.disabled, op->args, "disabled", true));
    return xj_op_command(op, person.tenant, a.disabled ? "user.disable" : "user.enable",
                         run_user_disable, &a, XJ_STR_NONE);
}

xj_error *
xj_op_tenant_list(xj_op *op)
{
    xj_reader *reader;
    xj_tenant *items;
    size_t n;
    xj_json w;

    XJ_TRY(xj_op_read(&reader, op));
    XJ_TRY(xj_tenant_list(&items, &n, xj_reader_db(reader), op->pool));
    xj_json_init(&w, op->answer);
    xj_json_object(&w);
    xj_json_key(&w, "items");
    xj_json_array(&w);
    for (size_t i = 0; i < n; i++) {
        xj_json_object(&w);
        xj_json_key_int(&w, "id", items[i].id);
        xj_json_key_str(&w, "code", items[i].code);
        xj_json_key_str(&w, "name", items[i].name);
        xj_json_end_object(&w);
    }
    xj_json_end_array(&w);
    xj_json_end_object(&w);
    return NULL;
}

xj_error *
xj_op_programme_list(xj_op *op)
{
    xj_reader *reader;
    xj_tenant tenant;
    xj_programme *items;
    xj_scope scope;
    size_t n;
    xj_json w;

    XJ_TRY(xj_op_read(&reader, op));
    XJ_TRY(xj_op_tenant(&tenant, op, xj_reader_db(reader)));
    scope = xj_scope_all(tenant.id);
    XJ_TRY(xj_programme_list(&items, &n, xj_reader_db(reader), &scope, op->pool));
    xj_json_init(&w, op->answer);
    xj_json_object(&w);
    xj_json_key(&w, "items");
    xj_json_array(&w);
    for (size_t i = 0; i < n; i++) {
        xj_json_object(&w);
        xj_json_key_int(&w, "id", items[i].id);
        xj_json_key_str(&w, "name", items[i].name);
        xj_json_end_object(&w);
    }
    xj_json_end_array(&w);
    xj_json_end_object(&w);
    return NULL;
}

xj_error *
xj_op_user_list(xj_op *op)
{
    xj_reader *reader;
    xj_tenant tenant;
    xj_person *items;
    xj_scope scope;
    size_t n;
    xj_json w;

    XJ_TRY(xj_op_read(&reader, op));
    XJ_TRY(xj_op_tenant(&tenant, op, xj_reader_db(reader)));
    scope = xj_scope_all(tenant.id);
    XJ_TRY(xj_person_list(&items, &n, xj_reader_db(reader), &scope, op->pool));
    xj_json_init(&w, op->answer);
    xj_json_object(&w);
    xj_json_key(&w, "items");
    xj_json_array(&w);
    for (size_t i = 0; i < n; i++) {
        xj_json_object(&w);
        xj_json_key_int(&w, "id", items[i].id);
        xj_json_key_str(&w, "name", items[i].name);
        xj_json_key_str(&w, "display_name", items[i].display_name);
        xj_json_key_bool(&w, "disabled", items[i].disabled);
        xj_json_end_object(&w);
    }
    xj_json_end_array(&w);
    xj_json_end_object(&w);
    return NULL;
}

/* ---- subcommands ---- */

/* Print ANSWER's items as a table of the members NAMES (headings "column.NAME"). */
static int
print_items(xj_app *app, xj_str answer, const char *const *names, size_t n)
{
    const xj_jval *value, *items;
    xj_table *table;
    xj_error *err;

    if (app->json) {
        printf(XJ_FMT "\n", XJ_ARG(answer));
        return XJ_EXIT_OK;
    }
    err = xj_json_parse(&value, answer, XJ_OP_ANSWER_MAX, app->pool);
    if (err != NULL)
        return xj_app_fail(app, err);
    items = xj_jval_find(value, "items");
    table = xj_table_new(n, app->pool);
    for (size_t i = 0; i < n; i++)
        xj_table_cell(table, xj_str_c(xj_app_term(app, "column", names[i])));
    for (size_t k = 0; k < xj_jval_len(items); k++)
        for (size_t i = 0; i < n; i++) {
            const xj_jval *cell = xj_jval_find(xj_jval_at(items, k), names[i]);

            if (xj_jval_type(cell) == XJ_J_BOOL)
                xj_table_cell(
                    table, xj_str_c(xj_app_term(app, "bool", xj_jval_bool(cell) ? "yes" : "no")));
            else
                xj_table_cell(table, xj_jval_str(cell));
        }
    xj_table_print(table, stdout);
    return XJ_EXIT_OK;
}

int
xj_cmd_tenant_add(xj_app *app, int argc, char **argv)
{
    xj_opt opts[] = {{0}};
    const char **words;
    int n;
    xj_buf args;
    xj_json w;
    xj_str answer;
    xj_error *err;

    if (!xj_app_args(app, "tenant add", opts, &words, &n, 2, 2, argc, argv))
        return XJ_EXIT_USAGE;
    xj_app_args_start(&w, &args, app, NULL);
    xj_json_key_str(&w, "name", xj_str_c(words[0]));
    xj_json_key_str(&w, "code", xj_str_c(words[1]));
    xj_json_end_object(&w);
    err = xj_app_do(&answer, app, "tenant.add", xj_buf_str(&args), XJ_STR(""));
    if (err != NULL)
        return xj_app_fail(app, err);
    if (app->json)
        printf(XJ_FMT "\n", XJ_ARG(answer));
    else
        xj_app_say(app, stdout, XJ_W_done_tenant_add, words[0], words[1], NULL);
    return XJ_EXIT_OK;
}

int
xj_cmd_tenant_list(xj_app *app, int argc, char **argv)
{
    static const char *const names[] = {"code", "name"};
    xj_opt opts[] = {{0}};
    const char **words;
    int n;
    xj_str answer;
    xj_error *err;

    if (!xj_app_args(app, "tenant list", opts, &words, &n, 0, 0, argc, argv))
        return XJ_EXIT_USAGE;
    err = xj_app_do(&answer, app, "tenant.list", XJ_STR("{}"), XJ_STR(""));
    return err != NULL ? xj_app_fail(app, err) : print_items(app, answer, names, 2);
}

int
xj_cmd_programme_add(xj_app *app, int argc, char **argv)
{
    xj_opt opts[] = {{0}};
    const char **words;
    int n;
    xj_buf args;
    xj_json w;
    xj_str answer;
    xj_error *err;

    if (!xj_app_args(app, "programme add", opts, &words, &n, 2, 2, argc, argv))
        return XJ_EXIT_USAGE;
    xj_app_args_start(&w, &args, app, words[0]);
    xj_json_key_str(&w, "name", xj_str_c(words[1]));
    xj_json_end_object(&w);
    err = xj_app_do(&answer, app, "programme.add", xj_buf_str(&args), XJ_STR(""));
    if (err != NULL)
        return xj_app_fail(app, err);
    if (app->json)
        printf(XJ_FMT "\n", XJ_ARG(answer));
    else
        xj_app_say(app, stdout, XJ_W_done_programme_add, words[1], words[0], NULL);
    return XJ_EXIT_OK;
}

/* A list whose only word is the jurisdiction. */
static int
list_of_tenant(xj_app *app, const char *command, const char *op, const char *const *names,
               size_t nnames, int argc, char **argv)
{
    xj_opt opts[] = {{0}};
    const char **words;
    int n;
    xj_buf args;
    xj_json w;
    xj_str answer;
    xj_error *err;

    if (!xj_app_args(app, command, opts, &words, &n, 1, 1, argc, argv))
        return XJ_EXIT_USAGE;
    xj_app_args_start(&w, &args, app, words[0]);
    xj_json_end_object(&w);
    err = xj_app_do(&answer, app, op, xj_buf_str(&args), XJ_STR(""));
    return err != NULL ? xj_app_fail(app, err) : print_items(app, answer, names, nnames);
}

int
xj_cmd_programme_list(xj_app *app, int argc, char **argv)
{
    static const char *const names[] = {"name"};

    return list_of_tenant(app, "programme list", "programme.list", names, 1, argc, argv);
}

int
xj_cmd_user_list(xj_app *app, int argc, char **argv)
{
    static const char *const names[] = {"name", "display_name", "disabled"};

    return list_of_tenant(app, "user list", "user.list", names, 3, argc, argv);
}

/* ---- passwords ---- */

#define PASSWORD_BYTES_MAX (XJ_PASSWORD_MAX * 4 + 2)

/* The first line of FD.  Errors: IO; BAD_INPUT where it is longer than any password. */
static xj_error *
read_password(xj_str *password, int fd, xj_pool *pool)
{
    char *text = xj_alloc(pool, PASSWORD_BYTES_MAX + 1);
    size_t len = 0;
    char *end;

    while (len < PASSWORD_BYTES_MAX) {
        ssize_t n = read(fd, text + len, PASSWORD_BYTES_MAX - len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return xj_error_new(XJ_E_IO, "the password cannot be read: %s", strerror(errno));
        len += (size_t)n;
        if (n == 0 || memchr(text, '\n', len) != NULL)
            break;
    }
    end = memchr(text, '\n', len);
    if (end == NULL && len == PASSWORD_BYTES_MAX)
        return xj_error_new(XJ_E_BAD_INPUT, "a password has at most %d characters",
                            XJ_PASSWORD_MAX);
    len = end == NULL ? len : (size_t)(end - text);
    if (len > 0 && text[len - 1] == '\r')
        len--;
    *password = xj_str_of(text, len);
    return NULL;
}

enum { STDIN, FILE_, GENERATE };

/* Where none is named, a password is generated: there is no default one. */
static bool
generates(const xj_opt *opts)
{
    return !opts[STDIN].given && !opts[FILE_].given;
}

/* The password that the options OPTS (in the order above) ask for. */
static xj_error *
get_password(xj_str *password, xj_app *app, const xj_opt *opts)
{
    int fd;
    xj_error *err;

    if (opts[STDIN].given + opts[FILE_].given + opts[GENERATE].given > 1)
        return xj_error_new(XJ_E_CONFIG, "say one of --password-stdin, --password-file FILE and "
                                         "--generate");
    if (generates(opts)) {
        *password = xj_password_make(app->pool);
        return NULL;
    }
    if (opts[STDIN].given)
        return read_password(password, STDIN_FILENO, app->pool);
    fd = open(opts[FILE_].value, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return xj_error_new(XJ_E_IO, "the file \"%s\" cannot be read: %s", opts[FILE_].value,
                            strerror(errno));
    err = read_password(password, fd, app->pool);
    close(fd);
    return err;
}

/* Hash what OPTS ask for; *SHOWN is the password where it was generated. */
static xj_error *
get_hash(xj_str *hash, const char **shown, xj_app *app, const xj_opt *opts, xj_str name)
{
    xj_str password;

    XJ_TRY(xj_password_start());
    XJ_TRY(get_password(&password, app, opts));
    XJ_TRY(xj_password_check(password, name));
    XJ_TRY(xj_password_hash(hash, password, app->pool));
    *shown = generates(opts) ? xj_str_cdup(password, app->pool) : NULL;
    return NULL;
}

/* Say that an account was made or changed, and the generated password. */
static int
say_account(const xj_app *app, xj_word done, const char *name, const char *place,
            const char *password, xj_str answer)
{
    if (app->json && password == NULL) {
        printf(XJ_FMT "\n", XJ_ARG(answer));
    } else if (app->json) {
        /* {"id":1,"name":"a"} with one member more; letters and dashes need no escape */
        printf("%.*s,\"password\":\"%s\"}\n", (int)answer.len - 1, answer.data, password);
    } else {
        xj_app_say(app, stdout, done, name, place, NULL);
        if (password != NULL)
            xj_app_say(app, stdout, XJ_W_done_password, password, NULL);
    }
    return XJ_EXIT_OK;
}

int
xj_cmd_user_add(xj_app *app, int argc, char **argv)
{
    xj_opt opts[] = {{.name = "--password-stdin"},
                     {.name = "--password-file", .takes_value = true},
                     {.name = "--generate"},
                     {.name = "--display", .takes_value = true},
                     {.name = "--post", .takes_value = true},
                     {.name = "--unit", .takes_value = true},
                     {0}};
    const char **words, *shown;
    int n;
    xj_buf args;
    xj_json w;
    xj_str hash, answer;
    xj_error *err;

    if (!xj_app_args(app, "user add", opts, &words, &n, 2, 2, argc, argv))
        return XJ_EXIT_USAGE;
    err = get_hash(&hash, &shown, app, opts, xj_str_c(words[1]));
    if (err != NULL)
        return xj_app_fail(app, err);
    xj_app_args_start(&w, &args, app, words[0]);
    xj_json_key_str(&w, "name", xj_str_c(words[1]));
    if (opts[3].given)
        xj_json_key_str(&w, "display", xj_str_c(opts[3].value));
    if (opts[4].given)
        xj_json_key_str(&w, "post", xj_str_c(opts[4].value));
    if (opts[5].given)
        xj_json_key_str(&w, "unit", xj_str_c(opts[5].value));
    xj_json_key_str(&w, "hash", hash);
    xj_json_end_object(&w);
    err = xj_app_do(&answer, app, "user.add", xj_buf_str(&args), XJ_STR(""));
    if (err != NULL)
        return xj_app_fail(app, err);
    return say_account(app, XJ_W_done_user_add, words[1], words[0], shown, answer);
}

int
xj_cmd_user_password(xj_app *app, int argc, char **argv)
{
    xj_opt opts[] = {{.name = "--password-stdin"},
                     {.name = "--password-file", .takes_value = true},
                     {.name = "--generate"},
                     {0}};
    const char **words, *shown;
    int n;
    xj_buf args;
    xj_json w;
    xj_str hash, answer;
    xj_error *err;

    if (!xj_app_args(app, "user password", opts, &words, &n, 1, 1, argc, argv))
        return XJ_EXIT_USAGE;
    err = get_hash(&hash, &shown, app, opts, xj_str_c(words[0]));
    if (err != NULL)
        return xj_app_fail(app, err);
    xj_app_args_start(&w, &args, app, NULL);
    xj_json_key_str(&w, "name", xj_str_c(words[0]));
    xj_json_key_str(&w, "hash", hash);
    xj_json_end_object(&w);
    err = xj_app_do(&answer, app, "user.password", xj_buf_str(&args), XJ_STR(""));
    if (err != NULL)
        return xj_app_fail(app, err);
    return say_account(app, XJ_W_done_user_password, words[0], "", shown, answer);
}

static int
set_disabled(xj_app *app, const char *command, bool disabled, int argc, char **argv)
{
    xj_opt opts[] = {{0}};
    const char **words;
    int n;
    xj_buf args;
    xj_json w;
    xj_str answer;
    xj_error *err;

    if (!xj_app_args(app, command, opts, &words, &n, 1, 1, argc, argv))
        return XJ_EXIT_USAGE;
    xj_app_args_start(&w, &args, app, NULL);
    xj_json_key_str(&w, "name", xj_str_c(words[0]));
    xj_json_key_bool(&w, "disabled", disabled);
    xj_json_end_object(&w);
    err = xj_app_do(&answer, app, "user.disable", xj_buf_str(&args), XJ_STR(""));
    if (err != NULL)
        return xj_app_fail(app, err);
    return say_account(app, disabled ? XJ_W_done_user_disable : XJ_W_done_user_enable, words[0], "",
                       NULL, answer);
}

int
xj_cmd_user_disable(xj_app *app, int argc, char **argv)
{
    return set_disabled(app, "user disable", true, argc, argv);
}

int
xj_cmd_user_enable(xj_app *app, int argc, char **argv)
{
    return set_disabled(app, "user enable", false, argc, argv);
}
