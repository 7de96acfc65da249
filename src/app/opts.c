#include "app/app.h"

static xj_opt *
find_opt(xj_opt *opts, xj_str name)
{
    for (; opts->name != NULL; opts++)
        if (xj_str_eq(xj_str_c(opts->name), name))
            return opts;
    return NULL;
}

/* Take the option at ARGV[*I], and its value, which may be the next word. */
static xj_error *
read_opt(xj_opt *opts, int *i, int argc, char **argv)
{
    xj_str word = xj_str_c(argv[*i]);
    size_t sign = xj_str_find(word, XJ_STR("="), 0);
    xj_str name = sign == XJ_NPOS ? word : xj_str_sub(word, 0, sign);
    xj_opt *opt = find_opt(opts, name);

    if (opt == NULL)
        return xj_error_new(XJ_E_BAD_INPUT, "there is no option \"" XJ_FMT "\"", XJ_ARG(name));
    if (opt->given)
        return xj_error_new(XJ_E_BAD_INPUT, "the option \"%s\" stands there twice", opt->name);
    if (!opt->takes_value && sign != XJ_NPOS)
        return xj_error_new(XJ_E_BAD_INPUT, "the option \"%s\" takes no value", opt->name);
    opt->given = true;
    if (!opt->takes_value)
        return NULL;
    if (sign != XJ_NPOS)
        opt->value = argv[*i] + sign + 1;
    else if (*i + 1 < argc)
        opt->value = argv[++*i];
    else
        return xj_error_new(XJ_E_BAD_INPUT, "the option \"%s\" lacks its value", opt->name);
    return NULL;
}

xj_error *
xj_opts_read(xj_opt *opts, const char ***words, int *nwords, int argc, char **argv, xj_pool *pool)
{
    bool only_words = false;

    if (argc > XJ_ARGS_MAX)
        return xj_error_new(XJ_E_BAD_INPUT, "the command line has more than %d words", XJ_ARGS_MAX);
    *words = XJ_NEW_ARRAY(pool, const char *, (size_t)argc + 1);
    *nwords = 0;
    for (int i = 0; i < argc; i++) {
        xj_str word = xj_str_c(argv[i]);

        if (xj_utf8_check(word) != word.len)
            return xj_error_new(XJ_E_BAD_INPUT, "word %d of the command line is not valid UTF-8",
                                i + 1);
        if (!only_words && xj_str_eq(word, XJ_STR("--")))
            only_words = true;
        else if (!only_words && word.len > 1 && word.data[0] == '-')
            XJ_TRY(read_opt(opts, &i, argc, argv));
        else
            (*words)[(*nwords)++] = argv[i];
    }
    return NULL;
}
