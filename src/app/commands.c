/* The subcommands: finding one, its usage, the flags that all of them take. */
#include "app/commands.h"

#include "app/ops.h"

extern char **environ;

typedef struct row {
    const char *typed; /* "plan compile" */
    int (*run)(xj_app *app, int argc, char **argv);
    xj_word line, help;
} row;

static const row rows[] = {
#define X(name, typed) {typed, xj_cmd_##name, XJ_W_cmd_##name, XJ_W_help_##name},
    XJ_COMMANDS(X)
#undef X
};
#define NROWS (sizeof rows / sizeof *rows)

/* The row whose words stand at the beginning of ARGV; *TAKEN is their number. */
static const row *
find_row(int *taken, int argc, char **argv)
{
    const row *best = NULL;

    *taken = 0;
    for (size_t i = 0; i < NROWS; i++) {
        xj_str word, rest = xj_str_c(rows[i].typed);
        int n = 0;
        bool same = true;

        while (same && xj_str_split(&word, &rest, ' ')) {
            same = n < argc && xj_str_eq(word, xj_str_c(argv[n]));
            n++;
        }
        if (same && n > *taken) {
            best = &rows[i];
            *taken = n;
        }
    }
    return best;
}

static const row *
row_of(const char *typed)
{
    for (size_t i = 0; i < NROWS; i++)
        if (strcmp(rows[i].typed, typed) == 0)
            return &rows[i];
    XJ_ASSERT(false); /* TYPED is a literal of ours */
    return NULL;
}

static void
say_settings(const xj_app *app, FILE *out)
{
    xj_app_say(app, out, XJ_W_help_settings, NULL);
    for (int i = 0; i < XJ_SET_COUNT; i++) {
        const xj_setting_row *s = &xj_setting_rows[i];
        char flag[64];
        size_t n = 0;

        for (; s->name[n] != '\0' && n + 1 < sizeof flag; n++)
            flag[n] = s->name[n] == '_' ? '-' : s->name[n];
        flag[n] = '\0';
        fprintf(out, "  --%-16s %s%s%s%s\n", flag, xj_app_term(app, "setting", s->name),
                s->preset[0] == '\0' ? "" : " [", s->preset, s->preset[0] == '\0' ? "" : "]");
    }
}

static void
say_exits(const xj_app *app, FILE *out)
{
    xj_app_say(app, out, XJ_W_help_exits, NULL);
#define X(name, code) fprintf(out, "  %d  %s\n", code, xj_app_term(app, "exit", #name));
#include "app/exits.def"
#undef X
}

static void
say_overview(const xj_app *app, FILE *out)
{
    xj_app_say(app, out, XJ_W_help_overview, NULL);
    for (size_t i = 0; i < NROWS; i++)
        fprintf(out, "  %-18s %s\n", rows[i].typed, xj_app_word(app, rows[i].line));
    fputc('\n', out);
    say_settings(app, out);
    fputc('\n', out);
    say_exits(app, out);
}

static void
help_json(FILE *out)
{
    xj_pool *pool = xj_pool_root();
    xj_buf buf;
    xj_json w;

    xj_buf_init(&buf, pool, 1 << 20);
    xj_json_init(&w, &buf);
    xj_json_object(&w);
    xj_json_key(&w, "commands");
    xj_json_array(&w);
    for (size_t i = 0; i < NROWS; i++) {
        xj_json_object(&w);
        xj_json_key_str(&w, "name", xj_str_c(rows[i].typed));
        xj_json_key_str(&w, "zh", xj_str_c(xj_words_rows[rows[i].line].zh));
        xj_json_key_str(&w, "en", xj_str_c(xj_words_rows[rows[i].line].en));
        xj_json_end_object(&w);
    }
    xj_json_end_array(&w);
    xj_json_key(&w, "exits");
    xj_json_array(&w);
#define X(name, code)                                                                              \
    xj_json_object(&w);                                                                            \
    xj_json_key_int(&w, "code", code);                                                             \
    xj_json_key_str(&w, "name", XJ_STR(#name));                                                    \
    xj_json_end_object(&w);
#include "app/exits.def"
#undef X
    xj_json_end_array(&w);
    xj_json_end_object(&w);
    fprintf(out, XJ_FMT "\n", XJ_ARG(xj_buf_str(&buf)));
    xj_pool_destroy(pool);
}

int
xj_cmd_help(xj_app *app, int argc, char **argv)
{
    int taken;
    const row *which;

    if (argc == 0) {
        if (app->json)
            help_json(stdout);
        else
            say_overview(app, stdout);
        return XJ_EXIT_OK;
    }
    which = find_row(&taken, argc, argv);
    if (which == NULL || taken != argc) {
        xj_app_say(app, stderr, XJ_W_usage_unknown, argv[0], NULL);
        return XJ_EXIT_USAGE;
    }
    xj_app_say(app, stdout, which->help, NULL);
    return XJ_EXIT_OK;
}

bool
xj_app_args(xj_app *app, const char *command, xj_opt *opts, const char ***words, int *nwords,
            int min, int max, int argc, char **argv)
{
    xj_error *err = xj_opts_read(opts, words, nwords, argc, argv, app->pool);

    if (err != NULL) {
        xj_app_fail(app, err);
    } else if (*nwords < min || *nwords > max) {
        xj_app_say(app, stderr, *nwords < min ? XJ_W_usage_few : XJ_W_usage_many, command, NULL);
    } else {
        return true;
    }
    xj_app_say(app, stderr, row_of(command)->help, NULL);
    return false;
}

/* ---- the flags of all subcommands ---- */

static bool
is_chinese(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);

        if (value != NULL && value[0] != '\0')
            return strncmp(value, "zh", 2) == 0;
    }
    return false;
}

/* Whether WORD is "--NAME" or "--NAME=..."; *VALUE is what is behind "=", or NULL. */
static bool
is_flag(const char **value, const char *word, xj_str name)
{
    xj_str s = xj_str_c(word);

    if (!xj_str_starts(s, XJ_STR("--")) || !xj_str_starts(xj_str_skip(s, 2), name))
        return false;
    s = xj_str_skip(s, 2 + name.len);
    if (s.len > 0 && s.data[0] != '=')
        return false;
    *value = s.len > 0 ? s.data + 1 : NULL;
    return true;
}

static bool
setting_flag(xj_str *name, const char **value, const char *word)
{
    for (int i = 0; i < XJ_SET_COUNT; i++) {
        char flag[64];
        size_t n = strlen(xj_setting_rows[i].name);

        for (size_t k = 0; k < n; k++)
            flag[k] = xj_setting_rows[i].name[k] == '_' ? '-' : xj_setting_rows[i].name[k];
        if (is_flag(value, word, xj_str_of(flag, n))) {
            *name = xj_str_c(xj_setting_rows[i].name);
            return true;
        }
    }
    return false;
}

typedef struct flags {
    const char *config;
    bool help;
    struct {
        xj_str name;
        const char *value;
    } set[64];
    size_t nset;
} flags;

/* The value of a flag: behind its "=", else the next word. */
static xj_error *
flag_value(const char **value, int *i, int argc, char **argv)
{
    if (*value != NULL)
        return NULL;
    if (*i + 1 >= argc)
        return xj_error_new(XJ_E_CONFIG, "the option \"%s\" lacks its value", argv[*i]);
    *value = argv[++*i];
    return NULL;
}

/* Take the common flags out of ARGV[0..*ARGC). */
static xj_error *
take_flags(flags *found, xj_app *app, int *argc, char **argv)
{
    int kept = 0;

    for (int i = 0; i < *argc; i++) {
        const char *value;
        xj_str name;

        if (strcmp(argv[i], "--") == 0) {
            while (i < *argc)
                argv[kept++] = argv[i++];
            break;
        }
        if (strcmp(argv[i], "--json") == 0) {
            app->json = true;
        } else if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            found->help = true;
        } else if (is_flag(&value, argv[i], XJ_STR("lang"))) {
            XJ_TRY(flag_value(&value, &i, *argc, argv));
            if (strcmp(value, "zh") != 0 && strcmp(value, "en") != 0)
                return xj_error_new(XJ_E_CONFIG, "the option \"--lang\" takes zh or en");
            app->chinese = strcmp(value, "zh") == 0;
        } else if (is_flag(&value, argv[i], XJ_STR("config"))) {
            XJ_TRY(flag_value(&value, &i, *argc, argv));
            found->config = value;
        } else if (setting_flag(&name, &value, argv[i])) {
            XJ_TRY(flag_value(&value, &i, *argc, argv));
            if (found->nset == sizeof found->set / sizeof *found->set)
                return xj_error_new(XJ_E_CONFIG, "there are too many settings");
            found->set[found->nset].name = name;
            found->set[found->nset++].value = value;
        } else {
            argv[kept++] = argv[i];
        }
    }
    *argc = kept;
    return NULL;
}

static xj_error *
read_settings(xj_app *app, const flags *found)
{
    const char *file = found->config != NULL ? found->config : getenv("XJ_CONFIG");

    if (file != NULL && file[0] != '\0')
        XJ_TRY(xj_settings_file(&app->settings, file, app->pool));
    XJ_TRY(xj_settings_environ(&app->settings, environ, app->pool));
    for (size_t i = 0; i < found->nset; i++)
        XJ_TRY(xj_settings_set(&app->settings, found->set[i].name, found->set[i].value, "flag",
                               app->pool));
    return NULL;
}

static int
run(xj_app *app, int argc, char **argv)
{
    flags found = {0};
    const row *which;
    int taken;
    xj_error *err = take_flags(&found, app, &argc, argv);

    if (err == NULL)
        err = read_settings(app, &found);
    if (err != NULL) {
        xj_app_fail(app, err);
        return XJ_EXIT_USAGE;
    }
    if (argc == 0) {
        say_overview(app, found.help ? stdout : stderr);
        return found.help ? XJ_EXIT_OK : XJ_EXIT_USAGE;
    }
    which = find_row(&taken, argc, argv);
    if (which == NULL) {
        xj_app_say(app, stderr, XJ_W_usage_unknown, argv[0], NULL);
        return XJ_EXIT_USAGE;
    }
    if (found.help) {
        xj_app_say(app, stdout, which->help, NULL);
        return XJ_EXIT_OK;
    }
    return which->run(app, argc - taken, argv + taken);
}

int
xj_app_main(int argc, char **argv)
{
    xj_app app = {.pool = xj_pool_root(), .chinese = is_chinese()};
    int code;

    xj_data_hooks();
    xj_settings_init(&app.settings);
    code = run(&app, argc > 0 ? argc - 1 : 0, argv + 1);
    if (fflush(stdout) != 0 && code == XJ_EXIT_OK)
        code = XJ_EXIT_FAILED;
    xj_pool_destroy(app.pool);
    return code;
}
