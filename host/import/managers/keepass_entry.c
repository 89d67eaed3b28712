/* SPDX-License-Identifier: MIT */
#include "host/import/managers/keepass_entry.h"

#include "host/import/entry/entry.h"
#include "host/import/json/base64.h"
#include "host/import/managers/otp_text.h"
#include "host/import/text/flatten.h"
#include "src/otpauth.h"

#include <string.h>

void keepass_entry_note(struct keepass_entry *entry, struct fob_span key,
                        struct fob_span value, bool is_raw)
{
    static const char *const keys[KEEPASS_FIELDS] = {
        [KEEPASS_TITLE] = "title",
        [KEEPASS_USER] = "username",
        [KEEPASS_OTP] = "otp",
        [KEEPASS_SEED] = "totp seed",
        [KEEPASS_SETTINGS] = "totp settings",
        [KEEPASS_TIME] = "timeotp-secret",
        [KEEPASS_TIME_HEX] = "timeotp-secret-hex",
        [KEEPASS_TIME_BASE32] = "timeotp-secret-base32",
        [KEEPASS_TIME_BASE64] = "timeotp-secret-base64",
        [KEEPASS_PERIOD] = "timeotp-period",
        [KEEPASS_LENGTH] = "timeotp-length",
        [KEEPASS_ALGORITHM] = "timeotp-algorithm",
        [KEEPASS_HMAC] = "hmacotp-secret",
        [KEEPASS_HMAC_HEX] = "hmacotp-secret-hex",
        [KEEPASS_HMAC_BASE32] = "hmacotp-secret-base32",
        [KEEPASS_HMAC_BASE64] = "hmacotp-secret-base64",
        [KEEPASS_COUNTER] = "hmacotp-counter",
    };

    for (unsigned i = 0; i < KEEPASS_FIELDS; i++)
        if (fob_span_is(key, keys[i])) {
            entry->is_double |= entry->field[i].len > 0;
            entry->field[i] = value;
            entry->is_raw[i] = is_raw;
        }
}

/* The fields without what XML escapes. */
struct texts {
    struct fob_secret room[KEEPASS_FIELDS];
    struct fob_span field[KEEPASS_FIELDS];
    struct uri_names names;
};

static void free_texts(struct texts *texts)
{
    for (unsigned i = 0; i < KEEPASS_FIELDS; i++)
        fob_secret_free(&texts->room[i]);
}

static enum fob_status read_field(const struct keepass_entry *entry, unsigned i,
                                  struct fob_secret *room)
{
    struct fob_span field = entry->field[i];

    return entry->is_raw[i] ? fob_secret_copy(room, field.at, field.len)
                            : flatten_markup(field, room);
}

static enum fob_status read_texts(const struct keepass_entry *entry,
                                  struct texts *texts)
{
    enum fob_status status = FOB_OK;

    for (unsigned i = 0; status == FOB_OK && i < KEEPASS_FIELDS; i++) {
        if (entry->field[i].len == 0)
            continue;
        status = read_field(entry, i, &texts->room[i]);
        texts->field[i] = fob_span_trim_blank(
            (struct fob_span){(char *)texts->room[i].data, texts->room[i].len});
    }
    texts->names.issuer = texts->field[KEEPASS_TITLE];
    texts->names.label = texts->field[KEEPASS_USER];
    return status;
}

static enum fob_status read_plain(struct fob_span text,
                                  struct fob_account *account)
{
    if (text.len > sizeof(account->secret))
        return FOB_E_TOO_LONG;
    memcpy(account->secret, text.at, text.len);
    account->secret_len = text.len;
    return FOB_OK;
}

static enum fob_status read_hex(struct fob_span text,
                                struct fob_account *account)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";

    if (text.len % 2 != 0)
        return FOB_E_SYNTAX;
    if (text.len / 2 > sizeof(account->secret))
        return FOB_E_TOO_LONG;
    for (size_t i = 0; i < text.len; i++) {
        const char *digit = memchr(digits, text.at[i], sizeof(digits) - 1);

        if (digit == NULL)
            return FOB_E_SYNTAX;
        account->secret[i / 2] =
            (uint8_t)(account->secret[i / 2] << 4 | (digit - digits) % 16);
    }
    account->secret_len = text.len / 2;
    return FOB_OK;
}

static enum fob_status read_base64(struct fob_span text,
                                   struct fob_account *account)
{
    struct fob_secret data = {0};
    enum fob_status status = fob_secret_alloc(&data, text.len);

    if (status == FOB_OK)
        status = base64_decode(text.at, text.len, data.data, &data.len);
    if (status == FOB_OK)
        status =
            read_plain((struct fob_span){(char *)data.data, data.len}, account);
    fob_secret_free(&data);
    return status;
}

/* The secret in the encoding that the field's name says. */
static enum fob_status read_secret(const struct texts *texts, unsigned field,
                                   struct fob_account *account,
                                   char fault[static ENTRY_FAULT_CAP])
{
    struct fob_span text = texts->field[field];

    switch (field) {
    case KEEPASS_TIME:
    case KEEPASS_HMAC:
        return read_plain(text, account);
    case KEEPASS_TIME_HEX:
    case KEEPASS_HMAC_HEX:
        return read_hex(text, account);
    case KEEPASS_TIME_BASE64:
    case KEEPASS_HMAC_BASE64:
        return read_base64(text, account);
    default:
        return sink_read_secret(text, account, fault);
    }
}

static enum fob_status put_secret(const struct texts *texts, unsigned field,
                                  const struct entry_words *words, size_t place,
                                  struct import_sink *sink)
{
    const char *why = entry_kind(words, sink->account);
    char fault[ENTRY_FAULT_CAP] = "";
    enum fob_status status =
        sink_name(sink, texts->names.issuer, texts->names.label);

    if (status == FOB_OK && why != NULL)
        return sink_put(sink, place, FOB_E_UNSUPPORTED, why);
    if (status == FOB_OK)
        status = read_secret(texts, field, sink->account, fault);
    return sink_put(sink, place, status, fault[0] != '\0' ? fault : NULL);
}

static enum fob_status put_hmac(const struct texts *texts, unsigned field,
                                size_t place, struct import_sink *sink)
{
    const struct fob_span *counter = &texts->field[KEEPASS_COUNTER];
    const struct entry_words words = {
        .type = {"hotp", 4},
        /* KeePass begins at 0 and writes the counter once it has moved. */
        .counter = counter->len > 0 ? *counter : (struct fob_span){"0", 1},
    };

    return put_secret(texts, field, &words, place, sink);
}

static enum fob_status put_time(const struct texts *texts, unsigned field,
                                size_t place, struct import_sink *sink)
{
    const struct entry_words words = {
        .hash = texts->field[KEEPASS_ALGORITHM],
        .digits = texts->field[KEEPASS_LENGTH],
        .period_s = texts->field[KEEPASS_PERIOD],
    };

    return put_secret(texts, field, &words, place, sink);
}

/* "30;6", or "30;S" for Steam; a URL for the time may follow. */
static enum fob_status put_seed(const struct texts *texts, size_t place,
                                struct import_sink *sink)
{
    struct fob_span digits = texts->field[KEEPASS_SETTINGS];
    struct entry_words words = {.period_s = fob_span_cut(&digits, ';')};
    struct fob_span size = fob_span_cut(&digits, ';');

    if (fob_span_is(size, "s"))
        words.type = (struct fob_span){"steam", 5};
    else
        words.digits = size;
    return put_secret(texts, KEEPASS_SEED, &words, place, sink);
}

/* What the field makes of the others: none for one that is no secret. */
static enum fob_status put_field(const struct texts *texts, unsigned field,
                                 size_t place, struct import_sink *sink)
{
    switch (field) {
    case KEEPASS_OTP:
        return otp_text_put(texts->field[field], &texts->names, place, sink);
    case KEEPASS_SEED:
        return put_seed(texts, place, sink);
    case KEEPASS_TIME:
    case KEEPASS_TIME_HEX:
    case KEEPASS_TIME_BASE32:
    case KEEPASS_TIME_BASE64:
        return put_time(texts, field, place, sink);
    case KEEPASS_HMAC:
    case KEEPASS_HMAC_HEX:
    case KEEPASS_HMAC_BASE32:
    case KEEPASS_HMAC_BASE64:
        return put_hmac(texts, field, place, sink);
    default:
        return FOB_OK;
    }
}

/* Each secret: which of two that differ is in use, the entry does not say, and
 * of two that are one the vault takes one. */
static enum fob_status put_texts(const struct texts *texts, size_t place,
                                 struct import_sink *sink)
{
    enum fob_status status = FOB_OK;

    for (unsigned i = 0; status == FOB_OK && i < KEEPASS_FIELDS; i++)
        if (texts->field[i].len > 0)
            status = put_field(texts, i, place, sink);
    return status;
}

/* An entry that is not to be taken, with what it is called. */
static enum fob_status put_refused(const struct texts *texts, size_t place,
                                   const char *why, struct import_sink *sink)
{
    (void)!sink_name(sink, texts->names.issuer, texts->names.label);
    return sink_put(sink, place,
                    why != NULL ? FOB_E_UNSUPPORTED : FOB_E_DUPLICATE, why);
}

static bool has_any(const struct keepass_entry *entry)
{
    for (unsigned i = KEEPASS_OTP; i < KEEPASS_FIELDS; i++)
        if (entry->field[i].len > 0)
            return true;
    return false;
}

enum fob_status keepass_entry_put(const struct keepass_entry *entry,
                                  bool is_in_bin, struct import_sink *sink)
{
    struct texts texts = {0};
    enum fob_status status = FOB_OK;

    if (!has_any(entry))
        return FOB_OK;
    if (read_texts(entry, &texts) != FOB_OK) {
        status = fob_error_no_memory(sink->error);
    } else if (is_in_bin || entry->is_double) {
        status = put_refused(
            &texts, entry->line,
            is_in_bin ? "it lies in KeePass's recycle bin" : NULL, sink);
    } else {
        status = put_texts(&texts, entry->line, sink);
    }
    free_texts(&texts);
    return status;
}
