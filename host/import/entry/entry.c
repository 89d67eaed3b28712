/* SPDX-License-Identifier: MIT */
#include "host/import/entry/entry.h"

#include <string.h>

static const char blank[] = " \t\r\n";

static bool is_said(struct fob_span word)
{
    return fob_span_trim(word, blank).len > 0;
}

static const char *read_type(struct fob_span word, struct fob_account *account)
{
    static const struct {
        const char *word;
        const char *why;
    } others[] = {
        {"steam", "it makes codes of Steam's kind"},
        {"motp", "it makes mOTP codes"},
        {"yandex", "it makes codes of Yandex's kind"},
        {"yaotp", "it makes codes of Yandex's kind"},
        {"blizzard", "it makes codes of Blizzard's kind"},
        {"battlenet", "it makes codes of Blizzard's kind"},
    };

    word = fob_span_trim(word, blank);
    account->type = fob_span_is(word, "hotp") ? FOB_HOTP : FOB_TOTP;
    if (word.len == 0 || fob_span_is(word, "totp") || fob_span_is(word, "hotp"))
        return NULL;
    for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
        if (fob_span_is(word, others[i].word))
            return others[i].why;
    return "its type is unknown";
}

static const char *read_hash(struct fob_span word, struct fob_account *account)
{
    account->hash = FOB_SHA1;
    word = fob_span_trim(word, blank);
    if (word.len == 0 || fob_account_read_hash(word, &account->hash) == FOB_OK)
        return NULL;
    return fob_span_is(word, "md5") ? "its hash is MD5" : "its hash is unknown";
}

/* Digits and nothing else, up to `max`. */
static bool read_number(struct fob_span word, uint64_t max, uint64_t *number)
{
    word = fob_span_trim(word, blank);
    *number = 0;
    for (size_t i = 0; i < word.len; i++) {
        uint64_t digit = (uint64_t)word.at[i] - '0';

        if (digit > 9 || digit > max || *number > (max - digit) / 10)
            return false;
        *number = *number * 10 + digit;
    }
    return word.len > 0;
}

static const char *read_digits(struct fob_span word,
                               struct fob_account *account)
{
    uint64_t digits = FOB_DIGITS_MIN;

    if (is_said(word) && (!read_number(word, FOB_DIGITS_MAX, &digits) ||
                          digits < FOB_DIGITS_MIN))
        return "its codes have not 6 to 8 digits";
    account->digits = (uint8_t)digits;
    return NULL;
}

static const char *read_moving(const struct entry_words *words,
                               struct fob_account *account)
{
    uint64_t period_s = FOB_PERIOD_S_DEFAULT;

    if (account->type == FOB_HOTP)
        return read_number(words->counter, INT64_MAX, &account->counter)
                   ? NULL
                   : "its counter is no number";
    if (is_said(words->period_s) &&
        (!read_number(words->period_s, FOB_PERIOD_S_MAX, &period_s) ||
         period_s == 0))
        return "its period is not from a second to a day";
    account->period_s = (uint32_t)period_s;
    return NULL;
}

const char *entry_kind(const struct entry_words *words,
                       struct fob_account *account)
{
    const char *why = read_type(words->type, account);

    if (why == NULL)
        why = read_hash(words->hash, account);
    if (why == NULL)
        why = read_digits(words->digits, account);
    return why == NULL ? read_moving(words, account) : why;
}

enum fob_status entry_names(struct import_sink *sink, struct fob_span issuer,
                            struct fob_span label)
{
    struct fob_span rest = fob_span_trim(label, blank);
    struct fob_span named = fob_span_trim(issuer, blank);

    if (named.len > 0 && rest.len > named.len && rest.at[named.len] == ':' &&
        memcmp(rest.at, named.at, named.len) == 0) {
        rest.at += named.len + 1;
        rest.len -= named.len + 1;
        if (fob_span_trim(rest, blank).len > 0)
            label = rest;
    }
    return sink_name(sink, issuer, label);
}
