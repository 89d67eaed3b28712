/* SPDX-License-Identifier: MIT */
#include "host/import/text/migration_account.h"

#include "host/import/text/protobuf.h"

#include <string.h>

/* OtpParameters' field numbers. */
enum { SECRET = 1, NAME, ISSUER, ALGORITHM, DIGITS, TYPE, COUNTER, FIELDS };

/* Its enums, of which 0 is "unspecified". */
enum { ALGORITHM_SHA1 = 1, ALGORITHM_SHA256, ALGORITHM_SHA512, ALGORITHM_MD5 };
enum { DIGITS_SIX = 1, DIGITS_EIGHT };
enum { TYPE_HOTP = 1, TYPE_TOTP };

/* One message, taken apart; what is absent is zero. */
struct parameters {
    struct protobuf_field field[FIELDS];
};

static enum protobuf_type type_of(uint32_t number)
{
    return number <= ISSUER ? PROTOBUF_BYTES : PROTOBUF_VARINT;
}

static enum fob_status read_parameters(struct fob_reader *reader,
                                       struct parameters *parameters)
{
    struct protobuf_field field;
    enum fob_status status;

    while ((status = protobuf_next(reader, &field)) == FOB_OK) {
        if (field.number == 0)
            return FOB_OK;
        if (field.number >= FIELDS)
            continue;
        if (field.type != type_of(field.number))
            return FOB_E_SYNTAX;
        if (parameters->field[field.number].number != 0)
            return FOB_E_DUPLICATE;
        parameters->field[field.number] = field;
    }
    return status;
}

static struct fob_span text_of(const struct protobuf_field *field)
{
    return (struct fob_span){field->bytes, field->len};
}

/* Whether `name` begins with the issuer, whole, and a colon. */
static bool has_issuer(struct fob_span name, struct fob_span issuer)
{
    return issuer.len > 0 && name.len > issuer.len &&
           memcmp(name.at, issuer.at, issuer.len) == 0 &&
           name.at[issuer.len] == ':';
}

/* The name is a key URI's label: the issuer, if it stands before a colon
 * there, is no part of the account's own name. */
static enum fob_status read_names(const struct parameters *parameters,
                                  struct import_sink *sink)
{
    struct fob_span issuer = text_of(&parameters->field[ISSUER]);
    struct fob_span name = text_of(&parameters->field[NAME]);
    struct fob_span rest = name, prefix = fob_span_cut(&rest, ':');

    /* Which may hold a colon itself. */
    if (has_issuer(name, issuer))
        rest = (struct fob_span){name.at + issuer.len + 1,
                                 name.len - issuer.len - 1};
    if (fob_span_trim(rest, " ").len > 0) {
        name = rest;
        if (issuer.len == 0)
            issuer = prefix;
    }
    return sink_name(sink, issuer, name);
}

static const char *read_hash(uint64_t algorithm, struct fob_account *account)
{
    account->hash = FOB_SHA1;
    if (algorithm == ALGORITHM_SHA256)
        account->hash = FOB_SHA256;
    else if (algorithm == ALGORITHM_SHA512)
        account->hash = FOB_SHA512;
    else if (algorithm == ALGORITHM_MD5)
        return "its hash is MD5";
    else if (algorithm > ALGORITHM_SHA1)
        return "its hash is unknown";
    return NULL;
}

static const char *read_digits(uint64_t digits, struct fob_account *account)
{
    account->digits = digits == DIGITS_EIGHT ? 8 : 6;
    return digits > DIGITS_EIGHT ? "its number of digits is unknown" : NULL;
}

static const char *read_type(const struct parameters *parameters,
                             struct fob_account *account)
{
    uint64_t type = parameters->field[TYPE].varint;

    account->type = type == TYPE_HOTP ? FOB_HOTP : FOB_TOTP;
    if (type > TYPE_TOTP)
        return "it is neither TOTP nor HOTP";
    /* One that is not said is TOTP to Google's app. */
    if (type != TYPE_HOTP) {
        account->period_s = FOB_PERIOD_S_DEFAULT;
        return NULL;
    }
    account->counter = parameters->field[COUNTER].varint;
    return account->counter > INT64_MAX ? "its counter is negative" : NULL;
}

/* NULL, or why it is not for fob. */
static const char *read_kind(const struct parameters *parameters,
                             struct fob_account *account)
{
    const char *why = read_type(parameters, account);

    if (why == NULL)
        why = read_hash(parameters->field[ALGORITHM].varint, account);
    if (why == NULL)
        why = read_digits(parameters->field[DIGITS].varint, account);
    return why;
}

static enum fob_status read_secret(const struct protobuf_field *field,
                                   struct fob_account *account)
{
    if (field->len > sizeof(account->secret))
        return FOB_E_TOO_LONG;
    if (field->len > 0)
        memcpy(account->secret, field->bytes, field->len);
    account->secret_len = field->len;
    return FOB_OK;
}

enum fob_status migration_account_read(const void *message, size_t len,
                                       size_t place, struct import_sink *sink)
{
    struct parameters parameters = {0};
    struct fob_reader reader;
    const char *fault = NULL;
    enum fob_status status;

    fob_reader_init(&reader, message, len);
    status = read_parameters(&reader, &parameters);
    if (status == FOB_OK)
        status = read_names(&parameters, sink);
    if (status == FOB_OK) {
        fault = read_kind(&parameters, sink->account);
        status = fault != NULL
                     ? FOB_E_UNSUPPORTED
                     : read_secret(&parameters.field[SECRET], sink->account);
    } else if (status == FOB_E_TOO_SHORT) {
        status = FOB_E_SYNTAX; /* too short is said of a secret only */
    }
    return sink_put(sink, place, status, fault);
}
