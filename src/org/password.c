#include "org/password.h"

#include <sodium.h>

/* libsodium's interactive limits (2 passes over 64 MB): OWASP asks for 19 MB and 2 passes. */
#define OPS crypto_pwhash_OPSLIMIT_INTERACTIVE
#define MEM crypto_pwhash_MEMLIMIT_INTERACTIVE

/* What is verified where there is no account: it costs the same.  It is the hash of 32 random bytes
 * that nobody kept; and the answer is no even for them. */
static const char nobody[] = "$argon2id$v=19$m=65536,t=2,p=1$smNtw7zNUHXbzcNL9GxWlA$zTEEiF"
                             "1boYGpOo4EK6Rdk/1koC+COPhXKnufylpuT2w";

xj_error *
xj_password_start(void)
{
    if (sodium_init() < 0)
        return xj_error_new(XJ_E_INTERNAL, "the cryptographic library cannot be used");
    return NULL;
}

static xj_error *
refuse(const char *why)
{
    return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "%s", why), "/password");
}

xj_error *
xj_password_check(xj_str password, xj_str name)
{
    size_t count, pos = 0;
    uint32_t first;
    bool same = true;

    if (xj_utf8_check(password) != password.len)
        return refuse("the password is not valid UTF-8");
    count = xj_utf8_count(password);
    if (count < XJ_PASSWORD_MIN || count > XJ_PASSWORD_MAX)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a password has %d to %d characters",
                                        XJ_PASSWORD_MIN, XJ_PASSWORD_MAX),
                           "/password");
    first = xj_utf8_next(password, &pos);
    pos = 0;
    while (pos < password.len) {
        uint32_t cp = xj_utf8_next(password, &pos);

        if (cp < 0x20 || cp == 0x7F)
            return refuse("the password holds a control character");
        same = same && cp == first;
    }
    if (same)
        return refuse("the password is one character again and again");
    if (xj_str_eq(password, name))
        return refuse("the password is the account's name");
    return NULL;
}

xj_error *
xj_password_hash(xj_str *hash, xj_str password, xj_pool *result)
{
    char text[crypto_pwhash_STRBYTES];

    if (crypto_pwhash_str_alg(text, password.data, password.len, OPS, MEM,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        return xj_error_new(XJ_E_UNAVAILABLE, "there is no memory to hash a password");
    *hash = xj_str_dup(xj_str_c(text), result);
    return NULL;
}

xj_error *
xj_password_hash_made(xj_str *hash, xj_str password, xj_pool *result)
{
    char text[crypto_pwhash_STRBYTES];

    if (crypto_pwhash_str_alg(text, password.data, password.len, crypto_pwhash_OPSLIMIT_MIN,
                              crypto_pwhash_MEMLIMIT_MIN, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return xj_error_new(XJ_E_UNAVAILABLE, "there is no memory to hash a password");
    *hash = xj_str_dup(xj_str_c(text), result);
    return NULL;
}

xj_str
xj_password_nobody(void)
{
    return xj_str_c(nobody);
}

bool
xj_password_verify(xj_str hash, xj_str password)
{
    const char *given = password.data == NULL ? "" : password.data;
    char text[crypto_pwhash_STRBYTES] = {0}, none[crypto_pwhash_STRBYTES] = {0};
    bool right, same_cost;

    memcpy(none, nobody, sizeof nobody);
    if (hash.data == NULL || hash.len >= sizeof text)
        memcpy(text, none, sizeof none);
    else
        memcpy(text, hash.data, hash.len);
    right = crypto_pwhash_str_verify(text, given, password.len) == 0;
    /* One that is hashed lightly must not be told from others by the time it takes. */
    same_cost = crypto_pwhash_str_needs_rehash(text, OPS, MEM) == 0;
    if (!same_cost && crypto_pwhash_str_verify(none, given, password.len) == 0)
        right = false;
    return right && hash.data != NULL;
}

xj_str
xj_password_make(xj_pool *result)
{
    /* Without 0 O o, 1 l I, and the like. */
    static const char letters[] = "abcdefghjkmnpqrstuvwxyzACDEFGHJKLMNPQRSTUVWXYZ2345679";
    char text[24];
    size_t n = 0;

    for (int i = 0; i < 20; i++) {
        if (i > 0 && i % 5 == 0)
            text[n++] = '-';
        text[n++] = letters[randombytes_uniform(sizeof letters - 1)];
    }
    return xj_str_dup(xj_str_of(text, n), result);
}

void
xj_wipe(void *data, size_t n)
{
    if (n > 0)
        sodium_memzero(data, n);
}
