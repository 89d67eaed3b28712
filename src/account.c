/* SPDX-License-Identifier: MIT */
#include "src/account.h"

#include "src/utf8.h"
#include "src/wipe.h"

#include <stdbool.h>
#include <string.h>

/* `cap` bytes that must hold a NUL and, before it, text. */
static enum fob_status check_text(const char *text, size_t cap)
{
    size_t len = fob_span_of(text, cap).len;

    if (len == cap)
        return FOB_E_TOO_LONG;
    return fob_utf8_is_text(text, len) ? FOB_OK : FOB_E_SYNTAX;
}

static enum fob_status check_names(const struct fob_account *account)
{
    enum fob_status status =
        check_text(account->issuer, sizeof(account->issuer));

    if (status == FOB_OK)
        status = check_text(account->label, sizeof(account->label));
    if (status == FOB_OK && account->label[0] == '\0')
        status = FOB_E_SYNTAX;
    return status;
}

static enum fob_status check_kind(const struct fob_account *account)
{
    bool is_totp = account->type == FOB_TOTP;

    if (!is_totp && account->type != FOB_HOTP)
        return FOB_E_UNSUPPORTED;
    if (account->hash < FOB_SHA1 || account->hash > FOB_SHA512)
        return FOB_E_UNSUPPORTED;
    if (account->digits < FOB_DIGITS_MIN || account->digits > FOB_DIGITS_MAX)
        return FOB_E_UNSUPPORTED;
    if (is_totp &&
        (account->period_s == 0 || account->period_s > FOB_PERIOD_S_MAX))
        return FOB_E_UNSUPPORTED;
    /* What belongs to the other type is zero, so equal accounts are equal. */
    if (is_totp ? account->counter != 0 : account->period_s != 0)
        return FOB_E_SYNTAX;
    return FOB_OK;
}

static enum fob_status check_secret(const struct fob_account *account)
{
    if (account->secret_len == 0)
        return FOB_E_SYNTAX;
    if (account->secret_len > FOB_SECRET_MAX)
        return FOB_E_TOO_LONG;
    return account->secret_len < FOB_SECRET_MIN ? FOB_E_TOO_SHORT : FOB_OK;
}

enum fob_status fob_account_check(const struct fob_account *account)
{
    enum fob_status status = check_names(account);

    if (status == FOB_OK)
        status = check_kind(account);
    /* Last, so that TOO_SHORT means that all the rest is well. */
    if (status == FOB_OK)
        status = check_secret(account);
    return status;
}

enum { HASH_NAME_MAX = 16 };

/* Letters and digits alone, in lower case; "" when they do not fit. */
static void squeeze_name(struct fob_span name, char word[static HASH_NAME_MAX])
{
    size_t len = 0;

    for (size_t i = 0; i < name.len && len < HASH_NAME_MAX; i++) {
        char c = name.at[i];

        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            word[len++] = c;
    }
    word[len < HASH_NAME_MAX ? len : 0] = '\0';
}

enum fob_status fob_account_read_hash(struct fob_span name, enum fob_hash *hash)
{
    static const struct {
        const char *word;
        enum fob_hash hash;
    } hashes[] = {
        {"sha1", FOB_SHA1},     {"hmacsha1", FOB_SHA1},
        {"sha256", FOB_SHA256}, {"hmacsha256", FOB_SHA256},
        {"sha512", FOB_SHA512}, {"hmacsha512", FOB_SHA512},
    };
    char word[HASH_NAME_MAX];

    squeeze_name(name, word);
    for (size_t i = 0; i < sizeof(hashes) / sizeof(*hashes); i++) {
        if (fob_span_is(fob_span_of(word, sizeof(word)), hashes[i].word)) {
            *hash = hashes[i].hash;
            return FOB_OK;
        }
    }
    return FOB_E_UNSUPPORTED;
}

static bool speaks_of_secret(const char *name, size_t cap)
{
    static const char word[] = "secret";
    const size_t len = sizeof(word) - 1;
    struct fob_span text = fob_span_of(name, cap);

    for (size_t i = 0; i + len <= text.len; i++)
        if (fob_span_is((struct fob_span){text.at + i, len}, word))
            return true;
    return false;
}

void fob_account_keep_names(struct fob_account *account)
{
    struct fob_account names = {0};

    if (!speaks_of_secret(account->issuer, sizeof(account->issuer)) &&
        !speaks_of_secret(account->label, sizeof(account->label))) {
        memcpy(names.issuer, account->issuer, sizeof(names.issuer));
        memcpy(names.label, account->label, sizeof(names.label));
    }
    fob_account_clear(account);
    *account = names;
}

void fob_account_clear(struct fob_account *account)
{
    fob_wipe(account, sizeof(*account));
}
