/* What the program says to people: sentences of the catalogue, errors by their code. */
#include "app/app.h"

xj_exit
xj_app_exit_of(xj_code code)
{
    switch (code) {
    case XJ_E_NOT_FOUND:
    case XJ_E_CONFLICT:
    case XJ_E_STALE:
    case XJ_E_IDEM_REUSED:
    case XJ_E_FORBIDDEN:
    case XJ_E_BAD_INPUT:
    case XJ_E_NOT_UTF8:
    case XJ_E_TOO_LARGE:
    case XJ_E_UNSUPPORTED_KIND:
    case XJ_E_NO_PLAN:
    case XJ_E_CLASSIFIED:
        return XJ_EXIT_REFUSED;
    case XJ_E_CORRUPT:
        return XJ_EXIT_DAMAGED;
    case XJ_E_UNAVAILABLE:
    case XJ_E_DB_BUSY:
    case XJ_E_DB_LOST:
    case XJ_E_TIMEOUT:
        return XJ_EXIT_UNAVAILABLE;
    case XJ_E_CONFIG:
        return XJ_EXIT_USAGE;
    default:
        return XJ_EXIT_FAILED;
    }
}

const char *
xj_app_word(const xj_app *app, xj_word id)
{
    return app->chinese ? xj_words_rows[id].zh : xj_words_rows[id].en;
}

const char *
xj_app_term(const xj_app *app, const char *prefix, const char *name)
{
    char key[128];
    xj_word id;

    snprintf(key, sizeof key, "%s.%s", prefix, name);
    id = xj_words_find(key);
    return id == XJ_W_COUNT ? name : xj_app_word(app, id);
}

void
xj_app_say(const xj_app *app, FILE *out, xj_word id, ...)
{
    const char *args[9] = {0};
    const char *text = xj_app_word(app, id);
    va_list ap;

    va_start(ap, id);
    for (size_t i = 0; i < sizeof args / sizeof *args; i++)
        if ((args[i] = va_arg(ap, const char *)) == NULL)
            break;
    va_end(ap);
    for (const char *c = text; *c != '\0'; c++) {
        if (c[0] == '{' && c[1] >= '1' && c[1] <= '9' && c[2] == '}') {
            const char *arg = args[c[1] - '1'];

            fputs(arg == NULL ? "" : arg, out);
            c += 2;
        } else {
            fputc(*c, out);
        }
    }
    fputc('\n', out);
}

static void
fail_json(const xj_error *err)
{
    xj_pool *pool = xj_pool_root();
    xj_buf buf;
    xj_json w;

    xj_buf_init(&buf, pool, 1 << 20);
    xj_json_init(&w, &buf);
    xj_json_object(&w);
    xj_json_key_str(&w, "code", xj_str_c(xj_code_wire(xj_error_code(err))));
    xj_json_key_str(&w, "message", xj_str_c(xj_error_message(err)));
    if (xj_error_field(err) != NULL)
        xj_json_key_str(&w, "at", xj_str_c(xj_error_field(err)));
    xj_json_end_object(&w);
    fprintf(stderr, XJ_FMT "\n", XJ_ARG(xj_buf_str(&buf)));
    xj_pool_destroy(pool);
}

int
xj_app_fail(xj_app *app, xj_error *err)
{
    xj_code code = xj_error_code(err);

    if (app->json) {
        fail_json(err);
    } else {
        const char *details = xj_error_details(err);

        /* The message is exact but English; a Chinese reader gets the kind of the error first. */
        if (app->chinese)
            fprintf(stderr, "xingjian: %s（%s）\n", xj_app_term(app, "error", xj_code_wire(code)),
                    xj_error_message(err));
        else
            fprintf(stderr, "xingjian: %s\n", xj_error_message(err));
        if (details != NULL)
            fprintf(stderr, "  %s\n", details);
    }
    xj_error_clear(err);
    return (int)xj_app_exit_of(code);
}
