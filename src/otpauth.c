/* SPDX-License-Identifier: MIT */
#include "src/otpauth.h"

#include "src/percent.h"
#include "src/wipe.h"

#include <string.h>

enum {
    SECRET_TEXT_MAX = 1024, /* room for the longest secret and separators */
    WORD_MAX = 24,          /* the longest number or name of a hash */
};

/* A URI taken apart, its parts still percent-encoded. */
struct reading {
    struct fob_span type;
    struct fob_span label;
    struct fob_span param[FOB_OTPAUTH_PARAMS];
    bool has_steam; /* a mark that wants no value */
    struct fob_account *account;
    struct fob_otpauth_fault *fault;
};

static enum fob_status set_fault(struct reading *reading,
                                 enum fob_otpauth_wrong wrong,
                                 enum fob_otpauth_part part)
{
    reading->fault->wrong = wrong;
    reading->fault->part = part;
    return fob_otpauth_status(wrong);
}

static enum fob_status split_query(struct fob_span query,
                                   struct reading *reading)
{
    while (query.at != NULL) {
        struct fob_span value = fob_span_cut(&query, '&'), before;
        enum fob_otpauth_part part =
            fob_otpauth_find_param(fob_span_cut(&value, '='));

        reading->has_steam |= part == FOB_OTPAUTH_PART_STEAM;
        if (part == FOB_OTPAUTH_PARAMS || value.len == 0)
            continue;
        before = reading->param[part];
        if (before.at != NULL && (before.len != value.len ||
                                  !fob_equal(before.at, value.at, value.len)))
            return set_fault(reading, FOB_OTPAUTH_TWICE, part);
        reading->param[part] = value;
    }
    return FOB_OK;
}

/* '#' begins no fragment: writers forget to escape it in names. */
static enum fob_status split_uri(struct fob_span uri, struct reading *reading)
{
    struct fob_span rest = uri, head = fob_span_cut(&rest, '\n');

    if (fob_span_cut(&head, '\r').len < uri.len)
        return set_fault(reading, FOB_OTPAUTH_LINES, FOB_OTPAUTH_PART_WHOLE);
    (void)fob_span_cut(&uri, ':');
    if (fob_span_holds(uri, "otpauth:/"))
        return set_fault(reading, FOB_OTPAUTH_TWO, FOB_OTPAUTH_PART_WHOLE);
    if (uri.len < 2 || uri.at[0] != '/' || uri.at[1] != '/')
        return set_fault(reading, FOB_OTPAUTH_SHAPE, FOB_OTPAUTH_PART_WHOLE);
    uri.at += 2;
    uri.len -= 2;
    head = fob_span_cut(&uri, '?');
    reading->type = fob_span_cut(&head, '/');
    reading->label = head;
    return split_query(uri, reading);
}

/* A short word, trimmed; none when it is absent or does not fit. */
static struct fob_span read_word(struct fob_span span,
                                 char word[static WORD_MAX])
{
    if (fob_percent_decode_form(span.at, span.len, word, WORD_MAX) != FOB_OK)
        word[0] = '\0';
    return fob_span_trim_blank(fob_span_of(word, WORD_MAX));
}

static bool is_param(const struct reading *reading, enum fob_otpauth_part part,
                     const char *word)
{
    char room[WORD_MAX];

    return fob_span_is(read_word(reading->param[part], room), word);
}

static bool is_of_steam(const struct reading *reading)
{
    return fob_span_is(reading->type, "steam") || reading->has_steam ||
           is_param(reading, FOB_OTPAUTH_PART_ENCODER, "steam") ||
           is_param(reading, FOB_OTPAUTH_PART_DIGITS, "s") ||
           is_param(reading, FOB_OTPAUTH_PART_ALGORITHM, "steam");
}

static bool is_of_yandex(const struct reading *reading)
{
    return fob_span_is(reading->type, "yaotp") ||
           fob_span_is(reading->type, "yandex") ||
           is_param(reading, FOB_OTPAUTH_PART_ENCODER, "yandex");
}

static enum fob_status read_type(struct reading *reading)
{
    enum fob_otpauth_wrong wrong = FOB_OTPAUTH_RIGHT;

    if (is_of_steam(reading))
        wrong = FOB_OTPAUTH_STEAM;
    else if (is_of_yandex(reading))
        wrong = FOB_OTPAUTH_YANDEX;
    else if (fob_span_is(reading->type, "motp"))
        wrong = FOB_OTPAUTH_MOTP;
    else if (reading->param[FOB_OTPAUTH_PART_ENCODER].at != NULL)
        wrong = FOB_OTPAUTH_ENCODER;
    else if (fob_span_is(reading->type, "totp"))
        reading->account->type = FOB_TOTP;
    else if (fob_span_is(reading->type, "hotp"))
        reading->account->type = FOB_HOTP;
    else
        wrong = FOB_OTPAUTH_TYPE;
    return set_fault(reading, wrong, FOB_OTPAUTH_PART_WHOLE);
}

static enum fob_status read_secret(struct reading *reading)
{
    struct fob_span span = reading->param[FOB_OTPAUTH_PART_SECRET];
    struct fob_account *account = reading->account;
    char text[SECRET_TEXT_MAX];
    enum fob_otpauth_wrong wrong = FOB_OTPAUTH_RIGHT;
    enum fob_status status =
        fob_percent_decode_form(span.at, span.len, text, sizeof(text));
    size_t len = fob_span_of(text, sizeof(text)).len;

    if (status == FOB_E_SYNTAX)
        wrong = FOB_OTPAUTH_ESCAPE;
    if (status == FOB_OK)
        status = fob_base32_decode_lenient(text, len, account->secret,
                                           sizeof(account->secret),
                                           &account->secret_len);
    if (status == FOB_E_TOO_LONG)
        wrong = FOB_OTPAUTH_LONG;
    else if (wrong == FOB_OTPAUTH_RIGHT &&
             (status != FOB_OK || account->secret_len == 0)) {
        wrong = FOB_OTPAUTH_SECRET;
        reading->fault->secret = fob_base32_find_fault(text, len);
    }
    fob_wipe(text, sizeof(text));
    return set_fault(reading, wrong, FOB_OTPAUTH_PART_SECRET);
}

static enum fob_status read_hash(struct reading *reading)
{
    struct fob_span span = reading->param[FOB_OTPAUTH_PART_ALGORITHM];
    char word[WORD_MAX];

    reading->account->hash = FOB_SHA1;
    if (span.at == NULL ||
        fob_account_read_hash(read_word(span, word), &reading->account->hash) ==
            FOB_OK)
        return FOB_OK;
    return set_fault(reading, FOB_OTPAUTH_ALGORITHM,
                     FOB_OTPAUTH_PART_ALGORITHM);
}

/* A decimal number; an absent part leaves it as it is. */
static enum fob_status read_number(struct reading *reading,
                                   enum fob_otpauth_part part, uint64_t min,
                                   uint64_t max, uint64_t *number)
{
    char room[WORD_MAX];
    struct fob_span word = read_word(reading->param[part], room);
    uint64_t value = 0, digit = 0;
    bool fits = true;

    if (reading->param[part].at == NULL)
        return FOB_OK;
    if (word.len == 0)
        return set_fault(reading, FOB_OTPAUTH_NO_NUMBER, part);
    for (size_t i = 0; i < word.len; i++) {
        digit = (uint64_t)word.at[i] - '0';
        if (digit > 9)
            return set_fault(reading, FOB_OTPAUTH_NO_NUMBER, part);
        fits = fits && value <= (UINT64_MAX - digit) / 10;
        value = fits ? value * 10 + digit : UINT64_MAX;
    }
    *number = value;
    if (fits && value >= min && value <= max)
        return FOB_OK;
    reading->fault->number = value;
    return set_fault(reading, FOB_OTPAUTH_RANGE, part);
}

static enum fob_status read_numbers(struct reading *reading)
{
    struct fob_account *account = reading->account;
    bool is_totp = account->type == FOB_TOTP;
    uint64_t digits = fob_otpauth_digits(account);
    uint64_t moving = is_totp ? FOB_PERIOD_S_DEFAULT : 0;
    enum fob_status status =
        read_number(reading, FOB_OTPAUTH_PART_DIGITS, FOB_DIGITS_MIN,
                    FOB_DIGITS_MAX, &digits);

    if (status == FOB_OK && is_totp)
        status = read_number(reading, FOB_OTPAUTH_PART_PERIOD, 1,
                             FOB_PERIOD_S_MAX, &moving);
    if (status == FOB_OK && !is_totp)
        status = read_number(reading, FOB_OTPAUTH_PART_COUNTER, 0, UINT64_MAX,
                             &moving);
    account->digits = (uint8_t)digits;
    account->period_s = is_totp ? (uint32_t)moving : 0;
    account->counter = is_totp ? 0 : moving;
    return status;
}

/* Last, so that a weak secret means that all the rest is well. */
static enum fob_status check_account(struct reading *reading)
{
    enum fob_status status = fob_account_check(reading->account);

    if (status == FOB_OK)
        return FOB_OK;
    if (status == FOB_E_TOO_SHORT)
        return set_fault(reading, FOB_OTPAUTH_WEAK, FOB_OTPAUTH_PART_SECRET);
    return set_fault(reading, FOB_OTPAUTH_NO_TEXT, FOB_OTPAUTH_PART_LABEL);
}

/* Steam issues no codes of another kind, and its own URI has no mark. */
static bool is_steams_own(const struct fob_account *account)
{
    return account->type == FOB_TOTP &&
           fob_span_is(fob_span_of(account->issuer, FOB_ISSUER_MAX), "steam");
}

/* The names come first, for they tell whose fault it is; theirs comes later. */
static enum fob_status read_parts(struct reading *reading, const char *name)
{
    const struct fob_otpauth_names names = {
        reading->label, reading->param[FOB_OTPAUTH_PART_ISSUER], name};
    struct fob_otpauth_fault of_names = *reading->fault;
    enum fob_status named =
        fob_otpauth_read_names(&names, reading->account, &of_names);
    enum fob_status status = read_type(reading);

    if (status == FOB_OK && is_steams_own(reading->account))
        status = set_fault(reading, FOB_OTPAUTH_STEAM, FOB_OTPAUTH_PART_ISSUER);
    if (status == FOB_OK && reading->param[FOB_OTPAUTH_PART_SECRET].at == NULL)
        status =
            set_fault(reading, FOB_OTPAUTH_NO_SECRET, FOB_OTPAUTH_PART_SECRET);
    if (status == FOB_OK && named != FOB_OK)
        status = set_fault(reading, of_names.wrong, of_names.part);
    if (status == FOB_OK)
        status = read_hash(reading);
    if (status == FOB_OK)
        status = read_numbers(reading);
    if (status == FOB_OK)
        status = read_secret(reading);
    return status == FOB_OK ? check_account(reading) : status;
}

enum fob_status fob_otpauth_read(struct fob_span uri, const char *name,
                                 struct fob_account *account,
                                 struct fob_otpauth_fault *fault)
{
    struct reading reading = {.account = account, .fault = fault};
    enum fob_status status;

    fob_account_clear(account);
    *fault = (struct fob_otpauth_fault){.part = FOB_OTPAUTH_PART_WHOLE};
    uri = fob_span_trim_blank(uri);
    if (uri.len > FOB_OTPAUTH_MAX)
        fault->wrong = FOB_OTPAUTH_LONG;
    else
        fault->wrong = fob_otpauth_kind(uri);
    status = fob_otpauth_status(fault->wrong);
    if (status == FOB_OK)
        status = split_uri(uri, &reading);
    if (status == FOB_OK)
        status = read_parts(&reading, name);
    /* Without a secret in its place, it may be in a name. */
    if (reading.param[FOB_OTPAUTH_PART_SECRET].at == NULL)
        fob_account_clear(account);
    else if (status != FOB_OK && status != FOB_E_TOO_SHORT)
        fob_account_keep_names(account);
    return status;
}

enum fob_status fob_otpauth_parse(const char *uri, size_t len,
                                  struct fob_account *account)
{
    struct fob_otpauth_fault fault;

    return fob_otpauth_read((struct fob_span){uri, len}, NULL, account, &fault);
}
