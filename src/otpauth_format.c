/* SPDX-License-Identifier: MIT */
#include "src/otpauth.h"

#include "src/base32.h"
#include "src/percent.h"
#include "src/wipe.h"

#include <stdbool.h>

static void put_number(struct fob_writer *writer, const char *name,
                       uint64_t number)
{
    char digits[21];
    char *at = digits + sizeof(digits);

    *--at = '\0';
    do {
        *--at = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    fob_put_text(writer, name);
    fob_put_text(writer, at);
}

static bool has_colon(const char *text)
{
    while (*text != '\0' && *text != ':')
        text++;
    return *text != '\0';
}

/* An issuer that holds a colon stands in its parameter alone: readers take what
 * is before the first colon for the whole of it.  The bare colon, also after no
 * issuer, tells a reader that a colon in the label parts nothing. */
static void put_names(struct fob_writer *writer,
                      const struct fob_account *account)
{
    bool has_prefix = account->issuer[0] != '\0' && !has_colon(account->issuer);

    fob_put_text(writer, account->type == FOB_HOTP ? "hotp/" : "totp/");
    if (has_prefix)
        fob_percent_put(writer, account->issuer, "");
    if (has_prefix || has_colon(account->label))
        fob_put_text(writer, ":");
    fob_percent_put(writer, account->label, "@");
}

static enum fob_status put_secret(struct fob_writer *writer,
                                  const struct fob_account *account)
{
    char text[FOB_BASE32_LEN(FOB_SECRET_MAX) + 1];
    enum fob_status status = fob_base32_encode(
        account->secret, account->secret_len, text, sizeof(text));

    fob_put_text(writer, "?secret=");
    fob_put_text(writer, text);
    fob_wipe(text, sizeof(text));
    return status;
}

static void put_params(struct fob_writer *writer,
                       const struct fob_account *account)
{
    if (account->issuer[0] != '\0') {
        fob_put_text(writer, "&issuer=");
        fob_percent_put(writer, account->issuer, "");
    }
    if (account->hash != FOB_SHA1)
        fob_put_text(writer, account->hash == FOB_SHA256 ? "&algorithm=SHA256"
                                                         : "&algorithm=SHA512");
    if (account->digits != FOB_DIGITS_MIN ||
        account->digits != fob_otpauth_digits(account))
        put_number(writer, "&digits=", account->digits);
    if (account->type == FOB_HOTP)
        put_number(writer, "&counter=", account->counter);
    else if (account->period_s != FOB_PERIOD_S_DEFAULT)
        put_number(writer, "&period=", account->period_s);
}

bool fob_otpauth_is_in_names(const struct fob_account *account)
{
    static const char scheme[] = "otpauth";
    const size_t len = sizeof(scheme) - 1;
    struct fob_span issuer = fob_span_of(account->issuer, FOB_ISSUER_MAX);
    struct fob_span label = fob_span_of(account->label, FOB_LABEL_MAX);
    bool is_split = issuer.len >= len && label.len > 1 && label.at[0] == '/' &&
                    label.at[1] == '/';

    if (is_split) /* at the colon between them */
        is_split = fob_span_is(
            (struct fob_span){issuer.at + issuer.len - len, len}, scheme);
    return is_split || fob_span_holds(issuer, "otpauth://") ||
           fob_span_holds(label, "otpauth://");
}

uint8_t fob_otpauth_digits(const struct fob_account *account)
{
    static const char *const eight[] = {"battle.net", "battlenet", "blizzard"};
    struct fob_span issuer = fob_span_of(account->issuer, FOB_ISSUER_MAX);

    for (size_t i = 0; i < sizeof(eight) / sizeof(*eight); i++)
        if (fob_span_is(issuer, eight[i]))
            return FOB_DIGITS_MAX;
    return FOB_DIGITS_MIN;
}

enum fob_status fob_otpauth_format(const struct fob_account *account, char *uri,
                                   size_t cap)
{
    struct fob_writer writer;
    enum fob_status status;

    fob_writer_init(&writer, uri, cap);
    fob_put_text(&writer, "otpauth://");
    put_names(&writer, account);
    status = put_secret(&writer, account);
    put_params(&writer, account);
    fob_put_u8(&writer, '\0');
    if (status == FOB_OK)
        status = writer.status;
    if (status != FOB_OK)
        fob_wipe(uri, cap);
    return status;
}
