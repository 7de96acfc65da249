/*
 * tools/initialsgen.c -- writes src/text's table of the first letters of Chinese characters.
 *
 * Runs when the program is built: ICU's Han-Latin transliterator takes long to open and is no
 * business of a running server.  usage: initialsgen OUT.c
 */
#include <stdio.h>
#include <unicode/utrans.h>

#define FIRST 0x3400
#define LAST 0x9FFF

static UTransliterator *
open_rules(void)
{
    static const UChar id[] = u"Han-Latin; Latin-ASCII; Lower";
    UErrorCode status = U_ZERO_ERROR;
    UTransliterator *rules = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);

    if (U_SUCCESS(status))
        return rules;
    fprintf(stderr, "initialsgen: %s\n", u_errorName(status));
    return NULL;
}

/* The first letter of the character CP, or '.' where ICU knows no reading. */
static int
letter_of(UTransliterator *rules, int cp)
{
    UChar text[32] = {(UChar)cp};
    int32_t len = 1, limit = 1;
    UErrorCode status = U_ZERO_ERROR;

    utrans_transUChars(rules, text, &len, 32, 0, &limit, &status);
    if (U_FAILURE(status) || len == 0 || text[0] < 'a' || text[0] > 'z')
        return '.';
    return text[0];
}

int
main(int argc, char **argv)
{
    UTransliterator *rules = open_rules();
    FILE *out = argc == 2 ? fopen(argv[1], "w") : NULL;

    if (rules == NULL || out == NULL)
        return 1;
    fprintf(out, "/* Written by tools/initialsgen.c. */\n#include \"text/initials_priv.h\"\n\n"
                 "const char xj_text__initials[] = {");
    for (int cp = FIRST; cp <= LAST; cp++)
        fprintf(out, "%s'%c',", (cp - FIRST) % 24 == 0 ? "\n    " : " ", letter_of(rules, cp));
    fprintf(out, "\n};\n");
    utrans_close(rules);
    return fclose(out) == 0 ? 0 : 1;
}
