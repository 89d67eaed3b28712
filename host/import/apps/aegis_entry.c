/* SPDX-License-Identifier: MIT */
#include "host/import/apps/aegis_entry.h"

#include "host/import/entry/json_names.h"
#include "host/import/json/json_view.h"
#include "src/wipe.h"

#include <string.h>

enum {
    WORD_CAP = 16, /* types and hashes */
    SECRET_CAP = 512,
};

enum info { SECRET, HASH, DIGITS, PERIOD, COUNTER, INFO_COUNT };

static enum fob_status read_names(struct fob_span issuer, struct fob_span name,
                                  struct import_sink *sink)
{
    struct json_names names;

    json_names_read(issuer, name, &names);
    return json_names_put(&names, sink_name, sink);
}

/* NULL, or why it is not for fob. */
static const char *read_type(struct fob_span value, struct fob_account *account)
{
    char word[WORD_CAP];
    struct fob_span type;

    if (fob_json_view_text(value, word, sizeof(word)) != FOB_OK)
        return "its type is unknown";
    type = fob_span_of(word, sizeof(word));
    account->type = fob_span_is(type, "hotp") ? FOB_HOTP : FOB_TOTP;
    if (fob_span_is(type, "totp") || fob_span_is(type, "hotp"))
        return NULL;
    if (fob_span_is(type, "steam"))
        return "it makes codes of Steam's kind";
    if (fob_span_is(type, "motp"))
        return "it makes mOTP codes";
    if (fob_span_is(type, "yandex"))
        return "it makes codes of Yandex's kind";
    return "its type is unknown";
}

static const char *read_hash(struct fob_span value, struct fob_account *account)
{
    char word[WORD_CAP];
    struct fob_span hash;

    if (fob_json_view_text(value, word, sizeof(word)) != FOB_OK)
        return "its hash is unknown";
    hash = fob_span_of(word, sizeof(word));
    if (fob_account_read_hash(hash, &account->hash) == FOB_OK)
        return NULL;
    return fob_span_is(hash, "md5") ? "its hash is MD5" : "its hash is unknown";
}

static const char *read_numbers(const struct fob_span info[INFO_COUNT],
                                struct fob_account *account)
{
    uint64_t digits, period_s;

    if (fob_json_view_number(info[DIGITS], FOB_DIGITS_MAX, &digits) != FOB_OK ||
        digits < FOB_DIGITS_MIN)
        return "its codes have not 6 to 8 digits";
    account->digits = (uint8_t)digits;
    if (account->type == FOB_HOTP)
        return fob_json_view_number(info[COUNTER], INT64_MAX,
                                    &account->counter) == FOB_OK
                   ? NULL
                   : "its counter is no number";
    if (fob_json_view_number(info[PERIOD], FOB_PERIOD_S_MAX, &period_s) !=
            FOB_OK ||
        period_s == 0)
        return "its period is not from a second to a day";
    account->period_s = (uint32_t)period_s;
    return NULL;
}

static enum fob_status read_secret(struct fob_span value,
                                   struct import_sink *sink)
{
    char text[SECRET_CAP];
    enum fob_status status = fob_json_view_text(value, text, sizeof(text));

    if (status == FOB_OK)
        status = sink_secret(sink, fob_span_of(text, sizeof(text)));
    fob_wipe(text, sizeof(text));
    return status;
}

static enum fob_status read_info(struct fob_span value,
                                 struct import_sink *sink, const char **fault)
{
    static const char *const names[INFO_COUNT] = {"secret", "algo", "digits",
                                                  "period", "counter"};
    struct fob_span info[INFO_COUNT];
    enum fob_status status =
        fob_json_view_members(value, names, INFO_COUNT, info);

    if (status != FOB_OK)
        return status;
    *fault = read_hash(info[HASH], sink->account);
    if (*fault == NULL)
        *fault = read_numbers(info, sink->account);
    return *fault == NULL ? read_secret(info[SECRET], sink) : FOB_E_UNSUPPORTED;
}

enum fob_status aegis_entry_read(struct fob_span entry, size_t place,
                                 struct import_sink *sink)
{
    enum { TYPE, NAME, ISSUER, INFO, COUNT };
    static const char *const names[COUNT] = {"type", "name", "issuer", "info"};
    struct fob_span member[COUNT];
    const char *fault = NULL;
    enum fob_status status = fob_json_view_members(entry, names, COUNT, member);

    if (status == FOB_OK)
        status = read_names(member[ISSUER], member[NAME], sink);
    if (status == FOB_OK) {
        fault = read_type(member[TYPE], sink->account);
        status = fault == NULL ? read_info(member[INFO], sink, &fault)
                               : FOB_E_UNSUPPORTED;
    }
    return sink_put(sink, place, status, fault);
}
