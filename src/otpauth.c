/* SPDX-License-Identifier: MIT */
#include "src/otpauth.h"

#include "src/base32.h"
#include "src/percent.h"
#include "src/span.h"
#include "src/wipe.h"

#include <stdbool.h>
#include <string.h>

enum {
    SECRET_TEXT_MAX = 512, /* room for the longest secret and separators */
    WORD_MAX = 24,         /* the longest number or name of a hash */
};

enum param { SECRET, ISSUER, ALGORITHM, DIGITS, PERIOD, COUNTER, PARAMS };

/* The parts of a URI, still percent-encoded. */
struct uri_parts {
    struct fob_span type;
    struct fob_span label;
    struct fob_span param[PARAMS];
};

static enum param find_param(struct fob_span name)
{
    static const char names[PARAMS][10] = {
        "secret", "issuer", "algorithm", "digits", "period", "counter",
    };
    unsigned i = 0;

    while (i < PARAMS && !fob_span_is(name, names[i]))
        i++;
    return (enum param)i;
}

static enum fob_status split_query(struct fob_span query,
                                   struct uri_parts *parts)
{
    while (query.at != NULL) {
        struct fob_span value = fob_span_cut(&query, '&');
        enum param param = find_param(fob_span_cut(&value, '='));

        if (param == PARAMS)
            continue;
        if (parts->param[param].at != NULL)
            return FOB_E_DUPLICATE;
        if (value.at == NULL)
            return FOB_E_SYNTAX;
        parts->param[param] = value;
    }
    return FOB_OK;
}

static enum fob_status split_uri(struct fob_span uri, struct uri_parts *parts)
{
    struct fob_span scheme = fob_span_cut(&uri, ':');

    if (!fob_span_is(scheme, "otpauth") || uri.len < 2 || uri.at[0] != '/' ||
        uri.at[1] != '/')
        return FOB_E_SYNTAX;
    uri.at += 2;
    uri.len -= 2;
    uri = fob_span_cut(&uri, '#'); /* a fragment is not ours to read */
    parts->type = fob_span_cut(&uri, '/');
    parts->label = fob_span_cut(&uri, '?');
    if (parts->label.at == NULL)
        return FOB_E_SYNTAX;
    return split_query(uri, parts);
}

static enum fob_status read_type(struct fob_span type,
                                 struct fob_account *account)
{
    if (fob_span_is(type, "totp"))
        account->type = FOB_TOTP;
    else if (fob_span_is(type, "hotp"))
        account->type = FOB_HOTP;
    else
        return FOB_E_UNSUPPORTED;
    return FOB_OK;
}

/* Issuer and account part meet at a bare colon, else at an escaped one; what
 * stands before it is cut off *label. */
static struct fob_span cut_prefix(struct fob_span *label)
{
    struct fob_span rest = *label;
    struct fob_span prefix = fob_span_cut(&rest, ':');

    for (size_t i = 0; rest.at == NULL && i + 3 <= label->len; i++) {
        if (fob_span_is((struct fob_span){label->at + i, 3}, "%3a")) {
            prefix.len = i;
            rest.at = label->at + i + 3;
            rest.len = label->len - i - 3;
        }
    }
    if (rest.at == NULL)
        return rest;
    *label = rest;
    return prefix;
}

/* Decode a name, of `cap` bytes at most with its NUL, and trim it. */
static enum fob_status read_name(struct fob_span span, char *name, size_t cap)
{
    enum fob_status status = fob_percent_decode(span.at, span.len, name, cap);
    struct fob_span trimmed;

    if (status != FOB_OK)
        return status;
    trimmed = fob_span_trim(fob_span_of(name, cap), " ");
    memmove(name, trimmed.at, trimmed.len);
    memset(name + trimmed.len, 0, cap - trimmed.len);
    return FOB_OK;
}

static enum fob_status read_names(const struct uri_parts *parts,
                                  struct fob_account *account)
{
    struct fob_span label = parts->label;
    struct fob_span prefix = cut_prefix(&label);
    char issuer[sizeof(account->issuer)];
    enum fob_status status;

    status = read_name(label, account->label, sizeof(account->label));
    if (status == FOB_OK)
        status = read_name(prefix, account->issuer, sizeof(account->issuer));
    if (status == FOB_OK)
        status = read_name(parts->param[ISSUER], issuer, sizeof(issuer));
    if (status == FOB_OK && issuer[0] != '\0')
        memcpy(account->issuer, issuer, sizeof(issuer));
    return status;
}

static enum fob_status read_secret(struct fob_span span,
                                   struct fob_account *account)
{
    char text[SECRET_TEXT_MAX];
    enum fob_status status;
    size_t len;

    if (span.at == NULL)
        return FOB_E_SYNTAX;
    status = fob_percent_decode(span.at, span.len, text, sizeof(text));
    if (status == FOB_OK) {
        len = fob_span_of(text, sizeof(text)).len;
        status = fob_base32_decode_lenient(text, len, account->secret,
                                           sizeof(account->secret),
                                           &account->secret_len);
    }
    fob_wipe(text, sizeof(text));
    return status;
}

static enum fob_status read_hash(struct fob_span span,
                                 struct fob_account *account)
{
    char word[WORD_MAX];
    struct fob_span name;

    if (fob_percent_decode(span.at, span.len, word, sizeof(word)) != FOB_OK)
        return FOB_E_UNSUPPORTED;
    name = fob_span_of(word, sizeof(word));
    if (span.at == NULL || fob_span_is(name, "sha1"))
        account->hash = FOB_SHA1;
    else if (fob_span_is(name, "sha256"))
        account->hash = FOB_SHA256;
    else if (fob_span_is(name, "sha512"))
        account->hash = FOB_SHA512;
    else
        return FOB_E_UNSUPPORTED;
    return FOB_OK;
}

/* A decimal number up to `max`; an absent one leaves *number as it is. */
static enum fob_status read_number(struct fob_span span, uint64_t max,
                                   uint64_t *number)
{
    uint64_t value = 0;

    if (span.at == NULL)
        return FOB_OK;
    if (span.len == 0)
        return FOB_E_SYNTAX;
    for (size_t i = 0; i < span.len; i++) {
        uint64_t digit = (uint64_t)span.at[i] - '0';

        if (digit > 9)
            return FOB_E_SYNTAX;
        if (digit > max || value > (max - digit) / 10)
            return FOB_E_UNSUPPORTED;
        value = value * 10 + digit;
    }
    *number = value;
    return FOB_OK;
}

static enum fob_status read_numbers(const struct uri_parts *parts,
                                    struct fob_account *account)
{
    bool is_totp = account->type == FOB_TOTP;
    uint64_t digits = FOB_DIGITS_MIN;
    uint64_t moving = is_totp ? FOB_PERIOD_S_DEFAULT : 0;
    enum fob_status status;

    status = read_number(parts->param[DIGITS], FOB_DIGITS_MAX, &digits);
    if (status == FOB_OK && is_totp)
        status = read_number(parts->param[PERIOD], FOB_PERIOD_S_MAX, &moving);
    if (status == FOB_OK && !is_totp)
        status = read_number(parts->param[COUNTER], UINT64_MAX, &moving);
    account->digits = (uint8_t)digits;
    account->period_s = is_totp ? (uint32_t)moving : 0;
    account->counter = is_totp ? 0 : moving;
    return status;
}

static enum fob_status read_parts(const struct uri_parts *parts,
                                  struct fob_account *account)
{
    enum fob_status status = read_type(parts->type, account);

    if (status == FOB_OK)
        status = read_names(parts, account);
    if (status == FOB_OK)
        status = read_hash(parts->param[ALGORITHM], account);
    if (status == FOB_OK)
        status = read_numbers(parts, account);
    if (status == FOB_OK)
        status = read_secret(parts->param[SECRET], account);
    return status == FOB_OK ? fob_account_check(account) : status;
}

enum fob_status fob_otpauth_parse(const char *uri, size_t len,
                                  struct fob_account *account)
{
    struct fob_span span =
        fob_span_trim((struct fob_span){uri, len}, " \t\r\n");
    struct uri_parts parts = {0};
    enum fob_status status = FOB_E_TOO_LONG;

    fob_account_clear(account);
    if (span.len <= FOB_OTPAUTH_MAX)
        status = split_uri(span, &parts);
    if (status == FOB_OK)
        status = read_parts(&parts, account);
    if (status != FOB_OK && status != FOB_E_TOO_SHORT)
        fob_account_clear(account);
    return status;
}
