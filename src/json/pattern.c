#include "json/schema.h"

/*
 * A matcher by backtracking over one sequence: no groups, so at most one open choice a piece.  The
 * texts are bounded by their schema's maxLength, and a choice that fails is undone a character at a
 * time, so the work is bounded by the text's length to the number of open repeats; routegen.py
 * refuses patterns with more than two of them.
 */
struct piece {
    const char *from, *to; /* the class or character within the pattern */
    size_t min, max;
};

static bool
in_class(const char *at, const char *end, uint32_t cp)
{
    bool negated = *at == '^', found = false;

    for (at += negated; at < end; at++) {
        uint32_t low = (unsigned char)*at;

        if (*at == '\\' && at + 1 < end) {
            at++;
            low = (unsigned char)*at;
            if (*at == 'd') {
                found = found || (cp >= '0' && cp <= '9');
                continue;
            }
        }
        if (at + 2 < end && at[1] == '-') {
            found = found || (cp >= low && cp <= (unsigned char)at[2]);
            at += 2;
        } else {
            found = found || cp == low;
        }
    }
    return found != negated;
}

static bool
fits(const struct piece *piece, uint32_t cp)
{
    switch (*piece->from) {
    case '.':
        return cp != '\n' && cp != '\r';
    case '[':
        return in_class(piece->from + 1, piece->to - 1, cp);
    case '\\':
        return piece->from[1] == 'd' ? cp >= '0' && cp <= '9' : cp == (unsigned char)piece->from[1];
    default:
        return cp == (unsigned char)*piece->from;
    }
}

static const char *
number(const char *at, size_t *n)
{
    for (*n = 0; *at >= '0' && *at <= '9'; at++)
        *n = *n * 10 + (size_t)(*at - '0');
    return at;
}

/* Read the piece at AT and what repeats it; the place behind it. */
static const char *
read_piece(struct piece *piece, const char *at)
{
    piece->from = at;
    if (*at == '[') {
        /* A ']' right behind '[' or '[^' would be a character; routegen.py refuses that. */
        while (*at != ']')
            at += *at == '\\' ? 2 : 1;
        at++;
    } else {
        at += *at == '\\' ? 2 : 1;
    }
    piece->to = at;
    piece->min = piece->max = 1;
    switch (*at) {
    case '?':
        piece->min = 0;
        return at + 1;
    case '*':
        piece->min = 0;
        piece->max = SIZE_MAX;
        return at + 1;
    case '+':
        piece->max = SIZE_MAX;
        return at + 1;
    case '{':
        at = number(at + 1, &piece->min);
        piece->max = piece->min;
        if (*at == ',')
            at = at[1] == '}' ? (piece->max = SIZE_MAX, at + 1) : number(at + 1, &piece->max);
        return at + 1;
    default:
        return at;
    }
}

static bool
match(const char *pattern, xj_str s, size_t at)
{
    struct piece piece;
    const char *rest;
    size_t n = 0;

    if (pattern[0] == '$' && pattern[1] == '\0')
        return at == s.len;
    rest = read_piece(&piece, pattern);
    while (n < piece.max && at < s.len) {
        size_t next = at;

        if (!fits(&piece, xj_utf8_next(s, &next)))
            break;
        at = next;
        n++;
    }
    for (;;) {
        if (n < piece.min)
            return false;
        if (match(rest, s, at))
            return true;
        if (n == 0)
            return false;
        n--;
        do
            at--;
        while (((unsigned char)s.data[at] & 0xc0) == 0x80);
    }
}

bool
xj_pattern_match(const char *pattern, xj_str s)
{
    XJ_ASSERT(pattern[0] == '^');
    return match(pattern + 1, s, 0);
}
