#include "plan/import_priv.h"

#include "base/map.h"
#include "base/vec.h"
#include "plan/aside.h"
#include "plan/compile.h"

/* ---- before the lane ---- */

static xj_error *
check_name(xj_str name)
{
    if (name.len == 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the file has no name"), "name");
    if (xj_utf8_count(name) > XJ_FILE_NAME_MAX)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT,
                                        "the file's name has more than %d characters",
                                        XJ_FILE_NAME_MAX),
                           "name");
    for (size_t i = 0; i < name.len; i++) {
        const unsigned char c = (unsigned char)name.data[i];

        if (c < ' ' || c == 0x7F || c == '/' || c == '\\')
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT,
                                            "the file's name holds a slash or a control character"),
                               "name");
    }
    return NULL;
}

xj_error *
xj_import_check(xj_db *db, const xj_scope *scope, int64_t programme, xj_str file_name,
                xj_pool *scratch)
{
    xj_programme found;

    XJ_TRY(check_name(file_name));
    return xj_programme_get(&found, db, scope, programme, scratch);
}

/* The index of the task that TARGET names: of its action, and around its words where several have
 * the number. */
static size_t
task_of(const xj_register *reg, const xj_map *by_no, const size_t *next, const xj_target *target,
        xj_pool *scratch)
{
    const xj_str key = xj_str_printf(scratch, "%d/" XJ_FMT, target->action, XJ_ARG(target->task));
    const size_t *first;
    size_t found;

    if (target->task.data == NULL)
        return XJ_NPOS;
    first = xj_map_find(by_no, key);
    if (first == NULL)
        return XJ_NPOS;
    found = *first;
    for (size_t i = *first; i != XJ_NPOS; i = next[i]) {
        const xj_range at = reg->tasks[i].source;

        if (target->source.from >= at.from && target->source.from < at.to)
            found = i;
    }
    return found;
}

static void
map_targets(xj_import *import, xj_pool *result, xj_pool *scratch)
{
    const xj_register *reg = import->reg;
    size_t *next = XJ_NEW_ARRAY(scratch, size_t, reg->ntasks + 1);
    size_t *index = XJ_NEW_ARRAY(scratch, size_t, reg->ntasks + 1);
    xj_map by_no;

    import->target_task = XJ_NEW_ARRAY(result, size_t, reg->ntargets);
    import->task_targets = XJ_NEW_ARRAY(result, size_t, reg->ntasks);
    xj_map_init(&by_no, scratch);
    for (size_t i = reg->ntasks; i-- > 0;) {
        const xj_plan_task *t = &reg->tasks[i];
        void **slot =
            xj_map_slot(&by_no, xj_str_printf(scratch, "%d/" XJ_FMT, t->action, XJ_ARG(t->no)));

        index[i] = i;
        next[i] = *slot == NULL ? XJ_NPOS : *(size_t *)*slot;
        *slot = &index[i];
    }
    for (size_t i = 0; i < reg->ntargets; i++) {
        const size_t task = task_of(reg, &by_no, next, &reg->targets[i], scratch);

        import->target_task[i] = task;
        if (task != XJ_NPOS)
            import->task_targets[task]++;
    }
}

static void
map_actions(xj_import *import, xj_pool *result, xj_pool *scratch)
{
    const xj_register *reg = import->reg;
    xj_map by_no;

    import->action_tasks = XJ_NEW_ARRAY(result, size_t, reg->nactions);
    xj_map_init(&by_no, scratch);
    for (size_t i = reg->nactions; i-- > 0;)
        xj_map_set(&by_no, xj_str_printf(scratch, "%d", reg->actions[i].no),
                   &import->action_tasks[i]);
    for (size_t i = 0; i < reg->ntasks; i++) {
        size_t *n = xj_map_find(&by_no, xj_str_printf(scratch, "%d", reg->tasks[i].action));

        if (n != NULL)
            ++*n;
    }
}

size_t
xj_plan__count_names(const xj_register *reg, xj_pool *scratch)
{
    xj_map names;

    xj_map_init(&names, scratch);
    for (size_t i = 0; i < reg->ntasks; i++) {
        for (size_t j = 0; j < reg->tasks[i].nunits; j++)
            xj_map_set(&names, reg->tasks[i].units[j].name, scratch);
    }
    return names.len;
}

/* The task in whose words AT lies. */
static size_t
task_at(const xj_register *reg, xj_range at)
{
    for (size_t i = 0; at.to > 0 && i < reg->ntasks; i++) {
        const xj_range task = reg->tasks[i].source;

        if (at.from >= task.from && at.to <= task.to && task.to > 0)
            return i;
    }
    return XJ_NPOS;
}

static void
count_warnings(xj_import *import, xj_pool *result)
{
    const xj_register *reg = import->reg;
    size_t seq = reg->nwarnings;

    import->first_warning = XJ_NEW_ARRAY(result, size_t, reg->ntasks);
    import->warning_task = XJ_NEW_ARRAY(result, size_t, reg->nwarnings);
    import->task_warnings = XJ_NEW_ARRAY(result, size_t, reg->ntasks);
    for (size_t i = 0; i < reg->ntasks; i++) {
        import->first_warning[i] = seq;
        import->task_warnings[i] = reg->tasks[i].nwarnings;
        seq += reg->tasks[i].nwarnings;
    }
    for (size_t i = 0; i < reg->nwarnings; i++) {
        const size_t task = task_at(reg, reg->warnings[i].source);

        import->warning_task[i] = task;
        if (task != XJ_NPOS)
            import->task_warnings[task]++;
    }
    import->nwarnings = seq;
}

static void
find_lines(xj_import *import, xj_pool *result)
{
    const xj_str text = import->reg->text;
    XJ_VEC(uint32_t) lines = {0};

    xj_vec_push(&lines, result, 0);
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '\n')
            xj_vec_push(&lines, result, (uint32_t)(i + 1));
    }
    import->lines = lines.items;
    import->nlines = lines.len;
}

xj_error *
xj_import_of(xj_import **import, int64_t programme, xj_str file_name, xj_str file_hash,
             xj_str register_hash, const xj_register *reg, xj_pool *result, xj_pool *scratch)
{
    xj_import *made = XJ_NEW(result, xj_import);

    XJ_TRY(check_name(file_name));
    if (reg->ntasks > XJ_PLAN_TASKS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "the plan has %zu tasks; the limit is %zu", reg->ntasks,
                            XJ_PLAN_TASKS_MAX);
    made->programme = programme;
    made->file_name = xj_str_dup(file_name, result);
    made->file_hash = xj_str_dup(file_hash, result);
    made->register_hash = xj_str_dup(register_hash, result);
    made->reg = reg;
    made->tasks = XJ_NEW_ARRAY(result, int64_t, reg->ntasks);
    map_targets(made, result, scratch);
    map_actions(made, result, scratch);
    count_warnings(made, result);
    made->nunits = xj_plan__count_names(reg, scratch);
    find_lines(made, result);
    *import = made;
    return NULL;
}

/* ---- in the lane ---- */

/* These very bytes in this programme. */
static xj_error *
find_same(int64_t *version, xj_tx *tx, const xj_import *import)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_VERSION_BY_FILE, "iis", xj_tx_tenant(tx),
                       import->programme, import->file_hash));
    XJ_TRY(xj_rows_next(rows, &more));
    *version = more ? xj_row_int(rows, 0) : 0;
    xj_rows_close(rows);
    return NULL;
}

static xj_error *
check_programme(xj_tx *tx, const xj_import *import)
{
    const xj_scope scope = xj_scope_all(xj_tx_tenant(tx));
    xj_programme programme;

    return xj_programme_get(&programme, xj_tx_db(tx), &scope, import->programme, xj_tx_pool(tx));
}

static xj_error *
answer_with(xj_buf *answer, const xj_imported *imported)
{
    xj_json w;

    xj_json_init(&w, answer);
    xj_json_object(&w);
    xj_json_key_int(&w, "version", imported->version);
    xj_json_key_bool(&w, "unchanged", imported->unchanged);
    xj_json_key_int(&w, "previous", imported->previous);
    xj_json_end_object(&w);
    return xj_buf_check(answer);
}

/* A piece: the head where nothing is stored yet, then rows until the time is up. */
struct piece {
    xj_import *import;
    int64_t version;
    size_t at;
    bool same, done; /* same: the bytes are held, nothing is to be stored */
};

static xj_error *
run_piece(xj_tx *tx, void *args, xj_buf *answer)
{
    struct piece *piece = args;
    xj_import *import = piece->import;
    const int64_t end = xj_plan__piece_end();
    int64_t same = 0;

    (void)answer;
    piece->version = import->version;
    piece->at = import->at;
    piece->same = piece->done = false;
    if (piece->version == 0) {
        XJ_TRY(check_programme(tx, import));
        XJ_TRY(find_same(&same, tx, import));
        piece->same = same != 0;
        if (piece->same)
            return NULL;
        XJ_TRY(xj_plan__keep_head(&piece->version, import->tasks, tx, import));
    }
    xj_tx_subject(tx, "plan_version", piece->version);
    return xj_plan__keep_rows(&piece->at, &piece->done, tx, import, piece->version, import->tasks,
                              end);
}

/* The command that makes the import visible; a small one does all. */
static xj_error *
run_import(xj_tx *tx, void *args, xj_buf *answer)
{
    xj_import *import = args;
    int64_t version = import->version;
    size_t at = import->at;
    bool done;

    import->imported = (xj_imported){0};
    XJ_TRY(check_programme(tx, import));
    XJ_TRY(find_same(&import->imported.version, tx, import));
    if (import->imported.version != 0) {
        import->imported.unchanged = true;
        xj_tx_subject(tx, "plan_version", import->imported.version);
        return answer_with(answer, &import->imported);
    }
    if (version == 0)
        XJ_TRY(xj_plan__keep_head(&version, import->tasks, tx, import));
    XJ_TRY(xj_plan__keep_rows(&at, &done, tx, import, version, import->tasks, 0));
    XJ_TRY(xj_plan__keep_shown(&import->imported.previous, tx, import, version));
    XJ_TRY(xj_plan__recall_used(tx, import));
    import->imported.version = version;
    xj_tx_subject(tx, "plan_version", version);
    return answer_with(answer, &import->imported);
}

/* A file without a plan: set aside once, or held already. */
static xj_error *
run_aside(xj_tx *tx, void *args, xj_buf *answer)
{
    xj_import *import = args;
    int64_t id = 0;
    xj_rows *rows;
    bool more;

    import->imported = (xj_imported){0};
    XJ_TRY(check_programme(tx, import));
    XJ_TRY(find_same(&import->imported.version, tx, import));
    if (import->imported.version != 0) {
        import->imported.unchanged = true;
        xj_tx_subject(tx, "plan_version", import->imported.version);
        return answer_with(answer, &import->imported);
    }
    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_ASIDE_BY_FILE, "iis", xj_tx_tenant(tx),
                       import->programme, import->file_hash));
    XJ_TRY(xj_rows_next(rows, &more));
    if (more)
        id = xj_row_int(rows, 0);
    xj_rows_close(rows);
    if (id == 0)
        XJ_TRY(xj_plan__keep_aside(&id, tx, import));
    xj_tx_subject(tx, "plan_aside", id);
    return answer_with(answer, &import->imported);
}

struct forget {
    int64_t version;
    bool done;
};

static xj_error *
run_forget(xj_tx *tx, void *args, xj_buf *answer)
{
    struct forget *forget = args;

    (void)answer;
    xj_tx_subject(tx, "plan_version", forget->version);
    return xj_plan__forget(&forget->done, tx, forget->version, xj_plan__piece_end());
}

static xj_error *
do_one(xj_store *store, const xj_command *like, const char *name, xj_command_fn run, void *args,
       xj_pool *result)
{
    xj_command command = {.name = name,
                          .tenant = like->tenant,
                          .actor = like->actor,
                          .actor_name = like->actor_name,
                          .run = run,
                          .args = args};
    xj_str body;

    return xj_store_do(store, &command, &body, NULL, result);
}

/* Remove the rows of an import that came to nothing. */
static xj_error *
forget(xj_store *store, const xj_command *like, int64_t version, xj_pool *result)
{
    struct forget args = {.version = version};

    while (!args.done)
        XJ_TRY(do_one(store, like, "plan.import.forget", run_forget, &args, result));
    return NULL;
}

static xj_error *
keep_pieces(xj_store *store, const xj_command *like, xj_import *import, xj_pool *result)
{
    struct piece piece = {.import = import};

    do {
        XJ_TRY(do_one(store, like, "plan.import.rows", run_piece, &piece, result));
        import->version = piece.version;
        import->at = piece.at;
    } while (!piece.done && !piece.same);
    return NULL;
}

static xj_str
payload(const xj_import *import, xj_pool *result)
{
    xj_buf out;
    xj_json w;

    xj_buf_init(&out, result, XJ__COLUMN_MAX);
    xj_json_init(&w, &out);
    xj_json_object(&w);
    xj_json_key_int(&w, "programme", import->programme);
    xj_json_key_str(&w, "file", import->file_name);
    xj_json_key_str(&w, "hash", import->file_hash);
    xj_json_key_int(&w, "tasks", (int64_t)import->reg->ntasks);
    xj_json_end_object(&w);
    return xj_buf_str(&out);
}

static xj_error *
read_answer(xj_imported *imported, xj_str body, xj_pool *result)
{
    const xj_jval *value;

    XJ_TRY(xj_json_parse(&value, body, XJ_ANSWER_MAX, result));
    *imported = (xj_imported){.version = xj_jval_int(xj_jval_find(value, "version")),
                              .unchanged = xj_jval_bool(xj_jval_find(value, "unchanged")),
                              .previous = xj_jval_int(xj_jval_find(value, "previous"))};
    return NULL;
}

static xj_error *
set_aside(xj_imported *imported, xj_store *store, xj_command *command, xj_import *import,
          xj_pool *result)
{
    xj_str body;

    if (import->reg->text.len > XJ_ASIDE_TEXT_MAX)
        return xj_error_new(XJ_E_TOO_LARGE,
                            "no plan was found in the text, and as a document that is none it is "
                            "too long: it has %zu bytes, the limit is %zu",
                            import->reg->text.len, XJ_ASIDE_TEXT_MAX);
    command->name = "plan.aside";
    command->run = run_aside;
    XJ_TRY(xj_store_do(store, command, &body, NULL, result));
    XJ_TRY(read_answer(imported, body, result));
    if (imported->version != 0)
        return NULL;
    return xj_error_new(XJ_E_NO_PLAN,
                        "no plan was found in the text: it was searched for headings of actions "
                        "(行动), for numbered items, and for tables whose rows name tasks and "
                        "units; the file is set aside");
}

xj_error *
xj_version_import(xj_imported *imported, xj_store *store, const xj_command *like, xj_import *import,
                  xj_pool *result)
{
    xj_command command = *like;
    xj_error *err = NULL;
    xj_str body;

    import->actor_name = like->actor_name;
    command.subject = XJ_STR_NONE;
    command.payload = payload(import, result);
    command.args = import;
    if (import->no_plan)
        return set_aside(imported, store, &command, import, result);
    XJ_TRY(xj_plan__recall(import, store, like->tenant, result));
    XJ_TRY(xj_plan__find_lines(import, store, like->tenant, result));
    if (import->reg->ntasks > XJ_PIECE_TASKS)
        err = keep_pieces(store, like, import, result);
    if (err == NULL) {
        command.name = "plan.import";
        command.run = run_import;
        err = xj_store_do(store, &command, &body, NULL, result);
    }
    if (err == NULL)
        err = read_answer(imported, body, result);
    /* A failed or needless import leaves rows that nobody sees; where they cannot be removed now,
     * the next start does. */
    if (import->version != 0 && (err != NULL || imported->version != import->version))
        xj_error_clear(forget(store, like, import->version, result));
    return err;
}
