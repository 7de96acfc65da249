#include "support/xjtest.h"
#include "json/schema.h"

static void
test_pattern_match__takes_what_the_pattern_says(void **state)
{
    static const struct {
        const char *pattern, *text;
        bool fits;
    } cases[] = {
        {"^$", "", true},
        {"^$", "a", false},
        {"^abc$", "abc", true},
        {"^abc$", "abcd", false},
        {"^abc$", "ab", false},
        {"^[0-9]{2}-[0-9]{2}$", "12-31", true},
        {"^[0-9]{2}-[0-9]{2}$", "12-3", false},
        {"^[0-9]{2}-[0-9]{2}$", "123-31", false},
        {"^\\d{2,4}$", "1", false},
        {"^\\d{2,4}$", "12", true},
        {"^\\d{2,4}$", "1234", true},
        {"^\\d{2,4}$", "12345", false},
        {"^\\d{2,}$", "123456", true},
        {"^a?b$", "b", true},
        {"^a?b$", "ab", true},
        {"^a?b$", "aab", false},
        {"^[a-z]*[a-c]$", "xyzc", true}, /* gives back */
        {"^[a-z]*[a-c]$", "xyz", false},
        {"^[a-z]+[0-9]+$", "abc123", true},
        {"^[a-z]+[0-9]+$", "123", false},
        {"^\"[0-9]+\"$", "\"7\"", true},
        {"^\"[0-9]+\"$", "7", false},
        {"^[A-Za-z0-9_.-]+$", "a-B_9.", true},
        {"^[A-Za-z0-9_.-]+$", "a b", false},
        {"^[^/]+$", "a.b", true},
        {"^[^/]+$", "a/b", false},
        {"^[^/]{2}$", "健康", true}, /* characters, not bytes */
        {"^..$", "健康", true},
        {"^..$", "健", false},
        {"^\\.\\^$", ".^", true},
        {"^\\.$", "a", false},
        {"^[\\]\\d]+$", "]1", true},
        {"^[\\]\\d]+$", "]x", false},
        {"^a{0,2}$", "", true},
        {"^.$", "\n", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (xj_pattern_match(cases[i].pattern, xj_str_c(cases[i].text)) != cases[i].fits)
            fail_msg("%s on \"%s\"", cases[i].pattern, cases[i].text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pattern_match__takes_what_the_pattern_says),
    };

    return xjtest_main(tests);
}
